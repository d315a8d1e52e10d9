"""The manual pages in Japanese: one for each rule, with all that the English one has."""

import re

import pytest

from munidx.report.rules import manual, render_rule, render_rules, section_of, summary_of
from munidx.rules import Rule, all_rules

RULES = all_rules()
KANA = re.compile("[ぁ-んァ-ヶ]")
WORDS = re.compile(r"(?<![\w-])[a-z]{2,}(?![\w-])")
KNOWN = frozenset({"munidx", "convert", "coverage", "progress", "cp932"})
"""What is written in Latin letters in Japanese too."""


def test_there_is_a_page_for_each_rule_and_no_other() -> None:
    assert set(manual("ja")) == {rule.code for rule in RULES}
    assert manual("en") == {}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_the_japanese_page_says_what_the_english_one_does(rule: Rule) -> None:
    assert summary_of(rule, "ja").endswith("。")
    assert KANA.search(summary_of(rule, "ja"))
    for name in ("Why", "Fails", "Passes", "Fix", "Source"):
        assert bool(section_of(rule, name, "ja")) == bool(rule.section(name)), name
    prose = "".join(manual("ja")[rule.code].values())
    assert set(WORDS.findall(prose)) <= KNOWN
    assert "\n" not in prose


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_a_page_is_shown_wholly_in_its_language(rule: Rule) -> None:
    page = render_rule(rule, lang="ja")
    assert not re.search(r"^\s*(Why|Fails|Passes|Fix|Source):", page, re.MULTILINE)
    assert "error" not in page.partition("\n")[0]
    assert max(len(line) for line in page.splitlines() if KANA.search(line)) <= 110


def test_the_list_is_in_the_language() -> None:
    lines = render_rules(RULES, lang="ja").splitlines()
    assert all(KANA.search(line) for line in lines)
    assert len(lines) == len(RULES)
