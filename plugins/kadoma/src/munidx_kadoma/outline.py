"""What the DX推進計画 is read into, part by part, before a plan is made of it.

The document tells most things several times (contents, overview, chapter, schedule), so each
part notes what it says here, and :mod:`munidx_kadoma.assembly` decides what is held once and
what is a repeat.
"""

from collections.abc import Iterable, Iterator
from typing import Final

from attrs import define, field, frozen

from munidx.adapters import Leftover, PassReason
from munidx.document import Block, BlockKind, Cell
from munidx.findings import Finding, Severity
from munidx.japanese.characters import compact
from munidx.japanese.eras import FoundTime
from munidx.model import Edition, Indicator, Milestone, Owner, ScheduleEntry
from munidx.place import Location, merge_sources, parse_places
from munidx_kadoma.words import counted_note, key_of

__all__ = [
    "GoalRecord",
    "ItemRecord",
    "Outline",
    "Said",
    "SectionRecord",
    "StepRecord",
    "TermRecord",
    "is_ended",
    "sources",
    "text_of",
]

_ENDS: Final = ("。", "．", ".", "！", "!", "？", "?")
_CLOSING: Final = " \u3000)）」』］]"


@frozen
class Said:
    """A stretch of published text, without the white space at its ends, and its place."""

    text: str
    source: str
    item: bool = False
    """Whether it is an item of a list."""
    plain: str = field(init=False, eq=False, repr=False)
    """The text as words are compared: normalised, without white space."""

    @plain.default
    def _plain(self) -> str:
        return compact(self.text)

    @property
    def ended(self) -> bool:
        """Whether it ends as a sentence does."""
        return is_ended(self.text)

    @classmethod
    def of(cls, part: Block | Cell) -> "Said":
        """A block or a cell as it was read."""
        listed = isinstance(part, Block) and part.kind is BlockKind.ITEM
        return cls(part.text.strip(), str(part.place), listed)


def is_ended(text: str) -> bool:
    """Whether ``text`` ends as a sentence does, closing brackets aside."""
    return text.rstrip(_CLOSING).endswith(_ENDS)


def sources(*groups: Said | Iterable[Said] | None) -> str:
    """One locator for the places of all that is given."""
    found: list[str] = []
    for group in groups:
        if isinstance(group, Said):
            found.append(group.source)
        elif group is not None:
            found += [said.source for said in group]
    return merge_sources(found)


def text_of(lines: Iterable[Said]) -> str:
    """Lines as one text, a line for each."""
    return "\n".join(said.text for said in lines)


@define
class SectionRecord:
    """A heading of the narrative and the paragraphs under it."""

    title: list[Said]
    lines: list[Said] = field(factory=list)


@define
class TermRecord:
    """A term with its explanation; either may be cut by the end of a page."""

    term: list[Said]
    lines: list[Said] = field(factory=list)


@define
class StepRecord:
    """A row of the schedule (個別施策)."""

    title: Said
    entries: list[ScheduleEntry] = field(factory=list)
    cells: list[Said] = field(factory=list)


@define
class ItemRecord:
    """A priority item (重点取組事項) as its chapter tells it."""

    code: Said | None
    """The heading; absent for an item that has none, whose title stands elsewhere."""
    number: str
    title: Said
    lines: list[Said] = field(factory=list)
    actions: list[list[Said]] = field(factory=list)
    target: list[Said] = field(factory=list)
    indicators: list[Indicator] = field(factory=list)
    steps: list[StepRecord] = field(factory=list)
    scheduled: bool = False

    @property
    def key(self) -> str:
        """Its title as the parts of the document are matched by it."""
        return key_of(self.title.text)


@define
class GoalRecord:
    """A goal (基本目標): its headings, the deciding one first, and its text."""

    code: str
    titles: list[Said] = field(factory=list)
    places: list[Said] = field(factory=list)
    """The whole line of each heading."""
    lines: list[Said] = field(factory=list)
    items: list[ItemRecord] = field(factory=list)
    chapter: bool = False
    """Whether the heading of its chapter has been met."""


@define
class Outline:
    """The whole document, part by part."""

    title: Said | None = None
    edition: Edition | None = None
    sections: list[SectionRecord] = field(factory=list)
    goals: dict[str, GoalRecord] = field(factory=dict)
    strays: list[ItemRecord] = field(factory=list)
    """Items under no goal."""
    listed: list[tuple[str, str, Said]] = field(factory=list)
    """Items as the contents name them: goal, number, title."""
    overview: list[tuple[str, str, Said]] = field(factory=list)
    """Items as the overview names them."""
    announced: list[Said] = field(factory=list)
    """Headings as the contents name them."""
    met: set[str] = field(factory=set)
    """Headings that the body has, compacted."""
    groups: list[tuple[Said, list[StepRecord]]] = field(factory=list)
    """The schedule: an item's title, and the rows under it."""
    milestones: list[Milestone] = field(factory=list)
    terms: list[TermRecord] = field(factory=list)
    indicators: list[Indicator] = field(factory=list)
    counts: list[tuple[str, int, Said]] = field(factory=list)
    """Numbers that the text tells of its own parts: 4つの基本目標."""
    viewpoints: list[SectionRecord] = field(factory=list)
    drawn: list[tuple[str, Said]] = field(factory=list)
    """Viewpoints as the picture before them names them."""
    owners: list[Owner] = field(factory=list)
    labels: dict[str, Said] = field(factory=dict)
    leftovers: list[Leftover] = field(factory=list)
    findings: list[Finding] = field(factory=list)

    def goal(self, code: str) -> GoalRecord:
        """The goal with ``code``, made if there is none yet."""
        return self.goals.setdefault(code, GoalRecord(code))

    def items(self) -> Iterator[ItemRecord]:
        """Every item, in the order of the goals."""
        for goal in self.goals.values():
            yield from goal.items
        yield from self.strays

    def skip(self, said: Said, reason: PassReason, text: str = "") -> None:
        """Pass ``said`` knowingly, or the part ``text`` of it."""
        self.leftovers.append(Leftover(source=said.source, reason=reason, text=text))

    def skip_note(self, said: Said) -> None:
        """Pass the number of a footnote, which a title leaves out: it leads to the note."""
        mark = counted_note(said.text)
        if mark:
            self.skip(said, PassReason.NAVIGATION, mark)

    def find(
        self,
        code: str,
        where: Said | str | None,
        *,
        severity: Severity = Severity.WARNING,
        **params: object,
    ) -> None:
        """Report something about ``where``."""
        source = where.source if isinstance(where, Said) else where or ""
        location = parse_places(source)[0].location if source else Location()
        self.findings.append(
            Finding(code=code, severity=severity, params=params, location=location)
        )

    def doubts(self, found: FoundTime, where: Said) -> None:
        """Report what of a time is unknown, or printed in two ways that disagree."""
        if "month" in found.unknown:
            self.info("MX927", where, text=found.text)
        if found.mismatch:
            self.find("MX928", where, text=found.text, era=found.era_year, western=found.western)

    def info(self, code: str, where: Said | str | None, **params: object) -> None:
        """Report something that needs no action."""
        self.find(code, where, severity=Severity.INFO, **params)
