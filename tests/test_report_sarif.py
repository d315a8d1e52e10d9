import json
import pathlib
from collections.abc import Mapping
from typing import Any

import jsonschema
import pytest
from attrs import evolve

from munidx.findings import Finding, Severity
from munidx.place import Location
from munidx.report.findings import FindingsOf, Suppressed, render_findings
from munidx.report.quotes import Quote, Quoter
from munidx.report.sarif import FINGERPRINT

SCHEMA = json.loads(
    (pathlib.Path(__file__).parent / "schemas" / "sarif-reduced.schema.json").read_text("utf-8")
)
CODE = Finding(
    code="MX101",
    severity=Severity.WARNING,
    params={"code": "3", "other": "窓口改革"},
    path="goals[1]/measures[#4]",
    title="電子申請",
    location=Location(document="plans/計画 1.toml", line=9, column=8),
)
PAGE = Finding(
    code="MX504",
    severity=Severity.ERROR,
    path="goals[1]",
    location=Location(document="plan.pdf", page=3, line=2, cell="t1r2"),
)
STRANGE = Finding(code="MX999", severity=Severity.INFO, title="計画", path="odd")


def run(
    *found: FindingsOf,
    lang: str = "en",
    quoters: Mapping[str, Quoter] | None = None,
    suppressed: Suppressed | None = None,
) -> dict[str, Any]:
    told_as = render_findings(found, "sarif", lang=lang, quoters=quoters, suppressed=suppressed)
    data = json.loads(told_as)
    jsonschema.Draft7Validator(SCHEMA).validate(data)
    told: dict[str, Any] = data["runs"][0]
    return told


def fingerprints(*found: FindingsOf, lang: str = "en") -> list[str]:
    return [
        result["partialFingerprints"][FINGERPRINT] for result in run(*found, lang=lang)["results"]
    ]


def test_a_finding_has_its_line_its_node_and_its_rule() -> None:
    quote = Quote('code = "3"', 7, 10)
    told = run(("plans/計画 1.toml", (CODE,)), quoters={"plans/計画 1.toml": lambda _: quote})
    (result,) = told["results"]
    assert (result["ruleId"], result["ruleIndex"], result["level"]) == ("MX101", 0, "warning")
    assert result["message"]["text"].startswith("Code 3 is also that of its sibling “窓口改革”.")
    (location,) = result["locations"]
    assert location["physicalLocation"] == {
        "artifactLocation": {"uri": "plans/%E8%A8%88%E7%94%BB%201.toml"},
        "region": {
            "startLine": 9,
            "startColumn": 8,
            "endColumn": 11,
            "snippet": {"text": 'code = "3"'},
        },
    }
    assert location["logicalLocations"] == [
        {
            "name": "電子申請",
            "fullyQualifiedName": "goals[1]/measures[#4]",
            "kind": "measure",
        }
    ]
    (rule,) = told["tool"]["driver"]["rules"]
    assert (rule["id"], rule["name"]) == ("MX101", "DuplicateCode")
    texts = [rule[name]["text"] for name in ("shortDescription", "fullDescription", "help")]
    assert all(texts)
    assert texts[2].startswith(f"{texts[0]} {texts[1]} ")


def test_a_line_of_a_document_is_a_region_with_what_is_meant() -> None:
    line = evolve(CODE, location=Location(document="a.txt", line=4))
    (result,) = run(("a.txt", (line,)), quoters={"a.txt": lambda _: Quote("番号 3", 3, 4)})[
        "results"
    ]
    region = result["locations"][0]["physicalLocation"]["region"]
    assert (region["startColumn"], region["endColumn"]) == (4, 5)
    (result,) = run(("a.txt", (line,)), quoters={"a.txt": lambda _: Quote("番号")})["results"]
    assert "startColumn" not in result["locations"][0]["physicalLocation"]["region"]
    (result,) = run(("a.txt", (line,)))["results"]
    assert result["locations"][0]["physicalLocation"]["region"] == {"startLine": 4}


