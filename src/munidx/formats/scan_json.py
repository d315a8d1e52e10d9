"""One pass over a JSON text: the place of every key and value."""

import json
import re
from collections.abc import Iterator
from typing import Final

from munidx.formats.address import Where

__all__ = ["scan_json"]

_TOKEN: Final = re.compile(
    r'(?P<string>"[^"\\]*(?:\\.[^"\\]*)*")|(?P<mark>[{}\[\]:,])|(?P<word>[^\s{}\[\]:,"]+)',
    re.DOTALL,
)


def scan_json(text: str) -> Iterator[tuple[Where, int, int]]:
    """Every value of ``text``: its place in the data, the offsets of its key and of itself.

    An element of an array has no key; its own offset stands for it. The scan ends quietly at
    what is no JSON.
    """
    place: list[str | int] = []  # of the container that is open, and the key or index within
    open_arrays: list[bool] = []
    key_at: int | None = None
    key_next = False
    for found in _TOKEN.finditer(text):
        part, at = found[0], found.start()
        if part == ",":
            if not open_arrays:
                return
            if open_arrays[-1]:
                place[-1] = int(place[-1]) + 1
            key_next = not open_arrays[-1]
        elif part in "}]":
            if not open_arrays:
                return
            open_arrays.pop()
            place.pop()
            key_next = False
        elif key_next and part != ":":
            place[-1] = _string(part)
            key_at, key_next = at, False
        elif part != ":":
            yield tuple(place), at if key_at is None else key_at, at
            key_at = None
            if part in "{[":
                open_arrays.append(part == "[")
                place.append(0 if part == "[" else "")
                key_next = part == "{"


def _string(part: str) -> str:
    try:
        return str(json.loads(part, strict=False))
    except ValueError:
        return part
