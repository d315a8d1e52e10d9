"""Which node of the old plan is which of the new one: a ladder of evidence.

A permanent identifier settles a pair, then the user's pins, then unchanged content, then
similar content. A published number is evidence, never identity: cities reuse numbers. The
strongest evidence is used first, over the whole plan, and only where it is unique on both
sides; what is left is scored against the few candidates of an index and assigned one to one.

Goals are matched by their titles first, then by what stands beneath them; measures over the
whole plan; indicators within the owners that were matched. Splits and merges are looked for
among the rest. Nothing here depends on the order of siblings without codes.

Two nodes stay unmatched where their identifiers differ, where the user says so, where their
titles differ in a number that is no year (第1期, 第2期) or are two of a pattern's many
(東小学校…, 西小学校…), and where no candidate reaches the threshold.
"""

import itertools
import operator
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from attrs import frozen

from munidx.diff.changes import Matching, Pair, Rung
from munidx.diff.content import pair_by_content
from munidx.diff.exact import pair_by_keys, pair_ids, pair_repeats
from munidx.diff.indicators import match_indicators
from munidx.diff.ladder import PROBABLE, THRESHOLD, Alignment, Lookalikes
from munidx.diff.partition import find_parts
from munidx.diff.pins import Pin, pair_pins
from munidx.diff.similarity import Rarity, Weights
from munidx.diff.tree import Tree, lay_out
from munidx.model import Plan

__all__ = ["align", "match", "matching_of"]


def match(
    old: Plan,
    new: Plan,
    *,
    threshold: float | None = None,
    pins: Iterable[Pin] = (),
) -> Matching:
    """Which goal, measure and indicator of ``old`` is which of ``new``.

    Args:
        old: The earlier edition.
        new: The later edition.
        threshold: The score from 0 to 1 below which two nodes are not taken for the same.
        pins: What the user knows better.

    Raises:
        PlanError: A pin names a node that is not there, or contradicts another.
    """
    found = align(lay_out(old), lay_out(new), threshold=threshold, pins=pins)
    return matching_of(found)


def matching_of(found: Alignment) -> Matching:
    """An alignment by paths, for who reads it; the plans themselves are no pair."""
    heirs_old = {part: whole for whole, parts in found.splits.items() for part in parts}
    heirs_new = {part: whole for whole, parts in found.merges.items() for part in parts}
    pairs = []
    for old, new in enumerate(found.to_new):
        if old and new >= 0:
            pairs.append(_pair(found, old, new, found.rungs[old], found.scores[old]))
    for new, old in sorted(heirs_old.items()):
        if found.to_new[old] != new:
            pairs.append(_pair(found, old, new, Rung.SPLIT, found.scores.get(old, 1.0)))
    for old, new in sorted(heirs_new.items()):
        if found.to_old[new] != old:
            pairs.append(_pair(found, old, new, Rung.MERGED, found.scores[found.to_old[new]]))
    return Matching(
        pairs=tuple(pairs),
        removed=tuple(
            found.old.paths[number]
            for number, new in enumerate(found.to_new)
            if new < 0 and number not in heirs_new
        ),
        added=tuple(
            found.new.paths[number]
            for number, old in enumerate(found.to_old)
            if old < 0 and number not in heirs_old
        ),
    )


def _pair(found: Alignment, old: int, new: int, rung: Rung, score: float) -> Pair:
    return Pair(
        old=found.old.paths[old],
        new=found.new.paths[new],
        rung=rung,
        score=score,
        probable=rung not in (Rung.ID, Rung.PINNED, Rung.EXACT) and score < PROBABLE,
        reason=found.reasons.get(old, "") if rung is Rung.PINNED else "",
    )


def align(
    old: Tree,
    new: Tree,
    *,
    threshold: float | None = None,
    pins: Iterable[Pin] = (),
    weights: Weights | None = None,
) -> Alignment:
    """The alignment of two trees; see :func:`match`."""
    found = Alignment(
        old,
        new,
        threshold=THRESHOLD if threshold is None else threshold,
        weights=weights or Weights(),
    )
    pins = tuple(pins)
    if not pins and old.plan == new.plan:
        for number in range(1, len(old.nodes)):
            found.pair(number, number, Rung.EXACT)
        return found
    pair_ids(found)
    pair_pins(found, pins)
    _match_nodes(found)
    find_parts(found)
    match_indicators(found)
    found.forget()
    return found


