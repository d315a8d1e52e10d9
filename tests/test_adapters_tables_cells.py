"""A cell as a part of a node."""

from decimal import Decimal

import pytest

from munidx.adapters.tables import Column
from munidx.adapters.tables.cells import (
    as_title,
    cost_of,
    is_parted,
    is_plain,
    observation_of,
    owners_of,
    period_of,
    points_of,
    status_and_title,
    time_of,
    when_of,
)
from munidx.adapters.tables.headings import Slot
from munidx.model import Comparator, CostBasis, FiscalYear, Period, State, Status


@pytest.mark.parametrize(
    ("text", "loose", "tight"),
    [
        ("窓口\n改善事業", "窓口改善事業", "窓口改善事業"),
        ("万博 こども招待", "万博 こども招待", "万博こども招待"),
        ("SNS\nPR 事業", "SNS PR 事業", "SNS PR事業"),
    ],
)
def test_line_breaks_leave_titles(text: str, loose: str, tight: str) -> None:
    assert (as_title(text), as_title(text, tight=True)) == (loose, tight)


@pytest.mark.parametrize(
    ("text", "status", "title"),
    [
        ("窓口事業【新規】", Status.ADDED, "窓口事業"),
        ("【拡充】窓口事業", Status.ACTIVE, "【拡充】窓口事業"),
        ("窓口事業【重点】", None, "窓口事業【重点】"),
        ("窓口事業", None, "窓口事業"),
    ],
)
def test_marks_of_titles(text: str, status: Status | None, title: str) -> None:
    assert status_and_title(text) == (status, title)


def test_a_plain_mark_says_no_more_than_its_status() -> None:
    assert [is_plain(mark) for mark in ("【新規】", "廃止", "拡充", "重点")] == [
        True, True, False, False,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("総務課", [("総務課", ())]),
        ("企画課/総務課、財政課", [("企画課", ()), ("総務課", ()), ("財政課", ())]),
        ("企画課・総務課", [("企画課", ()), ("総務課", ())]),
        ("子ども・若者課", [("子ども・若者課", ())]),
        ("企画部 総務課", [("総務課", ("企画部",))]),
        ("企画課 総務課", [("企画課", ()), ("総務課", ())]),
        ("こども家庭\nセンター\n総務課", [("こども家庭センター", ()), ("総務課", ())]),
        ("保育幼稚園\n課", [("保育幼稚園課", ())]),
        ("全庁\n各種\n団体", [("全庁", ()), ("各種団体", ())]),
    ],
)
def test_owners_are_parted_as_units_are(text: str, told: list[tuple[str, tuple[str, ...]]]) -> None:
    assert [(owner.name, owner.path) for owner in owners_of(text, "a#L1")] == told


def test_owners_of_narrow_cells_are_joined() -> None:
    (owner,) = owners_of("企画部 総務 課", "a#L1", tight=True)
    assert (owner.name, owner.path, owner.source) == ("企画部総務課", (), "a#L1")


def test_times() -> None:
    assert (time_of("R6"), time_of("令和6年8月"), time_of("近日")) == (2024, 2024, None)
    assert time_of("令和6年") == "2024"


@pytest.mark.parametrize("text", ["R6\nR8", "令和6年度 令和8年度", "R6\n8", "2024\n2026"])
def test_times_that_nothing_joins_are_no_period(text: str) -> None:
    assert (period_of(text), when_of(text)) == (None, {})


def test_periods() -> None:
    told = [
        period_of(text) for text in ("R6～R8", "R6～\nR8", "R6 ～ R8", "令和6年度\n～\n令和8年度")
    ]
    assert told == [Period(start=FiscalYear(2024), end=FiscalYear(2026))] * 4


def test_numbers_that_nothing_joins_are_two() -> None:
    assert [is_parted(text) for text in ("1\n2", "１　２", "12", "1 -\n2", "A 1")] == [
        True, True, False, False, False,
    ]  # fmt: skip


