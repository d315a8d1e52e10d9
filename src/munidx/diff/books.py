"""A diff read as edits: of fields by the old path, of places, of paths. What patching works on."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from attrs import define, field

from munidx.diff.changes import Change, Diff, Kind
from munidx.diff.exchange import read_change
from munidx.errors import PatchError, PlanError

__all__ = ["STRUCTURAL", "Edits", "FieldEdit", "read_edits"]

STRUCTURAL: Final = frozenset(
    {
        Kind.ADDED,
        Kind.REMOVED,
        Kind.MOVED,
        Kind.RENUMBERED,
        Kind.SPLIT,
        Kind.MERGED,
        Kind.INDICATOR_REPLACED,
    }
)
"""Kinds that speak of whole nodes and their numbers."""


@define
class FieldEdit:
    """What happens to one field of a node: new values, parts in and out, then order and traces."""

    values: list[tuple[Any, Any]] = field(factory=list)
    """Old and new value, or old and new part."""
    parts: bool = False
    """Whether the values are parts of a sequence."""
    order: list[int] | None = None
    traced: bool = False
    trace: Any = None


@define(eq=False)
class Edits:
    """All that a diff says, sorted for patching."""

    fields: dict[str, dict[str, FieldEdit]] = field(factory=dict)
    """By the old path of the node and the field's name (labels by ``labels[name]``)."""
    values: dict[str, Any] = field(factory=dict)
    """Subtrees that come, by new path."""
    leavers: dict[str, int] = field(factory=dict)
    """Old paths of what leaves its siblings, with positions."""
    strangers: dict[str, int] = field(factory=dict)
    """New paths of what comes to new siblings, with positions."""
    paths: dict[str, str] = field(factory=dict)
    """New paths by old ones, where they do not follow from the parents'."""
    orders: dict[tuple[str, str], list[int]] = field(factory=dict)
    """By the new path of the parent and the collection."""
    told: dict[tuple[str, str], list[tuple[Any, Any]]] = field(factory=dict)
    """What was read already, by old path and field with its key."""
    lost: dict[str, Any] = field(factory=dict)
    """Subtrees that leave, by old path."""

    def field(self, path: str, name: str) -> FieldEdit:
        """The edit of one field, made when first asked for."""
        return self.fields.setdefault(path, {}).setdefault(name, FieldEdit())


def read_edits(diff: Diff) -> Edits:
    """What ``diff`` says, as edits.

    Raises:
        PatchError: ``patch-broken``: the diff is not one that munidx wrote.
    """
    edits = Edits()
    try:
        for change in diff.changes:
            _read_change(edits, change)
        for entry in diff.bookkeeping:
            _read_entry(edits, entry)
    except (KeyError, TypeError, ValueError, AttributeError, IndexError, PlanError) as error:
        raise PatchError("patch-broken") from error
    return edits


def _read_change(edits: Edits, change: Change) -> None:
    kind = change.kind
    if kind not in STRUCTURAL:
        if change.old_paths and change.new_paths:
            _edit(edits, change.old_paths[0], change.field, change.old, change.new)
        return
    if kind is Kind.RENUMBERED:
        for path, _, old, new in zip(
            change.old_paths,
            change.new_paths,
            change.old,
            change.new,
            strict=True,  # type: ignore[call-overload]
        ):
            edits.field(path, "code").values.append((old or None, new or None))
    elif kind is Kind.MOVED:
        old, new = (_code(change.old), _code(change.new))
        if old != new:
            edits.field(change.old_paths[0], "code").values.append((old, new))
    else:
        edits.values.update(_rooted(change.new_paths, change.new, skip=kind is Kind.SPLIT))
        edits.lost.update(_rooted(change.old_paths, change.old, skip=kind is Kind.MERGED))


def _code(standing: Any) -> str | None:  # noqa: ANN401 - plain data
    found: str | None = standing.get("code")
    return found


def _rooted(paths: tuple[str, ...], data: Any, *, skip: bool) -> Iterator[tuple[str, Any]]:  # noqa: ANN401
    if data is None:
        return
    if skip:
        yield from zip(paths[1:], data, strict=True)
    else:
        yield paths[0], data


def _edit(edits: Edits, path: str, name: str, old: Any, new: Any) -> None:  # noqa: ANN401
    """One value or part; several changes may speak of the same one."""
    base = name if name.startswith("labels[") else name.partition("[")[0]
    found = edits.field(path, base)
    found.parts = base != name
    told = edits.told.setdefault((path, name), [])
    if (old, new) not in told:
        told.append((old, new))
        found.values.append((old, new))


def _read_entry(edits: Edits, entry: Mapping[str, Any]) -> None:
    op, old, new = entry["op"], entry.get("old"), entry.get("new")
    if op == "places":
        edits.leavers.update(entry["old"])
        edits.strangers.update(entry["new"])
    elif op == "paths":
        edits.paths.update(entry["pairs"])
    elif op == "order":
        order = [int(place) for place in entry["order"]]
        if entry["field"] in ("goals", "measures", "indicators"):
            edits.orders[str(new), entry["field"]] = order
        else:
            edits.field(str(old), entry["field"]).order = order
    elif op == "trace":
        found = edits.field(str(old), entry["field"])
        found.traced, found.trace = True, entry["after"]
    elif op == "explained":
        if entry["field"]:
            _edit(edits, str(old), entry["field"], entry["before"], entry["after"])
        elif new is not None:
            edits.values[new] = entry["after"]
        else:
            edits.lost[str(old)] = entry["before"]
    elif op == "silenced":
        _read_change(edits, read_change(entry["change"], "change"))
    else:
        raise ValueError(op)
