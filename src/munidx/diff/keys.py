"""What identifies a node: its title, its words, its owners, and the ladders of keys made of these.

Keys are made for many nodes at once, a column for each of their parts: what most of a plan is
settled by costs little more than looking it up.
"""

import operator
import re
from collections.abc import Callable, Hashable, Sequence
from typing import Any, Final, TypeAlias

from munidx.diff.fields import told_values
from munidx.diff.similarity import comparable, comparables
from munidx.diff.tree import Tree
from munidx.model import Goal, Indicator, Measure

__all__ = ["LADDERS", "Columns", "Sought", "Titles", "words_of"]

Sought: TypeAlias = Goal | Measure | Indicator
Column: TypeAlias = Callable[[Sequence[Any]], Sequence[Hashable | None]]
"""What nodes of one class must share; None for a node that has too little to tell."""

_TELLING: Final = 20
"""Characters of a text that identify a node under another title."""
_SHORT: Final = 8
"""Characters of a text that identify a node where all else is equal too."""
_DIGITS: Final = re.compile(r"[0-9]+(?:[.,][0-9]+)*")
_WORDS: Final[dict[type, Callable[[Any], tuple[Any, ...]]]] = {
    Measure: operator.attrgetter("description", "actions", "target_state"),
    Goal: operator.attrgetter("description", "target_state"),
}


def words_of(node: object) -> tuple[str | tuple[str, ...], ...]:
    """The running text of a goal or measure, as published."""
    take = _WORDS.get(type(node))
    return take(node) if take else ()


def _length(words: tuple[str | tuple[str, ...], ...]) -> int:
    return sum([len(part) if part.__class__ is str else sum(map(len, part)) for part in words])


def _said(nodes: Sequence[Sought]) -> list[tuple[Any, ...]]:
    take = _WORDS.get(type(nodes[0])) if nodes else None
    return list(map(take, nodes)) if take else [()] * len(nodes)


def _words(nodes: Sequence[Sought]) -> list[tuple[Any, ...] | None]:
    return [
        words if words and (len(words[0]) >= _TELLING or _length(words) >= _TELLING) else None
        for words in _said(nodes)
    ]


def _owners(nodes: Sequence[Sought]) -> list[tuple[str, ...] | None]:
    return [tuple([owner.name for owner in node.owners]) if node.owners else None for node in nodes]


def _indicators(nodes: Sequence[Any]) -> list[tuple[tuple[str, str], ...] | None]:
    return [tuple(map(_CALLED, getattr(node, "indicators", ()))) or None for node in nodes]


_CALLED: Final = operator.attrgetter("title", "statement")


def _statements(nodes: Sequence[Any]) -> list[str | None]:
    return [
        _DIGITS.sub("0", comparable(node.statement)) or None
        if isinstance(node, Indicator) and node.statement
        else None
        for node in nodes
    ]


def _full_statements(nodes: Sequence[Any]) -> list[tuple[str, ...] | None]:
    return [_STATED(node) if isinstance(node, Indicator) else None for node in nodes]


_STATED: Final = operator.attrgetter("title", "statement", "unit")


def _content(nodes: Sequence[Sought]) -> list[tuple[Any, ...]]:
    """All that a node says itself, read where it may be; its children are not looked at."""
    return [(node.code, *told_values(type(node))(node)) for node in nodes]


def _all_but_title(nodes: Sequence[Any]) -> list[tuple[object, ...] | None]:
    """What a node says under whatever title: words, owners, times and its indicators."""
    found: list[tuple[object, ...] | None] = []
    for node, owners in zip(nodes, _owners(nodes), strict=True):
        words = words_of(node)
        indicators = getattr(node, "indicators", ())
        if not indicators and _length(words) < _SHORT:
            found.append(None)
            continue
        told = tuple([(*_STATED(one), *_sums(one)) for one in indicators])
        times = getattr(node, "start", None), getattr(node, "end", None)
        found.append((words, owners, times, told))
    return found


def _figures(nodes: Sequence[Any]) -> list[tuple[object, ...] | None]:
    """What an indicator counts under whatever title, where it is told or was counted already.

    Equal targets alone do not make two indicators one: an easier one may take over a figure.
    """
    return [
        (node.unit, node.definition, node.data_source, *_sums(node))
        if isinstance(node, Indicator)
        and (len(node.definition) >= _SHORT or node.baseline is not None or node.actuals)
        else None
        for node in nodes
    ]


