"""Marks that documents print: circled numbers, stars, arrows, 【…】, bullets, footnote marks.

``split_marks`` and ``enumeration`` cut out of the text as published and never change it.
"""

import re
import unicodedata
from typing import Final

from attrs import frozen

from munidx.japanese.characters import normalise
from munidx.model import Direction, EditionStatus, Rating, Status

__all__ = [
    "Enumerated",
    "circled",
    "circled_number",
    "direction_of_arrow",
    "edition_status_of",
    "is_dash",
    "split_bullet",
    "split_enumeration",
    "split_marks",
    "split_notes",
    "stars",
    "status_of",
]

_CIRCLED: Final = re.compile("[①-⑳㉑-㉟㊱-㊿⓪❶-❿➀-➉➊-➓⓫-⓴]")
_STARS: Final = re.compile(r"\s*(?P<full>★*)(?P<other>☆*)\s*")
_ARROWS: Final = {
    "↑": Direction.INCREASE,
    "⬆": Direction.INCREASE,
    "↗": Direction.INCREASE,
    "⇑": Direction.INCREASE,
    "↓": Direction.DECREASE,
    "⬇": Direction.DECREASE,
    "↘": Direction.DECREASE,
    "⇓": Direction.DECREASE,
    "→": Direction.MAINTAIN,
    "⇒": Direction.MAINTAIN,
    "➡": Direction.MAINTAIN,
    "=": Direction.MAINTAIN,
}
_STATUSES: Final = {
    "追加": Status.ADDED,
    "新規": Status.ADDED,
    "新": Status.ADDED,
    "新設": Status.ADDED,
    "新規追加": Status.ADDED,
    "廃止": Status.ABOLISHED,
    "廃": Status.ABOLISHED,
    "中止": Status.ABOLISHED,
    "削除": Status.ABOLISHED,
    "取りやめ": Status.ABOLISHED,
    "完了": Status.COMPLETED,
    "完": Status.COMPLETED,
    "終了": Status.COMPLETED,
    "達成": Status.COMPLETED,
    "休止": Status.SUSPENDED,
    "休": Status.SUSPENDED,
    "凍結": Status.SUSPENDED,
    "継続": Status.ACTIVE,
    "継": Status.ACTIVE,
    "実施中": Status.ACTIVE,
    "拡充": Status.ACTIVE,
    "拡": Status.ACTIVE,
    "縮小": Status.ACTIVE,
    "見直し": Status.ACTIVE,
    "予定": Status.PLANNED,
    "検討中": Status.PLANNED,
}
_DRAFTS: Final = frozenset({"案", "素案", "原案", "仮称", "骨子案", "最終案", "たたき台"})
_MARK: Final = re.compile(r"\s*【(?P<mark>[^【】\n]{1,20})】|\s*[（(](?P<again>再掲)[)）]")
_BULLET: Final = re.compile(r"\s*(?:[・･‧•●○◯〇◎◆◇■□▪▫▶▷►❖✓✔⚫⚪]|[-*−–—－‐](?=\s))\s*")
_TIGHT_BULLET: Final = re.compile(r"\s*[*＊](?=[^\s*＊0-9])")
_NOTES: Final = re.compile(
    r"\[※[0-9０-９]{0,2}\]|\^\{[*＊※]{0,3}[0-9]{0,2}\}|[※＊*](?:[0-9０-９]{1,2})?(?=$|[\s」』)）、。,])"
)
_ENUMERATION: Final = re.compile(
    r"\s*(?:"
    r"[（(]\s?(?P<bracketed>[0-9０-９]{1,3}|[ア-ンｱ-ﾝ]|[ァ-ヶa-zA-Zａ-ｚＡ-Ｚ]|[一二三四五六七八九十]{1,3}|[ⅰ-ⅻⅠ-Ⅻ])\s?[)）]"
    r"|(?P<enclosed>[⑴-⒇①-⑳㉑-㉟㊱-㊿])"
    r"|(?P<dotted>(?:[0-9０-９]{1,3}(?:[-.．－][0-9０-９]{1,3}){0,4}))(?:[.．、](?![0-9０-９])|[)）]|(?=[\s\u3000]))"
    r"|(?P<kana>[ア-オカ-コサ-ソタ-トナ-ノハ-ホマ-モヤユヨラ-ロワ])(?:[.．)）]|(?=[\s\u3000]))"
    r"|第(?P<ordinal>[0-9０-９]{1,3}|[一二三四五六七八九十]{1,3})(?=[章節編部条項]?[\s\u3000:：.．])[章節編部条項]?[:：.．]?"
    r")\s*"
)


@frozen(kw_only=True)
class Enumerated:
    """A line's leading number, the mark as printed, and the rest of the line."""

    number: str
    """Normalised, without its brackets and dots: ``1``, ``2-1``, ``ア``."""
    mark: str
    """As published: ``（ア）``, ``①``, ``1.``"""
    text: str
    """What follows the mark."""


