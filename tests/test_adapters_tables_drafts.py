"""What becomes of a row's cells: each field of a column, understood or not."""

from decimal import Decimal

import pytest

from munidx.adapters.coverage import measure as cover
from munidx.adapters.tables import FIELDS, Column, Form, TableAdapter, TableReading, read_tables
from munidx.document import Source
from munidx.model import Direction, Measure, Municipality, Observation, Status
from munidx.readers import read_source

TOWN = Municipality(code="272230", name="門真市", prefecture="大阪府")


def form(*columns: Column, **settings: object) -> Form:
    told: dict[str, object] = {"least": 2, **settings}
    return Form(
        title="計画", slug="x", municipality=TOWN, columns=(Column("title", "事業名"), *columns),
        **told,  # type: ignore[arg-type]
    )  # fmt: skip


def read(text: str, made: Form, name: str = "a.txt") -> TableReading:
    return read_tables(read_source(Source(name, text.encode())), made)


def one(column: Column, cell: str, heading: str = "欄") -> tuple[Measure, list[str]]:
    """The measure whose row holds ``cell`` in a column of its own, and the findings' codes."""
    told = read(f"事業名\t{heading}\n甲\t{cell}", form(column))
    (measure,) = told.measures
    return measure, [finding.code for finding in told.findings]


@pytest.mark.parametrize("field", sorted(FIELDS))
def test_no_field_loses_a_cell(field: str) -> None:
    """Whatever a cell holds, understood or not, the host finds it read."""
    made = form(Column(field, "欄", level="施策" if field.startswith("goal.") else ""))
    if field in {"title", "goal.description"}:
        return  # the second name of a row, and the description of no goal: the host says both
    for cell in ("なんとか", "R6", "12", "－", "2-1-3", "↑"):
        publication = read_source(Source("a.txt", f"計画\n\n事業名\t欄\n甲\t{cell}".encode()))
        reading = TableAdapter(made).read(publication)
        coverage = cover(publication, reading.plans, reading.leftovers)
        assert coverage.unread_places == (), (field, cell)


@pytest.mark.parametrize(
    ("field", "cell", "attribute", "told"),
    [
        ("code", "１２", "code", "12"),
        ("code", "①", "code", "①"),
        ("code", "A - 1", "code", "A - 1"),
        ("description", "道を直す。", "description", "道を直す。"),
        ("target_state", "安心できる。", "target_state", "安心できる。"),
        ("actions", "道を直す。", "actions", ("道を直す。",)),
        ("status", "廃止", "status", Status.ABOLISHED),
        ("start", "R6", "start", 2024),
        ("end", "令和8年度", "end", 2026),
        ("end", "継続", "continuous", True),
    ],
)
def test_fields_of_the_measure(field: str, cell: str, attribute: str, told: object) -> None:
    measure, codes = one(Column(field, "欄"), cell)
    assert (getattr(measure, attribute), codes, dict(measure.labels)) == (told, [], {})


@pytest.mark.parametrize(
    ("field", "cell"),
    [
        ("status", "たぶん"),
        ("start", "近日"),
        ("period", "近日"),
        ("budget_code", "いろいろ"),
        ("indicator.direction", "上へ"),
    ],
)
def test_what_is_not_understood_is_kept_and_told(field: str, cell: str) -> None:
    measure, codes = one(Column(field, "欄"), cell)
    assert dict(measure.labels) == {"欄": cell}
    assert codes == ["MX921"]


@pytest.mark.parametrize("field", ["status", "start", "period"])
def test_a_dash_says_that_there_is_none(field: str) -> None:
    measure, codes = one(Column(field, "欄"), "－")
    assert (measure.status, measure.start, codes, dict(measure.labels)) == (None, None, [], {})


def test_a_status_in_the_citys_own_word_keeps_it() -> None:
    measure, codes = one(Column("status", "欄", label="区分"), "拡充")
    assert (measure.status, dict(measure.labels), codes) == (Status.ACTIVE, {"区分": "拡充"}, [])


def test_a_period_and_a_schedule() -> None:
    measure, _ = one(Column("period", "欄"), "R5～R7")
    assert (measure.start, measure.end) == (2023, 2025)
    page = (
        "<table><tr><td>事業名<td>R6<td>R7<td>R8</tr>"
        "<tr><td>甲<td colspan=2>試行<td>実施</tr><tr><td>乙<td><td><td></tr></table>"
    )
    told = read(page, form(Column("schedule", "")), "a.html")
    first, second = told.measures
    assert [(e.start, e.end, e.text) for e in first.schedule] == [
        (2024, 2025, "試行"),
        (2026, 2026, "実施"),
    ]
    assert second.schedule == ()


def test_a_title_that_holds_its_code() -> None:
    made = Form(
        title="計画",
        slug="x",
        municipality=TOWN,
        least=1,
        columns=(Column("title", "事業名", pattern=r"(?P<code>\d-\d) (?P<title>.+)"),),
    )
    first, second = read("事業名\t備考\n1-2 甲【新規】\tい\n乙\tろ", made).measures
    assert (first.code, first.title, first.status) == ("1-2", "甲", Status.ADDED)
    assert (second.code, second.title) == ("", "乙")


