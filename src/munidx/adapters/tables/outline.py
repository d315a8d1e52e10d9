"""What stands around the rows: the title, captions, groups, notes, and which goals are open."""

import re
from collections.abc import Callable, Iterable
from typing import Final, TypeAlias

from attrs import define, field

from munidx.adapters.contract import PassReason
from munidx.adapters.tables.cells import as_title
from munidx.adapters.tables.drafts import Draft
from munidx.adapters.tables.form import Caption, Form, Group
from munidx.adapters.tables.notes import Notes
from munidx.adapters.tables.spans import Span
from munidx.japanese.characters import Aligned, align, compact
from munidx.model import Owner

__all__ = ["Act", "Outline", "squeezed", "without_unit"]

Act: TypeAlias = Callable[[str], None]
"""Takes a line over that stands at a locator."""

_LONGEST: Final = 400  # characters of a title, a note, a goal
_FRAME: Final = 8  # characters of the words around a code and a title: 第1章, 施策 1 … について
_UNIT: Final = re.compile(
    r"(?:[(\[【※]?(?:(?:金額|予算額?|事業費|経費)の?)?(?:表示)?単位[:は]?|[(\[【](?=[^、]{1,4}[)\]】]))"
    r"(?P<unit>[十百千万億]{0,3}円)(?:[、,・][^円()]{1,10})?(?:です)?[)\]】]?"
)
_BESIDE: Final = re.compile(
    r"(?:(?P<gap>\s)|(?=[(\[【]))"
    r"(?P<note>[(\[【※]?\s?単位\s?[:は]?\s?(?P<unit>[十百千万億]{0,3}円)\s?[)\]】]?)\s*$"
)
_PAGE: Final = re.compile(r"-?(?:p\.?)?\d{1,4}(?:/\d{1,4})?(?:ページ)?-?", re.IGNORECASE)


def without_unit(text: str) -> str:
    """A line without the unit of all money at its end."""
    aligned = align(text)
    found = _BESIDE.search(aligned.text)
    return aligned.cut(0, found.start()) if found else text


def squeezed(text: str) -> Aligned:
    """``text`` normalised and without white space, with the places in the original."""
    aligned = align(text)
    kept = [index for index, sign in enumerate(aligned.text) if not sign.isspace()]
    return Aligned(
        original=text,
        text="".join(aligned.text[index] for index in kept),
        starts=(*(aligned.starts[index] for index in kept), len(text)),
        ends=tuple(aligned.ends[index] for index in kept),
    )


