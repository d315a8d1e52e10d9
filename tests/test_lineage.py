"""Promises followed through three and more editions."""

from collections import Counter
from decimal import Decimal

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

import munidx
from munidx import Change, FiscalYear, Goal, Indicator, Kind, Measure, Observation, Plan
from munidx.lineage import Lineage, Strand, lineage
from munidx.model import Edition
from munidx.testing import strategies
from munidx.testing.profiles import examples

PARK = Measure(
    code="1",
    title="公園の整備",
    description="市内の公園に遊具を置き、樹木を植える。",
    indicators=(
        Indicator(title="整備した公園の数", unit="園", targets=(Observation(value=Decimal(8)),)),
    ),
)
LIBRARY = Measure(code="2", title="図書館の開館時間の延長", description="夜も本を借りられる。")
BUS = Measure(code="3", title="コミュニティバスの運行", description="駅と病院を結ぶ便を設ける。")


def plan(*measures: Measure, year: int | None = None) -> Plan:
    goal = Goal(code="1", title="くらし", measures=measures)
    return Plan(
        title="計画",
        goals=(goal,),
        edition=None if year is None else Edition(year=FiscalYear(year)),
    )


def strand(found: Lineage, title: str) -> Strand:
    (one,) = (one for one in found.strands if one.title == title)
    return one


def editions(one: Strand) -> list[int]:
    return [stop.edition for stop in one.stops]


def kinds(one: Strand, edition: int) -> list[str]:
    stop = one.at(edition)
    assert stop is not None
    return [change.kind.value for change in stop.changes]


def test_a_promise_is_followed_through_its_titles_numbers_and_targets() -> None:
    retitled = evolve(PARK, title="公園の再整備", code="4")
    (indicator,) = PARK.indicators
    less = evolve(indicator, targets=(Observation(value=Decimal(5)),))
    found = lineage(
        [
            plan(PARK, LIBRARY, year=2023),
            plan(LIBRARY, retitled, BUS, year=2024),
            plan(LIBRARY, evolve(retitled, indicators=(less,)), BUS, year=2025),
        ]
    )
    assert [one.kind for one in found.strands] == [
        *("plan", "goal", "measure", "indicator", "measure", "measure")
    ]
    park = strand(found, "公園の再整備")
    assert [stop.node.code for stop in park.stops if isinstance(stop.node, Measure)] == [
        *("1", "4", "4")
    ]
    assert sorted(kinds(park, 1)) == ["renumbered", "retitled"]
    assert park.stops[0].rung is None
    assert park.stops[1].rung is munidx.Rung.CONTENT
    target = strand(found, "整備した公園の数")
    assert kinds(target, 2) == ["target-lowered"]
    assert target.stops[2].parent == found.strands.index(park)
    bus = strand(found, "コミュニティバスの運行")
    assert (bus.first, bus.last, bus.returns, bus.at(0)) == (1, 2, (), None)
    assert found.backwards == ()


def test_numbers_that_shift_are_told_of_each() -> None:
    shifted = [evolve(one, code=str(int(one.code) + 1)) for one in (PARK, LIBRARY)]
    found = lineage([plan(PARK, LIBRARY), plan(evolve(BUS, code="1"), *shifted)])
    (change,) = strand(found, "図書館の開館時間の延長").stops[1].changes
    assert (change.kind, change.old, change.new) == (Kind.RENUMBERED, "2", "3")
    assert change.title == "図書館の開館時間の延長"
    assert change.new_paths == ("goals[1]/measures[3]",)


def test_what_went_and_comes_again_is_one_strand() -> None:
    found = lineage([plan(PARK, LIBRARY), plan(LIBRARY), plan(LIBRARY), plan(LIBRARY, PARK)])
    park = strand(found, "公園の整備")
    assert editions(park) == [0, 3]
    assert park.returns == (3,)
    assert park.stops[1].rung is munidx.Rung.EXACT
    assert editions(strand(found, "整備した公園の数")) == [0, 3]
    assert len(found.strands) == 5


def test_what_comes_again_under_another_title_tells_so() -> None:
    other = evolve(PARK, title="公園の整備事業", indicators=())
    found = lineage([plan(PARK, LIBRARY), plan(LIBRARY), plan(LIBRARY, other)])
    park = strand(found, "公園の整備事業")
    assert editions(park) == [0, 2]
    assert "retitled" in kinds(park, 2)
    assert editions(strand(found, "整備した公園の数")) == [0]


