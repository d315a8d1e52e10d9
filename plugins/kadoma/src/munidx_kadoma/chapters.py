"""The DX推進計画 line by line: which heading opens what, and what the lines below it are."""

from typing import Final

from attrs import define

from munidx.adapters import PassReason
from munidx.document import Block, Line, Row
from munidx.japanese.characters import compact
from munidx.japanese.marks import split_bullet
from munidx.model import State
from munidx_kadoma import imprint
from munidx_kadoma.opening import Contents, front
from munidx_kadoma.outline import (
    GoalRecord,
    ItemRecord,
    Outline,
    Said,
    SectionRecord,
    TermRecord,
    sources,
)
from munidx_kadoma.survey import Box, Survey, bullet, extended, is_field, notes, with_answer
from munidx_kadoma.tables import Tables
from munidx_kadoma.words import (
    CAPTION,
    CONTENTS,
    COUNT,
    DEFINED,
    DIAGRAMS,
    GLOSSARY,
    GROUP,
    PAGE,
    SCHEDULE,
    Numbered,
    goal_of,
    is_short,
    joined,
    key_of,
    label_of,
    numbered,
    paged,
    remark_of,
    without_notes,
)

__all__ = ["walk_through"]

_LONG: Final = 40  # a line this long that does not end as a sentence was cut by a page's end
_LONGEST: Final = 2000  # what is longer than a page's text is not joined further
_NOTE: Final = ("*", "＊", "※")


def walk_through(lines: list[Line]) -> Outline:
    """Read every line of the document into its outline."""
    outline = Outline()
    walker = _Walker(outline, Tables(outline), Contents(outline), lines)
    for index, line in enumerate(lines):
        walker.index = index
        if isinstance(line, Row):
            walker.row(line)
        else:
            walker.block(Said.of(line))
    walker.close_box()
    return outline


