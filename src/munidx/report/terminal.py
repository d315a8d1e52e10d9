"""Text made fit for a terminal: harmless, of a known width, in an encoding that it has.

Published titles are hostile until shown otherwise: a control sequence in one could recolour,
overwrite or reorder what stands around it.
"""

import codecs
import os
import re
import textwrap
import unicodedata
from collections.abc import Iterator, Mapping
from typing import Final, TextIO

__all__ = ["colours", "encodable", "harmless", "pad", "paint", "truncate", "width_of", "wrapped"]

# C0 and C1 controls, soft hyphen, bidi marks, embeddings, overrides and isolates, zero-width
# characters, line and paragraph separators, invisible operators, variation and annotation
# marks, surrogates, private-free tag characters.
_HARMFUL: Final = re.compile(
    "[\x00-\x1f\x7f-\x9f\u00ad\u061c\u115f\u1160\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f"
    "\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e0fff]"
)
_VISIBLE: Final = {"\n": "⏎", "\r": "␍", "\t": " ", "\u2028": "⏎", "\u2029": "⏎"}
_COLOURS: Final = {
    "error": "31",
    "warning": "33",
    "info": "36",
    "title": "1",
    "dim": "2",
    "added": "32",
    "removed": "31",
    "weakened": "31",
    "strengthened": "32",
    "unclear": "33",
}
_PLAIN: Final = re.compile("[ -~]*")
_PAINT: Final = re.compile("(\x1b\\[[0-9;]*m)")
"""What :func:`paint` puts around a text; nothing else leaves such a sequence in one."""
_CLOSING: Final = "、。，．）」』】！？ー々ぁぃぅぇぉっゃゅょァィゥェォッャュョ・：；…,.)]］"
"""What must not begin a line."""
_MARKS: Final = ("-]", "+}")
"""What ends the marks of an inline comparison; it stays with them."""
_OPENING: Final = "（「『【［"
"""What must not end one."""


def harmless(text: str) -> str:
    r"""``text`` on one line, with nothing that a terminal obeys or hides.

    Line breaks are shown as ``⏎``, a tab as a space, anything else that acts instead of being
    seen by its number.

    >>> harmless("申請\x1b[31m\n窓口")
    '申請<U+001B>[31m⏎窓口'
    """
    return _HARMFUL.sub(lambda found: _VISIBLE.get(found[0]) or f"<U+{ord(found[0]):04X}>", text)


def width_of(text: str) -> int:
    """The columns that ``text`` takes: two for wide and full-width characters, none for marks.

    Characters of ambiguous width (``①``, ``…``) count as one, colours for nothing.
    """
    if "\x1b" in text:
        text = _PAINT.sub("", text)
    return len(text) if _PLAIN.fullmatch(text) else sum(map(_columns, text))


def _columns(sign: str) -> int:
    if unicodedata.combining(sign) or unicodedata.category(sign) in ("Mn", "Me"):
        return 0
    return 2 if unicodedata.east_asian_width(sign) in ("W", "F") else 1


def truncate(text: str, width: int) -> str:
    """``text`` in at most ``width`` columns, what is cut off shown as ``…``."""
    if width_of(text) <= width:
        return text
    kept: list[str] = []
    left = width - 1
    for sign in text:
        left -= _columns(sign)
        if left < 0:
            break
        kept.append(sign)
    return "".join(kept) + "…" if width > 0 else ""


def pad(text: str, width: int) -> str:
    """``text`` filled up with spaces to ``width`` columns; longer texts stay."""
    return text + " " * (width - width_of(text))


def wrapped(text: str, width: int) -> list[str]:
    """``text`` in lines of at most ``width`` columns; Japanese breaks between characters."""
    columns = width_of(text)
    if columns == len(text):
        return textwrap.wrap(text, width, break_on_hyphens=False) or [""]
    if columns <= width:
        return [text.strip()]
    lines, taken = [""], 0
    for piece in _pieces(text):
        needed = width_of(piece.rstrip())
        closing = piece[0] in _CLOSING or piece.startswith(_MARKS)
        if taken + needed > width and lines[-1] and not closing:
            kept = lines[-1].rstrip(_OPENING)
            lines[-1:] = [kept, lines[-1][len(kept) :]] if kept else [lines[-1], ""]
            taken = width_of(lines[-1])
        added = piece if lines[-1] else piece.lstrip()
        lines[-1] += added
        taken += needed + len(added) - len(added.rstrip())
    return [line.rstrip() for line in lines]


def _pieces(text: str) -> Iterator[str]:
    """What may not be broken: a wide character, a run of narrow ones; a change of colour."""
    for place, part in enumerate(_PAINT.split(text)):
        if place % 2:
            yield part
        else:
            yield from _unpainted(part)


def _unpainted(text: str) -> Iterator[str]:
    run = ""
    for sign in text:
        if width_of(sign) > 1:
            yield from (run, sign) if run else (sign,)
            run = ""
        elif sign == " ":
            yield run + sign
            run = ""
        else:
            run += sign
            if run.endswith(_MARKS):
                yield run
                run = ""
    if run:
        yield run


def colours(stream: TextIO, environ: Mapping[str, str] = os.environ) -> bool:
    """Whether to colour what goes to ``stream``: a terminal that can, and nobody objects.

    ``NO_COLOR`` (https://no-color.org, any value but the empty one) and ``TERM=dumb`` object.
    """
    return not environ.get("NO_COLOR") and environ.get("TERM") != "dumb" and stream.isatty()


def paint(text: str, colour: str, *, on: bool) -> str:
    """``text`` in ``colour`` (a severity, an effect, ``title``, ``dim``), where it is ``on``."""
    return f"\x1b[{_COLOURS[colour]}m{text}\x1b[0m" if on and colour in _COLOURS else text


def encodable(text: str, encoding: str | None) -> str:
    r"""``text`` with what ``encoding`` cannot hold escaped (``\u7533``), so that printing works.

    An unknown or missing encoding is taken for ASCII.
    """
    try:
        name = codecs.lookup(encoding or "ascii").name
    except LookupError:
        name = "ascii"
    return text.encode(name, "backslashreplace").decode(name)
