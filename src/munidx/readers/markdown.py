"""Markdown, by markdown-it: headings, paragraphs, items and tables, each at its lines.

Line ends within a paragraph are no ends of lines of text: Japanese letters join, Latin words keep
a space. Raw HTML stays as it is written; code is text.
"""

import hashlib
import time
from collections.abc import Iterator
from typing import Final

from attrs import define, field
from markdown_it import MarkdownIt
from markdown_it.token import Token

from munidx.document import Block, BlockKind, Cell, Publication, Row, Source, Table
from munidx.errors import SourceError
from munidx.model import Document
from munidx.place import Location, Place
from munidx.readers.encodings import decode
from munidx.readers.letters import joined
from munidx.readers.limits import DEFAULT, Limits
from munidx.readers.text import damage

__all__ = ["read"]

MEDIA_TYPE: Final = "text/markdown"

_TEXTS: Final = {"fence", "code_block", "html_block"}
_SECONDS: Final = 8
"""More than a text of a thousand pages takes."""
_WEIGHT: Final = 4
"""How many times the memory of another cell one of a Markdown table takes while it is parsed."""
_ROOM: Final = 3
"""Levels that one step of nesting takes at most: list, item, paragraph."""


def read(source: Source, limits: Limits = DEFAULT) -> Publication:
    """Read a text in Markdown.

    Raises:
        SourceError: It is no text, or goes over a bound.
    """
    text, encoding = decode(source.data)
    for number, line in enumerate(text.splitlines(), 1):
        where = Location(document=source.name, line=number)
        limits.check("lines", number, where)
        limits.check("line_length", len(line), where)
    limits.check("cells", text.count("|") * _WEIGHT)
    tokens = _parser(limits).parse(text)
    # What nests deeper the parser leaves out without a word.
    deepest = max((token.level for token in tokens), default=0)
    if deepest >= limits.depth - _ROOM:
        limits.check("depth", limits.depth + 1)
    document = Document(
        name=source.name,
        sha256=hashlib.sha256(source.data).hexdigest(),
        media_type=MEDIA_TYPE,
        encoding=encoding,
    )
    blocks = tuple(_Walk(source.name, limits).blocks(tokens))
    return Publication(documents=(document,), blocks=blocks, findings=damage(text, source.name))


def _parser(limits: Limits) -> MarkdownIt:
    """A parser that looks at the clock: some texts take it forever."""
    parser = MarkdownIt("commonmark", {"maxNesting": limits.depth}).enable("table")
    allowed = min(limits.seconds, _SECONDS)
    end = time.process_time() + allowed

    def clock(*_: object) -> bool:
        if time.process_time() > end:
            raise SourceError("limit-exceeded", limit="seconds", allowed=allowed)
        return False

    parser.block.ruler.before("table", "clock", clock, {"alt": []})
    parser.inline.ruler.before("text", "clock", clock)
    return parser


@define(eq=False)
class _Walk:
    document: str
    limits: Limits
    lists: int = 0
    heading: int = 0
    rows: list[Row] = field(factory=list)
    cells: list[Cell] = field(factory=list)
    place: Place | None = None
    seen: int = 0

    def blocks(self, tokens: list[Token]) -> Iterator[Block | Table]:
        """The blocks that ``tokens`` tell of."""
        for token in tokens:
            kind = token.type
            self._enter(token, kind)
            if kind == "table_close" and self.place is not None:
                yield Table(rows=tuple(self.rows), place=self.place)
                self.place = None
            elif kind in _TEXTS:
                yield from self._block(token.content.rstrip("\n"), token)
            elif kind == "inline" and self.place is not None:
                self._cell(token)
            elif kind == "inline":
                yield from self._block(_inline(token), token)

    def _enter(self, token: Token, kind: str) -> None:
        """Note what begins or ends."""
        if kind in {"bullet_list_open", "ordered_list_open"}:
            self.lists += 1
        elif kind in {"bullet_list_close", "ordered_list_close"}:
            self.lists -= 1
        elif kind == "heading_open":
            self.heading = int(token.tag[1])
        elif kind == "heading_close":
            self.heading = 0
        elif kind == "table_open":
            self.rows, self.place = [], self._at(token)
        elif kind == "tr_open":
            self.cells = []
        elif kind == "tr_close":
            self._row()

    def _block(self, text: str, token: Token) -> Iterator[Block]:
        if not text.strip():
            return
        if self.heading:
            kind, level = BlockKind.HEADING, self.heading
        elif self.lists:
            kind, level = BlockKind.ITEM, self.lists
        else:
            kind, level = BlockKind.PARAGRAPH, 0
        yield Block(kind=kind, level=level, text=text, place=self._at(token))

    def _cell(self, token: Token) -> None:
        place = self._at(token)
        column = len(self.cells)
        self.seen += 1
        self.limits.check("cells", self.seen)
        self.limits.check("columns", column + 1)
        self.cells.append(
            Cell(
                text=_inline(token),
                place=Place(document=self.document, line=place.line, column=column + 1),
                column=column,
                header=not self.rows,
            )
        )

    def _row(self) -> None:
        if self.cells:
            place = Place(document=self.document, line=self.cells[0].place.line)
            self.rows.append(Row(cells=tuple(self.cells), place=place))

    def _at(self, token: Token) -> Place:
        first, end = token.map or [0, 1]
        return Place(document=self.document, line=first + 1, last=end if end > first + 1 else None)


def _inline(token: Token) -> str:
    """The text of a line of inline marks."""
    lines = [""]
    parts: list[str] = []
    for child in token.children or []:
        if child.type in {"softbreak", "hardbreak"}:
            _join(lines, "".join(parts))
            parts.clear()
            if child.type == "hardbreak":
                lines.append("\n")
        else:
            parts.append(child.content)
    _join(lines, "".join(parts))
    return "".join(lines)


def _join(lines: list[str], line: str) -> None:
    """Put ``line`` after the others, with a space where one is needed."""
    last = lines[-1]
    lines.append(line if last.endswith("\n") else joined(last, line)[len(last) :])
