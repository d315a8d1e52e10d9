"""Lineages as text, JSON, CSV and a page; hostile titles stay text in each."""

import csv
import io
import json
import pathlib
import re
import shutil
import subprocess
from decimal import Decimal

import jsonschema
import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from munidx import Goal, Indicator, Measure, Observation, Plan, State, Status
from munidx.formats.schema import lineage_schema
from munidx.lineage import Lineage, lineage
from munidx.model import Edition, FiscalYear, Owner
from munidx.report.history import FORMATS, History, backwards_text, history_file, render_history
from munidx.report.history_words import WORDS
from munidx.report.terminal import width_of
from munidx.testing import strategies
from munidx.testing.profiles import examples

HOSTILE = '=HYPERLINK("http://x","y")<script>alert(1)</script>\x1b[31m\u202e'
SCHEMA = jsonschema.Draft202012Validator(lineage_schema())

BUS = Measure(
    code="3",
    title="コミュニティバスの運行",
    owners=(Owner(name="交通課", path=("総務部",)),),
    indicators=(
        Indicator(
            title="利用者数",
            unit="人",
            targets=(
                Observation(year=FiscalYear(2025), value=Decimal(100)),
                Observation(state=State.UNDETERMINED),
                Observation(text="利用者数"),
            ),
        ),
    ),
)
BOTH = Measure(title="子育て相談窓口の設置と保育所整備計画の策定")
PARTS = (Measure(title="子育て相談窓口の設置"), Measure(title="保育所整備計画の策定"))


def plan(*measures: Measure, year: int | None = None) -> Plan:
    goal = Goal(code="1", title="くらし", level="基本目標", measures=measures)
    edition = None if year is None else Edition(year=FiscalYear(year))
    return Plan(title="計画", goals=(goal,), edition=edition)


def forked() -> Lineage:
    other = Indicator(title="満足度", unit="%")
    return lineage(
        [
            plan(BOTH, BUS),
            plan(*PARTS, evolve(BUS, indicators=(other,))),
            plan(BOTH, BUS),
            plan(BOTH),
            plan(BOTH, BUS),
        ]
    )


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_every_word_is_there_in_both_languages(lang: str) -> None:
    assert set(WORDS[lang]) == set(WORDS["en"])
    fields = {key: set(re.findall(r"\{(\w+)\}", text)) for key, text in WORDS[lang].items()}
    assert fields == {key: set(re.findall(r"\{(\w+)\}", WORDS["en"][key])) for key in fields}


def test_forks_are_told_on_both_sides() -> None:
    told = render_history(forked())
    lines = [line.strip() for line in told.splitlines()]
    assert "2  split; the other part is 子育て相談窓口の設置" in lines or (
        "2  split; the other part is 保育所整備計画の策定" in lines
    )
    assert any(line.startswith("2  split off from ") for line in lines)
    assert any(line.startswith("3  took up ") for line in lines)
    assert any(line.startswith("3  merged into 子育て") for line in lines)
    replaced = lineage([plan(BUS), plan(evolve(BUS, indicators=(Indicator(title="満足度"),)))])
    assert "  2  went; in its place 満足度\n" in render_history(replaced)
    assert "5  came again, after an absence of 1" in lines
    assert lines[-1].endswith("2 came again")


def test_numbers_that_follow_those_above_are_told_too() -> None:
    def numbered(code: str) -> Plan:
        return Plan(goals=(Goal(code=code, measures=(evolve(BUS, code=f"{code}-1"),)),))

    found = lineage([numbered("1"), numbered("2"), numbered("2")])
    told = render_history(found)
    assert "● ◆ ●     2-1 コミュニティバスの運行\n              2  renumbered: 1-1 → 2-1\n" in told
    assert [row["event"] for row in rows(found) if row["title"] == BUS.title] == [
        *("", "changed", "same")
    ]


def test_targets_are_told_with_their_years() -> None:
    told = render_history(lineage([plan(BUS)]))
    assert "利用者数  → FY2025 100人; undetermined\n" in told


