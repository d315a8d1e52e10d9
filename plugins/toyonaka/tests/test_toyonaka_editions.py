"""Editions of the form that nobody has published yet: each is read back exactly."""

import random

import pytest
import toyonaka_sheets as sheets
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from munidx.adapters import Reading
from munidx.adapters.coverage import measure as measure_coverage
from munidx.document import Source
from munidx.findings import Severity
from munidx.model import Evaluation, Goal, Indicator, Measure, Plan, PlanKind
from munidx.readers import read_source
from munidx.testing.profiles import examples
from munidx_toyonaka.adapter import Toyonaka


def read(text: str) -> tuple[Reading, list[str]]:
    publication = read_source(Source("sheet.txt", text.encode()))
    reading = Toyonaka().read(publication)
    coverage = measure_coverage(publication, reading.plans, reading.leftovers)
    return reading, [leftover.text for leftover in coverage.unread_places]


def item_facts(item: sheets.Item) -> tuple[object, ...]:
    return (
        item.title,
        item.schedule,
        item.typed,
        item.mark,
        tuple(item_facts(each) for each in item.below),
    )


def measure_facts(measure: Measure) -> tuple[object, ...]:
    entries = measure.schedule
    typed: tuple[object, ...] = ()
    if entries:
        first = entries[0]
        typed = (
            first.start,
            first.end,
            first.open.value if first.open else None,
            first.recurrence.value if first.recurrence else None,
        )
    return (
        measure.title,
        "、".join(entry.text for entry in entries),
        typed,
        measure.labels.get("重点", ""),
        tuple(measure_facts(each) for each in measure.measures),
    )


def indicator_facts(indicator: Indicator) -> tuple[object, ...]:
    figures = tuple((str(actual.value), actual.unit) for actual in indicator.actuals)
    return (indicator.title, figures, indicator.statement)


def expected(goal: sheets.Goal, code: int) -> tuple[object, ...]:
    points = tuple(
        (
            f"({number})",
            point.sentence,
            tuple(item_facts(item) for item in point.items),
            tuple((d.title, d.figures, d.text) for d in point.done if d.figures),
        )
        for number, point in enumerate(goal.points, start=1)
    )
    return (str(code), goal.title, goal.mark, points, goal.plans, goal.policies)


def told(goal: Goal) -> tuple[object, ...]:
    points = tuple(
        (
            point.code,
            point.title,
            tuple(measure_facts(measure) for measure in point.measures),
            tuple(indicator_facts(indicator) for indicator in point.indicators),
        )
        for point in goal.goals
    )
    return (
        goal.code,
        goal.title,
        goal.labels.get("重点", ""),
        points,
        *(
            tuple((ref.code, ref.title) for ref in goal.references if ref.plan == plan)
            for plan in ("総合計画", "基本政策")
        ),
    )


def results(evaluations: tuple[Evaluation, ...]) -> list[str]:
    return [line for evaluation in evaluations for line in evaluation.results.split("\n") if line]


def check(sheet: sheets.Sheet, look: sheets.Look, plan: Plan) -> None:
    parents = iter(plan.goals)
    for part, goals, level in (("year", sheet.goals, "当年度目標"), ("mid", sheet.mid, "中期目標")):
        if part in look.without:
            continue
        parent = next(parents)
        assert [told(goal) for goal in parent.goals] == [
            expected(goal, code) for code, goal in enumerate(goals, start=1)
        ]
        assert {goal.level for goal in parent.goals} == {level}
        for goal, wanted in zip(parent.goals, goals, strict=True):
            steps = [
                line.lstrip("・") for e in goal.evaluations for line in e.next_steps.split("\n")
            ]
            assert steps == list(wanted.outlook)
            for point, other in zip(goal.goals, wanted.points, strict=True):
                words = [d.text for d in other.done if not d.figures]
                lines = [line.lstrip("・") for line in results(point.evaluations)[1:]]
                assert lines == words
    assert next(parents, None) is None
    if "bureau" not in look.without:
        assert plan.id == f"272035-{PlanKind.BUREAU_GOALS}-{sheet.bureau}"
        assert [(owner.name, owner.person) for owner in plan.owners] == [
            (sheet.bureau, sheet.person)
        ]
        assert plan.labels == {"補職": "部長"}
    mission = "\n".join(f"○{line}" for line in sheet.mission)
    assert plan.mission == ("" if "mission" in look.without else mission)
    if "policies" not in look.without:
        (evaluation,) = plan.evaluations
        assert evaluation.results == "\n".join(sheet.review)
        assert [line.partition(") ")[2] for line in evaluation.plan.split("\n")] == list(
            sheet.policies
        )
    year = plan.edition.year if plan.edition else None
    assert year == (None if "year" in look.without else sheet.year)


