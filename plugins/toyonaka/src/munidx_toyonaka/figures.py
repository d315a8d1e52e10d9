"""Figures in what was done: ``(登録107団体, 2件実装)``, ``98件(76増)``, ``76%→80%``.

A figure counts where a unit or a change (増, 減) stands behind it; not where it is a month, a
year, a number in a name (第3回, No.1) or a rate's measure (1km²あたり). Outside of brackets it
must be what the words are about (83業務に適用); inside, any word may follow.
"""

import re
from typing import Final

from attrs import frozen

from munidx.japanese.characters import Aligned, align
from munidx.japanese.eras import find_times_aligned
from munidx.japanese.numerals import DIGITS, UNIT, parse_number
from munidx.japanese.periods import parse_period
from munidx.model import Accumulation, Comparator, Observation, Quantity
from munidx_toyonaka.pieces import brackets, is_within

__all__ = ["AFTER", "Chain", "observe", "read_chain"]

# Counters whose first character is one too: 12部会 are not 12部.
_OWN_UNITS: Final = (
    "回答|回線|口座|拠点|名分|人分|件分|部会|部署|部局|部門|本部|組合|校舎|台帳|問題|話題|社協"
)
_NO_UNIT: Final = (
    "人権|人口|人事|人材|社会|点検|点字|戸籍|位置|名簿|名所|件名|本庁|本市|部長|回復|台風"
)
_UNIT: Final = rf"(?!{_NO_UNIT})(?:{_OWN_UNITS}|{UNIT})"
AFTER: Final = {
    "以上": Comparator.AT_LEAST,
    "以下": Comparator.AT_MOST,
    "以内": Comparator.AT_MOST,
    "未満": Comparator.BELOW,
    "超": Comparator.ABOVE,
    "程度": Comparator.ABOUT,
    "前後": Comparator.ABOUT,
}
"""What stands behind a figure, and how it compares."""
_FIGURE: Final = re.compile(
    r"(?P<about>約|およそ|概ね|おおむね)?\s?(?P<sum>延べ|のべ|累計|年間)?\s?(?P<about2>約)?\s?"
    r"(?P<sign>[△▲]\s?|(?<![^\s(:、→約比])[+-])?"
    rf"(?P<number>(?:{DIGITS}[兆億]){{1,2}}{DIGITS}万?|{DIGITS})\s?(?P<unit>{_UNIT})?"
    rf"(?:\s?~\s?(?P<high>{DIGITS})\s?(?P<unit2>{_UNIT}))?"
    rf"\s?(?P<after>{'|'.join(AFTER)})?\s?(?P<change>増(?!加)|減(?!少)|増加|減少)?"
)
_NAME_BEFORE: Final = re.compile(r"(?:第|No\.?|[0-9][.,/:-]|[A-Za-z]-|[.,])\s?$")
_LATIN_BEFORE: Final = re.compile(r"[A-Za-z]$")
_MONTHS: Final = re.compile(
    r"[0-9]{1,2}\s?月?\s?[~-]\s?[0-9]{1,2}\s?月|[0-9]{1,2}\s?月(?:\s?[0-9]{1,2}\s?日)?"
)
_QUOTED: Final = re.compile(r"『[^『』]{0,200}』|「[^「」]{0,200}」")
_RATE: Final = re.compile(r"あたり|当たり|につき|ごと")
_NAME_BEHIND: Final = re.compile(r"[0-9]|計画|期|次|号")
_ABOUT_IT: Final = re.compile(r"[をにでがはへと、。)\s]|$")
_SPANS_OF_TIME: Final = frozenset(
    [
        "時間",
        "分",
        "秒",
        "年",
        "年間",
        "年度",
        "日",
        "日間",
        "か月",
        "ヶ月",
        "カ月",
        "ヵ月",
        "月",
        "週間",
        "歳",
        "度",
    ]
)
_ENDS: Final = re.compile(r"[、。)]|$")
_SEPARATOR: Final = re.compile(r"、|(?<![0-9]),|,(?![0-9]{3})|[()・:\s]|。")
_ARROW: Final = re.compile(r"\s?(?:→|⇒)\s?")
_DATED: Final = re.compile(r"\s?\((?P<time>[^()]{1,20})\)")


@frozen(kw_only=True)
class Chain:
    """``77%(R4)→8割(R5~6)→100%(R7)``: values that follow one another."""

    start: int
    """Where it begins in the text that was searched."""
    values: tuple[Observation, ...]
    times: tuple[str, ...]
    """What stands in brackets behind each value."""


def observe(text: str, source: str) -> tuple[Observation | None, tuple[Observation, ...]]:
    """The baseline and the actuals of a statement; none where it has no figure.

    A value before an arrow is the baseline only where nothing else is told; in a list of
    figures it stays in the text of the one that followed it.
    """
    aligned = align(text)
    found = _figures(aligned)
    before: Observation | None = None
    actuals: list[Observation] = []
    place = 0
    while place < len(found):
        last = place
        while last + 1 < len(found) and _ARROW.fullmatch(
            aligned.text[found[last].end() : found[last + 1].start()]
        ):
            last += 1
        alone = place == 0 and last == len(found) - 1
        if last > place and alone:
            before = _observation(aligned, found[place], source)
            actuals.append(_observation(aligned, found[last], source))
        else:
            actuals.append(_observation(aligned, found[last], source, found[place].start()))
        place = last + 1
    return before, tuple(actuals)


