"""Opening files: each way in which one cannot be read has its own code.

The size is asked of the file system before a byte is read, and reading stops one byte past
the bound, so neither a huge file nor an endless stream fills the memory.
"""

import errno
import io
import os
import pathlib
import stat
from typing import BinaryIO, Final

from munidx.document import Source
from munidx.errors import SourceError
from munidx.place import Location
from munidx.readers.limits import DEFAULT, Limits

__all__ = ["open_source", "open_stream"]

_CODES: Final = {
    errno.ENOENT: "file-missing",
    errno.ENOTDIR: "file-missing",
    errno.EACCES: "file-forbidden",
    errno.EPERM: "file-forbidden",
    errno.EISDIR: "file-is-directory",
}


def open_source(path: str | os.PathLike[str], limits: Limits = DEFAULT) -> Source:
    """The file at ``path``; its name is the path's last part.

    Raises:
        SourceError: ``file-missing``, ``file-is-directory``, ``file-forbidden``,
            ``file-not-regular`` (a pipe, socket or device), ``file-empty``,
            ``file-too-large``, or ``file-unreadable`` with the system's name of the fault.
    """
    where = pathlib.Path(path)
    location = Location(document=_printable(os.fspath(path)))
    try:
        status = where.stat()
        _check(status, limits, location)
        with where.open("rb") as stream:
            # The file may have been exchanged since: what is open now is what counts.
            status = os.fstat(stream.fileno())
            _check(status, limits, location)
            return _take(stream, _printable(where.name), location, limits, status.st_size)
    except OSError as error:
        code = _CODES.get(error.errno or 0, "file-unreadable")
        reason = errno.errorcode.get(error.errno or 0, type(error).__name__)
        raise SourceError(code, location=location, reason=reason) from error
    except ValueError as error:  # a path with a NUL names no file
        raise SourceError("file-missing", location=location, reason="ENOENT") from error


def open_stream(stream: BinaryIO, name: str, limits: Limits = DEFAULT) -> Source:
    """What a stream (standard input, say) holds, read up to the bound on bytes.

    Raises:
        SourceError: ``file-empty``, ``file-too-large`` or ``file-unreadable``.
    """
    location = Location(document=name)
    try:
        return _take(stream, name, location, limits)
    except OSError as error:
        reason = errno.errorcode.get(error.errno or 0, type(error).__name__)
        raise SourceError("file-unreadable", location=location, reason=reason) from error


def _check(status: os.stat_result, limits: Limits, location: Location) -> None:
    if stat.S_ISDIR(status.st_mode):
        raise SourceError("file-is-directory", location=location)
    if not stat.S_ISREG(status.st_mode):
        raise SourceError("file-not-regular", location=location)
    if status.st_size > limits.bytes:
        raise SourceError(
            "file-too-large", location=location, size=status.st_size, allowed=limits.bytes
        )


def _take(
    stream: BinaryIO | io.BufferedReader,
    name: str,
    location: Location,
    limits: Limits,
    expected: int = 0,
) -> Source:
    chunks: list[bytes] = []
    left = limits.bytes + 1
    # At once, if all is as expected: a single chunk is not copied once more to be joined.
    size = max(1 << 20, expected + 1)
    while left > 0 and (chunk := stream.read(min(left, size))):
        chunks.append(chunk)
        left -= len(chunk)
    if left <= 0:
        raise SourceError(
            "file-too-large", location=location, size=limits.bytes + 1, allowed=limits.bytes
        )
    if not chunks:
        raise SourceError("file-empty", location=location)
    return Source(name, b"".join(chunks))


def _printable(name: str) -> str:
    """``name`` without the stand-ins for bytes that are no UTF-8: locators are written out."""
    return os.fsencode(name).decode("utf-8", "replace")
