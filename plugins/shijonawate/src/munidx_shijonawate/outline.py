"""The walk through the document: which part of it each line belongs to.

Headings are known by their words, in any order, and a part may be missing. A heading that the
form does not have opens a part that nobody knows: all in it is left over, up to the next known
heading.
"""

import re
from collections.abc import Iterator
from typing import Final

from attrs import define, evolve, field

from munidx.adapters import PassReason
from munidx.document import Block, BlockKind, Publication, Row, Table
from munidx.japanese.characters import compact, normalise
from munidx_shijonawate.record import (
    GoalRecord,
    Group,
    Outline,
    Piece,
    SectionRecord,
    TermRecord,
)
from munidx_shijonawate.rows import read_rows
from munidx_shijonawate.tables import read_table
from munidx_shijonawate.words import (
    ACTION_PLAN,
    EDITION,
    GOAL,
    GROUP,
    LISTED_GOAL,
    LISTED_GROUP,
    TITLE,
    is_boilerplate,
    is_legend_header,
    is_navigation,
    is_page_number,
    section_role,
)
from munidx_shijonawate.wrapped import is_wrapped, unwrap

__all__ = ["read_outline"]

_HEADING_LIMIT: Final = 30
_TERM: Final = re.compile(r"([A-ZＡ-Ｚ])(?:\s+|$)")
_ENUMERATED: Final = re.compile(r"[(（][0-9０-９]{1,2}[)）]|[・･①-⑳]")


@define
class _Walk:
    outline: Outline
    part: str = "start"
    """The role of the part that the current line stands in."""
    goal: GoalRecord | None = None
    group: Group | None = None
    listed: bool = False
    """Whether the list of key measures has begun."""
    listed_goal: GoalRecord | None = None
    groups: list[Group] = field(factory=list)


def read_outline(publication: Publication) -> Outline:
    """Cut ``publication`` into the parts of the form."""
    outline = Outline()
    walk = _Walk(outline)
    pieces = list(_pieces(publication))
    lines = [piece for piece in pieces if isinstance(piece, Piece)]
    outline.wrapped = len(lines) == len(pieces) and is_wrapped(lines)
    for spot, piece in enumerate(pieces):
        if isinstance(piece, Table):
            _take_table(walk, piece)
            continue
        after = pieces[spot + 1] if spot + 1 < len(pieces) else None
        alone = piece.heading or (
            piece.gap and not (isinstance(after, Piece) and not after.gap and not after.heading)
        )
        if not _is_landmark(walk, piece):
            _take(walk, piece, alone=alone)
    classes = frozenset(normalise(term.name.text) for term in outline.terms)
    for group in walk.groups:
        _read_group(group, classes, outline)
    unwrap(outline)
    return outline


def _pieces(publication: Publication) -> Iterator[Piece | Table]:
    """The lines of all blocks; a table of the text form is as good as its lines."""
    last: int | None = None
    for block in publication.blocks:
        if isinstance(block, Table) and block.place.line is None:
            yield block
            last = None
            continue
        for line in block.rows if isinstance(block, Table) else (block,):
            number = line.place.line
            gap = number is None or last is None or number > last + 1
            yield from _lines(line, gap=gap)
            last = number


def _lines(line: Block | Row, *, gap: bool) -> Iterator[Piece]:
    if isinstance(line, Row):
        text, heading, item = " ".join(cell.text for cell in line.cells), False, False
    else:
        text = line.text
        heading = line.kind is BlockKind.HEADING
        item = line.kind is BlockKind.ITEM
    for part in re.split(r"[\n\f]", text):
        if part.strip():
            yield Piece(part.strip(), line.place, gap, heading, item)
            gap = False


def _read_group(group: Group, classes: frozenset[str], outline: Outline) -> None:
    lines: list[Piece] = []
    for piece in group.lines:
        if isinstance(piece, Table):
            group.entries += read_table(piece, outline)
        else:
            lines.append(piece)
    if lines:
        group.entries += read_rows(lines, classes, outline)


def _is_landmark(walk: _Walk, piece: Piece) -> bool:
    """Take ``piece`` if it is known by itself, wherever it stands."""
    plain = compact(piece.text)
    outline = walk.outline
    if is_navigation(piece.text):
        outline.skip(piece, PassReason.NAVIGATION)
    elif is_boilerplate(piece.text):
        outline.skip(piece, PassReason.BOILERPLATE)
        walk.part = "end"
    elif is_page_number(piece.text) and walk.part != "table":
        outline.skip(piece, PassReason.PAGE_NUMBER)
    elif TITLE.fullmatch(plain):
        _take_title(walk, piece)
    elif ACTION_PLAN.fullmatch(plain):
        _take_action_plan(walk, piece)
    elif found := EDITION.fullmatch(plain):
        _take_edition(walk, piece, found["name"], found["label"], found["rest"])
    elif found := GOAL.fullmatch(plain):
        _open_goal(walk, piece, found[1])
    elif found := GROUP.fullmatch(plain):
        _open_group(walk, piece, found[1], found[2])
    elif role := section_role(piece.text):
        _open_part(walk, piece, role)
    else:
        return False
    return True


