"""Which reader reads which form: the table of readers, and finding a document's form.

A form is found by content first (a signature, the beginning of a page), by the name's suffix
where the content does not say (a table parted by commas is a text like any other), and is
plain text if neither tells more. A later reader is one file and one line of :data:`FORMS`.
"""

import importlib
import pathlib
import re
from collections.abc import Callable, Iterable
from typing import Final, Protocol, cast

from attrs import evolve, frozen

from munidx.document import Block, Publication, Source, Table
from munidx.errors import MissingReaderError, SourceError
from munidx.garbage import uncollected
from munidx.place import Location
from munidx.readers.limits import DEFAULT, Limits

__all__ = ["FORMS", "Form", "form_of", "read_publication", "read_source"]


def _html(data: bytes) -> bool:
    """Whether it begins as a page does, comments and an XML declaration aside.

    Without the NULs, the markup of UTF-16 reads as ASCII.
    """
    head = data[:_HEAD].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n\f")
    while head.startswith((b"<!--", b"<?")):
        closing = b"-->" if head.startswith(b"<!--") else b">"
        _, closed, head = head.partition(closing)
        if not closed:
            return False
        head = head.lstrip()
    return _PAGE.match(head) is not None


def _pdf(data: bytes) -> bool:
    """Whether the mark of a PDF stands near its beginning, where readers look for it."""
    return b"%PDF-" in data[:_MARKED]


@frozen(kw_only=True)
class Form:
    """A form of documents and the module that reads it."""

    media_type: str
    module: str = ""
    """What reads it; empty: the form is known, and nothing here reads it."""
    suffixes: tuple[str, ...] = ()
    sniff: Callable[[bytes], bool] | None = None
    """Whether the content is of this form; absent: content does not say."""
    extra: str = ""
    """The extra of munidx that brings the libraries its module needs."""


class _Reader(Protocol):
    def read(self, source: Source, limits: Limits) -> Publication: ...


def _begins(*signatures: bytes) -> Callable[[bytes], bool]:
    return lambda data: data.startswith(signatures)


def _holds(part: bytes) -> Callable[[bytes], bool]:
    """Whether it is a packed file that names ``part``."""
    return lambda data: data.startswith(b"PK\x03\x04") and part in data


def _stores(*streams: str) -> Callable[[bytes], bool]:
    """Whether it is a compound file of old offices that names one of ``streams``."""
    names = [stream.encode("utf-16-le") + b"\0\0" for stream in streams]
    return lambda data: data.startswith(_COMPOUND) and any(name in data for name in names)


_ENCRYPTED: Final = "application/encrypted"
_COMPOUND: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HEAD: Final = 65_536
_MARKED: Final = 1024
_SPARSE: Final = 8
"""Positions of a table's grid for each cell that may be in it."""
_LINES: Final = 20
_LEAST: Final = 3
_COMMAS: Final = 2
_PAGE: Final = re.compile(
    rb"<(?:!doctype[\s]+html|html|head|body|meta|title)[\s/>]"
    rb"|<(?:div|table|main|article|section|h1)\b[^<>]*>.*</(?:div|table|main|article|section|h1|p|ul)>\s*\Z",
    re.IGNORECASE | re.DOTALL,
)

FORMS: Final = (
    Form(
        media_type="text/html",
        module="munidx.readers.html",
        suffixes=(".html", ".htm", ".xhtml"),
        sniff=_html,
        extra="html",
    ),
    Form(
        media_type="application/pdf",
        module="munidx.readers.pdf",
        sniff=_pdf,
        extra="pdf",
    ),
    Form(
        media_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        module="munidx.readers.sheet",
        sniff=_holds(b"xl/workbook.xml"),
        extra="sheets",
    ),
    Form(
        media_type="application/vnd.oasis.opendocument.spreadsheet",
        module="munidx.readers.sheet",
        sniff=_holds(b"application/vnd.oasis.opendocument.spreadsheet"),
        extra="sheets",
    ),
    Form(
        media_type="application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        module="munidx.readers.word",
        sniff=_holds(b"word/document.xml"),
    ),
    Form(
        media_type="application/vnd.ms-excel",
        module="munidx.readers.sheet",
        sniff=_stores("Workbook", "Book"),
        extra="sheets",
    ),
    Form(media_type="application/zip", sniff=_begins(b"PK\x03\x04", b"PK\x05\x06")),
    Form(media_type=_ENCRYPTED, sniff=_stores("EncryptedPackage")),
    Form(media_type="application/x-ole-storage", sniff=_begins(_COMPOUND)),
    Form(media_type="application/rtf", sniff=_begins(b"{\\rtf")),
    Form(media_type="application/gzip", sniff=_begins(b"\x1f\x8b")),
    Form(media_type="image/png", sniff=_begins(b"\x89PNG\r\n\x1a\n")),
    Form(media_type="image/jpeg", sniff=_begins(b"\xff\xd8\xff")),
    Form(media_type="image/gif", sniff=_begins(b"GIF87a", b"GIF89a")),
    Form(media_type="image/tiff", sniff=_begins(b"II*\0", b"MM\0*")),
    Form(
        media_type="text/csv", module="munidx.readers.delimited", suffixes=(".csv", ".tsv", ".tab")
    ),
    Form(
        media_type="text/markdown",
        module="munidx.readers.markdown",
        suffixes=(".md", ".markdown"),
        extra="markdown",
    ),
    Form(media_type="text/plain", module="munidx.readers.text", suffixes=(".txt", ".text")),
)
"""The forms in the order in which they are tried, the plainest last."""


