"""What stands in the samples: titles, headers with their columns, lines that open a group."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from attrs import evolve, frozen

from munidx.adapters.tables.form import Column, Form
from munidx.adapters.tables.headings import Header, Line, Slot, filled, header_at
from munidx.document import Publication, Row, Table
from munidx.japanese.characters import compact
from munidx.model import Municipality
from munidx.scaffold.words import Meaning, bare, dictionary, guess

__all__ = ["Head", "Saying", "Seen", "look"]

_TOP: Final = 40  # rows of a table among which words are guessed at
_LARGEST: Final = 1_000_000  # positions of a grid
_SURE: Final = 2  # known words that make a row one of a header
_FEW: Final = 3  # cells of a row above a header: a title and notes beside each other
_BESIDE: Final = re.compile(r"\s[(（\[【※]?\s?単位.{0,12}円\s?[)）\]】]?$")
"""The unit of all money at the right of another line."""
_SUM: Final = re.compile(r".{0,20}計")
_KEPT: Final = 200  # rows that are looked at
_LONGEST: Final = 120  # characters of a line that may be a title or open a group


@frozen(kw_only=True)
class Head:
    """A column of a table under its header."""

    meaning: Meaning | None
    """None: nobody knows it."""
    heading: str
    """Its words as published, from top to bottom."""
    words: str
    """The lowest of them."""
    place: str
    dated: bool
    """Whether a year stands at its head."""
    unit: str
    texts: tuple[str, ...]
    """What stands below, row by row, the first of it."""

    @property
    def values(self) -> tuple[str, ...]:
        """What stands below where something does."""
        return tuple(filter(None, self.texts))

    @property
    def gaps(self) -> float:
        """The share of the rows in which nothing stands."""
        return self.texts.count("") / len(self.texts) if self.texts else 0


@frozen(kw_only=True)
class Saying:
    """A line, a caption, or a row of one cell."""

    text: str
    place: str
    heading: bool = False
    """Whether the file's form marks it as a heading."""
    caption: bool = False
    """Whether it is the caption of a table, and no line."""


@frozen(kw_only=True)
class Seen:
    """What a sample shows."""

    tables: tuple[tuple[Head, ...], ...]
    """The headers, each with its columns."""
    spanning: tuple[str, ...]
    """Words over several columns."""
    before: tuple[Saying, ...]
    """What stands before the first header; all lines, where there is no header."""
    within: tuple[Saying, ...]
    """What stands between the rows and between the tables."""

    @property
    def sayings(self) -> tuple[Saying, ...]:
        """All of them."""
        return (*self.before, *self.within)


def look(publication: Publication) -> Seen:
    """Look through a document by the words of all cities."""
    known = _everything(publication)
    form = _form(known)
    tables: list[tuple[Head, ...]] = []
    spanning: list[str] = []
    before: list[Saying] = []
    within: list[Saying] = []
    for block in publication.blocks:
        kept = within if tables else before
        if not isinstance(block, Table):
            kept += _saying(block.text, str(block.place), heading=bool(block.level))
            continue
        kept += (evolve(one, caption=True) for one in _saying(block.caption, str(block.place)))
        for part in _parts(block, form):
            if isinstance(part, Saying):
                (within if tables else before).append(part)
            else:
                header, rows = part
                tables.append(tuple(_heads(header, rows, known)))
                spanning += _spanning(header)
    return Seen(
        tables=tuple(tables),
        spanning=tuple(dict.fromkeys(spanning)),
        before=tuple(before),
        within=tuple(within),
    )


def _everything(publication: Publication) -> Mapping[Column, Meaning]:
    """All words of the dictionary, and what is guessed of those that stand beside them."""
    known = {word for meaning in dictionary().values() for word in meaning.words}
    guessed: dict[Column, Meaning] = {}
    for row in _tops(publication):
        texts = [cell.text for cell in row.cells if len(cell.text) <= _LONGEST]
        if sum(bare(text) in known for text in texts if text.strip()) >= _SURE:
            found = filter(None, map(guess, texts))
            guessed |= {one.column(): one for one in found if known.isdisjoint(one.words)}
    return {**dictionary(), **guessed}


def _tops(publication: Publication) -> Iterator[Row]:
    tables = (block for block in publication.blocks if isinstance(block, Table))
    return (row for table in tables for row in table.rows[:_TOP])


def _form(known: Mapping[Column, Meaning]) -> Form:
    """A form that knows all these words, and no title."""
    return Form(
        title="(?!)",
        slug="",
        municipality=Municipality(),
        columns=tuple(known),
        spanning=("財源内訳", "内訳", "財源"),
    )


def _saying(text: str, place: str, *, heading: bool = False) -> list[Saying]:
    told = _BESIDE.sub("", " ".join(text.split()))
    if not 0 < len(told) <= _LONGEST:
        return []
    return [Saying(text=told, place=place, heading=heading)]


def _parts(table: Table, form: Form) -> list[Saying | tuple[Header, list[Line]]]:
    """The headers of a table with the rows below them, and what is said around these."""
    width = max((cell.column + cell.colspan for row in table.rows for cell in row.cells), default=0)
    if width * len(table.rows) > _LARGEST:
        return []
    grid = table.grid()
    parts: list[Saying | tuple[Header, list[Line]]] = []
    rows: list[Line] | None = None
    top = 0
    while top < len(grid):
        found = header_at(grid, top, form)
        if found:
            rows = []
            parts.append((found, rows))
            top += found.height
            continue
        cells = filled(grid[top])
        if len(cells) <= (_FEW if rows is None else 1):
            parts += [one for cell in cells for one in _saying(cell.text, str(cell.place))]
        elif rows is not None and not any(_SUM.fullmatch(compact(cell.text)) for cell in cells):
            rows.append(grid[top])
        top += 1
    return parts


def _heads(header: Header, rows: Sequence[Line], known: Mapping[Column, Meaning]) -> Iterator[Head]:
    for index, slot in enumerate(header.slots):
        if slot:
            meaning = known[slot.column] if slot.column else None
            yield _head(slot, meaning, header, index, rows)


def _head(
    slot: Slot, meaning: Meaning | None, header: Header, index: int, rows: Sequence[Line]
) -> Head:
    above = [cell for cell in header.cells if cell.column <= index < cell.column + cell.colspan]
    texts = [cell.text.strip() if (cell := line[index]) else "" for line in rows[:_KEPT]]
    return Head(
        meaning=meaning,
        heading=slot.heading,
        words=" ".join(above[-1].text.split()) if above else slot.heading,
        place=str(above[-1].place) if above else "",
        dated=slot.year is not None,
        unit=slot.unit,
        texts=tuple(texts),
    )


def _spanning(header: Header) -> Iterator[str]:
    strange = {id(cell) for cell in header.strange}
    for cell in header.cells:
        word = bare(cell.text)
        if word and cell.colspan > 1 and id(cell) not in strange:
            yield word
