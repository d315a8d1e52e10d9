import pathlib
import re
import shutil
import subprocess

import pytest
from attrs import evolve
from lxml import html as lxml_html

from munidx.diff.changes import Change, Diff, Effect, Kind, PlanStamp, Segment
from munidx.model import Document, Goal, Indicator, Measure, Owner, Plan
from munidx.report.changes import diff_file

M = "goals[1]/measures[1]"
I = f"{M}/indicators[#1]"  # noqa: E741 - beside M
MEASURE = Measure(
    code="1",
    title="電子申請",
    owners=(Owner(name="情報課"), Owner(path=("総務部",))),
    indicators=(Indicator(title="申請率", source="b.pdf#p3"),),
)
PLAN = Plan(
    goals=(Goal(code="1", title="くらし", measures=(MEASURE,)),),
    documents=(
        Document(name="a.txt", url="https://example.jp/a.txt"),
        Document(name="b.pdf", url="https://example.jp/b.pdf#x"),
        Document(name="c.txt", url="javascript:alert(1)"),
    ),
)
LOWERED = Change(
    kind=Kind.TARGET_LOWERED,
    effect=Effect.WEAKENED,
    title="申請率",
    field="targets[2025]",
    old={"year": 2025, "text": "80%"},
    new={"year": 2025, "text": "75%"},
    old_paths=(I,),
    new_paths=(I,),
    old_source="a.txt#L4",
    rule="MX801",
)
REWORDED = Change(
    kind=Kind.REWORDED,
    effect=Effect.EDITORIAL,
    title="電子申請",
    field="description",
    old="窓口を開く",
    new="窓口を広く開く",
    inline=(Segment("equal", "窓口を"), Segment("insert", "広く"), Segment("equal", "開く")),
    old_paths=("goals[1]",),
    new_paths=("goals[1]",),
    old_source="c.txt#L1",
    new_source="#broken",
    probable=True,
)
ADDED = Change(
    kind=Kind.ADDED,
    effect=Effect.STRENGTHENED,
    title="新しい取組",
    new={"title": "新しい取組", "description": "長い説明" * 30, "indicators": [{}]},
    new_paths=(M,),
)
EVIL = "</script><script>alert(1)</script><img src=x onerror=alert(2)>\"'&amp;\x1b[2J\u202e"


def page(*changes: Change, lang: str = "en") -> str:
    diff = Diff(old=PlanStamp(title="計画"), new=PlanStamp(title="新計画"), changes=changes)
    return diff_file(diff, PLAN, PLAN, "html", lang=lang).decode()


def tree(text: str) -> lxml_html.HtmlElement:
    return lxml_html.document_fromstring(text)


def texts(text: str, path: str) -> list[str]:
    return [" ".join(node.text_content().split()) for node in tree(text).xpath(path)]


def test_a_change_stands_with_all_that_is_known_of_it() -> None:
    (article,) = tree(page(LOWERED)).xpath("//section[@data-effect='weakened']/article")
    assert article.get("data-kind") == "target-lowered"
    assert article.get("data-owner").split("\n") == ["情報課", "総務部"]
    told = [node.text_content() for node in article.xpath("./*[not(self::div)]")]
    assert told == [
        "target lowered MX801",
        "申請率",
        "くらし › 電子申請",
        "情報課, 総務部",
        "targets[2025]",
    ]
    assert article.xpath("string(./span/small/@title)") == "MX801 target-eased"
    assert article.xpath("string(.//del)") == "80%"
    assert article.xpath("string(.//ins)") == "75%"


def test_the_sides_of_a_split_hold_the_whole_and_its_parts() -> None:
    parts = evolve(LOWERED, kind=Kind.SPLIT, field="", old_paths=(M,), new_paths=(M, "goals[1]"))
    shown = page(evolve(parts, old=None, new=[{"title": "?"}]))
    assert texts(shown, "//p[@class='value']") == ["1 電子申請", "1 電子申請 1 くらし"]


def test_a_year_is_told_where_it_is_what_changed() -> None:
    later = evolve(LOWERED, old={"year": 2025, "value": 80}, new={"year": 2027, "value": 80})
    assert texts(page(later), "//p[@class='value']") == ["FY2025 80", "FY2027 80"]
    assert texts(page(LOWERED), "//p[@class='value']") == ["80%", "75%"]


def test_changed_words_are_marked_on_their_side() -> None:
    assert texts(page(REWORDED), "//p[@class='value']") == ["窓口を開く", "窓口を広く開く"]
    assert texts(page(REWORDED), "//ins") == ["広く"]
    assert texts(page(REWORDED), "//p[@class='doubt']") == ["probable"]


