"""The adapter of 伊丹市: 行政評価（事後評価）, the city's yearly review of its policies.

A document holds a sheet for each 実施施策 and an appendix on the main projects. How the parts
map into the model, and what decides where the text leaves a place open, docs/cities/itami.md
tells.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from importlib.metadata import PackageNotFoundError, version
from typing import Final

from attrs import evolve

from munidx.adapters import (
    Adapter,
    Leftover,
    PassReason,
    Publication,
    Reading,
    Recognition,
    hookimpl,
)
from munidx.findings import Severity
from munidx.japanese.characters import compact
from munidx.model import Document, Edition, FiscalYear, Goal, Municipality, Plan, PlanKind, Section
from munidx.rules import Rule
from munidx_itami.appendix import boxes_of, enrich, heading_codes
from munidx_itami.cells import flattened
from munidx_itami.goals import (
    Page,
    Rung,
    evaluated_year,
    rungs_of,
    sheet_goal,
    upper_goals,
)
from munidx_itami.indicators import Years, years_of_sheet
from munidx_itami.lines import Kind, Line, Piece, lines_of
from munidx_itami.notes import Notes
from munidx_itami.pieces import pieces_of
from munidx_itami.projects import Money, ledger_of, match_budgets
from munidx_itami.rules import RULES
from munidx_itami.shared import parted_lines
from munidx_itami.sheets import parted, sheets_of
from munidx_itami.sorting import sort_sheet
from munidx_itami.upright import whole_lines

__all__ = ["ItamiAdapter", "munidx_adapter", "munidx_rules"]

_NAME: Final = "伊丹市"
_CITY: Final = Municipality(code="282073", name=_NAME, prefecture="兵庫県")
_TITLE: Final = "行政評価（事後評価）"
_TITLED: Final = re.compile(
    r"(?:.{2,6}年度)?(?:伊丹市)?(?:第\d{1,2}次総合計画)?行政評価(?:\((?:事後|事前)評価\))?(?:シート|結果|報告書|調書){0,2}"
)
_ID: Final = "282073-evaluation-gyosei-hyoka"
_CUES: Final = (
    "実施施策の目標",
    "評価部局",
    "評価の理由",
    "成果指標",
    "基準年度",
    "指標の意味・算式等",
    "事務事業コード",
    "事業費合計",
    "での対策・対応",
    "款項目",
)
_SURE: Final = 6
"""So many of the form's own words leave no doubt."""


class ItamiAdapter:
    """Reads the policy evaluations of 伊丹市."""

    def recognise(self, document: Publication) -> Recognition:
        """Go by the words of the form; the city's name is a help, no condition."""
        text = compact(document.text())
        seen = tuple(cue for cue in _CUES if cue in text)
        missed = tuple(f"without {cue}" for cue in _CUES if cue not in text)
        score = min(1.0, len(seen) / _SURE) * 0.9
        if _NAME in text:
            score, seen = min(1.0, score + 0.1), (*seen, _NAME)
        return Recognition(score=round(score, 2), reasons=(*seen, *missed))

    def read(self, document: Publication) -> Reading:
        """Read the sheets and the appendix into one plan."""
        notes = Notes()
        pieces = _without_pages(
            pieces_of(parted_lines(whole_lines(lines_of(flattened(document)), notes))), notes
        )
        body, appendix = parted(pieces)
        pages = [Page(sheet=sheet, found=sort_sheet(sheet)) for sheet in sheets_of(body)]
        if not pages:
            return Reading()
        plan = _plan(document, pages, appendix, notes)
        return Reading(
            plans=(plan,),
            findings=tuple(notes.findings),
            leftovers=tuple(_without_doubles(notes.leftovers)),
        )


def _without_pages(pieces: Iterable[Piece], notes: Notes) -> list[Piece]:
    kept = []
    for piece in pieces:
        if piece.kind is Kind.PAGE:
            notes.skip(piece.lines, PassReason.PAGE_NUMBER)
        else:
            kept.append(piece)
    return kept


def _printed_title(pages: Sequence[Page], notes: Notes) -> Line | None:
    """The line that names the document, which the form at hand does not print; others are left."""
    title: Line | None = None
    for page in pages:
        for line in page.found.unknown:
            if title is None and _TITLED.fullmatch(line.tight):
                title = line
            elif line.tight == _NAME:
                notes.skip([line], PassReason.REPEAT)
            else:
                notes.leave([line])
    return title


