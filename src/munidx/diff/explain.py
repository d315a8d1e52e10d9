"""Which verbatim texts a typed change explains, so that one fact is told once.

A target that fell from 80 to 75 changes the statement that names it. The statement is
explained if it differs in nothing but the figures, units and comparators of what changed; a
rewording beside them is told as one.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Final

from munidx.diff.changes import Kind
from munidx.diff.quantities import has_number, time_of
from munidx.diff.targets import is_unset
from munidx.japanese.characters import compact
from munidx.japanese.marks import is_dash, split_marks, status_of
from munidx.model import Indicator, Node, Observation, Period, State, Status, first_day

__all__ = [
    "explains_code",
    "explains_label",
    "explains_period",
    "explains_statement",
    "explains_unit",
    "settled",
    "settles_statement",
]

_NUMBER: Final = re.compile(r"[0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?")
_COMPARATORS: Final = re.compile(r"以上|以下|未満|を?超える|超|程度|約|おおむね|概ね")
_OR: Final = re.compile(r"もしくは|若しくは|または|又は|あるいは")
_UNTIL: Final = re.compile(r"^\s*(?:(?:末|中)?(?:までに|まで|に)?|末)")
"""What stands behind a time and goes with it."""
_YEAR_WORDS: Final = re.compile(r"(?:令和|平成|[RH](?=[0-9元]))|元年")


def explains_statement(
    old: str,
    new: str,
    before: Indicator,
    after: Indicator,
    pairs: Iterable[tuple[Observation | None, Observation | None]],
) -> bool:
    """Whether ``pairs`` of changed observations (and a new title) explain the whole change."""
    changed = list(pairs)
    retitled = before.title != after.title
    if not changed and not retitled and before.unit == after.unit:
        return False
    if any(_redated(*pair) for pair in changed):
        old, new = _without_times(old), _without_times(new)
    mine, theirs = compact(old), compact(new)
    if retitled and before.title and after.title:
        mine = mine.replace(compact(before.title), "", 1)
        theirs = theirs.replace(compact(after.title), "", 1)
    return _words_replaced(mine, theirs, changed) or _figures_replaced(
        mine, theirs, before, after, changed
    )


def _redated(old: Observation | None, new: Observation | None) -> bool:
    """Whether a target lost its time, or got one."""
    return old is not None and new is not None and (time_of(old) is None) != (time_of(new) is None)


def _without_times(text: str) -> str:
    # Only here, for few diffs come to it, and eras stand on all that reads Japanese numbers.
    from munidx.japanese.eras import find_times  # noqa: PLC0415

    for found in reversed(find_times(text)):
        text = text[: found.start] + _UNTIL.sub("", text[found.end :], count=1)
    return text


def _words_replaced(
    mine: str, theirs: str, changed: list[tuple[Observation | None, Observation | None]]
) -> bool:
    """Targets in words: the text of the old one stands where that of the new one stands."""
    for old, new in changed:
        if all(one is None or one.state is State.REPORTED for one in (old, new)):
            continue
        mine = mine.replace(compact(old.text), "", 1) if old and old.text else mine
        theirs = theirs.replace(compact(new.text), "", 1) if new and new.text else theirs
    return mine == theirs


def _figures_replaced(
    mine: str,
    theirs: str,
    before: Indicator,
    after: Indicator,
    changed: list[tuple[Observation | None, Observation | None]],
) -> bool:
    olds = [one for one, _ in changed if one is not None]
    news = [one for _, one in changed if one is not None]
    units = {compact(one.unit) for one in (*olds, *news)}
    if before.unit != after.unit or not all(olds) or not all(news):
        units |= {compact(before.unit), compact(after.unit)}
    units.discard("")
    if any(one.alternatives for one in (*olds, *news)):
        mine, theirs = _without_alternatives(mine, olds), _without_alternatives(theirs, news)
    if _residue(mine, units) != _residue(theirs, units):
        return False
    first, second = _numbers(mine), _numbers(theirs)
    return _held(first - second, olds) and _held(second - first, news)


def _without_alternatives(text: str, some: Iterable[Observation]) -> str:
    for one in some:
        for other in one.alternatives:
            text = text.replace(compact(other.text), "", 1) if other.text else text
    return _OR.sub("", text)


def _residue(text: str, units: set[str]) -> str:
    text = _NUMBER.sub("", _COMPARATORS.sub("", _YEAR_WORDS.sub("", text)))
    for unit in sorted(units, key=lambda one: (-len(one), one)):
        text = text.replace(unit, "")
    return text


def _numbers(text: str) -> Counter[Decimal]:
    return Counter(Decimal(found.replace(",", "")) for found in _NUMBER.findall(text))


def _held(numbers: Counter[Decimal], some: Sequence[Observation]) -> bool:
    """Whether ``some`` observations hold all the ``numbers``; their values most often do."""
    left = numbers.keys() - {one.value for one in some}
    for one in some:
        if not left:
            break
        left -= _figures(one)
    return not left


def _figures(one: Observation) -> set[Decimal]:
    found = {value for value in (one.value, one.low, one.high) if value is not None}
    found |= {abs(value) for value in found}
    if one.fraction is not None:
        found |= {Decimal(one.fraction.numerator), Decimal(one.fraction.denominator)}
    found |= set(_numbers(compact(one.text)))
    for time in (one.year, one.date, *((one.period.start, one.period.end) if one.period else ())):
        if time is not None:
            year = first_day(time).year
            # In the Western calendar, in Reiwa and in Heisei.
            found |= {Decimal(year), Decimal(year - 2018), Decimal(year - 1988)}
    for other in one.alternatives:
        found |= _figures(other)
    return {value for value in found if value.is_finite()}


def explains_code(old: str, new: str, above: str, other: str) -> bool:
    """Whether a code only follows its parent's: 2-3 under 2 that became 4-3 under 4."""
    return bool(
        above
        and other
        and above != other
        and old.startswith(above)
        and new == other + old[len(above) :]
    )