def _sums(one: Indicator) -> tuple[object, ...]:
    """The figures of an indicator: when and how much."""
    baseline = () if one.baseline is None else (one.baseline,)
    return tuple([tuple(map(_FIGURE, some)) for some in (baseline, one.targets, one.actuals)])


_FIGURE: Final = operator.attrgetter("year", "date", "number", "low", "high", "text")

_COLUMNS: Final[dict[str, Column]] = {
    "said": _said,
    "owners": _owners,
    "indicators": _indicators,
    "statement": _statements,
    "full statement": _full_statements,
    "all but title": _all_but_title,
    "figures": _figures,
    "content": _content,
}
"""What keys are made of beside titles and words."""

LADDERS: Final[dict[str, tuple[tuple[tuple[str, ...], bool], ...]]] = {
    "goals": (
        (("title", "words"), False),
        (("plain title",), False),
        (("words",), True),
        # What a node says is its key's part that the fewest share.
        (("said", "all but title"), True),
    ),
    "measures": (
        (("title", "words"), False),
        # Of copies, those by the same department; then what is left of them.
        (("title", "words", "owners"), False),
        (("title", "words"), False),
        (("words", "indicators"), True),
        (("words", "owners"), True),
        (("title", "owners", "indicators"), False),
        (("title", "owners"), False),
        (("plain title",), False),
        (("words",), True),
        # What a node says is its key's part that the fewest share.
        (("said", "all but title"), True),
    ),
    "indicators": (
        (("full statement",), False),
        (("plain title",), False),
        (("statement",), False),
        (("figures",), False),
    ),
}
"""The keys of each class, strongest first, and whether the titles must be looked at too."""


class Titles:
    """The comparable forms of titles, each made once, and those of many together."""

    def __init__(self) -> None:
        self._held: dict[str, str] = {}

    def of(self, titles: Sequence[str]) -> list[str]:
        """The comparable form of each."""
        held = self._held
        try:
            return list(map(held.__getitem__, titles))
        except KeyError:
            new = [title for title in dict.fromkeys(titles) if title not in held]
        held.update(zip(new, comparables(new), strict=True))
        return list(map(held.__getitem__, titles))


class Columns:
    """What the keys of one side's nodes are made of."""

    def __init__(self, tree: Tree, titles: Titles, texts: dict[Hashable, int]) -> None:
        self._tree = tree
        self._titles = titles
        self._texts = texts
        self._words: dict[int, int | None] = {}

    def column(self, name: str, numbers: Sequence[int]) -> Sequence[Hashable | None]:
        """A part of the keys of nodes of one class; None where it is missing."""
        if name == "words":
            return self._numbered_words(numbers)
        if name not in ("title", "plain title"):
            return _COLUMNS[name](self.nodes(numbers))
        titles = list(map(self._tree.titles.__getitem__, numbers))
        if name == "plain title":
            titles = self._titles.of(titles)
        return [title or None for title in titles] if "" in titles else titles

    def _numbered_words(self, numbers: Sequence[int]) -> list[int | None]:
        """A number for the words of each node: long texts are asked for by rung after rung."""
        held, texts = self._words, self._texts
        new = [number for number in numbers if number not in held]
        for number, words in zip(new, _words(self.nodes(new)), strict=True):
            held[number] = None if words is None else texts.setdefault(words, len(texts))
        return [held[number] for number in numbers]

    def keys(self, names: tuple[str, ...], numbers: Sequence[int]) -> Sequence[Hashable | None]:
        """The keys of nodes of one class; None where a part of one is missing."""
        columns = [self.column(name, numbers) for name in names]
        if len(columns) == 1:
            return columns[0]
        return [None if None in key else key for key in zip(*columns, strict=True)]

    def agree(
        self, name: str, mine: Sequence[int], others: "Columns", theirs: Sequence[int]
    ) -> Sequence[bool]:
        """Whether nodes have a part of the key, and those of the other side the same one."""
        if name == "words":
            # Equal words that are too short are few: how long they are is asked last.
            said = zip(_said(self.nodes(mine)), _said(others.nodes(theirs)), strict=True)
            return [
                first == second
                and first != ()
                and (len(first[0]) >= _TELLING or _length(first) >= _TELLING)
                for first, second in said
            ]
        pairs = zip(self.column(name, mine), others.column(name, theirs), strict=True)
        return [first == second and first is not None for first, second in pairs]

    def nodes(self, numbers: Sequence[int]) -> list[Any]:
        """The nodes with these numbers."""
        return list(map(self._tree.nodes.__getitem__, numbers))
