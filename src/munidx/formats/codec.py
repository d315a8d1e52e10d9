"""The model as plain data and back: strict, exact, and with a path for every fault.

Reading never coerces: ``1`` is not ``"1"``, ``true`` is not ``1``, ``1.0`` is no whole number,
``null`` is no value. Unknown keys are faults. What is written:

=====================  ==========================================================
in the model           in the data
=====================  ==========================================================
a class                a dict of the fields that are not at their default
a tuple                a list
:class:`FiscalYear`    an int
:data:`Time`           an int (fiscal year) or a string
:class:`Decimal`       an int where it is whole, else a Decimal without trailing zeros
:class:`Fraction`      a string: ``"1/3"``
an enumeration         its value
:class:`Labels`        a dict of strings
=====================  ==========================================================

Floats are refused, since they have lost digits already: parse with ``parse_float=Decimal``.
"""

import difflib
from collections.abc import Callable, Iterator, Mapping, Sequence
from operator import attrgetter
from typing import Any, Final, NoReturn, TypeAlias, TypeVar, cast

import attrs
from cattrs.errors import (
    BaseValidationError,
    ClassValidationError,
    ForbiddenExtraKeysError,
    IterableValidationError,
)

from munidx.errors import PlanError
from munidx.formats.address import Where, address
from munidx.formats.columns import read_fast
from munidx.formats.converter import (
    DIGITS,
    WRITER,
    RefusedError,
    read_detailed,
    shown,
    type_name,
)
from munidx.model import (
    Cost,
    Evaluation,
    FiscalYear,
    Indicator,
    Measure,
    Observation,
    Owner,
    Plan,
    Reference,
    ScheduleEntry,
)
from munidx.place import Location

__all__ = [
    "DEPTH",
    "DIGITS",
    "FAULTS",
    "UPGRADES",
    "VERSION",
    "Locate",
    "from_data",
    "structure",
    "to_data",
    "unstructure",
    "upgrade",
]

VERSION: Final = 1
"""The version of the format, the value of the key ``munidx``."""

DEPTH: Final = 120
"""How deep tables and arrays may nest: 50 goals within each other and to spare."""

FAULTS: Final = 50
"""How many faults of one file are told."""

UPGRADES: Final[Mapping[int, Callable[[dict[str, Any]], dict[str, Any]]]] = {}
"""For each older version, what turns its data into that of the next."""

_CONTAINERS: Final = (dict, list, tuple)

_FLAT: Final = frozenset(
    {str, type(None), FiscalYear, Owner, Cost, ScheduleEntry, Evaluation, Reference}
)
"""Classes that a diff writes by the thousand and that hold none of their own kind."""

_ALTERNATIVES: Final = attrgetter("alternatives")

Locate: TypeAlias = Callable[[Sequence[tuple[Where, bool]]], Sequence[Location]]
"""From places in the data (and whether their key is meant) to places in the file."""

T = TypeVar("T")


@attrs.frozen
class _Fault:
    """A fault of the data: where, what, and whether the key is meant or its value."""

    where: Where
    code: str
    params: Mapping[str, Any]
    key: bool = False


def to_data(plan: Plan) -> dict[str, Any]:
    """``plan`` as plain data, the key ``munidx`` first; equal plans give equal data.

    Raises:
        PlanError: ``number-bounds`` or ``too-deep``: no file could hold the plan.
    """
    return {"munidx": VERSION, **cast("dict[str, Any]", unstructure(plan))}


def from_data(data: object, *, locate: Locate | None = None) -> Plan:
    """The plan that ``data``, the content of a canonical file, holds.

    Args:
        data: What a TOML or JSON parser made of the file, decimals as :class:`Decimal`.
        locate: Finds places in the file, called only when there are faults.

    Raises:
        PlanError: The first fault, with the rest (up to :data:`FAULTS`) in ``others``. Its
            ``path`` is that of the node, ``field`` the field within it.
    """
    if not isinstance(data, dict):
        params = {"expected": "table", "got": type_name(data)}
        _fail([_Fault((), "wrong-type", params)], data, locate)
    return _structure(upgrade(data, locate=locate), Plan, locate)


def unstructure(value: object) -> Any:  # noqa: ANN401 - plain data of any shape
    """Any value of the model as plain data; tuples of them as lists.

    Raises:
        PlanError: ``number-bounds`` or ``too-deep``.
    """
    try:
        data = WRITER.unstructure(value)
    except RefusedError as error:
        raise _plan_error(error) from None
    except RecursionError:
        raise PlanError("too-deep", limit=DEPTH) from None
    if not _flat(value) and _too_deep(data):
        raise PlanError("too-deep", limit=DEPTH)
    return data


