"""What identifies a node: its title, its words, its owners, and the ladders of keys made of these.

Keys are made for many nodes at once, a column for each of their parts, so that what most of a
plan is settled by costs little more than looking it up.
"""

import operator
import re
from collections.abc import Callable, Hashable, Sequence
from typing import Any, Final, TypeAlias

from munidx.diff.fields import told_values
from munidx.diff.similarity import comparable, comparables
from munidx.diff.tree import Tree
from munidx.model import Goal, Indicator, Measure

__all__ = ["COLUMNS", "LADDERS", "Columns", "Sought", "keys_of", "words_of"]

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


def _titles(nodes: Sequence[Sought]) -> list[str | None]:
    return [title or None for title in map(_TITLE, nodes)]


_TITLE: Final = operator.attrgetter("title")


def _plain_titles(nodes: Sequence[Sought]) -> list[str | None]:
    return [title or None for title in comparables([node.title for node in nodes])]


def _words(nodes: Sequence[Sought]) -> list[tuple[Any, ...] | None]:
    take = _WORDS.get(type(nodes[0])) if nodes else None
    if take is None:
        return [None] * len(nodes)
    return [
        words if len(words[0]) >= _TELLING or _length(words) >= _TELLING else None
        for words in map(take, nodes)
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

COLUMNS: Final[dict[str, Column]] = {
    "title": _titles,
    "plain title": _plain_titles,
    "words": _words,
    "owners": _owners,
    "indicators": _indicators,
    "statement": _statements,
    "full statement": _full_statements,
    "all but title": _all_but_title,
    "figures": _figures,
    "content": _content,
}
"""What keys are made of."""

_FIGURES: Final = frozenset({"all but title", "figures", "content"})
"""Columns with numbers, whose hashes do meet (-1 and -2)."""

LADDERS: Final[dict[str, tuple[tuple[tuple[str, ...], bool], ...]]] = {
    "goals": (
        (("title", "words"), False),
        (("plain title",), False),
        (("words",), True),
        (("all but title",), True),
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


def keys_of(names: tuple[str, ...], nodes: Sequence[Any]) -> list[Hashable | None]:
    """The keys of ``nodes``, which are of one class; None where a part of the key is missing."""
    columns = [COLUMNS[name](nodes) for name in names]
    if len(columns) == 1:
        return list(columns[0])
    return [None if None in key else key for key in zip(*columns, strict=True)]


class Columns:
    """What the keys of one side's nodes are made of, each made once and only if asked for."""

    def __init__(self, tree: Tree) -> None:
        self._tree = tree
        self._held: dict[str, dict[int, Hashable | None]] = {}

    def unique(self, names: tuple[str, ...], numbers: Sequence[int]) -> dict[Hashable, int]:
        """The numbers by their keys, without the keys that several of them share."""
        columns = [self._column(name, numbers) for name in names]
        keys: list[Any] = list(columns[0] if len(columns) == 1 else zip(*columns, strict=True))
        found: dict[Hashable, int] = dict(zip(keys, numbers, strict=True))
        if len(found) < len(keys):
            seen: set[Hashable] = set()
            for key in keys:
                if key in seen:
                    found.pop(key, None)
                else:
                    seen.add(key)
        if len(columns) == 1:
            found.pop(None, None)
            return found
        lacking = [key for key in found if None in key]  # type: ignore[operator]
        for key in lacking:
            del found[key]
        return found

    def _column(self, name: str, numbers: Sequence[int]) -> Sequence[Hashable | None]:
        held = self._held.get(name)
        if held is None:
            nodes = self._tree.nodes
            made = COLUMNS[name]([nodes[number] for number in numbers])
            if name not in _FIGURES:
                # Texts of many thousand nodes are looked up again and again, by rung after rung.
                # Their hashes are drawn anew in every process, and no two meet in 64 bits.
                made = [None if value is None else hash(value) for value in made]
            self._held[name] = dict(zip(numbers, made, strict=True))
            return made
        return [held[number] for number in numbers]
