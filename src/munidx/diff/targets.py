"""What happened to the targets of an indicator: which became which, and in what way."""

import operator
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from munidx.diff.changes import Kind
from munidx.diff.parts import PartPair
from munidx.diff.quantities import (
    amount,
    compared,
    compared_figures,
    has_number,
    time_of,
    time_order,
)
from munidx.model import Indicator, Observation, State

__all__ = [
    "figures_differ",
    "is_unset",
    "kinds_of",
    "shifted",
    "taken_up",
    "undated",
    "with_shifts",
]

_UNSET = (State.UNDETERMINED, State.NOT_APPLICABLE, State.WITHHELD)


def with_shifts(
    pairs: Iterable[PartPair],
    old: tuple[Observation, ...],
    new: tuple[Observation, ...],
) -> list[PartPair]:
    """The pairs, with what went and what came as one where a target changed its time."""
    pairs = list(pairs)
    gone, come, went, came = _left(pairs, old, new)
    if not gone or not come:
        return pairs
    lost = {one[0] for one in gone}
    kept = [part for place, part in enumerate(old) if place not in lost]
    for first, second in shifted(went, came, kept):
        pairs.remove(gone[first])
        pairs.remove(come[second])
        pairs.append((gone[first][0], come[second][1], gone[first][2]))
    return _with_figures(_with_times(pairs, old, new), old, new)


def _left(
    pairs: Sequence[PartPair], old: Sequence[Observation], new: Sequence[Observation]
) -> tuple[list[PartPair], list[PartPair], list[Observation], list[Observation]]:
    """The pairs of what went alone and of what came alone, and these targets themselves."""
    gone = [one for one in pairs if one[1] is None]
    come = [one for one in pairs if one[0] is None]
    went = [old[one[0]] for one in gone if one[0] is not None]
    came = [new[one[1]] for one in come if one[1] is not None]
    return gone, come, went, came


def _with_times(
    pairs: list[PartPair],
    old: tuple[Observation, ...],
    new: tuple[Observation, ...],
) -> list[PartPair]:
    """The pairs, with a target that lost its time, or got one, as one."""
    gone, come, went, came = _left(pairs, old, new)
    for first, second in undated(went, came):
        pairs.remove(gone[first])
        pairs.remove(come[second])
        name = come[second][2] if gone[first][2].startswith("#") else gone[first][2]
        pairs.append((gone[first][0], come[second][1], name))
    return pairs


def _with_figures(
    pairs: list[PartPair],
    old: tuple[Observation, ...],
    new: tuple[Observation, ...],
) -> list[PartPair]:
    """The pairs, with a target that waited for its figure and the figure as one."""
    gone, come, went, came = _left(pairs, old, new)
    found = taken_up(went, came)
    if found is None:
        return pairs
    first, second = gone[found[0]], come[found[1]]
    pairs.remove(first)
    pairs.remove(second)
    # The name of the one that has a time.
    name = first[2] if second[2].startswith("#") else second[2]
    return [*pairs, (first[0], second[1], name)]


def shifted(
    gone: Sequence[Observation], come: Sequence[Observation], kept: Sequence[Observation]
) -> list[tuple[int, int]]:
    """Which of the ``gone`` targets moved to the time of which of the ``come`` ones.

    Only targets later than all that were ``kept`` move: where a table of years rolls on, its
    first year is over and its last is new, and nothing was postponed.
    """
    last = max((order for one in kept if (order := time_order(one)) is not None), default=0)
    mine = _late(gone, last)
    theirs = _late(come, last)
    pairs = []
    for place in list(mine):
        same = next((other for other in theirs if _value(come[other]) == _value(gone[place])), None)
        if same is not None:
            pairs.append((place, same))
            mine.remove(place)
            theirs.remove(same)
    if len(mine) == len(theirs):
        pairs += zip(mine, theirs, strict=True)
    return pairs


def undated(gone: Sequence[Observation], come: Sequence[Observation]) -> list[tuple[int, int]]:
    """Which of the ``gone`` targets stand among the ``come`` ones without their time, or with one.

    Those that say the same first; then the last that are left, one on each side.
    """
    pairs: list[tuple[int, int]] = []
    mine, theirs = list(range(len(gone))), list(range(len(come)))
    for place in range(len(gone)):
        same = next(
            (
                other
                for other in theirs
                if _redated(gone[place], come[other]) and _same(gone[place], come[other])
            ),
            None,
        )
        if same is not None:
            pairs.append((place, same))
            mine.remove(place)
            theirs.remove(same)
    if len(mine) == len(theirs) == 1:
        old, new = gone[mine[0]], come[theirs[0]]
        if _redated(old, new) and has_number(old) and has_number(new):
            pairs.append((mine[0], theirs[0]))
    return pairs


