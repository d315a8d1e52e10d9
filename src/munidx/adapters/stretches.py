"""A publication as one long line of counted characters, each of which knows its place.

Counted are letters, digits, kana, kanji, the point within a number, and the few marks that
carry a value (☆, ↑, △, ○ that stands alone). Punctuation, brackets, bullets, white space and
the tags of HTML in a cell frame the text and are not counted, nor compared: ``ＤＸ 推進(案)``
and ``DX推進（案）`` are the same line. Where something uncounted stood, or a block or cell
begins, there is a *break*; a number or a Latin word ends nowhere else.
"""

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from typing import Final, TypeAlias

from attrs import define, evolve, field, frozen

from munidx.document import Block, BlockKind, Cell, Publication, Row
from munidx.japanese.characters import Aligned, align
from munidx.place import Place, parse_places
from munidx.readers.tags import TAG

__all__ = ["REST", "Folded", "Layout", "Pieces", "Scope", "Unit", "fold"]

# Marks that are values by themselves: ratings, directions, signs, a circle in a column.
_MARKS: Final = "☆★↑↓→⇒⇧⇩=△▲▽▼○●◎×"
_RUN: Final = re.compile(rf"(?:[^\W_]|[{_MARKS}]|(?<=\d)\.(?=\d))+")
# The same marks before words, at the beginning of a line, are bullets.
_BULLET: Final = re.compile(r"(?m)^\s*[→⇒△▲▽▼○●◎]+(?=\s*[^\W\d_])")
_LONG: Final = re.compile(r"ー(?=[^\s\dー])")
_KANA: Final = re.compile(r"[ぁ-ゖァ-ヺ]\Z")

_Key: TypeAlias = tuple[str, tuple[tuple[str, int], ...]]
_COMPONENTS: Final = ("page", "line", "table", "row", "column", "block")


@frozen
class Folded:
    """A text reduced to what is counted."""

    text: str
    origin: tuple[int, ...]
    """For each counted character its index in the aligned text."""
    breaks: bytes
    """For each counted character whether a break stands before it (1 or 0)."""
    aligned: Aligned


def fold(text: str, before: str = "") -> Folded:
    """``text`` reduced to its counted characters.

    ``before`` is the line above: where it ends with a kana, a ``ー`` that begins this one makes
    that kana long (``サ`` / ``ービス``), and is no dash.
    """
    if "<" in text:
        text = TAG.sub(lambda found: " " * len(found[0]), text)
    aligned = align(text)
    if _LONG.match(text) and _KANA.search(before):
        aligned = evolve(aligned, text=f"ー{aligned.text[1:]}")
    bullets: set[int] = set()
    for bullet in _BULLET.finditer(aligned.text):
        bullets.update(range(*bullet.span()))
    parts: list[str] = []
    origin: list[int] = []
    breaks = bytearray()
    for found in _RUN.finditer(aligned.text):
        for piece, spot, fresh in _pieces(found[0], found.start(), bullets):
            parts.append(piece)
            origin += range(spot, spot + len(piece)) if fresh is None else [spot] * len(piece)
            breaks += b"\1" + b"\0" * (len(piece) - 1)
    return Folded("".join(parts), tuple(origin), bytes(breaks), aligned)


def _pieces(run: str, start: int, bullets: set[int]) -> Iterator[tuple[str, int, bool | None]]:
    """The run whole, or character by character where it holds bullets or numbers like ①."""
    if run.isascii() or (unicodedata.normalize("NFKC", run) == run and start not in bullets):
        yield run, start, None
        return
    plain = ""
    for spot, char in enumerate(run, start):
        normal = unicodedata.normalize("NFKC", char)
        if spot in bullets or normal != char:
            if plain:
                yield plain, spot - len(plain), None
            plain = ""
            told = "" if spot in bullets else "".join(sign for sign in normal if sign.isalnum())
            if told:
                yield told, spot, True
        else:
            plain += char
    if plain:
        yield plain, start + len(run) - len(plain), None


