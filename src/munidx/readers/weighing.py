"""Before a spreadsheet is handed to calamine: do its cells fit into memory?

calamine fills the rectangle between the first and the last cell of a sheet, and no Python code
can stop it: two cells at opposite corners are hundreds of gigabytes. Where the XML of an .xlsx
is as plain as offices write it, the corners are known by looking. Any other, and every .xls, is
first opened by a child process with bounds on time and memory.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from attrs import define, field

from munidx.readers.archive import Archive, refuse_declarations
from munidx.readers.limits import Limits
from munidx.readers.spread import letters, ranges
from munidx.readers.vetting import trial

__all__ = ["Facts", "facts_of", "tried"]

_MAIN: Final = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATION: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_OPENING: Final = re.compile(rb"<(?:[^<>\s/:]++:)?(?:c|row)(?=[\s/>])")
_TAG: Final = re.compile(
    rb"<(?:[^<>\s/:]++:)?(c|row)(?=[\s/>])([^<>]*+)>(?:<(?:[^<>\s/:]++:)?v>(\d{1,9})</)?"
)
_ATTRIBUTES: Final = re.compile(rb"(?:\s+[\w:]+=(?:\"[^\"<>]*\"|'[^'<>]*'))*\s*/?")
_ADDRESS: Final = re.compile(rb"\sr=[\"']([A-Z]{1,3})([1-9]\d{0,6})[\"']")
_STYLE: Final = re.compile(rb"\ss=[\"'](\d{1,6})[\"']")
_SHARED: Final = re.compile(rb"\st=[\"']s[\"']")
_HIDDEN: Final = re.compile(rb"\shidden\s*=\s*[\"'](?:1|true)[\"']")
_COLUMN: Final = re.compile(rb"<(?:\w+:)?col\b([^>]{0,400})>")
_NUMBER: Final = re.compile(rb"\s(r|min|max)=[\"']([1-9]\d{0,6})[\"']")


@define(eq=False)
class Facts:
    """What the XML of a sheet says beside its values."""

    styles: dict[tuple[int, int], int] = field(factory=dict)
    hidden: list[str] = field(factory=list)
    plain: bool = True
    """Whether where its cells stand is known for sure."""
    size: int = 0
    """How long the shared strings of its cells are together."""


def facts_of(data: bytes, archive: Archive, limits: Limits) -> dict[str, Facts]:
    """What the sheets of an .xlsx say, which surely fits into memory.

    Raises:
        SourceError: ``limit-exceeded``.
    """
    strings = archive.read("xl/sharedStrings.xml")
    refuse_declarations(strings)
    lengths = _lengths(strings)
    facts: dict[str, Facts] = {}
    size = 0
    named = list(_parts(archive))
    for name, part in named:
        sheet = archive.read(part)
        refuse_declarations(sheet)
        told = _weighed(sheet, name, lengths, limits)
        size += told.size
        limits.check("unpacked", size)
        # Of two sheets of one name one is read; which of them, calamine decides.
        told.plain = told.plain and name not in facts
        facts[name] = told
    unnamed = archive.names - {part for _, part in named}
    if not all(told.plain for told in facts.values()) or any(
        b"sheetData" in archive.read(part) for part in unnamed if part.startswith("xl/")
    ):
        tried(data, limits)
    return facts


def tried(data: bytes, limits: Limits) -> None:
    """Let a child process open a spreadsheet first.

    Raises:
        SourceError: ``limit-exceeded`` (``seconds`` or ``memory``).
    """
    trial(data, limits, _PROBE)


# What calamine refuses, the reader says in its own words; what panics is refused too.
_PROBE: Final = """
import io
import python_calamine as calamine
try:
    alarm(int(sys.argv[3]))
    book = calamine.load_workbook(io.BytesIO(data))
    for told in book.sheets_metadata:
        if told.typ == calamine.SheetTypeEnum.WorkSheet:
            book.get_sheet_by_name(told.name)
except BaseException:
    pass
"""


def _parts(archive: Archive) -> Iterator[tuple[str, str]]:
    """The names of the sheets and of the parts that hold them."""
    book = archive.xml("xl/workbook.xml")
    relations = archive.xml("xl/_rels/workbook.xml.rels")
    targets = {each.get("Id", ""): each.get("Target", "") for each in (relations or ())}
    for sheet in book.iter(f"{_MAIN}sheet") if book is not None else ():
        target = targets.get(sheet.get(_RELATION, ""), "")
        part = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        yield sheet.get("name", ""), part


def _lengths(strings: bytes) -> list[int]:
    """How long each of the strings is that cells share."""
    starts = [found.start() for found in re.finditer(rb"<(?:\w+:)?si[\s>/]", strings)]
    return [end - start for start, end in pairwise([*starts, len(strings)])]


def _weighed(data: bytes, name: str, lengths: Sequence[int], limits: Limits) -> Facts:
    """What a sheet says.

    Raises:
        SourceError: ``limit-exceeded``: its cells lie so far apart that they fill no memory.
    """
    facts = Facts(plain=bool(data) and b"<!" not in data)
    right, bottom, tags = 0, 0, 0
    rows: list[int] = []
    for found in _TAG.finditer(data):
        tags += 1
        kind, attributes, index = found.groups()
        facts.plain = facts.plain and _ATTRIBUTES.fullmatch(attributes) is not None
        if kind == b"row":
            numbers = dict(_NUMBER.findall(attributes))
            facts.plain = facts.plain and b"r" in numbers
            if b"r" in numbers and _HIDDEN.search(attributes):
                rows.append(int(numbers[b"r"]))
            continue
        if index and _SHARED.search(attributes) and int(index) < len(lengths):
            facts.size += lengths[int(index)]
        told = _ADDRESS.findall(attributes)
        facts.plain = facts.plain and len(told) == 1
        for column_name, row_number in told[:1]:
            column, row = _number(column_name.decode()), int(row_number)
            right, bottom = max(right, column), max(bottom, row)
            style = _STYLE.search(attributes)
            if style:
                facts.styles[row - 1, column - 1] = int(style[1])
    limits.check("columns", right)
    limits.check("cells", right * bottom)
    facts.plain = facts.plain and tags == sum(1 for _ in _OPENING.finditer(data))
    facts.hidden += [f"{name}!{told}" for told in ranges(rows)]
    facts.hidden += [f"{name}!{told}" for told in ranges(_hidden_columns(data, right), letters)]
    return facts


def _hidden_columns(data: bytes, right: int) -> list[int]:
    """The numbers of the hidden columns up to the last that holds something."""
    hidden: list[int] = []
    for found in _COLUMN.finditer(data):
        if _HIDDEN.search(found[1]):
            numbers = dict(_NUMBER.findall(found[1]))
            first, last = int(numbers.get(b"min", 1)), int(numbers.get(b"max", 0))
            # As many as there are: what tells some twice is no office's file.
            hidden += range(first, min(last, right) + 1)[: max(0, right - len(hidden))]
    return hidden


def _number(name: str) -> int:
    number = 0
    for letter in name:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number
