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
from typing import Final

import python_calamine as calamine

from munidx.document import Publication, Source
from munidx.errors import SourceError
from munidx.findings import Finding, Severity
from munidx.model import Document
from munidx.place import Location
from munidx.readers.archive import Archive, whole
from munidx.readers.limits import DEFAULT, Limits
from munidx.readers.opendocument import MEDIA_TYPE as OPEN_DOCUMENT
from munidx.readers.opendocument import sheets_of
from munidx.readers.printed import FORMATS, printed
from munidx.readers.spread import Spread
from munidx.readers.weighing import Facts, facts_of, tried

__all__ = ["read"]

_XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_XLS: Final = "application/vnd.ms-excel"
_TOLD: Final = re.compile(r"\[Content_Types\]\.xml|_rels/\.rels|xl/.+\.(?:xml|rels)")
_SECTOR: Final = 4096
_MAIN: Final = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def read(source: Source, limits: Limits = DEFAULT) -> Publication:
    """Read a spreadsheet.

    Raises:
        SourceError: ``document-encrypted``, ``document-damaged``, ``limit-exceeded``.
    """
    if source.data.startswith(b"PK"):
        archive = Archive.open(source.data, limits)
        if "xl/workbook.xml" in archive.names:
            media_type, spreads = _XLSX, _modern(archive, limits)
        else:
            media_type, spreads = OPEN_DOCUMENT, list(sheets_of(archive, limits))
    else:
        # Cut short within a sector, calamine runs over the end.
        whole = source.data + bytes(-len(source.data) % _SECTOR)
        tried(whole, limits)
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


def _modern(archive: Archive, limits: Limits) -> list[Spread]:
    """The sheets of an .xlsx: first weighed, then read."""
    formats = _formats(archive)
    # Without pictures, and in one form only: calamine tries others where this one does not hold.
    names = (name for name in sorted(archive.names) if _TOLD.fullmatch(name))
    data = archive.repacked(names)
    facts = {name: (told, formats) for name, told in facts_of(data, archive, limits).items()}
    return list(_sheets(data, facts, limits))


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
        told.get(number) or FORMATS.get(whole(number), "")
        for number in (each.get("numFmtId", "0") for each in (used if used is not None else ()))
    ]


def _sheets(
    data: bytes, facts: Mapping[str, tuple[Facts, list[str]]], limits: Limits
) -> Iterator[Spread]:
    """The sheets as calamine reads them."""
    before = 0
    try:
        book = calamine.load_workbook(io.BytesIO(data))
        for told in book.sheets_metadata:
            if told.typ != calamine.SheetTypeEnum.WorkSheet:
                continue
            spread = Spread(told.name, limits, before)
            if told.visible != calamine.SheetVisibleEnum.Visible:
                spread.hidden.append(told.name)
            _fill(spread, book, facts)
            before = spread.size
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
    facts: Mapping[str, tuple[Facts, list[str]]],
) -> None:
    sheet = book.get_sheet_by_name(spread.name)
    spread.limits.check("columns", sheet.total_width)
    spread.limits.check("cells", sheet.total_width * sheet.total_height)
    told, formats = facts.get(spread.name, (Facts(), []))
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
