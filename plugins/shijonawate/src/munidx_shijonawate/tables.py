"""The table of projects in HTML and PDF: cells are cells, may span rows, and headers break."""

import re
from itertools import pairwise
from typing import Final

from munidx.adapters import PassReason
from munidx.document import Cell, Table
from munidx.japanese.characters import compact
from munidx_shijonawate.record import Entry, Outline, Piece
from munidx_shijonawate.words import header_roles

__all__ = ["read_table"]

_ORDER: Final = ("number", "title", "category", "target", "units")


def read_table(table: Table, outline: Outline) -> tuple[Entry, ...]:
    """The rows of ``table``; unknown columns and rows go to ``outline`` as leftovers."""
    grid = table.grid()
    height = _header_height(grid)
    roles = _roles(grid[:height], outline)
    if "number" not in roles.values() or "title" not in roles.values():
        for row in table.rows:
            for cell in row.cells:
                for piece in _pieces(cell):
                    outline.skip(piece)
        if table.rows:
            outline.find("MX972", Piece("", table.place), columns=("number", "title"))
        return ()
    missing = tuple(role for role in _ORDER if role not in roles.values())
    if missing:
        outline.find("MX972", Piece("", table.place), columns=missing)
    entries = []
    for line in grid[height:]:
        entry = _entry(line, roles, outline)
        if entry is not None:
            entries.append(entry)
    return tuple(entries)


def _pieces(cell: Cell | None) -> tuple[Piece, ...]:
    """The lines of a cell as the paper cuts them."""
    if cell is None:
        return ()
    ends = {found.start() for found in re.finditer("\n", cell.text)}
    edges = sorted({0, *ends, *cell.breaks, len(cell.text)})
    parts = ((cell.text[start:end].strip(), start) for start, end in pairwise(edges))
    return tuple(
        Piece(text, cell.place, joint=start in cell.breaks) for text, start in parts if text
    )


def _header_height(grid: list[list[Cell | None]]) -> int:
    """How many rows are headers: those up to the last that is marked so or holds only our words."""
    height = 0
    for number, line in enumerate(grid):
        cells = [cell for cell in line if cell is not None and cell.text.strip()]
        told = [header_roles(cell.text) for cell in cells]
        known = [roles for roles in told if roles and not roles[0].startswith("?")]
        if not cells or all(cell.header for cell in cells) or len(known) * 2 > len(cells):
            height = number + 1
        else:
            break
    return height


def _roles(header: list[list[Cell | None]], outline: Outline) -> dict[int, str]:
    """The role of each grid column; a header may be broken over several rows."""
    roles: dict[int, str] = {}
    unknown: list[str] = []
    seen: set[str] = set()
    for column in range(len(header[0]) if header else 0):
        cells = {cell.place: cell for line in header if (cell := line[column]) is not None}
        told = header_roles("".join(compact(cell.text) for cell in cells.values()))
        known = [role for role in told if not role.startswith("?")]
        role = known[0] if known and len(known) == len(told) else ""
        if role and role not in roles.values():
            roles[column] = role
        for cell in cells.values():
            if str(cell.place) in seen:
                continue
            seen.add(str(cell.place))
            for piece in _pieces(cell):
                outline.skip(piece, PassReason.TABLE_HEADER if role else None)
                if not role:
                    unknown.append(piece.text)
    if unknown:
        first = next(cell for line in header for cell in line if cell is not None)
        outline.find("MX971", Piece("", first.place), columns=tuple(unknown))
    return roles


def _entry(line: list[Cell | None], roles: dict[int, str], outline: Outline) -> Entry | None:
    cells, strange = _by_role(line, roles)
    if all(_is_header(pieces) for pieces in cells.values()):
        _skip_all(cells, outline, PassReason.TABLE_HEADER)
        return None
    for piece in strange:
        outline.skip(piece)
    number, category = cells.get("number", ()), cells.get("category", ())
    if not number:
        _skip_all(cells, outline)
        for piece in (piece for pieces in cells.values() for piece in pieces):
            outline.find("MX973", piece, text=piece.text[:40])
        return None
    for piece in (*number[1:], *category[1:]):
        outline.skip(piece)
    return Entry(
        code=number[0],
        title=cells.get("title", ()),
        category=category[0] if category else None,
        target=cells.get("target", ()),
        units=cells.get("units", ()),
    )


def _by_role(
    line: list[Cell | None], roles: dict[int, str]
) -> tuple[dict[str, tuple[Piece, ...]], list[Piece]]:
    """The lines of each known column, and those of cells that stand in none or in several."""
    cells: dict[str, tuple[Piece, ...]] = {}
    strange: list[Piece] = []
    for column, cell in enumerate(line):
        role = roles.get(column, "")
        if cell is not None and cell.colspan > 1 and _spans_roles(cell, roles):
            strange += _pieces(cell) if column == cell.column else ()
        elif role:
            cells[role] = _pieces(cell)
        else:
            strange += _pieces(cell)
    return cells, strange


def _skip_all(
    cells: dict[str, tuple[Piece, ...]], outline: Outline, reason: PassReason | None = None
) -> None:
    for pieces in cells.values():
        for piece in pieces:
            outline.skip(piece, reason)


def _is_header(pieces: tuple[Piece, ...]) -> bool:
    roles = header_roles("".join(piece.text for piece in pieces))
    return all(not role.startswith("?") for role in roles)


def _spans_roles(cell: Cell, roles: dict[int, str]) -> bool:
    covered = range(cell.column, cell.column + cell.colspan)
    return len({roles.get(column, "") for column in covered}) > 1
