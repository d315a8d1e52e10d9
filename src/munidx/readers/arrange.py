"""From what a page draws to what is read on it: tables and passages in reading order.

Letters go into the cell, box or open page that they stand in. A box of one cell is a frame
around text, no table; a table within a cell is text of that cell, row by row; a table in which
nothing is written (a chart's grid) is none. Passages stand from top to bottom, columns of
running text one after the other.
"""

import math
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final, TypeAlias

from attrs import define, field, frozen

from munidx.document import Box
from munidx.japanese.characters import without_radicals
from munidx.readers.drawing import Drawing
from munidx.readers.lattice import Grid, grids
from munidx.readers.letters import (
    BEGINS,
    Letter,
    TextLine,
    cell_text,
    goes_on,
    joined,
    merged,
    rows_of,
)
from munidx.readers.limits import Limits
from munidx.readers.text import is_item

__all__ = ["Arrangement", "Item", "Passage", "Ruled", "arrange"]

_COLUMN_GAP: Final = 1.5
"""Of a letter's height: the least gutter between columns."""
_COLUMN_LINES: Final = 4
_MOST_LINES: Final = 300
"""Pages have fewer; a bound on work for those that have not."""
_COLUMN_LETTERS: Final = 8
"""Columns hold running text: so many letters in a line, on the average."""
_PITCH: Final = 2.1
"""Lines of one paragraph are no further apart, from top to top, in letters' heights."""
_WIDER: Final = 1.2
"""So many times further away than the page's lines are, a line begins a paragraph."""
_LIKE: Final = 0.15
_INDENT: Final = 0.6
_HANGING: Final = 3.0
_PADDING: Final = 10.0
"""Points by which the text's right edge may fall short of the margin."""


@frozen(eq=False)
class Passage:
    """A paragraph or an item of a list."""

    text: str
    box: Box

    @property
    def is_item(self) -> bool:
        """Whether it begins with a bullet."""
        return is_item(self.text)


@frozen(eq=False)
class Ruled:
    """A table: its grid and the text of each of its cells."""

    grid: Grid
    texts: tuple[str, ...]
    breaks: tuple[tuple[int, ...], ...]
    """For each cell, where in its text lines are joined."""

    @property
    def box(self) -> Box:
        """Where it stands."""
        return self.grid.box


Item: TypeAlias = Passage | Ruled


@define(eq=False)
class Arrangement:
    """What is read on a page, and what could not be."""

    items: list[Item] = field(factory=list)
    crowded: bool = False
    """Whether there are too many rules to look for tables (a map, a drawing)."""


@define(eq=False)
class _Area:
    """The page, a frame or a cell: what stands in it."""

    box: Box
    letters: list[Letter] = field(factory=list)
    tables: list["_Framed"] = field(factory=list)
    frames: list["_Area"] = field(factory=list)


@define(eq=False)
class _Framed:
    """A grid with the areas of its cells, by its positions."""

    grid: Grid
    areas: list[_Area]
    spots: list[list[_Area | None]]

    @classmethod
    def of(cls, grid: Grid) -> "_Framed":
        areas = [_Area(cell.box) for cell in grid.cells]
        spots: list[list[_Area | None]] = [
            [None] * (len(grid.xs) - 1) for _ in range(len(grid.ys) - 1)
        ]
        for cell, area in zip(grid.cells, areas, strict=True):
            for row in spots[cell.row : cell.row + cell.rows]:
                row[cell.column : cell.column + cell.columns] = [area] * cell.columns
        return cls(grid, areas, spots)

    def find(self, x: float, y: float) -> _Area | None:
        """The area that the point stands in."""
        xs, ys = self.grid.xs, self.grid.ys
        if not (xs[0] <= x < xs[-1] and ys[0] <= y < ys[-1]):
            return None
        return self.spots[bisect_right(ys, y) - 1][bisect_right(xs, x) - 1]


