"""Full renumberings of the cities' plans: only numbers are told, whatever is swapped or shifted.

The plans are the golden files and samples of the plugins, and where they are at hand the
published documents themselves.
"""

import functools
import pathlib
import random
import re
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from munidx.adapters.host import Host
from munidx.diff import Diff, Effect, Kind, Rung, diff, match
from munidx.diff.patch import patch
from munidx.formats import load_plan, sniff
from munidx.model import COLLECTIONS, Goal, Measure, Plan, walk
from munidx.readers import open_source, read_publication
from munidx.testing.profiles import examples

ROOT = pathlib.Path(__file__).parents[1]
DOCUMENTS = ROOT.parent / "shared" / "documents"
CITIES = ("itami", "kadoma", "shijonawate", "toyonaka")
FILES = sorted(
    path
    for city in CITIES
    for folder in ("golden", "samples")
    for path in (ROOT / "plugins" / city / "tests" / folder).glob("*.toml")
)
PUBLISHED = sorted(DOCUMENTS.glob("*.txt"))

Order = Callable[[int], Sequence[int]]
"""The new order of so many siblings: the old places."""


@functools.cache
def plan_at(path: pathlib.Path) -> Plan:
    source = open_source(path)
    if sniff(source.data, source.name):
        return load_plan(source.data, source.name)
    return Host().read(read_publication([source])).plans[0]


def test_every_city_has_plans_here() -> None:
    assert {path.parents[2].name for path in FILES} == set(CITIES)
    for city in CITIES:
        assert any(
            sum(bool(getattr(item.node, "code", "")) for item in walk(plan_at(path))) > 8
            for path in FILES
            if path.parents[2].name == city
        )


anything = pytest.mark.parametrize(
    "path",
    [*FILES, *PUBLISHED],
    ids=lambda path: f"{path.parents[2].name}-{path.name}" if path in FILES else path.name,
)


def arranged(node: Any, order: Order, above: tuple[str, str] = ("", "")) -> Any:  # noqa: ANN401
    """``node`` with its numbered children in a new order, the numbers where they stood.

    A number that begins with its parent's follows it: 1-2-1 under what becomes 1-3 is 1-3-1.
    """
    changed = {}
    for name in COLLECTIONS:
        children = list(getattr(node, name, ()))
        places = [place for place, child in enumerate(children) if child.code]
        moved = [places[place] for place in order(len(places))]
        found = list(children)
        for place, origin in zip(places, moved, strict=True):
            child, code = children[origin], followed(children[place].code, above)
            found[place] = arranged(attrs.evolve(child, code=code), order, (child.code, code))
        changed[name] = tuple(
            child if child.code else arranged(child, order, above) for child in found
        )
    return attrs.evolve(node, **{name: value for name, value in changed.items() if value})


def followed(code: str, above: tuple[str, str]) -> str:
    """``code`` with the parent's old number at its beginning replaced by the new one."""
    if above[0] and code.startswith(above[0]):
        return above[1] + code[len(above[0]) :]
    return code


def numbers_only(found: Diff) -> None:
    told = [(change.kind, change.title, change.old, change.new) for change in found.changes]
    assert {one[0] for one in told} <= {Kind.RENUMBERED}, told
    assert {change.effect for change in found.changes} <= {Effect.EDITORIAL}


def pairwise(count: int) -> list[int]:
    """Neighbours swapped: 1 ↔ 2, 3 ↔ 4."""
    swapped = [place ^ 1 for place in range(count)]
    return [place if place < count else count - 1 for place in swapped]


ORDERS: dict[str, Order] = {
    "swaps": pairwise,
    "a chain": lambda count: [*range(1, count), 0][:count],
    "backwards": lambda count: range(count)[::-1],
    "the last first": lambda count: [count - 1, *range(count - 1)][:count],
}


@anything
@pytest.mark.parametrize("order", ORDERS)
def test_swaps_and_chains_are_numbers_only(path: pathlib.Path, order: str) -> None:
    old = plan_at(path)
    new = arranged(old, ORDERS[order])
    found = diff(old, new)
    numbers_only(found)
    assert bool(found.changes) == (codes(old) != codes(new))
    assert patch(old, found) == new


def codes(plan: Plan) -> list[tuple[str, str]]:
    return sorted((item.node.title, getattr(item.node, "code", "")) for item in walk(plan))


@anything
@examples(100)
@given(st.randoms(use_true_random=False))
def test_any_new_order_is_numbers_only(path: pathlib.Path, chance: random.Random) -> None:
    old = plan_at(path)
    new = arranged(old, lambda count: chance.sample(range(count), count))
    numbers_only(diff(old, new))


@anything
@pytest.mark.parametrize("by", [1, 7, 100])
def test_all_numbers_shifted(path: pathlib.Path, by: int) -> None:
    old = plan_at(path)
    new = recoded(old, lambda code: raised(code, by))
    found = diff(old, new)
    numbers_only(found)
    assert patch(old, found) == new


@anything
def test_numbers_of_another_form_and_no_numbers(path: pathlib.Path) -> None:
    old = plan_at(path)
    numbers_only(diff(old, recoded(old, lambda code: code.replace("-", "の") + "号")))
    numbers_only(diff(old, recoded(old, lambda _: "")))


def recoded(node: Any, make: Callable[[str], str]) -> Any:  # noqa: ANN401 - a node, and one of its kind
    changed: dict[str, Any] = {
        name: tuple(recoded(child, make) for child in children)
        for name in COLLECTIONS
        if (children := getattr(node, name, ()))
    }
    if getattr(node, "code", ""):
        changed["code"] = make(node.code)
    return attrs.evolve(node, **changed)


