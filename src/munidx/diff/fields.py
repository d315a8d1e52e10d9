"""How each field of the model is compared: which change kind it has, what only traces it.

``source`` and ``inferred`` tell where and how something was read. A difference in them alone is
bookkeeping, at any depth; so is the order of parts, since no form numbers them.
"""

import enum
import operator
import typing
from collections.abc import Callable, Mapping
from typing import Any, Final

import attrs

from munidx.diff.changes import Kind
from munidx.formats.codec import structure, unstructure
from munidx.model import Goal, Indicator, Labels, Measure, Plan

__all__ = [
    "CHILDREN",
    "FIELDS",
    "TRACES",
    "Shape",
    "absent",
    "alike",
    "bare",
    "put_trace",
    "read_value",
    "strip",
    "told_fields",
    "told_values",
    "trace",
    "write_value",
]

CHILDREN: Final = frozenset({"goals", "measures", "indicators"})
"""Fields that hold nodes: compared node by node."""

TRACES: Final = frozenset({"source", "inferred"})
"""Fields that tell where a fact was read, not what it is."""


class Shape(enum.Enum):
    """How the values of a field are compared."""

    WHOLE = "whole"
    """as one value"""
    PARTS = "parts"
    """part by part, by the key of each"""
    LABELS = "labels"
    """name by name"""
    TRACE = "trace"
    """not compared: bookkeeping"""


FIELDS: Final[Mapping[str, tuple[Shape, Kind]]] = {
    "id": (Shape.WHOLE, Kind.FIELD_CHANGED),
    "code": (Shape.WHOLE, Kind.RENUMBERED),
    "former_codes": (Shape.WHOLE, Kind.FIELD_CHANGED),
    "title": (Shape.WHOLE, Kind.RETITLED),
    "kind": (Shape.WHOLE, Kind.FIELD_CHANGED),
    "level": (Shape.WHOLE, Kind.FIELD_CHANGED),
    "municipality": (Shape.WHOLE, Kind.FIELD_CHANGED),
    "edition": (Shape.WHOLE, Kind.FIELD_CHANGED),
    "period": (Shape.WHOLE, Kind.PERIOD_CHANGED),
    "status": (Shape.WHOLE, Kind.STATUS_CHANGED),
    "vision": (Shape.WHOLE, Kind.REWORDED),
    "mission": (Shape.WHOLE, Kind.REWORDED),
    "description": (Shape.WHOLE, Kind.REWORDED),
    "target_state": (Shape.WHOLE, Kind.REWORDED),
    "actions": (Shape.WHOLE, Kind.REWORDED),
    "statement": (Shape.WHOLE, Kind.REWORDED),
    "definition": (Shape.WHOLE, Kind.REWORDED),
    "data_source": (Shape.WHOLE, Kind.REWORDED),
    "owners": (Shape.WHOLE, Kind.OWNER_CHANGED),
    "start": (Shape.WHOLE, Kind.SCHEDULE_CHANGED),
    "end": (Shape.WHOLE, Kind.SCHEDULE_CHANGED),
    "continuous": (Shape.WHOLE, Kind.SCHEDULE_CHANGED),
    "schedule": (Shape.WHOLE, Kind.SCHEDULE_CHANGED),
    "costs": (Shape.PARTS, Kind.COST_CHANGED),
    "unit": (Shape.WHOLE, Kind.UNIT_CHANGED),
    "direction": (Shape.WHOLE, Kind.DIRECTION_CHANGED),
    "stage": (Shape.WHOLE, Kind.FIELD_CHANGED),
    "baseline": (Shape.WHOLE, Kind.BASELINE_RESTATED),
    "targets": (Shape.PARTS, Kind.TARGET_SET),
    "actuals": (Shape.PARTS, Kind.ACTUAL_ADDED),
    "evaluations": (Shape.PARTS, Kind.EVALUATION_CHANGED),
    "references": (Shape.PARTS, Kind.REFERENCE_CHANGED),
    "milestones": (Shape.PARTS, Kind.FIELD_CHANGED),
    "glossary": (Shape.PARTS, Kind.REWORDED),
    "sections": (Shape.PARTS, Kind.REWORDED),
    "labels": (Shape.LABELS, Kind.LABEL_CHANGED),
    "documents": (Shape.TRACE, Kind.FIELD_CHANGED),
    "source": (Shape.TRACE, Kind.FIELD_CHANGED),
    "inferred": (Shape.TRACE, Kind.FIELD_CHANGED),
}
"""Every field of the four classes of nodes, its shape and its (usual) change kind."""

ORDERED: Final = frozenset({"actions", "former_codes"})
"""Sequences whose order the form does tell: a list of plain texts is a text."""


_CLASSES: Final = (Plan, Goal, Measure, Indicator)

