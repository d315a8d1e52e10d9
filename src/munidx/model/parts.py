"""The parts that goals, measures and indicators share: owners, references, money, time, ratings.

Every part says where it was read (``source``, a locator of :mod:`munidx.place`) and which of
its fields are not printed but follow from the text (``inferred``, field names).
"""

from attrs import field, frozen

from munidx.model.values import (
    CostBasis,
    EditionStatus,
    FiscalYear,
    OpenEnd,
    OwnerRole,
    Recurrence,
    Relation,
    Time,
    optional_fiscal_year,
    optional_time,
)

__all__ = [
    "Cost",
    "Edition",
    "Evaluation",
    "Milestone",
    "Owner",
    "Rating",
    "Reference",
    "ScheduleEntry",
    "Section",
    "Term",
]


@frozen(kw_only=True)
class Owner:
    """A unit that answers for a node (担当課): its name and the bureaus above it."""

    name: str = ""
    """The unit itself: 情報政策課."""
    path: tuple[str, ...] = ()
    """Its bureaus from the top: ``("総務部",)``."""
    role: OwnerRole | None = None
    person: str = ""
    """The person, where the publisher names one."""
    source: str = ""
    inferred: tuple[str, ...] = ()


@frozen(kw_only=True)
class Reference:
    """Another plan, law or goal that a node names (上位計画, 根拠法令, 関連施策)."""

    relation: Relation | None = None
    title: str = ""
    code: str = ""
    """The number within the other plan: ``5-2-(1)``."""
    plan: str = ""
    """The other plan: its name, or its ``id`` where it is known."""
    source: str = ""
    inferred: tuple[str, ...] = ()


@frozen(kw_only=True)
class Cost:
    """Money of one year, in whole yen."""

    year: FiscalYear | None = field(default=None, converter=optional_fiscal_year)
    amount: int | None = None
    """Yen; absent where words stand instead of a figure."""
    category: str = ""
    """``project`` (事業費), ``personnel`` (人件費), or the publisher's own word."""
    basis: CostBasis | None = None
    funding: str = ""
    """Where the money comes from (財源)."""
    budget_code: str = ""
    """款-項-目: ``02-01-03``."""
    total: bool = False
    """Whether it is a printed sum over the node's children."""
    text: str = ""
    """As published, with its unit where one stands beside it."""
    source: str = ""
    inferred: tuple[str, ...] = ()


@frozen(kw_only=True)
class ScheduleEntry:
    """One line of a schedule: when, and what is done then."""

    start: Time | None = field(default=None, converter=optional_time)
    end: Time | None = field(default=None, converter=optional_time)
    open: OpenEnd | None = None
    """The end that is open: ``end`` for ``R8~``, ``start`` for ``R9まで``."""
    recurrence: Recurrence | None = None
    text: str = ""
    source: str = ""
    inferred: tuple[str, ...] = ()


@frozen(kw_only=True)
class Rating:
    """A mark that a reviewer gives: as printed, as a number, and out of how many."""

    text: str = ""
    """As published: ``☆☆☆``."""
    score: int | None = None
    scale: int | None = None
    """The highest score of the form; absent where the edition prints none."""
    source: str = ""
    inferred: tuple[str, ...] = ()


@frozen(kw_only=True)
class Evaluation:
    """What was found when a node was looked back on (評価, 振り返り)."""

    year: FiscalYear | None = field(default=None, converter=optional_fiscal_year)
    rating: Rating | None = None
    reviewer: str = ""
    plan: str = ""
    """What was meant to be done in the year (当該年度の計画)."""
    reason: str = ""
    """Why the rating is as it is (評価の理由)."""
    results: str = ""
    """成果, 実績"""
    issues: str = ""
    """課題"""
    next_steps: str = ""
    """今後の方向性, 翌年度の対応"""
    source: str = ""
    inferred: tuple[str, ...] = ()


@frozen(kw_only=True)
class Edition:
    """Which edition of its plan it is: ``令和6年度更新``."""

    label: str = ""
    """As published."""
    year: FiscalYear | None = field(default=None, converter=optional_fiscal_year)
    date: Time | None = field(default=None, converter=optional_time)
    """When it was decided or published, no finer than printed."""
    status: EditionStatus | None = None
    source: str = ""
    inferred: tuple[str, ...] = ()


@frozen(kw_only=True)
class Milestone:
    """A dated event on the way (沿革, 主な取組)."""

    date: Time | None = field(default=None, converter=optional_time)
    text: str = ""
    source: str = ""
    inferred: tuple[str, ...] = ()


@frozen(kw_only=True)
class Term:
    """An entry of the glossary (用語集)."""

    term: str = ""
    text: str = ""
    source: str = ""
    inferred: tuple[str, ...] = ()


@frozen(kw_only=True)
class Section:
    """Narrative of the document that belongs to no goal or measure."""

    title: str = ""
    text: str = ""
    source: str = ""
    inferred: tuple[str, ...] = ()
