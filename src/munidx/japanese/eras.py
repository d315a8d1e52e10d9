"""Years, fiscal years and dates as Japanese documents print them.

Understood are era names and letters (``令和6年度``, ``R6``, ``R 4``, ``R元``, ``㋿6年度``), Western
years (``2024年度``, ``2024年4月``, ``FY2024``), both together (``令和6(2024)年度``,
``令和9年(2027)年度``, ``2024(令和6)年度``), dates (``令和6年8月31日``, ``R4.3``, ``2024/8/31``) and
halves and quarters of fiscal years. 年 is a calendar year (``"2024"``), 年度 and a bare ``R6``
a fiscal year. An era is counted on beyond its end (平成36年度 is 2024), as documents written
before the change do. Where a year is printed twice, what stands first decides and the other is
a check: see :attr:`FoundTime.mismatch`.

Source of the eras' first years: 元号法 and the 政令 under it (令和 2019, 平成 1989), before them
昭和 1926, 大正 1912, 明治 1868.
"""

import datetime as dt
import re
from typing import Final

from attrs import evolve, frozen

from munidx.japanese.characters import Aligned, align
from munidx.japanese.numerals import parse_number
from munidx.model import FiscalYear, Time, first_day

__all__ = [
    "FoundTime",
    "find_times",
    "find_times_aligned",
    "fiscal_year_of",
    "format_fiscal_year",
    "parse_fiscal_year",
    "parse_time_text",
]

_BEFORE_FIRST: Final = {
    "令和": 2018,
    "平成": 1988,
    "昭和": 1925,
    "大正": 1911,
    "明治": 1867,
    "R": 2018,
    "H": 1988,
    "S": 1925,
    "T": 1911,
    "M": 1867,
}
_LIMIT: Final = {"R": 60, "H": 60, "S": 120, "T": 20, "M": 50}
"""Beyond these counts a letter and a number are something else; an era's name counts on."""

_N: Final = r"(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})"
_COUNT: Final = r"(?:元|[0-9]{1,3}|[一二三四五六七八九十]{1,4})"
_ERA: Final = "令和|平成|昭和|大正|明治"
_WEST: Final = r"(?:1[89]|2[01])[0-9]{2}"


def _bracket(number: int) -> str:
    """A year in brackets beside another one; the brackets may stand at four places."""
    return (
        rf"\s?\(\s?(?:(?:西暦\s?)?(?P<west{number}>{_WEST})"
        rf"|(?P<era{number}>{_ERA}|[RHSTM])\s?(?P<count{number}>{_COUNT}))\s?(?:年度?)?\s?\)"
    )


_TIME: Final = re.compile(
    rf"(?:(?:(?P<era>{_ERA})\s?|(?<![0-9A-Za-z_./])(?<![A-Za-z]-)(?P<letter>[RHSTM])\s?)(?P<count>{_COUNT})(?![0-9])"
    rf"|(?:(?<![0-9A-Za-z.,/:-])|(?<=\b20[0-9][0-9]-))(?P<western>{_WEST})(?![0-9])"
    rf"|(?<![A-Za-z])(?P<fy>FY)\s?(?P<west_fy>{_WEST})(?![0-9])"
    r")"
    rf"(?:{_bracket(1)})?"
    r"(?:"
    # 年度, with the check before or behind the 年 and behind the 度
    rf"(?P<fiscal>\s?年\s?(?:{_bracket(2)}\s?(?:年\s?)?)?度(?:{_bracket(3)})?)(?!任用)"
    r"(?:\s?の?(?:(?P<half>[上下])(?:半期|期)|第?\s?(?P<quarter>[1-4一二三四])\s?四半期))?"
    # 年, and what follows down to the day; ● and blanks hold the place of an unknown one
    r"|(?P<calendar>\s?年)(?!代|間|生|齢|目|度)"
    rf"(?:{_bracket(4)}(?:\s?年)?)?"
    rf"(?:\s?(?P<month>{_N})\s?月(?!額|間|次|平均)(?:\s?(?P<day>{_N})\s?日(?!間)|\s?(?P<noday>[●○◯〇□×*_]{{1,2}})\s?日)?"
    r"|(?P<nomonth>\s?[●○◯〇□×*_]{1,2}\s?|[ \u3000]{1,4})月)?"
    # R4.3, R4.3.31, 2024/8/31
    r"|(?(western)[./-]|[./])(?P<dotted>[0-9]{1,2})(?:[./-](?P<dotted_day>[0-9]{1,2}))?(?![0-9%]|[.,/-][0-9])"
    r"|(?P<bare>(?![0-9A-Za-z%]|[.,/][0-9]|-(?!20[0-9]{2}(?![0-9-]))[0-9]|年))"
    r")"
)
_AFTER_TIME: Final = re.compile(r"\s?(?:末(?:日|頃)?|中|内|頃|ごろ|時点|現在|当初)?\s*")


