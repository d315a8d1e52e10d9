"""Which indicator is which: within paired owners, then what moved with all its words.

Nearly all stand where they stood and are called as they were: these are paired in one go.
"""

import functools
import itertools
import operator
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final, TypeAlias

from munidx.diff.changes import Rung
from munidx.diff.content import pair_by_content
from munidx.diff.exact import pair_alone, pair_by_keys, pair_repeats
from munidx.diff.explain import settled
from munidx.diff.ladder import Alignment, Lookalikes
from munidx.diff.similarity import Rarity, comparable
from munidx.diff.tree import Tree
from munidx.model import Indicator

__all__ = ["match_indicators"]

_NAMED: Final = 6
"""Characters that name an indicator well enough to follow it to another owner."""


def match_indicators(found: Alignment) -> None:
    """Pair the indicators of paired owners, then those that moved with all their words."""
    olds, news = found.old.of("indicators"), found.new.of("indicators")
    if not olds or not news:
        return
    alone: list[tuple[int, int]] = []
    left = []
    for mine, theirs in _pair_all_in_place(found):
        if _pair_in_place(found, mine, theirs):
            continue
        free = found.free_old(mine), found.free_new(theirs)
        if len(free[0]) == len(free[1]) == 1:
            alone.append((free[0][0], free[1][0]))
        elif all(free):
            pair_by_keys(found, "indicators", *free)
        left.append((mine, theirs))
    pair_alone(found, "indicators", alone)
    named = functools.cache(lambda: found.titles_of(olds, news))
    _pair_by_likeness(found, left, named)
    _pair_moved(found, olds, news, named)


_Named: TypeAlias = Callable[[], Sequence[str]]
"""The titles of all indicators of both sides, put together when they are first asked for."""


def _pair_by_likeness(
    found: Alignment, owners: Iterable[tuple[Sequence[int], Sequence[int]]], named: _Named
) -> None:
    """Pair what keys left of the indicators of each pair of owners."""
    rarity: Rarity | None = None
    for all_mine, all_theirs in owners:
        mine, theirs = found.free_old(all_mine), found.free_new(all_theirs)
        if not mine or not theirs:
            continue
        pair_repeats(found, mine, theirs)
        if rarity is None:
            rarity = Rarity(set(found.titles.of(named())), named())
        lookalikes = _beneath(found, all_mine, all_theirs)
        pair_by_content(found, mine, theirs, rarity, lookalikes)
        _pair_single(found, all_mine, all_theirs)


def _pair_all_in_place(align: Alignment) -> list[tuple[Sequence[int], Sequence[int]]]:
    """Pair the indicators of paired owners that are called alike one by one, as nearly all are.

    Only under owners whose indicators all are, each with a name that no other of them has, so
    that :func:`_pair_in_place` would pair them all.

    Returns:
        The indicators of the other pairs of owners that have some on both sides.
    """
    done = set() if align.apart else _pair_even(align)
    left = []
    mine, theirs = align.old.below, align.new.below
    for owner in itertools.chain(mine.leaves, mine):
        if owner not in done and (other := align.to_new[owner]) >= 0:
            both = mine[owner].get("indicators", ()), theirs[other].get("indicators", ())
            if all(both):
                left.append(both)
    return left


def _pair_even(align: Alignment) -> set[int]:
    """Pair the indicators of owners that have nothing else, and return these owners."""
    before, after, to_new, to_old = align.old.nodes, align.new.nodes, align.to_new, align.to_old
    taken = any(rung in align.rungs.values() for rung in (Rung.ID, Rung.PINNED))
    counts = align.new.below.leaves
    done: set[int] = set()
    olds: list[int] = []
    news: list[int] = []
    for owner, count in align.old.below.leaves.items():
        other = to_new[owner]
        if counts.get(other) != count:
            continue
        first, last = owner + 1, owner + 1 + count
        start, end = other + 1, other + 1 + count
        if count == 1:
            wording = _WORDING(before[first])
            alike = wording[0] and wording == _WORDING(after[start])
        else:
            alike = _all_alike(before[first:last], after[start:end])
        if alike and not (taken and max(*to_new[first:last], *to_old[start:end]) >= 0):
            done.add(owner)
            olds += range(first, last)
            news += range(start, end)
    align.pair_all(olds, news, Rung.EXACT)
    return done


def _all_alike(olds: Sequence[object], news: Sequence[object]) -> bool:
    """Whether indicators are called alike one by one, each with a title for itself."""
    wordings = list(map(_WORDING, olds))
    titles = {wording[0] for wording in wordings}
    return len(titles) == len(olds) and "" not in titles and wordings == list(map(_WORDING, news))


