"""The small values that plans are made of: time, places of government, vocabularies."""

import calendar
import datetime as dt
import enum
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final, Self, TypeAlias

from attrs import field, frozen

__all__ = [
    "Accumulation",
    "Comparator",
    "CostBasis",
    "Direction",
    "EditionStatus",
    "FiscalYear",
    "Labels",
    "Municipality",
    "OpenEnd",
    "OwnerRole",
    "Period",
    "PlanKind",
    "Quantity",
    "Recurrence",
    "Relation",
    "Stage",
    "State",
    "Status",
    "Time",
    "as_labels",
    "check_digit",
    "first_day",
    "last_day",
    "optional_fiscal_year",
    "optional_time",
    "parse_time",
]

_TIME: Final = re.compile(
    r"(?P<year>\d{4})(?:-(?P<month>\d{2})(?:-(?P<day>\d{2}))?)?"
    r"|FY(?P<fiscal>\d{4})-(?:H(?P<half>[12])|Q(?P<quarter>[1-4]))",
    re.ASCII,
)


class FiscalYear(int):
    """A Japanese fiscal year (年度): 2024 runs from 2024-04-01 to 2025-03-31 (令和6年度).

    It is an integer, in code and in files.

    Raises:
        ValueError: The year is not within 1868 and 2999.
    """

    __slots__ = ()

    def __new__(cls, year: int) -> Self:
        """Make the fiscal year that begins in April of ``year``."""
        if isinstance(year, bool) or not 1868 <= year <= 2999:  # noqa: PLR2004 - Meiji 1 on
            raise ValueError(year)
        return super().__new__(cls, year)

    @classmethod
    def of(cls, day: dt.date) -> Self:
        """The fiscal year in which ``day`` lies: 2025-03-31 lies in 2024."""
        return cls(day.year if day.month >= 4 else day.year - 1)  # noqa: PLR2004 - April

    @property
    def first_day(self) -> dt.date:
        """1 April."""
        return dt.date(int(self), 4, 1)

    @property
    def last_day(self) -> dt.date:
        """31 March of the next calendar year."""
        return dt.date(int(self) + 1, 3, 31)

    def __repr__(self) -> str:
        return f"FiscalYear({int(self)})"

    def __str__(self) -> str:
        return str(int(self))


Time: TypeAlias = FiscalYear | str
"""A time no finer than printed: a fiscal year, or ``"2024"`` (a calendar year),
``"2024-08"``, ``"2024-08-31"``, ``"FY2024-H1"`` (上半期), ``"FY2024-Q3"`` (第3四半期)."""


def parse_time(value: int | str) -> Time:
    """``value`` as a time: an integer is a fiscal year, a string keeps its own precision.

    Raises:
        ValueError: A string of another form, or a day that no calendar has.
    """
    if isinstance(value, int):
        return FiscalYear(value)
    first_day(value)
    return value


def first_day(time: Time) -> dt.date:
    """The first day of ``time``; raises ValueError as :func:`parse_time`."""
    return _days(time)[0]


def last_day(time: Time) -> dt.date:
    """The last day of ``time``; raises ValueError as :func:`parse_time`."""
    return _days(time)[1]


def _days(time: Time) -> tuple[dt.date, dt.date]:
    if isinstance(time, int):
        year = FiscalYear(time)
        return year.first_day, year.last_day
    found = _TIME.fullmatch(time)
    if not found:
        raise ValueError(time)
    if found["fiscal"]:
        fiscal = FiscalYear(int(found["fiscal"]))
        length, number = (6, found["half"]) if found["half"] else (3, found["quarter"])
        month = 4 + length * (int(number) - 1)
        return _month(fiscal, month)[0], _month(fiscal, month + length - 1)[1]
    calendar_year = int(FiscalYear(int(found["year"])))
    if found["day"]:
        day = dt.date(calendar_year, int(found["month"]), int(found["day"]))
        return day, day
    if found["month"]:
        dt.date(calendar_year, int(found["month"]), 1)
        return _month(calendar_year, int(found["month"]))
    return dt.date(calendar_year, 1, 1), dt.date(calendar_year, 12, 31)


