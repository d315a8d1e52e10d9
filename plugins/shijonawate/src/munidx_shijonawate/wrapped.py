"""Text that was taken out of a PDF line by line: lines that end for want of room, whole again.

The text of a web page holds a paragraph or a cell's line in each of its lines, and blank lines
between. The text of a PDF, in the order in which the file draws it, has no blank lines, and its
lines end where the paper or the cell does. How wide those are, the lines themselves tell: the
widest one fills its column.
"""

import math
import re
import unicodedata
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Final

from attrs import evolve

from munidx.findings import Severity
from munidx_shijonawate.record import Entry, Outline, Piece
from munidx_shijonawate.units import is_bureau, is_unit
from munidx_shijonawate.words import header_roles

__all__ = ["is_wrapped", "unit_end", "unwrap", "whole_headers", "whole_units"]

_LEAST: Final = 10
_GAPS: Final = 0.1
"""Text with fewer blank lines among its lines has none where paragraphs end."""
_FULL: Final = 0.8
"""A line that fills so much of its column is full: letters differ in their widths."""
_ENDED: Final = re.compile(r"[。.!?！？」』]$|^[(（][^()（）]*[)）]$")
_BEGINS: Final = re.compile(r"[・･●○※]|[(（][0-9０-９]{1,2}[)）]|[①-⑳]")
_FIRST: Final = re.compile(r"[「『(（]*(?:[\x21-\x7e]+|.)[、。」』)）ー]*")
_RATE: Final = re.compile(r"[0-9０-９][0-9０-９.,．，]*[%％](?:以上|以下|程度)?")
_SPACED: Final = re.compile(rf"[^\x00-\x7f]\s+{_RATE.pattern}$")
_GLUED: Final = re.compile(rf"[^\x00-\x7f]{_RATE.pattern}$")
_STUB: Final = 3
"""A line of a unit's name that has so few letters is the end of the name above."""
_MOST: Final = 3
"""Over so many lines a unit's name may go."""


def is_wrapped(pieces: Sequence[Piece]) -> bool:
    """Whether the lines of a text end where a page's lines do."""
    gaps = sum(piece.gap for piece in pieces)
    lines = all(piece.place.line is not None for piece in pieces)
    return lines and len(pieces) >= _LEAST and gaps < _GAPS * len(pieces)


def unwrap(outline: Outline) -> None:
    """Put together what the lines of ``outline`` break: paragraphs and cells.

    Where the reader does not say which lines are cut, each column of the page is as wide as its
    widest line. A space that stood where a line ends is in no PDF: before a rate that ends a
    cell there is one if most rates of the document have one. A finding tells of each
    place that may have been otherwise.
    """
    groups = [group for goal in outline.goals for group in goal.groups]
    targets = [entry.target for group in groups for entry in group.entries]
    spaced = _is_spaced(targets)
    room = _widest(targets) if outline.wrapped else math.inf
    for group in groups:
        group.entries[:] = [
            evolve(
                entry,
                title=_whole_title(entry.title, wrapped=outline.wrapped),
                target=tuple(_whole(entry.target, room, outline, spaced=spaced)),
                units=whole_units(entry.units),
            )
            for entry in group.entries
        ]
    if not outline.wrapped:
        return
    for group in groups:
        _tell_torn(group.entries, outline)
    running = [section.paragraphs for section in outline.sections.values()]
    running += [goal.description for goal in outline.goals]
    for column in ([*running, outline.vision], [term.lines for term in outline.terms]):
        room = _widest(column)
        for lines in column:
            lines[:] = _whole(lines, room, outline)


def _tell_torn(entries: Sequence[Entry], outline: Outline) -> None:
    """Tell of a bureau and a section in two rows: one cell beside both may have held them."""
    for above, below in pairwise(entries):
        if len(above.units) == 1 and is_bureau(above.units[0].text) and below.units:
            section = below.units[0]
            if not is_bureau(section.text):
                told = f"{above.units[0].text}|{section.text}"
                outline.find("MX985", section, text=told)


def _is_spaced(targets: Iterable[Sequence[Piece]]) -> bool:
    """Whether a space parts most figures that end a line from what stands before them."""
    lines = [piece.text for target in targets for piece in target]
    spaced = sum(_SPACED.search(line) is not None for line in lines)
    return spaced > sum(_GLUED.search(line) is not None for line in lines)


