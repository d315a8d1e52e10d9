"""The plan of a sheet: its bureau, mission, policies, goals, and the year that it is of."""

import re
from collections import Counter
from typing import Final

from munidx.adapters import Reading
from munidx.findings import Severity
from munidx.japanese.characters import compact
from munidx.japanese.eras import find_times
from munidx.model import (
    Edition,
    Evaluation,
    FiscalYear,
    Goal,
    Indicator,
    Labels,
    Municipality,
    Observation,
    Owner,
    Plan,
    PlanKind,
    walk,
)
from munidx.place import parse_places
from munidx_toyonaka.goals import MID, YEAR, GoalMaker
from munidx_toyonaka.record import Fact, Sheet, merged
from munidx_toyonaka.years import clues

__all__ = ["build"]

_CODE: Final = "272035"
_PARTS: Final = {
    "mission": "部局の使命",
    "policies": "取り組み方針",
    "year": YEAR,
    "mid": MID,
}
_LEAST_NOUN: Final = 4
_MOST_ALIKE: Final = 50  # a bound for hostile sheets
_LEFT_OUT: Final = re.compile(r"[の・:：,、()（）\s]")


def build(sheet: Sheet) -> Reading:
    """The reading of what was gathered."""
    edition = _edition(sheet)
    year = edition.year if edition else None
    maker = GoalMaker(sheet, year)
    goals = tuple(
        parent for mid in (False, True) if (parent := _parent(sheet, maker, mid=mid)) is not None
    )
    name = sheet.bureau.get("部局")
    post = sheet.bureau.get("補職")
    plan = Plan(
        id=f"{_CODE}-{PlanKind.BUREAU_GOALS}-{compact(name.text)}" if name else "",
        title=sheet.title.text if sheet.title else _title(name),
        kind=PlanKind.BUREAU_GOALS,
        municipality=Municipality(code=_CODE, name="豊中市", prefecture="大阪府"),
        edition=edition,
        mission="\n".join(fact.text for fact in sheet.mission),
        owners=_owners(sheet),
        goals=goals,
        evaluations=_evaluations(sheet, year),
        labels=Labels({"補職": post.text}) if post else Labels(),
        source=merged(_sources(sheet)),
        inferred=("municipality",) if sheet.title else ("municipality", "title"),
    )
    _missing(sheet)
    _conflicts(sheet, plan)
    return Reading(plans=(plan,), findings=tuple(sheet.findings), leftovers=tuple(sheet.leftovers))


def _title(name: Fact | None) -> str:
    """The form's name, which the sheet itself does not print."""
    return f"{compact(name.text)} 部局長の目標" if name else "部局長の目標"


def _sources(sheet: Sheet) -> list[str]:
    facts = [*sheet.bureau.values(), *sheet.mission, *([sheet.title] if sheet.title else [])]
    return [fact.source for fact in facts]


def _owners(sheet: Sheet) -> tuple[Owner, ...]:
    name, person = sheet.bureau.get("部局"), sheet.bureau.get("氏名")
    if not name and not person:
        return ()
    return (
        Owner(
            name=name.text if name else "",
            person=person.text if person else "",
            source=merged(fact.source for fact in (name, person) if fact),
        ),
    )


def _evaluations(sheet: Sheet, year: FiscalYear | None) -> tuple[Evaluation, ...]:
    """The policies and the review of what was done under them."""
    pieces = [*sheet.policies, *sheet.review]
    if not pieces:
        return ()
    return (
        Evaluation(
            year=year,
            plan="\n".join(piece.raw for piece in sheet.policies),
            results="\n".join(piece.raw for piece in sheet.review),
            source=merged(piece.source for piece in pieces),
            inferred=("year",) if year else (),
        ),
    )


def _parent(sheet: Sheet, maker: GoalMaker, *, mid: bool) -> Goal | None:
    """The part of the form that a list of goals stands in: each list counts from 1."""
    part = "mid" if mid else "year"
    goals = tuple(maker.make(record) for record in sheet.goals if record.mid is mid)
    heading = sheet.headings.get(part)
    if heading is None and not goals:
        return None
    if heading is None:
        return Goal(title=_PARTS[part], goals=goals, inferred=("title",))
    return Goal(
        code=sheet.headings[f"{part}-code"].text,
        title=heading.text,
        goals=goals,
        source=heading.source,
    )


