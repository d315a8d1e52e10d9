"""Progress as text, JSON, CSV and a page; hostile titles stay text in each."""

import csv
import io
import json
import re
from decimal import Decimal
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from lxml import etree, html

import munidx
from munidx import Goal, Indicator, Observation, Period, Plan
from munidx.judgement import Obstacle, Verdict
from munidx.progress import progress
from munidx.report.progress import (
    FORMATS,
    by_goal,
    figure_text,
    progress_file,
    render_progress,
    time_text,
)
from munidx.report.progress_words import OBSTACLES, VERDICTS, WORDS
from munidx.testing import strategies
from munidx.testing.profiles import examples

HOSTILE = '=HYPERLINK("http://x","y")<script>alert(1)</script>\x1b[31m\u202e'


def seen(value: int, year: int, **fields: Any) -> Observation:  # noqa: ANN401
    return Observation(year=year, value=Decimal(value), **fields)


RATE = Indicator(
    code="1",
    title="電子申請率",
    unit="%",
    direction=munidx.Direction.INCREASE,
    baseline=seen(40, 2023),
    targets=(seen(50, 2024), seen(80, 2027)),
    actuals=(seen(52, 2024),),
)
PLAN = Plan(
    title="計画",
    goals=(Goal(code="1", title="くらし", indicators=(RATE,)), Goal(code="2", title="空")),
    indicators=(Indicator(title="満足度"), evolve(RATE, actuals=(seen(30, 2024),))),
)


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_every_word_is_there_in_both_languages(lang: str) -> None:
    assert set(VERDICTS[lang]) == set(Verdict)
    assert set(OBSTACLES[lang]) == set(Obstacle)
    assert set(WORDS[lang]) == set(WORDS["en"])


def test_the_text_has_goals_with_their_indicators_and_the_rest_last() -> None:
    assert render_progress(progress(PLAN)) == (
        "計画\n"
        "  met 1, missed 1, not judged 1 (no actual figure 1)\n"
        "\n"
        "1 くらし\n"
        "  met 1, missed 0, not judged 0\n"
        "  met  1 電子申請率\n"
        "      actual FY2024 52%, target FY2024 50%, of the way 30% (last target FY2027 80%)\n"
        "\n"
        "outside all goals\n"
        "  not judged  満足度 (no actual figure)\n"
        "  missed  1 電子申請率\n"
        "      actual FY2024 30%, target FY2024 50%, "
        "of the way farther off than at the baseline (last target FY2027 80%)\n"
    )


def test_the_text_in_japanese_has_no_english_word() -> None:
    told = render_progress(progress(PLAN), lang="ja")
    assert not re.search("[A-Za-z]{2}", told)
    assert "実績値 令和6年度 52%" in told


def test_a_plan_without_indicators_says_so() -> None:
    assert render_progress(progress(Plan())) == "the plan as a whole\n  no indicators\n"
    assert "no indicators" in render_progress(progress(Plan()), "html")


def test_colour_is_only_asked_for() -> None:
    assert "\x1b[32mmet\x1b[0m" in render_progress(progress(PLAN), colour=True)
    assert "\x1b" not in render_progress(progress(PLAN))


def test_the_data() -> None:
    data = json.loads(progress_file(progress(PLAN), "json"))
    assert data["version"] == 1
    assert data["plan"]["obstacles"] == {"no-actual": 1}
    assert [goal["path"] for goal in data["goals"]] == ["goals[1]", "goals[2]"]
    first, second, _ = data["indicators"]
    assert (first["verdict"], first["share"], first["obstacle"]) == ("met", 0.3, None)
    assert first["actual"] == {"year": 2024, "value": 52}
    assert (second["verdict"], second["share"], second["actual"]) == ("unjudged", None, None)
    assert second["obstacle"] == second["share_obstacle"] == "no-actual"


def rows(plan: Plan) -> list[dict[str, str]]:
    text = progress_file(progress(plan), "csv").decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def test_the_table_has_a_row_for_each_indicator() -> None:
    first, second, third = rows(PLAN)
    assert first["goal"] == "1 くらし"
    assert (first["actual"], first["actual_time"], first["share"]) == ("52", "FY2024", "0.3000")
    assert (second["goal"], second["title"], second["obstacle"]) == ("", "満足度", "no-actual")
    assert third["share"] == "-0.2500"
    assert progress_file(progress(PLAN), "csv").startswith(b"\xef\xbb\xbf")


@pytest.mark.parametrize("title", ["=1+1", "+1", "-a", "@x", "＝1", " =1", "\t=1", "|x", "%x"])
def test_no_cell_is_a_formula(title: str) -> None:
    (row,) = rows(Plan(indicators=(evolve(RATE, title=title, code=title, unit=title),)))
    for name in ("title", "code", "unit"):
        assert row[name].startswith("'")


def test_a_text_form_that_is_bytes_is_no_text() -> None:
    with pytest.raises(TypeError):
        render_progress(progress(PLAN), "csv")


