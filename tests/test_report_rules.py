"""The list of rules and their manual pages; and that the committed pages are those of the rules."""

import json
import pathlib
from collections.abc import Iterable

import pytest

from munidx.findings import Severity
from munidx.report.rules import FAMILIES, render_rule, render_rules, rule_pages, summary_of
from munidx.rules import Rule, all_rules
from munidx.rules.view import View

DOCS = pathlib.Path(__file__).parents[1] / "docs" / "rules"
COMMAND = "run: munidx rules --docs docs/rules"


def _check(_: View) -> Iterable[object]:
    return ()


RULE = Rule(
    code="MX199",
    name="odd|name",
    severity=Severity.ERROR,
    check=_check,  # type: ignore[arg-type]
    page="It is odd | or so.\n\nSaid beside it.\n\nWhy:\n    Because.\n\nFails::\n\n    a = 1\n",
)
STRANGER = Rule(
    code="MX999", name="of-a-stranger", severity=Severity.INFO, page="A title\x1b[31m.\nMore."
)


def test_the_committed_pages_are_those_of_the_rules() -> None:
    pages = rule_pages(all_rules())
    committed = {path.relative_to(DOCS).as_posix() for path in DOCS.rglob("*.md")}
    assert committed == set(pages), COMMAND
    stale = [name for name, text in pages.items() if (DOCS / name).read_text("utf-8") != text]
    assert stale == [], COMMAND


def test_every_family_has_its_words() -> None:
    for words in FAMILIES.values():
        assert {rule.code[:3] for rule in all_rules()} <= set(words)


def test_the_index_links_to_every_page_and_no_other() -> None:
    pages = rule_pages(all_rules())
    for folder, other in (("", "ja/index.md"), ("ja/", "../index.md")):
        index = pages[f"{folder}index.md"]
        linked = {line.split("](")[1].split(")")[0] for line in index.splitlines() if "](" in line}
        codes = {name.removeprefix("ja/") for name in pages} - {"index.md"}
        assert linked == codes | {other}
        for rule in all_rules():
            assert f"`{rule.name}`" in index


def test_a_page_has_the_sections_that_the_docstring_has() -> None:
    page = rule_pages([RULE])["MX199.md"]
    assert page == (
        "# MX199 odd|name\n\nSeverity: error\n\nIt is odd | or so.\nSaid beside it.\n\n"
        "## Why it matters\n\nBecause.\n\n"
        "## An example that is reported\n\n```toml\na = 1\n```\n"
    )


def test_a_page_in_japanese_has_the_same_examples() -> None:
    for rule in filter(lambda rule: rule.explained, all_rules()):
        pages = rule_pages([rule])
        english, japanese = pages[f"{rule.code}.md"], pages[f"ja/{rule.code}.md"]
        assert english.split("```")[1::2] == japanese.split("```")[1::2]
        assert english.count("\n## ") == japanese.count("\n## ")
        assert "Severity" not in japanese


def test_a_bar_does_not_end_a_cell_of_the_index() -> None:
    assert "It is odd \\| or so. |" in rule_pages([RULE])["index.md"]


def test_a_rule_found_while_reading_is_listed_without_a_page() -> None:
    pages = rule_pages([STRANGER])
    assert set(pages) == {"index.md", "ja/index.md"}
    assert "| MX999 | `of-a-stranger` | info |" in pages["index.md"]


def test_the_list_is_a_line_for_each_rule_in_columns() -> None:
    assert render_rules([RULE, STRANGER]) == (
        "MX199  odd|name       error  It is odd | or so.\n"
        "MX999  of-a-stranger  info   A title<U+001B>[31m.\n"
    )
    assert render_rules([]) == ""
    assert len(render_rules(all_rules()).splitlines()) == len(all_rules())


def test_colour_is_only_in_the_severity() -> None:
    assert "\x1b[31merror" in render_rules([RULE], colour=True)
    assert render_rule(RULE, colour=True).startswith("\x1b[1mMX199")


def test_the_list_as_data() -> None:
    data = json.loads(render_rules([RULE], "json"))
    assert data == {
        "version": 1,
        "rules": [
            {
                "code": "MX199",
                "name": "odd|name",
                "severity": "error",
                "family": "identity and structure",
                "summary": "It is odd | or so.",
            }
        ],
    }


def test_a_manual_page_as_text_and_as_data() -> None:
    assert render_rule(STRANGER) == ("MX999 of-a-stranger (info)\n\nA title<U+001B>[31m.\nMore.\n")
    data = json.loads(render_rule(RULE, "json"))["rule"]
    assert (data["why"], data["fails"], data["passes"]) == ("Because.", "a = 1", "")


@pytest.mark.parametrize("rule", all_rules(), ids=lambda rule: rule.code)
def test_every_rule_has_one_sentence_to_be_listed_with(rule: Rule) -> None:
    assert summary_of(rule).endswith(".")
    assert "\n" not in summary_of(rule)
