"""One evaluation in all its forms is one plan: as text, as a PDF, and as the PDF's raw text."""

import pathlib
import shutil

import itami_layout as layout
import pytest
from paper import CHROMIUM, print_page, raw_text

from munidx.adapters import Coverage, Reading
from munidx.adapters.coverage import measure
from munidx.diff import diff
from munidx.document import Source
from munidx.findings import Severity
from munidx.model import Goal, Plan, walk
from munidx.readers import read_source
from munidx_itami.adapter import ItamiAdapter

SPARSE = 5
"""The edition with pages of so few lines that pdfium takes their text for vertical.

The third has some too, but all their rows can be read.
"""


def read(name: str, data: bytes) -> tuple[Reading, Coverage]:
    publication = read_source(Source(name, data))
    reading = ItamiAdapter().read(publication)
    return reading, measure(publication, reading.plans, reading.leftovers)


def plan_of(reading: Reading, coverage: Coverage) -> Plan:
    """The plan of a reading that leaves nothing over and doubts nothing."""
    assert coverage.unread == 0, coverage.unread_places
    told = {finding.code for finding in reading.findings if finding.severity is not Severity.INFO}
    # A torn series that is odd is one in the text form alone.
    assert told <= {"MX943"}
    return reading.plans[0]


def words(plan: Plan) -> list[tuple[object, ...]]:
    """What the sheets of a plan say at length, white space aside."""
    found: list[tuple[object, ...]] = []
    for item in walk(plan):
        if isinstance(item.node, Goal):
            texts = [item.node.target_state]
            for one in item.node.evaluations:
                texts += [one.plan, one.reason, one.results, one.issues, one.next_steps]
            found.append((item.node.code, *("".join(text.split()) for text in texts)))
    return found


@pytest.mark.parametrize("number", layout.NUMBERS)
def test_the_pdf_of_an_edition_is_the_plan_of_its_text(number: int) -> None:
    it = layout.edition(number)
    text = plan_of(*read("sheets.txt", layout.text(it, number).encode()))
    paper = plan_of(*read("sheets.pdf", layout.path_of(number).read_bytes()))
    assert diff(text, paper).changes == ()
    sheets = [item.node for item in walk(paper) if isinstance(item.node, Goal)]
    read_ = {goal.code: goal for goal in sheets if goal.level == "実施施策"}
    assert list(read_) == [spec.code for spec in it.sheets]
    for spec in it.sheets:
        goal = read_[spec.code]
        assert [one.code for one in goal.measures] == [project[0] for project in spec.projects]
        assert [one.title for one in goal.indicators] == [one[0] for one in spec.indicators]
        assert [
            tuple(target.text for target in one.targets) for one in goal.indicators
        ] == [one[4] for one in spec.indicators]  # fmt: skip


@pytest.mark.parametrize(
    ("number", "between"),
    [
        *((number, "\n") for number in layout.NUMBERS if number != SPARSE),
        *((4, between) for between in ("\f", "\n\n", "\n ")),
    ],
)
def test_the_raw_text_of_a_pdf_is_the_same_plan(number: int, between: str) -> None:
    """But for paragraphs that end where their line does: each place is told."""
    text = plan_of(*read("sheets.txt", layout.text(layout.edition(number), number).encode()))
    reading, coverage = read("raw.txt", raw_text(layout.path_of(number), between))
    told = plan_of(reading, coverage)
    changes = diff(text, told).changes
    assert words(text) == words(told)
    assert {change.kind.value for change in changes} <= {"reworded", "evaluation-changed"}
    doubts = [finding for finding in reading.findings if finding.code == "MX923"]
    assert len(changes) <= len(doubts)
    assert number != 4 or changes == ()


def test_rows_with_one_letter_on_a_line_that_may_be_read_in_two_ways_are_told() -> None:
    """85416,794 is 854 and 16,794, or 85 and 416,794: the row is left over."""
    text = plan_of(*read("sheets.txt", layout.text(layout.edition(SPARSE), SPARSE).encode()))
    reading, coverage = read("raw.txt", raw_text(layout.path_of(SPARSE), "\n"))
    lost = [finding for finding in reading.findings if finding.code == "MX920"]
    texts = "".join(str(place.text) for place in coverage.unread_places)
    changes = diff(text, reading.plans[0]).changes
    removed = [change for change in changes if change.kind.value == "removed"]
    assert len(removed) == len(lost) == 3
    for change in removed:
        assert isinstance(change.old, dict)
        assert change.old["code"] in texts
    assert {change.kind.value for change in changes} == {"removed", "evaluation-changed"}


@pytest.mark.skipif(not shutil.which(CHROMIUM), reason="chromium is not installed")
def test_an_edition_that_is_printed_now(tmp_path: pathlib.Path) -> None:
    it = layout.edition(6)
    print_page(layout.page(it, 6), tmp_path / "sheets.pdf")
    text = plan_of(*read("sheets.txt", layout.text(it, 6).encode()))
    paper = plan_of(*read("sheets.pdf", (tmp_path / "sheets.pdf").read_bytes()))
    assert diff(text, paper).changes == ()
