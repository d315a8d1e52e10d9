"""The one catalogue of sentences: findings, errors and changes, by code and language.

A finding or an error carries a code and parameters; here, and nowhere else, they become a
sentence. The templates stand in ``findings_<language>.py`` (rules), ``readings_<language>.py``
(what reading met), ``errors_<language>.py`` and ``words.py``.
"""

import enum
import re
import string
from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from importlib import import_module
from typing import Any, Final, TypeAlias

from munidx.diff.changes import Effect, Kind
from munidx.errors import MunidxError
from munidx.findings import Finding, Severity
from munidx.model import FiscalYear
from munidx.report import field_words, words

__all__ = [
    "ERRORS",
    "FINDINGS",
    "LANGUAGES",
    "effect_word",
    "error_hint",
    "error_sentence",
    "field_text",
    "fields_of",
    "hint",
    "kind_word",
    "sentence",
    "severity_word",
    "told",
    "word",
]

LANGUAGES: Final = ("en", "ja")
"""The languages in which every sentence stands."""

Entries: TypeAlias = Mapping[str, tuple[str, ...]]


class _Late(Mapping[str, Entries]):
    """Language → its entries, each language read when it is first asked for."""

    def __init__(self, *parts: tuple[str, str]) -> None:
        self._parts: Final = parts
        self._read: Final[dict[str, Entries]] = {}

    def __getitem__(self, lang: str) -> Entries:
        if lang not in self._read:
            if lang not in LANGUAGES:
                raise KeyError(lang)
            entries: dict[str, tuple[str, ...]] = {}
            for module, name in self._parts:
                entries |= getattr(import_module(f"munidx.report.{module}_{lang}"), name)
            self._read[lang] = entries
        return self._read[lang]

    def __iter__(self) -> Iterator[str]:
        return iter(LANGUAGES)

    def __len__(self) -> int:
        return len(LANGUAGES)


FINDINGS: Final[Mapping[str, Entries]] = _Late(("findings", "FINDINGS"), ("readings", "READINGS"))
"""Language, code → sentence, hint, and where the rule gathers a plan's faults, that sentence."""

ERRORS: Final[Mapping[str, Entries]] = _Late(("errors", "ERRORS"))
"""Language, error code → sentence and hint."""

_PARTS: Final = re.compile(r"[^.\[\]]+(?:\[[^\]]*\])?")
_YEAR: Final = re.compile(r"(?:1[89]|2\d)\d\d")

_LONGEST: Final = 40
"""Digits of a number that are still written out; a longer one keeps its exponent."""

_QUOTED: Final = 80
"""Characters of a published text that a sentence quotes."""

_SLUGS: Final = frozenset({"category", "field", "fields", "kind", "rule", "series"})
"""Parameters of findings that are words of the model, or of how a document was read."""

_GATHERED: Final = 2
"""Where the sentence for a whole plan stands in an entry of :data:`FINDINGS`."""


def sentence(finding: Finding, lang: str = "en") -> str:
    """What ``finding`` says, in ``lang``; a code of a stranger's adapter tells its parameters."""
    entry = FINDINGS[lang].get(finding.code) or _of_city(finding.code, lang)
    if entry is None:
        return _unknown(finding.code, finding.params, lang)
    gathered = len(entry) > _GATHERED and "total" in finding.params
    params = _worded(_reason(finding.params, lang), lang)
    return _fill(entry[_GATHERED if gathered else 0], params, lang)


def hint(finding: Finding, lang: str = "en") -> str:
    """What to do about ``finding``; empty where there is nothing to say."""
    entry = FINDINGS[lang].get(finding.code) or _of_city(finding.code, lang)
    return _advice(entry[1], finding.params, lang) if entry else ""


def _of_city(code: str, lang: str) -> tuple[str, ...] | None:
    """The words of a city's own rule."""
    from munidx.rules import all_rules  # noqa: PLC0415 - rules are not needed to tell a diff

    for rule in all_rules():
        if rule.city and rule.code == code:
            wording = rule.in_language(lang)
            return wording.sentence, wording.hint
    return None


def error_sentence(error: MunidxError, lang: str = "en") -> str:
    """What went wrong, without the place: ``error.location`` and ``error.path`` hold that."""
    entry = ERRORS[lang].get(error.code)
    if entry is None:
        return _unknown(error.code, error.params, lang)
    params = {"path": error.path, "location": str(error.location), **error.params}
    return _fill(entry[0], _reason(params, lang), lang)


def error_hint(error: MunidxError, lang: str = "en") -> str:
    """What to do about ``error``; empty where there is nothing to say."""
    entry = ERRORS[lang].get(error.code)
    return _advice(entry[1], error.params, lang) if entry else ""


def kind_word(kind: Kind, lang: str = "en") -> str:
    """The kind of a change, as a heading of a report has it."""
    return words.KINDS[lang][kind]


def effect_word(effect: Effect, lang: str = "en") -> str:
    """The effect of a change, as a heading of a report has it."""
    return words.EFFECTS[lang][effect]


def severity_word(severity: Severity, lang: str = "en") -> str:
    """The severity of a finding, as a report has it."""
    return words.SEVERITIES[lang][severity]


def word(name: str, lang: str = "en", /, **params: object) -> str:
    """The word or phrase ``name`` of a report's frame, with ``params`` filled in.

    Raises:
        KeyError: There is no such word.
    """
    return _fill(words.WORDS[lang][name], params, lang)