def _month(year: int, month: int) -> tuple[dt.date, dt.date]:
    year, month = int(year) + (month - 1) // 12, (month - 1) % 12 + 1
    days = calendar.monthrange(year, month)[1]
    return dt.date(year, month, 1), dt.date(year, month, days)


def optional_time(value: int | str | None) -> Time | None:
    """:func:`parse_time`, where there may be none."""
    return value if value is None or isinstance(value, FiscalYear) else parse_time(value)


def optional_fiscal_year(value: int | None) -> FiscalYear | None:
    """``value`` as a fiscal year, where there may be none."""
    return value if value is None or isinstance(value, FiscalYear) else FiscalYear(value)


@frozen(kw_only=True)
class Period:
    """From ``start`` to ``end``, both included; an absent end is open or unknown."""

    start: Time | None = field(default=None, converter=optional_time)
    end: Time | None = field(default=None, converter=optional_time)

    @property
    def reversed(self) -> bool:
        """Whether it ends before it starts."""
        if self.start is None or self.end is None:
            return False
        return last_day(self.end) < first_day(self.start)

    def holds(self, time: Time) -> bool:
        """Whether some day of ``time`` lies within this period."""
        if self.start is not None and last_day(time) < first_day(self.start):
            return False
        return self.end is None or first_day(time) <= last_day(self.end)


def check_digit(code: str) -> str:
    """The check digit (検査数字) of a five-digit 全国地方公共団体コード.

    The digits are weighted 6, 5, 4, 3, 2 and summed; the digit is the last one of
    11 minus the sum modulo 11. Source: 総務省「全国地方公共団体コード仕様」.

    Raises:
        ValueError: ``code`` is not five ASCII digits.
    """
    if not re.fullmatch(r"[0-9]{5}", code):
        raise ValueError(code)
    total = sum(int(digit) * weight for digit, weight in zip(code, (6, 5, 4, 3, 2), strict=True))
    return str((11 - total % 11) % 10)


@frozen(kw_only=True)
class Municipality:
    """A municipality (市区町村) or prefecture: its 全国地方公共団体コード, name, prefecture."""

    code: str = ""
    name: str = ""
    prefecture: str = ""

    @property
    def valid(self) -> bool:
        """Whether the code has six digits of which the last is the check digit."""
        return bool(re.fullmatch(r"[0-9]{6}", self.code)) and (
            check_digit(self.code[:5]) == self.code[5]
        )


class Labels(Mapping[str, str]):
    """A city's own small vocabulary: names and values, in the order of the names.

    Immutable and hashable; equal to any mapping with the same items.

    >>> from munidx import Labels
    >>> Labels({"事業区分": "L"})["事業区分"]
    'L'
    """

    __slots__ = ("_items",)

    _items: dict[str, str]

    def __init__(self, items: Mapping[str, str] | Iterable[tuple[str, str]] = ()) -> None:
        self._items = dict(sorted(dict(items).items()))

    def __getitem__(self, name: str) -> str:
        return self._items[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._items)

    def __len__(self) -> int:
        return len(self._items)

    def __eq__(self, other: object) -> bool:
        # By class, for to ask a class of the collections what is one takes ten times as long.
        return self._items == other._items if other.__class__ is Labels else super().__eq__(other)

    def __hash__(self) -> int:
        return hash(tuple(self._items.items()))

    def __repr__(self) -> str:
        return f"Labels({self._items!r})"


def as_labels(items: Mapping[str, str] | Iterable[tuple[str, str]]) -> Labels:
    """``items`` as labels; labels themselves as they are, for nothing can change them."""
    # By class first, for the same reason.
    return items if items.__class__ is Labels or isinstance(items, Labels) else Labels(items)


