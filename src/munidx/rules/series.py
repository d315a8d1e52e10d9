"""MX309 to MX313, MX316, and MX211: baseline, targets and actuals against each other."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal, InvalidOperation, Overflow
from itertools import pairwise
from typing import Final, TypeAlias

from munidx.findings import Severity
from munidx.model import (
    Comparator,
    Direction,
    FiscalYear,
    Indicator,
    Item,
    Observation,
    Quantity,
    State,
    Time,
)
from munidx.rules.codes import plain_unit
from munidx.rules.registry import Fault, found, rule
from munidx.rules.spans import span_of, time_of
from munidx.rules.view import View

__all__: list[str] = []

_EXTREME: Final = 50
"""Powers of ten beyond which a figure is no measurement and is not calculated with."""
_SLIP: Final = 100
_SMALLEST: Final = Decimal(5)
"""Below it a figure may well grow a hundredfold: from 2 users to 300."""
_LARGE: Final = _SMALLEST * _SLIP
_SERIES: Final = 3
_Way: TypeAlias = tuple[Item, Indicator, Decimal, tuple[Decimal, Observation]]
"""An indicator, the figure of its baseline, and its last target."""
_WAYS: Final = (Direction.INCREASE, Direction.DECREASE)
_UPWARD: Final = (Comparator.AT_LEAST, Comparator.ABOVE)
_DOWNWARD: Final = (Comparator.AT_MOST, Comparator.BELOW)


@rule("MX309", "target-against-direction", Severity.WARNING)
def target_against_direction(view: View) -> Iterator[Fault]:
    """The last target lies on the wrong side of the baseline.

    Why:
        Who wants more and aims for less than there was has given something up, or a figure
        stands in the wrong row. It is told mildly where the direction is only inferred.

    Fails::

        [[indicators]]
        title = "講座の参加者"
        unit = "人"
        direction = "increase"
        baseline = { year = 2019, value = 9000 }
        targets = [{ year = 2025, value = 6900 }]

    Passes::

        [[indicators]]
        title = "待ち時間"
        unit = "分"
        direction = "decrease"
        baseline = { year = 2019, value = 30 }
        targets = [{ year = 2025, value = 20 }]

    Fix:
        Compare with the document. If it is printed so, ask why less is enough.

    Source:
        The munidx design: `direction`.
    """
    for item, node, start, last in view.once(_ways):
        gap = last[0] - start
        against = gap < 0 if node.direction is Direction.INCREASE else gap > 0
        if against and node.direction is not Direction.MAINTAIN:
            yield found(
                item,
                last[1],
                severity=_mildly(node),
                direction=node.direction,
                baseline=start,
                target=last[0],
            )


@rule("MX310", "target-met-at-baseline", Severity.INFO)
def target_met_at_baseline(view: View) -> Iterator[Fault]:
    """The last target is what the baseline already was.

    Why:
        A target that is met before it starts asks for nothing. It may be meant as one to
        keep: then the direction is `maintain`.

    Fails::

        [[indicators]]
        title = "講座の参加者"
        unit = "人"
        direction = "increase"
        baseline = { year = 2019, value = 900 }
        targets = [{ year = 2025, value = 900 }]

    Passes::

        [[indicators]]
        title = "講座の参加者"
        unit = "人"
        direction = "maintain"
        baseline = { year = 2019, value = 900 }
        targets = [{ year = 2025, value = 900 }]

    Fix:
        Nothing, if it is printed so.

    Source:
        The munidx design: `direction`.
    """
    for item, node, start, last in view.once(_ways):
        if last[0] == start and node.direction is not Direction.MAINTAIN:
            yield found(item, last[1], direction=node.direction, value=start)


@rule("MX311", "targets-turn-back", Severity.WARNING)
def targets_turn_back(view: View) -> Iterator[Fault]:
    """From one year to the next a target goes against the indicator's direction.

    Why:
        Targets by year are steps on one way; a step back is mostly two exchanged columns.

    Fails::

        [[indicators]]
        title = "講座の参加者"
        unit = "人"
        direction = "increase"
        targets = [{ year = 2024, value = 900 }, { year = 2025, value = 800 }]

    Passes::

        [[indicators]]
        title = "講座の参加者"
        unit = "人"
        direction = "increase"
        targets = [{ year = 2024, value = 900 }, { year = 2025, value = 900 }]

    Fix:
        Compare with the document.

    Source:
        The munidx design: `direction`.
    """
    for item, node in view.series:
        if node.direction not in _WAYS or _climbs(node.targets, node.direction):
            continue
        for steps in _comparable(node, node.targets).values():
            for (_, before, _), (_, after, told) in pairwise(steps):
                back = after < before if node.direction is Direction.INCREASE else after > before
                if back:
                    yield found(
                        item,
                        told,
                        severity=_mildly(node),
                        before=before,
                        after=after,
                        time=time_of(told),
                    )


@rule("MX312", "comparator-against-direction", Severity.WARNING)
def comparator_against_direction(view: View) -> Iterator[Fault]:
    """A target is "at least" though less is wanted, or "at most" though more is.

    Why:
        At least 10 accidents is no goal; one of the two was read or printed wrongly. Changes
        (30%以上の削減) are left out.

    Fails::

        [[indicators]]
        title = "事故件数"
        unit = "件"
        direction = "decrease"
        targets = [{ value = 10, comparator = "at_least" }]

    Passes::

        [[indicators]]
        title = "事故件数"
        direction = "decrease"
        targets = [{ value = 30, unit = "%", comparator = "at_least", quantity = "change" }]

    Fix:
        Compare with the document. An inferred direction may be wrong: give it in the plan.

    Source:
        The munidx design: `direction`.
    """
    for seen in view.observations:
        told, direction = seen.observation, seen.indicator.direction
        if (
            told.comparator is None
            or seen.series != "targets"
            or told.quantity is not Quantity.LEVEL
        ):
            continue
        if (direction is Direction.DECREASE and told.comparator in _UPWARD) or (
            direction is Direction.INCREASE and told.comparator in _DOWNWARD
        ):
            yield found(
                seen.item,
                told,
                severity=_mildly(seen.indicator),
                comparator=told.comparator,
                direction=direction,
            )


@rule("MX313", "figure-out-of-scale", Severity.WARNING)
def figure_out_of_scale(view: View) -> Iterator[Fault]:
    """One figure of an indicator is a hundred times another.

    Why:
        Plans aim for tenths and doubles. A factor of a hundred or a thousand is a lost
        decimal point, 千人 beside 人, or a figure of another row. Figures below 5 are left
        out: what begins so small may grow so much.

    Fails::

        [[indicators]]
        title = "講座の参加者"
        unit = "人"
        baseline = { year = 2019, value = 46 }
        targets = [{ year = 2025, value = 6900 }]

    Passes::

        [[indicators]]
        title = "利用者"
        unit = "人"
        baseline = { year = 2019, value = 2 }
        targets = [{ year = 2025, value = 300 }]

    Fix:
        Compare with the document.

    Source:
        Review of published plans.
    """
    for item, node in view.series:
        all_told = (*((node.baseline,) if node.baseline else ()), *node.targets, *node.actuals)
        if not _far_apart(all_told):
            continue
        for steps in _comparable(node, all_told, timed=False).values():
            values = [(value, told) for _, value, told in steps if value >= _SMALLEST]
            if not values:
                continue
            low = min(values, key=lambda pair: pair[0])
            high = max(values, key=lambda pair: pair[0])
            if high[0] >= low[0] * _SLIP:
                yield found(item, high[1], low=low[0], high=high[0])


@rule("MX316", "series-gap", Severity.INFO)
def series_gap(view: View) -> Iterator[Fault]:
    """A series of yearly actuals or targets leaves years out.

    Why:
        The missing year may be the one that went badly, or a column that was not read.

    Fails::

        [[indicators]]
        title = "利用者"
        unit = "人"
        actuals = [
            { year = 2019, value = 50 }, { year = 2020, value = 40 }, { year = 2022, value = 60 },
        ]

    Passes::

        [[indicators]]
        title = "利用者"
        unit = "人"
        actuals = [{ year = 2019, value = 50 }, { year = 2022, value = 60 }]

    Fix:
        Compare with the document; a survey every few years has no gap.

    Source:
        Review of published evaluations.
    """
    for item, node in view.series:
        for name, series in (("targets", node.targets), ("actuals", node.actuals)):
            if len(series) < _SERIES:
                continue
            years = {int(told.year) for told in series if told.year is not None}
            if len(years) < _SERIES or max(years) - min(years) == len(years) - 1:
                continue
            missing = sorted(set(range(min(years), max(years))) - years)
            if missing and len(missing) * 2 < len(years):
                yield found(item, series=name, missing=tuple(FiscalYear(y) for y in missing))


@rule("MX211", "years-mixed", Severity.INFO)
def years_mixed(view: View) -> Iterator[Fault]:
    """One indicator counts by calendar years (年) and by fiscal years (年度).

    Why:
        The two differ by three months; a series of both compares what is not alike.

    Fails::

        [[indicators]]
        title = "火災件数"
        baseline = { date = "2022", value = 40, unit = "件" }
        targets = [{ year = 2025, value = 30, unit = "件" }]

    Passes::

        [[indicators]]
        title = "火災件数"
        baseline = { date = "2022", value = 40, unit = "件" }
        targets = [{ date = "2025", value = 30, unit = "件" }]

    Fix:
        Compare with the document; 年 is often written where 年度 is meant.

    Source:
        地方自治法 第208条 (会計年度).
    """
    for item, told in view.compared:
        if all(seen.observation.year is not None for seen in told):
            continue
        times = [seen.time for seen in told]
        fiscal = any(isinstance(time, FiscalYear) for time in times)
        if fiscal and any(_calendar_year(time) for time in times):
            yield found(item)


def _calendar_year(time: Time | None) -> bool:
    return isinstance(time, str) and time.isdigit()


def _far_apart(series: Iterable[Observation]) -> bool:
    """Whether two values of the series may be out of scale, whatever their units."""
    values = [told.value for told in series if told.value is not None]
    try:
        if len(values) < 2 or max(values) < _LARGE:  # noqa: PLR2004 - a pair
            return False
        least = min((value for value in values if value >= _SMALLEST), default=None)
        return least is not None and max(values) >= least * _SLIP
    except (InvalidOperation, Overflow):
        return True


def _climbs(series: Sequence[Observation], direction: Direction) -> bool:
    """Whether years and values of a series go its way from one to the next, plainly."""
    years = [told.year for told in series if told.year is not None]
    values = [told.value for told in series if told.value is not None]
    if len(years) < len(series) or len(values) < len(series) or sorted(years) != years:
        return False
    try:
        return sorted(values, reverse=direction is Direction.DECREASE) == values
    except InvalidOperation:
        return False


def _any_of(test: Callable[[Decimal], bool], series: Iterable[Observation]) -> bool:
    """Whether a value of the series passes; also where one is no number to compare with."""
    try:
        return any(test(told.value) for told in series if told.value is not None)
    except InvalidOperation:
        return True


def level_of(told: Observation) -> Decimal | None:
    """The figure of an observation that can be set beside another; None for a change or words."""
    value = told.value
    if value is None or told.quantity is not Quantity.LEVEL or told.state is not State.REPORTED:
        return None
    return value if value.is_finite() and abs(value.adjusted()) < _EXTREME else None


def _mildly(node: Indicator) -> Severity | None:
    return Severity.INFO if "direction" in node.inferred else None


def _scale(node: Indicator, told: Observation) -> tuple[object, ...]:
    return (plain_unit(told.unit or node.unit), told.accumulation)


def _comparable(
    node: Indicator, series: tuple[Observation, ...], *, timed: bool = True
) -> Mapping[object, list[tuple[dt.date, Decimal, Observation]]]:
    """The figures of a series by unit and accumulation, in order of time."""
    groups: dict[object, list[tuple[dt.date, Decimal, Observation]]] = defaultdict(list)
    for told in series:
        value, time = level_of(told), time_of(told)
        if value is not None and (time is not None or not timed):
            span = span_of(time)
            day = span[1] if span else dt.date.min
            groups[_scale(node, told)].append((day, value, told))
    for steps in groups.values():
        steps.sort(key=lambda step: step[0])
    return groups


_SIDES: Final[Mapping[Direction, Callable[[Decimal], Callable[[Decimal], bool]]]] = {
    Direction.INCREASE: lambda start: start.__ge__,
    Direction.DECREASE: lambda start: start.__le__,
    Direction.MAINTAIN: lambda _: lambda _: False,
}
"""By direction: for a baseline, whether a target is no further than it."""


def _ways(view: View) -> tuple[_Way, ...]:
    """Every way from a baseline to a last target that has a direction."""
    ways: list[_Way] = []
    for item, node in view.series:
        if node.direction is None or node.baseline is None or item.path in view.ended:
            continue
        # Where all targets lie beyond the baseline, there is nothing to tell of.
        start = level_of(node.baseline)
        if start is None or not _any_of(_SIDES[node.direction](start), node.targets):
            continue
        targets = _comparable(node, node.targets, timed=False).get(_scale(node, node.baseline))
        if targets:
            ways.append((item, node, start, targets[-1][1:]))
    return tuple(ways)
