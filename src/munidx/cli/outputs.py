"""Where results and messages go: results to standard output, all else to standard error."""

import contextlib
import os
import sys
from collections.abc import Iterator
from typing import Final, TextIO

from munidx.errors import SourceError
from munidx.place import Location
from munidx.report.terminal import colours, encodable

__all__ = ["PipeClosedError", "coloured", "columns", "complain", "emit", "emit_data"]

_COLUMNS: Final = 100
"""The width where the output is no terminal: the same in every pipe."""


class PipeClosedError(Exception):
    """Whoever read our output has stopped reading; no fault, but nothing more is to be done."""


def emit(text: str) -> None:
    """Print ``text``, a result meant for people, in the terminal's own encoding."""
    _write(sys.stdout, text)


def emit_data(data: str | bytes) -> None:
    """Print ``data``, a result meant for programs: always UTF-8, whatever the locale says."""
    with _told_if_it_fails(sys.stdout):
        sys.stdout.flush()
        sys.stdout.buffer.write(data.encode() if isinstance(data, str) else data)
        sys.stdout.buffer.flush()


def complain(text: str) -> None:
    """Tell ``text`` on standard error."""
    _write(sys.stderr, text)


def coloured() -> bool:
    """Whether what goes to standard output may be coloured."""
    return colours(sys.stdout)


def columns() -> int:
    """The width of the terminal."""
    try:
        return os.get_terminal_size(sys.stdout.fileno()).columns or _COLUMNS
    except (OSError, ValueError):
        return _COLUMNS


def _write(stream: TextIO, text: str) -> None:
    with _told_if_it_fails(stream):
        print(encodable(text, stream.encoding), end="", file=stream, flush=True)


@contextlib.contextmanager
def _told_if_it_fails(stream: TextIO) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        _silence(stream)
        if isinstance(error, BrokenPipeError):  # our own, for typer has its own idea of this one
            raise PipeClosedError from error
        location = Location(document=stream.name)
        reason = error.strerror or type(error).__name__
        raise SourceError("file-unwritable", location=location, reason=reason) from error


def _silence(stream: TextIO) -> None:
    """Let what the interpreter still has to write to ``stream`` go nowhere."""
    devnull = os.open(os.devnull, os.O_WRONLY)
    os.dup2(devnull, stream.fileno())
    os.close(devnull)
