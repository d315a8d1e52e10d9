from decimal import Decimal
from types import GenericAlias
from typing import Any

import pytest
from cattrs.errors import BaseValidationError
from hypothesis import given
from hypothesis import strategies as st

from munidx.errors import PlanError
from munidx.formats.codec import structure, unstructure
from munidx.formats.columns import _Held, read_fast
from munidx.formats.converter import RefusedError, read_detailed
from munidx.model import Cost, Goal, Indicator, Measure, Observation, Owner
from munidx.testing import examples, strategies

NUMBERS: list[object] = [True, 1, 0, -1, 2024, 1.5, Decimal("1.0"), Decimal("NaN"), 10**50]
OTHERS: list[object] = ["", "1", "x\ud800", "1/3", [], {}, ["a"], [{}], {"a": "b"}, b"1", None]
ODD = st.sampled_from([*NUMBERS, *OTHERS])
KINDS: list[tuple[Any, st.SearchStrategy[Any]]] = [
    (Observation, strategies.observations()),
    (Indicator, strategies.indicators()),
    (Measure, strategies.measures()),
    (Goal, strategies.goals()),
]
MANY = st.sampled_from(KINDS).flatmap(
    lambda kind: st.tuples(st.just(kind[0]), st.lists(kind[1], min_size=4, max_size=9))
)


def outcome(read: Any, data: object, kind: Any) -> object:  # noqa: ANN401
    try:
        return repr(read(data, kind))
    except (RefusedError, BaseValidationError):
        return None


@examples(300)
@given(MANY, st.lists(st.integers(0, 8)), st.data())
def test_many_at_once_are_read_as_one_by_one(
    made: tuple[Any, list[Any]], again: list[int], draw: st.DataObject
) -> None:
    kind, values = made
    several: Any = GenericAlias(tuple, (kind, ...))
    data = unstructure(tuple(values))
    data += [dict(data[at]) for at in again if at < len(data)]
    assert outcome(read_fast, data, several) == repr(structure(data, several))
    names = st.sampled_from([field.name for field in kind.__attrs_attrs__] + ["no-such-key"])
    for _ in range(draw.draw(st.integers(1, 2))):
        data[draw.draw(st.integers(0, len(data) - 1))][draw.draw(names)] = draw.draw(ODD)
    assert outcome(read_fast, data, several) == outcome(read_detailed, data, several)


@pytest.mark.parametrize("value", [1, Decimal("1.0")])
def test_what_is_the_same_is_made_once(value: object) -> None:
    data = [{"year": 2024, "value": value, "text": "1"} for _ in range(9)]
    found = structure(data, tuple[Observation, ...])
    assert len({id(one) for one in found}) == 1
    assert found == (structure(data[0], Observation),) * 9


def test_what_is_equal_and_not_the_same_is_told_apart() -> None:
    values = [1, Decimal("1.0"), Decimal("1.00"), Decimal(1), 1]
    data = [{"value": value} for value in values]
    found = structure(data, tuple[Observation, ...])
    assert [str(one.value) for one in found] == ["1", "1.0", "1.00", "1", "1"]
    with pytest.raises(PlanError, match="wrong-type"):
        structure([*[{"amount": 1}] * 5, {"amount": True}], tuple[Cost, ...])
    with pytest.raises(PlanError, match="wrong-type"):
        structure([*[{"total": True}] * 5, {"total": 1}], tuple[Cost, ...])


def test_what_is_made_is_as_its_class_makes_it() -> None:
    data = [{"name": "課"}, {"path": ["部"]}, {}, {"name": "課", "person": "人"}, {}]
    made = (Owner(name="課"), Owner(path=("部",)), Owner(), Owner(name="課", person="人"), Owner())
    found = structure(data, tuple[Owner, ...])
    assert found == made
    assert [*map(hash, found)] == [*map(hash, made)]
    with pytest.raises(AttributeError):
        found[0].name = "係"  # type: ignore[misc]


@pytest.mark.parametrize("depth", [100, 100_000])
def test_what_is_too_deep_among_many_is_told_so(depth: int) -> None:
    text: object = "x"
    for _ in range(depth):
        text = [text]
    data = [{"value": Decimal("1.5"), "text": text} for _ in range(5)]
    code = "wrong-type" if depth == 100 else "too-deep"
    with pytest.raises(PlanError, match=code):
        structure(data, tuple[Observation, ...])
    one = Observation(text="x")
    for _ in range(min(depth, 200)):
        one = Observation(alternatives=(one,))
    several = (Observation(text="y"),) * 4
    for indicator in (
        Indicator(targets=(*several, one)),
        Indicator(actuals=(one,)),
        Indicator(baseline=one),
    ):
        with pytest.raises(PlanError, match="too-deep"):
            unstructure(Measure(indicators=(Indicator(targets=several), indicator)))


def test_what_two_plans_have_in_common_is_one_object_while_one_is_held() -> None:
    data = [{"year": 2024, "value": 31415, "text": f"{place}"} for place in range(9)]
    first = structure(data, tuple[Observation, ...])
    second = structure([*data[:4], {"text": "new"}], tuple[Observation, ...])
    assert all(one is other for one, other in zip(first[:4], second[:4], strict=True))
    assert second[4] == Observation(text="new")
    third = structure(data, tuple[Observation, ...])
    assert list(map(id, third)) == list(map(id, first))


def test_what_holds_its_own_kind_is_made_anew() -> None:
    """How deep it may be is a question of where it stands."""
    data = [{"text": f"{place}", "alternatives": [{"text": "or"}]} for place in range(4)]
    first, second = (structure(data, tuple[Observation, ...]) for _ in range(2))
    assert first == second
    assert all(one is not other for one, other in zip(first, second, strict=True))


def test_nothing_is_kept_for_having_been_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("munidx.formats.columns._FORGOTTEN", 4)
    held, kept = _Held(), Owner(name="企画課")
    held.hold({"kept": kept})
    for turn in range(9):
        held.hold({(turn, place): Owner(name="財政課") for place in range(9)})
    assert held.among(["kept", (8, 8)]) == {"kept": kept}
    assert len(held._held) < 30
