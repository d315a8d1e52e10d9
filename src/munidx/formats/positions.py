"""Places in the text of a plan file: which key and value of the data stands where.

One linear pass of our own over the text, made only when something is to be pointed at: the
parsers of the standard library tell no places. The text is one that a parser has accepted;
where it has not, what stands before the fault is found all the same.

A position is that of a key (``title`` in ``title = "…"``) or of its value. A table is where
its header says its name, an element of an array where it begins.
"""

from bisect import bisect_right
from collections.abc import Iterable
from typing import Final

from attrs import frozen

from munidx.formats.address import Where, where
from munidx.formats.scan_json import scan_json
from munidx.formats.scan_toml import scan_toml
from munidx.model import Plan
from munidx.place import Location

__all__ = ["Lines", "Positions", "json_positions", "toml_positions"]

Mark = tuple[Where, int, int]
"""A place in the data, and where in the text its key and its value begin."""


class Lines:
    """The lines of a text: from an offset to line and column, both from 1."""

    def __init__(self, text: str) -> None:
        self._starts: Final = [0]
        at = text.find("\n")
        while at >= 0:
            self._starts.append(at + 1)
            at = text.find("\n", at + 1)

    def location(self, offset: int, name: str) -> Location:
        """Where ``offset`` is in the file ``name``; columns count characters."""
        line = bisect_right(self._starts, offset)
        column = offset - self._starts[line - 1] + 1
        return Location(document=name, line=line, column=column)


@frozen(eq=False)
class Positions:
    """Where everything stands in one file."""

    lines: Lines
    keys: dict[Where, int]
    """Offsets of keys; of elements of arrays, where they begin."""
    values: dict[Where, int]
    """Offsets of values; of TOML tables, their headers' names."""
    doubled: tuple[str, int] | None
    """The first key that stands twice in its table, and the offset where it does again."""

    def location(self, place: Where, name: str = "", *, key: bool = False) -> Location:
        """Where ``place`` stands in the file ``name``, or the nearest thing around it."""
        offsets = self.keys if key else self.values
        for length in range(len(place), -1, -1):
            if place[:length] in offsets:
                return self.lines.location(offsets[place[:length]], name)
        return Location(document=name)

    def of(self, plan: Plan, path: str, field: str = "", name: str = "") -> Location:
        """Where the node of ``plan`` at ``path``, or its ``field``, stands.

        Args:
            plan: The plan that the file holds.
            path: A node's path: ``goals[1]/measures[3]``.
            field: A field within the node: ``title``, ``targets[#1].value``.
            name: The file's name.

        Raises:
            ValueError: ``path`` is no path.
            KeyError: No node stands there.
        """
        return self.location(where(plan, path, field), name)


def json_positions(text: str) -> Positions:
    """The positions in a JSON text."""
    return _positions(text, scan_json(text))


def toml_positions(text: str) -> Positions:
    """The positions in a TOML text."""
    return _positions(text, scan_toml(text))


def _positions(text: str, marks: Iterable[Mark]) -> Positions:
    keys: dict[Where, int] = {}
    values: dict[Where, int] = {}
    doubled: tuple[str, int] | None = None
    for place, key, value in marks:
        if doubled is None and place and place in values:
            doubled = str(place[-1]), key
        keys.setdefault(place, key)
        values.setdefault(place, value)
    return Positions(Lines(text), keys, values, doubled)
