"""Typed changes: each fact once, with its kind, its effect and its places."""

from decimal import Decimal
from fractions import Fraction
from typing import Any

import attrs
import pytest

from munidx.diff import Change, Effect, Kind, diff
from munidx.diff.patch import patch
from munidx.model import (
    Comparator,
    Cost,
    CostBasis,
    Direction,
    Edition,
    Evaluation,
    Goal,
    Indicator,
    Labels,
    Measure,
    Observation,
    Owner,
    Period,
    Plan,
    Quantity,
    Rating,
    ScheduleEntry,
    Section,
    State,
    Status,
)

TEXT = "届出を自宅から行えるようにし、窓口に来る回数を減らす"


def told(old: Plan, new: Plan) -> list[Change]:
    found = diff(old, new)
    assert patch(old, found) == new
    return list(found.changes)


def kinds(old: Plan, new: Plan) -> list[tuple[Kind, Effect]]:
    return [(one.kind, one.effect) for one in told(old, new)]


def one_measure(**fields: Any) -> Plan:  # noqa: ANN401 - fields of any sort
    kept = {"title": "行政手続のオンライン化", "description": TEXT, "code": "1"}
    return Plan(title="計画", measures=(Measure(**(kept | fields)),))


def one_indicator(statement: str, *targets: Observation, **fields: Any) -> Plan:  # noqa: ANN401
    kept = {"title": "オンライン申請率", "unit": "%", "direction": Direction.INCREASE}
    indicator = Indicator(statement=statement, targets=targets, **(kept | fields))
    return one_measure(indicators=(indicator,))


def at(value: Any, year: int = 2026, **fields: Any) -> Observation:  # noqa: ANN401
    return Observation(year=year, value=None if value is None else Decimal(value), **fields)


UP: dict[str, Any] = {"comparator": Comparator.AT_LEAST}


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (at(80, **UP), at(75, **UP), [(Kind.TARGET_LOWERED, Effect.WEAKENED)]),
        (at(75, **UP), at(80, **UP), [(Kind.TARGET_RAISED, Effect.STRENGTHENED)]),
        (at(75), None, [(Kind.TARGET_DROPPED, Effect.WEAKENED)]),
        (None, at(75), [(Kind.TARGET_SET, Effect.STRENGTHENED)]),
        (at(80), at(80, 2028), [(Kind.TARGET_POSTPONED, Effect.WEAKENED)]),
        (at(80), at(80, 2025), [(Kind.TARGET_ADVANCED, Effect.STRENGTHENED)]),
        (
            at(80),
            at(70, 2028),
            [(Kind.TARGET_POSTPONED, Effect.WEAKENED), (Kind.TARGET_LOWERED, Effect.WEAKENED)],
        ),
        (
            at(80),
            at(None, state=State.QUALITATIVE, text="向上"),
            [(Kind.TARGET_VAGUE, Effect.WEAKENED)],
        ),
        (at(80), at(None, state=State.UNDETERMINED), [(Kind.TARGET_DROPPED, Effect.WEAKENED)]),
        (
            at(None, state=State.UNDETERMINED),
            at(80),
            [(Kind.TARGET_SET, Effect.STRENGTHENED)],
        ),
        (at(80), at(80, unit="件"), [(Kind.TARGET_UNIT_CHANGED, Effect.UNCLEAR)]),
        (at(8, unit="割"), at(80), [(Kind.TARGET_UNIT_CHANGED, Effect.EDITORIAL)]),
        (
            at(5000, unit="円"),
            at(5, unit="千円"),
            [(Kind.TARGET_UNIT_CHANGED, Effect.EDITORIAL)],
        ),
        (at(5000, unit="円"), at(4, unit="千円"), [(Kind.TARGET_LOWERED, Effect.WEAKENED)]),
        (
            at(80, **UP),
            at(80, comparator=Comparator.ABOUT),
            [(Kind.FIELD_CHANGED, Effect.WEAKENED)],
        ),
        (at(80), at(80, quantity=Quantity.CHANGE), [(Kind.FIELD_CHANGED, Effect.UNCLEAR)]),
        (at(80, text="80%"), at(80, text="80%"), []),
        (at(80, text="80%"), at(80, text="八割"), [(Kind.REWORDED, Effect.EDITORIAL)]),
        (
            Observation(fraction=Fraction(1, 3)),
            Observation(fraction=Fraction(1, 2)),
            [(Kind.TARGET_RAISED, Effect.STRENGTHENED)],
        ),
        (
            Observation(low=Decimal(1), high=Decimal(5)),
            Observation(low=Decimal(2), high=Decimal(5)),
            [(Kind.TARGET_RAISED, Effect.STRENGTHENED)],
        ),
        (
            Observation(low=Decimal(1), high=Decimal(5)),
            Observation(low=Decimal(2), high=Decimal(4)),
            [(Kind.FIELD_CHANGED, Effect.UNCLEAR)],
        ),
    ],
)
def test_targets(
    old: Observation | None, new: Observation | None, expected: list[tuple[Kind, Effect]]
) -> None:
    before, after = (one_indicator("", *([] if one is None else [one])) for one in (old, new))
    assert kinds(before, after) == expected


