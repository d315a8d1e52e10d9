"""How far a long reading is, on standard error where that is a terminal: ``plan.pdf: p. 37/600``.

Nothing shows within the first second: most documents are read by then.
"""

import contextlib
import sys
import time
from collections.abc import Iterator
from typing import Final, TextIO

from attrs import define, field

from munidx.readers.watching import watched

__all__ = ["waiting"]

_PATIENCE: Final = 1.0
_EACH: Final = 0.2
_LONG: Final = 50
_CLEAR: Final = "\r\x1b[K"


@contextlib.contextmanager
def waiting() -> Iterator[None]:
    """Show meanwhile how far the reading of long documents is."""
    if not sys.stderr.isatty():
        yield
        return
    meter = _Meter(sys.stderr)
    try:
        with watched(meter.show):
            yield
    finally:
        meter.clear()


@define(eq=False)
class _Meter:
    """One line that is written over."""

    stream: TextIO
    _next: float = field(factory=lambda: time.monotonic() + _PATIENCE)
    _shown: bool = False

    def show(self, name: str, page: int, pages: int) -> None:
        """Write the line anew, now and then."""
        now = time.monotonic()
        if now < self._next:
            return
        self._next, self._shown = now + _EACH, True
        plain = "".join(sign if sign.isprintable() else "?" for sign in name[-_LONG:])
        self.stream.write(f"{_CLEAR}{plain}: p. {page}/{pages}")
        self.stream.flush()

    def clear(self) -> None:
        """Take the line away."""
        if self._shown:
            self.stream.write(_CLEAR)
            self.stream.flush()
