"""The page as a reader works it: typing, choosing, pressing keys, in a headless Chromium."""

import json
import pathlib
from collections.abc import Iterator
from typing import Any

import pytest
from browser import CHROMIUM, Browser

from munidx.diff import diff
from munidx.model import Goal, Measure, Owner, Plan
from munidx.report.changes import diff_file

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no chromium on this machine")

EVIL = '</script><script>window.caught = 1</script><img src=x onerror="window.caught = 2">\'&amp;'
TITLES = ("窓口改革", "図書館の充実", "道路の点検", EVIL)
OFFICE = "<i onclick=x()>'\"&amp;課"
OWNERS = ("情報課", "図書館", "情報課", OFFICE)


def plan(*descriptions: str) -> Plan:
    measures = [
        Measure(code=str(number), title=title, description=text, owners=(Owner(name=owner),))
        for number, (title, text, owner) in enumerate(
            zip(TITLES, descriptions, OWNERS, strict=False), start=1
        )
    ]
    return Plan(title=EVIL, goals=(Goal(code="1", title="くらし", measures=tuple(measures)),))


OLD = plan("受付を開く", "本を増やす", "橋を見る", "一つめの文")
NEW = plan("受付を広く開く", "本を大きく増やす", "橋を毎年見る")


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    path: pathlib.Path = tmp_path_factory.mktemp("page") / "page.html"
    path.write_bytes(diff_file(diff(OLD, NEW), OLD, NEW, "html"))
    assert CHROMIUM is not None
    with Browser(CHROMIUM) as browser:
        browser.open(path.as_uri())
        yield browser
        assert browser.complaints() == []


@pytest.fixture(autouse=True)
def _afresh(page: Browser) -> None:
    page.press("Escape")


def seen(page: Browser) -> list[str]:
    """The titles of the changes that are shown."""
    found: list[str] = page.evaluate(
        "[...document.querySelectorAll('article')].filter((row) => row.checkVisibility())"
        ".map((row) => row.querySelector('h3').textContent)"
    )
    return found


def choose(page: Browser, name: str, value: str) -> None:
    page.evaluate(
        f"""(() => {{
          const field = document.querySelector('[name={name}]');
          field.value = {json.dumps(value)};
          field.dispatchEvent(new Event('input', {{ bubbles: true }}));
        }})()"""
    )


def active(page: Browser) -> Any:  # noqa: ANN401 - what stands there
    return page.evaluate("document.activeElement.name || document.activeElement.textContent")


def test_all_changes_are_shown_at_first_and_hostile_ones_as_text(page: Browser) -> None:
    assert sorted(seen(page)) == sorted(TITLES)
    assert page.evaluate("window.caught") is None
    assert page.evaluate("document.querySelectorAll('script, img').length") == 1
    assert page.evaluate("document.title").startswith(EVIL[:60])


@pytest.mark.parametrize(
    ("name", "value", "titles"),
    [
        ("q", "図書館", ["図書館の充実"]),
        ("q", "情報課　道路", ["道路の点検"]),
        ("q", "<IMG", [EVIL]),
        ("q", "どこにもない", []),
        ("kind", "removed", [EVIL]),
        ("kind", "reworded", list(TITLES[:3])),
        ("effect", "weakened", [EVIL]),
        ("owner", "情報課", ["窓口改革", "道路の点検"]),
        ("owner", OFFICE, [EVIL]),
    ],
)
def test_each_filter_shows_what_fits(
    page: Browser, name: str, value: str, titles: list[str]
) -> None:
    choose(page, name, value)
    assert seen(page) == titles
    assert page.evaluate("document.querySelector('output').textContent") == f"{len(titles)} / 4"
    assert page.evaluate("document.querySelector('.none').checkVisibility()") is not bool(titles)
    assert f"{name}=" in page.evaluate("location.hash")


def test_filters_join_and_the_button_takes_them_back(page: Browser) -> None:
    choose(page, "owner", "情報課")
    choose(page, "q", "橋")
    assert seen(page) == ["道路の点検"]
    page.evaluate("document.querySelector('.tools button').click()")
    assert len(seen(page)) == len(TITLES)
    assert page.evaluate("location.hash") == ""


def test_a_heading_counts_what_is_shown_of_its_group(page: Browser) -> None:
    headings = "[...document.querySelectorAll('h2 small')].map((one) => one.textContent)"
    before = page.evaluate(headings)
    choose(page, "owner", "図書館")
    assert "1 / 3" in page.evaluate(headings)
    page.press("Escape")
    assert page.evaluate(headings) == before


def test_a_bar_of_the_chart_filters(page: Browser) -> None:
    page.evaluate(
        "new Promise((done) => { addEventListener('hashchange', () => setTimeout(done));"
        "document.querySelector('svg a[href=\"#kind=removed\"]')"
        ".dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true })); })"
    )
    assert seen(page) == [EVIL]
    assert page.evaluate("document.querySelector('[name=kind]').value") == "removed"


def test_the_search_is_a_key_away_and_is_typed_into(page: Browser) -> None:
    page.press("/")
    assert active(page) == "q"
    for letter in "橋j":
        page.press(letter)
    assert page.evaluate("document.querySelector('[name=q]').value") == "橋j"
    assert seen(page) == []
    page.press("Escape")
    assert page.evaluate("document.querySelector('[name=q]').value") == ""
    assert page.evaluate("document.activeElement.tagName") == "BODY"
    assert len(seen(page)) == len(TITLES)


def test_keys_step_through_what_is_shown_and_stop_at_its_ends(page: Browser) -> None:
    choose(page, "owner", "情報課")
    page.evaluate("document.activeElement.blur()")
    steps = []
    for key in "jjjkk":
        page.press(key)
        steps.append(page.evaluate("document.activeElement.querySelector('h3').textContent"))
    assert steps == ["窓口改革", "道路の点検", "道路の点検", "窓口改革", "窓口改革"]


def test_tab_reaches_every_tool(page: Browser) -> None:
    page.evaluate("document.activeElement.blur()")
    names = []
    for _ in range(20):
        page.press("Tab")
        names.append(page.evaluate("document.activeElement.name ?? ''"))
    assert list(dict.fromkeys(filter(None, names))) == ["q", "effect", "kind", "owner"]


@pytest.mark.parametrize("width", [360, 1280])
def test_nothing_runs_out_of_the_window(page: Browser, width: int) -> None:
    page.look(width, 800, phone=width < 600)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_colours_follow_the_reader(page: Browser) -> None:
    grounds = []
    for dark in (False, True):
        page.look(1280, 800, dark=dark)
        grounds.append(page.evaluate("getComputedStyle(document.body).backgroundColor"))
    assert grounds == ["rgb(246, 247, 249)", "rgb(17, 22, 29)"]
