"""Plans, goals and measures: goals say what a city wants to reach, measures what it does."""

from attrs import field, frozen

from munidx.model.indicator import Indicator
from munidx.model.parts import (
    Cost,
    Edition,
    Evaluation,
    Milestone,
    Owner,
    Reference,
    ScheduleEntry,
    Section,
    Term,
)
from munidx.model.values import (
    Labels,
    Municipality,
    Period,
    PlanKind,
    Status,
    Time,
    as_labels,
    optional_time,
)

__all__ = ["Document", "Goal", "Measure", "Plan"]


@frozen(kw_only=True)
class Document:
    """A published file that a plan was read from."""

    name: str = ""
    """As locators use it."""
    sha256: str = ""
    media_type: str = ""
    encoding: str = ""
    url: str = ""
    published: str = ""
    """The day of publication, as the publisher gives it: ``2024-08-31``."""
    license: str = ""
    adapter: str = ""
    adapter_version: str = ""


@frozen(kw_only=True)
class Measure:
    """What a city does (取組, 事業, 事務事業); measures nest to any depth."""

    id: str = ""
    """Set only where the publisher prints a permanent identifier, or a user gives one."""
    code: str = ""
    """The number as published; cities reuse numbers, so it is no identity."""
    former_codes: tuple[str, ...] = ()
    """What the publisher itself names as the old number."""
    title: str = ""
    level: str = ""
    """The city's own word for the rung: 取組事業, 事務事業."""
    status: Status | None = None
    description: str = ""
    owners: tuple[Owner, ...] = ()
    actions: tuple[str, ...] = ()
    """What is to be done, point by point (取組の方向性)."""
    target_state: str = ""
    """めざす姿"""
    start: Time | None = field(default=None, converter=optional_time)
    end: Time | None = field(default=None, converter=optional_time)
    continuous: bool = False
    """Whether it is done without an end (継続, 通年)."""
    schedule: tuple[ScheduleEntry, ...] = ()
    costs: tuple[Cost, ...] = ()
    measures: "tuple[Measure, ...]" = ()
    indicators: tuple[Indicator, ...] = ()
    evaluations: tuple[Evaluation, ...] = ()
    references: tuple[Reference, ...] = ()
    labels: Labels = field(default=Labels(), converter=as_labels)
    source: str = ""
    inferred: tuple[str, ...] = ()


@frozen(kw_only=True)
class Goal:
    """What a city wants to reach (大綱, 施策, 基本目標); goals nest to any depth."""

    id: str = ""
    code: str = ""
    former_codes: tuple[str, ...] = ()
    title: str = ""
    level: str = ""
    """The city's own word for the rung: 基本目標, 重要施策."""
    status: Status | None = None
    description: str = ""
    target_state: str = ""
    owners: tuple[Owner, ...] = ()
    start: Time | None = field(default=None, converter=optional_time)
    end: Time | None = field(default=None, converter=optional_time)
    costs: tuple[Cost, ...] = ()
    goals: "tuple[Goal, ...]" = ()
    measures: tuple[Measure, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    evaluations: tuple[Evaluation, ...] = ()
    references: tuple[Reference, ...] = ()
    labels: Labels = field(default=Labels(), converter=as_labels)
    source: str = ""
    inferred: tuple[str, ...] = ()


@frozen(kw_only=True)
class Plan:
    """One edition of what a municipality promises to do, or says it has done."""

    id: str = ""
    """``<municipality code>-<kind>-<slug>``, the same in every edition."""
    title: str = ""
    kind: PlanKind | None = None
    municipality: Municipality | None = None
    edition: Edition | None = None
    period: Period | None = None
    vision: str = ""
    """理念, 将来像"""
    mission: str = ""
    """使命"""
    owners: tuple[Owner, ...] = ()
    goals: tuple[Goal, ...] = ()
    measures: tuple[Measure, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    evaluations: tuple[Evaluation, ...] = ()
    references: tuple[Reference, ...] = ()
    milestones: tuple[Milestone, ...] = ()
    glossary: tuple[Term, ...] = ()
    sections: tuple[Section, ...] = ()
    labels: Labels = field(default=Labels(), converter=as_labels)
    documents: tuple[Document, ...] = ()
    source: str = ""
    inferred: tuple[str, ...] = ()
