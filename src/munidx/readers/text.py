"""Plain text: a block for each line that is not blank, tables where lines hold tabs.

Lines are counted as an editor counts them: they end with a line feed, a carriage return, or
both; a form feed (a page break in text out of a PDF) ends none, and neither does U+2028. Each
line keeps its text raw, with its white space; blank lines show as gaps in the line numbers.

Consecutive lines that hold tabs are one table, a cell for each field, empty ones included. A
row of dashes and colons alone (``----<tab>:---``) is the rule under a header: it is no row, and
the cells of the row above it are headers. A line that begins with a bullet is an item. No line
is taken for a heading: plain text does not say which ones are.
"""

import hashlib
import re
from collections.abc import Iterator
from typing import Final

from munidx.document import Block, BlockKind, Cell, Publication, Row, Source, Table
from munidx.findings import Finding, Severity
from munidx.model import Document
from munidx.place import Location, Place
from munidx.readers.encodings import decode
from munidx.readers.limits import DEFAULT, Limits

__all__ = ["blocks_of", "damage", "is_item", "read"]

MEDIA_TYPE: Final = "text/plain"

_LINE_END: Final = re.compile(r"\r\n|\n|\r")
_INVISIBLE: Final = "\ufeff\u200b\u200c\u200d\u2060\u00ad\x1a"
_RULE: Final = re.compile(r"[ \t]*+:?-{2,}+:?[ ]*+(?:\t[ ]*+:?-*+:?[ ]*+)*")
# A mark that needs no space behind it, or a typewriter's mark with one. ■ and ◆ are left out:
# they open headings as often as items.
_ITEM: Final = re.compile(r"[\s　]*(?:[・･•●○◯◎▪▫◦‣⁃➢➤▶▸✓✔]|[-*+–—－＊][ 　\t])[\s　]*\S")


def read(source: Source, limits: Limits = DEFAULT) -> Publication:
    """Read a plain text.

    Raises:
        SourceError: It is no text, or goes over a bound.
    """
    text, encoding = decode(source.data)
    document = Document(
        name=source.name,
        sha256=hashlib.sha256(source.data).hexdigest(),
        media_type=MEDIA_TYPE,
        encoding=encoding,
    )
    return Publication(
        documents=(document,),
        blocks=blocks_of(text, source.name, limits),
        findings=damage(text, source.name),
    )


def blocks_of(text: str, name: str, limits: Limits = DEFAULT) -> tuple[Block | Table, ...]:
    """The blocks of ``text``, placed in the document called ``name``.

    Raises:
        SourceError: ``limit-exceeded``.
    """
    blocks: list[Block | Table] = []
    tabbed: list[tuple[int, str]] = []
    cells = 0
    for number, line in _lines(text, name, limits):
        if "\t" in line and not _blank(line):
            tabbed.append((number, line))
            cells += line.count("\t") + 1
            where = Location(document=name, line=number)
            limits.check("columns", line.count("\t") + 1, where)
            limits.check("cells", cells, where)
            continue
        if tabbed:
            blocks += _table(tabbed, name)
            tabbed = []
        if not _blank(line):
            kind = BlockKind.ITEM if is_item(line) else BlockKind.PARAGRAPH
            blocks.append(Block(kind=kind, text=line, place=Place(document=name, line=number)))
    if tabbed:
        blocks += _table(tabbed, name)
    return tuple(blocks)


def is_item(line: str) -> bool:
    """Whether ``line`` begins with a bullet that text follows."""
    return _ITEM.match(line) is not None


def damage(text: str, name: str) -> tuple[Finding, ...]:
    """A finding where the text holds U+FFFD: characters were lost before it came to us."""
    count = text.count("\ufffd")
    if not count:
        return ()
    line = len(_LINE_END.findall(text, 0, text.index("\ufffd"))) + 1
    where = Location(document=name, line=line)
    return (
        Finding(
            code="MX902", severity=Severity.WARNING, params={"characters": count}, location=where
        ),
    )


def _lines(text: str, name: str, limits: Limits) -> Iterator[tuple[int, str]]:
    start, number = 0, 1
    while start <= len(text):
        found = _LINE_END.search(text, start)
        end = found.start() if found else len(text)
        where = Location(document=name, line=number)
        limits.check("lines", number, where)
        limits.check("line_length", end - start, where)
        yield number, text[start:end]
        if not found:
            return
        start, number = found.end(), number + 1


def _blank(line: str) -> bool:
    return not line.translate(_WITHOUT_INVISIBLE).strip()


_WITHOUT_INVISIBLE: Final = dict.fromkeys(map(ord, _INVISIBLE))


def _table(lines: list[tuple[int, str]], name: str) -> list[Block | Table]:
    """The table of consecutive tabbed lines; none where they are rules alone."""
    rows: list[Row] = []
    headed: set[int] = set()
    for number, line in lines:
        if _RULE.fullmatch(line):
            headed.add(len(rows) - 1)
            continue
        cells = tuple(
            Cell(text=text, column=index, place=Place(document=name, line=number, column=index + 1))
            for index, text in enumerate(line.split("\t"))
        )
        rows.append(Row(cells=cells, place=Place(document=name, line=number)))
    if not rows:
        return []
    first, last = lines[0][0], lines[-1][0]
    place = Place(document=name, line=first, last=last if last > first else None)
    return [
        Table(
            rows=tuple(_header(row, index in headed) for index, row in enumerate(rows)), place=place
        )
    ]


def _header(row: Row, header: bool) -> Row:
    if not header:
        return row
    cells = tuple(
        Cell(text=cell.text, column=cell.column, place=cell.place, header=True)
        for cell in row.cells
    )
    return Row(cells=cells, place=row.place)
