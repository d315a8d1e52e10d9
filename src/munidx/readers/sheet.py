"""Spreadsheets: .xlsx and .xls by calamine, .ods by a walk of our own; a table for each sheet.

Every cell that holds something stands at its address (``施策!B7``; a merged one at that of its
upper left corner), its text as the sheet prints it (:mod:`munidx.readers.printed`). Hidden sheets,
rows and columns are read like the others, and told. Nothing is computed: of a formula the value is
taken that the file holds. Macros and references to elsewhere are never looked at.
"""

import hashlib
import io
import re
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Final

import python_calamine as calamine
from attrs import define, field

from munidx.document import Publication, Source
from munidx.errors import SourceError
from munidx.findings import Finding, Severity
from munidx.model import Document
from munidx.place import Location
from munidx.readers.archive import Archive
from munidx.readers.limits import DEFAULT, Limits
from munidx.readers.opendocument import MEDIA_TYPE as OPEN_DOCUMENT
from munidx.readers.opendocument import sheets_of
from munidx.readers.printed import FORMATS, printed
from munidx.readers.spread import Spread, letters

__all__ = ["read"]

_XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_XLS: Final = "application/vnd.ms-excel"
_SECTOR: Final = 4096
_MAIN: Final = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATION: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_CELL: Final = re.compile(rb"<(?:\w+:)?c\b([^>]{0,400})>(?:<(?:\w+:)?v>(\d{1,9})</)?")
_AT: Final = re.compile(rb"\br\s*=\s*[\"']([A-Za-z]{1,3})(\d{1,7})[\"']")
_STYLE: Final = re.compile(rb"\bs\s*=\s*[\"'](\d{1,6})[\"']")
_SHARED: Final = re.compile(rb"\bt\s*=\s*[\"']s[\"']")
_HIDDEN: Final = re.compile(rb"\bhidden\s*=\s*[\"'](?:1|true)[\"']")
_ROW: Final = re.compile(rb"<(?:\w+:)?row\b([^>]{0,400})>")
_COLUMN: Final = re.compile(rb"<(?:\w+:)?col\b([^>]{0,400})>")
_NUMBER: Final = re.compile(rb"\b(r|min|max)\s*=\s*[\"'](\d{1,7})[\"']")


def read(source: Source, limits: Limits = DEFAULT) -> Publication:
    """Read a spreadsheet.

    Raises:
        SourceError: ``document-encrypted``, ``document-damaged``, ``limit-exceeded``.
    """
    if source.data.startswith(b"PK"):
        archive = Archive.open(source.data, limits)
        if "xl/workbook.xml" in archive.names:
            media_type, spreads = _XLSX, _modern(source.data, archive, limits)
        else:
            media_type, spreads = OPEN_DOCUMENT, list(sheets_of(archive, limits))
    else:
        # Cut short within a sector, calamine runs over the end.
        whole = source.data + bytes(-len(source.data) % _SECTOR)
        media_type, spreads = _XLS, list(_sheets(whole, {}, limits))
    document = Document(
        name=source.name, sha256=hashlib.sha256(source.data).hexdigest(), media_type=media_type
    )
    tables = tuple(table for spread in spreads if (table := spread.table(source.name)) is not None)
    hidden = tuple(told for spread in spreads for told in spread.hidden)
    where = Location(document=source.name)
    findings = (
        (Finding(code="MX918", severity=Severity.INFO, params={"hidden": hidden}, location=where),)
        if hidden
        else ()
    )
    return Publication(documents=(document,), blocks=tables, findings=findings)


@define(eq=False)
class _Facts:
    """What the XML of a sheet says beside its values."""

    styles: dict[tuple[int, int], int] = field(factory=dict)
    hidden: list[str] = field(factory=list)


def _modern(data: bytes, archive: Archive, limits: Limits) -> list[Spread]:
    """The sheets of an .xlsx: first weighed, then read."""
    formats = _formats(archive)
    facts: dict[str, tuple[_Facts, list[str]]] = {}
    lengths = _lengths(archive.read("xl/sharedStrings.xml"))
    shared = 0
    for name, part in _parts(archive):
        told, size = _weigh(archive.read(part), name, lengths, limits)
        shared += size
        limits.check("unpacked", shared)
        facts[name] = (told, formats)
    return list(_sheets(data, facts, limits))


def _parts(archive: Archive) -> Iterator[tuple[str, str]]:
    """The names of the sheets and of the parts that hold them."""
    book = archive.xml("xl/workbook.xml")
    relations = archive.xml("xl/_rels/workbook.xml.rels")
    targets = {each.get("Id", ""): each.get("Target", "") for each in (relations or ())}
    for sheet in book.iter(f"{_MAIN}sheet") if book is not None else ():
        target = targets.get(sheet.get(_RELATION, ""), "")
        part = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        yield sheet.get("name", ""), part


