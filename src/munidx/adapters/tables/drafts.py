"""Goals and measures while their rows go by: cell after cell is put into a draft."""

from collections import Counter
from collections.abc import Callable
from typing import Any, Final

from attrs import define, evolve, field

from munidx.adapters.tables.cells import (
    as_title,
    cost_of,
    is_parted,
    is_plain,
    is_worded,
    owners_of,
    period_of,
    points_of,
    status_and_title,
    time_of,
)
from munidx.adapters.tables.series import INDICATOR, YEARS, Series
from munidx.adapters.tables.several import each_indicator
from munidx.adapters.tables.spans import Span, add_label
from munidx.japanese.budgets import parse_budget_code
from munidx.japanese.characters import align, compact
from munidx.japanese.marks import is_dash, stars, status_of
from munidx.japanese.targets import read_target
from munidx.model import (
    Cost,
    Evaluation,
    FiscalYear,
    Goal,
    Indicator,
    Labels,
    Measure,
    Owner,
    Rating,
    ScheduleEntry,
    Status,
    Time,
)
from munidx.place import merge_sources

__all__ = ["PROSE", "Draft", "money", "parts_of"]

PROSE: Final = frozenset({"description", "target_state", "actions"})
"""What may go on in the row behind a page break."""
_CONTINUOUS: Final = ("継続", "通年")
_UNIT: Final = "indicator.unit"
_ENDS: Final = tuple("。.．）)」』！!？?")


