"""``munidx rules`` and ``munidx rule``."""

import json
import pathlib
from collections.abc import Callable
from typing import Any

import pytest

from munidx.report.rules import rule_pages
from munidx.rules import all_rules

Run = Callable[..., Any]


def test_all_rules_are_listed(run: Run) -> None:
    ran = run("rules")
    assert (ran.code, ran.err) == (0, "")
    assert [line.split()[0] for line in ran.out.splitlines()] == [rule.code for rule in all_rules()]


@pytest.mark.parametrize(
    ("selectors", "codes"),
    [
        (("MX101",), ["MX101"]),
        (("duplicate-code", "MX102"), ["MX101", "MX102"]),
        (("MX5xx",), [rule.code for rule in all_rules() if rule.code.startswith("MX5")]),
    ],
)
def test_some_rules_are_listed(run: Run, selectors: tuple[str, ...], codes: list[str]) -> None:
    ran = run("rules", *selectors, "--format", "json")
    assert ran.code == 0
    assert [rule["code"] for rule in json.loads(ran.out)["rules"]] == codes


@pytest.mark.parametrize("command", ["rule", "rules"])
def test_a_rule_that_there_is_not_is_a_wrong_call(run: Run, command: str) -> None:
    ran = run(command, "MX888")
    assert (ran.code, ran.out) == (2, "")
    assert "MX888" in ran.err


@pytest.mark.parametrize("name", ["MX101", "mx101", "duplicate-code"])
def test_a_rule_is_shown_by_code_and_by_name(run: Run, name: str) -> None:
    ran = run("rule", name)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("MX101 duplicate-code (warning)\n\n")
    assert "\nWhy:\n" in ran.out


def test_a_rule_as_data(run: Run) -> None:
    told = json.loads(run("rule", "MX101", "--format", "json").out)["rule"]
    assert told["code"] == "MX101"
    assert all(told[key] for key in ("why", "fails", "passes", "fix", "source"))


def test_a_family_is_no_rule(run: Run) -> None:
    assert run("rule", "MX1").code == 2


def test_the_pages_are_written(run: Run, tmp_path: pathlib.Path) -> None:
    folder = tmp_path / "a" / "rules"
    ran = run("rules", "--docs", folder)
    assert (ran.code, ran.out, ran.err) == (0, "", "")
    written = {
        path.relative_to(folder).as_posix(): path.read_text("utf-8")
        for path in folder.rglob("*.md")
    }
    assert written == rule_pages([rule for rule in all_rules() if not rule.city])


def test_pages_that_cannot_be_written_are_told(run: Run, tmp_path: pathlib.Path) -> None:
    (tmp_path / "file").touch()
    ran = run("rules", "--docs", tmp_path / "file")
    assert ran.code == 3
    assert str(tmp_path / "file") in ran.err
