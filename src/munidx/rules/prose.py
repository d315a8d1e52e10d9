"""The texts of a plan: of each node with where they stand, and of all nodes as one."""

import operator
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from itertools import chain
from typing import Any, Final, TypeAlias, get_args

import attrs
from attrs import frozen

from munidx.model import COLLECTIONS, Item, Labels

__all__ = ["Prose", "Text", "Words", "texts_of"]

_UNTOLD: Final = frozenset(
    {
        *COLLECTIONS,
        *("id", "code", "former_codes", "date", "start", "end", "source", "inferred"),
        *("documents", "period"),
    }
)
"""Fields that hold no words of the publisher, or nodes that are walked on their own."""
_Taking: TypeAlias = Callable[[object], tuple[Any, ...]]
_Getters: TypeAlias = tuple[_Taking, _Taking, tuple[Callable[[object], Any], ...]]
"""What takes all texts of an object, all its parts, and each of these alone."""
_FIELDS: Final[dict[type, tuple[str, ...]]] = {}
_GETTERS: Final[dict[type, _Getters]] = {}


@frozen
class Text:
    """A text of a node or of one of its parts."""

    item: Item
    field: str
    """Where it stands in the node: ``title``, ``owners[2].name``."""
    text: str
    part: object
    """The object whose field it is."""


def texts_of(item: Item) -> Iterator[Text]:
    """Every text of a node and of its parts that is not empty, with where it stands."""
    stack: list[tuple[str, Any]] = [("", item.node)]
    while stack:
        prefix, part = stack.pop()
        below: list[tuple[str, Any]] = []
        for name in _text_fields(type(part)):
            value = getattr(part, name)
            if not value:
                continue
            if type(value) is str:
                yield Text(item, prefix + name, value, part)
                continue
            for key, entry in _entries(value):
                if type(entry) is str:
                    yield Text(item, f"{prefix}{name}{key}", entry, part)
                else:
                    below.append((f"{prefix}{name}{key}.", entry))
        stack.extend(reversed(below))


class Prose:
    """All texts of a plan end to end: one pass of a pattern finds the nodes to look at.

    Most plans hold nothing of what the rules of texts look for, and to take up each text for
    each rule costs more than all other rules together.
    """

    def __init__(self, items: tuple[Item, ...]) -> None:
        self._items: Final = items
        self._starts: Final = [0]
        pieces: list[str] = []
        length = 0
        for item in items:
            piece = "\n".join(_strings(item.node))
            pieces.append(piece)
            length += len(piece) + 1
            self._starts.append(length)
        self._text: Final = "\n".join(pieces)

    @cached_property
    def _places(self) -> dict[str, int]:
        return {item.path: place for place, item in enumerate(self._items)}

    def with_a(
        self, pattern: re.Pattern[str], among: Iterable[Item] | None = None
    ) -> Iterator[Item]:
        """The nodes, in order, in whose texts ``pattern`` may be found.

        It must need no more than what a text itself holds: no anchors. A hit that runs over
        the end of a text is none; who asks looks again, in each text of the node.

        Args:
            pattern: What to look for.
            among: The nodes to look at, where something is known of them already; else all.
        """
        if among is not None:
            for item in among:
                place = self._places[item.path]
                if pattern.search(self._text, self._starts[place], self._starts[place + 1]):
                    yield item
            return
        hit = pattern.search(self._text)
        while hit:
            place = bisect_right(self._starts, hit.start()) - 1
            yield self._items[place]
            hit = pattern.search(self._text, self._starts[place + 1])

    @property
    def text(self) -> str:
        """All of it, a line for each text."""
        return self._text