def arrange(drawing: Drawing, limits: Limits) -> Arrangement:
    """What is read on a page that draws ``drawing``."""
    made = Arrangement()
    try:
        found = grids(drawing.rules, limits.cells)
    except OverflowError:
        found, made.crowded = [], True
    framed = sorted((_Framed.of(grid) for grid in found), key=lambda each: _area(each.grid.box))
    page = _Area(Box(0.0, 0.0, drawing.width, drawing.height))
    _spread(drawing.letters, framed, page)
    for number, each in enumerate(framed):
        box = each.grid.box
        middle = (box.left + box.right) / 2, (box.top + box.bottom) / 2
        around = (other.find(*middle) for other in framed[number + 1 :])
        area = next((area for area in around if area is not None), page)
        if len(each.areas) == 1:
            area.frames.append(each.areas[0])
        else:
            area.tables.append(each)
    made.items += _items(page, drawing)
    return made


def _area(box: Box) -> float:
    return (box.right - box.left) * (box.bottom - box.top)


def _spread(letters: Sequence[Letter], framed: Sequence[_Framed], page: _Area) -> None:
    """Give each letter to the smallest area around its middle."""
    area, box, certain = page, page.box, False
    for letter in letters:
        x, y = (letter[1] + letter[3]) / 2, (letter[2] + letter[4]) / 2
        if not (certain and box.left <= x < box.right and box.top <= y < box.bottom):
            spots = (each.find(x, y) for each in framed)
            area = next((spot for spot in spots if spot is not None), page)
            box = area.box
            # A cell with nothing smaller in it keeps the letters that follow.
            certain = area is not page and not any(
                _within(each.grid.box, box) for each in framed if each.grid.box != box
            )
        area.letters.append(letter)


def _within(inner: Box, outer: Box) -> bool:
    return (
        outer.left <= inner.left
        and inner.right <= outer.right
        and outer.top <= inner.top
        and inner.bottom <= outer.bottom
    )


def _items(area: _Area, drawing: Drawing) -> list[Item]:
    """The passages and tables of the page or a frame, in reading order."""
    blocks: list[tuple[Box, list[Item]]] = []
    for table in area.tables:
        cells = [_text(cell, drawing) for cell in table.areas]
        texts, breaks = tuple(text for text, _ in cells), tuple(breaks for _, breaks in cells)
        if any(texts):
            blocks.append((table.grid.box, [Ruled(table.grid, texts, breaks)]))
    for frame in area.frames:
        inside = _items(frame, drawing)
        if inside:
            blocks.append((frame.box, inside))
    blocks.sort(key=lambda block: (block[0].top, block[0].left))
    edges = _edges(area, blocks)
    found: list[Item] = []
    waiting: list[list[TextLine]] = []
    for row in rows_of(area.letters, _COLUMN_GAP):
        top = row[0].box.top
        while blocks and blocks[0][0].top < top:
            found += _passages(waiting, edges)
            waiting = []
            found += blocks.pop(0)[1]
        waiting.append(row)
    found += _passages(waiting, edges)
    return found + [item for _, items in blocks for item in items]


def _text(area: _Area, drawing: Drawing) -> tuple[str, tuple[int, ...]]:
    """The text of a cell, with the rows of the tables and the frames that it holds.

    And where in it lines are joined.
    """
    if not (area.tables or area.frames):
        text, breaks = cell_text(area.letters, area.box, drawing.angle)
        return without_radicals(text), breaks
    lines = []
    for item in _items(area, drawing):
        if isinstance(item, Passage):
            lines.append(item.text)
            continue
        rows: dict[int, list[str]] = {}
        for cell, text in zip(item.grid.cells, item.texts, strict=True):
            rows.setdefault(cell.row, []).append(text.replace("\n", " "))
        lines += ["\t".join(row) for row in rows.values()]
    return "\n".join(lines), ()


def _edges(area: _Area, blocks: Sequence[tuple[Box, list[Item]]]) -> tuple[float, float]:
    """Between which edges running text stands; how wide a page's margins are nobody says.

    They are alike at both sides; text that leaves much more room at the right than at the left
    fills no line.
    """
    lefts = [letter[1] for letter in area.letters] + [box.left for box, _ in blocks]
    rights = [letter[3] for letter in area.letters] + [box.right for box, _ in blocks]
    if not lefts:
        return area.box.left, area.box.right
    left, right = min(lefts), max(rights)
    margin = left - area.box.left
    return left, max(right, area.box.right - margin - _PADDING)


