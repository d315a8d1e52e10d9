"""Rows of sums: which they are, of what they are the sums, whether they are."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from attrs import evolve

from munidx.adapters.contract import PassReason
from munidx.adapters.tables.drafts import Draft, money
from munidx.adapters.tables.outline import Outline
from munidx.adapters.tables.spans import Span
from munidx.document import Cell
from munidx.japanese.characters import compact
from munidx.japanese.marks import is_dash
from munidx.japanese.numerals import parse_number
from munidx.model import Cost

__all__ = ["count", "take_total"]

_SUMMED: Final = frozenset({"costs", "targets", "actuals", "baseline"})
_INNER: Final = frozenset({"小計", "計"})
_LONGEST: Final = 20  # characters of 〇〇部 合計
_COUNTED: Final = re.compile(r"\(?全?\d{1,5}(?:件|事業|項目|課題|施策|取組|本)\)?")
"""How many rows are summed: 合計 4件."""


def count(outline: Outline, cost: Cost, heading: str) -> None:
    """Add a measure's money to the sums of all that it stands under."""
    for draft in (outline.root, outline.part, *outline.tables, *filter(None, outline.opened)):
        if cost.amount is not None:
            draft.sums[heading] += cost.amount
        elif any(sign.isdigit() for sign in cost.text):
            draft.blind.add(heading)


def take_total(outline: Outline, cells: Sequence[Cell], spans: Sequence[Span]) -> bool:
    """Whether a row is one of sums, which then is checked and kept.

    One is a row of which one cell says so and all others are figures. Sums below a goal are
    its costs; those of the whole list, and of what a caption stands above, are labels of the
    plan, for the model has no costs there, and are checked here (``MX925``).
    """
    goals = {compact(goal.texts.get("title", "")) for goal in outline.opened if goal}
    heads = [*outline.form.totals, *(f"{goal}計" for goal in goals if goal)]
    told = [(cell, word) for cell in cells if (word := _word(cell.text, heads))]
    if len(told) != 1:
        return False
    ((head, word),) = told
    figures = [span for span in spans if span.fresh and span.cell is not head]
    others = [span for span in spans if not span.fresh and span.field in _SUMMED]
    sums = [span for span in figures if span.field == "costs"]
    if not sums or others or not all(map(_is_figure, figures)):
        return False
    costs = [(span, *money(span)) for span in sums]
    draft = _summed(outline, word, [(span.slot.heading, cost) for span, cost, _ in costs])
    words = " ".join(head.text.split())
    for span, cost, clear in costs:
        if not clear:
            outline.notes.report("MX921", span.source, field="costs", text=span.text[:80])
        if draft.is_goal:
            draft.costs.append(evolve(cost, total=True))
    kept = draft if draft.is_goal else outline.root
    for span in figures:
        if span.field != "costs" or not draft.is_goal:
            _label(kept, f"{words} {span.slot.heading}", span)
    outline.notes.passed(str(head.place), PassReason.TABLE_HEADER)
    outline.tables = (*outline.tables[:2], Draft())
    return True


def _word(text: str, totals: Iterable[str]) -> str:
    """The word at which a cell is known as the head of sums: it is that, or ends with it."""
    words = _COUNTED.sub("", compact(text)).strip("()[]【】<>・:")
    for word in totals:
        if words == word or (len(word) > 1 and words.endswith(word) and len(words) <= _LONGEST):
            return word
    return ""


def _is_figure(span: Span) -> bool:
    if span.field in _SUMMED or is_dash(span.text) or _COUNTED.fullmatch(compact(span.text)):
        return True
    return span.field in {"", "label", "code"} and parse_number(span.text) is not None


def _summed(outline: Outline, word: str, sums: list[tuple[str, Cost]]) -> Draft:
    """That which the printed sums are the sums of: the innermost that they fit."""
    part = [outline.part] if outline.captions else []
    goals, tables = [goal for goal in outline.opened if goal], outline.tables[::-1]
    if word in _INNER or word not in outline.form.totals:
        order = [*reversed(goals), *tables, *part, outline.root]
    else:
        order = [outline.root, *part, *goals, *tables]

    def misses(draft: Draft) -> Iterator[tuple[str, Cost, int]]:
        for heading, cost in sums:
            if cost.amount not in {None, draft.sums[heading]} and heading not in draft.blind:
                yield heading, cost, draft.sums[heading]

    for draft in order:
        if not any(misses(draft)):
            return draft
    if not order[0].is_goal:  # else MX401 says it
        nearest = min((d for d in order if not d.is_goal), key=lambda draft: _far(draft, sums))
        for heading, cost, found in misses(nearest):
            outline.notes.report(
                "MX925", cost.source, field=heading, expected=cost.amount, found=found
            )
    return order[0]


def _far(draft: Draft, sums: list[tuple[str, Cost]]) -> int:
    """How far the printed sums are from those of what stands below ``draft``."""
    return sum(abs((cost.amount or 0) - draft.sums[heading]) for heading, cost in sums)


def _label(draft: Draft, name: str, span: Span) -> None:
    told = draft.labels.get(name)
    draft.labels[name] = f"{told}\n{span.text}" if told else span.text
    draft.sources.append(span.source)
