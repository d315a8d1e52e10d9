"""What is odd in a DX推進計画 is said, and shifts nothing."""

import pytest

from munidx.adapters import Coverage, Reading
from munidx.adapters.coverage import measure
from munidx.document import Source
from munidx.findings import Severity
from munidx.model import Period, Plan
from munidx.readers import read_source
from munidx_kadoma import dx_plan

_TITLE = "門真市DX推進計画\n\n令和7年度改定\n\n"
_HEAD = _TITLE + "1 考え方\n\n(1) 計画期間\n\n令和8年4月から令和11年3月まで。\n\n"
_AGAIN = "基本目標1 窓口\n\n(1) 予約\n\n《めざす姿》\n\n見本。\n"
_ITEM = """基本目標1 窓口

(1) 予約

見本の説明です。

《取組の方向性》

- 画面を直します。

《めざす姿》

便利です。

"""
_CONTENTS = "目次\n\n(9) 無い章\t3\n1-(4) 無い項目.....4\n\n本文。\n"
_TWO_TELEPHONES = "571-8585\n\nTEL: 06-6902-1231\n\nTEL: 06-6902-1232\n"
_STEPS = "重点取組事項のスケジュール\n\n重点取組事項 個別施策\tR8\tR9\n"
_HISTORY = "【取組】\n\n導入時期\t取組内容\n"
_TERMS = "用語集\n\n#\t用語\t解説\n"


def read(body: str, head: str = _HEAD + _ITEM) -> tuple[Reading, Coverage]:
    publication = read_source(Source("a.txt", (head + body).encode()))
    reading = dx_plan.read(publication)
    return reading, measure(publication, reading.plans, reading.leftovers)


def plan_of(body: str) -> Plan:
    return read(body)[0].plans[0]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        pytest.param(_STEPS + "予約\t\t\nい\t導入\t拡充\n", [], id="nothing"),
        pytest.param(_STEPS + "予 約\t\t\nい\t導入\nい\t拡充\n", ["MX977"], id="step twice"),
        pytest.param(_STEPS + "予約\t\t\n", ["MX930"], id="no steps"),
        pytest.param(_STEPS + "受付\t\t\nい\t導入\n", ["MX926"], id="other title"),
        pytest.param(
            _STEPS + "予約\t\t\nい\t導入\n受付\t\t\nろ\t導入\n", ["MX930"], id="unknown item"
        ),
        pytest.param(_STEPS + "い\t導入\n", ["MX920"], id="step without item"),
        pytest.param(_STEPS + "予約\t\t\nい\t導入\n\t続き\t\n", ["MX920"], id="no title"),
        pytest.param(_STEPS.replace("R9", "R10") + "予約\nい\t導入\n", ["MX922"], id="years"),
        pytest.param(_STEPS.replace("R9", "R9(2030)") + "予約\nい\t導入\n", ["MX928"], id="eras"),
        pytest.param(_STEPS.replace("R9", "R9\t予算") + "予約\nい\t導入\n", ["MX929"], id="column"),
        pytest.param("何か\t別の表\n", ["MX920"], id="unknown table"),
        pytest.param(_AGAIN, ["MX977", "MX922", "MX930"], id="chapter twice"),
        pytest.param("基本目標3 別\n\n見本。\n", ["MX922"], id="goal left out"),
        pytest.param("<基本目標1> 別の名\n\n見本。\n", ["MX926"], id="goal of two names"),
        pytest.param("<2つの基本目標>\n", ["MX925"], id="count"),
        pytest.param("見出しのない行\n", ["MX931"], id="sidebar"),
        pytest.param("何かの概要\n\n件名: なし\n", ["MX931"], id="box without figures"),
        pytest.param("《予算》\n\n5,000千円\n", ["MX931"], id="label"),
    ],
)  # fmt: skip
def test_what_is_odd_in_an_item_is_said(body: str, expected: list[str]) -> None:
    reading, _ = read(body)
    told = [one.code for one in reading.findings if one.severity is not Severity.INFO]
    assert sorted(set(told)) == sorted(set(expected))


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        pytest.param(_HISTORY + "令和3年4月\t甲\n令和3年4月\t甲\n", ["MX977"], id="event twice"),
        pytest.param(_HISTORY + "\t甲\n", ["MX921"], id="nothing above"),
        pytest.param(_HISTORY + "いつか\t甲\n", ["MX921"], id="no date"),
        pytest.param(_HISTORY + "令和3年4月\t\n", ["MX920"], id="no text"),
        pytest.param(_HISTORY + "令和3(2020)年4月\t甲\n", ["MX928"], id="eras disagree"),
        pytest.param(_TERMS + "A\tAI\t見本。\n\tAI\t見本。\n", ["MX977"], id="term twice"),
        pytest.param(_TERMS + "AAA\tAI\t見本。\n", ["MX920"], id="no index"),
        pytest.param(_TERMS + "A\t\t見本。\n", ["MX920"], id="no term"),
        pytest.param(_TERMS + "A\tAI\t切れた文\n", ["MX921"], id="cut"),
        pytest.param("571-8585\n\nTEL: 06-69\n", ["MX921", "MX930"], id="cut telephone"),
        pytest.param("571-8585\n\nE-mail: a@city.kado\n", ["MX921", "MX930"], id="cut mail"),
        pytest.param(_TWO_TELEPHONES, ["MX930", "MX977"], id="two telephones"),
        pytest.param("(1) 予約\n\n《めざす姿》\n\n見本。\n", ["MX930"], id="item without goal"),
        pytest.param(_CONTENTS, ["MX930"], id="contents"),
        pytest.param(
            "(基本目標)\t(重点取組事項)\n1 窓口\tなし\n", ["MX920"], id="overview without items"
        ),
        pytest.param("《めざす姿》\n", ["MX930"], id="label without item"),
    ],
)  # fmt: skip
def test_what_is_odd_elsewhere_is_said(body: str, expected: list[str]) -> None:
    reading, _ = read(body + "\n" + _ITEM, head=_HEAD)
    told = [one.code for one in reading.findings if one.severity is not Severity.INFO]
    assert sorted(set(told)) == sorted(set(expected))


