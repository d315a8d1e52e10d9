"""Tables: what stands left and right above a table, in a file with cells and on a page without."""

import pytest

from munidx.adapters.coverage import measure
from munidx.adapters.tables import Caption, Column, Form, TableAdapter
from munidx.document import Source
from munidx.model import Municipality
from munidx.readers import read_source

FORM = Form(
    title="計画",
    slug="projects",
    municipality=Municipality(code="272507", name="見本市", prefecture="大阪府"),
    captions=(Caption("owners", r"【(?P<value>.+部)】"),),
    columns=(Column("title", "事業名"), Column("label", "備考"), Column("costs", "予算額")),
)
TABLE = "事業名\t備考\t予算額\n{}\t\t1,200\n"


@pytest.mark.parametrize(
    "line",
    [
        "【総務部】 単位：千円",
        "【総務部】　　（単位：千円）",
        "【総務部】\t\t単位：千円",
        "作成 単位：千円",
    ],
)
def test_a_unit_at_the_right_of_another_line_is_read(line: str) -> None:
    text = f"計画\n\n{line}\n\n{TABLE.format('甲')}\n{line}\n\n{TABLE.format('乙')}"
    publication = read_source(Source("a.txt", text.encode()))
    reading = TableAdapter(FORM).read(publication)
    (plan,) = reading.plans
    assert [one.costs[0].amount for one in plan.measures] == [1_200_000] * 2
    unread = measure(publication, reading.plans, reading.leftovers).unread_places
    assert [one.text for one in unread] == (["作成"] * 2 if "作成" in line else [])
    owners = {owner.name for one in plan.measures for owner in one.owners}
    assert owners == (set() if "作成" in line else {"総務部"})


def test_a_note_below_a_table_is_no_goal() -> None:
    form = Form(
        title="計画",
        slug="projects",
        municipality=FORM.municipality,
        columns=(Column("goal.title", "施策", level="施策"), *FORM.columns),
    )
    text = f"計画\n\n施策\t{TABLE.format('甲')}".replace("\n甲", "\n安全\t甲")
    publication = read_source(Source("a.txt", f"{text}※ 見込みである。\t\n".encode()))
    reading = TableAdapter(form).read(publication)
    assert [goal.title for goal in reading.plans[0].goals] == ["安全"]
    unread = measure(publication, reading.plans, reading.leftovers).unread_places
    assert [one.text for one in unread] == ["※ 見込みである。"]
