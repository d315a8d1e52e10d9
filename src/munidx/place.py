"""Places in published documents: compact locators, parsed and printed.

A locator names a place so that a person can open the document there::

    003#L104-L107          lines 104 to 107 of the text document "003"
    plan.pdf#p12t1r3c2     page 12, table 1, row 3, cell 2
    page.html#b34          the 34th block of a web page
    sheet.xlsx#施策!B7     a cell of a spreadsheet
    003#L90,L92-L94        several places of one document
    a.txt#L1;b.txt#L3      places in several documents

A range repeats the last letter: ``L104-L107``, ``t1r3-r5``, ``t1r3c2-c4``, ``施策!B7:B9``.
"""

import functools
import re
from collections.abc import Iterable
from typing import Any, Final

from attrs import evolve, frozen

__all__ = ["Location", "Place", "format_places", "merge_sources", "parse_places"]

_ESCAPED: Final = re.compile(r"[%#,;!\s\x00-\x1f\x7f]")
_ADDRESS: Final = re.compile(
    r"(?:p(?P<page>[1-9]\d{0,8}))?(?:L(?P<line>[1-9]\d{0,8}))?(?:t(?P<table>[1-9]\d{0,8}))?"
    r"(?:r(?P<row>[1-9]\d{0,8}))?(?:c(?P<column>[1-9]\d{0,8}))?(?:b(?P<block>[1-9]\d{0,8}))?"
    r"(?:-(?P<letter>[pLtrcb])(?P<last>[1-9]\d{0,8}))?",
    re.ASCII,
)
_CELL: Final = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})(?::([A-Z]{1,3})([1-9]\d{0,6}))?", re.ASCII)

# From the coarsest to the finest; a range is one of the finest component that is set.
_COMPONENTS: Final = (
    ("page", "p"),
    ("line", "L"),
    ("table", "t"),
    ("row", "r"),
    ("column", "c"),
    ("block", "b"),
)


@frozen(kw_only=True)
class Location:
    """A place as findings show it: where to point an editor or a reader's finger.

    Every field is absent (``None`` or ``""``) where it means nothing in the document's form.
    ``line`` and ``column`` count from 1; ``cell`` is ``施策!B7`` in a spreadsheet and
    ``t1r3c2`` in a page.
    """

    document: str = ""
    line: int | None = None
    column: int | None = None
    page: int | None = None
    cell: str = ""

    def __str__(self) -> str:
        parts = [self.document] if self.document else []
        if self.page is not None:
            parts.append(f"p.{self.page}")
        if self.line is not None:
            parts.append(str(self.line))
            if self.column is not None:
                parts.append(str(self.column))
        if self.cell:
            parts.append(self.cell)
        return ":".join(parts)


@frozen(kw_only=True)
class Place:
    """One contiguous place in a document.

    Of ``page``, ``line``, ``table``, ``row``, ``column`` and ``block`` (all from 1) those
    are set that the document's form knows. ``last`` makes the finest of them a range.
    ``sheet`` and ``cell`` (``B7`` or ``B7:C9``) stand alone. With nothing but a document
    it is the whole document.
    """

    document: str
    page: int | None = None
    line: int | None = None
    table: int | None = None
    row: int | None = None
    column: int | None = None
    block: int | None = None
    last: int | None = None
    sheet: str = ""
    cell: str = ""

    @property
    def part(self) -> str:
        """The locator's part behind the ``#``; empty for the whole document."""
        if self.cell:
            return f"{_escape(self.sheet)}!{self.cell}"
        told = [(letter, getattr(self, name)) for name, letter in _COMPONENTS]
        told = [(letter, number) for letter, number in told if number is not None]
        address = "".join(f"{letter}{number}" for letter, number in told)
        return f"{address}-{told[-1][0]}{self.last}" if told and self.last else address

    @property
    def location(self) -> Location:
        """Where to point: the first line, page or cell of this place."""
        if self.cell:
            return Location(document=self.document, cell=f"{self.sheet}!{self.cell}")
        finer = "".join(
            f"{letter}{number}"
            for name, letter in _COMPONENTS
            if name not in ("page", "line") and (number := getattr(self, name)) is not None
        )
        return Location(document=self.document, line=self.line, page=self.page, cell=finer)

    @property
    def corners(self) -> tuple[int, int, int, int]:
        """Left column, top row, right column and bottom row of its cells; zeros without any."""
        return _corners(self.cell) if self.cell else (0, 0, 0, 0)

    def __str__(self) -> str:
        return format_places([self])

    def contains(self, other: "Place") -> bool:
        """Whether ``other`` lies wholly within this place.

        A row contains its cells, a page its tables, ``L3-L5`` the line 4.
        """
        if self.document != other.document:
            return False
        if self.cell or other.cell:
            return self._contains_cell(other)
        told = [name for name, _ in _COMPONENTS if getattr(self, name) is not None]
        for name in told:
            mine, theirs = getattr(self, name), getattr(other, name)
            if theirs is None:
                return False
            if name != told[-1]:
                if mine != theirs:
                    return False
                continue
            finest = all(
                getattr(other, finer) is None
                for finer, _ in _COMPONENTS[[n for n, _ in _COMPONENTS].index(name) + 1 :]
            )
            end = other.last if other.last and finest else theirs
            return bool(mine <= theirs and end <= (self.last or mine))
        return True

    def _contains_cell(self, other: "Place") -> bool:
        if not self.cell:
            return self == Place(document=self.document)
        if self.sheet != other.sheet or not other.cell:
            return False
        left, top, right, bottom = self.corners
        inner_left, inner_top, inner_right, inner_bottom = other.corners
        return (
            left <= inner_left
            and inner_right <= right
            and top <= inner_top
            and inner_bottom <= bottom
        )


