"""SARIF 2.1.0 (OASIS): findings for the places where code scanners' results are shown.

Each finding has its rule with its manual page, its place in the file, the node's path as a
logical location, and a fingerprint by which it is known again when lines have moved.
"""

import hashlib
import json
import os
import pathlib
import re
import urllib.parse
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from importlib.metadata import version
from typing import Any, Final

from munidx.findings import Finding, Severity
from munidx.formats.escapes import escaped
from munidx.model import parse_path
from munidx.place import Location
from munidx.report.catalogue import hint, sentence
from munidx.report.findings import FindingsOf, Style, place_of, plain
from munidx.report.quotes import Quote
from munidx.report.rules import section_of, summary_of
from munidx.report.terminal import harmless
from munidx.report.values import shorten
from munidx.rules import Rule, all_rules

__all__ = ["FINGERPRINT", "SCHEMA", "findings"]

SCHEMA: Final = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)

FINGERPRINT: Final = "munidxFinding/v1"
"""The name of the fingerprint, with the version of how it is made."""

_LEVELS: Final[Mapping[Severity, str]] = {
    Severity.ERROR: "error",
    Severity.WARNING: "warning",
    Severity.INFO: "note",
}
_LINK: Final = "]("
_PLACEHOLDER: Final = re.compile(r"\{(?=\d)|(?<=\d)\}")
_LONGEST: Final = 400
"""Characters of a title or a quoted line."""

Data = dict[str, Any]


def findings(found: Sequence[FindingsOf], style: Style) -> str:
    """One run; findings that the configuration suppresses are in it, marked as such."""
    shown = list(_shown(found, style))
    codes = sorted({finding.code for _, finding, _ in shown})
    rules = {rule.code: rule for rule in all_rules()}
    seen: Counter[str] = Counter()
    places = dict.fromkeys(uri for name, _ in found if (uri := _uri(_file(name))))
    run: Data = {
        "tool": {
            "driver": {
                "name": "munidx",
                "version": version("munidx"),
                "semanticVersion": version("munidx"),
                "rules": [_rule(code, rules.get(code), style.lang) for code in codes],
            }
        },
        "language": style.lang,
        "columnKind": "unicodeCodePoints",
        "artifacts": [{"location": {"uri": uri}} for uri in places],
        "results": [
            {
                **_result(name, finding, style, seen),
                "ruleIndex": codes.index(finding.code),
                **({} if reason is None else _suppression(reason)),
            }
            for name, finding, reason in shown
        ],
    }
    data = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return escaped(json.dumps(data, ensure_ascii=False, indent=2)) + "\n"


def _shown(found: Sequence[FindingsOf], style: Style) -> Iterator[tuple[str, Finding, str | None]]:
    for name, several in found:
        yield from ((name, finding, None) for finding in several)
        yield from ((name, finding, why) for finding, why in style.suppressed.get(name, ()))


def _rule(code: str, rule: Rule | None, lang: str) -> Data:
    """A rule's manual page; GitHub asks for all three texts of every rule."""
    if rule is None:
        told = {"text": _text(code)}
        texts = ("shortDescription", "fullDescription", "help")
        return {"id": harmless(code), **dict.fromkeys(texts, told)}
    summary = summary_of(rule, lang)
    why, fix = (" ".join(section_of(rule, name, lang).split()) for name in ("Why", "Fix"))
    return {
        "id": code,
        "name": "".join(word.capitalize() for word in rule.name.split("-")),
        "shortDescription": {"text": _text(summary)},
        "fullDescription": {"text": _text(why or summary)},
        "help": {"text": _text(" ".join(part for part in (summary, why, fix) if part))},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
        "properties": {"slug": rule.name, "tags": [f"{code[:3]}xx"]},
    }


