"""Judgement: whether one figure of an indicator meets a target of it, or why nobody can say.

Progress, and the rules that hold evaluations against figures, judge by this alone. A target is
what is printed of it: its comparator (以上, 以下) decides, else the indicator's direction. A value
that may lie on either side, because it is a range or approximate, is not judged.
"""

import datetime as dt
import enum
from decimal import Decimal
from fractions import Fraction
from typing import Final, TypeAlias

from attrs import evolve, frozen

from munidx.diff.quantities import Amount, amount
from munidx.model import (
    Comparator,
    Direction,
    Indicator,
    Observation,
    Quantity,
    State,
    first_day,
    last_day,
)

__all__ = [
    "Days",
    "Judged",
    "Obstacle",
    "Verdict",
    "better",
    "gap",
    "has_figure",
    "judge",
    "measured",
    "same_time",
    "span_of",
]

_EXTREME: Final = 50
"""Powers of ten beyond which a figure is no measurement and is not calculated with."""
_ALTERNATIVES: Final = 100
"""Alternatives of one target that are looked at; no published target has so many."""
_LOWER: Final = (Comparator.AT_LEAST, Comparator.ABOVE)
_UPPER: Final = (Comparator.AT_MOST, Comparator.BELOW)


class Verdict(enum.StrEnum):
    """Whether the newest actual meets the target of its time."""

    MET = "met"
    MISSED = "missed"
    UNJUDGED = "unjudged"


class Obstacle(enum.StrEnum):
    """Why there is no verdict, or no share."""

    ENDED = "ended"
    """it, or what it belongs to, is abolished or suspended"""
    NO_ACTUAL = "no-actual"
    """no actual with a figure"""
    ACTUAL_UNDATED = "actual-undated"
    NO_TARGET = "no-target"
    """no target with a figure: none at all, in words, or still to be set"""
    TARGET_UNDATED = "target-undated"
    """the targets do not say when they are due"""
    NO_TARGET_OF_TIME = "no-target-of-time"
    """no target for the time of the newest actual"""
    UNITS_DIFFER = "units-differ"
    QUANTITIES_DIFFER = "quantities-differ"
    """a height against a change or a ratio"""
    COUNTS_DIFFER = "counts-differ"
    """a yearly count against a cumulative one, or against one of which neither is said"""
    SEVERAL_FIGURES = "several-figures"
    """figures of one time that do not agree"""
    DIRECTION_UNKNOWN = "direction-unknown"
    """whether more or less is better"""
    DIRECTION_CONTRADICTS = "direction-contradicts"
    """at least, though less is wanted; or a change whose sign is not clear"""
    TOLERANCE_UNKNOWN = "tolerance-unknown"
    """to be maintained, and how much off would do is not said"""
    IMPRECISE = "imprecise"
    """a range or an approximate figure that may lie on either side"""
    UNUSABLE = "unusable"
    """a number that cannot be calculated with"""
    NO_BASELINE = "no-baseline"
    """no baseline with a figure"""
    BASELINE_LATER = "baseline-later"
    """the baseline is of a later time than the actual"""
    NO_DISTANCE = "no-distance"
    """there is no way to go: it is to be maintained, or the baseline was the target already"""
    TARGET_BEHIND = "target-behind"
    """the target asks for less than the baseline already was"""
    CHANGE = "change"
    """a change has no way from a baseline"""


Judged: TypeAlias = Verdict | Obstacle
"""A verdict, or why there is none."""

Days: TypeAlias = tuple[dt.date, dt.date]
"""The first and the last day."""


def has_figure(one: Observation) -> bool:
    """Whether an observation reports a number or a range."""
    told = (one.number, one.low, one.high)
    return one.state is State.REPORTED and any(number is not None for number in told)


def span_of(one: Observation) -> Days | None:
    """The first and last day that an observation speaks of: of its year, date or period."""
    time = one.year if one.year is not None else one.date
    if time is not None:
        return first_day(time), last_day(time)
    start, end = (one.period.start, one.period.end) if one.period else (None, None)
    ends = [time for time in (start, end) if time is not None]
    return (first_day(ends[0]), last_day(ends[-1])) if ends else None


def same_time(one: Observation, other: Observation) -> bool:
    """Whether both end on one day (令和3年度, 令和4年3月末); of periods, begin so too."""
    mine, theirs = span_of(one), span_of(other)
    if mine is None or theirs is None:
        return False
    periods = any(each.year is None and each.date is None for each in (one, other))
    return mine == theirs if periods else mine[1] == theirs[1]


def judge(actual: Observation, target: Observation, node: Indicator) -> Judged:
    """Any of the target's alternatives will do; it is missed where all of them are."""
    choices = [target]
    found: list[Judged] = []
    while choices and len(found) < _ALTERNATIVES:
        choice = choices.pop()
        choices += choice.alternatives
        found.append(_judge_one(actual, choice, node))
    if Verdict.MET in found:
        return Verdict.MET
    if choices:
        return Obstacle.SEVERAL_FIGURES
    return next((one for one in found if one is not Verdict.MISSED), Verdict.MISSED)


def gap(actual: Observation, target: Observation, node: Indicator) -> Obstacle | None:
    """Why the two are not of one kind; None where they are."""
    mine, theirs = measured(actual, node), measured(target, node)
    if mine is None or theirs is None:
        both = has_figure(actual) and has_figure(target)
        return Obstacle.UNUSABLE if both else Obstacle.NO_TARGET
    if actual.quantity is not target.quantity:
        return Obstacle.QUANTITIES_DIFFER
    if mine.unit != theirs.unit:
        return Obstacle.UNITS_DIFFER
    return None if actual.accumulation is target.accumulation else Obstacle.COUNTS_DIFFER


