"""Where in a long text stands what a finding names: a sign, a tag, a year."""

import re
from collections.abc import Iterator
from typing import Final

from attrs import evolve

from munidx.findings import Finding
from munidx.place import Location

__all__ = ["hits_of", "sharpened"]

_WORDS: Final = frozenset({"category", "field", "fields", "kind", "rule", "series"})
"""Parameters that are words of the model, not of the text."""
_NUMBERED: Final = re.compile(r"U\+([0-9A-F]{4,6})").fullmatch
_LONG: Final = ('"""', "'''")


def hits_of(finding: Finding) -> Iterator[str]:
    """What of its text ``finding`` names, in every form in which a file may hold it."""
    for name, value in finding.params.items():
        for told in value if isinstance(value, tuple) else (value,):
            if name in _WORDS or not isinstance(told, str) or not told:
                continue
            number = _NUMBERED(told)
            if number is None:
                yield told
                continue
            code = int(number[1], 16)
            yield chr(code)
            yield from (f"\\u{code:04x}", f"\\u{code:04X}", f"\\U{code:08x}", f"\\U{code:08X}")


def sharpened(lines: list[str], finding: Finding) -> Location:
    """The place of ``finding`` in a canonical file; within a text of several lines, the line.

    Args:
        lines: Those of the file.
        finding: With line and column of the value.
    """
    place = finding.location
    line, column = place.line or 0, place.column or 0
    if not 1 <= line <= len(lines) or not column:
        return place
    mark = lines[line - 1][column - 1 : column + 2]
    if mark not in _LONG:
        return place
    for hit in hits_of(finding):
        after = column + 2
        for number in range(line, len(lines) + 1):
            text = lines[number - 1]
            end = text.find(mark, after)
            at = text.find(hit, after, len(text) if end < 0 else end)
            if at >= 0:
                return evolve(place, line=number, column=at + 1)
            if end >= 0:
                break
            after = 0
    return place
