import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from munidx.model import (
    Goal,
    Indicator,
    Measure,
    Plan,
    Step,
    children,
    format_path,
    keys,
    normal_code,
    parse_path,
    resolve,
    walk,
)
from munidx.testing import examples, strategies

PLAN = Plan(
    indicators=(Indicator(title="i"),),
    measures=(Measure(code="9"),),
    goals=(
        Goal(
            code="1",
            goals=(Goal(code="1-2", measures=(Measure(code="３"), Measure(code="4 ・/[#]%"))),),
            indicators=(Indicator(), Indicator(code="k")),
        ),
        Goal(code="2"),
        Goal(code=" 2"),
    ),
)


def test_paths_in_walking_order_with_parents_first() -> None:
    assert [(item.path, item.parent) for item in walk(PLAN)] == [
        ("", None),
        ("goals[1]", ""),
        ("goals[1]/goals[1-2]", "goals[1]"),
        ("goals[1]/goals[1-2]/measures[3]", "goals[1]/goals[1-2]"),
        ("goals[1]/goals[1-2]/measures[4・%2F%5B%23%5D%25]", "goals[1]/goals[1-2]"),
        ("goals[1]/indicators[#1]", "goals[1]"),
        ("goals[1]/indicators[k]", "goals[1]"),
        ("goals[#2]", ""),
        ("goals[#3]", ""),
        ("measures[9]", ""),
        ("indicators[#1]", ""),
    ]


@examples(500)
@given(strategies.plans())
def test_every_path_is_unique_and_leads_to_its_node(plan: Plan) -> None:
    items = list(walk(plan))
    assert len({item.path for item in items}) == len(items)
    for item in items:
        assert resolve(plan, item.path) is item.node
        assert format_path(parse_path(item.path)) == item.path
        if item.parent is not None:
            assert item.path.startswith(item.parent)
            resolve(plan, item.parent)


CODES = st.text(st.characters(exclude_categories=["Cs"]), max_size=6)


@examples(1000)
@given(st.lists(CODES, min_size=1, max_size=5))
def test_any_code_makes_a_path(codes: list[str]) -> None:
    plan = Plan(goals=tuple(Goal(code=code) for code in codes))
    for item in list(walk(plan))[1:]:
        assert resolve(plan, item.path) is item.node
        assert format_path(parse_path(item.path)) == item.path


@pytest.mark.parametrize(
    "path",
    [
        *("/", "goals", "goals[]", "goals[1", "goals[#0]", "goals[#x]", "goals[1]/", "/goals[1]"),
        *(
            "targets[1]",
            "goals[a/b]",
            "goals[[1]]",
            "goals[1]measures[1]",
            "goals[1]\n",
            "goals[#１]",
        ),
    ],
)
def test_what_is_no_path(path: str) -> None:
    with pytest.raises(ValueError, match=re.escape(path)):
        parse_path(path)


@pytest.mark.parametrize("path", ["goals[3]", "goals[#1]", "goals[1]/measures[#1]", "goals[#4]"])
def test_paths_to_nowhere(path: str) -> None:
    with pytest.raises(KeyError):
        resolve(PLAN, path)


def test_steps() -> None:
    steps = (Step("goals", "1/2"), Step("measures", 3))
    assert format_path(steps) == "goals[1%2F2]/measures[#3]"
    assert parse_path("goals[1%2F2]/measures[#3]") == steps
    assert parse_path("") == ()


def test_keys_are_codes_where_they_tell_siblings_apart() -> None:
    siblings = [Goal(code=code) for code in ("1", "", "２", "2 ", "①", "a\u3000b")]
    assert keys(siblings) == [1, 2, 3, 4, 5, "ab"]
    assert normal_code("①") == "1"


def test_children_of_what_has_none() -> None:
    assert children(Indicator(), "measures") == ()
    assert children(Measure(), "goals") == ()


def test_deep_plans_are_walked_without_recursion() -> None:
    goal = Goal()
    for _ in range(3_000):
        goal = Goal(goals=(goal,))
    assert sum(1 for _ in walk(Plan(goals=(goal,)))) == 3_002
