from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from cattrs.errors import BaseValidationError
from hypothesis import given
from hypothesis import strategies as st

from munidx.errors import PlanError
from munidx.formats.codec import DEPTH, FAULTS, from_data, structure, to_data, unstructure, upgrade
from munidx.formats.columns import read_fast
from munidx.formats.converter import RefusedError, read_detailed
from munidx.model import (
    Cost,
    Edition,
    FiscalYear,
    Goal,
    Indicator,
    Labels,
    Measure,
    Observation,
    Period,
    Plan,
    PlanKind,
    State,
    Status,
    Time,
)
from munidx.testing import examples, strategies


def refused(data: dict[str, Any]) -> PlanError:
    with pytest.raises(PlanError) as caught:
        from_data({"munidx": 1, **data})
    return caught.value


@examples(1000)
@given(strategies.plans())
def test_data_holds_the_whole_plan(plan: Plan) -> None:
    data = to_data(plan)
    assert from_data(data) == plan
    assert to_data(from_data(data)) == data
    assert next(iter(data)) == "munidx"


@examples(300)
@given(strategies.plans())
def test_data_is_plain(plan: Plan) -> None:
    plain = {dict, list, str, int, bool, Decimal}
    stack: list[object] = [to_data(plan)]
    while stack:
        value = stack.pop()
        assert type(value) in plain
        if isinstance(value, dict):
            stack += value.values()
        elif isinstance(value, list):
            stack += value


def test_defaults_are_left_out() -> None:
    assert to_data(Plan()) == {"munidx": 1}
    indicator = Indicator(targets=(Observation(value=Decimal(80), state=State.REPORTED),))
    assert unstructure(indicator) == {"targets": [{"value": 80}]}
    assert unstructure(Goal(labels=Labels(), measures=(Measure(),))) == {"measures": [{}]}


def test_an_empty_object_is_not_an_absent_one() -> None:
    plan = Plan(edition=Edition(), period=Period())
    assert to_data(plan) == {"munidx": 1, "edition": {}, "period": {}}
    assert from_data(to_data(plan)) == plan


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("80", 80),
        ("80.0", 80),
        ("4.20", Decimal("4.2")),
        ("1E+3", 1000),
        ("-0.0", 0),
        ("1E-7", Decimal("1E-7")),
        (
            "0.1234567890123456789012345678901234567",
            Decimal("0.1234567890123456789012345678901234567"),
        ),
        ("99999999999999999999", Decimal("99999999999999999999.0")),
    ],
)
def test_decimals_are_exact(value: str, written: object) -> None:
    data = unstructure(Observation(value=Decimal(value)))["value"]
    assert (data, type(data)) == (written, type(written))
    assert str(data) == str(written)
    assert structure(data, Decimal) == Decimal(value)


@pytest.mark.parametrize("value", ["NaN", "sNaN", "Infinity", "-Infinity"])
def test_what_is_no_number_is_refused_both_ways(value: str) -> None:
    with pytest.raises(PlanError, match="number-not-finite"):
        unstructure(Observation(value=Decimal(value)))
    with pytest.raises(PlanError, match="number-not-finite"):
        structure(Decimal(value), Decimal)


@pytest.mark.parametrize(
    "value", [Decimal("1E+40"), Decimal("1E-40"), Decimal("1" * 41), Decimal("1E+999999")]
)
def test_numbers_are_bounded_both_ways(value: Decimal) -> None:
    with pytest.raises(PlanError, match="number-bounds"):
        unstructure(Observation(value=value))
    with pytest.raises(PlanError, match="number-bounds"):
        structure(value, Decimal)


@pytest.mark.parametrize("amount", [2**63, -(2**63) - 1, 10**100])
def test_amounts_are_bounded_both_ways(amount: int) -> None:
    with pytest.raises(PlanError, match="number-bounds"):
        unstructure(Cost(amount=amount))
    with pytest.raises(PlanError, match="number-bounds"):
        structure({"amount": amount}, Cost)
    with pytest.raises(PlanError, match="number-bounds"):
        structure(10**40, Decimal)


def test_a_fraction_too_long_for_a_file_is_refused() -> None:
    with pytest.raises(PlanError, match="number-bounds"):
        unstructure(Observation(fraction=Fraction(1, 10**50)))


@pytest.mark.parametrize(
    ("data", "kind", "value"),
    [
        (2024, FiscalYear, FiscalYear(2024)),
        (2024, Time, FiscalYear(2024)),
        ("FY2024-H1", Time, "FY2024-H1"),
        ("2/6", Fraction, Fraction(1, 3)),
        ("-1/3", Fraction, Fraction(-1, 3)),
        ("added", Status, Status.ADDED),
        ({"b": "2", "a": ""}, Labels, Labels({"a": "", "b": "2"})),
        ([{"amount": 3}], tuple[Cost, ...], (Cost(amount=3),)),
        ({"amount": 3}, Cost | None, Cost(amount=3)),
    ],
)
def test_values_are_read(data: object, kind: Any, value: object) -> None:  # noqa: ANN401
    found = structure(data, kind)
    assert found == value
    assert type(found) is type(value)


