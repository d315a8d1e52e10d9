"""Pairs of plans with known truth: a seeded, hostile but realistic revision of a plan.

Four levels (大綱, 政策, 施策, 事務事業) with indicators at the lower two; what each measure
carries is told in ``drafting.py``, what becomes of it in ``revising.py``. A sixth of the
measures are look-alikes, made school by school, road by road, stage by stage; some are listed
twice (再掲). A new 大綱 at the front of the second edition renumbers everything; within it
施策 come, go, move and swap their numbers, as do measures.
"""

# ruff: noqa: PLR2004 - a script of drawn shares
import random
from typing import Any

import words
from attrs import define, evolve, field, frozen
from drafting import Draft, Figure, Writer
from restating import PERIODS, Restater
from revising import Reviser

from munidx.model import (
    FiscalYear,
    Goal,
    Indicator,
    Labels,
    Measure,
    Owner,
    Period,
    Plan,
    PlanKind,
    Status,
    walk,
)

__all__ = ["Truth", "generate"]

_COPIED = frozenset({"retitled", "reworded", "owner-changed", "schedule-changed", "abolished"})
"""What is seen of a change where a measure is listed again."""


@frozen
class Truth:
    """Two editions and what became of what."""

    old: Plan
    new: Plan
    pairs: frozenset[tuple[str, str]]
    """Paths of the goals, measures and indicators that are the same."""
    changes: frozenset[tuple[str, str]]
    """Kind of change and path of the node (the new one, the old one where it is gone). Splits
    and merges name all paths: the whole, then its parts in order, with spaces between."""
    parts: frozenset[str]
    """Paths of the wholes and parts, old and new (``-`` or ``+`` before them), which are
    judged as splits and merges, not as pairs."""


@define
class _Edition:
    """The drafts of one edition, with the order of children below each goal."""

    goals: list[Draft]
    measures: list[Draft]
    below: dict[int, list[int]] = field(factory=dict)
    """The keys of the goals below each goal, in the order of their numbers; 0 is the plan."""


def generate(count: int, seed: int) -> Truth:
    """Two editions of a plan of about ``count`` measures."""
    writer = Writer(random.Random(seed))
    restater = Restater(random.Random(f"restated {seed}"))
    old = _first(writer, count)
    for one in old.measures:
        restater.furnish(one)
    reviser = Reviser(writer, [one.key for one in _lowest(old)])
    new = _second(reviser, old)
    apart = {one.key for olds, news in reviser.parts for one in (*olds, *news)}
    restater.restate(old.measures, new.measures, apart)
    built = _build(old, PERIODS[0]), _build(new, PERIODS[1])
    return Truth(
        built[0].plan,
        built[1].plan,
        frozenset(
            (path, built[1].paths[key])
            for key, path in built[0].paths.items()
            if key in built[1].paths
        ),
        frozenset(_changes(reviser, old, new, *built)),
        frozenset(
            [f"-{built[0].paths[one.key, 0]}" for olds, _ in reviser.parts for one in olds]
            + [f"+{built[1].paths[one.key, 0]}" for _, news in reviser.parts for one in news]
        ),
    )


def _lowest(edition: _Edition) -> list[Draft]:
    return [goal for goal in edition.goals if not edition.below.get(goal.key)]


