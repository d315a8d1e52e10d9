"""Making the new plan from the old one and a diff.

A diff that cannot rebuild the new plan has left something out, so this is the test of every
comparison. Where the diff does not fit the plan, nothing is guessed: it is an error.
"""

from collections.abc import Iterator
from typing import Any

import attrs
from attrs import define, field

from munidx.diff.books import Edits, FieldEdit, read_edits
from munidx.diff.changes import Diff
from munidx.diff.exchange import from_data
from munidx.diff.fields import TRACES, put_trace, read_value, write_value
from munidx.diff.parts import apply_parts
from munidx.diff.tree import CLASSES, Tree, lay_out, path_of_child, sibling_keys
from munidx.errors import PatchError, PlanError
from munidx.formats.codec import structure
from munidx.model import COLLECTIONS, Labels, Node, Plan

__all__ = ["edit_fields", "patch"]


def patch(old: Plan, diff: Diff) -> Plan:
    """The plan that ``diff`` makes of ``old``: ``patch(old, diff(old, new)) == new``.

    Raises:
        PatchError: ``patch-mismatch`` (with ``path`` and ``field``) where the plan does not
            hold what the diff found there, ``patch-broken`` where the diff is damaged.
    """
    for step in _steps(diff):
        old = _Patch(lay_out(old), read_edits(step)).made()
    return old


def _steps(diff: Diff) -> Iterator[Diff]:
    """The diff itself, or what it was composed of, in order."""
    waiting = [diff]
    while waiting:
        step = waiting.pop()
        chain = step.bookkeeping[0] if step.bookkeeping else {}
        if chain.get("op") != "chain":
            yield step
            continue
        try:
            waiting += [from_data(chain["second"]), from_data(chain["first"])]
        except (KeyError, PlanError) as error:
            raise PatchError("patch-broken") from error


@define(eq=False)
class _Made:
    """A node of the new plan before its children are put into it."""

    node: Node
    path: str
    old: int
    """The number of the old node; -1 for one that came."""
    data: dict[str, list[Any]] = field(factory=dict)
    """Children as written, for a node that came."""
    children: dict[str, "list[_Made]"] = field(factory=dict)