def _same(old: Observation, new: Observation) -> bool:
    """Whether two targets ask for the same, in figures, or in words that are not none."""
    if has_number(old):
        return _value(old) == _value(new)
    return old.state is new.state and not has_number(new) and old.text == new.text != ""


def _redated(old: Observation, new: Observation) -> bool:
    """Whether one of the two has a time and the other none."""
    return (time_of(old) is None) != (time_of(new) is None)


def is_unset(one: Observation) -> bool:
    """Whether the target says that there is none yet: undetermined, withheld, not applicable."""
    return one.state in _UNSET


def taken_up(gone: Sequence[Observation], come: Sequence[Observation]) -> tuple[int, int] | None:
    """Which target without a figure got one, or the other way round, where no time tells.

    The first of each side stand for one another; others came or went beside them. What is to
    be set later waits before what is told in words.
    """
    for waits in (_unset, _worded):
        waiting_gone = [place for place, one in enumerate(gone) if waits(one)]
        waiting_come = [place for place, one in enumerate(come) if waits(one)]
        if bool(waiting_gone) == bool(waiting_come):
            continue
        figures = [
            place for place, one in enumerate(come if waiting_gone else gone) if has_number(one)
        ]
        if figures and waiting_gone:
            return waiting_gone[0], figures[0]
        if figures:
            return figures[0], waiting_come[0]
    return None


def _unset(one: Observation) -> bool:
    return is_unset(one) and time_of(one) is None


def _worded(one: Observation) -> bool:
    return not is_unset(one) and not has_number(one) and time_of(one) is None


def _late(some: Sequence[Observation], last: int) -> list[int]:
    timed = [(order, place) for place, one in enumerate(some) if (order := time_order(one))]
    return [place for order, place in sorted(timed) if order > last]


def _value(one: Observation) -> tuple[object, ...]:
    return (one.number, one.low, one.high, one.unit, one.state)


def kinds_of(
    old: Observation | None, new: Observation | None, before: Indicator, after: Indicator
) -> list[Kind]:
    """The kinds of change between two states of a target; at least one."""
    if old is None or new is None:
        return [Kind.TARGET_SET if old is None else Kind.TARGET_DROPPED]
    return list(_kinds(old, new, before, after)) or [_rest(old, new)]


def _kinds(
    old: Observation, new: Observation, before: Indicator, after: Indicator
) -> Iterator[Kind]:
    if time_of(old) != time_of(new):
        mine, theirs = time_order(old), time_order(new)
        if mine is not None and theirs is not None and mine != theirs:
            yield Kind.TARGET_POSTPONED if theirs > mine else Kind.TARGET_ADVANCED
        elif _redated(old, new) and _standing(old) == _standing(new) == "number":
            # Without a time nobody can say that it was missed.
            yield Kind.TARGET_SET if mine is None else Kind.TARGET_VAGUE
    if has_number(old) != has_number(new) or (old.state is not new.state):
        if (kind := _state(old, new)) is not None:
            yield kind
        return
    kind = _height(old, new, before, after)
    if kind is not None:
        yield kind


def _height(old: Observation, new: Observation, before: Indicator, after: Indicator) -> Kind | None:
    """How the figures of two targets stand to one another."""
    same_unit = (old.unit or before.unit) == (new.unit or after.unit)
    order = compared_figures(old, new) if same_unit else None
    if order is None:
        mine, theirs = amount(old, before), amount(new, after)
        if mine is None or theirs is None:
            return None
        if mine.unit != theirs.unit:
            return Kind.TARGET_UNIT_CHANGED
        order = compared(mine, theirs)
    if order:
        return Kind.TARGET_RAISED if order > 0 else Kind.TARGET_LOWERED
    return Kind.TARGET_UNIT_CHANGED if order == 0 and not same_unit else None


def _state(old: Observation, new: Observation) -> Kind | None:
    mine, theirs = _standing(old), _standing(new)
    if mine == theirs:
        return None
    if theirs == "unset":
        return Kind.TARGET_DROPPED
    if mine == "number":
        return Kind.TARGET_VAGUE
    return Kind.TARGET_SET


def _standing(one: Observation) -> str:
    if one.state in _UNSET:
        return "unset"
    if has_number(one) and one.state is State.REPORTED:
        return "number"
    return "words"


def _rest(old: Observation, new: Observation) -> Kind:
    """The generic kinds: the words alone, or a field that no other kind speaks of."""
    return Kind.FIELD_CHANGED if figures_differ(old, new) else Kind.REWORDED


def figures_differ(old: Observation, new: Observation) -> bool:
    """Whether more than words differs."""
    return bool(_FIGURES(old) != _FIGURES(new))


_FIGURES: Final = operator.attrgetter(
    "year",
    "period",
    "date",
    "value",
    "fraction",
    "low",
    "high",
    "comparator",
    "unit",
    "quantity",
    "accumulation",
    "alternatives",
    "state",
)
