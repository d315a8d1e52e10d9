"""From a sorted sheet to the goal of its 実施施策, and from sheets to 大綱 and 施策."""

from collections.abc import Mapping, Sequence
from typing import Final

from attrs import define, evolve, field, frozen

from munidx.adapters import PassReason
from munidx.findings import Severity
from munidx.japanese.characters import compact, normalise
from munidx.japanese.marks import stars
from munidx.model import (
    Evaluation,
    FiscalYear,
    Goal,
    Labels,
    Owner,
    OwnerRole,
    Rating,
)
from munidx.place import merge_sources
from munidx_itami.indicators import Years, indicators_of
from munidx_itami.lines import Line, Piece, source_of
from munidx_itami.notes import Notes
from munidx_itami.projects import Ledger, projects_of, totals_of
from munidx_itami.prose import doubtful, joined
from munidx_itami.sheets import RUNG, Sheet
from munidx_itami.sorting import Sorted, units_of

__all__ = ["Page", "Rung", "evaluated_year", "rungs_of", "scale_of", "sheet_goal", "upper_goals"]

_RUNGS: Final = ("大綱", "施策")
_NOBODY: Final = {"-", ""}


@frozen
class Rung:
    """A heading: its word, number, title and lines."""

    level: str
    code: str
    title: str
    lines: tuple[Line, ...]


@define(kw_only=True)
class Page:
    """A sheet on its way to a goal."""

    sheet: Sheet
    found: Sorted
    ledger: Ledger = field(factory=Ledger)
    rungs: Mapping[str, Rung] = field(factory=dict)


def rungs_of(found: Sorted, notes: Notes) -> dict[str, Rung]:
    """The headings of a sheet by their words; a second one of the same word is left over."""
    rungs: dict[str, Rung] = {}
    for piece, more in found.heads:
        lines = (*piece.lines, *more)
        title = "".join([piece.text, *(line.text for line in more)])
        if piece.name not in rungs:
            rungs[piece.name] = Rung(piece.name, piece.code, title, lines)
        elif compact(title) == compact(rungs[piece.name].title):
            notes.skip(lines, PassReason.REPEAT)
        else:
            notes.leave(lines)
    return rungs


def evaluated_year(found: Sorted) -> FiscalYear | None:
    """The year that a sheet looks back on, from its labels; the next year's says it too."""
    for name, back in (("rating", 0), ("plan", 0), ("next_steps", 1)):
        label = found.labels.get(name)
        if label and label.years:
            return FiscalYear(label.years[0] - back)
    return None


def scale_of(legends: Sequence[Piece]) -> int | None:
    """The most stars that a legend prints; None where there is no legend."""
    return max((len(run) for piece in legends for run in piece.values), default=None)


def sheet_goal(
    page: Page,
    years: Years,
    evaluated: FiscalYear | None,
    legends: Sequence[Piece],
    notes: Notes,
) -> Goal:
    """The goal of a sheet, with its indicators and projects."""
    found = page.found
    notes.skip(found.furniture, PassReason.TABLE_HEADER)
    for name in ("aim", "plan", "rating", "results", "issues", "next_steps"):
        if name not in found.labels and page.sheet.head:
            notes.tell("MX949", Severity.WARNING, page.sheet.head.lines, section=name)
    rung = page.rungs.get(RUNG) or Rung(RUNG, "", "", ())
    labels: dict[str, str] = {}
    owners: list[Owner] = []
    for piece, more in found.bureaus:
        owners += _owners(piece, more, notes)
        if piece.mark:
            labels[piece.mark] = piece.mark
    aim = found.prose.get("aim", [])
    for name, own in found.prose.items():
        for line in doubtful(own):
            notes.tell("MX923", Severity.INFO, [line], field=name)
    lines = [*rung.lines, *aim, *(line for piece, more in found.bureaus for line in piece.lines)]
    costs = totals_of(found, evaluated, notes)
    return Goal(
        code=rung.code,
        title=rung.title,
        level=RUNG,
        target_state=joined(aim),
        owners=tuple(owners),
        costs=costs,
        measures=projects_of(page.ledger, rung.code, evaluated, notes),
        indicators=indicators_of(found, years, evaluated, notes),
        evaluations=_evaluations(found, evaluated, legends, notes),
        labels=Labels(labels),
        source=source_of(lines),
    )


