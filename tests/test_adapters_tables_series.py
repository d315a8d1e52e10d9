"""The values of a row's indicator, and the years that columns of their own give them."""

import pytest

from munidx.adapters.coverage import measure as cover
from munidx.adapters.tables import Column, Form, TableAdapter
from munidx.document import Source
from munidx.model import FiscalYear, Indicator, Municipality, Observation, Period, Plan
from munidx.readers import read_source

COLUMNS = (
    Column("title", "事業名"),
    Column("indicator.title", "指標"),
    Column("baseline", "基準値"),
    Column("baseline.year", "基準年度"),
    Column("targets", "目標値", "中間目標値"),
    Column("targets.year", "目標年度", "達成年度"),
    Column("actuals", "実績値"),
    Column("actuals.year", "実績年度"),
)


def read(text: str, *columns: Column, name: str = "a.txt") -> tuple[Plan, list[str], list[str]]:
    """The plan, the findings' codes, and the texts that no part of it holds."""
    form = Form(
        title="計画",
        slug="x",
        municipality=Municipality(code="272230", name="門真市", prefecture="大阪府"),
        columns=columns or COLUMNS,
    )
    publication = read_source(Source(name, text.encode()))
    reading = TableAdapter(form).read(publication)
    coverage = cover(publication, reading.plans, reading.leftovers)
    unread = [place.text for place in coverage.unread_places]
    return reading.plans[0], [finding.code for finding in reading.findings], unread


def indicators(plan: Plan) -> list[Indicator]:
    return [one for measure in plan.measures for one in measure.indicators]


def dated(seen: tuple[Observation, ...]) -> list[tuple[object, str]]:
    return [(one.year or one.date or one.period, one.text) for one in seen]


def test_columns_give_the_years_of_the_values_beside_them() -> None:
    head = "事業名\t指標\t基準年度\t基準値\t目標値\t目標年度\t実績値\t実績年度"
    plan, codes, unread = read(f"計画\n\n{head}\n甲\t人数\t令和5年度\t10人\t20人\tR8\t15\t2024")
    (one,) = indicators(plan)
    assert one.baseline
    assert dated((one.baseline, *one.targets, *one.actuals)) == [
        (2023, "10人"),
        (2026, "20人"),
        (2024, "15"),
    ]
    assert one.targets[0].source == "a.txt#L4c5-c6"
    assert (codes, unread, dict(one.labels)) == ([], [], {})


@pytest.mark.parametrize(
    ("year", "told", "label", "codes"),
    [
        ("", None, {}, []),
        ("－", None, {}, []),
        ("令和8年3月", "2026-03", {}, []),
        ("令和8年", "2026", {}, []),
        ("R6～R8", Period(start=FiscalYear(2024), end=FiscalYear(2026)), {}, []),
        ("未定", None, {"目標年度": "未定"}, ["MX921"]),
        ("8", None, {"目標年度": "8"}, ["MX921"]),
    ],
)
def test_what_a_year_may_be(
    year: str, told: object, label: dict[str, str], codes: list[str]
) -> None:
    plan, found, unread = read(f"計画\n\n事業名\t指標\t目標値\t目標年度\n甲\t人数\t20\t{year}")
    (one,) = indicators(plan)
    assert dated(one.targets) == [(told, "20")]
    assert (dict(one.labels), found, unread) == (label, codes, [])


def test_several_values_have_their_years_in_order() -> None:
    plan, codes, unread = read(
        "計画\n\n事業名\t指標\t中間目標値\t目標年度\t目標値\t達成年度\n"
        "甲\t人数\t10\tR6\t20\tR8\n乙\t人数\t\tR6\t20\tR8"
    )
    first, second = indicators(plan)
    assert dated(first.targets) == [(2024, "10"), (2026, "20")]
    assert (dated(second.targets), dict(second.labels)) == ([(2026, "20")], {"目標年度": "R6"})
    assert (codes, unread) == ([], [])


def test_whose_a_year_is_may_be_open() -> None:
    head = "事業名\t指標\t中間目標値\t目標値\t達成年度"
    plan, codes, unread = read(f"計画\n\n{head}\n甲\t人数\t10\t20\tR8")
    (one,) = indicators(plan)
    assert dated(one.targets) == [(None, "10"), (None, "20")]
    assert (dict(one.labels), codes, unread) == ({"達成年度": "R8"}, ["MX921"], [])


def test_a_year_in_the_header_is_that_of_its_column() -> None:
    head = "事業名\t指標\tR6目標値\t目標値\t達成年度"
    plan, codes, unread = read(f"計画\n\n{head}\n甲\t人数\t10\t20\tR8")
    assert dated(indicators(plan)[0].targets) == [(2024, "10"), (2026, "20")]
    assert (codes, unread) == ([], [])


def test_a_merged_year_is_that_of_all_its_rows() -> None:
    page = (
        "<p>計画</p><table><tr><td>事業名<td>指標<td colspan=2>目標値<td>目標年度</tr>"
        "<tr><td rowspan=2>甲<td>人数<td colspan=2>3人<td rowspan=2>R8</tr>"
        "<tr><td>件数<td colspan=2>5件</tr></table>"
    )
    plan, codes, unread = read(page, name="a.html")
    assert [dated(one.targets) for one in indicators(plan)] == [[(2026, "3人")], [(2026, "5件")]]
    assert (codes, unread) == ([], [])


def test_a_year_may_be_that_of_the_row_above() -> None:
    text = "計画\n\n事業名\t指標\t目標値\t目標年度\n甲\t人数\t3\tR8\n乙\t件数\t5\t{}"
    carried = (*COLUMNS[:5], Column("targets.year", "目標年度", carried=True))
    for sign, columns, year in (("〃", COLUMNS, 2026), ("", carried, 2026), ("", COLUMNS, None)):
        plan, codes, _ = read(text.format(sign), *columns)
        assert [dated(one.targets) for one in indicators(plan)] == [[(2026, "3")], [(year, "5")]]
        assert codes == []


def test_a_year_of_no_value_is_a_label_of_the_row() -> None:
    plan, codes, unread = read("計画\n\n事業名\t指標\t目標値\t目標年度\n甲\t\t\tR8\n乙\t\t\t－")
    assert [dict(measure.labels) for measure in plan.measures] == [{"目標年度": "R8"}, {}]
    assert (indicators(plan), codes, unread) == ([], [], [])


def test_more_of_an_indicator_that_stands_above_another_goal_is_kept() -> None:
    page = (
        "<p>計画</p><table><tr><td>施策<td>指標<td>目標値<td>備考</tr>"
        "<tr><td>甲<td rowspan=2>人数<td>3<td>い</tr><tr><td>乙<td><td>ろ</tr></table>"
    )
    columns = (Column("goal.title", "施策", level="施策"), COLUMNS[1], COLUMNS[4])
    plan, codes, unread = read(page, *columns, Column("label", "備考"), name="a.html")
    first, second = plan.goals
    assert [dict(one.labels) for one in first.indicators] == [{"備考": "い"}]
    assert (dict(second.labels), codes, unread) == ({"備考": "ろ"}, [], [])


def test_a_start_and_the_year_of_a_value_may_be_the_same() -> None:
    columns = (*COLUMNS[:4], Column("start", "開始年度"))
    head = "基準年度\t事業名\t指標\t基準値\t開始年度"
    plan, codes, unread = read(f"計画\n\n{head}\nR5\t甲\t人数\t3\tR5", *columns)
    assert plan.measures[0].start == 2023
    assert (codes, unread) == ([], [])
