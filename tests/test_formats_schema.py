import copy
import inspect
from decimal import Decimal
from typing import Any, get_args

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from munidx import model
from munidx.diff.changes import Change, Effect, Kind, PlanStamp, Rung
from munidx.findings import Severity
from munidx.formats import json, toml
from munidx.formats.codec import to_data
from munidx.formats.schema import PLAN_SCHEMA_NAME, diff_schema, findings_schema, plan_schema
from munidx.model import Goal, Plan
from munidx.place import Location
from munidx.testing import examples, strategies

PLAN = Draft202012Validator(plan_schema())


@pytest.mark.parametrize("schema", [plan_schema(), diff_schema(), findings_schema()])
def test_schemas_are_sound(schema: dict[str, Any]) -> None:
    Draft202012Validator.check_schema(schema)
    assert schema["additionalProperties"] is False


def test_toml_files_name_the_schema() -> None:
    assert f"#:schema {PLAN_SCHEMA_NAME}" == toml.SCHEMA_LINE
    assert plan_schema()["$id"] == PLAN_SCHEMA_NAME


@examples(500)
@given(strategies.plans())
def test_every_plan_satisfies_it(plan: Plan) -> None:
    assert not list(PLAN.iter_errors(to_data(plan)))
    assert not list(PLAN.iter_errors(json.parse(json.dumps(plan))))
    assert not list(PLAN.iter_errors(toml.parse(toml.dumps(plan))))


@examples(500)
@given(strategies.plans(), st.data())
def test_unknown_keys_and_wrong_types_do_not(plan: Plan, draw: st.DataObject) -> None:
    data = to_data(plan)
    tables: list[dict[str, Any]] = []
    stack: list[tuple[Any, str]] = [(data, "")]
    while stack:
        value, name = stack.pop()
        if isinstance(value, dict):
            if name != "labels":
                tables.append(value)
            stack += [(inner, key) for key, inner in value.items()]
        elif isinstance(value, list):
            stack += [(inner, "") for inner in value]
    table = draw.draw(st.sampled_from(tables))
    name = draw.draw(st.sampled_from(["tilte", *table]))
    table[name] = draw.draw(st.sampled_from([None, 0.5, {"x": 1}, [[]]]))
    # a number with a point is a right value of the fields that hold decimals
    decimal = name in ("value", "low", "high") and table[name] == 0.5
    assert bool(list(PLAN.iter_errors(data))) is not decimal


@pytest.mark.parametrize(
    "change",
    [
        {"munidx": 2},
        {"kind": "sectorial"},
        {"period": {"start": "2024-13"}},
        {"period": {"start": 1700}},
        {"period": {"start": "R6"}},
        {"indicators": [{"baseline": {"fraction": "1"}}]},
        {"labels": {"a": 1}},
        {"goals": [{"measures": [{"costs": [{"amount": "1"}]}]}]},
    ],
)
def test_wrong_values_do_not(change: dict[str, Any]) -> None:
    data: dict[str, Any] = {"munidx": 1}
    assert not list(PLAN.iter_errors(data))
    assert list(PLAN.iter_errors(data | change))
    assert list(PLAN.iter_errors(change if "munidx" not in change else {}))


def test_every_class_and_field_of_the_model_is_in_it() -> None:
    schema = plan_schema()
    definitions = schema["$defs"] | {"Plan": schema}
    own = {"Item", "Step", "Labels"}
    for name, kind in vars(model).items():
        if inspect.isclass(kind) and attrs.has(kind) and name not in own:
            properties = set(definitions[name]["properties"]) - {"munidx"}
            assert properties == {field.name for field in attrs.fields(kind)}


def test_descriptions_come_from_the_docstrings() -> None:
    measure = plan_schema()["$defs"]["Measure"]
    assert measure["description"].startswith("What a city does")
    assert "printed" in "".join(
        entry.get("description", "")
        for entry in plan_schema()["$defs"]["Observation"]["properties"].values()
    )
    assert measure["properties"]["code"]["description"].startswith("The number as published")


def test_descriptions_are_left_away_without_the_source(monkeypatch: pytest.MonkeyPatch) -> None:
    def absent(_: object) -> str:
        raise OSError

    expected = copy.deepcopy(plan_schema())
    monkeypatch.setattr(inspect, "getsource", absent)
    bare = plan_schema()
    assert "description" not in bare["properties"]["vision"]
    assert set(bare["$defs"]) == set(expected["$defs"])


def test_the_diff_schema_knows_every_kind_effect_and_rung() -> None:
    change = diff_schema()["$defs"]["Change"]["properties"]
    assert change["kind"]["enum"] == [kind.value for kind in Kind]
    assert change["effect"]["enum"] == [effect.value for effect in Effect]
    assert change["rung"]["enum"] == [*(rung.value for rung in Rung), None]
    assert list(change) == [field.alias for field in attrs.fields(Change)]
    stamp = diff_schema()["$defs"]["PlanStamp"]["properties"]
    assert list(stamp) == [field.name for field in attrs.fields(PlanStamp)]


def test_the_findings_schema_knows_severities_and_locations() -> None:
    definitions = findings_schema()["$defs"]
    severities = definitions["Finding"]["properties"]["severity"]["enum"]
    assert severities == [severity.value for severity in Severity]
    assert set(definitions["Location"]["properties"]) == {
        field.name for field in attrs.fields(Location)
    }


def test_a_written_diff_and_findings_satisfy_theirs() -> None:
    change = {"kind": "retitled", "effect": "editorial", "title": "x", "old": "a", "new": "x"}
    stamp = {"id": "", "title": "", "edition": None}
    diff = {
        "version": 1,
        "old": stamp,
        "new": stamp | {"edition": {"year": 2024}},
        "summary": {"editorial": 1},
        "changes": [change | {"rung": None, "score": Decimal("0.5"), "inline": []}],
        "bookkeeping": [{"op": "order"}],
    }
    finding = {"code": "MX101", "severity": "error", "message": "x", "location": {"line": None}}
    findings = {"version": 1, "findings": [finding]}
    for data, schema in ((diff, diff_schema()), (findings, findings_schema())):
        validator = Draft202012Validator(schema)
        assert not list(validator.iter_errors(data))
        assert list(validator.iter_errors(data | {"version": 2}))
        assert list(validator.iter_errors(data | {"more": 1}))


def test_goals_hold_goals() -> None:
    assert plan_schema()["$defs"]["Goal"]["properties"]["goals"]["items"] == {
        "$ref": "#/$defs/Goal"
    }
    assert get_args(attrs.fields(Goal).goals.type)[0] is Goal
