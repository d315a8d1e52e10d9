"""Every code has its sentence in every language, and every sentence can be filled in."""

import ast
import datetime as dt
import enum
import pathlib
import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction

import pytest

from munidx.diff.changes import Effect, Kind
from munidx.errors import AdapterError, MunidxError, PlanError, SourceError
from munidx.findings import Finding, Severity
from munidx.model import Direction, FiscalYear, State, Status
from munidx.place import Location
from munidx.report import catalogue, words
from munidx.report.catalogue import (
    ERRORS,
    FINDINGS,
    LANGUAGES,
    effect_word,
    error_hint,
    error_sentence,
    field_text,
    fields_of,
    hint,
    kind_word,
    sentence,
    severity_word,
    told,
    word,
)
from munidx.rules import all_rules

ROOT = pathlib.Path(__file__).parents[1]
SOURCES = sorted([*ROOT.glob("src/**/*.py"), *ROOT.glob("plugins/*/src/**/*.py")])
SLUG = re.compile(r"[a-z]+(?:-[a-z0-9]+)+")
RAISING = re.compile(
    r"(?:Adapter|Munidx|MissingReader|Patch|Plan|Refused|Selection|Source)Error|guarded|_Fault"
)


def literals(tree: ast.AST) -> Iterator[str]:
    """The codes that calls in ``tree`` raise, as far as they are written there."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = node.func.id if isinstance(node.func, ast.Name) else ""
            keyed = [each.value for each in node.keywords if each.arg == "code"]
            for value in (*(node.args if RAISING.fullmatch(name) else ()), *keyed):
                if isinstance(value, ast.Constant) and isinstance(value.value, str):
                    yield value.value
        elif isinstance(node, ast.Constant) and re.fullmatch(r"MX\d{3}", str(node.value)):
            yield str(node.value)


def codes(pattern: str) -> set[str]:
    trees = (ast.parse(path.read_text(encoding="utf-8")) for path in SOURCES)
    return {code for tree in trees for code in literals(tree) if re.fullmatch(pattern, code)}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_error_code_of_the_source_has_its_sentence(lang: str) -> None:
    raised = codes(SLUG.pattern)
    assert len(raised) > 30
    assert raised - set(ERRORS[lang]) == set()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_finding_code_of_the_source_has_its_sentence(lang: str) -> None:
    raised = codes(r"MX[1-79]\d{2}")
    assert len(raised) > 60
    assert raised - set(FINDINGS[lang]) == set()


def test_every_finding_code_is_a_rule_that_users_can_list() -> None:
    assert codes(r"MX\d{3}") - {rule.code for rule in all_rules()} == set()


@pytest.mark.parametrize("entries", [FINDINGS, ERRORS], ids=["findings", "errors"])
def test_the_languages_tell_the_same(entries: Mapping[str, Mapping[str, tuple[str, ...]]]) -> None:
    assert set(entries) == set(LANGUAGES)
    english, japanese = entries["en"], entries["ja"]
    assert set(english) == set(japanese)
    for code, (text, advice, *whole) in english.items():
        text_ja, advice_ja, *whole_ja = japanese[code]
        assert text
        assert text_ja
        assert bool(advice) == bool(advice_ja), code
        assert fields_of(text_ja) <= fields_of(text) | {"name"}, code
        assert fields_of(text) - fields_of(text_ja) <= {"name", "reason"}, code
        assert len(whole) == len(whole_ja), code
        assert all(fields_of(each) == {"count", "total"} for each in (*whole, *whole_ja)), code


def test_japanese_sentences_are_japanese() -> None:
    kana = re.compile("[ぁ-ん]")
    for entries in (FINDINGS["ja"], ERRORS["ja"]):
        for code, texts in entries.items():
            assert all(kana.search(text) for text in texts if text), code
    for entries in (FINDINGS["en"], ERRORS["en"]):
        for code, texts in entries.items():
            assert not any(kana.search(text) for text in texts), code


def test_a_sentence_is_filled_with_what_the_finding_carries() -> None:
    finding = Finding(
        code="MX203",
        severity=Severity.WARNING,
        params={"time": FiscalYear(2030), "start": FiscalYear(2023), "end": "2028-03"},
    )
    assert sentence(finding) == (
        "The target is for FY2030, outside the plan's period from FY2023 to 2028-03."
    )
    assert sentence(finding, "ja").startswith("目標の時期（令和12年度）が計画期間（令和5年度から")
    assert hint(finding) == "If it is printed so, ask which plan carries the target on."
    assert hint(finding, "ja")


def test_the_gathered_sentence_is_for_the_whole_plan() -> None:
    one = Finding(code="MX301", severity=Severity.WARNING)
    whole = Finding(code="MX301", severity=Severity.INFO, params={"count": 14, "total": 15})
    assert sentence(one) == "The measure has no indicator."
    assert sentence(whole) == "14 of 15 measures have no indicator."
    assert sentence(whole, "ja") == "施策・事業15件のうち14件に指標がありません。"


def test_what_is_missing_or_unknown_is_told_and_never_raised() -> None:
    bare = Finding(code="MX101", severity=Severity.INFO)
    assert sentence(bare) == "Code — is also that of its sibling “—”."
    strange = Finding(code="MX999", severity=Severity.INFO, params={"row": 3, "text": "い"})
    assert sentence(strange) == "MX999 (row=3, text=い)"
    assert sentence(strange, "ja") == "MX999 (row=3、text=い)"
    assert hint(strange) == ""
    assert sentence(Finding(code="XX1", severity=Severity.INFO)) == "XX1"
    assert error_sentence(MunidxError("of-a-stranger", size=1)) == "of-a-stranger (size=1)"
    assert error_hint(MunidxError("of-a-stranger")) == ""


def test_hostile_parameters_stay_text() -> None:
    text = "{0.__class__} {code} %s \x1b[31m"
    finding = Finding(code="MX303", severity=Severity.INFO, params={"text": text})
    assert sentence(finding) == f"The target is still to be set: {text}"
    long = Finding(code="MX303", severity=Severity.INFO, params={"text": "長" * 500})
    assert sentence(long).endswith("長…")
    assert len(sentence(long)) < 120


def test_errors_are_told_with_their_hint() -> None:
    error = SourceError("file-too-large", size=200_000_000, allowed=50_000_000)
    assert error_sentence(error) == (
        "The file is too large: 200,000,000 bytes; at most 50,000,000 are read."
    )
    assert error_hint(error) == ""
    assert error_hint(SourceError("file-missing"), "ja") == "ファイル名を確認してください。"
    placed = PlanError("pin-unknown", path="goals[1]", location=Location(line=3), side="old")
    assert (
        error_sentence(placed) == "No node of the old plan has the path, code or title “goals[1]”."
    )


def test_a_hint_that_would_name_nothing_is_left_out() -> None:
    assert error_hint(PlanError("unknown-key", key="titel", nearest="title")) == "Was title meant?"
    assert error_hint(PlanError("unknown-key", key="xyz", nearest="")) == ""
    assert error_hint(PlanError("unknown-key", key="xyz")) == ""


def test_a_reason_that_is_a_code_is_told_as_a_sentence() -> None:
    reason = "adapter-incompatible"
    error = AdapterError("adapter-broken", adapter="nara", needs=">=2", munidx="0.1", reason=reason)
    assert error_sentence(error) == (
        "The adapter nara cannot be used: It needs munidx >=2; this is 0.1."
    )
    finding = Finding(
        code="MX910",
        severity=Severity.WARNING,
        params=error.params,
    )
    assert sentence(finding) == error_sentence(error)
    plain = SourceError("file-unreadable", reason="EIO")
    assert error_sentence(plain) == "The file cannot be read (EIO)."


@pytest.mark.parametrize(
    ("value", "english", "japanese"),
    [
        (None, "—", "―"),
        (True, "yes", "はい"),
        (False, "no", "いいえ"),
        (FiscalYear(2024), "FY2024", "令和6年度"),
        (Direction.INCREASE, "increase", "増加"),
        (State.NOT_APPLICABLE, "not applicable", "該当なし"),
        (2024, "2024", "2024"),
        (12345, "12,345", "12,345"),
        (-(10**60), "-1.000e+60", "-1.000e+60"),
        (Decimal(46392), "46,392", "46,392"),
        (Decimal("97.30"), "97.30", "97.30"),
        (Decimal("1E+50"), "1E+50", "1E+50"),
        (Fraction(1, 3), "1/3", "1/3"),
        (("い", 2), "い, 2", "い、2"),
        (["い"], "い", "い"),
        ({"い": 2, "ろ": 3}, "い=2, ろ=3", "い=2、ろ=3"),
        (dt.date(2025, 3, 31), "2025-03-31", "2025-03-31"),
        ("2024-08", "2024-08", "2024-08"),
    ],
)
def test_values_are_shown_as_readers_write_them(value: object, english: str, japanese: str) -> None:
    assert told(value) == english
    assert told(value, "ja") == japanese


def test_a_whole_number_of_any_size_can_be_shown() -> None:
    assert told(10**5000) == "1.000e+5000"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_word_of_the_frame_is_there(lang: str) -> None:
    assert {kind_word(kind, lang) for kind in Kind} == set(words.KINDS[lang].values())
    assert len({kind_word(kind, lang) for kind in Kind}) == len(Kind)
    assert len({effect_word(effect, lang) for effect in Effect}) == len(Effect)
    assert len({severity_word(each, lang) for each in Severity}) == len(Severity)
    assert set(words.WORDS[lang]) == set(words.WORDS["en"])
    assert word("page", lang, page=3).strip("ページ page") == "3"


def test_values_of_the_models_vocabularies_have_japanese_words() -> None:
    for vocabulary in (Direction, State, Status):
        assert issubclass(vocabulary, enum.StrEnum)
        for value in vocabulary:
            assert catalogue.told(value, "ja") != value.value


@pytest.mark.parametrize(
    ("field", "shown"),
    [
        ("costs[2026,project,budget,total]", "費用（令和8年度、事業費、予算、合計）"),
        ("evaluations[2024,外部委員会]", "評価（令和6年度、外部委員会）"),
        ("labels[project]", "区分（project）"),
        ("targets[#1]", "目標値（1）"),
        ("sections[一,二]", "章節（一,二）"),
    ],
)
def test_keys_of_fields_are_told_in_words_unless_they_are_the_publishers(
    field: str, shown: str
) -> None:
    assert field_text(field, "ja") == shown
    assert field_text(field) == field