def test_points_are_lines_that_begin_with_bullets() -> None:
    assert points_of("・甲\n・乙") == ("甲", "乙")
    assert points_of("甲\n・乙") == ("甲\n・乙",)
    assert points_of(" ・甲 ") == ("・甲",)


@pytest.mark.parametrize(
    ("text", "unit", "amount", "clear"),
    [
        ("1,200", "千円", 1_200_000, True),
        ("1,200千円", "", 1_200_000, True),
        ("1,200", "", None, False),
        ("1,200", "件", None, False),
        ("△5", "円", -5, True),
        ("－", "千円", None, True),
        ("既決予算内", "千円", None, True),
        ("約30", "千円", None, False),
        ("3,000\n2,000", "千円", None, False),
        ("100\n200", "千円", None, False),
        ("１００ ２００", "千円", None, False),
    ],
)
def test_money_needs_a_unit(text: str, unit: str, amount: int | None, clear: bool) -> None:
    cost, understood = cost_of(text, Slot(None, "当初予算額", None, unit), FiscalYear(2024), "a#L1")
    assert (cost.amount, cost.text, understood) == (amount, text, clear)
    assert (cost.year, cost.basis, cost.source) == (2024, CostBasis.BUDGET, "a#L1")


def test_the_form_says_what_the_header_does_not() -> None:
    column = Column("costs", "額", unit="百万円", basis=CostBasis.SETTLED, funding="国")
    cost, clear = cost_of("3", Slot(column, "予算額", None, "", "事業費"), None, "")
    assert (cost.amount, cost.basis, cost.funding) == (3_000_000, CostBasis.SETTLED, "国")
    assert (cost.category, clear) == ("事業費", True)
    both, _ = cost_of("3円", Slot(None, "予算・決算"), None, "")
    assert both.basis is None


@pytest.mark.parametrize(
    ("text", "fields", "clear"),
    [
        ("－", {"state": State.NOT_APPLICABLE}, True),
        ("検討中", {"state": State.UNDETERMINED}, True),
        ("非公表", {"state": State.WITHHELD}, True),
        ("20人以上", {"value": Decimal(20), "comparator": Comparator.AT_LEAST, "unit": ""}, True),
        ("20%", {"value": Decimal(20), "unit": "%"}, True),
        ("3分の1", {"value": None, "fraction": Decimal(1) / 3}, True),
        ("400灯以上", {"value": Decimal(400), "unit": "灯"}, True),
        ("400灯", {"value": Decimal(400), "comparator": None, "unit": "灯"}, True),
        ("400灯くらい", {"state": State.QUALITATIVE}, False),
        ("灯400", {"state": State.QUALITATIVE}, True),
        ("10月末", {"value": None, "state": State.QUALITATIVE}, False),
        ("400灯などを替える", {"state": State.QUALITATIVE}, False),
        ("方針を定める", {"state": State.QUALITATIVE}, True),
        ("20 と 30", {"state": State.QUALITATIVE}, False),
        ("100\n200", {"value": None, "state": State.QUALITATIVE}, False),
        ("１０\n２０件", {"value": None, "state": State.QUALITATIVE}, False),
    ],
)
def test_values(text: str, fields: dict[str, object], clear: bool) -> None:
    seen, understood = observation_of(text, (FiscalYear(2024),), "人", "a#L1")
    assert (seen.year, seen.text, seen.source, understood) == (2024, text, "a#L1", clear)
    for name, told in fields.items():
        value = getattr(seen, name)
        if name == "fraction":
            assert str(value) == "1/3"
        else:
            assert value == told, name


def test_years_that_share_a_cell_are_a_period() -> None:
    seen, _ = observation_of("5", (FiscalYear(2024), FiscalYear(2026)), "", "")
    assert (seen.year, seen.period) == (None, Period(start=FiscalYear(2024), end=FiscalYear(2026)))
    assert observation_of("5", (), "", "")[0].year is None
