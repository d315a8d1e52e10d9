"""Pairs of plans with known truth: a seeded, hostile but realistic revision of a plan.

Titles are short and share their words, texts share boilerplate, a sixth of the measures are
made by one pattern each (school by school, road by road, 第1期 and 第2期), some measures are
listed twice (再掲). The second edition renumbers everything, renames departments across the
board, rewords titles and texts (often both), moves, drops, adds (look-alikes of what was
dropped among them), splits and merges, and changes targets.
"""

# ruff: noqa: PLR2004, C901, S101 - a script of drawn shares
import random
from decimal import Decimal
from typing import Any

import words
from attrs import define, evolve, field, frozen

from munidx.model import (
    Comparator,
    Direction,
    FiscalYear,
    Goal,
    Indicator,
    Measure,
    Observation,
    Owner,
    Plan,
    PlanKind,
    walk,
)


@frozen
class Truth:
    """Two editions and what became of what."""

    old: Plan
    new: Plan
    pairs: frozenset[tuple[str, str]]
    """Paths of measures that are the same."""
    changes: frozenset[tuple[str, str]]
    """Kind of change and path of the measure (the new one, the old one where it is gone)."""


@define
class _Seed:
    """A measure before it has a place."""

    key: int
    title: str
    sentences: list[str]
    owner: str
    start: int
    subject: str
    indicator: Indicator | None = None
    kinds: set[str] = field(factory=set)
    goal: int = 0
    pattern: str = ""


@define
class _Maker:
    rng: random.Random
    count: int = 0
    used: set[str] = field(factory=set)

    def sentence(self, subject: str) -> str:
        rng = self.rng
        return rng.choice(words.SENTENCES).format(
            s=subject,
            o=rng.choice(words.OBJECTS),
            v=rng.choice(words.VERBS),
            n=rng.randint(2, 60),
            p=rng.choice(words.PLACES),
        )

    def seed(self, goal: int, pattern: str = "", start: int | None = None) -> _Seed:
        rng = self.rng
        self.count += 1
        subject = rng.choice(words.SUBJECTS)
        for _ in range(50):
            title = self.title(subject, pattern)
            if title not in self.used:
                break
        else:
            title += f"(その{self.count})"
        self.used.add(title)
        sentences = [self.sentence(subject) for _ in range(rng.randint(2, 5))]
        if rng.random() < 0.4:
            sentences.append(rng.choice(words.BOILERPLATE))
        if pattern:
            sentences = [
                f"{title[:-2]}として、老朽化した建物と設備を計画的に直す",
                *rng.sample(words.BOILERPLATE, 2),
            ]
        return _Seed(
            self.count,
            title,
            sentences,
            rng.choice(words.DEPARTMENTS),
            rng.choice(range(2005, 2025)) if start is None else start,
            subject,
            self.indicator() if rng.random() < 0.6 else None,
            goal=goal,
            pattern=pattern,
        )

    def title(self, subject: str, pattern: str) -> str:
        rng = self.rng
        if pattern:
            name = rng.choice(words.PLACES) + rng.choice(("", "", *words.PLACES))
            return pattern.format(name)
        form = rng.random()
        obj, verb, tail = (rng.choice(some) for some in (words.OBJECTS, words.VERBS, words.TAILS))
        if form < 0.5:
            return f"{subject}{obj}{verb}{tail}"
        if form < 0.75:
            return f"{subject}の{obj}の{verb}"
        if form < 0.9:
            return f"{subject}・{rng.choice(words.SUBJECTS)}{obj}{tail}"
        return f"第{rng.randint(1, 4)}期{subject}{obj}{verb}{tail}"

    def indicator(self) -> Indicator:
        rng = self.rng
        name, unit, direction = rng.choice(words.INDICATORS)
        value = rng.randint(5, 95)
        year = rng.randint(2025, 2029)
        up = direction == "increase"
        return Indicator(
            title=name,
            statement=f"{name} {value}{unit}{'以上' if up else '以下'}",
            unit=unit,
            direction=Direction(direction),
            targets=(target(year, value, up=up),),
        )


def target(year: int, value: int, *, up: bool) -> Observation:
    """A target as an adapter would enter it."""
    return Observation(
        year=FiscalYear(year),
        value=Decimal(value),
        comparator=Comparator.AT_LEAST if up else Comparator.AT_MOST,
    )


