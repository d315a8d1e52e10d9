"""Figures, years, stars and names in spellings that the one document at hand does not show."""

from decimal import Decimal

import pytest

from munidx.adapters import PassReason, Reading
from munidx.document import Source
from munidx.model import Comparator, Goal, Indicator, Measure, Observation, State, Status, walk
from munidx.readers import read_source
from munidx_itami.adapter import ItamiAdapter

_HEAD = (
    "大綱 みどりのまち\n\n施策 11 公園\n\n実施施策 111 公園の手入れ\n\n"
    "評価部局： 都市部 関連部局： －\n\n"
)
_YEARS = "基準年度\nR3 R4 R5 R6\n\nR元\n\n令和３年度\nの計画\n\n苗木を市民へ配る。\n\n"
_RATED = "令和３年度\n評価\n\n{stars}\n評価の\n理由\n\n花壇の数が増えた。\n\n"
_WORDS = "① 苗木の配布数（本） ↑ 市民へ配った苗木の数\n目標 {targets}\n\n実績 {actuals}\n\n"


def _read(text: str) -> tuple[Goal, Reading]:
    source = Source("figures.txt", f"{_HEAD}{text}".encode())
    reading = ItamiAdapter().read(read_source(source))
    goals = (item.node for item in walk(reading.plans[0]))
    goal = next(node for node in goals if isinstance(node, Goal) and node.level == "実施施策")
    return goal, reading


def _told(seen: Observation) -> tuple[object, ...]:
    return (seen.value, seen.low, seen.high, seen.comparator, seen.unit)


@pytest.mark.parametrize(
    ("printed", "told"),
    [
        ("約6,300", (6300, None, None, Comparator.ABOUT, "")),
        ("333以上", (333, None, None, Comparator.AT_LEAST, "")),
        ("5未満", (5, None, None, Comparator.BELOW, "")),
        ("17～20", (None, 17, 20, None, "")),
        ("17％～20％", (None, 17, 20, None, "%")),
        ("34,000件", (34000, None, None, None, "件")),
        ("3.0点以上", (Decimal("3.0"), None, None, Comparator.AT_LEAST, "点")),
        ("９９％", (99, None, None, None, "%")),
        ("△1.5", (Decimal("-1.5"), None, None, None, "")),
    ],
)
def test_figures_with_words(printed: str, told: tuple[object, ...]) -> None:
    words = _WORDS.format(targets=" ".join([printed] * 4), actuals=f"{printed} {printed}")
    goal, reading = _read(words + _YEARS)
    (indicator,) = goal.indicators
    assert [target.year for target in indicator.targets] == [2021, 2022, 2023, 2024]
    assert {_told(target) for target in indicator.targets} == {told}
    assert {target.text for target in indicator.targets} == {printed}
    assert not [left for left in reading.leftovers if left.reason is None]


def test_a_detached_target_with_its_unit() -> None:
    words = (
        "40件\n\n実績 0件 37件\n① 苗木の配布数 ↑\n\n市民へ配った苗木の数\n\n目標\n\n"
        "10件 20件 30件\n\n"
    )
    goal, _ = _read(_RATED.format(stars="☆☆") + words + _YEARS)
    (indicator,) = goal.indicators
    assert [target.value for target in indicator.targets] == [10, 20, 30, 40]
    assert indicator.baseline
    assert (indicator.baseline.value, indicator.baseline.unit) == (Decimal(0), "件")


def test_a_figure_that_ends_a_sentence_stays_in_it() -> None:
    goal, _ = _read(
        _RATED.format(stars="☆☆") + "成果\n\n花壇を新しく作った数は去年より多く、\n12件\n"
    )
    assert goal.evaluations[0].results == "花壇を新しく作った数は去年より多く、12件"


@pytest.mark.parametrize(
    ("targets", "words"),
    [
        ("17 17 17 17", "苗木（17％～20％の範囲内）"),
        ("17～20 17～20 17～20 17～20", "苗木（17％～20％の範囲内）"),
    ],
)
def test_a_range_in_the_cell_is_printed_and_one_in_the_definition_inferred(
    targets: str, words: str
) -> None:
    text = _WORDS.format(targets=targets, actuals="18 19").replace("市民へ配った苗木の数", words)
    goal, _ = _read(text + _YEARS)
    first = goal.indicators[0].targets[0]
    assert (first.low, first.high) == (Decimal(17), Decimal(20))
    assert ("low" in first.inferred) == (targets == "17 17 17 17")


def test_western_years_in_a_torn_header() -> None:
    text = (
        "95 96\n\n実績 97.3 93.4\n\n2023 2024\n2019\n\n課題\n水やりの当番が足りない。\n\n"
        "① 手入れの進み具合（％） ↑ 終えた公園の割合\n目標\n\n基準年度\n2021 2022\n\n93 94\n\n"
        "令和３年度\nの計画\n\n公園を順に手入れする。\n\n"
    )
    goal, reading = _read(text)
    (indicator,) = goal.indicators
    assert [one.year for one in indicator.targets] == [2021, 2022, 2023, 2024]
    assert [one.value for one in indicator.targets] == [93, 94, 95, 96]
    assert indicator.baseline
    assert indicator.baseline.year == 2019
    assert not [left for left in reading.leftovers if left.reason is None]


def test_figures_that_look_like_years_are_figures_where_headers_print_eras() -> None:
    words = _WORDS.format(targets="2021 2022 2023 2024", actuals="2019 2020")
    goal, _ = _read(words.replace("目標 2021", "目標\n\n2021") + _YEARS)
    assert [one.value for one in goal.indicators[0].targets] == [2021, 2022, 2023, 2024]


