"""Tables that go on over page breaks, joined.

A table goes on where the next page begins with one of the same columns and its next row would
not have fit any more, or where the break cuts it open. Between the two may stand page numbers and
running heads, nothing else. Header rows that the next page repeats are told and left out; a row
that the break cuts open is joined again.
"""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from attrs import define, evolve

from munidx.document import Cell, Row
from munidx.readers.arrange import Item, Passage, Ruled
from munidx.readers.lattice import Grid
from munidx.readers.letters import joined

__all__ = ["Part", "Sheet", "joined_rows", "parts_of"]

_SAME_COLUMN: Final = 3.0
_ROOM: Final = 6.0
_PAGE_NUMBER: Final = re.compile(
    r"[\s　]*[-‐–—―－(（〔]?[\s　]*(?:p\.?|P\.?|第)?[\s　]*\d{1,4}[\s　]*(?:頁|ページ|/\s*\d{1,4})?"
    r"[\s　]*[-‐–—―－)）〕]?[\s　]*"
)


@define(eq=False)
class Sheet:
    """A page as it was read."""

    number: int
    height: float
    items: list[Item]


@define(eq=False)
class Part:
    """A table on one page: the pages and tables that it is joined with come after it."""

    sheet: Sheet
    table: Ruled
    repeated: int = 0
    """How many rows at its top repeat the header of the first part."""


def parts_of(sheets: Sequence[Sheet]) -> dict[int, list[Part]]:
    """For each table that goes on, by ``id``, its parts; a later part has an empty list."""
    floor = max((_floor(sheet) for sheet in sheets), default=0.0)
    chains: dict[int, list[Part]] = {}
    open_chain: list[Part] = []
    for sheet, following in pairwise(sheets):
        first, second = _last_table(sheet, following), _first_table(sheet, following)
        if first is None or second is None:
            open_chain = []
            continue
        if not (open_chain and open_chain[-1].table is first):
            open_chain = [Part(sheet, first)]
        head = _repeated(open_chain[0].table, second)
        if not _goes_on(first, second, head, floor):
            open_chain = []
            continue
        open_chain.append(Part(following, second, head))
        chains[id(open_chain[0].table)] = open_chain
        chains[id(second)] = []
    return chains


def _goes_on(first: Ruled, second: Ruled, head: int, floor: float) -> bool:
    xs, others = first.grid.xs, second.grid.xs
    if len(xs) != len(others) or any(
        abs(x - other) > _SAME_COLUMN for x, other in zip(xs, others, strict=True)
    ):
        return False
    if first.grid.open_bottom or second.grid.open_top:
        return True
    return first.box.bottom + _next_height(second.grid, head) > floor - _ROOM


def _next_height(grid: Grid, head: int) -> float:
    """The height of the first row below the header, with the rows that hang together with it."""
    last = max((cell.row + cell.rows for cell in grid.cells if cell.row == head), default=head + 1)
    last = min(last, len(grid.ys) - 1)
    return grid.ys[last] - grid.ys[min(head, last)]


def _repeated(first: Ruled, second: Ruled) -> int:
    """How many rows at the top of ``second`` are those at the top of ``first``."""
    above, below = _shape(first), _shape(second)
    count = 0
    for row in range(min(len(first.grid.ys), len(second.grid.ys)) - 1):
        if above.get(row) != below.get(row) or not any(
            text for _, _, _, text in above.get(row, [])
        ):
            break
        count += 1
    # A header ends where its cells end.
    while count and any(cell.row < count < cell.row + cell.rows for cell in second.grid.cells):
        count -= 1
    return count


def _shape(table: Ruled) -> dict[int, list[tuple[int, int, int, str]]]:
    rows: dict[int, list[tuple[int, int, int, str]]] = {}
    for cell, text in zip(table.grid.cells, table.texts, strict=True):
        rows.setdefault(cell.row, []).append((cell.column, cell.rows, cell.columns, text))
    return rows


def _floor(sheet: Sheet) -> float:
    """How far down a page is written, page numbers aside."""
    return max((item.box.bottom for item in sheet.items if not _is_number(item)), default=0.0)


def _last_table(sheet: Sheet, following: Sheet) -> Ruled | None:
    for item in reversed(sheet.items):
        if isinstance(item, Ruled):
            return item
        if not _is_running(item, following):
            return None
    return None


def _first_table(sheet: Sheet, following: Sheet) -> Ruled | None:
    for item in following.items:
        if isinstance(item, Ruled):
            return item
        if not _is_running(item, sheet):
            return None
    return None


def _is_number(item: Item) -> bool:
    return isinstance(item, Passage) and _PAGE_NUMBER.fullmatch(item.text) is not None


def _is_running(item: Passage, other: Sheet) -> bool:
    """Whether it is a page number, or printed at the same place of the other page."""
    return _is_number(item) or any(
        isinstance(each, Passage)
        and each.text == item.text
        and abs(each.box.top - item.box.top) < _SAME_COLUMN
        for each in other.items
    )


def joined_rows(above: list[Row], below: list[Row], *, cut: bool) -> list[Row]:
    """The rows of two parts; where the break ``cut`` a row, its halves are one."""
    if not (cut and above and below):
        return above + below
    first, second = above[-1], below[0]
    halves = {cell.column: cell for cell in second.cells}
    if any(
        cell.column in halves and halves[cell.column].colspan != cell.colspan
        for cell in first.cells
    ) or not halves.keys() <= {cell.column for cell in first.cells}:
        return above + below
    cells = tuple(_whole(cell, halves.get(cell.column)) for cell in first.cells)
    return [*above[:-1], evolve(first, cells=cells), *below[1:]]


def _whole(upper: Cell, lower: Cell | None) -> Cell:
    if lower is None or not lower.text:
        return upper
    rows = max(upper.rowspan, lower.rowspan)
    text = joined(upper.text, lower.text)
    shift = len(text) - len(lower.text)
    breaks = (*upper.breaks, len(upper.text), *(spot + shift for spot in lower.breaks))
    return evolve(upper, text=text, rowspan=rows, breaks=breaks)