def _take_title(walk: _Walk, piece: Piece) -> None:
    if walk.outline.title is None:
        walk.outline.title = piece
        walk.part = "title"
    elif compact(walk.outline.title.text) == compact(piece.text):
        walk.outline.skip(piece, PassReason.REPEAT)
    else:
        walk.outline.skip(piece)


def _take_action_plan(walk: _Walk, piece: Piece) -> None:
    first = walk.outline.action_plan
    if first is None:
        walk.outline.action_plan = piece
        walk.outline.sections["action"] = SectionRecord(piece)
        walk.part = "action"
    elif compact(first.text) == compact(piece.text):
        walk.outline.skip(piece, PassReason.REPEAT)
    else:
        walk.outline.skip(piece)


def _take_edition(walk: _Walk, piece: Piece, name: str, label: str, rest: str) -> None:
    outline = walk.outline
    start = _after(piece.text, len(name))
    end = _after(piece.text, len(name) + len(label))
    walk.part = "end"
    if outline.edition is not None:
        if compact(outline.edition.text) == label:
            outline.skip(piece, PassReason.REPEAT)
        else:
            outline.find("MX976", piece, first=outline.edition.text, text=piece.text)
            outline.skip(piece)
        return
    outline.edition = piece.cut(start, end)
    if outline.action_plan is None:
        outline.action_plan = piece.cut(0, start)
    else:
        outline.skip(piece, PassReason.REPEAT, piece.text[:start].strip())
    if rest:
        reason = PassReason.BOILERPLATE if "PDF" in rest else None
        outline.skip(piece, reason, piece.text[end:].strip())


def _after(text: str, length: int) -> int:
    """Where in ``text`` its first ``length`` compacted characters end."""
    return next((end for end in range(len(text) + 1) if len(compact(text[:end])) >= length), 0)


def _open_goal(walk: _Walk, piece: Piece, number: str) -> None:
    """``基本目標(1) …`` of the action plan."""
    title = _behind(piece, r"基本目標\s*[(（]?\s*[0-9０-９]{1,2}\s*[)）]?[.:、．：-]?")
    goal = walk.outline.goal(number)
    if goal is None:
        goal = GoalRecord(number)
        walk.outline.goals.append(goal)
    elif goal.headed:
        walk.outline.find("MX977", piece, title.text, text=piece.text)
    goal.headed = True
    goal.titles.append(title)
    walk.goal, walk.group = goal, None
    walk.part = "goal"


def _open_group(walk: _Walk, piece: Piece, number: str, sub: str) -> None:
    """``(1)-1 …`` of the action plan."""
    mark = re.match(
        r"[(（]\s*[0-9０-９]{1,2}\s*[)）]\s*[^0-9０-９]\s*[(（]?[0-9０-９]{1,2}[)）]?", piece.text
    )
    end = mark.end() if mark else 0
    title = Piece(piece.text[end:].lstrip(".．:：、").strip(), piece.place)
    goal = walk.outline.goal(number)
    if goal is None:
        goal = GoalRecord(number)
        walk.outline.goals.append(goal)
        walk.outline.find("MX979", piece, title.text, number=number)
    elif walk.goal is not goal and walk.goal is not None:
        walk.outline.find("MX980", piece, title.text, goal=walk.goal.code, text=piece.text)
    code = re.sub(r"\s", "", piece.text[:end])
    if any(compact(group.code) == compact(code) and group in walk.groups for group in goal.groups):
        walk.outline.find("MX977", piece, title.text, text=piece.text)
    listed = next(
        (g for g in goal.groups if g not in walk.groups and compact(g.code) in {sub, f"({sub})"}),
        None,
    )
    group = listed or Group(code)
    if listed is None:
        goal.groups.append(group)
    group.code = code
    group.titles.insert(0, title)
    walk.groups.append(group)
    walk.goal, walk.group, walk.part = goal, group, "table"


def _behind(piece: Piece, mark: str) -> Piece:
    found = re.match(mark, piece.text)
    return piece.cut(found.end() if found else 0)


def _open_part(walk: _Walk, piece: Piece, role: str) -> None:
    outline = walk.outline
    walk.part, walk.group = role, None
    walk.goal = None
    if role in {"vision", "goals"}:
        outline.skip(piece, PassReason.REPEAT)
    elif role == "legend":
        outline.skip(piece, PassReason.TABLE_HEADER)
    elif role in outline.sections:
        outline.find("MX977", piece, piece.text, text=piece.text)
        outline.skip(piece, PassReason.REPEAT)
    else:
        outline.sections[role] = SectionRecord(piece)


