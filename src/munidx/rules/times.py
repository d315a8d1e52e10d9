"""MX2xx: time."""

import datetime as dt
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from munidx.findings import Severity
from munidx.japanese.eras import find_times
from munidx.model import (
    EditionStatus,
    FiscalYear,
    Measure,
    Period,
    ScheduleEntry,
    Status,
    Time,
    first_day,
    last_day,
)
from munidx.rules.prose import texts_of
from munidx.rules.registry import Fault, found, rule
from munidx.rules.spans import bound_by_period, edition_end, holds, span_of, time_of
from munidx.rules.view import View

__all__: list[str] = []

_YEAR: Final = dt.timedelta(days=366)
_TWO_COUNTS: Final = re.compile(
    r"[0-9０-９元一二三四五六七八九十年度][\s　]?[(（][\s　]?"
    r"(?:西暦|令和|平成|昭和|大正|明治|[RHSTM12ＲＨＳＴＭ１２])"
)
"""A quick look, before the text is read, for a year with another one in brackets behind it."""
_RUNNING: Final = (Status.PLANNED, Status.ACTIVE, Status.ADDED)


@rule("MX201", "period-reversed", Severity.ERROR)
def period_reversed(view: View) -> Iterator[Fault]:
    """A period ends before it starts: the plan's, or that of a target or an actual.

    Why:
        Nothing can lie within such a period, so every check against it is worthless.

    Fails::

        period = { start = 2027, end = 2023 }

    Passes::

        period = { start = 2023, end = 2027 }

    Fix:
        Compare with the document; most often start and end are exchanged, or an era's year
        was read in the wrong era.

    Source:
        The munidx design: `Period`.
    """
    whole = view.plan.period
    if whole and whole.reversed:
        yield found(view.items[0], whole, start=whole.start, end=whole.end)
    for seen in view.irregular:
        for observation in (seen.observation, *seen.observation.alternatives):
            period = observation.period
            if period and period.reversed:
                yield found(seen.item, observation, start=period.start, end=period.end)


@rule("MX202", "deadline-before-start", Severity.ERROR)
def deadline_before_start(view: View) -> Iterator[Fault]:
    """A goal, a measure or a line of a schedule ends before it starts.

    Why:
        One of the two years is wrong, and with it every overview by year.

    Fails::

        measures = [{ title = "電子申請", start = 2026, end = 2024 }]

    Passes::

        measures = [{ title = "電子申請", start = 2024, end = "2024-06" }]

    Fix:
        Compare with the document. An arrow across a schedule is read from left to right.

    Source:
        The munidx design: `Measure`, `ScheduleEntry`.
    """
    for item, node in view.works:
        entries = node.schedule if isinstance(node, Measure) else ()
        for part in (node, *entries) if entries else (node,):
            if part.start is None or part.end is None or part.start == part.end:
                continue
            if _reversed(part.start, part.end):
                yield found(item, part, start=part.start, end=part.end)


@rule("MX203", "target-outside-period", Severity.WARNING)
def target_outside_period(view: View) -> Iterator[Fault]:
    """A target is set for a time outside the plan's period.

    Why:
        Nobody answers for a target after the plan has ended, and one before its start was
        taken over from an older plan. Not applied to evaluations, bureau goals and project
        lists, whose period is the year they look at.

    Fails::

        period = { start = 2023, end = 2027 }
        [[indicators]]
        title = "利用者満足度"
        targets = [{ year = 2030, value = 80, unit = "%" }]

    Passes::

        period = { start = 2023, end = 2027 }
        [[indicators]]
        title = "利用者満足度"
        targets = [{ date = "2028-03", value = 80, unit = "%" }]

    Fix:
        Compare with the document; if it is printed so, ask which plan carries the target on.

    Source:
        Review of published plans.
    """
    period = bound_by_period(view.plan)
    if period is None:
        return
    for seen in view.promised:
        time = seen.time
        if time is not None and not holds(period, time):
            yield found(seen.item, seen.observation, time=time, start=period.start, end=period.end)