@frozen(kw_only=True)
class FoundTime:
    """A time met in a text."""

    start: int
    end: int
    """The span in the text that was searched."""
    text: str
    """As published."""
    time: Time
    """No finer than printed and understood."""
    era_year: int | None = None
    """What the era's year is in the Western count; None where no era is printed."""
    count: int | None = None
    """The year as the era counts it: 6 for 令和6年."""
    western: int | None = None
    """The Western year as printed; None where none is."""
    unknown: tuple[str, ...] = ()
    """``month`` or ``day`` where a placeholder stands for it, or none that a calendar has."""

    @property
    def mismatch(self) -> bool:
        """Whether the era's year and the Western year are both printed and differ."""
        return None not in (self.era_year, self.western) and self.era_year != self.western


def find_times(text: str) -> tuple[FoundTime, ...]:
    """The times of ``text`` in their order.

    A bare Western year (``2024``) and an era's year without 年 (``令和6``) are none here: they
    may count something else. :func:`parse_fiscal_year` takes them. Letters need a word's
    boundary before them, and what follows must not make another number or word of them.
    """
    return tuple(found for found, bare in find_times_aligned(align(text)) if not bare)


def find_times_aligned(aligned: Aligned) -> tuple[tuple[FoundTime, bool], ...]:
    """The times of a text already aligned, each with whether it is bare (``2024``, ``令和6``)."""
    times = []
    for found in _TIME.finditer(aligned.text):
        told = _read(found)
        if told is None:
            continue
        start, end = aligned.span(*found.span())
        text = aligned.original[start:end].rstrip()
        bare = found["bare"] is not None and not found["letter"] and not found["fy"]
        times.append((evolve(told, start=start, end=start + len(text), text=text), bare))
    return tuple(times)


def parse_time_text(text: str) -> Time | None:
    """The time that ``text`` is, words such as 末 and 中 aside; None where it is none.

    A bare ``2024`` is the calendar year, for no finer thing is printed.

    >>> parse_time_text("令和8年3月末"), parse_time_text("R元"), parse_time_text("2024")
    ('2026-03', FiscalYear(2019), '2024')
    """
    found = _whole(text)
    if found is None:
        return None
    told, bare = found
    return told.time if not bare or told.era_year is None else FiscalYear(told.era_year)


def parse_fiscal_year(text: str) -> FiscalYear | None:
    """The fiscal year that ``text`` names, or in which the date that it names lies.

    A bare year (``2024``, ``令和6``) is read as a fiscal year, for one is asked for; a
    calendar year (``令和6年``) lies in two and is None.

    >>> parse_fiscal_year("R4.3"), parse_fiscal_year("平成36年度"), parse_fiscal_year("2024")
    (FiscalYear(2021), FiscalYear(2024), FiscalYear(2024))
    """
    found = _whole(text)
    if found is None:
        return None
    told, bare = found
    return FiscalYear(first_day(told.time).year) if bare else fiscal_year_of(told.time)


def fiscal_year_of(time: Time) -> FiscalYear | None:
    """The fiscal year that ``time`` is or lies in; None for a calendar year, which lies in two.

    >>> fiscal_year_of("2024-03"), fiscal_year_of("FY2024-H2"), fiscal_year_of("2024")
    (FiscalYear(2023), FiscalYear(2024), None)
    """
    if isinstance(time, int):
        return FiscalYear(time)
    return None if re.fullmatch(r"[0-9]{4}", time) else FiscalYear.of(first_day(time))


