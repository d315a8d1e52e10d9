"""Splits and merges: a node whose words two or more others share out among themselves.

Looked for after everything else, among nodes that are unpaired or were paired under another
title: the parts stand under the whole's goal, each takes up a part of the whole's title (or
text) of its own, and together they cover it.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Final

from munidx.diff.changes import Rung
from munidx.diff.fields import bare
from munidx.diff.keys import words_of
from munidx.diff.ladder import Alignment
from munidx.diff.profiles import Profile
from munidx.diff.similarity import bigrams, comparable
from munidx.diff.tree import Tree

__all__ = ["find_parts"]

_COVERED: Final = 0.85
"""The share of the whole's title that its parts cover together. Measured."""
_OWN: Final = 0.5
"""The share of a part's title (or text) that comes from the whole."""
_NEW: Final = 0.15
"""The share of the whole that each further part adds to what the others cover."""
_WITHIN: Final = 0.8
"""The share of a part that comes from the whole, from which on it need not add as much: a short
name (防犯) within a long title."""
_LEAST: Final = 2
"""The bigrams that such a part adds; one is enough where the title says that it joins two."""
_PARTS: Final = 2
"""The parts of a whole: one alone is none."""
_MOST: Final = 40
"""Free siblings among which parts are looked for."""


def find_parts(align: Alignment) -> None:
    """Note splits and merges in ``align``; the part most like the whole becomes its heir."""
    for collection in ("goals", "measures"):
        _find_splits(align, collection)
        _find_merges(align, collection)


def _find_splits(align: Alignment, collection: str) -> None:
    free: dict[int, list[int]] = {}
    for new in align.free_new(align.new.of(collection)):
        free.setdefault(align.new.parents[new], []).append(new)
    before, after, to_new = align.old, align.new, align.to_new
    for old in _retitled(before, to_new, after, collection):
        siblings = free.get(to_new[before.parents[old]])
        if not siblings:
            continue
        heir = to_new[old]
        found = align.free_new(siblings)
        if len(found) + (heir >= 0) < _PARTS:
            continue
        parts = _parts(
            align.old.nodes[old].title,
            align.old_profile(old),
            [(new, align.new_profile(new)) for new in found[:_MOST]],
            (heir, align.new_profile(heir)) if heir >= 0 else None,
        )
        parts = [part for part in parts if not align.refused(old, part)]
        if len(parts) > 1 and not _settled(align, old, heir):
            first = _heir(heir, {part: _kept(align, old, part) for part in parts})
            score = align.scores.get(old, 0.0)
            rung = align.rungs.get(old)
            if rung not in (None, Rung.CONTENT, Rung.EXACT):
                first = heir
            else:
                if heir not in (-1, first):
                    align.part(old, heir)
                align.pair(old, first, Rung.SPLIT, max(score, align.threshold))
            align.splits[old] = (first, *(part for part in parts if part != first))


def _find_merges(align: Alignment, collection: str) -> None:
    gone: dict[int, list[int]] = {}
    for old in align.free_old(align.old.of(collection)):
        gone.setdefault(align.to_new[align.old.parents[old]], []).append(old)
    taken = {part for parts in align.splits.values() for part in parts}
    before, after, to_old = align.old, align.new, align.to_old
    for new in _retitled(after, to_old, before, collection):
        siblings = gone.get(after.parents[new])
        if not siblings or new in taken:
            continue
        heir = to_old[new]
        found = align.free_old(siblings)
        if len(found) + (heir >= 0) < _PARTS:
            continue
        parts = _parts(
            align.new.nodes[new].title,
            align.new_profile(new),
            [(old, align.old_profile(old)) for old in found[:_MOST]],
            (heir, align.old_profile(heir)) if heir >= 0 else None,
        )
        parts = [part for part in parts if not align.refused(part, new)]
        if len(parts) > 1:
            first = _heir(heir, {part: _kept(align, part, new) for part in parts})
            score = align.scores.get(heir, 0.0)
            if align.rungs.get(heir) not in (None, Rung.CONTENT, Rung.EXACT):
                first = heir
            else:
                if heir not in (-1, first):
                    align.part(heir, new)
                align.pair(first, new, Rung.MERGED, max(score, align.threshold))
            align.merges[new] = (first, *(part for part in parts if part != first))


