"""A change of any one field of the model, at any depth, is told: a walk over its classes.

The walk makes two values of every field from its type alone, so that a field that somebody adds
to the model is compared here without being named; a type that it does not know fails it.
"""

import enum
import types
import typing
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from typing import Any

import attrs
import pytest

from munidx.diff import diff
from munidx.diff.fields import CHILDREN, FIELDS, TRACES
from munidx.diff.patch import patch
from munidx.model import (
    FiscalYear,
    Goal,
    Indicator,
    Labels,
    Measure,
    Observation,
    Owner,
    Plan,
)

NODES: tuple[type, ...] = (Plan, Goal, Measure, Indicator)
NESTED = {Plan: "", Goal: "goals", Measure: "measures", Indicator: "indicators"}
UNTOLD = TRACES | {"documents"}
PLAIN: dict[type, tuple[Any, Any]] = {
    str: ("甲の言葉", "乙の言葉"),
    bool: (True, True),
    int: (100, 200),
    Decimal: (Decimal(10), Decimal(20)),
    Fraction: (Fraction(1, 3), Fraction(2, 3)),
    FiscalYear: (FiscalYear(2024), FiscalYear(2026)),
    Labels: (Labels({"区分": "甲"}), Labels({"区分": "乙"})),
}


def hints(kind: type) -> dict[str, Any]:
    return typing.get_type_hints(kind, localns={one.__name__: one for one in NODES})


def pair(hint: Any) -> tuple[Any, Any]:  # noqa: ANN401 - a type form
    """Two values of a type, neither of them its default and each other than the other."""
    if isinstance(hint, types.UnionType) or typing.get_origin(hint) is typing.Union:
        return pair(next(one for one in typing.get_args(hint) if one is not type(None)))
    if typing.get_origin(hint) is tuple:
        first, second = pair(typing.get_args(hint)[0])
        return (first,), (second,)
    if hint in PLAIN:
        return PLAIN[hint]
    if issubclass(hint, enum.Enum):
        members = list(hint)
        return members[-1], members[-2]
    if not attrs.has(hint):
        raise TypeError(hint)
    name, told = next(
        (name, told)
        for name, told in hints(hint).items()
        if name not in UNTOLD and told in (str, FiscalYear | str | None, FiscalYear | None)
    )
    return tuple(attrs.evolve(sample(hint), **{name: one}) for one in pair(told))


def sample(kind: type) -> Any:  # noqa: ANN401 - one of the class
    """One of the class that can be told from others of its kind."""
    if kind is Observation:
        return Observation(year=FiscalYear(2025), value=Decimal(80), text="80%")
    if kind in NODES:
        return kind(title="電子申請の推進", owners=(Owner(name="情報課"),))
    return kind()


def cases() -> Iterator[Any]:
    """Every field of every node, and of the parts and values that stand in it."""
    for node in NODES:
        for name, hint in hints(node).items():
            if name in CHILDREN:
                continue
            yield pytest.param(node, (name,), id=f"{node.__name__}.{name}")
            inner = part_of(hint)
            if inner is not None and name not in UNTOLD:
                for part in attrs.fields(inner):
                    yield pytest.param(
                        node, (name, part.name), id=f"{node.__name__}.{name}.{part.name}"
                    )


def part_of(hint: Any) -> type | None:  # noqa: ANN401 - a type form
    """The class of the parts of a field, if they are of one of our own."""
    for one in (hint, *typing.get_args(hint)):
        if isinstance(one, type) and attrs.has(one) and one not in NODES and one not in PLAIN:
            return one
    return None


def states(node: type, where: tuple[str, ...]) -> list[Any]:
    """The node without a value at ``where``, with one, and with another."""
    name, *rest = where
    hint = hints(node)[name]
    if not rest:
        return [sample(node), *(attrs.evolve(sample(node), **{name: one}) for one in pair(hint))]
    inner = part_of(hint)
    assert inner is not None
    told = pair(hints(inner)[rest[0]])
    base = sample(inner) if inner is Observation else pair(inner)[0]
    parts = [base, *(attrs.evolve(base, **{rest[0]: one}) for one in told)]
    many = typing.get_origin(hint) is tuple
    return [attrs.evolve(sample(node), **{name: (one,) if many else one}) for one in parts]


def planned(node: Any) -> Plan:  # noqa: ANN401 - any node
    if isinstance(node, Plan):
        return node
    below: dict[str, Any] = {NESTED[type(node)]: (node,)}
    return Plan(title="計画", **below)


@pytest.mark.parametrize(("node", "where"), list(cases()))
def test_a_change_of_any_one_field_is_told(node: type, where: tuple[str, ...]) -> None:
    found = states(node, where)
    differing = 0
    for old, new in ((a, b) for a in found for b in found):
        told = diff(planned(old), planned(new))
        assert patch(planned(old), told) == planned(new)
        if old == new or where[-1] in UNTOLD:
            assert told.changes == ()
        else:
            differing += 1
            assert told.changes
            if where[0] not in {"id", "title"}:
                fields = {change.field.partition("[")[0] for change in told.changes}
                assert fields & {where[0], "targets", "title"}, told.changes
    assert differing >= 2 or where[-1] in UNTOLD


def test_the_walk_sees_all_of_the_model() -> None:
    walked = {param.values[1] for param in cases()}
    assert {where[0] for where in walked} == FIELDS.keys()
    assert {("targets", "comparator"), ("evaluations", "rating"), ("owners", "role")} <= walked
    assert len(walked) > 100


def test_a_type_that_the_walk_does_not_know_fails_it() -> None:
    with pytest.raises(TypeError):
        pair(complex)
