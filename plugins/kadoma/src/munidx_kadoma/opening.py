"""What stands before the chapters: the title page, and the contents."""

from typing import Final

from attrs import define, field

from munidx.adapters import PassReason
from munidx.document import Line, Row
from munidx.japanese.characters import compact
from munidx.japanese.eras import find_times
from munidx.japanese.marks import edition_status_of
from munidx.model import Edition, EditionStatus, FiscalYear
from munidx_kadoma.outline import Outline, Said
from munidx_kadoma.words import GLOSSARY, TITLE, listed_item, numbered, paged

__all__ = ["Contents", "front"]

_CITY: Final = "門真市"
_FIRST: Final = "当初"
"""The label for the date of the first edition, above that of the amended one."""
_LONGEST: Final = 40  # no line with a date alone is longer


@define
class Contents:
    """The contents: what they announce is looked for in the document afterwards."""

    outline: Outline
    lines: set[str] = field(factory=set)
    """Its lines, compacted."""
    pages: bool = False
    """Whether it prints page numbers."""

    def takes(self, said: Said, following: Line | None) -> bool:
        """Whether a line belongs to the contents, which end with the first line told again."""
        head = paged(said.text, loose=True)
        if head and (_is_heading(head) or paged(said.text)):
            self.pages = True
            self.announce(said, head)
            return True
        plain = said.plain
        if said.item or plain in self.lines:
            return False
        if not _is_heading(said.text):
            return False
        if self.pages and not _is_paged(following):
            return False
        self.lines.add(plain)
        self.outline.skip(said, PassReason.CONTENTS)
        return True

    def announce(self, said: Said, head: str) -> None:
        """Take a line that names a heading and its page."""
        self.lines.add(Said(head, "").plain)
        self.outline.skip(said, PassReason.CONTENTS)
        item = listed_item(head)
        if item:
            self.outline.listed.append((item[0], item[1], Said(item[2], said.source)))
            return
        found = numbered(head)
        self.outline.announced.append(Said(found.title if found else head, said.source))


def _is_heading(text: str) -> bool:
    named = GLOSSARY.fullmatch(compact(text)) is not None
    return named or numbered(text) is not None or listed_item(text) is not None


def _is_paged(line: Line | None) -> bool:
    if isinstance(line, Row):
        return bool(paged("\t".join(cell.text for cell in line.cells).strip()))
    return line is not None and bool(paged(line.text.strip(), loose=True))


def front(said: Said, outline: Outline) -> bool:
    """Take a line of the title page: the title, the date, the city's name."""
    if outline.title is None and TITLE.fullmatch(said.plain):
        outline.title = said
        return True
    if said.plain == _CITY:
        outline.skip(said, PassReason.REPEAT)
        return True
    times = find_times(said.text) if len(said.text) <= _LONGEST else ()
    if not times or times[0].start > 0:
        return False
    found = times[0]
    status = edition_status_of(said.text[found.end :])
    first = outline.edition
    if first is not None:
        if status is not EditionStatus.AMENDED or _FIRST in outline.labels:
            return False
        outline.labels[_FIRST] = Said(first.label, first.source)
    outline.edition = Edition(
        label=said.text,
        year=found.time if isinstance(found.time, FiscalYear) else None,
        date=None if isinstance(found.time, FiscalYear) else found.time,
        status=status,
        source=said.source,
    )
    outline.doubts(found, said)
    return True
