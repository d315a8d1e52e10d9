"""Findings as one self-contained web page, to filter, print and send on."""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final

from munidx.findings import Finding, Severity
from munidx.report.catalogue import hint, sentence, severity_word, word
from munidx.report.findings import FindingsOf, Style, place_of, rule_name, summary
from munidx.report.frame import Chart, Choice, Frame
from munidx.report.markup import attribute, marked, markup_text
from munidx.report.quotes import Quote
from munidx.report.values import shorten

__all__ = ["findings"]

_BARS: Final = 7
"""Rules that the chart shows; the rarer ones are left to the list."""

_TITLE: Final = 400
_AROUND: Final = 200
"""Characters of a line that stand on either side of what is meant."""

Entry = tuple[str, Finding]


def findings(found: Sequence[FindingsOf], style: Style) -> str:
    """The page; ``#severity=error&rule=MX101&plan=…&q=…`` in its address filters it."""
    entries = [(name, finding) for name, several in found for finding in several]
    names = ", ".join(shorten(name, _TITLE) for name, _ in found)
    title = f"{word('findings', style.lang)}: {shorten(names, _TITLE)}"
    frame = Frame(
        lang=style.lang,
        title=title,
        heading=f"{markup_text(title)} <small>{markup_text(summary(found, style))}</small>",
        charts=list(_charts(entries, style)),
        choices=list(_choices(entries, style)),
        nothing=word("no-findings", style.lang),
    )
    return frame.page(_sections(entries, style), empty=not entries)


def _charts(entries: Sequence[Entry], style: Style) -> Iterator[Chart]:
    yield Chart("severity", word("severity", style.lang), _severities(entries, style))
    rules = Counter(finding.code for _, finding in entries).most_common(_BARS)
    bars = [(code, code, count) for code, count in rules]
    yield Chart("rule", word("rule", style.lang), bars)


def _severities(entries: Sequence[Entry], style: Style) -> list[tuple[str, str, int]]:
    counts = Counter(finding.severity for _, finding in entries)
    return [
        (severity.value, severity_word(severity, style.lang), counts[severity])
        for severity in reversed(Severity)
        if severity in counts
    ]


def _choices(entries: Sequence[Entry], style: Style) -> Iterator[Choice]:
    rules = Counter(finding.code for _, finding in entries)
    named = [(code, _rule(code), rules[code]) for code in sorted(rules)]
    plans = Counter(name for name, _ in entries)
    yield Choice("severity", word("severity", style.lang), _severities(entries, style))
    yield Choice("rule", word("rule", style.lang), named)
    if len(plans) > 1:
        files = [(name, shorten(name, 80), count) for name, count in plans.items()]
        yield Choice("plan", word("file", style.lang), files)


def _rule(code: str) -> str:
    return f"{code} {rule_name(code)}".rstrip()


def _sections(entries: Sequence[Entry], style: Style) -> Iterator[str]:
    ordered = sorted(entries, key=lambda entry: -entry[1].severity.rank)
    for severity, group in groupby(ordered, key=lambda entry: entry[1].severity):
        several = list(group)
        heading = markup_text(severity_word(severity, style.lang))
        yield f'<section class="{severity.value}" data-severity="{severity.value}">'
        yield f"<h2>{heading} <small>{len(several)}</small></h2>"
        for name, finding in several:
            yield from _article(name, finding, style)
        yield "</section>"


def _article(name: str, finding: Finding, style: Style) -> Iterator[str]:
    place = place_of(finding.location, style.lang)
    told = attribute("data-rule", finding.code), attribute("data-plan", name)
    yield f'<article tabindex="-1"{"".join(told)}>'
    yield f'<span class="kind">{markup_text(_rule(finding.code))}</span>'
    title = shorten(finding.title, _TITLE) or finding.path or word("plan", style.lang)
    yield f'<h3 lang="ja">{markup_text(title)}</h3>'
    yield marked("p", finding.path, ' class="above"')
    yield marked("p", sentence(finding, style.lang), ' class="told"')
    quote = style.quote(name, finding)
    if quote is not None:
        yield _quotation(quote)
    advice = hint(finding, style.lang)
    if advice:
        yield marked("p", f"{word('hint', style.lang)}: {advice}", ' class="hint"')
    yield marked("p", place or name, ' class="place" lang="ja"')
    yield "</article>"


def _quotation(quote: Quote) -> str:
    before, meant, after = quote.parts
    if quote.start is None:
        before, after = "", before
    head = before.lstrip()[-_AROUND:]
    cut = "…" if len(before.lstrip()) > _AROUND else ""
    tail = after[: _AROUND * 2]
    end = "…" if len(after) > len(tail) or len(meant) > _AROUND else ""
    mark = marked("mark", meant[:_AROUND])
    return f'<p class="quote" lang="ja">{cut}{markup_text(head)}{mark}{markup_text(tail)}{end}</p>'
