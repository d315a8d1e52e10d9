"""Drafts of measures, goals and indicators before they have a place in a plan.

What real plans carry, and where each proportion comes from (figures of the four cities are
those of the plans in ``plugins/*/tests/golden``; the projects are 1,151 of the Japanese
government's yearly sheets, each with a purpose and an overview):

- titles of about 17 characters (cities 10 to 16, projects 21);
- a purpose of 167 and an overview of 232 characters on average, with the spread of the
  projects (a tenth below 76 and 89, a tenth above 283 and 409);
- a lead department with its bureau, now and then a second one (cities: 1.1 owners a measure);
- a year of beginning, most of them recent (projects: half within four years), an end for 43
  in 100 (projects: 495 of 1,151);
- two costs, of the project and of personnel (Itami: two for each of 35 measures);
- no to three indicators, 1.4 on average (Shijonawate: one for each measure, Itami and
  Toyonaka: 1.7 and 1.2 a goal), two thirds as a table of years with definition, baseline,
  four targets and one actual (Itami's form), one third as a statement with one target
  (Shijonawate's form).
"""

# ruff: noqa: PLR2004 - a script of drawn shares
import random
from decimal import Decimal

import words
from attrs import define, evolve, field

from munidx.model import (
    Comparator,
    Cost,
    Direction,
    Evaluation,
    FiscalYear,
    Indicator,
    Observation,
    Reference,
    Status,
)

__all__ = ["DEPARTMENTS", "Draft", "Figure", "Writer", "plain", "stated", "statement"]

DEPARTMENTS = tuple(
    (bureau, unit) for bureau, units in words.BUREAUS.items() for unit in units.split()
)
"""Bureau and unit."""


@define
class Figure:
    """An indicator before it has a place."""

    key: int
    indicator: Indicator
    kinds: set[str] = field(factory=set)


@define
class Draft:
    """A measure or goal before it has a place."""

    key: int
    title: str
    purpose: list[str]
    overview: list[str]
    subject: str
    goal: int = 0
    """The key of the goal above; 0 for the plan."""
    owners: list[tuple[str, str]] = field(factory=list)
    start: int | None = None
    end: int | None = None
    costs: list[Cost] = field(factory=list)
    figures: list[Figure] = field(factory=list)
    group: int = 0
    """The number of the pattern that made it (school by school, first and second stage)."""
    copies: list[int] = field(factory=list)
    """The keys of the goals under which it is listed again (再掲)."""
    abolished: bool = False
    level: str = "事務事業"
    status: Status | None = None
    labels: dict[str, str] = field(factory=dict)
    evaluations: tuple[Evaluation, ...] = ()
    references: tuple[Reference, ...] = ()
    kinds: set[str] = field(factory=set)

    @property
    def sentences(self) -> list[str]:
        """All of its text."""
        return [*self.purpose, *self.overview]