@define
class _Walker:
    """Where the reading stands: what the last headings opened."""

    outline: Outline
    tables: Tables
    contents: Contents
    lines: list[Line]
    index: int = 0
    state: str = "front"
    section: SectionRecord | None = None
    goal: GoalRecord | None = None
    item: ItemRecord | None = None
    part: str = ""
    """Of an item: ``lines``, ``actions``, ``target``."""
    survey: Survey | None = None
    box: Box | None = None
    term: TermRecord | None = None
    drawn: int = 0
    """The last number within a picture."""

    def row(self, line: Row) -> None:
        """A row: of the contents while they go on, else of a table."""
        said = Said("\t".join(cell.text for cell in line.cells).strip(), str(line.place))
        if not self._of_contents(said):
            self.tables.row(line)

    def block(self, said: Said) -> None:
        """A line outside the tables."""
        plain = said.plain
        if not plain:
            return
        if PAGE.fullmatch(plain):
            self.outline.skip(said, PassReason.PAGE_NUMBER)
            return
        if self._of_contents(said):
            return
        if said.item:
            self._bullet(said)
        elif self._heading(said, plain):
            self.outline.skip_note(said)
        else:
            self._paragraph(said)

    def _of_contents(self, said: Said) -> bool:
        if self.state != "contents":
            return False
        if self.contents.takes(said, self._following()):
            return True
        self.state = ""
        return False

    def _following(self) -> Line | None:
        return self.lines[self.index + 1] if self.index + 1 < len(self.lines) else None

    # --- headings

    def _heading(self, said: Said, plain: str) -> bool:
        return (
            self._aside(said, plain)
            or (self.state == "front" and front(said, self.outline))
            or self._goal_heading(said)
            or self._label(said, plain)
            or self._named(said, plain)
            or self._picture(said, plain)
            or self._numbered(said)
            or self._defined(said, plain)
        )

    def _aside(self, said: Said, plain: str) -> bool:
        """The heading of the contents, or a line of them."""
        if CONTENTS.fullmatch(plain):
            self._open("contents")
            self.contents = Contents(self.outline)
            self.outline.skip(said, PassReason.CONTENTS)
            return True
        head = paged(said.text)
        if head:
            self.contents.announce(said, head)
        return bool(head)

    def _goal_heading(self, said: Said) -> bool:
        """``<基本目標1> …`` where goals are described, ``基本目標1 …`` above their items."""
        found = goal_of(said.text)
        if not found:
            return False
        self._open("goal")
        self.goal = self.outline.goal(found.code)
        title = Said(found.title, said.source)
        if found.bracketed:
            self.goal.titles.append(title)
        else:
            if self.goal.chapter:
                self.outline.find("MX977", said, text=said.text)
            self.goal.titles.insert(0, title)
            self.goal.chapter = True
        self.goal.places.append(said)
        return True

    def _label(self, said: Said, plain: str) -> bool:
        """《取組の方向性》, 《めざす姿》, or a label that the form does not have."""
        role = label_of(plain)
        inside = self.item is not None or self.state == "goal"
        if not role or (role == "?" and (not inside or self._is_picture(plain))):
            return False
        if role == "?" or self.item is None:
            self.outline.find("MX931", said, text=said.text)
            item = self.item
            self._open("unknown")
            self.item = item
            return True
        item = self.item
        self._open("item")
        self.item, self.part = item, role
        self.outline.skip(said, PassReason.TABLE_HEADER)
        return True

    def _is_picture(self, plain: str) -> bool:
        """Whether a line in brackets is a heading of its own: of a count, or of a table."""
        table = self.item is None and isinstance(self._following(), Row)
        return COUNT.fullmatch(plain) is not None or (table and GROUP.fullmatch(plain) is not None)

    def _named(self, said: Said, plain: str) -> bool:
        """The headings of the schedule, of the glossary and of the imprint."""
        if SCHEDULE.fullmatch(plain):
            self._open("tables")
            self.outline.skip(said, PassReason.TABLE_HEADER)
        elif GLOSSARY.fullmatch(plain):
            title, bracket, rest = remark_of(said.text)
            self._open("tables")
            self.section = SectionRecord([Said(title, said.source)])
            if bracket:
                self.section.lines.append(Said(bracket + rest, said.source))
            self.outline.sections.append(self.section)
            self.outline.met.add(key_of(title))
        elif imprint.opens(plain):
            self._open("imprint")
            imprint.read_line(said, self.outline)
        else:
            return False
        return True

    def _picture(self, said: Said, plain: str) -> bool:
        """Pictures and what they number; captions of figures; groups of the history."""
        if found := COUNT.fullmatch(plain):
            self._open("viewpoints" if found[2] == "視点" else "picture")
            self.outline.counts.append((found[2], int(found[1]), said))
            self.outline.skip(said, PassReason.TABLE_HEADER)
        elif plain in DIAGRAMS:
            self._open(f"drawn-{DIAGRAMS[plain]}")
            self.drawn = 0
            self.outline.skip(said, PassReason.TABLE_HEADER)
        elif CAPTION.fullmatch(plain) and (self.section or self.survey) and not self.item:
            above = None if plain.startswith("<参考>") else self.survey
            self._open("survey")
            self.survey = Survey([said], above.named if above else None)
            self.section = SectionRecord(self.survey.captions)
            self.outline.sections.append(self.section)
        elif GROUP.fullmatch(plain) and self.item is None:
            self._open("section")
            self.section = SectionRecord([said])
            self.outline.sections.append(self.section)
        else:
            return False
        return True

    def _numbered(self, said: Said) -> bool:
        found = numbered(said.text)
        if not found:
            return False
        drawn = found.rank == "chapter" and self.state.startswith("drawn-")
        if drawn and int(found.number) == self.drawn + 1:
            self._draw(said, found)
            return True
        if found.rank == "part" and self._is_item(found):
            self._item(said, found)
            return True
        if found.rank == "point" and (self.item is not None or self.section is None):
            return False
        self._open("section")
        self.survey, self.goal = None, None
        title = Said(without_notes(said.text), said.source)
        self.section = SectionRecord([title])
        self.outline.sections.append(self.section)
        self.outline.met.add(key_of(found.title))
        return True

    def _draw(self, said: Said, found: Numbered) -> None:
        """A title within a picture: of a goal, or of a viewpoint."""
        self.drawn += 1
        title = Said(joined(found.title), said.source)
        if self.state == "drawn-goals":
            goal = self.outline.goal(found.number)
            goal.titles.append(title)
            goal.places.append(said)
        else:
            self.outline.drawn.append((found.number, Said(said.text, said.source)))

    def _is_item(self, found: Numbered) -> bool:
        """Whether ``(1) …`` heads an item: labels stand below it, or a list names it so."""
        for line in self.lines[self.index + 1 :]:
            if isinstance(line, Row):
                break
            text = line.text.strip()
            if label_of(compact(text)) in ("actions", "target"):
                return True
            again = numbered(text)
            if goal_of(text) or (again and again.rank != "point"):
                break
        if self.goal is None or not self.goal.chapter:
            return False
        key = key_of(found.title)
        return any(
            key_of(title.text) == key
            for _, _, title in [*self.outline.listed, *self.outline.overview]
        )

    def _item(self, said: Said, found: Numbered) -> None:
        goal = self.goal
        self._open("item")
        title = Said(joined(found.title), said.source)
        self.item = ItemRecord(said, found.number, title)
        self.part = "lines"
        self.goal = goal
        members = goal.items if goal else self.outline.strays
        expected = int(members[-1].number) + 1 if members else 1
        if int(found.number) != expected:
            self.outline.find("MX922", said, expected=expected, found=found.number)
        if goal is None:
            self.outline.find("MX930", said, section="基本目標")
        members.append(self.item)

    def _defined(self, said: Said, plain: str) -> bool:
        """``…の定義``, ``…とは``: a box that explains a term."""
        if not is_short(plain) or not DEFINED.fullmatch(plain):
            return False
        if self.item is not None and not (self.part == "target" and self.item.target):
            return False
        if self.item is None and self.section is None:
            return False
        rest = "の定義" if plain.rstrip(":?").endswith("の定義") else "とは"
        term = said.text[: said.text.rindex(rest[0] if len(rest) > 2 else rest)]  # noqa: PLR2004
        self.close_box()
        self.term = TermRecord([Said(term.strip(), said.source)])
        self.outline.terms.append(self.term)
        self.outline.skip(said, PassReason.TABLE_HEADER, rest)
        return True

    def _open(self, state: str) -> None:
        """Leave what was open; the goal and the survey stay until another heading closes them."""
        self.close_box()
        self.tables.close()
        self.state, self.section, self.item, self.part = state, None, None, ""

    def close_box(self) -> None:
        """End a box beside an item: its figures are the item's."""
        if self.box is not None and self.item is not None:
            found = list(self.box.indicators())
            self.item.indicators += found
            if not found:
                self.outline.find("MX931", self.box.heading, text=self.box.heading.text)
        self.box, self.term = None, None

    # --- what stands below them

    def _bullet(self, said: Said) -> None:
        if self.term is not None:
            text = split_bullet(said.text)[1].strip()
            self.term.lines.append(Said(text, said.source, item=True))
        elif self.state == "item" and self.item and self.part == "actions":
            text = split_bullet(said.text)[1].strip()
            self.item.actions.append([Said(text, said.source, item=True)])
        elif self.state == "survey" and self.survey is not None:
            self._answer(said, self.survey)

    def _answer(self, said: Said, survey: Survey) -> None:
        """A bullet below a caption: an indicator, or one more answer to a free question."""
        found = bullet(said, survey)
        last = self.outline.indicators[-1] if self.outline.indicators else None
        if last is not None and survey.voices and not found[0].statement:
            self.outline.indicators[-1] = with_answer(last, found[0])
        else:
            self.outline.indicators += found
        survey.voices = not found[0].statement
        survey.open = not said.ended

    def _paragraph(self, said: Said) -> None:
        if self.term is not None and (self.item is not None or not self.term.lines):
            self._append(self.term.lines, said, "text")
        elif self.box is not None:
            self.box.add(said)
        elif self.state == "item" and self.item is not None:
            self._of_item(self.item, said)
        elif self.state == "goal" and self.goal is not None:
            self._append(self.goal.lines, said, "description")
        elif self.state == "viewpoints":
            self._viewpoint(said)
        elif self.state == "imprint":
            imprint.read_line(said, self.outline)
        elif self.state == "survey" and self.section is not None and self.survey is not None:
            self._of_survey(said, self.section, self.survey)
        elif self.state == "section" and self.section is not None:
            self.term = None
            self._append(self.section.lines, said, "text")
        elif self.state == "tables":
            self._title_alone(said)

    def _title_alone(self, said: Said) -> None:
        """An item's title in the schedule whose blank cells left no tabs."""
        if self.tables.kind == "schedule" and is_short(said.plain):
            self.outline.groups.append((said, []))

    def _of_item(self, item: ItemRecord, said: Said) -> None:
        if self.part == "lines":
            self._append(item.lines, said, "description")
        elif self.part == "actions":
            self._action(item, said)
        elif not item.target or said.ended or len(said.plain) > _LONG or _is_cut(item.target[-1]):
            self._append(item.target, said, "target_state")
        elif self._field_next():
            self.box = Box(said)
        else:
            self.outline.find("MX931", said, text=said.text)
            self.state = "unknown"

    def _action(self, item: ItemRecord, said: Said) -> None:
        """A line below 取組の方向性 without a bullet: the rest of one, or one of a plain list."""
        last = item.actions[-1] if item.actions else None
        if last is not None and last[0].item and not last[-1].ended:
            last.append(said)
            self.outline.info("MX923", said, field="actions")
        elif last is None or not last[0].item:
            item.actions.append([said])

    def _field_next(self) -> bool:
        following = self._following()
        return isinstance(following, Block) and is_field(following.text)

    def _viewpoint(self, said: Said) -> None:
        seen = self.outline.viewpoints
        if is_short(said.plain) and not said.ended:
            seen.append(SectionRecord([said]))
            self.outline.sections.append(seen[-1])
        elif seen:
            self._append(seen[-1].lines, said, "text")

    def _of_survey(self, said: Said, section: SectionRecord, survey: Survey) -> None:
        """Below a caption: the rest of it, its source, the rest of a bullet, or notes."""
        caption = section.title is survey.captions and not section.lines and len(section.title) == 1
        if caption and said.plain.startswith("より"):
            survey.captions.append(said)
            return
        if said.text.startswith(_NOTE) and is_short(said.plain):
            self.section = SectionRecord([Said(said.text.lstrip("*＊※"), said.source)])
            self.outline.sections.append(self.section)
            survey.open = False
            return
        last = self.outline.indicators[-1] if self.outline.indicators else None
        words = last is not None and last.actuals[-1].state is State.QUALITATIVE
        if last is not None and words and survey.open and not is_field(said.text):
            self.outline.indicators[-1] = extended(last, said)
            self.outline.info("MX923", said, field="text")
            survey.open = False
            return
        survey.open = False
        self.outline.indicators += notes(said, survey)
        section.lines.append(said)

    def _append(self, lines: list[Said], said: Said, name: str) -> None:
        """Add a paragraph, or the rest of the one before, if a page's end cut it."""
        last = lines[-1] if lines else None
        if last is not None and _is_cut(last) and not is_field(last.text):
            lines[-1] = Said(last.text + said.text, sources([last, said]))
            self.outline.info("MX923", said, field=name)
        else:
            lines.append(said)


def _is_cut(said: Said) -> bool:
    """Whether a long line stops within a sentence, as at a page's end."""
    return not said.ended and _LONG <= len(said.plain) <= _LONGEST
