"""What changed between the fields of paired nodes, as typed changes.

Each field of the model has a shape and a change kind in :mod:`munidx.diff.fields`. A text whose
change a typed change explains is kept in the books and not told twice.
"""

import operator
from itertools import compress
from typing import Any, Final

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
    alike,
    told_fields,
    told_values,
    trace,
    write_value,
)
from munidx.diff.parts import (
    KEYS,
    align_parts,
    altered,
    apply_parts,
    complete,
    order_of,
)
from munidx.diff.record import STANDING, Recorder, paired
from munidx.diff.targets import figures_differ, kinds_of, with_shifts
from munidx.formats.codec import unstructure
from munidx.model import Indicator, Labels, Node, Observation, Plan, Section, Status

__all__ = ["compare_pairs"]

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


def compare_pairs(recorder: Recorder) -> None:
    """Record how the own fields of each pair differ; codes are left to the structure."""
    for collection in STANDING:
        _compare_standing(recorder, collection)
    recorder.sort_books()


def _compare_standing(recorder: Recorder, collection: str) -> None:
    """Compare the pairs of one collection, which are of one class.

    Most pairs are equal, and need no more than to be found so; what differs is gone through at
    once, while it is at hand.
    """
    olds, news, befores, afters = paired(recorder.align, collection)
    if not olds:
        return
    kind = type(befores[0])
    names, take = told_fields(kind), told_values(kind)
    rows = zip(olds, news, befores, afters, map(take, befores), map(take, afters), strict=True)
    for old, new, before, after, mine, theirs in rows:
        if mine == theirs:
            continue
        changed = {}
        for name, first, second in compress(
            zip(names, mine, theirs, strict=True), map(operator.ne, mine, theirs)
        ):
            if first.__class__ is not str and name not in KEYS and alike(first, second):
                recorder.traced.append((old, new, name))  # read elsewhere, and the same
            else:
                changed[name] = first, second
        if changed:
            _Pair(recorder, old, new, before, after).compare(changed)


_SETTLED = frozenset({"title", "unit", "direction"})
"""What an indicator without a figure yet need not have."""
_NAMING: Final = ("statement", "title")
"""What an indicator is called by; its figures may explain it."""
_SETTLING: Final = _SETTLED | {"statement"}

_SHARED_OUT = (Kind.RETITLED, Kind.REWORDED)
"""What a split or a merge does to the words of the heir; the change itself shows them."""


_ASKED: Final = frozenset({"status", "unit", "former_codes", "baseline"})
"""Fields of which more is asked than what they were."""