def _retitled(tree: Tree, partners: Sequence[int], others: Tree, collection: str) -> list[int]:
    """The nodes of a collection that have no partner, or one with another title."""
    mine, theirs = tree.titles, others.titles
    return [
        number
        for number in tree.of(collection)
        if (partner := partners[number]) < 0 or mine[number] != theirs[partner]
    ]


def _heir(heir: int, kept: Mapping[int, int]) -> int:
    """The part that goes on with the whole: the one that was found, unless another kept more."""
    first = heir if heir >= 0 else next(iter(kept))
    best = max(kept, key=lambda part: (kept[part], part == first))
    return best if heir in kept or heir < 0 else first


def _kept(align: Alignment, old: int, new: int) -> int:
    """What a part has of the whole that is not shared out: years, money, indicators.

    Where that settles nothing, it is who answers for it.
    """
    before, after = align.old.nodes[old], align.new.nodes[new]
    mine, theirs = align.old_profile(old), align.new_profile(new)
    costs = getattr(before, "costs", ()), getattr(after, "costs", ())
    kept = (
        (mine.start is not None and mine.start == theirs.start)
        + (bool(costs[0]) and bare(costs[0]) == bare(costs[1]))
        + (not mine.indicators.isdisjoint(theirs.indicators))
    )
    return 2 * kept + (bool(mine.owners) and mine.owners == theirs.owners)


def _settled(align: Alignment, old: int, heir: int) -> bool:
    return heir >= 0 and align.rungs[old] in (Rung.SPLIT, Rung.MERGED)


_JOINED: Final = re.compile(r"・|、|と|及び|および|並びに")
"""What joins two subjects in a title and stands in neither part's."""


def _pieces(title: str) -> frozenset[str]:
    """The bigrams of a title, but for those at its joints."""
    return frozenset().union(*map(bigrams, map(comparable, _JOINED.split(title))))


def _parts(
    title: str,
    whole: Profile,
    free: Sequence[tuple[int, Profile]],
    heir: tuple[int, Profile] | None,
) -> list[int]:
    """The numbers of the parts, the heir included; fewer than two where there is no split."""
    candidates = ([heir] if heir else []) + list(free)
    joined = _JOINED.search(title) is not None
    by_title = _cover(
        _pieces(title) if joined else whole.bigrams,
        [(number, one.bigrams) for number, one in candidates],
        heir,
        1 if joined else _LEAST,
    )
    if len(by_title) > 1:
        return by_title
    if heir and words_of(whole.node) == words_of(heir[1].node) != ():
        return []  # the heir has all of them, and no part could add any
    words = whole.clauses
    if len(words) < _PARTS:
        return []  # nothing to share out
    return _cover(words, [(number, one.clauses) for number, one in candidates], heir)


def _cover(
    whole: frozenset[str],
    candidates: Sequence[tuple[int, frozenset[str]]],
    heir: tuple[int, Profile] | None,
    enough: int = _LEAST,
) -> list[int]:
    # Most often what is left over tells that there is no split.
    lacking = len(whole.difference(*[words for _, words in candidates]))
    if not whole or len(whole) - lacking < _COVERED * len(whole):
        return []
    shares = []
    for number, words in candidates:
        common = words & whole
        mine = heir is not None and number == heir[0]
        if words and (mine or len(common) >= _OWN * len(words)):
            within = len(common) >= _WITHIN * len(words)
            least = min(enough, _NEW * len(whole)) if within else _NEW * len(whole)
            shares.append((not mine, -len(common), number, common, least))
    if len(shares) < _PARTS:
        return []
    chosen: list[int] = []
    covered: frozenset[str] = frozenset()
    for _, _, number, common, least in sorted(shares, key=lambda share: share[:3]):
        if len(common - covered) >= least:
            chosen.append(number)
            covered |= common
    # One part alone that covers the whole is no part.
    return chosen if len(covered) >= _COVERED * len(whole) else []
