"""Rows of the list of project proposals that a line's end within a cell has torn in two.

In text a row is a line, its cells parted by tabs. Where a cell kept the end of a line that its
page had, the row goes on in the next line: what both hold together is one cell more than the
row has.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from attrs import evolve

from munidx.adapters import Publication
from munidx.adapters.tables import Form
from munidx.document import Cell, Row, Table
from munidx.japanese.characters import compact

__all__ = ["mended"]

_NUMBER: Final = re.compile(r"\d{1,5}(?:-\d{1,3})?")


def mended(document: Publication, form: Form) -> Publication:
    """``document`` with the torn rows of its tables put together."""
    words = {word for column in form.columns for word in column.words}
    tables = [block for block in document.blocks if isinstance(block, Table)]
    widths = [
        len(row.cells)
        for table in tables
        for row in table.rows
        if sum(compact(cell.text) in words for cell in row.cells) >= form.least
    ]
    if not widths or any(table.place.line is None for table in tables):
        return document
    blocks = tuple(
        evolve(block, rows=tuple(_rows(block.rows, widths[0])))
        if isinstance(block, Table)
        else block
        for block in document.blocks
    )
    return evolve(document, blocks=blocks)


def _rows(rows: Sequence[Row], width: int) -> Iterator[Row]:
    spot = 0
    while spot < len(rows):
        row = rows[spot]
        spot += 1
        while spot < len(rows) and _goes_on(row, rows[spot], width):
            row = _joined(row, rows[spot])
            spot += 1
        yield row


def _goes_on(row: Row, below: Row, width: int) -> bool:
    """Whether ``below`` is the rest of ``row``: together they are no wider than a whole one."""
    missing = width - len(row.cells)
    first = compact(below.cells[0].text) if below.cells else ""
    return (
        missing > 0
        and 1 < len(below.cells) <= missing + 1
        and bool(first)
        and not _NUMBER.fullmatch(first)
    )


def _joined(row: Row, below: Row) -> Row:
    torn, rest = row.cells[-1], below.cells[0]
    # No place is a part of one line and a part of the next: both lines are.
    place = evolve(torn.place, column=None, last=rest.place.line)
    cell = evolve(torn, text=f"{torn.text}\n{rest.text}", place=place)
    moved = (
        evolve(other, column=torn.column + number)
        for number, other in enumerate(below.cells[1:], 1)
    )
    cells: tuple[Cell, ...] = (*row.cells[:-1], cell, *moved)
    return Row(cells=cells, place=row.place)