def test_an_unknown_month_of_the_history_stays_unknown() -> None:
    reading, _ = read(_HISTORY + "令和3(2021)年●月\t甲\n", head=_HEAD)
    assert reading.plans[0].milestones[0].date == "2021"
    assert "MX927" in [finding.code for finding in reading.findings]


def test_an_edition_of_a_fiscal_year_and_a_revision() -> None:
    edition = plan_of("").edition
    assert edition is not None
    assert (edition.year, edition.date, edition.status) == (2025, None, "amended")
    draft = read("", head="門真市DX推進計画(素案)\n\n2025年3月\n\n" + _ITEM)[0].plans[0].edition
    assert draft is not None
    assert (draft.date, draft.status) == ("2025-03", "draft")
    bare = read("", head="門真市DX推進計画（改定版）\n\n目次\n\n" + _ITEM)[0].plans[0].edition
    assert bare is not None
    assert (bare.label, bare.status) == ("", "amended")
    assert read("", head="門真市DX推進計画\n\n目次\n\n" + _ITEM)[0].plans[0].edition is None


def test_a_period_that_is_missing_or_unreadable_is_said() -> None:
    missing = read("", head="門真市DX推進計画\n\n" + _ITEM)[0]
    assert ("MX930", "計画期間") in [(f.code, f.params.get("section")) for f in missing.findings]
    head = "門真市DX推進計画\n\n1 考え方\n\n(1) 計画期間\n\n令和8年4月に始めます。\n\n"
    unread = read("", head=head + _ITEM)[0]
    assert "MX921" in [finding.code for finding in unread.findings]
    assert unread.plans[0].period is None


def test_a_schedule_with_a_column_for_its_items_is_read() -> None:
    table = "重点取組事項\t個別施策\tR8\tR9\n予約\tい\t導入\t\n\t\t続き\t\n\tろ\t\t拡充\n"
    plan = plan_of("重点取組事項のスケジュール\n\n" + table.replace("\n\t\t続", "\n\n\t\t続"))
    first, second = plan.goals[0].measures[0].measures
    assert (first.title, first.schedule[0].text) == ("い", "導入 続き")
    assert [(entry.start, entry.text) for entry in second.schedule] == [(2027, "拡充")]


