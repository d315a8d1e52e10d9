"""Parts that stand in a sequence (targets, costs, evaluations): which became which.

A part is known by its key (the year of a target, the year and category of a cost). Where keys
recur, parts that nobody changed pair first. What is aligned are values of the model; what is
put together again is written data, where a part is a dict.
"""

import operator
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final

from munidx.diff.fields import alike, strip
from munidx.diff.similarity import text_share
from munidx.model import Cost, Observation

__all__ = ["Kept", "PartPair", "align_parts", "altered", "apply_parts", "complete", "order_of"]

_Part = dict[str, Any]


def _time_key(part: Observation) -> str:
    if part.year is not None:
        return _word(part.year)
    time = part.date
    if time is None and (period := part.period) is not None:
        start, end = _word(period.start), _word(period.end)
        return f"{start}~{end}" if start or end else ""
    return _word(time)


def _word(value: object) -> str:
    """How a value is written within a key; an absent one as nothing."""
    if isinstance(value, int):
        return int.__repr__(value)
    return "" if value is None else str(value)


def _cost_key(part: Cost) -> str:
    told = _COST(part)
    return f"{told},total" if part.total and told else "total" if part.total else told


def _key_of(*names: str) -> Callable[[Any], str]:
    take = operator.attrgetter(*names)
    if len(names) == 1:
        return lambda part: _word(take(part))
    return lambda part: ",".join(filter(None, map(_word, take(part))))


_COST: Final = _key_of("year", "category", "basis", "funding", "budget_code")

KEYS: Final[dict[str, Callable[[Any], str]]] = {
    "targets": _time_key,
    "actuals": _time_key,
    "costs": _cost_key,
    "evaluations": _key_of("year", "reviewer"),
    "references": _key_of("relation", "plan", "code"),
    "milestones": _key_of("date"),
    "glossary": _key_of("term"),
    "sections": _key_of("title"),
}
"""What a part of each field is known by."""

_BODIES: Final = {
    "sections": "text", "glossary": "text", "milestones": "text", "references": "title",
}  # fmt: skip
"""What a part of a field still holds where its key changed: a section renamed alone is one."""
_SAME: Final = 0.8
"""The likeness of two bodies that are one, a little reworded."""
_COMPARED: Final = 1500
"""Characters of a body that are compared."""
_FEW: Final = 400
"""Pairs of bodies that are compared at most: many sections of a hostile file cost nothing."""

PartPair = tuple[int | None, int | None, str]
"""Places of a part in the old and the new sequence, and its key for the field's name."""

Kept = list[tuple[int, int]]
"""Places of the parts that nobody changed, in the old and the new sequence."""


def altered(name: str, old: Sequence[Any], new: Sequence[Any]) -> tuple[int, str] | None:
    """The one part that changed where it stands, and its key; None where it may be otherwise.

    Most changes are of this sort: :func:`align_parts` would find the same, by way of all keys.
    """
    if len(old) != len(new):
        return None
    # A part alone is what changed, or nobody asked.
    same = list(map(operator.eq, old, new)) if len(old) > 1 else [False] * len(old)
    if same.count(False) != 1:
        return None
    key, place = KEYS[name], same.index(False)
    word = key(old[place])
    if word != key(new[place]) or alike(old[place], new[place]):
        return None
    if len(new) > 1 and [key(part) for part in new].count(word) > 1:
        return None
    return place, _named(word, place)


def align_parts(
    name: str, old: Sequence[Any], new: Sequence[Any]
) -> tuple[list[PartPair], Kept | None]:
    """The parts that changed, came or went, and those that stayed as they are.

    Parts that differ in traces alone are in neither. What stayed is None where that, or a key
    that recurs, leaves more to tell than places.
    """
    key = KEYS[name]
    mine, theirs = list(map(key, old)), list(map(key, new))
    held_old, held_new = dict(zip(mine, range(len(mine)), strict=True)), set(theirs)
    kept: Kept | None = None
    if len(held_old) == len(old) and len(held_new) == len(new):
        pairs, kept = _by_keys(mine, theirs, old, new)
        recurring: frozenset[str] | set[str] = _NONE
    else:
        pairs = _by_likeness(mine, theirs, old, new)
        counts = Counter(mine), Counter(theirs)
        recurring = {word for one in counts for word, count in one.items() if count > 1}
    if name in _BODIES:
        pairs = _renamed(pairs, old, new, _BODIES[name])
    named = []
    for first, second in pairs:
        if first is not None:
            word, at = mine[first], first
        else:
            assert second is not None  # noqa: S101
            word, at = theirs[second], second
        named.append((first, second, _named("" if word in recurring else word, at)))
    if len(named) > 1:
        named.sort(key=lambda one: (_last(one[1]), _last(one[0])))
    return named, kept


_NONE: Final[frozenset[str]] = frozenset()


def _by_keys(
    mine: list[str], theirs: list[str], old: Sequence[Any], new: Sequence[Any]
) -> tuple[list[tuple[int | None, int | None]], Kept | None]:
    """Where no key recurs, a part of one key is one part: what :func:`_by_likeness` finds."""
    places = dict(zip(theirs, range(len(theirs)), strict=True))
    pairs: list[tuple[int | None, int | None]] = []
    kept: Kept = []
    exact = True
    for place, word in enumerate(mine):
        other = places.pop(word, None)
        if other is None:
            pairs.append((place, None))
        elif old[place] == new[other]:
            kept.append((place, other))
        elif alike(old[place], new[other]):
            exact = False
        else:
            pairs.append((place, other))
    pairs += [(None, place) for place in places.values()]
    return pairs, kept if exact else None


