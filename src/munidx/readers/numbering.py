"""The numbers and bullets that Word sets before paragraphs by itself, counted as it counts."""

from typing import Final
from xml.etree import ElementTree as ET

from attrs import define, field, frozen

from munidx.readers.archive import Archive, whole

__all__ = ["Numbering"]

_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_LEVELS: Final = 9
_KANA: Final = (
    "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン"
)
_IROHA: Final = (
    "イロハニホヘトチリヌルヲワカヨタレソツネナラム"
    "ウヰノオクヤマケフコエテアサキユメミシヱヒモセスン"
)
_KANJI: Final = "〇一二三四五六七八九"
_CIRCLED: Final = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_ROMAN: Final = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
    (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_MOST: Final = 3999
_LONGEST: Final = 99
"""Characters of a label's form; it is printed before each paragraph."""


@frozen
class _Level:
    start: int
    form: str
    text: str


@define(eq=False)
class Numbering:
    """The lists of a document and how far each is counted."""

    lists: dict[str, dict[int, _Level]] = field(factory=dict)
    styles: dict[str, tuple[str, int]] = field(factory=dict)
    """The list and level that a style of paragraphs belongs to."""
    _counts: dict[str, list[int]] = field(factory=dict)

    @classmethod
    def of(cls, archive: Archive) -> "Numbering":
        """The lists that a file defines."""
        made = cls()
        root = archive.xml("word/numbering.xml")
        if root is None:
            return made
        kinds = {
            each.get(f"{_W}abstractNumId", ""): _levels(each)
            for each in root.iter(f"{_W}abstractNum")
        }
        for each in root.iter(f"{_W}num"):
            kind = each.find(f"{_W}abstractNumId")
            name = kind.get(f"{_W}val", "") if kind is not None else ""
            made.lists[each.get(f"{_W}numId", "")] = kinds.get(name, {})
        styles = archive.xml("word/styles.xml")
        for style in styles.iter(f"{_W}style") if styles is not None else ():
            number = style.find(f"{_W}pPr/{_W}numPr/{_W}numId")
            level = style.find(f"{_W}pPr/{_W}numPr/{_W}ilvl")
            if number is not None:
                told = level.get(f"{_W}val", "0") if level is not None else "0"
                made.styles[style.get(f"{_W}styleId", "")] = (
                    number.get(f"{_W}val", ""),
                    whole(told),
                )
        return made

    def label(self, style: str, number: str, level: str) -> tuple[str, int]:
        """The label of the next paragraph of a list, and its nesting from 1; empty for none."""
        if not number:
            number, depth = self.styles.get(style, ("", 0))
        else:
            depth = whole(level)
        depth = min(depth, _LEVELS - 1)
        levels = self.lists.get(number, {})
        if depth not in levels:
            return "", 0
        counts = self._counts.setdefault(number, [0] * _LEVELS)
        counts[depth] = counts[depth] + 1 if counts[depth] else levels[depth].start
        counts[depth + 1 :] = [0] * (_LEVELS - depth - 1)
        here = levels[depth]
        if here.form in {"bullet", "none"}:
            return ("・" if here.form == "bullet" else ""), depth + 1
        text = here.text
        for place in range(depth + 1):
            told = levels.get(place, here)
            text = text.replace(f"%{place + 1}", _counted(counts[place] or told.start, told.form))
        return text, depth + 1


def _levels(kind: ET.Element) -> dict[int, _Level]:
    levels: dict[int, _Level] = {}
    for each in kind.iter(f"{_W}lvl"):
        told = {child.tag.removeprefix(_W): child.get(f"{_W}val", "") for child in each}
        number = whole(each.get(f"{_W}ilvl", ""), -1)
        if number >= 0:
            levels[number] = _Level(
                whole(told.get("start", "1"), 1),
                told.get("numFmt", "decimal"),
                told.get("lvlText", "")[:_LONGEST],
            )
    return levels


def _counted(number: int, form: str) -> str:
    """A number as a list prints it; an unknown form as plain digits."""
    signs = {
        "aiueo": _KANA,
        "aiueoFullWidth": _KANA,
        "iroha": _IROHA,
        "irohaFullWidth": _IROHA,
        "decimalEnclosedCircle": _CIRCLED,
        "decimalEnclosedCircleChinese": _CIRCLED,
        "lowerLetter": "abcdefghijklmnopqrstuvwxyz",
        "upperLetter": "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
    }.get(form)
    if signs:
        return signs[(number - 1) % len(signs)] if number > 0 else str(number)
    if form in {
        "japaneseCounting",
        "chineseCounting",
        "ideographDigital",
        "japaneseDigitalTenThousand",
    }:
        return _kanji(number)
    if form == "decimalFullWidth":
        return "".join(chr(ord(digit) - ord("0") + ord("０")) for digit in str(number))
    if form in {"lowerRoman", "upperRoman"} and 0 < number <= _MOST:
        return _roman(number).upper() if form == "upperRoman" else _roman(number)
    return str(number)


def _kanji(number: int) -> str:
    if not 0 < number < 100:  # noqa: PLR2004 - lists are shorter
        return str(number)
    tens, ones = divmod(number, 10)
    return (
        (_KANJI[tens] if tens > 1 else "") + ("十" if tens else "") + (_KANJI[ones] if ones else "")
    )


def _roman(number: int) -> str:
    told = ""
    for value, sign in _ROMAN:
        count, number = divmod(number, value)
        told += sign * count
    return told