def test_an_action_cut_by_a_page_is_joined_and_a_plain_list_is_read() -> None:
    cut = _ITEM.replace("- 画面を直します。", "- 画面を\n\n直します。")
    assert read("", head=_HEAD + cut)[0].plans[0].goals[0].measures[0].actions == (
        "画面を直します。",
    )
    plain = _ITEM.replace("- 画面を直します。", "画面を直します。\n\n人をふやします。")
    (measure,) = read("", head=_HEAD + plain)[0].plans[0].goals[0].measures
    assert measure.actions == ("画面を直します。", "人をふやします。")


def test_a_bullet_below_the_aim_is_no_action() -> None:
    reading, coverage = read("- 別の箇条です。\n")
    (item,) = reading.plans[0].goals[0].measures
    assert item.actions == ("画面を直します。",)
    assert [place.text for place in coverage.unread_places] == ["- 別の箇条です。"]


def test_the_period_is_the_span_that_is_set_and_not_one_that_is_told_of() -> None:
    told = "国の計画(令和3年1月から令和8年3月まで)に続き、令和8年4月から令和11年3月末までとします。"
    head = _TITLE + "1 考え方\n\n(1) 計画期間\n\n"
    reading, _ = read("", head=head + told + "\n\n" + _ITEM)
    assert reading.plans[0].period == Period(start="2026-04", end="2029-03")
    assert "MX926" not in [finding.code for finding in reading.findings]
    open_ = read("", head=head + told.replace("とします", "") + "\n\n" + _ITEM)[0]
    assert "MX926" in [finding.code for finding in open_.findings]


def test_phases_in_the_row_of_an_item_are_its_own() -> None:
    second = "(2) 受付\n\n《取組の方向性》\n\n- 見本。\n\n《めざす姿》\n\n見本。\n\n"
    table = "予約\t\t\nい\t導入\t\n受付\t開始\t拡充\n"
    first, other = plan_of(second + _STEPS + table).goals[0].measures
    assert [step.title for step in first.measures] == ["い"]
    (step,) = other.measures
    assert [entry.text for entry in step.schedule] == ["開始", "拡充"]


@pytest.mark.parametrize(
    "answer",
    ["「60代」及び「70代」が 50%です。", "「70代」が 50%、前回の「70代」が 40%です。"],
)
def test_a_share_of_two_groups_or_of_another_survey_stays_words(answer: str) -> None:
    caption = "(2) 現状\n\n<参考> 令和3年度「暮らしのアンケート」結果より「席について」\n\n"
    reading, _ = read(caption + f"- {answer}\n", head=_HEAD)
    (seen,) = reading.plans[0].indicators[0].actuals
    assert (seen.state, seen.value, seen.text) == ("qualitative", None, answer)


def test_each_law_is_a_reference_of_its_own() -> None:
    head = _TITLE + "1 基本\n\n(1) 計画の位置付け\n\n甲乙法第9条第3項及び丙丁条例第2条の計画。\n\n"
    laws = [(one.title, one.code) for one in read("", head=head)[0].plans[0].references]
    assert laws == [("甲乙法", "第9条第3項"), ("丙丁条例", "第2条")]


@pytest.mark.parametrize("section", ["スケジュール", "将来像"])
def test_a_part_that_an_edition_leaves_out_altogether_is_told(section: str) -> None:
    vision = "(2) 計画の位置づけ\n\n本市の将来像「見本のまち」を目指します。\n\n"
    body = {"スケジュール": vision + _ITEM, "将来像": _ITEM + _STEPS + "予約\t\t\nい\t導入\t拡充\n"}
    whole = vision + _ITEM + _STEPS + "予約\t\t\nい\t導入\t拡充\n"
    lacking = read(body[section], head=_HEAD)[0].findings
    assert [(f.code, f.severity, f.params) for f in lacking] == [
        ("MX930", Severity.INFO, {"section": section})
    ]
    assert read(whole, head=_HEAD)[0].findings == ()