def generate(count: int, seed: int) -> Truth:
    """Two editions of a plan of about ``count`` measures."""
    rng = random.Random(seed)
    maker = _Maker(rng)
    goals = max(3, count // 12)
    olds = [maker.seed(rng.randrange(goals)) for _ in range(count * 5 // 6)]
    for pattern in words.PATTERNS:
        here = rng.randrange(goals)
        olds += [maker.seed(here, pattern) for _ in range(min(count // 36, 60))]
    for one in rng.sample(olds, count // 60):
        olds.append(evolve(one, key=-len(olds), goal=rng.randrange(goals), kinds=set()))
    titles = [
        f"{rng.choice(words.SUBJECTS)}の{rng.choice(words.OBJECTS)}を{rng.choice(words.VERBS)}するまち{place}"
        for place in range(goals)
    ]
    revision = _Revision(maker, goals, {name: name for name in words.DEPARTMENTS})
    news = revision.revise(olds)
    order = list(range(goals))
    rng.shuffle(order)
    old_plan, old_paths = build(olds, titles, list(range(goals)))
    new_plan, new_paths = build(news, titles, order)
    gone = {one.key: old_paths[one.key] for one in olds if one.key not in new_paths}
    changes = {(kind, new_paths[one.key]) for one in news for kind in one.kinds}
    changes |= {("removed", path) for key, path in gone.items() if key not in revision.merged}
    return Truth(
        old_plan,
        new_plan,
        frozenset((old_paths[key], new_paths[key]) for key in old_paths.keys() & new_paths.keys()),
        frozenset(changes),
    )


@define
class _Revision:
    maker: _Maker
    goals: int
    departments: dict[str, str]
    merged: set[int] = field(factory=set)

    def revise(self, olds: list[_Seed]) -> list[_Seed]:
        rng = self.maker.rng
        for name in rng.sample(words.DEPARTMENTS, 5):
            self.departments[name] = rng.choice(
                [name.replace("課", "推進課"), name.replace("課", "室"), "市長公室" + name]
            )
        news: list[_Seed] = []
        pending: _Seed | None = None
        for one in olds:
            if rng.random() < 0.05:
                if rng.random() < 0.3 and one.pattern:
                    news.append(self.fresh(one.goal, one.pattern))
                elif rng.random() < 0.35:
                    news.append(self.successor(one))
                continue
            new = self.change(one)
            news.append(new)
            draw = rng.random()
            if draw < 0.008 and not one.pattern and one.key > 0 and "・" not in one.title:
                self.split(one, new, news)
            elif draw < 0.016 and not one.pattern and one.key > 0:
                pending = self.merge(pending, one, new, news)
        news += [self.fresh(rng.randrange(self.goals), "") for _ in range(len(olds) // 20)]
        rng.shuffle(news)
        return news

    def fresh(self, goal: int, pattern: str) -> _Seed:
        made = self.maker.seed(goal, pattern, start=self.maker.rng.choice((2024, 2025, 2025, 2025)))
        made.kinds.add("added")
        return made

    def successor(self, one: _Seed) -> _Seed:
        """Another measure on the subject of one that is gone, begun anew: no revision of it."""
        rng = self.maker.rng
        made = self.fresh(one.goal, "")
        made.subject = one.subject
        made.title = self.maker.title(one.subject, "")
        if one.title.endswith("事業") and rng.random() < 0.3:
            made.title = f"{one.subject}{rng.choice(words.OBJECTS)}{one.title[-4:]}"
        kept = rng.sample(one.sentences, min(len(one.sentences), rng.choice((0, 1, 1, 2))))
        made.sentences = [*kept, *(self.maker.sentence(one.subject) for _ in range(2))]
        made.owner = one.owner
        made.start = 2025
        return made

    def change(self, one: _Seed) -> _Seed:
        rng = self.maker.rng
        new = evolve(one, sentences=list(one.sentences), kinds=set())
        if (owner := self.departments[one.owner]) != one.owner:
            new.owner = owner
            new.kinds.add("owner-changed")
        if one.key > 0 and not one.pattern:
            if rng.random() < 0.10:
                self.retitle(new)
            if rng.random() < 0.03 and new.title != one.title:
                new.sentences = [self.reword(text) for text in new.sentences]
                new.kinds.add("reworded")
        if rng.random() < 0.15:
            place = rng.randrange(len(new.sentences))
            how = rng.random()
            if how < 0.4:
                new.sentences[place] = self.maker.sentence(one.subject)
            elif how < 0.7:
                new.sentences.append(self.maker.sentence(one.subject))
            else:
                new.sentences[place] = self.reword(new.sentences[place])
            new.kinds.add("reworded")
        if rng.random() < 0.05 and one.key > 0:
            new.goal = (one.goal + 1 + rng.randrange(self.goals - 1)) % self.goals
            new.kinds.add("moved")
        if new.indicator is not None and rng.random() < 0.2:
            self.retarget(new)
        if rng.random() < 0.01:
            new.start += rng.choice((-1, 1))
            new.kinds.add("schedule-changed")
        if "".join(new.sentences) == "".join(one.sentences):
            new.kinds.discard("reworded")
        return new

    def retitle(self, new: _Seed) -> None:
        rng = self.maker.rng
        before = new.title
        how = rng.random()
        if how < 0.45:
            parts = [part for part in words.SYNONYMS if part in new.title]
            for part in rng.sample(parts, min(len(parts), rng.randint(1, 2))):
                new.title = new.title.replace(part, words.SYNONYMS[part], 1)
        elif how < 0.6:
            new.title += rng.choice(("(国補助事業)", "(2025年度補正:緊急対策事業)", "(拡充)"))
        elif how < 0.75:
            new.title = f"{rng.choice(('地域', '次世代', '総合的な', '新'))}{new.title}"
        elif how < 0.9:
            new.title = self.maker.title(new.subject, "") + f"(旧:{before})" * (rng.random() < 0.3)
        else:
            new.title = self.maker.title(rng.choice(words.SUBJECTS), "")
        if new.title != before:
            new.kinds.add("retitled")

    def reword(self, text: str) -> str:
        rng = self.maker.rng
        for part, other in words.SYNONYMS.items():
            if part in text and rng.random() < 0.7:
                text = text.replace(part, other, 1)
        return text.replace("を図る", "に努める").replace("を行う", "を進める")

    def retarget(self, new: _Seed) -> None:
        rng = self.maker.rng
        indicator = new.indicator
        assert indicator is not None
        (one,) = indicator.targets
        assert one.value is not None
        assert one.year is not None
        up = indicator.direction is Direction.INCREASE
        value, year = int(one.value), int(one.year)
        if rng.random() < 0.7:
            value += rng.choice((-4, -2, 3, 5))
            new.kinds.add("target-raised" if value > one.value else "target-lowered")
        else:
            year += rng.choice((-1, 1, 2))
            new.kinds.add("target-postponed" if year > one.year else "target-advanced")
        new.indicator = evolve(
            indicator,
            statement=f"{indicator.title} {value}{indicator.unit}{'以上' if up else '以下'}",
            targets=(target(year, value, up=up),),
        )

    def split(self, one: _Seed, new: _Seed, news: list[_Seed]) -> None:
        other = self.maker.rng.choice([s for s in words.SUBJECTS if s != one.subject])
        tail = one.title.replace(one.subject, "", 1)
        one.title = f"{one.subject}・{other}{tail}"
        new.title = f"{one.subject}{tail}"
        new.kinds -= {"retitled", "moved"}
        new.goal = one.goal
        new.kinds.add("split")
        part = self.fresh(one.goal, "")
        part.kinds = set()
        part.title, part.sentences = (
            f"{other}{tail}",
            [self.maker.sentence(other), *part.sentences[:1]],
        )
        news.append(part)

    def merge(
        self, pending: _Seed | None, one: _Seed, new: _Seed, news: list[_Seed]
    ) -> _Seed | None:
        if pending is None:
            new.kinds = new.kinds & {"owner-changed", "reworded"}
            return one
        tail = "".join(self.maker.rng.sample(words.OBJECTS, 2)) + "推進事業"
        pending.title, one.title = f"{pending.subject}{tail}", f"{one.subject}{tail}"
        one.goal = pending.goal
        heir = next(seed for seed in news if seed.key == pending.key)
        heir.title = f"{pending.subject}・{one.subject}{tail}"
        heir.goal = pending.goal
        heir.kinds -= {"retitled", "moved"}
        heir.kinds.add("merged")
        heir.indicator = pending.indicator
        heir.kinds -= {kind for kind in heir.kinds if kind.startswith("target")}
        news.remove(new)
        self.merged.add(one.key)
        return None


def build(seeds: list[_Seed], titles: list[str], order: list[int]) -> tuple[Plan, dict[int, str]]:
    """The plan of ``seeds`` with goals in ``order``, and the path of each key."""
    groups: dict[int, list[_Seed]] = {}
    for one in seeds:
        groups.setdefault(one.goal, []).append(one)
    goals = []
    keys: list[int] = []
    line = 1
    for number, goal in enumerate(order, start=1):
        measures = []
        for place, one in enumerate(groups.get(goal, ()), start=1):
            keys.append(one.key)
            line += 3
            measures.append(_measure(one, f"{number}-{place}", line))
        goals.append(Goal(code=str(number), title=titles[goal], measures=tuple(measures)))
    plan = Plan(
        id="999999-sectoral-made", title="市計画", kind=PlanKind.SECTORAL, goals=tuple(goals)
    )
    paths = [item.path for item in walk(plan) if isinstance(item.node, Measure)]
    return plan, dict(zip(keys, paths, strict=True))


def _measure(one: _Seed, code: str, line: int) -> Measure:
    told: dict[str, Any] = {}
    if one.indicator is not None:
        told["indicators"] = (evolve(one.indicator, source=f"plan#L{line + 1}"),)
    return Measure(
        code=code,
        title=one.title,
        description="。".join(one.sentences) + "。",
        owners=(Owner(name=one.owner),),
        start=FiscalYear(one.start),
        source=f"plan#L{line}",
        **told,
    )
