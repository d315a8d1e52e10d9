"""Findings as text for people and as JSON for programs; a further format is one entry here."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Final, TypeAlias

from attrs import frozen

from munidx.findings import Finding, Severity
from munidx.formats.escapes import escaped
from munidx.place import Location
from munidx.report.catalogue import hint, sentence, severity_word, word
from munidx.report.forms import Form, late
from munidx.report.terminal import encodable, harmless, paint, truncate
from munidx.rules import all_rules

__all__ = [
    "FORMATS",
    "FindingsOf",
    "Style",
    "findings_data",
    "findings_file",
    "place_of",
    "render_findings",
    "rule_name",
    "summary",
]

FindingsOf: TypeAlias = tuple[str, tuple[Finding, ...]]
"""A heading (what was validated: a file's name, or ``name::plan-id``) and its findings."""


@frozen(kw_only=True)
class Style:
    """How findings are shown: the language, and what the terminal can do."""

    lang: str = "en"
    colour: bool = False
    width: int = 100
    encoding: str = "utf-8"


def render_findings(
    findings: Sequence[FindingsOf],
    format: str = "text",  # noqa: A002 - the word of the option
    *,
    lang: str = "en",
    colour: bool = False,
    width: int = 100,
    encoding: str = "utf-8",
) -> str:
    """``findings`` in ``format``, one of :data:`FORMATS`; ends in a newline unless empty.

    Args:
        findings: What was validated, in the order given, each with what was found.
        format: ``text`` or ``json``; ``json`` is one object for all that was validated.
        lang: ``en`` or ``ja``.
        colour: Whether escape sequences may colour the text (text only).
        width: Columns of the terminal, to cut titles to (text only).
        encoding: Of the stream it goes to: what it cannot hold is escaped (text only).

    Raises:
        KeyError: ``format`` is none of :data:`FORMATS`.
        TypeError: ``format`` is no text.
    """
    style = Style(lang=lang, colour=colour, width=width, encoding=encoding)
    made = FORMATS[format].make(findings, style)
    if isinstance(made, bytes):
        raise TypeError(format)
    return made


def findings_file(findings: Sequence[FindingsOf], form: str, *, lang: str = "en") -> bytes:
    """``findings`` as the content of a file in ``form``, one of :data:`FORMATS`, in UTF-8.

    Raises:
        KeyError: ``form`` is none of :data:`FORMATS`.
    """
    made = FORMATS[form].make(findings, Style(lang=lang))
    return made if isinstance(made, bytes) else made.encode("utf-8", "backslashreplace")


def rule_name(code: str) -> str:
    """The name of the rule ``code`` (``duplicate-code``); ``""`` for a stranger's code."""
    return next((rule.name for rule in all_rules() if rule.code == code), "")


def findings_data(findings: Sequence[FindingsOf], lang: str = "en") -> dict[str, object]:
    """``findings`` as plain data in the published form, ``version`` 1."""
    names = {rule.code: rule.name for rule in all_rules()}
    return {
        "version": 1,
        "findings": [
            _data(finding, names.get(finding.code, ""), lang)
            for _, found in findings
            for finding in found
        ],
    }


def _data(finding: Finding, name: str, lang: str) -> dict[str, object]:
    place = finding.location
    return {
        "code": finding.code,
        "name": name,
        "severity": finding.severity.value,
        "message": sentence(finding, lang),
        "params": _plain(finding.params),
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


def _plain(value: object) -> object:
    """A parameter as JSON has it; what JSON has no form for is its text."""
    match value:
        case None | bool():
            return value
        case int():
            return int(value)
        case Mapping():
            return {str(key): _plain(entry) for key, entry in value.items()}
        case list() | tuple():
            return [_plain(entry) for entry in value]
    return str(value)


def _json(findings: Sequence[FindingsOf], style: Style) -> str:
    data = findings_data(findings, style.lang)
    return escaped(json.dumps(data, ensure_ascii=False, indent=2)) + "\n"


def _text(findings: Sequence[FindingsOf], style: Style) -> str:
    lines = [line for name, found in findings for line in _plan(name, found, style)]
    lines.append(summary(findings, style))
    return encodable("\n".join(lines) + "\n", style.encoding)


def _plan(name: str, findings: Sequence[Finding], style: Style) -> Iterator[str]:
    """The findings of one plan under its name, those of one node together."""
    if not findings:
        return
    yield paint(harmless(name), "title", on=style.colour)
    for (path, title), found in groupby(findings, key=_about):
        yield "  " + _node(path, title, style)
        for finding in found:
            yield from _finding(finding, style)
    yield ""


def _about(finding: Finding) -> tuple[str, str]:
    """Path and title of what a finding is about; of the plan itself neither.

    What the reading met knows no path, but often the title of what it met it in.
    """
    of_plan = not finding.path and not finding.code.startswith("MX9")
    return finding.path, "" if of_plan else finding.title


def _node(path: str, title: str, style: Style) -> str:
    if not path and not title:
        return word("plan", style.lang)
    shown = truncate(harmless(title), max(style.width - 4, 20)) if title else ""
    if not path:
        return shown
    address = paint(harmless(path), "dim", on=style.colour)
    return f"{shown}  {address}" if shown else address


def _finding(finding: Finding, style: Style) -> Iterator[str]:
    severity = severity_word(finding.severity, style.lang)
    mark = paint(severity, finding.severity.value, on=style.colour)
    name = rule_name(finding.code)
    code = paint(harmless(f"{finding.code} {name}".rstrip()), "dim", on=style.colour)
    yield f"    {mark} {harmless(sentence(finding, style.lang))}  [{code}]"
    place = place_of(finding.location, style.lang)
    if place:
        yield "      " + paint(harmless(place), "dim", on=style.colour)
    advice = hint(finding, style.lang)
    if advice:
        yield f"      {word('hint', style.lang)}: {harmless(advice)}"


def place_of(place: Location, lang: str = "en") -> str:
    """Where to look, in words: ``plan.pdf, page 3``; as ``file:line:column`` for a text."""
    if place.line is not None and place.page is None:
        column = f":{place.column}" if place.column is not None else ""
        told = f"{place.document}:{place.line}{column}"
    else:
        page = "" if place.page is None else word("page", lang, page=place.page)
        told = word("comma", lang).join(part for part in (place.document, page) if part)
    return f"{told} {place.cell}".strip()


def summary(findings: Sequence[FindingsOf], style: Style) -> str:
    """How many findings there are of each severity, in one line."""
    counts = Counter(finding.severity for _, found in findings for finding in found)
    if not counts:
        return word("no-findings", style.lang)
    return word(
        "summary",
        style.lang,
        errors=counts[Severity.ERROR],
        warnings=counts[Severity.WARNING],
        infos=counts[Severity.INFO],
    )


FORMATS: Final[Mapping[str, Form[[Sequence[FindingsOf], Style]]]] = {
    "text": Form(_text, people=True),
    "concise": Form(late("concise", "findings"), people=True),
    "json": Form(_json),
    "jsonl": Form(late("lines", "findings")),
    "markdown": Form(late("markdown", "findings")),
    "github": Form(late("github", "findings")),
}
"""The formats by the names that ``--format`` takes."""
