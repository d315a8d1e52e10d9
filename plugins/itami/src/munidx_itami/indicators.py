"""The indicators of a sheet: their words, and the figures that are theirs.

The table says for each indicator its targets for four years and, below, what was reached: in
the base year and in the year evaluated (or, where a column stands for each year, in every year
up to the one evaluated).
"""

import re
import unicodedata
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from attrs import evolve, frozen

from munidx.adapters import PassReason
from munidx.findings import Severity
from munidx.japanese.characters import normalise
from munidx.model import Direction, FiscalYear, Indicator, Observation, Stage, State
from munidx_itami.lines import Kind, Line, Piece, source_of
from munidx_itami.notes import Notes
from munidx_itami.pieces import PENDING, figure_of, number_of
from munidx_itami.series import Figures, Item, share_out
from munidx_itami.sheets import RUNG
from munidx_itami.sorting import Body, Flow, Sorted

__all__ = ["Years", "indicators_of", "years_of_sheet"]

_DIRECTIONS: Final = {
    "↑": Direction.INCREASE,
    "↗": Direction.INCREASE,
    "⇧": Direction.INCREASE,
    "↓": Direction.DECREASE,
    "↘": Direction.DECREASE,
    "⇩": Direction.DECREASE,
    "→": Direction.MAINTAIN,
    "⇒": Direction.MAINTAIN,
    "=": Direction.MAINTAIN,
}
_WORDS: Final = {"target": "目標", "actual": "実績"}
_NAME_UNIT: Final = re.compile(r"(?P<title>.+?)\s*[（(](?P<unit>[^（）()]{1,8})[）)]")
_NO_UNITS: Final = {"累計", "再掲", "延べ", "年間", "年平均", "平均"}
_TOLD_UNIT: Final = re.compile(r"単位\s*[:：]\s*(?P<unit>[^（）()、。\s]{1,8})")
_RANGE: Final = re.compile(
    r"(?P<low>\d+(?:\.\d+)?)\s*%?\s*~\s*(?P<high>\d+(?:\.\d+)?)\s*%?\s*(?:の範囲|の間|程度を維持)"
)


@frozen
class Years:
    """The years of a sheet's table of indicators."""

    base: FiscalYear | None
    targets: tuple[FiscalYear, ...]
    lines: tuple[Line, ...] = ()
    """Where they are printed."""
    inferred: bool = False
    """Whether they are those of the document's other sheets."""


def years_of_sheet(flow: Sequence[Flow]) -> Years:
    """The years that a sheet prints, its header split or whole.

    The base year is the earliest, and stands alone (below 基準年度), at once behind it, or first
    in the row right below it.
    """
    pieces = [entry.piece for entry in flow if entry.piece.kind in (Kind.YEARS, Kind.BASE)]
    every = {year for piece in pieces for year in piece.years}
    alone = {piece.years[0] for piece in pieces if len(piece.years) == 1}
    alone |= {piece.years[0] for piece in pieces if piece.kind is Kind.BASE and piece.years}
    if not alone:
        below = [after for above, after in pairwise(pieces) if above.kind is Kind.BASE]
        alone |= {
            piece.years[0] for piece in below if piece.years and len(piece.years) == len(every)
        }
    base = min(every) if every and min(every) in alone else None
    targets = tuple(sorted(every - {base} if base is not None else every))
    return Years(base, targets, tuple(line for piece in pieces for line in piece.lines))


def indicators_of(
    found: Sorted, years: Years, evaluated: FiscalYear | None, notes: Notes
) -> tuple[Indicator, ...]:
    """The indicators of a sheet, in the order of their numbers."""
    bodies = _numbered(found, notes)
    items, pieces = _items(found.flow, bodies, years)
    directions = [_DIRECTIONS.get(body.arrow) for body in bodies]
    shares = share_out(items, directions, len(years.targets))
    notes.skip(years.lines if not years.inferred else (), PassReason.TABLE_HEADER)
    rung = next((piece.code for piece, _ in found.heads if piece.name == RUNG), "")
    table = _Table(items, pieces, years, evaluated, notes)
    table.pass_over(shares.left, rung)
    return tuple(
        table.indicator(body, figures, crooked=owner in shares.crooked)
        for owner, (body, figures) in enumerate(zip(bodies, shares.figures, strict=True))
    )


