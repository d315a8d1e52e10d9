"""Figures, as other editions may print them: what was done, what is to be reached."""

from decimal import Decimal

import pytest
from toyonaka_parts import SAMPLE, mid_goal, only, read, year_goal

from munidx.model import Comparator, FiscalYear, Indicator, Quantity, walk


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("(満足度△0.1ポイント)", (Decimal("-0.1"), None, None, None, "ポイント")),
        ("(▲16件)", (Decimal(-16), None, None, None, "件")),
        ("(2,400人以上参加)", (Decimal(2400), None, None, Comparator.AT_LEAST, "人")),
        ("(20件程度)", (Decimal(20), None, None, Comparator.ABOUT, "件")),
        ("(150～160件)", (None, Decimal(150), Decimal(160), None, "件")),
        ("(約3～5割)", (None, Decimal(3), Decimal(5), Comparator.ABOUT, "割")),
        ("の前年度比-3件", (Decimal(-3), None, None, None, "件")),
        ("(98件未満)", (Decimal(98), None, None, Comparator.BELOW, "件")),
    ],
)
def test_signs_ranges_and_words_of_what_was_done(words: str, told: tuple[object, ...]) -> None:
    goal = year_goal("<p>見本目標</p>", f"<ul>・見本講座{words}</ul>")
    (actual,) = goal.indicators[0].actuals
    assert (actual.value, actual.low, actual.high, actual.comparator, actual.unit) == told


def test_a_letter_before_a_dash_makes_no_sign() -> None:
    goal = year_goal("<p>見本目標</p>", "<ul>・見本のフォロワー(フォロワー3件)</ul>")
    assert [actual.value for actual in goal.indicators[0].actuals] == [3]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("6回以上", (Decimal(6), None, None, Comparator.AT_LEAST, "回")),
        ("6～8回", (None, Decimal(6), Decimal(8), None, "回")),
        ("7校区以上", (Decimal(7), None, None, Comparator.AT_LEAST, "校区")),
        ("7～9校区", (None, Decimal(7), Decimal(9), None, "校区")),
    ],
)
def test_counts_to_be_reached(words: str, told: tuple[object, ...]) -> None:
    goal = year_goal(f"<p>見本目標</p> <ul>・見本講座({words})</ul>")
    (target,) = goal.measures[0].indicators[0].targets
    assert (target.value, target.low, target.high, target.comparator, target.unit) == told
    assert target.text == words


def test_a_row_of_values_with_words() -> None:
    goal, _ = mid_goal(
        "<p>見本目標</p>", "<ul>・普及率 70%以上(R5)→20～30%(R6~7)→概ね100%(R8)</ul>"
    )
    (indicator,) = goal.indicators
    assert indicator.baseline is not None
    assert (indicator.baseline.value, indicator.baseline.comparator) == (
        Decimal(70),
        Comparator.AT_LEAST,
    )
    first, second = indicator.targets
    assert (first.low, first.high, first.value) == (Decimal(20), Decimal(30), None)
    assert (second.value, second.comparator) == (Decimal(100), Comparator.ABOUT)


def test_figures_of_what_was_done() -> None:
    goal = year_goal(
        "題 (1) 文。",
        "(1) 見出し ・台風の備え(4人口調査) ・第3回見本市(9月) ・登録10拠点に拡大"
        " ・24時間対応を検討 ・No.5の試行"
        " ・講習会(延べ1,234人、3時間) ・事故(5件、2減) ・職員5人を派遣 ・率(10%⇒12%)"
        " ・部会の運営(12部会、4社会議) ・A5の冊子(3km²あたり2件) ・満足度(令和6年60%)"
        " ・設備更新(100億5,000万円)",
    )
    (point,) = goal.goals
    told = {
        node.title: [
            (str(value.value), value.unit, value.quantity is Quantity.CHANGE)
            for value in (*((node.baseline,) if node.baseline else ()), *node.actuals)
        ]
        for node in point.indicators
    }
    assert told["講習会"] == [("1234", "人", False), ("3", "時間", False)]
    assert told["事故"] == [("5", "件", False), ("-2", "", True)]
    assert told["職員5人を派遣"] == [("5", "人", False)]
    assert told["部会の運営"] == [("12", "部会", False)]
    assert told["設備更新"] == [("10050000000", "円", False)]
    assert told["率"] == [("10", "%", False), ("12", "%", False)]
    assert told["A5の冊子"] == [("2", "件", False)]
    assert told["満足度"] == [("60", "%", False)]
    assert told["登録10拠点に拡大"] == [("10", "拠点", False)]
    lines = point.evaluations[0].results.split("\n")
    assert lines[1:] == [
        "・台風の備え(4人口調査)",
        "・第3回見本市(9月)",
        "・24時間対応を検討",
        "・No.5の試行",
    ]


def test_targets_of_the_mid_term() -> None:
    goal, _ = mid_goal(
        "題 (1) 文。",
        "・満足度 80%(R8) ・事故：12件→0件 ・体験会：毎年度2回 ・比率 5：3 ・第2期→第3期"
        " ・講座(3コース) ・見本の運用【適宜】 ・部会(12部会)",
    )
    (point,) = goal.goals
    (rate, accidents) = point.indicators
    assert (rate.title, rate.baseline) == ("満足度", None)
    assert [(t.year, str(t.value)) for t in rate.targets] == [(2026, "80")]
    assert accidents.baseline is not None
    assert (accidents.title, str(accidents.baseline.value)) == ("事故", "12")
    assert [str(t.value) for t in accidents.targets] == ["0"]
    assert [measure.title for measure in point.measures] == [
        *("体験会", "比率 5：3", "第2期→第3期", "講座", "見本の運用", "部会"),
    ]
    counts = {
        measure.title: [(str(t.value), t.unit) for i in measure.indicators for t in i.targets]
        for measure in point.measures
        if measure.indicators
    }
    assert counts == {"講座": [("3", "コース")], "部会": [("12", "部会")]}


def test_indicators_carry_the_year_only_where_they_are_one_figure() -> None:
    reading, _ = read(SAMPLE)
    nodes = [item.node for item in walk(only(reading)) if isinstance(item.node, Indicator)]
    lone = [node.actuals[0] for node in nodes if len(node.actuals) == 1]
    assert {(actual.year, actual.inferred) for actual in lone} == {(FiscalYear(2025), ("year",))}
    assert {a.year for node in nodes if len(node.actuals) > 1 for a in node.actuals} == {None}
