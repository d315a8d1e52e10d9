"""What changed between the fields of paired nodes, as typed changes.

Each field of the model has a shape and a change kind in :mod:`munidx.diff.fields`. A text whose
change a typed change explains is kept in the books and not told twice.
"""

from collections.abc import Iterable
from typing import Any

from munidx.diff.changes import Kind
from munidx.diff.explain import (
    explains_label,
    explains_period,
    explains_statement,
    explains_unit,
    settled,
    settles_statement,
)
from munidx.diff.fields import (
    FIELDS,
    ORDERED,
    Shape,
    bare,
    strip,
    told_fields,
    told_values,
    trace,
    write_value,
)
from munidx.diff.parts import KEYS, align_parts, apply_parts, order_of
from munidx.diff.record import Recorder
from munidx.diff.targets import kinds_of, shifted, taken_up, undated
from munidx.formats.codec import unstructure
from munidx.model import Indicator, Labels, Node, Observation, Plan, Section, Status

__all__ = ["compare_pair"]

_LOST_WITH = frozenset(
    {
        "owners",
        "costs",
        "schedule",
        "actions",
        "target_state",
        "description",
        "start",
        "end",
        "continuous",
        "evaluations",
        "references",
        "labels",
        "level",
    }
)
"""What an abolished node is told without; the abolition explains that it is gone."""


def compare_pair(recorder: Recorder, old: int, new: int) -> None:
    """Record how the own fields of a pair differ; its code is left to the structure."""
    before, after = recorder.align.old.nodes[old], recorder.align.new.nodes[new]
    kind = type(before)
    if kind is not type(after):
        raise TypeError(type(after))
    take = told_values(kind)
    mine, theirs = take(before), take(after)
    if mine == theirs:
        return
    changed = {}
    for name, first, second in zip(told_fields(kind), mine, theirs, strict=True):
        if first is second or first == second:
            continue
        if first.__class__ is not str and _read_elsewhere(first, second):
            recorder.traced.append((old, new, name))  # read elsewhere, and the same
        else:
            changed[name] = (first, second)
    if changed:
        _Pair(recorder, old, new, before, after).compare(changed)


def _read_elsewhere(first: object, second: object) -> bool:
    """Whether two unequal values say the same and were only read in other places."""
    if isinstance(first, tuple) and isinstance(second, tuple):
        return len(first) == len(second) and all(
            one == other or bare(one) == bare(other)
            for one, other in zip(first, second, strict=True)
        )
    return bare(first) == bare(second)


_SETTLED = frozenset({"title", "unit", "direction"})
"""What an indicator without a figure yet need not have."""

_SHARED_OUT = (Kind.RETITLED, Kind.REWORDED)
"""What a split or a merge does to the words of the heir; the change itself shows them."""


