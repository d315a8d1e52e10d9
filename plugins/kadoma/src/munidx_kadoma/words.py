"""The words and marks by which the DX推進計画 is cut into its parts, in any edition of it."""

import re
from typing import Final

from attrs import frozen

from munidx.japanese.characters import align, compact, normalise
from munidx.japanese.marks import split_enumeration

__all__ = [
    "CAPTION",
    "CONTENTS",
    "COUNT",
    "DEFINED",
    "DIAGRAMS",
    "GLOSSARY",
    "GROUP",
    "IMPRINT",
    "LABEL",
    "PAGE",
    "SCHEDULE",
    "TITLE",
    "Goal",
    "Numbered",
    "counted_note",
    "goal_of",
    "is_short",
    "joined",
    "key_of",
    "label_of",
    "listed_item",
    "numbered",
    "paged",
    "remark_of",
    "without_notes",
]

_LONGEST_HEADING: Final = 48
_LONGEST_LINE: Final = 200  # no heading, caption or contents line is longer

# All patterns are for compacted text (NFKC, no white space) unless they say otherwise.
TITLE: Final = re.compile(r"(?:\(仮称\))?[^、。「」]{0,16}DX推進計画(?:[^、。「」]{0,16})")
CONTENTS: Final = re.compile(r"(?:目次|もくじ|CONTENTS)", re.IGNORECASE)
SCHEDULE: Final = re.compile(r"(?:\d{1,2}[.]?)?(?:重点)?取組(?:事項)?の?(?:実施)?スケジュール")
GLOSSARY: Final = re.compile(r"(?:資料)?\d{0,2}[.]?(?:用語集|用語解説|用語の解説|用語説明)(\(.*)?")
CAPTION: Final = re.compile(r"<([^<>]{1,30})>.{0,80}")
COUNT: Final = re.compile(r"<(\d{1,2})つの(視点|基本目標)>")
DIAGRAMS: Final = {"大切な視点": "viewpoints", "視点": "viewpoints", "基本目標": "goals"}
"""Headings of pictures that print numbered titles only, which the text below explains."""
GROUP: Final = re.compile(r"【[^【】]{1,40}】")
PAGE: Final = re.compile(r"-?\d{1,3}-|\d{1,3}|[Pp]\.?\d{1,3}|\d{1,3}(?:ページ|頁)")
IMPRINT: Final = re.compile(r"〒?(\d{3}-\d{4})")
DEFINED: Final = re.compile(r"(?P<term>.{1,40}?)(?P<rest>の定義|とは)[:?]?")
LABEL: Final = re.compile(r"[《〈<【\[]{1,2}(?P<name>[^《》〈〉<>【】\[\]]{1,20})[》〉>】\]]{1,2}")
_LABELS: Final = {
    "actions": re.compile(r"(?:主な)?取り?組み?の(?:方向性?|内容)"),
    "target": re.compile(r"(?:めざす|目指す)(?:べき)?(?:将来)?(?:の)?姿"),
}

# For normalised text whose white space stands.
_GOAL: Final = re.compile(
    r"\s*(?P<open>[<〈《【\[])?\s*基本目標\s*(?P<code>\d{1,2})\s*(?P<close>[>〉》】\]])?\s*[:.\-、]?\s*"
    r"(?P<title>\S.*?)\s*"
)
_PAGED: Final = re.compile(
    r"(?P<head>.*?\S)\s*(?:[.…・·‥]{2,}\s*|\t\s*)(?:P?\.?\s?)(?P<page>\d{1,3})\s*"
)
_LOOSELY_PAGED: Final = re.compile(
    r"(?P<head>.*?[^\s.…・])[\s.…・·‥]+(?:P?\.?\s?)(?P<page>\d{1,3})\s*"
)
_CODED: Final = re.compile(r"(?P<goal>\d{1,2})\s*-\s*\(?(?P<item>\d{1,2})\)?\s*(?P<title>.+)")
# Four spellings of one thing: an asterisk or ※ raised above the line.
_NOTES: Final = re.compile(r"\[[※*＊]\d{0,2}\]|\^\{[※*＊]\d{0,2}\}|[※*＊](?:\d{1,2}(?!\d))?")
_COUNTED: Final = re.compile(r"[※*＊]\d{1,2}(?!\d).*")
_LATIN_GAP: Final = re.compile(r"(?<=[A-Za-z0-9])\s+(?=[A-Za-z0-9])")


