"""How severe each change is, where somebody says otherwise than its rule.

What is ``off`` is not told and not counted; it stays in the books, so that the diff still makes
the new plan.
"""

import difflib
from collections.abc import Mapping
from typing import Final, TypeAlias

import attrs

from munidx.diff.changes import Change, Diff, Effect
from munidx.diff.effects import EFFECT_RULES
from munidx.diff.exchange import change_data
from munidx.errors import SelectionError
from munidx.findings import Severity

__all__ = ["Severities", "ranked", "severities_of"]

Severities: TypeAlias = Mapping[str, Severity | str | None]
"""A rule's code or name, or an effect, → how severe; ``off`` or None: not told."""

_OFF: Final = "off"
_EFFECTS: Final = {effect.value: effect for effect in Effect}


def severities_of(wanted: Severities) -> dict[str, Severity | None]:
    """How severe each rule is, by its code: its own severity where ``wanted`` does not say.

    A rule's own word stands above that of its effect.

    Raises:
        SelectionError: ``effect-rule-unknown``: no rule has the code or name, and it is no
            effect; ``severity-unknown``: it is neither a severity nor ``off``.
    """
    found: dict[str, Severity | None] = {rule.code: rule.severity for rule in EFFECT_RULES.values()}
    by_name = {rule.name: rule.code for rule in EFFECT_RULES.values()}
    for selector, told in sorted(wanted.items(), key=lambda one: one[0] not in _EFFECTS):
        severity = _severity(selector, told)
        code = by_name.get(selector, selector.upper())
        if selector in _EFFECTS:
            found |= {
                rule.code: severity
                for rule in EFFECT_RULES.values()
                if rule.effect is _EFFECTS[selector]
            }
        elif code in found:
            found[code] = severity
        else:
            near = difflib.get_close_matches(selector, (*by_name, *found, *_EFFECTS), 1)
            raise SelectionError(
                "effect-rule-unknown", selector=selector[:80], nearest="".join(near)
            )
    return found


def _severity(selector: str, told: Severity | str | None) -> Severity | None:
    if told is None or told == _OFF:
        return None
    try:
        return Severity(told)
    except ValueError:
        raise SelectionError(
            "severity-unknown", selector=selector[:80], severity=str(told)[:80]
        ) from None


def ranked(diff: Diff, wanted: Severities) -> Diff:
    """``diff`` with the severities that somebody wants; what is off goes into the books.

    Raises:
        SelectionError: As :func:`severities_of`.
    """
    if not wanted:
        return diff
    severities = severities_of(wanted)
    told: list[Change] = []
    off: list[Change] = []
    for change in diff.changes:
        code = change.rule.removeprefix("-")
        severity = severities.get(code, change.severity)
        if severity is None and code in severities:
            off.append(change)
        else:
            told.append(attrs.evolve(change, severity=severity))
    books = diff.bookkeeping
    if off:
        books = (*books, *({"op": "silenced", "change": change_data(one)} for one in off))
    return attrs.evolve(diff, changes=tuple(told), bookkeeping=books)