def test_what_comes_again_may_go_and_come_once_more() -> None:
    found = lineage([plan(PARK, BUS), plan(BUS), plan(PARK, BUS), plan(BUS), plan(PARK, BUS)])
    assert strand(found, "公園の整備").returns == (2, 4)


def test_something_else_does_not_come_again() -> None:
    found = lineage([plan(PARK), plan(LIBRARY), plan(LIBRARY, BUS)])
    assert editions(strand(found, "公園の整備")) == [0]
    assert editions(strand(found, "コミュニティバスの運行")) == [2]


BOTH = Measure(title="子育て相談窓口の設置と保育所整備計画の策定")
PARTS = (Measure(title="子育て相談窓口の設置"), Measure(title="保育所整備計画の策定"))


def test_a_split_is_a_fork() -> None:
    found = lineage([plan(BOTH, BUS), plan(*PARTS, BUS), plan(*PARTS, BUS)])
    forks = [one for one in found.strands if one.split_from is not None]
    assert len(forks) == 1
    whole = found.strands[forks[0].split_from or 0]
    assert editions(whole) == [0, 1, 2]
    assert editions(forks[0]) == [1, 2]
    assert {whole.title, forks[0].title} == {part.title for part in PARTS}
    assert "split" in kinds(whole, 1)
    assert kinds(forks[0], 1) == ["split"]
    assert forks[0].stops[0].rung is None


def test_a_merger_ends_in_another() -> None:
    found = lineage([plan(*PARTS, BUS), plan(BOTH, BUS), plan(BUS), plan(*PARTS, BUS)])
    ended = [one for one in found.strands if one.merged_into is not None]
    assert len(ended) == 1
    whole = found.strands[ended[0].merged_into or 0]
    # Two editions later a part is like enough to the whole: it comes again.
    assert editions(whole) == [0, 1, 3]
    assert editions(ended[0]) == [0]
    assert "merged" in kinds(whole, 1)


def test_an_indicator_that_took_anothers_place_is_named() -> None:
    other = Indicator(title="利用者の満足度", unit="%")
    found = lineage([plan(PARK), plan(evolve(PARK, indicators=(other,)))])
    old, new = strand(found, "整備した公園の数"), strand(found, "利用者の満足度")
    assert found.strands[old.replaced_by or 0] is new
    assert kinds(new, 1) == ["indicator-replaced"]


@pytest.mark.parametrize(
    ("times", "backwards"),
    [
        ([{"year": 2023}, {"year": 2024}], ()),
        ([{"year": 2024}, {"year": 2023}], (1,)),
        ([{"year": 2024}, {}, {"year": 2023}], ()),
        ([{"year": 2024}, {"date": "2024-08"}, {"date": "2024-03-31"}], (2,)),
        ([{"year": 2024}, {"year": 2024}], ()),
    ],
)
def test_editions_that_run_backwards_are_named(
    times: list[dict[str, object]], backwards: tuple[int, ...]
) -> None:
    plans = [Plan(edition=Edition(**time)) for time in times]  # type: ignore[arg-type]
    assert lineage([Plan(), *plans]).backwards == tuple(place + 1 for place in backwards)


def test_no_edition_is_no_lineage() -> None:
    with pytest.raises(ValueError):
        lineage([])


def test_the_threshold_decides_who_is_who() -> None:
    other = evolve(
        PARK, title="公園の再整備", description="市内の公園の遊具を改める。", indicators=()
    )
    plans = [plan(evolve(PARK, indicators=()), BUS), plan(other, BUS)]
    assert len(lineage(plans, threshold=0.05).strands) < len(lineage(plans, threshold=1).strands)


def test_what_is_off_is_not_told_and_forks_stay() -> None:
    plans = [plan(PARK, BUS), plan(evolve(PARK, code="7", indicators=()), BUS)]
    assert kinds(strand(lineage(plans), "公園の整備"), 1) == ["renumbered"]
    off = lineage(plans, severities={"editorial": "off"})
    assert kinds(strand(off, "公園の整備"), 1) == []
    with pytest.raises(munidx.SelectionError):
        lineage(plans, severities={"nonsense": "off"})