def test_a_page_is_told_and_is_no_region() -> None:
    (result,) = run(("plan.pdf", (PAGE,)))["results"]
    (location,) = result["locations"]
    assert location["physicalLocation"] == {"artifactLocation": {"uri": "plan.pdf"}}
    assert location["message"]["text"] == "plan.pdf, page 3 t1r2"
    assert location["properties"] == {"page": 3, "cell": "t1r2"}
    assert location["logicalLocations"][0]["name"] == "goals[1]"


def test_what_knows_no_file_and_no_rule_is_told_all_the_same() -> None:
    told = run(("-", (STRANGE, evolve(STRANGE, path="", title=""))))
    first, second = told["results"]
    assert "physicalLocation" not in first["locations"][0]
    assert first["level"] == "note"
    (rule,) = told["tool"]["driver"]["rules"]
    assert rule.pop("id") == "MX999"
    assert set(rule) == {"shortDescription", "fullDescription", "help"}
    assert first["locations"][0]["logicalLocations"] == [
        {"name": "計画", "fullyQualifiedName": "odd"}
    ]
    assert second["locations"][0]["logicalLocations"] == [{"name": "plan", "kind": "plan"}]
    assert run(("a.toml", ()))["results"] == []


def test_an_absolute_path_is_a_file_uri() -> None:
    told = run(("/srv/a b.toml::p", (STRANGE,)))
    assert told["artifacts"] == [{"location": {"uri": "file:///srv/a%20b.toml"}}]
    (result,) = told["results"]
    assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"].endswith("b.toml")


def test_fingerprints_stay_when_lines_move_and_languages_change() -> None:
    before = fingerprints(("a/plan.toml", (CODE, PAGE)))
    moved = evolve(CODE, location=Location(document="b/plan.toml", line=90))
    assert fingerprints(("b/plan.toml", (moved,))) == before[:1]
    assert fingerprints(("b/plan.toml", (moved,)), lang="ja") == before[:1]
    assert len({*before, *fingerprints(("x.toml", (CODE,)))}) == 3
    other = evolve(CODE, params={"code": "4"}), evolve(CODE, path="goals[1]")
    assert len({*fingerprints(("a/plan.toml", other)), *before}) == 4


def test_equal_findings_are_told_apart_by_their_number() -> None:
    first, second = fingerprints(("a.toml", (CODE, CODE)))
    assert (first[-2:], second[-2:]) == (":1", ":2")
    assert first[:-2] == second[:-2]


def test_what_is_suppressed_is_there_with_its_reason() -> None:
    told = run(("a.toml", (PAGE,)), suppressed={"a.toml": [(CODE, "known\x1b[2J")]})
    first, second = told["results"]
    assert "suppressions" not in first
    assert second["suppressions"] == [
        {"kind": "external", "status": "accepted", "justification": "known<U+001B>[2J"}
    ]
    assert [rule["id"] for rule in told["tool"]["driver"]["rules"]] == ["MX101", "MX504"]
    assert [result["ruleIndex"] for result in told["results"]] == [1, 0]


@pytest.mark.parametrize(
    ("evil", "shown"),
    [
        ("[x](http://example.jp)", r"[x]\(http://example.jp)"),
        ("{0}", "{{0}}"),
        ("い\x1b\u202e\nろ", "い<U+001B><U+202E>⏎ろ"),
    ],
)
def test_a_message_holds_no_link_and_no_placeholder(evil: str, shown: str) -> None:
    (result,) = run(("a.toml", (evolve(CODE, params={"code": "3", "other": evil}),)))["results"]
    assert f"“{shown}”" in result["message"]["text"]


def test_a_rule_without_a_page_has_its_one_sentence() -> None:
    (rule,) = run(("a.txt", (evolve(CODE, code="MX978"),)))["tool"]["driver"]["rules"]
    assert rule["shortDescription"]["text"] == "A title is printed again in other words."
    assert rule["fullDescription"] == rule["help"] == rule["shortDescription"]


def test_the_run_is_in_the_language_that_is_asked_for() -> None:
    told = run(("a.toml", (CODE,)), lang="ja")
    assert told["language"] == "ja"
    (rule,) = told["tool"]["driver"]["rules"]
    assert not rule["shortDescription"]["text"].isascii()
