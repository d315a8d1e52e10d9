"""A sheet in the making: texts at addresses, merged cells, what is hidden."""

from attrs import define, field

from munidx.document import Cell, Row, Table
from munidx.place import Place
from munidx.readers.limits import Limits

__all__ = ["Spread", "letters"]

_LAST_ROW = 9_999_999


def letters(number: int) -> str:
    """The letters of a column, which counts from 1: ``A``, …, ``Z``, ``AA``."""
    name = ""
    while number:
        number, rest = divmod(number - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


@define(eq=False)
class Spread:
    """One sheet; rows and columns count from 0.

    Args:
        name: The sheet's name.
        limits: The bounds.
    """

    name: str
    limits: Limits
    hidden: list[str] = field(factory=list)
    """What of it is hidden: its name, ``施策!5`` for rows, ``施策!C`` for columns."""
    headers: set[int] = field(factory=set)
    """The rows that the file calls headers."""
    _texts: dict[tuple[int, int], str] = field(factory=dict)
    _merged: dict[tuple[int, int], tuple[int, int]] = field(factory=dict)

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
            self.limits.check("cells", len(self._texts))

    def merge(self, first: tuple[int, int], last: tuple[int, int]) -> None:
        """Make the cells from ``first`` to ``last`` one."""
        if first <= last and first[1] <= last[1] and last != first:
            self._merged[first] = last
            self.limits.check("cells", len(self._merged))

    def table(self, document: str) -> Table | None:
        """The sheet as a table from its first row that holds something to its last."""
        if not self._texts:
            return None
        top, bottom = min(row for row, _ in self._texts), max(row for row, _ in self._texts)
        left, right = min(column for _, column in self._texts), max(c for _, c in self._texts)
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

    def _cell(self, document: str, row: int, column: int, frame: tuple[int, int]) -> Cell:
        left, bottom = frame
        last = self._merged.get((row, column), (row, column))
        return Cell(
            text=self._texts.get((row, column), ""),
            place=self._place(document, (row, column), (row, column)),
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
