"""Pairs that need no score: identifiers, and keys that are unique on both sides."""

import itertools
import operator
from collections import Counter
from collections.abc import Collection, Hashable, Iterable, Sequence
from typing import Final, TypeAlias

from munidx.diff.changes import Rung
from munidx.diff.keys import LADDERS, Columns, words_of
from munidx.diff.ladder import Alignment, Lookalikes, differ
from munidx.diff.similarity import blend, text_share
from munidx.diff.tree import Tree
from munidx.model import Indicator, normal_code

__all__ = [
    "pair_all_in_place",
    "pair_alone",
    "pair_by_keys",
    "pair_ids",
    "pair_in_place",
    "pair_moved_indicators",
    "pair_repeats",
]

_COMPARED: Final = 1500
"""Characters of a text that are looked at for the score of a pair that is certain already."""
_NAMED: Final = 6
"""Characters that name an indicator well enough to follow it to another owner."""


def pair_ids(align: Alignment) -> None:
    """Pair the nodes with the same permanent identifier, each used once on its side."""
    if not (align.old.identified and align.new.identified):
        return
    sides = []
    for tree in (align.old, align.new):
        holders: dict[tuple[str, str], list[int]] = {}
        for number, node in enumerate(tree.nodes):
            if node.id and number:
                holders.setdefault((tree.collections[number], node.id), []).append(number)
        sides.append({one: numbers[0] for one, numbers in holders.items() if len(numbers) == 1})
    for identifier, old in sides[0].items():
        new = sides[1].get(identifier)
        if new is not None:
            align.pair(old, new, Rung.ID)


def pair_by_keys(
    align: Alignment,
    collection: str,
    olds: Sequence[int],
    news: Sequence[int],
    lookalikes: Lookalikes | None = None,
) -> None:
    """Pair along the ladder of ``collection`` what is unique among the free of both sides."""
    olds, news = align.free_old(olds), align.free_new(news)
    copies: _Sides | None = None
    for names, guarded in LADDERS[collection]:
        alike = names[:2] == ("title", "words")
        # Where a title is unique, the first rung has told already whether the words are alike.
        among = copies if alike and copies else (olds, news)
        pairs, several = _unique_pairs(align, names, *among)
        if align.refuses:
            pairs = [pair for pair in pairs if not align.refused(*pair)]
        if guarded:
            told = lookalikes or Lookalikes()
            pairs = [pair for pair in pairs if not differ(align, *pair, told)]
        if alike:
            align.pair_all([old for old, _ in pairs], [new for _, new in pairs], Rung.EXACT)
            copies = copies or several
            copies = align.free_old(copies[0]), align.free_new(copies[1])
        else:
            for old, new in pairs:
                _take(align, old, new)
        if pairs:
            olds, news = align.free_old(olds), align.free_new(news)
        if not olds or not news:
            return


_Pairs: TypeAlias = list[tuple[int, int]]
_Sides: TypeAlias = tuple[list[int], list[int]]


def _unique_pairs(
    align: Alignment, names: tuple[str, ...], olds: Sequence[int], news: Sequence[int]
) -> tuple[_Pairs, _Sides]:
    """Those with the same key, which is complete, and which no other node of a side has.

    Where the first part of a key is unique, the others need but be compared: most long texts
    are never hashed.

    Returns:
        The pairs, and the nodes of both sides whose first part of the key is not unique.
    """
    before, after = align.columns
    pairs, several = _unique_by(names[0], (before, olds), (after, news))
    for name in names[1:]:
        agree = before.agree(name, [old for old, _ in pairs], after, [new for _, new in pairs])
        pairs = list(itertools.compress(pairs, agree))
    if len(names) > 1 and several[0]:
        mine, theirs = map(_by_keys, align.columns, (names, names), several)
        pairs += [(old, theirs[key]) for key, old in mine.items() if key in theirs]
    return pairs, several


def _unique_by(
    name: str, old: tuple[Columns, Sequence[int]], new: tuple[Columns, Sequence[int]]
) -> tuple[_Pairs, _Sides]:
    """As :func:`_unique_pairs` for a key of one part."""
    (before, olds), (after, news) = old, new
    keys, others = before.column(name, olds), after.column(name, news)
    mine, theirs = dict(zip(keys, olds, strict=True)), dict(zip(others, news, strict=True))
    both = mine.keys() & theirs.keys()
    both.discard(None)
    several = both & (_several(keys, mine) | _several(others, theirs))
    both -= several
    return (
        [(old, theirs[key]) for key, old in mine.items() if key in both],
        (
            [one for one, key in zip(olds, keys, strict=True) if key in several],
            [one for one, key in zip(news, others, strict=True) if key in several],
        ),
    )