class Words:
    """A text in which other words are looked for, to say what a word of the plan looks like."""

    def __init__(self, text: str) -> None:
        self._text: Final = text

    def __len__(self) -> int:
        return len(self._text)

    def times(self, word: str) -> int:
        """How often ``word`` stands in the text, in longer words or alone."""
        return self._text.count(word)

    def around(self, word: str, most: int) -> list[tuple[str, str]]:
        r"""The signs before and behind ``word`` at the first ``most`` places where it stands.

        At the beginning and the end of the text that is ``\n``.
        """
        signs: list[tuple[str, str]] = []
        at = self._text.find(word)
        while at >= 0 and len(signs) < most:
            end = at + len(word)
            before = self._text[at - 1 : at] if at else ""
            signs.append((before or "\n", self._text[end : end + 1] or "\n"))
            at = self._text.find(word, at + 1)
        return signs

    def holding(self, part: str, letters: frozenset[str]) -> Counter[str]:
        """How often each word that holds ``part`` stands in the text; words are of ``letters``."""
        words: Counter[str] = Counter()
        text, at = self._text, self._text.find(part)
        while at >= 0:
            start, end = at, at + len(part)
            while start and text[start - 1] in letters:
                start -= 1
            while end < len(text) and text[end] in letters:
                end += 1
            words[text[start:end]] += 1
            at = text.find(part, end)
        return words

    def count(self, pattern: re.Pattern[str]) -> Counter[str]:
        """How often each thing that ``pattern`` finds stands in the text."""
        return Counter(pattern.findall(self._text))


def _strings(node: object) -> list[str]:
    """The texts of a node and its parts, some of them empty, without where they stand."""
    told, below, _ = _GETTERS.get(type(node)) or _getters(type(node))
    strings = [*told(node)]
    stack: list[Any] = [value for value in below(node) if value]
    while stack:
        value = stack.pop()
        kind = type(value)
        if kind is Labels:
            strings += value.values()
            continue
        parts = value if kind is tuple else (value,)
        kind = type(parts[0])
        if kind is str:
            strings += parts
            continue
        told, below, each = _GETTERS.get(kind) or _getters(kind)
        if len(parts) == 1:
            strings += told(parts[0])
            stack += filter(None, below(parts[0]))
            continue
        strings += chain.from_iterable(map(told, parts))
        for take in each:
            stack += filter(None, map(take, parts))
    return strings


def _getters(kind: type) -> _Getters:
    """What takes the texts out of an object of this class, and the parts that may hold some."""
    if kind not in _GETTERS:
        names = _text_fields(kind)
        texts = [name for name in names if getattr(attrs.fields(kind), name).type is str]
        parts = [name for name in names if name not in texts]
        _GETTERS[kind] = _getter(texts), _getter(parts), tuple(map(operator.attrgetter, parts))
    return _GETTERS[kind]


def _getter(names: list[str]) -> _Taking:
    """An attrgetter that gives a tuple for any number of names: of one, it twice."""
    return operator.attrgetter(*names, *(names if len(names) == 1 else ())) if names else _nothing


def _nothing(_: object) -> tuple[Any, ...]:
    return ()


def _entries(value: object) -> Iterator[tuple[str, object]]:
    """The entries of a tuple or of labels, each with its key; a part, without one."""
    if isinstance(value, tuple):
        yield from ((f"[{position}]", entry) for position, entry in enumerate(value, start=1))
    elif isinstance(value, Labels):
        yield from ((f".{name}", entry) for name, entry in value.items())
    else:
        yield "", value


def _text_fields(kind: type) -> tuple[str, ...]:
    """The fields of a class that may hold text."""
    if kind not in _FIELDS:
        _FIELDS[kind] = tuple(
            field.name
            for field in attrs.fields(kind)
            if field.name not in _UNTOLD and _holds_text(field.type)
        )
    return _FIELDS[kind]


def _holds_text(kind: object) -> bool:
    """Whether a field of this type may hold text: of its own, or in a part."""
    arguments = get_args(kind)
    if arguments:
        return any(map(_holds_text, arguments))
    # A forward reference, as a string, is to a class of the model.
    return kind in (str, Labels) or isinstance(kind, str) or attrs.has(kind)  # type: ignore[arg-type]
