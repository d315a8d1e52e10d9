"""A plan laid flat is the same as the plan walked, whatever stands below what."""

from hypothesis import given
from hypothesis import strategies as st

from munidx.diff.tree import lay_out
from munidx.model import COLLECTIONS, Goal, Indicator, Measure, Plan, children, walk

CODES = st.sampled_from(["", "", "1", "2", "①", "1/2", "1 "])


def indicators() -> st.SearchStrategy[tuple[Indicator, ...]]:
    one = st.builds(Indicator, code=CODES, title=st.sampled_from(["", "人数", "件数"]))
    return st.lists(one, max_size=3).map(tuple)


def measures(depth: int = 2) -> st.SearchStrategy[tuple[Measure, ...]]:
    below = measures(depth - 1) if depth else st.just(())
    one = st.builds(Measure, code=CODES, indicators=indicators(), measures=below)
    return st.lists(one, max_size=3).map(tuple)


def goals(depth: int = 2) -> st.SearchStrategy[tuple[Goal, ...]]:
    below = goals(depth - 1) if depth else st.just(())
    one = st.builds(Goal, code=CODES, goals=below, measures=measures(1), indicators=indicators())
    return st.lists(one, max_size=2).map(tuple)


PLANS = st.builds(
    Plan, title=st.just("計画"), goals=goals(), measures=measures(), indicators=indicators()
)


@given(PLANS)
def test_nodes_and_paths_are_those_of_a_walk(plan: Plan) -> None:
    tree = lay_out(plan)
    items = list(walk(plan))
    assert all(one is item.node for one, item in zip(tree.nodes, items, strict=True))
    assert tree.paths == [item.path for item in items]
    parents = [tree.paths[above] if above >= 0 else None for above in tree.parents]
    assert parents == [item.parent for item in items]
    steps = [item.path.rpartition("/")[2] for item in items]
    assert tree.last_steps() == steps
    assert tree.collections == [step.partition("[")[0] for step in steps]
    assert tree.titles == [item.node.title for item in items]
    assert tree.codes == [getattr(item.node, "code", "") for item in items]


@given(PLANS)
def test_children_are_found_below_their_parents_and_at_their_places(plan: Plan) -> None:
    tree = lay_out(plan)
    families = []
    for number, node in enumerate(tree.nodes):
        assert list(tree.below[number]) == [one for one in COLLECTIONS if children(node, one)]
        for collection, numbers in tree.below[number].items():
            assert [tree.nodes[one] for one in numbers] == list(children(node, collection))
            assert [tree.position(one) for one in numbers] == list(range(len(numbers)))
            assert {tree.parents[one] for one in numbers} == {number}
            families.append((number, collection, list(numbers)))
    assert [(above, name, list(numbers)) for above, name, numbers in tree.parts()] == families
    for collection in COLLECTIONS:
        found = [one for one, name in enumerate(tree.collections) if name == collection]
        assert list(tree.of(collection)) == found


def test_an_identifier_is_noticed_wherever_it_stands() -> None:
    named = Indicator(id="a")
    measure = Measure(indicators=(named,))
    for plan in (
        Plan(indicators=(named,)),
        Plan(measures=(measure,)),
        Plan(measures=(Measure(measures=(measure,)),)),
        Plan(goals=(Goal(id="a"), Goal())),
    ):
        assert lay_out(plan).identified
    assert not lay_out(Plan(id="a", measures=(Measure(),))).identified