@pytest.mark.parametrize("mark", ["－", "―", "未定"])
def test_a_year_that_was_not_rated(mark: str) -> None:
    words = "3\n\n実績 1 2\n① 講座の数 ↑\n\n開いた講座の数\n\n目標\n\n3 3 3\n\n"
    goal, _ = _read(words + _YEARS + _RATED.format(stars=mark))
    rating = goal.evaluations[0].rating
    assert rating
    assert (rating.text, rating.score, rating.scale) == (mark, None, None)
    assert [one.value for one in goal.indicators[0].targets] == [3, 3, 3, 3]


def test_full_and_empty_stars_print_the_scale() -> None:
    goal, _ = _read(_RATED.format(stars="★★☆☆"))
    rating = goal.evaluations[0].rating
    assert rating
    assert (rating.score, rating.scale) == (2, 4)


def test_bureaus_parted_by_dots() -> None:
    source = _HEAD.replace("関連部局： －", "関連部局： 市民部・会計室、広報・魅力発信課")
    reading = ItamiAdapter().read(read_source(Source("figures.txt", source.encode())))
    goal = reading.plans[0].goals[0].goals[0].goals[0]
    assert [owner.name for owner in goal.owners] == [
        "都市部",
        "市民部",
        "会計室",
        "広報・魅力発信課",
    ]


def test_costs_that_print_their_own_unit_and_a_mark_on_a_title() -> None:
    rows = (
        "事務事業\nコード\n\n— R５（千円）\n— — 事業費 人件費\n\n"
        "111010 【新規】花壇事業 1,200千円 3百万円 公園課\n"
    )
    goal, _ = _read(rows)
    (measure,) = (node for node in goal.measures if isinstance(node, Measure))
    assert (measure.title, measure.status) == ("花壇事業", Status.ADDED)
    assert dict(measure.labels) == {"表示": "【新規】"}
    assert [cost.amount for cost in measure.costs] == [1_200_000, 3_000_000]


def test_a_dash_and_a_word_among_figures_with_units() -> None:
    goal, _ = _read(_WORDS.format(targets="10件 － 未定 20件", actuals="－ 9件") + _YEARS)
    indicator: Indicator = goal.indicators[0]
    assert [one.state for one in indicator.targets] == [
        State.REPORTED,
        State.NOT_APPLICABLE,
        State.UNDETERMINED,
        State.REPORTED,
    ]
    assert indicator.baseline
    assert indicator.baseline.state is State.NOT_APPLICABLE


def test_a_series_that_begins_later_is_not_crooked() -> None:
    words = _WORDS.format(targets="－ － 6,700 6,900", actuals="－ －").replace(
        "目標 －", "目標\n\n－"
    )
    goal, reading = _read(words + _YEARS)
    assert [one.value for one in goal.indicators[0].targets] == [None, None, 6700, 6900]
    assert "MX943" not in {finding.code for finding in reading.findings}


def test_words_before_figures_may_end_as_values_do() -> None:
    words = _WORDS.format(targets="1 2 3 4", actuals="5 6")
    goal, reading = _read(words.replace("目標", "目標値").replace("実績", "実績値") + _YEARS)
    (indicator,) = goal.indicators
    assert [one.value for one in indicator.targets] == [1, 2, 3, 4]
    assert indicator.baseline
    assert [one.value for one in (indicator.baseline, *indicator.actuals)] == [5, 6]
    assert not [left for left in reading.leftovers if left.reason is None]


def test_departments_parted_by_other_signs() -> None:
    rows = (
        "事務事業\nコード\n\n— R５（千円）\n— — 事業費 人件費\n\n"
        "企画課、公園課111010 花壇事業 1 2\n\n111020 並木事業 3 4 公園課・広報・魅力発信課\n"
    )
    goal, _ = _read(rows)
    assert [[owner.name for owner in one.owners] for one in goal.measures] == [
        ["企画課", "公園課"],
        ["公園課・広報・魅力発信課"],
    ]


@pytest.mark.parametrize("number", ["－ 142 －", "143/320", "p.12", "12ページ"])
def test_page_numbers_that_say_so(number: str) -> None:
    words = "850\n\n実績 1 2\n① 講座の数 ↑\n\n開いた講座の数\n\n目標\n\n850 850 850\n\n"
    goal, reading = _read(_YEARS + words + f"\n{number}\n\n\n\n")
    assert [one.value for one in goal.indicators[0].targets] == [850, 850, 850, 850]
    told = [left for left in reading.leftovers if left.reason is PassReason.PAGE_NUMBER]
    assert len(told) == 1
    assert not [left for left in reading.leftovers if left.reason is None]


def test_a_printed_title_is_not_inferred() -> None:
    text = f"令和３年度 行政評価（事後評価）\n伊丹市\n\n{_HEAD}{_YEARS}"
    reading = ItamiAdapter().read(read_source(Source("figures.txt", text.encode())))
    plan = reading.plans[0]
    assert (plan.title, plan.inferred) == ("令和３年度 行政評価（事後評価）", ("municipality",))
    assert not [left for left in reading.leftovers if left.reason is None]


@pytest.mark.parametrize(
    "name",
    [
        "危機管理監",
        "改革推進チーム",
        "市民プラザ",
        "市長直轄組織",
        "全庁",
        "企画課ほか",
        "教育委員会事務局",
    ],
)
def test_names_of_departments(name: str) -> None:
    rows = (
        "事務事業\nコード\n\n— R５（千円）\n— — 事業費 人件費\n\n"
        f"{name}\n\n111010 花壇事業 1 2\n\n111020 並木事業 3 4 {name}\n"
    )
    goal, reading = _read(rows)
    assert [[owner.name for owner in one.owners] for one in goal.measures] == [[name], [name]]
    assert not [left for left in reading.leftovers if left.reason is None]
