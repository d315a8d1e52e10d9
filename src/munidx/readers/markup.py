"""From a tree of HTML elements to blocks and tables.

What becomes what: ``h1`` to ``h6`` are headings with their level; ``li`` are items whose level
is the number of lists around them; everything else that stands on lines of its own is a
paragraph. Navigation, header and footer are blocks like the others: the adapter passes them.
Scripts, styles, templates and the page's ``title`` (metadata, printed again in the page) are
left out; an image is its alternative text; ``br`` is a line feed; other white space is one
space. A ruby reading stands behind its word in brackets, as it does where ruby is not shown.

A table gives a row for each ``tr`` and a cell for each ``td`` and ``th``, a merged cell once,
at its upper left corner; ``c`` of a cell's place is its grid column. The blocks within a cell
are its lines; a table within a cell is there row by row, its cells parted by tabs. A table
whose cells hold ``h1`` to ``h3``, or with the role ``presentation``, only lays out the page:
its cells are read as the page is.
"""

import re
from collections.abc import Iterator
from typing import Final

from attrs import define, evolve, field, frozen
from lxml import etree

from munidx.document import Block, BlockKind, Cell, Row, Table
from munidx.place import Place
from munidx.readers.limits import Limits

__all__ = ["Walk"]

_BREAK: Final = "\0"  # stands for <br> until white space is collapsed; no page holds one
_HIDDEN: Final = {"script", "style", "template", "title"}
_HEADINGS: Final = {f"h{level}": level for level in range(1, 7)}
_LISTS: Final = {"ul", "ol", "menu", "dir"}
_GROUPS: Final = {"thead", "tbody", "tfoot"}
_BLOCKS: Final = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "caption",
        "center",
        "dd",
        "details",
        "dialog",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "header",
        "hgroup",
        "html",
        "legend",
        "li",
        "main",
        "nav",
        "noscript",
        "ol",
        "optgroup",
        "option",
        "p",
        "pre",
        "search",
        "section",
        "select",
        "summary",
        "table",
        "tbody",
        "td",
        "textarea",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
        "menu",
        "dir",
        "hr",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
    ]
)
_DIGITS: Final = 9  # of a span; int() of a longer one costs time
_SPACES: Final = re.compile(r"[ \t\r\n\f]+")
_AROUND_BREAK: Final = re.compile(f" ?{_BREAK} ?")


@frozen
class _Context:
    """What text met here belongs to."""

    kind: BlockKind = BlockKind.PARAGRAPH
    level: int = 0
    lists: int = 0
    raw: bool = False
    """Whether line ends count (``pre``)."""


