"""Progress: verdicts, shares and roll-ups; what cannot be judged is said to be so."""

import pathlib
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

import munidx
from munidx import Goal, Indicator, Measure, Observation, Period, Plan
from munidx.progress import IndicatorProgress, Obstacle, RollUp, Verdict, progress
from munidx.testing import strategies
from munidx.testing.profiles import examples

MET, MISSED = Verdict.MET, Verdict.MISSED


def seen(value: object = None, year: int | None = 2024, **fields: Any) -> Observation:  # noqa: ANN401
    number = None if value is None else Decimal(str(value))
    return Observation(year=year, value=number, **fields)


def of(*, unit: str = "件", **fields: Any) -> IndicatorProgress:  # noqa: ANN401
    """The progress of an indicator; single observations stand for series of one."""
    for name in ("targets", "actuals"):
        if isinstance(fields.get(name), Observation):
            fields[name] = (fields[name],)
    (found,) = progress(Plan(indicators=(Indicator(unit=unit, **fields),))).indicators
    return found


def judged(target: Observation, actual: Observation, **fields: Any) -> object:  # noqa: ANN401
    found = of(targets=target, actuals=actual, **fields)
    return found.obstacle or found.verdict


@pytest.mark.parametrize(
    ("direction", "value", "told"),
    [
        ("increase", 81, MET),
        ("increase", 80, MET),
        ("increase", 79, MISSED),
        ("decrease", 79, MET),
        ("decrease", 81, MISSED),
        ("maintain", 80, MET),
        ("maintain", 81, Obstacle.TOLERANCE_UNKNOWN),
        (None, 80, MET),
        (None, 81, Obstacle.DIRECTION_UNKNOWN),
        (None, 79, Obstacle.DIRECTION_UNKNOWN),
    ],
)
def test_a_bare_target_is_met_in_its_direction(direction: str, value: int, told: object) -> None:
    way = munidx.Direction(direction) if direction else None
    assert judged(seen(80), seen(value), direction=way) == told


@pytest.mark.parametrize(
    ("comparator", "below", "equal", "above"),
    [
        ("at_least", MISSED, MET, MET),
        ("above", MISSED, MISSED, MET),
        ("at_most", MET, MET, MISSED),
        ("below", MET, MISSED, MISSED),
        ("about", Obstacle.IMPRECISE, MET, Obstacle.IMPRECISE),
    ],
)
def test_a_printed_comparator_decides(
    comparator: str, below: object, equal: object, above: object
) -> None:
    target = seen(80, comparator=munidx.Comparator(comparator))
    assert [judged(target, seen(value)) for value in (79, 80, 81)] == [below, equal, above]


def test_about_with_a_direction_is_met_beyond_it_and_never_missed() -> None:
    target = seen(80, comparator=munidx.Comparator.ABOUT)
    way = munidx.Direction.INCREASE
    assert judged(target, seen(90), direction=way) is MET
    assert judged(target, seen(79), direction=way) is Obstacle.IMPRECISE


@pytest.mark.parametrize(
    ("inferred", "target_inferred", "told"),
    [
        ((), (), Obstacle.DIRECTION_CONTRADICTS),
        (("direction",), (), MET),
        (("direction",), ("comparator",), Obstacle.DIRECTION_CONTRADICTS),
    ],
)
def test_what_is_printed_goes_before_an_inferred_direction(
    inferred: tuple[str, ...], target_inferred: tuple[str, ...], told: object
) -> None:
    target = seen(10, comparator=munidx.Comparator.AT_LEAST, inferred=target_inferred)
    way = munidx.Direction.DECREASE
    assert judged(target, seen(11), direction=way, inferred=inferred) is told


RANGE = Observation(year=2024, low=Decimal(17), high=Decimal(20))


