"""Figures in the wording of a target: number, unit, comparator, and what kind of figure it is.

A figure here is a number with the words that belong to it: ``約3割``, ``延べ600人``, ``80%以上``,
``30%削減``, ``3分の1``, ``17~20%``. Whether it is the target is decided in
:mod:`munidx.japanese.targets`.
"""

import re
from decimal import Decimal
from fractions import Fraction
from typing import Final

from attrs import evolve, frozen

from munidx.japanese.numerals import DIGITS, UNIT, parse_number
from munidx.model import Accumulation, Comparator, Direction, Observation, Quantity

__all__ = ["Figure", "find_figures"]

_AFTER: Final = {
    "以上": Comparator.AT_LEAST,
    "以下": Comparator.AT_MOST,
    "以内": Comparator.AT_MOST,
    "未満": Comparator.BELOW,
    "を超える": Comparator.ABOVE,
    "超える": Comparator.ABOVE,
    "を超え": Comparator.ABOVE,
    "を上回る": Comparator.ABOVE,
    "超": Comparator.ABOVE,
    "を下回る": Comparator.BELOW,
    "程度": Comparator.ABOUT,
    "前後": Comparator.ABOUT,
}
_IN_FRONT: Final = {
    "約": Comparator.ABOUT,
    "概ね": Comparator.ABOUT,
    "おおむね": Comparator.ABOUT,
    "およそ": Comparator.ABOUT,
    "ほぼ": Comparator.ABOUT,
    "≧": Comparator.AT_LEAST,
    "≥": Comparator.AT_LEAST,
    "≦": Comparator.AT_MOST,
    "≤": Comparator.AT_MOST,
    ">": Comparator.ABOVE,
    "<": Comparator.BELOW,
}
_ACCUMULATED: Final = {
    "延べ": Accumulation.CUMULATIVE,
    "のべ": Accumulation.CUMULATIVE,
    "延": Accumulation.CUMULATIVE,
    "累計": Accumulation.CUMULATIVE,
    "累積": Accumulation.CUMULATIVE,
    "通算": Accumulation.CUMULATIVE,
    "年間": Accumulation.ANNUAL,
    "毎年度": Accumulation.ANNUAL,
    "毎年": Accumulation.ANNUAL,
    "年": Accumulation.ANNUAL,
}
_FALLS: Final = ("削減", "減少", "短縮", "低減", "縮減", "縮小", "抑制", "低下", "ダウン", "減")
_RISES: Final = ("増加", "向上", "上昇", "拡大", "アップ", "改善", "増")
_BASE: Final = (
    r"(?:対?(?:前年度?|前回|前期|昨年度?|現状|現行|当初|従前|従来|基準年度?|計画策定時)(?:値|実績)?"
    r"(?:比|対比|より|から|に比べ|と比較し)?(?:で|て|、|\s)?)"
)


def _number_pattern(which: str) -> str:
    kanji = "[一二三四五六七八九十百千万億]{2,12}"
    return (
        rf"(?:(?P<below{which}>[0-9]{{1,4}}|[一二三四五六七八九十]{{1,3}})分の"
        rf"(?P<above{which}>[0-9]{{1,4}}|[一二三四五六七八九十]{{1,3}})"
        rf"|(?P<sign{which}>[△▲]\s?|(?<![^\s(:、約])[+-])?(?P<number{which}>{DIGITS})"
        rf"|(?P<zero{which}>ゼロ)"
        rf"|(?<![数何第])(?P<kanji{which}>{kanji}(?={UNIT})|[一二三四五六七八九](?=割)))"
    )


_FIGURE: Final = re.compile(
    rf"(?P<base>{_BASE})?"
    rf"(?P<about>{'|'.join(map(re.escape, _IN_FRONT))})?\s?"
    rf"(?P<sum>{'|'.join(_ACCUMULATED)}|合計|計|月|週|1日)?\s?"
    rf"(?P<about2>{'|'.join(map(re.escape, _IN_FRONT))})?\s?"
    + _number_pattern("")
    + rf"\s?(?P<unit>{UNIT})?"
    + r"(?:\s?(?P<joined>[~-]|以上(?=\s?[0-9.,]{1,18}\s?"
    + rf"(?:{UNIT})?\s?(?:未満|以下|以内)))\s?"
    + _number_pattern("2")
    + rf"\s?(?P<unit2>{UNIT})?(?P<upper>未満|以下|以内)?)?"
    + rf"\s?(?P<after>{'|'.join(sorted(_AFTER, key=len, reverse=True))})?"
    + rf"(?:\s?(?:の|に|を|程度の?)?\s?(?P<change>{'|'.join(_FALLS + _RISES)}))?"
)
# What stands before digits that belong to a name: 第6次, SDGs17, 2-1, (1)-1, No3.
_NAME_BEFORE: Final = re.compile(r"(?:[A-Za-z][-_.]?|第|[0-9][.,/:-]?|No\.?|[0-9]人)$")
_NAME_AFTER: Final = re.compile(
    r"[A-Za-z]|次|期|章|条|号|版|丁目|番|世代|月|者|級|階|層|親等|代|か年計画|ヵ年計画|ヶ年計画|カ年計画"
    r"|[-/.][0-9]|人\s?[0-9]|つ"
)


