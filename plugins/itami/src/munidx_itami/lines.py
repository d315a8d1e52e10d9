"""The lines of a document, and what each is by its own words.

The form reaches us as text out of a PDF whose columns were read out of order. So nothing is
read from *where* a line stands at first: each line, or run of lines that a narrow column broke,
becomes a :class:`Piece` of one :class:`Kind`; who belongs to whom is decided afterwards.
"""

import enum
from collections.abc import Iterable
from typing import Final

from attrs import evolve, frozen

from munidx.document import Publication, Row
from munidx.japanese.characters import normalise
from munidx.model import FiscalYear
from munidx.place import Place, format_places, merge_sources

__all__ = ["Kind", "Line", "Piece", "line_of", "lines_of", "source_of"]

_PAGE_GAP: Final = 3
"""So many blank lines in a row stand where a page ends."""


@frozen
class Line:
    """One line that is not blank."""

    text: str
    """As published, white space at its ends removed."""
    flat: str
    """Normalised."""
    tight: str
    """Normalised, without white space."""
    place: Place
    gap: int
    """How many blank lines stand before it."""
    page: int
    """Counted from 0 by the page breaks of the text."""
    indented: bool
    """Whether it begins with a full-width space, as paragraphs do."""

    @property
    def source(self) -> str:
        """Its locator."""
        return format_places([self.place])


class Kind(enum.Enum):
    """What a piece is."""

    HEAD = enum.auto()
    """大綱, 施策, 実施施策 with their titles"""
    BUREAUS = enum.auto()
    """評価部局, 関連部局"""
    LABEL = enum.auto()
    """the name of a field of prose, or of the table of indicators"""
    STARS = enum.auto()
    LEGEND = enum.auto()
    """what the stars mean"""
    YEARS = enum.auto()
    """R3 R4 R5 R6"""
    BASE = enum.auto()
    """基準年度"""
    NUMBERS = enum.auto()
    """figures alone, or behind 目標 or 実績"""
    AIM = enum.auto()
    """目標 without figures: the end of an indicator's definition"""
    MARK = enum.auto()
    """① with or without the words that follow"""
    ARROW = enum.auto()
    """words with the sign of a direction among them"""
    BUDGET = enum.auto()
    """款 項 目"""
    PROJECT = enum.auto()
    TOTAL = enum.auto()
    """事業費合計"""
    COLUMNS = enum.auto()
    """事業費 人件費"""
    COST_YEARS = enum.auto()
    """— R３（千円）"""
    FURNITURE = enum.auto()
    """other headers of tables"""
    PAGE = enum.auto()
    """a page number that says so"""
    TEXT = enum.auto()


@frozen(kw_only=True)
class Piece:
    """A line, or several that make one thing, and what was understood of it."""

    kind: Kind
    lines: tuple[Line, ...]
    name: str = ""
    """The rung of a head, the field of a label, the role (``target``, ``actual``) of figures."""
    code: str = ""
    text: str = ""
    values: tuple[str, ...] = ()
    """Figures, units, names of columns: as printed, normalised in width."""
    years: tuple[FiscalYear, ...] = ()
    mark: str = ""
    """A circled number, ○, or the arrow."""
    alone: bool = False
    """Whether it is a lone number where a page begins or ends."""

    @property
    def first(self) -> Line:
        """Its first line."""
        return self.lines[0]

    @property
    def source(self) -> str:
        """The locator of its lines."""
        return source_of(self.lines)


def source_of(lines: Iterable[Line]) -> str:
    """One locator for ``lines``: sorted, neighbours joined."""
    places = list(dict.fromkeys(line.place for line in lines))
    if len({place.document for place in places}) > 1 or any(place.line is None for place in places):
        return merge_sources(format_places([place]) for place in places)
    runs: list[Place] = []
    for place in sorted(places, key=lambda place: place.line or 0):
        last = runs[-1] if runs else None
        if last and last.line is not None and (last.last or last.line) + 1 == place.line:
            runs[-1] = evolve(last, last=place.line)
        else:
            runs.append(place)
    return format_places(runs)


def lines_of(publication: Publication) -> list[Line]:
    """The lines of ``publication``: its blocks and the rows of its tables.

    A page begins where the form says so; in text where a line begins with one space, with a form
    feed, after three blank lines, or in another document. Where there are pages, what is no
    line of the same cell or paragraph stands apart.
    """
    found: list[Line] = []
    page = 0
    before: Place | None = None
    for line in publication.lines():
        place = line.place
        raw = "\t".join(cell.text for cell in line.cells) if isinstance(line, Row) else line.text
        for number, part in enumerate(raw.split("\f")):
            if not part.strip():
                continue
            gap = _gap(before, place)
            spaced = part[:1] == " " and not part[1:2].isspace()
            turned = before is not None and before.page != place.page
            if found and (number > 0 or spaced or turned or gap >= _PAGE_GAP):
                page += 1
            before = place
            found.append(line_of(part, place, gap=gap, page=page))
    return found


def _gap(before: Place | None, place: Place) -> int:
    """How many blank lines stand before ``place``."""
    last = before.line or 0 if before else 0
    if before and place.document != before.document:
        return _PAGE_GAP
    if place.line is None:
        return int(before is not None and place != before)
    return max(0, place.line - last - 1)


def line_of(raw: str, place: Place, *, gap: int = 0, page: int = 0) -> Line:
    """The line that holds ``raw``."""
    text = raw.strip()
    flat = normalise(text)
    return Line(
        text=text,
        flat=flat,
        tight="".join(flat.split()),
        place=place,
        gap=gap,
        page=page,
        indented=raw.lstrip(" ")[:1] == "\u3000",
    )
