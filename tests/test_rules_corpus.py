"""The corpus: for each rule, plans that must be reported and near misses that must not.

``tests/corpus/MX301.toml`` holds the cases of a rule: ``faulty`` plans, with all that the rule
says of each (where, how bad, the sentence), and ``sound`` ones, of which it says nothing. A
plan stands there without its first line, ``munidx = 1``; ``at`` is line and column with it.
"""

import functools
import pathlib
import re
import tomllib
from typing import Any

import pytest

from munidx.findings import Finding
from munidx.formats import toml
from munidx.formats.positions import toml_positions
from munidx.report.catalogue import hint, sentence
from munidx.rules import all_rules, validate

CORPUS = pathlib.Path(__file__).parent / "corpus"
CODES = [rule.code for rule in all_rules() if rule.check is not None]
ENOUGH = 2
JAPANESE = re.compile("[ぁ-んァ-ヶ一-龠]")


@functools.cache
def cases_of(code: str) -> dict[str, Any]:
    return tomllib.loads((CORPUS / f"{code}.toml").read_text(encoding="utf-8"))


def cases(kind: str) -> list[Any]:
    return [
        pytest.param(code, case, id=f"{code}-{number}")
        for code in CODES
        for number, case in enumerate(cases_of(code)[kind], start=1)
    ]


def found(code: str, text: str) -> tuple[Finding, ...]:
    return validate(toml.loads(text), select=[code])


def test_every_rule_has_enough_cases_of_both_kinds_and_no_case_is_of_another() -> None:
    assert {path.stem for path in CORPUS.iterdir()} == set(CODES)
    for code in CODES:
        held = cases_of(code)
        assert set(held) == {"faulty", "sound"}, code
        for kind in held:
            texts = {case["plan"] for case in held[kind]}
            assert len(texts) == len(held[kind]) >= ENOUGH, (code, kind)


@pytest.mark.parametrize(("code", "case"), cases("faulty"))
def test_what_is_faulty_is_reported(code: str, case: dict[str, Any]) -> None:
    text = "munidx = 1\n" + case["plan"]
    plan, positions = toml.loads(text), toml_positions(text)
    told = []
    for finding in found(code, text):
        assert finding.code == code
        place = positions.of(plan, finding.path, finding.field)
        told.append(
            {
                "path": finding.path,
                "field": finding.field,
                "at": f"{place.line}:{place.column}" if place.line else "",
                "severity": finding.severity.value,
                "en": sentence(finding, "en"),
            }
        )
        assert hint(finding, "en")
        for japanese in (sentence(finding, "ja"), hint(finding, "ja")):
            assert JAPANESE.search(japanese)
    assert told == case["told"]
    assert told


@pytest.mark.parametrize(("code", "case"), cases("sound"))
def test_a_near_miss_is_not_reported(code: str, case: dict[str, Any]) -> None:
    assert found(code, "munidx = 1\n" + case["plan"]) == ()