@define(eq=False)
class Walk:
    """One walk through a page, or through a cell.

    Args:
        document: The name for places.
        limits: The bounds.
        place: Where everything stands, if not at a number of its own.
    """

    document: str
    limits: Limits
    place: Place | None = None
    blocks: list[Block | Table] = field(factory=list, init=False)
    _text: list[str] = field(factory=list, init=False)
    _numbered: int = field(default=0, init=False)
    _tables: int = field(default=0, init=False)
    _depth: int = field(default=0, init=False)
    _covered: int = field(default=0, init=False)
    """Positions of tables that cells cover, so far."""

    def page(self, root: etree._Element) -> list[Block | Table]:
        """The blocks below ``root``.

        Raises:
            SourceError: ``limit-exceeded``.
        """
        self._walk(root)
        return self.blocks

    def _walk(self, root: etree._Element) -> None:
        contexts = [_Context()]
        events = etree.iterwalk(root, events=("start", "end"))
        for event, element in events:
            tag = element.tag if isinstance(element.tag, str) else ""
            if event == "start":
                self._depth += 1
                self.limits.check("depth", self._depth)
                if self._enter(element, tag, contexts, top=element is root):
                    events.skip_subtree()
                continue
            self._depth -= 1
            if tag in _BLOCKS:
                self._flush(contexts[-1])
                contexts.pop()
            elif tag == "rt" and not _has_brackets(element):
                self._text.append(")")
            if element is not root:
                self._say(element.tail, contexts[-1])
        self._flush(contexts[-1])

    def _enter(
        self, element: etree._Element, tag: str, contexts: list[_Context], *, top: bool
    ) -> bool:
        """Take up ``element``; whether what is below it is dealt with."""
        if tag in _BLOCKS:
            self._flush(contexts[-1])
            contexts.append(_context(tag, contexts[-1]))
        if tag in _HIDDEN or not tag:
            return True
        if tag == "table" and not top and not _is_layout(element):
            self._table(element)
            return True
        if tag == "br":
            self._text.append(_BREAK)
        elif tag == "img":
            self._say(element.get("alt"), contexts[-1])
        elif tag == "rt" and not _has_brackets(element):
            self._text.append("(")
        self._say(element.text, contexts[-1])
        return False

    def _say(self, text: str | None, context: _Context) -> None:
        if text:
            self._text.append(text.replace("\n", _BREAK) if context.raw else text)

    def _flush(self, context: _Context) -> None:
        """Make a block of the text since the last one."""
        if not self._text:
            return
        text = _AROUND_BREAK.sub("\n", _SPACES.sub(" ", "".join(self._text))).strip(" \n")
        self._text.clear()
        if not text.strip():
            return
        self.limits.check("line_length", len(text))
        self._numbered += 1
        self.limits.check("lines", self._numbered)
        place = self.place or Place(document=self.document, block=self._numbered)
        self.blocks.append(Block(kind=context.kind, level=context.level, text=text, place=place))

    def _table(self, element: etree._Element) -> None:
        """Read a table; text that stands in it but in no cell comes first, as browsers show it."""
        parts = _Parts()
        parts.collect(element)
        for stray in parts.strays:
            if isinstance(stray, str):
                self._text.append(stray)
                self._flush(_Context())
            else:
                self._below(stray)
        self._tables += 1
        place = self.place or Place(document=self.document, table=self._tables)
        rows: list[Row] = []
        for group in parts.groups:
            rows += self._rows(group, len(rows), place)
        caption = "\n".join(self._inner(each) for each in parts.captions)
        self.blocks.append(Table(rows=tuple(rows), place=place, caption=caption))

    def _rows(self, group: list[list[etree._Element]], above: int, table: Place) -> Iterator[Row]:
        """The rows of one row group, below whose end no cell hangs."""
        hanging: dict[int, int] = {}  # grid column -> how many more rows it is covered
        for number, elements in enumerate(group, above + 1):
            place = self.place or evolve(table, row=number)
            taken = {column for column, left in hanging.items() if left}
            hanging = {column: left - 1 for column, left in hanging.items() if left > 1}
            cells: list[Cell] = []
            column = 0
            for element in elements:
                while column in taken:
                    column += 1
                width = self._span(element, "colspan", self.limits.span)
                height = self._span(element, "rowspan", above + len(group) + 1 - number)
                width = next((n for n in range(1, width) if column + n in taken), width)
                self._check_size(column + width, width * height)
                cells.append(
                    Cell(
                        text=self._inner(element),
                        place=self.place or evolve(place, column=column + 1),
                        column=column,
                        rowspan=height,
                        colspan=width,
                        header=element.tag == "th",
                    )
                )
                if height > 1:
                    hanging |= dict.fromkeys(range(column, column + width), height - 1)
                column += width
            yield Row(cells=tuple(cells), place=place)

    def _span(self, element: etree._Element, name: str, most: int) -> int:
        """How many rows or columns a cell covers; 0 rows mean all that follow in the group."""
        told = (element.get(name) or "").strip()
        number = int(told) if told.isascii() and told.isdigit() and len(told) < _DIGITS else 1
        if number == 0:
            number = most if name == "rowspan" else 1
        return max(1, min(number, most, self.limits.span))

    def _check_size(self, columns: int, positions: int) -> None:
        self._covered += positions
        self.limits.check("columns", columns)
        self.limits.check("cells", self._covered)

    def _inner(self, element: etree._Element) -> str:
        """The text of a cell or caption: a line for each block, a row's cells parted by tabs."""
        if not len(element):
            self.limits.check("depth", self._depth + 1)
            text = _SPACES.sub(" ", element.text or "").strip(" \n")
            self.limits.check("line_length", len(text))
            return text if text.strip() else ""
        inner = Walk(self.document, self.limits, self.place or Place(document=self.document))
        inner._depth = self._depth
        inner._covered = self._covered
        inner._walk(element)
        self._covered = inner._covered
        text = "\n".join(inner._lines())
        self.limits.check("line_length", len(text))
        return text

    def _lines(self) -> Iterator[str]:
        for block in self.blocks:
            if isinstance(block, Block):
                yield block.text
                continue
            if block.caption:
                yield block.caption
            for row in block.rows:
                yield "\t".join(cell.text.replace("\n", " ") for cell in row.cells)

    def _below(self, element: etree._Element) -> None:
        """The blocks of an element that stands in a table, but in no cell of it."""
        inner = Walk(self.document, self.limits, self.place)
        inner._depth, inner._covered = self._depth, self._covered
        inner._numbered, inner._tables = self._numbered, self._tables
        inner.blocks = self.blocks
        inner._walk(element)
        self._covered, self._numbered = inner._covered, inner._numbered
        self._tables = inner._tables


