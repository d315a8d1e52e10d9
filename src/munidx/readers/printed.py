"""How a spreadsheet prints a value: by the cell's number format, as far as plans use it.

Known are per cent, thousands, decimals, signs and words around a number (``#,##0;"△ "#,##0``),
and dates with the eras of Japan (``ggge"年"m"月"d"日"``). What a format asks beyond that is left
out; the value itself is never rounded away: a format with fewer places than the value has shows
the value in full.
"""

import datetime as dt
import functools
import re
from decimal import Context, Decimal
from typing import Final

__all__ = ["FORMATS", "printed"]

FORMATS: Final = {
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%",
    14: "yyyy/m/d", 15: "d-mmm-yy", 17: "mmm-yy", 20: "h:mm", 21: "h:mm:ss", 22: "yyyy/m/d h:mm",
    27: "[$-411]ge.m.d", 28: '[$-411]ggge"年"m"月"d"日"', 29: '[$-411]ggge"年"m"月"d"日"',
    30: "m/d/yy", 31: 'yyyy"年"m"月"d"日"', 32: 'h"時"mm"分"', 33: 'h"時"mm"分"ss"秒"',
    34: 'yyyy"年"m"月"', 35: 'm"月"d"日"', 36: "[$-411]ge.m.d", 37: "#,##0;-#,##0",
    38: "#,##0;-#,##0", 39: "#,##0.00;-#,##0.00", 40: "#,##0.00;-#,##0.00", 41: "#,##0",
    50: "[$-411]ge.m.d", 51: '[$-411]ggge"年"m"月"d"日"', 52: 'yyyy"年"m"月"', 53: 'm"月"d"日"',
    54: '[$-411]ggge"年"m"月"d"日"', 55: 'yyyy"年"m"月"', 56: 'm"月"d"日"', 57: "[$-411]ge.m.d",
    58: '[$-411]ggge"年"m"月"d"日"',
}  # fmt: skip
"""The formats that have a number and no code in the file, as Excel in Japan has them."""

_ERAS: Final = (
    (dt.date(2019, 5, 1), "令和", "R"),
    (dt.date(1989, 1, 8), "平成", "H"),
    (dt.date(1926, 12, 25), "昭和", "S"),
    (dt.date(1912, 7, 30), "大正", "T"),
    (dt.date(1868, 1, 25), "明治", "M"),
)
_TOKEN: Final = re.compile(
    r'"(?P<word>[^"]*)"|\\(?P<sign>.)|\[(?P<bracket>[^\]]*)\]|(?P<fill>[_*].)'
    r"|(?P<time>y+|m+|d+|g+|e+|h+|s+|a{3,4}|AM/PM)|(?P<number>[#0?][#0?,.]*)|(?P<other>.)",
    re.IGNORECASE | re.DOTALL,
)
_PLAIN: Final = {"", "general", "@"}
_WEEKDAYS: Final = "月火水木金土日"
_FLOAT: Final = Context(prec=15)
_LONG: Final = 256  # characters of a format; longer ones are no formats


