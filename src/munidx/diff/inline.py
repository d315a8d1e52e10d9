"""Inline differences: which words changed, in a language that has no spaces.

Texts are cut where the script changes (kanji, hiragana, katakana, letters, digits) and at
punctuation, and these pieces are compared: single characters would shred a sentence into
coincidences, whole sentences would tell nothing.
"""

import re
from collections.abc import Mapping
from difflib import SequenceMatcher
from typing import Final

from munidx.diff.changes import Segment

__all__ = ["inline", "inline_values"]

_PIECE: Final = re.compile(
    r"[0-9０-９]+(?:[.,．，][0-9０-９]+)*|[A-Za-zＡ-Ｚａ-ｚ]+|[ァ-ヺー]+|[々一-鿿]{1,2}|[ぁ-ゖ]+|\s+|.",
    re.DOTALL,
)
_KANJI: Final = re.compile("[々一-鿿]")
_PARTICLE: Final = re.compile("[ぁ-ゖ]{1,2}")
_ENDS: Final = "。、\n"
_CHANCE: Final = 8
"""Characters of the changes around a particle from which on it is no sign of likeness."""
_UNTOLD: Final = frozenset({"source", "inferred"})
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
    found += _meant(_middle(middle, other))
    found.append(("equal", "".join(mine[len(mine) - tail :])))
    return _whole(_joined(found))


def _meant(found: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """``found`` without particles that long changes on both sides have in common by chance."""
    told: list[tuple[str, str, str]] = []
    """What stays, and what it is followed by on either side."""
    for segment in _joined(found):
        if segment.op == "equal" or not told:
            told.append((segment.text if segment.op == "equal" else "", "", ""))
        if segment.op == "delete":
            told[-1] = (told[-1][0], told[-1][1] + segment.text, told[-1][2])
        elif segment.op == "insert":
            told[-1] = (told[-1][0], told[-1][1], told[-1][2] + segment.text)
    kept: list[tuple[str, str, str]] = told[:1]
    for same, gone, come in told[1:]:
        _, mine, theirs = kept[-1]
        sizes = max(len(mine), len(theirs)), max(len(gone), len(come))
        if _PARTICLE.fullmatch(same) and all(sizes) and sum(sizes) >= _CHANCE:
            kept[-1] = (kept[-1][0], mine + same + gone, theirs + same + come)
        else:
            kept.append((same, gone, come))
    return [
        one
        for same, gone, come in kept
        for one in (("equal", same), ("delete", gone), ("insert", come))
    ]


def _changed(mine: str, theirs: str) -> list[tuple[str, str]]:
    """One text for another; where one only has more kanji than the other, those alone.

    Pairs of kanji are counted from the first of a run: one that comes shifts all after it.
    """
    shortest = min(len(mine), len(theirs))
    head = 0
    while head < shortest and mine[head] == theirs[head] and _KANJI.match(mine[head]):
        head += 1
    tail = 0
    while (
        tail < shortest - head
        and mine[-1 - tail] == theirs[-1 - tail]
        and _KANJI.match(mine[-1 - tail])
    ):
        tail += 1
    if head + tail < shortest:
        head = tail = 0
    return [
        ("equal", mine[:head]),
        ("delete", mine[head : len(mine) - tail]),
        ("insert", theirs[head : len(theirs) - tail]),
        ("equal", mine[len(mine) - tail :]),
    ]


def inline_values(old: object, new: object) -> tuple[Segment, ...]:
    """The comparison of two values as the codec writes them, where both are texts or hold some.

    Of tables (an evaluation, a section) the texts that differ are compared, each on a line of
    its own; of lists of texts, all. None where either side lacks a text that the other has.
    """
    pairs = _texts(old, new)
    found: list[tuple[str, str]] = []
    for mine, theirs in pairs:
        if found:
            found.append(("equal", "\n"))
        found += [(segment.op, segment.text) for segment in inline(mine, theirs)]
    return _joined(found)


def _texts(old: object, new: object) -> list[tuple[str, str]]:
    if isinstance(old, str) and isinstance(new, str):
        return [(old, new)]
    if isinstance(old, list) and isinstance(new, list):
        lists = [[one for one in side if isinstance(one, str)] for side in (old, new)]
        whole = len(lists[0]) == len(old) and len(lists[1]) == len(new) and old and new
        return [("\n".join(lists[0]), "\n".join(lists[1]))] if whole else []
    if not isinstance(old, Mapping) or not isinstance(new, Mapping):
        return []
    differing = [
        (old.get(name), new.get(name))
        for name in (*old, *(name for name in new if name not in old))
        if name not in _UNTOLD and old.get(name) != new.get(name)
    ]
    texts = [(a, b) for a, b in differing if isinstance(a, str) and isinstance(b, str)]
    return texts if len(texts) == len(differing) else []


def _middle(mine: list[str], theirs: list[str]) -> list[tuple[str, str]]:
    if not mine or not theirs or len(mine) + len(theirs) > _LONGEST:
        return _changed("".join(mine), "".join(theirs))
    found = []
    matcher = SequenceMatcher(None, mine, theirs, autojunk=False)
    for op, start, end, other_start, other_end in matcher.get_opcodes():
        if op == "equal":
            found.append(("equal", "".join(mine[start:end])))
        else:
            found += _changed("".join(mine[start:end]), "".join(theirs[other_start:other_end]))
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


def _whole(segments: tuple[Segment, ...]) -> tuple[Segment, ...]:
    """``segments`` with sentences that came or went whole: 「文。」 instead of 「。文」."""
    told = [(segment.op, segment.text) for segment in segments]
    for place in range(1, len(told) - 1):
        (before, head), (op, text), (after, tail) = told[place - 1 : place + 2]
        alone = before == after == "equal" != op
        if alone and text[0] in _ENDS and tail.startswith(text[0]):
            told[place - 1] = (before, head + text[0])
            told[place] = (op, text[1:] + text[0])
            told[place + 1] = (after, tail[1:])
    return _joined(told)