def explains_period(old: str, new: str, before: Period | None, after: Period | None) -> bool:
    """Whether a text changed in nothing but the years, and the number of years, of a period."""
    if before is None or after is None or before == after:
        return False
    mine, theirs = compact(old), compact(new)
    if _residue(mine, set()) != _residue(theirs, set()):
        return False
    first, second = _numbers(mine), _numbers(theirs)
    return set(first - second) <= _years(before) and set(second - first) <= _years(after)


def _years(period: Period) -> set[Decimal]:
    found = _figures(Observation(period=period))
    if period.start is not None and period.end is not None:
        found.add(Decimal(first_day(period.end).year - first_day(period.start).year + 1))
    return found


def explains_unit(before: Indicator, after: Indicator) -> bool:
    """Whether all targets print the indicator's unit, so that their own changes tell it."""
    return all(
        one.targets
        and all(has_number(target) and target.unit == one.unit for target in one.targets)
        for one in (before, after)
    )


def settled(old: Node, new: Node) -> Kind | None:
    """Whether an indicator that waited for its figures got them, or lost them again."""
    if not isinstance(old, Indicator) or not isinstance(new, Indicator):
        return None
    if _waiting(old) and any(map(has_number, new.targets)):
        return Kind.TARGET_SET
    if _waiting(new) and any(map(has_number, old.targets)):
        unset = all(map(is_unset, new.targets))
        return Kind.TARGET_DROPPED if unset else Kind.TARGET_VAGUE
    return None


def _waiting(one: Indicator) -> bool:
    """Whether the indicator has targets, and none of them a figure."""
    return bool(one.targets) and not any(map(has_number, one.targets))


def settles_statement(waiting: Indicator) -> bool:
    """Whether the statement of an indicator without figures says no more than that."""
    told = compact(waiting.statement)
    texts = [compact(text) for text in (waiting.title, *(one.text for one in waiting.targets))]
    # The longest first: words of a target may begin with the title.
    for text in sorted(filter(None, texts), key=len, reverse=True):
        told = told.replace(text, "", 1)
    return not told


def explains_label(
    old: str | None, new: str | None, statuses: tuple[Status | None, Status | None]
) -> bool:
    """Whether a new status explains a label: the mark it was read from, or a field left empty.

    An abolished node has no class any more: ``M`` became ``-``.
    """
    if statuses[0] is statuses[1]:
        return False
    gone, come = (_marks(text, status) for text, status in zip((old, new), statuses, strict=True))
    if statuses[1] is Status.ABOLISHED:
        return come or (new is not None and is_dash(new))
    return gone and come


def _marks(text: str | None, status: Status | None) -> bool:
    """Whether ``text`` is absent or holds nothing but marks, one of them that of ``status``."""
    if text is None:
        return True
    rest, marks = split_marks(text)
    words = marks or (rest,)
    return (not marks or not rest) and any(
        status_of(word) is status for word in words if status_of(word) is not None
    )
