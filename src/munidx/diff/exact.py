"""Pairs that need no score: identifiers, and keys that are unique on both sides."""

import operator
from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from typing import Any, Final

from munidx.diff.changes import Rung
from munidx.diff.keys import COLUMNS, LADDERS, Columns, keys_of, words_of
from munidx.diff.ladder import Alignment, Lookalikes, differ
from munidx.diff.similarity import blend, comparable, comparables, text_share
from munidx.diff.tree import Tree
from munidx.model import Indicator, normal_code

__all__ = [
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
    mine, theirs = Columns(align.old), Columns(align.new)
    for names, guarded in LADDERS[collection]:
        if not olds or not news:
            return
        found, others = mine.unique(names, olds), theirs.unique(names, news)
        alike = names[:2] == ("title", "words")
        paired = False
        for value, old in found.items():
            new = others.get(value)
            if new is None or align.refused(old, new):
                continue
            if guarded and _different(align, old, new, lookalikes):
                continue
            paired = True
            if alike:
                align.pair(old, new, Rung.EXACT)
            else:
                _take(align, old, new)
        if paired:
            olds, news = align.free_old(olds), align.free_new(news)


def pair_alone(align: Alignment, collection: str, old: int, new: int) -> None:
    """As :func:`pair_by_keys` for one free node on each side, which is unique there."""
    if align.refused(old, new):
        return
    before, after = [align.old.nodes[old]], [align.new.nodes[new]]
    for names, _ in LADDERS[collection]:
        for name in names:
            (value,) = COLUMNS[name](before)
            if value is None or value != COLUMNS[name](after)[0]:
                break
        else:
            _take(align, old, new)
            return


def _different(align: Alignment, old: int, new: int, lookalikes: Lookalikes | None) -> bool:
    return differ(align, old, new, lookalikes or Lookalikes())


def pair_repeats(align: Alignment, olds: Sequence[int], news: Sequence[int]) -> None:
    """Pair repeats (再掲) inside paired parents: the same words under several goals.

    Under one parent, copies are told apart by their owners and codes; copies that are wholly
    alike are taken in their order, which then means nothing.
    """
    olds, news = _under_same(align, olds, news)
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
        for number, value in zip(olds, keys_of(names, _nodes(align.old, olds)), strict=True):
            above = align.to_new[align.old.parents[number]]
            if above >= 0 and value is not None:
                groups.setdefault((above, value), ([], []))[0].append(number)
        for number, value in zip(news, keys_of(names, _nodes(align.new, news)), strict=True):
            place = (align.new.parents[number], value)
            if value is not None and place in groups:
                groups[place][1].append(number)
        for mine, theirs in groups.values():
            _pair_copies(align, mine, theirs, alike=alike)


def _nodes(tree: Tree, numbers: Iterable[int]) -> list[Any]:
    return [tree.nodes[number] for number in numbers]


def _under_same(
    align: Alignment, olds: Sequence[int], news: Sequence[int]
) -> tuple[list[int], list[int]]:
    """The free nodes with a namesake under the same parent on the other side."""
    olds, news = align.free_old(olds), align.free_new(news)
    titles = keys_of(("plain title",), _nodes(align.old, olds))
    others = keys_of(("plain title",), _nodes(align.new, news))
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
    counts = [
        _plain_counts(tree, numbers) for tree, numbers in ((align.old, olds), (align.new, news))
    ]
    for old, new in pairs:
        if (
            counts[0][comparable(align.old.nodes[old].title)]
            == counts[1][comparable(align.new.nodes[new].title)]
            == 1
        ):
            align.pair(old, new, Rung.EXACT)


def _plain_counts(tree: Tree, numbers: Iterable[int]) -> Counter[str]:
    """How often each title is used, in its comparable form."""
    return Counter(comparables([tree.nodes[number].title for number in numbers]))


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
