"""How rules on what changes mean are named, and what a rule is given.

A rule is one function, named by :func:`effect`; its docstring is its manual page. It says
whether it speaks of a change; of the rules of a kind, the first that does decides the effect::

    @effect("MX804", "target-postponed", Effect.WEAKENED, Kind.TARGET_POSTPONED)
    def target_postponed(facts: Facts) -> bool:
        return True

The page has the sections ``Why:``, ``Before::``, ``After::`` and ``Source:``; the examples
are fragments of canonical TOML, and the tests compare each with the other.
"""

import inspect
from collections.abc import Callable
from typing import Final, TypeAlias

from attrs import define, field, frozen

from munidx.diff.changes import Effect, Kind
from munidx.findings import Severity
from munidx.model import Node, Plan

__all__ = ["Decision", "EffectRule", "Facts", "all_of_them", "effect", "rules_of"]


@define(kw_only=True, eq=False)
class Facts:
    """What a rule may look at: the nodes, the field, and its values as the model has them.

    Not frozen, for that makes them three times as slow to make, and they live for one question.
    """

    kind: Kind
    field: str = ""
    before: Node | None = None
    after: Node | None = None
    old: object = None
    new: object = None
    plan: Plan | None = None
    """The new edition."""


Decision: TypeAlias = Callable[[Facts], bool]
"""Whether a rule speaks of a change."""

_SEVERITIES: Final = {
    Effect.WEAKENED: Severity.WARNING,
    Effect.UNCLEAR: Severity.WARNING,
    Effect.STRENGTHENED: Severity.INFO,
    Effect.NEUTRAL: Severity.INFO,
    Effect.EDITORIAL: Severity.INFO,
}


@frozen(kw_only=True)
class EffectRule:
    """What a sort of change means for the promise, under which code and name."""

    code: str
    name: str
    effect: Effect
    kinds: tuple[Kind, ...]
    applies: Decision
    severity: Severity = field(init=False)
    """``warning`` for what weakens or may weaken, ``info`` for the rest."""

    @severity.default
    def _severity(self) -> Severity:
        return _SEVERITIES[self.effect]

    @property
    def page(self) -> str:
        """The manual page: the docstring of the function, and which effect it decides."""
        summary, _, rest = (inspect.getdoc(self.applies) or "").partition("\n")
        return f"{summary}\n\nEffect: {self.effect.value}.\n{rest}"


_RULES: Final[list[EffectRule]] = []


def effect(code: str, name: str, means: Effect, *kinds: Kind) -> Callable[[Decision], Decision]:
    """Name the decorated function as the rule ``code``, for changes of these ``kinds``."""

    def register(applies: Decision) -> Decision:
        _RULES.append(EffectRule(code=code, name=name, effect=means, kinds=kinds, applies=applies))
        return applies

    return register


def rules_of(kind: Kind) -> tuple[EffectRule, ...]:
    """The rules of a kind in the order in which they are asked, that of their codes."""
    return tuple(rule for rule in all_of_them() if kind in rule.kinds)


def all_of_them() -> tuple[EffectRule, ...]:
    """All rules, by code."""
    return tuple(sorted(_RULES, key=lambda rule: rule.code))
