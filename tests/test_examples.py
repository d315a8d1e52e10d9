"""The files in examples/, and the schemas that every file of ours and every output satisfies."""

import json
import pathlib
import subprocess
import sys
import tomllib
from decimal import Decimal

import jsonschema
import pytest

import munidx
from munidx.diff.exchange import to_data as diff_data
from munidx.formats.json import encode
from munidx.formats.schema import diff_schema, findings_schema, plan_schema
from munidx.report.findings import findings_data

ROOT = pathlib.Path(__file__).parents[1]
EXAMPLES = ROOT / "examples"
CANONICAL = sorted([*EXAMPLES.glob("*.toml"), *ROOT.glob("plugins/*/tests/golden/*.toml")])
REGENERATE = "make examples writes them anew"


def test_there_are_canonical_files() -> None:
    cities = {path.parts[-4] for path in CANONICAL if "plugins" in path.parts}
    assert {"itami", "kadoma", "shijonawate", "toyonaka"} <= cities
    assert [path.name for path in CANONICAL if path.parent == EXAMPLES] == [
        "nawate-r6.toml",
        "nawate-r7.toml",
    ]


@pytest.mark.parametrize("path", CANONICAL, ids=lambda path: f"{path.parts[-4]}-{path.stem}")
def test_canonical_files_satisfy_the_schema_and_are_written_alike(path: pathlib.Path) -> None:
    text = path.read_text(encoding="utf-8")
    data = json.loads(encode(tomllib.loads(text, parse_float=Decimal)))
    jsonschema.Draft202012Validator(plan_schema()).validate(data)
    assert munidx.dumps(munidx.loads(text)) == text


@pytest.mark.parametrize("edition", ["nawate-r6", "nawate-r7"])
def test_the_examples_are_current(edition: str) -> None:
    plan = munidx.read(EXAMPLES / f"{edition}.txt").plans[0]
    assert munidx.dumps(plan) == (EXAMPLES / f"{edition}.toml").read_text(encoding="utf-8"), (
        REGENERATE
    )


def test_the_schema_beside_the_examples_is_current() -> None:
    text = (EXAMPLES / "munidx-plan-1.schema.json").read_text(encoding="utf-8")
    assert json.loads(text) == plan_schema(), REGENERATE


def test_diffs_and_findings_satisfy_their_schemas() -> None:
    old, new = (munidx.load(EXAMPLES / f"nawate-{edition}.toml") for edition in ("r6", "r7"))
    difference = munidx.diff(old, new)
    told = json.loads(encode(diff_data(difference)))
    jsonschema.Draft202012Validator(diff_schema()).validate(told)
    findings = munidx.validate(new)
    assert findings
    report = json.loads(json.dumps(findings_data([("nawate-r7.toml", findings)], "en")))
    jsonschema.Draft202012Validator(findings_schema()).validate(report)


def test_the_demo_shows_every_kind_of_change_and_ends_well() -> None:
    path = str(pathlib.Path(sys.executable).parent)
    done = subprocess.run(
        ["/bin/sh", str(EXAMPLES / "demo.sh")],
        capture_output=True,
        encoding="utf-8",
        env={"PATH": f"{path}:/usr/bin:/bin", "LANG": "C.UTF-8"},
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    for kind in ("added", "abolished", "retitled", "moved", "target raised", "target lowered"):
        assert f"  {kind} " in done.stdout
