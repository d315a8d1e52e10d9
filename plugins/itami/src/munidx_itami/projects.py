"""The projects (事務事業) of a sheet: rows, departments, codes of the budget, costs, totals.

Rows run bottom-up on many pages while their lines of 款項目 run top-down; the codes rise from
the top, so the rows are put into the order of their codes first. A department alone on a line is
that of the next row that has none.
"""

import re
from collections.abc import Collection, Sequence
from itertools import combinations
from math import comb
from typing import Final

from attrs import define, field, frozen

from munidx.adapters import PassReason
from munidx.findings import Severity
from munidx.japanese.characters import compact, normalise
from munidx.japanese.marks import split_marks, status_of
from munidx.japanese.numerals import parse_yen
from munidx.model import Cost, FiscalYear, Labels, Measure, Owner, OwnerRole
from munidx_itami.lines import Kind, Line, Piece, source_of
from munidx_itami.notes import Notes
from munidx_itami.pieces import DASH, is_cost
from munidx_itami.sorting import Sorted, is_unit, units_of

__all__ = ["LEVEL", "MAIN", "Ledger", "Money", "ledger_of", "projects_of", "totals_of"]

LEVEL: Final = "事務事業"
MAIN: Final = "主要事業"
SHOWN: Final = "表示"
"""The label for marks such as 【新規】 on a title."""
_CATEGORIES: Final = {"事業費": "project", "人件費": "personnel"}
_COLUMNS: Final = ("事業費", "人件費")
_MOST_TRIED: Final = 2000
"""So many ways to leave rows without a line of 款項目 are compared."""
_INLINE: Final = re.compile(
    r"(?P<title>.+?)(?:\s+(?P<mark>[○〇◯●◎]))?\s+(?P<code>\d\d\s\d\d\s\d\d|-\s-\s-)"
)


@frozen
class Money:
    """How a table of costs is to be read: its columns, years and unit."""

    columns: tuple[str, ...] = _COLUMNS
    years: tuple[FiscalYear, ...] = ()
    unit: str = ""


@define(kw_only=True)
class Row:
    """One project as its row says."""

    code: str
    title: str
    lines: list[Line]
    figures: tuple[str, ...]
    money: Money
    unit: str = ""
    unit_lines: tuple[Line, ...] = ()
    budget: "Piece | None" = None
    inline: bool = False


@define
class Ledger:
    """The rows of a sheet, and their lines of 款項目, in the groups in which they stand."""

    rows: list[Row] = field(factory=list)
    groups: list[tuple[list[Piece], list[Row]]] = field(factory=list)


def ledger_of(found: Sorted, fallback: Money, notes: Notes) -> Ledger:
    """The rows of a sheet's table of projects."""
    ledger = Ledger()
    waiting: list[Line] = []
    budgets: list[Piece] = []
    rows: list[Row] = []
    for spot, entry in enumerate(found.rows):
        if isinstance(entry, Line):
            waiting.append(entry)
            continue
        if entry.kind in (Kind.COLUMNS, Kind.COST_YEARS):
            notes.skip(entry.lines, PassReason.TABLE_HEADER)
            continue
        if entry.kind is Kind.BUDGET:
            if rows:
                ledger.groups.append((budgets, rows))
                budgets, rows = [], []
            budgets.append(entry)
        row = _row(entry, _money(found.rows, spot, fallback), notes)
        if row:
            rows.append(row)
            ledger.rows.append(row)
            _settle(row, waiting, notes)
    ledger.groups.append((budgets, rows))
    notes.leave(waiting)
    seen: set[str] = set()
    for row in ledger.rows:
        if compact(row.code) in seen:
            notes.tell("MX957", Severity.WARNING, row.lines, project=row.code, title=row.title)
        seen.add(compact(row.code))
    _mend(ledger)
    return ledger


def _settle(row: Row, waiting: list[Line], notes: Notes) -> None:
    if row.unit:
        return
    if waiting:
        line = waiting.pop(0)
        row.unit, row.unit_lines = line.text, (line,)
    else:
        notes.tell("MX951", Severity.WARNING, row.lines, project=row.code, title=row.title)


