"""From the lines of a sheet to the parts of the form.

Parts are known by their headings and by the header words of their tables, rows by what stands
in them: a goal's row has a number and a text, a row that goes on has no number, a row of
references holds nothing but codes and titles.
"""

import re
from itertools import zip_longest
from typing import Final

from attrs import define, field, frozen

from munidx.adapters import PassReason, Publication
from munidx.document import Block, Cell, Row
from munidx.errors import SourceError
from munidx.findings import Severity
from munidx.japanese.characters import compact
from munidx.place import merge_sources
from munidx_toyonaka.columns import Columns, header_of, word_of
from munidx_toyonaka.pieces import Piece, markup, pieces_of
from munidx_toyonaka.record import Fact, GoalRecord, NamedPair, Sheet
from munidx_toyonaka.references import is_code, label_of, pairs_of

__all__ = ["Heading", "heading_of", "read"]

_NUMBERED: Final = re.compile(r"(?P<code>[0-9]{1,2})[.、](?P<title>\S.*)")
_PARTS: Final = (
    ("policies", re.compile(r"(?:使命を遂行.*)?取り?組み?方針.*")),
    ("mission", re.compile(r"(?:部局の)?使命")),
    ("year", re.compile(r"当年度目標.*")),
    ("mid", re.compile(r"中期目標.*")),
)
_TITLE: Final = re.compile(r".{0,30}(?:部局?長|部局)の?(?:目標|マニフェスト).{0,10}")
_LONGEST_HEADING: Final = 80
_BUREAU_WORDS: Final = {"部局", "部局名", "補職", "職名", "氏名"}
_BUREAU_LINE: Final = re.compile(
    r"部局\s+(?P<部局>\S{1,40})\s+補職\s+(?P<補職>\S{1,40})\s+氏名\s+(?P<氏名>\S.{0,40})"
)
_NAMES: Final = {"部局名": "部局", "職名": "補職"}
_POLICY: Final = re.compile(r"(?:取り?組み?)?方針")
_REVIEW: Final = re.compile(r"(?:方針に基づく)?取り?組み?の総括|総括")
_CODE: Final = re.compile(r"(?:No\.?)?(?P<code>[0-9]{1,2})\.?")
_PAGE: Final = re.compile(r"-?[0-9]{1,3}-?(?:/[0-9]{1,3})?(?:ページ|頁)?")
_LONGEST_LABEL: Final = 20


@frozen(kw_only=True)
class Heading:
    """A numbered heading of the form."""

    part: str
    """``mission``, ``policies``, ``year``, ``mid``; ``""`` for one that the form does not have."""
    code: str
    title: str


def heading_of(text: str) -> Heading | None:
    """The heading that ``text`` is; None where it is none."""
    plain = compact(text)
    if len(plain) > _LONGEST_HEADING or plain.endswith("。"):
        return None
    found = _NUMBERED.fullmatch(plain)
    if not found:
        return None
    part = next((name for name, words in _PARTS if words.fullmatch(found["title"])), "")
    title = re.sub(r"^\s*[0-9０-９]{1,2}\s*[.．、]\s*", "", text).strip()
    return Heading(part=part, code=found["code"], title=title)


def read(document: Publication) -> Sheet:
    """Gather the parts of the sheet."""
    outline = _Outline()
    lines = list(document.lines())
    for line, following in zip_longest(lines, lines[1:]):
        if isinstance(line, Row):
            outline.row(line, following if isinstance(following, Row) else None)
        else:
            outline.block(line)
    return outline.sheet


