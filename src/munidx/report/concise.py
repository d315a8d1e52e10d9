"""One line for each change or finding, its place first, as editors and ``grep`` like it."""

from collections.abc import Iterator, Sequence

from munidx.diff.changes import Change, Kind
from munidx.findings import Finding
from munidx.report.catalogue import effect_word, kind_word, sentence, severity_word
from munidx.report.comparison import Comparison, doubt
from munidx.report.findings import FindingsOf, Style, place_of, rule_name
from munidx.report.terminal import encodable, harmless
from munidx.report.values import shorten

__all__ = ["changes", "findings"]


def changes(view: Comparison) -> str:
    """``new.txt:9: weakened MX801: target lowered: 申請率: targets[2025]: 80% → 75%``."""
    return "".join(f"{_change(view, change)}\n" for change in view.diff.changes)


def _change(view: Comparison, change: Change) -> str:
    return ": ".join(filter(None, _parts(view, change)))


def _parts(view: Comparison, change: Change) -> Iterator[str]:
    # Where it stands now; what is gone, where it stood.
    yield view.place(change, newer=True) or view.place(change, newer=False)
    yield harmless(f"{effect_word(change.effect, view.lang)} {change.rule}".rstrip())
    yield kind_word(change.kind, view.lang)
    folded = change.kind is Kind.RENUMBERED and len(change.new_paths) > 1
    yield harmless(view.context(change) if folded else shorten(change.title, 80))
    told, doubtful = view.told(change), doubt(change, view.lang)
    yield f"{told} [{doubtful}]" if told and doubtful else told or doubtful


def findings(found: Sequence[FindingsOf], style: Style) -> str:
    """``plan.toml:9:3: warning MX101 duplicate-code: …``, line by line."""
    lines = [f"{_finding(name, one, style)}\n" for name, several in found for one in several]
    return encodable("".join(lines), style.encoding)


def _finding(name: str, finding: Finding, style: Style) -> str:
    place = place_of(finding.location, style.lang) or name
    rule = f"{finding.code} {rule_name(finding.code)}".rstrip()
    parts = [
        place,
        f"{severity_word(finding.severity, style.lang)} {rule}",
        shorten(finding.title, 80),
        sentence(finding, style.lang),
    ]
    return harmless(": ".join(part for part in parts if part))
