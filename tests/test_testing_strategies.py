import functools
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import attrs
import pytest
from hypothesis import HealthCheck, Phase, find, given, settings
from hypothesis import strategies as st

from munidx.formats.codec import structure, unstructure
from munidx.model import (
    FiscalYear,
    Goal,
    Indicator,
    Measure,
    Observation,
    Plan,
    parse_time,
    walk,
)
from munidx.place import format_places, parse_places
from munidx.testing import examples, strategies

# how often these look for a rare value is no matter of how sure CI wants to be of a property
TRIES = settings(
    max_examples=400,
    database=None,
    derandomize=True,
    phases=[Phase.generate],
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
PATIENT = settings(TRIES, max_examples=5000)  # it stops at the first that it finds


@pytest.mark.parametrize(
    "name",
    [name for name in strategies.__all__ if name not in ("edited", "plan_pairs")],
)
def test_every_strategy_makes_values_that_files_can_hold(name: str) -> None:
    made: Any = getattr(strategies, name)()

    @examples(100)
    @given(made)
    def check(value: object) -> None:
        data = unstructure(value)
        assert structure(data, type(value)) == value

    check()


@examples(300)
@given(strategies.sources(), strategies.times(), strategies.fiscal_years())
def test_locators_and_times_are_valid(source: str, time: int | str, year: FiscalYear) -> None:
    assert format_places(parse_places(source)) == source
    assert parse_time(time) == time
    assert isinstance(year, FiscalYear)


@pytest.mark.parametrize(
    ("kind", "made"),
    [
        (Plan, strategies.plans()),
        (Goal, strategies.goals()),
        (Measure, strategies.measures()),
        (Indicator, strategies.indicators()),
        (Observation, strategies.observations()),
    ],
)
def test_every_field_is_set_sooner_or_later(kind: type[Any], made: st.SearchStrategy[Any]) -> None:
    empty = kind()
    for field in attrs.fields(kind):
        name = field.name
        found = find(made, functools.partial(is_set, name, empty), settings=PATIENT)
        assert getattr(found, name) != getattr(empty, name)


def is_set(name: str, empty: object, value: object) -> bool:
    return bool(getattr(value, name) != getattr(empty, name))


PLAN = Plan(
    title="x",
    goals=(
        Goal(code="1", title="a", measures=(Measure(code="1", title="b"), Measure(title="c"))),
        Goal(code="2", title="d"),
    ),
    indicators=(Indicator(title="e", targets=(Observation(value=Decimal(80)),)),),
)


def size(plan: Plan) -> int:
    return len(list(walk(plan)))


def titles(plan: Plan) -> list[str]:
    return sorted(item.node.title for item in walk(plan))


def codes(plan: Plan) -> list[str]:
    return [item.node.code for item in walk(plan) if not isinstance(item.node, Plan)]


EDITS: dict[str, Callable[[Plan], bool]] = {
    "deleted": lambda plan: set(titles(plan)) < set(titles(PLAN)),
    "inserted": lambda plan: (
        size(plan) > size(PLAN) and titles(plan) != sorted([*titles(PLAN), "a"])
    ),
    "copied": lambda plan: [goal.title for goal in plan.goals] == ["a", "a", "d"],
    "reordered": lambda plan: plan.goals == PLAN.goals[::-1],
    "moved": lambda plan: (
        bool(plan.goals) and plan.goals[-1].measures == PLAN.goals[0].measures[:1]
    ),
    "nested": lambda plan: titles(plan) == titles(PLAN) and any(goal.goals for goal in plan.goals),
    "retitled": lambda plan: codes(plan) == codes(PLAN) and titles(plan) != titles(PLAN),
    "renumbered": lambda plan: codes(plan) != codes(PLAN) and titles(plan) == titles(PLAN),
    "retargeted": lambda plan: any(
        target.value not in (None, 80) for one in plan.indicators for target in one.targets[:1]
    ),
    "changed": lambda plan: (
        plan
        != attrs.evolve(
            PLAN,
            title=plan.title,
            goals=plan.goals,
            measures=plan.measures,
            indicators=plan.indicators,
        )
    ),
    "unchanged": lambda plan: plan == PLAN,
}


@pytest.mark.parametrize("edit", sorted(EDITS))
def test_editions_differ_as_cities_make_them(edit: str) -> None:
    found = find(strategies.edited(PLAN, most=1), EDITS[edit], settings=TRIES)
    assert EDITS[edit](found)


def test_pairs_are_editions_or_strangers() -> None:
    shared: list[bool] = []

    @TRIES
    @given(strategies.plan_pairs())
    def look(pair: tuple[Plan, Plan]) -> None:
        old, new = pair
        if size(old) > 1 and size(new) > 1:
            shared.append(bool({*titles(old)} & {*titles(new)}))

    look()
    assert shared.count(True) > shared.count(False) > 0


@examples(300)
@given(strategies.plans(), st.data())
def test_an_edited_plan_is_a_plan(plan: Plan, draw: st.DataObject) -> None:
    found = draw.draw(strategies.edited(plan, most=2))
    assert structure(unstructure(found), Plan) == found
    assert draw.draw(strategies.edited(plan, most=0)) == plan
