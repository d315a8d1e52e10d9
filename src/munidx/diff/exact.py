"""Pairs that need no score: identifiers, and keys that are unique on both sides."""

import itertools
from collections import Counter
from collections.abc import Collection, Hashable, Iterable, Sequence
from typing import Final, TypeAlias

from munidx.diff.changes import Rung
from munidx.diff.keys import LADDERS, Columns, words_of
from munidx.diff.ladder import Alignment, Lookalikes, differ
from munidx.diff.similarity import blend, text_share
from munidx.model import normal_code

__all__ = ["pair_alone", "pair_by_keys", "pair_ids", "pair_repeats"]

_COMPARED: Final = 1500
"""Characters of a text that are looked at for the score of a pair that is certain already."""


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
    pairs = _agreeing(align, names[1:], pairs)
    if len(names) > 1 and several[0]:
        mine, theirs = map(_by_keys, align.columns, (names, names), several)
        pairs += [(old, theirs[key]) for key, old in mine.items() if key in theirs]
    return pairs, several


def _agreeing(align: Alignment, names: tuple[str, ...], pairs: _Pairs) -> _Pairs:
    """The pairs that have these parts of a key, and the same."""
    before, after = align.columns
    for name in names:
        agree = before.agree(name, [old for old, _ in pairs], after, [new for _, new in pairs])
        pairs = list(itertools.compress(pairs, agree))
    return pairs


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


def pair_alone(align: Alignment, collection: str, pairs: Iterable[tuple[int, int]]) -> None:
    """As :func:`pair_by_keys`, for pairs whose two nodes are each unique where they stand."""
    pairs = [pair for pair in pairs if not align.refused(*pair)]
    for names, _ in LADDERS[collection]:
        found = _agreeing(align, names, pairs)
        for old, new in found:
            _take(align, old, new)
        pairs = list(set(pairs).difference(found))


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
    # Most that are free have no namesake at all.
    known = set(titles).intersection(others)
    if not known:
        return [], []
    above, parents, their_parents = align.to_new, align.old.parents, align.new.parents
    mine = {
        one: (above[parents[one]], title)
        for one, title in zip(olds, titles, strict=True)
        if title in known
    }
    theirs = {
        one: (their_parents[one], title)
        for one, title in zip(news, others, strict=True)
        if title in known
    }
    both = set(mine.values()).intersection(theirs.values())
    return (
        [one for one, place in mine.items() if place in both],
        [one for one, place in theirs.items() if place in both],
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


def _take(align: Alignment, old: int, new: int) -> None:
    mine, theirs = align.old.nodes[old], align.new.nodes[new]
    words, others = words_of(mine), words_of(theirs)
    same = words == others
    if same and mine.title == theirs.title:
        align.pair(old, new, Rung.EXACT)
        return
    if same:
        running = 1.0 if any(map(any, words)) else None
    else:
        running = text_share(_running(words), _running(others))
    score = blend(((1.0, text_share(mine.title, theirs.title)), (1.0, running)))
    # A key that is unique on both sides is more than a likeness.
    align.pair(old, new, Rung.CONTENT, round(max(score, 0.7), 4))


def _running(words: Iterable[str | tuple[str, ...]]) -> str:
    return "".join([one if isinstance(one, str) else "".join(one) for one in words])[:_COMPARED]
