"""Two diffs in a row: what the sum is called, and what it means."""

from decimal import Decimal
from typing import Any

import pytest

from munidx.diff import Effect, Kind, diff
from munidx.diff.compose import compose
from munidx.model import (
    Direction,
    Indicator,
    Measure,
    Observation,
    Owner,
    Plan,
    State,
    Status,
)


def target(value: int | None, **fields: Any) -> Observation:  # noqa: ANN401 - fields of any sort
    return Observation(year=2026, value=None if value is None else Decimal(value), **fields)


UNSET = target(None, state=State.UNDETERMINED)
WORDS = target(None, state=State.QUALITATIVE, text="高める")


def with_target(one: Observation | None) -> Plan:
    indicator = Indicator(
        title="申請率", direction=Direction.INCREASE, targets=() if one is None else (one,)
    )
    return Plan(measures=(Measure(title="窓口改革", indicators=(indicator,)),))


def with_actual(one: Observation | None) -> Plan:
    indicator = Indicator(title="申請率", actuals=() if one is None else (one,))
    return Plan(measures=(Measure(title="窓口改革", indicators=(indicator,)),))


def with_fields(**fields: Any) -> Plan:  # noqa: ANN401 - fields of any sort
    return Plan(measures=(Measure(**({"title": "窓口改革"} | fields)),))


def owned(name: str) -> Plan:
    return with_fields(owners=(Owner(name=name),))


def standing(status: Status | None) -> Plan:
    return with_fields(status=status)


@pytest.mark.parametrize(
    ("plans", "expected"),
    [
        ([with_target(target(n)) for n in (80, 70, 60)], (Kind.TARGET_LOWERED, Effect.WEAKENED)),
        ([with_target(target(n)) for n in (80, 70, 75)], (Kind.TARGET_LOWERED, Effect.WEAKENED)),
        (
            [with_target(target(n)) for n in (80, 70, 90)],
            (Kind.TARGET_RAISED, Effect.STRENGTHENED),
        ),
        (
            [with_target(one) for one in (target(80), UNSET, target(75))],
            (Kind.TARGET_LOWERED, Effect.UNCLEAR),
        ),
        (
            [with_target(one) for one in (target(80), WORDS, UNSET)],
            (Kind.TARGET_DROPPED, Effect.WEAKENED),
        ),
        (
            [with_target(one) for one in (None, target(80), target(90))],
            (Kind.TARGET_SET, Effect.STRENGTHENED),
        ),
        (
            [with_actual(one) for one in (None, target(50), target(51))],
            (Kind.ACTUAL_ADDED, Effect.NEUTRAL),
        ),
        (
            [owned(name) for name in ("市民課", "市民 課", "税務課")],
            (Kind.OWNER_CHANGED, Effect.UNCLEAR),
        ),
        (
            [standing(one) for one in (None, Status.SUSPENDED, Status.ABOLISHED)],
            (Kind.ABOLISHED, Effect.WEAKENED),
        ),
        (
            [standing(one) for one in (None, Status.ABOLISHED, Status.ACTIVE)],
            (Kind.STATUS_CHANGED, Effect.UNCLEAR),
        ),
        ([with_fields(code=code) for code in "123"], (Kind.RENUMBERED, Effect.EDITORIAL)),
    ],
)
def test_the_sum_of_two_changes(plans: list[Plan], expected: tuple[Kind, Effect]) -> None:
    first, second, third = plans
    [change] = compose(diff(first, second), diff(second, third)).changes
    assert (change.kind, change.effect) == expected


def test_what_is_not_one_fact_stays_two() -> None:
    plans = owned("市民課"), with_fields(), owned("税務課")
    found = compose(diff(plans[0], plans[1]), diff(plans[1], plans[2])).changes
    assert [one.effect for one in found] == [Effect.WEAKENED, Effect.STRENGTHENED]


def test_what_came_and_went_or_went_and_came_back_is_not_told() -> None:
    here, gone = with_fields(), Plan()
    assert compose(diff(gone, here), diff(here, gone)).changes == ()
    assert compose(diff(here, gone), diff(gone, here)).changes == ()
