"""Schedule words: when a thing is done, in years, in months of a fiscal year, or how often.

``R5~6``, ``R8~``, ``R9まで``, ``令和7年度``; ``8月``, ``10月～12月``, ``上半期``, ``年度内`` of a
fiscal year that stands elsewhere; ``通年``, ``毎年度1回``, ``随時``.
"""

import re
from typing import Final

from attrs import evolve

from munidx.japanese.characters import Aligned, align
from munidx.japanese.periods import find_periods_aligned
from munidx.model import FiscalYear, OpenEnd, Recurrence, ScheduleEntry, Time

__all__ = ["find_schedules", "read_schedule"]

_RECURRENCES: Final = (
    (re.compile(r"通年(?:実施|開催)?|年間を通[じし]て?|常時|継続実施"), Recurrence.THROUGHOUT),
    (
        re.compile(
            r"(?:毎年度?|各年度?|年度ごと|年度毎|年に?(?=\s?[0-9]))\s?(?:[0-9]{1,3}\s?(?:回|件|名|人|校|か所|箇所))?"
        ),
        Recurrence.YEARLY,
    ),
    (re.compile(r"随時|適時|適宜|都度|必要に応じて?"), Recurrence.AS_NEEDED),
)
_OFTEN: Final = re.compile(r"毎[月週日]\s?(?:[0-9]{1,3}\s?回)?|月\s?[0-9]{1,3}\s?回")
_PART: Final = re.compile(
    r"(?:(?:当|同)?年度)?(?P<half>[上下])(?:半期|期)(?:中|内|末)?"
    r"|(?:当|同)?年度(?P<within>内|中|末|当初)"
    r"|第?\s?(?P<quarter>[1-4一二三四])\s?四半期"
)
_MONTH: Final = r"(?:1[0-2]|[1-9])"
_TENTH: Final = r"(?:\s?(?:上旬|中旬|下旬|初旬|末|頃|ごろ|中|内))?"
_MONTHS: Final = re.compile(
    rf"(?P<first>{_MONTH})\s?月?{_TENTH}\s?(?:~|から|-)\s?(?P<last>{_MONTH})\s?月{_TENTH}(?:まで)?"
    rf"|(?P<month>{_MONTH})\s?月(?!間|額|次)(?:\s?(?P<day>[12][0-9]|3[01]|[1-9])\s?日)?{_TENTH}"
    r"\s?(?P<open>以降|から|より|~|まで)?"
)
_TAIL: Final = re.compile(r"\s*(?:予定|頃|ごろ|順次)?[\s。]*")
_PARTS: Final = re.compile(r"[^、,，;；\n]+")
_LOOSE: Final = re.compile(r"\s?(?:末|中|内|当初|頃|ごろ)?")
_QUARTERS: Final = "一二三四"


def read_schedule(text: str, *, year: int | None = None, source: str = "") -> ScheduleEntry | None:
    """The schedule entry that ``text`` is; None where it is no time phrase alone.

    Args:
        text: The phrase as published; kept as the entry's ``text``.
        year: The fiscal year of the table in which it stands. Months and halves get their year
            from it, and ``start`` and ``end`` are then named in ``inferred``; without it
            they stay words.
        source: The locator for the entry.
    """
    if len(text) > 200:  # noqa: PLR2004 - no phrase is longer
        return None
    aligned = align(text.strip())
    read = _leading(aligned, FiscalYear(year) if year is not None else None)
    if read is None or not _TAIL.fullmatch(aligned.text, read[1]):
        return None
    return evolve(read[0], text=text.strip(), source=source)


def find_schedules(
    text: str, *, year: int | None = None, source: str = ""
) -> tuple[ScheduleEntry, ...]:
    """The entries of a list such as ``通年、3月決定``: the parts that begin with a time phrase.

    Each keeps its whole part as ``text``; a part without a time belongs to the one before it.
    """
    context = FiscalYear(year) if year is not None else None
    entries: list[ScheduleEntry] = []
    begun = 0
    for part in _PARTS.finditer(text[:2000]):
        words = part[0].strip()
        read = _leading(align(words), context) if words else None
        if read:
            begun = part.start()
            entries.append(evolve(read[0], text=words, source=source))
        elif words and entries:
            entries[-1] = evolve(entries[-1], text=text[begun : part.end()].strip())
    return tuple(entries)


def _leading(aligned: Aligned, year: FiscalYear | None) -> tuple[ScheduleEntry, int] | None:
    """The entry that the text begins with, and where its phrase ends."""
    text = aligned.text
    for pattern, recurrence in _RECURRENCES:
        found = pattern.match(text)
        if found:
            return ScheduleEntry(recurrence=recurrence), found.end()
    often = _OFTEN.match(text)
    if often:
        return ScheduleEntry(), often.end()
    part = _PART.match(text)
    if part:
        return _within(_part_of(part, year)), part.end()
    months = _MONTHS.match(text)
    if months:
        return _months(months, year), months.end()
    periods = find_periods_aligned(aligned)
    if not periods or periods[0].start:
        return None
    first = periods[0]
    words = _LOOSE.match(text, aligned.locate(first.end))
    end = words.end() if words else len(text)
    return ScheduleEntry(start=first.period.start, end=first.period.end, open=first.open), end


def _part_of(found: re.Match[str], year: FiscalYear | None) -> Time | None:
    if year is None:
        return None
    if found["half"]:
        return f"FY{year}-H{1 if found['half'] == '上' else 2}"
    if found["quarter"]:
        printed = found["quarter"]
        number = _QUARTERS.index(printed) + 1 if printed in _QUARTERS else int(printed)
        return f"FY{year}-Q{number}"
    return year


def _within(time: Time | None) -> ScheduleEntry:
    if time is None:
        return ScheduleEntry()
    return ScheduleEntry(start=time, end=time, inferred=("start", "end"))


def _months(found: re.Match[str], year: FiscalYear | None) -> ScheduleEntry:
    """Months of a fiscal year: January to March lie in the next calendar year."""
    opening = {"まで": OpenEnd.START, None: None}.get(found["open"], OpenEnd.END)
    if year is None:
        return ScheduleEntry(open=opening)
    if found["last"]:
        start, end = _month(year, found["first"]), _month(year, found["last"])
        if end < start:
            return ScheduleEntry()
        return ScheduleEntry(start=start, end=end, inferred=("start", "end"))
    time = _month(year, found["month"])
    if found["day"]:
        time += f"-{int(found['day']):02}"
    return _opened(time, opening)


def _opened(time: str, opening: OpenEnd | None) -> ScheduleEntry:
    """A month or day, with one end open; nothing where no calendar has the day."""
    try:
        entry = _within(time)
    except ValueError:
        return ScheduleEntry()
    if opening is OpenEnd.START:
        return evolve(entry, start=None, open=opening, inferred=("end",))
    if opening is OpenEnd.END:
        return evolve(entry, end=None, open=opening, inferred=("start",))
    return entry


def _month(year: FiscalYear, month: str) -> str:
    number = int(month)
    return f"{int(year) + (number < 4)}-{number:02}"  # noqa: PLR2004 - April begins the year
