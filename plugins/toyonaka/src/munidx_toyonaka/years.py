"""The fiscal year of a sheet, which the form does not print.

It follows from what the text says of other years. Two kinds of clue are taken: this year's work
prepares next year's policy and budget (令和6年度経営戦略方針, 2024経営戦略方針, 令和6年予算化: the
sheet is of the year before), and a row of values goes from the year before into this one
(77%(R4)→8割(R5~6): the sheet is of R5). The year is that which more than half of the clues name.
"""

import re
from collections.abc import Iterable
from typing import Final

from attrs import frozen

from munidx.japanese.characters import normalise
from munidx.japanese.eras import parse_fiscal_year
from munidx.japanese.periods import parse_period
from munidx.model import FiscalYear
from munidx_toyonaka.figures import read_chain

__all__ = ["Clue", "clues"]

_YEAR: Final = r"(?P<year>(?:令和|R)\s?(?:元|[0-9]{1,2})(?:年度?)?|20[0-9]{2}(?:年度?)?)"
_PREPARED: Final = re.compile(
    rf"(?<![0-9A-Za-z]){_YEAR}(?:の|に)?(?:経営戦略方針|当初予算|予算化|予算案|予算編成|予算要求|予算計上)"
)


@frozen(kw_only=True)
class Clue:
    """What speaks for a year."""

    year: FiscalYear
    text: str
    source: str


def clues(done: Iterable[tuple[str, str]], ahead: Iterable[tuple[str, str]]) -> tuple[Clue, ...]:
    """What the texts of the year's goals (``done``) and of the mid-term ones (``ahead``) say.

    Each text comes with its source.
    """
    found: list[Clue] = []
    for text, source in done:
        for told in _PREPARED.finditer(normalise(text)):
            after = parse_fiscal_year(re.sub(r"年度?$", "", told["year"].replace(" ", "")))
            if after is not None:
                found.append(Clue(year=FiscalYear(after - 1), text=told[0], source=source))
    for text, source in ahead:
        chain = read_chain(text, source)
        if chain is None or len(chain.times) == 1:
            continue
        first, second = (parse_period(time) for time in chain.times[:2])
        before = first.end if first else None
        start = second.start if second else None
        if isinstance(before, int) and isinstance(start, int) and start == before + 1:
            told_text = "→".join(value.text for value in chain.values[:2])
            found.append(Clue(year=FiscalYear(start), text=told_text, source=source))
    return tuple(found)