def test_a_hostile_title_stays_text_in_every_form() -> None:
    goal = Goal(title=HOSTILE, indicators=(evolve(RATE, title=HOSTILE, unit=HOSTILE),))
    found = progress(Plan(title=HOSTILE, goals=(goal,)))
    for form in set(FORMATS) - {"json"}:
        assert not set("\x1b\u202e") & set(progress_file(found, form).decode())
    tree = html.fromstring(progress_file(found, "html"))
    assert not list(tree.iter("script", "a", "img"))
    assert [(head.text or "")[:10] for head in tree.iter("h2")] == ["=HYPERLINK"]
    assert [svg.get("aria-label", "")[:19] for svg in tree.iter("svg")] == ["trend: 1 =HYPERLINK"]


def test_a_goal_whose_indicators_stand_below_it_has_no_table_of_its_own() -> None:
    plan = Plan(goals=(Goal(title="上", goals=PLAN.goals),))
    tree = html.fromstring(progress_file(progress(plan), "html"))
    assert [head.text for head in tree.iter("h2")] == ["上", "1 くらし"]
    assert len(list(tree.iter("table"))) == 1


def test_the_page_asks_for_nothing() -> None:
    page = render_progress(progress(PLAN), "html")
    assert "default-src 'none'; style-src 'sha256-" in page
    assert not re.search(r"https?:|src=|url\(|@import", page)


def charts(*indicators: Indicator) -> list[Any]:
    page = render_progress(progress(Plan(indicators=indicators)), "html")
    return [etree.fromstring(svg) for svg in re.findall("<svg.*?</svg>", page)]


def test_a_chart_shows_what_was_seen_and_what_is_aimed_at() -> None:
    (svg,) = charts(RATE)
    assert [line.get("class") for line in svg.iter("polyline")] == ["seen", "aim"]
    assert [dot.get("class") for dot in svg.iter("circle")] == ["ring", "ring", "dot", "dot"]
    first, second = (dot for dot in svg.iter("circle") if dot.get("class") == "dot")
    assert float(first.get("cx")) < float(second.get("cx"))
    assert float(first.get("cy")) > float(second.get("cy"))  # more is higher up


def test_a_chart_is_told_in_words_to_who_does_not_see_it() -> None:
    (svg,) = charts(RATE)
    assert svg.get("role") == "img"
    assert svg.get("aria-label") == (
        "trend: 1 電子申請率: baseline FY2023 40%, actual FY2024 52%, "
        "target FY2024 50%, target FY2027 80%"
    )
    page = render_progress(progress(Plan(indicators=(RATE,))), "html", lang="ja")
    assert "推移: 1 電子申請率: 基準値 令和5年度 40%、実績値 令和6年度 52%、目標値" in page


def test_a_chart_shows_only_figures_of_one_kind_and_none_alone() -> None:
    other = seen(9, 2022, unit="人")
    (svg,) = charts(evolve(RATE, actuals=(*RATE.actuals, other)))
    assert len(list(svg.iter("circle"))) == 4
    assert charts(evolve(RATE, targets=(), baseline=None)) == []
    assert charts(Indicator(title="満足度")) == []


def test_figures_that_never_change_stand_in_the_middle() -> None:
    flat = evolve(RATE, baseline=None, targets=(seen(5, 2025),), actuals=(seen(5, 2024),))
    (svg,) = charts(flat)
    assert {dot.get("cy") for dot in svg.iter("circle")} == {"24.0"}


@pytest.mark.parametrize(
    ("one", "en", "ja"),
    [
        (seen(80, 2024, comparator=munidx.Comparator.AT_LEAST), "at least 80%", "80%以上"),
        (Observation(low=Decimal(17), high=Decimal(20)), "17–20%", "17–20%"),
        (Observation(low=Decimal(17), unit="人"), "17–人", "17–人"),
        (None, "—", "―"),
    ],
)
def test_a_figure_in_words(one: Observation, en: str, ja: str) -> None:
    assert (figure_text(one, RATE, "en"), figure_text(one, RATE, "ja")) == (en, ja)


@pytest.mark.parametrize(
    ("one", "told"),
    [
        (Observation(date="2024-08"), "2024-08"),
        (Observation(period=Period(start=2020, end=2024)), "FY2020–FY2024"),
        (Observation(), ""),
    ],
)
def test_a_time_in_words(one: Observation, told: str) -> None:
    assert time_text(one, "en") == told


@examples(500)
@given(strategies.plans())
def test_every_plan_can_be_reported_in_every_form_property(plan: Plan) -> None:
    found = progress(plan)
    made = {form: progress_file(found, form, lang="ja") for form in FORMATS}
    count = len(found.indicators)
    assert len(json.loads(made["json"])["indicators"]) == count
    assert sum(len(several) for _, several in by_goal(found)) == count
    table = list(csv.reader(io.StringIO(made["csv"].decode("utf-8-sig"))))
    assert [len(row) for row in table] == [18] * (count + 1)
    assert len(list(html.fromstring(made["html"]).iter("tr"))) >= count


def test_a_cell_is_a_number_only_where_one_is_printed_alone() -> None:
    bound = seen(80, 2024, comparator=munidx.Comparator.AT_LEAST)
    (row,) = rows(Plan(indicators=(evolve(RATE, targets=(bound,)),)))
    assert (row["actual"], row["target"]) == ("52", "at least 80")
