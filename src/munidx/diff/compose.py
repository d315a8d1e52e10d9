"""Two diffs in a row as one: from the first edition to the third.

What is told is the sum: a target lowered and raised again is told once, from the first value
to the last, and not at all where it came back. What is kept to patch with are both steps, in
the books, since the way between three editions cannot be told by their ends alone.
"""

from collections.abc import Iterable
from typing import Any, Final

import attrs

from munidx.diff.books import STRUCTURAL
from munidx.diff.changes import Change, Diff, Effect, Kind
from munidx.diff.effects import INVERSE, graver
from munidx.diff.exchange import to_data
from munidx.diff.fields import strip
from munidx.diff.inline import inline_values
from munidx.diff.record import fingerprint
from munidx.diff.targets import kinds_of
from munidx.formats.codec import structure
from munidx.model import Indicator, Observation

__all__ = ["compose"]

_UNDONE: Final = (
    (Kind.SPLIT, Kind.MERGED),
    (Kind.MERGED, Kind.SPLIT),
    (Kind.INDICATOR_REPLACED, Kind.INDICATOR_REPLACED),
)
"""Kinds of which the second takes back the first, where it leads to the same words."""
_HEIGHT: Final = (Kind.TARGET_RAISED, Kind.TARGET_LOWERED)


def compose(first: Diff, second: Diff) -> Diff:
    """Both diffs as one: patching the first plan with it gives the third.

    A field or part that both changed is told once, from its first value to its last; changes
    that the second diff undid are not told. Paths are those of the first and third edition
    where a change knows both.

    ``changes`` are made from the changes of both, without the plans. What stood in no change
    is not known here: a target that was lowered by the first and whose wording alone the
    second changed is told by its kinds as they were found, an effect that both do not share
    is ``unclear``, and what was added and then edited is told as added and edited. Where the
    first and the last plan are at hand, ``diff(old, patch(old, compose(first, second)))``
    tells exactly what matters between them.
    """
    changes = list(first.changes)
    for change in second.changes:
        _join(changes, change)
    return Diff(
        old=first.old,
        new=second.new,
        changes=tuple(changes),
        bookkeeping=({"op": "chain", "first": to_data(first), "second": to_data(second)},),
    )


def _join(changes: list[Change], change: Change) -> None:
    """Put ``change`` behind ``changes``, or into the one that it goes on with."""
    for place, one in enumerate(changes):
        if not _follows(one, change):
            continue
        if one.kind is Kind.ADDED or strip(one.old) == strip(change.new):
            del changes[place]
        else:
            changes[place] = _sum(one, change)
        return
    changes.append(change)


def _follows(first: Change, second: Change) -> bool:
    """Whether ``second`` goes on with what ``first`` did, or undoes it."""
    kinds = (first.kind, second.kind)
    if kinds == (Kind.REMOVED, Kind.ADDED):
        return first.old_paths == second.new_paths and strip(first.old) == strip(second.new)
    if not first.new_paths or first.new_paths != second.old_paths:
        return False
    if kinds == (Kind.ADDED, Kind.REMOVED):
        return True
    if kinds in _UNDONE:
        return bool(strip([first.old, first.new]) == strip([second.new, second.old]))
    if first.kind in STRUCTURAL or second.kind in STRUCTURAL:
        return first.kind is second.kind and first.kind in {Kind.RENUMBERED, Kind.MOVED}
    return (
        first.field.partition("[")[0] == second.field.partition("[")[0]
        and first.new == second.old
        and first.new is not None
    )


def _sum(first: Change, second: Change) -> Change:
    kind, effect = _kind(first, second)
    same = next((one for one in (second, first) if (one.kind, one.effect) == (kind, effect)), None)
    return attrs.evolve(
        second,
        kind=kind,
        effect=effect,
        field=first.field,
        old=first.old,
        old_paths=first.old_paths,
        old_source=first.old_source,
        probable=first.probable or second.probable,
        reason=second.reason or first.reason,
        rule="" if same is None else same.rule,
        severity=graver(first.severity, second.severity) if same is None else same.severity,
        inline=inline_values(first.old, second.new) if second.inline else (),
        fingerprint=fingerprint(
            kind, (first.fingerprint, second.fingerprint), first.field, first.old, second.new
        ),
    )


def _kind(first: Change, second: Change) -> tuple[Kind, Effect]:
    if first.kind is second.kind:
        same = first.effect is second.effect
        return first.kind, first.effect if same else Effect.UNCLEAR
    if first.kind is Kind.ACTUAL_ADDED and first.old is None:
        return first.kind, first.effect  # it came, whatever was corrected since
    if second.kind is Kind.ABOLISHED:
        return second.kind, second.effect
    kinds = list(_target_kinds(first.old, second.new)) if first.field.startswith("targets[") else []
    for kind in kinds:
        for one in (first, second):
            if one.kind is kind:
                return kind, one.effect
            if kind in _HEIGHT and one.kind in _HEIGHT:
                return kind, INVERSE.get(one.effect, one.effect)
    return (kinds[0] if kinds else second.kind), Effect.UNCLEAR


def _target_kinds(old: Any, new: Any) -> Iterable[Kind]:  # noqa: ANN401 - plain data
    values = [None if one is None else structure(one, Observation) for one in (old, new)]
    return kinds_of(values[0], values[1], Indicator(), Indicator())
