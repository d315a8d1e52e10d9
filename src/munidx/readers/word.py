"""Word documents (.docx), by a walk of our own through the file's XML.

Kept is what a reader of the finished text sees: tracked insertions, the text of content controls,
text boxes, notes at the end; of ruby the words, not their readings. Left out are tracked
deletions, and a finding counts them; page headers and footers, comments and field codes are no
text of the document. Numbers and bullets that Word counts by itself are set before their
paragraphs. Nothing is fetched, no macro is looked at.
"""

import hashlib
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Final, TypeAlias
from xml.etree import ElementTree as ET

from attrs import define, evolve, field

from munidx.document import Block, BlockKind, Cell, Publication, Row, Source, Table
from munidx.errors import SourceError
from munidx.findings import Finding, Severity
from munidx.model import Document
from munidx.place import Location, Place
from munidx.readers.archive import Archive, whole
from munidx.readers.limits import DEFAULT, Limits
from munidx.readers.numbering import Numbering

__all__ = ["read"]

MEDIA_TYPE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_CHOICE: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"
_P, _TBL, _TR, _TC = f"{_W}p", f"{_W}tbl", f"{_W}tr", f"{_W}tc"
_DELETED: Final = {f"{_W}del", f"{_W}moveFrom"}
_INSERTED: Final = {f"{_W}ins", f"{_W}moveTo"}
_DELETED_ROW: Final = f"{_W}trPr/{_W}del"
_UNREAD: Final = {f"{_W}{name}" for name in ("rt", "instrText", "delText", "pPr", "rPr", "sdtPr")}
_SIGNS: Final = {
    f"{_W}tab": "\t",
    f"{_W}br": "\n",
    f"{_W}cr": "\n",
    f"{_W}noBreakHyphen": "-",
}
_LEVELS: Final = 9
_Line: TypeAlias = tuple[BlockKind, int, str]


def read(source: Source, limits: Limits = DEFAULT) -> Publication:
    """Read a Word document.

    Raises:
        SourceError: ``document-encrypted``, ``document-damaged``, ``limit-exceeded``.
    """
    archive = Archive.open(source.data, limits)
    root = archive.xml("word/document.xml")
    body = root.find(f"{_W}body") if root is not None else None
    if body is None:
        raise SourceError("document-damaged", form="Word")
    walk = _Walk(source.name, limits, _outline(archive), Numbering.of(archive))
    walk.blocks_of(body)
    for part in ("footnotes", "endnotes"):
        notes = archive.xml(f"word/{part}.xml")
        for note in notes if notes is not None else ():
            if note.get(f"{_W}type") is None:  # the others are separators
                walk.blocks_of(note)
    document = Document(
        name=source.name, sha256=hashlib.sha256(source.data).hexdigest(), media_type=MEDIA_TYPE
    )
    findings: tuple[Finding, ...] = ()
    if walk.inserted or walk.deleted:
        findings = (
            Finding(
                code="MX919",
                severity=Severity.INFO,
                params={"inserted": walk.inserted, "deleted": walk.deleted},
                location=Location(document=source.name),
            ),
        )
    return Publication(documents=(document,), blocks=tuple(walk.blocks), findings=findings)


def _outline(archive: Archive) -> dict[str, int]:
    """The heading level of each style of paragraphs that has one."""
    styles = archive.xml("word/styles.xml")
    told: dict[str, int] = {}
    based: dict[str, str] = {}
    for style in styles.iter(f"{_W}style") if styles is not None else ():
        name = style.get(f"{_W}styleId", "")
        level = whole(_value(style.find(f"{_W}pPr/{_W}outlineLvl")), _LEVELS)
        if level < _LEVELS:
            told[name] = level + 1
        parent = _value(style.find(f"{_W}basedOn"))
        if parent:
            based[name] = parent
    for name in based:
        ancestor, steps = name, 0
        while ancestor in based and ancestor not in told and steps < _LEVELS:
            ancestor, steps = based[ancestor], steps + 1
        if ancestor in told:
            told.setdefault(name, told[ancestor])
    return told


def _value(element: ET.Element | None) -> str:
    return element.get(f"{_W}val", "") if element is not None else ""


