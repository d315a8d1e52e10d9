"""Findings as text for people: by plan and node, each with its line and a caret."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final

from munidx.findings import Finding
from munidx.report.catalogue import hint, sentence, severity_word, word
from munidx.report.findings import FindingsOf, Style, place_of, rule_name, summary
from munidx.report.quotes import quoted_lines
from munidx.report.terminal import encodable, harmless, paint, truncate

__all__ = ["findings"]

_LEAST: Final = 20
"""Columns of a title, however narrow the terminal."""

_PATH: Final = 200
"""Columns of a path or a place: one that is longer is nobody's to read."""

_INDENT: Final = 6

_OF_SETTINGS: Final = ("MX906", "MX907")
"""Findings about suppressions stand below the file's name alone."""


def findings(found: Sequence[FindingsOf], style: Style) -> str:
    """Each plan under its name, the findings of one node together; counts in the last line."""
    lines = [line for name, several in found for line in _plan(name, several, style)]
    lines.append(summary(found, style))
    return encodable("\n".join(lines) + "\n", style.encoding)


def _plan(name: str, several: Sequence[Finding], style: Style) -> Iterator[str]:
    if not several:
        return
    yield paint(truncate(harmless(name), _PATH), "title", on=style.colour)
    for (path, title), members in groupby(several, key=_about):
        group = list(members)
        if path or title or group[0].code not in _OF_SETTINGS:
            yield "  " + _node(path, title, style)
        shown: tuple[str, ...] = ()
        for finding in group:
            yield _told(finding, style)
            place = tuple(_place(name, finding, style))
            # Several findings about one line are told below each other, the line once.
            yield from place if place != shown else ()
            shown = place
            advice = hint(finding, style.lang)
            if advice:
                yield f"{'':{_INDENT}}{word('hint', style.lang)}: {harmless(advice)}"
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
    shown = truncate(harmless(title), max(style.width - 4, _LEAST)) if title else ""
    if not path:
        return shown
    address = paint(truncate(harmless(path), _PATH), "dim", on=style.colour)
    return f"{shown}  {address}" if shown else address


def _told(finding: Finding, style: Style) -> str:
    severity = severity_word(finding.severity, style.lang)
    mark = paint(severity, finding.severity.value, on=style.colour)
    name = rule_name(finding.code)
    code = paint(harmless(f"{finding.code} {name}".rstrip()), "dim", on=style.colour)
    return f"    {mark} {harmless(sentence(finding, style.lang))}  [{code}]"


def _place(name: str, finding: Finding, style: Style) -> Iterator[str]:
    place = place_of(finding.location, style.lang)
    if place:
        yield f"{'':{_INDENT}}{paint(truncate(harmless(place), _PATH), 'dim', on=style.colour)}"
    quote = style.quote(name, finding)
    if quote is None:
        return
    number = None if finding.location.page is not None else finding.location.line
    line, *caret = quoted_lines(quote, number, style.width - _INDENT, style.encoding)
    yield f"{'':{_INDENT}}{line}"
    for mark in caret:
        yield f"{'':{_INDENT}}{paint(mark, finding.severity.value, on=style.colour)}"