@frozen
class Numbered:
    """A heading with a number before it."""

    number: str
    rank: str
    """``chapter`` (1), ``part`` ((1)), ``point`` (①)."""
    title: str
    """As published, footnote marks aside."""


@frozen
class Goal:
    """A heading that names a goal."""

    code: str
    title: str
    bracketed: bool
    """``<基本目標1>``, as where the goals are described."""


def is_short(plain: str) -> bool:
    """Whether a compacted line may be a heading: short, and no sentence."""
    return 0 < len(plain) <= _LONGEST_HEADING and "。" not in plain and plain[-1] not in "、,"


def numbered(text: str) -> Numbered | None:
    """The heading that a line is, by the number that leads it; None where it is none.

    >>> numbered("(2) デジタル・デバイド*対策")
    Numbered(number='2', rank='part', title='デジタル・デバイド対策')
    """
    if len(text) > _LONGEST_LINE or not is_short(compact(text)):
        return None
    found = split_enumeration(text)
    if found is None or not found.number.isdigit() or not found.text.strip():
        return None
    mark = normalise(found.mark).strip()
    rank = "part" if mark.startswith("(") else "point" if _is_circled(found.mark) else "chapter"
    if rank == "chapter" and re.match(r"[年月日%件人名]", found.text):
        return None
    return Numbered(str(int(found.number)), rank, without_notes(found.text).strip())


def _is_circled(mark: str) -> bool:
    return not any(sign.isdecimal() for sign in mark)


def goal_of(text: str) -> Goal | None:
    """The goal that a heading names: ``<基本目標 1> 市民の利便性向上``; None where it is none."""
    if len(text) > _LONGEST_LINE or not is_short(compact(text)):
        return None
    aligned = align(text)
    found = _GOAL.fullmatch(aligned.text)
    if not found or bool(found["open"]) != bool(found["close"]):
        return None
    title = joined(without_notes(aligned.cut(*found.span("title"))))
    return Goal(str(int(found["code"])), title, bool(found["open"]))


def label_of(plain: str) -> str:
    """``actions``, ``target``, ``?`` for a label of another name, ``""`` for no label."""
    found = LABEL.fullmatch(plain) if len(plain) <= _LONGEST_HEADING else None
    if not found:
        return ""
    for role, pattern in _LABELS.items():
        if pattern.fullmatch(found["name"]):
            return role
    return "?"


def paged(text: str, *, loose: bool = False) -> str:
    """What a line of the contents names, without leader and page; ``""`` where it is none.

    With ``loose`` a blank is leader enough, as it is within the contents.
    """
    if len(text) > _LONGEST_LINE:
        return ""
    found = (_LOOSELY_PAGED if loose else _PAGED).fullmatch(normalise(text))
    return found["head"].strip() if found else ""


def listed_item(head: str) -> tuple[str, str, str] | None:
    """The goal, the number and the title of an item in the contents: ``1-(2) …``."""
    found = _CODED.fullmatch(normalise(head).strip())
    if not found:
        return None
    return str(int(found["goal"])), str(int(found["item"])), found["title"]


def key_of(text: str) -> str:
    """A title for comparing: without white space, footnote marks and width."""
    return compact(without_notes(text)).casefold()


def without_notes(text: str) -> str:
    """``text`` without footnote marks, in each of their four spellings."""
    return _NOTES.sub("", text)


def counted_note(text: str) -> str:
    """The first footnote mark in ``text`` that has a number (``※12``), with what follows it."""
    found = _COUNTED.search(text)
    return found[0] if found else ""


def joined(text: str) -> str:
    """``text`` without the spaces that line breaks left; those between Latin words stay."""
    kept = _LATIN_GAP.sub("\0", text.strip())
    return re.sub(r"\s+", "", kept).replace("\0", " ")


def remark_of(text: str) -> tuple[str, str, str]:
    """A heading and the remark in brackets behind it."""
    for bracket in ("(", "（"):
        head, mark, rest = text.partition(bracket)
        if mark:
            return head.strip(), mark, rest
    return text, "", ""