def _by_keys(
    columns: Columns, names: tuple[str, ...], numbers: Sequence[int]
) -> dict[Hashable, int]:
    """The numbers by their whole keys, without those that several of them share."""
    keys = columns.keys(names, numbers)
    found: dict[Hashable, int] = dict(zip(keys, numbers, strict=True))
    for key in (None, *_several(keys, found)):
        found.pop(key, None)
    return found


def _several(keys: Sequence[Hashable], found: Collection[Hashable]) -> set[Hashable]:
    """Those of the ``keys``, all ``found``, that stand there more than once."""
    if len(found) == len(keys):
        return set()
    return {key for key, count in Counter(keys).items() if count > 1}


def pair_alone(align: Alignment, collection: str, old: int, new: int) -> None:
    """As :func:`pair_by_keys` for one free node on each side, which is unique there."""
    if align.refused(old, new):
        return
    before, after = align.columns
    for names, _ in LADDERS[collection]:
        (mine,), (theirs,) = before.keys(names, (old,)), after.keys(names, (new,))
        if mine is not None and mine == theirs:
            _take(align, old, new)
            return


def pair_repeats(align: Alignment, olds: Sequence[int], news: Sequence[int]) -> None:
    """Pair repeats (再掲) inside paired parents: the same words under several goals.

    Under one parent, copies are told apart by their owners and codes; copies that are wholly
    alike are taken in their order, which then means nothing.
    """
    olds, news = _under_same(align, olds, news)
    before, after = align.columns
    for names, alike in (
        (("content",), True),
        (("title", "words", "owners"), True),
        (("title", "words"), True),
        (("plain title",), False),
    ):
        olds, news = align.free_old(olds), align.free_new(news)
        if not olds or not news:
            return
        groups: dict[Hashable, tuple[list[int], list[int]]] = {}
        for number, value in zip(olds, before.keys(names, olds), strict=True):
            above = align.to_new[align.old.parents[number]]
            if above >= 0 and value is not None:
                groups.setdefault((above, value), ([], []))[0].append(number)
        for number, value in zip(news, after.keys(names, news), strict=True):
            place = (align.new.parents[number], value)
            if value is not None and place in groups:
                groups[place][1].append(number)
        for mine, theirs in groups.values():
            _pair_copies(align, mine, theirs, alike=alike)


def _under_same(
    align: Alignment, olds: Sequence[int], news: Sequence[int]
) -> tuple[list[int], list[int]]:
    """The free nodes with a namesake under the same parent on the other side."""
    olds, news = align.free_old(olds), align.free_new(news)
    titles = align.columns[0].column("plain title", olds)
    others = align.columns[1].column("plain title", news)
    mine = [
        (align.to_new[align.old.parents[one]], title)
        for one, title in zip(olds, titles, strict=True)
    ]
    theirs = [(align.new.parents[one], title) for one, title in zip(news, others, strict=True)]
    both = set(mine).intersection(theirs)
    return (
        [one for one, place in zip(olds, mine, strict=True) if place in both],
        [one for one, place in zip(news, theirs, strict=True) if place in both],
    )


def _pair_copies(align: Alignment, mine: list[int], theirs: list[int], *, alike: bool) -> None:
    if len(mine) > 1 or len(theirs) > 1:
        # Copies may differ in what the key leaves out: wholly equal ones first, then codes.
        for same in (_equal, _same_code):
            for old in list(mine):
                new = next((one for one in theirs if same(align, old, one)), None)
                if new is not None and not align.refused(old, new):
                    mine.remove(old)
                    theirs.remove(new)
                    _take(align, old, new)
    if not alike and (len(mine) != 1 or len(theirs) != 1):
        return  # the same title over different texts: the texts decide, in the next stage
    for old, new in zip(mine, theirs, strict=False):
        if not align.refused(old, new):
            _take(align, old, new)


def _equal(align: Alignment, old: int, new: int) -> bool:
    return align.old.nodes[old] == align.new.nodes[new]


def _same_code(align: Alignment, old: int, new: int) -> bool:
    mine = normal_code(align.old.code(old))
    return bool(mine) and mine == normal_code(align.new.code(new))


