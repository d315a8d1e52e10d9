"""Lines that several cells share, cut where one cell ends.

In text that was taken out of a PDF as it is drawn, cells that stand beside each other come on one
line: 評価 ☆☆☆ 評価の, 性質 指標の意味・算式等 - 基準年度, 課題 and prose. They are parted as the
cells of a table are (:mod:`munidx_itami.cells`); what each part is, is decided later as for any
line.
"""

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Final

from munidx_itami.cells import Part, beside
from munidx_itami.lines import Kind, Line, line_of
from munidx_itami.pieces import is_label

__all__ = ["parted_lines"]

_TELLING: Final = {
    Kind.FURNITURE,
    Kind.BASE,
    Kind.STARS,
    Kind.TOTAL,
    Kind.AIM,
    Kind.COST_YEARS,
    Kind.COLUMNS,
}
"""Words of the form, which stand in no prose."""
_MAY_TELL: Final = re.compile(
    r"事務事業|主要事業|担当課|款項目|指標|性質|基準年度|[☆★]|事業費|目標|実績|円\)"
)
"""What a line of such words holds; a quick look, for most lines are others."""
_LONGEST: Final = 48
"""A line of cells is no longer than this; prose is."""
_ABOVE: Final = 3
"""So many lines of a broken label stand above its last."""
_SUM: Final = "事業費合計"
_WORD: Final = re.compile(r"\S+")


def parted_lines(lines: Iterable[Line]) -> list[Line]:
    """``lines``, each that several cells share as several; all keep their place."""
    found: list[Line] = []
    for line in lines:
        found += _parted(line, found)
    return found


def _parted(line: Line, above: Sequence[Line]) -> list[Line]:
    words = list(_WORD.finditer(line.text))
    if len(words) < 2:  # noqa: PLR2004 - one word is one cell
        return [line]
    if _ends_label(words[0][0], above):
        behind = _cut(line, words[1].start(), len(line.text))
        return [_cut(line, 0, words[0].end()), *_parted(behind, ())]
    below_total = bool(above) and above[-1].tight.startswith(_SUM)
    if not below_total and not _MAY_TELL.search(line.flat):
        return [line]
    starts = _starts([Part.of(word[0]) for word in words], below_total=below_total)
    ends = [words[start - 1].end() for start in starts[1:]] + [len(line.text)]
    return [_cut(line, words[start].start(), end) for start, end in zip(starts, ends, strict=True)]


def _starts(parts: Sequence[Part], *, below_total: bool) -> list[int]:
    """Where cells begin among the words of a line; at its beginning alone where it is one."""
    if below_total:  # — R3 and － 410 are two rows
        last = max((n for n, part in enumerate(parts) if part.kind is Kind.YEARS), default=-1)
        return [0, last + 1] if 0 < last + 1 < len(parts) else [0]
    starts = [0]
    if any(part.kind in _TELLING for part in parts) or _has_role(parts):
        for spot, (_, part) in enumerate(pairwise(parts), 1):
            if not beside(parts[starts[-1] : spot], part):
                starts.append(spot)
    return starts


def _has_role(parts: Sequence[Part]) -> bool:
    """Whether 目標 or 実績 stands behind other words, before figures or at the end."""
    spot = next((n for n, part in enumerate(parts) if part.kind is None), 0)
    return spot > 0 and all(part.kind is Kind.NUMBERS for part in parts[spot + 1 :])


def _ends_label(word: str, above: Sequence[Line]) -> bool:
    """Whether ``word`` is the name of a field, or with the lines above the end of one."""
    tight = "".join(word.split())
    if is_label(tight):
        return True
    for line in reversed(above[-_ABOVE:]):
        tight = line.tight + tight
        if is_label(tight):
            return True
    return False


def _cut(line: Line, start: int, end: int) -> Line:
    gap = line.gap if start == 0 else 0
    return line_of(line.text[start:end], line.place, gap=gap, page=line.page)
