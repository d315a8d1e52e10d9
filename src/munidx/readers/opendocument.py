"""The sheets of an OpenDocument spreadsheet: each cell's text stands in the file as printed."""

from collections.abc import Iterator
from typing import Final
from xml.etree import ElementTree as ET

from attrs import define, field

from munidx.errors import SourceError
from munidx.readers.archive import Archive, whole
from munidx.readers.limits import Limits
from munidx.readers.spread import Spread, letters, ranges

__all__ = ["MEDIA_TYPE", "sheets_of"]

MEDIA_TYPE: Final = "application/vnd.oasis.opendocument.spreadsheet"

_NAMES: Final = "{urn:oasis:names:tc:opendocument:xmlns:%s:1.0}"
_TABLE, _TEXT, _STYLE = _NAMES % "table", _NAMES % "text", _NAMES % "style"
_OFFICE: Final = _NAMES % "office"
_GROUPS: Final = {
    f"{_TABLE}{name}" for name in ("table-header-rows", "table-row-group", "table-rows")
}
_UNREAD: Final = {f"{_OFFICE}annotation", f"{_TEXT}ruby-text", f"{_TEXT}note"}


def sheets_of(archive: Archive, limits: Limits) -> Iterator[Spread]:
    """The sheets of the file.

    Raises:
        SourceError: ``document-encrypted``, ``document-damaged``, ``limit-exceeded``.
    """
    if b"encryption-data" in archive.read("META-INF/manifest.xml"):
        raise SourceError("document-encrypted")
    content = archive.xml("content.xml")
    if content is None:
        raise SourceError("document-damaged", form="ODS")
    unseen = {
        style.get(f"{_STYLE}name", "")
        for style in content.iter(f"{_STYLE}style")
        if any(part.get(f"{_TABLE}display") == "false" for part in style)
    }
    before, length = 0, 0
    for table in content.iter(f"{_TABLE}table"):
        sheet = _Sheet(Spread(table.get(f"{_TABLE}name", ""), limits, before), length)
        if table.get(f"{_TABLE}style-name", "") in unseen:
            sheet.spread.hidden.append(sheet.spread.name)
        sheet.take(table, header=False)
        before, length = sheet.spread.size, sheet.length
        yield sheet.spread


@define(eq=False)
class _Sheet:
    spread: Spread
    length: int
    """The characters so far, repeated ones included: a cell may be repeated a million times."""
    row: int = field(default=0, init=False)
    column: int = field(default=0, init=False)

    def take(self, group: ET.Element, *, header: bool) -> None:
        """Take up the rows and columns of the sheet, or of a group of it."""
        for child in group:
            if child.tag in _GROUPS:
                self.take(child, header=header or child.tag.endswith("header-rows"))
            elif child.tag == f"{_TABLE}table-row":
                self._row(child, header=header)
            elif child.tag == f"{_TABLE}table-column":
                self._column(child)
            elif child.tag in {f"{_TABLE}table-columns", f"{_TABLE}table-column-group"}:
                self.take(child, header=header)

    def _column(self, element: ET.Element) -> None:
        count = _count(element, "number-columns-repeated")
        if element.get(f"{_TABLE}visibility", "visible") != "visible":
            numbers = range(self.column + 1, self.column + 1 + min(count, 100))
            self.spread.hidden += [
                f"{self.spread.name}!{told}" for told in ranges(numbers, letters)
            ]
        self.column += count

    def _row(self, element: ET.Element, *, header: bool) -> None:
        told: list[tuple[int, str, int, int]] = []
        column = 0
        for cell in element:
            if cell.tag not in {f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"}:
                continue
            count = _count(cell, "number-columns-repeated")
            text = "\n".join(_text(part) for part in cell if part.tag == f"{_TEXT}p")
            wide = _count(cell, "number-columns-spanned")
            high = _count(cell, "number-rows-spanned")
            if text.strip() or wide > 1 or high > 1:
                self.spread.limits.check("columns", column + count)
                told += [(column + number, text, wide, high) for number in range(count)]
            column += count
        repeated = _count(element, "number-rows-repeated")
        if told:
            self.spread.limits.check("lines", self.row + repeated)
            self.spread.limits.check("cells", repeated * len(told))
            self.length += repeated * sum(len(text) for _, text, _, _ in told)
            self.spread.limits.check("unpacked", self.length)
            for row in range(self.row, self.row + repeated):
                self._put(row, told)
            if header:
                self.spread.headers |= set(range(self.row, self.row + repeated))
            if element.get(f"{_TABLE}visibility", "visible") != "visible":
                numbers = range(self.row + 1, self.row + 1 + repeated)
                self.spread.hidden += [f"{self.spread.name}!{told}" for told in ranges(numbers)]
        self.row += repeated

    def _put(self, row: int, told: list[tuple[int, str, int, int]]) -> None:
        for column, text, wide, high in told:
            self.spread.put(row, column, text)
            self.spread.merge((row, column), (row + high - 1, column + wide - 1))


def _count(element: ET.Element, name: str) -> int:
    return max(1, whole(element.get(f"{_TABLE}{name}", "1"), 1))


def _text(element: ET.Element) -> str:
    """The text of a paragraph: spaces that are counted, tabs and line ends included."""
    parts = [element.text or ""]
    for child in element:
        if child.tag == f"{_TEXT}s":
            parts.append(" " * min(whole(child.get(f"{_TEXT}c", "1"), 1), 1000))
        elif child.tag == f"{_TEXT}tab":
            parts.append("\t")
        elif child.tag == f"{_TEXT}line-break":
            parts.append("\n")
        elif child.tag not in _UNREAD:
            parts.append(_text(child))
        parts.append(child.tail or "")
    return "".join(parts)
