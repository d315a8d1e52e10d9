import tomllib
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from munidx.errors import PlanError
from munidx.formats import toml
from munidx.formats.codec import to_data
from munidx.model import (
    FiscalYear,
    Goal,
    Indicator,
    Labels,
    Measure,
    Observation,
    Owner,
    Period,
    Plan,
    PlanKind,
)
from munidx.place import Location
from munidx.testing import examples, strategies

PLAN = Plan(
    title="計画",
    kind=PlanKind.ACTION,
    period=Period(start=FiscalYear(2024), end="2026-03"),
    vision="first line\nsecond line\n",
    goals=(
        Goal(
            code="1",
            title="目標",
            measures=(
                Measure(
                    title="事業",
                    owners=(Owner(name="課", path=("部",)),),
                    indicators=(
                        Indicator(targets=(Observation(year=FiscalYear(2025), value=Decimal(80)),)),
                    ),
                    labels=Labels({"事業区分": "L"}),
                ),
            ),
        ),
    ),
)

WRITTEN = '''\
#:schema munidx-plan-1.schema.json
munidx = 1
title = "計画"
kind = "action"
vision = """
first line
second line
"""

[period]
start = 2024
end = "2026-03"

[[goals]]
code = "1"
title = "目標"

[[goals.measures]]
title = "事業"

[[goals.measures.owners]]
name = "課"
path = [
    "部",
]

[[goals.measures.indicators]]
targets = [
    { year = 2025, value = 80 },
]

[goals.measures.labels]
"事業区分" = "L"
'''


def refused(text: str) -> PlanError:
    with pytest.raises(PlanError) as caught:
        toml.loads(text, "plan.toml")
    return caught.value


def test_the_form_is_for_people() -> None:
    assert toml.dumps(PLAN) == WRITTEN
    assert toml.loads(WRITTEN) == PLAN


@examples(1000)
@given(strategies.plans())
def test_round_trip_is_exact_and_repeatable(plan: Plan) -> None:
    text = toml.dumps(plan)
    found = toml.loads(text)
    assert found == plan
    assert toml.dumps(found) == text
    assert text.startswith(f"{toml.SCHEMA_LINE}\nmunidx = 1\n")


@examples(300)
@given(strategies.plans())
def test_no_line_ends_in_space_and_no_carriage_return_is_raw(plan: Plan) -> None:
    text = toml.dumps(plan)
    assert "\r" not in text
    assert not [line for line in text.split("\n") if line.endswith((" ", "\t"))]
    assert tomllib.loads(text, parse_float=Decimal) == to_data(plan)


@examples(500)
@given(
    st.lists(st.sampled_from(["\r", "\n", " ", "\t", '"', "\\", "'", "\ue000", "a"])).map("".join)
)
def test_any_mix_of_line_ends_quotes_and_spaces_survives(text: str) -> None:
    plan = Plan(title=text, labels=Labels({text: text}))
    assert toml.loads(toml.dumps(plan)) == plan


def test_windows_line_ends_and_a_mark_at_the_start_are_read() -> None:
    assert toml.loads("\ufeff" + WRITTEN.replace("\n", "\r\n")) == PLAN


