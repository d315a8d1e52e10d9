"""Several indicators in the cells of one row: as many names, units and values below each other."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from attrs import evolve

from munidx.adapters.tables.cells import observation_of
from munidx.adapters.tables.form import Column
from munidx.adapters.tables.headings import VALUES
from munidx.adapters.tables.spans import Span
from munidx.japanese.marks import is_dash
from munidx.model import State

__all__ = ["each_indicator"]

_MARKED: Final = re.compile(r"(?:^|(?<=\s))(?=[①-⑳])")
_MARK: Final = re.compile(r"[①-⑳]\s*")
_CODE: Final = Column("indicator.code", "")
_MOST: Final = 20
"""Indicators of a row."""
_COUNTED: Final = frozenset({*VALUES, "indicator.title", "indicator.unit"})
"""Cells that must hold one piece for each; others may say the same of all."""


def each_indicator(spans: Sequence[Span]) -> list[list[Span]]:
    """The cells of a row for each of its indicators; those of one, where it has but one.

    There are several where the name, the unit and the values have the same number of lines, or of
    pieces behind ①②, and all pieces of the values are values. Where only the values are so, the
    lines of the name are kept apart by a space, for it may be a list of names too.
    """
    pieces = [_pieces(span.text) for span in spans]
    wants = {
        len(own)
        for span, own in zip(spans, pieces, strict=True)
        if span.field in VALUES and 1 < len(own) <= _MOST and all(map(_is_value, own))
    }
    if not wants:
        return [[*spans]]
    number = max(wants)
    fits = len(wants) == 1 and _has_title(spans)
    for span, own in zip(spans, pieces, strict=True):
        shared = span.field not in _COUNTED or (span.field in VALUES and is_dash(span.text))
        fits &= shared or len(own) == number
    if not fits:
        return [[_spaced(span) for span in spans]]
    return [
        [
            one
            for span, own in zip(spans, pieces, strict=True)
            for one in _piece(span, own, index, number)
        ]
        for index in range(number)
    ]


def _has_title(spans: Sequence[Span]) -> bool:
    return any(span.field == "indicator.title" for span in spans)


def _pieces(text: str) -> list[str]:
    """The pieces of a cell: behind each ①② if it begins with one, else its lines."""
    marked = bool(_MARK.match(text))
    told = _MARKED.split(text) if marked else text.splitlines()
    return [bare for piece in told if (bare := piece.strip())]


def _is_value(text: str) -> bool:
    seen, clear = observation_of(text, (), "", "")
    return clear and seen.state is not State.QUALITATIVE


def _piece(span: Span, pieces: list[str], index: int, number: int) -> Iterator[Span]:
    """A cell as that of one indicator: its own piece, or all of it where all share it."""
    when = span.when
    times = _pieces(when.text) if when else []
    if when and len(times) == number:
        when = evolve(when, text=_bare(times[index]))
    if len(pieces) != number:
        yield evolve(span, when=when)
        return
    # The words of a value stay as they are printed, its number included.
    text = pieces[index] if span.field in VALUES else _bare(pieces[index])
    yield evolve(span, cell=evolve(span.cell, text=text), when=when)
    mark = _MARK.match(pieces[index])
    if mark and span.field == "indicator.title":
        slot = evolve(span.slot, column=_CODE)
        yield evolve(span, cell=evolve(span.cell, text=mark[0].strip()), slots=(slot,))


def _bare(piece: str) -> str:
    return " ".join(_MARK.sub("", piece, count=1).split())


def _spaced(span: Span) -> Span:
    if span.field != "indicator.title":
        return span
    return evolve(span, cell=evolve(span.cell, text=" ".join(span.text.split())))
