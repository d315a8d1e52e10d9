"""Rows of sums: which they are, of what they are the sums, whether they are."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from attrs import evolve

from munidx.adapters.contract import PassReason
from munidx.adapters.tables.drafts import Draft, money
from munidx.adapters.tables.outline import Outline
from munidx.adapters.tables.spans import Span
from munidx.document import Cell
from munidx.japanese.characters import align, compact
from munidx.japanese.marks import is_dash
from munidx.japanese.numerals import parse_number
from munidx.model import Cost

__all__ = ["count", "is_share", "take_total"]

_SUMMED: Final = frozenset({"costs", "targets", "actuals", "baseline"})
_INNER: Final = frozenset({"小計", "計"})
_FIRM: Final = frozenset({"小計", "総計", "累計", "総合計"})
"""Words with which no name begins: what stands behind them says of what they are the sum."""
_LONGEST: Final = 20  # characters of 〇〇部 合計
_COUNTED: Final = re.compile(r"\(?全?\d{1,5}(?:件|事業|項目|課題|施策|取組|本)\)?")
"""How many rows are summed: 合計 4件."""
_RUNG: Final = re.compile(
    r".{0,18}(?:[部課局款項目柱章節]|会計|施策|事業|政策|分野|年度|区分|取組|[\d)\]】])"
)
"""What may stand before 計, and makes it no 統計 or 設計: 土木課計, 施策1-1 計."""
_FRAMED: Final = re.compile(r"[(\[【<〈《「](?P<inner>.{1,20})[)\]】>〉》」]|[\dIVXA-Z]{1,3}")
"""What may stand behind a word of sums: 小計（安心）, 小計①."""
_BRACKETS: Final = "()[]【】<>〈〉《》「」・:"
_SHARE: Final = re.compile(
    r"再掲(?:分|事業)?|内[数訳]|(?:重複|再掲)(?:を?除く|分|計)"
    r"|うち[、:]?(?:[新拡継重国県府市一特補単臨経令]|人件|事業費|再掲|\d|R\d).{0,10}"
)
"""A row that says again a part of what stands above it: no sum, and no measure."""


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
    told = [(cell, *found) for cell in cells if (found := _word(cell.text, outline))]
    if len(told) != 1:
        return False
    ((head, word, goal),) = told
    figures = [span for span in spans if span.fresh and span.cell is not head]
    others = [span for span in spans if not span.fresh and span.field in _SUMMED]
    sums = [span for span in figures if span.field == "costs"]
    plain = compact(head.text).strip(_BRACKETS) == word
    if not (sums or (plain and figures)) or others:
        return False
    if not all(_is_figure(span, coded=plain) for span in figures):
        return False
    costs = [(span, *money(span)) for span in sums]
    draft = _summed(outline, word, goal, [(span.slot.heading, cost) for span, cost, _ in costs])
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


def is_share(cells: Sequence[Cell], spans: Sequence[Span]) -> bool:
    """Whether a row is a part of a sum, said again: 再掲 or うち新規 with figures beside it."""
    heads = [cell for cell in cells if _SHARE.fullmatch(compact(cell.text).strip(_BRACKETS))]
    figures = [span for span in spans if span.fresh and span.cell not in heads]
    return len(heads) == 1 and bool(figures) and all(map(_is_figure, figures))


def _word(text: str, outline: Outline) -> tuple[str, Draft | None] | None:
    """The word at which a cell is known as the head of sums, and the goal that it names.

    It is that, ends with it, or has behind it what it is the sum of.
    """
    words = _COUNTED.sub("", compact(text))
    bare = words.strip(_BRACKETS)
    if not bare or len(bare) > _LONGEST + len(max(outline.form.totals, key=len, default="")):
        return None
    for word in sorted(outline.form.totals, key=len, reverse=True):
        if bare == word:
            return word, None
        if bare.endswith(word) and len(bare) <= _LONGEST:
            before = bare.removesuffix(word).strip(_BRACKETS)
            goal = _named(before, outline)
            if goal or len(word) > 1 or _RUNG.fullmatch(bare.removesuffix(word)):
                return word, goal
        if bare.startswith(word):
            behind = words.lstrip(_BRACKETS).removeprefix(word).lstrip(")]】>〉》」")
            goal = _named(behind.strip(_BRACKETS), outline)
            firm = word in _FIRM and _is_parted(text, word)
            if goal or firm or _FRAMED.fullmatch(behind):
                return word, goal
    return None


def _is_parted(text: str, word: str) -> bool:
    """Whether white space, or a sign like it, stands behind ``word``."""
    return re.match(r"\W*" + r"\s*".join(word) + r"[\s:・]", align(text).text) is not None


def _named(name: str, outline: Outline) -> Draft | None:
    """The innermost open goal that is called so: by title, code or both, or by its level."""
    for goal in filter(None, reversed(outline.opened)):
        title, code = (compact(goal.texts.get(part, "")) for part in ("title", "code"))
        rung = compact(goal.level)
        known = {title, code, rung, f"{code}{title}", f"{rung}{code}", f"{rung}{code}{title}"}
        if name and name in known:
            return goal
    return None


def _is_figure(span: Span, *, coded: bool = False) -> bool:
    """Whether a cell is a figure; ``coded``: a number in the column of codes is one too."""
    if span.field in _SUMMED or is_dash(span.text) or _COUNTED.fullmatch(compact(span.text)):
        return True
    numbered = span.field in {"", "label"} or (coded and span.field == "code")
    return numbered and parse_number(span.text) is not None


def _summed(
    outline: Outline, word: str, named: Draft | None, sums: list[tuple[str, Cost]]
) -> Draft:
    """That which the printed sums are the sums of: what they name, or the innermost they fit.

    A table of sums alone (総括) has no rows: its sums are of no goal that happens to be open.
    """
    if named and named in outline.listed:
        return named
    if outline.root not in outline.listed:
        sums = [(heading, cost) for heading, cost in sums if heading in outline.root.sums]
    order = _order(outline, word)

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


def _order(outline: Outline, word: str) -> list[Draft]:
    """What a row with ``word`` may be the sum of, the likeliest first."""
    part = [outline.part] if outline.captions else []
    goals = [goal for goal in outline.opened if goal and goal in outline.listed]
    tables = outline.tables[::-1] if outline.root in outline.listed else ()
    if word in _INNER:
        return [*reversed(goals), *tables, *part, outline.root]
    return [outline.root, *part, *goals, *tables]


def _far(draft: Draft, sums: list[tuple[str, Cost]]) -> int:
    """How far the printed sums are from those of what stands below ``draft``."""
    return sum(abs((cost.amount or 0) - draft.sums[heading]) for heading, cost in sums)


def _label(draft: Draft, name: str, span: Span) -> None:
    told = draft.labels.get(name)
    draft.labels[name] = f"{told}\n{span.text}" if told else span.text
    draft.sources.append(span.source)