@rule("MX204", "actual-after-edition", Severity.WARNING)
def actual_after_edition(view: View) -> Iterator[Fault]:
    """An actual, or money spent, belongs to a time after the edition was published.

    Why:
        What had not happened yet cannot have been measured: a year is wrong, or a forecast
        stands among the actuals.

    Fails::

        edition = { year = 2024 }
        [[indicators]]
        title = "利用者満足度"
        actuals = [{ year = 2025, value = 80, unit = "%" }]

    Passes::

        edition = { year = 2024 }
        [[indicators]]
        title = "利用者満足度"
        actuals = [{ year = 2024, value = 80, unit = "%" }]

    Fix:
        Correct the year; enter a forecast as a target.

    Source:
        Review of published evaluations.
    """
    end = edition_end(view.plan)
    if end is None:
        return
    for seen in view.observations:
        if seen.series == "targets":
            continue
        span = span_of(seen.time)
        if span and span[0] > end:
            yield found(seen.item, seen.observation, time=seen.time, edition=str(end))
    for item, node in view.works:
        for cost in node.costs:
            if cost.basis == "settled" and cost.year is not None and cost.year.first_day > end:
                yield found(item, cost, time=cost.year, edition=str(end))


@rule("MX205", "baseline-after-target", Severity.WARNING)
def baseline_after_target(view: View) -> Iterator[Fault]:
    """The baseline is of a later time than the last target.

    Why:
        A baseline is where the way to the target starts.

    Fails::

        [[indicators]]
        title = "利用者満足度"
        baseline = { year = 2028, value = 60, unit = "%" }
        targets = [{ year = 2027, value = 80, unit = "%" }]

    Passes::

        [[indicators]]
        title = "利用者満足度"
        baseline = { year = 2022, value = 60, unit = "%" }
        targets = [{ year = 2027, value = 80, unit = "%" }]

    Fix:
        Correct the year of either; an era's year may have been read in the wrong era.

    Source:
        The munidx design: `Indicator`.
    """
    for item, node in view.series:
        if node.baseline is None:
            continue
        start = span_of(time_of(node.baseline))
        last = span_of(time_of(node.targets[-1])) if node.targets else None
        if start is None or (last and start[0] <= last[1]):
            continue
        ends = [span[1] for target in node.targets if (span := span_of(time_of(target)))]
        if ends and start[0] > max(ends):
            latest = max(
                (time for target in node.targets if (time := time_of(target)) is not None),
                key=last_day,
            )
            yield found(item, node.baseline, baseline=time_of(node.baseline), target=latest)


@rule("MX206", "era-mismatch", Severity.WARNING)
def era_mismatch(view: View) -> Iterator[Fault]:
    """A text prints a year by its era and by the Western count, and the two differ.

    Why:
        One of them is wrong, and no reader can tell which.

    Fails::

        sections = [{ title = "計画の期間", text = "令和5(2024)年度から" }]

    Passes::

        sections = [{ title = "計画の期間", text = "令和5(2023)年度から、平成36(2024)年度まで" }]

    Fix:
        Tell the publisher; the text stays as published. An era that is counted on beyond its
        end is no fault.

    Source:
        元号法; 令和元年 is 2019, 平成元年 1989.
    """
    items = view.prose.with_a(_TWO_COUNTS, among=view.bracketed)
    for text in (text for item in items for text in texts_of(item)):
        if not _TWO_COUNTS.search(text.text):
            continue
        for time in find_times(text.text):
            if time.mismatch:
                yield found(
                    text.item,
                    text.part,
                    field=text.field,
                    text=time.text,
                    era_year=str(time.era_year),
                    western=str(time.western),
                )


@rule("MX207", "expired-active", Severity.WARNING)
def expired_active(view: View) -> Iterator[Fault]:
    """A measure that ended before the edition's year is still planned, active or added.

    Why:
        Either it goes on and the end is out of date, or it is over and the plan does not say
        with what result.

    Fails::

        edition = { year = 2024 }
        measures = [{ title = "電子申請", status = "active", end = 2022 }]

    Passes::

        edition = { year = 2024 }
        measures = [{ title = "電子申請", status = "active", end = 2024 }]

    Fix:
        Correct the end or the status, as the document has it.

    Source:
        Review of published plans.
    """
    edition = view.plan.edition
    year = edition.year or edition.date if edition else None
    if year is None:
        return
    for item, measure in view.measures:
        if measure.status not in _RUNNING or measure.continuous or measure.end is None:
            continue
        if last_day(measure.end) < first_day(year):
            yield found(item, end=measure.end, edition=year, status=measure.status)