def test_editions_that_say_nothing_are_called_as_the_user_does() -> None:
    plans = [plan(BUS), plan(BUS, year=2024), plan(BUS, year=2024), plan(BUS, year=2025)]
    found = lineage(plans)
    assert render_history(found, names=["a", "b"]).splitlines()[1:5] == [
        *("  1  a", "  2  FY2024 b", "  3  FY2024 edition 3", "  4  FY2025")
    ]
    assert render_history(found, lang="ja").splitlines()[1:3] == [
        "  1  第1版",
        "  2  令和6年度 第2版",
    ]


def test_japanese_reports_hold_no_english_word() -> None:
    plans = [plan(BOTH, BUS, year=2024), plan(*PARTS, year=2023), plan(BOTH, BUS, year=2025)]
    found = lineage(plans)
    for told in (render_history(found, lang="ja"), backwards_text(found, lang="ja")):
        assert not re.search("[A-Za-z]{2}", told)
    page = render_history(found, "html", lang="ja")
    assert not re.search("[A-Za-z]{2}", text(next(html.fromstring(page.encode()).iter("body"))))


def test_marks_are_coloured_by_the_gravest_effect() -> None:
    gone = evolve(BUS, status=Status.ABOLISHED)
    told = render_history(lineage([plan(BUS), plan(gone)]), colour=True)
    assert "\x1b[31m◆\x1b[0m" in told
    assert "\x1b[1m基本目標 1 くらし\x1b[0m" in told
    assert "\x1b" not in render_history(lineage([plan(BUS), plan(gone)]))


def test_what_has_gone_stands_last_and_the_rest_in_the_newest_order() -> None:
    found = lineage([plan(BUS, *PARTS), plan(*PARTS[::-1])])
    titles = [row["title"] for row in rows(found) if row["edition"] == "1"]
    assert titles[2:] == [PARTS[1].title, PARTS[0].title, BUS.title, "利用者数"]


def rows(found: Lineage) -> list[dict[str, str]]:
    text = history_file(found, "csv").decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def test_the_table_has_a_row_for_each_promise_and_edition() -> None:
    found = forked()
    table = rows(found)
    assert len(table) == sum(len(one.stops) for one in found.strands)
    events = {(row["title"], row["edition"]): row for row in table}
    bus = events["コミュニティバスの運行", "5"]
    assert (bus["event"], bus["under"], bus["owners"]) == ("returned", "くらし", "総務部 交通課")
    assert events["コミュニティバスの運行", "3"]["next"] == "goes"
    assert events["コミュニティバスの運行", "1"]["event"] == ""
    assert events["コミュニティバスの運行", "2"]["event"] == "same"
    assert events["利用者数", "1"]["targets"] == "FY2025 100人; undetermined"
    parts = [row for row in table if row["split_from"]]
    assert [(row["event"], row["next"]) for row in parts] == [("split", "merged")]
    assert parts[0]["merged_into"] == parts[0]["split_from"]
    assert {row["next"] for row in table if row["edition"] == "5"} == {""}
    # The indicator that another replaced comes again: the last time it goes with its measure.
    assert [row["replaced_by"] for row in table if row["title"] == "利用者数"] == ["", "", ""]
    short = rows(lineage([plan(BUS), plan(evolve(BUS, indicators=(Indicator(title="満足度"),)))]))
    assert [row["replaced_by"] for row in short if row["title"] == "利用者数"] == [
        *(row["strand"] for row in short if row["title"] == "満足度")
    ]


@pytest.mark.parametrize("title", ["=1+1", "+1", "-a", "@x", "＝1", " =1", "\t=1", "|x", "%x"])
def test_no_cell_is_a_formula(title: str) -> None:
    measure = Measure(code=title, title=title, level=title, owners=(Owner(name=title),))
    (row,) = [row for row in rows(lineage([plan(measure)])) if row["kind"] == "measure"]
    for name in ("title", "code", "level", "owners"):
        assert row[name].startswith("'")


def test_the_data_satisfies_its_schema_and_names_strands_by_their_place() -> None:
    data = json.loads(history_file(forked(), "json"))
    SCHEMA.validate(data)
    split = [one for one in data["strands"] if one["split_from"] is not None]
    assert data["strands"][split[0]["split_from"]]["kind"] == "measure"
    assert data["strands"][0]["kind"] == "plan"
    bus = next(one for one in data["strands"] if one["title"] == "コミュニティバスの運行")
    assert (bus["returns"], bus["stops"][0]["code"]) == ([4], "3")
    assert data["editions"][0]["name"] == "edition 1"


