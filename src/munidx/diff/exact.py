"""Pairs that need no score: identifiers, and keys that are unique on both sides."""

import operator
import re
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import Final, TypeAlias, cast

from munidx.diff.changes import Rung
from munidx.diff.fields import told_values
from munidx.diff.ladder import Alignment, Lookalikes, differ
from munidx.diff.similarity import blend, comparable, text_share
from munidx.diff.tree import Tree
from munidx.model import Goal, Indicator, Measure, normal_code

__all__ = [
    "pair_alone",
    "pair_by_keys",
    "pair_ids",
    "pair_in_place",
    "pair_moved_indicators",
    "pair_repeats",
    "words_of",
]

Sought: TypeAlias = Goal | Measure | Indicator
Key: TypeAlias = Callable[[Sought], Hashable | None]
"""What two nodes must share; None where the node has too little to tell."""

_TELLING: Final = 20
"""Characters of a text that identify a node under another title."""
_SHORT: Final = 8
"""Characters of a text that identify a node where all else is equal too."""
_COMPARED: Final = 1500
"""Characters of a text that are looked at for the score of a pair that is certain already."""
_NAMED: Final = 6
"""Characters that name an indicator well enough to follow it to another owner."""
_DIGITS: Final = re.compile(r"[0-9]+(?:[.,][0-9]+)*")


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


def words_of(node: object) -> tuple[str | tuple[str, ...], ...]:
    """The running text of a goal or measure, as published."""
    if isinstance(node, Measure):
        return (node.description, node.actions, node.target_state)
    if isinstance(node, Goal):
        return (node.description, node.target_state)
    return ()


def _node(tree: Tree, number: int) -> Sought:
    return cast("Sought", tree.nodes[number])


def _title(node: Sought) -> str | None:
    return node.title or None


def _plain_title(node: Sought) -> str | None:
    return comparable(node.title) or None


def _words(node: Sought) -> tuple[object, ...] | None:
    found = words_of(node)
    if found and len(found[0]) >= _TELLING:
        return found
    length = 0
    for part in found:
        length += len(part) if part.__class__ is str else sum(map(len, part))
    return found if length >= _TELLING else None


def _owners(node: Sought) -> tuple[str, ...] | None:
    found = node.owners
    return tuple([owner.name for owner in found]) if found else None


def _indicators(node: Sought) -> tuple[tuple[str, str], ...] | None:
    found = tuple((one.title, one.statement) for one in getattr(node, "indicators", ()))
    return found or None


def _statement(node: Sought) -> str | None:
    if not isinstance(node, Indicator):
        return None
    return _DIGITS.sub("0", comparable(node.statement)) or None


def _full_statement(node: Sought) -> tuple[object, ...] | None:
    return (node.title, node.statement, node.unit) if isinstance(node, Indicator) else None


def _content(node: Sought) -> tuple[object, ...]:
    """All that a node says itself, read where it may be; its children are not looked at."""
    return node.code, *told_values(type(node))(node)


def _all_but_title(node: Sought) -> tuple[object, ...] | None:
    """What a measure says under whatever title: words, owners, times and its indicators."""
    words = words_of(node)
    length = sum(len(part) if isinstance(part, str) else sum(map(len, part)) for part in words)
    indicators = getattr(node, "indicators", ())
    if not indicators and length < _SHORT:
        return None
    told = tuple((one.title, one.statement, one.unit, *_sums(one)) for one in indicators)
    times = getattr(node, "start", None), getattr(node, "end", None)
    return (words, _owners(node), times, told)


def _figures(node: Sought) -> tuple[object, ...] | None:
    """What an indicator counts under whatever title, where it is told or was counted already.

    Equal targets alone do not make two indicators one: an easier one may take over a figure.
    """
    if not isinstance(node, Indicator):
        return None
    if len(node.definition) < _SHORT and node.baseline is None and not node.actuals:
        return None
    return (node.unit, node.definition, node.data_source, *_sums(node))