def raised(code: str, by: int) -> str:
    """``code`` with its first number raised; a circled one by its place among its kind."""
    if re.search(r"\d", code):
        return re.sub(r"\d+", lambda found: str(int(found[0]) + by), code, count=1)
    return f"{by}{code}"


@anything
def test_an_inserted_group_shifts_the_rest(path: pathlib.Path) -> None:
    old = plan_at(path)
    inserted = (
        Goal(title="試験のための新しい柱", measures=(Measure(code="1", title="まったく別の取組"),)),
        Measure(title="試験のための新しい取組", description="この文は試験のために書いた。"),
    )
    name, child = ("goals", inserted[0]) if old.goals else ("measures", inserted[1])
    children: tuple[Goal | Measure, ...] = old.goals or old.measures
    first = next(one.code for one in children if one.code)
    shifted = recoded(old, lambda code: raised(code, 1))
    new = attrs.evolve(
        shifted, **{name: (attrs.evolve(child, code=first), *getattr(shifted, name))}
    )
    found = diff(old, new)
    (added,) = (change for change in found.changes if change.kind is Kind.ADDED)
    assert added.title == child.title
    assert {change.kind for change in found.changes} <= {Kind.ADDED, Kind.RENUMBERED}
    assert patch(old, found) == new
    gone = diff(new, old)
    assert {change.kind for change in gone.changes} <= {Kind.REMOVED, Kind.RENUMBERED}
    (removed,) = (change for change in gone.changes if change.kind is Kind.REMOVED)
    assert removed.title == child.title


@anything
def test_two_groups_exchange_all_that_stands_in_them(path: pathlib.Path) -> None:
    """1-2-1 becomes 1-3-1 and the reverse: the measures move, under the numbers of the others."""
    old = plan_at(path)
    new = exchanged(old)
    found = diff(old, new)
    # One title in both groups says nothing of which went where: its figures may differ.
    titles = Counter(item.node.title for item in walk(old))
    told = [change for change in found.changes if change.kind not in {Kind.MOVED, Kind.RENUMBERED}]
    assert {change.kind for change in told} <= {Kind.SCHEDULE_CHANGED, Kind.LABEL_CHANGED}
    assert all(titles[change.title] > 1 for change in told)
    assert patch(old, found) == new


def exchanged(node: Any) -> Any:  # noqa: ANN401 - a node, and one of its kind
    goals = [exchanged(goal) for goal in getattr(node, "goals", ())]
    for place in range(0, len(goals) - 1, 2):
        mine, theirs = goals[place], goals[place + 1]
        goals[place] = attrs.evolve(mine, measures=taking(mine, theirs))
        goals[place + 1] = attrs.evolve(theirs, measures=taking(theirs, mine))
    return attrs.evolve(node, goals=tuple(goals)) if goals else node


def taking(mine: Goal, theirs: Goal) -> tuple[Measure, ...]:
    """The other's measures, numbered as if they had always stood here."""
    return tuple(
        attrs.evolve(child, code=followed(child.code, (theirs.code, mine.code)))
        for child in theirs.measures
    )


@anything
def test_a_plan_and_itself(path: pathlib.Path) -> None:
    old = plan_at(path)
    found = diff(old, attrs.evolve(old))
    assert (found.changes, found.bookkeeping) == ((), ())
    again = diff(old, recoded(old, str))
    assert (again.changes, again.bookkeeping) == ((), ())
    assert {pair.rung for pair in match(old, old).pairs} <= {Rung.EXACT, Rung.ID}


@anything
@examples(100)
@given(st.randoms(use_true_random=False))
def test_the_order_of_what_has_no_number_is_nothing(
    path: pathlib.Path, chance: random.Random
) -> None:
    old = plan_at(path)
    new = shuffled(old, chance)
    found = diff(old, new)
    assert found.changes == ()
    assert patch(old, found) == new


def shuffled(node: Any, chance: random.Random) -> Any:  # noqa: ANN401 - a node, and one of its kind
    """Siblings without numbers in another order; so are the parts that no form numbers."""
    changed: dict[str, Any] = {}
    for name in COLLECTIONS:
        children = [shuffled(child, chance) for child in getattr(node, name, ())]
        places = [place for place, child in enumerate(children) if not child.code]
        for place, child in zip(
            places, chance.sample([children[one] for one in places], len(places)), strict=True
        ):
            children[place] = child
        if children:
            changed[name] = tuple(children)
    for name in ("owners", "references", "costs", "labels"):
        parts = getattr(node, name, ())
        if isinstance(parts, tuple) and len(parts) > 1:
            changed[name] = tuple(chance.sample(parts, len(parts)))
    return attrs.evolve(node, **changed)


def test_the_helpers_do_what_they_say() -> None:
    plan = Plan(
        goals=(
            Goal(code="1-2", measures=(Measure(code="1-2-1", title="甲"),)),
            Goal(code="1-3", measures=(Measure(code="1-3-1", title="乙"), Measure(title="丙"))),
        )
    )
    swapped = arranged(plan, pairwise)
    assert [goal.code for goal in swapped.goals] == ["1-2", "1-3"]
    assert [[one.code for one in goal.measures] for goal in swapped.goals] == [
        ["1-2-1", ""],
        ["1-3-1"],
    ]
    assert swapped.goals[0].measures[0].title == "乙"
    assert [one.title for one in exchanged(plan).goals[0].measures] == ["乙", "丙"]
    assert exchanged(plan).goals[0].measures[0].code == "1-2-1"
    assert (raised("(1)-2", 1), raised("①", 7), raised("６", 1)) == ("(2)-2", "7①", "7")
    assert pairwise(3) == [1, 0, 2]