class _Pair:
    """The comparison of one pair of nodes."""

    def __init__(self, recorder: Recorder, old: int, new: int, before: Node, after: Node) -> None:
        self.recorder = recorder
        self.old, self.new = old, new
        self.before, self.after = before, after
        self.kind = type(before)
        self.observed: list[tuple[Observation | None, Observation | None]] = []
        self.statuses = getattr(before, "status", None), getattr(after, "status", None)
        self.abolished = (
            self.statuses[1] is Status.ABOLISHED and self.statuses[0] is not Status.ABOLISHED
        )
        self.settled = settled(before, after)

    def compare(self, changed: dict[str, tuple[Any, Any]]) -> None:
        late = {}
        for name, values in changed.items():
            shape, kind = FIELDS[name]
            if shape is Shape.LABELS:
                self._labels(*values)
            elif shape is Shape.PARTS:
                self._parts(name, kind, *values)
            elif self.settled is not None and self._settles(name, *values):
                data = [self._written(name, one) for one in values]
                self._note("explained", name, *data, by=self.settled.value)
            elif name in ("statement", "title") and isinstance(self.before, Indicator):
                late[name] = values
            else:
                self._whole(name, kind, *values)
        for name, values in late.items():
            self._named(name, *values)

    def _settles(self, name: str, old: object, new: object) -> bool:
        """Whether a field came with the first figure of the indicator, or went with the last."""
        if name == "statement":
            assert isinstance(self.before, Indicator)  # noqa: S101
            assert isinstance(self.after, Indicator)  # noqa: S101
            return settles_statement(self.before if self._set() else self.after)
        return name in _SETTLED and not (old if self._set() else new)

    def _set(self) -> bool:
        return self.settled is Kind.TARGET_SET

    def _written(self, name: str, value: object) -> Any:  # noqa: ANN401 - plain data
        return write_value(self.kind, name, value)

    def _note(self, op: str, name: str, before: object, after: object, **told: object) -> None:
        self.recorder.note(op, self.old, self.new, field=name, before=before, after=after, **told)

    def _change(
        self, kind: Kind, name: str, values: tuple[Any, Any], data: tuple[Any, Any]
    ) -> None:
        self.recorder.field(kind, self.old, self.new, name, values, data)

    def _whole(self, name: str, kind: Kind, old: object, new: object) -> None:
        data = self._written(name, old), self._written(name, new)
        if self._says_the_same(name, old, data):
            return
        if self.abolished and name in _LOST_WITH and data[1] is None:
            self._note("explained", name, data[0], None, by=Kind.ABOLISHED.value)
            return
        if kind in _SHARED_OUT and (by := self._parted()) and data[1] is not None:
            self._note("explained", name, *data, by=by.value)
            return
        if name == "status":
            kind = self._status_kind(new)
        if name == "unit" and self._unit_in_targets():
            self._note("explained", name, *data, by=Kind.TARGET_UNIT_CHANGED.value)
            return
        if name == "former_codes" and self._names_old_code(old, new):
            self._note("explained", name, *data, by=Kind.RENUMBERED.value)
            return
        if name == "baseline":
            self.observed.append((old, new))  # type: ignore[arg-type]
        self._change(kind, name, (old, new), data)

    def _says_the_same(self, name: str, old: object, data: tuple[Any, Any]) -> bool:
        """Whether no more than the order of parts differs, or where they were read."""
        if data[0].__class__ is str and data[1].__class__ is str:
            return False
        if isinstance(old, tuple) and name not in ORDERED:
            return self._reordered(name, data[0] or [], data[1] or [])
        if data[0] is None or data[1] is None or strip(data[0]) != strip(data[1]):
            return False
        self._note("trace", name, trace(data[0]), trace(data[1]))
        return True

    def _unit_in_targets(self) -> bool:
        """Whether the targets tell the unit with their figures."""
        assert isinstance(self.before, Indicator)  # noqa: S101
        assert isinstance(self.after, Indicator)  # noqa: S101
        return explains_unit(self.before, self.after)

    def _parted(self) -> Kind | None:
        """Whether the node was split or merged: its words were shared out."""
        if self.old in self.recorder.align.splits:
            return Kind.SPLIT
        return Kind.MERGED if self.new in self.recorder.align.merges else None

    def _names_old_code(self, old: Any, new: Any) -> bool:  # noqa: ANN401
        """Whether the publisher only adds the number that the node had."""
        before, after = getattr(self.before, "code", ""), getattr(self.after, "code", "")
        return before != after and set(new) - set(old) == {before} and set(old) <= set(new)

    def _status_kind(self, new: object) -> Kind:
        if new is Status.ABOLISHED:
            return Kind.ABOLISHED
        # The city calls new what stood in its last edition: its mark does not hold.
        return Kind.MARK_MISMATCH if new is Status.ADDED else Kind.STATUS_CHANGED

    def _reordered(self, name: str, old: list[Any], new: list[Any]) -> bool:
        """Whether the same parts stand in another order, or were read elsewhere."""
        if len(old) != len(new) or len(old) == 1:
            return False
        order, back = order_of(old, new), order_of(new, old)
        if -1 in order:
            return False
        self._book(name, old, new, old, new, (order, back))
        return True

    def _book(  # noqa: PLR0917 - all of one field
        self,
        name: str,
        old: list[Any],
        new: list[Any],
        made: list[Any],
        unmade: list[Any],
        orders: tuple[list[int], list[int]],
    ) -> None:
        """Note what the changes leave open: order and traces, both ways."""
        order, back = orders
        if order != sorted(order) or back != sorted(back):
            self.recorder.note("order", self.old, self.new, field=name, order=order, back=back)
            made = [made[place] for place in order]
            unmade = [unmade[place] for place in back]
        if made != new or unmade != old:
            self._note("trace", name, trace(old), trace(new))

    def _labels(self, old: Labels, new: Labels) -> None:
        for name in sorted(old.keys() | new.keys()):
            mine, theirs = old.get(name), new.get(name)
            if mine == theirs:
                continue
            if explains_label(mine, theirs, self.statuses):
                by = self._status_kind(self.statuses[1]).value
                self._note("explained", f"labels[{name}]", mine, theirs, by=by)
                continue
            self._change(Kind.LABEL_CHANGED, f"labels[{name}]", (mine, theirs), (mine, theirs))

    def _parts(self, name: str, kind: Kind, old: tuple[Any, ...], new: tuple[Any, ...]) -> None:
        mine = self._written(name, old) or []
        theirs = [
            mine[place] if place < len(old) and old[place] == one else unstructure(one)
            for place, one in enumerate(new)
        ]
        pairs = align_parts(name, mine, theirs)
        if name == "targets":
            pairs = _with_shifts(pairs, old, new)
        edits = []
        for first, second, key in pairs:
            values = (
                None if first is None else old[first],
                None if second is None else new[second],
            )
            data = (
                None if first is None else mine[first],
                None if second is None else theirs[second],
            )
            edits.append(data)
            self._part(f"{name}[{key}]", kind, values, data)
        made = apply_parts(mine, edits)
        unmade = apply_parts(theirs, [(second, first) for first, second in edits])
        if made != theirs or unmade != mine:
            orders = order_of(made, theirs), order_of(unmade, mine)
            self._book(name, mine, theirs, made, unmade, orders)

    def _part(self, name: str, kind: Kind, values: tuple[Any, Any], data: tuple[Any, Any]) -> None:
        base = name.partition("[")[0]
        if self.abolished and data[1] is None and (base in _LOST_WITH or base == "targets"):
            self._note("explained", name, data[0], None, by=Kind.ABOLISHED.value)
            return
        if base in ("targets", "actuals"):
            self.observed.append(values)
        if base == "targets" and isinstance(self.before, Indicator):
            assert isinstance(self.after, Indicator)  # noqa: S101
            for one in kinds_of(*values, self.before, self.after):
                if one is Kind.REWORDED and self._within_statement(*values):
                    self._note("explained", name, *data, by=Kind.REWORDED.value)
                else:
                    self._change(one, name, values, data)
            return
        if kind is Kind.ACTUAL_ADDED and data[0] is not None:
            kind = Kind.ACTUAL_CORRECTED
        if base == "sections" and self._of_period(*values):
            self._note("explained", name, *data, by=Kind.PERIOD_CHANGED.value)
            return
        if kind is Kind.REWORDED and None in data:
            kind = Kind.FIELD_CHANGED
        self._change(kind, name, values, data)

    def _of_period(self, old: Section | None, new: Section | None) -> bool:
        """Whether a section changed in nothing but the plan's period."""
        if old is None or new is None or old.title != new.title:
            return False
        assert isinstance(self.before, Plan)  # noqa: S101
        assert isinstance(self.after, Plan)  # noqa: S101
        return explains_period(old.text, new.text, self.before.period, self.after.period)

    def _within_statement(self, old: Observation, new: Observation) -> bool:
        """Whether a text that changed alone is part of a statement that tells the change."""
        mine, theirs = getattr(self.before, "statement", ""), getattr(self.after, "statement", "")
        return mine != theirs and old.text in mine and new.text in theirs

    def _named(self, name: str, old: str, new: str) -> None:
        """The statement or title of an indicator, unless the changes of its figures explain it."""
        assert isinstance(self.before, Indicator)  # noqa: S101
        assert isinstance(self.after, Indicator)  # noqa: S101
        data = self._written(name, old), self._written(name, new)
        told = [
            pair
            for pair in self.observed
            if pair[0] is None or pair[1] is None or _differ(pair[0], pair[1])
        ]
        before, after = self.before, self.after
        if name == "title":
            before, after = Indicator(unit=before.unit), Indicator(unit=after.unit)
        if all(data) and explains_statement(old, new, before, after, told):
            by = Kind.RETITLED if not told else Kind.TARGET_SET
            self._note("explained", name, *data, by=by.value)
            return
        self._change(FIELDS[name][1], name, (old, new), data)


