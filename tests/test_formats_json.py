import json as stdlib
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from munidx.errors import PlanError
from munidx.formats import json
from munidx.formats.codec import to_data
from munidx.formats.escapes import escaped
from munidx.model import FiscalYear, Goal, Labels, Observation, Plan
from munidx.testing import examples, strategies


def refused(text: str) -> PlanError:
    with pytest.raises(PlanError) as caught:
        json.loads(text, "plan.json")
    return caught.value


def test_the_form() -> None:
    plan = Plan(title='計画"\n', goals=(Goal(code="1"),), labels=Labels({"種別": ""}))
    assert json.dumps(plan) == (
        '{\n  "munidx": 1,\n  "title": "計画\\"\\n",\n  "goals": [\n    {\n      "code": "1"\n'
        '    }\n  ],\n  "labels": {\n    "種別": ""\n  }\n}\n'
    )
    assert json.dumps(plan, compact=True) == (
        '{"munidx":1,"title":"計画\\"\\n","goals":[{"code":"1"}],"labels":{"種別":""}}\n'
    )


@examples(1000)
@given(strategies.plans(), st.booleans())
def test_round_trip_is_exact_and_repeatable(plan: Plan, compact: bool) -> None:
    text = json.dumps(plan, compact=compact)
    found = json.loads(text)
    assert found == plan
    assert json.dumps(found, compact=compact) == text
    assert stdlib.loads(text, parse_float=Decimal) == to_data(plan)


DATA = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=8,
)


@examples(300)
@given(DATA, st.booleans())
def test_the_layout_is_that_of_the_standard_library(data: object, compact: bool) -> None:
    told = (
        stdlib.dumps(data, ensure_ascii=False, separators=(",", ":"))
        if compact
        else stdlib.dumps(data, ensure_ascii=False, indent=2)
    )
    assert json.encode(data, compact=compact) == escaped(told) + "\n"


@pytest.mark.parametrize(
    "digits", ["0.1234567890123456789012345678901", "1E-7", "0.71", "99999999999999999999.0"]
)
def test_decimals_keep_every_digit(digits: str) -> None:
    encoded = json.encode({"value": Decimal(digits)}, compact=True)
    assert encoded == f'{{"value":{digits}}}\n'
    assert json.parse(encoded) == {"value": Decimal(digits)}


@examples(300)
@given(st.decimals(allow_nan=False, allow_infinity=False))
def test_every_decimal_is_written_with_its_own_digits(value: Decimal) -> None:
    assert json.encode([value], compact=True) == f"[{value}]\n"


@examples(300)
@given(st.dictionaries(st.text(st.characters(exclude_categories=["Cs"])), DATA))
def test_rows_hold_the_same_data(data: dict[str, object]) -> None:
    assert stdlib.loads(json.encode_rows(data)) == data


def test_rows_stand_on_a_line_each() -> None:
    told = json.encode_rows({"version": 1, "changes": [{"a": [1, "\n"]}, 2], "none": []})
    assert told == (
        '{\n  "version": 1,\n  "changes": [\n    {"a":[1,"\\n"]},\n    2\n  ],\n  "none": []\n}\n'
    )
    assert json.encode_rows({}) == "{}\n"


def test_what_is_no_number_is_not_written() -> None:
    with pytest.raises(PlanError, match="lone-surrogate"):
        json.encode_rows({"text": "\ud800"})
    with pytest.raises(ValueError, match="JSON compliant"):
        json.encode([float("nan")], compact=True)