def _sums(one: Indicator) -> tuple[object, ...]:
    """The figures of an indicator: when and how much."""
    baseline = () if one.baseline is None else (one.baseline,)
    return tuple(
        tuple((each.year, each.date, each.number, each.low, each.high, each.text) for each in some)
        for some in (baseline, one.targets, one.actuals)
    )


def _together(*keys: Key) -> Key:
    def both(node: Sought) -> Hashable | None:
        found = []
        for key in keys:
            part = key(node)
            if part is None:
                return None
            found.append(part)
        return tuple(found)

    return both


COLUMNS: Final[dict[str, Key]] = {
    "title": _title,
    "plain title": _plain_title,
    "words": _words,
    "owners": _owners,
    "indicators": _indicators,
    "statement": _statement,
    "full statement": _full_statement,
    "all but title": _all_but_title,
    "figures": _figures,
}
"""What keys are made of."""

LADDERS: Final[dict[str, tuple[tuple[tuple[str, ...], bool], ...]]] = {
    "goals": (
        (("title", "words"), False),
        (("plain title",), False),
        (("words",), True),
    ),
    "measures": (
        (("title", "words"), False),
        # Of copies, those by the same department; then what is left of them.
        (("title", "words", "owners"), False),
        (("title", "words"), False),
        (("words", "indicators"), True),
        (("words", "owners"), True),
        (("title", "indicators", "owners"), False),
        (("title", "owners"), False),
        (("plain title",), False),
        (("words",), True),
        (("all but title",), True),
    ),
    "indicators": (
        (("full statement",), False),
        (("plain title",), False),
        (("statement",), False),
        (("figures",), False),
    ),
}
"""The keys of each class, strongest first, and whether the titles must be looked at too."""


def pair_by_keys(
    align: Alignment,
    collection: str,
    olds: Sequence[int],
    news: Sequence[int],
    lookalikes: Lookalikes | None = None,
) -> None:
    """Pair along the ladder of ``collection`` what is unique among the free of both sides."""
    olds, news = align.free_old(olds), align.free_new(news)
    mine, theirs = _Columns(align.old), _Columns(align.new)
    for names, guarded in LADDERS[collection]:
        if not olds or not news:
            return
        found, others = mine.unique(names, olds), theirs.unique(names, news)
        alike = names[:2] == ("title", "words")
        paired = False
        for value, old in found.items():
            new = others.get(value, -1)
            if old < 0 or new < 0 or align.refused(old, new):
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
    for names, _ in LADDERS[collection]:
        for name in names:
            value = COLUMNS[name](_node(align.old, old))
            if value is None or value != COLUMNS[name](_node(align.new, new)):
                break
        else:
            _take(align, old, new)
            return


class _Columns:
    """What the keys of one side's nodes are made of, each made once and only if asked for."""

    def __init__(self, tree: Tree) -> None:
        self._tree = tree
        self._held: dict[str, dict[int, Hashable | None]] = {}

    def unique(self, names: tuple[str, ...], numbers: Sequence[int]) -> dict[Hashable, int]:
        """The numbers by their keys; -1 for a key that several share."""
        columns = [self._column(name, numbers) for name in names]
        found: dict[Hashable, int] = {}
        for number, value in zip(numbers, zip(*columns, strict=True), strict=True):
            if None not in value and found.setdefault(value, number) != number:
                found[value] = -1
        return found

    def _column(self, name: str, numbers: Sequence[int]) -> list[Hashable | None]:
        held = self._held.get(name)
        if held is None:
            nodes, make = cast("list[Sought]", self._tree.nodes), COLUMNS[name]
            held = self._held[name] = {number: make(nodes[number]) for number in numbers}
        return [held[number] for number in numbers]


def _different(align: Alignment, old: int, new: int, lookalikes: Lookalikes | None) -> bool:
    return differ(align, old, new, lookalikes or Lookalikes())


def _unique(tree: Tree, numbers: Iterable[int], key: Key) -> dict[Hashable, int]:
    found: dict[Hashable, int] = {}
    for number in numbers:
        value = key(_node(tree, number))
        if value is not None:
            found[value] = -1 if value in found else number
    return found


