"""What stands around the rows: titles, captions, groups and notes."""

import pytest

from munidx.adapters.coverage import measure as cover
from munidx.adapters.tables import Caption, Column, Form, Group, TableAdapter
from munidx.adapters.tables.outline import squeezed
from munidx.document import Source
from munidx.japanese.characters import compact
from munidx.model import Municipality, Plan
from munidx.readers import read_source

FORM = Form(
    title=r"(?P<year>.{1,14}年度)実施計画(?:一覧)?",
    slug="x",
    municipality=Municipality(code="272230", name="門真市", prefecture="大阪府"),
    columns=(
        Column("code", "番号"),
        Column("title", "事業名"),
        Column("owners", "担当課"),
        Column("costs", "予算額"),
    ),
    groups=(
        Group("柱", r"第(?P<code>\d)の柱\s*(?P<title>.+)"),
        Group("方針", r"■.+"),
    ),
    captions=(
        Caption("label", r"【(?P<value>.+)】", label="区分"),
        Caption("owners", r".{1,10}部"),
    ),
    boilerplate=("※.*",),
)
HEAD = "番号\t事業名\t担当課\t予算額"


def read(text: str) -> tuple[Plan, list[str], list[str]]:
    """The plan, the findings' codes, what is unread."""
    publication = read_source(Source("a.txt", text.encode()))
    reading = TableAdapter(FORM).read(publication)
    (plan,) = reading.plans
    coverage = cover(publication, reading.plans, reading.leftovers)
    return plan, [f.code for f in reading.findings], [p.text for p in coverage.unread_places]


def test_squeezed_text_knows_where_it_comes_from() -> None:
    aligned = squeezed(" 令和 ７\u3000年度\n計画 ")
    assert aligned.text == "令和7年度計画"
    assert aligned.cut(0, 5) == "令和 ７\u3000年度"
    assert aligned.cut(5, 7) == "計画"


def test_the_title_says_the_edition_as_printed() -> None:
    plan, codes, unread = read(f"令和 ７ 年度\u3000実施計画\n\n{HEAD}\n1\t甲\t総務課\t5円")
    assert (plan.title, plan.edition and plan.edition.label) == (
        "令和 ７ 年度 実施計画",
        "令和７年度",
    )
    assert plan.edition
    assert (plan.edition.year, plan.period and plan.period.start) == (2025, 2025)
    assert (codes, unread) == ([], [])


def test_a_title_without_a_year_gives_no_edition() -> None:
    plan, _, _ = read(f"何年度実施計画\n\n{HEAD}\n1\t甲\t総務課\t5円")
    assert (plan.title, plan.edition, plan.period) == ("何年度実施計画", None, None)
    assert plan.inferred == ("municipality",)


def test_a_second_title_is_a_repeat_or_told() -> None:
    body = f"{HEAD}\n1\t甲\t総務課\t5円"
    same = read(f"令和7年度実施計画\n\n{body}\n\n令和７年度 実施計画\n")
    assert (same[1], same[2]) == ([], [])
    other = read(f"令和7年度実施計画\n\n{body}\n\n令和7年度実施計画一覧\n")
    assert (other[1], len(other[2])) == (["MX926"], 1)


def test_notes() -> None:
    plan, codes, unread = read(
        "令和7年度実施計画\n\n（単位：千円）\n\n※ 端数があります。\n\n"
        f"{HEAD}\n1\t甲\t総務課\t5\n\n- 1 -\n\n何かの文"
    )
    assert [cost.amount for cost in plan.measures[0].costs] == [5000]
    assert (codes, unread) == ([], ["何かの文"])


