"""The list of project proposals in all its forms: one plan, whatever the file."""

import kadoma_layout as layout
import pytest
from kadoma_layout import LOOKS, Look

import munidx
from munidx import Reading, Source
from munidx.diff import diff
from munidx.findings import Severity
from munidx.japanese.eras import parse_fiscal_year

FORMS = ("csv", "pdf", "txt", "xlsx")


def read(look: Look, form: str) -> Reading:
    makers = {"csv": layout.as_csv, "txt": layout.as_text, "xlsx": layout.as_xlsx}
    data = layout.path_of(look).read_bytes() if form == "pdf" else makers[form](look)
    return munidx.read(Source(f"list.{form}", data))


def tight(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("look", LOOKS, ids=lambda look: look.name)
def test_every_row_is_read_from_every_form(look: Look, form: str) -> None:
    reading = read(look, form)
    (plan,) = reading.plans
    assert reading.coverage.unread == 0
    assert [f for f in reading.findings if f.severity is not Severity.INFO] == []
    told = []
    for part in layout.parts(look):
        for row in part.rows:
            cells = dict(zip(look.order, row, strict=True))
            owners = [(name, (part.bureau,)) for name in cells[2].split("/")]
            year = parse_fiscal_year(cells[4])
            told.append(
                (cells[0], tight(cells[1]), owners, cells[3], year, tight(cells[5]), part.section)
            )
    assert [
        (
            measure.code,
            tight(measure.title),
            [(owner.name, owner.path) for owner in measure.owners],
            measure.labels["種別"],
            measure.start,
            tight(measure.description),
            f"【{measure.labels['提案区分']}】",
        )
        for measure in plan.measures
    ] == told
    assert plan.edition
    assert plan.edition.label == look.year
    assert plan.title == f"{look.year}事業提案一覧表"


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("look", LOOKS, ids=lambda look: look.name)
def test_all_forms_are_one_plan(look: Look, form: str) -> None:
    text, other = read(look, "txt").plans[0], read(look, form).plans[0]
    assert diff(text, other).changes == ()
    assert diff(other, text).changes == ()