def printed(value: object, code: str = "") -> str:
    """``value`` as a cell with the number format ``code`` prints it."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, dt.datetime | dt.date | dt.time):
        return _date(value, code)
    if isinstance(value, dt.timedelta):
        return str(value)
    if isinstance(value, int | float):
        return _number(value, code)
    return "" if value is None else str(value)


def _plain(value: float | Decimal) -> str:
    """A number without an exponent and without zeros at its end."""
    text = format(Decimal(repr(value)) if isinstance(value, float) else Decimal(value), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _number(value: float, code: str) -> str:
    if value != value or value in (float("inf"), float("-inf")) or len(code) > _LONG:  # noqa: PLR0124
        return str(value)
    sections = _sections(code)
    section, own_sign = sections[0], False
    if value < 0 and len(sections) > 1:
        section, own_sign = sections[1], True
    elif value == 0 and len(sections) > 2:  # noqa: PLR2004 - the third is that of zero
        section = sections[2]
    if section.lower() in _PLAIN:
        return _plain(value)
    parts: list[str] = []
    shown = False
    tokens = list(_TOKEN.finditer(section))
    per_cent = any(token["other"] in {"%", "％"} for token in tokens)
    for token in tokens:
        if token["number"] and not shown:
            shown = True
            parts.append(_digits(abs(Decimal(_plain(value))), token["number"], per_cent=per_cent))
        elif token["time"]:
            parts.append(token["time"])
        else:
            parts.append(token["word"] or token["sign"] or token["other"] or "")
    text = "".join(parts).strip(" ")
    if not shown:
        return text if own_sign or value == 0 else _plain(value)
    return f"-{text}" if value < 0 and not own_sign else text


@functools.lru_cache(maxsize=256)
def _sections(code: str) -> list[str]:
    """The parts of a format for positive numbers, negative ones, and zero."""
    sections = [""]
    for token in _TOKEN.finditer(code):
        if token["other"] == ";":
            sections.append("")
        else:
            sections[-1] += token[0]
    return sections


def _digits(value: Decimal, pattern: str, *, per_cent: bool) -> str:
    if per_cent:
        value = value.scaleb(2)
    whole, _, decimals = pattern.partition(".")
    least = decimals.count("0")
    # What binary fractions add (0.1 + 0.2) is no part of the value; a float tells 15 digits.
    text = _plain(_FLOAT.plus(value))
    head, _, tail = text.partition(".")
    tail = tail.ljust(least, "0")
    if "," in whole.rstrip(","):
        head = f"{int(head):,}"
    return f"{head}.{tail}" if tail else head


def _date(value: dt.datetime | dt.date | dt.time, code: str) -> str:
    section = _sections(code)[0] if len(code) <= _LONG else ""
    tokens = list(_TOKEN.finditer(section))
    if section.lower() in _PLAIN or not any(token["time"] for token in tokens):
        if isinstance(value, dt.datetime) and value.time() == dt.time():
            return value.date().isoformat()
        return str(value)
    parts: list[str] = []
    last = ""
    for index, token in enumerate(tokens):
        asked = (token["time"] or "").lower()
        if asked.startswith("m"):
            # Minutes stand behind hours or before seconds.
            ahead = next((each["time"].lower() for each in tokens[index + 1 :] if each["time"]), "")
            asked = "n" * len(asked) if last.startswith("h") or ahead.startswith("s") else asked
        if asked:
            parts.append(_time(value, asked))
            last = asked
        elif token["bracket"] is None and not token["fill"]:
            parts.append(token["word"] or token["sign"] or token["number"] or token["other"] or "")
    return "".join(parts).strip(" ")


def _time(value: dt.datetime | dt.date | dt.time, asked: str) -> str:
    """One part of a date or time."""
    kind, width = asked[0], 2 if len(asked) > 1 else 1
    clock = value if isinstance(value, dt.time | dt.datetime) else dt.time()
    if kind in "hns":
        number = {"h": clock.hour, "n": clock.minute, "s": clock.second}[kind]
        return f"{number:0{width}}"
    if asked == "am/pm":
        return "AM" if clock.hour < 12 else "PM"  # noqa: PLR2004 - noon
    if isinstance(value, dt.time):
        return ""
    return _day(value, asked, width)


def _day(value: dt.date, asked: str, width: int) -> str:
    kind = asked[0]
    if kind == "y":
        return f"{value.year:04}" if len(asked) > 2 else f"{value.year % 100:02}"  # noqa: PLR2004
    if kind in "ge":
        day = value.date() if isinstance(value, dt.datetime) else value
        first, name, letter = next((era for era in _ERAS if era[0] <= day), _ERAS[-1])
        if kind == "e":
            return f"{day.year - first.year + 1:0{width}}"
        return {1: letter, 2: name[0]}.get(len(asked), name)
    if kind == "a":
        return _WEEKDAYS[value.weekday()] + ("曜日" if len(asked) > 3 else "")  # noqa: PLR2004
    return f"{value.month if kind == 'm' else value.day:0{width}}"
