"""From pieces to sheets: which lines are of which 実施施策.

A sheet may have its heading at its end, and go on over a page without one. What tells the
sheets apart is that each has every field once (one aim, one plan, one total …), that project
codes begin with the number of their 実施施策, that there is a line of 款項目 for each project at
most, and the page breaks. Where to cut between two headings is what breaks the fewest of
these rules.
"""

import re
from bisect import bisect_left
from collections.abc import Sequence
from typing import Final

from attrs import frozen

from munidx.japanese.characters import compact
from munidx_itami.lines import Kind, Piece
from munidx_itami.pieces import is_figure

__all__ = ["RUNG", "Sheet", "parted", "sheets_of"]

RUNG: Final = "実施施策"
_APPENDIX: Final = "【事業概要・成果】"

_TWICE: Final = 12
"""What a field that a sheet has twice costs; the rest are small against it."""
_FOREIGN: Final = 3
"""A project whose code begins with another number than its sheet's."""
_EXCESS: Final = 1
"""A line of 款項目 more than there are projects."""
_APART: Final = 1
"""A total whose nearest project is of another sheet."""
_MID_PAGE: Final = 2
"""A cut where no page ends."""
_MOST_CUTS: Final = 40
"""So many cuts between two headings are tried; a real sheet has fewer places to cut."""
_SHEET_KINDS: Final = {
    Kind.LABEL,
    Kind.BUREAUS,
    Kind.STARS,
    Kind.BASE,
    Kind.ARROW,
    Kind.BUDGET,
    Kind.TOTAL,
    Kind.COLUMNS,
}


@frozen
class Sheet:
    """The pieces of one 実施施策."""

    head: Piece | None
    """Absent where the document has no heading at all."""
    pieces: tuple[Piece, ...]


def parted(pieces: Sequence[Piece]) -> tuple[list[Piece], list[Piece]]:
    """The pieces of the sheets, and those of the appendix.

    An appendix begins with the page of its first 【事業概要・成果】 (or at that line, where the
    page holds parts of a sheet above it) and ends before the next piece that only sheets have.
    """
    body: list[Piece] = []
    appendix: list[Piece] = []
    inside = False
    for piece in pieces:
        if not inside and _APPENDIX in piece.first.tight:
            inside = True
            start = len(body)
            while start and body[start - 1].first.page == piece.first.page:
                start -= 1
            if any(_of_sheet(above) for above in body[start:]):
                start = _outline(body)
            appendix += body[start:]
            del body[start:]
        elif inside and _of_sheet(piece):
            inside = False
        (appendix if inside else body).append(piece)
    return body, appendix


def _outline(body: Sequence[Piece]) -> int:
    """Where the headings begin that end ``body``: of 大綱, goals, projects without costs."""
    start = len(body)
    while start and _is_heading(body[start - 1]):
        start -= 1
    return start


def _is_heading(piece: Piece) -> bool:
    if piece.kind is Kind.HEAD:
        return piece.name == "大綱" and bool(piece.code)  # a sheet prints no number there
    told = piece.text if piece.kind is Kind.PROJECT else ""
    if piece.kind is Kind.TEXT:
        told = "".join(re.findall(r"^\d{1,6}\s+(\S.*)", piece.first.flat))
    return bool(told) and not any(map(is_figure, told.split()))


def _of_sheet(piece: Piece) -> bool:
    if piece.kind is Kind.HEAD:
        return piece.name == RUNG
    return piece.kind in _SHEET_KINDS


def sheets_of(pieces: Sequence[Piece]) -> list[Sheet]:
    """The sheets of ``pieces``, in their order; every piece is in exactly one."""
    heads = [
        spot for spot, piece in enumerate(pieces) if piece.kind is Kind.HEAD and piece.name == RUNG
    ]
    if not heads:
        return [Sheet(None, tuple(pieces))] if pieces else []
    counts = _Counts(pieces)
    cuts = _cut(pieces, heads, counts, pages_only=True)
    if cuts is None:
        cuts = _cut(pieces, heads, counts, pages_only=False) or heads[1:]
    edges = [0, *cuts, len(pieces)]
    return [
        Sheet(pieces[head], tuple(pieces[first:last]))
        for head, first, last in zip(heads, edges, edges[1:], strict=False)
    ]


