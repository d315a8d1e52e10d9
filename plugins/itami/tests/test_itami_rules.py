"""The city's own rules: what they report, what they leave alone, and that munidx knows them."""

import pathlib

import pytest

import munidx
from munidx.adapters.city_rules import adopt_all
from munidx.adapters.host import Host
from munidx.findings import Finding, Severity
from munidx.report.catalogue import hint, sentence
from munidx.report.rules import render_rule
from munidx.rules import Rule, all_rules
from munidx_itami.rules import RULES

GOLDEN = pathlib.Path(__file__).parent / "golden" / "003.toml"
"""The published document; the numbers of the other samples are made up."""
HEAD = """
munidx = 1
[municipality]
code = "282073"
name = "伊丹市"
"""


def found(fragment: str) -> tuple[Finding, ...]:
    return munidx.validate(munidx.loads(HEAD + fragment), select=["ITAMI"])


def row(goal: str, project: str, level: str = "事務事業") -> str:
    return (
        f'[[goals]]\ncode = "{goal}"\nlevel = "実施施策"\ntitle = "市政情報の共有"\n'
        f'measures = [{{ code = "{project}", level = "{level}", title = "広報紙の発行" }}]\n'
    )


@pytest.mark.parametrize("fragment", [row("611", "612010"), row("611", "61101")])
def test_a_number_of_another_form_is_reported(fragment: str) -> None:
    (finding,) = found(fragment)
    assert (finding.code, finding.severity) == ("ITAMI101", Severity.WARNING)
    assert finding.path.startswith("goals[611]/measures[")
    assert sentence(finding, "ja").endswith("（6桁、上位の番号：611）。")
    assert sentence(finding).endswith("should have 6 digits and begin with 611.")
    assert hint(finding, "ja")


def test_a_rung_under_another_is_reported() -> None:
    finding, *others = found(
        '[[goals]]\ncode = "6"\nlevel = "大綱"\ntitle = "共生"\n'
        'goals = [{ code = "71", level = "施策", title = "情報" }]\n'
    )
    assert (finding.path, others) == ("goals[6]/goals[71]", [])


@pytest.mark.parametrize(
    "fragment",
    [
        row("611", "611010"),
        row("６１１", "６１１０２１"),
        row("611", "7", level="重点取組"),
        row("611", ""),
    ],
)
def test_what_has_the_form_is_left_alone(fragment: str) -> None:
    assert found(fragment) == ()


def test_another_city_has_other_rules() -> None:
    plan = munidx.loads("munidx = 1\n" + row("611", "612010"))
    assert [each.code for each in munidx.validate(plan) if each.code.startswith("ITAMI")] == []


def test_the_published_numbers_have_the_form() -> None:
    assert munidx.validate(munidx.load(GOLDEN), select=["ITAMI"]) == ()


@pytest.mark.parametrize("lang", ["en", "ja"])
@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_the_manual_page_is_whole_and_its_examples_hold(lang: str, rule: Rule) -> None:
    assert adopt_all(Host()) == ()
    (known,) = (each for each in all_rules() if each.code == rule.code)
    assert known.city == "itami"
    page = known.in_language(lang)
    assert all(page.section(name) for name in ("Why", "Fails", "Passes", "Fix", "Source"))
    assert [each.code for each in found(page.section("Fails"))] == [known.code]
    assert found(page.section("Passes")) == ()
    told = render_rule(known, lang=lang)
    assert ("Why:" in told, "趣旨" in told) == (lang == "en", lang == "ja")
