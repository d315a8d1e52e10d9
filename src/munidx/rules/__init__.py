"""What validation checks: one family per file, one rule per function."""

from munidx.rules import (  # noqa: F401 - a family registers its rules when it is imported
    changes,
    coherence,
    cuts,
    evaluations,
    identity,
    indicators,
    money,
    reading,
    responsibility,
    series,
    structure,
    text,
    times,
)
from munidx.rules.policy import Policy, validate
from munidx.rules.registry import Rule, Wording, all_rules
from munidx.rules.selection import select_rules

__all__ = ["Policy", "Rule", "Wording", "all_rules", "select_rules", "validate"]