def _owners(piece: Piece, more: Sequence[Line], notes: Notes) -> list[Owner]:
    """評価部局 and 関連部局; a dash is none."""
    lines = (*piece.lines, *more)
    source = source_of(lines)
    lead, rest = piece.values
    tail = "".join(line.text for line in more)
    rest, lead = (rest + tail, lead) if rest else ("", lead + tail)
    owners: list[Owner] = []
    for role, names in ((OwnerRole.EVALUATING, lead), (OwnerRole.SUPPORTING, rest)):
        owners += [
            Owner(name=name.strip(), role=role, source=source)
            for name in units_of(names)
            if normalise(name.strip()) not in _NOBODY
        ]
    notes.skip(lines, PassReason.TABLE_HEADER, "評価部局")
    notes.skip(lines, PassReason.TABLE_HEADER, "関連部局")
    return owners


def _evaluations(
    found: Sorted, evaluated: FiscalYear | None, legends: Sequence[Piece], notes: Notes
) -> tuple[Evaluation, ...]:
    rating = None
    if found.stars:
        piece = found.stars[0]
        printed = stars(piece.values[0])
        scale = printed.scale if printed else None
        rating = Rating(
            text=piece.text or piece.first.text,
            score=printed.score if printed else None,
            scale=scale if scale is not None else scale_of(legends),
            source=source_of([*piece.lines, *(line for one in legends for line in one.lines)]),
        )
        for other in found.stars[1:]:
            notes.leave(other.lines)
    prose = {name: lines for name, lines in found.prose.items() if name != "aim" and lines}
    if not rating and not prose:
        return ()
    lines = [line for own in prose.values() for line in own]
    return (
        Evaluation(
            year=evaluated,
            rating=rating,
            plan=joined(prose.get("plan", [])),
            reason=joined(prose.get("reason", [])),
            results=joined(prose.get("results", [])),
            issues=joined(prose.get("issues", [])),
            next_steps=joined(prose.get("next_steps", [])),
            source=source_of(
                [*lines, *(line for piece in found.stars[:1] for line in piece.lines)]
            ),
            inferred=(() if evaluated is None or evaluated_year(found) is not None else ("year",)),
        ),
    )


def upper_goals(
    pages: Sequence[tuple[Page, Goal]], outlines: Mapping[str, Rung], notes: Notes
) -> tuple[Goal, ...]:
    """大綱 with their 施策 with their 実施施策, each once, in the order in which they first stand.

    Args:
        pages: The sheets with their goals.
        outlines: 大綱 as the appendix prints them, with their numbers, by their titles.
        notes: Takes the repeated headings.
    """
    tree: dict[str, tuple[Goal, dict[str, Goal]]] = {}
    for page, goal in pages:
        above, between = (page.rungs.get(level) for level in _RUNGS)
        top_key = compact(above.title) if above else ""
        top, below = tree.setdefault(top_key, (_top(above, outlines.get(top_key)), {}))
        top = _seen(top, above, notes)
        key = compact(between.code or between.title) if between else ""
        middle = _seen(below.get(key) or Goal(level="施策"), between, notes)
        below[key] = evolve(middle, goals=(*middle.goals, goal))
        tree[top_key] = (top, below)
    return tuple(evolve(top, goals=tuple(below.values())) for top, below in tree.values())


def _top(rung: Rung | None, outline: Rung | None) -> Goal:
    """A 大綱; its number may stand in the appendix alone."""
    if outline and rung and not rung.code:
        return Goal(level="大綱", code=outline.code, source=source_of(outline.lines))
    return Goal(level="大綱")


def _seen(goal: Goal, rung: Rung | None, notes: Notes) -> Goal:
    """``goal`` with what ``rung`` says of it: its title the first time, then nothing new."""
    if not rung:
        return goal
    if not goal.title:
        source = merge_sources([goal.source, source_of(rung.lines)])
        return evolve(goal, code=goal.code or rung.code, title=rung.title, source=source)
    if compact(goal.title) == compact(rung.title):
        notes.skip(rung.lines, PassReason.REPEAT)
    else:
        notes.leave(rung.lines)
    return goal
