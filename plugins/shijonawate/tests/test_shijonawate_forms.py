"""One page in all its forms is one plan: as text, as HTML, as a PDF, and as the PDF's raw text."""

import pathlib
import re
import shutil

import pytest
import shijonawate_layout as layout
from paper import CHROMIUM, print_page, raw_text

from munidx.adapters import Coverage, Reading
from munidx.adapters.coverage import measure
from munidx.diff import diff
from munidx.document import Source
from munidx.findings import Severity
from munidx.model import Plan
from munidx.readers import read_source
from munidx_shijonawate.adapter import ShijonawateAdapter

CUT = 3
"""The edition whose pages end within rows."""


def read(name: str, data: bytes) -> tuple[Reading, Coverage]:
    publication = read_source(Source(name, data))
    reading = ShijonawateAdapter().read(publication)
    return reading, measure(publication, reading.plans, reading.leftovers)


def plan_of(reading: Reading, coverage: Coverage) -> Plan:
    """The plan of a reading that leaves nothing over."""
    assert coverage.unread == 0, coverage.unread_places
    assert {finding.code for finding in reading.findings} <= {"MX923", "MX978"}
    assert all(finding.severity is Severity.INFO for finding in reading.findings)
    return reading.plans[0]


@pytest.mark.parametrize("number", layout.NUMBERS)
def test_all_forms_of_an_edition_are_one_plan(number: int) -> None:
    it = layout.edition(number)
    text = plan_of(*read("page.txt", layout.text(it).encode()))
    page = plan_of(*read("page.html", layout.page(it).encode()))
    paper = plan_of(*read("page.pdf", layout.path_of(number).read_bytes()))
    assert diff(text, page).changes == ()
    assert diff(text, paper).changes == ()
    groups = [group for goal in paper.goals for group in goal.goals]
    assert [len(group.measures) for group in groups] == [
        len(group.rows) for _, own in it.goals for group in own
    ]
    titles = [measure.title for group in groups for measure in group.measures]
    assert titles == [row.title for _, own in it.goals for group in own for row in group.rows]


@pytest.mark.parametrize(
    ("number", "between"),
    [
        *((number, "\n") for number in layout.NUMBERS if number != CUT),
        *((5, between) for between in ("\f", "\n\n", "\n ")),
    ],
)
def test_the_raw_text_of_a_pdf_is_the_same_plan(number: int, between: str) -> None:
    text = plan_of(*read("page.txt", layout.text(layout.edition(number)).encode()))
    told = plan_of(*read("raw.txt", raw_text(layout.path_of(number), between)))
    assert diff(text, told).changes == ()


def test_of_a_row_that_the_page_cuts_the_raw_text_loses_the_order_and_says_so() -> None:
    """The rest of its title stands behind its departments: nothing tells of which cell it is."""
    text = plan_of(*read("page.txt", layout.text(layout.edition(CUT)).encode()))
    reading, coverage = read("raw.txt", raw_text(layout.path_of(CUT), "\n"))
    (told,) = (finding for finding in reading.findings if finding.code == "MX973")
    changes = diff(text, reading.plans[0]).changes
    assert {change.title for change in changes} == {told.title}
    rest = "".join(str(place.text) for place in coverage.unread_places)
    assert re.fullmatch(r".*の記録の電子化【追加】", rest)


def test_a_cell_of_two_rows_is_told_where_its_lines_stand_in_both() -> None:
    text = raw_text(layout.path_of(1), "\n").decode()
    old = ("運用開始\r\n総務部\r\n情報政策課\r\n", "満足度 80%以上\r\n総務部\r\n情報政策課\r\n3 テ")
    assert all(text.count(part) == 1 for part in old)
    text = text.replace(old[0], "運用開始 総務部\r\n")
    text = text.replace(old[1], "満足度 80%以上 情報政策課\r\n3 テ")
    reading, _ = read("raw.txt", text.encode())
    (told,) = (finding for finding in reading.findings if finding.code == "MX985")
    assert told.params["text"] == "総務部|情報政策課"


@pytest.mark.skipif(not shutil.which(CHROMIUM), reason="chromium is not installed")
def test_an_edition_that_is_printed_now(tmp_path: pathlib.Path) -> None:
    it = layout.edition(6)
    print_page(layout.page(it), tmp_path / "page.pdf")
    text = plan_of(*read("page.txt", layout.text(it).encode()))
    paper = plan_of(*read("page.pdf", (tmp_path / "page.pdf").read_bytes()))
    assert diff(text, paper).changes == ()
