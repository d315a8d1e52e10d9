"""PDF: text with its places, and ruled tables, by pypdfium2 and a lattice of our own.

Each page gives passages (``p3b1``) and tables (``p3t1``, cells ``p3t1r2c4``); a table that goes
on over page breaks is one, each of its rows placed on its own page. What cannot be read is said
by page: pages without text (scans), letters whose font does not say what they are, dotted rules,
which part no cells. pypdfium2 is not safe for threads: one document is read at a time.
"""

import hashlib
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from typing import Final

import pypdfium2 as pdfium
from attrs import define, evolve, field
from pypdfium2 import raw

from munidx.document import Block, BlockKind, Cell, Publication, Row, Source, Table
from munidx.errors import SourceError
from munidx.findings import Finding, Severity
from munidx.model import Document
from munidx.place import Location, Place
from munidx.readers.arrange import Arrangement, Passage, Ruled, arrange
from munidx.readers.continued import Part, Sheet, joined_rows, parts_of
from munidx.readers.drawing import Drawing, drawing_of
from munidx.readers.limits import DEFAULT, Limits
from munidx.readers.vetting import budget, vet
from munidx.readers.watching import came_to

__all__ = ["read"]

MEDIA_TYPE: Final = "application/pdf"

_LOCK: Final = threading.Lock()


def read(source: Source, limits: Limits = DEFAULT) -> Publication:
    """Read a PDF.

    Raises:
        SourceError: ``document-encrypted`` (a password is needed), ``document-damaged``,
            ``limit-exceeded``.
    """
    vet(source.data, limits)
    with _LOCK:
        reading = _Reading(source.name, limits, budget(source.data, limits))
        try:
            with closing(pdfium.PdfDocument(source.data)) as document:
                reading.pages(document)
        except pdfium.PdfiumError as error:
            raise _fault(error) from error
    document_ = Document(
        name=source.name,
        sha256=hashlib.sha256(source.data).hexdigest(),
        media_type=MEDIA_TYPE,
    )
    blocks = tuple(reading.blocks())
    return Publication(documents=(document_,), blocks=blocks, findings=tuple(reading.findings))


def _fault(error: pdfium.PdfiumError) -> SourceError:
    if getattr(error, "err_code", None) == raw.FPDF_ERR_PASSWORD:
        return SourceError("document-encrypted")
    return SourceError("document-damaged", form="PDF")


@define(eq=False)
class _Reading:
    """One reading of a document."""

    name: str
    limits: Limits
    seconds: int
    """The processor time that it may take."""
    findings: list[Finding] = field(factory=list)
    sheets: list[Sheet] = field(factory=list)
    _begun: float = field(factory=time.process_time)

    def pages(self, document: pdfium.PdfDocument) -> None:
        """Read all pages."""
        self.limits.check("pages", len(document))
        for number in range(len(document)):
            where = Location(document=self.name, page=number + 1)
            came_to(self.name, number + 1, len(document))
            try:
                self._page(document, number)
            except SourceError as error:
                error.location = evolve(error.location, page=number + 1)
                raise
            except pdfium.PdfiumError:
                # A page that pdfium cannot load: the others may be whole.
                self._tell("MX912", number + 1)
            if time.process_time() - self._begun > self.seconds:
                raise SourceError(
                    "limit-exceeded", location=where, limit="seconds", allowed=self.seconds
                )

    def _page(self, document: pdfium.PdfDocument, number: int) -> None:
        with closing(document[number]) as page, closing(page.get_textpage()) as text:
            drawing = drawing_of(page, text, self.limits)
            arranged = arrange(drawing, self.limits)
        self._judge(number + 1, drawing, arranged)
        self.sheets.append(Sheet(number + 1, drawing.height, arranged.items))

    def _judge(self, page: int, drawing: Drawing, arranged: Arrangement) -> None:
        """Say what of the page could not be read."""
        if drawing.unmapped:
            self._tell("MX913", page, characters=drawing.unmapped)
        if drawing.pictures and not arranged.items:
            self._tell("MX911", page)
        if drawing.rules.dotted:
            self._tell("MX914", page, rules=len(drawing.rules.dotted))
        if arranged.crowded:
            self._tell("MX916", page)
        uneven = [number for number, item in enumerate(_tables(arranged), 1) if item.grid.uneven]
        for number in uneven:
            where = Location(document=self.name, page=page, cell=f"t{number}")
            self.findings.append(Finding(code="MX917", severity=Severity.WARNING, location=where))

    def _tell(self, code: str, page: int, **params: object) -> None:
        where = Location(document=self.name, page=page)
        self.findings.append(
            Finding(code=code, severity=Severity.WARNING, params=params, location=where)
        )

    def blocks(self) -> Iterator[Block | Table]:
        """The blocks of all pages, tables that go on joined."""
        chains = parts_of(self.sheets)
        numbers = {
            id(item): number
            for sheet in self.sheets
            for number, item in enumerate(
                (item for item in sheet.items if isinstance(item, Ruled)), 1
            )
        }
        for sheet in self.sheets:
            passages = 0
            for item in sheet.items:
                if isinstance(item, Passage):
                    passages += 1
                    place = Place(document=self.name, page=sheet.number, block=passages)
                    kind = BlockKind.ITEM if item.is_item else BlockKind.PARAGRAPH
                    yield Block(kind=kind, text=item.text, place=place, box=item.box)
                    continue
                chain = chains.get(id(item), [Part(sheet, item)])
                if chain:
                    yield self._table(chain, numbers)

    def _table(self, chain: list[Part], numbers: dict[int, int]) -> Table:
        """One table of all its parts."""
        rows: list[Row] = []
        head = max(part.repeated for part in chain)
        cells = 0
        for number, part in enumerate(chain):
            grid = part.table.grid
            cells += (len(grid.xs) - 1) * (len(grid.ys) - 1)
            self.limits.check("cells", cells)
            below = self._rows(part, numbers[id(part.table)], head if number == 0 else 0)
            cut = number > 0 and (grid.open_top or chain[number - 1].table.grid.open_bottom)
            rows = joined_rows(rows, below[part.repeated :], cut=cut)
        first = chain[0]
        place = Place(document=self.name, page=first.sheet.number, table=numbers[id(first.table)])
        if len(chain) > 1:
            params = {"pages": tuple(part.sheet.number for part in chain), "rows": head}
            self.findings.append(
                Finding(
                    code="MX915",
                    severity=Severity.INFO,
                    params=params,
                    location=place.location,
                )
            )
        return Table(rows=tuple(rows), place=place)

    def _rows(self, part: Part, number: int, head: int) -> list[Row]:
        """The rows of a part; the first ``head`` rows are known to be headers."""
        grid = part.table.grid
        table = Place(document=self.name, page=part.sheet.number, table=number)
        rows: list[list[Cell]] = [[] for _ in range(len(grid.ys) - 1)]
        told = zip(grid.cells, part.table.texts, part.table.breaks, strict=True)
        for cell, text, breaks in told:
            rows[cell.row].append(
                Cell(
                    text=text,
                    place=evolve(table, row=cell.row + 1, column=cell.column + 1),
                    column=cell.column,
                    rowspan=cell.rows,
                    colspan=cell.columns,
                    header=cell.row < head,
                    box=cell.box,
                    breaks=breaks,
                )
            )
        return [
            Row(cells=tuple(cells), place=evolve(table, row=index))
            for index, cells in enumerate(rows, 1)
        ]


def _tables(arranged: Arrangement) -> Iterator[Ruled]:
    return (item for item in arranged.items if isinstance(item, Ruled))