def _money(rows: Sequence[Piece | Line], spot: int, fallback: Money) -> Money:
    """The headers for the row at ``spot``: those of its page, else the nearest."""
    entry = rows[spot]
    page = entry.page if isinstance(entry, Line) else entry.first.page

    def near(kind: Kind) -> Piece | None:
        heads = [
            (head.first.page != page, abs(place - spot), head)
            for place, head in enumerate(rows)
            if isinstance(head, Piece) and head.kind is kind
        ]
        return min(heads, key=lambda head: head[:2])[2] if heads else None

    columns, years = near(Kind.COLUMNS), near(Kind.COST_YEARS)
    return Money(
        columns=columns.values if columns else fallback.columns,
        years=years.years if years else fallback.years,
        unit=(years.values[0] if years else "") or fallback.unit,
    )


def _row(piece: Piece, money: Money, notes: Notes) -> Row | None:
    """The row of a project; None where ``piece`` holds none."""
    unit, code, rest = piece.name, piece.code, piece.text
    if piece.kind is Kind.BUDGET:
        glued = re.fullmatch(r"(?P<unit>\D*?)\s*(?P<code>\d{5,8})\s+(?P<rest>.+)", rest)
        if not glued:
            return None
        unit, code, rest = glued["unit"], glued["code"], glued["rest"]
    tokens = rest.split()
    end = len(tokens)
    while end and not is_cost(tokens[end - 1]):
        end -= 1
    start = end
    while start > 1 and is_cost(tokens[start - 1]):
        start -= 1
    columns = len(money.columns)
    # A code of the budget right before the costs is no cost.
    if end - start >= columns + 3:
        start = end - columns
    title, figures, behind = " ".join(tokens[:start]), tuple(tokens[start:end]), tokens[end:]
    row = Row(code=code, title=title, lines=list(piece.lines), figures=figures, money=money)
    row.unit = unit
    _inline_budget(row, piece)
    if not figures:
        row.title, behind = rest, []
    if behind and not unit:
        row.unit, behind = _unit_behind(behind)
    if behind:
        notes.leave(piece.lines[-1:], " ".join(behind))
    return row


def _unit_behind(tokens: list[str]) -> tuple[str, list[str]]:
    """The department among the words behind the costs, and the words that are none."""
    if is_unit("".join(tokens)):
        return "".join(tokens), []
    if is_unit(tokens[0]):
        return tokens[0], tokens[1:]
    return "", tokens


def _inline_budget(row: Row, piece: Piece) -> None:
    """A line of 款項目 within the row itself."""
    inner = _INLINE.fullmatch(normalise(row.title))
    if inner:
        row.title = row.title.split()[0] if not inner["title"] else _cut(row.title, inner["title"])
        code = inner["code"].replace(" ", "-")
        row.inline = True
        row.budget = Piece(
            kind=Kind.BUDGET,
            lines=piece.lines,
            code="" if code.startswith(DASH) else code,
            mark=inner["mark"] or "",
        )


def _cut(text: str, head: str) -> str:
    """The beginning of ``text`` that normalises to ``head``."""
    for end in range(len(text) + 1):
        if normalise(text[:end]) == head:
            return text[:end]
    return head


def _mend(ledger: Ledger) -> None:
    """Put lines of 款項目 that stand on a page without rows, or below the rows, to the rows."""
    mended: list[tuple[list[Piece], list[Row]]] = []
    for budgets, every in ledger.groups:
        rows = [row for row in every if not row.inline]
        above = mended[-1] if mended else None
        if above and not rows and not above[0] and len(budgets) == len(above[1]):
            mended[-1] = (budgets, above[1])
        elif above and not above[1]:
            mended[-1] = (above[0] + budgets, rows)
        else:
            mended.append((budgets, rows))
    ledger.groups = [group for group in mended if group[0] or group[1]]


def match_budgets(ledger: Ledger, main: Collection[str], notes: Notes) -> None:
    """Give each row its line of 款項目.

    As many lines as rows: from the top down. Fewer: in the one order in which the rows with ○
    are those that the appendix describes (``main``), if there is just one; else none.
    """
    for budgets, rows in ledger.groups:
        if not budgets:
            continue
        ordered = sorted(rows, key=lambda row: normalise(row.code))
        told = {
            "budgets": len(budgets),
            "projects": tuple(row.code for row in ordered),
        }
        lines = [line for piece in budgets for line in piece.lines]
        if len(budgets) == len(ordered):
            chosen = ordered
            if len(ordered) > 1:
                notes.tell("MX952", Severity.INFO, lines, **told)
        else:
            chosen = _sparse(budgets, ordered, main)
            severity = Severity.INFO if chosen else Severity.WARNING
            notes.tell("MX953", severity, lines, **told, placed=len(chosen))
            if not chosen:
                notes.leave([piece.first for piece in budgets if not piece.text])
        for piece, row in zip(budgets, chosen, strict=False):
            row.budget = piece


