"""The tables of the DX推進計画: contents, history, overview, schedule, glossary.

A table is known by the words of its header, its columns by theirs; it goes on after a page's
end, with its header printed again or not. A column of another name is read by nobody.
"""

import re
from collections.abc import Mapping
from typing import Final

from attrs import define, evolve, field

from munidx.adapters import PassReason
from munidx.document import Row
from munidx.japanese.characters import align, compact
from munidx.japanese.eras import find_times, parse_fiscal_year, parse_time_text
from munidx.japanese.marks import is_dash
from munidx.japanese.periods import parse_period
from munidx.model import FiscalYear, Milestone, OpenEnd, ScheduleEntry
from munidx.place import merge_sources
from munidx_kadoma.outline import Outline, Said, StepRecord, TermRecord, sources
from munidx_kadoma.words import joined, key_of, without_notes

__all__ = ["Tables"]

_WORDS: Final[Mapping[str, Mapping[str, tuple[str, ...]]]] = {
    "history": {
        "date": ("導入時期", "実施時期", "時期", "年月", "導入年月"),
        "text": ("取組内容", "取組", "内容", "主な取組"),
    },
    "glossary": {
        "index": ("#", "索引", "行"),
        "term": ("用語", "用語名"),
        "text": ("解説", "説明", "用語の解説", "用語の説明", "意味"),
    },
    "overview": {
        "goal": ("(基本目標)", "基本目標"),
        "items": ("(重点取組事項)", "重点取組事項"),
    },
}
_NEEDED: Final = {
    "history": {"date", "text"},
    "glossary": {"term", "text"},
    "overview": {"goal", "items"},
}
_STEPS: Final = re.compile(
    r"(?:重点取組事項)?(?:及び|と|・|/|\()?(?:個別施策|施策名?|取組名?)\)?|重点取組事項"
)
_GROUPS: Final = "重点取組事項"
_GOAL: Final = re.compile(r"\s*(?P<code>\d{1,2})\s*[.、]?\s*(?P<title>\S.*)", re.DOTALL)
_ITEM: Final = re.compile(r"\(\s*(\d{1,2})\s*\)\s*")
_INDEX: Final = re.compile(r"[A-Za-zぁ-んァ-ヶ#]{1,2}|[あかさたなはまやらわ]行")
_GOES_ON: Final = re.compile(r"[→⇒➡⇨~]+|同上|〃")
_LONGEST_YEAR: Final = 20
"""R4(2022)年度以降, and no sentence."""