def _plan(
    document: Publication, pages: Sequence[Page], appendix: Sequence[Piece], notes: Notes
) -> Plan:
    evaluated = _evaluated(pages)
    goals = _sheet_goals(pages, heading_codes(appendix), evaluated, notes)
    outlines = {
        compact(piece.text): Rung(piece.name, piece.code, piece.text, piece.lines)
        for piece in reversed(appendix)
        if piece.kind is Kind.HEAD and piece.code
    }
    goals, sections = _with_appendix(goals, pages, appendix, evaluated, notes)
    printed = next(
        (
            page.found.labels[name].source
            for page in pages
            for name in ("rating", "plan")
            if name in page.found.labels
        ),
        "",
    )
    titled = _printed_title(pages, notes)
    for page in pages:
        for legend in page.found.legends:
            notes.skip(legend.lines, PassReason.TABLE_HEADER)
    return Plan(
        id=_ID,
        title=titled.text if titled else _TITLE,
        kind=PlanKind.EVALUATION,
        municipality=_CITY,
        edition=Edition(year=evaluated, source=printed) if evaluated is not None else None,
        goals=upper_goals(list(zip(pages, goals, strict=True)), outlines, notes),
        sections=tuple(sections),
        documents=tuple(_stamped(one) for one in document.documents),
        source=titled.source if titled else "",
        inferred=("municipality",) if titled else ("title", "municipality"),
    )


def _evaluated(pages: Sequence[Page]) -> FiscalYear | None:
    """The year that most sheets look back on."""
    years = Counter(year for page in pages if (year := evaluated_year(page.found)) is not None)
    return min(years, key=lambda year: (-years[year], year)) if years else None


def _sheet_goals(
    pages: Sequence[Page], main: Sequence[str], evaluated: FiscalYear | None, notes: Notes
) -> list[Goal]:
    tables = [years_of_sheet(page.found.flow) for page in pages]
    usual = Counter((years.base, years.targets) for years in tables if years.targets)
    money = _money(pages)
    legends = [legend for page in pages for legend in page.found.legends]
    goals = []
    for page, years in zip(pages, tables, strict=True):
        page.rungs = rungs_of(page.found, notes)
        page.ledger = ledger_of(page.found, money, notes)
        match_budgets(page.ledger, main, notes)
        own = years
        if not years.targets and usual:
            base, targets = usual.most_common(1)[0][0]
            own = Years(base, targets, years.lines, inferred=True)
            head = page.sheet.head
            if page.found.bodies:
                notes.tell("MX948", Severity.WARNING, head.lines if head else ())
        year = evaluated_year(page.found)
        goals.append(sheet_goal(page, own, year if year is not None else evaluated, legends, notes))
    return goals


def _money(pages: Sequence[Page]) -> Money:
    """How most tables of costs are headed: for a page whose header is missing."""
    units = Counter(
        piece.values[0]
        for page in pages
        for piece in page.found.rows
        if isinstance(piece, Piece) and piece.kind is Kind.COST_YEARS and piece.values[0]
    )
    return Money(unit=units.most_common(1)[0][0]) if units else Money()


def _with_appendix(
    goals: Sequence[Goal],
    pages: Sequence[Page],
    appendix: Sequence[Piece],
    evaluated: FiscalYear | None,
    notes: Notes,
) -> tuple[list[Goal], list[Section]]:
    projects = {compact(measure.code): measure for goal in goals for measure in goal.measures}
    titles = {compact(goal.code): goal.title for goal in goals}
    titles |= {
        compact(rung.code) or rung.level + rung.title: rung.title
        for page in pages
        for rung in page.rungs.values()
    }
    boxes, sections = boxes_of(appendix, projects, titles, notes)
    return [
        evolve(
            goal,
            measures=tuple(
                enrich(
                    measure,
                    [box for box in boxes if projects.get(box.code) is measure],
                    evaluated,
                )
                for measure in goal.measures
            ),
        )
        for goal in goals
    ], sections


def _without_doubles(leftovers: Sequence[Leftover]) -> list[Leftover]:
    return list(dict.fromkeys(leftovers))


def _stamped(document: Document) -> Document:
    """``document`` with the name and version of this adapter."""
    try:
        number = version("munidx-itami")
    except PackageNotFoundError:  # used from a source tree that was not installed
        number = ""
    return evolve(document, adapter="itami", adapter_version=number)


@hookimpl
def munidx_adapter() -> Adapter:
    """The adapter of 伊丹市."""
    return ItamiAdapter()


@hookimpl
def munidx_rules() -> Sequence[Rule]:
    """The rules of 伊丹市."""
    return RULES