def _era(year: FiscalYear) -> str:
    # Only here, for eras stand on all that reads Japanese numbers.
    from munidx.japanese.eras import format_fiscal_year  # noqa: PLC0415

    return format_fiscal_year(year)


def told(value: object, lang: str = "en") -> str:  # noqa: PLR0911 - one for each kind of value
    """``value`` as a sentence shows it: a fiscal year by its era in Japanese, a list by commas."""
    match value:
        case None:
            return words.WORDS[lang]["absent"]
        case bool():
            return words.WORDS[lang]["yes" if value else "no"]
        case FiscalYear():
            return _era(value) if lang == "ja" else f"FY{int(value)}"
        case enum.StrEnum():
            return words.VALUES[lang].get(value.value, value.value)
        case int():
            return _whole(value)
        case Decimal():
            return f"{value:,f}" if abs(value.adjusted()) < _LONGEST else str(value)
        case Fraction():
            return f"{value.numerator}/{value.denominator}"
        case Mapping():
            pairs = (f"{key}={told(entry, lang)}" for key, entry in value.items())
            return words.WORDS[lang]["comma"].join(pairs)
        case tuple() | list():
            return words.WORDS[lang]["comma"].join(told(entry, lang) for entry in value)
    return str(value)


def _whole(value: int) -> str:
    # Four digits stand without a comma: most often they are a year or a line.
    if abs(value) < 10**4:
        return str(value)
    return f"{value:,}" if abs(value) < 10**_LONGEST else f"{Decimal(value):.3e}"


def field_text(field: str, lang: str = "en") -> str:
    """A field as reports name it: ``targets[2025].value`` as it is, in Japanese in words.

    >>> field_text("targets[2025].value", "ja")
    '目標値（令和7年度）の値'
    """
    names = field_words.FIELDS[lang]
    if not names:
        return field
    return "の".join(_field_part(part, lang) for part in _PARTS.findall(field))


def _field_part(part: str, lang: str) -> str:
    name, _, key = part.partition("[")
    told_name = field_words.FIELDS[lang].get(name, name)
    key = key.rstrip("]")
    if not key:
        return told_name
    keys = key.split(",") if name in _JOINED else [key]
    told_keys = [_key_text(each, lang, own=name not in _JOINED) for each in keys]
    return f"{told_name}（{'、'.join(told_keys)}）"


_JOINED: Final = frozenset({"costs", "evaluations", "references"})
"""Fields whose parts are known by several things: a cost by year, category and basis."""


def _key_text(key: str, lang: str, *, own: bool) -> str:
    """A key: a year by its era; unless it is the publisher's ``own`` word, in our words."""
    if _YEAR.fullmatch(key):
        return told(FiscalYear(int(key)), lang)
    known = (field_words.SLUGS[lang], words.VALUES[lang], field_words.FIELDS[lang])
    found = "" if own else next((names[key] for names in known if key in names), "")
    return found or key.removeprefix("#")


def fields_of(template: str) -> frozenset[str]:
    """The names of the parameters that ``template`` shows."""
    return frozenset(name for _, name, _, _ in string.Formatter().parse(template) if name)


def _shortened(text: str) -> str:
    return text if len(text) <= _QUOTED else text[: _QUOTED - 1] + "…"


class _Params(dict[str, str]):
    """Parameters, shown; what a stranger's finding lacks is shown as absent, never raised."""

    def __init__(self, params: Mapping[str, object], lang: str) -> None:
        super().__init__((name, _shortened(told(value, lang))) for name, value in params.items())
        self._absent = words.WORDS[lang]["absent"]

    def __missing__(self, name: str) -> str:
        return self._absent


def _fill(template: str, params: Mapping[str, Any], lang: str) -> str:
    return template.format_map(_Params(params, lang))


def _advice(template: str, params: Mapping[str, object], lang: str) -> str:
    """A hint; none where it would name what is not known (the nearest spelling, say)."""
    known = all(params.get(name) for name in fields_of(template))
    return _fill(template, params, lang) if known else ""


def _reason(params: Mapping[str, object], lang: str) -> Mapping[str, object]:
    """``params`` with a ``reason`` that is itself an error's code told as a sentence."""
    entry = ERRORS[lang].get(str(params.get("reason")))
    told_params = {**params, "reason": _fill(entry[0], params, lang)} if entry else dict(params)
    kind = told_params.get("expected")
    if kind in words.TYPES[lang]:
        told_params["expected"] = words.TYPES[lang][str(kind)]
    got = told_params.get("got")
    if got in words.TYPES[lang]:
        told_params["got"] = words.TYPES[lang][str(got)]
    return told_params


def _worded(params: Mapping[str, object], lang: str) -> Mapping[str, object]:
    """``params`` with the slugs among them, of fields and of ways to read, in words."""
    words_of = field_words.SLUGS[lang]
    told_in_words: dict[str, object] = {}
    for name in params.keys() & _SLUGS:
        value = params[name]
        slugs = value if isinstance(value, tuple | list) else (value,)
        if all(isinstance(slug, str) for slug in slugs):
            told_in_words[name] = tuple(
                words_of.get(slug) or field_text(slug, lang) for slug in slugs
            )
    return {**params, **told_in_words}


def _unknown(code: str, params: Mapping[str, object], lang: str) -> str:
    pairs = words.WORDS[lang]["comma"].join(
        f"{name}={_shortened(told(value, lang))}" for name, value in params.items()
    )
    return f"{code} ({pairs})" if pairs else code
