"""What all forms of the document are read into before a plan is made of it.

Text, HTML and PDF differ in how they are cut up, not in what they say: all end in the same
:class:`Outline`, and :mod:`munidx_shijonawate.plan` makes the plan from that alone.
"""

from attrs import define, field, frozen

from munidx.adapters import Leftover, PassReason
from munidx.document import Table
from munidx.findings import Finding, Severity
from munidx.place import Place, format_places, merge_sources

__all__ = [
    "Entry",
    "GoalRecord",
    "Group",
    "Outline",
    "Piece",
    "SectionRecord",
    "TermRecord",
    "sources",
]


@frozen
class Piece:
    """A stretch of published text, without the white space at its ends, and its place."""

    text: str
    place: Place
    gap: bool = True
    """Whether a blank line, or a block's edge, stands before it."""
    heading: bool = False
    """Whether the form marks it as a heading."""
    item: bool = False
    """Whether the form marks it as a list item."""
    joint: bool = False
    """Whether it goes on in the line above, which ended for want of room."""

    @property
    def source(self) -> str:
        """The locator of its place."""
        return format_places([self.place])

    def cut(self, start: int, end: int | None = None) -> "Piece":
        """A part of it, stripped."""
        return Piece(self.text[start:end].strip(), self.place, gap=self.gap or start > 0)


def sources(*groups: tuple[Piece, ...] | list[Piece] | Piece | None) -> str:
    """One locator for the places of pieces."""
    found: list[str] = []
    for group in groups:
        if isinstance(group, Piece):
            found.append(group.source)
        elif group:
            found += [piece.source for piece in group]
    return merge_sources(found)


@frozen(kw_only=True)
class Entry:
    """A row of a table of projects, in any form."""

    code: Piece
    title: tuple[Piece, ...] = ()
    category: Piece | None = None
    """事業区分: ``L``, ``M``, or a dash."""
    target: tuple[Piece, ...] = ()
    units: tuple[Piece, ...] = ()
    """The cell 事業主担課, line by line."""

    @property
    def content(self) -> tuple[str, ...]:
        """What it says, white space aside: for telling a repeated row from another one."""
        pieces = (*self.title, *self.target, *self.units)
        category = self.category.text if self.category else ""
        return (self.code.text, category, "".join("".join(p.text.split()) for p in pieces))

    @property
    def source(self) -> str:
        """Every place that it was read from."""
        return sources(self.code, self.title, self.category, self.target, self.units)


@define
class Group:
    """A key measure (重要施策): its headings and the rows under it."""

    code: str
    titles: list[Piece] = field(factory=list)
    """Each heading's title, the deciding one first."""
    lines: list[Piece | Table] = field(factory=list)
    entries: list[Entry] = field(factory=list)


@define
class GoalRecord:
    """A goal (基本目標): what each part of the document says of it."""

    code: str
    titles: list[Piece] = field(factory=list)
    description: list[Piece] = field(factory=list)
    groups: list[Group] = field(factory=list)
    headed: bool = False
    """Whether the action plan's heading for it has been met."""


@define
class SectionRecord:
    """A part of the narrative under one heading."""

    heading: Piece
    paragraphs: list[Piece] = field(factory=list)


@define
class TermRecord:
    """A class of projects (事業区分) and how it is judged."""

    name: Piece
    lines: list[Piece] = field(factory=list)


@define
class Outline:
    """The whole document, cut into what its parts are."""

    title: Piece | None = None
    action_plan: Piece | None = None
    edition: Piece | None = None
    vision: list[Piece] = field(factory=list)
    sections: dict[str, SectionRecord] = field(factory=dict)
    """By the part's role."""
    goals: list[GoalRecord] = field(factory=list)
    terms: list[TermRecord] = field(factory=list)
    wrapped: bool = False
    """Whether the lines of the text end where the paper does."""
    leftovers: list[Leftover] = field(factory=list)
    findings: list[Finding] = field(factory=list)

    def goal(self, code: str) -> GoalRecord | None:
        """The goal with ``code``, where there is one."""
        return next((goal for goal in self.goals if goal.code == code), None)

    def skip(self, piece: Piece, reason: PassReason | None = None, text: str = "") -> None:
        """Leave ``piece`` over: with a reason it was passed, without one not understood."""
        self.leftovers.append(
            Leftover(
                source=piece.source, reason=reason, text=text or ("" if reason else piece.text)
            )
        )

    def find(
        self,
        code: str,
        piece: Piece,
        title: str = "",
        severity: Severity = Severity.WARNING,
        **params: object,
    ) -> None:
        """Report something about ``piece``."""
        self.findings.append(
            Finding(
                code=code,
                severity=severity,
                params=params,
                title=title,
                location=piece.place.location,
            )
        )