def _edition(sheet: Sheet) -> Edition | None:
    """The year as printed in a title or head; else what the text says of other years."""
    printed = [fact for fact in (sheet.title, *sheet.headings.values(), *sheet.heads) if fact]
    for fact in printed:
        for found in find_times(fact.text):
            if isinstance(found.time, int):
                return Edition(label=found.text, year=found.time, source=fact.source)
    done = [
        (piece.text, piece.source)
        for goal in sheet.goals
        if not goal.mid
        for piece in (*goal.plan, *goal.results)
    ]
    ahead = [
        (piece.text, piece.source)
        for goal in sheet.goals
        if goal.mid
        for piece in (*goal.plan, *goal.schedule)
    ]
    found_clues = clues([*done, *((p.text, p.source) for p in sheet.review)], ahead)
    if not found_clues:
        sheet.find("MX930", None, section="年度")
        return None
    told = {(clue.year, clue.text): clue for clue in found_clues}
    counts = Counter(year for year, _ in told)
    year, most = min(counts.items(), key=lambda entry: (-entry[1], entry[0]))
    place = parse_places(found_clues[0].source)[0]
    if len(counts) > 1:
        first, second = (next(c for c in found_clues if c.year == y) for y in sorted(counts)[:2])
        sheet.find("MX926", place, field="edition.year", first=first.text, second=second.text)
        if 2 * most <= len(told):
            return None
    agreeing = [clue for clue in found_clues if clue.year == year]
    sheet.find(
        "MX932",
        place,
        severity=Severity.INFO,
        field="edition.year",
        value=int(year),
        reasons=tuple(dict.fromkeys(clue.text for clue in agreeing)),
    )
    return Edition(year=year, source=merged(clue.source for clue in agreeing), inferred=("year",))


def _missing(sheet: Sheet) -> None:
    """Report the parts of the form that were not found."""
    held = {
        "mission": bool(sheet.mission),
        "policies": bool(sheet.policies),
        "year": any(not goal.mid for goal in sheet.goals),
        "mid": any(goal.mid for goal in sheet.goals),
    }
    for part, name in _PARTS.items():
        if not held[part]:
            sheet.find("MX930", None, section=name)
    for name in ("部局", "氏名"):
        if name not in sheet.bureau:
            sheet.find("MX930", None, section=name)
    told = [{named.plan for named in goal.references} for goal in sheet.goals]
    for goal, plans in zip(sheet.goals, told, strict=True):
        for name in sorted(set[str]().union(*told) - plans):
            place = parse_places(goal.code.source)[0]
            title = next((piece.text for piece in goal.plan), "")
            sheet.find("MX930", place, title=title, section=name)


def _conflicts(sheet: Sheet, plan: Plan) -> None:
    """Report where one thing is said to have stood at two different values before.

    Two nouns name one thing where one begins with the other, particles aside: 基本政策の進捗
    and 基本政策：進捗度想定.
    """
    alike: dict[str, list[tuple[str, Observation]]] = {}
    for item in walk(plan):
        node = item.node
        noun = _LEFT_OUT.sub("", node.title)
        if not isinstance(node, Indicator) or not node.baseline or len(noun) < _LEAST_NOUN:
            continue
        before = alike.setdefault(noun[:_LEAST_NOUN], [])
        for other, known in before[:_MOST_ALIKE]:
            same = noun.startswith(other) or other.startswith(noun)
            if same and _differ(known, node.baseline):
                sheet.find(
                    "MX926",
                    parse_places(node.baseline.source)[0],
                    title=node.title,
                    field="baseline",
                    first=known.text,
                    second=node.baseline.text,
                )
        before.append((noun, node.baseline))


def _differ(first: Observation, second: Observation) -> bool:
    years = first.year is None or second.year is None or first.year == second.year
    values = ((one.value, one.low, one.high) for one in (first, second))
    return years and first.unit == second.unit and next(values) != next(values)
