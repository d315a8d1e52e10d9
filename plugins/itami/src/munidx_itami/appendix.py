"""The appendix (事業概要・成果): boxes that describe the main projects, with tables of their own.

A page lists the headings of its projects and, apart from them, the texts of the boxes in the
same order; captions and rows of tables stand between. The tables differ from box to box, so
their rows are kept as published, a line each, in what the project's year came to.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import Final

from attrs import define, evolve, field

from munidx.adapters import PassReason
from munidx.findings import Severity
from munidx.japanese.characters import compact
from munidx.japanese.eras import parse_fiscal_year
from munidx.japanese.marks import split_marks
from munidx.model import Evaluation, FiscalYear, Labels, Measure, Section
from munidx.place import merge_sources
from munidx_itami.lines import Kind, Line, Piece, source_of
from munidx_itami.notes import Notes
from munidx_itami.pieces import is_figure
from munidx_itami.prose import joined
from munidx_itami.sorting import is_unit, units_of

__all__ = ["TITLE", "Box", "boxes_of", "described", "enrich", "heading_codes"]

TITLE: Final = "事業概要・成果"
"""The label under which a project keeps its title in the appendix, where that is another."""
_MARKER: Final = f"【{TITLE}】"
_CAPTION: Final = re.compile(r"[【＜<《〈].+[】＞>》〉]")
_NOTE: Final = re.compile(r"(?:※|\*|[（(]).*", re.DOTALL)
_GOAL: Final = re.compile(r"(?P<code>\d{1,6})\s+(?P<title>\S.*)")
_LEAST_PROSE: Final = 12
_LEAST_SHARED: Final = 4
"""A stretch with so many characters of words in a caption and in a text is no accident."""
_KANA: Final = re.compile(r"[ぁ-ゖ]")
"""Particles and endings, which any two texts share."""
_LONGEST_CAPTION: Final = 80
_MOST_BLOCKS: Final = 60


@define(kw_only=True)
class Box:
    """What the appendix says of one project."""

    code: str
    heading: Piece
    title: str = ""
    """Its title there, where it is another than the sheet's."""
    prose: list[Line] = field(factory=list)
    rows: list[tuple[str, tuple[Line, ...]]] = field(factory=list)
    """Captions, headers and rows of its tables, each with its lines."""


@define
class _Block:
    """Lines without a blank one between them."""

    lines: list[Line]
    prose: bool
    box: Box | None = None


def heading_codes(pieces: Sequence[Piece]) -> list[str]:
    """The codes of the projects that the appendix describes."""
    return [piece.code for piece in pieces if piece.kind is Kind.PROJECT]


def boxes_of(
    pieces: Sequence[Piece],
    projects: Mapping[str, Measure],
    goals: Mapping[str, str],
    notes: Notes,
) -> tuple[list[Box], list[Section]]:
    """What each page of the appendix says of its projects, and the texts that found none.

    Args:
        pieces: The appendix.
        projects: The projects of the sheets by their codes, white space removed.
        goals: The titles of the sheets' goals by their codes.
        notes: Takes findings and leftovers.
    """
    boxes: list[Box] = []
    sections: list[Section] = []
    for _, page in groupby(pieces, key=lambda piece: piece.first.page):
        own, rest = _headings(list(page), projects, goals, notes)
        boxes += own
        blocks = _blocks(rest)
        if own and len(blocks) <= _MOST_BLOCKS:
            _share(own, blocks, notes)
        for block in blocks:
            if block.box is None and block.prose:
                sections.append(Section(text=joined(block.lines), source=source_of(block.lines)))
                notes.tell("MX962", Severity.WARNING, block.lines, text=block.lines[0].text[:40])
            elif block.box is None:
                notes.leave(block.lines)
    return boxes, sections


def _headings(
    page: Sequence[Piece],
    projects: Mapping[str, Measure],
    goals: Mapping[str, str],
    notes: Notes,
) -> tuple[list[Box], list[Line]]:
    boxes: list[Box] = []
    rest: list[Line] = []
    for piece in page:
        line = piece.first
        goal = _GOAL.fullmatch(line.text)
        if _MARKER in line.tight:
            notes.skip(
                piece.lines, PassReason.TABLE_HEADER, "" if line.tight == _MARKER else _MARKER
            )
            if line.tight != _MARKER:
                rest.append(line)
        elif piece.kind is Kind.HEAD and compact(piece.text) in map(compact, goals.values()):
            notes.skip(piece.lines, PassReason.REPEAT)
        elif piece.kind is Kind.PROJECT and compact(piece.code) in projects:
            boxes.append(_box(piece, projects[compact(piece.code)], notes))
        elif goal and compact(goals.get(compact(goal["code"]), "")) == compact(goal["title"]):
            notes.skip(piece.lines, PassReason.REPEAT)
        elif piece.alone:
            notes.skip(piece.lines, PassReason.PAGE_NUMBER)
        elif piece.kind is Kind.PROJECT and not any(map(is_figure, piece.text.split())):
            notes.tell("MX961", Severity.WARNING, piece.lines, project=piece.code)
            notes.leave(piece.lines)
        else:
            rest += piece.lines
    return boxes, rest


