"""Spreadsheets as offices make them: every cell of a workbook stands where it belongs."""

import datetime as dt
import io
from collections.abc import Sequence
from typing import TypeAlias

import pytest
from openpyxl import Workbook

from munidx.adapters.coverage import measure as cover
from munidx.adapters.tables import Column, Form, TableAdapter
from munidx.document import Source
from munidx.model import Goal, Measure, Municipality, Plan
from munidx.readers import read_source

COLUMNS = (
    Column("goal.title", "施策", level="施策"),
    Column("code", "番号"),
    Column("title", "事業名"),
    Column("owners", "担当課"),
    Column("start", "開始"),
    Column("end", "終了"),
    Column("costs", "予算額"),
    Column("indicator.title", "指標"),
    Column("indicator.unit", "単位"),
    Column("targets", "目標値"),
    Column("description", "概要"),
)
TITLE = ["令和7年度実施計画"]
HEAD = ["番号", "事業名", "担当課", "予算額（千円）", "指標", "単位", "目標値"]
ROW = [1, "甲", "土木課", 500, "灯数", "灯", 300]
NEXT = [2, "乙", "公園課", 20, "園数", "園", 5]
Rows: TypeAlias = Sequence[Sequence[object]]


def read(*sheets: Rows, merged: tuple[str, ...] = ()) -> tuple[Plan, list[str], list[str]]:
    """The plan of a workbook, the findings' codes, and the cells that nobody read."""
    book = Workbook()
    book.remove(book.active)
    for number, rows in enumerate(sheets, 1):
        sheet = book.create_sheet(f"シート{number}")
        for line, row in enumerate(rows, 1):
            for column, value in enumerate(row, 1):
                told, shown = value if isinstance(value, tuple) else (value, None)
                cell = sheet.cell(line, column, told)
                if shown:
                    cell.number_format = shown
    for area in merged:
        book.worksheets[0].merge_cells(area)
    stream = io.BytesIO()
    book.save(stream)
    form = Form(
        title=r"(?P<year>.{1,14}年度)実施計画",
        slug="x",
        municipality=Municipality(code="272230", name="門真市", prefecture="大阪府"),
        columns=COLUMNS,
    )
    publication = read_source(Source("a.xlsx", stream.getvalue()))
    reading = TableAdapter(form).read(publication)
    coverage = cover(publication, reading.plans, reading.leftovers)
    unread = [place.text for place in coverage.unread_places]
    return reading.plans[0], [finding.code for finding in reading.findings], unread


def told(measure: Measure) -> list[object]:
    """What a row says, in the order of ``HEAD``."""
    return [
        measure.code,
        measure.title,
        *(owner.name for owner in measure.owners),
        *(cost.amount for cost in measure.costs),
        *(
            (one.title, one.unit, *((t.value and float(t.value), t.unit) for t in one.targets))
            for one in measure.indicators
        ),
    ]


FIRST = ["1", "甲", "土木課", 500_000, ("灯数", "灯", (300.0, ""))]
SECOND = ["2", "乙", "公園課", 20_000, ("園数", "園", (5.0, ""))]


def test_two_indicators_beside_one_merged_measure() -> None:
    more: list[object] = [None, None, None, None, "率", "％", (0.85, "0%")]
    plan, codes, unread = read(
        [TITLE, HEAD, ROW, more, NEXT], merged=("A3:A4", "B3:B4", "C3:C4", "D3:D4")
    )
    assert [told(m) for m in plan.measures] == [[*FIRST, ("率", "％", (85.0, ""))], SECOND]
    assert (codes, unread) == ([], [])


def test_a_row_below_that_is_not_merged_is_told() -> None:
    more: list[object] = [None, None, None, None, "率", "％", (0.85, "0%")]
    plan, codes, unread = read([TITLE, HEAD, ROW, more, NEXT])
    assert [told(m) for m in plan.measures] == [FIRST, SECOND]
    assert (codes, unread) == (["MX920"], ["率", "85%"])


