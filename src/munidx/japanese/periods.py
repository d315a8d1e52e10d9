"""Spans of time as documents print them: ``R3～R6``, ``令和5年度から令和9年度まで``, ``R8~``."""

import re
from typing import Final

from attrs import frozen

from munidx.japanese.characters import Aligned, align
from munidx.japanese.eras import FoundTime, find_times_aligned
from munidx.model import FiscalYear, OpenEnd, Period, Time, parse_time

__all__ = ["FoundPeriod", "find_periods", "find_periods_aligned", "parse_period"]

_LOOSE_END: Final = r"\s?(?:末(?:日|頃)?|中|当初|頃|ごろ)?\s*"
_SEPARATOR: Final = re.compile(rf"{_LOOSE_END}(?:から|より|~|至)\s*")
_DASH: Final = re.compile(r"\s?-\s?")
_AND: Final = re.compile(r"\s?(?:・|、|,|及び|と)\s?")
_UNTIL: Final = re.compile(rf"{_LOOSE_END}(?:までに?|迄|以前)")
# 「R9~更新」 is open; 「~笑顔のまち~」 is a subtitle, and 「~令和9年度」 another time.
_SINCE: Final = re.compile(
    rf"{_LOOSE_END}(?:(?:以降|以後|から|より)(?![0-9A-Za-z])"
    r"|~(?=$|[\s)】\]、,。:・;]|(?![元令平昭大明])[ァ-ヺ一-鿿](?![^~\n]{0,30}~)))"
)
_BEFORE: Final = re.compile(r"(?:^|[\s(【\[:、,])~\s?$")
# What stands behind the separator where the era is not printed again: R5~6, 令和6年4月~9月.
_SHORT: Final = re.compile(
    r"(?P<year>元|[0-9]{1,2})\s?(?P<unit>年度|年(?![度間代]))?"
    r"(?![0-9A-Za-z%件人回]|[.,][0-9]|\s?[月日年])"
    r"|(?P<next>[0-9]{1,2})\s?年\s?(?P<next_month>[0-9]{1,2})\s?月(?:\s?(?P<next_day>[0-9]{1,2})\s?日)?"
    r"|(?P<month>[0-9]{1,2})\s?月(?:\s?(?P<month_day>[0-9]{1,2})\s?日)?"
    r"|(?P<day>[0-9]{1,2})\s?日(?!間)"
)


@frozen(kw_only=True)
class FoundPeriod:
    """A span of time met in a text, or a single time, which is a span of its own."""

    start: int
    end: int
    """The span in the text that was searched."""
    text: str
    """As published."""
    period: Period
    open: OpenEnd | None = None
    """The end that is printed as open: ``end`` for ``R8~``, ``start`` for ``R9まで``."""
    times: tuple[FoundTime, ...] = ()
    """The times it is made of, with their checks and what of them is unknown."""


def find_periods(text: str) -> tuple[FoundPeriod, ...]:
    """The spans of time of ``text`` in their order; a lone time is a span from it to itself.

    A second end may leave out what it shares with the first (``R5~6``, ``令和6年4月~9月``).
    A dash joins only two whole times, for ``R5-6`` may be a number of its own. Fiscal years
    that follow each other in a list (``R5・R6``) are one span.
    """
    return find_periods_aligned(align(text))


def parse_period(text: str) -> Period | None:
    """The first span of time that ``text`` names; None where it names none.

    An unknown month leaves the year; :func:`find_periods` says that it is unknown.

    >>> parse_period("令和5(2023)年度から令和9年(2027)年度まで")
    Period(start=FiscalYear(2023), end=FiscalYear(2027))
    """
    found = find_periods(text)
    return found[0].period if found else None


def find_periods_aligned(aligned: Aligned) -> tuple[FoundPeriod, ...]:
    """:func:`find_periods` on a text already aligned; spans are those of the original."""
    found = find_times_aligned(aligned)
    places = [(aligned.locate(time.start), aligned.locate(time.end)) for time, _ in found]
    periods: list[FoundPeriod] = []
    index = 0
    while index < len(found):
        period, taken = _period(aligned, found, places, index)
        if period:
            periods.append(period)
        index += taken
    return tuple(periods)