def _by_likeness(
    mine: list[str], theirs: list[str], old: Sequence[Any], new: Sequence[Any]
) -> list[tuple[int | None, int | None]]:
    """Parts that nobody changed pair first, each with the first; then those of one key."""
    left, waiting = _without_equal(old, new)
    by_key: dict[str, list[int]] = {}
    for place in waiting:
        by_key.setdefault(theirs[place], []).append(place)
    pairs: list[tuple[int | None, int | None]] = []
    for place in left:
        found = by_key.get(mine[place])
        pairs.append((place, found.pop(0) if found else None))
    return pairs + [(None, place) for places in by_key.values() for place in places]


def complete(pairs: Sequence[PartPair], kept: Kept | None) -> bool:
    """Whether ``pairs``, put in place of what was, make the new sequence with no more said."""
    if kept is None:
        return False
    stay = sorted([*kept, *((one[0], one[1]) for one in pairs if None not in one)])
    made = [other for _, other in stay] + [one[1] for one in pairs if one[0] is None]
    unmade = [place for place, _ in stay] + [one[0] for one in pairs if one[1] is None]
    return made == list(range(len(made))) and unmade == list(range(len(unmade)))


def _renamed(
    pairs: list[tuple[int | None, int | None]],
    old: Sequence[Any],
    new: Sequence[Any],
    body: str,
) -> list[tuple[int | None, int | None]]:
    """``pairs``, with what went and what came as one where the body is the same, or nearly."""
    gone = {
        first: getattr(old[first], body)
        for first, second in pairs
        if first is not None and second is None
    }
    come = {
        second: getattr(new[second], body)
        for first, second in pairs
        if second is not None and first is None
    }
    waiting: dict[str, list[int]] = {}
    for second, text in come.items():
        waiting.setdefault(text, []).append(second)
    found: dict[int, int] = {}
    for first, text in gone.items():
        if text and waiting.get(text):
            found[first] = waiting[text].pop(0)
    found |= dict(_alike(gone, come, found))
    taken = set(found.values())
    return [
        (first, second if first is None else found.get(first, second))
        for first, second in pairs
        if first is not None or second not in taken
    ]


def _alike(
    gone: dict[int, str], come: dict[int, str], found: dict[int, int]
) -> Iterator[tuple[int, int]]:
    """Each of the few that are left with the first that is nearly the same."""
    left = {first: text for first, text in gone.items() if first not in found}
    taken = set(found.values())
    free = {second: text for second, text in come.items() if second not in taken}
    if len(left) * len(free) > _FEW:
        return
    for first, text in left.items():
        for second, other in free.items():
            if (text_share(text[:_COMPARED], other[:_COMPARED]) or 0.0) >= _SAME:
                del free[second]
                yield first, second
                break


def _named(word: str, place: int) -> str:
    """What a part is called in a field's name: by its key, or by its place."""
    plain = word and len(word) <= _LONGEST and not _MARKS.search(word)
    return word if plain else f"#{place + 1}"


_LONGEST: Final = 60
_MARKS: Final = re.compile(r"[\[\]#\n]")


def _last(place: int | None) -> int:
    return 1 << 30 if place is None else place


def _without_equal(old: Sequence[Any], new: Sequence[Any]) -> tuple[list[int], list[int]]:
    head = _common(old, new)
    waiting = list(range(head, len(new)))
    mine = []
    for place in range(head, len(old)):
        one = old[place]
        at = next((at for at, other in enumerate(waiting) if alike(one, new[other])), None)
        if at is None:
            mine.append(place)
        else:
            waiting.pop(at)
    return mine, waiting


def _common(old: Sequence[Any], new: Sequence[Any]) -> int:
    """How many parts both begin with."""
    for place, (mine, theirs) in enumerate(zip(old, new, strict=False)):
        if mine is not theirs and mine != theirs:
            return place
    return min(len(old), len(new))


def apply_parts(
    parts: Sequence[_Part], edits: Sequence[tuple[_Part | None, _Part | None]]
) -> list[_Part]:
    """``parts`` with each old one of ``edits`` replaced by its new one, gone, or appended.

    Raises:
        ValueError: An old part is not there.
    """
    found: list[_Part | None] = list(parts)
    taken = [False] * len(found)
    come = []
    for old, new in edits:
        if old is None:
            come.append(new)
            continue
        at = next((at for at, part in enumerate(found) if not taken[at] and part == old), None)
        if at is None:
            raise ValueError(old)
        found[at], taken[at] = new, True
    return [part for part in (*found, *come) if part is not None]


def order_of(made: Sequence[_Part], wanted: Sequence[_Part]) -> list[int]:
    """For each of the ``wanted`` parts, the place among ``made`` of one that equals it but for
    its traces; of several, one with the same traces first.
    """  # noqa: D205
    if made == wanted:
        return list(range(len(wanted)))
    bare = [strip(part) for part in made]
    free = list(range(len(made)))
    places: list[int] = [-1] * len(wanted)
    for exact in (True, False):
        for at, part in enumerate(wanted):
            if places[at] >= 0:
                continue
            plain = strip(part)
            found = next(
                (p for p in free if (made[p] == part if exact else bare[p] == plain)), None
            )
            if found is not None:
                places[at] = found
                free.remove(found)
    return places
