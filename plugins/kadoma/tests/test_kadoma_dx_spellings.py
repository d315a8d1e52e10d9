"""Spellings of the DX推進計画 that its one edition at hand does not show."""

from decimal import Decimal

import pytest

from munidx.adapters import Coverage, Reading
from munidx.adapters.coverage import measure
from munidx.document import Source
from munidx.findings import Severity
from munidx.model import Comparator, EditionStatus, OpenEnd, Plan, ScheduleEntry, Status
from munidx.readers import read_source
from munidx_kadoma import dx_plan

_TITLE = "門真市DX推進計画【改訂版】\n\n"
_HEAD = "1 考え方\n\n(1) 計画期間\n\n令和8年4月から令和11年3月までとします。\n\n"
_ITEM = """基本目標1 窓口

(1) 予約※12の拡大

見本の説明です。

《取組の方向性》

- 画面を直します。

《めざす姿》

便利です。

"""
_STEPS = "重点取組事項のスケジュール\n\n重点取組事項 個別施策\tR8\tR9\t{last}\n予約の拡大\t\t\t\n"


def read(body: str, front: str = "令和7年度改定\n\n") -> tuple[Plan, Reading, Coverage]:
    publication = read_source(Source("a.txt", (_TITLE + front + _HEAD + body).encode()))
    reading = dx_plan.read(publication)
    coverage = measure(publication, reading.plans, reading.leftovers)
    return reading.plans[0], reading, coverage


def schedule(row: str, last: str = "R10") -> tuple[ScheduleEntry, ...]:
    plan, _, coverage = read(_ITEM + _STEPS.format(last=last) + row + "\n")
    assert coverage.unread == 0
    return plan.goals[0].measures[0].measures[0].schedule


@pytest.mark.parametrize("arrow", ["→", "⇒", "〃", "同上"])
def test_an_arrow_says_that_a_phase_goes_on(arrow: str) -> None:
    first, second = schedule(f"画面\t試行\t{arrow}\t導入")
    assert (first.start, first.end, first.text, first.inferred) == (2026, 2027, "試行", ())
    assert (second.start, second.end, second.inferred) == (2028, 2028, ())


def test_an_arrow_without_a_phase_before_it_is_kept_as_printed() -> None:
    (entry,) = schedule("画面\t→\t\t")
    assert (entry.text, entry.start, entry.end, entry.inferred) == ("→", 2026, 2028, ("end",))


def test_a_dash_ends_a_phase() -> None:
    first, second = schedule("画面\t試行\t－\t導入")
    assert (first.end, first.inferred, second.start) == (2026, (), 2028)
    (alone,) = schedule("画面\t試行\t－\t")
    assert (alone.end, alone.inferred) == (2026, ())


@pytest.mark.parametrize("last", ["令和10年度以降", "R10(2028)年度以降", "R10年度～"])
def test_the_last_column_may_be_of_all_years_from_it_on(last: str) -> None:
    first, second = schedule("画面\t試行\t\t導入", last)
    assert (first.end, first.open) == (2027, None)
    assert (second.start, second.end, second.open, second.inferred) == (
        2028,
        None,
        OpenEnd.END,
        (),
    )
    (whole,) = schedule("画面\t試行\t\t", last)
    assert (whole.start, whole.end, whole.open, whole.inferred) == (
        2026,
        None,
        OpenEnd.END,
        ("open",),
    )


def test_a_column_of_no_year_is_none() -> None:
    _, reading, _ = read(
        _ITEM + _STEPS.format(last="令和10年度から令和12年度") + "画面\t試行\t\t\n"
    )
    assert "MX929" in {finding.code for finding in reading.findings}


def test_numbers_of_footnotes_are_no_part_of_titles() -> None:
    terms = "用語集\n\n#\t用語\t解説\nあ\tAI※3\t見本の説明のこと。\n"
    row = _STEPS.format(last="R10") + "画面【新規】\t試行\t\t\n"
    plan, reading, coverage = read(_ITEM + row + terms)
    item = plan.goals[0].measures[0]
    assert item.title == "予約の拡大"
    assert plan.glossary[0].term == "AI"
    assert (item.measures[0].title, item.measures[0].status) == ("画面", Status.ADDED)
    assert dict(item.measures[0].labels) == {"表示": "【新規】"}
    assert coverage.unread == 0
    assert [one.code for one in reading.findings if one.severity is not Severity.INFO] == []


def test_the_date_of_a_revision_stands_below_the_first() -> None:
    plan, _, coverage = read(_ITEM, "令和4年12月策定\n\n令和6年3月改訂\n\n")
    assert plan.edition is not None
    assert (plan.edition.label, plan.edition.date) == ("令和6年3月改訂", "2024-03")
    assert plan.edition.status is EditionStatus.AMENDED
    assert plan.labels["当初"] == "令和4年12月策定"
    assert coverage.unread == 0


def test_a_second_date_that_says_nothing_of_a_revision_is_left() -> None:
    plan, _, coverage = read(_ITEM, "令和4年12月\n\n令和6年3月\n\n")
    assert plan.edition is not None
    assert plan.edition.label == "令和4年12月"
    assert [left.text for left in coverage.unread_places] == ["令和6年3月"]


def test_a_definition_that_is_a_list_is_whole() -> None:
    box = "見本の定義\n\n- (1) だれでも使えるもの\n"
    _, reading, _ = read(_ITEM + box)
    assert "MX921" not in {finding.code for finding in reading.findings}


@pytest.mark.parametrize(
    ("value", "told"),
    [
        ("2,700件（うち電子化済 810件）", (Decimal(2700), None, "件")),
        ("約2,700", (Decimal(2700), Comparator.ABOUT, "")),
    ],
)
def test_fields_of_a_box_with_remarks(value: str, told: tuple[object, ...]) -> None:
    plan, _, coverage = read(f"{_ITEM}手続の調べの概要\n\n手続の数: {value}\n")
    (indicator,) = plan.goals[0].measures[0].indicators
    (actual,) = indicator.actuals
    assert (actual.value, actual.comparator, actual.unit) == told
    assert actual.text == value
    assert coverage.unread == 0


def test_a_rate_that_is_about() -> None:
    caption = "<参考> 令和5年度「見本アンケート」結果より「機器について」\n\n"
    note = "*令和5年度「見本アンケート」\n回答率：約60%(対象者数3,000名、回答者数1,800名)\n"
    plan, _, _ = read(f"2 状況\n\n(1) 現状\n\n見本です。\n\n{caption}{note}")
    told = {one.title: one.actuals[0] for one in plan.indicators}
    assert told["回答率"].comparator is Comparator.ABOUT
    assert told["回答率"].value == Decimal(60)
    assert told["回答者数"].value == Decimal(1800)


@pytest.mark.parametrize("name", ["Eメール", "電子メール", "E-mail"])
def test_words_for_mail(name: str) -> None:
    imprint = "571-8585\n\n門真市 企画部 見本課\n\nTEL: 06-6902-1231\n\n"
    plan, _, coverage = read(f"{_ITEM}{imprint}{name}：dx@city.example.jp\n")
    assert plan.labels[name] == "dx@city.example.jp"
    assert coverage.unread == 0