@define
class Tables:
    """Which table the rows are of, and what its columns are."""

    outline: Outline
    kind: str = ""
    columns: dict[int, str] = field(factory=dict)
    years: dict[int, FiscalYear] = field(factory=dict)
    onward: FiscalYear | None = None
    """The last column's year, where the column is of all years from it on (以降)."""
    filled: dict[FiscalYear, Said] = field(factory=dict)
    """Of a row of the schedule, the cells of years that are not blank."""
    items: set[str] = field(factory=set)
    """The titles of the items that stand before the schedule, for comparing."""
    fresh: bool = False
    """Whether a page may have ended before the next row."""
    last: int | None = None
    date: Milestone | None = None
    """The last row of the history with a date of its own."""
    seen: set[tuple[str, ...]] = field(factory=set)
    """What was printed already: rows are never dropped as doubles, but reported."""

    def close(self) -> None:
        """A heading stands between: what follows is another table."""
        self.kind, self.columns, self.years = "", {}, {}
        self.date, self.last = None, None

    def row(self, line: Row) -> None:
        """Take a row of any table."""
        number = line.place.line or 0
        if self.last is not None and number != self.last + 1:
            self.fresh = True
        self.last = number
        cells = {c.column: Said.of(c) for c in line.cells if compact(c.text)}
        if not cells or self._header(cells):
            return
        if not self.kind and self._is_overview(cells):
            self.kind, self.columns = "overview", {0: "goal", 1: "items"}
        self.filled = {self.years[c]: said for c, said in cells.items() if c in self.years}
        known = {
            self.columns[c]: said
            for c, said in cells.items()
            if c in self.columns and c not in self.years
        }
        taken = {
            "history": self._event,
            "glossary": self._term,
            "overview": self._goal,
            "schedule": self._step,
        }.get(self.kind)
        if taken is None or not taken(known):
            self.outline.find(
                "MX920",
                next(iter(cells.values())),
                text=" | ".join(said.text for said in cells.values())[:80],
                reason=f"no-{self.kind or 'table'}-row",
            )
        self.fresh = False

    def _header(self, cells: Mapping[int, Said]) -> bool:
        """Whether a row names the columns of a table; then it opens or goes on with it."""
        for kind, words in _WORDS.items():
            found = {
                column: role
                for column, said in cells.items()
                for role, names in words.items()
                if said.plain in names
            }
            if _NEEDED[kind] <= set(found.values()):
                self._open(kind, found, cells)
                return True
        steps = {c: said.plain for c, said in cells.items() if _STEPS.fullmatch(said.plain)}
        years = {
            column: year
            for column, said in cells.items()
            if column not in steps and (year := _year_of(said)) is not None
        }
        if not steps or not years:
            return False
        roles = {
            column: "group" if plain == _GROUPS and len(steps) > 1 else "title"
            for column, plain in steps.items()
        }
        if self.kind != "schedule":
            self.items = {item.key for item in self.outline.items()}
        self._open("schedule", {**roles, **dict.fromkeys(years, "year")}, cells)
        self._check(years, cells)
        self.years = years
        last = max(years)
        self.onward = None if parse_fiscal_year(cells[last].plain) is not None else years[last]
        return True

    def _open(self, kind: str, columns: dict[int, str], cells: Mapping[int, Said]) -> None:
        if self.kind != kind:
            self.date = None
        else:
            self.fresh = True
        self.kind, self.columns, self.years = kind, columns, {}
        for column, said in cells.items():
            if column in columns:
                self.outline.skip(said, PassReason.TABLE_HEADER)
            else:
                self.outline.find("MX929", said, column=said.text[:80])

    def _check(self, years: Mapping[int, FiscalYear], cells: Mapping[int, Said]) -> None:
        """Years of columns rise by one; each is printed twice, in both counts."""
        before: int | None = None
        for column in sorted(years):
            for found in find_times(cells[column].text):
                self.outline.doubts(found, cells[column])
            if before is not None and years[column] != before + 1:
                self.outline.find(
                    "MX922", cells[column], expected=before + 1, found=int(years[column])
                )
            before = int(years[column])

    def _once(self, said: Said, *kind: str) -> None:
        key = (*kind, said.plain)
        if key in self.seen:
            self.outline.find("MX977", said, text=said.text[:80])
        self.seen.add(key)

    def _event(self, known: Mapping[str, Said]) -> bool:
        """A row of the history; a blank date is that of the row above."""
        if "text" not in known:
            return False
        said, when = known["text"], known.get("date")
        place = sources(known.values())
        event = Milestone(text=said.text, source=place)
        if when is not None:
            time = parse_time_text(when.text)
            for found in find_times(when.text):
                self.outline.doubts(found, when)
            if time is None:
                self.outline.find("MX921", when, field="date", text=when.text)
            event = evolve(event, date=time)
            self.date = event
        elif self.date is not None and self.date.date is not None:
            event = evolve(event, date=self.date.date, inferred=("date",))
            self.outline.info("MX924", place, field="date", rule="as-above")
        else:
            self.outline.find("MX921", said, field="date", text="")
        self._once(said, "event", str(event.date))
        self.outline.milestones.append(event)
        return True

    def _term(self, known: Mapping[str, Said]) -> bool:
        """A row of the glossary, or the rest of the one that a page's end cut."""
        index, term, text = (known.get(name) for name in ("index", "term", "text"))
        if index is not None:
            if not _INDEX.fullmatch(index.plain):
                return False
            self.outline.skip(index, PassReason.NAVIGATION)
        last = self.outline.terms[-1] if self.outline.terms else None
        cut = last is not None and bool(last.lines) and not last.lines[-1].ended
        rest = index is None and (term is None or text is None or (self.fresh and cut))
        if last is not None and rest:
            if term is not None:
                last.term.append(term)
            if text is not None:
                last.lines.append(text)
            self.outline.info("MX923", term or text, field="text" if term is None else "term")
            return True
        if term is None:
            return False
        self._once(term, "term")
        self.outline.skip_note(term)
        self.outline.terms.append(TermRecord([term], [text] if text else []))
        return True

    def _is_overview(self, cells: Mapping[int, Said]) -> bool:
        return (
            set(cells) == {0, 1}
            and _GOAL.fullmatch(align(cells[0].text).text) is not None
            and _ITEM.match(align(cells[1].text).text) is not None
        )

    def _goal(self, known: Mapping[str, Said]) -> bool:
        """A goal and its items, as the overview names them."""
        if "goal" not in known or "items" not in known:
            return False
        goal, items = align(known["goal"].text), align(known["items"].text)
        head = _GOAL.fullmatch(goal.text)
        found = list(_ITEM.finditer(items.text))
        if not head or not found or found[0].start() > 0:
            return False
        code = str(int(head["code"]))
        record = self.outline.goal(code)
        title = joined(without_notes(goal.cut(*head.span("title"))))
        record.titles.append(Said(title, known["goal"].source))
        record.places.append(known["goal"])
        bounds = [*(one.start() for one in found), len(items.text)]
        for number, one in enumerate(found):
            title = joined(without_notes(items.cut(one.end(), bounds[number + 1])))
            if title:
                place = Said(title, known["items"].source)
                self.outline.overview.append((code, str(int(one[1])), place))
        return True

    def _step(self, known: Mapping[str, Said]) -> bool:
        """A row of the schedule: an item's title alone, or what is done for it year by year."""
        filled = self.filled
        if any("。" in said.text for said in filled.values()):
            return False  # a sentence is no phase: another table's row went astray
        title = known.get("title")
        if "group" in known:
            self.outline.groups.append((known["group"], []))
        if title is None:
            return "group" in known or self._rest(filled)
        if not filled and "group" not in self.columns.values():
            self.outline.groups.append((title, []))
            return True
        if self._is_item(title):
            self.outline.groups.append((title, []))
        if not self.outline.groups:
            return False
        steps = self.outline.groups[-1][1]
        self._once(title, "step", str(len(self.outline.groups)))
        steps.append(StepRecord(title, self._entries(filled), list(filled.values())))
        return True

    def _is_item(self, title: Said) -> bool:
        """Whether a row with phases of its own is that of another item than the last one."""
        key = key_of(title.text)
        last = self.outline.groups[-1][0].text if self.outline.groups else ""
        return key in self.items and key != key_of(last)

    def _entries(self, filled: Mapping[FiscalYear, Said]) -> list[ScheduleEntry]:
        """An entry for each filled cell; up to the next one it goes on, which is inferred.

        An arrow says so itself, and a dash that nothing goes on.
        """
        entries: list[ScheduleEntry] = []
        ended = False
        for year in sorted(set(self.years.values())):
            said = filled.get(year)
            arrow = said is not None and _GOES_ON.fullmatch(said.plain) is not None
            told = {"end": None, "open": OpenEnd.END} if year == self.onward else {"end": year}
            if said is not None and is_dash(said.plain):
                ended = True
            elif said is not None and not (arrow and entries):
                ended = False
                place = said.source
                entries.append(
                    evolve(ScheduleEntry(start=year, text=said.text, source=place), **told)
                )
            elif said is not None:
                place = merge_sources([entries[-1].source, said.source])
                entries[-1] = evolve(entries[-1], **told, source=place, inferred=())
                self.outline.skip(said, PassReason.REPEAT)
            elif entries and not ended:
                entries[-1] = evolve(entries[-1], **told, inferred=tuple(told)[-1:])
        return entries

    def _rest(self, filled: Mapping[FiscalYear, Said]) -> bool:
        """The rest of a row's cells behind a page's end."""
        if not self.fresh or not filled or not self.outline.groups:
            return False
        steps = self.outline.groups[-1][1]
        begun = {int(str(e.start)): n for n, e in enumerate(steps[-1].entries)} if steps else {}
        if not set(filled) <= set(begun):
            return False
        for year, said in filled.items():
            entry = steps[-1].entries[begun[year]]
            steps[-1].entries[begun[year]] = evolve(
                entry,
                text=f"{entry.text} {said.text}",
                source=merge_sources([entry.source, said.source]),
            )
            steps[-1].cells.append(said)
        self.outline.info("MX923", next(iter(filled.values())), field="schedule")
        return True


def _year_of(said: Said) -> FiscalYear | None:
    """The fiscal year that heads a column; that from which on it is, for ``令和7年度以降``."""
    if len(said.plain) > _LONGEST_YEAR:
        return None
    year = parse_fiscal_year(said.plain)
    if year is not None:
        return FiscalYear(year)
    period = parse_period(said.plain)
    if period is None or period.end is not None or not isinstance(period.start, FiscalYear):
        return None
    return period.start
