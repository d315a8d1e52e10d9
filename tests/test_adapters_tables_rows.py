"""The way of the rows: what is a measure, more of one, an indicator, a goal, or none."""

from decimal import Decimal

import pytest

from munidx.adapters.coverage import measure as cover
from munidx.adapters.tables import Caption, Column, Form, Group, TableAdapter, Unknown, read_tables
from munidx.document import Cell, Publication, Row, Source, Table
from munidx.findings import Finding, Severity
from munidx.model import Document, Municipality, Plan
from munidx.place import Place
from munidx.readers import read_source

TOWN = Municipality(code="272230", name="門真市", prefecture="大阪府")
COLUMNS = (
    Column("code", "番号"),
    Column("title", "事業名"),
    Column("owners", "担当課"),
    Column("description", "概要"),
)
HEAD = "番号\t事業名\t担当課\t概要"


def form(**settings: object) -> Form:
    told: dict[str, object] = {"columns": COLUMNS, "title": "計画", **settings}
    return Form(slug="x", municipality=TOWN, **told)  # type: ignore[arg-type]


def read(
    text: str, made: Form | None = None, name: str = "a.txt"
) -> tuple[Plan, list[Finding], list[str]]:
    """The plan, the findings, what is unread."""
    publication = read_source(Source(name, text.encode()))
    reading = TableAdapter(made or form()).read(publication)
    (plan,) = reading.plans
    coverage = cover(publication, reading.plans, reading.leftovers)
    return plan, [*reading.findings], [place.text for place in coverage.unread_places]


def codes(findings: list[Finding]) -> list[str]:
    return [finding.code for finding in findings]


def test_a_table_goes_on_without_a_header() -> None:
    plan, findings, unread = read(
        f"計画\n\n{HEAD}\n1\t甲\t総務課\tい\n\n- 1 -\n\n2\t乙\t総務課\tろ\n\n"
        f"{HEAD}\n3\t丙\t財政課\tは"
    )
    assert [measure.title for measure in plan.measures] == ["甲", "乙", "丙"]
    assert (findings, unread) == ([], [])


def test_another_table_is_not_taken_for_its_rest() -> None:
    page = (
        "<p>計画</p><table><tr><td>番号<td>事業名<td>担当課</tr><tr><td>1<td>甲<td>総務課</tr></table>"
        "{}<table><tr><td>年<td>人口</tr></table>"
    )
    plan, _, unread = read(page.format("<p>人口の動き</p>"), name="a.html")
    assert [measure.title for measure in plan.measures] == ["甲"]
    assert unread == ["人口の動き", "年", "人口"]
    wide = page.format("").replace("<td>人口", "<td>人口<td>世帯<td>率")
    assert len(read(wide, name="a.html")[0].measures) == 1


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("\t\t総務課\tは", "incomplete"),
        ("2\t\t総務課\t", "incomplete"),
    ],
)
def test_a_row_without_a_title_is_told(row: str, reason: str) -> None:
    plan, (finding,), unread = read(f"計画\n\n{HEAD}\n1\t甲\t総務課\tい\n{row}")
    assert len(plan.measures) == 1
    assert (finding.code, finding.params["reason"]) == ("MX920", reason)
    assert "".join(unread) == row.replace("\t", "")


def test_needed_fields() -> None:
    made = form(needed=("title", "description"))
    plan, (finding,), _ = read(f"計画\n\n{HEAD}\n1\t甲\t総務課\tい\n2\t乙\t総務課\t", made)
    assert (len(plan.measures), finding.params["reason"]) == (1, "incomplete")


def test_running_numbers() -> None:
    made = form(numbered=True)
    plan, findings, _ = read(
        f"計画\n\n{HEAD}\n１\t甲\t総務課\tい\n3\t乙\t総務課\tろ\n三\t丙\t総務課\tは\n\t丁\t総務課\tに",
        made,
    )
    assert [measure.code for measure in plan.measures] == ["1", "3"]
    assert [(f.code, f.params.get("expected") or f.params.get("reason")) for f in findings] == [
        ("MX922", 2),
        ("MX920", "no-number"),
        ("MX920", "no-number"),
    ]