@pytest.mark.parametrize(
    ("data", "field", "expected", "got"),
    [
        ({"title": 1}, "title", "string", "integer"),
        ({"title": None}, "title", "string", "null"),
        ({"title": ["x"]}, "title", "string", "array"),
        ({"period": {"start": True}}, "period.start", "time", "boolean"),
        ({"period": {"start": Decimal(2024)}}, "period.start", "time", "decimal"),
        ({"period": None}, "period", "table", "null"),
        ({"period": [2024]}, "period", "table", "array"),
        ({"edition": {"year": "2024"}}, "edition.year", "fiscal-year", "string"),
        ({"edition": {"year": Decimal("2024.0")}}, "edition.year", "fiscal-year", "decimal"),
        ({"goals": {}}, "goals", "array", "table"),
        ({"goals": "abc"}, "goals", "array", "string"),
        ({"goals": ["abc"]}, "goals[#1]", "table", "string"),
        ({"documents": ["abc"]}, "documents[#1]", "table", "string"),
        ({"labels": [["a", "b"]]}, "labels", "table", "array"),
        ({"labels": {"a": 1}}, "labels.a", "string", "integer"),
        ({"labels": {1: "a"}}, "labels", "string", "integer"),
        ({"kind": 1}, "kind", None, "integer"),
        ({"measures": [{"continuous": 1}]}, "continuous", "boolean", "integer"),
        ({"owners": [{}, {"path": ["a", 1]}]}, "owners[#2].path[#2]", "string", "integer"),
        ({"evaluations": [{"rating": {"score": True}}]}, None, "integer", "boolean"),
        ({"evaluations": [{"rating": {"score": Decimal("1.0")}}]}, None, "integer", "decimal"),
    ],
)
def test_wrong_types_are_told(
    data: dict[str, Any], field: str | None, expected: str | None, got: str
) -> None:
    error = refused(data)
    assert error.code == "wrong-type"
    assert field is None or error.params.get("field", "") == field
    assert expected is None or error.params["expected"] == expected
    assert error.params["got"] == got


def observation(**fields: object) -> dict[str, Any]:
    return {"indicators": [{"code": "7", "targets": [{}, fields]}]}


@pytest.mark.parametrize(
    ("data", "code", "got"),
    [
        (observation(value="80"), "wrong-type", "string"),
        (observation(value=0.5), "wrong-type", "float"),
        (observation(value=True), "wrong-type", "boolean"),
        (observation(fraction=2), "wrong-type", "integer"),
        (observation(fraction="1/0"), "wrong-value", "1/0"),
        (observation(fraction="1"), "wrong-value", "1"),
        (observation(fraction="１/３"), "wrong-value", "１/３"),
        (observation(year=1700), "wrong-value", "1700"),
        (observation(date="2024-13"), "wrong-value", "2024-13"),
        (observation(date="2024-02-30"), "wrong-value", "2024-02-30"),
        (observation(state="guessed"), "wrong-value", "guessed"),
        (observation(state="x" * 200), "wrong-value", "x" * 80 + "…"),
        (observation(text="\ud800"), "lone-surrogate", None),
    ],
)
def test_wrong_values_are_told_with_their_place(
    data: dict[str, Any], code: str, got: str | None
) -> None:
    error = refused(data)
    assert (error.code, error.path) == (code, "indicators[7]")
    assert str(error.params["field"]).startswith("targets[#2].")
    assert error.params.get("got") == got


def test_vocabularies_are_named_in_the_error() -> None:
    error = refused({"kind": "sectorial"})
    assert "sectoral | action" in str(error.params["expected"])


def test_a_label_of_the_wrong_type_is_named() -> None:
    assert refused({"labels": {"事業区分": 1}}).params["field"] == "labels.事業区分"


@pytest.mark.parametrize(
    ("key", "nearest"), [("tilte", "title"), ("mesures", "measures"), ("zzz", ""), (7, "")]
)
def test_unknown_keys_are_refused_and_the_nearest_named(key: str, nearest: str) -> None:
    error = refused({"goals": [{"code": "1"}, {key: ""}]})
    assert (error.code, error.path) == ("unknown-key", "goals[#2]")
    assert (error.params["key"], error.params["nearest"]) == (str(key), nearest)


def test_all_faults_are_told_up_to_a_bound() -> None:
    error = refused({"title": 1, "tilte": "", "goals": [{"code": "1-2", "measures": [{"id": 3}]}]})
    assert [one.code for one in (error, *error.others)] == [
        "wrong-type",
        "wrong-type",
        "unknown-key",
    ]
    assert [one.path for one in (error, *error.others)] == ["", "goals[1-2]/measures[#1]", ""]
    assert len(refused({"goals": [{"id": 1}] * 1000}).others) == FAULTS - 1


