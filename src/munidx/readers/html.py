"""Web pages, and the HTML that other documents hold in their cells.

The bytes become text first, by the page's own word as far as it holds (what calls itself
Shift_JIS is cp932); only then lxml sees them, for a parser that is handed bytes cuts a page
silently at the first character that the declared encoding lacks. There is no network, no
entity beyond those of HTML, and a bound on depth. What a page holds as what:
:mod:`munidx.readers.markup`.
"""

import hashlib
import re
from typing import Final

from attrs import evolve
from lxml import etree

from munidx.document import Block, Publication, Source, Table
from munidx.errors import SourceError
from munidx.findings import Finding, Severity
from munidx.model import Document
from munidx.place import Location, Place
from munidx.readers.encodings import decode
from munidx.readers.limits import DEFAULT, Limits
from munidx.readers.markup import Walk
from munidx.readers.tags import TAG
from munidx.readers.text import blocks_of, damage

__all__ = ["fragment", "read"]

MEDIA_TYPE: Final = "text/html"

_HEAD: Final = 4096
_CHARSET: Final = re.compile(
    rb"<meta\b[^>]{0,400}?charset\s*=\s*[\"']?\s*([\w.:-]{1,40})"
    rb"|<\?xml\b[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]{1,40})",
    re.IGNORECASE,
)
_XML_DECLARATION: Final = re.compile(r"<\?xml\b[^<>]*+>", re.IGNORECASE)
# What follows these tags would stand outside of the tree; they mean nothing in HTML.
_CLOSING: Final = re.compile(r"</(?:body|html)\s*+>", re.IGNORECASE)
_END: Final = "munidx-end-of-page"

_ENTITY: Final = re.compile(r"&(?!#\d{1,7};|#x[0-9a-f]{1,6};|[a-z][a-z0-9]{1,30};)", re.IGNORECASE)


def read(source: Source, limits: Limits = DEFAULT) -> Publication:
    """Read a web page.

    Raises:
        SourceError: It is no text, or goes over a bound.
    """
    text, encoding = decode(source.data, _declared(source.data))
    document = Document(
        name=source.name,
        sha256=hashlib.sha256(source.data).hexdigest(),
        media_type=MEDIA_TYPE,
        encoding=encoding,
    )
    root = _parse(f"{text}<hr id={_END}>", limits)
    findings = damage(text, source.name)
    if root is None or root.find(f".//hr[@id='{_END}']") is None:
        # What was appended is gone: a tag that was never closed (<script>) swallowed it.
        cut = Finding(
            code="MX903", severity=Severity.WARNING, location=Location(document=source.name)
        )
        findings = (*findings, cut)
    blocks = _blocks(root, Walk(source.name, limits))
    return Publication(documents=(document,), blocks=blocks, findings=findings)


def fragment(
    text: str, *, place: Place | None = None, limits: Limits = DEFAULT
) -> tuple[Block | Table, ...]:
    """The blocks of a cell's text that may hold HTML (``<ul><li>…``, unclosed or nested).

    A text without tags is read as plain text is, a block a line; a ``<`` that opens no tag of
    HTML (``<外部リンク>``) is text. Everything stands at ``place``, the cell's.

    Raises:
        SourceError: ``limit-exceeded``.
    """
    where = place or Place(document="fragment")
    if not TAG.search(text):
        return tuple(_moved(block, where) for block in blocks_of(text, where.document, limits))
    parts: list[str] = []
    end = 0
    for found in TAG.finditer(text):
        parts += (_escaped(text[end : found.start()]), found[0])
        end = found.end()
    parts.append(_escaped(text[end:]))
    root = _parse("<div>" + "".join(parts), limits)
    return _blocks(root, Walk(where.document, limits, where))


def _declared(data: bytes) -> str:
    found = _CHARSET.search(data[:_HEAD])
    return (found[1] or found[2]).decode("ascii", "replace") if found else ""


def _parse(text: str, limits: Limits) -> etree._Element | None:
    """The tree of ``text``; None where nothing is in it.

    Raises:
        SourceError: ``limit-exceeded``: the parser stopped, and what follows would be lost.
    """
    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, huge_tree=False, remove_comments=True, remove_pis=True
    )
    plain = _CLOSING.sub("", _XML_DECLARATION.sub("", text, count=1))
    data = plain.encode("utf-8", "replace")
    try:
        root: etree._Element | None = etree.fromstring(data, parser)
    except etree.XMLSyntaxError:
        root = None
    for entry in parser.error_log:
        if entry.type_name == "ERR_RESOURCE_LIMIT" or entry.level_name == "FATAL":
            deep = "depth" in entry.message
            name = "depth" if deep else "line_length"
            raise SourceError(
                "limit-exceeded",
                location=Location(line=entry.line),
                limit=name,
                allowed=getattr(limits, name),
            )
    return root


def _blocks(root: etree._Element | None, walk: Walk) -> tuple[Block | Table, ...]:
    if root is None:
        return ()
    try:
        return tuple(walk.page(root))
    except RecursionError:
        allowed = walk.limits.depth
        raise SourceError("limit-exceeded", limit="depth", allowed=allowed) from None


def _escaped(text: str) -> str:
    return _ENTITY.sub("&amp;", text).replace("<", "&lt;").replace(">", "&gt;")


def _moved(block: Block | Table, place: Place) -> Block | Table:
    if isinstance(block, Block):
        return evolve(block, place=place)
    rows = tuple(
        evolve(row, place=place, cells=tuple(evolve(cell, place=place) for cell in row.cells))
        for row in block.rows
    )
    return evolve(block, place=place, rows=rows)
