"""Rows of sums: which they are, of what they are the sums, whether they are."""

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


def count(outline: Outline, cost: Cost, heading: str) -> None:
    """Add a measure's money to the sums of all that it stands under."""
    for draft in (outline.root, outline.part, *filter(None, outline.opened)):
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
    told = [(cell, word) for cell in cells if (word := _word(cell.text, outline.form.totals))]
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
    return True


def _word(text: str, totals: Iterable[str]) -> str:
    """The word at which a cell is known as the head of sums: it is that, or ends with it."""
    words = compact(text).strip("()[]【】<>・:")
    for word in totals:
        if words == word or (len(word) > 1 and words.endswith(word) and len(words) <= _LONGEST):
            return word
    return ""


def _is_figure(span: Span) -> bool:
    text = span.text
    if span.field in _SUMMED:
        return True
    return span.field in {"", "label"} and (is_dash(text) or parse_number(text) is not None)


def _summed(outline: Outline, word: str, sums: list[tuple[str, Cost]]) -> Draft:
    """That which the printed sums are the sums of: the innermost that they fit."""
    part = [outline.part] if outline.captions else []
    order = [*filter(None, reversed(outline.opened)), *part, outline.root]
    if word not in _INNER:
        order.reverse()

    def misses(draft: Draft) -> Iterator[tuple[str, Cost, int]]:
        for heading, cost in sums:
            if cost.amount not in {None, draft.sums[heading]} and heading not in draft.blind:
                yield heading, cost, draft.sums[heading]

    for draft in order:
        if not any(misses(draft)):
            return draft
    if not order[0].is_goal:  # else MX401 says it
        for heading, cost, found in misses(order[0]):
            outline.notes.report(
                "MX925", cost.source, field=heading, expected=cost.amount, found=found
            )
    return order[0]


def _label(draft: Draft, name: str, span: Span) -> None:
    told = draft.labels.get(name)
    draft.labels[name] = f"{told}\n{span.text}" if told else span.text
    draft.sources.append(span.source)