@pytest.mark.parametrize(
    ("direction", "quantity", "effect"),
    [
        (Direction.DECREASE, Quantity.LEVEL, Effect.STRENGTHENED),
        (Direction.DECREASE, Quantity.CHANGE, Effect.WEAKENED),
        (Direction.INCREASE, Quantity.LEVEL, Effect.WEAKENED),
        (Direction.MAINTAIN, Quantity.LEVEL, Effect.UNCLEAR),
        (None, Quantity.LEVEL, Effect.UNCLEAR),
    ],
)
def test_a_lowered_target_by_direction(
    direction: Direction | None, quantity: Quantity, effect: Effect
) -> None:
    old, new = (one_indicator("", at(v, quantity=quantity), direction=direction) for v in (30, 20))
    assert kinds(old, new) == [(Kind.TARGET_LOWERED, effect)]


def test_a_rolling_table_of_years_postpones_nothing() -> None:
    old = one_indicator("", at(70, 2024), at(80, 2025), at(90, 2026))
    new = one_indicator("", at(80, 2025), at(90, 2026), at(90, 2027))
    new = attrs.evolve(new, edition=Edition(year=2025))
    found = [(one.kind, one.effect, one.field) for one in told(old, new) if "targets" in one.field]
    assert found == [
        (Kind.TARGET_SET, Effect.STRENGTHENED, "targets[2027]"),
        (Kind.TARGET_DROPPED, Effect.NEUTRAL, "targets[2024]"),
    ]


@pytest.mark.parametrize(
    ("old", "new", "targets", "kinds_told"),
    [
        ("申請率80%以上", "申請率75%以上", (at(80), at(75)), [Kind.TARGET_LOWERED]),
        (
            "申請率80%以上",
            "交付率75%以上",
            (at(80), at(75)),
            [Kind.TARGET_LOWERED, Kind.REWORDED],
        ),
        (
            "5年の調査で80%",
            "6年の調査で75%",
            (at(80), at(75)),
            [Kind.TARGET_LOWERED, Kind.REWORDED],
        ),
        ("令和8年度に80%", "令和9年度に80%", (at(80), at(80, 2027)), [Kind.TARGET_POSTPONED]),
        ("申請率80%以上", "申請率80%をめざす", (at(80), at(80)), [Kind.REWORDED]),
        (
            "申請率80%以上",
            "申請率(策定後に設定)",
            (at(80), at(None, state=State.UNDETERMINED, text="(策定後に設定)")),
            [Kind.TARGET_DROPPED, Kind.REWORDED],
        ),
        (
            "申請率(策定後に設定)",
            "申請率を高める",
            (
                at(None, state=State.UNDETERMINED, text="(策定後に設定)"),
                at(None, state=State.QUALITATIVE, text="を高める"),
            ),
            [Kind.TARGET_SET],
        ),
    ],
)
def test_a_statement_is_told_only_where_its_figures_do_not_explain_it(
    old: str, new: str, targets: tuple[Observation, Observation], kinds_told: list[Kind]
) -> None:
    found = told(one_indicator(old, targets[0]), one_indicator(new, targets[1]))
    assert [one.kind for one in found] == kinds_told