_OWN: Final[Mapping[type, tuple[str, ...]]] = {
    kind: tuple(one.name for one in attrs.fields(kind) if one.name not in CHILDREN)
    for kind in _CLASSES
}
_TOLD: Final[Mapping[type, tuple[str, ...]]] = {
    kind: tuple(one for one in names if one != "code" and FIELDS[one][0] is not Shape.TRACE)
    for kind, names in _OWN.items()
}
_VALUES: Final[Mapping[type, Callable[[Any], tuple[Any, ...]]]] = {
    kind: operator.attrgetter(*names) for kind, names in _TOLD.items()
}
_DEFAULTS: Final[Mapping[type, Mapping[str, Any]]] = {
    kind: {name: getattr(kind(), name) for name in names} for kind, names in _OWN.items()
}
_TYPES: Final[dict[type, dict[str, Any]]] = {}


def told_fields(kind: type) -> tuple[str, ...]:
    """The fields in which a class of nodes says something itself: not its children, not its
    number, not where it was read.
    """  # noqa: D205
    return _TOLD[kind]


def told_values(kind: type) -> Callable[[Any], tuple[Any, ...]]:
    """What takes the values of :func:`told_fields` out of a node."""
    return _VALUES[kind]


def bare(value: object) -> object:
    """What ``value`` says, to compare: a value of the model without its traces, at any depth."""
    kind = value.__class__
    if kind is tuple:
        return [bare(one) for one in value]  # type: ignore[attr-defined]
    if kind not in _PARTS:
        _PARTS[kind] = _part(kind)
    take = _PARTS[kind]
    return value if take is None else [bare(one) for one in take(value)]


def alike(one: object, other: object) -> bool:
    """Whether :func:`bare` of both is the same; no more is looked at than tells them apart."""
    if one is other or one == other:
        return True
    kind = one.__class__
    if kind is not other.__class__:
        return False
    if kind is tuple:
        return len(one) == len(other) and all(map(alike, one, other))  # type: ignore[arg-type, call-overload]
    if kind not in _PARTS:
        _PARTS[kind] = _part(kind)
    take = _PARTS[kind]
    return take is not None and all(map(alike, take(one), take(other)))


_PARTS: Final[dict[type, Callable[[Any], tuple[Any, ...]] | None]] = {str: None}
"""What takes the fields but the traces out of a value; None for one without fields."""


def _part(kind: type) -> Callable[[Any], tuple[Any, ...]] | None:
    if not attrs.has(kind):
        return None
    names = [one.name for one in attrs.fields(kind) if one.name not in TRACES]
    return operator.attrgetter(*names)


def _types(kind: type) -> dict[str, Any]:
    found = _TYPES.get(kind)
    if found is None:
        spaces = {one.__name__: one for one in _CLASSES}
        found = _TYPES[kind] = typing.get_type_hints(kind, localns=spaces)
    return found


def absent(kind: type, name: str) -> Any:  # noqa: ANN401 - of any field
    """The value of an absent field."""
    return _DEFAULTS[kind][name]


def write_value(kind: type, name: str, value: object) -> Any:  # noqa: ANN401 - plain data
    """A field's value as the codec writes it; None where the field is absent."""
    if value.__class__ is str:
        return value or None
    return None if value == _DEFAULTS[kind][name] else unstructure(value)


def read_value(kind: type, name: str, data: object) -> Any:  # noqa: ANN401 - of any field
    """The inverse of :func:`write_value`; raises PlanError."""
    if data is None:
        return _DEFAULTS[kind][name]
    if name == "labels":
        return structure(data, Labels)
    return structure(data, _types(kind)[name])


def strip(data: Any) -> Any:  # noqa: ANN401 - plain data
    """Written ``data`` without ``source`` and ``inferred``, at any depth."""
    if isinstance(data, dict):
        # Most values hold nothing: no call for them.
        return {
            name: strip(value) if value.__class__ in _HOLDERS else value
            for name, value in data.items()
            if name not in TRACES
        }
    if isinstance(data, list):
        return [strip(value) for value in data]
    return data


_HOLDERS: Final = (dict, list)


def trace(data: Any) -> Any:  # noqa: ANN401 - plain data
    """What :func:`strip` takes away, in the same shape; None where there is nothing."""
    if isinstance(data, dict):
        found = {name: value if name in TRACES else trace(value) for name, value in data.items()}
        return {name: value for name, value in found.items() if value is not None} or None
    if isinstance(data, list):
        traces = [trace(value) for value in data]
        return traces if any(one is not None for one in traces) else None
    return None


def put_trace(data: Any, traces: Any) -> Any:  # noqa: ANN401 - plain data
    """``data`` with its traces replaced: ``put_trace(strip(d), trace(d)) == d``.

    Raises:
        ValueError: ``traces`` has not the shape of ``data``.
    """
    if isinstance(data, list):
        if traces is None:
            return [put_trace(value, None) for value in data]
        if not isinstance(traces, list) or len(traces) != len(data):
            raise ValueError(traces)
        return [put_trace(value, one) for value, one in zip(data, traces, strict=True)]
    if not isinstance(data, dict):
        if traces is not None:
            raise ValueError(traces)
        return data
    told: dict[str, Any] = {} if traces is None else traces
    if not isinstance(told, dict):
        raise ValueError(traces)  # noqa: TRY004 - one error for every misfit
    found = {
        name: put_trace(value, told.get(name)) for name, value in data.items() if name not in TRACES
    }
    for name, value in told.items():
        if name in TRACES:
            found[name] = value
        elif name not in found:
            raise ValueError(traces)
    return found