@examples(100)
@given(st.lists(strategies.plans(), min_size=1, max_size=3), st.sampled_from(["en", "ja"]))
def test_every_lineage_can_be_told_in_every_form_property(plans: list[Plan], lang: str) -> None:
    found = lineage(plans)
    for form in FORMATS:
        told = history_file(found, form, lang=lang)
        if form == "json":
            SCHEMA.validate(json.loads(told))
        else:
            assert "\x1b" not in told.decode()


def test_a_text_form_that_is_bytes_is_no_text() -> None:
    with pytest.raises(TypeError):
        render_history(lineage([plan(BUS)]), "csv")


def hostile() -> Lineage:
    one = evolve(BUS, title=HOSTILE, code=HOSTILE, level=HOSTILE)
    goal = Goal(title=HOSTILE, measures=(one,))
    old = Plan(title=HOSTILE, goals=(goal,), edition=Edition(label=HOSTILE))
    return lineage([old, evolve(old, goals=()), old])


def test_a_hostile_title_stays_text_in_every_form() -> None:
    found = hostile()
    for form in set(FORMATS) - {"json"}:
        told = history_file(found, form, names=[HOSTILE] * 3).decode()
        assert not set("\x1b\u202e") & set(told)
    tree = html.fromstring(history_file(found, "html"))
    assert not list(tree.iter("script", "img"))


def text(element: html.HtmlElement) -> str:
    return "".join(element.itertext())


def test_the_page_has_editions_as_columns_and_links_its_forks() -> None:
    tree = html.fromstring(history_file(forked(), "html"))
    assert [text(head) for head in tree.iter("th") if head.get("scope") == "col"] == [
        "promise",
        *(f"edition {n}" for n in range(1, 6)),
    ]
    assert all(len(row) == 6 for row in tree.iter("tr"))
    links = [link.get("href", "") for link in tree.iter("a")]
    assert len(links) >= 4
    ids = {f"#{row.get('id')}" for row in tree.iter("tr")}
    assert set(links) <= ids
    absent = [text(cell) for cell in tree.iter("td") if cell.get("class") == "absent"]
    assert "not in this edition" in absent
    assert "went" in absent


@pytest.mark.skipif(shutil.which("chromium") is None, reason="needs chromium")
def test_a_browser_shows_the_page(tmp_path: pathlib.Path) -> None:
    page = tmp_path / "history.html"
    page.write_bytes(history_file(hostile(), "html"))
    done = subprocess.run(
        [
            *(shutil.which("chromium") or "", "--headless", "--no-sandbox", "--disable-gpu"),
            *("--enable-logging=stderr", f"--user-data-dir={tmp_path / 'browser'}"),
            *("--dump-dom", page.as_uri()),
        ],
        capture_output=True,
        encoding="utf-8",
        check=True,
        timeout=120,
    )
    assert "CONSOLE" not in done.stderr
    assert done.stdout.count("<tr") == 4


def test_of_many_other_parts_the_first_are_named() -> None:
    view = History(lineage([plan(BUS, *PARTS)]))
    assert view.titles([2, 3]) == "コミュニティバスの運行, 利用者数"
    assert view.titles([2, 3, 4, 5]).endswith(", …")


def test_changed_words_are_marked_and_lines_are_broken_at_the_width() -> None:
    text = "停留所を増やし、始発から終発まで切れ目なく走らせ、乗継ぎの案内を分かりやすくする。"
    told = evolve(BUS, description=text)
    later = evolve(BUS, description=text.replace("停留所", "乗り場") + "運賃は据え置く。")
    found = lineage([plan(told), plan(later)])
    shown = render_history(found, lang="ja", width=60).splitlines()
    assert max(map(width_of, shown[:-1])) <= 60
    assert any(line.endswith("(中立 MX882)") for line in shown)
    page = render_history(found, "html", lang="ja")
    assert "<del>停留所</del><ins>乗り場</ins>" in page
    assert "<ins>運賃は据え置く。</ins>" in page
    assert "[-" not in page