def _box(piece: Piece, project: Measure, notes: Notes) -> Box:
    words = piece.text.split()
    unit = ""
    if len(words) > 1 and is_unit(words[-1]):
        unit, words = words[-1], words[:-1]
    title, _ = split_marks(" ".join(words))
    box = Box(code=compact(piece.code), heading=piece)
    if compact(title) != compact(project.title):
        box.title = title
    owners = {compact(owner.name) for owner in project.owners}
    known = {compact(part) for part in units_of(unit)} <= owners
    whole = not box.title and (known or not unit)
    for text in (piece.code, unit if known else "", "" if box.title else title):
        if text and not whole:
            notes.skip(piece.lines, PassReason.REPEAT, text)
    if whole:
        notes.skip(piece.lines, PassReason.REPEAT)
    if unit and not known:
        notes.leave(piece.lines, unit)
    return box


def _blocks(lines: Sequence[Line]) -> list[_Block]:
    """Runs of lines: prose from its first indented line on, and what stands above it."""
    blocks: list[_Block] = []
    last: Line | None = None
    for line in lines:
        apart = (
            last is None
            or line.gap > 0
            or line.place.document != last.place.document
            or (line.place.line or 0) != (last.place.line or 0) + 1
        )
        opens = line.indented and bool(blocks) and not blocks[-1].prose
        if apart or opens:
            blocks.append(_Block([], prose=line.indented))
        blocks[-1].lines.append(line)
        last = line
    for block in blocks:
        told = "".join(line.text for line in block.lines)
        if (
            not block.prose
            and len(told) >= _LEAST_PROSE
            and any(line.text.endswith("。") for line in block.lines)
        ):
            block.prose = True
    return blocks


def _share(boxes: Sequence[Box], blocks: Sequence[_Block], notes: Notes) -> None:
    """Give the texts to the projects in their order, then captions and tables to the texts."""
    texts = [block for block in blocks if block.prose]
    if len(texts) == len(boxes):
        for block, box in zip(texts, boxes, strict=True):
            block.box = box
    elif len(boxes) == 1:
        for block in blocks:
            block.box = boxes[0]
    else:
        _align(texts, boxes)
    for block in texts:
        if block.box:
            block.box.prose += block.lines
    for block in _tables(blocks):
        _place(block, blocks)
    shared = [block for block in blocks if block.box]
    if len(boxes) > 1 and shared:
        notes.tell(
            "MX960",
            Severity.INFO if len(texts) == len(boxes) else Severity.WARNING,
            shared[0].lines,
            projects=tuple(box.code for box in boxes),
            texts=len(texts),
        )


def _align(texts: Sequence[_Block], boxes: Sequence[Box]) -> None:
    """Unequal counts: keep the order; each text goes to the heading that it shares most with."""
    best: list[tuple[int, tuple[int, ...]]] = [(0, ()) for _ in boxes]
    for block in texts:
        told = _pairs("".join(line.tight for line in block.lines))
        after = []
        for spot, box in enumerate(boxes):
            own = len(told & _pairs(box.heading.first.tight))
            score, way = max(best[: spot + 1], key=lambda entry: entry[0])
            after.append((score + own, (*way, spot)))
        best = after
    _, way = max(best, key=lambda entry: entry[0])
    for block, spot in zip(texts, way, strict=True):
        block.box = boxes[spot]


def _pairs(text: str) -> set[str]:
    return {text[spot : spot + 2] for spot in range(len(text) - 1)}


def _tables(blocks: Sequence[_Block]) -> list[_Block]:
    return [block for block in blocks if not block.prose]


def _place(block: _Block, blocks: Sequence[_Block]) -> None:
    """Find the project of captions and rows, and keep them as its lines."""
    spot = next(place for place, other in enumerate(blocks) if other is block)
    block.box = block.box or _owner(block, spot, blocks)
    if block.box:
        block.box.rows += [(line.text, (line,)) for line in block.lines]