@define(eq=False)
class _Walk:
    """One walk through a document."""

    document: str
    limits: Limits
    outline: dict[str, int]
    numbering: Numbering
    blocks: list[Block | Table] = field(factory=list, init=False)
    inserted: int = field(default=0, init=False)
    deleted: int = field(default=0, init=False)
    _numbered: int = field(default=0, init=False)
    _tables: int = field(default=0, init=False)
    _cells: int = field(default=0, init=False)

    def blocks_of(self, parent: ET.Element) -> None:
        """Add the blocks below ``parent``."""
        for element in self._shown(parent):
            if element.tag == _TBL:
                self._table(element)
                continue
            for kind, level, text in self._lines(element):
                self._numbered += 1
                self.limits.check("lines", self._numbered)
                place = Place(document=self.document, block=self._numbered)
                self.blocks.append(Block(kind=kind, level=level, text=text, place=place))

    def _shown(self, parent: ET.Element) -> Iterator[ET.Element]:
        """The paragraphs, tables, rows or cells below ``parent``, whatever wraps them."""
        for child in parent:
            if child.tag in _DELETED or (
                child.tag == _TR and child.find(f"{_W}trPr/{_W}del") is not None
            ):
                self.deleted += 1
            elif child.tag in {_P, _TBL, _TR, _TC}:
                yield child
            elif child.tag == _CHOICE:
                yield from self._shown(child[0] if len(child) else child)
            elif child.tag not in _UNREAD:
                self.inserted += child.tag in _INSERTED
                yield from self._shown(child)

    def _lines(self, paragraph: ET.Element) -> Iterator[_Line]:
        """The text of a paragraph, then that of the text boxes that hang on it."""
        boxes: list[ET.Element] = []
        text = "".join(self._text(paragraph, boxes))
        properties = paragraph.find(f"{_W}pPr")
        kind, level, label = self._kind(properties)
        if text.strip():
            self.limits.check("line_length", len(text))
            yield kind, level, f"{label} {text}" if label else text
        for box in boxes:
            for element in self._shown(box):
                if element.tag == _P:
                    yield from self._lines(element)
                else:
                    for row in self._rows(element, Place(document=self.document)):
                        cells = "\t".join(cell.text.replace("\n", " ") for cell in row.cells)
                        yield BlockKind.PARAGRAPH, 0, cells

    def _kind(self, properties: ET.Element | None) -> tuple[BlockKind, int, str]:
        """What a paragraph is, its level, and the number or bullet that Word sets before it."""
        if properties is None:
            return BlockKind.PARAGRAPH, 0, ""
        style = _value(properties.find(f"{_W}pStyle"))
        own = whole(_value(properties.find(f"{_W}outlineLvl")), -1)
        level = self.outline.get(style, 0)
        if own >= 0:
            level = own + 1 if own < _LEVELS else 0
        label, depth = self.numbering.label(
            style,
            _value(properties.find(f"{_W}numPr/{_W}numId")),
            _value(properties.find(f"{_W}numPr/{_W}ilvl")),
        )
        if level:
            return BlockKind.HEADING, level, label
        if label:
            return BlockKind.ITEM, depth, label
        return BlockKind.PARAGRAPH, 0, ""

    def _text(self, parent: ET.Element, boxes: list[ET.Element]) -> Iterator[str]:
        for child in parent:
            tag = child.tag
            if tag == f"{_W}t":
                yield child.text or ""
            elif tag in _SIGNS:
                page = tag == f"{_W}br" and child.get(f"{_W}type") in {"page", "column"}
                yield "" if page else _SIGNS[tag]
            elif tag == f"{_W}sym":
                yield _symbol(child.get(f"{_W}char", ""))
            elif tag in _DELETED:
                self.deleted += 1
            elif tag == f"{_W}txbxContent":
                boxes.append(child)
            elif tag == _CHOICE:
                yield from self._text(child[0] if len(child) else child, boxes)
            elif tag not in _UNREAD:
                self.inserted += tag in _INSERTED
                yield from self._text(child, boxes)

    def _table(self, element: ET.Element) -> None:
        self._tables += 1
        place = Place(document=self.document, table=self._tables)
        rows = tuple(self._rows(element, place))
        if any(row.cells for row in rows):
            self.blocks.append(Table(rows=rows, place=place))

    def _rows(self, element: ET.Element, table: Place) -> list[Row]:
        rows: list[list[Cell]] = []
        above: dict[int, tuple[int, int]] = {}  # column -> the row and index of a merged cell
        for number, line in enumerate(self._shown(element)):
            if line.tag != _TR:
                continue
            place = evolve(table, row=len(rows) + 1)
            header = line.find(f"{_W}trPr/{_W}tblHeader") is not None
            column = whole(_value(line.find(f"{_W}trPr/{_W}gridBefore")), 0)
            cells: list[Cell] = []
            going: dict[int, tuple[int, int]] = {}
            for cell in self._shown(line):
                width = whole(_value(cell.find(f"{_W}tcPr/{_W}gridSpan")), 1)
                self.limits.check("columns", column + width)
                merge = cell.find(f"{_W}tcPr/{_W}vMerge")
                if merge is not None and _value(merge) != "restart" and column in above:
                    top, index = above[column]
                    upper = rows[top][index]
                    rows[top][index] = evolve(upper, rowspan=len(rows) - top + 1)
                    going[column] = (top, index)
                else:
                    if merge is not None:
                        going[column] = (len(rows), len(cells))
                    cells.append(
                        Cell(
                            text=self._inner(cell),
                            place=evolve(place, column=column + 1),
                            column=column,
                            colspan=width,
                            header=header,
                        )
                    )
                column += width
                self._cells += width
                self.limits.check("cells", self._cells)
            above = going
            rows.append(cells)
            self.limits.check("lines", number)
        return [
            Row(cells=tuple(cells), place=evolve(table, row=number))
            for number, cells in enumerate(rows, 1)
        ]

    def _inner(self, cell: ET.Element) -> str:
        """The text of a cell: a line for each paragraph, and for each row of a table within."""
        lines: list[str] = []
        for element in self._shown(cell):
            if element.tag == _TBL:
                rows: Iterable[Row] = self._rows(element, Place(document=self.document, table=1))
                lines += ["\t".join(c.text.replace("\n", " ") for c in row.cells) for row in rows]
            elif element.tag == _P:
                lines += [text for _, _, text in self._lines(element)]
        text = "\n".join(lines)
        self.limits.check("line_length", len(text))
        return text


def _symbol(code: str) -> str:
    """A character given by its code; those of the symbol fonts stand in the private area."""
    try:
        sign = chr(int(code, 16))
    except (ValueError, OverflowError):
        return "\ufffd"
    return "\ufffd" if unicodedata.category(sign) in {"Cc", "Cs"} else sign
