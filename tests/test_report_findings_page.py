import pathlib
import re
import shutil
import subprocess

import pytest
from attrs import evolve
from lxml import html as lxml_html

from munidx.findings import Finding, Severity
from munidx.place import Location
from munidx.report.findings import FindingsOf, render_findings
from munidx.report.quotes import Quote

CODE = Finding(
    code="MX101",
    severity=Severity.WARNING,
    params={"code": "3", "other": "窓口改革"},
    path="goals[1]/measures[#4]",
    title="電子申請",
    location=Location(document="plan.toml", line=9, column=8),
)
ERROR = evolve(CODE, code="MX504", severity=Severity.ERROR, title="窓口", params={})
WHOLE = Finding(code="MX114", severity=Severity.INFO)
EVIL = "</script><script>alert(1)</script><img src=x onerror=alert(2)>\"'&amp;\x1b[2J\u202e"
QUOTE = Quote('  code = "3"  # 番号', 9, 12)


def page(*found: FindingsOf, lang: str = "en", quote: Quote | None = QUOTE) -> str:
    quoters = {name: lambda _: quote for name, _ in found}
    return render_findings(found, "html", lang=lang, quoters=quoters)


def tree(text: str) -> lxml_html.HtmlElement:
    return lxml_html.document_fromstring(text)


def texts(text: str, path: str) -> list[str]:
    return [" ".join(node.text_content().split()) for node in tree(text).xpath(path)]


def test_a_finding_stands_with_all_that_is_known_of_it() -> None:
    (article,) = tree(page(("plan.toml", (CODE,)))).xpath(
        "//section[@data-severity='warning']/article"
    )
    assert (article.get("data-rule"), article.get("data-plan")) == ("MX101", "plan.toml")
    assert [node.text_content() for node in article] == [
        "MX101 duplicate-code",
        "電子申請",
        "goals[1]/measures[#4]",
        "Code 3 is also that of its sibling “窓口改革”.",
        'code = "3"  # 番号',
        "hint: Compare with the published document.",
        "plan.toml:9:8",
    ]
    assert article.xpath("string(.//mark)") == '"3"'


def test_what_matters_most_comes_first_and_is_counted() -> None:
    shown = page(("a.toml", (WHOLE, CODE)), ("b.toml", (ERROR, CODE)))
    assert texts(shown, "//h2") == ["error 1", "warning 2", "info 1"]
    assert texts(shown, "//select[@name='rule']/option") == [
        "rule: all",
        "MX101 duplicate-code (2)",
        "MX114 empty-plan (1)",
        "MX504 owner-empty (1)",
    ]
    assert texts(shown, "//select[@name='plan']/option")[1:] == ["a.toml (2)", "b.toml (2)"]
    assert not tree(page(("a.toml", (WHOLE,)))).xpath("//select[@name='plan']")
    assert texts(shown, "//h1/small") == ["1 error, 2 warnings, 1 info"]


def test_a_long_line_is_quoted_around_what_is_meant() -> None:
    quote = Quote("前" * 500 + "値" * 300 + "後" * 900, 500, 800)
    (told,) = texts(page(("a.toml", (CODE,)), quote=quote), "//p[@class='quote']")
    assert told == "…" + "前" * 200 + "値" * 200 + "後" * 400 + "…"
    (told,) = texts(page(("a.toml", (CODE,)), quote=Quote("一行")), "//p[@class='quote']")
    assert told == "一行"
    assert not tree(page(("a.toml", (CODE,)), quote=None)).xpath("//p[@class='quote']")


def test_nothing_is_said_to_be_nothing_in_japanese() -> None:
    shown = page(("a.toml", ()), lang="ja")
    assert texts(shown, "//p[@class='none' and not(@hidden)]") == ["指摘事項はありません。"]
    assert not tree(shown).xpath("//*[name()='svg']")
    told = tree(page(("計画", (CODE, ERROR)), lang="ja")).xpath(
        "//body//text()[not(parent::script)]"
    )
    words = re.sub(r"MX\d+( [a-z-]+)?|goals\S+|plan\.toml\S*|code =\s+\S+|Esc", "", " ".join(told))
    assert not re.search("[A-Za-z]{2}", words)


def test_the_page_asks_nobody_for_anything() -> None:
    shown = page((EVIL, (evolve(CODE, title=EVIL, path=EVIL),)), quote=Quote(EVIL, 0, 9))
    root = tree(shown)
    assert not root.xpath("//*[@src] | //link | //iframe | //img | //@style | //@onclick")
    assert not re.search(r"url\(|@import|fetch\(|XMLHttpRequest|innerHTML", shown)
    assert "unsafe" not in root.xpath("string(//meta[@http-equiv]/@content)")


CHROMIUM = shutil.which("chromium")


@pytest.mark.skipif(CHROMIUM is None, reason="no chromium on this machine")
@pytest.mark.parametrize(
    ("fragment", "shown"),
    [
        ("", 4),
        ("#severity=error", 1),
        ("#rule=MX101&plan=b.toml", 1),
        ("#q=%E9%9B%BB%E5%AD%90", 1),
        ("#q=zzz", 0),
    ],
)
def test_the_filters_work_in_a_browser(tmp_path: pathlib.Path, fragment: str, shown: int) -> None:
    path = tmp_path / "page.html"
    evil = evolve(CODE, title=EVIL)
    told = page(("a.toml", (WHOLE, CODE)), ("b.toml", (ERROR, evil)))
    path.write_text(told, encoding="utf-8")
    assert CHROMIUM is not None
    done = subprocess.run(
        [
            CHROMIUM,
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-background-networking",
            "--disable-component-update",
            "--no-first-run",
            "--enable-logging=stderr",
            f"--user-data-dir={tmp_path / 'profile'}",
            "--dump-dom",
            f"{path.as_uri()}{fragment}",
        ],
        check=True,
        capture_output=True,
        timeout=120,
    )
    dom = done.stdout.decode()
    assert f'data-shown="{shown}"' in dom
    assert len(tree(dom).xpath("//section[not(@hidden)]/article[not(@hidden)]")) == shown
    assert "CONSOLE" not in done.stderr.decode("utf-8", "replace")
