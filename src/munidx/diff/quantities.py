"""What a target says as a quantity: its number in a base unit, and how two compare."""

import re
from fractions import Fraction
from typing import Final

from attrs import frozen

from munidx.japanese.characters import compact
from munidx.model import Indicator, Observation, State, Time, first_day

__all__ = [
    "Amount",
    "amount",
    "compared",
    "compared_figures",
    "has_number",
    "time_of",
    "time_order",
]

_SCALES: Final = {
    "十億": 10**9,
    "億": 10**8,
    "百万": 10**6,
    "十万": 10**5,
    "万": 10**4,
    "千": 1000,
    "百": 100,
}
_SCALE: Final = re.compile(r"(十億|億|百万|十万|万|千|百)(?=.)")
_SPELLINGS: Final = {"パーセント": "%", "㌫": "%", "¥": "円"}
_TENTHS: Final = "割"


@frozen
class Amount:
    """A number or a range in a base unit (円 for 千円, % for 割)."""

    low: Fraction
    high: Fraction
    unit: str


def has_number(one: Observation) -> bool:
    """Whether the observation holds a number or a range."""
    return one.number is not None or one.low is not None or one.high is not None


def amount(one: Observation, owner: Indicator) -> Amount | None:
    """What ``one`` says in a base unit; None where it holds no number."""
    if one.state is not State.REPORTED or not has_number(one):
        return None
    number = one.number
    ends = (number, number) if number is not None else (one.low, one.high)
    low, high = (Fraction(end) if end is not None else None for end in ends)
    low, high = (high if low is None else low), (low if high is None else high)
    assert low is not None  # noqa: S101
    assert high is not None  # noqa: S101
    unit, factor = _base(one.unit or owner.unit)
    return Amount(low * factor, high * factor, unit)


def _base(unit: str) -> tuple[str, Fraction]:
    plain = compact(unit)
    plain = _SPELLINGS.get(plain, plain)
    if plain == _TENTHS:
        return "%", Fraction(10)
    found = _SCALE.match(plain)
    if found:
        return plain[found.end() :], Fraction(_SCALES[found[1]])
    return plain, Fraction(1)


def compared(old: Amount, new: Amount) -> int | None:
    """1 where ``new`` is higher, -1 lower, 0 equal; None where a range both rose and fell."""
    low = (new.low > old.low) - (new.low < old.low)
    high = (new.high > old.high) - (new.high < old.high)
    if low * high < 0:
        return None
    return low or high


def compared_figures(old: Observation, new: Observation) -> int | None:
    """:func:`compared` of two values in one unit, without making quantities of them.

    None where one of them is no plain number that was reported.
    """
    mine, theirs = old.value, new.value
    if mine is None or theirs is None or not old.state is new.state is State.REPORTED:
        return None
    return (theirs > mine) - (theirs < mine)


def time_of(one: Observation) -> Time | None:
    """When the observation holds: its year, else its date, else the end of its period."""
    if one.year is not None:
        return one.year
    if one.date is not None:
        return one.date
    return (one.period.end or one.period.start) if one.period else None


def time_order(one: Observation) -> int | None:
    """A number that grows with :func:`time_of`, by first days."""
    time = time_of(one)
    return first_day(time).toordinal() if time is not None else None