def test_a_new_name_of_an_indicator_explains_its_statement() -> None:
    old = one_indicator("オンライン申請率80%以上", at(80))
    new = one_indicator("オンライン申請の割合80%以上", at(80), title="オンライン申請の割合")
    assert [one.kind for one in told(old, new)] == [Kind.RETITLED]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ({"title": "行政手続の電子化"}, {}, (Kind.RETITLED, Effect.NEUTRAL)),
        ({"title": "行政手続のオンライン化。"}, {}, (Kind.RETITLED, Effect.EDITORIAL)),
        ({"target_state": "便利な窓口"}, {}, (Kind.REWORDED, Effect.NEUTRAL)),
        (
            {"actions": ("調べる", "直す")},
            {"actions": ("直す", "調べる")},
            (Kind.REWORDED, Effect.NEUTRAL),
        ),
        ({"owners": (Owner(name="市民課"),)}, {}, (Kind.OWNER_CHANGED, Effect.WEAKENED)),
        ({}, {"owners": (Owner(name="市民課"),)}, (Kind.OWNER_CHANGED, Effect.STRENGTHENED)),
        (
            {"owners": (Owner(name="市民課"),)},
            {"owners": (Owner(name="窓口課"),)},
            (Kind.OWNER_CHANGED, Effect.NEUTRAL),
        ),
        (
            {"owners": (Owner(name="市民課", person="甲"),)},
            {"owners": (Owner(name="市 民 課"),)},
            (Kind.OWNER_CHANGED, Effect.EDITORIAL),
        ),
        (
            {"costs": (Cost(year=2025, amount=500),)},
            {"costs": (Cost(year=2025, amount=400),)},
            (Kind.COST_CHANGED, Effect.WEAKENED),
        ),
        (
            {"costs": (Cost(year=2025, amount=500),)},
            {"costs": (Cost(year=2025, amount=600),)},
            (Kind.COST_CHANGED, Effect.STRENGTHENED),
        ),
        (
            {"costs": (Cost(year=2025, amount=5, basis=CostBasis.SETTLED),)},
            {"costs": (Cost(year=2025, amount=4, basis=CostBasis.SETTLED),)},
            (Kind.COST_CHANGED, Effect.NEUTRAL),
        ),
        (
            {"costs": (Cost(year=2025, amount=500, text="500円"),)},
            {"costs": (Cost(year=2025, amount=500, text="五百円"),)},
            (Kind.COST_CHANGED, Effect.EDITORIAL),
        ),
        (
            {"costs": (Cost(year=2025, amount=5, text="5"),)},
            {"costs": (Cost(year=2025, text="未定"),)},
            (Kind.COST_CHANGED, Effect.UNCLEAR),
        ),
        ({"costs": (Cost(year=2025, amount=5),)}, {}, (Kind.COST_CHANGED, Effect.UNCLEAR)),
        ({}, {"costs": (Cost(year=2025, amount=5),)}, (Kind.COST_CHANGED, Effect.NEUTRAL)),
        ({"start": 2024}, {"start": 2025}, (Kind.SCHEDULE_CHANGED, Effect.WEAKENED)),
        ({"end": 2027}, {"end": "2026-03"}, (Kind.SCHEDULE_CHANGED, Effect.STRENGTHENED)),
        ({}, {"end": 2027}, (Kind.SCHEDULE_CHANGED, Effect.NEUTRAL)),
        ({"end": 2027}, {}, (Kind.SCHEDULE_CHANGED, Effect.UNCLEAR)),
        ({"end": 2027}, {"end": "2027-04"}, (Kind.SCHEDULE_CHANGED, Effect.NEUTRAL)),
        ({}, {"continuous": True}, (Kind.SCHEDULE_CHANGED, Effect.NEUTRAL)),
        (
            {"schedule": (ScheduleEntry(text="検討"),)},
            {"schedule": (ScheduleEntry(text="実施"),)},
            (Kind.SCHEDULE_CHANGED, Effect.UNCLEAR),
        ),
        ({}, {"status": Status.SUSPENDED}, (Kind.STATUS_CHANGED, Effect.WEAKENED)),
        ({"status": Status.SUSPENDED}, {}, (Kind.STATUS_CHANGED, Effect.STRENGTHENED)),
        ({}, {"status": Status.COMPLETED}, (Kind.STATUS_CHANGED, Effect.NEUTRAL)),
        ({}, {"status": Status.ADDED}, (Kind.MARK_MISMATCH, Effect.UNCLEAR)),
        ({}, {"status": Status.ABOLISHED}, (Kind.ABOLISHED, Effect.WEAKENED)),
        (
            {"labels": {"種別": "新規"}},
            {"labels": {"種別": "継続"}},
            (Kind.LABEL_CHANGED, Effect.NEUTRAL),
        ),
        ({}, {"labels": {"a[b]": "c"}}, (Kind.LABEL_CHANGED, Effect.NEUTRAL)),
        ({}, {"id": "m-1"}, (Kind.FIELD_CHANGED, Effect.NEUTRAL)),
        (
            {"evaluations": (Evaluation(year=2024, results="甲", rating=Rating(score=1)),)},
            {"evaluations": (Evaluation(year=2024, results="甲", rating=Rating(score=2)),)},
            (Kind.EVALUATION_CHANGED, Effect.NEUTRAL),
        ),
        ({"code": "2"}, {}, (Kind.RENUMBERED, Effect.EDITORIAL)),
        ({"code": "2"}, {"former_codes": ("2",)}, (Kind.RENUMBERED, Effect.EDITORIAL)),
    ],
)
def test_fields_of_a_measure(
    old: dict[str, Any], new: dict[str, Any], expected: tuple[Kind, Effect]
) -> None:
    assert kinds(one_measure(**old), one_measure(**new)) == [expected]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ({"unit": "件"}, {}, (Kind.UNIT_CHANGED, Effect.UNCLEAR)),
        ({"direction": None}, {}, (Kind.DIRECTION_CHANGED, Effect.UNCLEAR)),
        ({}, {"baseline": at(5)}, (Kind.BASELINE_RESTATED, Effect.UNCLEAR)),
        ({}, {"actuals": (at(5),)}, (Kind.ACTUAL_ADDED, Effect.NEUTRAL)),
        ({"actuals": (at(4),)}, {"actuals": (at(5),)}, (Kind.ACTUAL_CORRECTED, Effect.NEUTRAL)),
        ({"actuals": (at(4),)}, {}, (Kind.ACTUAL_CORRECTED, Effect.UNCLEAR)),
        ({}, {"definition": "件数を総数で割る"}, (Kind.REWORDED, Effect.NEUTRAL)),
    ],
)
def test_fields_of_an_indicator(
    old: dict[str, Any], new: dict[str, Any], expected: tuple[Kind, Effect]
) -> None:
    assert kinds(one_indicator("申請率", **old), one_indicator("申請率", **new)) == [expected]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ({"vision": "甲"}, {"vision": "乙"}, (Kind.REWORDED, Effect.NEUTRAL)),
        (
            {"period": Period(end=2025)},
            {"period": Period(end=2027)},
            (Kind.PERIOD_CHANGED, Effect.UNCLEAR),
        ),
        (
            {"period": Period(end=2025)},
            {"period": Period(end=2024)},
            (Kind.PERIOD_CHANGED, Effect.NEUTRAL),
        ),
        ({}, {"period": Period(end=2024)}, (Kind.PERIOD_CHANGED, Effect.NEUTRAL)),
        ({}, {"edition": Edition(year=2025)}, (Kind.FIELD_CHANGED, Effect.NEUTRAL)),
        (
            {"sections": (Section(title="序", text="甲"),)},
            {"sections": (Section(title="序", text="乙"),)},
            (Kind.REWORDED, Effect.NEUTRAL),
        ),
        ({"sections": (Section(title="序", text="甲"),)}, {}, (Kind.FIELD_CHANGED, Effect.NEUTRAL)),
    ],
)
def test_fields_of_a_plan(
    old: dict[str, Any], new: dict[str, Any], expected: tuple[Kind, Effect]
) -> None:
    assert kinds(Plan(title="計画", **old), Plan(title="計画", **new)) == [expected]


