"""From the tables of a PDF to lines in the order of the text form.

A cell says nothing that its line in the text would not say; what the cells add is which words
stand beside each other. So a row becomes the lines that it would be if the columns were read in
order: a label by itself, prose as the paper breaks it, figures behind their 目標 or 実績, the cells
of an indicator or of a project in one line. What each line is, :mod:`munidx_itami.pieces` decides,
for all forms alike.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from attrs import evolve, frozen

from munidx.document import Block, Cell, Publication, Row, Table
from munidx_itami.lines import Kind
from munidx_itami.pieces import DASH, kind_of

__all__ = ["Part", "beside", "flattened"]

_ALONE: Final = {Kind.LABEL, Kind.STARS, Kind.TOTAL, Kind.BASE, Kind.HEAD}
_ROW: Final = {Kind.TEXT, Kind.NUMBERS, Kind.MARK, Kind.ARROW, Kind.BUDGET, Kind.PROJECT}
"""What the cells of an indicator or of a project are, by themselves."""
_COSTS: Final = {Kind.COST_YEARS, Kind.COLUMNS, Kind.YEARS}
_ROLES: Final = ("目標", "実績", "目標値", "実績値")
_LEAST: Final = 2
_SET_IN: Final = "\u3000"


@frozen
class Part:
    """The words of a cell on their way into a line."""

    text: str
    kind: Kind | None
    """None for 目標 and 実績, which open a line of figures."""
    prose: bool = False

    @classmethod
    def of(cls, text: str) -> "Part":
        """The part that ``text`` is by its own words."""
        return cls(text, None if text in _ROLES else kind_of(text))


def flattened(publication: Publication) -> Publication:
    """``publication`` with a block for each line of its tables, where it has pages."""
    blocks: list[Block | Table] = []
    for block in publication.blocks:
        if isinstance(block, Table) and block.place.page is not None:
            for row in block.rows:
                blocks += _lines(row)
        else:
            blocks.append(block)
    return evolve(publication, blocks=tuple(blocks))


def _lines(row: Row) -> Iterator[Block]:
    cells = [cell for cell in row.cells if cell.text.strip()]
    run: list[tuple[Cell, Part]] = []
    for cell, part in zip(cells, _parts(cells), strict=True):
        if run and not beside([part for _, part in run], part):
            yield _block(run)
            run = []
        if part.prose:
            yield from (Block(text=text, place=cell.place) for text in _printed(cell))
        else:
            run.append((cell, part))
    if run:
        yield _block(run)


def _parts(cells: Sequence[Cell]) -> list[Part]:
    parts = [Part.of("".join(map(str.strip, cell.text.split("\n")))) for cell in cells]
    if any(part.kind in (Kind.ARROW, Kind.BUDGET) for part in parts):
        return parts
    return [
        evolve(part, prose=part.kind is Kind.TEXT and (len(parts) == 1 or _is_prose(above, part)))
        for above, part in zip([None, *parts], parts, strict=False)
    ]


def _is_prose(above: Part | None, part: Part) -> bool:
    """Whether a cell of words is prose: behind a label, or with sentences of its own."""
    return (above is not None and above.kind is Kind.LABEL) or "。" in part.text


def beside(run: Sequence[Part], part: Part) -> bool:
    """Whether ``part`` goes on in the line of ``run``, which is not empty."""
    last = run[-1].kind
    if Kind.BUREAUS in (part.kind, *(each.kind for each in run)):
        return part.kind in _ROW | {Kind.BUREAUS}
    if part.prose or part.kind is None or part.kind in _ALONE or last in _ALONE:
        return False
    if part.text == DASH and Kind.FURNITURE in (last, part.kind):
        return True
    if part.kind in _COSTS or last in _COSTS:
        return {part.kind, last} - {Kind.TEXT} <= _COSTS or _is_dash(run[-1]) or _is_dash(part)
    if Kind.FURNITURE in (part.kind, last):
        return part.kind is last
    return last is None or {last, part.kind} <= _ROW


def _is_dash(part: Part) -> bool:
    return len(part.text) == 1 and part.kind is Kind.NUMBERS and not part.text.isdigit()


def _block(run: Sequence[tuple[Cell, Part]]) -> Block:
    place = run[0][0].place
    if len(run) >= _LEAST:
        place = evolve(place, last=(run[-1][0].place.column or 0))
    return Block(text=" ".join(part.text for _, part in run), place=place)


def _printed(cell: Cell) -> Iterator[str]:
    """The lines of a cell as the paper breaks them; what the cell itself breaks is set in.

    So a paragraph is told from one that goes on, whether or not the font has wide spaces.
    """
    ends = {spot for spot, sign in enumerate(cell.text) if sign == "\n"}
    for start, end in pairwise(sorted({0, *ends, *cell.breaks, len(cell.text)})):
        text = cell.text[start:end].strip("\n ")
        if text.strip():
            yield text if start not in ends or text[0] == _SET_IN else _SET_IN + text
