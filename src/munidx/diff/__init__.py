"""What changed between two editions: match, compare, weigh, patch."""

from munidx.diff.changes import (
    Change,
    Diff,
    Effect,
    Kind,
    Matching,
    Pair,
    PlanStamp,
    Rung,
    Segment,
)
from munidx.diff.compose import compose
from munidx.diff.differ import diff
from munidx.diff.invert import invert
from munidx.diff.match import match
from munidx.diff.patch import patch
from munidx.diff.pins import Pin

__all__ = [
    "Change",
    "Diff",
    "Effect",
    "Kind",
    "Matching",
    "Pair",
    "Pin",
    "PlanStamp",
    "Rung",
    "Segment",
    "compose",
    "diff",
    "invert",
    "match",
    "patch",
]