@frozen(kw_only=True)
class Figure:
    """A number with the words that belong to it, by its span in the text that was searched."""

    start: int
    end: int
    value: Decimal | None = None
    fraction: Fraction | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    unit: str = ""
    comparator: Comparator | None = None
    quantity: Quantity = Quantity.LEVEL
    accumulation: Accumulation | None = None
    direction: Direction | None = None
    """What the wording says: 以上 and 増 to increase, 以下 and 削減 to decrease."""

    @property
    def worded(self) -> bool:
        """Whether a comparator, a change or a ratio marks it as a figure to be reached."""
        return bool(self.comparator or self.direction or self.quantity is not Quantity.LEVEL)

    def put_into(self, observation: Observation) -> Observation:
        """``observation`` with what the figure says; its time, text and place stay."""
        return evolve(
            observation,
            value=self.value,
            fraction=self.fraction,
            low=self.low,
            high=self.high,
            unit=self.unit,
            comparator=self.comparator,
            quantity=self.quantity,
            accumulation=self.accumulation,
        )


def find_figures(text: str, gaps: tuple[tuple[int, int], ...] = ()) -> tuple[Figure, ...]:
    """The figures of a normalised ``text``, those left out that lie in ``gaps`` or in a name.

    ``gaps`` are spans that were understood otherwise (times, quoted names); a figure that
    would reach into one of them stops before it or is none.
    """
    for start, end in gaps:
        text = text[:start] + " " * (end - start) + text[end:]
    figures = []
    place = 0
    bounds = [*sorted(gaps), (len(text), len(text))]
    for start, end in bounds:
        stretch = text[:start]
        while place < start:
            found = _FIGURE.search(stretch, place)
            if not found:
                break
            figure = _read(found, stretch)
            if figure:
                figures.append(figure)
            place = max(found.end(), place + 1)
        place = max(place, end)
    return tuple(figures)


def _read(found: re.Match[str], text: str) -> Figure | None:
    """The figure of a match; None where its digits belong to a name."""
    digits = next(found.start(name) for name in ("below", "number", "zero", "kanji") if found[name])
    before = text[:digits] if not found["sign"] else text[: found.start("sign")]
    if _NAME_BEFORE.search(before[-4:]):
        return None
    if not found["unit"] and not found["above"]:
        if _NAME_AFTER.match(text[found.end() :][:6]):
            return None
    elif found["unit"] in ("人", "つ", "日", "年") and re.match(r"[0-9]", text[found.end() :]):
        return None
    value, fraction = _number(found, "")
    if value is None and fraction is None:
        return None
    start, end = found.start(), found.end()
    figure = Figure(
        start=start + (len(found[0]) - len(found[0].lstrip())),
        end=end - (len(found[0]) - len(found[0].rstrip())),
        value=value,
        fraction=fraction,
        unit=found["unit"] or "",
        accumulation=_ACCUMULATED.get(found["sum"] or ""),
        comparator=_comparator(found),
    )
    if found["joined"]:
        ranged = _range(figure, found)
        if ranged is None:
            return None
        figure = ranged
    return _characterise(figure, found)


def _number(found: re.Match[str], which: str) -> tuple[Decimal | None, Fraction | None]:
    if found[f"below{which}"]:
        above, below = parse_number(found[f"above{which}"]), parse_number(found[f"below{which}"])
        share = above is not None and below is not None and 0 < above < below
        return None, Fraction(int(above or 0), int(below or 1)) if share else None
    if found[f"zero{which}"]:
        return Decimal(0), None
    printed = found[f"number{which}"] or found[f"kanji{which}"]
    value = parse_number(printed) if printed else None
    if value and (found[f"sign{which}"] or "").strip() in ("△", "▲", "-"):
        value = -value
    return value, None


def _range(figure: Figure, found: re.Match[str]) -> Figure | None:
    """17~20% and 80%以上90%未満; None where the two numbers make no range."""
    high, _ = _number(found, "2")
    low, unit, unit2 = figure.value, found["unit"] or "", found["unit2"] or ""
    closed = found["joined"].strip() != "以上" or found["upper"]
    if low is None or high is None or low >= high or not closed or (unit and unit != unit2):
        return None
    return evolve(figure, value=None, low=low, high=high, unit=unit2, comparator=None)


def _comparator(found: re.Match[str]) -> Comparator | None:
    if found["after"]:
        return _AFTER[found["after"]]
    return _IN_FRONT.get(found["about"] or found["about2"] or "")


def _characterise(figure: Figure, found: re.Match[str]) -> Figure:
    """The quantity and the direction that the wording gives."""
    quantity, direction = Quantity.LEVEL, None
    if figure.fraction is not None or figure.unit == "倍":
        quantity = Quantity.RATIO
    if figure.comparator in (Comparator.AT_LEAST, Comparator.ABOVE):
        direction = Direction.INCREASE
    elif figure.comparator in (Comparator.AT_MOST, Comparator.BELOW):
        direction = Direction.DECREASE
    if found["change"]:
        direction = Direction.DECREASE if found["change"] in _FALLS else Direction.INCREASE
        glued = re.search(r"[にへ]\s?$", found[0][: -len(found["change"])])
        if not glued and quantity is Quantity.LEVEL:
            quantity = Quantity.CHANGE
    elif quantity is Quantity.RATIO and figure.value is not None and figure.value > 1:
        direction = direction or Direction.INCREASE
    return evolve(figure, quantity=quantity, direction=direction)
