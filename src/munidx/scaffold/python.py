"""Python source as the formatter would write it: literals of any text, calls broken by width."""

import re
from collections.abc import Sequence
from typing import Final

from munidx.report.terminal import width_of

__all__ = ["WIDTH", "call", "commented", "literal", "pattern", "steady"]

WIDTH: Final = 100
"""Columns of a line; wide characters take two."""
_SPECIAL: Final = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t"}


def literal(text: str) -> str:
    """A string literal in double quotes; what cannot be printed is written by its number."""
    return '"' + "".join(_sign(sign) for sign in text) + '"'


def _sign(sign: str) -> str:
    if sign in _SPECIAL:
        return _SPECIAL[sign]
    if sign.isprintable():
        return sign
    number = ord(sign)
    return f"\\u{number:04x}" if number < 0x10000 else f"\\U{number:08x}"  # noqa: PLR2004


def pattern(text: str) -> str:
    """A literal of a regular expression, raw where that can be."""
    if text.isprintable() and '"' not in text and "\\" in text and not text.endswith("\\"):
        return f'r"{text}"'
    return literal(text)


def steady(text: str) -> str:
    """A pattern of ``text`` whatever its numbers are: 第3次 is 第4次 some day."""
    return r"\d+".join(re.escape(part) for part in re.split(r"\d+", text))


def commented(text: str, indent: int, width: int = WIDTH) -> str:
    """``text`` as one line of comment, cut where it is too long."""
    told = "".join(sign for sign in " ".join(text.split()) if sign.isprintable())
    line = " " * indent + "# "
    for sign in told:
        if width_of(line + sign) > width - 1:
            return line + "…"
        line += sign
    return line


def call(name: str, arguments: Sequence[str], indent: int, ending: str = "") -> str:
    """A call on one line, or else its arguments on a line, or on lines of their own."""
    blank = " " * indent
    line = f"{blank}{name}({', '.join(arguments)}){ending}"
    if width_of(line) <= WIDTH:
        return line
    inner = f"{blank}    {', '.join(arguments)}"
    if width_of(inner) <= WIDTH:
        return f"{blank}{name}(\n{inner}\n{blank}){ending}"
    lines = "".join(f"{blank}    {argument},\n" for argument in arguments)
    return f"{blank}{name}(\n{lines}{blank}){ending}"
