"""Characters that act instead of being seen, written by their number in TOML and JSON alike.

A file is printed to terminals and opened in editors: a control sequence or a change of the
writing direction in a published title must not reach them. Reading gives the character back.
"""

import re
from typing import Final

__all__ = ["acting", "escaped"]

# Delete and the C1 controls, bidi marks, embeddings, overrides and isolates, line and
# paragraph separators. The writers escape the C0 controls themselves.
_ACTING: Final = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")

_ACTING_BYTES: Final = [
    re.compile(form)
    for form in (
        rb"\x7f",
        rb"\xc2[\x80-\x9f]",
        rb"\xd8\x9c",
        rb"\xe2(?:\x80[\x8e\x8f\xa8-\xae]|\x81[\xa6-\xa9])",
    )
]
"""The same in UTF-8, each form by its first byte, for which the search leaps."""


def acting(data: bytes) -> bool:
    """Whether there is such a character in the UTF-8 ``data``; sooner told than in its text."""
    return any(form.search(data) for form in _ACTING_BYTES)


def escaped(text: str) -> str:
    r"""TOML or JSON ``text`` with such characters as ``\u202e``; both read them so in strings.

    >>> escaped('"窓口\u202e"')
    '"窓口\\u202e"'
    """
    return _ACTING.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
