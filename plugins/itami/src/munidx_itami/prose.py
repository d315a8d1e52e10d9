"""Lines of prose put together as a reader would: where a line breaks is the page's doing."""

import unicodedata
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from munidx_itami.lines import Line

__all__ = ["doubtful", "joined"]

_BULLETS: Final = ("・", "○", "〇", "●", "◆", "■", "※", "【")
_SHORT: Final = 6.0
"""A line that ends a sentence so far before the right edge ends a paragraph, in any case."""
_CLOSE: Final = 1.5
"""So far from the edge a full line ends at least: the next sign may be one that begins none."""


def joined(lines: Sequence[Line]) -> str:
    """``lines`` as one text.

    A paragraph begins where a line is indented, begins with a bullet, or follows a sentence
    that ended before the lines of the page do.
    """
    edge = _edge(lines)
    text = ""
    last: Line | None = None
    for line in lines:
        if last is not None:
            text += _between(last, line, edge)
        text += line.text
        last = line
    return text


def doubtful(lines: Sequence[Line]) -> list[Line]:
    """The lines that may begin a paragraph or go on: the sentence above them fills its line."""
    edge = _edge(lines)
    return [
        line
        for above, line in pairwise(lines)
        if above.text.endswith("。") and not _between(above, line, edge)
    ]


def _edge(lines: Sequence[Line]) -> float:
    """How far lines reach that go on: the shortest of those that end within a sentence.

    Not where the text says of none that it goes on, and not far from the right edge.
    """
    width = max((_width(line.text) for line in lines), default=0.0)
    within = [_width(above.text) for above, _ in pairwise(lines) if not above.text.endswith("。")]
    least = min(within, default=0.0)
    return min(max(least, width - _SHORT), width - _CLOSE) if within else width - _SHORT


def _width(text: str) -> float:
    return sum(1.0 if unicodedata.east_asian_width(sign) in "WFA" else 0.5 for sign in text)


def _between(above: Line, line: Line, edge: float) -> str:
    ended = above.text.endswith("。") and _width(above.text) < edge
    if line.indented or ended or line.text.startswith(_BULLETS):
        return "\n"
    latin = above.text[-1:].isascii() and above.text[-1:].isalpha()
    return " " if latin and line.text[:1].isascii() and line.text[:1].isalpha() else ""
