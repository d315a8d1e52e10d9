"""What validation checks: one family per file, one rule per function."""

from munidx.rules import (  # noqa: F401 - a family registers its rules when it is imported
    coherence,
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
from munidx.rules.registry import Rule, all_rules, select_rules, validate

__all__ = ["Rule", "all_rules", "select_rules", "validate"]
