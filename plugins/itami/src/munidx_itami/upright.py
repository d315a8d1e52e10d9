"""Pages that pdfium took for vertical text: one letter on each line.

It does so with pages of few lines, the rest of a table most often. Where cells end such text does
not say, so its letters are put together and read by the form of a row: a code of six digits, a
title, ○, six digits of 款項目, two sums of money, a department. Sums are told apart by how they are
printed (no zero in front, a comma before each three digits); where they could be parted in two
ways the row is left as it is, and told.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final

from attrs import evolve

from munidx.findings import Severity
from munidx_itami.lines import Kind, Line, line_of
from munidx_itami.notes import Notes
from munidx_itami.pieces import kind_of
from munidx_itami.sorting import is_unit

__all__ = ["whole_lines"]

_LETTERS: Final = 8
"""Fewer lines of one letter are a narrow label (成, 果, 指, 標)."""
_WORDS: Final = re.compile(
    r"事務事業コード|事務事業名|主要事業|款項目|担当課|事業費(?!合計)|人件費|[—－-]"
    r"|(?:R|令和)(?:\d{1,2}|元)(?:[（(][^()（）\d]{1,6}[)）])?"
)
_ROW: Final = re.compile(
    r"(?P<code>\d{6})(?P<title>[^\d○〇◯●◎]+?)(?P<mark>[○〇◯●◎]?)(?P<figures>(?:---)?[\d,]+)"
    r"(?P<unit>[^\d]+?)(?=\d{6}[^\d,]|事業費合計|$)"
)
_TOTAL: Final = re.compile(
    r"(事業費合計[(（][^()（）]+[)）])([-－—])((?:R|令和)(?:\d{1,2}|元))([-－—])([\d,]+)"
)
_MONEY: Final = re.compile(r"0|[1-9]\d{0,2}(?:,\d{3})*")


def whole_lines(lines: Sequence[Line], notes: Notes) -> Iterator[Line]:
    """``lines``, with those of one letter put together and read as rows."""
    for single, group in groupby(lines, key=lambda line: len(line.text) == 1):
        run = list(group)
        if single and len(run) >= _LETTERS:
            yield from _read(run, notes)
        else:
            yield from run


def _read(run: Sequence[Line], notes: Notes) -> Iterator[Line]:
    text = "".join(line.text for line in run)
    gap, start = run[0].gap, 0
    for part, known, end in _parts(text):
        first, last = run[start], run[end - 1].place.line
        place = evolve(first.place, last=last) if first.place.line and end - start > 1 else None
        line = line_of(part, place or first.place, gap=gap, page=first.page)
        if not known and kind_of(part) is Kind.TEXT:
            told = {"text": part[:40], "reason": "one letter a line"}
            notes.tell("MX920", Severity.WARNING, [line], **told)
        yield line
        gap, start = 0, end


def _parts(text: str) -> Iterator[tuple[str, bool, int]]:
    """The lines that ``text`` holds, whether each was understood, and where it ends."""
    spot = 0
    words: list[str] = []
    while found := _WORDS.match(text, spot):
        words.append(found[0])
        spot = found.end()
    if words:
        yield " ".join(words), True, spot
    while row := _ROW.match(text, spot):
        figures = _figures(row["figures"])
        spot = row.end()
        if figures and is_unit(row["unit"]):
            told = (row["code"], row["title"], row["mark"], *figures, row["unit"])
            yield " ".join(part for part in told if part), True, spot
        else:
            yield row[0], False, spot
    total = _TOTAL.fullmatch(text, spot)
    if total:
        label, mark, year, dash, figure = total.groups()
        yield label, True, total.end(1)
        yield f"{mark} {year}", True, total.end(3)
        yield f"{dash} {figure}", True, total.end(5)
    elif text[spot:]:
        yield text[spot:], False, len(text)


def _figures(text: str) -> tuple[str, str, str] | None:
    """款項目 and two sums of money; None where they could be parted in two ways, or in none."""
    ways = set()
    for size in (3, 6, 0):
        budget, rest = text[:size], text[size:]
        if budget and not re.fullmatch(r"---|\d{6}", budget):
            continue
        for end in range(1, len(rest)):
            if _MONEY.fullmatch(rest, 0, end) and _MONEY.fullmatch(rest, end):
                code = " ".join(budget if size < 6 else re.findall("..", budget))  # noqa: PLR2004
                ways.add((code, rest[:end], rest[end:]))
    return ways.pop() if len(ways) == 1 else None
