"""Days from which to which something holds, so that times of every precision compare."""

import datetime as dt
from functools import lru_cache
from typing import Final, TypeAlias

from munidx.model import Observation, Period, Plan, PlanKind, Time, first_day, last_day

__all__ = ["Span", "bound_by_period", "edition_end", "holds", "span_of", "time_of"]

Span: TypeAlias = tuple[dt.date, dt.date]
"""The first and the last day."""

_LOOKING_BEYOND: Final = (PlanKind.EVALUATION, PlanKind.BUREAU_GOALS, PlanKind.PROJECT_LIST)


def time_of(observation: Observation) -> Time | None:
    """When an observation holds: its date, its year, or the end of its period."""
    if observation.date is not None:
        return observation.date
    if observation.year is not None:
        return observation.year
    return observation.period.end if observation.period else None


@lru_cache(maxsize=4096)
def span_of(time: Time | None) -> Span | None:
    """The days of ``time``; None where there is none."""
    return None if time is None else (first_day(time), last_day(time))


def holds(period: Period, time: Time | None) -> bool:
    """Whether some day of ``time`` lies within ``period``; an absent end, or time, is no bound."""
    days = span_of(time)
    starts, ends = span_of(period.start), span_of(period.end)
    return days is None or (
        (starts is None or days[1] >= starts[0]) and (ends is None or days[0] <= ends[1])
    )


def edition_end(plan: Plan) -> dt.date | None:
    """The last day on which the edition can have been written; None where it is not dated."""
    if plan.edition is None:
        return None
    time = plan.edition.date if plan.edition.date is not None else plan.edition.year
    return None if time is None else last_day(time)


def bound_by_period(plan: Plan) -> Period | None:
    """The period that what a plan promises must lie in.

    None where the plan has none, or is of a kind whose period is the year it looks at, not
    that of its promises: an evaluation, a bureau's goals, a list of projects.
    """
    period = plan.period
    if plan.kind in _LOOKING_BEYOND or period is None or period.reversed:
        return None
    return period