@rule("MX208", "schedule-hole", Severity.INFO)
def schedule_hole(view: View) -> Iterator[Fault]:
    """A measure's schedule leaves a whole year out between two of its lines.

    Why:
        Blank cells of a schedule mostly mean that the work goes on; where nothing says so,
        the reader cannot know.

    Fails::

        [[measures]]
        title = "電子申請"
        schedule = [{ start = 2023, text = "調査" }, { start = 2026, text = "導入" }]

    Passes::

        [[measures]]
        title = "電子申請"
        schedule = [{ start = 2023, end = 2025, text = "調査" }, { start = 2026, text = "導入" }]

    Fix:
        Compare with the document: an arrow across the cells is an `end`, a line without an
        end is `open`.

    Source:
        Schedules of published plans.
    """
    for item, measure in view.measures:
        entries = [(span, entry) for entry in measure.schedule if (span := _entry_span(entry))]
        if measure.continuous or any(entry.open or entry.recurrence for entry in measure.schedule):
            continue
        entries.sort(key=lambda pair: pair[0])
        reach: dt.date | None = None
        for (start, end), entry in entries:
            if reach and start - reach > _YEAR and entry.start is not None:
                yield found(item, entry, after=FiscalYear.of(reach), until=FiscalYear.of(start))
                break
            reach = max(reach, end) if reach else end


@lru_cache(maxsize=4096)
def _reversed(start: Time, end: Time) -> bool:
    return Period(start=start, end=end).reversed


def _entry_span(entry: ScheduleEntry) -> tuple[dt.date, dt.date] | None:
    start = entry.start if entry.start is not None else entry.end
    end = entry.end if entry.end is not None else entry.start
    if start is None or end is None or last_day(end) < first_day(start):
        return None
    return first_day(start), last_day(end)


@rule("MX209", "edition-after-period", Severity.WARNING)
def edition_after_period(view: View) -> Iterator[Fault]:
    """The edition is of a time after the plan's period.

    Why:
        A plan that has ended is not updated; the edition or the period was read wrongly. Not
        reported for the final edition.

    Fails::

        period = { start = 2018, end = 2022 }
        edition = { label = "令和6年度更新", year = 2024 }

    Passes::

        period = { start = 2018, end = 2022 }
        edition = { label = "最終版", year = 2023, status = "final" }

    Fix:
        Correct the period or the edition.

    Source:
        The munidx design: `Edition`.
    """
    period, edition = bound_by_period(view.plan), view.plan.edition
    if period is None or period.end is None or edition is None:
        return
    time = edition.date if edition.date is not None else edition.year
    if time is None or edition.status is EditionStatus.FINAL:
        return
    if first_day(time) > last_day(period.end):
        yield found(view.items[0], edition, time=time, end=period.end)


@rule("MX210", "evaluation-after-edition", Severity.WARNING)
def evaluation_after_edition(view: View) -> Iterator[Fault]:
    """An evaluation is of a year that begins after the edition was published.

    Why:
        A year that has not begun cannot have been evaluated.

    Fails::

        edition = { year = 2022 }
        goals = [{ title = "便利なまち", evaluations = [{ year = 2023, results = "達成" }] }]

    Passes::

        edition = { year = 2022 }
        goals = [{ title = "便利なまち", evaluations = [{ year = 2022, results = "達成" }] }]

    Fix:
        Correct the year; what is planned for the next year belongs to `next_steps`.

    Source:
        The munidx design: `Evaluation`.
    """
    end = edition_end(view.plan)
    for item, told in view.evaluations:
        if end and told.year is not None and told.year.first_day > end:
            yield found(item, told, time=told.year, edition=str(end))


@rule("MX212", "node-outside-period", Severity.WARNING)
def node_outside_period(view: View) -> Iterator[Fault]:
    """A goal or measure starts after the plan's period, or ended before it.

    Why:
        What lies wholly outside the period is no part of the plan: a year is wrong, or the
        row belongs to another plan. One that began earlier and goes on is not reported.

    Fails::

        period = { start = 2023, end = 2027 }
        measures = [{ title = "電子申請", start = 2028 }]

    Passes::

        period = { start = 2023, end = 2027 }
        measures = [{ title = "電子申請", start = 2020 }]

    Fix:
        Compare with the document.

    Source:
        Review of published plans.
    """
    period = bound_by_period(view.plan)
    if period is None:
        return
    for item, node in view.works:
        early = node.end is not None and not holds(Period(start=period.start), node.end)
        late = node.start is not None and not holds(Period(end=period.end), node.start)
        if early or late:
            time = node.start if late else node.end
            yield found(item, time=time, start=period.start, end=period.end)