def _match_nodes(found: Alignment) -> None:
    goals, others = found.old.of("goals"), found.new.of("goals")
    measures, theirs = found.old.of("measures"), found.new.of("measures")
    pair_by_keys(found, "goals", goals, others)
    _settle(found, goals, others)
    context = Context.of(found, measures, theirs) if measures and theirs else Context.empty()
    pair_by_keys(found, "measures", measures, theirs, context.lookalikes)
    _settle(found, measures, theirs)
    if found.free_old(goals) and found.free_new(others):
        titles = Context.of(found, goals, others)
        pair_by_content(found, goals, others, titles.rarity, titles.lookalikes, _votes(found))
        _settle(found, measures, theirs)
    pair_by_content(found, measures, theirs, context.rarity, context.lookalikes)
    _settle(found, measures, theirs)


def _settle(found: Alignment, olds: Sequence[int], news: Sequence[int]) -> None:
    """Repeats inside paired parents, rung by rung down the tree."""
    mine, theirs = found.free_old(olds), found.free_new(news)
    while mine and theirs:
        pair_repeats(found, mine, theirs)
        left = found.free_old(mine)
        if len(left) == len(mine):
            return
        mine, theirs = left, found.free_new(theirs)


@frozen
class Context:
    """What the titles of a class of nodes tell of one another."""

    rarity: Rarity
    lookalikes: Lookalikes

    @classmethod
    def empty(cls) -> "Context":
        """Where there is nothing to compare."""
        return cls(Rarity(), Lookalikes())

    @classmethod
    def of(cls, found: Alignment, olds: Sequence[int], news: Sequence[int]) -> "Context":
        """Of the titles of both sides; equal titles count once."""
        named = found.titles_of(olds, news)
        titles = set(found.titles.of(named))
        nodes = itertools.chain(
            map(found.old.nodes.__getitem__, olds), map(found.new.nodes.__getitem__, news)
        )
        return cls(Rarity(titles, named), Lookalikes(titles, map(_DESCRIPTION, nodes)))


_DESCRIPTION: Final = operator.attrgetter("description")


def _votes(found: Alignment) -> dict[tuple[int, int], float]:
    """For two goals, twice the paired measures beneath both by all measures beneath them."""
    mine = _chains(found.old, found.free_old(found.old.of("goals")))
    theirs = _chains(found.new, found.free_new(found.new.of("goals")))
    before, after, to_new = found.old.parents, found.new.parents, found.to_new
    parents = Counter(
        [
            (above, after[new])
            for old in found.old.of("measures")
            if (above := before[old]) in mine and (new := to_new[old]) >= 0
        ]
    )
    counts: Counter[tuple[int, int]] = Counter()
    for (above, other), count in parents.items():
        # The goals of the same depth, seen from the top: a rung that is new shifts no vote.
        chains = mine[above], theirs.get(other, ())
        for pair in zip(*map(reversed, chains), strict=False):
            counts[pair] += count
    sizes_old, sizes_new = _sizes(found.old, mine), _sizes(found.new, theirs)
    return {
        (goal, other): 2 * count / (sizes_old[goal] + sizes_new[other])
        for (goal, other), count in counts.items()
        if to_new[goal] < 0 and found.to_old[other] < 0
    }


def _chains(tree: Tree, goals: Iterable[int]) -> dict[int, list[int]]:
    """The goals above the measures that stand, at any depth, beneath one of these ``goals``."""
    wanted = frozenset(goals)
    chains = {
        above: _goals_above(tree, above)
        for above in set(map(tree.parents.__getitem__, tree.of("measures")))
    }
    return {above: chain for above, chain in chains.items() if not wanted.isdisjoint(chain)}


def _sizes(tree: Tree, chains: Mapping[int, Iterable[int]]) -> Counter[int]:
    """How many measures stand beneath each goal of the ``chains``, as far as these tell."""
    found: Counter[int] = Counter()
    for above, count in Counter(map(tree.parents.__getitem__, tree.of("measures"))).items():
        for goal in chains.get(above, ()):
            found[goal] += count
    return found


def _goals_above(tree: Tree, above: int) -> list[int]:
    """``above`` and what stands over it, as far as they are goals, from the lowest."""
    found = []
    while above > 0:
        if tree.collections[above] == "goals":
            found.append(above)
        above = tree.parents[above]
    return found
