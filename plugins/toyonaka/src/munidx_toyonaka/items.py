"""Bullets read: what is planned becomes a measure with its schedule, what was done an indicator."""

import re
from typing import Final

from attrs import evolve, frozen

from munidx.japanese.characters import align, compact
from munidx.japanese.marks import status_of
from munidx.japanese.numerals import DIGITS, UNIT, parse_number
from munidx.japanese.periods import parse_period
from munidx.japanese.schedules import find_schedules, read_schedule
from munidx.model import (
    FiscalYear,
    Indicator,
    Labels,
    Measure,
    Observation,
    ScheduleEntry,
    Status,
)
from munidx_toyonaka.figures import AFTER, observe, read_chain
from munidx_toyonaka.pieces import Piece, brackets

__all__ = ["Titled", "is_unbalanced", "read_done", "read_planned", "read_values", "split_title"]

_COLON: Final = re.compile(r"\s*[:：]\s*")
_ABOUT: Final = re.compile(r"[:：は]\s*(?P<when>[^:：は]{1,40})$")
_COUNT: Final = re.compile(
    rf"(?:全|延べ|約)?\s?(?P<number>{DIGITS})(?:\s?~\s?(?P<high>{DIGITS}))?"
    rf"\s?(?P<unit>{UNIT}|[一-鿿ァ-ヺー]{{1,4}}?)(?P<after>{'|'.join(AFTER)})?"
)


@frozen(kw_only=True)
class Titled:
    """A text without the bracketed words that end it."""

    title: str
    inner: tuple[str, ...] = ()
    """What stands in round brackets at its end, from left to right."""
    marks: tuple[str, ...] = ()
    """What stands in 【】 at its end."""
    marked: str = ""
    """The text before the first of the marks, with the round brackets that stand there."""


def split_title(text: str) -> Titled:
    """``text`` parted into its title and the brackets at its end."""
    spans = brackets(text)
    end = len(text.rstrip())
    inner: list[str] = []
    marks: list[str] = []
    marked = text
    while spans and spans[-1][1] == end and text[spans[-1][0]] in "(（【" and spans[-1][0]:
        start, last = spans.pop()
        told = text[start + 1 : last - 1].strip()
        if not text[:start].strip():
            break
        end = len(text[:start].rstrip())
        if text[start] == "【":
            marks.insert(0, told)
            marked = text[:end]
        else:
            inner.insert(0, told)
    return Titled(title=text[:end], inner=tuple(inner), marks=tuple(marks), marked=marked)


def is_unbalanced(text: str) -> bool:
    """Whether ``text`` opens a bracket that it does not close, or the reverse."""
    kept, place = [], 0
    for start, end in brackets(text):
        kept.append(text[place:start])
        place = end
    kept.append(text[place:])
    return any(sign in "()（）【】「」『』" for sign in "".join(kept))


def read_planned(piece: Piece, year: FiscalYear | None) -> Measure:
    """What is planned: title, schedule, figures to be reached, 【…】 as status or label.

    Months and halves belong to ``year``, the fiscal year of the sheet, where it is known.
    """
    told = split_title(piece.text)
    title, tail = told.title, ""
    if not told.inner and not told.marks:
        title, tail = _behind_colon(title, year)
    schedule: list[ScheduleEntry] = []
    words: list[str] = []
    targets: list[Indicator] = []
    for inner in (*told.inner, *([tail] if tail else [])):
        entries, rest = _schedule(inner, year, piece.source)
        schedule += entries
        target = _target(rest, piece.source) if rest else None
        if target:
            targets.append(target)
        elif rest:
            words.append(rest)
    status: Status | None = None
    labels: dict[str, str] = {}
    for mark in told.marks:
        entries, rest = _schedule(mark, year, piece.source)
        schedule += entries
        said = status_of(rest) if rest else None
        if rest and (said in (None, Status.ACTIVE) or status is not None):
            labels[rest] = rest
        status = status or said
    return Measure(
        title=title,
        level="",
        status=status,
        description="\n".join(words),
        schedule=tuple(schedule),
        indicators=tuple(targets),
        labels=Labels(labels),
        source=piece.source,
    )


def read_values(piece: Piece) -> Indicator | None:
    """An item that is a row of values over time: the first is the baseline, the others targets.

    A lone value with its time is a target.
    """
    chain = read_chain(piece.text, piece.source)
    if chain is None:
        return None
    title = re.sub(r"[\s:：、(（]+$", "", piece.text[: chain.start])
    dated = [_dated(value, time) for value, time in zip(chain.values, chain.times, strict=True)]
    return Indicator(
        title=title,
        statement=piece.text,
        baseline=dated[0] if len(dated) > 1 else None,
        targets=tuple(dated[1:] or dated),
        source=piece.source,
    )


def read_done(piece: Piece, year: FiscalYear | None) -> Indicator | None:
    """What was done, where figures tell it; None where there are none.

    A lone figure belongs to ``year``, which is inferred; of several the year stays open, for
    they are figures of different things.
    """
    baseline, actuals = observe(piece.text, piece.source)
    if not actuals:
        return None
    told = split_title(piece.text)
    if year is not None and len(actuals) == 1:
        actuals = (evolve(actuals[0], year=year, inferred=("year",)),)
    return Indicator(
        title=told.title.lstrip("※ "),
        statement=piece.text,
        baseline=baseline,
        actuals=actuals,
        source=piece.source,
    )


def _dated(value: Observation, time: str) -> Observation:
    period = parse_period(time) if time else None
    if period is None:
        return value
    if period.start == period.end and isinstance(period.start, int):
        return evolve(value, year=FiscalYear(period.start))
    return evolve(value, period=period)


def _behind_colon(title: str, year: FiscalYear | None) -> tuple[str, str]:
    """``調査研究：随時``: the time behind the last colon, if it is one."""
    found = list(_COLON.finditer(title))
    if not found or not title[: found[-1].start()].strip():
        return title, ""
    tail = title[found[-1].end() :]
    entries = find_schedules(tail, year=year)
    if not entries or not compact(tail).startswith(compact(entries[0].text)):
        return title, ""
    return title[: found[-1].start()], tail


def _schedule(
    inner: str, year: FiscalYear | None, source: str
) -> tuple[tuple[ScheduleEntry, ...], str]:
    """The schedule in a bracket's words, and what stands before it."""
    entries = find_schedules(inner, year=year, source=source)
    if entries:
        at = inner.find(entries[0].text)
        return entries, inner[: max(at, 0)].strip(" 、,，;；")
    found = _ABOUT.search(inner)
    entry = read_schedule(found["when"], year=year, source=source) if found else None
    if entry:
        return (evolve(entry, text=inner),), ""
    return (), inner


def _target(text: str, source: str) -> Indicator | None:
    """A bracket that holds a count alone: ``6回``, ``7校区``."""
    found = _COUNT.fullmatch(align(text).text)
    if not found:
        return None
    told = observe(f"({text})", source)[1]
    number, high = (parse_number(found[name] or "") for name in ("number", "high"))
    whole = Observation(
        value=number if high is None else None,
        low=number if high is not None else None,
        high=high,
        comparator=AFTER.get(found["after"] or ""),
        source=source,
    )
    target = evolve(told[0] if len(told) == 1 else whole, unit=found["unit"], text=text)
    return Indicator(statement=text, targets=(target,), source=source)
