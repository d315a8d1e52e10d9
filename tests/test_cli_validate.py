import json
import pathlib
import re
from collections.abc import Callable
from typing import Any

import pytest

Run = Callable[..., Any]


@pytest.fixture
def poor(plan: pathlib.Path) -> pathlib.Path:
    """A plan with one measure that nobody answers for (a warning)."""
    with plan.open("a", encoding="utf-8") as stream:
        stream.write('\n[[goals.measures]]\ncode = "2"\ntitle = "窓口"\n')
    return plan


def test_a_finding_has_its_line_in_the_canonical_file(run: Run, poor: pathlib.Path) -> None:
    ran = run("validate", poor)
    assert ran.code == 1
    assert f'      {poor}:28:9\n      28 | title = "窓口"\n         |         ^^^^^^\n' in ran.out
    assert "MX501" in ran.out


def test_json_is_one_object_for_all_files(run: Run, poor: pathlib.Path) -> None:
    ran = run("validate", poor, "-", "--format", "json", stdin=poor.read_bytes())
    told = json.loads(ran.out)
    assert told["version"] == 1
    places = {finding["location"]["document"] for finding in told["findings"]}
    assert places == {str(poor), "-"}


@pytest.mark.parametrize(
    ("fail_on", "code"), [("info", 1), ("warning", 1), ("error", 0), ("never", 0)]
)
def test_fail_on_sets_the_bar(run: Run, poor: pathlib.Path, fail_on: str, code: int) -> None:
    assert run("validate", poor, "--fail-on", fail_on).code == code


def test_a_file_that_cannot_be_read_does_not_hide_the_others(run: Run, poor: pathlib.Path) -> None:
    ran = run("validate", "missing.toml", poor)
    assert ran.code == 3
    assert "missing.toml" in ran.err
    assert "MX501" in ran.out


def test_what_the_reading_met_is_a_finding(
    run: Run, cities: pathlib.Path, document: pathlib.Path
) -> None:
    assert cities
    with document.open("a", encoding="utf-8") as stream:
        stream.write("知らない段落\n")
    ran = run("validate", document, "--format", "json", "--adapter", "kaku")
    codes = [finding["code"] for finding in json.loads(ran.out)["findings"]]
    assert codes[0] == "MX901"
    assert ran.err == ""


def test_japanese_is_no_matter_of_the_locale(
    run: Run, poor: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", "C")
    assert "窓口" in run("validate", poor, "--format", "json").out


ROOT = pathlib.Path(__file__).parents[1]
BLOCK = re.compile(r"```console\n\$ munidx (validate examples/\S+)\n(.*?)```", re.DOTALL)


def test_the_examples_of_the_documentation_are_what_is_printed(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    blocks = BLOCK.findall((ROOT / "docs" / "validate.md").read_text(encoding="utf-8"))
    assert len(blocks) == 2
    for call, shown in blocks:
        printed = run("--lang", "en", "--no-config", *call.split()).out
        for part in shown.split("…\n"):
            assert part in printed


def test_several_reports_of_one_run_are_written(
    run: Run, poor: pathlib.Path, tmp_path: pathlib.Path
) -> None:
    forms = {"sarif": "MX501", "html": 'data-rule="MX501"', "junit": 'classname="MX501 '}
    outputs = [word for form in forms for word in ("-o", f"{form}:{tmp_path / form}")]
    assert run("validate", poor, *outputs).code == 1
    for form, told in forms.items():
        assert told in (tmp_path / form).read_text(encoding="utf-8")