def circled_number(mark: str) -> int | None:
    """The number in a circle (``①`` is 1, ``㊿`` is 50), black or white; else None."""
    sign = mark.strip()
    if not _CIRCLED.fullmatch(sign):
        return None
    return int(unicodedata.numeric(sign))


def circled(number: int) -> str:
    """``number`` in a white circle.

    Raises:
        ValueError: No such character: ``number`` is not from 0 to 50.
    """
    for least, most, first in ((1, 20, 0x2460), (21, 35, 0x3251), (36, 50, 0x32B1)):
        if least <= number <= most:
            return chr(first + number - least)
    if number == 0:
        return "⓪"
    raise ValueError(number)


def stars(text: str, scale: int | None = None) -> Rating | None:
    """A row of stars as a rating; None where ``text`` is no row of stars.

    The score is their count; where full and empty ones are mixed (``★★☆``) that of the full
    ones, and the whole row is the scale. ``scale`` is given only where the form prints one.
    """
    found = _STARS.fullmatch(text)
    if not found or not (found["full"] or found["other"]):
        return None
    full, other = len(found["full"]), len(found["other"])
    mixed = full and other
    return Rating(
        text=text.strip(),
        score=full or other,
        scale=full + other if mixed and scale is None else scale,
    )


def direction_of_arrow(mark: str) -> Direction | None:
    """↑ is to increase, ↓ to decrease, → and ＝ to be kept; any other mark None."""
    sign = mark.strip().removesuffix("\ufe0e").removesuffix("\ufe0f")
    return _ARROWS.get("=" if sign == "＝" else sign)


def split_marks(text: str) -> tuple[str, tuple[str, ...]]:
    """``text`` without its 【…】 and （再掲） marks, and the marks' words in their order.

    >>> split_marks("なわてFMシステムの実装【廃止】")
    ('なわてFMシステムの実装', ('廃止',))
    """
    marks = tuple((found["mark"] or found["again"]).strip() for found in _MARK.finditer(text))
    return (_MARK.sub("", text).strip() if marks else text), marks


def status_of(mark: str) -> Status | None:
    """What a mark's word (with or without its brackets) says of a status; else None.

    拡充, 縮小 and 見直し go on; 重点, 再掲 and the like say nothing of a status.
    """
    return _STATUSES.get(normalise(mark).strip(" \u3000【】()[]<>〔〕《》"))


def edition_status_of(mark: str) -> EditionStatus | None:
    """案 and its kin are a draft, 改定 and 更新 an amended, 策定 an adopted edition."""
    word = normalise(mark).strip(" \u3000【】()[]<>〔〕《》")
    if word in _DRAFTS:
        return EditionStatus.DRAFT
    if word in ("改定", "改訂", "更新", "一部改定", "一部改訂", "改正", "変更", "改定版", "改訂版"):
        return EditionStatus.AMENDED
    if word in ("策定", "決定", "確定", "公表", "成案"):
        return EditionStatus.ADOPTED
    return None


def split_bullet(text: str) -> tuple[str, str]:
    """The bullet that leads ``text`` (``""`` for none) and what follows it.

    A dash is a bullet only before white space: ``-80%`` is a number and ``-`` alone a dash.
    """
    found = _BULLET.match(text) or _TIGHT_BULLET.match(text)
    if not found or not text[found.end() :].strip():
        return "", text
    return found[0].strip(), text[found.end() :]


def split_enumeration(text: str) -> Enumerated | None:
    """The number that leads ``text``, and the rest; None where none leads it.

    Read are ``(1)``, ``（ア）``, ``①``, ``⑴``, ``1.``, ``1)``, ``2-1 ``, ``ア `` and
    ``第1章``. A bare number needs white space behind it (``24時間`` has none).

    >>> split_enumeration("（ア）相談窓口").number, split_enumeration("5.窓口").text
    ('ア', '窓口')
    """
    found = _ENUMERATION.match(text)
    if not found or not text[found.end() :].strip():
        return None
    inner = next(part for part in found.groups() if part)
    return Enumerated(
        number=normalise(inner).strip("()"), mark=found[0].strip(), text=text[found.end() :]
    )


def split_notes(text: str) -> tuple[str, tuple[str, ...]]:
    """``text`` without its footnote marks (``※``, ``[※]``, ``^{*}``, ``*``), and those marks.

    A ※ that leads a text is a note's own beginning and stays.
    """
    lead = re.match(r"\s*※[0-9０-９]{0,2}", text)
    start = lead.end() if lead else 0
    marks = tuple(found[0] for found in _NOTES.finditer(text, start))
    return (text[:start] + _NOTES.sub("", text[start:]) if marks else text), marks


def is_dash(text: str) -> bool:
    """Whether ``text`` is nothing but a dash (``-``, ``－``, ``―``, ``ー``): not applicable."""
    return bool(re.fullmatch(r"\s*-{1,3}\s*", normalise(text)))
