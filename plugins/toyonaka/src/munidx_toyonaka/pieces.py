"""What stands in a cell, piece by piece: a title, numbered points, bullets, notes.

Cells hold HTML whose lists are unclosed and have no ``<li>``: the items of one ``<ul>`` stand
in a row, parted by their bullets (``・``, ``*``) or by nothing but a space. A point ``(2) …`` may
begin in the middle of such a list, or of the line that holds the title.
"""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from attrs import frozen

from munidx.adapters import Leftover, PassReason
from munidx.document import Block, BlockKind, Cell, Table
from munidx.japanese.schedules import find_schedules
from munidx.readers.html import fragment

__all__ = ["Piece", "brackets", "is_within", "markup", "pieces_of"]

_NUMBER: Final = r"[(（]\s?[0-9０-９]{1,2}\s?[)）]|[⑴-⒇]"
_MARKS: Final = "・･●○◎◆◇■□▪•*＊※"
_OPENING: Final = re.compile(
    rf"(?:^|(?<=\s))(?:(?P<number>(?:(?:{_NUMBER})\s*)+)"
    rf"|(?P<mark>[{_MARKS}]|[-‐−–—－](?=\s))\s*(?=\S)"
    r"|(?P<sub>[①-⑳㉑-㉟㊱-㊿]|[(（][ア-コ][)）])\s*(?=\S))"
)
_CODE_BEFORE: Final = re.compile(r"[0-9０-９]\s?[-－‐−–—ー]\s*$")
_TAG: Final = re.compile(r"</?[a-zA-Z][^<>]{0,400}>|&(?:#\d{1,7}|#x[0-9a-fA-F]{1,6}|\w{2,30});")
_RANKS: Final = {
    **dict.fromkeys("●○◎◆◇■□▪•", 0),
    **dict.fromkeys("・･", 1),
    **dict.fromkeys("*＊", 2),
}
_NESTED_RANK: Final = 3  # a dash, or an item of its own within another one
_PLAIN_RANK: Final = 1
_COUNTED_MARKS: Final = "●○◎"  # the host counts these, for elsewhere they are values
_PAIRS: Final = {"(": ")", "（": "）", "【": "】", "「": "」", "『": "』", "[": "]", "［": "］"}
_BRACKET: Final = re.compile("[()（）【】「」『』[\\]［］]")
_GLUED: Final = re.compile(r"[\x21-\x7e]{1,10}")
_ITS_OWN: Final = re.compile(r"[(（](?:仮称|公財|一財|公社|株|新|再掲)[)）]")
_LEAST_PARTS: Final = 3


@frozen(kw_only=True)
class Piece:
    """One piece of a cell."""

    kind: str
    """``text``, ``point`` (numbered), ``item`` or ``note``."""
    text: str
    """Without its number or bullet."""
    raw: str
    """As published, on one line."""
    source: str
    numbers: tuple[str, ...] = ()
    """The numbers of a point: ``("(1)", "(2)")``."""
    rank: tuple[int, int] = (0, 0)
    """Of an item: the lower one stands above."""
    guessed: bool = False
    """Whether nothing but a space parts it from its neighbours."""


@frozen
class _Shape:
    """What holds for a whole cell."""

    source: str
    marked: bool
    """Whether it has bullets: then a line without one goes on with the item before it."""
    closed: bool
    """Whether its lists are closed, so that nesting can be believed."""
    itemised: bool
    """Whether its items are marked up as such (``<li>``)."""


def pieces_of(cell: Cell) -> tuple[Piece, ...]:
    """The pieces of ``cell`` in their order.

    Raises:
        SourceError: Its HTML goes over a bound.
    """
    source = str(cell.place)
    blocks = list(_lines(fragment(cell.text, place=cell.place)))
    lower = cell.text.lower()
    marked = any(
        found["mark"] and found["mark"] != "※"
        for block, text in blocks
        for found in _openings(text)
    )
    itemised = "<li" in lower or (
        "<" not in cell.text and any(block.kind is BlockKind.ITEM for block, _ in blocks)
    )
    closed = itemised and lower.count("<ul") == lower.count("</ul")
    shape = _Shape(source, marked, closed, itemised)
    return tuple(piece for block, text in blocks for piece in _cut(block, text, shape))


def markup(cell: Cell) -> Iterator[Leftover]:
    """What passes the tags and entities of ``cell``, and bullets that the host counts."""
    told = {found[0] for found in _TAG.finditer(cell.text)}
    told |= {mark for mark in _COUNTED_MARKS if mark in cell.text}
    for text in sorted(
        told, key=lambda tag: (-len(tag), tag)
    ):  # <table border="1"> before </table>
        yield Leftover(source=str(cell.place), reason=PassReason.BOILERPLATE, text=text)


def brackets(text: str) -> list[tuple[int, int]]:
    """The outermost bracketed spans of ``text``; an opening without its closing is none."""
    spans: list[tuple[int, int]] = []
    stack: list[tuple[str, int]] = []
    for found in _BRACKET.finditer(text):
        place, sign = found.start(), found[0]
        if sign in _PAIRS:
            stack.append((_PAIRS[sign], place))
        elif stack and sign == stack[-1][0]:
            start = stack.pop()[1]
            while spans and spans[-1][0] > start:
                spans.pop()
            spans.append((start, place + 1))
    return spans