def measured(one: Observation, node: Indicator) -> Amount | None:
    """The figure of an observation of ``node`` in a base unit.

    None where it holds none, or one that is not to be calculated with: not finite, of more
    than fifty digits, a range that ends before it begins. Where there are both a number and a
    range, the range is the target.
    """
    decimals = [number for number in (one.value, one.low, one.high) if number is not None]
    whole = one.fraction.numerator * one.fraction.denominator if one.fraction else 0
    if not all(map(_sane, decimals)) or abs(whole) >= 10**_EXTREME:
        return None
    if one.low is not None and one.high is not None:
        if one.low > one.high:
            return None
        one = evolve(one, value=None, fraction=None)
    return amount(one, node)


def _sane(number: Decimal) -> bool:
    few = len(number.as_tuple().digits) <= _EXTREME
    return number.is_finite() and few and abs(number.adjusted()) <= _EXTREME


@frozen
class _Stretch:
    """All numbers from ``low`` to ``high``; None is no end, and an open end is not in it."""

    low: Fraction | None
    high: Fraction | None
    open_low: bool = False
    open_high: bool = False

    def holds(self, other: "_Stretch") -> bool:
        low = self.low is None or (
            other.low is not None
            and (other.low > self.low or (other.low == self.low and self._opens(other, "low")))
        )
        high = self.high is None or (
            other.high is not None
            and (other.high < self.high or (other.high == self.high and self._opens(other, "high")))
        )
        return low and high

    def _opens(self, other: "_Stretch", end: str) -> bool:
        closed = not getattr(self, f"open_{end}")
        return closed or bool(getattr(other, f"open_{end}"))

    def apart(self, other: "_Stretch") -> bool:
        return self.below(other) or other.below(self)

    def below(self, other: "_Stretch") -> bool:
        if self.high is None or other.low is None:
            return False
        touching = self.high == other.low and (self.open_high or other.open_low)
        return self.high < other.low or touching


def _judge_one(actual: Observation, target: Observation, node: Indicator) -> Judged:
    unlike = gap(actual, target, node)
    mine, theirs = measured(actual, node), measured(target, node)
    if unlike is not None or mine is None or theirs is None:
        return unlike or Obstacle.UNUSABLE
    if mine == theirs and actual.comparator is target.comparator:
        return Verdict.MET
    if actual.alternatives or actual.comparator is Comparator.ABOUT:
        return Obstacle.IMPRECISE
    way = better(target, node)
    if way is not None and target.quantity is Quantity.CHANGE:
        way = _way_of_change(way, mine, theirs)
    if isinstance(way, Obstacle):
        return way
    return _held_against(_stretch(actual, mine), target, theirs, way)


def better(target: Observation, node: Indicator) -> Direction | Obstacle | None:
    """Which way is better: what is printed of comparator and direction before what is inferred."""
    towards = {
        **dict.fromkeys(_LOWER, Direction.INCREASE),
        **dict.fromkeys(_UPPER, Direction.DECREASE),
    }
    told = towards.get(target.comparator) if target.comparator else None
    if told is None or node.direction in (None, Direction.MAINTAIN, told):
        return told or node.direction
    if target.quantity is Quantity.CHANGE:
        return node.direction
    weak, firm = "direction" in node.inferred, "comparator" not in target.inferred
    return told if weak and firm else Obstacle.DIRECTION_CONTRADICTS


def _way_of_change(way: Direction | Obstacle, mine: Amount, theirs: Amount) -> Direction | Obstacle:
    """Of reductions told by their size (30%削減) the larger is the better."""
    if way is not Direction.DECREASE or (mine.high < 0 and theirs.high < 0):
        return way
    sizes = mine.low >= 0 and theirs.low >= 0
    return Direction.INCREASE if sizes else Obstacle.DIRECTION_CONTRADICTS


def _stretch(one: Observation, told: Amount) -> _Stretch:
    """Where the value of an observation may lie."""
    if one.number is None and one.low is None:
        return _Stretch(None, told.high)
    if one.number is None and one.high is None:
        return _Stretch(told.low, None)
    if one.comparator in _LOWER:
        return _Stretch(told.low, None, open_low=one.comparator is Comparator.ABOVE)
    if one.comparator in _UPPER:
        return _Stretch(None, told.high, open_high=one.comparator is Comparator.BELOW)
    return _Stretch(told.low, told.high)


def _held_against(
    actual: _Stretch, target: Observation, told: Amount, way: Direction | None
) -> Judged:
    """Whether the value lies where it should; on neither side for sure is no verdict."""
    wanted = _stretch(target, told)
    half = target.number is None and (target.low is None or target.high is None)
    bounded = half or target.comparator in _LOWER + _UPPER
    if not bounded and way is Direction.INCREASE:
        wanted = _Stretch(wanted.low, None)
    elif not bounded and way is Direction.DECREASE:
        wanted = _Stretch(None, wanted.high)
    if wanted.holds(actual):
        return Verdict.MET
    if target.comparator is Comparator.ABOUT or not wanted.apart(actual):
        return Obstacle.IMPRECISE
    if not bounded and way is None:
        return Obstacle.DIRECTION_UNKNOWN
    single = wanted.low is not None and wanted.low == wanted.high
    return Obstacle.TOLERANCE_UNKNOWN if single and not bounded else Verdict.MISSED