def _pair_in_place(align: Alignment, olds: Sequence[int], news: Sequence[int]) -> bool:
    """Pair the indicators of one node that stand in the same place under the same words.

    Only where no two of a side have the same words, so that the place decides nothing.

    Returns:
        Whether all of both sides have a partner now.
    """
    if align.apart:
        return False
    mine = list(map(_WORDING, map(align.old.nodes.__getitem__, olds)))
    theirs = list(map(_WORDING, map(align.new.nodes.__getitem__, news)))
    if len(mine) != 1 or len(theirs) != 1:
        for wordings in (mine, theirs):
            if len(set(wordings)) < len(wordings):
                return False
    to_new, to_old = align.to_new, align.to_old
    for old, new, first, second in zip(olds, news, mine, theirs, strict=False):
        if first == second and first[0] and to_new[old] < 0 and to_old[new] < 0:
            align.pair(old, new, Rung.EXACT)
    return not align.free_old(olds) and not align.free_new(news)


_WORDING: Final = operator.attrgetter("title", "statement", "unit", "id")


def _beneath(found: Alignment, olds: Sequence[int], news: Sequence[int]) -> Lookalikes:
    """Patterns among the indicators of one pair: elsewhere the same words are another thing."""
    titles = [found.old.titles[number] for number in olds]
    titles += [found.new.titles[number] for number in news]
    return Lookalikes(map(comparable, titles))


_SINGLE: Final = 0.7
"""The score of the only indicator left to a node before and after it has a figure: no likeness
of words, and yet nothing else it could be."""


def _pair_single(found: Alignment, olds: Sequence[int], news: Sequence[int]) -> None:
    """Pair the only indicators left, where one of them has no title and no figures."""
    mine, theirs = found.free_old(olds), found.free_new(news)
    if len(mine) != 1 or len(theirs) != 1:
        return
    before, after = found.old.nodes[mine[0]], found.new.nodes[theirs[0]]
    if (
        not (before.title and after.title)
        and settled(before, after) is not None
        and found.threshold <= _SINGLE
        and not found.refused(mine[0], theirs[0])
    ):
        found.pair(mine[0], theirs[0], Rung.CONTENT, _SINGLE)


def _pair_moved(align: Alignment, olds: Sequence[int], news: Sequence[int], named: _Named) -> None:
    """Pair indicators under other owners, where no other indicator has the name.

    Title, statement and unit are the same, and the title is used once on each side: a name
    like 利用者数 stands under many measures and follows none of them.
    """
    mine = _moved(align.old, align.free_old(olds))
    theirs = _moved(align.new, align.free_new(news))
    pairs = [
        (old, new)
        for value, old in mine.items()
        if (new := theirs.get(value)) is not None and not align.refused(old, new)
    ]
    if not pairs:
        return
    before, after = align.old.titles, align.new.titles
    wanted = {before[old] for old, _ in pairs} | {after[new] for _, new in pairs}
    forms = _spellings(align, wanted, named())
    used = _used(forms, before, olds), _used(forms, after, news)
    for old, new in pairs:
        if used[0][forms[before[old]]] == used[1][forms[after[new]]] == 1:
            align.pair(old, new, Rung.EXACT)


def _spellings(align: Alignment, wanted: Iterable[str], titles: Sequence[str]) -> dict[str, str]:
    """The comparable forms of those of the ``titles`` that compare with one of the ``wanted``."""
    sought = set(align.titles.of(tuple(wanted)))
    forms = align.titles.of(titles)
    return {title: form for title, form in zip(titles, forms, strict=True) if form in sought}


def _used(forms: Mapping[str, str], titles: Sequence[str], numbers: Iterable[int]) -> Counter[str]:
    """How often the titles with these comparable ``forms`` are used."""
    return Counter([forms[title] for number in numbers if (title := titles[number]) in forms])


def _moved(tree: Tree, numbers: Sequence[int]) -> dict[tuple[str, ...], int]:
    """The indicators with a name to be followed by, by all their words, where they are alone."""
    found: dict[tuple[str, ...], int] = {}
    twice = set()
    for number in numbers:
        node = tree.nodes[number]
        if isinstance(node, Indicator) and len(node.title) + len(node.statement) >= _NAMED:
            words = (node.title, node.statement, node.definition, node.unit)
            if found.setdefault(words, number) != number:
                twice.add(words)
    for words in twice:
        del found[words]
    return found
