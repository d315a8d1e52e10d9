"""Pairs by similar content: candidates, their scores, and the assignment."""

import itertools
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from attrs import define, field

from munidx.diff.assign import Candidate, assign
from munidx.diff.changes import Rung
from munidx.diff.ladder import Alignment, Lookalikes, differ
from munidx.diff.profiles import Profile, prepare
from munidx.diff.retrieval import Index
from munidx.diff.similarity import (
    Rarity,
    Weights,
    names_share,
    shared,
    text_share,
)
from munidx.diff.tree import Tree
from munidx.model import normal_code

__all__ = ["Scorer", "pair_by_content"]

_FEW: Final = 400
"""Pairs of a parent's free children that are all scored, index or none."""
_SHARED: Final = 6
"""A clause that more of the free texts hold is boilerplate, as is one in each 25th."""
_LONG: Final = 40
"""Characters from which on a text alone can carry a pair over a new title."""


def pair_by_content(  # noqa: PLR0917 - the context of a class of nodes
    align: Alignment,
    olds: Sequence[int],
    news: Sequence[int],
    rarity: Rarity,
    lookalikes: Lookalikes,
    votes: dict[tuple[int, int], float] | None = None,
) -> None:
    """Assign the free ``olds`` to the free ``news`` by score, one to one."""
    olds, news = align.free_old(olds), align.free_new(news)
    if not olds or not news:
        return
    before, after = list(map(align.old_profile, olds)), list(map(align.new_profile, news))
    profiles = before + after
    prepare(profiles)
    near = _candidates(
        align, dict(zip(olds, before, strict=True)), dict(zip(news, after, strict=True))
    )
    for old, new in votes or ():
        if align.to_new[old] < 0 and align.to_old[new] < 0:
            near[old].add(new)
    scorer = Scorer(align, rarity, lookalikes, votes, _boilerplate(profiles))
    _pair_best(
        align,
        [
            Candidate(score, old, new)
            for old, some in near.items()
            for new in some
            if not align.refused(old, new) and (score := scorer.score(old, new))
        ],
    )


def _pair_best(align: Alignment, scored: Sequence[Candidate]) -> None:
    """Pair those with nobody else in question, and of the others those that fit best together."""
    many = Counter([one.old for one in scored]), Counter([one.new for one in scored])
    several = []
    for one in scored:
        if many[0][one.old] == many[1][one.new] == 1:
            align.pair(one.old, one.new, Rung.CONTENT, one.score)
        else:
            several.append(one)
    if not several:
        return
    # Ties are settled by content, so that the order of siblings decides nothing.
    olds = _ordered(align.old, {one.old for one in several})
    news = _ordered(align.new, {one.new for one in several})
    rank_old = {number: rank for rank, number in enumerate(olds)}
    rank_new = {number: rank for rank, number in enumerate(news)}
    ranked = [Candidate(one.score, rank_old[one.old], rank_new[one.new]) for one in several]
    for edge in assign(ranked, align.threshold):
        align.pair(olds[edge.old], news[edge.new], Rung.CONTENT, edge.score)