def _differ(old: Observation, new: Observation) -> bool:
    """Whether more than words differs."""
    return any(
        getattr(old, name) != getattr(new, name)
        for name in (
            "year",
            "period",
            "date",
            "value",
            "fraction",
            "low",
            "high",
            "comparator",
            "unit",
            "quantity",
            "accumulation",
            "state",
            "alternatives",
        )
    )


def _with_shifts(
    pairs: Iterable[tuple[int | None, int | None, str]],
    old: tuple[Observation, ...],
    new: tuple[Observation, ...],
) -> list[tuple[int | None, int | None, str]]:
    """The pairs, with what went and what came as one where a target changed its time."""
    pairs = list(pairs)
    gone = [one for one in pairs if one[1] is None]
    come = [one for one in pairs if one[0] is None]
    if not gone or not come:
        return pairs
    lost = {one[0] for one in gone}
    kept = [part for place, part in enumerate(old) if place not in lost]
    moves = shifted(
        [old[one[0]] for one in gone if one[0] is not None],
        [new[one[1]] for one in come if one[1] is not None],
        kept,
    )
    for first, second in moves:
        pairs.remove(gone[first])
        pairs.remove(come[second])
        pairs.append((gone[first][0], come[second][1], gone[first][2]))
    return _with_figures(_with_times(pairs, old, new), old, new)