def _numbered(found: Sorted, notes: Notes) -> list[Body]:
    """The indicators by their numbers; a lone number goes to one that has none."""
    bare = [entry for entry in found.flow if entry.piece.kind is Kind.MARK and not entry.body]
    without = [body for body in found.bodies if not body.mark]
    if len(bare) == len(without):
        for entry, body in zip(bare, without, strict=True):
            entry.body = body
            body.mark = entry.piece.code
            body.lines += entry.piece.lines
    else:
        for entry in bare:
            if not entry.piece.text:
                notes.leave(entry.piece.lines)
        for body in without:
            notes.tell("MX946", Severity.WARNING, body.lines, title=body.name)
    return sorted(found.bodies, key=_number)


def _number(body: Body) -> int:
    digits = unicodedata.normalize("NFKC", body.mark)
    return int(digits) if digits.isdigit() else 1_000


def _items(
    flow: Sequence[Flow], bodies: Sequence[Body], years: Years
) -> tuple[list[Item], list[Piece]]:
    """The figures and marks of the sheet as the distribution takes them."""
    places = {id(body): spot for spot, body in enumerate(bodies)}
    places_of = {year: spot for spot, year in enumerate(years.targets)}
    items: list[Item] = []
    pieces: list[Piece] = []
    for entry in flow:
        owner = places.get(id(entry.body)) if entry.body else None
        if entry.piece.kind is Kind.NUMBERS:
            items.append(
                Item(
                    role="actual" if entry.piece.name == "actual" else "target",
                    indicator=owner,
                    values=entry.piece.values,
                    spare=entry.piece.alone,
                )
            )
        elif entry.piece.kind in (Kind.MARK, Kind.ARROW) and owner is not None:
            items.append(Item(role="mark", indicator=owner))
        elif entry.piece.kind in (Kind.YEARS, Kind.BASE):
            named = [places_of[year] for year in entry.piece.years if year in places_of]
            if not 0 < len(named) < len(years.targets):
                continue
            items.append(Item(role="header", years=tuple(sorted(named))))
        else:
            continue
        pieces.append(entry.piece)
    return items, pieces


