"""Remarks in brackets behind a target: ``80%以上(R6実績72%)``, ``500件(うちオンライン300件)``.

A figure in such a bracket is not what is to be reached, though it stands last: it says what was
reached or where one stands, or is a part of the figure before it.
"""

import enum
import re
from typing import Final

__all__ = ["Remark", "remark_at_end"]

_BRACKET: Final = re.compile(r"\s?\((?P<words>[^()]{1,80})\)[\s。]*$")
_REACHED: Final = re.compile(r"実績|結果|達成(?!目標)|(?:直近|最新)値?")
_STARTS: Final = re.compile(r"現状|現在|現況|基準|前年|前回|前期|昨年|当初|策定時|従前|初期値")
_PART: Final = re.compile(
    r"\s*(?:※|うち|内|内訳|参考|ほか|他|回答|対象|n\s?=)|[0-9]{1,3}\s?(?:点|段階)(?:満点|評価|中)"
)
_TARGET: Final = re.compile(r"目標|目指す|めざす|KGI|KPI")


class Remark(enum.Enum):
    """What a bracket says of the figure before it."""

    REACHED = enum.auto()
    """what was reached: an actual"""
    START = enum.auto()
    """where one stands: a baseline"""
    PART = enum.auto()
    """a part of it, or on what it rests"""
    OPEN = enum.auto()
    """which of the two is the target the words do not say"""


def remark_at_end(text: str) -> tuple[int, Remark] | None:
    """Where the bracket begins that ends a normalised ``text``, and what sort of remark it is.

    None where no bracket ends it, or where the bracket itself speaks of a target.
    """
    found = _BRACKET.search(text)
    if not found or _TARGET.search(found["words"]):
        return None
    if _REACHED.search(found["words"]):
        return found.start(), Remark.REACHED
    if _STARTS.search(found["words"]):
        return found.start(), Remark.START
    if _PART.match(found["words"]):
        return found.start(), Remark.PART
    return found.start(), Remark.OPEN