def test_headers_repeated_within_a_sheet_and_on_others() -> None:
    turned: Rows = [
        ["担当課", "番号", "事業名", "単位", "目標値", "指標", "予算額（円）"],
        ["道路課", 3, "丙", "箇所", 7, "橋数", 2000],
    ]
    third = ["3", "丙", "道路課", 2000, ("橋数", "箇所", (7.0, ""))]
    for sheets in (
        ([TITLE, HEAD, ROW, HEAD, NEXT, *turned],),
        ([TITLE, HEAD, ROW], [TITLE, HEAD, NEXT], turned),
    ):
        plan, codes, unread = read(*sheets)
        assert [told(m) for m in plan.measures] == [FIRST, SECOND, third]
        assert (codes, unread) == ([], [])


def test_a_sheet_without_a_header_is_another_table() -> None:
    other: Rows = [["部署", "内線"], ["土木課", "123"]]
    plan, codes, unread = read([TITLE, HEAD, ROW], other, [HEAD, NEXT])
    assert [told(m) for m in plan.measures] == [FIRST, SECOND]
    assert (codes, unread) == ([], ["部署", "内線", "土木課", "123"])


@pytest.mark.parametrize(
    ("start", "year", "label"),
    [
        (dt.date(2025, 4, 1), 2025, "2025-04-01"),
        ((dt.date(2026, 3, 31), "yyyy/m/d"), 2025, "2026/3/31"),
        ((dt.date(2025, 4, 1), 'yyyy"年"m"月"'), 2025, "2025年4月"),
        ("R7", 2025, None),
        (2025, 2025, None),
        ("令和7年度末", 2025, "令和7年度末"),
    ],
)
def test_dates_lie_in_fiscal_years_and_stay_as_printed(
    start: object, year: int, label: str | None
) -> None:
    plan, codes, unread = read([TITLE, ["番号", "事業名", "開始"], [1, "甲", start]])
    (measure,) = plan.measures
    assert (measure.start, measure.labels.get("開始"), codes, unread) == (year, label, [], [])


PLAIN = ["番号", "事業名", "担当課", "予算額"]


@pytest.mark.parametrize(
    ("note", "amount"),
    [
        ("単位：千円", 500_000),
        ("（単位：千円、％）", 500_000),
        ("（金額単位：百万円）", 500_000_000),
        ("※予算額の単位は円", 500),
        ("（千円）", 500_000),
        ("千円", None),
        ("単位：千円、円", None),
    ],
)
def test_the_unit_of_money_above_the_table(note: str, amount: int | None) -> None:
    plan, codes, unread = read([TITLE, [None, None, None, note], PLAIN, [1, "甲", "土木課", 500]])
    assert [cost.amount for cost in plan.measures[0].costs] == [amount]
    assert (codes, unread) == (([], []) if amount else (["MX921"], [note]))


def test_units_by_sheet() -> None:
    sheets: list[Rows] = [
        [TITLE, ["単位：千円"], PLAIN, [1, "甲", "土木課", 500]],
        [PLAIN, [2, "乙", "土木課", 500]],
        [["単位：円"], PLAIN, [3, "丙", "土木課", 500]],
        [PLAIN, [4, "丁", "土木課", (500, '#,##0"百万円"')]],
        [PLAIN, [5, "戊", "土木課", 500]],
    ]
    plan, codes, _ = read(*sheets)
    amounts = [cost.amount for measure in plan.measures for cost in measure.costs]
    # Where the sheets do not agree, one that says nothing is open.
    assert amounts == [500_000, 500_000, 500, 500_000_000, None]
    assert codes == ["MX921"]


GOALS = ["施策", "番号", "事業名", "担当課", "予算額（円）", "概要"]
ROAD: Rows = [["道路", "1", "甲", "土木課", 500, "い"], ["道路", "2", "乙", "土木課", 300, "ろ"]]
PARK: Rows = [["公園", "3", "丙", "公園課", 200, "い"], ["公園", "4", "丁", "公園課", 100, "ろ"]]


def total(word: str, column: int, amount: int, **more: object) -> list[object]:
    row: list[object] = [None] * 6
    row[column], row[4] = word, amount
    for index, value in more.items():
        row[int(index.strip("_"))] = value
    return row


