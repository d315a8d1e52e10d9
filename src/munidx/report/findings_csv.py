"""Findings as CSV: a row for each, for people who sort and tick off in a spreadsheet."""

from collections.abc import Iterator, Sequence
from typing import Final

from munidx.findings import Finding
from munidx.report.catalogue import hint, sentence
from munidx.report.cells import table
from munidx.report.findings import FindingsOf, Style, rule_name

__all__ = ["findings"]

_COLUMNS: Final = (
    *("severity", "code", "name", "title", "path"),
    *("document", "line", "column", "page", "cell", "message", "hint"),
)


def findings(found: Sequence[FindingsOf], style: Style) -> bytes:
    """The columns are called as the keys of the JSON; sentences are in the reader's language."""
    return table(
        _COLUMNS, (_row(name, finding, style) for name, several in found for finding in several)
    )


def _row(name: str, finding: Finding, style: Style) -> Iterator[str]:
    yield from (finding.severity.value, finding.code, rule_name(finding.code))
    yield from (finding.title, finding.path)
    place = finding.location
    yield place.document or name
    for number in (place.line, place.column, place.page):
        yield "" if number is None else str(number)
    yield from (place.cell, sentence(finding, style.lang), hint(finding, style.lang))