def _cut(
    pieces: Sequence[Piece], heads: Sequence[int], counts: "_Counts", *, pages_only: bool
) -> list[int] | None:
    """Where to cut, one place between each two heads, at the least cost.

    None, where ``pages_only`` is asked for and some sheet would then break a rule.
    """
    # best[cut]: the least cost of all sheets before the cut, and the cuts before it.
    best: dict[int, tuple[int, tuple[int, ...]]] = {0: (0, ())}
    for head, following in zip(heads, [*heads[1:], None], strict=True):
        if following is None:
            ends = [len(pieces)]
        else:
            ends = _places(pieces, head, following, pages_only=pages_only)
        code = compact(pieces[head].code)
        foreign = counts.foreign(code)
        after: dict[int, tuple[int, tuple[int, ...]]] = {}
        for end in ends:
            mid = 0 if following is None or _turns(pieces, end) else _MID_PAGE
            cost, start = min(
                (cost + counts.cost(start, end, foreign), start)
                for start, (cost, _) in best.items()
            )
            after[end] = (cost + mid, (*best[start][1], end))
        best = after
        if not best:
            return None
    total, cuts = best[len(pieces)]
    if pages_only and total:
        return None
    return list(cuts[:-1])


def _places(pieces: Sequence[Piece], head: int, following: int, *, pages_only: bool) -> list[int]:
    """Where the sheet of ``head`` may end."""
    found = [spot for spot in range(head + 1, following + 1) if _turns(pieces, spot)]
    if pages_only:
        return found[:_MOST_CUTS]
    # Between two pieces that tell nothing all cuts are alike: only those before one that does.
    plain: list[int] = []
    before = ""
    for spot in range(head + 1, following + 1):
        told = _telling(pieces[spot])
        if told and told != before:
            plain.append(spot)
        before = told or before
    if len(plain) > _MOST_CUTS:
        plain = plain[: _MOST_CUTS // 2] + plain[-_MOST_CUTS // 2 :]
    return sorted({*found[:_MOST_CUTS], *plain})


def _telling(piece: Piece) -> str:
    """What ``piece`` tells about the sheet that it is of; equal for pieces that go together."""
    if piece.kind is Kind.PROJECT:
        return piece.kind.name + compact(piece.code)[:3]
    return _field(piece) or (piece.kind.name if piece.kind is Kind.BUDGET else "")


def _turns(pieces: Sequence[Piece], spot: int) -> bool:
    return spot == 0 or pieces[spot].first.page != pieces[spot - 1].first.page


class _Counts:
    """How often each field stands among the first n pieces."""

    def __init__(self, pieces: Sequence[Piece]) -> None:
        self._fields: dict[str, list[int]] = {}
        self._budgets: list[int] = []
        self._projects: list[int] = []
        self._codes: list[str] = []
        for spot, piece in enumerate(pieces):
            if piece.kind is Kind.BUDGET:
                self._budgets.append(spot)
            if piece.kind is Kind.PROJECT or (piece.kind is Kind.BUDGET and piece.text):
                self._projects.append(spot)
                self._codes.append(compact(piece.code) if piece.kind is Kind.PROJECT else "")
            name = _field(piece)
            if name:
                self._fields.setdefault(name, []).append(spot)
        totals = self._fields.get(Kind.TOTAL.name, [])
        self._totals = [(total, _nearest(self._projects, total)) for total in totals]

    def foreign(self, code: str) -> list[int]:
        """The places of projects whose code does not begin with ``code``."""
        return [
            spot
            for spot, own in zip(self._projects, self._codes, strict=True)
            if own and not own.startswith(code)
        ]

    def cost(self, start: int, end: int, foreign: list[int]) -> int:
        """What is odd about a sheet of the pieces from ``start`` to ``end``."""
        cost = 0
        for spots in self._fields.values():
            count = bisect_left(spots, end) - bisect_left(spots, start)
            if count > 1:
                cost += _TWICE * (count - 1)
        cost += _FOREIGN * (bisect_left(foreign, end) - bisect_left(foreign, start))
        apart = sum(
            1
            for total, project in self._totals
            if start <= total < end and project is not None and not start <= project < end
        )
        cost += _APART * apart
        projects = bisect_left(self._projects, end) - bisect_left(self._projects, start)
        budgets = bisect_left(self._budgets, end) - bisect_left(self._budgets, start)
        return cost + _EXCESS * max(0, budgets - projects)


def _nearest(spots: Sequence[int], spot: int) -> int | None:
    behind = bisect_left(spots, spot)
    return min(
        spots[max(0, behind - 1) : behind + 1], key=lambda one: abs(one - spot), default=None
    )


def _field(piece: Piece) -> str:
    """The name of a thing that a sheet has once, ``""`` for what it may have often."""
    if piece.kind in (Kind.LABEL, Kind.HEAD):
        return piece.name
    if piece.kind in (Kind.BUREAUS, Kind.STARS, Kind.TOTAL, Kind.BASE):
        return piece.kind.name
    if piece.kind in (Kind.MARK, Kind.ARROW):
        return piece.code
    return ""