def _passages(rows: Sequence[list[TextLine]], edges: tuple[float, float]) -> list[Item]:
    """The paragraphs of rows of text, columns one after the other."""
    found: list[Item] = []
    start = 0
    while start < len(rows):
        end, gutter = _column_rows(rows, start)
        if end:
            parts = [part for row in rows[start:end] for part in row]
            for side in (
                [part for part in parts if part.box.right <= gutter],
                [part for part in parts if part.box.left >= gutter],
            ):
                found += _paragraphs(side, _sides(side))
            start = end
            continue
        plain = start
        while start < len(rows) and not (_column_rows(rows, start)[0]):
            start += 1
        found += _paragraphs([merged(row) for row in rows[plain:start]], edges)
    return found


def _sides(lines: Sequence[TextLine]) -> tuple[float, float]:
    return min(line.box.left for line in lines), max(line.box.right for line in lines)


def _column_rows(rows: Sequence[list[TextLine]], start: int) -> tuple[int, float]:
    """Where two columns that begin at ``start`` end, and their gutter; 0 where none begin."""
    if len(rows[start]) != 2:  # noqa: PLR2004 - two columns
        return 0, 0.0
    low, high = rows[start][0].box.right, rows[start][1].box.left
    end = start
    both: list[list[TextLine]] = []
    for row in rows[start : start + _MOST_LINES]:
        narrowed = _narrowed(row, low, high)
        if narrowed is None:
            break
        low, high = narrowed
        end += 1
        if len(row) > 1:
            both.append(row)
    if len(both) < _COLUMN_LINES:
        return 0, 0.0
    letters = min(sum(len(row[side].text) for row in both) for side in (0, 1))
    if letters < _COLUMN_LETTERS * len(both):
        return 0, 0.0
    return end, (low + high) / 2


def _narrowed(row: list[TextLine], low: float, high: float) -> tuple[float, float] | None:
    """The gutter between ``low`` and ``high`` as far as ``row`` leaves it free."""
    gaps = [(-1e9, row[0].box.left), (row[-1].box.right, 1e9)]
    gaps += [(before.box.right, after.box.left) for before, after in pairwise(row)]
    for left, right in gaps:
        free = max(low, left), min(high, right)
        if free[1] - free[0] >= row[0].size:
            return free
    return None


def _paragraphs(lines: Sequence[TextLine], edges: tuple[float, float]) -> Iterator[Item]:
    """Lines that end for want of room, with those that they go on in, as paragraphs."""
    usual = _pitches(lines, edges)
    held: list[TextLine] = []
    for line in lines:
        if held and not (
            _is_next(held, line, edges)
            and _pitch(held[-1], line) <= _WIDER * usual.get(round(held[-1].size), math.inf)
        ):
            yield _passage(held)
            held = []
        held.append(line)
    if held:
        yield _passage(held)


def _pitches(lines: Sequence[TextLine], edges: tuple[float, float]) -> dict[int, float]:
    """How close lines of one paragraph stand, by the size of their letters."""
    usual: dict[int, float] = {}
    for before, line in pairwise(lines):
        if _is_next([before], line, edges):
            size = round(before.size)
            usual[size] = min(usual.get(size, math.inf), _pitch(before, line))
    return usual


def _pitch(before: TextLine, line: TextLine) -> float:
    return line.box.top - before.box.top


def _is_next(held: list[TextLine], line: TextLine, edges: tuple[float, float]) -> bool:
    before = held[-1]
    size = before.size
    indent = line.box.left - before.box.left
    hanging = len(held) == 1 and BEGINS.match(before.text) is not None
    return (
        abs(line.size - size) < _LIKE * size
        and _pitch(before, line) < _PITCH * size
        and -_HANGING * size < indent < (_HANGING if hanging else _INDENT) * size
        and not line.text.startswith("\u3000")
        and goes_on(before, line, *edges)
    )


def _passage(lines: list[TextLine]) -> Passage:
    text = lines[0].text
    for line in lines[1:]:
        text = joined(text, line.text)
    left, right = _sides(lines)
    box = Box(left, lines[0].box.top, right, lines[-1].box.bottom)
    return Passage(without_radicals(text), box)
