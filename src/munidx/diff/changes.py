"""What a diff is made of: pairs of nodes, changes, effects. Data only, no wording."""

import enum
from collections import Counter
from collections.abc import Callable, Mapping, Sequence

import attrs
from attrs import field, frozen

from munidx.findings import Severity
from munidx.model import Edition

__all__ = ["Change", "Diff", "Effect", "Kind", "Matching", "Pair", "PlanStamp", "Rung", "Segment"]


class Rung(enum.StrEnum):
    """On which rung of the ladder two nodes were found to be the same."""

    ID = "id"
    """the same permanent identifier"""
    PINNED = "pinned"
    """the user said so"""
    EXACT = "exact"
    """unchanged content"""
    CONTENT = "content"
    """similar content"""
    SPLIT = "split"
    """one of several parts of the old node"""
    MERGED = "merged"
    """one of several old nodes that became the new one"""


@frozen(kw_only=True)
class Pair:
    """A node of the old plan and what became of it in the new one, by their paths."""

    old: str
    new: str
    rung: Rung
    score: float
    """From 0 to 1; 1 for identifiers, pins and unchanged content."""
    probable: bool = False
    """Whether the score lies where a person had better look."""
    reason: str = ""
    """Of a pinned pair: what the user said."""


@frozen(kw_only=True)
class Matching:
    """Which node of the old plan is which of the new one."""

    pairs: tuple[Pair, ...]
    removed: tuple[str, ...] = ()
    """Paths of old nodes without a pair."""
    added: tuple[str, ...] = ()
    """Paths of new nodes without a pair."""


class Kind(enum.StrEnum):
    """What sort of change it is."""

    ADDED = "added"
    REMOVED = "removed"
    ABOLISHED = "abolished"
    MOVED = "moved"
    RENUMBERED = "renumbered"
    RETITLED = "retitled"
    REWORDED = "reworded"
    SPLIT = "split"
    MERGED = "merged"
    TARGET_RAISED = "target-raised"
    TARGET_LOWERED = "target-lowered"
    TARGET_SET = "target-set"
    TARGET_DROPPED = "target-dropped"
    TARGET_POSTPONED = "target-postponed"
    TARGET_ADVANCED = "target-advanced"
    TARGET_VAGUE = "target-vague"
    TARGET_UNIT_CHANGED = "target-unit-changed"
    BASELINE_RESTATED = "baseline-restated"
    ACTUAL_ADDED = "actual-added"
    ACTUAL_CORRECTED = "actual-corrected"
    UNIT_CHANGED = "unit-changed"
    DIRECTION_CHANGED = "direction-changed"
    INDICATOR_REPLACED = "indicator-replaced"
    OWNER_CHANGED = "owner-changed"
    COST_CHANGED = "cost-changed"
    STATUS_CHANGED = "status-changed"
    SCHEDULE_CHANGED = "schedule-changed"
    EVALUATION_CHANGED = "evaluation-changed"
    REFERENCE_CHANGED = "reference-changed"
    LABEL_CHANGED = "label-changed"
    PERIOD_CHANGED = "period-changed"
    MARK_MISMATCH = "mark-mismatch"
    FIELD_CHANGED = "field-changed"


class Effect(enum.StrEnum):
    """What a change means for the promise, in the order in which it is shown."""

    WEAKENED = "weakened"
    UNCLEAR = "unclear"
    STRENGTHENED = "strengthened"
    NEUTRAL = "neutral"
    EDITORIAL = "editorial"


@frozen
class Segment:
    """A stretch of an inline comparison: ``op`` is ``equal``, ``delete`` or ``insert``."""

    op: str
    text: str


def _made(mark: "str | Callable[[], str]") -> str:
    return mark if isinstance(mark, str) else mark()


@frozen(kw_only=True)
class Change:
    """One change between two editions.

    ``old`` and ``new`` hold the field's value as the codec writes it (plain dicts, lists,
    strings, numbers), None where there is none; for ``added`` and ``removed`` the subtree.
    """

    kind: Kind
    effect: Effect
    title: str
    """The node's title (the new one, where there are two), so that paths need not be read."""
    field: str = ""
    """The field that changed, with its key where it holds several: ``targets[2025]``."""
    old: object = None
    new: object = None
    old_paths: tuple[str, ...] = ()
    new_paths: tuple[str, ...] = ()
    """More than one for splits, merges and folded renumberings."""
    old_source: str = ""
    new_source: str = ""
    rung: Rung | None = None
    score: float | None = None
    probable: bool = False
    reason: str = ""
    """Of a pinned pair: why the user takes the two for the same."""
    rule: str = ""
    """The code of the rule that decided the effect: ``MX804``."""
    severity: Severity | None = None
    """The rule's, or what the configuration says instead; None for a change of no rule."""
    inline: Sequence[Segment] = ()
    """What changed within a text; made when first looked at."""
    _fingerprint: "str | Callable[[], str]" = attrs.field(
        default="", alias="fingerprint", eq=_made, repr=False
    )

    @property
    def fingerprint(self) -> str:
        """Stable across runs, so that a change can be acknowledged once; made when looked at."""
        found = self._fingerprint
        if not isinstance(found, str):
            found = found()
            object.__setattr__(self, "_fingerprint", found)
        return found


@frozen(kw_only=True)
class PlanStamp:
    """Which edition stands on a side of a diff."""

    id: str = ""
    title: str = ""
    edition: Edition | None = None


@frozen(kw_only=True)
class Diff:
    """All that turns the old plan into the new one.

    ``changes`` are what is reported; ``bookkeeping`` (order of unnumbered siblings,
    ``source``, ``documents``) is never printed, never counted, and only makes
    ``munidx.patch`` exact; it is made when first looked at.
    """

    old: PlanStamp
    new: PlanStamp
    changes: tuple[Change, ...] = ()
    bookkeeping: Sequence[Mapping[str, object]] = field(default=())

    @property
    def summary(self) -> Mapping[str, int]:
        """How many changes there are of each effect, in the order of :class:`Effect`."""
        counts = Counter(change.effect for change in self.changes)
        return {effect.value: counts[effect] for effect in Effect if counts[effect]}