def _whole_title(title: Sequence[Piece], *, wrapped: bool) -> tuple[Piece, ...]:
    found: list[Piece] = []
    for piece in title:
        if found and (wrapped or piece.joint):
            found[-1] = _joined(found[-1], piece)
        else:
            found.append(piece)
    return tuple(found)


def _width(text: str) -> float:
    """The width of ``text`` in full-width letters."""
    return sum(1.0 if unicodedata.east_asian_width(sign) in "WFA" else 0.5 for sign in text)


def _widest(columns: Iterable[Sequence[Piece]]) -> float:
    return max((_width(piece.text) for lines in columns for piece in lines), default=0.0)


def _whole(
    lines: Sequence[Piece], room: float, outline: Outline, *, spaced: bool = False
) -> list[Piece]:
    found: list[Piece] = []
    last = ""
    for piece in lines:
        if found and (piece.joint or _goes_on(last, piece, room)):
            latin = piece.text[:1].isalnum() and piece.text[:1].isascii()
            apart = latin and not last[-1:].isascii()
            if apart or _ENDED.search(last):
                field = f"{last[-8:]}|{piece.text[:8]}"
                outline.find("MX923", piece, severity=Severity.INFO, field=field)
            found[-1] = _joined(
                found[-1], piece, space=apart and spaced and _RATE.fullmatch(piece.text) is not None
            )
        else:
            found.append(piece)
        last = piece.text
    return found


def _goes_on(line: str, piece: Piece, room: float) -> bool:
    """Whether ``line`` ends only because the first letters of ``piece`` had no room in it."""
    first = _FIRST.match(piece.text)
    if _BEGINS.match(piece.text) or first is None:
        return False
    needed = _width(line) + _width(first[0])
    if _ENDED.search(line):
        return needed > room and not piece.gap
    return needed > _FULL * room


def _joined(first: Piece, second: Piece, *, space: bool = False) -> Piece:
    latin = first.text[-1:].isascii() and second.text[:1].isascii()
    words = latin and first.text[-1:].isalnum() and second.text[:1].isalnum()
    end = second.place.last or second.place.line
    start = first.place.line
    place = evolve(first.place, last=end) if end and start and end > start else first.place
    text = first.text + (" " if words or space else "") + second.text
    return evolve(first, text=text, place=place)


def whole_headers(lines: Sequence[Piece]) -> list[Piece]:
    """``lines`` with header words put together that a narrow column breaks (事業区, 分)."""
    found: list[Piece] = []
    for piece in lines:
        above = found[-1].text.split()[-1] if found else ""
        below = piece.text.split()[0]
        if above and not (_known(above) and _known(below)) and _known(above + below):
            found[-1] = _joined(found[-1], piece)
        else:
            found.append(piece)
    return found


def _known(word: str) -> bool:
    return all(not role.startswith("?") for role in header_roles(word))


def unit_end(lines: Sequence[Piece], spot: int, *, inside: bool) -> int:
    """Where the name of a unit ends that begins in the line at ``spot``; 0 where none begins.

    A name may be broken (選挙管理委員, 会). A line that is a unit of its own ends no name, unless
    it stands ``inside`` a cell of units, where スポーツ・青 and 少年課 are one.
    """
    name = ""
    for end, piece in enumerate(lines[spot : spot + _MOST], spot + 1):
        if name and not inside and is_unit(piece.text) and len(piece.text) >= _STUB:
            return 0
        name += piece.text
        if not is_unit(name):
            continue
        if end > spot + 1 and not inside and len(lines[spot + 1].text) >= _STUB:
            later = unit_end(lines, spot + 1, inside=False)
            if later:
                return 0  # what ends the cell before is no part of the name
        stub = lines[end].text if end < len(lines) else ""
        broken = 0 < len(stub) < _STUB and is_unit(name + stub)
        return end + 1 if broken else end
    return 0


def whole_units(lines: Sequence[Piece]) -> tuple[Piece, ...]:
    """The lines of a cell of units, with names put together that the cell breaks."""
    found: list[Piece] = []
    spot = 0
    while spot < len(lines):
        end = unit_end(lines, spot, inside=True) or spot + 1
        whole = lines[spot]
        for piece in lines[spot + 1 : end]:
            whole = _joined(whole, piece)
        found.append(whole)
        spot = end
    return tuple(found)