def _take(walk: _Walk, piece: Piece, *, alone: bool) -> None:
    """Take a line that is no landmark, by the part that it stands in."""
    if walk.part == "table" and walk.group is not None:
        walk.group.lines.append(piece)
    elif walk.part == "vision":
        _take_vision(walk, piece)
    elif walk.part == "goals":
        _take_goal_line(walk, piece, alone=alone)
    elif walk.part == "measures":
        _take_listed(walk, piece, alone=alone)
    elif walk.part == "legend":
        _take_legend(walk, piece)
    elif walk.part in walk.outline.sections and not _is_unknown_heading(
        piece, alone=alone and bool(walk.outline.sections[walk.part].paragraphs)
    ):
        walk.outline.sections[walk.part].paragraphs.append(piece)
    else:
        if walk.part in walk.outline.sections:
            walk.part = "unknown"
        walk.outline.skip(piece)


def _is_unknown_heading(piece: Piece, *, alone: bool) -> bool:
    """Whether a line looks like a heading: marked as one, or short, alone, and no sentence."""
    if piece.heading:
        return True
    plain = compact(piece.text)
    return alone and len(plain) <= _HEADING_LIMIT and not re.search(r"[。、.!?:]", plain)


def _take_vision(walk: _Walk, piece: Piece) -> None:
    if walk.outline.vision and piece.gap:
        walk.outline.skip(piece)
        walk.part = "unknown"
    else:
        walk.outline.vision.append(piece)


def _take_goal_line(walk: _Walk, piece: Piece, *, alone: bool) -> None:
    found = LISTED_GOAL.fullmatch(compact(piece.text))
    if found and (alone or not re.search(r"。$", piece.text)):
        if walk.outline.goal(found[1]):
            walk.outline.find("MX977", piece, text=piece.text)
            walk.outline.skip(piece)
            walk.part = "unknown"
            return
        walk.goal = GoalRecord(found[1], [_behind(piece, r"[(（]\s*[0-9０-９]+\s*[)）]")])
        walk.outline.goals.append(walk.goal)
    elif walk.goal is None or _is_unknown_heading(piece, alone=alone):
        walk.outline.skip(piece)
        walk.part = "unknown"
    else:
        walk.goal.description.append(piece)


def _take_listed(walk: _Walk, piece: Piece, *, alone: bool) -> None:
    """The introduction of the key measures, or an entry of their list."""
    plain = compact(piece.text)
    goal = LISTED_GOAL.fullmatch(plain)
    entry = LISTED_GROUP.fullmatch(plain)
    if goal and "。" not in plain:
        walk.listed = True
        _list_goal(walk, piece, goal[1])
    elif walk.listed and (entry or piece.item) and walk.listed_goal is not None:
        title = _behind(piece, r"[(（]?[0-9０-９]+[)）]?[.．、:：]") if entry else piece
        walk.listed_goal.groups.append(Group(entry[1] if entry else "", [title]))
    elif walk.listed or _is_unknown_heading(piece, alone=alone):
        walk.outline.skip(piece)
        walk.part = "unknown" if not walk.listed else walk.part
    else:
        walk.outline.sections["measures"].paragraphs.append(piece)


def _list_goal(walk: _Walk, piece: Piece, number: str) -> None:
    goal = walk.outline.goal(number)
    if goal is None:
        goal = GoalRecord(number)
        walk.outline.goals.append(goal)
    walk.listed_goal = goal
    title = re.sub(r"[(（]\s*基本目標\s*[)）]\s*$", "", piece.text)
    goal.titles.append(_behind(evolve(piece, text=title), r"[(（]\s*[0-9０-９]+\s*[)）]"))
    walk.outline.skip(piece, PassReason.REPEAT)


def _take_legend(walk: _Walk, piece: Piece) -> None:
    outline = walk.outline
    if is_legend_header(piece.text):
        outline.skip(piece, PassReason.TABLE_HEADER)
        return
    found = _TERM.match(piece.text)
    if found:
        name = normalise(found[1])
        if any(normalise(term.name.text) == name for term in outline.terms):
            outline.find("MX977", piece, name, text=piece.text)
        term = TermRecord(Piece(found[1], piece.place))
        outline.terms.append(term)
        if piece.text[found.end() :].strip():
            term.lines.append(piece.cut(found.end()))
    elif outline.terms and (not outline.terms[-1].lines or _ENUMERATED.match(piece.text)):
        outline.terms[-1].lines.append(piece)
    else:
        outline.skip(piece)


def _take_table(walk: _Walk, table: Table) -> None:
    if walk.part == "table" and walk.group is not None:
        walk.group.lines.append(table)
        return
    for row in table.rows:
        for cell in row.cells:
            pieces = [Piece(t.strip(), cell.place) for t in cell.text.split("\n") if t.strip()]
            if walk.part == "legend":
                for piece in pieces:
                    _take_legend(walk, piece)
            else:
                for piece in pieces:
                    walk.outline.skip(piece)
