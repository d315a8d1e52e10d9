"""Before a PDF is opened: may it be read in this process?

pdfium parses a whole page in one call that nothing can stop, and a page may be a bomb: streams
that unpack to gigabytes, drawings that draw each other a million times. A file whose streams
are small and whose drawings do not nest is harmless: this is counted on its bytes. Any other is
first gone through by a child process with bounds on time and memory; only what it gets through is
then read here.
"""

import os
import re
import subprocess
import sys
import zlib
from collections.abc import Iterator
from typing import Final

from attrs import define

from munidx.errors import SourceError
from munidx.readers.limits import Limits

__all__ = ["budget", "trial", "vet"]

_STREAM: Final = re.compile(rb"\bstream\r?\n")
_DICTIONARY: Final = 2_048
_KEPT: Final = re.compile(rb"/(?:DCT|JPX|CCITTFax|JBIG2)Decode|/(?:DCT|CCF)\b")
_ODD: Final = re.compile(rb"/(?:LZW|RunLength|ASCII85|ASCIIHex|Crypt)Decode|/(?:LZW|RL|A85|AHx)\b")
_DRAWS: Final = re.compile(rb"\bDo\b")
_TABLES: Final = re.compile(rb"/(?:XRef|ObjStm|FontFile[23]?|CIDToGIDMap|Metadata)\b|/Length1\b")
_HARMLESS: Final = 8 * 1024 * 1024
"""What pdfium makes of a stream needs up to a hundred times its size."""
_DRAWN: Final = 2_000
_CHUNK: Final = 1 << 20
_MEBIBYTE: Final = 1 << 20
_TEXT: Final = bytes(range(0x20, 0x7F)) + b"\t\r\n"
_SECONDS: Final = 7
_EACH: Final = 5
"""Seconds: what a file gets however small it is, and for each MiB."""
_XCPU: Final = 24
_ALARM: Final = 14
"""The signals for too much processor time, and for a page that takes too long."""


@define(eq=False)
class _Count:
    content: int = 0
    """The unpacked bytes of what may be a page's content."""
    drawings: int = 0
    """How often a drawing within the file is asked for."""
    nests: bool = False
    odd: bool = False

    @property
    def harmless(self) -> bool:
        """Whether pdfium surely gets through it: small, and no drawing draws another."""
        return not (self.odd or self.nests or self.content > _HARMLESS or self.drawings > _DRAWN)


def vet(data: bytes, limits: Limits) -> None:
    """Refuse what pdfium cannot get through within bounds.

    Raises:
        SourceError: ``limit-exceeded`` (``unpacked``, ``seconds`` or ``memory``), or
            ``document-damaged``: pdfium itself fails on it.
    """
    count = _Count()
    for found in _STREAM.finditer(data):
        _weigh(data, found, count, limits)
        if count.content > limits.unpacked:
            raise SourceError("limit-exceeded", limit="unpacked", allowed=limits.unpacked)
    if not count.harmless:
        trial(data, limits)


def _weigh(data: bytes, found: re.Match[bytes], count: _Count, limits: Limits) -> None:
    """Count one stream."""
    start = found.end()
    head = data[max(0, found.start() - _DICTIONARY) : found.start()]
    head = head[head.rfind(b" obj") + 1 :]
    if _KEPT.search(head) and not head.count(b"Decode") > 1:
        return  # a picture: pdfium does not unpack it to read a text
    count.odd = count.odd or _ODD.search(head) is not None or head.count(b"FlateDecode") > 1
    table = _TABLES.search(head) is not None
    picture = re.search(rb"/Subtype\s*/Image", head) is not None
    form = re.search(rb"/Subtype\s*/Form", head) is not None
    seen = 0
    for chunk in _unpacked(data, start):
        seen += len(chunk)
        if seen > limits.unpacked:
            raise SourceError("limit-exceeded", limit="unpacked", allowed=limits.unpacked)
        if table:
            continue
        if picture and len(chunk.translate(None, _TEXT)) * 4 > len(chunk):
            continue  # what calls itself a picture and is a text counts as one
        count.content += len(chunk)
        asked = len(_DRAWS.findall(chunk))
        count.drawings += asked
        count.nests = count.nests or (form and asked > 0)


def _unpacked(data: bytes, start: int) -> Iterator[bytes]:
    """What a stream unpacks to, piece by piece; as it stands where it is not packed."""
    if data[start : start + 1] and data[start] & 0x0F != 8:  # noqa: PLR2004 - deflate
        end = data.find(b"endstream", start)
        yield data[start : end if end >= 0 else len(data)]
        return
    unpacker = zlib.decompressobj()
    try:
        piece = unpacker.decompress(data[start : start + _CHUNK], _CHUNK)
        offset = start + _CHUNK
        while piece or unpacker.unconsumed_tail:
            yield piece
            if unpacker.eof:
                return
            rest = unpacker.unconsumed_tail
            if not rest:
                rest = data[offset : offset + _CHUNK]
                offset += _CHUNK
            piece = unpacker.decompress(rest, _CHUNK)
    except zlib.error:
        return


def budget(data: bytes, limits: Limits) -> int:
    """The seconds that reading ``data`` may take: a small file is never much work."""
    return min(limits.seconds, _SECONDS + _EACH * len(data) // _MEBIBYTE)


def trial(data: bytes, limits: Limits, probe: str = "") -> None:
    """Let a child process go through the file, within bounds on time and memory.

    Args:
        data: The file.
        limits: The bounds.
        probe: What the child does with the file; absent, it opens each page of a PDF.

    Raises:
        SourceError: As :func:`vet`.
    """
    seconds = budget(data, limits)
    bounds = (str(limits.memory), str(seconds), str(min(_SECONDS, seconds)))
    command = [sys.executable, "-P", "-c", _BOUNDED + (probe or _PAGES), *bounds]
    # The child finds what this process found, wherever it is installed.
    found = os.pathsep.join(path for path in sys.path if path)
    try:
        ran = subprocess.run(  # noqa: S603 - our own interpreter and our own words
            command,
            input=data,
            capture_output=True,
            timeout=seconds,
            check=False,
            env={**os.environ, "PYTHONPATH": found},
        )
    except subprocess.TimeoutExpired:
        raise SourceError("limit-exceeded", limit="seconds", allowed=seconds) from None
    if ran.returncode == 0:
        return
    if ran.returncode in {-_XCPU, -_ALARM}:
        raise SourceError("limit-exceeded", limit="seconds", allowed=seconds)
    raise SourceError("limit-exceeded", limit="memory", allowed=limits.memory)


_BOUNDED: Final = """
import signal, sys
try:
    import resource
except ImportError:
    resource = None
alarm = getattr(signal, "alarm", lambda _: None)
memory, seconds = int(sys.argv[1]), int(sys.argv[2])
data = sys.stdin.buffer.read()
if resource:
    resource.setrlimit(resource.RLIMIT_AS, (memory + len(data), memory + len(data)))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
"""
# It opens every page as the reader will; what pdfium refuses, the reader says in its own words.
_PAGES: Final = """
import pypdfium2 as pdfium
try:
    alarm(int(sys.argv[3]))
    document = pdfium.PdfDocument(data)
    for number in range(len(document)):
        alarm(int(sys.argv[3]))
        try:
            page = document[number]
            text = page.get_textpage()
            text.count_chars()
            text.close()
            page.close()
        except pdfium.PdfiumError:
            pass
except pdfium.PdfiumError:
    pass
"""
