"""Indicators that stand where they stood are paired at once, as one by one they would be."""

from unittest.mock import patch

from hypothesis import example, given
from hypothesis import strategies as st

from munidx.diff import Matching, Pin, match
from munidx.diff import indicators as indicators_of
from munidx.model import Indicator, Measure, Plan

INDICATORS = st.lists(
    st.builds(
        Indicator,
        id=st.sampled_from(["", "", "", "a", "b"]),
        title=st.sampled_from(["", "人数", "件数", "利用者の満足度"]),
        statement=st.sampled_from(["", "人数 10人", "満足度 8割以上"]),
        unit=st.sampled_from(["", "人"]),
    ),
    max_size=3,
).map(tuple)
TITLES = ("河川監視カメラの設置", "電子図書館の開設", "公園遊具の更新")


def plan(found: list[tuple[Indicator, ...]], several: list[int]) -> Plan:
    below = [
        (Measure(title="内訳", indicators=found[n]),) if n in several else () for n in range(3)
    ]
    return Plan(
        title="計画",
        measures=tuple(
            Measure(title=title, indicators=some, measures=inner)
            for title, some, inner in zip(TITLES, found, below, strict=True)
        ),
    )


PLANS = st.builds(
    plan, st.lists(INDICATORS, min_size=3, max_size=3), st.lists(st.integers(0, 2), max_size=1)
)
PINS = st.sampled_from(
    [
        (),
        (),
        (Pin(old=TITLES[0], new=TITLES[0], same=False),),
        (Pin(old=TITLES[0], new=TITLES[1]),),
    ]
)
ONE = plan([(Indicator(title="人数"), Indicator(title="件数")), (), ()], [])
COPIES = plan([(Indicator(title="人数", unit="人"), Indicator(title="人数")), (), ()], [])


def found(old: Plan, new: Plan, pins: tuple[Pin, ...]) -> Matching:
    return match(old, new, pins=pins)


@given(PLANS, PLANS, PINS)
@example(ONE, Plan(title="別", measures=ONE.measures), ())
@example(COPIES, Plan(title="別", measures=COPIES.measures), ())
def test_all_at_once_is_as_one_by_one(old: Plan, new: Plan, pins: tuple[Pin, ...]) -> None:
    at_once = found(old, new, pins)
    with patch.object(indicators_of, "_pair_even", return_value=set()):
        assert found(old, new, pins) == at_once


@given(PLANS)
def test_another_edition_with_the_same_indicators_keeps_each(old: Plan) -> None:
    new = Plan(title="別の計画", measures=old.measures)
    at_once = found(old, new, ())
    with patch.object(indicators_of, "_pair_even", return_value=set()):
        assert found(old, new, ()) == at_once