@pytest.mark.parametrize("gap", ["", " ", "\u3000"])
@pytest.mark.parametrize("page", [False, True])
def test_the_unit_may_stand_behind_the_title(gap: str, page: bool) -> None:
    title, table = f"令和7年度実施計画{gap}（単位：千円）", f"{HEAD}\n1\t甲\t総務課\t5"
    text = f"{title}\n\n{table}"
    if page:
        rows = "".join(f"<tr><td>{line}</tr>" for line in table.replace("\t", "<td>").split("\n"))
        text = f"<table><caption>{title}</caption>{rows}</table>"
    publication = read_source(Source("a.html" if page else "a.txt", text.encode()))
    adapter = TableAdapter(FORM)
    assert adapter.recognise(publication).reasons == ("title", "header")
    reading = adapter.read(publication)
    (plan,) = reading.plans
    assert (plan.title, plan.measures[0].costs[0].amount) == ("令和7年度実施計画", 5000)
    assert not reading.findings
    assert cover(publication, reading.plans, reading.leftovers).unread_places == ()


def test_a_unit_behind_an_unknown_line_is_not_that_of_the_list() -> None:
    text = f"令和7年度実施計画\n\n人口の表（単位：千円）\n\n{HEAD}\n1\t甲\t総務課\t5"
    plan, codes, unread = read(text)
    assert (plan.measures[0].costs[0].amount, codes) == (None, ["MX921"])
    assert [*map(compact, unread)] == ["人口の表(単位:千円)"]


def test_captions_hold_for_the_rows_below_them() -> None:
    row = "{}\t事業{}\t総務課\t5円"
    plan, codes, unread = read(
        "令和7年度実施計画\n\n【提案】\n\n企画部\n\n"
        f"{HEAD}\n{row.format(1, 'い')}\n\nこども部\n\n{HEAD}\n{row.format(2, 'ろ')}\n\n"
        f"【継続】\n\n{HEAD}\n{row.format(3, 'は')}\n\n企画部\n\n{HEAD}\n{row.format(4, 'に')}\n"
    )
    told = [(m.labels["区分"], m.owners[0].path) for m in plan.measures]
    assert told == [
        ("提案", ("企画部",)),
        ("提案", ("こども部",)),
        ("継続", ()),
        ("継続", ("企画部",)),
    ]
    assert plan.labels["区分"] == "提案、継続"
    assert [owner.name for owner in plan.owners] == ["企画部", "こども部"]
    assert (codes, unread) == ([], [])


def test_groups_hold_rows_until_the_next_and_may_come_again() -> None:
    row = "{}\t事業{}\t総務課\t5円"
    plan, codes, unread = read(
        f"令和7年度実施計画\n\n第1の柱 安心\n\n■道路\n\n{HEAD}\n{row.format(1, 'い')}\n\n"
        f"第２の柱 元気\n\n{HEAD}\n{row.format(2, 'ろ')}\n\n"
        f"第1の柱 安心\n\n{HEAD}\n{row.format(3, 'は')}\n"
    )
    first, second = plan.goals
    assert (first.code, first.title, first.level) == ("1", "安心", "柱")
    assert [goal.title for goal in first.goals] == ["■道路"]
    assert [measure.code for measure in first.goals[0].measures] == ["1"]
    assert [measure.code for measure in first.measures] == ["3"]
    assert (second.code, [measure.code for measure in second.measures]) == ("２", ["2"])
    assert (codes, unread) == ([], [])


@pytest.mark.parametrize("long", ["令和7年度" + "実" * 500 + "計画", "第1の柱 " + "安" * 500])
def test_what_is_too_long_is_no_heading(long: str) -> None:
    plan, _, unread = read(f"{long}\n\n{HEAD}\n1\t甲\t総務課\t5円")
    assert (plan.title, plan.goals) == ("", ())
    assert unread


def test_the_caption_of_a_table_is_its_title_or_its_unit() -> None:
    page = (
        "<table><caption>{}</caption><tr><td>番号<td>事業名<td>担当課<td>予算額</tr>"
        "<tr><td>1<td>甲<td>総務課<td>5</tr></table>"
    )
    told = "".join(page.format(each) for each in ("令和7年度実施計画", "単位：百万円", "表の名"))
    publication = read_source(Source("a.html", told.encode()))
    adapter = TableAdapter(FORM)
    assert adapter.recognise(publication).reasons == ("title", "header")
    (plan,) = adapter.read(publication).plans
    assert plan.title == "令和7年度実施計画"
    assert [m.costs[0].amount for m in plan.measures] == [None, 5_000_000, 5_000_000]