def _result(name: str, finding: Finding, style: Style, seen: Counter[str]) -> Data:
    told = " ".join(filter(None, (sentence(finding, style.lang), hint(finding, style.lang))))
    return {
        "ruleId": harmless(finding.code),
        "level": _LEVELS[finding.severity],
        "message": {"text": _text(told)},
        "locations": [_location(name, finding, style)],
        "partialFingerprints": {FINGERPRINT: _fingerprint(name, finding, seen)},
    }


def _suppression(reason: str) -> Data:
    # "external": it is the configuration that says so, not the plan itself.
    told = {"kind": "external", "status": "accepted", "justification": _text(reason)}
    return {"suppressions": [told]}


def _location(name: str, finding: Finding, style: Style) -> Data:
    place = finding.location
    located: Data = {"logicalLocations": [_logical(finding)]}
    uri = _uri(place.document or _file(name))
    if uri:
        physical: Data = {"artifactLocation": {"uri": uri}}
        region = _region(place, style.quote(name, finding))
        if region:
            physical["region"] = region
        located["physicalLocation"] = physical
    if place.page is not None or place.cell:
        # SARIF knows no pages or cells; people are told, and programs find them here.
        located["message"] = {"text": _text(place_of(place, style.lang))}
        told = {"page": place.page, "cell": harmless(place.cell)}
        located["properties"] = {key: value for key, value in told.items() if value}
    return located


def _logical(finding: Finding) -> Data:
    title = harmless(shorten(finding.title, _LONGEST))
    if not finding.path:
        return {"name": title or "plan", "kind": "plan"}
    told: Data = {
        "name": title or harmless(finding.path.rpartition("/")[2]),
        "fullyQualifiedName": harmless(finding.path),
    }
    try:
        told["kind"] = parse_path(finding.path)[-1].collection.removesuffix("s")
    except ValueError:
        return told
    return told


def _region(place: Location, quote: Quote | None) -> Data:
    # A line of a page is none of the file.
    if place.line is None or place.page is not None:
        return {}
    region: Data = {"startLine": place.line}
    if place.column is not None:
        region["startColumn"] = place.column
    elif quote is not None and quote.start is not None and not place.cell:
        region["startColumn"] = quote.start + 1
    if quote is not None and quote.start is not None and "startColumn" in region:
        region["endColumn"] = quote.end + 1
    if quote is not None:
        region["snippet"] = {"text": harmless(shorten(quote.text, _LONGEST))}
    return region


def _fingerprint(name: str, finding: Finding, seen: Counter[str]) -> str:
    """What stays the same when lines move, other findings go, or another language is asked for.

    Of equal ones in one file, the second is told from the first by its number.
    """
    told = [finding.code, finding.path, finding.title, plain(finding.params)]
    data = json.dumps([pathlib.PurePath(_file(name)).name, *told])
    digest = hashlib.sha256(data.encode("utf-8", "surrogatepass")).hexdigest()[:32]
    seen[digest] += 1
    return f"{digest}:{seen[digest]}"


def _file(name: str) -> str:
    """The file of a heading ``path::plan-id``; nothing for standard input."""
    path = name.partition("::")[0]
    return "" if path == "-" else path


def _uri(path: str) -> str:
    """``path`` as a reference that a viewer resolves against the folder it works in."""
    if not path or path == "-":
        return ""
    if os.path.isabs(path):  # noqa: PTH117 - a name that may be none of this system
        return pathlib.PurePath(path).as_uri()
    told = path.replace(os.sep, "/")
    try:
        # What is no UTF-8 in a name, Python holds as surrogates that stand for its bytes.
        return urllib.parse.quote(told.encode("utf-8", "surrogateescape"))
    except UnicodeEncodeError:
        return urllib.parse.quote(told.encode("utf-8", "surrogatepass"))


def _text(text: str) -> str:
    """``text`` as a plain message: nothing in it is a link or a placeholder (3.11.5, 3.11.6)."""
    shown = _PLACEHOLDER.sub(lambda found: found[0] * 2, harmless(text))
    return shown.replace(_LINK, "]\\(")