def pair_repeats(align: Alignment, olds: list[int], news: list[int]) -> None:
    """Pair repeats (再掲) inside paired parents: the same words under several goals.

    Under one parent, copies are told apart by their owners and codes; copies that are wholly
    alike are taken in their order, which then means nothing.
    """
    olds, news = _under_same(align, olds, news)
    for key, alike in (
        (_content, True),
        (_together(_title, _words, _owners), True),
        (_together(_title, _words), True),
        (_together(_plain_title), False),
    ):
        groups: dict[Hashable, tuple[list[int], list[int]]] = {}
        for number in align.free_old(olds):
            above = align.to_new[align.old.parents[number]]
            value = key(_node(align.old, number))
            if above >= 0 and value is not None:
                groups.setdefault((above, value), ([], []))[0].append(number)
        for number in align.free_new(news):
            value = key(_node(align.new, number))
            if value is not None:
                place = (align.new.parents[number], value)
                if place in groups:
                    groups[place][1].append(number)
        for mine, theirs in groups.values():
            _pair_copies(align, mine, theirs, alike=alike)


def _under_same(
    align: Alignment, olds: Sequence[int], news: Sequence[int]
) -> tuple[list[int], list[int]]:
    """The free nodes with a namesake under the same parent on the other side."""
    olds, news = align.free_old(olds), align.free_new(news)
    mine = {
        one: (align.to_new[align.old.parents[one]], _plain_title(_node(align.old, one)))
        for one in olds
    }
    theirs = {one: (align.new.parents[one], _plain_title(_node(align.new, one))) for one in news}
    both = set(mine.values()) & set(theirs.values())
    return (
        [one for one in olds if mine[one] in both],
        [one for one in news if theirs[one] in both],
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
    if align.apart or len(set(mine)) < len(mine) or len(set(theirs)) < len(theirs):
        return False
    for old, new, first, second in zip(olds, news, mine, theirs, strict=False):
        if first == second and first[0] and align.to_new[old] < 0 and align.to_old[new] < 0:
            align.pair(old, new, Rung.EXACT)
    return all(align.to_new[old] >= 0 for old in olds) and all(
        align.to_old[new] >= 0 for new in news
    )


_WORDING: Final = operator.attrgetter("title", "statement", "unit", "id")


def pair_moved_indicators(align: Alignment, olds: list[int], news: list[int]) -> None:
    """Pair indicators under other owners, where no other indicator has the name.

    Title, statement and unit are the same, and the title is used once on each side: a name
    like 利用者数 stands under many measures and follows none of them.
    """
    mine = _unique(align.old, align.free_old(olds), _moved_key)
    theirs = _unique(align.new, align.free_new(news), _moved_key)
    pairs = [
        (old, new)
        for value, old in mine.items()
        if old >= 0 and (new := theirs.get(value, -1)) >= 0 and not align.refused(old, new)
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
    found: Counter[str] = Counter()
    for title, count in Counter([tree.nodes[number].title for number in numbers]).items():
        found[comparable(title)] += count
    return found


def _moved_key(node: Sought) -> tuple[object, ...] | None:
    if not isinstance(node, Indicator) or len(node.title + node.statement) < _NAMED:
        return None
    return (node.title, node.statement, node.definition, node.unit)


def _take(align: Alignment, old: int, new: int) -> None:
    mine, theirs = align.old.nodes[old], align.new.nodes[new]
    if mine.title == theirs.title and words_of(mine) == words_of(theirs):
        align.pair(old, new, Rung.EXACT)
        return
    score = blend(
        (
            (1.0, text_share(mine.title, theirs.title)),
            (1.0, text_share(_running(mine), _running(theirs))),
        )
    )
    # A key that is unique on both sides is more than a likeness.
    align.pair(old, new, Rung.CONTENT, round(max(score, 0.7), 4))


def _running(node: object) -> str:
    return "".join("".join(part) for part in words_of(node))[:_COMPARED]
