"""Inline differences: which words changed, in a language that has no spaces.

Texts are cut where the script changes (kanji, hiragana, katakana, letters, digits) and at
punctuation, and these pieces are compared: single characters would shred a sentence into
coincidences, whole sentences would tell nothing.
"""

import itertools
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from munidx.diff.changes import Segment

__all__ = ["inline", "inline_values"]

_PIECE: Final = re.compile(
    r"[々一-鿿]{1,2}|[ぁ-ゖ]+|[ァ-ヺー]+|[0-9０-９]+(?:[.,．，][0-9０-９]+)*|[A-Za-zＡ-Ｚａ-ｚ]+|\s+|.",
    re.DOTALL,
)
_KANJI: Final = re.compile("[々一-鿿]")
_LONGEST_PARTICLE: Final = 2
_PARTICLE: Final = re.compile("[ぁ-ゖ]+")
_ENDS: Final = "。、\n"
_END: Final = re.compile("。")
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
    lead, trail = _sentences(old, new)
    mine = _PIECE.findall(old, lead, len(old) - trail)
    theirs = _PIECE.findall(new, lead, len(new) - trail)
    head = 0
    shortest = min(len(mine), len(theirs))
    while head < shortest and mine[head] == theirs[head]:
        head += 1
    tail = 0
    while tail < shortest - head and mine[-1 - tail] == theirs[-1 - tail]:
        tail += 1
    middle, other = mine[head : len(mine) - tail], theirs[head : len(theirs) - tail]
    found = [("equal", old[:lead] + "".join(mine[:head]))]
    found += _meant(_middle(middle, other))
    found.append(("equal", "".join(mine[len(mine) - tail :]) + old[len(old) - trail :]))
    return tuple(itertools.starmap(Segment, _whole(_joined(found))))


def _sentences(old: str, new: str) -> tuple[int, int]:
    """How many characters of whole sentences both begin with, and how many more they end with.

    They need not be cut into pieces: no piece holds the end of a sentence and more.
    """
    shortest = min(len(old), len(new))
    lead = 0
    for found in _END.finditer(old):
        if found.end() > shortest or not new.startswith(old[lead : found.end()], lead):
            break
        lead = found.end()
    trail = 0
    for found in reversed(list(_END.finditer(old, lead))):
        size = len(old) - found.start()
        if size > shortest - lead or not new.endswith(
            old[-size : len(old) - trail], 0, len(new) - trail
        ):
            break
        trail = size
    return lead, trail


def _meant(found: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """``found`` without particles that long changes on both sides have in common by chance."""
    told: list[tuple[str, str, str]] = []
    """What stays, and what it is followed by on either side."""
    for op, text in _joined(found):
        if op == "equal" or not told:
            told.append((text if op == "equal" else "", "", ""))
        same, gone, come = told[-1]
        if op == "delete":
            told[-1] = (same, gone + text, come)
        elif op == "insert":
            told[-1] = (same, gone, come + text)
    kept: list[tuple[str, str, str]] = told[:1]
    for same, gone, come in told[1:]:
        if len(same) <= _LONGEST_PARTICLE and _PARTICLE.fullmatch(same):
            before, mine, theirs = kept[-1]
            sizes = max(len(mine), len(theirs)), max(len(gone), len(come))
            if all(sizes) and sum(sizes) >= _CHANCE:
                kept[-1] = (before, mine + same + gone, theirs + same + come)
                continue
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
    if len(pairs) == 1:
        return inline(*pairs[0])
    found: list[tuple[str, str]] = []
    for mine, theirs in pairs:
        if found:
            found.append(("equal", "\n"))
        found += [(segment.op, segment.text) for segment in inline(mine, theirs)]
    return tuple(itertools.starmap(Segment, _joined(found)))


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
    found: list[tuple[str, str]] = []
    at = other = 0
    for start, second, size in _blocks(mine, theirs):
        if at < start or other < second:
            found += _changed("".join(mine[at:start]), "".join(theirs[other:second]))
        at, other = start + size, second + size
        if size:
            found.append(("equal", "".join(mine[start:at])))
    return found


def _blocks(mine: list[str], theirs: list[str]) -> Iterator[tuple[int, int, int]]:
    """What both have in common: where it stands in each, and how long; last the ends, 0 long.

    The longest stretch, then the longest before and behind it, as :mod:`difflib` has it; each
    piece is a letter here, so that stretches are looked up in texts, which is ten times as fast.
    """
    letters = dict.fromkeys(mine, _LONE)
    letters.update(zip(dict.fromkeys(theirs), _LETTERS, strict=False))
    old = "".join(map(letters.__getitem__, mine))
    new = "".join(map(letters.__getitem__, theirs))
    waiting = [(0, len(old), 0, len(new), 0)]
    while waiting:
        start, end, second, last, size = waiting.pop()
        if size:
            yield start, second, size
        elif start < end and second < last:
            at, other, size = _longest(old, start, end, new[second:last])
            if size:
                other += second
                waiting.append((at + size, end, other + size, last, 0))
                waiting.append((at, at, other, other, size))
                waiting.append((start, at, second, other, 0))
    yield len(old), len(new), 0


_LONE: Final = "\0"
"""A piece of the old text that the new one does not have."""
_LETTERS: Final = tuple(map(chr, range(1, _LONGEST)))
"""What the pieces of the new text are called."""
_RUN: Final = re.compile("[^\0]+")


def _longest(old: str, start: int, end: int, new: str) -> tuple[int, int, int]:
    """The longest stretch of ``old[start:end]`` that ``new`` holds too; of several the first."""
    at = other = size = 0
    for run in _RUN.finditer(old, start, end):
        place, close = run.span()
        last = place + size + 1
        while last <= close:
            found = new.find(old[place:last])
            if found < 0:
                place += 1
            else:
                # As far as it goes here; the next search asks whether it goes further elsewhere.
                shift = found - place
                most = min(close, len(new) - shift)
                while last < most and old[last] == new[last + shift]:
                    last += 1
                at, other, size = place, found, last - place
            last += 1
    return at, other, size


def _joined(found: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Stretches of one sort as one, empty ones left out."""
    told: list[tuple[str, str]] = []
    last = ""
    for op, text in found:
        if not text:
            continue
        if op == last:
            told[-1] = (op, told[-1][1] + text)
        else:
            told.append((op, text))
            last = op
    return told


def _whole(told: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """``told`` with sentences that came or went whole: 「文。」 instead of 「。文」."""
    shifted = False
    for place in range(1, len(told) - 1):
        op, text = told[place]
        if op == "equal" or text[0] not in _ENDS:
            continue
        (before, head), (after, tail) = told[place - 1], told[place + 1]
        if before == after == "equal" and tail.startswith(text[0]):
            told[place - 1] = (before, head + text[0])
            told[place] = (op, text[1:] + text[0])
            told[place + 1] = (after, tail[1:])
            shifted = True
    return _joined(told) if shifted else told