@pytest.mark.parametrize(
    ("direction", "told"),
    [
        ("maintain", [MISSED, MET, MET, MET, MISSED]),
        ("increase", [MISSED, MET, MET, MET, MET]),
        ("decrease", [MET, MET, MET, MET, MISSED]),
        (None, [Obstacle.DIRECTION_UNKNOWN, MET, MET, MET, Obstacle.DIRECTION_UNKNOWN]),
    ],
)
def test_a_range_is_met_within_and_beyond_its_better_end(
    direction: str, told: list[object]
) -> None:
    way = munidx.Direction(direction) if direction else None
    values = (16.8, 17, 18, 20, 20.1)
    assert [judged(RANGE, seen(value), direction=way) for value in values] == told
    assert [
        judged(evolve(RANGE, value=Decimal(17)), seen(n), direction=way) for n in values
    ] == told


def test_a_range_without_an_end_is_a_bound() -> None:
    way = munidx.Direction.DECREASE
    assert judged(Observation(year=2024, low=Decimal(17)), seen(16), direction=way) is MISSED
    assert judged(Observation(year=2024, low=Decimal(17)), seen(18), direction=way) is MET
    assert judged(Observation(year=2024, high=Decimal(17)), seen(18)) is MISSED


@pytest.mark.parametrize(
    ("actual", "told"),
    [
        (Observation(year=2024, low=Decimal(80), high=Decimal(90)), MET),
        (Observation(year=2024, low=Decimal(70), high=Decimal(79)), MISSED),
        (Observation(year=2024, low=Decimal(70), high=Decimal(80)), Obstacle.IMPRECISE),
        (Observation(year=2024, low=Decimal(85)), MET),
        (Observation(year=2024, high=Decimal(85)), Obstacle.IMPRECISE),
        (seen(80, comparator=munidx.Comparator.AT_LEAST), MET),
        (seen(80, comparator=munidx.Comparator.BELOW), MISSED),
        (seen(80, comparator=munidx.Comparator.AT_MOST), Obstacle.IMPRECISE),
        (seen(90, comparator=munidx.Comparator.ABOUT), Obstacle.IMPRECISE),
        (seen(90, alternatives=(seen(70),)), Obstacle.IMPRECISE),
    ],
)
def test_an_actual_that_may_lie_on_either_side_is_not_judged(
    actual: Observation, told: object
) -> None:
    target = seen(80, comparator=munidx.Comparator.AT_LEAST)
    assert judged(target, actual) is told


CHANGE: dict[str, Any] = {"quantity": munidx.Quantity.CHANGE, "unit": "%"}


@pytest.mark.parametrize(
    ("direction", "target", "actual", "told"),
    [
        ("decrease", 30, 35, MET),
        ("decrease", 30, 25, MISSED),
        ("decrease", -30, -35, MET),
        ("decrease", -30, -25, MISSED),
        ("decrease", 30, -35, Obstacle.DIRECTION_CONTRADICTS),
        ("decrease", -30, 5, Obstacle.DIRECTION_CONTRADICTS),
        ("increase", 10, 12, MET),
        ("increase", 10, -12, MISSED),
    ],
)
def test_of_reductions_the_larger_is_the_better(
    direction: str, target: int, actual: int, told: object
) -> None:
    wanted, way = seen(target, **CHANGE), munidx.Direction(direction)
    assert judged(wanted, seen(actual, **CHANGE), direction=way) is told


def test_a_reduction_of_at_least_so_much_is_no_contradiction() -> None:
    target = seen(30, comparator=munidx.Comparator.AT_LEAST, **CHANGE)
    way = munidx.Direction.DECREASE
    assert judged(target, seen(31, **CHANGE), direction=way) is MET


def test_ratios_are_compared_with_ratios() -> None:
    ratio: dict[str, Any] = {"quantity": munidx.Quantity.RATIO}
    target = Observation(year=2024, fraction=Fraction(1, 3), **ratio)
    way = munidx.Direction.DECREASE
    assert judged(target, seen("0.3", **ratio), direction=way) is MET


