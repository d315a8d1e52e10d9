"""What readers make of a published document: blocks, each with its place.

Readers know a file's form and nothing of cities; adapters know a city's form and nothing of
files. Between them stands the :class:`Publication`: the headings, paragraphs, list items and
tables of one or several files, in reading order.
"""

import enum
from collections.abc import Iterator
from typing import TypeAlias

from attrs import frozen

from munidx.findings import Finding
from munidx.model import Document
from munidx.place import Place

__all__ = ["Block", "BlockKind", "Box", "Cell", "Line", "Publication", "Row", "Source", "Table"]


class BlockKind(enum.StrEnum):
    """What a block of text is, as far as the file's form says so."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    """an item of a list"""


@frozen
class Box:
    """Where something stands on its page: points from the page's upper left corner."""

    left: float
    top: float
    right: float
    bottom: float


@frozen(kw_only=True)
class Block:
    """A heading, a paragraph or a list item.

    In plain text it is one line; adapters of text forms join lines themselves.
    """

    kind: BlockKind = BlockKind.PARAGRAPH
    text: str
    """As published, white space at its ends included."""
    place: Place
    level: int = 0
    """A heading's rank or an item's nesting, from 1; 0 where the form does not say."""
    box: Box | None = None
    """Where it stands on its page, if the form has pages."""


@frozen(kw_only=True)
class Cell:
    """A cell of a table; a merged one stands once, at its upper left corner."""

    text: str
    place: Place
    column: int
    """The grid column of its left edge, from 0."""
    rowspan: int = 1
    colspan: int = 1
    header: bool = False
    """Whether the form marks it as a header (``<th>``)."""
    box: Box | None = None
    """Where it stands on its page, if the form has pages."""
    breaks: tuple[int, ...] = ()
    """Where in its text lines of a page are joined; a space there may have been lost."""


@frozen(kw_only=True)
class Row:
    """A row of a table: the cells whose upper edge it is, from left to right."""

    cells: tuple[Cell, ...]
    place: Place


@frozen(kw_only=True)
class Table:
    """A table, row by row."""

    rows: tuple[Row, ...]
    place: Place
    caption: str = ""

    def grid(self) -> list[list[Cell | None]]:
        """The table as a full grid: a merged cell stands in every position that it covers.

        Positions that no cell covers hold None.
        """
        width = max(
            (cell.column + cell.colspan for row in self.rows for cell in row.cells), default=0
        )
        grid: list[list[Cell | None]] = [[None] * width for _ in self.rows]
        for top, row in enumerate(self.rows):
            for cell in row.cells:
                for line in grid[top : top + cell.rowspan]:
                    end = min(cell.column + cell.colspan, width)
                    line[cell.column : end] = [cell] * (end - cell.column)
        return grid


Line: TypeAlias = Block | Row
"""What :meth:`Publication.lines` yields: a block, or a row of a table."""


@frozen(kw_only=True)
class Publication:
    """One or several published files, read into blocks in their order."""

    documents: tuple[Document, ...]
    blocks: tuple[Block | Table, ...]
    findings: tuple[Finding, ...] = ()
    """What the readers met on the way."""

    @property
    def media_types(self) -> frozenset[str]:
        """The media types of its files."""
        return frozenset(document.media_type for document in self.documents)

    def lines(self) -> Iterator[Line]:
        """Every block and every table row, in reading order."""
        for block in self.blocks:
            if isinstance(block, Table):
                yield from block.rows
            else:
                yield block

    def text(self) -> str:
        """All text, a line for each block or row, the cells of a row parted by tabs."""
        return "\n".join(
            "\t".join(cell.text for cell in line.cells) if isinstance(line, Row) else line.text
            for line in self.lines()
        )


@frozen
class Source:
    """A published file in memory: its name, as locators will use it, and its bytes."""

    name: str
    data: bytes
