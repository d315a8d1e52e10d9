"""A cell of a table as a part of a node: owners, money, figures, years, statuses."""

import re
from collections.abc import Iterator
from itertools import zip_longest
from typing import Any, Final

from attrs import evolve

from munidx.adapters.tables.form import Column
from munidx.adapters.tables.headings import Slot, basis_of
from munidx.japanese.characters import align, compact
from munidx.japanese.eras import parse_fiscal_year, parse_time_text
from munidx.japanese.figures import Figure, find_figures
from munidx.japanese.marks import is_dash, split_marks, status_of
from munidx.japanese.numerals import parse_yen
from munidx.japanese.periods import parse_period
from munidx.model import (
    Cost,
    FiscalYear,
    Observation,
    Owner,
    Period,
    State,
    Status,
    Time,
)

__all__ = [
    "as_title",
    "cost_of",
    "is_parted",
    "is_plain",
    "is_worded",
    "observation_of",
    "owners_of",
    "period_of",
    "points_of",
    "status_and_title",
    "time_of",
    "when_of",
]

_ENDING: Final = re.compile(
    r"(?:[部局課室係班所館署院校園会]|センター|担当|会議|全庁)(?:\([^()]{1,20}\))?$"
)
_APART: Final = re.compile(r"\s*[/／、，,;；]\s*")
_BESIDE: Final = re.compile(r"(?<=[課室係])\s+(?=\S+[課室係]$)")
_ABOVE: Final = re.compile(r"(?P<above>\S{1,20}[部局])[ \u3000](?P<name>\S{1,30})")
_LATIN_GAP: Final = re.compile(r"(?<=[A-Za-z0-9])\s+(?=[A-Za-z0-9])")
_PRINTED: Final = {
    Status.ADDED: ("追加", "新規"),
    Status.ABOLISHED: ("廃止",),
    Status.COMPLETED: ("完了", "終了"),
    Status.SUSPENDED: ("休止",),
}
_STATES: Final = (
    (re.compile(r"未定|未設定|検討中|調査中|調整中|集計中|算定中|今後設定"), State.UNDETERMINED),
    (re.compile(r"非公表|非公開"), State.WITHHELD),
)
_DIGITS_APART: Final = re.compile(r"\d\s+\d")
_MOST: Final = 20  # times of a cell
_PLAIN: Final = Column("costs", "")
_LONGEST: Final = 60  # characters of a figure with its words
_COUNTED: Final = re.compile(
    r"(?P<unit>[^\W\d_ぁ-ゖ年月日時分秒度]{1,3}?)(?P<how>以上|以下|以内|未満|超|程度)?"
)
_NUMBERED: Final = re.compile(r"^[①-⑳]\s*(?=[△▲+-]?\s?\d)")
"""The number of a value, where a cell holds those of several indicators: ①210."""
_BULLET: Final = re.compile(r"^\s*[・･•●○■◆]\s*")


def as_title(text: str, *, tight: bool = False) -> str:
    """``text`` without the line breaks of its cell; between Latin words they are spaces.

    With ``tight`` any white space is a line break.
    """
    kept = _LATIN_GAP.sub("\0", text.strip())
    return re.sub(r"\s+" if tight else r"\s*\n\s*", "", kept).replace("\0", " ")


def status_and_title(text: str, *, tight: bool = False) -> tuple[Status | None, str]:
    """The status that 【追加】 and its like give, and the title without it.

    A mark stays in the title unless it is one of the plain words for its status.
    """
    bare, marks = split_marks(text)
    told = [status for mark in marks if (status := status_of(mark))]
    plain = [mark for mark in marks if is_plain(mark)]
    if told and len(plain) == len(marks):
        return told[0], as_title(bare, tight=tight)
    return (told[0] if told else None), as_title(text, tight=tight)


def is_plain(mark: str) -> bool:
    """Whether the status says all that the word ``mark`` does."""
    status = status_of(mark)
    return status is not None and compact(mark).strip("【】[]()") in _PRINTED.get(status, ())


def owners_of(text: str, source: str, *, tight: bool = False) -> Iterator[Owner]:
    """The units of a cell, parted by ``、`` ``/`` and line breaks, and by ``・`` between units.

    ``子ども・若者課`` is one unit, and a name that a narrow cell broke over lines is joined; with
    ``tight`` any white space is such a break.
    """
    for name in _names(text):
        found = None if tight else _ABOVE.fullmatch(name)
        if found:
            yield Owner(name=found["name"], path=(found["above"],), source=source)
        else:
            yield Owner(name=as_title(name, tight=tight), source=source)


def _names(text: str) -> Iterator[str]:
    for stretch in _APART.split(text):
        for broken in _joined(re.split(r"\s*\n\s*", stretch)):
            pieces = re.split(r"\s*[・･]\s*", broken)
            units = all(_ENDING.search(align(piece).text) for piece in pieces)
            for piece in pieces if units else [broken]:
                yield from filter(None, map(str.strip, _BESIDE.split(piece)))