@frozen(eq=False)
class Unit:
    """A block or a cell: the smallest thing with a place of its own."""

    place: Place
    folded: Folded
    start: int
    """The index of its first counted character in the whole."""
    prose: bool
    """Whether a section may hold it: no row and no list item is prose."""

    @property
    def end(self) -> int:
        """The index behind its last counted character."""
        return self.start + len(self.folded.text)

    def published(self, start: int, end: int) -> str:
        """What was published where the counted characters from ``start`` to ``end`` stand."""
        aligned, origin = self.folded.aligned, self.folded.origin
        if (start, end) == (self.start, self.end):
            return aligned.original.strip()
        return aligned.cut(origin[start - self.start], origin[end - 1 - self.start] + 1)

    def counted(self, first: int, last: int) -> tuple[int, int]:
        """The counted characters within a span of the aligned text."""
        origin = self.folded.origin
        return self.start + bisect_left(origin, first), self.start + bisect_left(origin, last)


@define(eq=False)
class Scope:
    """Some units in reading order as one text: where a value is looked for."""

    units: tuple[Unit, ...]
    text: str
    starts: list[int]
    """For each unit, where it begins in :attr:`text`."""
    cursors: dict[tuple[str, bool], int] = field(factory=dict)
    """How far a string was looked for already: what is taken stays taken."""
    pieces: "Pieces | None" = None
    """Its segments from break to break, once needed."""
    _filled: dict[str, list[int]] | None = None

    def filled(self) -> dict[str, list[int]]:
        """Where the units begin that hold a text and nothing else, the last first."""
        if self._filled is None:
            self._filled = {}
            for unit, base in zip(reversed(self.units), reversed(self.starts), strict=True):
                self._filled.setdefault(unit.folded.text, []).append(base)
        return self._filled

    def spans(self, start: int, end: int) -> Iterator[tuple[Unit, int, int]]:
        """The part of each unit that ``text[start:end]`` covers, by whole-field indices."""
        number = bisect_right(self.starts, start) - 1
        while start < end:
            unit, base = self.units[number], self.starts[number]
            stop = min(end, base + len(unit.folded.text))
            if stop > start:
                yield unit, unit.start + start - base, unit.start + stop - base
            start, number = stop, number + 1

    def is_opening(self, place: int) -> bool:
        """Whether a segment begins at ``place``."""
        ((unit, first, _),) = self.spans(place, place + 1)
        return unit.folded.breaks[first - unit.start] == 1

    def segment_end(self, place: int) -> int:
        """Where the segment ends in which ``place`` lies."""
        ((unit, first, _),) = self.spans(place, place + 1)
        end = unit.folded.breaks.find(1, first - unit.start + 1)
        end = len(unit.folded.text) if end < 0 else end
        return place + end - (first - unit.start)


@define(eq=False)
class Pieces:
    """The segments of a scope, from break to break, by their text and by how they begin."""

    wholes: dict[str, list[int]] = field(factory=dict)
    """Where each text stands, the last first."""
    lengths: dict[str, list[int]] = field(factory=dict)
    """How long those are that begin with two given characters, the longest first."""
    ordered: list[tuple[str, int]] = field(factory=list)
    """All of them, sorted, with their places."""

    @classmethod
    def of(cls, scope: Scope) -> "Pieces":
        """Cut ``scope`` at its breaks."""
        pieces = cls()
        for unit, base in zip(scope.units, scope.starts, strict=True):
            marks = unit.folded.breaks
            start = 0
            while start < len(marks):
                end = marks.find(1, start + 1)
                end = len(marks) if end < 0 else end
                pieces.ordered.append((unit.folded.text[start:end], base + start))
                start = end
        pieces.ordered.sort()
        for text, place in reversed(pieces.ordered):
            if text not in pieces.wholes:
                pieces.lengths.setdefault(text[:2], []).append(len(text))
            pieces.wholes.setdefault(text, []).append(place)
        for lengths in pieces.lengths.values():
            lengths[:] = sorted(set(lengths), reverse=True)
        return pieces

    def whole(self, text: str, spot: int, is_free: Callable[[int, int], bool]) -> tuple[int, int]:
        """The longest free segment that ``text`` holds at ``spot``: its length and its place."""
        for head in (text[spot : spot + 2], text[spot : spot + 1]):
            for length in self.lengths.get(head, ()):
                if length > len(text) - spot:
                    continue
                places = self.wholes.get(text[spot : spot + length], [])
                while places and not is_free(places[-1], places[-1] + length):
                    places.pop()
                if places:
                    return length, places[-1]
        return 0, 0

    def begun(self, rest: str, is_free: Callable[[int, int], bool]) -> tuple[int, int]:
        """A free segment that begins with ``rest``: the length of it, and the place."""
        if len(rest) > REST:
            return 0, 0
        first = bisect_left(self.ordered, (rest, 0))
        for text, place in self.ordered[first : first + _TRIES]:
            if not text.startswith(rest):
                break
            if is_free(place, place + len(rest)):
                return len(rest), place
        return 0, 0


