"""From ruled lines to the cells of tables: geometry alone, of no file format in particular.

Lines that touch are one frame. The frame's grid is made of the places of its lines; where no
line parts two neighbours of the grid they are one cell, so that merged cells get their spans
from the edges that are drawn. Nothing is guessed: a dotted rule parts no cells (it is told), and
what stands within no closed cell stands outside of the table. Two forms are closed by the ends of
their lines: tables without rules at their left and right, and tables that a page's end cut.

Coordinates are points; y grows downwards.
"""

import itertools
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Final

from attrs import define, field, frozen

from munidx.document import Box

__all__ = ["Grid", "GridCell", "Rule", "Rules", "grids"]

_NEAR: Final = 0.8
"""Rules of one line differ by no more; makers round each piece."""
_TOUCH: Final = 2.5
"""How far the end of a rule may miss the rule that it meets: half the width of thick ones."""
_SAME: Final = 3.0
"""Double rules are one: no row of text is as low."""
_DOT: Final = 6.0
_DOTS: Final = 4
_FILLED: Final = 0.85
_BEYOND: Final = 5.0
"""How far rules run past the outermost upright before a column without a side begins."""
_OPEN_SIDES: Final = 2


@frozen
class Rule:
    """A straight rule: its place across (y of a level one, x of an upright), its two ends."""

    at: float
    start: float
    end: float


@define(eq=False)
class Rules:
    """The rules of a page."""

    level: list[Rule] = field(factory=list)
    upright: list[Rule] = field(factory=list)
    dotted: list[Box] = field(factory=list)
    """Where dotted rules run."""


@frozen
class GridCell:
    """A cell of a grid: where it begins, how far it reaches, where it stands."""

    row: int
    column: int
    rows: int
    columns: int
    box: Box


@frozen(eq=False)
class Grid:
    """A table's frame: the lines of its grid and its cells, row by row."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    cells: tuple[GridCell, ...]
    open_top: bool
    """Whether the uprights run out of its top: the page's beginning cuts it."""
    open_bottom: bool
    uneven: bool
    """Whether some region within is no rectangle, and was cut into such."""

    @property
    def box(self) -> Box:
        """The frame around all."""
        return Box(self.xs[0], self.ys[0], self.xs[-1], self.ys[-1])


def grids(rules: Rules, most: int) -> list[Grid]:
    """The grids that ``rules`` draw, from the top; dots among the rules are told in ``rules``.

    Raises:
        OverflowError: They have more than ``most`` lines or positions.
    """
    level = list(_merged(rules.level, rules.dotted, upright=False))
    upright = list(_merged(rules.upright, rules.dotted, upright=True))
    found: list[Grid] = []
    for rows, columns in _frames(level, upright, most):
        grid = _grid(rows, columns, most)
        if grid and grid.cells:
            found.append(grid)
    return sorted(found, key=lambda grid: (grid.ys[0], grid.xs[0]))


def _merged(rules: list[Rule], dotted: list[Box], *, upright: bool) -> Iterator[Rule]:
    """Rules whose pieces lie on one line and touch, as one; dots are no rules."""
    for line in _clusters(sorted(rules, key=lambda rule: rule.at)):
        line.sort(key=lambda rule: rule.start)
        at = sum(rule.at for rule in line) / len(line)
        whole = [rule for rule in line if rule.end - rule.start >= _DOT]
        for run in _runs([rule for rule in line if rule.end - rule.start < _DOT]):
            start, end = run[0].start, max(rule.end for rule in run)
            if _is_dotted(run, end):
                dotted.append(Box(at, start, at, end) if upright else Box(start, at, end, at))
            else:
                whole += run
        whole.sort(key=lambda rule: rule.start)
        for run in _runs(whole):
            yield Rule(at, run[0].start, max(rule.end for rule in run))


def _clusters(rules: list[Rule]) -> Iterator[list[Rule]]:
    line: list[Rule] = []
    for rule in rules:
        if line and rule.at - line[-1].at > _NEAR:
            yield line
            line = []
        line.append(rule)
    if line:
        yield line


def _runs(line: list[Rule]) -> Iterator[list[Rule]]:
    run: list[Rule] = []
    end = 0.0
    for rule in line:
        if run and rule.start - end > _TOUCH:
            yield run
            run = []
        end = max(end, rule.end) if run else rule.end
        run.append(rule)
    if run:
        yield run


def _is_dotted(run: list[Rule], end: float) -> bool:
    """Whether short pieces leave gaps."""
    if len(run) < _DOTS:
        return False
    drawn = 0.0
    reach = run[0].start
    for rule in run:
        drawn += max(0.0, rule.end - max(rule.start, reach))
        reach = max(reach, rule.end)
    return drawn < _FILLED * (end - run[0].start)


def _frames(
    level: list[Rule], upright: list[Rule], most: int
) -> Iterator[tuple[list[Rule], list[Rule]]]:
    """The rules that touch each other, frame by frame; rules that touch none are no frame."""
    upright = sorted(upright, key=lambda rule: rule.at)
    ats = [rule.at for rule in upright]
    parent = list(range(len(level) + len(upright)))
    steps = 0
    for number, row in enumerate(level):
        first = bisect_left(ats, row.start - _TOUCH)
        last = bisect_right(ats, row.end + _TOUCH)
        steps += last - first
        if steps > most:
            raise OverflowError
        for other in range(first, last):
            column = upright[other]
            if column.start - _TOUCH <= row.at <= column.end + _TOUCH:
                _join(parent, number, len(level) + other)
    frames: dict[int, tuple[list[Rule], list[Rule]]] = defaultdict(lambda: ([], []))
    for number, rule in enumerate(level):
        frames[_root(parent, number)][0].append(rule)
    for number, rule in enumerate(upright, len(level)):
        frames[_root(parent, number)][1].append(rule)
    return (frame for frame in frames.values() if frame[0] and frame[1])


