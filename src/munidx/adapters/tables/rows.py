"""The rows of a city's tables, one after the other: headers, goals, measures, sums."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from attrs import define, evolve, field

from munidx.adapters.contract import PassReason
from munidx.adapters.tables.cells import is_parted
from munidx.adapters.tables.drafts import PROSE, Draft, parts_of
from munidx.adapters.tables.form import Column, Form, Group, Unknown
from munidx.adapters.tables.headings import Header, Line, Slot, beginning, filled, header_at
from munidx.adapters.tables.notes import Notes
from munidx.adapters.tables.outline import Outline
from munidx.adapters.tables.series import INDICATOR
from munidx.adapters.tables.spans import Span
from munidx.adapters.tables.totals import count, is_share, take_total
from munidx.document import Block, Cell, Publication, Table
from munidx.findings import Severity
from munidx.japanese.characters import align, compact

__all__ = ["Reader"]

_LARGEST: Final = 4_000_000
"""Positions of a table's grid."""
_NOTE: Final = re.compile(r"[※*]|\(?注[\d):.、\s]|(?:出典|備考|資料|注記|補足)[:\s]")
"""How a note below a table begins."""
_DITTO: Final = frozenset(map(compact, ("〃", "″", '"', "同上")))
"""What a cell holds that says the same as the one above."""
_FEW: Final = 3
"""Cells of a row that may be a title and notes beside each other."""
_NOTED: Final = 2
"""Cells of a note: ※1 and its words."""
_AHEAD: Final = 6
"""Lines between a heading and its table."""
_SHARED: Final = frozenset(
    {"code", "owners", "start", "end", "period", "status", "label", "title", "description"}
    | {"target_state", "budget_code", "", "evaluation.rating", "evaluation.next_steps"}
)
"""What a merged cell says of each of its rows; money and figures are those of the first."""


