"""Hypothesis strategies for the whole model: valid plans, hostile text, and edited pairs.

For authors of adapters, rules and formats, whose properties then hold for every plan that the
model can express and not for the three that came to mind::

    from hypothesis import given
    from munidx.testing import examples, strategies

    @examples(1000)
    @given(strategies.plans())
    def test_round_trip(plan):
        assert loads(dumps(plan)) == plan

Everything made here can be written to a file and read back exactly: decimals stay within the
codec's bounds, strings hold no lone surrogates, sources are locators that parse. Nothing else
is promised: titles may be empty, codes may be shared by siblings, periods may be reversed,
text may hold control characters, since published documents do all of this.

Sizes are small (a plan has up to some twenty nodes), so that a thousand round trips take well
under a minute; what a large plan costs is a matter for the benchmarks.

Strategies for the classes of the model take no arguments; each is a function, so that nothing
is built at import. :func:`edited` and :func:`plan_pairs` make second editions for diffs.
"""

from collections.abc import Iterator
from functools import cache
from typing import Any, Final, TypeAlias, cast

import attrs
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from munidx.model import (
    COLLECTIONS,
    Accumulation,
    Comparator,
    Direction,
    Goal,
    Indicator,
    Measure,
    Node,
    Observation,
    Plan,
    PlanKind,
    Quantity,
    Stage,
    State,
    Status,
    children,
)
from munidx.testing.parts import (
    codes,
    costs,
    decimals,
    documents,
    editions,
    evaluations,
    few,
    fiscal_years,
    fractions,
    labels,
    members,
    milestones,
    municipalities,
    owners,
    periods,
    ratings,
    references,
    schedule_entries,
    sections,
    sources,
    sparse,
    terms,
    texts,
    times,
    titles,
)

__all__ = [
    "codes",
    "costs",
    "decimals",
    "documents",
    "edited",
    "editions",
    "evaluations",
    "fiscal_years",
    "fractions",
    "goals",
    "indicators",
    "labels",
    "measures",
    "milestones",
    "municipalities",
    "observations",
    "owners",
    "periods",
    "plan_pairs",
    "plans",
    "ratings",
    "references",
    "schedule_entries",
    "sections",
    "sources",
    "terms",
    "texts",
    "times",
    "titles",
]


@cache
def observations(*, alternatives: bool = True) -> SearchStrategy[Observation]:
    """Baselines, targets and actuals: figures, fractions, ranges, words, and odd mixtures.

    Args:
        alternatives: Whether other values that would do as well may stand within.
    """
    fields: dict[str, SearchStrategy[Any]] = {
        "year": fiscal_years(),
        "period": periods(),
        "date": times(),
        "value": decimals(),
        "fraction": fractions(),
        "low": decimals(),
        "high": decimals(),
        "comparator": members(Comparator),
        "unit": st.sampled_from(("%", "件", "人")),
        "quantity": members(Quantity),
        "accumulation": members(Accumulation),
        "state": members(State),
        "text": texts(),
    }
    if alternatives:
        fields["alternatives"] = few(observations(alternatives=False), 1)
    plain = st.builds(
        Observation,
        year=fiscal_years(),
        value=decimals(),
        unit=st.sampled_from(("", "%", "件")),
        comparator=st.none() | members(Comparator),
    )
    return plain | sparse(Observation, None, **fields)


@cache
def indicators() -> SearchStrategy[Indicator]:
    """Indicators with their values."""
    return sparse(
        Indicator,
        {"title": titles(), "code": codes(), "targets": few(observations())},
        id=st.sampled_from(("k-1", "k-2")),
        former_codes=few(codes()),
        statement=texts(),
        definition=texts(),
        data_source=texts(),
        unit=st.sampled_from(("%", "件")),
        direction=members(Direction),
        stage=members(Stage),
        status=members(Status),
        owners=few(owners(), 1),
        baseline=observations(),
        actuals=few(observations()),
        evaluations=few(evaluations(), 1),
        references=few(references(), 1),
        labels=labels(),
    )