@pytest.mark.parametrize(
    ("text", "code", "line", "column"),
    [
        ("munidx = 1\ntitle = \n", "toml-syntax", 2, 9),
        ("munidx = 1\n[goals", "toml-syntax", 2, None),
        ('munidx = 1\ntitle = "a"\ntitle = """\nb\n"""\n', "key-twice", 3, 1),
        ("munidx = 1\n[period]\n[period]\n", "key-twice", 3, 2),
        ("munidx = 1\n[[goals]]\n[goals]\n", "key-twice", 3, 2),
        ("munidx = 1\nperiod = 1\n[period]\nstart = 1", "key-twice", 3, 2),
        ("munidx = 1\nperiod = {start = 1, start = 2}\n", "key-twice", 2, 22),
        ("munidx = 1\ngoals = []\n[[goals]]\n", "key-twice", 3, 3),
        ('title = "a"\n', "version-missing", None, None),
        ('# x\nmunidx = "1"\n', "version-wrong", 2, 10),
        ("munidx = 99\n", "version-newer", 1, 10),
        ("munidx = 1\n\ntilte = 1\n", "unknown-key", 3, 1),
        ("munidx = 1\ntitle = 1\n", "wrong-type", 2, 9),
        ("munidx = 1\ntitle = 2024-01-01\n", "wrong-type", 2, 9),
        ("munidx = 1\n[period]\nstart = 2024.0\n", "wrong-type", 3, 9),
        ("munidx = 1\n[[goals]]\n[[goals]]\n[goals.labels]\na.b = 1\n", "wrong-type", 5, 1),
        ("munidx = 1\n[[indicators]]\nbaseline = {value = nan}\n", "number-not-finite", 3, 21),
        ("munidx = 1\n[[indicators]]\nbaseline = {value = -inf}\n", "number-not-finite", 3, 21),
        ("munidx = 1\n[[indicators]]\nbaseline = {value = 1e999999}\n", "number-bounds", 3, 21),
        ("munidx = 1\ntitle = " + "1" * 5000, "number-bounds", None, None),
        ("munidx = 1\nx = " + "[" * 100_000, "too-deep", None, None),
        ("munidx = 1\nx = " + "{a=" * 100_000, "too-deep", None, None),
        ("munidx = 1\nx = " + "[" * 200 + "]" * 200, "too-deep", None, None),
        ("munidx = 1\n" + "a." * 100_000 + "a = 1", "too-deep", 2, 1),
        ("munidx = 1\n[" + "a ." * 100_000 + "a]", "too-deep", 2, 2),
    ],
)
def test_faults_are_told_with_their_line(
    text: str, code: str, line: int | None, column: int | None
) -> None:
    error = refused(text)
    assert error.code == code
    assert error.location.document == "plan.toml"
    assert error.location.line == line
    assert column is None or error.location.column == column


def test_many_dots_in_text_are_no_deep_key() -> None:
    plan = Plan(title="." * 1000, vision="a." * 1000)
    assert toml.loads(toml.dumps(plan)) == plan


def test_faults_come_in_the_order_of_the_file() -> None:
    error = refused('vision = 1\ntitle = 2\nmunidx = 1\nkind = "x"\nid = 3\n')
    assert [one.location.line for one in (error, *error.others)] == [1, 2, 4, 5]
    assert error.location == Location(document="plan.toml", line=1, column=10)


def test_a_doubled_key_is_named() -> None:
    assert refused("munidx = 1\n\"ti tle\" = 1\n'ti tle' = 2\n").params["key"] == "ti tle"


@examples(500)
@given(st.text() | st.text("[]{}=.,\"'\\#\n\r a1_-", max_size=40))
def test_random_text_raises_plan_errors_only(text: str) -> None:
    with pytest.raises(PlanError):
        toml.loads(text)


@examples(500)
@given(strategies.plans(), st.data())
def test_damaged_files_raise_plan_errors_only(plan: Plan, draw: st.DataObject) -> None:
    text = toml.dumps(plan)
    start = draw.draw(st.integers(0, len(text)))
    end = draw.draw(st.integers(start, min(len(text), start + 20)))
    damaged = text[:start] + draw.draw(st.text(max_size=3)) + text[end:]
    fault = None
    try:
        found = toml.loads(damaged)
        assert toml.loads(toml.dumps(found)) == found
    except PlanError as error:
        fault = error.location.line
    assert fault is None or 1 <= fault <= damaged.count("\n") + 1


def test_a_lone_surrogate_is_not_written() -> None:
    with pytest.raises(PlanError, match="lone-surrogate"):
        toml.dumps(Plan(title="\udc80"))