@pytest.mark.parametrize(
    ("target", "actual", "told"),
    [
        (seen(80, **CHANGE), seen(80, unit="%"), Obstacle.QUANTITIES_DIFFER),
        (seen(80, unit="人"), seen(80), Obstacle.UNITS_DIFFER),
        (seen(1, unit="千件"), seen(1000), MET),
        (
            seen(80, accumulation=munidx.Accumulation.CUMULATIVE),
            seen(90),
            Obstacle.COUNTS_DIFFER,
        ),
        (seen("1E+60"), seen(1), Obstacle.UNUSABLE),
        (seen(1), seen("NaN"), Obstacle.UNUSABLE),
        (seen(1), seen("Infinity"), Obstacle.UNUSABLE),
        (seen("1E+999999999"), seen("-1E-999999999"), Obstacle.UNUSABLE),
        (Observation(year=2024, low=Decimal(9), high=Decimal(1)), seen(5), Obstacle.UNUSABLE),
        (Observation(year=2024, fraction=Fraction(10**60, 7)), seen(5), Obstacle.UNUSABLE),
    ],
)
def test_unlike_figures_are_not_compared(
    target: Observation, actual: Observation, told: object
) -> None:
    assert judged(target, actual) is told


@pytest.mark.parametrize(
    ("alternatives", "told"),
    [
        ((seen(70),), MET),
        ((seen(90),), MISSED),
        ((Observation(state=munidx.State.QUALITATIVE, text="体制の構築"),), Obstacle.NO_TARGET),
        ((seen(90),) * 200, Obstacle.SEVERAL_FIGURES),
    ],
)
def test_an_alternative_of_the_target_will_do(
    alternatives: tuple[Observation, ...], told: object
) -> None:
    target = seen(80, alternatives=alternatives)
    assert judged(target, seen(75), direction=munidx.Direction.INCREASE) is told


@pytest.mark.parametrize(
    ("targets", "actuals", "told"),
    [
        ((), (seen(1),), Obstacle.NO_TARGET),
        ((Observation(year=2024, text="構築"),), (seen(1),), Obstacle.NO_TARGET),
        ((seen(1, None),), (seen(1),), Obstacle.TARGET_UNDATED),
        ((seen(1, 2025),), (seen(1),), Obstacle.NO_TARGET_OF_TIME),
        ((seen(1),), (), Obstacle.NO_ACTUAL),
        ((seen(1),), (seen(state=munidx.State.WITHHELD),), Obstacle.NO_ACTUAL),
        ((seen(1),), (seen(1, None),), Obstacle.ACTUAL_UNDATED),
        ((seen(1),), (seen(1), seen(2)), Obstacle.SEVERAL_FIGURES),
        ((seen(1),) * 11, (seen(1),) * 11, Obstacle.SEVERAL_FIGURES),
        ((seen(1), seen(2)), (seen(1),), Obstacle.SEVERAL_FIGURES),
        ((seen(1), seen(2, unit="人")), (seen(1),), MET),
    ],
)
def test_what_is_missing_or_doubled_is_told(
    targets: tuple[Observation, ...], actuals: tuple[Observation, ...], told: object
) -> None:
    found = of(targets=targets, actuals=actuals)
    assert (found.obstacle or found.verdict) is told


def test_two_bounds_are_both_to_be_kept() -> None:
    bounds = (
        seen(10, comparator=munidx.Comparator.AT_LEAST),
        seen(20, comparator=munidx.Comparator.AT_MOST),
    )
    verdicts = [of(targets=bounds, actuals=seen(value)).verdict for value in (9, 15, 21)]
    assert verdicts == [MISSED, MET, MISSED]


def test_the_newest_actual_is_held_against_the_target_of_its_own_year() -> None:
    found = of(
        direction=munidx.Direction.INCREASE,
        targets=(seen(50, 2023), seen(60, 2024), seen(80, 2027)),
        actuals=(seen(62, 2024), seen(30, 2023), seen(state=munidx.State.WITHHELD, year=2025)),
    )
    assert found.verdict is MET
    assert found.actual == seen(62, 2024)
    assert found.target == seen(60, 2024)
    assert found.last_target == seen(80, 2027)