@define(eq=False)
class Outline:
    """What is known of the plan while the lines go by, its rows aside."""

    form: Form
    notes: Notes
    root: Draft = field(factory=Draft)
    """All of it: goals, measures and indicators that stand under no goal, sums."""
    part: Draft = field(factory=Draft)
    """The sums since the last caption."""
    tables: tuple[Draft, ...] = field(factory=lambda: (Draft(), Draft(), Draft()))
    """The sums of this sheet, those since the last header, and since the last row of sums."""
    listed: set[Draft] = field(factory=set)
    """The goals, and the plan, under which measures stand since a header of other columns."""
    made: dict[Draft, Draft] = field(factory=dict)
    """Goals that the row which is now read has opened for the first time, and those above them."""
    doubtful: dict[Draft, Draft] = field(factory=dict)
    """Such goals of rows that were not understood, while nothing else has named them."""
    title: str = ""
    label: str = ""
    """The edition, as the title says it."""
    title_source: str = ""
    unit: str = ""
    """Of money, as the last note above a table says."""
    units: set[str] = field(factory=set)
    """All that notes have said."""
    opened: list[Draft | None] = field(init=False)
    """The goals that rows now belong to, by the rank of their level."""
    captions: dict[Caption, tuple[str, str]] = field(factory=dict)
    """Those that hold now: what they say, and where."""
    told: dict[tuple[str, str], dict[str, str]] = field(factory=dict)
    """By field and label of captions: all that they have said, with the first places."""
    number: int = 1
    """The running number that is expected next."""
    running: int = 1
    """That which would be, were the rows not counted anew."""

    @opened.default
    def _none_open(self) -> list[Draft | None]:
        return [None] * len(self.form.levels)

    @property
    def innermost(self) -> Draft:
        """What a row now belongs to: the innermost goal that is open, else the plan."""
        return next((goal for goal in reversed(self.opened) if goal), self.root)

    def understand(self, text: str) -> Act | None:
        """How to take over a line between the tables, or a row of one cell, if it is known."""
        if len(text) > _LONGEST or not text.strip():
            return None
        known = (self._with_note, self._as_title, self._as_note, self._as_caption, self._as_group)
        return next((act for act in (way(text) for way in known) if act), None)

    def _with_note(self, text: str) -> Act | None:
        """A line with the unit of all money at its right: on a page both are one line.

        Directly behind it, only where the line is known.
        """
        aligned = align(text)
        found = _BESIDE.search(aligned.text)
        if not found or not aligned.text[: found.start()].strip():
            return None
        act = self.understand(aligned.cut(0, found.start()))
        if not act and not found["gap"]:
            return None
        note = aligned.cut(*found.span("note"))

        def take(source: str) -> None:
            if act:
                act(source)
            self.unit = found["unit"]
            self.units.add(self.unit)
            self.notes.passed(source, PassReason.TABLE_HEADER, note)

        return take

    def is_heading(self, text: str) -> bool:
        """Whether a line is one of captions or groups."""
        if len(text) > _LONGEST:
            return False
        return bool(self._as_caption(text) or self._as_group(text))

    def caption_of_table(self, text: str, source: str) -> None:
        """Take over the caption of a table: the title, or the unit of its money."""
        act = (self._with_note(text) or self._as_title(text)) if not self.title else None
        if act:
            act(source)
        elif found := _UNIT.fullmatch(compact(text)):
            self.unit = found["unit"]
            self.units.add(self.unit)

    def new_sheet(self) -> None:
        """Another sheet begins: the notes of the others hold for it, if they all say the same."""
        self.tables = (Draft(), Draft(), Draft())
        if len(self.units) > 1:
            self.unit = ""

    def _as_title(self, text: str) -> Act | None:
        aligned = squeezed(text)
        found = re.fullmatch(self.form.title, aligned.text)
        if not found:
            return None

        def name(source: str) -> None:
            if not self.title:
                self.title, self.title_source = " ".join(text.split()), source
                if found.groupdict().get("year"):
                    self.label = "".join(aligned.cut(*found.span("year")).split())
                return
            same = aligned.text == compact(self.title)
            if not same:
                second = text.strip()
                self.notes.report("MX926", source, field="title", first=self.title, second=second)
            self.notes.passed(source, PassReason.REPEAT if same else None)

        return name

    def _as_note(self, text: str) -> Act | None:
        """The unit of all money, boilerplate or a page's number."""
        bare = compact(text)
        if found := _UNIT.fullmatch(bare):
            unit, reason = found["unit"], PassReason.TABLE_HEADER
        elif any(re.fullmatch(pattern, bare) for pattern in self.form.boilerplate):
            unit, reason = self.unit, PassReason.BOILERPLATE
        elif _PAGE.fullmatch(bare):
            unit, reason = self.unit, PassReason.PAGE_NUMBER
        else:
            return None

        def note(source: str) -> None:
            self.unit = unit
            self.units.update(filter(None, [unit]))
            self.notes.passed(source, reason)

        return note

    def _as_caption(self, text: str) -> Act | None:
        aligned = squeezed(text)
        for caption in self.form.captions:
            if found := caption.pattern.fullmatch(aligned.text):
                group = "value" if "value" in caption.pattern.groupindex else 0
                value = as_title(aligned.cut(*found.span(group)), tight=True)
                return lambda source, caption=caption: self._caption(caption, value, source)  # type: ignore[misc]  # a default binds it
        return None

    def _caption(self, caption: Caption, value: str, source: str) -> None:
        rank = self.form.captions.index(caption)
        for other in self.form.captions[rank:]:
            self.captions.pop(other, None)
        self.captions[caption] = value, source
        told = self.told.setdefault((caption.field, caption.label), {})
        if value in told:
            self.notes.passed(source, PassReason.REPEAT)
        told.setdefault(value, source)
        self.part, self.number = Draft(), 1

    def _as_group(self, text: str) -> Act | None:
        for group in self.form.groups:
            if group.pattern and not group.field and (act := self.open_group(group, text)):
                return act
        return None

    def open_group(self, group: Group, text: str) -> Act | None:
        """How to open the goal that a line is, if it is one of ``group``."""
        aligned = align(text.strip())
        parts = {"title": aligned.original, "code": ""}
        frame: list[str] = []
        if group.pattern:
            found = group.pattern.fullmatch(aligned.text)
            if not found:
                return None
            names = [name for name in ("code", "title") if found.groupdict().get(name)]
            if names:
                parts = {name: aligned.cut(*found.span(name)).strip() for name in names}
                spans = sorted(found.span(name) for name in names)
                frame = frame_of(aligned, spans, group.level)

        def open_goal(source: str) -> None:
            self.goal(group.level, parts, [source])
            for words in frame:
                self.notes.passed(source, PassReason.TABLE_HEADER, words)

        return open_goal

    def goal(self, level: str, texts: dict[str, str], sources: list[str]) -> Draft:
        """Open the goal so called under the one that is open above it; make it if there is none."""
        rank = self.form.levels.index(level)
        parent = next((goal for goal in reversed(self.opened[:rank]) if goal), self.root)
        told = {name: text for name, text in texts.items() if text}
        key = (level, told.get("title"), told.get("code"))
        goal = parent.below.get(key) if told else None
        if goal:
            self.doubtful.pop(goal, None)
            for source in sources:
                self.notes.passed(source, PassReason.REPEAT)
        else:
            goal = Draft(level=level, is_goal=True, texts=told, sources=list(sources))
            parent.goals.append(goal)
            parent.below[key] = goal
            self.made[goal] = parent
        if self.opened[rank] is not goal:
            self.number = 1
        self.opened[rank:] = [goal, *[None] * (len(self.opened) - rank - 1)]
        return goal

    def drop_doubtful(self) -> None:
        """Take back the goals of such rows where nothing came to stand below them."""
        for goal, parent in reversed(self.doubtful.items()):
            if goal.is_bare:
                parent.goals.remove(goal)

    def more_of(self, level: str, spans: Iterable[Span]) -> None:
        """Add to the description of the goal that is open; where none is, it stays unread."""
        goal = self.opened[self.form.levels.index(level)]
        if goal:
            for span in spans:
                goal.add_text("description", span)

    def labels(self) -> dict[str, str]:
        """What the captions say of a row: its labels."""
        return {
            caption.label: value
            for caption, (value, _) in self.captions.items()
            if caption.field == "label"
        }

    def bureaus(self) -> list[Owner]:
        """What the captions say of a row: whose it is, from the top."""
        return [
            Owner(name=value, source=source)
            for caption, (value, source) in self.captions.items()
            if caption.field == "owners"
        ]


def frame_of(aligned: Aligned, spans: list[tuple[int, int]], level: str) -> list[str]:
    """The few words of a form around what it says: the 第 and の of 第1の柱, the level aside."""
    edges = [0, *(edge for span in spans for edge in span), len(aligned.text)]
    words = [aligned.cut(*span).strip() for span in zip(edges[::2], edges[1::2], strict=True)]
    pieces = [piece for word in words for piece in (word.split(level) if level else [word])]
    return [piece for piece in pieces if piece and len(piece) <= _FRAME]