@functools.lru_cache(maxsize=4096)
def parse_places(locator: str) -> tuple[Place, ...]:
    """The places that a locator names, in its order; an empty locator names none.

    Raises:
        ValueError: ``locator`` is not of the form that this module's docstring shows.
    """
    places: list[Place] = []
    for group in locator.split(";") if locator else []:
        name, mark, parts = group.partition("#")
        if not name or (mark and not parts):
            raise ValueError(locator)
        document = _unescape(name)
        if not mark:
            places.append(Place(document=document))
        places += [_parse_part(document, part) for part in parts.split(",") if mark]
    return tuple(places)


def format_places(places: Iterable[Place]) -> str:
    """The locator of ``places``, in their order, one group for each run of one document."""
    groups: list[tuple[str, list[str]]] = []
    for place in places:
        part = place.part
        if part and groups and groups[-1][0] == place.document and groups[-1][1]:
            groups[-1][1].append(part)
        else:
            groups.append((place.document, [part] if part else []))
    return ";".join(
        _escape(document) + ("#" + ",".join(parts) if parts else "") for document, parts in groups
    )


def merge_sources(sources: Iterable[str]) -> str:
    """One locator for all that ``sources`` name: doubles dropped, neighbours joined.

    Documents keep the order in which they first occur; places within one are sorted.
    """
    documents: dict[str, set[Place]] = {}
    for source in sources:
        for place in parse_places(source):
            documents.setdefault(place.document, set()).add(place)
    merged: list[Place] = []
    for places in documents.values():
        ordered = sorted(places, key=_order)
        run: list[Place] = []
        for place in ordered:
            joined = _join(run[-1], place) if run else None
            if joined:
                run[-1] = joined
            else:
                run.append(place)
        merged += run
    return format_places(merged)


def _order(place: Place) -> tuple[object, ...]:
    numbers = tuple(getattr(place, name) or 0 for name, _ in _COMPONENTS)
    left, top, right, bottom = place.corners
    # a wide place before those within it, that they be joined to it
    corners = (top, left, -bottom, -right)
    return (place.sheet, corners, numbers, -(place.last or 0), place.cell)


def _join(first: Place, second: Place) -> Place | None:
    """Both as one, where the second lies within the first or follows it at once."""
    if first.contains(second):
        return first
    told = [name for name, _ in _COMPONENTS if getattr(first, name) is not None]
    if not told or told != [n for n, _ in _COMPONENTS if getattr(second, n) is not None]:
        return None
    if any(getattr(first, name) != getattr(second, name) for name in told[:-1]):
        return None
    end = first.last or getattr(first, told[-1])
    start = getattr(second, told[-1])
    return evolve(first, last=second.last or start) if start <= end + 1 else None


def _parse_part(document: str, part: str) -> Place:
    sheet, bang, cell = part.rpartition("!")
    if bang:
        if not _CELL.fullmatch(cell):
            raise ValueError(part)
        return Place(document=document, sheet=_unescape(sheet), cell=cell)
    found = _ADDRESS.fullmatch(part)
    if not found or not part or part.startswith("-"):
        raise ValueError(part)
    numbers: dict[str, Any] = {name: int(found[name]) for name, _ in _COMPONENTS if found[name]}
    last = int(found["last"]) if found["last"] else None
    if last is not None:
        finest = [(name, letter) for name, letter in _COMPONENTS if name in numbers][-1]
        if finest[1] != found["letter"] or last < numbers[finest[0]]:
            raise ValueError(part)
    return Place(document=document, last=last, **numbers)


@functools.lru_cache(maxsize=65_536)
def _corners(cell: str) -> tuple[int, int, int, int]:
    """Left column, top row, right column and bottom row of ``B7`` or ``B7:C9``."""
    found = _CELL.fullmatch(cell)
    if not found:
        raise ValueError(cell)
    left, top, right, bottom = found.groups()
    return _column(left), int(top), _column(right or left), int(bottom or top)


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def _escape(name: str) -> str:
    return _ESCAPED.sub(
        lambda found: "".join(f"%{byte:02X}" for byte in found[0].encode("utf-8")), name
    )


def _unescape(name: str) -> str:
    raw = name.encode("utf-8")
    return re.sub(rb"%([0-9A-Fa-f]{2})", lambda found: bytes([int(found[1], 16)]), raw).decode(
        "utf-8"
    )
