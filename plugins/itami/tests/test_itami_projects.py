"""Rows of projects in forms that the one document at hand does not show."""

import pytest

from munidx.document import Source
from munidx.model import Goal, Measure, walk
from munidx.readers import read_source
from munidx_itami.adapter import ItamiAdapter

_HEAD = (
    "大綱 みどりのまち\n\n施策 11 公園\n\n実施施策 111 公園の手入れ\n\n"
    "評価部局： 都市部 関連部局： －\n\n"
)
_COLUMNS = "事務事業\nコード\n\n— R５（千円）\n— — 事業費 人件費\n\n"


def _read(rows: str, columns: str = _COLUMNS) -> tuple[dict[str, Measure], Goal, set[str]]:
    source = Source("rows.txt", f"{_HEAD}{columns}{rows}".encode())
    reading = ItamiAdapter().read(read_source(source))
    nodes = [item.node for item in walk(reading.plans[0])]
    measures = {node.code: node for node in nodes if isinstance(node, Measure)}
    goal = next(node for node in nodes if isinstance(node, Goal) and node.level == "実施施策")
    return measures, goal, {finding.code for finding in reading.findings}


def test_a_row_that_holds_its_own_line_of_the_budget() -> None:
    measures, _, _ = _read(
        "111010 花壇（臨時）事業 ○ 08 04 03 1,200 300 公園課\n\n111020 並木事業 - - - 0 20 公園課\n"
    )
    first, second = measures.values()
    assert (first.title, first.labels["主要事業"]) == ("花壇（臨時）事業", "○")
    assert [(c.budget_code, c.amount) for c in first.costs] == [
        ("08-04-03", 1_200_000),
        ("", 300_000),
    ]
    assert (second.title, second.costs[0].budget_code, second.costs[0].amount) == (
        "並木事業",
        "",
        0,
    )


def test_a_title_that_goes_on_below() -> None:
    measures, _, _ = _read("111010 街路樹と花壇の手入れ及び\n広場の清掃事業 1,200 300 公園課\n")
    (row,) = measures.values()
    assert row.title == "街路樹と花壇の手入れ及び広場の清掃事業"
    assert [cost.amount for cost in row.costs] == [1_200_000, 300_000]


def test_a_word_behind_the_department_is_no_department() -> None:
    measures, _, codes = _read(
        "111010 花壇事業 1,200 300 公園課 継続\n\n111020 並木事業 0 20 新規\n"
    )
    assert [owner.name for owner in measures["111010"].owners] == ["公園課"]
    assert measures["111020"].owners == ()
    assert "MX951" in codes


def test_a_column_with_a_name_of_its_own() -> None:
    columns = "事務事業\nコード\n\n— R５（千円）\n— — 事業費 人件費 公債費\n\n"
    measures, _, _ = _read("111010 花壇事業 1,200 300 7 公園課\n", columns)
    assert [(c.category, c.amount, c.year) for c in measures["111010"].costs] == [
        ("project", 1_200_000, 2023),
        ("personnel", 300_000, 2023),
        ("公債費", 7_000, 2023),
    ]


def test_without_a_header_no_amount_is_guessed() -> None:
    measures, _, _ = _read("111010 花壇事業 1,200 300 公園課\n", "")
    assert [(c.text, c.amount, c.year) for c in measures["111010"].costs] == [
        ("1,200", None, None),
        ("300", None, None),
    ]


def test_a_row_without_costs_is_kept_and_told() -> None:
    measures, _, codes = _read("公園課111010 花壇事業\n\n公園課111020 並木事業 － 20\n")
    assert measures["111010"].costs == ()
    assert [cost.category for cost in measures["111020"].costs] == ["personnel"]
    assert "MX955" in codes


def test_the_same_code_twice_is_told() -> None:
    _, _, codes = _read("公園課111010 花壇事業 1 2\n\n公園課111010 花壇事業 1 2\n")
    assert "MX957" in codes


