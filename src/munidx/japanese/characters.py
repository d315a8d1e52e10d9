"""Characters: one form of a text to parse, with the way back to what was published.

Published texts mix full and half width, a dozen dashes and tildes, and the look-alike radicals
that PDF text layers hold (``⽬``, ``⺠``). Parsers work on a normalised copy; what is kept of
the text is always cut out of the original, by way of :class:`Aligned`.
"""

import functools
import re
import unicodedata
from bisect import bisect_left
from typing import Final

from attrs import frozen

__all__ = ["Aligned", "align", "compact", "normalise", "without_radicals"]

_DASHES: Final = "‐‑‒–—―−⁻─━﹣－"
_TILDES: Final = "〜～∼∿⁓˷"

# NFKC repairs the Kangxi radicals (U+2F00 on) but not the supplement (U+2E80 on); of it those
# are mapped that stand for a whole character of Japanese text. Source: Unicode,
# EquivalentUnifiedIdeograph.txt. The last line: NFKC gives the form of the 康熙字典, which is
# not the one in use in Japan.
_RADICALS: Final = dict(
    zip(
        "⺟⺠⺩⺫⺬⺮⺶⺷⺸⺽⻁⻃⻄⻆⻑⻗⻘⻝⻞⻟⻤⻣⻨⻩⻫⻭⻯⻲⺧⺝⻌⻍⻎⻊⺪",
        "母民王目示竹羊羊羊臼虎西西角長雨青食食食鬼骨麦黄斉歯竜亀牛月辶辶辶足疋",
        strict=True,
    )
) | {"⼾": "戸", "⿊": "黒", "⾭": "青"}

_BEFORE: Final = str.maketrans(_RADICALS)
_RADICAL: Final = re.compile("[⺀-⿕]")
_AFTER: Final = str.maketrans(
    dict.fromkeys(_DASHES, "-") | dict.fromkeys(_TILDES, "~") | {"‧": "・"}
)
# Zero-width marks and variation selectors carry nothing that a parser reads.
_NOTHING: Final = re.compile("[\u00ad\u200b-\u200f\u2060\ufe00-\ufe0f\ufeff\U000e0100-\U000e01ef]")
# A long-vowel mark makes a vowel long only after kana; elsewhere it was typed for a dash.
_NO_VOWEL: Final = re.compile(r"(?<![ぁ-ゖァ-ヺー])ー+")
_SPACE: Final = re.compile(r"\s+")
_PLAIN: Final = re.compile(r"[\x20-\x7e、。「」ぁ-ゖァ-ヺ一-鿿]*")
# Runs that normalising leaves as they are (but for ー, which is seen to at the end), and the rest.
_RUN: Final = re.compile(r"(?P<plain>[\x20-\x7e、。「」・ぁ-ゖァ-ヺー一-鿿]+)|.", re.DOTALL)
_SHORT: Final = 400  # what is normalised again and again (cells, titles, header words) is short


def normalise(text: str) -> str:
    """``text`` in the one form that parsers and comparisons use; its length may differ.

    NFKC; every dash is ``-`` and every tilde ``~``; ``ー`` is a dash where it lengthens no
    kana; radicals of PDF text layers are the characters they stand for; ``‧`` is ``・``;
    zero-width characters and variation selectors are dropped. White space stays.
    """
    if _PLAIN.fullmatch(text):
        return text
    text = unicodedata.normalize("NFKC", _NOTHING.sub("", text).translate(_BEFORE))
    return _NO_VOWEL.sub(lambda found: "-" * len(found[0]), text.translate(_AFTER))


def without_radicals(text: str) -> str:
    """``text`` with the radicals of PDF text layers as the characters they stand for.

    All else stays as published.
    """
    return _RADICAL.sub(
        lambda found: unicodedata.normalize("NFKC", found[0].translate(_BEFORE)), text
    )


def compact(text: str) -> str:
    """:func:`normalise`, and all white space removed: for comparing words broken by lines."""
    return _compact_short(text) if len(text) <= _SHORT else _SPACE.sub("", normalise(text))


@functools.lru_cache(maxsize=8192)
def _compact_short(text: str) -> str:
    return _SPACE.sub("", normalise(text))


@frozen
class Aligned:
    """A normalised text that knows which part of the original each of its characters is."""

    original: str
    text: str
    """The original as :func:`align` normalises it."""
    starts: tuple[int, ...]
    """For each character of ``text``, where its origin starts; at last the original's length."""
    ends: tuple[int, ...]
    """For each character of ``text``, where its origin ends."""

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The part of the original that ``text[start:end]`` comes from."""
        if end <= start:
            return self.starts[start], self.starts[start]
        return self.starts[start], self.ends[end - 1]

    def cut(self, start: int, end: int) -> str:
        """What was published where ``text[start:end]`` stands."""
        first, last = self.span(start, end)
        return self.original[first:last]

    def locate(self, position: int) -> int:
        """Where in ``text`` the original's ``position`` is: the first character from there on."""
        return bisect_left(self.starts, position)


def align(text: str) -> Aligned:
    """``text`` normalised as by :func:`normalise`, with the places in the original.

    One difference: a character that is no digit but would become one (``①``, ``²``, ``㎡``)
    stays, for beside a figure it would make another figure of it (``①80%``).
    """
    return _align_short(text) if len(text) <= _SHORT else _align(text)


def _align(text: str) -> Aligned:
    if _PLAIN.fullmatch(text):
        return Aligned(text, text, tuple(range(len(text) + 1)), tuple(range(1, len(text) + 1)))
    pieces: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for start, end, plain in _clusters(text):
        if plain:
            pieces.append(text[start:end])
            starts += range(start, end)
            ends += range(start + 1, end + 1)
            continue
        piece = _piece(text[start:end])
        pieces.append(piece)
        starts += [start] * len(piece)
        ends += [end] * len(piece)
    joined = _NO_VOWEL.sub(lambda found: "-" * len(found[0]), "".join(pieces))
    return Aligned(text, joined, (*starts, len(text)), tuple(ends))


_align_short = functools.lru_cache(maxsize=4096)(_align)


def _clusters(text: str) -> list[tuple[int, int, bool]]:
    """The parts of ``text`` that NFKC can treat one by one, and whether it leaves them alone.

    A part is a run of plain characters, or a character with the marks that melt into it.
    """
    parts: list[tuple[int, int, bool]] = []
    for found in _RUN.finditer(text):
        start, end = found.span()
        plain = found["plain"] is not None
        if plain or not start or not _joins(found[0]):
            parts.append((start, end, plain))
            continue
        first, last, whole = parts.pop()
        if whole and last - first > 1:
            parts.append((first, last - 1, True))
            first = last - 1
        parts.append((first, end, False))
    return parts


@functools.lru_cache(maxsize=8192)
def _joins(sign: str) -> bool:
    """Whether ``sign`` may melt into the character before it (``ﾞ``, a combining accent)."""
    first = unicodedata.normalize("NFKC", sign)[0]
    return unicodedata.category(first)[0] == "M" or "\u1160" <= first <= "\u11ff"


@functools.lru_cache(maxsize=8192)
def _piece(cluster: str) -> str:
    normal = unicodedata.normalize("NFKC", _NOTHING.sub("", cluster).translate(_BEFORE))
    if any("0" <= sign <= "9" for sign in normal) and not any(
        unicodedata.category(sign) == "Nd" for sign in cluster
    ):
        return cluster
    return normal.translate(_AFTER)