def is_within(spans: list[tuple[int, int]], place: int) -> bool:
    """Whether ``place`` lies inside of a bracketed span."""
    at = bisect_left(spans, (place, 0)) - 1
    return at >= 0 and place < spans[at][1]


def _lines(blocks: tuple[Block | Table, ...]) -> Iterator[tuple[Block, str]]:
    for block in blocks:
        if isinstance(block, Table):
            for row in block.rows:
                for cell in row.cells:
                    for text in cell.text.split("\n"):
                        yield Block(text=text, place=cell.place), text
        else:
            for text in block.text.split("\n"):
                if text.strip():
                    yield block, text.strip()


def _openings(text: str) -> list[re.Match[str]]:
    """Where points and items begin: not within brackets, not within a code (``5-2- (1)``)."""
    inner = brackets(text)
    found = []
    for opening in _OPENING.finditer(text):
        at = opening.start()
        if is_within(inner, at):
            continue
        if opening["number"] and _CODE_BEFORE.search(text[max(0, at - 6) : at]):
            continue
        found.append(opening)
    return found


def _cut(block: Block, text: str, shape: _Shape) -> Iterator[Piece]:
    openings = _openings(text)
    first = openings[0].start() if openings else len(text)
    if text[:first].strip():
        yield from _unmarked(block, text[:first].strip(), shape)
    ends = [*(opening.start() for opening in openings[1:]), len(text)]
    for opening, end in zip(openings, ends, strict=False):
        raw = text[opening.start() : end].strip()
        inner = text[opening.end() : end].strip()
        level = block.level if shape.closed else 0
        if opening["number"]:
            numbers = tuple(_plain(found[0]) for found in re.finditer(_NUMBER, opening["number"]))
            yield Piece(kind="point", text=inner, raw=raw, source=shape.source, numbers=numbers)
        elif opening["mark"] == "※":
            yield Piece(kind="note", text=raw, raw=raw, source=shape.source)
        elif opening["sub"]:  # （ア） and ① number the items below one: they stay
            yield from _item(raw, raw, (level, _NESTED_RANK), shape)
        else:
            rank = (level, _RANKS.get(opening["mark"], _NESTED_RANK))
            yield from _item(inner, raw, rank, shape)


def _item(text: str, raw: str, rank: tuple[int, int], shape: _Shape) -> Iterator[Piece]:
    """An item; one that goes on with items of its own (``A B(…) C(…)``) is several."""
    parts = _parts(text)
    below = parts[1:]
    if len(parts) >= _LEAST_PARTS and all(part.endswith((")", "）")) for part in below):
        head = raw[: raw.index(parts[0]) + len(parts[0])]
        yield Piece(kind="item", text=parts[0], raw=head, source=shape.source, rank=rank)
        for part in below:
            yield Piece(
                kind="item",
                text=part,
                raw=part,
                source=shape.source,
                rank=(rank[0], _NESTED_RANK + 1),
                guessed=True,
            )
        return
    for piece in _run_together(text):
        own = raw if piece == text else piece
        yield Piece(kind="item", text=piece, raw=own, source=shape.source, rank=rank)


def _run_together(text: str) -> list[str]:
    """``A(8月)・B(通年)``: two items between which the space is lost; else one."""
    cuts = [0]
    if text.endswith((")", "）")):
        for start, end in brackets(text):
            dated = text[end : end + 1] in ("・", "･") and find_schedules(text[start + 1 : end - 1])
            cuts += [end + 1] if dated else []
    cuts.append(len(text) + 1)
    return [text[first : last - 1].strip() for first, last in pairwise(cuts)]


def _unmarked(block: Block, text: str, shape: _Shape) -> Iterator[Piece]:
    """Text that neither a number nor a bullet opens."""
    level = block.level if shape.closed else 0
    run = _parts(text) if block.kind is not BlockKind.ITEM and not shape.marked else []
    if len(run) > 1 and all(part.endswith((")", "）")) for part in run):
        # A page whose lists have no <li> leaves a line of items: A(通年) B(8月).
        for part in run:
            rank = (level, _PLAIN_RANK)
            yield Piece(
                kind="item", text=part, raw=part, source=shape.source, rank=rank, guessed=True
            )
        return
    if block.kind is not BlockKind.ITEM or (shape.marked and not shape.itemised):
        kind = "text" if block.kind is not BlockKind.ITEM else "note"
        yield Piece(kind=kind, text=text, raw=text, source=shape.source)
    elif shape.itemised:
        rank = (level, _PLAIN_RANK)
        yield Piece(kind="item", text=text, raw=text, source=shape.source, rank=rank)
    else:
        parts = _parts(text)
        for part in parts:
            yield Piece(
                kind="item",
                text=part,
                raw=part,
                source=shape.source,
                rank=(level, _PLAIN_RANK),
                guessed=len(parts) > 1,
            )


def _parts(text: str) -> list[str]:
    """``text`` cut at its spaces, but for those in brackets and beside Latin words."""
    inner = brackets(text)
    parts: list[str] = []
    start = 0
    for found in re.finditer(r"\s+", text):
        if is_within(inner, found.start()):
            continue
        behind = text[found.end() :]
        before = text[start : found.start()]
        bracket = behind[:1] in ("(", "（", "【") and not _ITS_OWN.match(behind)
        if bracket or _GLUED.fullmatch(before):
            continue
        parts.append(before)
        start = found.end()
    return [*parts, text[start:]]


def _plain(number: str) -> str:
    """``（１）`` and ``⑴`` as ``(1)``."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", number))