def _sparse(budgets: Sequence[Piece], rows: Sequence[Row], main: Collection[str]) -> list[Row]:
    if len(budgets) > len(rows) or comb(len(rows), len(budgets)) > _MOST_TRIED:
        return []
    described = {compact(code) for code in main}
    tried = (
        sorted(
            (
                sum(
                    bool(piece.mark) != (compact(row.code) in described)
                    for piece, row in zip(budgets, choice, strict=True)
                ),
                number,
                choice,
            )
            for number, choice in enumerate(combinations(rows, len(budgets)))
        )
        if described
        else []
    )
    if not tried or (len(tried) > 1 and tried[0][0] == tried[1][0]):
        return []
    return list(tried[0][2])


def projects_of(
    ledger: Ledger, prefix: str, evaluated: FiscalYear | None, notes: Notes
) -> tuple[Measure, ...]:
    """The projects, in the order of their codes."""
    rows = sorted(ledger.rows, key=lambda row: normalise(row.code))
    return tuple(_measure(row, prefix, evaluated, notes) for row in rows)


def _measure(row: Row, prefix: str, evaluated: FiscalYear | None, notes: Notes) -> Measure:
    if prefix and not compact(row.code).startswith(compact(prefix)):
        notes.tell("MX954", Severity.INFO, row.lines, project=row.code, goal=prefix)
    where = source_of(row.unit_lines or row.lines)
    parts = [part for part in units_of(row.unit) if part]
    lines = [*row.lines, *row.unit_lines, *(row.budget.lines if row.budget else ())]
    title, marks = split_marks(row.title)
    labels = {MAIN: row.budget.mark} if row.budget and row.budget.mark else {}
    if marks:
        labels[SHOWN] = "".join(f"【{mark}】" for mark in marks)
    return Measure(
        code=row.code,
        title=title,
        level=LEVEL,
        status=next(filter(None, map(status_of, marks)), None),
        owners=tuple(Owner(name=part, role=OwnerRole.LEAD, source=where) for part in parts),
        costs=_costs(row, evaluated, notes),
        labels=Labels(labels),
        source=source_of(lines),
    )


def _costs(row: Row, evaluated: FiscalYear | None, notes: Notes) -> tuple[Cost, ...]:
    money = row.money
    years = money.years or ((evaluated,) if evaluated is not None else ())
    if len(row.figures) != len(money.columns) or len(money.columns) % max(1, len(years)):
        notes.tell(
            "MX955",
            Severity.WARNING,
            row.lines,
            project=row.code,
            title=row.title,
            figures=row.figures,
            columns=money.columns,
        )
        if row.figures:
            notes.leave(row.lines[-1:], " ".join(row.figures))
        return ()
    source = source_of(row.lines)
    each = len(money.columns) // max(1, len(years))
    found = []
    for spot, (column, text) in enumerate(zip(money.columns, row.figures, strict=True)):
        if normalise(text) == DASH:
            continue
        category = _CATEGORIES.get(column, column)
        inferred = () if money.years or not years else ("year",)
        budget = row.budget if category == "project" else None
        found.append(
            Cost(
                year=years[spot // each] if years else None,
                amount=parse_yen(text, money.unit) if money.unit else None,
                category=category,
                budget_code=budget.code if budget else "",
                text=text,
                source=source if not budget else source_of([*row.lines, *budget.lines]),
                inferred=inferred,
            )
        )
    return tuple(found)


def totals_of(found: Sorted, evaluated: FiscalYear | None, notes: Notes) -> tuple[Cost, ...]:
    """The printed sums of the project costs."""
    costs: list[Cost] = []
    for label, header, figures in found.totals:
        notes.skip(label.lines, PassReason.TABLE_HEADER)
        if header:
            notes.skip(header.lines, PassReason.TABLE_HEADER)
        if not figures:
            notes.tell("MX956", Severity.WARNING, label.lines)
            continue
        tokens = [text for text in figures.values if normalise(text) != DASH]
        years = header.years if header else ((evaluated,) if evaluated is not None else ())
        if len(tokens) != len(years):
            notes.tell("MX956", Severity.WARNING, figures.lines)
            notes.leave(figures.lines)
            continue
        costs += [
            Cost(
                year=year,
                amount=parse_yen(text, label.values[0]) if label.values[0] else None,
                category="project",
                total=True,
                text=text,
                source=figures.source,
                inferred=() if header else ("year",),
            )
            for year, text in zip(years, tokens, strict=True)
        ]
    return tuple(costs)
