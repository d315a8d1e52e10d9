import json

from packaging.specifiers import SpecifierSet

from munidx.adapters.host import AdapterState, AdapterStatus
from munidx.adapters.manifest import DocumentKind, Manifest
from munidx.findings import Finding, Severity
from munidx.model import Municipality, PlanKind
from munidx.report.adapters import render_adapters, render_problems

GOOD = AdapterStatus(
    name="kaku",
    state=AdapterState.AVAILABLE,
    distribution="munidx-kaku",
    version="1.0",
    manifest=Manifest(
        munidx=SpecifierSet(">=0.1"),
        municipality=Municipality(code="999993", name="架空市", prefecture="架空県"),
        documents=(DocumentKind(kind=PlanKind.SECTORAL, title="計画\x1b[2J"),),
    ),
)
OLD = AdapterStatus(
    name="old",
    state=AdapterState.INCOMPATIBLE,
    code="adapter-incompatible",
    params={"needs": "<0.1", "munidx": "0.1.0"},
)


def test_each_city_has_its_state_and_the_reason() -> None:
    lines = render_adapters((GOOD, OLD)).splitlines()
    assert lines[0] == "kaku  available     架空県架空市  (munidx-kaku 1.0)"
    assert lines[1] == "      sectoral: 計画<U+001B>[2J"
    assert lines[2].split()[:2] == ["old", "incompatible"]
    assert "<0.1" in lines[3]
    assert lines[4].strip() == "Update munidx or the adapter."


def test_json_holds_the_same() -> None:
    good, old = json.loads(render_adapters((GOOD, OLD), "json"))["adapters"]
    assert good["municipality"] == {"code": "999993", "name": "架空市", "prefecture": "架空県"}
    assert good["documents"][0]["kind"] == "sectoral"
    assert (good["code"], good["reason"], good["hint"]) == ("", "", "")
    assert old["hint"] == "Update munidx or the adapter."
    assert old["code"] == "adapter-incompatible"
    assert "municipality" not in old


def test_problems_have_a_line_each() -> None:
    problem = Finding(
        code="MX910",
        severity=Severity.WARNING,
        params={"adapter": "old\x1b", "reason": "adapter-incompatible", "needs": "<0.1"},
    )
    text = render_problems((problem, problem))
    assert text.count("\n") == 2
    assert "\x1b" not in text
    assert render_problems(()) == ""