class PlanKind(enum.StrEnum):
    """What sort of plan it is."""

    COMPREHENSIVE = "comprehensive"
    """総合計画"""
    STRATEGY = "strategy"
    """総合戦略"""
    SECTORAL = "sectoral"
    """a plan of one field (分野別計画), a DX plan say"""
    ACTION = "action"
    """an action plan (実施計画, アクションプラン) of its own"""
    PROJECT_LIST = "project_list"
    """a list of projects (事業一覧)"""
    EVALUATION = "evaluation"
    """a policy or project evaluation (行政評価)"""
    BUREAU_GOALS = "bureau_goals"
    """the goals of a bureau (部局長の目標)"""


class Status(enum.StrEnum):
    """How a goal, measure or indicator stands, as the edition says."""

    PLANNED = "planned"
    ACTIVE = "active"
    ADDED = "added"
    """【追加】【新規】"""
    COMPLETED = "completed"
    """【完了】"""
    SUSPENDED = "suspended"
    """【休止】"""
    ABOLISHED = "abolished"
    """【廃止】"""


class EditionStatus(enum.StrEnum):
    """How binding an edition is."""

    DRAFT = "draft"
    """案, 素案"""
    ADOPTED = "adopted"
    """策定, 決定"""
    AMENDED = "amended"
    """改定, 更新"""
    FINAL = "final"
    """the last edition of a plan that has ended"""


class Direction(enum.StrEnum):
    """Which way an indicator is meant to move."""

    INCREASE = "increase"
    """↑, 以上"""
    DECREASE = "decrease"
    """↓, 以下, 削減"""
    MAINTAIN = "maintain"
    """＝, →, 維持"""


class Stage(enum.StrEnum):
    """What an indicator measures along the way from money to effect."""

    INPUT = "input"
    OUTPUT = "output"
    """活動指標"""
    OUTCOME = "outcome"
    """成果指標"""


class Comparator(enum.StrEnum):
    """How a value is meant to be met, where it is printed."""

    AT_LEAST = "at_least"
    """以上"""
    AT_MOST = "at_most"
    """以下"""
    ABOVE = "above"
    """超, を超える"""
    BELOW = "below"
    """未満"""
    ABOUT = "about"
    """約, 程度"""


class Quantity(enum.StrEnum):
    """What a value says: a height, a change of it, or a ratio to another."""

    LEVEL = "level"
    CHANGE = "change"
    """30%削減, 10件増"""
    RATIO = "ratio"
    """3分の1, 2倍"""


class Accumulation(enum.StrEnum):
    """Over what a value is counted."""

    ANNUAL = "annual"
    """年間, 毎年"""
    CUMULATIVE = "cumulative"
    """累計, 延べ"""


class State(enum.StrEnum):
    """What an observation holds; where there is nothing at all, there is no observation."""

    REPORTED = "reported"
    """a figure"""
    QUALITATIVE = "qualitative"
    """words, no figure"""
    UNDETERMINED = "undetermined"
    """to be set later (策定後設定)"""
    NOT_APPLICABLE = "not_applicable"
    """a dash"""
    WITHHELD = "withheld"
    """非公表"""


class CostBasis(enum.StrEnum):
    """Whether money was planned or spent."""

    BUDGET = "budget"
    """予算"""
    SETTLED = "settled"
    """決算"""


class OwnerRole(enum.StrEnum):
    """What a unit does for the node that names it."""

    LEAD = "lead"
    """主担, 担当"""
    SUPPORTING = "supporting"
    """関連"""
    EVALUATING = "evaluating"
    """評価"""


class Relation(enum.StrEnum):
    """How another plan or law stands to this one."""

    IMPLEMENTS = "implements"
    """the other is the upper plan (上位計画)"""
    BASED_ON = "based_on"
    LEGAL_BASIS = "legal_basis"
    """根拠法令"""
    SUPERSEDES = "supersedes"
    RELATED = "related"


class OpenEnd(enum.StrEnum):
    """Which end of a schedule entry is open."""

    START = "start"
    """R9まで"""
    END = "end"
    """R8~"""


class Recurrence(enum.StrEnum):
    """How often, where no time is named."""

    THROUGHOUT = "throughout"
    """通年"""
    YEARLY = "yearly"
    """毎年度"""
    AS_NEEDED = "as_needed"
    """随時, 適時"""