def _owner(block: _Block, spot: int, blocks: Sequence[_Block]) -> Box | None:
    texts = [other for other in blocks if other.prose and other.box]
    below = blocks[spot + 1] if spot + 1 < len(blocks) else None
    if below and below.prose and below.lines[0].gap == 0:
        return below.box
    if _CAPTION.search(block.lines[0].text) and texts:
        shared = [_shared(block.lines[0].tight, _all(other)) for other in texts]
        if max(shared) >= _LEAST_SHARED and shared.count(max(shared)) == 1:
            return texts[shared.index(max(shared))].box
    above = blocks[spot - 1] if spot else None
    if above and not above.prose and _NOTE.fullmatch(block.lines[0].text):
        return above.box
    table = _table_of(block, blocks)
    if table is not None and table is not block:
        return _owner(table, _index(blocks, table), blocks)
    before = [other.box for other in blocks[:spot] if other.prose]
    after = [other.box for other in blocks[spot + 1 :] if other.prose]
    return before[-1] if before else after[0] if after else None


def _shared(caption: str, text: str) -> int:
    """How many characters of words, hiragana aside, a stretch of both holds at most."""
    caption = caption[:_LONGEST_CAPTION]
    best = 0
    for start in range(len(caption)):
        length = 1
        while start + length <= len(caption) and caption[start : start + length] in text:
            length += 1
        stretch = caption[start : start + length - 1]
        best = max(best, len(stretch) - len(_KANA.findall(stretch)))
    return best


def _index(blocks: Sequence[_Block], block: _Block) -> int:
    return next(spot for spot, other in enumerate(blocks) if other is block)


def _all(block: _Block) -> str:
    return "".join(line.tight for line in block.lines)


def _table_of(block: _Block, blocks: Sequence[_Block]) -> _Block | None:
    """The table by years whose width the figures of ``block`` have, if there is just one."""
    if len(block.lines) != 1:
        return None
    tokens = block.lines[0].text.split()
    figures = tokens[1:] if parse_fiscal_year(tokens[0]) is not None else tokens
    if not figures or not all(map(is_figure, figures)):
        return None
    tables = [
        other
        for other in blocks
        if not other.prose
        and any(
            line.tight.startswith("年度") and len(line.text.split()) == len(figures) + 1
            for line in other.lines
        )
    ]
    return tables[0] if len(tables) == 1 else None


def described(box: Box, evaluated: FiscalYear | None) -> tuple[str, tuple[Evaluation, ...]]:
    """The description and the results of a box's project."""
    text = joined(box.prose)
    rows = _ordered(box.rows)
    if not rows:
        return text, ()
    lines = [line for _, own in rows for line in own]
    return text, (
        Evaluation(
            year=evaluated,
            results="\n".join(told for told, _ in rows),
            source=source_of(lines),
            inferred=("year",) if evaluated is not None else (),
        ),
    )


_Rows = list[tuple[str, tuple[Line, ...]]]


def _ordered(rows: _Rows) -> _Rows:
    """The rows of a table by years behind its header, a torn row put together."""
    head = next((spot for spot, (text, _) in enumerate(rows) if text.startswith("年度")), None)
    if head is None:
        return rows
    width = len(rows[head][0].split()) - 1
    yearly: _Rows = []
    torn: _Rows = []
    others: _Rows = []
    for text, lines in rows[:head] + rows[head + 1 :]:
        tokens = text.split()
        if parse_fiscal_year(tokens[0]) is not None and len(tokens) in (1, width + 1):
            yearly.append((text, lines))
        elif len(tokens) == width and all(map(is_figure, tokens)):
            torn.append((text, lines))
        else:
            others.append((text, lines))
    empty = [spot for spot, (text, _) in enumerate(yearly) if len(text.split()) == 1]
    if len(empty) == len(torn):
        for spot, (text, lines) in zip(empty, torn, strict=True):
            label, own = yearly[spot]
            yearly[spot] = (f"{label} {text}", own + lines)
        torn = []
    yearly.sort(key=lambda row: parse_fiscal_year(row[0].split()[0]) or 0)
    return [*others, rows[head], *yearly, *torn]


def enrich(project: Measure, boxes: Iterable[Box], evaluated: FiscalYear | None) -> Measure:
    """``project`` with what the appendix says of it."""
    for box in boxes:
        text, evaluations = described(box, evaluated)
        lines = [*box.heading.lines, *box.prose]
        project = evolve(
            project,
            description="\n".join(part for part in (project.description, text) if part),
            evaluations=project.evaluations + evaluations,
            labels=Labels({**project.labels, **({TITLE: box.title} if box.title else {})}),
            source=merge_sources([project.source, source_of(lines)]),
        )
    return project