REST: Final = 2_000  # characters at the end of a broken string that may end within a segment
_TRIES: Final = 16  # segments that begin alike; more of them are taken already, or a nuisance


@define(eq=False)
class Layout:
    """All units of a publication, found by place."""

    units: list[Unit]
    _children: dict[_Key, dict[str, list[int]]]
    _found: dict[_Key, list[Unit]]
    _sheets: dict[tuple[str, str], dict[int, list[Unit]]]
    """The units of a sheet by the row in which they begin."""
    _scopes: dict[tuple[str, bool], Scope] = field(factory=dict)

    @classmethod
    def of(cls, publication: Publication) -> "Layout":
        """Lay out the units of ``publication``."""
        whole = cls([], {}, {}, {})
        start = 0
        before = ""
        for line in publication.lines():
            parts: Sequence[Block | Cell] = line.cells if isinstance(line, Row) else (line,)
            for part in parts:
                prose = isinstance(part, Block) and part.kind is not BlockKind.ITEM
                unit = Unit(part.place, fold(part.text, before), start, prose)
                whole._add(unit)
                start = unit.end
            before = line.text if isinstance(line, Block) else ""
        for letters in whole._children.values():
            for numbers in letters.values():
                numbers[:] = sorted(set(numbers))
        return whole

    @property
    def size(self) -> int:
        """How many characters are counted."""
        return self.units[-1].end if self.units else 0

    def _add(self, unit: Unit) -> None:
        self.units.append(unit)
        place = unit.place
        self._found.setdefault((place.document, ()), []).append(unit)
        if place.cell:
            rows = self._sheets.setdefault((place.document, place.sheet), {})
            rows.setdefault(place.corners[1], []).append(unit)
        key: tuple[tuple[str, int], ...] = ()
        for name in _COMPONENTS:
            number = getattr(place, name)
            if number is not None:
                letters = self._children.setdefault((place.document, key), {})
                letters.setdefault(name, []).append(number)
                key = (*key, (name, number))
                self._found.setdefault((place.document, key), []).append(unit)

    def at(self, place: Place) -> list[Unit]:
        """The units within ``place``, or, where it is finer than a unit, none."""
        if place.cell:
            rows = self._sheets.get((place.document, place.sheet), {})
            _, top, _, bottom = place.corners
            within = range(top, bottom + 1) if bottom - top < len(rows) else rows
            near = (unit for row in within if row in rows for unit in rows[row])
            return [unit for unit in near if place.contains(unit.place)]
        told = tuple(
            (name, number) for name in _COMPONENTS if (number := getattr(place, name)) is not None
        )
        if not told or place.last is None:
            return self._found.get((place.document, told), [])
        above, (name, first) = told[:-1], told[-1]
        numbers = self._children.get((place.document, above), {}).get(name, [])
        chosen = numbers[bisect_left(numbers, first) : bisect_right(numbers, place.last)]
        return [
            unit
            for number in chosen
            for unit in self._found[(place.document, (*above, (name, number)))]
        ]

    def scope(self, source: str, *, prose: bool = False) -> Scope:
        """What ``source`` names, for a section without rows and items; nothing if no locator."""
        key = (source, prose)
        if key not in self._scopes:
            found = {unit.start: unit for unit in self._named(source) if unit.folded.text}
            units = tuple(unit for _, unit in sorted(found.items()) if unit.prose or not prose)
            starts, length = [], 0
            for unit in units:
                starts.append(length)
                length += len(unit.folded.text)
            text = "".join(unit.folded.text for unit in units)
            self._scopes[key] = Scope(units, text, starts)
        return self._scopes[key]

    def _named(self, source: str) -> list[Unit]:
        try:
            places = parse_places(source)
        except ValueError:
            return []
        return [unit for place in places for unit in self.at(place)]
