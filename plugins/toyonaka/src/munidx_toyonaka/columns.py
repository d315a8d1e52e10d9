"""The tables' columns, known by their header words and never by their number.

The form sets its head in up to three rows, over as many columns as the page needed: 4, 7 or 13.
Where the issues' head stands below that of the results (they share the merged head 実績), the
issues themselves still stand to the right of the results.
"""

import re
from collections.abc import Mapping
from typing import Final

from attrs import define, field

from munidx.document import Cell, Row
from munidx.japanese.characters import compact

__all__ = ["Columns", "header_of", "word_of"]

_LONGEST: Final = 40  # characters of a header cell
_NUMBER: Final = re.compile(r"(?:No|NO|no|№|番号)\.?")
_GROUPS: Final = re.compile(r"(?:当年度目標|中期目標)(?:\(.*\))?|実績")
_FIELDS: Final[Mapping[str, re.Pattern[str]]] = {
    "no": _NUMBER,
    "group": _GROUPS,
    "results": re.compile(r"取り?組み?を行った内容.*|取り?組み?内容・成果|成果"),
    "plan": re.compile(r"取り?組み?(?:事項|内容|項目).*"),
    "schedule": re.compile(r"(?:スケジュール|工程).*"),
    "outlook": re.compile(r"課題[・及びと、]*(?:今後の)?方向性"),
    "issues": re.compile(r"課題"),
    "next": re.compile(r"今後の(?:方向性|取り?組み?)"),
}


def word_of(cell: Cell) -> str:
    """The text of a short cell without its white space; ``""`` for one too long for a word."""
    return compact(cell.text) if len(cell.text) <= _LONGEST * 2 else ""


def header_of(row: Row) -> dict[int, str]:
    """The grid columns of a header row and the field that each heads.

    Empty where the row is no header. A cell whose word the form does not have is headed ``""``.
    """
    found: dict[int, str] = {}
    for cell in row.cells:
        if not cell.text.strip():
            continue
        word = word_of(cell)
        if not word or len(word) > _LONGEST or "<" in word:
            return {}
        names = (name for name, pattern in _FIELDS.items() if pattern.fullmatch(word))
        found[cell.column] = next(names, "")
    return found if any(found.values()) else {}


@define
class Columns:
    """Which field stands in which column of the table that is being read."""

    fields: dict[int, str] = field(factory=dict)
    unknown: dict[int, str] = field(factory=dict)
    """Columns that the form does not have, with their words."""
    stacked: bool = False
    """Whether the issues' head stands below the results' and not beside it."""

    def add(self, header: Mapping[int, str], row: Row) -> None:
        """Take up one more row of the head."""
        fresh = {column: name for column, name in header.items() if name and name != "group"}
        late = {"outlook", "issues", "next"} & set(fresh.values())
        results = self.column("results")
        if late and results is not None and set(fresh.values()) <= {"outlook", "issues", "next"}:
            self.stacked = min(fresh) <= results
        for column, name in fresh.items():
            if not (self.stacked and column in self.fields):
                self.fields[column] = name
        words = {cell.column: cell.text.strip() for cell in row.cells}
        self.unknown |= {column: words[column] for column, name in header.items() if not name}

    def column(self, name: str) -> int | None:
        """The column that ``name`` heads."""
        return next((column for column, told in self.fields.items() if told == name), None)

    @property
    def is_mid(self) -> bool:
        """Whether it is the head of the mid-term goals."""
        return self.column("schedule") is not None and self.column("results") is None

    @property
    def known(self) -> bool:
        """Whether it is a head of goals at all."""
        return self.column("plan") is not None

    def field_of(self, cell: Cell) -> str:
        """The field in whose column ``cell`` stands; ``""`` for a column of no field."""
        column = cell.column
        if column in self.unknown:
            return ""
        results = self.column("results")
        if self.stacked and results is not None and column > results:
            return self._beside()
        before = [told for told in (*self.fields, *self.unknown) if told <= column]
        return self.fields.get(max(before), "") if before else ""

    def _beside(self) -> str:
        late = {"outlook", "issues", "next"}
        return next((name for name in self.fields.values() if name in late), "outlook")
