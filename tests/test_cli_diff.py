import json
import pathlib
from collections.abc import Callable
from typing import Any

import pytest

Run = Callable[..., Any]


def edited(plan: pathlib.Path, *edits: tuple[str, str]) -> pathlib.Path:
    text = plan.read_text(encoding="utf-8")
    for old, new in edits:
        assert old in text
        text = text.replace(old, new)
    path = plan.with_name("new.toml")
    path.write_text(text, encoding="utf-8")
    return path


LOWERED = (("value = 80", "value = 75"), ('"80%"', '"75%"'))
RAISED = (("value = 80", "value = 85"), ('"80%"', '"85%"'))
RETITLED = (("電子申請", "オンライン申請"),)


def test_a_plan_and_itself_are_nothing(run: Run, plan: pathlib.Path) -> None:
    ran = run("diff", plan, plan)
    assert (ran.code, ran.out, ran.err) == (0, "", "")
    copy = edited(plan)
    ran = run("diff", plan, copy)
    assert (ran.code, ran.out, ran.err) == (0, "", "")


def test_a_lowered_target_is_weakened(run: Run, plan: pathlib.Path) -> None:
    ran = run("diff", plan, edited(plan, *LOWERED))
    assert ran.code == 1
    lines = ran.out.splitlines()
    assert lines[2] == "weakened (1)"
    assert lines[3:5] == ["  1 くらし", "    target lowered    電子申請率  (電子申請)"]
    assert lines[5].strip() == "targets[2025]: 80% → 75%"
    assert lines[6].endswith("[MX801 target-eased]")
    assert lines[-1] == "1 change: 1 weakened"


@pytest.mark.parametrize(
    ("edits", "fail_on", "code"),
    [
        (LOWERED, "any", 1),
        (LOWERED, "weakened", 1),
        (LOWERED, "never", 0),
        (RAISED, "any", 1),
        (RAISED, "weakened", 0),
        (RAISED, "never", 0),
    ],
)
def test_fail_on_says_what_counts(
    run: Run, plan: pathlib.Path, edits: tuple[tuple[str, str]], fail_on: str, code: int
) -> None:
    assert run("diff", plan, edited(plan, *edits), "--fail-on", fail_on).code == code


def test_unclear_counts_as_weakened(run: Run, plan: pathlib.Path) -> None:
    text = plan.read_text(encoding="utf-8").replace('direction = "increase"\n', "")
    plan.write_text(text.replace("電子申請率", "数値"), encoding="utf-8")
    ran = run("diff", plan, edited(plan, *LOWERED), "--fail-on", "weakened")
    assert ran.code == 1
    assert "unclear (1)" in ran.out


def test_json_has_a_version(run: Run, plan: pathlib.Path) -> None:
    ran = run("diff", plan, edited(plan, *LOWERED), "--format", "json")
    told = json.loads(ran.out)
    assert ran.code == 1
    assert told["version"] == 1
    assert [change["kind"] for change in told["changes"]] == ["target-lowered"]


def test_the_threshold_decides_who_is_who(run: Run, plan: pathlib.Path) -> None:
    new = edited(plan, *RETITLED)
    low = run("diff", plan, new, "--threshold", "0.05")
    high = run("diff", plan, new, "--threshold", "1")
    assert "retitled" in low.out
    assert "removed" in high.out


@pytest.mark.parametrize("threshold", ["-0.1", "1.1", "nan", "x"])
def test_a_wrong_threshold_is_a_wrong_option(run: Run, plan: pathlib.Path, threshold: str) -> None:
    ran = run("diff", plan, plan, "--threshold", threshold)
    assert (ran.code, ran.out) == (2, "")


def test_documents_and_plans_may_be_mixed(
    run: Run, cities: pathlib.Path, document: pathlib.Path, tmp_path: pathlib.Path
) -> None:
    assert cities
    run("convert", document, "-o", tmp_path / "old.toml")
    text = document.read_text(encoding="utf-8").replace("公園の整備", "公園の再整備")
    ran = run("diff", tmp_path / "old.toml", "-", stdin=text.encode())
    assert ran.code == 1
    assert "retitled" in ran.out
    assert "公園の整備 → 公園の再整備" in ran.out
    assert "kaku.txt:2 → stdin:2" in ran.out


def test_the_table_for_the_council_is_laid_out_as_asked(run: Run, plan: pathlib.Path) -> None:
    call = ("diff", plan, edited(plan, *LOWERED), "--format", "taishohyo")
    assert '<th scope="col">改正後（案）</th><th scope="col">現行</th>' in run(*call).out
    swapped = run(*call, "--old-first", "--no-remarks", "--deleted", "（削除）")
    assert swapped.code == 1
    assert '<th scope="col">現行</th><th scope="col">改正後（案）</th></tr>' in swapped.out


@pytest.mark.parametrize("page", ["README.md", "docs/reports.md"])
def test_what_the_pages_show_is_what_is_printed(
    run: Run, monkeypatch: pytest.MonkeyPatch, page: str
) -> None:
    root = pathlib.Path(__file__).parents[1]
    call = "$ munidx diff examples/nawate-r6.txt examples/nawate-r7.txt\n"
    text = (root / page).read_text("utf-8").partition(call)[2].partition("```")[0]
    shown = [line for line in text.splitlines() if line.strip() != "…"]
    monkeypatch.chdir(root)
    printed = run("diff", "examples/nawate-r6.toml", "examples/nawate-r7.toml").out.splitlines()
    assert len(shown) > 5
    assert printed[: len(shown)] == shown