def test_a_row_printed_twice_is_told() -> None:
    text = f"計画\n\n{HEAD}\n1\t甲\t総務課\tい\n1\t甲\t総務課\tい"
    plan, (finding,), _ = read(text)
    assert (len(plan.measures), finding.code, finding.severity) == (2, "MX977", Severity.INFO)
    _, findings, _ = read(text, form(numbered=True))
    assert ("MX977", Severity.WARNING) in [(f.code, f.severity) for f in findings]


def test_the_rest_of_a_row_behind_a_page_end() -> None:
    text = (
        f"計画\n\n{HEAD}\n1\t甲\t総務課\t道を直\n\n- 1 -\n\n\t\t\tし、広げる。\n2\t乙\t総務課\tろ"
    )
    plan, (finding,), unread = read(text)
    assert [m.description for m in plan.measures] == ["道を直し、広げる。", "ろ"]
    assert (finding.code, finding.params["field"], unread) == ("MX923", "description", [])


def test_the_rest_of_a_row_on_the_next_page_of_a_joined_table() -> None:
    def row(number: int, page: int, *texts: str) -> Row:
        place = Place(document="a.pdf", page=page, table=1, row=number)
        cells = (
            Cell(text=text, column=column, place=Place(document="a.pdf", page=page, table=1,
                 row=number, column=column + 1))
            for column, text in enumerate(texts)
        )  # fmt: skip
        return Row(cells=tuple(cells), place=place)

    rows = (
        row(1, 1, "番号", "事業名", "担当課", "概要"),
        row(2, 1, "1", "道の", "土木課", "道を直"),
        row(3, 2, "", "改修", "", "す。"),
        row(4, 2, "", "", "", "別の文"),
    )
    table = Table(rows=rows, place=Place(document="a.pdf", page=1, table=1))
    document = Document(name="a.pdf", media_type="application/pdf")
    publication = Publication(documents=(document,), blocks=(table,))
    told = read_tables(publication, form(numbered=True))
    (measure,) = told.measures
    assert (measure.title, measure.description) == ("道の改修", "道を直す。")
    # Within a page such a row is none.
    assert codes([*told.findings]) == ["MX923", "MX923", "MX920"]


def test_a_text_goes_on_in_a_line_where_the_form_flows() -> None:
    made = form(flowing=True, captions=(Caption("owners", ".{1,6}部"),))
    text = f"計画\n\n企画部\n\n{HEAD}\n1\t甲\t総務課\t道を直\n\n{{}}"
    plan, (finding,), unread = read(text.format("す。\n\n残りの文"), made)
    assert plan.measures[0].description == "道を直す。"
    assert (finding.code, unread) == ("MX923", ["残りの文"])
    # What looks like a heading is one only above a table; what is a note, never goes on.
    plan, findings, unread = read(text.format("す企画部\n\n文。"), made)
    assert (plan.measures[0].description, codes(findings)) == ("道を直す企画部文。", ["MX923"] * 2)
    plan, findings, _ = read(text.format("- 1 -\n\nす。"), made)
    assert (plan.measures[0].description, codes(findings)) == ("道を直す。", ["MX923"])
    more = f"総務部\n\n{HEAD}\n2\t乙\t財政課\t池"
    plan, findings, _ = read(text.format(more), made)
    assert [(m.description, m.owners[0].path) for m in plan.measures] == [
        ("道を直", ("企画部",)),
        ("池", ("総務部",)),
    ]
    assert findings == []
    plan, findings, _ = read(text.format("総務部\n\n2\t乙\t財政課\t池"), made)
    assert (plan.measures[0].description, codes(findings)) == ("道を直総務部", ["MX923"])
    assert read(text.format("す。\n\n続き。"), form())[2] == ["企画部", "す。", "続き。"]


def test_actions_go_on_too() -> None:
    made = form(flowing=True, columns=(*COLUMNS[:3], Column("actions", "取組")))
    head = HEAD.replace("概要", "取組")
    plan, _, _ = read(f"計画\n\n{head}\n1\t甲\t総務課\t道を直\n\nす。", made)
    assert plan.measures[0].actions == ("道を直す。",)