@define(eq=False)
class Draft:
    """A goal or measure under reading."""

    level: str = ""
    is_goal: bool = False
    texts: dict[str, Any] = field(factory=dict)
    status: Status | None = None
    start: Time | None = None
    end: Time | None = None
    continuous: bool = False
    owners: list[Owner] = field(factory=list)
    actions: list[str] = field(factory=list)
    schedule: list[ScheduleEntry] = field(factory=list)
    costs: list[Cost] = field(factory=list)
    series: list[Series | Indicator] = field(factory=list)
    evaluations: dict[FiscalYear | None, dict[str, Any]] = field(factory=dict)
    labels: dict[str, str] = field(factory=dict)
    budget_code: str = ""
    said: dict[str, str] = field(factory=dict)
    """Labels that captions above the table give."""
    bureaus: tuple[str, ...] = ()
    """What captions say that the owners belong to."""
    sources: list[str] = field(factory=list)
    goals: "list[Draft]" = field(factory=list)
    below: "dict[tuple[str | None, ...], Draft]" = field(factory=dict)
    """Its goals by level, title and code."""
    measures: "list[Draft]" = field(factory=list)
    sums: Counter[str] = field(factory=Counter)
    """Of a goal and of all: the money of the measures below, by the header of its column."""
    blind: set[str] = field(factory=set)
    """The columns in which some measure's money is not known."""

    def put(self, span: Span) -> str:
        """Take over a cell; the field that was not understood, or "".

        What is not understood stays, as published, under the words of its header.
        """
        self.sources.append(span.source)
        put = _PUT.get(span.field, _label)
        if self.is_goal and span.field in {"actions", "schedule"}:
            put = _label
        if put(self, span):
            return ""
        if span.field != "costs":  # an amount keeps its words itself
            _label(self, span)
        return span.field

    def add_text(self, field: str, span: Span) -> None:
        """Put a text into ``field``, behind what stands there."""
        told = self.texts.get(field, "")
        text = as_title(span.text, tight=True) if span.tight else span.text
        self.texts[field] = f"{told}\n{text}" if told else text
        self.sources.append(span.source)

    def go_on(self, field: str, text: str, source: str) -> None:
        """Add to a text that a page's end had cut within a sentence."""
        self.sources.append(source)
        if field == "actions" and self.actions:
            self.actions[-1] += text
        elif field == "actions":
            self.actions.append(text)
        else:
            self.texts[field] = self.texts.get(field, "") + text

    def is_cut(self, field: str) -> bool:
        """Whether its ``field`` stops within a sentence."""
        told = (self.actions or [""])[-1] if field == "actions" else self.texts.get(field, "")
        return bool(told) and not told.endswith(_ENDS)

    @property
    def is_bare(self) -> bool:
        """Whether nothing stands below it."""
        return not (self.goals or self.measures or self.series or self.costs)

    def put_indicator(self, spans: list[Span], *, goes_on: bool) -> list[Span]:
        """Take over the cells of a row's indicator; those that were not understood."""
        if all(span.field in YEARS for span in spans):  # and nothing that they are the years of
            for span in spans:
                if not is_dash(span.text):
                    self.put(span)
            return []
        last = self.series[-1] if self.series else None
        if goes_on and isinstance(last, Series):
            return self._put_series(last, spans)
        unclear: list[Span] = []
        for own in each_indicator(spans):
            series = Series()
            self.series.append(series)
            unclear += self._put_series(series, own)
        return unclear

    def _put_series(self, series: Series, spans: list[Span]) -> list[Span]:
        self.sources += [span.source for span in spans]
        # The unit first: a figure that prints it again has no unit of its own. Years last.
        ordered = sorted(spans, key=lambda span: (span.field in YEARS, span.field != _UNIT))
        return [span for span in ordered if not series.put(span, self.labels)]

    def put_indicator_row(self, spans: list[Span], *, goes_on: bool) -> list[Span]:
        """Take over a row that is an indicator and no measure; what was not understood."""
        figures = [span for span in spans if span.field in INDICATOR and span.fresh]
        before = len(self.series) - goes_on
        unclear = self.put_indicator(figures, goes_on=goes_on)
        put = [one for one in self.series[max(before, 0) :] if isinstance(one, Series)]
        for span in spans:
            if span.field not in INDICATOR and put:
                for series in put:
                    series.put_beside(span)
            elif span.field not in INDICATOR and span.fresh:  # a merged title's, of another goal
                self.put(span)
        return unclear

    def goal(self) -> Goal:
        """The goal that it is."""
        return Goal(
            **self.texts,
            level=self.level,
            status=self.status,
            owners=tuple(self.owners),
            start=self.start,
            end=self.end,
            costs=self._money(),
            goals=tuple(draft.goal() for draft in self.goals),
            measures=tuple(draft.measure() for draft in self.measures),
            indicators=self.indicators(),
            evaluations=self._evaluations(),
            labels=Labels(self.labels),
            source=merge_sources(self.sources),
        )

    def measure(self) -> Measure:
        """The measure that it is."""
        return Measure(
            **self.texts,
            level=self.level,
            status=self.status,
            owners=tuple(evolve(o, path=(*self.bureaus, *o.path)) for o in self.owners),
            actions=tuple(self.actions),
            start=self.start,
            end=self.end,
            continuous=self.continuous,
            schedule=tuple(self.schedule),
            costs=self._money(),
            indicators=self.indicators(),
            evaluations=self._evaluations(),
            labels=Labels(self._labels()),
            source=merge_sources(self.sources),
        )

    def indicators(self) -> tuple[Indicator, ...]:
        """Its indicators."""
        return tuple(one.indicator() if isinstance(one, Series) else one for one in self.series)

    def _labels(self) -> dict[str, str]:
        """Its own, then those of captions; and a budget code that no money has."""
        code = {"予算科目": self.budget_code} if self.budget_code and not self.costs else {}
        return self.labels | code | self.said | self.labels

    def _money(self) -> tuple[Cost, ...]:
        return tuple(
            cost if cost.total else evolve(cost, budget_code=self.budget_code)
            for cost in self.costs
        )

    def _evaluations(self) -> tuple[Evaluation, ...]:
        return tuple(Evaluation(year=year, **parts) for year, parts in self.evaluations.items())


def _label(draft: Draft, span: Span) -> bool:
    add_label(draft.labels, span)
    return True


def _text(draft: Draft, span: Span) -> bool:
    draft.add_text(span.field, span)
    return True


def _code(draft: Draft, span: Span) -> bool:
    bare = span.text if is_parted(span.text) else "".join(span.text.split())
    # Running numbers in full or half width are the same; what else is a code stays as printed.
    draft.texts["code"] = (
        compact(bare) if bare.isdecimal() else as_title(span.text, tight=span.tight)
    )
    return True


def _title(draft: Draft, span: Span) -> bool:
    parts = parts_of(span)
    status, title = status_and_title(parts["title"], tight=span.tight)
    draft.texts |= parts | {"title": title}
    draft.status = draft.status or status
    return True


