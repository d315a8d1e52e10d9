import csv
import io
import json
import pathlib
import shutil
from collections.abc import Callable
from typing import Any

import pytest

Run = Callable[..., Any]
Git = Callable[..., str]


@pytest.fixture
def editions(plan: pathlib.Path) -> list[pathlib.Path]:
    """Three editions: a target is lowered in the second, a measure is gone from the third."""
    texts = [plan.read_text("utf-8") + f"[edition]\nyear = {year}\n" for year in (2023, 2024, 2025)]
    texts[1] = texts[1].replace("value = 80", "value = 75").replace('"80%"', '"75%"')
    head, _, rest = texts[2].partition("[[goals.measures]]")
    texts[2] = head + "[edition]" + rest.partition("[edition]")[2]
    paths = []
    for year, text in enumerate(texts, start=2023):
        paths.append(plan.with_name(f"r{year}.toml"))
        paths[-1].write_text(text, encoding="utf-8")
    return paths


def test_every_promise_is_followed(run: Run, editions: list[pathlib.Path]) -> None:
    ran = run("history", *editions)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.splitlines() == [
        "見本計画",
        "  1  FY2023",
        "  2  FY2024",
        "  3  FY2025",
        "",
        "1 2 3   ● there  ◆ changed  · not there",
        "● ● ●   1 くらし",
        "● ● ·     1 電子申請",
        "              3  went",
        "● ◆ ·       電子申請率  → FY2025 75%",
        "                2  target lowered: targets[2025]: 80% → 75% (weakened MX801)",
        "                3  went",
        "",
        "3 promises: 1 in every edition, 0 came, 2 went, 0 came again",
    ]


def test_reports_go_to_files_too(
    run: Run, editions: list[pathlib.Path], tmp_path: pathlib.Path
) -> None:
    told = {form: tmp_path / f"history.{form}" for form in ("json", "csv", "html")}
    outputs = [part for form, path in told.items() for part in ("--output", f"{form}:{path}")]
    ran = run("history", *editions, *outputs)
    assert ran.code == 0
    data = json.loads(told["json"].read_text("utf-8"))
    assert [each["name"] for each in data["editions"]] == ["FY2023", "FY2024", "FY2025"]
    rows = list(csv.DictReader(io.StringIO(told["csv"].read_text("utf-8-sig"))))
    assert len(rows) == 3 + 3 + 2 + 2
    assert told["html"].read_text("utf-8").startswith("<!DOCTYPE html>")
    assert run("history", *editions, "--format", "json").out == told["json"].read_text("utf-8")


def test_editions_that_run_backwards_are_warned_of(run: Run, editions: list[pathlib.Path]) -> None:
    ran = run("history", *editions[::-1])
    assert ran.code == 0
    assert ran.err.splitlines() == [
        "Edition 2 (FY2024) is older than the one before it; the order is as given.",
        "Edition 3 (FY2023) is older than the one before it; the order is as given.",
    ]


@pytest.mark.skipif(shutil.which("git") is None, reason="needs git")
def test_editions_may_be_revisions(
    run: Run, plan: pathlib.Path, git: Git, tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "repository"
    folder.mkdir()
    monkeypatch.chdir(folder)
    git("init", "-q")
    for title in ('"電子申請"', '"電子申請の推進"', '"電子申請の推進"'):
        text = plan.read_text("utf-8").replace('"電子申請"', title)
        (folder / "plan.toml").write_text(text, "utf-8")
        git("add", ".")
        git("commit", "-q", "--allow-empty", "-m", title)
    ran = run("history", "HEAD~2:plan.toml", "HEAD~1:plan.toml", "plan.toml")
    assert (ran.code, ran.err) == (0, "")
    assert "  1  HEAD~2:plan.toml\n  2  HEAD~1:plan.toml\n  3  plan.toml\n" in ran.out
    assert "電子申請 → 電子申請の推進" in ran.out


def test_one_edition_and_two_are_histories(run: Run, editions: list[pathlib.Path]) -> None:
    assert "3 promises: 3 in every edition" in run("history", editions[0]).out
    ran = run("history", *editions[:2], "--threshold", "1")
    assert ran.code == 0


@pytest.mark.parametrize(
    ("arguments", "code"),
    [((), 2), (("none.toml",), 3), (("--format", "pdf", "none.toml"), 2)],
)
def test_wrong_calls(run: Run, arguments: tuple[str, ...], code: int) -> None:
    assert run("history", *arguments).code == code


def test_the_configuration_says_what_is_told(
    run: Run, editions: list[pathlib.Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(editions[0].parent)
    pathlib.Path("munidx.toml").write_text(
        '[diff]\nthreshold = 1.0\n[effects]\nweakened = "off"\n', encoding="utf-8"
    )
    ran = run("history", *editions)
    assert ran.code == 0
    assert "target lowered" not in ran.out
    assert "3  went" in ran.out
    driver = run("git-driver", "x.toml", editions[0], "0", "0", editions[1], "0", "0")
    assert "target lowered" not in driver.out


def test_the_guide_shows_what_is_printed(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    root = pathlib.Path(__file__).parents[1]
    guide = (root / "docs" / "history.md").read_text("utf-8")
    command = guide.partition("$ munidx ")[2].partition("\n")[0]
    shown = guide.partition("```text\n")[2].partition("```")[0].splitlines()
    monkeypatch.chdir(root)
    printed = iter(run(*command.split()).out.splitlines())
    assert len(shown) > 10
    assert [line for line in shown if line not in printed] == []


@pytest.mark.parametrize(
    ("places", "fail_on", "code"),
    [
        ((0, 1, 2), "weakened", 1),
        ((1, 2), "weakened", 1),
        ((0, 1), "any", 1),
        ((0, 1, 2), "error", 0),
        ((0, 1, 2), "never", 0),
        ((0,), "any", 0),
        # 80 % again, and one measure more: nothing that a step weakened.
        ((2, 0), "weakened", 0),
    ],
)
def test_any_step_can_make_it_fail(
    run: Run, editions: list[pathlib.Path], places: tuple[int, ...], fail_on: str, code: int
) -> None:
    given = [editions[place] for place in places]
    assert run("history", *given, "--fail-on", fail_on).code == code