def _boilerplate(profiles: Sequence[Profile]) -> frozenset[str]:
    """Clauses that many texts share: they say nothing of which is which."""
    counts = Counter(itertools.chain.from_iterable([one.clauses for one in profiles]))
    most = max(_SHARED, len(profiles) // 25)
    return frozenset(clause for clause, count in counts.items() if count > most)


def _ordered(tree: Tree, numbers: Iterable[int]) -> list[int]:
    """``numbers`` in an order that only the nodes' content decides, as far as it can."""
    keys = {}
    for number in numbers:
        node = tree.nodes[number]
        keys[number] = (
            node.title,
            getattr(node, "description", ""),
            getattr(node, "statement", ""),
            tree.code(number),
            tree.nodes[tree.parents[number]].title,
        )
    if len(set(keys.values())) == len(keys):
        return sorted(keys, key=keys.__getitem__)
    return sorted(keys, key=lambda number: (keys[number], tree.paths[number]))


def _candidates(
    align: Alignment, olds: Mapping[int, Profile], news: Mapping[int, Profile]
) -> dict[int, set[int]]:
    """For each of the ``olds`` those of the ``news`` that it is compared with."""
    if len(olds) * len(news) <= _FEW:
        return {old: set(news) for old in olds}
    index = Index(list(news.items()), list(olds.values()))
    near = {old: set(index.near(profile)) for old, profile in olds.items()}
    under: dict[int, set[int]] = {}
    for new in news:
        under.setdefault(align.new.parents[new], set()).add(new)
    lone: dict[int, list[int]] = {}
    for old, found in near.items():
        if not found and (above := align.to_new[align.old.parents[old]]) in under:
            lone.setdefault(above, []).append(old)
    for above, mine in lone.items():
        # No word in common: what stands under the same parent may still be the one.
        if len(mine) * len(under[above]) <= _FEW:
            for old in mine:
                near[old] = set(under[above])
    return near


class Neighbours:
    """Who stands before and after a node in the order of the codes that the form prints."""

    def __init__(self, align: Alignment) -> None:
        self._align = align
        self._groups: tuple[dict[tuple[int, str], dict[int, tuple[int, int]]], ...] = ({}, {})

    def share(self, old: int, new: int) -> float | None:
        """The share of the paired neighbours that are paired with one another."""
        mine = self._around(0, self._align.old, old)
        theirs = self._around(1, self._align.new, new)
        told, same = 0, 0
        for one, other in zip(mine, theirs, strict=True):
            if one >= 0 and other >= 0 and self._align.to_new[one] >= 0:
                told += 1
                same += self._align.to_new[one] == other
        return same / told if told else None

    def _around(self, side: int, tree: Tree, number: int) -> tuple[int, int]:
        place = (tree.parents[number], tree.collections[number])
        group = self._groups[side].get(place)
        if group is None:
            numbers = tree.below[place[0]][place[1]]
            group = self._groups[side][place] = _neighbours(tree, numbers)
        return group.get(number, (-1, -1))


def _neighbours(tree: Tree, numbers: Sequence[int]) -> dict[int, tuple[int, int]]:
    held = tree.codes
    codes = [held[number] for number in numbers]
    if not all(codes):
        return {}
    # Most forms number the children of one node alike: 2-1, 2-2.
    parts = [code.rpartition("-") for code in codes]
    tails = [tail for _, _, tail in parts]
    digits = "".join(tails) if all(tails) and len({head for head, _, _ in parts}) == 1 else ""
    alike = digits.isascii() and digits.isdecimal()
    keys = (
        list(map(int, tails))
        if alike and max(map(len, tails)) < _DIGITS
        else list(map(_natural, codes))
    )
    ordered = [-1, *[number for _, number in sorted(zip(keys, numbers, strict=True))], -1]
    return dict(zip(ordered[1:-1], zip(ordered, ordered[2:], strict=False), strict=False))


_DIGITS: Final = 10
"""Digits of a number that a form may print behind a dash."""


def _natural(code: str) -> tuple[tuple[int, int, str], ...]:
    return tuple(
        (0, int(part), "") if part.isdecimal() else (1, 0, part)
        for part in re.findall(r"[0-9]{1,18}|[^0-9]+|[0-9]+", normal_code(code))
    )


@define(eq=False)
class Scorer:
    """Scores pairs of one class of nodes, in the context of the whole match."""

    align: Alignment
    rarity: Rarity
    lookalikes: Lookalikes
    votes: Mapping[tuple[int, int], float] | None = None
    common: frozenset[str] = frozenset()
    """Clauses that say nothing of which is which."""
    _neighbours: Neighbours = field(init=False)
    _order: dict[str, int] = field(init=False)
    """The place of each common clause among them, the longest first."""
    _texts: tuple[dict[int, str], dict[int, str]] = field(init=False, factory=lambda: ({}, {}))

    def __attrs_post_init__(self) -> None:
        self._neighbours = Neighbours(self.align)
        longest = sorted(self.common, key=lambda clause: (-len(clause), clause))
        self._order = {clause: place for place, clause in enumerate(longest)}

    def score(self, old: int, new: int) -> float:  # noqa: C901, PLR0912 - a sum, part by part
        """How surely ``old`` is ``new``: 0 below the threshold, or where they are known to differ.

        What costs more is asked later, and not at all where it could not reach the threshold.
        """
        align = self.align
        weights = align.weights
        mine, theirs = align.old_profile(old), align.new_profile(new)
        parent = align.parents_paired(old, new)
        # Another unit tells two indicators apart; the same one tells nothing, there are few.
        other_unit = mine.unit != "" != theirs.unit != mine.unit
        # Moved, renamed and rewritten at once, that is another node; another name and another
        # unit, that is another indicator.
        least = align.threshold + (weights.elsewhere if parent == 0.0 or other_unit else 0.0)
        # The weights of what is present, and what is reached of them; far more than a few
        # thousand pairs are scored.
        total = reached = named = 0.0
        title = (
            1.0
            if mine.title == theirs.title != ""
            else names_share(mine.names, theirs.names, self.rarity)
        )
        if title is not None:
            total, reached = weights.title, weights.title * title
            named = title if title >= weights.sure_title else 0.0
        if mine.indicators and theirs.indicators:
            total += weights.indicators
            reached += weights.indicators * shared(mine.indicators, theirs.indicators)
        if mine.owners and theirs.owners:
            total += weights.owner
            reached += weights.owner * shared(mine.owners, theirs.owners)
        if parent is not None:
            total += weights.parent
            reached += weights.parent * parent
        if mine.start is not None and theirs.start is not None:
            total += weights.start
            reached += weights.start * (mine.start == theirs.start)
        if other_unit:
            total += weights.unit
        if mine.code and theirs.code:
            total += weights.code
            reached += weights.code * (mine.code == theirs.code)
        if self.votes is not None:
            total += weights.votes
            reached += weights.votes * self.votes.get((old, new), 0.0)
        needed = 0.0 if named else _needed(total, reached, weights, least)
        # A very similar name overrules a new text, and a very similar text a new title.
        sure = named
        before, after = self._text(0, old, mine), self._text(1, new, theirs)
        text = _text_share(before, after, needed)
        if text is not None:
            total += weights.text
            reached += weights.text * text
            if (
                text >= weights.sure_text
                and not other_unit
                and min(len(mine.text), len(theirs.text)) >= _LONG
            ):
                sure = max(named, text)
        best = (reached + weights.neighbours) / (total + weights.neighbours)
        if not sure and best < least - _HAIR:
            return 0.0
        neighbours = self._neighbours.share(old, new)
        if neighbours is not None:
            total += weights.neighbours
            reached += weights.neighbours * neighbours
        found = round(max(reached / total if total else 0.0, weights.overrule * sure), 4)
        # Last, since it costs the most and few come so far.
        if found < least or differ(align, old, new, self.lookalikes):
            return 0.0
        return found

    def _text(self, side: int, number: int, profile: Profile) -> str:
        """The text without clauses that many share."""
        held = self._texts[side]
        text = held.get(number)
        if text is None:
            text = profile.text
            for clause in sorted(profile.clauses & self.common, key=self._order.__getitem__):
                text = text.replace(clause, "")
            held[number] = text
        return text


_HAIR: Final = 0.001
"""So that rounding decides nothing."""


def _needed(total: float, reached: float, weights: Weights, least: float) -> float:
    """How alike the texts must be for the score to reach ``least``, all else being known."""
    # At best the neighbours are the same, too.
    total += weights.neighbours
    reached += weights.neighbours
    needed = (least * (total + weights.text) - reached) / weights.text if weights.text else 0.0
    # A text that is alike enough always tells.
    return max(min(needed, weights.sure_text) - _HAIR, 0.0)


def _text_share(old: str, new: str, least: float) -> float | None:
    """As :func:`text_share`, which need not be asked where the lengths tell enough."""
    sizes = len(old), len(new)
    if least and all(sizes) and 2 * min(sizes) < (least - _HAIR) * sum(sizes):
        return 0.0
    return text_share(old, new, least)
