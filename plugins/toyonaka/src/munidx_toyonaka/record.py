"""What is gathered while the lines of a sheet go by, before a plan is made of it."""

from collections.abc import Iterable

from attrs import define, field, frozen

from munidx.adapters import Leftover, PassReason
from munidx.document import Block, Cell, Row
from munidx.findings import Finding, Severity
from munidx.place import Location, Place, merge_sources
from munidx_toyonaka.pieces import Piece
from munidx_toyonaka.references import Pair

__all__ = ["Fact", "GoalRecord", "NamedPair", "Sheet", "merged"]


def merged(sources: Iterable[str]) -> str:
    """One locator for all of ``sources``, which are most often one and the same."""
    told = list(dict.fromkeys(sources))
    return told[0] if len(told) == 1 else merge_sources(told)


@frozen(kw_only=True)
class Fact:
    """A text of a single field, and where it was read."""

    text: str
    source: str


@frozen(kw_only=True)
class NamedPair:
    """A reference as found: the plan that the label above names, and the pair."""

    plan: str
    label: Cell | None
    pair: Pair


@define
class GoalRecord:
    """A goal of the year or of the mid term: the pieces of each of its columns."""

    code: Fact
    mid: bool
    plan: list[Piece] = field(factory=list)
    results: list[Piece] = field(factory=list)
    outlook: list[Piece] = field(factory=list)
    """課題・今後の方向性, in one column"""
    issues: list[Piece] = field(factory=list)
    next: list[Piece] = field(factory=list)
    schedule: list[Piece] = field(factory=list)
    references: list[NamedPair] = field(factory=list)

    def column(self, name: str) -> list[Piece]:
        """The pieces of the column whose field is ``name``."""
        columns: dict[str, list[Piece]] = {
            "plan": self.plan,
            "results": self.results,
            "outlook": self.outlook,
            "issues": self.issues,
            "next": self.next,
            "schedule": self.schedule,
        }
        return columns[name]


@define
class Sheet:
    """The whole document, cut into what its parts are."""

    bureau: dict[str, Fact] = field(factory=dict)
    """部局, 補職, 氏名"""
    title: Fact | None = None
    headings: dict[str, Fact] = field(factory=dict)
    """By the part's role."""
    mission: list[Fact] = field(factory=list)
    policies: list[Piece] = field(factory=list)
    review: list[Piece] = field(factory=list)
    goals: list[GoalRecord] = field(factory=list)
    heads: list[Fact] = field(factory=list)
    """The tables' group heads: 当年度目標(当初設定)."""
    findings: list[Finding] = field(factory=list)
    leftovers: list[Leftover] = field(factory=list)

    def skip(
        self, where: Block | Row | Cell, reason: PassReason | None = None, text: str = ""
    ) -> None:
        """Leave ``where`` over: passed with a reason, without one not understood."""
        self.leftovers.append(Leftover(source=str(where.place), reason=reason, text=text))

    def find(
        self,
        code: str,
        place: Place | None,
        *,
        severity: Severity = Severity.WARNING,
        title: str = "",
        **params: object,
    ) -> None:
        """Report something about ``place``."""
        location = place.location if place else Location()
        self.findings.append(
            Finding(code=code, severity=severity, params=params, title=title, location=location)
        )