def sums(goal: Goal) -> list[int | None]:
    return [cost.amount for cost in goal.costs if cost.total]


@pytest.mark.parametrize("column", [0, 1, 2, 3, 5])
def test_sums_stand_in_any_column(column: int) -> None:
    plan, codes, unread = read(
        [
            *([TITLE, GOALS, *ROAD, total("小計", column, 800)]),
            *([*PARK, total("小計", column, 300), total("合計", column, 1100)]),
        ]
    )
    assert [(goal.title, sums(goal), len(goal.measures)) for goal in plan.goals] == [
        ("道路", [800], 2),
        ("公園", [300], 2),
    ]
    assert (dict(plan.labels), codes, unread) == ({"合計 予算額（円）": "1100"}, [], [])


@pytest.mark.parametrize(
    ("row", "labels"),
    [
        (total("合計", 2, 1100, _3="4事業"), {"合計 担当課": "4事業"}),
        (total("合計", 0, 1100, _1=4), {"合計 番号": "4"}),
        (total("合計　４件", 3, 1100), {}),
    ],
)
def test_sums_with_the_number_of_rows(row: list[object], labels: dict[str, str]) -> None:
    plan, codes, unread = read([TITLE, GOALS, *ROAD, *PARK, row])
    assert [len(goal.measures) for goal in plan.goals] == [2, 2]
    assert dict(plan.labels).items() >= labels.items()
    assert "1100" in dict(plan.labels).values()
    assert (plan.measures, codes, unread) == ((), [], [])


def test_the_sum_of_a_goal_by_its_name() -> None:
    plan, codes, unread = read(
        [TITLE, GOALS, *ROAD, total("道路　計", 0, 800), *PARK, total("公園計", 0, 301)]
    )
    assert [(goal.title, sums(goal)) for goal in plan.goals] == [("道路", [800]), ("公園", [301])]
    assert (codes, unread) == ([], [])  # that it is not 300, MX401 says


@pytest.mark.parametrize(("printed", "codes"), [(300, []), (301, ["MX925"])])
def test_sums_of_sheets_and_of_all(printed: int, codes: list[str]) -> None:
    first, second = ([row[1:] for row in rows] for rows in (ROAD, PARK))
    head = GOALS[1:]
    plan, found, unread = read(
        [TITLE, head, first[0], head, first[1], total("合計", 2, 800)[1:]],
        [head, *second, total("合計", 2, printed)[1:], total("総合計", 2, 1100)[1:]],
    )
    assert dict(plan.labels) == {
        "合計 予算額（円）": f"800\n{printed}",
        "総合計 予算額（円）": "1100",
    }
    assert (len(plan.measures), found, unread) == (4, codes, [])


def test_sums_of_the_rows_since_the_last_sum() -> None:
    rows: Rows = [row[1:] for row in (*ROAD, *PARK)]
    first, second = (total("小計", 2, amount)[1:] for amount in (800, 300))
    plan, codes, unread = read([TITLE, GOALS[1:], *rows[:2], first, *rows[2:], second])
    assert dict(plan.labels) == {"小計 予算額（円）": "800\n300"}
    assert (len(plan.measures), codes, unread) == (4, [], [])


NOTES: Rows = [
    ["注1 見本の注"],
    ["＊見本の注"],
    ["出典：見本の統計"],
    ["※1", "見本の注"],
    ["企画課 06-1234-5678"],
]


def test_notes_below_the_table_are_no_goals() -> None:
    plan, codes, unread = read([TITLE, GOALS, *ROAD, *NOTES])
    assert [(goal.title, len(goal.measures)) for goal in plan.goals] == [("道路", 2)]
    assert (codes, unread) == ([], [str(cell) for row in NOTES for cell in row])


def test_a_sentence_alone_is_no_title() -> None:
    note = "端数のため計と合わない。"
    plan, codes, unread = read(
        [TITLE, ["事業名", "担当課", "概要"], ["甲", "土木課", "い"], [note]]
    )
    assert ([m.title for m in plan.measures], codes, unread) == (["甲"], [], [note])
