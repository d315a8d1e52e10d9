"""What brackets behind a target hold: a remark, or the target itself."""

from decimal import Decimal

import pytest

from munidx.japanese.targets import read_target
from munidx.model import Comparator, State


@pytest.mark.parametrize(
    ("statement", "baseline", "actual"),
    [
        ("満足度 80%以上(R6実績72%)", None, (72, 2024)),
        ("満足度 80%以上（令和6年度実績：72％）", None, (72, 2024)),
        ("満足度 80%以上(現状72%)", (72, None), None),
        ("満足度 80%以上（基準値：R4 72％）", (72, 2022), None),
        ("満足度 80%以上を維持(前年度 72%)", (72, None), None),
        ("満足度 80%以上(実績 全体72%、窓口60%)", None, None),
        ("満足度 80%以上(うち窓口72%)", None, None),
        ("満足度 80%以上(回答300人)", None, None),
    ],
)
def test_a_figure_in_a_remark_is_no_target(
    statement: str, baseline: tuple[int, int] | None, actual: tuple[int, int] | None
) -> None:
    read = read_target(statement, source="a#L1")
    (target,) = read.targets
    assert (target.value, target.comparator) == (Decimal(80), Comparator.AT_LEAST)
    assert (read.title, target.year) == ("満足度", None)
    for seen, wanted in ((read.baseline, baseline), (next(iter(read.actuals), None), actual)):
        told = seen and (seen.value, seen.year, seen.source)
        assert told == (wanted and (Decimal(wanted[0]), wanted[1], "a#L1"))


@pytest.mark.parametrize(
    "statement", ["利用件数 500件(R5:320件)", "満足度80%以上を維持(R6:82%)", "面積 30ha(累計100ha)"]
)
def test_of_two_figures_of_which_either_may_be_meant_none_is(statement: str) -> None:
    (target,) = read_target(statement).targets
    assert (target.state, target.text) == (State.QUALITATIVE, statement)


@pytest.mark.parametrize(
    ("statement", "value"),
    [
        ("満足度 60%(目標 70%)", 70),
        ("利用満足度4(5点満点)", 4),
        ("利用満足度4以上(5段階評価)", 4),
        ("満足度 80点(100点満点)", 80),
        ("問合せをもとに業務改善を推進する(業務改善数40件)", 40),
        ("市HP(ページ別訪問数)400件", 400),
    ],
)
def test_a_bracket_may_hold_the_target(statement: str, value: int) -> None:
    (target,) = read_target(statement).targets
    assert target.value == Decimal(value)
