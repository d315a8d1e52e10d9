"""All classes of the model: frozen, keyword-only, hashable, absent where nothing is said."""

import inspect
from decimal import Decimal
from fractions import Fraction
from typing import Any

import attrs
import pytest
from attrs.exceptions import FrozenInstanceError
from hypothesis import given

from munidx import model
from munidx.model import FiscalYear, Labels, Measure, Observation, Plan, Quantity, State
from munidx.testing import examples, strategies

CLASSES = [
    kind
    for name, kind in vars(model).items()
    if inspect.isclass(kind) and attrs.has(kind) and name not in ("Item", "Step")
]
BARE = {"Period", "Municipality", "Document"}


@pytest.mark.parametrize("kind", CLASSES, ids=lambda kind: kind.__name__)
def test_every_class_is_a_value(kind: type[Any]) -> None:
    value = kind()
    assert value == kind()
    assert hash(value) == hash(kind())
    assert not hasattr(value, "__dict__")
    for field in attrs.fields(kind):
        assert field.kw_only
        with pytest.raises(FrozenInstanceError):
            setattr(value, field.name, None)


@pytest.mark.parametrize("kind", CLASSES, ids=lambda kind: kind.__name__)
def test_what_is_not_said_is_absent(kind: type[Any]) -> None:
    said = {Quantity.LEVEL, State.REPORTED, False}
    for field in attrs.fields(kind):
        value = getattr(kind(), field.name)
        assert value is None or value in ("", (), Labels()) or value in said
        assert value is not 0  # noqa: F632 - False equals 0


@pytest.mark.parametrize("kind", CLASSES, ids=lambda kind: kind.__name__)
def test_parts_tell_their_source(kind: type[Any]) -> None:
    names = {field.name for field in attrs.fields(kind)}
    assert ({"source", "inferred"} <= names) == (kind.__name__ not in BARE)


@examples(100)
@given(strategies.plans())
def test_plans_are_hashable(plan: Plan) -> None:
    assert {plan, attrs.evolve(plan)} == {plan}


def test_years_are_made_of_integers() -> None:
    assert type(Observation(year=2024).year) is FiscalYear
    assert type(Measure(start=2024).start) is FiscalYear
    with pytest.raises(ValueError, match="24"):
        Measure(start="24")


def test_labels_are_made_of_dicts() -> None:
    assert Measure(labels={"種別": "新規"}).labels == Labels({"種別": "新規"})


@pytest.mark.parametrize(
    ("observation", "number"),
    [
        (Observation(value=Decimal(80)), Decimal(80)),
        (Observation(value=Decimal(0)), Decimal(0)),
        (Observation(fraction=Fraction(1, 3)), Fraction(1, 3)),
        (Observation(low=Decimal(1), high=Decimal(2)), None),
        (Observation(text="words"), None),
    ],
)
def test_the_number_of_an_observation(observation: Observation, number: object) -> None:
    assert observation.number == number