def _root(parent: list[int], node: int) -> int:
    while parent[node] != node:
        parent[node] = parent[parent[node]]
        node = parent[node]
    return node


def _join(parent: list[int], first: int, second: int) -> None:
    parent[_root(parent, first)] = _root(parent, second)


def _lines(values: Iterable[float]) -> list[float]:
    """The distinct places among ``values``; those closer than a double rule are one."""
    groups: list[list[float]] = []
    for value in sorted(values):
        if groups and value - groups[-1][0] <= _SAME:
            groups[-1].append(value)
        else:
            groups.append([value])
    return [sum(group) / len(group) for group in groups]


def _grid(level: list[Rule], upright: list[Rule], most: int) -> Grid | None:
    xs = _lines(rule.at for rule in upright)
    ys = _lines(rule.at for rule in level)
    left, right = min(rule.start for rule in level), max(rule.end for rule in level)
    top, bottom = min(rule.start for rule in upright), max(rule.end for rule in upright)
    xs = [left] * (left < xs[0] - _BEYOND) + xs + [right] * (right > xs[-1] + _BEYOND)
    open_top, open_bottom = top < ys[0] - _BEYOND, bottom > ys[-1] + _BEYOND
    ys = [top] * open_top + ys + [bottom] * open_bottom
    if len(xs) < 2 or len(ys) < 2:  # noqa: PLR2004 - two lines bound a cell
        return None
    if (len(xs) - 1) * (len(ys) - 1) > most:
        raise OverflowError
    edges = _Edges(xs, ys, level, upright)
    cells, uneven = edges.cells()
    return Grid(tuple(xs), tuple(ys), tuple(cells), open_top, open_bottom, uneven)


@define(eq=False)
class _Edges:
    """Which edges of a grid are drawn."""

    xs: list[float]
    ys: list[float]
    level: list[Rule]
    upright: list[Rule]
    above: set[tuple[int, int]] = field(factory=set, init=False)
    """(row, column): a rule runs along the upper edge of this position."""
    before: set[tuple[int, int]] = field(factory=set, init=False)

    def __attrs_post_init__(self) -> None:
        for rule in self.level:
            row = _nearest(self.ys, rule.at)
            self.above |= {(row, column) for column in _covered(self.xs, rule)}
        for rule in self.upright:
            column = _nearest(self.xs, rule.at)
            self.before |= {(row, column) for row in _covered(self.ys, rule)}

    def cells(self) -> tuple[list[GridCell], bool]:
        """The closed regions as cells, and whether one had to be cut."""
        found: list[tuple[int, int, int, int]] = []
        uneven = False
        for region in self._regions():
            if self._open_sides(region) >= _OPEN_SIDES:
                continue
            pieces = list(_rectangles(region))
            uneven = uneven or len(pieces) > 1
            found += pieces
        xs, ys = self.xs, self.ys
        return [
            GridCell(
                top,
                left,
                bottom - top + 1,
                right - left + 1,
                Box(xs[left], ys[top], xs[right + 1], ys[bottom + 1]),
            )
            for top, left, bottom, right in sorted(found)
        ], uneven

    def _regions(self) -> Iterator[set[tuple[int, int]]]:
        rows, columns = len(self.ys) - 1, len(self.xs) - 1
        seen: set[tuple[int, int]] = set()
        for start in itertools.product(range(rows), range(columns)):
            if start in seen:
                continue
            region = {start}
            waiting = [start]
            while waiting:
                row, column = waiting.pop()
                for near, edge in (
                    ((row - 1, column), (row, column) in self.above),
                    ((row + 1, column), (row + 1, column) in self.above),
                    ((row, column - 1), (row, column) in self.before),
                    ((row, column + 1), (row, column + 1) in self.before),
                ):
                    inside = 0 <= near[0] < rows and 0 <= near[1] < columns
                    if inside and not edge and near not in region:
                        region.add(near)
                        waiting.append(near)
            seen |= region
            yield region

    def _open_sides(self, region: set[tuple[int, int]]) -> int:
        """At how many sides of the frame ``region`` has no edge."""
        rows, columns = len(self.ys) - 1, len(self.xs) - 1
        return (
            any((0, column) not in self.above for row, column in region if row == 0)
            + any((rows, column) not in self.above for row, column in region if row == rows - 1)
            + any((row, 0) not in self.before for row, column in region if column == 0)
            + any(
                (row, columns) not in self.before for row, column in region if column == columns - 1
            )
        )


def _nearest(lines: list[float], at: float) -> int:
    spot = bisect_left(lines, at)
    around = [number for number in (spot - 1, spot) if 0 <= number < len(lines)]
    return min(around, key=lambda number: abs(lines[number] - at))


def _covered(lines: list[float], rule: Rule) -> Iterator[int]:
    """The stretches between ``lines`` whose middle the rule covers."""
    for number, (start, end) in enumerate(itertools.pairwise(lines)):
        if rule.start <= (start + end) / 2 <= rule.end:
            yield number


def _rectangles(region: set[tuple[int, int]]) -> Iterator[tuple[int, int, int, int]]:
    """``region`` cut into rectangles from the top: (top, left, bottom, right)."""
    left = set(region)
    while left:
        top, first = min(left)
        last = first
        while (top, last + 1) in left:
            last += 1
        bottom = top
        while all((bottom + 1, column) in left for column in range(first, last + 1)):
            bottom += 1
        left -= set(itertools.product(range(top, bottom + 1), range(first, last + 1)))
        yield top, first, bottom, last
