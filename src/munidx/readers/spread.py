"""A sheet in the making: texts at addresses, merged cells, what is hidden."""

import functools
import itertools
from collections.abc import Callable, Iterable, Iterator

from attrs import define, field

from munidx.document import Cell, Row, Table
from munidx.place import Place
from munidx.readers.limits import Limits

__all__ = ["Spread", "letters", "ranges"]

_LAST_ROW = 9_999_999


@functools.lru_cache(maxsize=20_000)
def letters(number: int) -> str:
    """The letters of a column, which counts from 1: ``A``, …, ``Z``, ``AA``."""
    name = ""
    while number:
        number, rest = divmod(number - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def ranges(numbers: Iterable[int], name: Callable[[int], str] = str) -> Iterator[str]:
    """Rows or columns as spreadsheets name them, those in a row as one: ``5``, ``7:12``."""
    first = last = 0
    for number in itertools.chain(sorted(set(numbers)), [-1]):
        if first and number != last + 1:
            yield name(first) if first == last else f"{name(first)}:{name(last)}"
            first = 0
        first, last = first or number, number


@define(eq=False)
class Spread:
    """One sheet; rows and columns count from 0.

    Args:
        name: The sheet's name.
        limits: The bounds.
        before: How many cells the sheets before it hold.
    """

    name: str
    limits: Limits
    before: int = 0
    hidden: list[str] = field(factory=list)
    """What of it is hidden: its name, ``施策!5:9`` for rows, ``施策!C`` for columns, ``施策!C5``
    for a cell that a merged one covers."""
    headers: set[int] = field(factory=set)
    """The rows that the file calls headers."""
    _texts: dict[tuple[int, int], str] = field(factory=dict)
    _merged: dict[tuple[int, int], tuple[int, int]] = field(factory=dict)

    @property
    def size(self) -> int:
        """How many cells hold something or are merged, those of the sheets before included."""
        return self.before + len(self._texts) + len(self._merged)

    def put(self, row: int, column: int, text: str) -> None:
        """Set the text of a cell.

        Raises:
            SourceError: ``limit-exceeded``.
        """
        self.limits.check("line_length", len(text))
        self.limits.check("columns", column + 1)
        self.limits.check("lines", row + 1)
        if text.strip():
            self._texts[row, column] = text
            self.limits.check("cells", self.size)

    def merge(self, first: tuple[int, int], last: tuple[int, int]) -> None:
        """Make the cells from ``first`` to ``last`` one."""
        if first <= last and first[1] <= last[1] and last != first:
            self._merged[first] = last
            self.limits.check("cells", self.size)

    def table(self, document: str) -> Table | None:
        """The sheet as a table from its first row that holds something to its last.

        Raises:
            SourceError: ``limit-exceeded``.
        """
        if not self._texts:
            return None
        top, bottom = min(row for row, _ in self._texts), max(row for row, _ in self._texts)
        left, right = min(column for _, column in self._texts), max(c for _, c in self._texts)
        self._tell_covered(bottom, right)
        by_row: dict[int, list[int]] = {}
        for row, column in self._texts.keys() | self._merged.keys():
            if top <= row <= bottom and left <= column <= right:
                by_row.setdefault(row, []).append(column)
        rows = tuple(
            Row(
                cells=tuple(
                    self._cell(document, row, column, (left, bottom))
                    for column in sorted(by_row.get(row, ()))
                ),
                place=self._place(document, (row, left), (row, right)),
            )
            for row in range(top, bottom + 1)
        )
        return Table(rows=rows, place=self._place(document, (top, left), (bottom, right)))

    def _tell_covered(self, bottom: int, right: int) -> None:
        """Tell the cells that hold something below a merged one: nobody sees them."""
        looked = 0
        for first, last in self._merged.items():
            high = min(last[0], bottom) - first[0] + 1
            wide = min(last[1], right) - first[1] + 1
            looked += max(0, min(high * wide, len(self._texts)))
            self.limits.check("cells", looked)
            if high * wide > len(self._texts):
                below = {each for each in self._texts if _within(each, first, last)}
            else:
                area = itertools.product(
                    range(first[0], first[0] + high), range(first[1], first[1] + wide)
                )
                below = self._texts.keys() & area
            for row, column in sorted(below - {first}):
                self.hidden.append(f"{self.name}!{letters(column + 1)}{row + 1}")

    def _cell(self, document: str, row: int, column: int, frame: tuple[int, int]) -> Cell:
        left, bottom = frame
        text, name = self._texts.get((row, column), ""), letters(column + 1)
        place = Place(document=document, sheet=self.name, cell=f"{name}{min(row + 1, _LAST_ROW)}")
        last = self._merged.get((row, column))
        if last is None:
            header = row in self.headers
            return Cell(text=text, place=place, column=column - left, header=header)
        return Cell(
            text=text,
            place=place,
            column=column - left,
            rowspan=min(last[0], bottom) - row + 1,
            colspan=min(last[1] - column + 1, self.limits.span),
            header=row in self.headers,
        )

    def _place(self, document: str, first: tuple[int, int], last: tuple[int, int]) -> Place:
        cell = f"{letters(first[1] + 1)}{min(first[0] + 1, _LAST_ROW)}"
        if last != first:
            cell += f":{letters(last[1] + 1)}{min(last[0] + 1, _LAST_ROW)}"
        return Place(document=document, sheet=self.name, cell=cell)


def _within(place: tuple[int, int], first: tuple[int, int], last: tuple[int, int]) -> bool:
    return first[0] <= place[0] <= last[0] and first[1] <= place[1] <= last[1]
