"""Findings as text for people and as JSON for programs; a further format is one entry here."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final, TypeAlias

from attrs import field, frozen

from munidx.findings import Finding, Severity
from munidx.formats.escapes import escaped
from munidx.place import Location
from munidx.report.catalogue import hint, sentence, word
from munidx.report.forms import Form, late
from munidx.report.quotes import Quote, Quoter
from munidx.report.values import shorten
from munidx.rules import all_rules

__all__ = [
    "FORMATS",
    "FindingsOf",
    "Style",
    "Suppressed",
    "findings_data",
    "findings_file",
    "place_of",
    "plain",
    "render_findings",
    "rule_name",
    "summary",
]

FindingsOf: TypeAlias = tuple[str, tuple[Finding, ...]]
"""A heading (what was validated: a file's name, or ``name::plan-id``) and its findings."""


Suppressed: TypeAlias = Mapping[str, Sequence[tuple[Finding, str]]]
"""Heading → findings that the configuration suppresses, each with the reason it gives."""


@frozen(kw_only=True)
class Style:
    """How findings are shown: the language, what the terminal can do, what stands beside them."""

    lang: str = "en"
    colour: bool = False
    width: int = 100
    encoding: str = "utf-8"
    quoters: Mapping[str, Quoter] = field(factory=dict)
    """By heading: the lines that findings are about."""
    suppressed: Suppressed = field(factory=dict)
    """For the forms that tell what is suppressed."""

    def quote(self, name: str, finding: Finding) -> Quote | None:
        """The line that ``finding``, under the heading ``name``, is about."""
        quoter = self.quoters.get(name)
        return quoter(finding) if quoter else None


def render_findings(
    findings: Sequence[FindingsOf],
    format: str = "text",  # noqa: A002 - the word of the option
    *,
    lang: str = "en",
    colour: bool = False,
    width: int = 100,
    encoding: str = "utf-8",
    quoters: Mapping[str, Quoter] | None = None,
    suppressed: Suppressed | None = None,
) -> str:
    """``findings`` in ``format``, one of :data:`FORMATS`; ends in a newline unless empty.

    Args:
        findings: What was validated, in the order given, each with what was found.
        format: A format that is text; ``json`` is one object for all that was validated.
        lang: ``en`` or ``ja``.
        colour: Whether escape sequences may colour the text (text only).
        width: Columns of the terminal, to cut titles and lines to (text only).
        encoding: Of the stream it goes to: what it cannot hold is escaped (text only).
        quoters: By heading, for the lines that findings are about (text, html, sarif).
        suppressed: By heading, what is suppressed and why (json, sarif, junit).

    Raises:
        KeyError: ``format`` is none of :data:`FORMATS`.
        TypeError: ``format`` is no text.
    """
    style = Style(
        lang=lang,
        colour=colour,
        width=width,
        encoding=encoding,
        quoters=quoters or {},
        suppressed=suppressed or {},
    )
    made = FORMATS[format].make(findings, style)
    if isinstance(made, bytes):
        raise TypeError(format)
    return made


def findings_file(
    findings: Sequence[FindingsOf],
    form: str,
    *,
    lang: str = "en",
    quoters: Mapping[str, Quoter] | None = None,
    suppressed: Suppressed | None = None,
) -> bytes:
    """``findings`` as the content of a file in ``form``, one of :data:`FORMATS`, in UTF-8.

    The other arguments are those of :func:`render_findings`.

    Raises:
        KeyError: ``form`` is none of :data:`FORMATS`.
    """
    style = Style(lang=lang, quoters=quoters or {}, suppressed=suppressed or {})
    made = FORMATS[form].make(findings, style)
    return made if isinstance(made, bytes) else made.encode("utf-8", "backslashreplace")


def rule_name(code: str) -> str:
    """The name of the rule ``code`` (``duplicate-code``); ``""`` for a stranger's code."""
    return next((rule.name for rule in all_rules() if rule.code == code), "")


def findings_data(
    findings: Sequence[FindingsOf], lang: str = "en", suppressed: Suppressed | None = None
) -> dict[str, object]:
    """``findings`` as plain data in the published form, ``version`` 1.

    What is suppressed stands apart, each with its reason, where anything is.
    """
    names = {rule.code: rule.name for rule in all_rules()}
    told: dict[str, object] = {
        "version": 1,
        "findings": [
            _data(finding, names.get(finding.code, ""), lang)
            for _, found in findings
            for finding in found
        ],
    }
    hidden = [
        {**_data(finding, names.get(finding.code, ""), lang), "reason": reason}
        for several in (suppressed or {}).values()
        for finding, reason in several
    ]
    return {**told, "suppressed": hidden} if hidden else told


def _data(finding: Finding, name: str, lang: str) -> dict[str, object]:
    place = finding.location
    return {
        "code": finding.code,
        "name": name,
        "severity": finding.severity.value,
        "message": sentence(finding, lang),
        "params": plain(finding.params),
        "path": finding.path,
        "title": finding.title,
        "location": {
            "document": place.document,
            "line": place.line,
            "column": place.column,
            "page": place.page,
            "cell": place.cell,
        },
        "hint": hint(finding, lang),
    }


def plain(value: object) -> object:
    """A parameter as JSON has it; what JSON has no form for is its text."""
    match value:
        case None | bool():
            return value
        case int():
            return int(value)
        case Mapping():
            return {str(key): plain(entry) for key, entry in value.items()}
        case list() | tuple():
            return [plain(entry) for entry in value]
    return str(value)


def _json(findings: Sequence[FindingsOf], style: Style) -> str:
    data = findings_data(findings, style.lang, style.suppressed)
    return escaped(json.dumps(data, ensure_ascii=False, indent=2)) + "\n"


def place_of(place: Location, lang: str = "en") -> str:
    """Where to look, in words: ``plan.pdf, page 3``; as ``file:line:column`` for a text."""
    if place.line is not None and place.page is None:
        column = f":{place.column}" if place.column is not None else ""
        told = f"{place.document}:{place.line}{column}"
    else:
        page = "" if place.page is None else word("page", lang, page=place.page)
        told = word("comma", lang).join(part for part in (place.document, page) if part)
    return f"{told} {shorten(place.cell)}".strip()


def summary(findings: Sequence[FindingsOf], style: Style) -> str:
    """How many findings there are of each severity, and how many are suppressed, in one line."""
    told = _counts(findings, style)
    hidden = sum(len(several) for several in style.suppressed.values())
    if not hidden:
        return told
    return f"{told}{word('sentences', style.lang)}{_counted('suppressed', hidden, style.lang)}"


def _counts(findings: Sequence[FindingsOf], style: Style) -> str:
    counts = Counter(finding.severity for _, found in findings for finding in found)
    if not counts:
        return word("no-findings", style.lang)
    told = {
        f"{severity}s": _counted(f"{severity}s", counts[severity], style.lang)
        for severity in Severity
    }
    return word("summary", style.lang, **told)


def _counted(name: str, number: int, lang: str) -> str:
    return word(f"{name}-one" if number == 1 else name, lang, n=number)


FORMATS: Final[Mapping[str, Form[[Sequence[FindingsOf], Style]]]] = {
    "text": Form(late("findings_text", "findings"), people=True),
    "concise": Form(late("concise", "findings"), people=True),
    "json": Form(_json),
    "jsonl": Form(late("lines", "findings")),
    "markdown": Form(late("markdown", "findings")),
    "github": Form(late("github", "findings")),
    "sarif": Form(late("sarif", "findings")),
    "junit": Form(late("junit", "findings")),
    "csv": Form(late("findings_csv", "findings")),
    "html": Form(late("findings_page", "findings")),
}
"""The formats by the names that ``--format`` takes."""