def test_lines_of_the_budget_below_the_rows() -> None:
    measures, _, _ = _read(
        "公園課111020 並木事業 1 2\n\n公園課111010 花壇事業 3 4\n\n08 04 03\n\n○ 08 04 04\n"
    )
    assert measures["111010"].costs[0].budget_code == "08-04-03"
    assert measures["111020"].costs[0].budget_code == "08-04-04"
    assert dict(measures["111020"].labels) == {"主要事業": "○"}


@pytest.mark.parametrize(
    ("lines", "amounts", "code"),
    [
        ("事業費合計(千円)\n— R５\n\n－ 1,204", [1_204_000], ""),
        ("事業費合計(千円)\nR４ R５\n\n9 1,204", [9_000, 1_204_000], ""),
        ("事業費合計(千円)\n— R５\n\n－ 1,204 7", [], "MX956"),
        ("事業費合計(千円)", [], "MX956"),
    ],
)
def test_totals(lines: str, amounts: list[int], code: str) -> None:
    _, goal, codes = _read(f"公園課111010 花壇事業 1,204 2\n\n{lines}\n")
    assert [cost.amount for cost in goal.costs] == amounts
    assert not code or code in codes


def test_fewer_lines_of_the_budget_than_rows_and_nothing_that_decides() -> None:
    measures, _, codes = _read(
        "公園課111020 並木事業 1 2\n\n公園課111010 花壇事業 3 4\n", f"08 04 03\n\n{_COLUMNS}"
    )
    assert {measure.costs[0].budget_code for measure in measures.values()} == {""}
    assert "MX953" in codes


def test_bureaus_that_go_on_below() -> None:
    head = _HEAD.replace("関連部局： －", "関連部局： 総務部/\n市民部")
    source = Source("rows.txt", f"{head}{_COLUMNS}公園課111010 花壇事業 1 2\n".encode())
    plan = ItamiAdapter().read(read_source(source)).plans[0]
    goal = plan.goals[0].goals[0].goals[0]
    assert [owner.name for owner in goal.owners] == ["都市部", "総務部", "市民部"]


def test_a_caption_goes_to_the_text_whose_words_it_shares() -> None:
    rows = "111010 花壇事業 1,200 300 公園課\n\n111020 並木事業 0 20 公園課\n"
    appendix = (
        " 【事業概要・成果】\n\n大綱　みどりのまち\n\n"
        "111010 花壇事業 公園課\n\n111020 並木事業 公園課\n\n"
        "　駅前の花壇講習会で苗を配った。\n\n　夏における水やりの回数を増やした。\n\n"
        "＜冬における花壇講習会の様子＞\n"
    )
    measures, _, _ = _read(rows + appendix)
    first, second = measures.values()
    assert [told.results for told in first.evaluations] == ["＜冬における花壇講習会の様子＞"]
    assert second.evaluations == ()


def test_headings_of_several_outlines_in_the_appendix_are_no_results() -> None:
    rows = "{0}010 花壇事業 1,200 300 公園課\n\n"
    second = _HEAD.replace("みどりのまち", "にぎわいのまち").replace("11", "21")
    appendix = (
        " 【事業概要・成果】\n\n大綱１　みどりのまち\n\n111010 花壇事業 公園課\n\n"
        "　花壇の苗を市民へ配った。\n"
        " 【事業概要・成果】\n\n大綱２　にぎわいのまち\n\n211010 花壇事業 公園課\n\n"
        "　花壇の苗を店へ配った。\n"
    )
    text = (
        f"{_HEAD}{_COLUMNS}{rows.format(111)}\n\n\n{second}{_COLUMNS}{rows.format(211)}{appendix}"
    )
    source = Source("rows.txt", text.encode())
    plan = ItamiAdapter().read(read_source(source)).plans[0]
    told = [item.node for item in walk(plan) if isinstance(item.node, Measure)]
    assert [one.description for one in told] == [
        "花壇の苗を市民へ配った。",
        "花壇の苗を店へ配った。",
    ]
    assert [one.evaluations for one in told] == [(), ()]
    assert [goal.code for goal in plan.goals] == ["１", "２"]
