"""Inline differences: which words changed, in a language that has no spaces.

Texts are cut where the script changes (kanji, hiragana, katakana, letters, digits) and at
punctuation, and these pieces are compared: single characters would shred a sentence into
coincidences, whole sentences would tell nothing.
"""

import re
from difflib import SequenceMatcher
from typing import Final

from munidx.diff.changes import Segment

__all__ = ["inline"]

_PIECE: Final = re.compile(
    r"[0-9０-９]+(?:[.,．，][0-9０-９]+)*|[A-Za-zＡ-Ｚａ-ｚ]+|[ァ-ヺー]+|[々一-鿿]{1,2}|[ぁ-ゖ]+|\s+|.",
    re.DOTALL,
)
_LONGEST: Final = 4000
"""Pieces on both sides together that are compared; longer texts are shown as one change
between their common beginning and end."""


def inline(old: str, new: str) -> tuple[Segment, ...]:
    """The stretches of a comparison, in order; ``equal`` and ``delete`` make up ``old``."""
    if old == new:
        return (Segment("equal", old),) if old else ()
    mine, theirs = _PIECE.findall(old), _PIECE.findall(new)
    head = 0
    shortest = min(len(mine), len(theirs))
    while head < shortest and mine[head] == theirs[head]:
        head += 1
    tail = 0
    while tail < shortest - head and mine[-1 - tail] == theirs[-1 - tail]:
        tail += 1
    middle, other = mine[head : len(mine) - tail], theirs[head : len(theirs) - tail]
    found = [("equal", "".join(mine[:head]))]
    found += _middle(middle, other)
    found.append(("equal", "".join(mine[len(mine) - tail :])))
    return _joined(found)


def _middle(mine: list[str], theirs: list[str]) -> list[tuple[str, str]]:
    if not mine or not theirs or len(mine) + len(theirs) > _LONGEST:
        return [("delete", "".join(mine)), ("insert", "".join(theirs))]
    found = []
    matcher = SequenceMatcher(None, mine, theirs, autojunk=False)
    for op, start, end, other_start, other_end in matcher.get_opcodes():
        if op == "equal":
            found.append(("equal", "".join(mine[start:end])))
        else:
            found.append(("delete", "".join(mine[start:end])))
            found.append(("insert", "".join(theirs[other_start:other_end])))
    return found


def _joined(found: list[tuple[str, str]]) -> tuple[Segment, ...]:
    segments: list[Segment] = []
    for op, text in found:
        if not text:
            continue
        if segments and segments[-1].op == op:
            segments[-1] = Segment(op, segments[-1].text + text)
        else:
            segments.append(Segment(op, text))
    return tuple(segments)