def _period(
    aligned: Aligned,
    found: tuple[tuple[FoundTime, bool], ...],
    places: list[tuple[int, int]],
    index: int,
) -> tuple[FoundPeriod | None, int]:
    """The span that begins with the time at ``index``, and how many times it takes."""
    text = aligned.text
    first, bare = found[index]
    start, end = places[index]
    separator = _SEPARATOR.match(text, end) or _DASH.match(text, end)
    if separator and index + 1 < len(found) and places[index + 1][0] == separator.end():
        second, second_bare = found[index + 1]
        dashed = "-" in separator[0]
        if not (dashed and bare != second_bare and not isinstance(second.time, FiscalYear)):
            begin, finish = _as_kind(first, bare, second.time), second.time
            if bare and second_bare:
                begin, finish = _fiscal(first), _fiscal(second)
            last = _behind(text, places[index + 1][1], _UNTIL)
            told = Period(start=begin, end=finish)
            return _made(aligned, (start, last), told, (first, second)), 2
    short = _SHORT.match(text, separator.end()) if separator and "-" not in separator[0] else None
    if short:
        shortened = _short_end(first, bare, short)
        if shortened:
            last = _behind(text, short.end(), _UNTIL)
            return _made(aligned, (start, last), shortened, (first,)), 1
    if bare:
        return None, 1
    years = _listed(text, found, places, index)
    if years > 1:
        times = tuple(time for time, _ in found[index : index + years])
        told = Period(start=first.time, end=times[-1].time)
        last = _behind(text, places[index + years - 1][1], _UNTIL)
        return _made(aligned, (start, last), told, times), years
    return _single(aligned, first, start, end), 1


def _listed(
    text: str, found: tuple[tuple[FoundTime, bool], ...], places: list[tuple[int, int]], index: int
) -> int:
    """How many fiscal years follow each other in the list that begins here: ``R5・R6``."""
    years = 1
    while index + years < len(found):
        before, (time, _) = found[index + years - 1][0].time, found[index + years]
        joined = _AND.match(text, places[index + years - 1][1])
        if not joined or joined.end() != places[index + years][0]:
            break
        if not (isinstance(before, int) and isinstance(time.time, int)):
            break
        if time.time != before + 1:
            break
        years += 1
    return years


def _single(aligned: Aligned, first: FoundTime, start: int, end: int) -> FoundPeriod:
    """A time alone, with one end open where the text says so."""
    text = aligned.text
    until, since = _UNTIL.match(text, end), _SINCE.match(text, end)
    if until or _BEFORE.search(text[max(0, start - 3) : start]):
        last = until.end() if until else end
        period, open_end = Period(end=first.time), OpenEnd.START
    elif since:
        last, period, open_end = since.end(), Period(start=first.time), OpenEnd.END
    else:
        alone = Period(start=first.time, end=first.time)
        return _made(aligned, (start, end), alone, (first,))
    return _made(aligned, (start, last), period, (first,), open_end)


def _made(
    aligned: Aligned,
    span: tuple[int, int],
    period: Period,
    times: tuple[FoundTime, ...],
    open_end: OpenEnd | None = None,
) -> FoundPeriod:
    first, last = aligned.span(*span)
    text = aligned.original[first:last].rstrip()
    return FoundPeriod(
        start=first, end=first + len(text), text=text, period=period, open=open_end, times=times
    )


def _behind(text: str, end: int, words: re.Pattern[str]) -> int:
    found = words.match(text, end)
    return found.end() if found else end


def _fiscal(found: FoundTime) -> FiscalYear:
    year = found.era_year if found.era_year is not None else found.western
    return FiscalYear(year or int(str(found.time)[:4]))


def _as_kind(first: FoundTime, bare: bool, second: Time) -> Time:
    """A bare first end is of the second's kind: 令和5~令和9年度, 2022~2026年度."""
    return _fiscal(first) if bare and isinstance(second, int) else first.time


def _short_end(first: FoundTime, bare: bool, short: re.Match[str]) -> Period | None:
    """The span whose second end leaves out what it shares with ``first``; None if it has none."""
    year = int(str(first.time).removeprefix("FY")[:4])
    before = None if first.era_year is None else first.era_year - (first.count or 0)
    try:
        if short["year"]:
            return _short_year(first, bare, short, before)
        if short["next"]:
            following = (before or 0) + int(short["next"])
            end = _date(following, short["next_month"], short["next_day"])
        elif short["month"]:
            end = _date(year, short["month"], short["month_day"])
        else:
            end = _date(year, str(first.time)[5:7], short["day"])
        return Period(start=first.time, end=end) if len(str(first.time)) > 4 else None  # noqa: PLR2004
    except ValueError:
        return None


def _short_year(
    first: FoundTime, bare: bool, short: re.Match[str], before: int | None
) -> Period | None:
    """``R5~6``, ``令和5~9年度``, ``令和5年度~9年度``: a later year of the same era."""
    if before is None:
        return None
    year = before + (1 if short["year"] == "元" else int(short["year"]))
    fiscal = isinstance(first.time, FiscalYear)
    if short["unit"]:
        if fiscal != (short["unit"] == "年度") and not bare:
            return None
        fiscal = short["unit"] == "年度"
    elif bare or len(str(first.time)) > 4:  # noqa: PLR2004 - a month and a bare number
        return None
    end: Time = FiscalYear(year) if fiscal else str(year)
    start: Time = _fiscal(first) if fiscal else str(_fiscal(first))
    return Period(start=start, end=end) if int(end) >= int(start) else None


def _date(year: int, month: str, day: str | None) -> str:
    if not month:
        raise ValueError(day)
    text = f"{year}-{int(month):02}" + (f"-{int(day):02}" if day else "")
    parse_time(text)
    return text