@examples(200)
@given(strategies.plans(), st.integers(1, 4))
def test_a_plan_and_itself_have_a_strand_for_each_node_property(one: Plan, count: int) -> None:
    found = lineage([one] * count)
    items = list(munidx.walk(one))
    assert [found_one.stops[0].path for found_one in found.strands] == [item.path for item in items]
    for item, each in zip(items, found.strands, strict=True):
        assert [(stop.edition, stop.path) for stop in each.stops] == [
            (edition, item.path) for edition in range(count)
        ]
        assert not any(stop.changes for stop in each.stops)
        assert (each.split_from, each.merged_into, each.replaced_by) == (None, None, None)
    assert found.backwards == ()


@st.composite
def _histories(draw: st.DrawFn) -> tuple[Plan, ...]:
    plans = [draw(strategies.plans())]
    for _ in range(draw(st.integers(1, 3))):
        plans.append(draw(strategies.edited(draw(st.sampled_from(plans)))))
    return tuple(plans)


def _told(changes: list[Change]) -> Counter[tuple[object, ...]]:
    """What changes say, whether told of several nodes together or of each."""
    told: Counter[tuple[object, ...]] = Counter()
    for one in changes:
        if one.kind not in {Kind.ADDED, Kind.REMOVED}:
            told.update((one.kind, one.field, path) for path in one.new_paths)
    return told


@examples(200)
@given(_histories())
def test_lineage_agrees_with_the_diff_of_consecutive_editions_property(
    plans: tuple[Plan, ...],
) -> None:
    found = lineage(plans)
    for edition, each in enumerate(plans):
        stops = [
            stop.path for one in found.strands for stop in one.stops if stop.edition == edition
        ]
        assert sorted(stops) == sorted(item.path for item in munidx.walk(each))
    for later in range(1, len(plans)):
        old, new = plans[later - 1], plans[later]
        pairs = {
            (before.path, after.path): after
            for one in found.strands
            if (before := one.at(later - 1)) and (after := one.at(later))
        }
        matching = munidx.match(old, new)
        heirs = [pair for pair in matching.pairs if (pair.old, pair.new) in pairs]
        assert len(heirs) + 1 == len(pairs)  # and the plan itself
        assert {pair.rung for pair in matching.pairs if pair not in heirs} <= {
            munidx.Rung.SPLIT,
            munidx.Rung.MERGED,
        }
        for pair in heirs:
            after = pairs[pair.old, pair.new]
            assert (after.rung, after.score, after.probable) == (
                *(pair.rung, pair.score, pair.probable),
            )
        returned = [one.at(later) for one in found.strands if later in one.returns]
        told = [
            change
            for one in found.strands
            if (stop := one.at(later)) and stop not in returned
            for change in stop.changes
        ]
        expected = [
            change
            for change in munidx.diff(old, new).changes
            if not any(stop and stop.path in change.new_paths for stop in returned)
        ]
        assert _told(told) == _told(expected)
        for one in found.strands:
            if later in one.returns:
                assert one.at(later - 1) is None


@examples(100)
@given(_histories())
def test_parents_stand_before_their_children_in_every_edition_property(
    plans: tuple[Plan, ...],
) -> None:
    found = lineage(plans)
    assert found.strands[0].kind == "plan"
    for number, one in enumerate(found.strands):
        for stop in one.stops:
            if number == 0:
                assert stop.parent is None
                continue
            assert stop.parent is not None
            above = found.strands[stop.parent].at(stop.edition)
            assert above is not None
            assert stop.path.startswith(f"{above.path}/" if above.path else "")
        for link in (one.split_from, one.merged_into, one.replaced_by):
            assert link is None or (link != number and 0 < link < len(found.strands))


def test_the_steps_are_the_diffs_of_consecutive_editions() -> None:
    first = Plan(measures=(Measure(title="公園の整備"), Measure(title="図書館の開館")))
    second = Plan(measures=(Measure(title="公園の整備"),))
    found = lineage([first, second, first], severities={"added": "off"})
    assert found.steps == (
        munidx.diff(first, second, severities={"added": "off"}),
        munidx.diff(second, first, severities={"added": "off"}),
    )
    assert [
        munidx.patch(old, step) for old, step in zip((first, second), found.steps, strict=True)
    ] == [
        second,
        first,
    ]
    assert lineage([first]).steps == ()