def test_an_abolition_explains_what_is_gone_with_it() -> None:
    indicator = Indicator(title="申請率", targets=(at(80),))
    old = one_measure(
        owners=(Owner(name="市民課"),),
        indicators=(indicator,),
        labels={"事業区分": "L"},
        costs=(Cost(year=2025, amount=5),),
    )
    new = one_measure(status=Status.ABOLISHED)
    assert kinds(old, new) == [(Kind.ABOLISHED, Effect.WEAKENED)]


def test_order_and_places_are_no_changes() -> None:
    owners = (Owner(name="市民課", source="a#L1"), Owner(name="窓口課", source="a#L2"))
    targets = (at(1, 2024, source="a#L3"), at(2, 2025, source="a#L4"))
    indicator = Indicator(title="申請率", targets=targets, source="a#L3")
    old = one_measure(owners=owners, indicators=(indicator,), source="a#L1")
    moved = tuple(attrs.evolve(one, source="b#L9") for one in reversed(targets))
    new = one_measure(
        owners=owners[::-1],
        indicators=(attrs.evolve(indicator, targets=moved, inferred=("unit",)),),
        source="b#L7",
    )
    found = diff(old, new)
    assert found.changes == ()
    assert {entry["op"] for entry in found.bookkeeping} == {"order", "trace"}
    assert patch(old, found) == new