@frozen
class _Table:
    """The figures of a sheet, and what they are read by."""

    items: Sequence[Item]
    pieces: Sequence[Piece]
    """For each item its piece."""
    years: Years
    evaluated: FiscalYear | None
    notes: Notes

    def pass_over(self, left: Sequence[int], rung: str) -> None:
        """Pass the words before figures, page numbers, and the number of the 大綱 at an edge."""
        for item, piece in zip(self.items, self.pieces, strict=True):
            if item.role in _WORDS and piece.name:
                word = _WORDS[item.role]
                word += "値" if piece.first.flat.startswith(f"{word}値") else ""
                self.notes.skip(piece.lines, PassReason.TABLE_HEADER, word)
        for spot in left:
            piece = self.pieces[spot]
            if not self.items[spot].spare:
                self.notes.leave(piece.lines)
            elif piece.values[0] != rung and normalise(rung).startswith(piece.values[0]):
                self.notes.skip(piece.lines, PassReason.RUNNING_HEAD)
            else:
                self.notes.skip(piece.lines, PassReason.PAGE_NUMBER)

    def indicator(self, body: Body, figures: Figures, *, crooked: bool) -> Indicator:
        """The indicator of ``body`` with its figures."""
        self._report(body, figures, crooked=crooked)
        title, unit = body.name, ""
        definition = "".join(body.definitions)
        named = _NAME_UNIT.fullmatch(body.name)
        told = _TOLD_UNIT.search(definition)
        if named and named["unit"] not in _NO_UNITS:
            title, unit = named["title"], named["unit"]
        elif told:
            unit = told["unit"]
        baseline, actuals = self._reached(body, figures)
        return Indicator(
            code=body.mark,
            title=title,
            definition=definition,
            unit=unit,
            direction=_DIRECTIONS.get(body.arrow),
            stage=Stage.OUTCOME,
            baseline=baseline,
            targets=self._targets(figures, definition),
            actuals=actuals,
            source=source_of(body.lines),
        )

    def _report(self, body: Body, figures: Figures, *, crooked: bool) -> None:
        """Say what the order of the text left open, and what is missing."""
        told = {"indicator": body.mark, "title": body.name}
        count = sum(len(self.pieces[spot].values) for spot in figures.targets)
        years = len(self.years.targets)
        if count != years or not count:
            self.notes.tell(
                "MX944", Severity.WARNING, body.lines, **told, targets=count, years=years
            )
        if figures.actual is None:
            self.notes.tell("MX945", Severity.WARNING, body.lines, **told, figures=0)
        placed = [spot for spot in (*figures.targets, figures.actual) if spot is not None]
        if any(self.items[spot].indicator is None for spot in placed):
            odd = crooked or any(self.items[spot].spare for spot in placed)
            self.notes.tell(
                "MX943" if odd else "MX942",
                Severity.WARNING if odd else Severity.INFO,
                [line for spot in placed for line in self.pieces[spot].lines],
                **told,
                figures=tuple(" ".join(self.pieces[spot].values) for spot in placed),
                lines=tuple(self.pieces[spot].first.place.line or 0 for spot in placed),
            )

    def _targets(self, figures: Figures, definition: str) -> tuple[Observation, ...]:
        values = [
            (v, self.pieces[spot]) for spot in figures.targets for v in self.pieces[spot].values
        ]
        band = _RANGE.search(normalise(definition))
        low, high = (number_of(band["low"]), number_of(band["high"])) if band else (None, None)
        found = []
        for year, (text, piece) in zip(self.years.targets, values, strict=False):
            seen = self._observation(text, year, piece)
            # The cell prints one number; that the target is a range stands in the definition.
            if seen.value is not None and low is not None and high is not None:
                inside = low <= seen.value <= high
                told = (*seen.inferred, "low", "high")
                seen = evolve(seen, low=low, high=high, inferred=told) if inside else seen
            found.append(seen)
        return tuple(found)

    def _reached(
        self, body: Body, figures: Figures
    ) -> tuple[Observation | None, tuple[Observation, ...]]:
        """Base year and year evaluated, or the base year and every year up to the one evaluated."""
        if figures.actual is None:
            return None, ()
        piece, year, base = self.pieces[figures.actual], self.evaluated, self.years.base
        columns = [one for one in self.years.targets if year is not None and one <= year]
        if len(piece.values) == 2 and year is not None:  # noqa: PLR2004 - base year and this one
            columns = [year]
        told = {"indicator": body.mark, "title": body.name}
        if len(piece.values) != len(columns) + 1:
            count = len(piece.values)
            self.notes.tell("MX945", Severity.WARNING, piece.lines, **told, figures=count)
            self.notes.leave(piece.lines)
            return None, ()
        if base is None:
            self.notes.tell("MX947", Severity.WARNING, piece.lines, **told)
        return self._observation(piece.values[0], base, piece), tuple(
            self._observation(text, one, piece)
            for text, one in zip(piece.values[1:], columns, strict=True)
        )

    def _observation(self, text: str, year: FiscalYear | None, piece: Piece) -> Observation:
        figure = figure_of(text)
        value = number_of(text) if figure is None else None
        state = State.UNDETERMINED if text in PENDING else State.NOT_APPLICABLE
        seen = Observation(
            year=year,
            value=value,
            unit="%" if normalise(text).endswith("%") else "",
            state=State.REPORTED if value is not None else state,
            text=text,
            source=piece.source,
            inferred=("year",) if self.years.inferred and year is not None else (),
        )
        if figure is None:
            return seen
        return evolve(figure.put_into(seen), state=State.REPORTED)
