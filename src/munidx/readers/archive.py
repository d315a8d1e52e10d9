"""Packed files (the forms of office programs are such): opened with bounds.

Before a part is handed on, all parts have been unpacked once and counted: how many there are,
what they come to, how many times its packed size each has. XML is taken only without a document
type, which is where entities and references to elsewhere would be declared.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Iterable
from typing import Final
from xml.etree import ElementTree as ET

from attrs import frozen

from munidx.errors import SourceError
from munidx.readers.limits import Limits

__all__ = ["Archive", "parsed", "refuse_declarations", "whole"]

_CHUNK: Final = 1 << 20
_SMALL: Final = 1 << 20
"""What is small may be packed as tightly as it likes."""
_DOCTYPE: Final = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_ENCRYPTED: Final = 1
_DIGITS: Final = 9
"""Of a number in an attribute; one that is longer means nothing, and int() of it costs time."""


@frozen(eq=False)
class Archive:
    """A packed file whose parts are known to be within bounds."""

    parts: zipfile.ZipFile
    names: frozenset[str]
    limits: Limits

    @classmethod
    def open(cls, data: bytes, limits: Limits) -> "Archive":
        """Open ``data`` and count its parts.

        Raises:
            SourceError: ``limit-exceeded``, ``document-encrypted``, ``document-damaged``.
        """
        try:
            parts = zipfile.ZipFile(io.BytesIO(data))
            infos = parts.infolist()
            limits.check("parts", len(infos))
            limits.check("unpacked", sum(info.file_size for info in infos))
            for info in infos:
                if info.flag_bits & _ENCRYPTED:
                    raise SourceError("document-encrypted")
                if info.file_size > _SMALL:
                    limits.check("ratio", info.file_size // max(info.compress_size, 1))
                with parts.open(info) as stream:
                    while stream.read(_CHUNK):
                        pass  # read to its end, so that its size and sum are known to be true
        except _BROKEN as error:
            raise SourceError("document-damaged", form="ZIP") from error
        return cls(parts, frozenset(info.filename for info in infos), limits)

    def read(self, name: str) -> bytes:
        """A part; empty where there is none of this name."""
        if name not in self.names:
            return b""
        try:
            info = self.parts.getinfo(name)
            with self.parts.open(info) as stream:
                # No more than it says: without a size all would be unpacked before it is cut.
                return stream.read(info.file_size)
        except _BROKEN as error:
            raise SourceError("document-damaged", form="ZIP") from error

    def repacked(self, names: Iterable[str]) -> bytes:
        """A packed file of some of its parts, as they were counted.

        For a library that unpacks by itself: where a file lies about its parts, it might see
        others than those.
        """
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as packed:
            for name in names:
                packed.writestr(zipfile.ZipInfo(name), self.read(name))
        return buffer.getvalue()

    def xml(self, name: str) -> ET.Element | None:
        """The tree of a part; None where there is no such part.

        Raises:
            SourceError: ``document-damaged``, ``limit-exceeded`` (``depth``).
        """
        data = self.read(name)
        if not data:
            return None
        return parsed(data, self.limits)


_BROKEN: Final = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    EOFError,
    NotImplementedError,
    OSError,
    RuntimeError,
    ValueError,
    KeyError,
    zlib.error,
)


def parsed(data: bytes, limits: Limits) -> ET.Element:
    """The tree of an XML document that declares nothing.

    Raises:
        SourceError: As :meth:`Archive.xml`.
    """
    refuse_declarations(data)
    depth, count = 0, 0
    root: ET.Element | None = None
    try:
        events = ET.iterparse(io.BytesIO(data), ("start", "end"))  # noqa: S314 - declares nothing
        for event, element in events:
            root = element if root is None else root
            depth += 1 if event == "start" else -1
            count += 1
            if depth > limits.depth or count > limits.lines * 2:
                limits.check("depth", depth)
                limits.check("lines", count // 2)
    except (ET.ParseError, ValueError, LookupError) as error:
        raise SourceError("document-damaged", form="XML") from error
    if root is None:
        raise SourceError("document-damaged", form="XML")
    return root


def refuse_declarations(data: bytes) -> None:
    """Refuse XML that declares a document type.

    Raises:
        SourceError: ``document-damaged``.
    """
    # UTF-16 would hide a declaration from the search; offices write UTF-8.
    if _DOCTYPE.search(data.replace(b"\0", b"")):
        raise SourceError("document-damaged", form="XML")


def whole(told: str, absent: int = 0) -> int:
    """The number that an attribute tells in plain digits; ``absent`` where it tells none."""
    plain = told.isascii() and told.isdigit() and len(told) <= _DIGITS
    return int(told) if plain else absent
