"""A diff read backwards: from the new plan to the old one."""

from collections.abc import Mapping
from typing import Any, Final

import attrs

from munidx.diff.changes import Change, Diff, Kind, Segment
from munidx.diff.effects import INVERSE, backwards
from munidx.diff.exchange import change_data, from_data, read_change, to_data

__all__ = ["invert"]

_BACKWARDS: Final = {
    Kind.ADDED: Kind.REMOVED,
    Kind.SPLIT: Kind.MERGED,
    Kind.TARGET_RAISED: Kind.TARGET_LOWERED,
    Kind.TARGET_SET: Kind.TARGET_DROPPED,
    Kind.TARGET_POSTPONED: Kind.TARGET_ADVANCED,
}
_KINDS: Final = _BACKWARDS | {second: first for first, second in _BACKWARDS.items()}
_SWAPPED: Final = {"delete": "insert", "insert": "delete"}
_TWINS: Final = {
    "before": "after",
    "after": "before",
    "old": "new",
    "new": "old",
    "order": "back",
    "back": "order",
}


def invert(diff: Diff) -> Diff:
    """Read a diff backwards: patching the new plan with the result gives the old one.

    Kinds that have an opposite are turned into it (added and removed, raised and lowered),
    and ``weakened`` into ``strengthened``; other kinds keep their name. The rule of a change is
    told as one read backwards: ``-MX801``. The inverse of an inverse is the diff itself.
    """
    return Diff(
        old=diff.new,
        new=diff.old,
        changes=tuple(_change(change) for change in diff.changes),
        bookkeeping=tuple(_entry(entry) for entry in diff.bookkeeping),
    )


def _change(change: Change) -> Change:
    return attrs.evolve(
        change,
        kind=_KINDS.get(change.kind, change.kind),
        effect=INVERSE.get(change.effect, change.effect),
        rule=backwards(change.rule),
        old=change.new,
        new=change.old,
        old_paths=change.new_paths,
        new_paths=change.old_paths,
        old_source=change.new_source,
        new_source=change.old_source,
        inline=tuple(
            Segment(_SWAPPED.get(segment.op, segment.op), segment.text) for segment in change.inline
        ),
    )


def _entry(entry: Mapping[str, Any]) -> Mapping[str, object]:
    if entry["op"] == "chain":
        first, second = (invert(from_data(entry[name])) for name in ("first", "second"))
        return {"op": "chain", "first": to_data(second), "second": to_data(first)}
    if entry["op"] == "silenced":
        change = _change(read_change(entry["change"], "change"))
        return {"op": "silenced", "change": change_data(change)}
    if entry["op"] == "paths":
        return {"op": "paths", "pairs": {new: old for old, new in entry["pairs"].items()}}
    return {name: entry[_TWINS.get(name, name)] for name in entry}