def read_chain(text: str, source: str) -> Chain | None:
    """The values that arrows join at the end of ``text``, or a lone one with its time.

    None where there are none.
    """
    aligned = align(text)
    plain = aligned.text
    values: list[Observation] = []
    times: list[str] = []
    found = _first_of_chain(plain)
    start = found.start() if found else 0
    while found and _unit(found):
        dated = _DATED.match(plain, found.end())
        end = dated.end() if dated else found.end()
        values.append(_made(found, aligned.cut(found.start(), end).strip(), source))
        times.append(dated["time"] if dated else "")
        arrow = _ARROW.match(plain, end)
        if not arrow:
            whole = len(values) > 1 or parse_period(times[0]) is not None
            if not whole or plain[end:].strip(" 。)"):
                return None
            first = aligned.span(start, start + 1)[0]
            return Chain(start=first, values=tuple(values), times=tuple(times))
        found = _FIGURE.match(plain, arrow.end())
    return None


def _first_of_chain(text: str) -> re.Match[str] | None:
    """The figure that a chain begins with: before the first arrow, or before its time."""
    arrow = _ARROW.search(text)
    end = arrow.start() if arrow else len(text)
    near = [found for found in _FIGURE.finditer(text, 0, end) if _unit(found)]
    near = [found for found in near if not _NAME_BEFORE.search(text[: found.start()][-3:])]
    return near[-1] if near else None


def _figures(aligned: Aligned) -> list[re.Match[str]]:
    """The figures of a text, and of each whether it counts."""
    masked = list(aligned.text)
    for found in (*_QUOTED.finditer(aligned.text), *_MONTHS.finditer(aligned.text)):
        masked[found.start() : found.end()] = "\0" * len(found[0])
    for time, bare in find_times_aligned(aligned):
        first, last = aligned.locate(time.start), aligned.locate(time.end)
        if not bare:
            masked[first:last] = "\0" * (last - first)
    text = "".join(masked)
    inner = brackets(text)
    return [
        found
        for found in _FIGURE.finditer(text)
        if _counts(found, text, is_within(inner, found.start("number")))
    ]


def _counts(found: re.Match[str], text: str, bracketed: bool) -> bool:
    start, end = found.start(), found.end()
    before, behind = text[max(0, start - 3) : start], text[end : end + 4]
    unit = _unit(found)
    if not (unit or found["change"]) or _NAME_BEFORE.search(before) or _RATE.match(behind):
        return False
    if _NAME_BEHIND.match(behind):
        return False
    if _LATIN_BEFORE.search(before) and not (bracketed and unit and len(found["number"]) > 1):
        return False
    if unit in _SPANS_OF_TIME:
        return bool(bracketed and _ENDS.match(behind))
    return bracketed or bool(found["change"] or _ARROW.match(behind) or _ABOUT_IT.match(behind))


def _observation(
    aligned: Aligned, found: re.Match[str], source: str, first: int | None = None
) -> Observation:
    """The observation with the words around its figure, up to the next separator."""
    text = aligned.text
    start = found.start() if first is None else first
    before = [each.end() for each in _SEPARATOR.finditer(text, max(0, start - 200), start)]
    behind = _SEPARATOR.search(text, found.end())
    end = behind.start() if behind else len(text)
    arrow = _ARROW.search(text, found.end(), end)
    end = arrow.start() if arrow else end
    begin = before[-1] if before else max(0, start - 200)
    if first is None:
        arrows = [each.end() for each in _ARROW.finditer(text, begin, start)]
        begin = arrows[-1] if arrows else begin
    return _made(found, aligned.cut(begin, end).strip(), source)


def _unit(found: re.Match[str]) -> str:
    """The unit of a figure; of a range that of its end."""
    return found["unit2"] or found["unit"] or ""


def _made(found: re.Match[str], text: str, source: str) -> Observation:
    change = found["change"] or ""
    minus = (found["sign"] or "+")[0] in "△▲-" or change.startswith("減")
    value = parse_number(found["number"])
    value = -value if value and minus else value
    sums = {
        "延べ": Accumulation.CUMULATIVE,
        "のべ": Accumulation.CUMULATIVE,
        "累計": Accumulation.CUMULATIVE,
        "年間": Accumulation.ANNUAL,
    }
    about = Comparator.ABOUT if found["about"] or found["about2"] else None
    return Observation(
        value=None if found["high"] else value,
        low=value if found["high"] else None,
        high=parse_number(found["high"]) if found["high"] else None,
        unit=_unit(found),
        comparator=AFTER.get(found["after"] or "", about),
        quantity=Quantity.CHANGE if change else Quantity.LEVEL,
        accumulation=sums.get(found["sum"] or ""),
        text=text,
        source=source,
    )