def parts_of(span: Span) -> dict[str, str]:
    """Code and title of a cell that prints both, by its column's pattern; else the title."""
    column = span.slot.column
    if column and column.pattern:
        aligned = align(span.text)
        found = column.pattern.fullmatch(aligned.text)
        if found:
            parts = {name: aligned.cut(*found.span(name)).strip() for name in found.groupdict()}
            return {"title": "", **{name: part for name, part in parts.items() if part}}
    return {"title": span.text}


def _status(draft: Draft, span: Span) -> bool:
    status = status_of(span.text)
    if status is not None:
        draft.status = status
        if not is_plain(span.text):
            _label(draft, span)
    return status is not None or is_dash(span.text)


def _owners(draft: Draft, span: Span) -> bool:
    known = {(owner.path, owner.name) for owner in draft.owners}
    told = owners_of(span.text, span.source, tight=span.tight)
    draft.owners += [owner for owner in told if (owner.path, owner.name) not in known]
    return True


def _actions(draft: Draft, span: Span) -> bool:
    draft.actions += points_of(span.text)
    return True


def _when(draft: Draft, span: Span) -> bool:
    if span.text in _CONTINUOUS and not draft.is_goal:
        draft.continuous = True
        return True
    time = time_of(span.text)
    if span.field == "start":
        draft.start = time
    else:
        draft.end = time
    if isinstance(time, FiscalYear) and is_worded(span.text):
        _label(draft, span)  # 2025-04-01 lies in a fiscal year, and says more
    return time is not None or is_dash(span.text)


def _period(draft: Draft, span: Span) -> bool:
    period = period_of(span.text)
    if period:
        draft.start, draft.end = period.start, period.end
    return period is not None or is_dash(span.text)


def _schedule(draft: Draft, span: Span) -> bool:
    years = span.years
    draft.schedule.append(
        ScheduleEntry(
            start=years[0] if years else None,
            end=years[-1] if years else None,
            text=span.text,
            source=span.source,
        )
    )
    return True


def _budget_code(draft: Draft, span: Span) -> bool:
    draft.budget_code = parse_budget_code(span.text)
    if draft.budget_code != compact(span.text):  # printed as 2-1-3: the words stay beside it
        _label(draft, span)
    return bool(draft.budget_code)


def _costs(draft: Draft, span: Span) -> bool:
    cost, clear = money(span)
    draft.costs.append(cost)
    return clear


def money(span: Span) -> tuple[Cost, bool]:
    """The money of a cell, and whether it is understood."""
    years = span.years
    year = years[0] if len(years) == 1 else None
    return cost_of(span.text, span.slot, year, span.source)


def _statement(draft: Draft, span: Span) -> bool:
    for words in points_of(span.text):
        read = read_target(words, source=span.source)
        years = span.years
        if len(years) == 1 and len(read.targets) == 1:
            (target,) = read.targets
            if target.year is None and target.period is None and target.date is None:
                read = evolve(read, targets=(evolve(target, year=years[0]),))
        draft.series.append(read)
    return True


def _evaluation(draft: Draft, span: Span) -> bool:
    years = span.years
    parts = draft.evaluations.setdefault(years[0] if len(years) == 1 else None, {})
    name = span.field.removeprefix("evaluation.")
    if name == "rating":
        parts["rating"] = stars(span.text) or Rating(text=span.text)
    else:
        told = parts.get(name, "")
        parts[name] = f"{told}\n{span.text}" if told else span.text
    sources = [str(parts.get("source", "")), span.source]
    parts["source"] = merge_sources(filter(None, sources))
    return True


_PUT: Final[dict[str, Callable[[Draft, Span], bool]]] = {
    "code": _code,
    "title": _title,
    "description": _text,
    "target_state": _text,
    "actions": _actions,
    "status": _status,
    "owners": _owners,
    "start": _when,
    "end": _when,
    "period": _period,
    "schedule": _schedule,
    "costs": _costs,
    "budget_code": _budget_code,
    "statement": _statement,
    **{
        f"evaluation.{part}": _evaluation
        for part in ("rating", "plan", "reason", "results", "issues", "next_steps")
    },
}
