"""Header rows: found by their words, in any order of the columns, over one to three rows."""

import functools
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Final, TypeAlias

from attrs import evolve, frozen

from munidx.adapters.tables.form import Column, Form
from munidx.document import Cell, Table
from munidx.japanese.characters import compact
from munidx.japanese.eras import find_times, fiscal_year_of, parse_fiscal_year
from munidx.japanese.marks import split_notes
from munidx.model import CostBasis, FiscalYear

__all__ = ["VALUES", "Header", "Line", "Slot", "basis_of", "beginning", "filled", "header_at"]

Line: TypeAlias = Sequence[Cell | None]
"""A row of :meth:`~munidx.document.Table.grid`."""

VALUES: Final = ("targets", "actuals", "baseline")
"""Columns of values, of which others may say the years: ``targets.year``."""
_TALLEST: Final = 3
_FIRST: Final = 40  # rows of a table
_WIDEST: Final = 400_000  # positions of them
_LONGEST: Final = 60  # characters of a header's words; more is prose
_BRACKET: Final = re.compile(r"\((?P<inner>[^()]{1,16})\)")
_UNIT: Final = re.compile(
    r"(?:単位[:;]?)(?P<told>.{1,10})"
    r"|(?P<bare>[十百千万億]{0,3}円|%|件|人|回|校|箇所|か所|時間|世帯|台|棟|団体|点|位|km|ha|kWh|t)"
)


@frozen
class Slot:
    """A grid column under a header: what it means, of which year, in which unit."""

    column: Column | None
    """None: the form does not know it."""
    heading: str
    """Its words as published, from top to bottom."""
    year: FiscalYear | None = None
    unit: str = ""
    category: str = ""
    """Of money: what kind it is, where nothing but the header's words tells two columns apart."""
    dated: int | None = None
    """Of values: the grid column that says of which year they are (目標年度 beside 目標値)."""


@frozen
class Header:
    """The header that stands above some rows."""

    slots: tuple[Slot | None, ...]
    """By grid column; None where nothing heads it."""
    cells: tuple[Cell, ...]
    """Its filled cells."""
    strange: tuple[Cell, ...]
    """Those of them that head a column which the form does not know."""
    height: int


@frozen
class _Part:
    """The words of one header cell, taken apart."""

    words: tuple[str, ...]
    """What it may be called: its words, first with what the brackets hold."""
    year: FiscalYear | None = None
    unit: str = ""
    literal: str = ""
    """All of it, year and unit included, for forms that say it so."""


def filled(line: Line) -> list[Cell]:
    """The cells of a row that are not blank, each once."""
    cells = {id(cell): cell for cell in line if cell is not None and cell.text.strip()}
    return list(cells.values())


def beginning(table: Table) -> list[Line]:
    """The rows of a table among which a header must begin."""
    rows = table.rows[:_FIRST]
    width = max((cell.column + cell.colspan for row in rows for cell in row.cells), default=0)
    if width * len(rows) > _WIDEST:
        return []
    return [*Table(rows=rows, place=table.place).grid()]


def header_at(grid: Sequence[Line], top: int, form: Form) -> Header | None:
    """The header that begins with row ``top``; None where none does."""
    cells = filled(grid[top])
    # A title, a group or a note; or a row of data, of which there are thousands.
    if len(cells) < min(2, form.least) or not any(_is_known(cell, form) for cell in cells):
        return None
    best: Header | None = None
    known = 0
    for height in range(1, min(_TALLEST, len(grid) - top) + 1):
        lines = grid[top : top + height]
        if height > 1 and not _goes_on(lines, form):
            break
        header = _header(lines, form)
        told = sum(slot is not None and slot.column is not None for slot in header.slots)
        if told >= form.least and (told > known or height > 1):
            best, known = header, told
    return best