@define
class Writer:
    """Draws everything; no two measures have the same title but by intent."""

    rng: random.Random
    count: int = 0
    used: set[str] = field(factory=set)

    def key(self) -> int:
        """A number that was not given before."""
        self.count += 1
        return self.count

    def sentence(self, forms: tuple[str, ...], subject: str) -> str:
        """One sentence about ``subject``, without its full stop."""
        rng = self.rng
        first, second = rng.sample(words.OBJECTS, 2)
        place, other = rng.sample(words.PLACES, 2)
        return rng.choice(forms).format(
            s=subject,
            o=first,
            o2=second,
            v=rng.choice(words.VERBS),
            c=rng.choice(words.CONTEXTS),
            a=rng.choice(words.AIMS),
            t=rng.choice(words.TARGETED),
            q=rng.choice(words.PARTNERS),
            m=rng.choice(words.MEANS),
            n=rng.randint(2, 60),
            y=rng.randint(2026, 2032),
            p=place,
            p2=other,
        )

    def text(self, forms: tuple[str, ...], subject: str, length: float) -> list[str]:
        """Sentences of about ``length`` characters together."""
        wanted = min(max(self.rng.gauss(length - 18, 0.45 * length), 40), 3 * length)
        found: list[str] = []
        while sum(map(len, found)) < wanted:
            found.append(self.sentence(forms, subject))
        return found

    def measure(self, goal: int) -> Draft:
        """A measure of its own."""
        subject = self.rng.choice(words.SUBJECTS)
        overview = self.text(words.OVERVIEWS, subject, 232)
        if self.rng.random() < 0.3:
            overview.append(self.rng.choice(words.BOILERPLATE))
        draft = Draft(
            self.key(),
            self.title(subject),
            self.text(words.PURPOSES, subject, 167),
            overview,
            subject,
            goal=goal,
        )
        self.furnish(draft)
        return draft

    def furnish(self, draft: Draft) -> None:
        """Owners, years, costs and indicators."""
        rng = self.rng
        draft.owners = rng.sample(DEPARTMENTS, 2 if rng.random() < 0.1 else 1)
        draft.start = int(max(2001, 2025 - rng.expovariate(0.2)))
        draft.end = rng.randint(2026, 2032) if rng.random() < 0.43 else None
        draft.costs = [
            _cost("project", rng.randint(5, 9000) * 10),
            _cost("personnel", rng.randint(5, 900) * 10),
        ]
        number = rng.choices((0, 1, 2, 3), (15, 45, 28, 12))[0]
        draft.figures = self.figures(draft.subject, number)

    def title(self, subject: str) -> str:
        """A title that no other measure has."""
        for _ in range(100):
            title = self._title(subject)
            if title not in self.used:
                self.used.add(title)
                return title
        return self.title(self.rng.choice(words.SUBJECTS))

    def _title(self, subject: str) -> str:
        rng = self.rng
        first, second = rng.sample(words.OBJECTS, 2)
        verb, tail = rng.choice(words.VERBS), rng.choice(words.TAILS)
        head = rng.choice(words.HEADS) if rng.random() < 0.3 else ""
        aside = rng.choice(words.ASIDES) if rng.random() < 0.1 else ""
        form = rng.random()
        if form < 0.35:
            return f"{head}{subject}{first}{verb}{tail}{aside}"
        if form < 0.55:
            return f"{head}{subject}の{first}の{verb}{aside}"
        if form < 0.7:
            return f"{head}{subject}における{first}・{second}{verb}{tail}{aside}"
        if form < 0.85:
            return f"{first}の{verb}による{head}{subject}{tail}{aside}"
        return f"{subject}・{rng.choice(words.SUBJECTS)}{first}{tail}{aside}"

    def figures(self, subject: str, number: int) -> list[Figure]:
        """Indicators with different names."""
        kinds = self.rng.sample(words.INDICATORS, number)
        return [self.figure(subject, *kind) for kind in kinds]

    def figure(self, subject: str, name: str, unit: str, direction: str | None) -> Figure:
        """One indicator, in one of the two forms."""
        rng = self.rng
        title = f"{subject}の{rng.choice(words.OBJECTS)}{name}" if rng.random() < 0.6 else name
        value = rng.randint(10, 95) if unit == "%" else rng.randint(5, 900)
        told = Direction(direction) if direction else None
        step = max(1, value // 25) * (-1 if told is Direction.DECREASE else 1)
        if rng.random() < 1 / 3:
            one = Indicator(title=title, unit=unit, direction=told)
            target = stated(rng.randint(2026, 2029), value, one)
            one = evolve(one, statement=statement(one, target), targets=(target,))
            return Figure(self.key(), one)
        years = range(2026, 2030)
        return Figure(
            self.key(),
            Indicator(
                title=title,
                definition=self.sentence(words.DEFINITIONS, subject),
                data_source=rng.choice(words.SOURCES),
                unit=unit,
                direction=told,
                baseline=plain(2024, value - step),
                targets=tuple(
                    plain(year, value + step * place) for place, year in enumerate(years)
                ),
                actuals=(plain(2025, value - rng.randint(0, 3)),),
            ),
        )


def _cost(category: str, thousands: int) -> Cost:
    return Cost(
        year=FiscalYear(2026), amount=thousands * 1000, category=category, text=f"{thousands:,}"
    )


def plain(year: int, value: int) -> Observation:
    """A figure of a table of years."""
    value = max(value, 0)
    return Observation(year=FiscalYear(year), value=Decimal(value), text=f"{value:,}")


def stated(year: int, value: int, owner: Indicator) -> Observation:
    """A target as a statement prints it, with unit and comparator."""
    falls = owner.direction is Direction.DECREASE
    return Observation(
        year=FiscalYear(year),
        value=Decimal(value),
        comparator=Comparator.AT_MOST if falls else Comparator.AT_LEAST,
        unit=owner.unit,
        text=f"{value:,}{owner.unit}{'以下' if falls else '以上'}",
    )


def statement(indicator: Indicator, target: Observation) -> str:
    """The words in which an indicator of the short form is printed."""
    return f"{indicator.title} {target.text}"
