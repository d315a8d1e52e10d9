"""Tables parted by commas, tabs or semicolons: one table, a row for each record.

A record may go on over line breaks within quotes; its row then stands at all its lines
(``L12-L14``), its cells at the first (``L12c3``). What parts the cells is found by counting: the
file's ending may say anything. Where the quotes do not balance they are read as they stand, cell
by cell, and a finding says so; a quote never swallows the rest of the file.
"""

import csv
import hashlib
import io
from collections import Counter
from collections.abc import Iterator
from typing import Final

from munidx.document import Cell, Publication, Row, Source, Table
from munidx.errors import SourceError
from munidx.findings import Finding, Severity
from munidx.model import Document
from munidx.place import Location, Place
from munidx.readers.encodings import decode
from munidx.readers.limits import DEFAULT, Limits
from munidx.readers.text import damage

__all__ = ["delimiter_of", "read"]

_DELIMITERS: Final = ",\t;"
_SAMPLE: Final = 50


def read(source: Source, limits: Limits = DEFAULT) -> Publication:
    """Read a table whose cells are parted by a sign.

    Raises:
        SourceError: It is no text, or goes over a bound.
    """
    text, encoding = decode(source.data)
    delimiter = delimiter_of(text)
    findings = damage(text, source.name)
    try:
        rows = list(_rows(text, delimiter, source.name, limits, quoted=True))
    except csv.Error as error:
        if "field larger" in str(error):
            raise _too_long(limits) from None
        where = Location(document=source.name)
        findings += (Finding(code="MX933", severity=Severity.WARNING, location=where),)
        try:
            rows = list(_rows(text, delimiter, source.name, limits, quoted=False))
        except csv.Error:
            raise _too_long(limits) from None
    document = Document(
        name=source.name,
        sha256=hashlib.sha256(source.data).hexdigest(),
        media_type="text/tab-separated-values" if delimiter == "\t" else "text/csv",
        encoding=encoding,
    )
    blocks: tuple[Table, ...] = ()
    if rows:
        first, last = rows[0].place, rows[-1].place
        end = last.last or last.line
        place = Place(document=source.name, line=first.line, last=end if len(rows) > 1 else None)
        blocks = (Table(rows=tuple(rows), place=place),)
    return Publication(documents=(document,), blocks=blocks, findings=findings)


def delimiter_of(text: str) -> str:
    """What parts the cells of ``text``: the sign that most lines hold equally often."""
    lines = [line for line in text[:65_536].splitlines() if line.strip()][:_SAMPLE]
    best, told = ",", 0
    for delimiter in _DELIMITERS:
        counts = Counter(line.count(delimiter) for line in lines)
        counts.pop(0, None)
        often = max(counts.values(), default=0)
        if often > told:
            best, told = delimiter, often
    return best


def _too_long(limits: Limits) -> SourceError:
    allowed = min(csv.field_size_limit(), limits.line_length)
    return SourceError("limit-exceeded", limit="line_length", allowed=allowed)


def _rows(text: str, delimiter: str, name: str, limits: Limits, *, quoted: bool) -> Iterator[Row]:
    stream = io.StringIO(text, newline="")
    reader = csv.reader(
        stream,
        delimiter=delimiter,
        strict=True,
        quoting=csv.QUOTE_MINIMAL if quoted else csv.QUOTE_NONE,
    )
    cells, before = 0, 0
    for record in reader:
        first, last = before + 1, reader.line_num
        before = last
        where = Location(document=name, line=first)
        limits.check("lines", last, where)
        limits.check("columns", len(record), where)
        cells += len(record)
        limits.check("cells", cells, where)
        if not any(field.strip() for field in record):
            continue
        place = Place(document=name, line=first, last=last if last > first else None)
        yield Row(
            cells=tuple(
                Cell(text=field, column=index, place=_cell(name, first, index))
                for index, field in enumerate(record)
            ),
            place=place,
        )


def _cell(name: str, line: int, index: int) -> Place:
    return Place(document=name, line=line, column=index + 1)
