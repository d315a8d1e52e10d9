"""An indicator while the cells of its row go by."""

from collections.abc import Iterator
from typing import Any, Final

from attrs import define, evolve, field

from munidx.adapters.tables.cells import as_title, is_worded, observation_of, owners_of, when_of
from munidx.adapters.tables.headings import VALUES
from munidx.adapters.tables.spans import Span, add_label
from munidx.japanese.directions import direction_of
from munidx.japanese.marks import direction_of_arrow, is_dash
from munidx.model import Direction, Indicator, Labels, Observation, Owner
from munidx.place import merge_sources

__all__ = ["INDICATOR", "YEARS", "Series"]

YEARS: Final = tuple(f"{name}.year" for name in VALUES)
"""What says of which year a value in its row is."""
INDICATOR: Final = frozenset(
    {*VALUES, *YEARS}
    | {f"indicator.{part}" for part in ("title", "code", "unit", "direction")}
    | {"indicator.definition", "indicator.data_source"}
)
"""What belongs to the indicator of a row."""
_DIRECTIONS: Final = {"増加": Direction.INCREASE, "減少": Direction.DECREASE}


@define(eq=False)
class Series:
    """An indicator under reading."""

    texts: dict[str, Any] = field(factory=dict)
    direction: Direction | None = None
    unit: str = ""
    baseline: Observation | None = None
    targets: list[Observation] = field(factory=list)
    actuals: list[Observation] = field(factory=list)
    owners: list[Owner] = field(factory=list)
    labels: dict[str, str] = field(factory=dict)
    sources: list[str] = field(factory=list)

    def put(self, span: Span, labels: dict[str, str]) -> bool:
        """Take over a cell; False where it was not understood, and is kept as it stands.

        ``labels`` are those of the node, for what has no place of its own.
        """
        part = span.field.removeprefix("indicator.")
        if part == "direction":
            direction = direction_of_arrow(span.text) or _DIRECTIONS.get(span.text)
            if direction is None:
                add_label(labels, span)
                return False
            self.direction = direction
        elif part in YEARS:
            return self._date(span)
        elif part == "unit":
            self.unit = span.text
        elif span.field.startswith("indicator."):
            told = as_title(span.text, tight=span.tight) if part == "title" else span.text
            self.texts[part] = "\n".join(filter(None, (self.texts.get(part, ""), told)))
        else:
            return self._observe(span)
        self.sources.append(span.source)
        return True

    def put_beside(self, span: Span) -> None:
        """Take over a cell of an indicator's own row."""
        self.sources.append(span.source)
        if span.field == "owners":
            self.owners += owners_of(span.text, span.source, tight=span.tight)
        elif span.field == "code":
            self.texts["code"] = as_title(span.text, tight=span.tight)
        else:
            add_label(self.labels, span)

    def indicator(self) -> Indicator:
        """The indicator that it is."""
        title = self.texts.get("title", "")
        inferred = self.direction is None and title and direction_of(title)
        return Indicator(
            **self.texts,
            unit=self.unit,
            direction=direction_of(title) if inferred else self.direction,
            owners=tuple(self.owners),
            labels=Labels(self.labels),
            baseline=self.baseline,
            targets=tuple(self.targets),
            actuals=tuple(self.actuals),
            source=merge_sources(self.sources),
            inferred=("direction",) if inferred else (),
        )

    def _date(self, span: Span) -> bool:
        """Take over the year of a value that stands here; else it is a label, as published."""
        self.sources.append(span.source)
        told = when_of(span.text)
        seen = [*self._seen(span.field.removesuffix(".year"))]
        dated = bool(told) and any(told == _when(one) for one in seen)
        if is_dash(span.text) or (dated and not ("year" in told and is_worded(span.text))):
            return True
        add_label(self.labels, span)
        return dated or (bool(told) and all(map(_when, seen)))

    def _seen(self, name: str) -> Iterator[Observation]:
        if name == "targets":
            yield from self.targets
            return
        yield from self.actuals
        if self.baseline:
            yield self.baseline

    def _observe(self, span: Span) -> bool:
        self.unit = self.unit or span.slot.unit
        seen, clear = observation_of(span.text, span.years, self.unit, span.source)
        when = when_of(span.when.text.strip()) if span.when else {}
        if span.when and when:
            source = merge_sources([span.source, str(span.when.place)])
            seen = evolve(seen, **when, source=source)
        if span.field == "baseline" and self.baseline is None:
            self.baseline = seen
        elif span.field in {"actuals", "baseline"}:
            self.actuals.append(seen)
        else:
            self.targets.append(seen)
        self.sources.append(span.source)
        return clear


def _when(seen: Observation) -> dict[str, object]:
    """The fields of an observation's time that are set."""
    told = {"year": seen.year, "period": seen.period, "date": seen.date}
    return {name: time for name, time in told.items() if time is not None}