def _goes_on(lines: Sequence[Line], form: Form) -> bool:
    """Whether the last of ``lines`` is a header row below the others."""
    above, last = lines[-2], lines[-1]
    merged = {id(cell) for cell in above if cell is not None}
    if any(cell is not None and id(cell) in merged for cell in last):
        return True
    heads = filled(lines[0])
    told = sum(_is_known(cell, form) for cell in heads)
    spanning = told and all(cell.colspan > 1 for cell in heads)
    if told < min(form.least, len(heads)) and not spanning:
        return False
    cells = filled(last)
    known = [cell for cell in cells if _is_known(cell, form) or _part(cell.text).words == ("",)]
    return bool(known) and len(known) > len(cells) - len(known)


def _is_known(cell: Cell, form: Form) -> bool:
    part = _part(cell.text)
    return part.literal in form.vocabulary or not form.vocabulary.isdisjoint(part.words)


def _header(lines: Sequence[Line], form: Form) -> Header:
    slots: list[Slot | None] = []
    strange: dict[int, Cell] = {}
    taken: set[Column] = set()
    for index in range(len(lines[0])):
        cells = list(_above(lines, index))
        slot = _slot(cells, form, taken) if cells else None
        if slot and slot.column is None:
            strange[id(cells[-1])] = cells[-1]
        slots.append(slot)
    cells = list({id(cell): cell for line in lines for cell in filled(line)}.values())
    return Header(_dated(_categorised(slots)), tuple(cells), tuple(strange.values()), len(lines))


def _categorised(slots: list[Slot | None]) -> tuple[Slot | None, ...]:
    """Columns of money that nothing but their words tells apart get these as their category."""
    alike: dict[tuple[object, ...], set[str]] = defaultdict(set)

    def key(slot: Slot, column: Column) -> tuple[object, ...]:
        basis = column.basis or basis_of(slot.heading)
        return slot.year, column.category, basis, column.funding

    for slot in slots:
        if slot and slot.column and slot.column.field == "costs":
            alike[key(slot, slot.column)].add(slot.category)
    told: list[Slot | None] = []
    for slot in slots:
        if slot and slot.column:
            column = slot.column
            lonely = column.category or len(alike.get(key(slot, column), ())) < 2  # noqa: PLR2004
            told.append(evolve(slot, category=column.category if lonely else slot.category))
        else:
            told.append(slot)
    return tuple(told)


def _dated(slots: tuple[Slot | None, ...]) -> tuple[Slot | None, ...]:
    """Columns of values that no year heads are paired with those of their years, in order.

    Where there are more of the ones than of the others, it is open which is whose.
    """
    told = [*slots]
    fields = [slot.column.field if slot and slot.column else "" for slot in slots]
    for name in VALUES:
        years = _columns(slots, [n for n, f in enumerate(fields) if f == f"{name}.year"])
        values = [n for n, f in enumerate(fields) if f == name]
        undated = [n for n in values if (slot := slots[n]) and not slot.year]
        columns = _columns(slots, undated)
        if len(columns) == len(years):
            for those, (year, *_) in zip(columns, years, strict=True):
                for index in those:
                    slot = told[index]
                    told[index] = evolve(slot, dated=year) if slot else None
    return tuple(told)


def _columns(slots: Sequence[Slot | None], indices: list[int]) -> list[list[int]]:
    """``indices`` of grid columns, those together that one wide cell heads."""
    told: list[list[int]] = []
    for index in indices:
        if told and told[-1][-1] == index - 1 and slots[index - 1] == slots[index]:
            told[-1].append(index)
        else:
            told.append([index])
    return told


def basis_of(heading: str) -> CostBasis | None:
    """Whether the words of a header speak of a budget or of a settled account."""
    word = compact(heading)
    told = {CostBasis.BUDGET: "予算" in word, CostBasis.SETTLED: "決算" in word}
    named = [basis for basis, there in told.items() if there]
    return named[0] if len(named) == 1 else None


def _above(lines: Sequence[Line], index: int) -> Iterator[Cell]:
    """The filled header cells of a grid column, from the top."""
    last = None
    for number, line in enumerate(lines):
        cell = line[index]
        if cell is not None and not cell.text.strip() and number + 1 < len(lines):
            cell = _spread(line, lines[number + 1], index)
        if cell is not None and cell.text.strip() and cell is not last:
            last = cell
            yield cell


