"""Targets as quantities: base units, ranges, and the order of two."""

import gc
from decimal import Decimal

import pytest
from hypothesis import given

from munidx.diff import Kind, diff
from munidx.diff.quantities import amount, compared, compared_figures, time_of, time_order
from munidx.diff.targets import kinds_of, shifted, taken_up
from munidx.model import Indicator, Observation, Period, Plan, State
from munidx.testing import strategies
from munidx.testing.profiles import examples


@pytest.mark.parametrize(
    ("one", "unit", "low", "high", "plain"),
    [
        (Observation(value=Decimal(5)), "千円", 5000, 5000, "円"),
        (Observation(value=Decimal(2), unit="百万円"), "円", 2_000_000, 2_000_000, "円"),
        (Observation(value=Decimal(8)), "割", 80, 80, "%"),
        (Observation(value=Decimal(8)), "パーセント", 8, 8, "%"),
        (Observation(low=Decimal(3)), "件", 3, 3, "件"),
        (Observation(high=Decimal(4)), "件", 4, 4, "件"),
        (Observation(low=Decimal(3), high=Decimal(4)), "万人", 30000, 40000, "人"),
        (Observation(value=Decimal(3)), "千", 3, 3, "千"),
    ],
)
def test_amounts_in_a_base_unit(
    one: Observation, unit: str, low: int, high: int, plain: str
) -> None:
    found = amount(one, Indicator(unit=unit))
    assert found is not None
    assert [found.low, found.high] == [low, high]
    assert found.unit == plain


@pytest.mark.parametrize(
    "one", [Observation(text="高める"), Observation(value=Decimal(1), state=State.WITHHELD)]
)
def test_no_amount(one: Observation) -> None:
    assert amount(one, Indicator()) is None


@pytest.mark.parametrize(
    ("old", "new", "order"),
    [((1, 5), (2, 5), 1), ((1, 5), (1, 4), -1), ((1, 5), (1, 5), 0), ((1, 5), (2, 4), None)],
)
def test_the_order_of_ranges(old: tuple[int, int], new: tuple[int, int], order: int | None) -> None:
    mine, theirs = (
        amount(Observation(low=Decimal(low), high=Decimal(high)), Indicator())
        for low, high in (old, new)
    )
    assert mine is not None
    assert theirs is not None
    assert compared(mine, theirs) == order


@pytest.mark.parametrize(
    ("one", "time"),
    [
        (Observation(year=2026, date="2025"), 2026),
        (Observation(date="2025-04"), "2025-04"),
        (Observation(period=Period(start=2024, end=2027)), 2027),
        (Observation(period=Period(start=2024)), 2024),
        (Observation(), None),
    ],
)
def test_times(one: Observation, time: int | str | None) -> None:
    assert time_of(one) == time
    assert (time_order(one) is None) == (time is None)


UNSET = Observation(state=State.UNDETERMINED)
FIGURE = Observation(value=Decimal(5))
WORDS = Observation(text="高める", state=State.QUALITATIVE)


@pytest.mark.parametrize(
    ("gone", "come", "found"),
    [
        ([UNSET], [WORDS, FIGURE], (0, 1)),
        ([WORDS, FIGURE], [UNSET], (1, 0)),
        ([FIGURE], [WORDS], (0, 0)),
        ([WORDS], [UNSET, FIGURE], (0, 1)),
        ([FIGURE, WORDS], [WORDS], None),
        ([UNSET], [WORDS], None),
        ([WORDS], [UNSET], None),
        ([UNSET], [UNSET], None),
        ([FIGURE], [FIGURE], None),
        ([Observation(year=2026, state=State.UNDETERMINED)], [FIGURE], None),
    ],
)
def test_which_awaited_target_got_its_figure(
    gone: list[Observation], come: list[Observation], found: tuple[int, int] | None
) -> None:
    assert taken_up(gone, come) == found


def test_which_target_moved_to_which_year() -> None:
    def at(year: int, value: int) -> Observation:
        return Observation(year=year, value=Decimal(value))

    # Those with the same figure first, the rest in their order.
    gone, come = [at(2026, 5), at(2027, 6)], [at(2028, 6), at(2029, 7)]
    assert shifted(gone, come, []) == [(1, 0), (0, 1)]
    # Not as many: nobody knows which.
    assert shifted(gone, [at(2028, 8)], []) == []
    # A table that rolls on: the kept year is later than the one that went.
    assert shifted([at(2024, 5)], [at(2027, 6)], [at(2026, 5)]) == []


@pytest.mark.parametrize(
    ("old", "new", "kinds"),
    [
        (UNSET, WORDS, [Kind.TARGET_SET]),
        (WORDS, UNSET, [Kind.TARGET_DROPPED]),
        (WORDS, FIGURE, [Kind.TARGET_SET]),
        (FIGURE, WORDS, [Kind.TARGET_VAGUE]),
        (UNSET, Observation(state=State.WITHHELD), [Kind.FIELD_CHANGED]),
        (WORDS, Observation(text="強める", state=State.QUALITATIVE), [Kind.REWORDED]),
        (Observation(date="2026"), Observation(), [Kind.FIELD_CHANGED]),
        (FIGURE, Observation(value=Decimal(5), unit="件"), [Kind.TARGET_UNIT_CHANGED]),
    ],
)
def test_kinds_of_a_target(old: Observation, new: Observation, kinds: list[Kind]) -> None:
    assert list(kinds_of(old, new, Indicator(), Indicator())) == kinds


@pytest.mark.parametrize("enabled", [True, False])
def test_the_collector_is_left_as_it_was(enabled: bool) -> None:
    before = gc.isenabled()
    try:
        (gc.enable if enabled else gc.disable)()
        diff(Plan(title="甲"), Plan(title="乙"))
        assert gc.isenabled() is enabled
    finally:
        (gc.enable if before else gc.disable)()


@examples(300)
@given(strategies.observations(), strategies.observations())
def test_figures_in_one_unit_compare_as_the_quantities_they_are(
    old: Observation, new: Observation
) -> None:
    order = compared_figures(old, new)
    mine, theirs = amount(old, Indicator()), amount(new, Indicator())
    if order is not None:
        assert mine is not None
        assert theirs is not None
        assert order == compared(mine, theirs)


def test_words_and_ranges_are_no_figures_to_compare() -> None:
    figure, words = Observation(value=Decimal(5)), Observation(text="増やす")
    assert compared_figures(figure, Observation(value=Decimal(6))) == 1
    assert compared_figures(figure, Observation(low=Decimal(6))) is None
    assert compared_figures(figure, words) is None
    assert compared_figures(figure, Observation(value=Decimal(6), state=State.WITHHELD)) is None