@pytest.mark.parametrize(
    ("time", "told"),
    [
        ({"date": "2025-03-31"}, MET),
        ({"date": "2025-03"}, MET),
        ({"date": "2024"}, Obstacle.NO_TARGET_OF_TIME),
        ({"period": Period(start=2024, end=2024)}, MET),
        ({"period": Period(start=2020, end=2024)}, Obstacle.NO_TARGET_OF_TIME),
        ({"period": Period()}, Obstacle.ACTUAL_UNDATED),
    ],
)
def test_times_are_one_where_they_end_on_one_day(time: dict[str, Any], told: object) -> None:
    assert judged(seen(1), Observation(value=Decimal(1), **time)) is told


def share(**fields: Any) -> object:  # noqa: ANN401
    found = of(**fields)
    return found.share if found.share is not None else found.share_obstacle


@pytest.mark.parametrize(
    ("actual", "told"),
    [(60, Fraction(1, 2)), (40, Fraction(0)), (80, Fraction(1)), (30, Fraction(-1, 4))],
)
def test_the_share_is_the_part_of_the_way_to_the_last_target(actual: int, told: Fraction) -> None:
    targets = (seen(50, 2024), seen(80, 2027))
    assert share(baseline=seen(40, 2020), targets=targets, actuals=seen(actual)) == told


def test_less_may_be_the_way_too() -> None:
    assert share(baseline=seen(100, 2019), targets=seen(60), actuals=seen(90)) == Fraction(1, 4)


def test_the_way_to_a_range_leads_to_its_nearer_end() -> None:
    assert share(baseline=seen(27, 2019), targets=RANGE, actuals=seen(22)) == Fraction(5, 7)
    assert share(baseline=seen(7, 2019), targets=RANGE, actuals=seen(12)) == Fraction(1, 2)
    told = share(baseline=seen(18, 2019), targets=RANGE, actuals=seen(12))
    assert told is Obstacle.NO_DISTANCE


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"baseline": None}, Obstacle.NO_BASELINE),
        ({"baseline": Observation(year=2019, text="未計測")}, Obstacle.NO_BASELINE),
        ({"baseline": seen(80, 2019)}, Obstacle.NO_DISTANCE),
        ({"baseline": seen(90, 2019)}, Obstacle.TARGET_BEHIND),
        ({"baseline": seen(40, 2019, unit="人")}, Obstacle.UNITS_DIFFER),
        ({"baseline": seen(40, 2025)}, Obstacle.BASELINE_LATER),
        ({"baseline": seen("NaN", 2019)}, Obstacle.UNUSABLE),
        ({"baseline": seen(40, 2019, comparator=munidx.Comparator.ABOUT)}, Obstacle.IMPRECISE),
        ({"targets": ()}, Obstacle.NO_TARGET),
        ({"targets": (seen(80, 2027), seen(81, 2027))}, Obstacle.SEVERAL_FIGURES),
        ({"targets": seen(80, comparator=munidx.Comparator.ABOUT)}, Obstacle.IMPRECISE),
        ({"targets": Observation(year=2024, low=Decimal(80))}, Obstacle.IMPRECISE),
        ({"direction": munidx.Direction.MAINTAIN}, Obstacle.NO_DISTANCE),
        (
            {"targets": seen(80, comparator=munidx.Comparator.AT_MOST)},
            Obstacle.DIRECTION_CONTRADICTS,
        ),
        ({"actuals": (seen(50), seen(51))}, Obstacle.SEVERAL_FIGURES),
        ({"actuals": ()}, Obstacle.NO_ACTUAL),
        ({"status": munidx.Status.ABOLISHED}, Obstacle.ENDED),
        (
            {
                name: seen(5, 2019 if name == "baseline" else 2024, **CHANGE)
                for name in ("baseline", "targets", "actuals")
            },
            Obstacle.CHANGE,
        ),
    ],
)
def test_there_is_no_share_where_there_is_no_way(fields: dict[str, Any], told: Obstacle) -> None:
    whole: dict[str, Any] = {
        "direction": munidx.Direction.INCREASE,
        "baseline": seen(40, 2019),
        "targets": seen(80),
        "actuals": seen(60),
    }
    assert of(**whole).share == Fraction(1, 2)
    assert share(**(whole | fields)) is told


def indicator(actual: int | None) -> Indicator:
    actuals = () if actual is None else (seen(actual),)
    way = munidx.Direction.INCREASE
    return Indicator(title="率", direction=way, targets=(seen(80),), actuals=actuals)