def _formats(archive: Archive) -> list[str]:
    """The number format of each style of cells."""
    styles = archive.xml("xl/styles.xml")
    if styles is None:
        return []
    told = {
        each.get("numFmtId", ""): each.get("formatCode", "")
        for each in styles.iter(f"{_MAIN}numFmt")
    }
    used = styles.find(f"{_MAIN}cellXfs")
    return [
        told.get(number) or FORMATS.get(int(number) if number.isdigit() else 0, "")
        for number in (each.get("numFmtId", "0") for each in (used if used is not None else ()))
    ]


def _lengths(strings: bytes) -> list[int]:
    """How long each of the strings is that cells share."""
    starts = [found.start() for found in re.finditer(rb"<(?:\w+:)?si[\s>/]", strings)]
    return [end - start for start, end in pairwise([*starts, len(strings)])]


def _weigh(data: bytes, name: str, lengths: list[int], limits: Limits) -> tuple[_Facts, int]:
    """What a sheet says, and how long the shared strings of its cells are together.

    Raises:
        SourceError: ``limit-exceeded``: its cells lie so far apart that it fills no memory.
    """
    facts = _Facts()
    right, bottom, size = 0, 0, 0
    for found in _CELL.finditer(data):
        attributes, index = found.groups()
        if index and _SHARED.search(attributes) and int(index) < len(lengths):
            size += lengths[int(index)]
        at = _AT.search(attributes)
        if at is None:
            continue
        column, row = _number(at[1].decode().upper()), int(at[2])
        right, bottom = max(right, column), max(bottom, row)
        style = _STYLE.search(attributes)
        if style:
            facts.styles[row - 1, column - 1] = int(style[1])
    limits.check("columns", right)
    limits.check("cells", right * bottom)
    facts.hidden += [f"{name}!{number}" for number in _hidden_rows(data)]
    facts.hidden += [f"{name}!{letters(number)}" for number in _hidden_columns(data, right)]
    return facts, size


def _hidden_rows(data: bytes) -> Iterator[int]:
    for found in _ROW.finditer(data):
        if _HIDDEN.search(found[1]):
            numbers = dict(_NUMBER.findall(found[1]))
            if b"r" in numbers:
                yield int(numbers[b"r"])


def _hidden_columns(data: bytes, right: int) -> Iterator[int]:
    for found in _COLUMN.finditer(data):
        if _HIDDEN.search(found[1]):
            numbers = dict(_NUMBER.findall(found[1]))
            first, last = int(numbers.get(b"min", 1)), int(numbers.get(b"max", 0))
            yield from range(first, min(last, right) + 1)


def _number(name: str) -> int:
    number = 0
    for letter in name:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def _sheets(
    data: bytes, facts: Mapping[str, tuple[_Facts, list[str]]], limits: Limits
) -> Iterator[Spread]:
    """The sheets as calamine reads them."""
    try:
        book = calamine.load_workbook(io.BytesIO(data))
        for told in book.sheets_metadata:
            if told.typ != calamine.SheetTypeEnum.WorkSheet:
                continue
            spread = Spread(told.name, limits)
            if told.visible != calamine.SheetVisibleEnum.Visible:
                spread.hidden.append(told.name)
            _fill(spread, book, facts)
            yield spread
    except calamine.PasswordError as error:
        raise SourceError("document-encrypted") from error
    except (calamine.CalamineError, OSError, ValueError, OverflowError) as error:
        raise SourceError("document-damaged", form="Excel") from error
    except SourceError:
        raise
    except BaseException as error:
        # What calamine's own checks miss ends in a panic, which is no Exception.
        if type(error).__name__ != "PanicException":
            raise
        raise SourceError("document-damaged", form="Excel") from error


def _fill(
    spread: Spread,
    book: calamine.CalamineWorkbook,
    facts: Mapping[str, tuple[_Facts, list[str]]],
) -> None:
    sheet = book.get_sheet_by_name(spread.name)
    spread.limits.check("columns", sheet.total_width)
    spread.limits.check("cells", sheet.total_width * sheet.total_height)
    told, formats = facts.get(spread.name, (_Facts(), []))
    spread.hidden += told.hidden
    for row, values in enumerate(sheet.to_python(skip_empty_area=False)):
        for column, value in enumerate(values):
            if value == "" or value is None:
                continue
            style = told.styles.get((row, column), -1)
            code = formats[style] if 0 <= style < len(formats) else ""
            spread.put(row, column, printed(value, code))
    for first, last in sheet.merged_cell_ranges or ():
        spread.merge(first, last)