@define(eq=False)
class _Parts:
    """What a table holds: its row groups (of rows, of cells), captions, and what is astray."""

    groups: list[list[list[etree._Element]]] = field(factory=list)
    captions: list[etree._Element] = field(factory=list)
    strays: list[etree._Element | str] = field(factory=list)
    _open: bool = False
    """Whether the last group goes on: rows that stand in no group of the page."""

    def collect(self, table: etree._Element) -> None:
        """Sort what stands in ``table``; elements between it and its rows count for nothing."""
        self._stray(table.text)
        for child in table:
            tag = child.tag if isinstance(child.tag, str) else ""
            if tag in _GROUPS:
                self._open = False
                self.collect(child)
                self._open = False
            elif tag == "tr":
                self._group().append(self._row(child))
            elif tag in {"td", "th"}:
                self._loose(child)
            elif tag == "caption":
                self.captions.append(child)
            elif tag and next(child.iter("tr", "td", "th"), None) is not None and tag != "table":
                self.collect(child)
            elif tag not in {"", "col", "colgroup", *_HIDDEN}:
                self.strays.append(child)
            self._stray(child.tail)

    def _row(self, element: etree._Element) -> list[etree._Element]:
        """The cells of a row, also those wrapped in a form or the like."""
        cells: list[etree._Element] = []
        self._stray(element.text)
        for child in element:
            tag = child.tag if isinstance(child.tag, str) else ""
            if tag in {"td", "th"}:
                cells.append(child)
            elif tag and tag != "table" and next(child.iter("td", "th"), None) is not None:
                cells += self._row(child)
            elif tag and tag not in _HIDDEN:
                self.strays.append(child)
            self._stray(child.tail)
        return cells

    def _loose(self, cell: etree._Element) -> None:
        """A cell without a row: it goes on with the cell before it, or begins a row."""
        group = self._group()
        before = cell.getprevious()
        if group and before is not None and before.tag in {"td", "th"}:
            group[-1].append(cell)
        else:
            group.append([cell])

    def _group(self) -> list[list[etree._Element]]:
        if not self._open:
            self.groups.append([])
            self._open = True
        return self.groups[-1]

    def _stray(self, text: str | None) -> None:
        if text and text.strip():
            self.strays.append(text)


def _context(tag: str, outer: _Context) -> _Context:
    """The context within a block: what does not say otherwise is what stands around it."""
    if tag in _HEADINGS:
        return evolve(outer, kind=BlockKind.HEADING, level=_HEADINGS[tag])
    if tag in _LISTS:
        lists = outer.lists + 1
        return evolve(outer, kind=BlockKind.ITEM, level=lists, lists=lists)
    if tag == "li":
        return evolve(outer, kind=BlockKind.ITEM, level=max(outer.lists, 1))
    if tag in {"pre", "textarea"}:
        return evolve(outer, raw=True)
    return outer


def _is_layout(table: etree._Element) -> bool:
    """Whether a table only lays out the page."""
    if table.get("role") in {"presentation", "none"}:
        return True
    return next(table.iter("h1", "h2", "h3"), None) is not None


def _has_brackets(reading: etree._Element) -> bool:
    """Whether the page prints brackets of its own (``rp``) around a ruby reading."""
    around = reading.getparent()
    return around is not None and around.find("rp") is not None