class _Patch:
    def __init__(self, tree: Tree, edits: Edits) -> None:
        self.tree, self.edits = tree, edits
        self.numbers = tree.numbers()
        self.by_new = {new: old for old, new in edits.paths.items()}
        self.used = 0
        self.arrivals: dict[tuple[str, str], list[tuple[int, str]]] = {}
        for path, position in edits.strangers.items():
            parent, _, step = path.rpartition("/")
            self.arrivals.setdefault((parent, step.partition("[")[0]), []).append((position, path))

    def made(self) -> Plan:
        for path in (*self.edits.fields, *self.edits.leavers, *self.edits.paths):
            if path not in self.numbers:
                raise PatchError("patch-mismatch", path=path, field="")
        root = _Made(self._edited(0), "", 0)
        order = [root]
        for made in order:
            for collection in COLLECTIONS:
                if hasattr(made.node, collection):
                    order += self._place_children(made, collection)
        if self.used != len(self.edits.strangers):
            raise PatchError("patch-mismatch", path="", field="")
        for made in reversed(order):
            changed: dict[str, Any] = {
                name: tuple(child.node for child in children)
                for name, children in made.children.items()
            }
            if changed:
                made.node = attrs.evolve(made.node, **changed)
        assert isinstance(root.node, Plan)  # noqa: S101
        return root.node

    def _edited(self, number: int) -> Node:
        node = self.tree.nodes[number]
        edits = self.edits.fields.get(self.tree.paths[number])
        return edit_fields(node, edits, self.tree.paths[number]) if edits else node

    def _place_children(self, made: _Made, collection: str) -> list[_Made]:
        stayed = list(self._stayed(made, collection))
        order = self.edits.orders.get((made.path, collection))
        if order is not None:
            if sorted(order) != list(range(len(stayed))):
                raise PatchError("patch-mismatch", path=made.path, field=collection)
            stayed = [stayed[place] for place in order]
        for position, path in sorted(self.arrivals.get((made.path, collection), ())):
            if position > len(stayed):
                raise PatchError("patch-mismatch", path=path, field=collection)
            stayed.insert(position, self._arrived(path, collection))
            self.used += 1
        keys = sibling_keys([child.node.code for child in stayed])  # type: ignore[union-attr]
        for child, key in zip(stayed, keys, strict=True):
            path = path_of_child(made.path, collection, key)
            if child.path and child.path != path:
                raise PatchError("patch-mismatch", path=path, field="code")
            child.path = path
        made.children[collection] = stayed
        return stayed

    def _stayed(self, made: _Made, collection: str) -> Iterator[_Made]:
        if made.old >= 0:
            for number in self.tree.below[made.old].get(collection, ()):
                path = self.tree.paths[number]
                if path not in self.edits.leavers:
                    yield _Made(self._edited(number), self.edits.paths.get(path, ""), number)
        for data in made.data.pop(collection, ()):
            yield self._come("", collection, data)

    def _arrived(self, path: str, collection: str) -> _Made:
        old = self.by_new.get(path)
        if old is not None:
            number = self.numbers[old]
            if self.tree.collections[number] != collection and not isinstance(
                self.tree.nodes[number], CLASSES[collection]
            ):
                raise PatchError("patch-mismatch", path=path, field=collection)
            return _Made(self._edited(number), path, number)
        if path not in self.edits.values:
            raise PatchError("patch-broken", path=path)
        return self._come(path, collection, self.edits.values[path])

    def _come(self, path: str, collection: str, data: Any) -> _Made:  # noqa: ANN401 - plain data
        if not isinstance(data, dict):
            raise PatchError("patch-broken", path=path)
        own = {name: value for name, value in data.items() if name not in COLLECTIONS}
        below = {name: list(data[name]) for name in COLLECTIONS if name in data}
        try:
            return _Made(structure(own, CLASSES[collection]), path, -1, below)
        except PlanError as error:
            raise PatchError("patch-broken", path=path) from error


def edit_fields(node: Node, edits: dict[str, FieldEdit], path: str) -> Node:
    """``node`` with its own fields edited.

    Raises:
        PatchError: ``patch-mismatch`` or ``patch-broken``, as :func:`patch`.
    """
    changed: dict[str, Any] = {}
    labels: dict[str, str] | None = None
    for name, edit in edits.items():
        if name.startswith("labels["):
            labels = dict(getattr(node, "labels", {})) if labels is None else labels
            _edit_label(labels, name[len("labels[") : -1], edit, path)
            continue
        if name not in (one.name for one in attrs.fields(type(node))):
            raise PatchError("patch-broken", path=path)
        before = write_value(type(node), name, getattr(node, name))
        try:
            after = _edit_value(name, before, edit)
            changed[name] = read_value(type(node), name, after)
        except ValueError as error:
            raise PatchError("patch-mismatch", path=path, field=name) from error
        except PlanError as error:
            raise PatchError("patch-broken", path=path) from error
    if labels is not None:
        changed["labels"] = Labels(labels)
    return attrs.evolve(node, **changed)


def _edit_label(labels: dict[str, str], name: str, edit: FieldEdit, path: str) -> None:
    for old, new in edit.values:
        if labels.get(name) != old:
            raise PatchError("patch-mismatch", path=path, field=f"labels[{name}]")
        if new is None:
            del labels[name]
        else:
            labels[name] = new


def _edit_value(name: str, before: Any, edit: FieldEdit) -> Any:  # noqa: ANN401 - plain data
    if name in TRACES or name == "documents":
        return edit.trace
    value = before
    if edit.parts:
        value = apply_parts(before or [], edit.values) or None
    else:
        for old, new in edit.values:
            if value != old:
                raise ValueError(old)
            value = new
    if edit.order is not None:
        if sorted(edit.order) != list(range(len(value or ()))):
            raise ValueError(edit.order)
        value = [value[place] for place in edit.order]
    return put_trace(value, edit.trace) if edit.traced else value
