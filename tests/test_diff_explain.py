"""What a typed change explains is not told a second time."""

from decimal import Decimal

import pytest

from munidx.diff import Effect, Kind, diff, patch
from munidx.diff.explain import explains_period
from munidx.model import (
    FiscalYear,
    Indicator,
    Measure,
    Observation,
    Period,
    Plan,
    Section,
    State,
)

FIVE = Period(start=FiscalYear(2023), end=FiscalYear(2027))
SEVEN = Period(start=FiscalYear(2023), end=FiscalYear(2029))
OLD = "令和5年度から令和9(2027)年度までの5年間"
NEW = "令和5年度から令和11(2029)年度までの7年間"


def kinds(old: Plan, new: Plan) -> list[tuple[Kind, Effect]]:
    found = diff(old, new)
    assert patch(old, found) == new
    return [(one.kind, one.effect) for one in found.changes]


def target(statement: str, one: Observation, unit: str = "") -> Plan:
    indicator = Indicator(title="ページの訪問", statement=statement, unit=unit, targets=(one,))
    return Plan(measures=(Measure(title="オープンデータの公表", indicators=(indicator,)),))


def value(number: int, unit: str = "", *others: Observation) -> Observation:
    text = f"{number}{unit}"
    return Observation(value=Decimal(number), unit=unit, text=text, alternatives=others)


def test_a_unit_that_the_targets_print_is_told_with_their_figures() -> None:
    old = target("ページの訪問400件", value(400, "件"), "件")
    new = target("ページの訪問400人", value(400, "人"), "人")
    assert kinds(old, new) == [(Kind.TARGET_UNIT_CHANGED, Effect.UNCLEAR)]


def test_a_unit_that_the_targets_leave_out_is_told_itself() -> None:
    found = kinds(target("", value(400), "件"), target("", value(400), "人"))
    assert (Kind.UNIT_CHANGED, Effect.UNCLEAR) in found


def test_an_alternative_that_is_gone_explains_the_statement() -> None:
    other = Observation(state=State.QUALITATIVE, text="平均点を上回る")
    old = target("ページの訪問50もしくは平均点を上回る", value(50, "", other))
    new = target("ページの訪問50", value(50))
    assert kinds(old, new) == [(Kind.FIELD_CHANGED, Effect.UNCLEAR)]


def test_a_period_explains_the_section_that_tells_it() -> None:
    old = Plan(period=FIVE, sections=(Section(title="期間", text=OLD),))
    new = Plan(period=SEVEN, sections=(Section(title="期間", text=NEW),))
    assert kinds(old, new) == [(Kind.PERIOD_CHANGED, Effect.UNCLEAR)]
    renamed = Plan(period=SEVEN, sections=(Section(title="期限", text=NEW),))
    assert len(kinds(old, renamed)) > 1
    added = Plan(period=SEVEN, sections=(*old.sections, Section(title="他", text=NEW)))
    assert (Kind.FIELD_CHANGED, Effect.NEUTRAL) in kinds(old, added)


@pytest.mark.parametrize(
    ("old", "new", "before", "after", "explained"),
    [
        (OLD, NEW, FIVE, SEVEN, True),
        (OLD, NEW, FIVE, FIVE, False),
        (OLD, NEW, None, SEVEN, False),
        (OLD, NEW, FIVE, None, False),
        (OLD, "令和5年度から令和11(2029)年度までの8年間", FIVE, SEVEN, False),
        (OLD, "令和11(2029)年度までの7年間とする", FIVE, SEVEN, False),
        ("令和9年度まで", "令和11年度まで", Period(end=FiscalYear(2027)), SEVEN, True),
    ],
)
def test_a_text_of_a_period(
    old: str, new: str, before: Period | None, after: Period | None, *, explained: bool
) -> None:
    assert explains_period(old, new, before, after) is explained
