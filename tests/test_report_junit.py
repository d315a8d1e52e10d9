import pathlib

import pytest
from attrs import evolve
from lxml import etree

from munidx.findings import Finding, Severity
from munidx.place import Location
from munidx.report.findings import FindingsOf, Suppressed, render_findings

XSD = etree.XMLSchema(etree.parse(pathlib.Path(__file__).parent / "schemas" / "junit-reduced.xsd"))
CODE = Finding(
    code="MX101",
    severity=Severity.WARNING,
    params={"code": "3", "other": "窓口改革"},
    path="goals[1]/measures[#4]",
    title="電子申請",
    location=Location(document="plan.toml", line=9, column=8),
)
WHOLE = Finding(code="MX114", severity=Severity.INFO)


def suites(
    *found: FindingsOf, lang: str = "en", suppressed: Suppressed | None = None
) -> etree._Element:
    told = render_findings(found, "junit", lang=lang, suppressed=suppressed)
    tree = etree.fromstring(told.encode())
    XSD.assertValid(tree)
    return tree


def test_a_finding_is_a_test_that_failed() -> None:
    tree = suites(("plan.toml", (CODE,)))
    (case,) = tree.iter("testcase")
    assert case.get("classname") == "MX101 duplicate-code"
    assert case.get("name") == "電子申請 goals[1]/measures[#4]"
    (failure,) = case
    assert failure.get("type") == "warning"
    assert failure.get("message") == "Code 3 is also that of its sibling “窓口改革”."
    assert (failure.text or "").splitlines() == [
        "warning plan.toml:9:8",
        "Code 3 is also that of its sibling “窓口改革”.",
        "Compare with the published document.",
    ]


def test_counts_are_those_of_the_cases() -> None:
    error = evolve(CODE, severity=Severity.ERROR)
    tree = suites(
        ("a.toml", (CODE, error, WHOLE)),
        ("b.toml", ()),
        ("c.toml", ()),
        suppressed={"c.toml": [(CODE, "known")]},
    )
    told = [[suite.get(name) for name in ("tests", "failures", "skipped")] for suite in tree]
    assert told == [["3", "2", "1"], ["1", "0", "0"], ["1", "0", "1"]]
    assert (tree.get("tests"), tree.get("failures")) == ("5", "2")
    for suite in tree:
        assert suite.get("tests") == str(len(suite))
        assert suite.get("failures") == str(len(list(suite.iter("failure"))))
        assert suite.get("skipped") == str(len(list(suite.iter("skipped"))))


def test_a_plan_without_findings_passes() -> None:
    (case,) = suites(("a.toml", ()), lang="ja").iter("testcase")
    assert case.get("name") == "指摘事項はありません。"
    assert not len(case)
    assert not len(suites())


def test_what_is_worth_knowing_or_suppressed_is_skipped() -> None:
    tree = suites(("a.toml", (WHOLE,)), suppressed={"a.toml": [(CODE, "known\nlong ago")]})
    told = [skipped.get("message") for skipped in tree.iter("skipped")]
    assert told == ["The plan holds no goal, no measure and no indicator.", "known long ago"]
    assert next(case.get("name") for case in tree.iter("testcase")) == "MX114 empty-plan"


def test_cases_have_names_of_their_own() -> None:
    names = [case.get("name") for case in suites(("a.toml", (CODE, CODE))).iter("testcase")]
    assert names == ["電子申請 goals[1]/measures[#4]", "電子申請 goals[1]/measures[#4] (2)"]


@pytest.mark.parametrize("evil", ["<b>&\"'", "]]>", "\x1b\x00\ufffe\u202e", "い\nろ", "&#10;"])
def test_hostile_texts_are_text(evil: str) -> None:
    finding = evolve(CODE, title=evil, params={"code": evil, "other": evil})
    tree = suites((evil, (finding,)), suppressed={evil: [(finding, evil)]})
    assert {node.tag for node in tree.iter()} == {
        "testsuites",
        "testsuite",
        "testcase",
        "failure",
        "skipped",
    }