def _joined(lines: list[str]) -> Iterator[str]:
    """Lines put together until one ends as a unit does; a lone 課 ends the line above."""
    waiting = ""
    for line, following in zip_longest(lines, lines[1:], fillvalue=""):
        waiting += line
        if _ENDING.search(align(waiting).text) and len(following) != 1:
            yield waiting
            waiting = ""
    if waiting:
        yield waiting


def time_of(text: str) -> Time | None:
    """The fiscal year, or else the time, that a cell is."""
    return parse_fiscal_year(text) or parse_time_text(text)


def when_of(text: str) -> dict[str, Any]:
    """The time of an observation that a cell of its own says: its fields; {} if it says none.

    >>> when_of("令和8年度"), when_of("令和8年3月"), when_of("R6～R8")["period"].end
    ({'year': FiscalYear(2026)}, {'date': '2026-03'}, FiscalYear(2026))
    """
    year, time = parse_fiscal_year(text), parse_time_text(text)
    if year is not None and (isinstance(time, FiscalYear) or time == str(year)):
        return {"year": year}
    if time is not None:
        return {"date": time}
    period = period_of(text)
    return {"period": period} if period else {}


def period_of(text: str) -> Period | None:
    """The period that a cell says; several times that nothing joins are none."""
    pieces = text.split()
    if len(pieces) > 1 and all(time_of(piece) or piece.isdecimal() for piece in pieces[:_MOST]):
        return None
    return parse_period(text)


def is_parted(text: str) -> bool:
    """Whether white space stands between digits: two numbers, or nobody can tell."""
    return _DIGITS_APART.search(text) is not None


def is_worded(text: str) -> bool:
    """Whether a cell says more of a time than its fiscal year: a day, a month, 末."""
    return "date" in when_of(text) or compact(text).endswith(("末", "頃", "ごろ", "中"))


def points_of(text: str) -> tuple[str, ...]:
    """The points of a cell: its lines where each begins with a bullet, else the whole."""
    lines = [line for line in text.splitlines() if line.strip()]
    if len(lines) > 1 and all(_BULLET.match(line) for line in lines):
        return tuple(_BULLET.sub("", line).strip() for line in lines)
    return (text.strip(),)


def cost_of(text: str, slot: Slot, year: FiscalYear | None, source: str) -> tuple[Cost, bool]:
    """The money of a cell, and whether it is understood: words and dashes are, as they stand.

    Without a unit, printed or declared, a figure is no amount: yen and thousands look alike.
    """
    bare = compact(text)
    column = slot.column or _PLAIN
    known = slot.unit if slot.unit.endswith("円") else column.unit
    amount = parse_yen(text, known or "円") if known or "円" in bare else None
    cost = Cost(
        year=year,
        amount=amount,
        category=slot.category,
        basis=column.basis or basis_of(slot.heading),
        funding=column.funding,
        text=text,
        source=source,
    )
    return cost, amount is not None or not re.search(r"\d", bare)


def observation_of(
    text: str, years: tuple[FiscalYear, ...], unit: str, source: str
) -> tuple[Observation, bool]:
    """The value of a cell, and whether it is understood.

    A figure with words around it that are not its own is a value in words.
    """
    year = years[0] if len(years) == 1 else None
    period = Period(start=years[0], end=years[-1]) if len(years) > 1 else None
    read = Observation(year=year, period=period, text=text, source=source)
    return _valued(read, text, unit)


def _valued(read: Observation, text: str, unit: str) -> tuple[Observation, bool]:
    if is_dash(text):
        return evolve(read, state=State.NOT_APPLICABLE), True
    for pattern, state in _STATES:
        if pattern.search(text):
            return evolve(read, state=state), True
    bare = _NUMBERED.sub("", align(text).text.strip())
    figure = _figure(bare) if len(bare) <= _LONGEST else None
    if figure:
        own = "" if figure.unit == compact(unit) else figure.unit
        return evolve(figure.put_into(read), unit=own), True
    clear = not re.match(r"[△▲+-]?\s?\d", bare)
    return evolve(read, state=State.QUALITATIVE), clear


def _figure(text: str) -> Figure | None:
    """The figure that ``text`` is, with nothing beside it."""
    figures = find_figures(text)
    if len(figures) != 1:
        return None
    (figure,) = figures
    rest = text[figure.end :].strip()
    if text[: figure.start].strip():
        return None
    if not rest:
        return figure
    found = _COUNTED.fullmatch(rest)
    if not found or figure.unit:
        return None
    # A unit that nobody listed: 400灯以上. Without it the rest is a figure.
    bare = text[: figure.end] + (found["how"] or "")
    again = _figure(bare) if bare != text else None
    return evolve(again, unit=found["unit"]) if again else None
