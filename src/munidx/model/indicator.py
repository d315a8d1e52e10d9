"""Indicators (指標, KGI, KPI) and what is observed of them."""

from decimal import Decimal
from fractions import Fraction

from attrs import field, frozen

from munidx.model.parts import Evaluation, Owner, Reference
from munidx.model.values import (
    Accumulation,
    Comparator,
    Direction,
    FiscalYear,
    Labels,
    Period,
    Quantity,
    Stage,
    State,
    Status,
    Time,
    as_labels,
    optional_fiscal_year,
    optional_time,
)

__all__ = ["Indicator", "Observation"]


@frozen(kw_only=True)
class Observation:
    """One value of an indicator: a baseline, a target or an actual.

    ``text`` is what was published; ``value``, ``unit``, ``comparator`` and the time are set
    exactly where they are printed. A number is one of ``value``, ``fraction`` (``1/3``, where
    it is printed so) or ``low`` to ``high``; a value in percent is in percent (80, not 0.8).
    """

    year: FiscalYear | None = field(default=None, converter=optional_fiscal_year)
    period: Period | None = None
    date: Time | None = field(default=None, converter=optional_time)
    value: Decimal | None = None
    fraction: Fraction | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    comparator: Comparator | None = None
    unit: str = ""
    """As printed beside the value; absent: the indicator's."""
    quantity: Quantity = Quantity.LEVEL
    accumulation: Accumulation | None = None
    alternatives: "tuple[Observation, ...]" = ()
    """Other values that would do as well (もしくは)."""
    state: State = State.REPORTED
    text: str = ""
    source: str = ""
    inferred: tuple[str, ...] = ()

    @property
    def number(self) -> Decimal | Fraction | None:
        """``value`` or ``fraction``, whichever is set; None for a range and for words."""
        return self.value if self.value is not None else self.fraction


@frozen(kw_only=True)
class Indicator:
    """What a city measures, from where, to where, by when."""

    id: str = ""
    code: str = ""
    former_codes: tuple[str, ...] = ()
    title: str = ""
    statement: str = ""
    """The words as published."""
    definition: str = ""
    """指標の意味・算式"""
    data_source: str = ""
    """出典, 調査名"""
    unit: str = ""
    direction: Direction | None = None
    stage: Stage | None = None
    status: Status | None = None
    owners: tuple[Owner, ...] = ()
    baseline: Observation | None = None
    targets: tuple[Observation, ...] = ()
    actuals: tuple[Observation, ...] = ()
    evaluations: tuple[Evaluation, ...] = ()
    references: tuple[Reference, ...] = ()
    labels: Labels = field(default=Labels(), converter=as_labels)
    source: str = ""
    inferred: tuple[str, ...] = ()