def test_a_measure_over_several_rows_has_several_indicators() -> None:
    columns = (
        *COLUMNS[:2],
        Column("costs", "予算額", unit="円"),
        Column("indicator.title", "指標"),
        Column("targets", "目標値"),
        Column("label", "備考"),
    )
    page = (
        "<p>計画</p><table>"
        "<tr><td>番号<td>事業名<td>予算額<td>指標<td>R6目標値<td>R7目標値<td>備考</tr>"
        "<tr><td rowspan=3>1<td rowspan=3>甲<td rowspan=3>500<td>件数<td>1<td>2"
        "<td rowspan=3>注</tr>"
        "<tr><td rowspan=2>人数<td>3<td>4</tr><tr><td>5<td></tr></table>"
    )
    plan, findings, unread = read(page, form(columns=columns), "a.html")
    (measure,) = plan.measures
    assert [cost.amount for cost in measure.costs] == [500]
    assert [
        (one.title, [(t.year, t.value) for t in one.targets]) for one in measure.indicators
    ] == [
        ("件数", [(2024, Decimal(1)), (2025, Decimal(2))]),
        ("人数", [(2024, Decimal(3)), (2025, Decimal(4)), (2024, Decimal(5))]),
    ]
    assert dict(measure.labels) == {"備考": "注"}
    assert (findings, unread) == ([], [])


def test_rows_that_share_a_merged_cell_say_it_each() -> None:
    page = (
        "<p>計画</p><table><tr><td>番号<td>事業名<td>担当課<td>概要</tr>"
        "<tr><td>1<td>甲<td rowspan=2>総務課<td>い</tr><tr><td>2<td>乙<td>ろ</tr></table>"
    )
    plan, _, unread = read(page, name="a.html")
    assert [measure.owners[0].name for measure in plan.measures] == ["総務課", "総務課"]
    assert unread == []


def test_blank_cells_that_mean_the_cell_above() -> None:
    columns = (*COLUMNS[:2], Column("owners", "担当課", carried=True), COLUMNS[3])
    plan, _, _ = read(f"計画\n\n{HEAD}\n1\t甲\t総務課\tい\n2\t乙\t\tろ", form(columns=columns))
    assert [measure.owners[0].name for measure in plan.measures] == ["総務課", "総務課"]
    assert read(f"計画\n\n{HEAD}\n1\t甲\t総務課\tい\n2\t乙\t\tろ")[0].measures[1].owners == ()


@pytest.mark.parametrize("sign", ["〃", "同上", "同\u3000上", "″"])
def test_a_ditto_says_the_same_as_the_cell_above(sign: str) -> None:
    columns = (
        *COLUMNS[:3],
        Column("costs", "予算額", unit="円"),
        Column("goal.title", "施策", level="施策"),
    )
    head = "番号\t事業名\t担当課\t予算額\t施策"
    plan, findings, unread = read(
        f"計画\n\n{head}\n1\t甲\t総務課\t5\t道路\n2\t乙\t{sign}\t{sign}\t{sign}\n"
        f"3\t丙\t{sign}\t6\t公園",
        form(columns=columns),
    )
    road, park = plan.goals
    assert [m.title for m in road.measures] == ["甲", "乙"]
    told = [(m.owners[0].name, m.costs[0].amount) for m in (*road.measures, *park.measures)]
    assert told == [("総務課", 5), ("総務課", 5), ("総務課", 6)]
    assert (findings, unread) == ([], [])


def test_a_ditto_below_nothing_is_text() -> None:
    plan, _, _ = read(f"計画\n\n{HEAD}\n1\t甲\t総務課\t同上")
    assert plan.measures[0].description == "同上"


def test_owners_of_rows_without_a_column_of_owners() -> None:
    made = form(
        columns=(*COLUMNS[:2], COLUMNS[3]),
        captions=(Caption("owners", ".{1,6}部"), Caption("owners", ".{1,6}課")),
    )
    plan, findings, unread = read("計画\n\n企画部\n\n総務課\n\n番号\t事業名\t概要\n1\t甲\tい", made)
    (owner,) = plan.measures[0].owners
    assert (owner.name, owner.path) == ("総務課", ("企画部",))
    assert (findings, unread) == ([], [])


