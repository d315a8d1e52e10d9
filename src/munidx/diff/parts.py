"""Parts that stand in a sequence (targets, costs, evaluations): which became which.

All on written data, where a part is a dict. A part is known by its key (the year of a target,
the year and category of a cost); parts that nobody changed pair first.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final

from munidx.diff.fields import strip
from munidx.diff.similarity import text_share

__all__ = ["PartPair", "align_parts", "apply_parts", "order_of"]

_Part = dict[str, Any]


def _time_key(part: _Part) -> str:
    period = part.get("period") or {}
    time = part.get("year", part.get("date"))
    if time is None and period:
        time = f"{period.get('start', '')}~{period.get('end', '')}"
    return "" if time is None else str(time)


def _cost_key(part: _Part) -> str:
    told = [
        str(part[name])
        for name in ("year", "category", "basis", "funding", "budget_code")
        if name in part
    ]
    return ",".join([*told, "total"] if part.get("total") else told)


def _key_of(*names: str) -> Callable[[_Part], str]:
    def key(part: _Part) -> str:
        return ",".join(str(part[name]) for name in names if name in part)

    return key


KEYS: Final[dict[str, Callable[[_Part], str]]] = {
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


def align_parts(name: str, old: Sequence[_Part], new: Sequence[_Part]) -> list[PartPair]:
    """The parts that changed, came or went; parts that differ in traces alone are left out."""
    mine, theirs = _without_equal(old, new)
    key = KEYS[name]
    pairs: list[tuple[int | None, int | None]] = []
    by_key: dict[str, list[int]] = {}
    for place in theirs:
        by_key.setdefault(key(new[place]), []).append(place)
    for place in mine:
        found = by_key.get(key(old[place]))
        pairs.append((place, found.pop(0) if found else None))
    pairs += [(None, place) for places in by_key.values() for place in places]
    if name in _BODIES:
        pairs = _renamed(pairs, old, new, _BODIES[name])
    held_old, held_new = Counter(map(key, old)), Counter(map(key, new))
    named = []
    for first, second in pairs:
        at = second if first is None else first
        part = new[second] if first is None and second is not None else old[first or 0]
        word = key(part)
        unique = held_old[word] <= 1 and held_new[word] <= 1 and word and _plain(word)
        named.append((first, second, word if unique else f"#{(at or 0) + 1}"))
    return sorted(named, key=lambda one: (_last(one[1]), _last(one[0])))


def _renamed(
    pairs: list[tuple[int | None, int | None]],
    old: Sequence[_Part],
    new: Sequence[_Part],
    body: str,
) -> list[tuple[int | None, int | None]]:
    """``pairs``, with what went and what came as one where the body is the same, or nearly."""
    gone = {
        first: old[first].get(body, "")
        for first, second in pairs
        if first is not None and second is None
    }
    come = {
        second: new[second].get(body, "")
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


def _plain(word: str) -> bool:
    return not any(mark in word for mark in "[]#\n") and len(word) <= 60  # noqa: PLR2004 - a name


def _last(place: int | None) -> int:
    return 1 << 30 if place is None else place


def _without_equal(old: Sequence[_Part], new: Sequence[_Part]) -> tuple[list[int], list[int]]:
    head = _common(old, new)
    waiting = [(strip(new[place]), place) for place in range(head, len(new))]
    mine = []
    for place in range(head, len(old)):
        bare = strip(old[place])
        at = next((at for at, (other, _) in enumerate(waiting) if other == bare), None)
        if at is None:
            mine.append(place)
        else:
            waiting.pop(at)
    return mine, [place for _, place in waiting]


def _common(old: Sequence[_Part], new: Sequence[_Part]) -> int:
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