def _with_times(
    pairs: list[tuple[int | None, int | None, str]],
    old: tuple[Observation, ...],
    new: tuple[Observation, ...],
) -> list[tuple[int | None, int | None, str]]:
    """The pairs, with a target that lost its time, or got one, as one."""
    gone = [one for one in pairs if one[1] is None]
    come = [one for one in pairs if one[0] is None]
    found = undated(
        [old[one[0]] for one in gone if one[0] is not None],
        [new[one[1]] for one in come if one[1] is not None],
    )
    for first, second in found:
        pairs.remove(gone[first])
        pairs.remove(come[second])
        name = come[second][2] if gone[first][2].startswith("#") else gone[first][2]
        pairs.append((gone[first][0], come[second][1], name))
    return pairs


def _with_figures(
    pairs: list[tuple[int | None, int | None, str]],
    old: tuple[Observation, ...],
    new: tuple[Observation, ...],
) -> list[tuple[int | None, int | None, str]]:
    """The pairs, with a target that waited for its figure and the figure as one."""
    gone = [one for one in pairs if one[1] is None]
    come = [one for one in pairs if one[0] is None]
    found = taken_up(
        [old[one[0]] for one in gone if one[0] is not None],
        [new[one[1]] for one in come if one[1] is not None],
    )
    if found is None:
        return pairs
    first, second = gone[found[0]], come[found[1]]
    pairs.remove(first)
    pairs.remove(second)
    # The name of the one that has a time.
    name = first[2] if second[2].startswith("#") else second[2]
    return [*pairs, (first[0], second[1], name)]


assert KEYS.keys() == {name for name, (shape, _) in FIELDS.items() if shape is Shape.PARTS}  # noqa: S101