@define(eq=False)
class Reader:
    """What is known while the lines go by."""

    form: Form
    notes: Notes = field(factory=Notes)
    outline: Outline = field(init=False)
    header: Header | None = None
    columns: list[tuple[Column | None, str]] = field(factory=list)
    """What the last header says, wherever its cells stand."""
    headers: int = 0
    foreign: bool = False
    """Whether a line that the form does not know stands between the last table and here."""
    last: Draft | None = None
    """The measure that the last row belonged to."""
    ended: str = ""
    """The field of the last prose that was read into it."""
    page: int | None = None
    """That of the last row."""
    sheet: str = ""
    """That of the last table."""
    above: dict[int, Cell] = field(factory=dict)
    """The last filled cell of each grid column."""
    strange: set[str] = field(factory=set)
    """Words of unknown columns that were reported."""
    rows: set[tuple[tuple[str, str], ...]] = field(factory=set)
    """What the rows of measures say."""

    @outline.default
    def _new_outline(self) -> Outline:
        return Outline(self.form, self.notes)

    def read(self, publication: Publication) -> None:
        """Go through all blocks."""
        blocks = publication.blocks
        for index, block in enumerate(blocks):
            if isinstance(block, Table):
                self._table(block)
            else:
                self._block(block, blocks[index + 1 : index + 1 + _AHEAD])
        self.outline.drop_doubtful()

    def _block(self, block: Block, following: Sequence[Block | Table]) -> None:
        source = str(block.place)
        act = self.outline.understand(block.text)
        if self._is_cut() and (act is None or self._is_no_heading(block, following)):
            self._go_on(self.ended, block.text, source)
        elif act:
            act(source)
            self._close(block)
        elif block.text.strip():
            self.foreign = True

    def _close(self, block: Block) -> None:
        """No row goes on behind a heading."""
        if self.outline.is_heading(block.text):
            self.last = None

    def _is_cut(self) -> bool:
        """Whether the last text stops within a sentence, and may go on in a line."""
        return self.form.flowing and self.last is not None and self.last.is_cut(self.ended)

    def _is_no_heading(self, block: Block, following: Sequence[Block | Table]) -> bool:
        """Whether a line that looks like a heading stands above no table."""
        if not self.outline.is_heading(block.text):
            return False
        for each in following:
            if isinstance(each, Table):
                lines = beginning(each)
                return not (lines and header_at(lines, 0, self.form))
            if not self.outline.is_heading(each.text):
                return True
        return True

    def _go_on(self, name: str, text: str, source: str) -> None:
        if self.last:
            self.last.go_on(name, text.strip(), source)
            self.notes.report("MX923", source, severity=Severity.INFO, field=name)

    def _table(self, table: Table) -> None:
        width = max((c.column + c.colspan for row in table.rows for c in row.cells), default=0)
        if width * len(table.rows) > _LARGEST:
            self.notes.report("MX920", str(table.place), text="", reason="table-too-large")
            return
        sheet = table.rows[0].place.sheet if table.rows else ""
        if sheet != self.sheet:
            self.sheet = sheet
            self.header = None  # it may be quite another table
            self.outline.new_sheet()
        if table.caption:
            self.outline.caption_of_table(table.caption, str(table.place))
        if self.header and not self._is_same(self.header, width):
            self.header = None
        self.foreign = False
        grid = table.grid()
        last = max((n for n, line in enumerate(grid) if len(filled(line)) > 1), default=-1)
        top, first = 0, True
        before: frozenset[int] = frozenset()
        while top < len(grid):
            header = header_at(grid, top, self.form)
            if header:
                self._head(header)
                top, first = top + header.height, True
                continue
            page = table.rows[top].place.page
            starts = first or page != self.page
            self._row(grid[top], before, first=starts, below=bool(sheet) and top > last)
            self.page = page
            before = frozenset(id(cell) for cell in filled(grid[top]))
            top, first = top + 1, False

    def _is_same(self, header: Header, width: int) -> bool:
        """Whether a table without a header of its own may go on below the last one's.

        Text files lose the blank cells at the end of a row; behind a line that nobody knows
        a narrower table is another one.
        """
        return width == len(header.slots) or (width < len(header.slots) and not self.foreign)

    def _head(self, header: Header) -> None:
        self.headers += 1
        self.outline.tables = (self.outline.tables[0], Draft(), Draft())
        if self.header is None or self.header.slots != header.slots:
            self.above = {}
        self.header = header
        columns = [(slot.column, slot.heading) for slot in header.slots if slot]
        if columns != self.columns:
            self.columns = columns
            self.outline.listed.clear()
        strange = {id(cell) for cell in header.strange}
        for cell in header.cells:
            known = id(cell) not in strange
            if not known and compact(cell.text) not in self.strange:
                self.strange.add(compact(cell.text))
                kept = self.form.unknown is Unknown.LABEL
                self.notes.report(
                    "MX929",
                    str(cell.place),
                    severity=Severity.INFO if kept else Severity.WARNING,
                    column=" ".join(cell.text.split())[:80],
                )
            if known or self.form.unknown is Unknown.LABEL:
                self.notes.passed(str(cell.place), PassReason.TABLE_HEADER)

    def _row(self, line: Line, before: frozenset[int], *, first: bool, below: bool = False) -> None:
        """Take over a row; ``below``: after it none of a sheet has more than one cell."""
        cells = filled(line)
        fresh = [cell for cell in cells if id(cell) not in before]
        if not fresh or self._is_line(cells, fresh) or self.header is None:
            return
        if len(cells) <= _NOTED and _NOTE.match(align(cells[0].text).text.strip()):
            return  # below the table, no goal: it is left over
        spans = [*self._spans(self.header, line, before)]
        if len(cells) == 1 and _is_note(cells[0], spans, below=below):
            return
        if take_total(self.outline, fresh, spans):
            self.last = None
            return
        self.outline.made.clear()
        if is_share(fresh, spans):
            self._not_understood(fresh, "part-of-sum")
            return
        if len(cells) == 1 and self._group_row(cells[0], line):
            return
        self._group_columns([span for span in spans if span.field.startswith("goal.")])
        spans = [span for span in spans if not span.field.startswith("goal.")]
        if any(span.fresh for span in spans):
            self._node(spans, fresh, first=first)

    def _is_line(self, cells: list[Cell], fresh: list[Cell]) -> bool:
        """Whether a row is a title, a note or a group, or several of them beside each other."""
        if len(cells) != len(fresh) or len(cells) > _FEW:
            return False
        # A figure beside others is no number of a page.
        figures = [len(cells) > 1 and compact(cell.text).isdecimal() for cell in cells]
        acts = [
            (cell, None if figure else self.outline.understand(cell.text))
            for cell, figure in zip(cells, figures, strict=True)
        ]
        if self.header and len(cells) > 1 and not all(act for _, act in acts):
            return False
        for cell, act in acts:
            if act:
                act(str(cell.place))
                self.last = None
        return all(act for _, act in acts)

    def _spans(self, header: Header, line: Line, before: frozenset[int]) -> Iterator[Span]:
        """The filled cells of a row under its header, those carried from above included."""
        cells: dict[int, tuple[Cell, list[Slot], bool]] = {}
        for index, slot in enumerate(header.slots[: len(line)]):
            cell, carried, again = line[index], False, False
            if slot is None or (slot.column is None and self.form.unknown is Unknown.LEFTOVER):
                continue
            if cell is None or not cell.text.strip():
                cell = self.above.get(index) if slot.column and slot.column.carried else None
                carried = True
            elif index in self.above and compact(cell.text) in _DITTO:
                self.notes.passed(str(cell.place), PassReason.REPEAT)
                cell, again = self.above[index], True
            if cell is not None:
                self.above[index] = cell
                fresh = again or (not carried and id(cell) not in before)
                if slot.column and not slot.unit and slot.column.field == "costs":
                    slot = evolve(slot, unit=self.outline.unit)  # noqa: PLW2901 - the note above
                cells.setdefault(id(cell), (cell, [], fresh))[1].append(slot)
        for cell, slots, fresh in cells.values():
            yield Span(cell, tuple(slots), fresh, self._when(header, line, slots[0]))

    def _when(self, header: Header, line: Line, slot: Slot) -> Cell | None:
        """The cell in a row that says of which year a value in it is."""
        if slot.dated is None or slot.dated >= len(line):
            return None
        cell, dating = line[slot.dated], header.slots[slot.dated]
        carried = dating is not None and dating.column is not None and dating.column.carried
        there = carried or (cell is not None and cell.text.strip())
        return self.above.get(slot.dated) if there else None

    def _group_row(self, cell: Cell, line: Line) -> bool:
        """Whether a row of one cell opens a goal: one that covers the row, or begins it."""
        wide = cell.colspan * 2 > len(line) or (cell.column == 0 and cell.colspan == 1)
        for group in self.form.groups:
            if group.pattern is None and wide:
                act = self.outline.open_group(group, cell.text)
                if act:
                    act(str(cell.place))
                    self.last = None
                return act is not None
        return False

    def _group_columns(self, spans: list[Span]) -> None:
        for level in self.form.levels:
            mine = [s for s in spans if s.slot.column and s.slot.column.level == level and s.fresh]
            if not any(span.field in {"goal.title", "goal.code"} for span in mine):
                self.outline.more_of(level, mine)
                continue
            texts: dict[str, str] = {}
            for span in mine:
                told = {span.field: span.text}
                told = parts_of(span) if span.field == "goal.title" else told
                for name, text in told.items():
                    texts[name.removeprefix("goal.")] = " ".join(text.split())
            self.outline.goal(level, texts, [span.source for span in mine])
            self.last = None

    def _node(self, spans: list[Span], fresh: list[Cell], *, first: bool) -> None:
        """A measure, more of the last one, an indicator, or a goal with columns of its own."""
        told = {span.field: span for span in spans}
        group = next((g for g in self.form.groups if g.field and self._fits(g, spans)), None)
        if group:
            goal = self.outline.goal(group.level, {}, [])
            self.last = None
            self._fill(goal, spans, first_row=True)
        elif "title" not in told and self._is_indicator(told):
            goes_on = not told["indicator.title"].fresh
            unclear = self.outline.innermost.put_indicator_row(spans, goes_on=goes_on)
            self._unclear(unclear)
        elif self.last and self._is_rest(spans, first=first):
            self._rest(spans)
        elif "title" in told and not told["title"].fresh and self.last:
            self._fill(self.last, spans, first_row=False)
        elif reason := self._wants(told):
            self._not_understood(fresh, reason)
        else:
            self._measure(spans, told)

    def _not_understood(self, fresh: list[Cell], reason: str) -> None:
        self.notes.report("MX920", str(fresh[0].place), text=_shown(fresh), reason=reason)
        self.outline.doubtful |= self.outline.made

    def _wants(self, told: dict[str, Span]) -> str:
        """What a row lacks that would be a measure."""
        if any(name not in told for name in self.form.needed) or not told["title"].fresh:
            return "incomplete"
        if self.form.numbered:
            code = told["code"].text if "code" in told else ""
            fits = _NUMBER.fullmatch(compact(code)) and not is_parted(code)
            return "" if fits else "no-number"
        return ""

    def _measure(self, spans: list[Span], told: dict[str, Span]) -> None:
        draft = Draft(level=self.form.level, said=self.outline.labels())
        bureaus = self.outline.bureaus()
        draft.bureaus = tuple(owner.name for owner in bureaus)
        if bureaus and all(column.field != "owners" for column in self.form.columns):
            draft.owners.append(evolve(bureaus[-1], path=draft.bureaus[:-1]))
            draft.bureaus = ()
        if self.form.numbered:
            self._count(told["code"])
        self._twice(spans)
        self.outline.innermost.measures.append(draft)
        self.outline.listed.update(filter(None, (self.outline.root, *self.outline.opened)))
        self.last = draft
        self._fill(draft, spans, first_row=True)

    def _count(self, code: Span) -> None:
        """Report a running number out of turn; 5-2 follows 5, and below a heading 7 may too."""
        number, _, branch = compact(code.text).partition("-")
        found, expected = int(number), self.outline.number
        turns = {expected - 1} if branch and expected > 1 else {expected}
        if expected == 1:
            turns.add(self.outline.running)
        if found not in turns:
            shown = number + (f"-{branch}" if branch else "")
            self.notes.report("MX922", code.source, expected=expected, found=shown)
        self.outline.number = self.outline.running = found + 1

    def _twice(self, spans: list[Span]) -> None:
        """Report a row that stands in the list a second time, word for word."""
        row = tuple((span.field, span.text) for span in spans if span.fresh)
        if row in self.rows:
            severity = Severity.WARNING if self.form.numbered else Severity.INFO
            text = _shown(span.cell for span in spans if span.fresh)
            self.notes.report("MX977", spans[0].source, severity=severity, text=text)
        self.rows.add(row)

    def _is_indicator(self, told: dict[str, Span]) -> bool:
        """Whether a row is an indicator of the goal that is open, for no column names a measure."""
        slots = self.header.slots if self.header else ()
        fields = {slot.column.field for slot in slots if slot and slot.column}
        return "indicator.title" in told and "title" not in fields

    def _is_rest(self, spans: list[Span], *, first: bool) -> bool:
        """Whether a row is the rest of one that the end of a page cut."""
        allowed = PROSE | {"title"} if self.form.numbered else PROSE
        return (first or self.form.flowing) and all(
            span.fresh and span.field in allowed for span in spans
        )

    def _rest(self, spans: list[Span]) -> None:
        for span in spans:
            text = "".join(span.text.splitlines()) if span.field == "title" else span.text
            self._go_on(span.field, text, span.source)
            self.ended = span.field

    def _fits(self, group: Group, spans: list[Span]) -> bool:
        return any(
            group.pattern and group.pattern.fullmatch(compact(span.text))
            for span in spans
            if span.field == group.field and span.fresh
        )

    def _fill(self, draft: Draft, spans: list[Span], *, first_row: bool) -> None:
        """Put a row's cells into ``draft``."""
        own = [span for span in spans if span.fresh or (first_row and span.field in _SHARED)]
        series = [span for span in own if span.field in INDICATOR]
        named = next((s for s in spans if s.field == "indicator.title"), None)
        goes_on = not first_row and named is not None and not named.fresh
        unclear = draft.put_indicator([s for s in series if s.fresh], goes_on=goes_on)
        for span in own:
            if span.field in INDICATOR:
                continue
            if draft.put(span):
                unclear.append(span)
            if span.field in PROSE:
                self.ended = span.field
            if span.field == "costs" and not draft.is_goal:
                count(self.outline, draft.costs[-1], span.slot.heading)
        self._unclear(unclear)

    def _unclear(self, spans: Iterable[Span]) -> None:
        for span in spans:
            self.notes.report("MX921", span.source, field=span.field, text=span.text[:80])


_NUMBER: Final = re.compile(r"\d{1,5}(?:-\d{1,3})?")  # 5, 5-2


def _is_note(cell: Cell, spans: Sequence[Span], *, below: bool) -> bool:
    """Whether a lone cell is a sentence, and no title; or, below a sheet's last row, no goal."""
    name = next((span.field for span in spans if span.cell is cell), "")
    if name == "title":
        return cell.text.rstrip().endswith("。")
    return below and name not in PROSE


def _shown(cells: Iterable[Cell]) -> str:
    return " | ".join(cell.text.strip() for cell in cells)[:80]
