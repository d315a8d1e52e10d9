"""Packed files (the forms of office programs are such): opened with bounds.

Before a part is handed on, all parts have been unpacked once and counted: how many there are,
what they come to, how many times its packed size each has. XML is taken only without a document
type, which is where entities and references to elsewhere would be declared.
"""

import io
import re
import zipfile
import zlib
from typing import Final
from xml.etree import ElementTree as ET

from attrs import frozen

from munidx.errors import SourceError
from munidx.readers.limits import Limits

__all__ = ["Archive", "parsed"]

_CHUNK: Final = 1 << 20
_SMALL: Final = 1 << 20
"""What is small may be packed as tightly as it likes."""
_DOCTYPE: Final = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_ENCRYPTED: Final = 1


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
            return self.parts.read(name)
        except _BROKEN as error:
            raise SourceError("document-damaged", form="ZIP") from error

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
    # UTF-16 would hide a declaration from the search; offices write UTF-8.
    if _DOCTYPE.search(data.replace(b"\0", b"")):
        raise SourceError("document-damaged", form="XML")
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