def pair_all_in_place(align: Alignment) -> list[tuple[Sequence[int], Sequence[int]]]:
    """Pair the indicators of paired owners that are called alike one by one, as nearly all are.

    Only under owners whose indicators all are, each with a name that no other of them has, so
    that :func:`pair_in_place` would pair them all.

    Returns:
        The indicators of the other pairs of owners that have some on both sides.
    """
    settled = set() if align.apart else _pair_even(align)
    left = []
    mine, theirs = align.old.below, align.new.below
    for owner in itertools.chain(mine.leaves, mine):
        if owner not in settled and (other := align.to_new[owner]) >= 0:
            both = mine[owner].get("indicators", ()), theirs[other].get("indicators", ())
            if all(both):
                left.append(both)
    return left


def _pair_even(align: Alignment) -> set[int]:
    """Pair the indicators of owners that have nothing else, and return these owners."""
    before, after, to_new, to_old = align.old.nodes, align.new.nodes, align.to_new, align.to_old
    taken = any(rung in align.rungs.values() for rung in (Rung.ID, Rung.PINNED))
    counts = align.new.below.leaves
    settled: set[int] = set()
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
            if not wording[0] or wording != _WORDING(after[start]):
                continue
        else:
            wordings = list(map(_WORDING, before[first:last]))
            names = {wording[0] for wording in wordings}
            if len(names) < count or "" in names:
                continue
            if wordings != list(map(_WORDING, after[start:end])):
                continue
        if taken and max(*to_new[first:last], *to_old[start:end]) >= 0:
            continue
        settled.add(owner)
        olds += range(first, last)
        news += range(start, end)
    align.pair_all(olds, news, Rung.EXACT)
    return settled


def pair_in_place(align: Alignment, olds: Sequence[int], news: Sequence[int]) -> bool:
    """Pair the indicators of one node that stand in the same place under the same words.

    Only where no two of a side have the same words, so that the place decides nothing.

    Returns:
        Whether all of both sides have a partner now.
    """
    before, after = align.old.nodes, align.new.nodes
    mine = [_WORDING(before[number]) for number in olds]
    theirs = [_WORDING(after[number]) for number in news]
    if align.apart or (
        max(len(mine), len(theirs)) > 1
        and (len(set(mine)) < len(mine) or len(set(theirs)) < len(theirs))
    ):
        return False
    to_new, to_old = align.to_new, align.to_old
    for old, new, first, second in zip(olds, news, mine, theirs, strict=False):
        if first == second and first[0] and to_new[old] < 0 and to_old[new] < 0:
            align.pair(old, new, Rung.EXACT)
    return not align.free_old(olds) and not align.free_new(news)


_WORDING: Final = operator.attrgetter("title", "statement", "unit", "id")


def pair_moved_indicators(align: Alignment, olds: Sequence[int], news: Sequence[int]) -> None:
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
    once = _used_once(align, align.old, olds), _used_once(align, align.new, news)
    for old, new in pairs:
        titles = align.old.titles[old], align.new.titles[new]
        if all(title in one for title, one in zip(titles, once, strict=True)):
            align.pair(old, new, Rung.EXACT)


def _used_once(align: Alignment, tree: Tree, numbers: Iterable[int]) -> set[str]:
    """The titles that are used once, whatever form they have."""
    used = Counter(map(tree.titles.__getitem__, numbers))
    plain = align.titles.of(list(used))
    forms = Counter(plain)
    return {
        title
        for (title, count), form in zip(used.items(), plain, strict=True)
        if count == forms[form] == 1
    }


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


def _take(align: Alignment, old: int, new: int) -> None:
    mine, theirs = align.old.nodes[old], align.new.nodes[new]
    words, others = words_of(mine), words_of(theirs)
    if mine.title == theirs.title and words == others:
        align.pair(old, new, Rung.EXACT)
        return
    score = blend(
        (
            (1.0, text_share(mine.title, theirs.title)),
            (1.0, text_share(_running(words), _running(others))),
        )
    )
    # A key that is unique on both sides is more than a likeness.
    align.pair(old, new, Rung.CONTENT, round(max(score, 0.7), 4))


def _running(words: Iterable[str | tuple[str, ...]]) -> str:
    return "".join([one if isinstance(one, str) else "".join(one) for one in words])[:_COMPARED]