def _flat(value: object) -> bool:
    """Whether nothing in ``value`` can hold another of its kind, so that it has no depth."""
    kind = value.__class__
    if kind in _FLAT:
        return True
    if kind is tuple:
        return all(map(_flat, cast("tuple[object, ...]", value)))
    if isinstance(value, Observation):
        return not value.alternatives
    if isinstance(value, Indicator):
        observed = (*value.targets, *value.actuals)
        return _flat(value.baseline) and not any(map(_ALTERNATIVES, observed))
    return isinstance(value, Measure) and not value.measures and _flat(value.indicators)


def structure(data: object, kind: type[T]) -> T:
    """The value of the model that ``data`` holds: the inverse of :func:`unstructure`.

    Args:
        data: Plain data.
        kind: A class of the model, a vocabulary, ``Decimal``, ``tuple[Observation, ...]`` ...

    Raises:
        PlanError: As :func:`from_data`; paths begin at the value.
    """
    return _structure(data, kind, None)


def upgrade(
    data: Mapping[str, Any],
    *,
    upgrades: Mapping[int, Callable[[dict[str, Any]], dict[str, Any]]] = UPGRADES,
    version: int = VERSION,
    locate: Locate | None = None,
) -> dict[str, Any]:
    """``data`` as of ``version``, without the key ``munidx``.

    Raises:
        PlanError: ``version-missing``, ``version-wrong`` (no positive whole number) or
            ``version-newer`` (made by a later munidx).
    """
    found = dict(data)
    if "munidx" not in found:
        _fail([_Fault((), "version-missing", {"version": version})], data, locate)
    told = found.pop("munidx")
    if told.__class__ is not int or told < 1:
        _fail([_Fault(("munidx",), "version-wrong", {"got": shown(told)})], data, locate)
    if told > version:
        params = {"got": shown(told), "version": version}
        _fail([_Fault(("munidx",), "version-newer", params)], data, locate)
    for step in range(told, version):
        found = upgrades[step](found)
    return found


def _plan_error(
    error: RefusedError | _Fault, location: Location | None = None, path: str = "", field: str = ""
) -> PlanError:
    told: dict[str, Any] = {"field": field} if field else {}
    return PlanError(error.code, location=location, path=path, **told, **error.params)


def _structure(data: object, kind: type[T], locate: Locate | None) -> T:
    try:
        return cast("T", read_fast(data, kind))
    except RefusedError:
        pass  # once more below, slowly, to learn of every fault and its place
    if _too_deep(data):
        _fail([], data, locate)
    try:
        return cast("T", read_detailed(data, kind))
    except (RefusedError, BaseValidationError) as error:
        _fail(list(_flatten(error, ())), data, locate)


def _flatten(error: Exception, where: Where) -> Iterator[_Fault]:
    if isinstance(error, RefusedError):
        yield _Fault((*where, *error.within), error.code, error.params)
    elif isinstance(error, ForbiddenExtraKeysError):
        known = [field.name for field in attrs.fields(error.cl)]
        for key in sorted(error.extra_fields, key=str):
            near = difflib.get_close_matches(str(key)[:80], known, 1)
            params = {"key": shown(key), "nearest": near[0] if near else ""}
            yield _Fault((*where, key), "unknown-key", params, key=True)
    elif isinstance(error, ClassValidationError):
        noted, bare = error.group_exceptions()
        for inner, note in noted:
            yield from _flatten(inner, (*where, note.name))
        for inner in bare:
            yield from _flatten(inner, where)
    else:
        for inner, index in cast("IterableValidationError", error).group_exceptions()[0]:
            yield from _flatten(inner, (*where, index.index))


def _fail(faults: Sequence[_Fault], data: object, locate: Locate | None) -> NoReturn:
    """Raise the first of ``faults``, in the order of the file where it is known.

    Data that is too deep has this one fault, whatever else is wrong with it.
    """
    if _too_deep(data):
        faults = [_Fault((), "too-deep", {"limit": DEPTH})]
    places: Sequence[Location] = [Location()] * len(faults)
    if locate is not None:
        places = locate([(fault.where, fault.key) for fault in faults])
    order = sorted(
        range(len(faults)), key=lambda at: (places[at].line or 0, places[at].column or 0, at)
    )[:FAULTS]
    seen: dict[int, list[str | int]] = {}
    errors = []
    for at in order:
        fault = faults[at]
        path, field = address(data, fault.where, seen)
        errors.append(_plan_error(fault, places[at], path, field or path.rpartition("/")[2]))
    first, *others = errors
    first.others = tuple(others)
    raise first


def _too_deep(data: object) -> bool:
    """Whether containers nest deeper than :data:`DEPTH`; without recursion, level by level."""
    level: list[Any] = [data] if isinstance(data, _CONTAINERS) else []
    for _ in range(DEPTH + 1):
        if not level:
            return False
        level = [
            inner
            for outer in level
            for inner in (outer.values() if isinstance(outer, dict) else outer)
            if isinstance(inner, _CONTAINERS)
        ]
    return bool(level)