def form_of(source: Source) -> Form:
    """The form of ``source``: by content, then by suffix, else plain text."""
    for form in FORMS:
        if form.sniff and form.sniff(source.data):
            return form
    suffix = pathlib.PurePath(source.name).suffix.lower()
    readable = (form for form in FORMS if form.module and suffix in form.suffixes)
    named = next(readable, None)
    if named is None and _delimited(source.data):
        named = next(form for form in FORMS if form.media_type == "text/csv")
    return named or FORMS[-1]


def _delimited(data: bytes) -> bool:
    """Whether its first lines all hold commas, and as many: a table under any name."""
    lines = [line for line in data[:_HEAD].splitlines()[:_LINES] if line.strip()]
    counts = {line.count(b",") for line in lines}
    return len(lines) >= _LEAST and len(counts) == 1 and min(counts) >= _COMMAS


def read_source(source: Source, limits: Limits = DEFAULT) -> Publication:
    """Read ``source`` into blocks, by the reader of its form.

    Raises:
        MissingReaderError: ``reader-missing``: a library is not installed; ``extra`` says
            which extra of munidx brings it.
        SourceError: ``file-empty``, ``file-too-large``, ``form-unknown`` (no reader for its
            form), ``document-blank`` (nothing but white space), or what the reader raises.
    """
    location = Location(document=source.name)
    if not source.data:
        raise SourceError("file-empty", location=location)
    size = len(source.data)
    if size > limits.bytes:
        raise SourceError("file-too-large", location=location, size=size, allowed=limits.bytes)
    form = form_of(source)
    if form.media_type == _ENCRYPTED:
        raise SourceError("document-encrypted", location=location)
    if not form.module:
        raise SourceError("form-unknown", location=location, media_type=form.media_type)
    try:
        reader = cast("_Reader", importlib.import_module(form.module))
    except ImportError as error:
        raise MissingReaderError(
            "reader-missing",
            location=location,
            media_type=form.media_type,
            extra=form.extra,
            library=error.name or "",
        ) from error
    try:
        with uncollected():
            publication = reader.read(source, limits)
    except SourceError as error:
        error.location = evolve(error.location, document=source.name)
        raise
    if not any(map(_tells, publication.blocks)):
        raise SourceError("document-blank", location=location)
    limits.check("cells", _positions(publication) // _SPARSE, location)
    return publication


def _tells(block: Block | Table) -> bool:
    """Whether there is anything but white space in it; a table may be empty."""
    if isinstance(block, Block):
        return True
    return bool(block.caption) or any(cell.text.strip() for row in block.rows for cell in row.cells)


def _positions(publication: Publication) -> int:
    """How many positions the grids of the tables have: one long row makes many of few cells."""
    return sum(
        len(block.rows)
        * max(
            (row.cells[-1].column + row.cells[-1].colspan for row in block.rows if row.cells),
            default=0,
        )
        for block in publication.blocks
        if isinstance(block, Table)
    )


def read_publication(sources: Iterable[Source], limits: Limits = DEFAULT) -> Publication:
    """Several files as one publication, in their order.

    Locators name a file by its base name: of two that share one, the second becomes
    ``plan-2.txt``.

    Raises:
        SourceError: As :func:`read_source`, for the first file that cannot be read.
    """
    taken: set[str] = set()
    parts: list[Publication] = []
    for source in sources:
        name = _distinct(source.name, taken)
        taken.add(name)
        parts.append(read_source(Source(name, source.data), limits))
    return Publication(
        documents=tuple(document for part in parts for document in part.documents),
        blocks=tuple(block for part in parts for block in part.blocks),
        findings=tuple(finding for part in parts for finding in part.findings),
    )


def _distinct(name: str, taken: set[str]) -> str:
    path = pathlib.PurePath(name)
    number, candidate = 1, name
    while candidate in taken:
        number += 1
        candidate = f"{path.stem}-{number}{path.suffix}"
    return candidate