def test_a_change_carries_its_places_and_a_fingerprint_that_lines_do_not_touch() -> None:
    def edition(value: int, line: int) -> Plan:
        return one_indicator("", at(value, source=f"a#L{line}"))

    first, second = told(edition(80, 5), edition(75, 9)), told(edition(80, 50), edition(75, 90))
    assert (first[0].old_source, first[0].new_source) == ("a#L5", "a#L9")
    assert first[0].fingerprint == second[0].fingerprint != ""
    assert told(edition(80, 5), edition(70, 9))[0].fingerprint != first[0].fingerprint


def test_an_inserted_group_renumbers_and_says_nothing_else() -> None:
    def goal(code: int, title: str) -> Goal:
        codes = (f"{code}-1", f"{code}-2")
        measures = tuple(Measure(code=c, title=f"{title}{c[-1]}の取組") for c in codes)
        return Goal(code=str(code), title=title, measures=measures)

    old = Plan(goals=(goal(1, "安心"), goal(2, "便利"), goal(3, "緑")))
    new = Plan(goals=(goal(1, "活気"), goal(2, "安心"), goal(3, "便利"), goal(4, "緑")))
    found = told(old, new)
    assert [one.kind for one in found] == [Kind.ADDED, Kind.RENUMBERED]
    assert (found[1].old, found[1].new) == (["1", "2", "3"], ["2", "3", "4"])
    assert found[1].new_paths == ("goals[2]", "goals[3]", "goals[4]")


def test_moved_replaced_and_marked() -> None:
    stay = Measure(code="1", title="窓口の予約制", description="来庁の時刻を選べるようにする")
    go = Measure(code="2", title="通学路の点検", description="危ない箇所を地図にまとめる")
    indicator = Indicator(title="待ち時間", statement="待ち時間10分")
    other = Indicator(title="満足度", statement="満足度4.2")
    old = Plan(
        goals=(
            Goal(
                code="1",
                title="便利な窓口",
                measures=(attrs.evolve(stay, indicators=(indicator,)), go),
            ),
            Goal(code="2", title="安全なまち"),
        )
    )
    new = Plan(
        goals=(
            Goal(code="1", title="便利な窓口", measures=(attrs.evolve(stay, indicators=(other,)),)),
            Goal(
                code="2",
                title="安全なまち",
                measures=(
                    attrs.evolve(go, code="1"),
                    Measure(code="2", title="防犯灯", status=Status.ABOLISHED),
                    Measure(code="3", title="見守り隊", status=Status.ADDED),
                    Measure(code="4", title="河川の監視", status=Status.ADDED),
                    Measure(code="5", title="避難所の開設"),
                ),
            ),
        )
    )
    found = {(one.kind, one.title) for one in told(old, new)}
    assert found == {
        (Kind.INDICATOR_REPLACED, "満足度"),
        (Kind.MOVED, "通学路の点検"),
        (Kind.ADDED, "防犯灯"),
        (Kind.ADDED, "見守り隊"),
        (Kind.ADDED, "河川の監視"),
        (Kind.ADDED, "避難所の開設"),
        (Kind.MARK_MISMATCH, "防犯灯"),
        (Kind.MARK_MISMATCH, "避難所の開設"),
    }


def test_a_split_and_a_merge_are_told_once() -> None:
    whole = Measure(title="防災・防犯カメラ整備事業", description=TEXT)
    parts = (
        Measure(title="防災カメラ整備事業", description=TEXT),
        Measure(title="防犯カメラ整備事業", description="駅前の防犯を強める"),
    )
    assert kinds(Plan(measures=(whole,)), Plan(measures=parts)) == [(Kind.SPLIT, Effect.NEUTRAL)]
    assert kinds(Plan(measures=parts), Plan(measures=(whole,))) == [(Kind.MERGED, Effect.NEUTRAL)]


def test_what_was_over_is_no_loss() -> None:
    old = one_measure(status=Status.COMPLETED)
    assert kinds(old, Plan(title="計画")) == [(Kind.REMOVED, Effect.NEUTRAL)]
    assert Labels(old.measures[0].labels) == {}