class _Pair:
    """The comparison of one pair of nodes."""

    def __init__(self, recorder: Recorder, old: int, new: int, before: Node, after: Node) -> None:
        self.recorder = recorder
        self.old, self.new = old, new
        self.before, self.after = before, after
        self.kind = type(before)
        self.observed: list[tuple[Observation | None, Observation | None]] = []
        self.settled: Kind | None = None

    def compare(self, changed: dict[str, tuple[Any, Any]]) -> None:
        late = {}
        indicator = self.kind is Indicator
        if indicator and not _SETTLING.isdisjoint(changed):
            self.settled = settled(self.before, self.after)
        for name, values in changed.items():
            kind = FIELDS[name][1]
            if name in KEYS:
                self._parts(name, kind, *values)
            elif name == "labels":
                self._labels(*values)
            elif self.settled is not None and self._settles(name, *values):
                data = [self._written(name, one) for one in values]
                self._note("explained", name, *data, by=self.settled.value)
            elif indicator and name in _NAMING:
                late[name] = values
            else:
                self._whole(name, kind, *values)
        for name, values in late.items():
            self._named(name, *values)

    def _statuses(self) -> tuple[Status | None, Status | None]:
        return getattr(self.before, "status", None), getattr(self.after, "status", None)

    def _abolished(self) -> bool:
        before, after = self._statuses()
        return after is Status.ABOLISHED and before is not Status.ABOLISHED

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

    def _whole(self, name: str, kind: Kind, old: object, new: object) -> None:
        data = self._written(name, old), self._written(name, new)
        if old.__class__ is tuple and self._reordered(name, data[0] or [], data[1] or []):
            return
        if data[1] is None and name in _LOST_WITH and self._abolished():
            self._note("explained", name, data[0], None, by=Kind.ABOLISHED.value)
            return
        if kind in _SHARED_OUT and (by := self._parted()) and data[1] is not None:
            self._note("explained", name, *data, by=by.value)
            return
        if name in _ASKED:
            if (by := self._told_by(name, old, new)) is not None:
                self._note("explained", name, *data, by=by.value)
                return
            if name == "status":
                kind = self._status_kind(new)
            elif name == "baseline":
                self.observed.append((old, new))  # type: ignore[arg-type]
        self.recorder.field(kind, self.old, self.new, name, (old, new), data)

    def _told_by(self, name: str, old: object, new: object) -> Kind | None:
        """The kind of the change that tells this one already."""
        if name == "unit" and self._unit_in_targets():
            return Kind.TARGET_UNIT_CHANGED
        if name == "former_codes" and self._names_old_code(old, new):
            return Kind.RENUMBERED
        return None

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
        if len(old) != len(new) or len(old) == 1 or name in ORDERED:
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
        statuses = self._statuses()
        for name in sorted(old.keys() | new.keys()):
            mine, theirs = old.get(name), new.get(name)
            if mine == theirs:
                continue
            if explains_label(mine, theirs, statuses):
                by = self._status_kind(statuses[1]).value
                self._note("explained", f"labels[{name}]", mine, theirs, by=by)
                continue
            self.recorder.field(
                Kind.LABEL_CHANGED,
                self.old,
                self.new,
                f"labels[{name}]",
                (mine, theirs),
                (mine, theirs),
            )

    def _parts(self, name: str, kind: Kind, old: tuple[Any, ...], new: tuple[Any, ...]) -> None:
        if (one := altered(name, old, new)) is not None:
            place, key = one
            values = old[place], new[place]
            data = unstructure(values[0]), unstructure(values[1])
            self._part(f"{name}[{key}]", name, kind, values, data)
            return
        pairs, kept = align_parts(name, old, new)
        if not pairs and len(old) == len(new) and alike(old, new):
            self.recorder.traced.append((self.old, self.new, name))
            return
        if name == "targets":
            pairs = with_shifts(pairs, old, new)
        edits = []
        for first, second, key in pairs:
            before = None if first is None else old[first]
            after = None if second is None else new[second]
            data = (
                None if before is None else unstructure(before),
                None if after is None else unstructure(after),
            )
            edits.append(data)
            self._part(f"{name}[{key}]", name, kind, (before, after), data)
        if not complete(pairs, kept):
            self._book_parts(name, old, new, edits)

    def _book_parts(
        self, name: str, old: tuple[Any, ...], new: tuple[Any, ...], edits: list[tuple[Any, Any]]
    ) -> None:
        """Note what the edits of parts leave open."""
        mine, theirs = unstructure(old), unstructure(new)
        made = apply_parts(mine, edits)
        unmade = apply_parts(theirs, [(second, first) for first, second in edits])
        if made != theirs or unmade != mine:
            orders = order_of(made, theirs), order_of(unmade, mine)
            self._book(name, mine, theirs, made, unmade, orders)

    def _part(
        self, name: str, base: str, kind: Kind, values: tuple[Any, Any], data: tuple[Any, Any]
    ) -> None:
        if data[1] is None and (base == "targets" or base in _LOST_WITH) and self._abolished():
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
                    self.recorder.field(one, self.old, self.new, name, values, data)
            return
        if kind is Kind.ACTUAL_ADDED and data[0] is not None:
            kind = Kind.ACTUAL_CORRECTED
        if base == "sections" and self._of_period(*values):
            self._note("explained", name, *data, by=Kind.PERIOD_CHANGED.value)
            return
        if kind is Kind.REWORDED and None in data:
            kind = Kind.FIELD_CHANGED
        self.recorder.field(kind, self.old, self.new, name, values, data)

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
            if pair[0] is None or pair[1] is None or figures_differ(pair[0], pair[1])
        ]
        before, after = self.before, self.after
        if name == "title" and (told or before.unit != after.unit):
            before, after = Indicator(unit=before.unit), Indicator(unit=after.unit)
        elif name == "title":
            before = after  # nothing else changed that could explain it
        if all(data) and explains_statement(old, new, before, after, told):
            by = Kind.RETITLED if not told else Kind.TARGET_SET
            self._note("explained", name, *data, by=by.value)
            return
        self.recorder.field(FIELDS[name][1], self.old, self.new, name, (old, new), data)


assert KEYS.keys() == {name for name, (shape, _) in FIELDS.items() if shape is Shape.PARTS}  # noqa: S101