@pytest.mark.parametrize(
    ("text", "code", "line", "column"),
    [
        ("", "json-syntax", 1, 1),
        ('{"munidx": 1,\n}', "json-syntax", 1 + 1, None),
        ('{"munidx": 1} x', "json-syntax", 1, None),
        ("[]", "wrong-type", 1, 1),
        ('\n "munidx"', "wrong-type", 2, 2),
        ('{"title": "a"}', "version-missing", 1, 1),
        ('{"munidx": 9}', "version-newer", 1, 12),
        ('{"munidx": 1,\n "title": "a",\n "ti\\u0074le": "b"}', "key-twice", 3, 2),
        ('{"munidx": 1, "goals": [{"a": 1}, {"a": {}, "b": [1, 2], "a": 2}]}', "key-twice", 1, 58),
        ('{"munidx": 1,\n "title": NaN}', "number-not-finite", 2, 11),
        ('{"munidx": 1,\n "NaN": "NaN",\n "title": -Infinity}', "number-not-finite", 3, 11),
        ('{"munidx": 1,\n "tilte": 1}', "unknown-key", 2, 2),
        ('{"munidx": 1,\n "title":\n 1}', "wrong-type", 3, 2),
        ('{"munidx": 1, "title": null}', "wrong-type", 1, 24),
        ('{"munidx": 1, "goals": [{}, [\n]]}', "wrong-type", 1, 29),
        ('{"munidx": 1, "period": {"start": 2024.0}}', "wrong-type", 1, 35),
        ('{"munidx": 1, "period": {"start": ' + "1" * 5000 + "}}", "wrong-type", 1, 35),
        ('{"munidx": 1, "title": "\\ud800"}', "lone-surrogate", 1, 24),
        ("[" * 100_000, "too-deep", None, None),
        ('{"a":' * 100_000, "too-deep", None, None),
        ('{"munidx": 1, "goals": ' + "[" * 200 + "]" * 200 + "}", "too-deep", 1, 1),
    ],
)
def test_faults_are_told_with_their_line(
    text: str, code: str, line: int | None, column: int | None
) -> None:
    error = refused(text)
    assert (error.code, error.location.document, error.location.line) == (code, "plan.json", line)
    assert column is None or error.location.column == column


def test_a_doubled_key_is_named() -> None:
    assert refused('{"munidx": 1, "title": "", "title": ""}').params["key"] == "title"


def test_faults_of_one_file_come_in_its_order() -> None:
    error = refused('{"vision": 1,\n"title": 2, "munidx": 1,\n"kind": "x", "id": 3}')
    assert [one.params["field"] for one in (error, *error.others)] == [
        "vision",
        "title",
        "kind",
        "id",
    ]


def test_a_byte_order_mark_is_no_fault() -> None:
    assert json.loads('\ufeff{"munidx": 1}') == Plan()


def test_a_lone_surrogate_is_not_written() -> None:
    with pytest.raises(PlanError, match="lone-surrogate"):
        json.dumps(Plan(title="\udc80"))


def test_numbers_are_exact_where_floats_are_not() -> None:
    text = '{"munidx":1,"indicators":[{"baseline":{"year":2024,"value":0.30000000000000004}}]}\n'
    found = json.loads(text)
    expected = Observation(year=FiscalYear(2024), value=Decimal("0.30000000000000004"))
    assert found.indicators[0].baseline == expected
    assert json.dumps(found, compact=True) == text


@examples(500)
@given(st.text() | st.text('[]{}:,"\\#\n 1eE.-tNaI', max_size=40))
def test_random_text_raises_plan_errors_only(text: str) -> None:
    with pytest.raises(PlanError):
        json.loads(text)


@examples(500)
@given(strategies.plans(), st.data())
def test_damaged_files_raise_plan_errors_only(plan: Plan, draw: st.DataObject) -> None:
    text = json.dumps(plan)
    start = draw.draw(st.integers(0, len(text)))
    end = draw.draw(st.integers(start, min(len(text), start + 20)))
    damaged = text[:start] + draw.draw(st.text(max_size=3)) + text[end:]
    fault = None
    try:
        found = json.loads(damaged)
        assert json.loads(json.dumps(found)) == found
    except PlanError as error:
        fault = error.location.line
    assert fault is None or 1 <= fault <= damaged.count("\n") + 1