@cache
def measures(depth: int = 1) -> SearchStrategy[Measure]:
    """Measures, with measures within them down to ``depth`` levels."""
    fields = _node_fields() | {
        "actions": few(texts()),
        "continuous": st.booleans(),
        "schedule": few(schedule_entries()),
    }
    if depth:
        fields["measures"] = few(measures(depth - 1))
    return sparse(Measure, {"title": titles(), "code": codes()}, **fields)


@cache
def goals(depth: int = 1) -> SearchStrategy[Goal]:
    """Goals, with goals within them down to ``depth`` levels, and measures below those."""
    fields = _node_fields()
    if depth:
        fields["goals"] = few(goals(depth - 1))
    always = {"title": titles(), "code": codes(), "measures": few(measures(0), 3)}
    return sparse(Goal, always, **fields)


@cache
def plans() -> SearchStrategy[Plan]:
    """Whole plans, from an empty one to some twenty nodes with everything that can be said."""
    return sparse(
        Plan,
        {"title": titles(), "goals": few(goals(), 3)},
        id=st.sampled_from(("272299-sectoral-dx", "272035-bureau_goals-soumu")),
        kind=members(PlanKind),
        municipality=municipalities(),
        edition=editions(),
        period=periods(),
        vision=texts(),
        mission=texts(),
        owners=few(owners()),
        measures=few(measures()),
        indicators=few(indicators()),
        evaluations=few(evaluations(), 1),
        references=few(references()),
        milestones=few(milestones()),
        glossary=few(terms()),
        sections=few(sections()),
        labels=labels(),
        documents=few(documents()),
    )


@st.composite
def edited(draw: st.DrawFn, plan: Plan, *, most: int = 5) -> Plan:
    """An edited copy of ``plan``: up to ``most`` edits, now and then none.

    An edit deletes, inserts, copies, reorders or moves a goal, measure or indicator, at any
    depth, or changes a field of one: a title, a code (numbers reused and shifted), a target, an
    owner, anything. A moved measure may end in another goal. The edits are such as a city
    makes, and some that none would: a diff has to carry them all.
    """
    for _ in range(draw(st.integers(0, most))):
        plan = draw(_edit(plan))
    return plan


@st.composite
def plan_pairs(draw: st.DrawFn) -> tuple[Plan, Plan]:
    """A plan and a second edition of it; one time in eight an unrelated plan instead."""
    old = draw(plans())
    if draw(st.integers(0, 7)) == 0:
        return old, draw(plans())
    return old, draw(edited(old))


def _node_fields() -> dict[str, SearchStrategy[Any]]:
    """The fields that goals and measures share, those that they always have aside."""
    return {
        "id": st.sampled_from(("m-1", "m-2", "m-3")),
        "former_codes": few(codes()),
        "level": st.sampled_from(("施策", "事務事業")),
        "status": members(Status),
        "description": texts(),
        "target_state": texts(),
        "owners": few(owners()),
        "start": times(),
        "end": times(),
        "costs": few(costs()),
        "indicators": few(indicators()),
        "evaluations": few(evaluations(), 1),
        "references": few(references(), 1),
        "labels": labels(),
    }


Way: TypeAlias = tuple[tuple[str, int], ...]
"""From the plan down to a node: collections and 0-based positions."""

_EDITS: Final = (
    "delete",
    "insert",
    "copy",
    "reorder",
    "move",
    "retitle",
    "renumber",
    "retarget",
    "change",
    "change",
)


@st.composite
def _edit(draw: st.DrawFn, plan: Plan) -> Plan:
    """``plan`` after one edit; the same plan where the edit finds nothing to work on."""
    edit = draw(st.sampled_from(_EDITS))
    if edit == "move":
        return draw(_moved(plan))
    ways = list(_ways(plan))
    if edit in ("insert", "reorder"):
        holders = [way for way in ways if _collections(_node(plan, way))]
        way = draw(st.sampled_from(holders))
        parent = _node(plan, way)
        collection = draw(st.sampled_from(_collections(parent)))
        inside = list(children(parent, collection))
        if edit == "reorder":
            inside = draw(st.permutations(inside))
        else:
            inside.insert(draw(st.integers(0, len(inside))), draw(_child(collection)))
        return _set(plan, way, **{collection: tuple(inside)})
    if edit == "change":
        way = draw(st.sampled_from(ways))
        return _set(plan, way, **draw(_changed(_node(plan, way))))
    below = [way for way in ways if way]
    if not below:
        return plan
    way = draw(st.sampled_from(below))
    if edit in ("delete", "copy"):
        return _cut(plan, way) if edit == "delete" else _put(plan, way, _node(plan, way))
    return _set(plan, way, **draw(_small(edit, _node(plan, way))))