def drawn(seed: int, look: sheets.Look) -> sheets.Sheet:
    sheet = sheets.draw_sheet(random.Random(seed))  # noqa: S311 - drawn by hypothesis
    return sheets.flattened(sheet) if look.lists == "bare" else sheet


looks = st.builds(
    sheets.Look,
    columns=st.sampled_from([4, 7, 13]),
    mid_columns=st.sampled_from([3, 5]),
    lists=st.sampled_from(["unclosed", "closed", "line", "bare"]),
    split_title=st.booleans(),
    twice=st.booleans(),
    joined=st.booleans(),
    wide=st.booleans(),
    breaks=st.booleans(),
    page_break=st.booleans(),
    seed=st.integers(0, 2**32),
)


@examples(200)
@given(st.integers(0, 2**64), looks)
def test_an_edition_is_read_back_exactly(seed: int, look: sheets.Look) -> None:
    sheet = drawn(seed, look)
    reading, unread = read(sheets.printed(sheet, look))
    (plan,) = reading.plans
    check(sheet, look, plan)
    assert unread == []
    assert [f for f in reading.findings if f.severity is not Severity.INFO] == []


@examples(200)
@given(
    st.integers(0, 2**64),
    looks,
    st.sampled_from(["bureau", "mission", "policies", "year", "mid"]),
    st.integers(0, 13),
    st.booleans(),
)
def test_what_is_missing_or_added_is_reported_and_shifts_nothing(
    seed: int,
    look: sheets.Look,
    without: str,
    extra: int,
    heading: bool,
) -> None:
    sheet = drawn(seed, look)
    look = evolve(
        look,
        without=frozenset([without]),
        extra=extra,
        heading="見本の付録" if heading else "",
    )
    reading, unread = read(sheets.printed(sheet, look))
    (plan,) = reading.plans
    check(sheet, look, plan)
    codes = {finding.code for finding in reading.findings}
    assert "MX930" in codes
    assert ("MX929" in codes) == bool(extra)
    assert ("MX931" in codes) == heading
    words = {text for text in unread if text.startswith(("備考", "欄外"))}
    assert ("備考" in words) == bool(extra)
    added = {"9. 見本の付録", "この見出しは様式にない。"} if heading else set()
    assert set(unread) - words == added


@pytest.mark.parametrize("name", ["year", "mid"])
def test_numbers_out_of_sequence_are_reported(name: str) -> None:
    sheet = sheets.draw_sheet(random.Random(7))  # noqa: S311 - fixed
    goals = (sheet.goals if name == "year" else sheet.mid)[:1] * 2
    sheet = evolve(sheet, goals=goals) if name == "year" else evolve(sheet, mid=goals)
    text = sheets.printed(sheet, sheets.Look(lists="unclosed"))
    place = text.rindex("\n2\t") if name == "mid" else text.index("\n2\t")
    reading, _ = read(text[:place] + "\n8\t" + text[place + 3 :])
    found = [finding.params for finding in reading.findings if finding.code == "MX922"]
    assert found == [{"expected": 2, "found": "8"}]
