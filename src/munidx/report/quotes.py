"""The line that a finding is about, quoted with a caret below the value.

A canonical file is quoted by its own lines, a published document by the text that its reader
found at the place: a line, a cell, a paragraph. What is quoted is shown as it is: nothing in it
acts, and of a long line there is the part around the caret.
"""

import os
import re
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from typing import Final, TypeAlias

from attrs import evolve, frozen

from munidx.document import Block, Publication, Row, Table
from munidx.findings import Finding
from munidx.place import Location
from munidx.report.catalogue import told
from munidx.report.hits import hits_of
from munidx.report.terminal import encodable, harmless, width_of

__all__ = ["Quote", "Quoter", "of_publication", "of_text", "quoted_lines"]

_VALUE: Final = re.compile(
    r'"""|\'\'\'|"(?:[^"\\]|\\.)*"|\'[^\']*\'|[\[{]|[^\s,\]}=]+', re.ASCII | re.DOTALL
)
"""A value of TOML or JSON on its own line; of a list, a table or a long text where it begins."""

_BEFORE: Final = 3
"""A caret stands at a third of a line that is cut."""

_LEAST: Final = 20
"""Columns of a quotation, however narrow the terminal."""

_SEEN: Final = 4
"""So many times the columns that there are, of characters are looked at on either side."""

_CELLS: Final = " | "

Signs: TypeAlias = Sequence[tuple[str, int]]
"""What is shown for characters, and the columns that each takes."""


@frozen
class Quote:
    """A line of a file or a document, and what of it is meant."""

    text: str
    """The whole line, as published."""
    start: int | None = None
    """Where what is meant begins, from 0; None where it is not known."""
    end: int = 0
    """Where it ends."""

    @property
    def parts(self) -> tuple[str, str, str]:
        """What stands before, what is meant, and what follows."""
        start = len(self.text) if self.start is None else self.start
        end = max(start, self.end)
        return self.text[:start], self.text[start:end], self.text[end:]


Quoter: TypeAlias = Callable[[Finding], Quote | None]
"""The quotation for a finding; None where its place has no line."""


def of_text(text: str) -> Quoter:
    """Quotations out of a canonical file, whose findings have line and column."""
    lines = text.split("\n")

    def quote(finding: Finding) -> Quote | None:
        line, column = finding.location.line, finding.location.column
        if line is None or not 1 <= line <= len(lines):
            return None
        shown = lines[line - 1].removesuffix("\r")
        if column is None or not 1 <= column <= len(shown):
            return Quote(shown)
        for hit in hits_of(finding):
            if shown.startswith(hit, column - 1):
                return Quote(shown, column - 1, column - 1 + len(hit))
        found = _VALUE.match(shown, column - 1)
        return Quote(shown, column - 1, found.end() if found else column)

    return quote


def of_publication(publication: Publication) -> Quoter:
    """Quotations out of what the readers found, for findings with a line, page or cell.

    What is meant is the text that the finding's sentence names, where it stands in the line.
    """
    texts: dict[Location, str] = {}
    for place, text in _texts(publication):
        texts.setdefault(_key(place), text)

    def quote(finding: Finding) -> Quote | None:
        text = texts.get(_key(finding.location))
        return None if text is None or not text.strip() else _meant(text, finding)

    return quote


def _key(place: Location) -> Location:
    """A place as locators have it: by the document's own name, which knows no folder."""
    return evolve(place, document=os.path.basename(place.document), column=None)  # noqa: PTH119


def _texts(publication: Publication) -> Iterator[tuple[Location, str]]:
    for block in publication.blocks:
        if isinstance(block, Block):
            yield block.place.location, block.text
            continue
        for row in block.rows:
            yield row.place.location, _CELLS.join(cell.text for cell in row.cells)
            for cell in row.cells:
                yield cell.place.location, cell.text
        yield block.place.location, _first(block)


def _first(table: Table) -> str:
    rows: Sequence[Row] = table.rows[:1]
    return table.caption or _CELLS.join(cell.text for row in rows for cell in row.cells)


def _meant(text: str, finding: Finding) -> Quote:
    line = text.strip("\r\n")
    params = finding.params.values()
    texts = [value for value in params if isinstance(value, str)]
    for value in filter(None, (*texts, finding.title)):
        start = line.find(value)
        if start >= 0:
            return Quote(line, start, start + len(value))
    for figure in params:
        # As it may be printed, and no part of a longer one.
        if isinstance(figure, int | Decimal) and not isinstance(figure, bool):
            forms = "|".join(re.escape(form) for form in (told(figure), str(figure)))
            found = re.search(rf"(?<![\d.,])(?:{forms})(?![.,]?\d)", line)
            if found:
                return Quote(line, *found.span())
    return Quote(line)


def quoted_lines(
    quote: Quote, number: int | None, width: int, encoding: str = "utf-8"
) -> tuple[str, ...]:
    """The line behind its number, and the caret below it, in at most ``width`` columns.

    Args:
        quote: The line.
        number: Its number in the file; None where it has none.
        width: The columns of the terminal that are left, the number included.
        encoding: Of the terminal, for what it cannot show is wider.
    """
    gutter = "| " if number is None else f"{number} | "
    room = max(width - len(gutter), _LEAST)
    before, meant, after = quote.parts
    if quote.start is None:
        before, after = "", before
    seen = _SEEN * room
    line, start, length = _window(
        _shown(before.lstrip()[-seen:], encoding),
        _shown(meant[:seen], encoding),
        _shown(after[:seen], encoding),
        room,
    )
    quoted = gutter + line.rstrip()
    if quote.start is None:
        return (quoted,)
    return quoted, f"{'| ':>{len(gutter)}}{' ' * start}{'^' * max(length, 1)}"


def _shown(text: str, encoding: str) -> list[tuple[str, int]]:
    """What stands for each character, and how many columns that takes."""
    shown = (encodable(harmless(sign), encoding) for sign in text)
    return [(sign, width_of(sign)) for sign in shown]


def _window(before: Signs, meant: Signs, after: Signs, room: int) -> tuple[str, int, int]:
    """What fits into ``room`` columns, and from which of them on how many are meant."""
    signs = [*before, *meant, *after]
    mark, left, right = len(before), 0, len(signs)
    if _columns(signs) > room:
        room -= 2  # for what is cut off at either end
        left = mark
        while left and _columns(signs[left - 1 : mark]) <= room // _BEFORE:
            left -= 1
        right = left
        while right < len(signs) and _columns(signs[left : right + 1]) <= room:
            right += 1
        while left and _columns(signs[left - 1 : right]) <= room:
            left -= 1
    shown = "".join(sign for sign, _ in signs[left:right])
    start = _columns(signs[left:mark]) + (left > 0)
    length = _columns(signs[mark : min(mark + len(meant), right)])
    return f"{'…' * (left > 0)}{shown}{'…' * (right < len(signs))}", start, length


def _columns(signs: Signs) -> int:
    return sum(width for _, width in signs)