KPI = (
    Column("indicator.title", "指標名"),
    Column("indicator.unit", "単位"),
    Column("targets", "目標値"),
    Column("owners", "担当課"),
    Column("code", "番号"),
)


def test_rows_of_indicators_belong_to_the_goal_that_is_open() -> None:
    made = form(columns=KPI, groups=(Group("基本目標", r"基本目標(?P<code>\d) (?P<title>.+)"),))
    head = "番号\t指標名\t単位\tR7目標値\t担当課\t備考"
    plan, findings, unread = read(
        f"計画\n\n{head}\n1\t人口\t人\t100\t企画課\t\n\n"
        f"基本目標1 安心\n\n{head}\n2\t犯罪件数\t件\t5\t総務課\t注",
        made,
    )
    (whole,) = plan.indicators
    assert (whole.title, whole.code, whole.targets[0].value) == ("人口", "1", Decimal(100))
    (crime,) = plan.goals[0].indicators
    assert (crime.title, crime.owners[0].name, dict(crime.labels)) == (
        "犯罪件数",
        "総務課",
        {"備考": "注"},
    )
    assert (codes(findings), unread) == (["MX929"], [])


def test_an_indicator_over_two_rows_and_one_that_is_not_understood() -> None:
    page = (
        "<p>計画</p><table><tr><td>番号<td>指標名<td>単位<td>R7目標値</tr>"
        "<tr><td rowspan=2>1<td rowspan=2>人口<td rowspan=2>人<td>100</tr>"
        "<tr><td>1 と 2</tr></table>"
    )
    plan, findings, _ = read(page, form(columns=KPI), "a.html")
    (indicator,) = plan.indicators
    assert [target.text for target in indicator.targets] == ["100", "1 と 2"]
    assert codes(findings) == ["MX921"]


def test_a_row_of_one_cell_is_a_goal() -> None:
    made = form(groups=(Group("柱"),))
    page = (
        "<table><tr><td colspan=4>計画</tr><tr><td>番号<td>事業名<td>担当課<td>概要</tr>"
        "<tr><td colspan=4>安心</tr><tr><td>1<td>甲<td>総務課<td>い</tr>"
        "<tr><td>元気</tr><tr><td>2<td>乙<td>総務課<td>ろ</tr><tr><td><td><td><td>注</tr></table>"
    )
    plan, findings, unread = read(page, made, "a.html")
    assert [(goal.title, goal.measures[0].title) for goal in plan.goals] == [
        ("安心", "甲"),
        ("元気", "乙"),
    ]
    assert (codes(findings), unread) == (["MX920"], ["注"])


def test_a_row_with_columns_of_its_own_is_a_goal_by_its_code() -> None:
    made = form(groups=(Group("施策", r"\d", field="code"),))
    plan, findings, unread = read(
        f"計画\n\n{HEAD}\n1\t安心\t企画部\t守る。\n1-1\t甲\t総務課\tい\n2\t元気\t市民部\t育てる。\n2-1\t乙\t市民課\tろ",
        made,
    )
    first, second = plan.goals
    assert (first.code, first.title, first.owners[0].name) == ("1", "安心", "企画部")
    assert (first.level, first.description) == ("施策", "守る。")
    assert [measure.code for measure in (*first.measures, *second.measures)] == ["1-1", "2-1"]
    assert (findings, unread) == ([], [])