@define
class _Outline:
    """Where in the form we are, and what was gathered so far."""

    sheet: Sheet = field(factory=Sheet)
    part: str = ""
    columns: Columns = field(factory=Columns)
    headed: bool = False
    """Whether the last row was one of a head, so that another one adds to it."""
    policies: dict[int, str] = field(factory=dict)
    goal: GoalRecord | None = None
    plan: str | None = None
    """The plan that the label above names; None: no label since the goal's row; ``""``: a
    label that the form does not have."""
    label: Cell | None = None

    def block(self, line: Block) -> None:
        """A line outside of the tables."""
        self.headed = False
        sheet, source = self.sheet, str(line.place)
        heading = heading_of(line.text)
        if heading:
            self._heading(line, heading)
        elif _PAGE.fullmatch(compact(line.text)):
            sheet.skip(line, PassReason.PAGE_NUMBER)
        elif not self.part and _TITLE.fullmatch(compact(line.text)):
            self._title(line)
        elif not self.part and (told := _BUREAU_LINE.fullmatch(line.text.strip())):
            for name, text in told.groupdict().items():
                sheet.bureau.setdefault(name, Fact(text=text.strip(), source=source))
            for name in ("部局", "氏名"):
                sheet.skip(line, PassReason.TABLE_HEADER, name)
        elif self.part == "mission":
            sheet.mission.append(Fact(text=line.text.strip(), source=source))
        else:
            sheet.skip(line)
            sheet.find("MX920", line.place, text=line.text.strip()[:60], reason="outside")

    def _title(self, line: Block) -> None:
        if self.sheet.title is None:
            self.sheet.title = Fact(text=line.text.strip(), source=str(line.place))
        else:
            self._again(line, "title", self.sheet.title.text, line.text)

    def _heading(self, line: Block, heading: Heading) -> None:
        self.columns, self.policies, self.plan = Columns(), {}, None
        self.goal = None
        self.part = heading.part or "unknown"
        if not heading.part:
            self.sheet.skip(line)
            self.sheet.find("MX931", line.place, text=heading.title)
            return
        known = self.sheet.headings.get(heading.part)
        if known is not None:
            self._again(line, heading.part, known.text, heading.title)
            return
        self.sheet.headings[heading.part] = Fact(text=heading.title, source=str(line.place))
        self.sheet.headings[f"{heading.part}-code"] = Fact(
            text=heading.code, source=str(line.place)
        )
        if heading.part in ("mission", "policies"):
            self.sheet.skip(line, PassReason.BOILERPLATE)

    def _again(self, line: Block | Cell, name: str, first: str, second: str) -> None:
        """What stands once in the form is printed again."""
        same = compact(first) == compact(second)
        self.sheet.skip(line, PassReason.REPEAT if same else None)
        self.sheet.find("MX926", line.place, field=name, first=first, second=second.strip())

    def row(self, line: Row, following: Row | None) -> None:
        """A row of a table."""
        filled = [cell for cell in line.cells if cell.text.strip()]
        if not filled:
            return
        words = {word_of(cell) for cell in filled}
        header = header_of(line)
        if len(words & _BUREAU_WORDS) > 1 or (not self.part and words & _BUREAU_WORDS):
            self._bureau(filled)
        elif self._is_policy_head(filled):
            self.policies = {
                cell.column: "review" if _REVIEW.fullmatch(word_of(cell)) else "policies"
                for cell in filled
                if _REVIEW.fullmatch(word_of(cell)) or _POLICY.fullmatch(word_of(cell))
            }
            self._head_cells(filled, self.policies)
        elif header:
            self._header(line, filled, header)
            self.headed = True
        elif self.policies and self.part in ("policies", ""):
            self._policy(filled)
        elif self.columns.known:
            self._goal_row(line, filled, following)
        elif self.part == "mission":
            for cell in filled:
                self.sheet.mission += self._facts(cell)
        else:
            self._astray(line, filled, "outside")
        self.headed = self.headed and bool(header)

    def _facts(self, cell: Cell) -> list[Fact]:
        return [Fact(text=piece.raw, source=piece.source) for piece in self._pieces(cell)]

    def _bureau(self, filled: list[Cell]) -> None:
        """部局, 補職 and 氏名, each before its value."""
        name, head = "", None
        for cell in filled:
            word = word_of(cell)
            if word in _BUREAU_WORDS:
                name, head = _NAMES.get(word, word), cell
                if name != "補職":  # its word stays, as the label's name
                    self.sheet.skip(cell, PassReason.TABLE_HEADER)
            elif not name:
                self._astray(cell, [cell], "outside")
            elif name in self.sheet.bureau:
                self._again(cell, name, self.sheet.bureau[name].text, cell.text)
                if head and name == "補職":
                    self.sheet.skip(head, PassReason.TABLE_HEADER)
                name = ""
            else:
                places = [str(cell.place), *([str(head.place)] if name == "補職" and head else [])]
                source = merge_sources(places)
                self.sheet.bureau[name] = Fact(text=cell.text.strip(), source=source)
                name = ""

    def _is_policy_head(self, filled: list[Cell]) -> bool:
        words = [word_of(cell) for cell in filled]
        return any(map(_POLICY.fullmatch, words)) and any(map(_REVIEW.fullmatch, words))

    def _head_cells(self, filled: list[Cell], known: dict[int, str]) -> None:
        for cell in filled:
            if known.get(cell.column):
                self.sheet.skip(cell, PassReason.TABLE_HEADER)
            else:
                self.sheet.skip(cell)
                self.sheet.find("MX929", cell.place, column=cell.text.strip())

    def _policy(self, filled: list[Cell]) -> None:
        for cell in filled:
            name = self.policies.get(cell.column)
            if name == "policies":
                self.sheet.policies += self._pieces(cell)
            elif name == "review":
                self.sheet.review += self._pieces(cell)
            else:
                self.sheet.skip(cell)

    def _header(self, line: Row, filled: list[Cell], header: dict[int, str]) -> None:
        if not self.headed:
            self.columns = Columns()
            self.policies = {}
        self.columns.add(header, line)
        self._head_cells(filled, header)
        self.sheet.heads += [
            Fact(text=cell.text.strip(), source=str(cell.place))
            for cell in filled
            if header.get(cell.column) == "group"
        ]
        if self.columns.known:
            self.part = "mid" if self.columns.is_mid else "year"
            if self.goal and self.goal.mid != (self.part == "mid"):
                self.goal, self.plan = None, None

    def _goal_row(self, line: Row, filled: list[Cell], following: Row | None) -> None:
        known = [cell for cell in filled if cell.column not in self.columns.unknown]
        for cell in filled:
            if cell.column in self.columns.unknown:
                self.sheet.skip(cell, text=cell.text.strip())
        if not known:
            return
        label = next(((cell, *found) for cell in known if (found := label_of(cell))[0]), None)
        if label:
            self._label(line, known, *label)
            return
        number = self._number(known)
        pairs, astray = pairs_of((cell, None) for cell in known)
        referring = bool(pairs) and all(map(is_code, astray))
        if number and not (referring and self._refers(number, len(pairs), following)):
            self._begin(known, *number)
        elif referring and self.plan != "" and self.goal:
            if self.plan is None:
                self.sheet.find("MX930", line.place, section="総合計画・基本政策")
            self._refer(known)
        elif self.goal and self.plan is None and not number:
            self._fill(self.goal, known)
        elif len(known) == 1 and 0 < len(word_of(known[0])) <= _LONGEST_LABEL and self.goal:
            self.plan = ""
            self.sheet.skip(known[0])
            self.sheet.find("MX931", line.place, text=known[0].text.strip())
        else:
            self._astray(line, known, "no-goal")

    def _number(self, known: list[Cell]) -> tuple[Cell, str] | None:
        """The number of a goal, where one stands in its column and a text beside it."""
        cell = known[0]
        found = _CODE.fullmatch(word_of(cell))
        if not found or self.columns.field_of(cell) != "no" or len(known) == 1:
            return None
        return cell, found["code"]

    def _refers(self, number: tuple[Cell, str], pairs: int, following: Row | None) -> bool:
        """Whether a row that looks like a code and a title refers to another plan.

        It may as well be the number and the title of a goal whose text stands in the next row.
        """
        if pairs > 1:
            return True
        expected = int(self.goal.code.text) + 1 if self.goal else 1
        if int(number[1]) != expected or following is None:
            return self.plan is not None
        return self.plan is not None and not self._goes_on(following)

    def _goes_on(self, following: Row) -> bool:
        """Whether the next row holds the text of a goal begun in this one."""
        filled = [cell for cell in following.cells if cell.text.strip()]
        if not filled or self._number(filled) or any(label_of(cell)[0] for cell in filled):
            return False
        pairs, astray = pairs_of((cell, None) for cell in filled)
        return bool(astray) or not pairs

    def _begin(self, known: list[Cell], cell: Cell, code: str) -> None:
        mid = self.columns.is_mid
        last = [goal for goal in self.sheet.goals if goal.mid is mid]
        expected = int(last[-1].code.text) + 1 if last else 1
        if int(code) != expected:
            self.sheet.find("MX922", cell.place, expected=expected, found=code)
        self.goal = GoalRecord(Fact(text=code, source=str(cell.place)), mid=mid)
        self.sheet.goals.append(self.goal)
        self.plan = None
        self._fill(self.goal, known[1:])

    def _fill(self, goal: GoalRecord, known: list[Cell]) -> None:
        """Add the cells of a goal's row to its columns."""
        for cell in known:
            name = self.columns.field_of(cell)
            if name in ("", "no"):
                self._astray(cell, [cell], "column")
            else:
                goal.column(name).extend(self._pieces(cell))

    def _label(self, line: Row, known: list[Cell], cell: Cell, plan: str, rest: str) -> None:
        """A row that names the plan of the references below, or of those beside it."""
        self.plan, self.label = plan, cell
        self.sheet.leftovers += markup(cell)
        if self.goal is None:
            self._astray(line, known, "no-goal")
            return
        self._refer([each for each in known if each is not cell], (cell, rest) if rest else None)

    def _refer(self, cells: list[Cell], first: tuple[Cell, str] | None = None) -> None:
        told: list[tuple[Cell, str | None]] = [first] if first else []
        pairs, astray = pairs_of([*told, *((cell, None) for cell in cells)])
        plan = self.plan or ""
        for pair in pairs:
            name = plan or ("総合計画" if "(" in pair.code else "基本政策")
            label = self.label if plan else None
            if self.goal:
                self.goal.references.append(NamedPair(plan=name, label=label, pair=pair))
        for cell in astray:
            self._astray(cell, [cell], "reference")
        for cell in cells:
            self.sheet.leftovers += markup(cell)

    def _pieces(self, cell: Cell) -> tuple[Piece, ...]:
        try:
            found = pieces_of(cell)
        except SourceError as error:
            self.sheet.skip(cell)
            self.sheet.find("MX921", cell.place, field=error.code, text=cell.text.strip()[:60])
            return ()
        self.sheet.leftovers += markup(cell)
        if any(piece.guessed for piece in found):
            self.sheet.find(
                "MX924", cell.place, severity=Severity.INFO, field="items", rule="white-space"
            )
        return found

    def _astray(self, where: Row | Cell, cells: list[Cell], reason: str) -> None:
        text = " | ".join(cell.text.strip() for cell in cells)[:60]
        for cell in cells:
            self.sheet.skip(cell)
        self.sheet.find("MX920", where.place, text=text, reason=reason)
