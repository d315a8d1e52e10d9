"""Markdown for a pull request or a council paper: a table for each effect or each plan.

Whatever comes from a document is written so that every reader of Markdown (CommonMark, GitHub,
pandoc) shows it as it is: no markup, no link, no mention of a person or an issue.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from munidx.diff.changes import Change, Effect, Kind
from munidx.findings import Finding
from munidx.report.catalogue import (
    effect_word,
    hint,
    kind_word,
    sentence,
    severity_word,
    word,
)
from munidx.report.comparison import ARROW, Comparison, doubt, stamp_text, titles_text
from munidx.report.findings import FindingsOf, Style, place_of, rule_name, summary
from munidx.report.terminal import harmless
from munidx.report.values import shorten

__all__ = ["changes", "findings", "markdown_text"]

_MARKUP: Final = re.compile(r"[\\`*_{}\[\]|~&<>$@#]|:(?=//)|(?<=www)\.", re.IGNORECASE)
_ENTITIES: Final = {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    # GitHub reads formulas, mentions and issue numbers in the finished text; a tag parts them.
    "$": "<span>$</span>",
    "@": "<span>@</span>",
    "#": "<span>#</span>",
}


def markdown_text(text: str) -> str:
    r"""``text`` for a table's cell, shown as it is.

    >>> markdown_text("a|b *c* <img>")
    'a\\|b \\*c\\* &lt;img&gt;'
    """
    return _MARKUP.sub(lambda found: _ENTITIES.get(found[0]) or f"\\{found[0]}", harmless(text))


def changes(view: Comparison) -> str:
    """A heading with both editions, the counts, and a table for each effect."""
    lang = view.lang
    editions = f"{stamp_text(view.diff.old)}{ARROW}{stamp_text(view.diff.new)}"
    lines = [f"# {markdown_text(editions)}", ""]
    counts = [f"{effect_word(Effect(name), lang)} {n}" for name, n in view.diff.summary.items()]
    lines.append(word("comma", lang).join(counts) if counts else word("no-changes", lang))
    heads = [word(head, lang) for head in ("kind", "title", "change", "place")]
    for effect in Effect:
        group = [change for change in view.diff.changes if change.effect is effect]
        if group:
            lines += ["", f"## {effect_word(effect, lang)} ({len(group)})", ""]
            heads = [word(head, lang) for head in ("kind", "title", "change", "place")]
            folds, single = view.folded(group)
            rows = (
                *(_fold(view, several) for several in folds),
                *(_row(view, one) for one in single),
            )
            lines += _table(heads, rows)
    return "\n".join([*lines, ""])


def _fold(view: Comparison, several: Sequence[Change]) -> Iterator[str]:
    """A department that was renamed across the board, in one row."""
    yield _kind(view, several[0])
    times = word("times", view.lang, n=len(several))
    yield f"**{times}**<br>{markdown_text(titles_text(several, view.lang))}"
    yield markdown_text(view.told(several[0]))
    yield ""


def _kind(view: Comparison, change: Change) -> str:
    parts = kind_word(change.kind, view.lang), markdown_text(change.rule)
    return "<br>".join(filter(None, parts))


def _row(view: Comparison, change: Change) -> Iterator[str]:
    yield _kind(view, change)
    folded = change.kind is Kind.RENUMBERED and len(change.new_paths) > 1
    title, context = shorten(change.title, 80), view.context(change)
    told = [f"**{markdown_text(title)}**" if title and not folded else "", markdown_text(context)]
    yield "<br>".join(part for part in told if part)
    doubtful = doubt(change, view.lang)
    notes = [view.told(change), f"({doubtful})" if doubtful else ""]
    yield markdown_text(" ".join(note for note in notes if note))
    yield markdown_text(view.places(change))


def findings(found: Sequence[FindingsOf], style: Style) -> str:
    """A table of findings for each plan that has some, and the counts."""
    lines: list[str] = []
    heads = [word(head, style.lang) for head in ("severity", "rule", "title", "finding", "place")]
    for name, several in found:
        if several:
            lines += [f"## {markdown_text(name)}", ""]
            lines += [*_table(heads, (_finding(one, style) for one in several)), ""]
    return "\n".join([*lines, summary(found, style), ""])


def _finding(finding: Finding, style: Style) -> Iterator[str]:
    yield severity_word(finding.severity, style.lang)
    yield markdown_text(f"{finding.code} {rule_name(finding.code)}".rstrip())
    yield markdown_text(shorten(finding.title or finding.path, 80) or word("plan", style.lang))
    told = (sentence(finding, style.lang), hint(finding, style.lang))
    yield "<br>".join(markdown_text(part) for part in told if part)
    yield markdown_text(place_of(finding.location, style.lang))


def _table(heads: Sequence[str], rows: Iterable[Iterable[str]]) -> Iterator[str]:
    yield _line(heads)
    yield _line(["---"] * len(heads))
    yield from map(_line, rows)


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"
