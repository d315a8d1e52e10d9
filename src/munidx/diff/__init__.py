"""What changed between two editions: match, compare, weigh.

What is done with a diff afterwards (``compose``, ``invert``, ``patch``) is loaded when it is
asked for.
"""

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
from munidx.diff.differ import diff
from munidx.diff.match import match
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
    "diff",
    "match",
]
