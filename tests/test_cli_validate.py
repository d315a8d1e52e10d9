import json
import pathlib
import re
from collections.abc import Callable
from typing import Any

import jsonschema
import pytest

from munidx.formats.schema import findings_schema

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


@pytest.fixture
def settings(tmp_path: pathlib.Path) -> Callable[[str], pathlib.Path]:
    """Write a configuration, and name it."""

    def write(text: str) -> pathlib.Path:
        path = tmp_path / "munidx.toml"
        path.write_text(text, encoding="utf-8")
        return path

    return write


def _codes(ran: Any) -> list[str]:  # noqa: ANN401 - what the fixture gives
    return [finding["code"] for finding in json.loads(ran.out)["findings"]]


@pytest.mark.parametrize(
    ("options", "codes"),
    [
        ((), ["MX301", "MX501"]),
        (("--select", "MX5"), ["MX501"]),
        (("--select", "MX5,MX3xx", "--ignore", "MX501"), ["MX301"]),
        (("--select", "MX5", "--select", "measure-without-indicator"), ["MX301", "MX501"]),
        (("--ignore=MX3", "--ignore", "MX5"), []),
    ],
)
def test_rules_are_chosen_by_options(
    run: Run, poor: pathlib.Path, options: tuple[str, ...], codes: list[str]
) -> None:
    ran = run("validate", poor, *options, "--format", "json")
    assert _codes(ran) == codes
    assert ran.code == (1 if codes else 0)


@pytest.mark.parametrize(
    ("selector", "nearest"), [("MX5O1", "MX501"), ("owner-twise", "owner-twice")]
)
def test_a_misspelt_rule_is_a_wrong_call(
    run: Run, poor: pathlib.Path, selector: str, nearest: str
) -> None:
    ran = run("validate", poor, "--select", selector)
    assert (ran.code, ran.out) == (2, "")
    assert nearest in ran.err


def test_the_configuration_holds(
    run: Run, poor: pathlib.Path, settings: Callable[[str], pathlib.Path], tmp_path: pathlib.Path
) -> None:
    out = tmp_path / "found.json"
    path = settings(
        f'[validate]\nignore = ["MX3"]\nfail-on = "error"\nformat = "json"\n'
        f'output = ["json:{out}"]\n[severity]\nMX501 = "info"\n'
    )
    ran = run("validate", poor, "--config", path)
    assert (ran.code, _codes(ran)) == (0, ["MX501"])
    assert json.loads(out.read_bytes()) == json.loads(ran.out)
    assert run("validate", poor, "--config", path, "--fail-on", "info").code == 1
    assert _codes(run("validate", poor, "--no-config", "--format", "json")) == ["MX301", "MX501"]


def test_it_is_found_from_where_we_are(
    run: Run,
    poor: pathlib.Path,
    settings: Callable[[str], pathlib.Path],
    tmp_path: pathlib.Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    settings('lang = "ja"\n[validate]\nselect = ["MX501"]\n')
    (tmp_path / "below").mkdir()
    monkeypatch.chdir(tmp_path / "below")
    ran = run("validate", poor)
    assert "警告1件" in ran.out
    assert "警告2件" in run("validate", poor, "--no-config", "--lang", "ja").out


def test_what_is_suppressed_is_counted_and_what_nothing_matches_is_told(
    run: Run, poor: pathlib.Path, settings: Callable[[str], pathlib.Path]
) -> None:
    path = settings(
        '[[suppress]]\nrule = "MX301"\nreason = "様式による"\n'
        '[[suppress]]\nrule = "MX203"\nnode = "goals[9]"\nreason = "旧版"\n'
    )
    ran = run("validate", poor, "--config", path)
    assert "0 errors, 2 warnings, 0 infos (1 suppressed)" in ran.out
    assert f"{path}:4:3" in ran.out
    assert "suppression-unmatched" in ran.out
    assert f"\n{path}\n    warning Nothing matches" in ran.out
    data = json.loads(run("validate", poor, "--config", path, "--format", "json").out)
    jsonschema.validate(data, findings_schema())
    (hidden,) = data["suppressed"]
    assert (hidden["code"], hidden["reason"]) == ("MX301", "様式による")
    assert hidden["location"]["document"] == str(poor)
    assert hidden["location"]["line"]
    assert "MX301" not in {finding["code"] for finding in data["findings"]}
    lines = run("validate", poor, "--config", path, "--format", "jsonl").out.splitlines()
    assert len(lines) == len(data["findings"])
    assert "suppressed" not in json.loads(run("validate", poor, "--format", "json").out)
    assert run("validate", poor, "--config", path, "--select", "MX3").code == 0


def test_a_wrong_configuration_is_one_message_with_its_place(
    run: Run, poor: pathlib.Path, settings: Callable[[str], pathlib.Path]
) -> None:
    path = settings('[severity]\nMX5O1 = "off"\n[validate]\nslect = []\n')
    ran = run("validate", poor, "--config", path)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith(f"{path}:4:1: There is no key slect here.\n")
    path = settings('[severity]\nMX5O1 = "off"\nnonsense = "off"\n')
    ran = run("validate", poor, "--config", path)
    assert ran.code == 2
    assert ran.err == (
        f"{path}:2:1: No rule is called MX5O1.\n{path}:3:1: No rule is called nonsense.\n"
        "  Was MX501 meant?\n"
    )
    assert run("validate", poor, "--config", "missing.toml").code == 3


def test_the_diff_goes_by_it_too(
    run: Run, poor: pathlib.Path, settings: Callable[[str], pathlib.Path], tmp_path: pathlib.Path
) -> None:
    new = tmp_path / "new.toml"
    new.write_text(poor.read_text("utf-8").replace("80", "70"), encoding="utf-8")
    path = settings('[diff]\nformat = "concise"\nfail-on = "never"\nthreshold = 0.5\n')
    ran = run("diff", poor, new, "--config", path)
    assert (ran.code, len(ran.out.splitlines())) == (0, 1)
    assert run("diff", poor, new, "--config", path, "--fail-on", "any").code == 1


def test_where_nothing_could_be_read_nothing_is_said_to_be_sound(
    run: Run, poor: pathlib.Path
) -> None:
    ran = run("validate", "missing.toml")
    assert (ran.code, ran.out) == (3, "")
    assert "missing.toml" in ran.err
    ran = run("validate", "missing.toml", poor, "--format", "concise")
    assert (ran.code, len(ran.out.splitlines())) == (3, 2)
