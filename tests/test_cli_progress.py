"""``munidx progress``."""

import json
import pathlib
from collections.abc import Callable
from typing import Any

import pytest

Run = Callable[..., Any]

MISSED = "actuals = [{ year = 2025, value = 70 }]\n\n[[goals.measures.indicators.targets]]"


@pytest.fixture
def missed(plan: pathlib.Path) -> pathlib.Path:
    """The plan with an actual below its target."""
    text = plan.read_text("utf-8")
    plan.write_text(text.replace("[[goals.measures.indicators.targets]]", MISSED), "utf-8")
    return plan


def test_a_plan_is_told_as_text(run: Run, missed: pathlib.Path) -> None:
    ran = run("progress", missed)
    assert (ran.code, ran.err) == (0, "")
    assert "  missed  電子申請率\n      actual FY2025 70%, target FY2025 80%\n" in ran.out


def test_further_reports_go_into_files(
    run: Run, missed: pathlib.Path, tmp_path: pathlib.Path
) -> None:
    page = tmp_path / "progress.html"
    ran = run("progress", missed, "--format", "json", "-o", f"html:{page}")
    assert json.loads(ran.out)["plan"]["missed"] == 1
    assert page.read_text("utf-8").startswith("<!DOCTYPE html>")


def test_a_missed_target_fails_only_where_asked(run: Run, missed: pathlib.Path) -> None:
    assert run("progress", missed, "--fail-on", "missed").code == 1
    assert run("progress", missed, "--fail-on", "never").code == 0


def test_what_cannot_be_judged_is_not_missed(run: Run, plan: pathlib.Path) -> None:
    ran = run("progress", plan, "--fail-on", "missed")
    assert ran.code == 0
    assert "no actual figure" in ran.out


def test_an_unknown_form_is_a_wrong_call(run: Run, plan: pathlib.Path) -> None:
    assert run("progress", plan, "--format", "yaml").code == 2