def test_goals_of_columns_nest_and_have_descriptions() -> None:
    columns = (
        Column("goal.title", "大綱", level="大綱", pattern=r"(?P<code>\d)\.(?P<title>.+)"),
        Column("goal.title", "施策", level="施策"),
        Column("goal.description", "ねらい", level="施策"),
        *COLUMNS[:2],
    )
    plan, findings, unread = read(
        "計画\n\n大綱\t施策\tねらい\t番号\t事業名\n1.安心\t道路\t守る。\t1\t甲\n\t\t広げる。\t2\t乙\n"
        "1.安心\t公園\t\t3\t丙\n2.元気\t\t\t4\t丁\n",
        form(columns=columns),
    )
    safe, well = plan.goals
    assert (safe.code, safe.title, safe.level) == ("1", "安心", "大綱")
    assert [goal.title for goal in safe.goals] == ["道路", "公園"]
    assert safe.goals[0].description == "守る。\n広げる。"
    assert [measure.title for measure in safe.goals[0].measures] == ["甲", "乙"]
    assert ([measure.title for measure in well.measures], well.goals) == (["丁"], ())
    assert (findings, unread) == ([], [])


def test_unknown_columns_are_labels_or_left_over() -> None:
    text = f"計画\n\n{HEAD}\t注\n1\t甲\t総務課\tい\tろ\n\n{HEAD}\t注\n2\t乙\t総務課\tい\tは"
    plan, (finding,), unread = read(text)
    assert [dict(measure.labels) for measure in plan.measures] == [{"注": "ろ"}, {"注": "は"}]
    assert (finding.code, finding.severity, unread) == ("MX929", Severity.INFO, [])
    plan, (finding,), unread = read(text, form(unknown=Unknown.LEFTOVER))
    assert [dict(measure.labels) for measure in plan.measures] == [{}, {}]
    assert (finding.severity, unread) == (Severity.WARNING, ["注", "ろ", "注", "は"])


def test_a_column_without_a_header_is_unread() -> None:
    _, findings, unread = read(f"計画\n\n{HEAD}\t\n1\t甲\t総務課\tい\tろ")
    assert (findings, unread) == ([], ["ろ"])


def test_title_and_unit_may_share_a_row_of_the_sheet() -> None:
    columns = (*COLUMNS, Column("costs", "予算額"))
    text = f"計画,,,,（単位：千円）\n{HEAD},予算額\n1\t甲\t総務課\tい,5\n".replace("\t", ",")
    plan, findings, unread = read(text, form(columns=columns), "a.csv")
    assert plan.title == "計画"
    assert plan.measures[0].costs[0].amount == 5000
    assert (findings, unread) == ([], [])


def test_a_document_without_a_header_or_rows_says_so() -> None:
    _, (finding,), _ = read("計画\n\n文")
    assert (finding.code, finding.params["section"]) == ("MX930", "番号、事業名、担当課")
    assert codes(read(f"計画\n\n{HEAD}\n")[1]) == ["MX930"]


def test_a_table_too_large_to_lay_out_is_told() -> None:
    places = [Place(document="a.html", table=1, row=row) for row in range(1, 4002)]
    rows = tuple(
        Row(cells=(Cell(text="x", place=place, column=0, colspan=1000),), place=place)
        for place in places
    )
    table = Table(rows=rows, place=Place(document="a.html", table=1))
    told = read_tables(Publication(documents=(), blocks=(table,)), form())
    assert [(f.code, f.params.get("reason")) for f in told.findings] == [
        ("MX920", "table-too-large"),
        ("MX930", None),
    ]


def test_a_label_is_called_by_the_word_of_its_column() -> None:
    columns = (
        *COLUMNS[:2],
        Column("label", "特記事項"),
        Column("label", "SNS PR"),
        Column("label", "（注）"),
    )
    head = '番号,事業名,"特 記\n事項\n","SNS\n PR","（\n注）","備\n考"'
    plan, _, _ = read(f"計画\n\n{head}\n1,甲,い,ろ,は,に", form(columns=columns), "a.csv")
    told = {"特記事項": "い", "SNS PR": "ろ", "（注）": "は", "備 考": "に"}
    assert dict(plan.measures[0].labels) == told


def test_two_codes_in_a_cell_are_not_one() -> None:
    text = f'計画\n\n{HEAD}\n"1\n2"\t甲\t総務課\t'.replace("\t", ",")
    plan, findings, unread = read(text, name="a.csv")
    assert ([m.code for m in plan.measures], findings, unread) == (["1 2"], [], [])
    _, findings, _ = read(text, form(numbered=True), "a.csv")
    assert [f.params.get("reason") for f in findings] == ["no-number", None]