def format_fiscal_year(year: int) -> str:
    """``year`` as a Japanese reader writes it: the era in which it begins, 元年 for the first.

    A fiscal year that the era changed in is named by the era in force at its end, as the
    offices do: 2019 is 令和元年度.

    >>> format_fiscal_year(2024), format_fiscal_year(2019), format_fiscal_year(2018)
    ('令和6年度', '令和元年度', '平成30年度')
    """
    era = next(
        name for name in ("令和", "平成", "昭和", "大正", "明治") if year > _BEFORE_FIRST[name]
    )
    count = year - _BEFORE_FIRST[era]
    return f"{era}{'元' if count == 1 else count}年度"


def _whole(text: str) -> tuple[FoundTime, bool] | None:
    """The one time that ``text`` consists of, and whether it is bare."""
    aligned = align(text.strip())
    inner = aligned.text
    found = _TIME.match(inner) if len(inner) <= 80 else None  # noqa: PLR2004 - no time is longer
    told = _read(found) if found else None
    if not found or told is None or not _AFTER_TIME.fullmatch(inner, found.end()):
        return None
    return told, found["bare"] is not None and not found["letter"] and not found["fy"]


def _read(found: re.Match[str]) -> FoundTime | None:
    """What a match says, without its place; None where it is no time after all."""
    era_year = _era_year(found["era"] or found["letter"], found["count"])
    western = _number(found["western"] or found["west_fy"])
    year = era_year if era_year is not None else western
    if year is None or not 1868 <= year <= 2199:  # noqa: PLR2004 - Meiji 1 on
        return None
    if found["letter"] in ("S", "T", "M") and found["bare"] is not None:
        return None
    count = found["count"]
    if found["western"] and found["dotted"] and "." in found[0] and not found["dotted_day"]:
        return None  # 2024.5 is a decimal as well as a month
    for number in (1, 2, 3, 4):
        if found[f"west{number}"] and western is None:
            western = int(found[f"west{number}"])
        elif found[f"era{number}"] and era_year is None:
            count = found[f"count{number}"]
            era_year = _era_year(found[f"era{number}"], count)
    time, unknown = _time(found, year)
    return FoundTime(
        start=0,
        end=0,
        text="",
        time=time,
        era_year=era_year,
        count=_counted(count) if era_year is not None else None,
        western=western,
        unknown=unknown,
    )


def _time(found: re.Match[str], year: int) -> tuple[Time, tuple[str, ...]]:
    """The time of a match in ``year``, and what of it is unknown."""
    if found["half"]:
        return f"FY{year}-H{1 if found['half'] == '上' else 2}", ()
    if found["quarter"]:
        return f"FY{year}-Q{_number(found['quarter'])}", ()
    if found["fiscal"] or (found["bare"] is not None and not found["western"]):
        bare_era = found["bare"] is not None and found["era"]
        return (str(year) if bare_era else FiscalYear(year)), ()
    return _calendar_time(found, year)


def _calendar_time(found: re.Match[str], year: int) -> tuple[Time, tuple[str, ...]]:
    """The calendar year, month or day of a match; what no calendar has is unknown."""
    month = _number(found["month"] or found["dotted"])
    if month is None:
        return str(year), ("month",) if found["nomonth"] else ()
    if not 1 <= month <= 12:  # noqa: PLR2004 - months
        return str(year), ("month",)
    day = _number(found["day"] or found["dotted_day"])
    if day is None:
        return f"{year}-{month:02}", ("day",) if found["noday"] else ()
    try:
        return dt.date(year, month, day).isoformat(), ()
    except ValueError:
        return f"{year}-{month:02}", ("day",)


def _era_year(era: str | None, count: str | None) -> int | None:
    """The Western year of an era's year; None where the era cannot have it."""
    if not era or not count:
        return None
    number = _counted(count)
    if not number or number > _LIMIT.get(era, 180):
        return None
    return _BEFORE_FIRST[era] + number


def _counted(count: str | None) -> int | None:
    return 1 if count == "元" else _number(count)


def _number(text: str | None) -> int | None:
    value = parse_number(text) if text else None
    return None if value is None else int(value)