@st.composite
def _small(draw: st.DrawFn, edit: str, node: Node) -> dict[str, object]:
    """A new title, code or target, as fields to set."""
    if edit == "retitle":
        return {"title": draw(titles())}
    if edit == "renumber":
        return {"code": draw(codes())}
    if not isinstance(node, Indicator) or not node.targets:
        return {}
    targets = list(node.targets)
    at = draw(st.integers(0, len(targets) - 1))
    targets[at] = attrs.evolve(targets[at], value=draw(decimals()))
    return {"targets": tuple(targets)}


@st.composite
def _changed(draw: st.DrawFn, node: Node) -> dict[str, object]:
    """One field of ``node`` as in another of its class, set, changed or emptied."""
    other = draw(_like(node))
    differing = [
        field.name
        for field in attrs.fields(type(node))
        if getattr(node, field.name) != getattr(other, field.name)
    ]
    if not differing:
        return {}
    name = draw(st.sampled_from(differing))
    return {name: getattr(other, name)}


@st.composite
def _moved(draw: st.DrawFn, plan: Plan) -> Plan:
    """``plan`` with one node taken out and put in anywhere that takes its class."""
    below = [way for way in _ways(plan) if way]
    if not below:
        return plan
    way = draw(st.sampled_from(below))
    node, collection = _node(plan, way), way[-1][0]
    rest = _cut(plan, way)
    homes = [home for home in _ways(rest) if hasattr(_node(rest, home), collection)]
    home = draw(st.sampled_from(homes))
    at = draw(st.integers(0, len(children(_node(rest, home), collection))))
    return _put(rest, (*home, (collection, at)), node)


def _child(collection: str) -> SearchStrategy[Any]:
    return {"goals": goals(0), "measures": measures(0), "indicators": indicators()}[collection]


def _like(node: Node) -> SearchStrategy[Any]:
    if isinstance(node, Plan):
        return plans()
    if isinstance(node, Goal):
        return goals(0)
    return measures(0) if isinstance(node, Measure) else indicators()


def _collections(node: Node) -> list[str]:
    return [name for name in COLLECTIONS if hasattr(node, name)]


def _ways(node: Node, way: Way = ()) -> Iterator[Way]:
    yield way
    for collection in COLLECTIONS:
        for at, child in enumerate(children(node, collection)):
            yield from _ways(child, (*way, (collection, at)))


def _node(plan: Plan, way: Way) -> Node:
    node: Node = plan
    for collection, at in way:
        node = children(node, collection)[at]
    return node


def _set(plan: Plan, way: Way, **fields: object) -> Plan:
    """``plan`` with ``fields`` of the node at ``way`` set."""
    changed: dict[str, Any] = fields
    node = attrs.evolve(cast("Goal", _node(plan, way)), **changed)
    if not way:
        return cast("Plan", node)
    collection, at = way[-1]
    siblings = list(children(_node(plan, way[:-1]), collection))
    siblings[at] = node
    return _set(plan, way[:-1], **{collection: tuple(siblings)})


def _cut(plan: Plan, way: Way) -> Plan:
    collection, at = way[-1]
    siblings = list(children(_node(plan, way[:-1]), collection))
    del siblings[at]
    return _set(plan, way[:-1], **{collection: tuple(siblings)})


def _put(plan: Plan, way: Way, node: Node) -> Plan:
    collection, at = way[-1]
    siblings = list(children(_node(plan, way[:-1]), collection))
    siblings.insert(at, cast("Goal", node))
    return _set(plan, way[:-1], **{collection: tuple(siblings)})
