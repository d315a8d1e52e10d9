"""Lines of prose put together as a reader would: where a line breaks is the page's doing."""

from collections.abc import Sequence
from typing import Final

from munidx_itami.lines import Line

__all__ = ["joined"]

_BULLETS: Final = ("・", "○", "〇", "●", "◆", "■", "※", "【")
_SHORT: Final = 6
"""A line that ends a sentence so far before the right edge ends a paragraph."""


def joined(lines: Sequence[Line]) -> str:
    """``lines`` as one text.

    A paragraph begins where a line is indented, begins with a bullet, or follows a sentence
    that ended well before the right edge.
    """
    width = max((len(line.text) for line in lines), default=0)
    text = ""
    last: Line | None = None
    for line in lines:
        if last is not None:
            text += _between(last, line, width)
        text += line.text
        last = line
    return text


def _between(above: Line, line: Line, width: int) -> str:
    ended = above.text.endswith("。") and len(above.text) < width - _SHORT
    if line.indented or ended or line.text.startswith(_BULLETS):
        return "\n"
    latin = above.text[-1:].isascii() and above.text[-1:].isalpha()
    return " " if latin and line.text[:1].isascii() and line.text[:1].isalpha() else ""