def _spread(line: Line, below: Line, index: int) -> Cell | None:
    """The heading to the left that reaches over a blank cell: text files keep no merged cells."""

    def has(cell: Cell | None) -> bool:
        return cell is not None and bool(cell.text.strip())

    if not has(below[index]):
        return None
    left = next((spot for spot in range(index, -1, -1) if has(line[spot])), None)
    return line[left] if left is not None and has(below[left]) else None


def _slot(cells: list[Cell], form: Form, taken: set[Column]) -> Slot:
    parts = [_part(cell.text) for cell in cells]
    year = next((part.year for part in reversed(parts) if part.year), None)
    unit = next((part.unit for part in reversed(parts) if part.unit), "")
    heading = " ".join(_shown(cell.text, form) for cell in cells)
    column = _column(parts, form)
    if column is not None and column.field in _SINGLE:
        if column in taken:
            column = None
        else:
            taken.add(column)
    words = [word for part in parts for word in part.words[:1] if word]
    return Slot(column, heading, year, unit, words[-1] if words else "")


def _shown(text: str, form: Form) -> str:
    """The words of a header cell; a word of the form is not broken, however narrow its cell."""
    known = _part(text).literal in form.vocabulary
    return " ".join((_GAP.sub("", text) if known else text).split())


_GAP: Final = re.compile(r"(?<![A-Za-z0-9\s])\s+|\s+(?![A-Za-z0-9\s])")
"""White space that is none between Latin words."""
_SINGLE: Final = frozenset(
    {"code", "title", "description", "target_state", "start", "end", "period"}
    | {"indicator.title", "indicator.unit", "goal.title", "goal.code"}
)
"""What a node has but once: a second column of it is a strange one."""


def _column(parts: list[_Part], form: Form) -> Column | None:
    named = [part.words for part in parts if part.words != ("",)]
    above = {word for words in named[:-1] for word in words}
    above |= {part.literal for part in parts[:-1]}
    tries = [*named[-1]] if named else [""]
    tries += [part.literal for part in parts[-1:] if part.literal]
    if len(named) > 1:
        tries.append("".join(words[0] for words in named))
    for column in form.columns:
        if column.under & above and column.words.intersection(tries):
            return column
    if named and parts[-1].words == ("",) and len(named) == 1:
        tries += named[0]
    fitting = (column for column in form.columns if column.words.intersection(tries))
    return next((column for column in fitting if not column.under), None)


def _part(text: str) -> _Part:
    if len(text) > _LONGEST:
        return _Part((text[:_LONGEST],))
    return _short_part(text)


@functools.lru_cache(maxsize=4096)
def _short_part(text: str) -> _Part:
    text = compact(split_notes(text)[0])
    year, unit = None, ""
    whole = text
    for found in reversed([*_BRACKET.finditer(text)]):
        inner = found["inner"]
        told = _UNIT.fullmatch(inner)
        if told:
            unit = told["told"] or told["bare"]
        elif parse_fiscal_year(inner):
            year = parse_fiscal_year(inner)
        else:
            continue
        whole = whole[: found.start()] + whole[found.end() :]
    whole, found_year = _without_year(whole)
    bare = _BRACKET.sub("", whole)
    return _Part(tuple(dict.fromkeys((whole, bare))), year or found_year, unit, text)


def _without_year(text: str) -> tuple[str, FiscalYear | None]:
    """``text`` without the one fiscal year that it begins or ends with."""
    if year := parse_fiscal_year(text):
        return "", year
    times = find_times(text)
    if len(times) == 1:
        (time,) = times
        year = fiscal_year_of(time.time)
        rest = text[: time.start] + text[time.end :]
        if year and (time.start == 0 or time.end == len(text)):
            return rest.removeprefix("の").strip("[]()・:"), year
    return text, None