def test_money_with_a_budget_code() -> None:
    made = form(Column("costs", "予算額(千円)"), Column("budget_code", "科目"))
    first, second, third = read(
        "事業名\t予算額(千円)\t科目\n甲\t5\t2-1-3\n乙\t6\t02-01-04\n丙\t\t02-01-05", made
    ).measures
    assert [(c.amount, c.budget_code) for c in first.costs] == [(5000, "02-01-03")]
    assert dict(first.labels) == {"科目": "2-1-3"}
    assert [(c.amount, c.budget_code) for c in second.costs] == [(6000, "02-01-04")]
    assert dict(second.labels) == {}
    assert (third.costs, dict(third.labels)) == ((), {"予算科目": "02-01-05"})


def test_money_without_a_unit_is_no_amount() -> None:
    measure, codes = one(Column("costs", "欄"), "1,200")
    assert [(cost.amount, cost.text) for cost in measure.costs] == [(None, "1,200")]
    assert codes == ["MX921"]


def test_statements_are_indicators_with_their_targets() -> None:
    measure, _ = one(
        Column("statement", "目標"), "・登録者を500人以上にする\n・窓口の時間を3割減らす", "R7目標"
    )
    assert len(measure.indicators) == 1
    page = (
        "<table><tr><td>事業名<td>R7目標</tr>"
        "<tr><td>甲<td>・登録者数 500人以上<br>・利用者数 80人以上</tr></table>"
    )
    (measure,) = read(page, form(Column("statement", "目標")), "a.html").measures
    assert [indicator.title for indicator in measure.indicators] == ["登録者数", "利用者数"]
    assert [t.year for i in measure.indicators for t in i.targets] == [2025, 2025]


def test_a_statement_that_prints_its_own_year_keeps_it() -> None:
    measure, _ = one(Column("statement", "目標"), "令和8年度までに登録者数 500人以上", "R7目標")
    assert [target.year for target in measure.indicators[0].targets] == [2026]


def test_evaluations_by_year() -> None:
    made = form(
        Column("evaluation.rating", "評価"),
        Column("evaluation.reason", "理由"),
        Column("evaluation.next_steps", "今後"),
    )
    (measure,) = read(
        "事業名\tR5評価\tR5理由\tR6評価\t今後\t今後\n甲\t★★☆\tよい\tB\t続ける\t広げる", made
    ).measures
    told = [(e.year, e.rating and e.rating.text, e.reason) for e in measure.evaluations]
    assert told == [(2023, "★★☆", "よい"), (2024, "B", ""), (None, None, "")]
    assert measure.evaluations[2].next_steps == "続ける\n広げる"
    assert measure.evaluations[0].rating
    assert measure.evaluations[0].rating.score == 2


def test_an_indicator_of_the_row() -> None:
    made = form(
        Column("targets", "目標値"),
        Column("actuals", "実績値"),
        Column("baseline", "基準値"),
        Column("indicator.title", "指標"),
        Column("indicator.unit", "単位"),
        Column("indicator.direction", "方向"),
        Column("indicator.code", "指標番号"),
        Column("indicator.definition", "定義"),
    )
    (measure,) = read(
        "事業名\tR7目標値\tR5実績値\tR4基準値\tR3基準値\t指標\t単位\t方向\t指標番号\t定義\n"
        "甲\t30人\t20\t10\t8\t登録者数\t人\t↑\tK1\t年度末の数",
        made,
    ).measures
    (indicator,) = measure.indicators
    assert (indicator.title, indicator.unit, indicator.code) == ("登録者数", "人", "K1")
    assert (indicator.direction, indicator.inferred) == (Direction.INCREASE, ())
    assert indicator.definition == "年度末の数"

    def plain(seen: Observation | None) -> tuple[object, ...]:
        assert seen
        return seen.year, seen.value, seen.unit

    assert [plain(t) for t in indicator.targets] == [(2025, Decimal(30), "")]
    assert plain(indicator.baseline) == (2022, Decimal(10), "")
    # A second baseline is what was measured in its year.
    assert sorted(map(plain, indicator.actuals)) == [
        (2021, Decimal(8), ""),
        (2023, Decimal(20), ""),
    ]


def test_a_cell_over_several_columns_of_a_label_is_told_once() -> None:
    page = (
        "<table><tr><td>事業名<td colspan=2>備考<td>備考</tr>"
        "<tr><td>甲<td colspan=2>い<td>ろ</tr><tr><td>乙<td>は<td>は<td></tr></table>"
    )
    first, second = read(page, form(Column("label", "備考")), "a.html").measures
    assert dict(first.labels) == {"備考": "い\nろ"}
    assert dict(second.labels) == {"備考": "は"}