def test_what_came_is_told_whole_and_its_other_side_is_empty() -> None:
    old, new = texts(page(ADDED), "//p[@class='value']")
    assert old == "—"
    assert new == f"新しい取組 {'長い説明' * 30} with 1 indicator"
    assert tree(page(ADDED)).xpath("//ins[@class='whole']")


def test_a_folded_renumbering_names_its_group() -> None:
    folded = evolve(LOWERED, kind=Kind.RENUMBERED, old_paths=(M, M), new_paths=(M, M))
    assert texts(page(folded), "//h3") == ["くらし"]
    assert texts(page(evolve(LOWERED, title="")), "//h3") == ["—"]


def test_places_link_to_documents_on_the_web_only() -> None:
    links = [(a.get("href"), a.text) for a in tree(page(LOWERED, REWORDED)).xpath("//main//a")]
    assert links == [
        ("https://example.jp/a.txt", "a.txt:4"),
        ("https://example.jp/b.pdf#page=3", "b.pdf:p3"),
    ]
    assert "javascript:" not in page(REWORDED)


def test_the_charts_count() -> None:
    told = texts(page(LOWERED, REWORDED, REWORDED), "//*[name()='svg']//*[@class='count']")
    assert told == ["1", "2", "2", "1"]


def test_nothing_is_said_to_be_nothing() -> None:
    shown = page(lang="ja")
    assert texts(shown, "//p[@class='none' and not(@hidden)]") == ["変更はありません。"]
    assert not tree(shown).xpath("//*[name()='svg']")


def test_the_page_asks_nobody_for_anything() -> None:
    shown = page(LOWERED)
    root = tree(shown)
    assert not root.xpath("//*[@src] | //link | //iframe | //object | //@style | //@onclick")
    assert not re.search(r"url\(|@import|fetch\(|XMLHttpRequest|innerHTML", shown)
    policy = root.xpath("string(//meta[@http-equiv]/@content)")
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "unsafe" not in policy


def test_hostile_texts_stay_text() -> None:
    change = evolve(
        LOWERED, title=EVIL, old=EVIL, new=EVIL + "x", field=EVIL, old_source=EVIL, new_source=""
    )
    measure = evolve(MEASURE, title=EVIL, owners=(Owner(name=EVIL),))
    plan = Plan(goals=(Goal(code="1", title=EVIL, measures=(measure,)),))
    stamp = PlanStamp(title=EVIL)
    shown = diff_file(Diff(old=stamp, new=stamp, changes=(change,)), plan, plan, "html").decode()
    root = tree(shown)
    assert len(root.xpath("//script")) == 1
    assert not root.xpath("//img | //@onerror")
    assert not set("\x1b\u202e") & set(shown)
    seen = EVIL.replace("\x1b", "<U+001B>").replace("\u202e", "<U+202E>")
    assert texts(shown, "//h3") == [seen]
    assert root.xpath("//article/@data-owner")[0].startswith("</script>")


CHROMIUM = shutil.which("chromium")


@pytest.mark.skipif(CHROMIUM is None, reason="no chromium on this machine")
@pytest.mark.parametrize(
    ("fragment", "shown"),
    [
        ("", 4),
        ("#effect=weakened", 2),
        ("#kind=reworded", 1),
        ("#owner=%E6%83%85%E5%A0%B1%E8%AA%B2", 3),
        ("#q=%EF%BC%97%EF%BC%95%25", 1),
        ("#effect=weakened&q=alert", 1),
        ("#effect=none", 4),
        ("#q=zzz", 0),
    ],
)
def test_the_filters_work_in_a_browser(tmp_path: pathlib.Path, fragment: str, shown: int) -> None:
    evil = evolve(LOWERED, title=EVIL, old=EVIL, new=None, kind=Kind.TARGET_DROPPED, rule=EVIL)
    path = tmp_path / "page.html"
    path.write_text(page(LOWERED, REWORDED, ADDED, evil), encoding="utf-8")
    dom, log = browse(path, tmp_path, fragment)
    assert f'data-shown="{shown}"' in dom
    assert "data-ready=" in dom
    visible = tree(dom).xpath("//section[not(@hidden)]/article[not(@hidden)]")
    assert len(visible) == shown
    assert "CONSOLE" not in log


def browse(path: pathlib.Path, folder: pathlib.Path, fragment: str) -> tuple[str, str]:
    assert CHROMIUM is not None
    told = subprocess.run(
        [
            CHROMIUM,
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--no-first-run",
            "--enable-logging=stderr",
            f"--user-data-dir={folder / 'profile'}",
            "--dump-dom",
            f"{path.as_uri()}{fragment}",
        ],
        check=True,
        capture_output=True,
        timeout=120,
    )
    return told.stdout.decode(), told.stderr.decode("utf-8", "replace")
