"""A target statement under reading: its normalised text, and what of it is understood."""

import re
from typing import Final

from attrs import frozen

from munidx.japanese.characters import Aligned
from munidx.japanese.periods import FoundPeriod, find_periods_aligned

__all__ = ["Body", "body_of"]

_SURVEY: Final = r"[^()\n]{1,40}(?:調査|アンケート|統計|白書|集計|報告書)"
_LEADING_SURVEY: Final = re.compile(rf"\s*\(\s?(?P<name>{_SURVEY})\s?\)\s*(?=\S)")
_TRAILING_SURVEY: Final = re.compile(rf"\s*\(\s?(?:出典\s?:\s?)?(?P<name>{_SURVEY})\s?\)[\s。]*$")
_QUOTED: Final = re.compile(r"「[^「」]{0,200}」|『[^『』]{0,200}』")
_LEADING_NUMBER: Final = re.compile(r"\s*(?:\([0-9]{1,2}\)|[0-9]{1,2}[.)](?![0-9])|[①-⑳])\s*")


@frozen
class Body:
    """A statement under reading: its normalised text and what of it is understood."""

    aligned: Aligned
    start: int
    end: int
    """The part that is neither a leading number nor a survey's name."""
    periods: tuple[tuple[int, int, FoundPeriod], ...]
    masked: str
    """The text with its times blanked out, of the same length."""
    gaps: tuple[tuple[int, int], ...]
    survey: str

    def cut(self, start: int, end: int) -> str:
        """The published words of a span."""
        return self.aligned.cut(start, end).strip()


def body_of(aligned: Aligned) -> Body:
    """The statement ``aligned`` without its leading number and the name of a survey."""
    text = aligned.text
    start, end, survey = 0, len(text), ""
    number = _LEADING_NUMBER.match(text)
    if number and number.end() < end:
        start = number.end()
    leading = _LEADING_SURVEY.match(text, start)
    trailing = _TRAILING_SURVEY.search(text, start)
    if leading:
        survey, start = aligned.cut(*leading.span("name")), leading.end()
    elif trailing and trailing.start() > start:
        survey, end = aligned.cut(*trailing.span("name")), trailing.start()
    periods = tuple(
        (aligned.locate(found.start), aligned.locate(found.end), found)
        for found in find_periods_aligned(aligned)
    )
    periods = tuple(one for one in periods if start <= one[0] and one[1] <= end)
    masked = text[:end]
    for first, last, _ in periods:
        masked = masked[:first] + " " * (last - first) + masked[last:]
    quoted = tuple(found.span() for found in _QUOTED.finditer(masked))
    gaps = (*((first, last) for first, last, _ in periods), *quoted)
    return Body(aligned, start, end, periods, masked, gaps, survey)