def test_paths_use_codes_as_the_model_does() -> None:
    twins = [{"code": "１"}, {"code": "1"}, {"code": "A/ 1", "measures": [{"code": 5, "title": 1}]}]
    error = refused({"goals": twins})
    paths = [one.path for one in (error, *error.others)]
    assert paths == ["goals[A%2F1]/measures[#1]"] * 2


@pytest.mark.parametrize(
    ("data", "code"),
    [
        ({}, "version-missing"),
        ({"munidx": 2}, "version-newer"),
        ({"munidx": 0}, "version-wrong"),
        ({"munidx": "1"}, "version-wrong"),
        ({"munidx": True}, "version-wrong"),
        ([], "wrong-type"),
        (None, "wrong-type"),
        ("", "wrong-type"),
    ],
)
def test_versions(data: object, code: str) -> None:
    with pytest.raises(PlanError) as caught:
        from_data(data)
    assert caught.value.code == code


def test_older_versions_are_upgraded_step_by_step() -> None:
    def rename(old: str, new: str) -> Callable[[dict[str, Any]], dict[str, Any]]:
        return lambda data: {new if key == old else key: value for key, value in data.items()}

    upgrades = {1: rename("name", "label"), 2: rename("label", "title")}
    data = {"munidx": 1, "name": "x"}
    assert upgrade(data, upgrades=upgrades, version=3) == {"title": "x"}
    assert upgrade({"munidx": 3, "title": "x"}, upgrades=upgrades, version=3) == {"title": "x"}
    assert data == {"munidx": 1, "name": "x"}


def nested(depth: int) -> Goal:
    goal = Goal(title="leaf")
    for _ in range(depth):
        goal = Goal(goals=(goal,))
    return goal


def test_fifty_goals_may_nest() -> None:
    plan = Plan(goals=(nested(50),))
    assert from_data(to_data(plan)) == plan


@pytest.mark.parametrize("depth", [DEPTH, 5_000])
def test_deeper_plans_are_refused_both_ways(depth: int) -> None:
    with pytest.raises(PlanError, match="too-deep"):
        unstructure(nested(depth))
    data: dict[str, Any] = {}
    for _ in range(depth):
        data = {"goals": [data]}
    assert refused(data).code == "too-deep"
    with pytest.raises(PlanError, match="too-deep"):
        structure(data, Goal)


def test_a_measure_whose_figures_nest_too_deep_is_refused() -> None:
    deep = Observation(text="1")
    for _ in range(DEPTH):
        deep = Observation(alternatives=(deep,))
    indicators = Indicator(baseline=deep), Indicator(targets=(deep,)), Indicator(actuals=(deep,))
    for value in (*indicators, *(Measure(indicators=(one,)) for one in indicators)):
        with pytest.raises(PlanError, match="too-deep"):
            unstructure(value)


@pytest.mark.parametrize("kind", [PlanKind, Status, State])
def test_every_member_of_a_vocabulary_is_read_by_value(kind: Any) -> None:  # noqa: ANN401
    for member in kind:
        assert type(unstructure(member)) is str
        assert structure(member.value, kind) is member


_JUNK = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.decimals()
    | st.text(max_size=5)
    | st.binary(max_size=3)
    | st.dates(),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=5,
)


def corrupted(plan: Plan, draw: st.DataObject) -> dict[str, Any]:
    """The data of ``plan`` with something wrong, or at least odd, at some place."""
    data = to_data(plan)
    containers: list[Any] = []
    stack: list[Any] = [data]
    while stack:
        value = stack.pop()
        if isinstance(value, dict | list):
            containers.append(value)
            stack += value.values() if isinstance(value, dict) else value
    target = draw.draw(st.sampled_from(containers))
    junk = draw.draw(_JUNK)
    if isinstance(target, list):
        target.insert(draw.draw(st.integers(0, len(target))), junk)
    else:
        known = sorted(map(str, target)) or ["title"]
        target[draw.draw(st.sampled_from([*known, "title", "goals", "no-such-key"]))] = junk
    return data


@examples(1000)
@given(strategies.plans(), st.data())
def test_corrupted_data_raises_plan_errors_only(plan: Plan, draw: st.DataObject) -> None:
    data = corrupted(plan, draw)
    try:
        found = from_data(data)
    except PlanError:
        return
    assert from_data(to_data(found)) == found


@examples(500)
@given(_JUNK)
def test_junk_raises_plan_errors_only(junk: object) -> None:
    with pytest.raises(PlanError):
        from_data(junk)


@examples(1000)
@given(strategies.plans(), st.data())
def test_the_fast_reader_takes_what_the_detailed_one_takes(plan: Plan, draw: st.DataObject) -> None:
    data = draw.draw(st.sampled_from([to_data(plan), corrupted(plan, draw)]))
    del data["munidx"]
    assert outcome(read_fast, data) == outcome(read_detailed, data)


def outcome(read: Callable[[object, type[Plan]], Plan], data: object) -> object:
    """What ``read`` makes of ``data``, told with the type of every value, or that it refuses."""
    try:
        return repr(read(data, Plan))
    except (RefusedError, BaseValidationError):
        return None