def test_goals_are_rolled_up_and_what_cannot_be_judged_stands_apart() -> None:
    stopped = Measure(
        title="止", status=munidx.Status.SUSPENDED, measures=(Measure(indicators=(indicator(90),)),)
    )
    plan = Plan(
        title="計画",
        goals=(
            Goal(
                code="1",
                title="上",
                level="大綱",
                indicators=(indicator(90),),
                goals=(
                    Goal(
                        code="1-1",
                        measures=(Measure(indicators=(indicator(70), indicator(None))), stopped),
                        indicators=(indicator(None),),
                    ),
                ),
            ),
            Goal(code="2"),
        ),
        indicators=(indicator(81),),
    )
    found = progress(plan)
    reasons = ((Obstacle.NO_ACTUAL, 2), (Obstacle.ENDED, 1))
    below = RollUp(
        path="goals[1]", code="1", title="上", level="大綱", met=1, missed=1, unjudged=3,
        obstacles=reasons,
    )  # fmt: skip
    assert found.goals == (
        below,
        evolve(below, path="goals[1]/goals[1-1]", code="1-1", title="", level="", met=0),
        RollUp(path="goals[2]", code="2"),
    )
    assert found.whole == RollUp(title="計画", met=2, missed=1, unjudged=3, obstacles=reasons)
    assert found.whole.judged == 3


@examples(500)
@given(strategies.plans())
def test_no_plan_raises_and_every_indicator_is_counted_once_property(plan: Plan) -> None:
    found = progress(plan)
    paths = [item.path for item in munidx.walk(plan) if isinstance(item.node, Indicator)]
    assert [one.path for one in found.indicators] == paths
    whole = found.whole
    assert whole.met + whole.missed + whole.unjudged == len(paths)
    assert sum(number for _, number in whole.obstacles) == whole.unjudged
    for one in found.indicators:
        assert (one.obstacle is None) == (one.verdict is not Verdict.UNJUDGED)
        assert (one.share is None) == (one.share_obstacle is not None)


PLAIN = st.builds(
    Observation,
    year=strategies.fiscal_years(),
    value=st.decimals(-(10**6), 10**6, places=2),
    comparator=st.none() | st.sampled_from(munidx.Comparator),
    quantity=st.sampled_from(munidx.Quantity),
    unit=st.sampled_from(("", "%", "千件")),
)


@examples(500)
@given(PLAIN, strategies.indicators())
def test_an_actual_that_equals_its_target_meets_it_property(
    one: Observation, node: Indicator
) -> None:
    plain = evolve(node, targets=(one,), actuals=(one,), status=None)
    (found,) = progress(Plan(indicators=(plain,))).indicators
    assert found.verdict is MET


@examples(500)
@given(st.integers(-99, 99), st.integers(-99, 99), st.sampled_from(munidx.Direction))
def test_what_is_met_stays_met_by_more_of_the_better_property(
    target: int, actual: int, way: munidx.Direction
) -> None:
    step = {"increase": 1, "decrease": -1}.get(way.value, 0)
    if judged(seen(target), seen(actual), direction=way) is MET:
        assert judged(seen(target), seen(actual + step), direction=way) is MET


DOCUMENTS = pathlib.Path(__file__).parents[2] / "shared" / "documents"


def test_what_a_citys_own_evaluation_says_of_its_targets_is_found() -> None:
    """The evaluation says of goal 621 that each indicator met its target."""
    found = sorted(DOCUMENTS.glob("003*.txt"))
    if not found:
        pytest.skip("the documents are not here")
    told = progress(munidx.read(found[0]).plans[0])
    (goal,) = (one for one in told.goals if one.code == "621")
    assert (goal.met, goal.missed, goal.unjudged) == (6, 0, 0)
    assert (told.whole.met, told.whole.missed, told.whole.unjudged) == (12, 3, 0)
    cash = next(one for one in told.indicators if one.share == Fraction("0.0875"))
    assert (cash.indicator.direction, cash.verdict) == (munidx.Direction.DECREASE, MET)
