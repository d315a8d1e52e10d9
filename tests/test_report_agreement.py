"""The forms of one run agree: each tells the same findings, at the same places."""

import csv
import json
import pathlib
import re
import tomllib
from collections import Counter
from collections.abc import Callable
from typing import Any

import jsonschema
import pytest
from lxml import etree
from lxml import html as lxml_html

from munidx.formats.schema import findings_schema
from munidx.formats.toml import loads
from munidx.report.findings import FORMATS, render_findings
from munidx.rules import validate

Run = Callable[..., Any]
Found = Counter[tuple[str, str, str]]

POOR = """\
munidx = 1
id = "272299-sectoral-sample"
title = "見本計画"

[[goals]]
code = "1"
title = "くらし（窓口"

[[goals.measures]]
code = "1"
title = "電子申請"

[[goals.measures]]
code = "1"
title = "電子申請"
start = 2026
end = 2024

[[goals.measures.indicators]]
title = "申請率"
targets = [{ year = 2025, value = 80 }, { year = 2026, value = 120, unit = "%" }]
"""
"""A plan with faults of several rules, severities and places."""


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Every form of one run, by its name."""
    from munidx.cli import main  # noqa: PLC0415

    folder = tmp_path_factory.mktemp("reports")
    (folder / "plan.toml").write_text(POOR, encoding="utf-8")
    outputs = [word for form in FORMATS for word in ("--output", f"{form}:{folder / form}")]
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        code = main(["--no-config", "--lang", "en", "validate", "plan.toml", *outputs])
    assert code == 1
    return {form: (folder / form).read_text(encoding="utf-8-sig") for form in FORMATS}


def found(findings: list[dict[str, Any]]) -> Found:
    return Counter(
        (one["code"], one["severity"], f"{one['location']['line']}:{one['location']['column']}")
        for one in findings
    )


def of_text(text: str) -> Found:
    told = re.findall(
        r"^    (\w+) .*\[(MX\d+) .*\]\n(?:      plan.toml:(\d+:\d+)\n)?", text, re.MULTILINE
    )
    places: list[tuple[str, str, str]] = []
    for severity, code, place in told:
        places.append((code, severity, place or places[-1][2]))
    return Counter(places)


def of_concise(text: str) -> Found:
    told = re.findall(r"^plan.toml:(\d+:\d+): (\w+) (MX\d+) ", text, re.MULTILINE)
    return Counter((code, severity, place) for place, severity, code in told)


def of_markdown(text: str) -> Found:
    told = re.findall(r"^\| (\w+) \| (MX\d+) .* \| plan.toml:(\d+:\d+) \|$", text, re.MULTILINE)
    return Counter((code, severity, place) for severity, code, place in told)


def of_github(text: str) -> Found:
    told = re.findall(
        r"^::(\w+) file=plan.toml,line=(\d+),col=(\d+),title=(MX\d+) ", text, re.MULTILINE
    )
    severities = {"notice": "info"}
    return Counter(
        (code, severities.get(command, command), f"{line}:{column}")
        for command, line, column, code in told
    )


def of_sarif(text: str) -> Found:
    severities = {"note": "info"}
    told: Found = Counter()
    for result in json.loads(text)["runs"][0]["results"]:
        region = result["locations"][0]["physicalLocation"]["region"]
        place = f"{region['startLine']}:{region['startColumn']}"
        told[result["ruleId"], severities.get(result["level"], result["level"]), place] += 1
    return told


def of_junit(text: str) -> Found:
    told: Found = Counter()
    for case in etree.fromstring(text.encode()).iter("testcase"):
        (outcome,) = case
        words = outcome.text or outcome.get("message") or ""
        place = re.search(r"plan.toml:(\d+:\d+)", words)
        assert place is not None
        code = str(case.get("classname")).partition(" ")[0]
        told[code, outcome.get("type") or "info", place[1]] += 1
    return told


def of_csv(text: str) -> Found:
    rows = csv.DictReader(text.splitlines())
    return Counter((row["code"], row["severity"], f"{row['line']}:{row['column']}") for row in rows)


def of_html(text: str) -> Found:
    told: Found = Counter()
    for article in lxml_html.document_fromstring(text).iter("article"):
        place = article.xpath("string(p[@class='place'])")
        section = article.getparent()
        assert section is not None
        severity = section.get("data-severity") or ""
        told[article.get("data-rule") or "", severity, str(place)[10:]] += 1
    return told


READ: dict[str, Callable[[str], Found]] = {
    "text": of_text,
    "concise": of_concise,
    "json": lambda text: found(json.loads(text)["findings"]),
    "jsonl": lambda text: found([json.loads(line) for line in text.splitlines()]),
    "markdown": of_markdown,
    "github": of_github,
    "sarif": of_sarif,
    "junit": of_junit,
    "csv": of_csv,
    "html": of_html,
}


@pytest.mark.parametrize("form", list(FORMATS))
def test_the_forms_of_one_run_agree(reports: dict[str, str], form: str) -> None:
    told = READ["json"](reports["json"])
    assert len(told) > 6
    assert len({severity for _, severity, _ in told}) > 1
    assert READ[form](reports[form]) == told


def test_a_place_is_that_of_the_very_value(reports: dict[str, str]) -> None:
    lines = POOR.splitlines()
    meant = set()
    for one in json.loads(reports["json"])["findings"]:
        place = one["location"]
        meant.add((one["code"], lines[place["line"] - 1][place["column"] - 1 :]))
    assert ("MX101", '"1"') in meant
    assert ("MX704", '"くらし（窓口"') in meant
    assert ("MX305", '80 }, { year = 2026, value = 120, unit = "%" }]') in meant


def test_json_and_jsonl_are_of_the_published_form(reports: dict[str, str]) -> None:
    schema = findings_schema()
    jsonschema.Draft202012Validator(schema).validate(json.loads(reports["json"]))
    entry = {"$ref": "#/$defs/Finding", "$defs": schema["$defs"]}
    for line in reports["jsonl"].splitlines():
        jsonschema.Draft202012Validator(entry).validate(json.loads(line))


def test_the_schema_is_printed(run: Run) -> None:
    assert json.loads(run("schema", "findings").out) == findings_schema()


def test_the_text_quotes_every_place_with_a_caret(reports: dict[str, str]) -> None:
    lines = POOR.splitlines()
    for number, line in re.findall(r"^ +(\d+) \| (.*)\n +\| +\^+$", reports["text"], re.MULTILINE):
        assert line == lines[int(number) - 1].strip()


def test_places_are_told_as_named_on_the_command_line(
    run: Run, cities: pathlib.Path, document: pathlib.Path
) -> None:
    assert cities
    ran = run("validate", document, "--adapter", "kaku", "--format", "concise")
    assert f"{document}:1: " in ran.out
    ran = run("validate", "-", "--adapter", "kaku", stdin=document.read_bytes())
    assert "      stdin:1\n      1 | 架空市計画" in ran.out
    ran = run("validate", document, "--adapter", "kaku")
    assert "1 | 架空市計画" in ran.out


CORPUS = sorted((pathlib.Path(__file__).parent / "corpus").glob("*.toml"))


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_what_the_corpus_finds_is_of_the_published_form(lang: str) -> None:
    cases = [
        (f"{path.name}::{number}", validate(loads(f"munidx = 1\n{case['plan']}")))
        for path in CORPUS
        for number, case in enumerate(tomllib.loads(path.read_text(encoding="utf-8"))["faulty"])
    ]
    schema = findings_schema()
    told = json.loads(render_findings(cases, "json", lang=lang))
    jsonschema.Draft202012Validator(schema).validate(told)
    assert len(told["findings"]) > len(CORPUS) > 40
    lines = render_findings(cases, "jsonl", lang=lang).splitlines()
    assert [json.loads(line) for line in lines] == told["findings"]
    sarif = json.loads((CORPUS[0].parents[1] / "schemas/sarif-reduced.schema.json").read_text())
    run_of_all = json.loads(render_findings(cases, "sarif", lang=lang))
    jsonschema.Draft7Validator(sarif).validate(run_of_all)
    assert len(run_of_all["runs"][0]["results"]) == len(lines)