def _first(writer: Writer, count: int) -> _Edition:
    rng = writer.rng
    edition = _Edition([], [])
    lowest = max(4, count // 12)
    tops = [_goal(writer, edition, 0) for _ in range(max(2, min(8, lowest // 4)))]
    middle = [_goal(writer, edition, top.key) for top in tops for _ in range(4)]
    for _ in range(max(2, lowest // len(middle))):
        for above in middle:
            made = _goal(writer, edition, above.key)
            made.figures = writer.figures(made.subject, rng.choice((1, 1, 2)))
    goals = [goal.key for goal in _lowest(edition)]
    for place in range(count * 5 // 6):
        edition.measures.append(writer.measure(goals[place * len(goals) // (count * 5 // 6)]))
    while len(edition.measures) < count:
        edition.measures += _group(writer, rng.choice(goals), min(40, count // 20 + 3))
    for one in rng.sample(edition.measures, count // 60):
        if not one.group:
            one.copies.append(rng.choice([goal for goal in goals if goal != one.goal]))
    edition.measures.sort(key=lambda one: one.goal)
    return edition


def _goal(writer: Writer, edition: _Edition, above: int) -> Draft:
    rng = writer.rng
    subject = rng.choice(words.SUBJECTS)
    forms = ("{s}の{o}を{v}するまち", "{s}の{o}の{v}", "{h}{s}と{s2}の{v}")
    title = ""
    while not title or title in writer.used:
        title = rng.choice(forms).format(
            s=subject,
            o=rng.choice(words.OBJECTS),
            v=rng.choice(words.VERBS),
            h=rng.choice(words.HEADS),
            s2=rng.choice(words.SUBJECTS),
        )
        subject = subject if rng.random() < 0.5 else rng.choice(words.SUBJECTS)
    writer.used.add(title)
    made = Draft(
        writer.key(), title, writer.text(words.PURPOSES, subject, 90), [], subject, goal=above
    )
    edition.goals.append(made)
    edition.below.setdefault(above, []).append(made.key)
    return made


def _group(writer: Writer, goal: int, most: int) -> list[Draft]:
    """Look-alikes: the same work at one place after the other, or in stages."""
    rng = writer.rng
    model = writer.measure(goal)
    if rng.random() < 0.3:
        base = model.title.partition("(")[0]
        titles = [f"第{stage}期{base}" for stage in (1, 2)]
    else:
        facility = rng.choice(list(words.FACILITIES))
        work = rng.choice(words.FACILITIES[facility])
        places = {"".join(rng.sample(words.PLACES, rng.choice((1, 1, 2)))) for _ in range(most)}
        titles = [f"{place}{facility}{work}" for place in sorted(places)]
        model.subject = facility
        model.overview = writer.text(words.OVERVIEWS, facility, 232)
    found = []
    for title in titles:
        if title in writer.used:
            continue
        writer.used.add(title)
        one = evolve(model, key=writer.key(), title=title, group=model.key)
        one.purpose, one.overview = list(model.purpose), list(model.overview)
        writer.furnish(one)
        one.owners = model.owners
        found.append(one)
    return found


def _second(reviser: Reviser, old: _Edition) -> _Edition:
    rng, writer = reviser.rng, reviser.writer
    reviser.reorganise()
    lowest = {goal.key for goal in _lowest(old)}
    gone = {key for key in lowest if rng.random() < 0.02}
    reviser.goals = [key for key in reviser.goals if key not in gone]
    goals = [_follow_goal(reviser, one) for one in old.goals if one.key not in gone]
    new = _Edition(goals, reviser.revise(old.measures))
    new.below = {
        above: [key for key in keys if key not in gone] for above, keys in old.below.items()
    }
    middle = sorted({goal.goal for goal in old.goals if goal.key in lowest})
    for _ in range(len(lowest) * 3 // 100):
        made = _goal(writer, new, rng.choice(middle))
        _settle_in(reviser, new, made)
        keys = new.below[made.goal]
        keys.insert(rng.randrange(len(keys)), keys.pop())
    top = _goal(writer, new, 0)
    top.kinds.add("added")
    new.below[0].insert(0, new.below[0].pop())
    under = _goal(writer, new, top.key)
    under.kinds.add("added")
    _settle_in(reviser, new, _goal(writer, new, under.key))
    for goal in goals:
        if goal.key in lowest and rng.random() < 0.02 and len(middle) > 1:
            new.below[goal.goal].remove(goal.key)
            goal.goal = rng.choice([key for key in middle if key != goal.goal])
            new.below[goal.goal].append(goal.key)
            goal.kinds.add("moved")
    for keys in new.below.values():
        if len(keys) > 1 and rng.random() < 0.3:
            first, second = rng.sample(range(len(keys)), 2)
            keys[first], keys[second] = keys[second], keys[first]
    _rearrange(rng, new)
    new.measures = [one for one in new.measures if one.goal not in gone]
    reviser.parts = [part for part in reviser.parts if part[1][0].goal not in gone]
    for one in new.measures:
        one.copies = [key for key in one.copies if key not in gone]
    return new


def _settle_in(reviser: Reviser, new: _Edition, goal: Draft) -> None:
    """A goal that is new, with measures that are."""
    goal.kinds.add("added")
    for _ in range(reviser.rng.randint(2, 8)):
        made = reviser.fresh(goal.key)
        new.measures.append(made)


def _follow_goal(reviser: Reviser, one: Draft) -> Draft:
    rng = reviser.rng
    new = evolve(
        one,
        purpose=list(one.purpose),
        figures=[evolve(figure, kinds=set()) for figure in one.figures],
        kinds=set(),
    )
    if rng.random() < 0.05:
        title = reviser.reworded(one.title, 2)
        if title not in reviser.writer.used:
            reviser.writer.used.add(title)
            new.title = title
            new.kinds.add("retitled")
    if rng.random() < 0.10:
        place = rng.randrange(len(new.purpose))
        new.purpose[place] = reviser.writer.sentence(words.PURPOSES, one.subject)
        new.kinds.add("reworded")
    reviser.edit_figures(new)
    return new


def _rearrange(rng: random.Random, new: _Edition) -> None:
    """What is new stands anywhere among its siblings; here and there two swap their numbers."""
    groups: dict[int, list[Draft]] = {}
    for one in new.measures:
        here = groups.setdefault(one.goal, [])
        if one.kinds & {"added", "moved"}:
            here.insert(rng.randrange(len(here) + 1), one)
        else:
            here.append(one)
    for here in groups.values():
        if len(here) > 2 and rng.random() < 0.15:
            first, second = rng.sample(range(len(here)), 2)
            here[first], here[second] = here[second], here[first]
    new.measures = [one for here in groups.values() for one in here]


@frozen
class _Built:
    plan: Plan
    paths: dict[tuple[int, int], str]
    """By the key, and that of the goal where a measure is listed again (else 0)."""
    codes: dict[str, str]


@define
class _Builder:
    edition: _Edition
    line: int = 1
    listed: dict[int, list[tuple[Draft, int]]] = field(factory=dict)
    keys: list[tuple[int, int]] = field(factory=list)

    def below(self, above: int, code: str) -> tuple[Goal, ...]:
        drafts = {goal.key: goal for goal in self.edition.goals}
        return tuple(
            self.goal(drafts[key], f"{code}-{place}" if code else str(place))
            for place, key in enumerate(self.edition.below.get(above, ()), start=1)
        )

    def goal(self, one: Draft, code: str) -> Goal:
        self.keys.append((one.key, 0))
        source = self.source(2)
        goals = self.below(one.key, code)
        measures = tuple(
            self.measure(draft, f"{code}-{place}", listed)
            for place, (draft, listed) in enumerate(self.listed.get(one.key, ()), start=1)
        )
        return Goal(
            code=code,
            title=one.title,
            description="。\n".join(one.purpose) + "。",
            goals=goals,
            measures=measures,
            indicators=self.indicators(one.figures),
            source=source,
        )

    def measure(self, one: Draft, code: str, listed: int) -> Measure:
        self.keys.append((one.key, listed))
        told: dict[str, Any] = {}
        if not listed:
            told = {
                "costs": tuple(one.costs),
                "indicators": self.indicators(one.figures),
                "evaluations": one.evaluations,
                "references": one.references,
            }
        purpose, overview = ("。".join(part) + "。" for part in (one.purpose, one.overview))
        return Measure(
            code=code,
            title=one.title,
            level=one.level,
            status=Status.ABOLISHED if one.abolished else one.status,
            labels=Labels(one.labels),
            description=f"{purpose}\n{overview}",
            owners=tuple(Owner(name=unit, path=(bureau,)) for bureau, unit in one.owners),
            start=None if one.start is None else FiscalYear(one.start),
            end=None if one.end is None else FiscalYear(one.end),
            source=self.source(9),
            **told,
        )

    def indicators(self, figures: list[Figure]) -> tuple[Indicator, ...]:
        self.keys += [(figure.key, 0) for figure in figures]
        return tuple(evolve(figure.indicator, source=self.source(3)) for figure in figures)

    def source(self, lines: int) -> str:
        self.line += lines
        return f"plan#L{self.line}"


def _build(edition: _Edition, period: Period) -> _Built:
    builder = _Builder(edition)
    for one in edition.measures:
        builder.listed.setdefault(one.goal, []).append((one, 0))
    for one in edition.measures:
        for goal in one.copies:
            builder.listed.setdefault(goal, []).append((one, goal))
    plan = Plan(
        id="999999-sectoral-made",
        title="市計画",
        kind=PlanKind.SECTORAL,
        period=period,
        goals=builder.below(0, ""),
    )
    items = [item for item in walk(plan) if item.path]
    return _Built(
        plan,
        dict(zip(builder.keys, (item.path for item in items), strict=True)),
        {item.path: getattr(item.node, "code", "") for item in items},
    )


def _changes(
    reviser: Reviser, old: _Edition, new: _Edition, before: _Built, after: _Built
) -> set[tuple[str, str]]:
    found = {("period-changed", "")}
    moved = set()
    for one in (*new.goals, *new.measures):
        for kind in one.kinds:
            found.add((kind, after.paths[one.key, 0]))
        if "moved" in one.kinds:
            moved.add(after.paths[one.key, 0])
        for goal in one.copies:
            found |= {(kind, after.paths[one.key, goal]) for kind in one.kinds & _COPIED}
        for figure in one.figures:
            found |= {(kind, after.paths[figure.key, 0]) for kind in figure.kinds}
    found = {
        (kind, path)
        for kind, path in found
        if kind != "added" or ("added", path.rpartition("/")[0]) not in found
    }
    further_old, further_new = _told_parts(reviser, before, after, found)
    gone = {path for key, path in before.paths.items() if key not in after.paths}
    # What another indicator replaces is told with it.
    gone -= {before.paths[key, 0] for key in reviser.replaced}
    del old
    found |= {
        ("removed", path) for path in gone - further_old if path.rpartition("/")[0] not in gone
    }
    found -= {("added", path) for path in further_new}
    found |= {
        ("renumbered", path)
        for key, path in after.paths.items()
        if key in before.paths
        and path not in moved
        and after.codes[path].rpartition("-")[2]
        != before.codes[before.paths[key]].rpartition("-")[2]
    }
    return found


def _told_parts(
    reviser: Reviser, before: _Built, after: _Built, found: set[tuple[str, str]]
) -> tuple[set[str], set[str]]:
    further_old, further_new = set(), set()
    for olds, news in reviser.parts:
        mine = [before.paths[one.key, 0] for one in olds]
        theirs = [after.paths[one.key, 0] for one in news]
        further_old.update(mine[1:])
        further_new.update(theirs[1:])
        if len(mine) == 1:
            found.add(("split", " ".join([mine[0], *sorted(theirs)])))
        else:
            found.add(("merged", " ".join([theirs[0], *sorted(mine)])))
    return further_old, further_new
