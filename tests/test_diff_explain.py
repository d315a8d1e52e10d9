"""What a typed change explains is not told a second time."""

from decimal import Decimal
from typing import Any

import attrs
import pytest

from munidx.diff import Change, Effect, Kind, diff
from munidx.diff.explain import explains_period
from munidx.diff.patch import patch
from munidx.model import (
    Direction,
    FiscalYear,
    Indicator,
    Labels,
    Measure,
    Observation,
    Period,
    Plan,
    Section,
    State,
    Status,
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


TEXT = "届出を自宅から行えるようにし、窓口に来る回数を減らす"


def told(old: Plan, new: Plan) -> list[Change]:
    found = diff(old, new)
    assert patch(old, found) == new
    return list(found.changes)


def one_measure(**fields: Any) -> Plan:  # noqa: ANN401 - fields of any sort
    kept = {"title": "行政手続のオンライン化", "description": TEXT, "code": "1"}
    return Plan(title="計画", measures=(Measure(**(kept | fields)),))


def at(value: Any, year: int = 2026, **fields: Any) -> Observation:  # noqa: ANN401
    return Observation(year=year, value=None if value is None else Decimal(value), **fields)


@pytest.mark.parametrize(
    ("statuses", "labels", "expected"),
    [
        ((None, Status.ABOLISHED), ("M", "-"), [Kind.ABOLISHED]),
        ((None, Status.ABOLISHED), (None, "【廃止】"), [Kind.ABOLISHED]),
        ((Status.ADDED, Status.ABOLISHED), ("【追加】", "【廃止】"), [Kind.ABOLISHED]),
        ((None, Status.ABOLISHED), ("M", "L"), [Kind.ABOLISHED, Kind.LABEL_CHANGED]),
        ((None, Status.ADDED), (None, "【追加】"), [Kind.MARK_MISMATCH]),
        ((Status.ADDED, None), ("【追加】", None), [Kind.STATUS_CHANGED]),
        ((Status.ADDED, Status.ACTIVE), ("新規", "継続"), [Kind.STATUS_CHANGED]),
        ((Status.ABOLISHED, Status.ACTIVE), ("【廃止】", None), [Kind.STATUS_CHANGED]),
        ((None, Status.ADDED), (None, "【重点】"), [Kind.MARK_MISMATCH, Kind.LABEL_CHANGED]),
        ((None, Status.ADDED), ("M", "【追加】"), [Kind.MARK_MISMATCH, Kind.LABEL_CHANGED]),
        ((None, Status.ADDED), (None, "町【追加】"), [Kind.MARK_MISMATCH, Kind.LABEL_CHANGED]),
        ((None, None), (None, "【追加】"), [Kind.LABEL_CHANGED]),
        ((Status.ABOLISHED, Status.ABOLISHED), ("M", "-"), [Kind.LABEL_CHANGED]),
    ],
)
def test_a_new_status_explains_the_mark_it_was_read_from(
    statuses: tuple[Status | None, Status | None],
    labels: tuple[str | None, str | None],
    expected: list[Kind],
) -> None:
    before, after = (
        one_measure(status=status, labels=Labels({} if label is None else {"表示": label}))
        for status, label in zip(statuses, labels, strict=True)
    )
    assert [kind for kind, _ in kinds(before, after)] == expected


WAITING = Indicator(
    statement="-(構想の策定後設定)",
    targets=(Observation(state=State.UNDETERMINED, text="-(構想の策定後設定)"),),
)
TAKEN_UP = Indicator(
    title="研修修了者数",
    statement="R9年度に研修修了者数延べ200人",
    unit="人",
    direction=Direction.INCREASE,
    targets=(at(200, 2027, unit="人", text="延べ200人"),),
    inferred=("direction",),
)


def test_a_figure_that_was_awaited_is_one_target_set_and_back_one_dropped() -> None:
    waiting, set_now = (one_measure(indicators=(one,)) for one in (WAITING, TAKEN_UP))
    [change] = told(waiting, set_now)
    assert (change.kind, change.effect) == (Kind.TARGET_SET, Effect.STRENGTHENED)
    assert (change.title, change.field) == ("研修修了者数", "targets[2027]")
    [change] = told(set_now, waiting)
    assert (change.kind, change.effect) == (Kind.TARGET_DROPPED, Effect.WEAKENED)
    assert (change.title, change.field) == ("研修修了者数", "targets[2027]")


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        # The name was known before the figure.
        (attrs.evolve(WAITING, title="研修修了者数"), TAKEN_UP, [Kind.TARGET_SET]),
        # More years than one.
        (
            WAITING,
            attrs.evolve(TAKEN_UP, targets=(at(100, 2026), at(200, 2027))),
            [Kind.TARGET_SET, Kind.TARGET_SET],
        ),
        (
            attrs.evolve(TAKEN_UP, targets=(at(100, 2026), at(200, 2027))),
            WAITING,
            [Kind.TARGET_DROPPED, Kind.TARGET_DROPPED],
        ),
        # The statement said more than that the figure is open.
        (
            attrs.evolve(WAITING, statement="職員の学びを支える(構想の策定後設定)"),
            TAKEN_UP,
            [Kind.TARGET_SET, Kind.REWORDED],
        ),
        # Still no figure.
        (
            WAITING,
            attrs.evolve(WAITING, statement="未定", targets=(at(None, state=State.WITHHELD),)),
            [Kind.INDICATOR_REPLACED],
        ),
        # A target in words is another promise.
        (
            WAITING,
            Indicator(statement="庁内の仕組みを整える"),
            [Kind.INDICATOR_REPLACED],
        ),
    ],
)
def test_what_belongs_to_an_awaited_figure(
    old: Indicator, new: Indicator, expected: list[Kind]
) -> None:
    before, after = (one_measure(indicators=(one,)) for one in (old, new))
    assert [kind for kind, _ in kinds(before, after)] == expected


def test_the_last_indicator_that_is_left_is_the_awaited_one() -> None:
    other = Indicator(title="オンライン申請率", statement="80%", targets=(at(80),))
    before, after = (one_measure(indicators=(one, other)) for one in (WAITING, TAKEN_UP))
    assert [kind for kind, _ in kinds(before, after)] == [Kind.TARGET_SET]
    assert [kind for kind, _ in kinds(after, before)] == [Kind.TARGET_DROPPED]


def test_of_several_indicators_none_is_taken_for_the_awaited_one() -> None:
    other = Indicator(title="オンライン申請率", statement="80%", targets=(at(80),))
    before = one_measure(indicators=(WAITING,))
    after = one_measure(indicators=(TAKEN_UP, other))
    assert Kind.INDICATOR_REPLACED in {kind for kind, _ in kinds(before, after)}
