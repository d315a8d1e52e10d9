"""What each change means for the promise: named rules, the first that speaks decides.

``weakened``: less is promised, later, or by nobody. ``strengthened``: more, or sooner.
``unclear``: it may be either, and a person should look. ``neutral``: it is no question of more
or less. ``editorial``: only the writing changed.
"""

from collections.abc import Mapping
from typing import Final

from munidx.diff import (  # noqa: F401 - a family names its rules when it is imported
    effects_nodes,
    effects_targets,
    effects_terms,
    effects_values,
    effects_words,
)
from munidx.diff.changes import Effect, Kind
from munidx.diff.weighing import EffectRule, Facts, all_of_them, rules_of
from munidx.findings import Severity

__all__ = ["EFFECT_RULES", "INVERSE", "Facts", "backwards", "decide", "decided", "graver"]

INVERSE: Final = {Effect.WEAKENED: Effect.STRENGTHENED, Effect.STRENGTHENED: Effect.WEAKENED}
"""What an effect is, read backwards; the others stay."""

EFFECT_RULES: Final[Mapping[str, EffectRule]] = {rule.code: rule for rule in all_of_them()}
"""Every rule by its code."""

_ASKED: Final = {kind: rules_of(kind) for kind in Kind}
_ONLY: Final = {kind: rules[0] if len(rules) == 1 else None for kind, rules in _ASKED.items()}


def backwards(code: str) -> str:
    """The code of a rule whose change is read backwards: ``-MX801``, and back again."""
    return code.removeprefix("-") if code.startswith("-") else f"-{code}" if code else ""


def graver(*severities: Severity | None) -> Severity | None:
    """The gravest of several severities; None where there is none."""
    return max(filter(None, severities), key=lambda one: one.rank, default=None)


def decided(kind: Kind) -> EffectRule | None:
    """The rule of a kind that has no other, and so speaks whatever the facts are."""
    return _ONLY[kind]


def decide(facts: Facts) -> EffectRule:
    """The rule that decides the effect of a change; the last of a kind always speaks."""
    for rule in _ASKED[facts.kind]:
        if rule.applies(facts):
            return rule
    raise AssertionError(facts.kind)  # pragma: no cover - the last rule spoke
