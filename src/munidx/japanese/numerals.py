"""Numbers as Japanese documents print them, read exactly: never through a float.

Understood are digits of any width with commas and decimals, kanji numerals (``百二十``,
``二〇二四``), mixed ones (``1億2,000万``), shares (``8割``), fractions (``3分の1``) and the
signs ``△ ▲ -``. A dash is a minus only right before a number and after no letter or digit.
"""

import re
from decimal import Decimal
from fractions import Fraction
from typing import Final

from attrs import frozen

from munidx.japanese.characters import Aligned, align, normalise

__all__ = [
    "DIGITS",
    "UNIT",
    "Amount",
    "find_amounts",
    "find_amounts_aligned",
    "parse_fraction",
    "parse_number",
    "parse_yen",
    "scale_of",
]

_KANJI_DIGITS: Final = dict(zip("〇零一二三四五六七八九", (0, *range(10)), strict=True))
_SMALL: Final = {"十": 10, "百": 100, "千": 1000}
_LARGE: Final = {"万": 10**4, "億": 10**8, "兆": 10**12}

DIGITS: Final = (
    r"(?:[0-9]{1,3}(?:,[0-9]{3}){1,5}(?![0-9])(?:\.[0-9]{1,12})?"
    r"|[0-9]{1,18}(?:\.[0-9]{1,12})?)"
)
"""A printed number in a normalised text: commas stand at thousands or not at all."""

_KANJI: Final = r"[〇零一二三四五六七八九十百千万億兆]{1,20}"
_NUMBER: Final = re.compile(rf"(?P<sign>[△▲+-]?)\s?(?P<digits>{DIGITS})")
_GROUPS: Final = re.compile(rf"(?:{DIGITS}(?:[百千][万億兆]?|[万億兆])){{1,4}}(?:{DIGITS})?")
_GROUP: Final = re.compile(rf"({DIGITS})(千|百)?([万億兆]?)")
_FRACTION: Final = re.compile(
    r"(?P<below>[0-9]{1,4}|[一二三四五六七八九十百]{1,4})\s?分の\s?"
    r"(?P<above>[0-9]{1,4}|[一二三四五六七八九十百]{1,4})"
)

# Units and counters seen in plans; the longest is tried first.
_UNITS: Final = (
    "% パーセント ポイント pt ppm 割 倍 件 人 名 者 回 校 園 か所 箇所 ヶ所 ヵ所 カ所 ケ所 "
    "個所 団体 社 店 店舗 世帯 戸 棟 台 基 本 枚 冊 部 点 位 円 km kg mg cm mm ㎢ km² km2 "
    "㎡ m² m2 m³ ㎥ m3 ha t トン t-CO2 tCO2 t-CO₂ トン-CO2 kt g kWh MWh GWh kW MW GJ TJ "
    "kl kL ml L リットル m 時間 分 秒 日 日間 か月 ヶ月 カ月 ヵ月 箇月 年 年間 歳 種類 種 "
    "項目 事業 業務 施設 地区 地域 自治会 町会 グループ チーム 組 組織 講座 教室 コース "
    "コマ プラン アカウント フォロワー PV アクセス ダウンロード DL クリック ビュー "
    "セッション ユーザー ユーザ 品 品目 作品 頭 羽 匹 床 席 室 区画 路線 便 駅 橋 両 隻 機 "
    "機関 法人 企業 事業者 事業所 市町村 自治体 票 通 字 語 言語 か国 ヶ国 カ国 単位 食 杯 "
    "話 問 題 曲 ページ 頁 文字 巻 局 班 隊 分団 学級 クラス コンテンツ データセット "
    "システム サービス 手続 手続き 様式 帳票 プロジェクト 取組 施策 計画 提案 案 案件 "
    "テーマ メニュー イベント 圏域 校区 個 つ 株 mm/日 人/日 人/年 人/回 件/年 件/月 回/年 "
    "回/月 人日 人月 人・日 人泊 泊 夜 か年 g/人日 g/人・日 kg/人 GB MB TB Mbps Gbps dB ℃ "
    "度 アール 平方メートル メートル キロメートル ヘクタール 往復 便/日 本/日 台/日 戸/年 "
    "例 症例 施設/年"
)
_COUNTED: Final = sorted(set(_UNITS.split()), key=lambda unit: (-len(unit), unit))
_SCALED: Final = r"(?:十|百|千|万|十万|百万|千万|億|十億|百億|兆)"
UNIT: Final = (
    rf"(?:{_SCALED}?(?:{'|'.join(re.escape(unit) for unit in _COUNTED)})"
    rf"|{_SCALED}(?=$|[\s、。)\]以未超程増減]))"
)
"""A known unit or counter in a text of :func:`~munidx.japanese.characters.align`, with the
scale that is printed before it (``千円``, ``万件``)."""

_AMOUNT: Final = re.compile(
    r"(?:(?P<below>[0-9]{1,4}|[一二三四五六七八九十]{1,3})分の(?P<above>[0-9]{1,4}|[一二三四五六七八九十]{1,3})"
    rf"|(?<![0-9A-Za-z.,])(?P<sign>(?:[△▲]\s?|(?<![^\s(:、])[+-])?)(?P<digits>{DIGITS})"
    rf"|(?<![数何第一二三四五六七八九十百千万億兆])(?P<kanji>(?:[一二三四五六七八九十百千万億兆]{{2,12}}(?={UNIT}))|[一二三四五六七八九](?=割(?!り|合|引|当|減|増))))"
    rf"\s?(?P<unit>{UNIT})?"
)
# A lone 千円 is a table's head.
_ANY_DIGIT: Final = re.compile(r"[0-9〇零一二三四五六七八九]")
_SCALED_DIGITS: Final = re.compile(r"[0-9][百千万億兆]")
_PARTED: Final = re.compile(
    r"[0-9〇零一二三四五六七八九十百千]"
    r"(?:\s+|\s{0,4}[,.]\s{0,4}\n\s{0,4}|\s{0,4}\n\s{0,4}[,.])"
    r"[0-9〇零一二三四五六七八九十]"
)
"""White space between digits, or a line break beside a comma: two figures, or nobody can tell."""


@frozen(kw_only=True)
class Amount:
    """A number in a text, with its unit: both as printed."""

    start: int
    end: int
    """The span in the text that was searched."""
    text: str
    """As published."""
    value: Decimal | None = None
    fraction: Fraction | None = None
    """``1/3`` for 3分の1; then there is no value."""
    unit: str = ""
    """Normalised in width: ``%``, ``千円``, ``万件``; ``""`` where no known one is printed."""


def parse_number(text: str) -> Decimal | None:
    """The number that ``text`` is, exactly; None where it is none or anything beside one.

    >>> parse_number("△１，２３４.5"), parse_number("三千万"), parse_number("―")
    (Decimal('-1234.5'), Decimal('30000000'), None)
    """
    bare = align(text).text.strip()
    if len(bare) > 60:  # noqa: PLR2004 - no printed number is longer
        return None
    found = _NUMBER.fullmatch(bare)
    if found:
        return _signed(found["sign"], Decimal(found["digits"].replace(",", "")))
    sign, unsigned = ("-", bare[1:].lstrip()) if bare[:1] in ("△", "▲", "-") else ("", bare)
    if re.fullmatch(_KANJI, unsigned):
        kanji = _read_kanji(unsigned)
        return None if kanji is None else _signed(sign, Decimal(kanji))
    if _GROUPS.fullmatch(unsigned):
        grouped = _read_groups(unsigned)
        return None if grouped is None else _signed(sign, grouped)
    return None


def parse_fraction(text: str) -> Fraction | None:
    """The fraction that ``text`` is (``3分の1``), else None.

    >>> parse_fraction("３分の１")
    Fraction(1, 3)
    """
    found = _FRACTION.fullmatch(normalise(text).strip())
    return _fraction(found["above"], found["below"]) if found else None


def find_amounts(text: str) -> tuple[Amount, ...]:
    """The numbers of ``text`` in their order, with the units behind them.

    Digits glued to a letter before them (``SDGs17``) are none. A number in kanji counts only
    where a unit follows: most kanji that can count stand in words.
    """
    return find_amounts_aligned(align(text))


def find_amounts_aligned(aligned: Aligned) -> tuple[Amount, ...]:
    """:func:`find_amounts` on a text already aligned; spans are those of the original."""
    amounts = []
    for found in _AMOUNT.finditer(aligned.text):
        fraction = _fraction(found["above"], found["below"]) if found["above"] else None
        value = _value(found)
        if fraction is None and value is None:
            continue
        start, end = aligned.span(*found.span())
        text = aligned.original[start:end]
        amounts.append(
            Amount(
                start=start,
                end=end - (len(text) - len(text.rstrip())),
                text=text.rstrip(),
                value=value,
                fraction=fraction,
                unit=found["unit"] or "",
            )
        )
    return tuple(amounts)


def scale_of(unit: str) -> int:
    """By how much the scale printed in ``unit`` multiplies: 1000 for 千円, 1 for 円 and 件.

    >>> scale_of("百万円"), scale_of("万件"), scale_of("人")
    (1000000, 10000, 1)
    """
    found = re.match(_SCALED, normalise(unit))
    if not found:
        return 1
    scale = 1
    for sign in max((s for s in _scales() if normalise(unit).startswith(s)), key=len):
        scale *= _SMALL.get(sign) or _LARGE[sign]
    return scale


def parse_yen(text: str, unit: str = "円") -> int | None:
    """The whole yen that ``text`` says, ``unit`` being that of its table's head.

    A unit beside the number wins over ``unit``. None where ``text`` is no number (a dash, a
    blank), two of them (digits parted by white space: ``100`` and ``200`` below each other are
    not 100200), yen and something else at once (``¥100`` under 千円) or not a whole number of yen.

    >>> parse_yen("93,665", "千円"), parse_yen("52百万円"), parse_yen("1億2,000万円")
    (93665000, 52000000, 120000000)
    """
    printed = align(text).text
    if _PARTED.search(printed):
        return None
    bare = re.sub(r"\s+", "", printed)
    plain = re.sub(r"(?<=^[△▲+-])[¥\\]|^[¥\\]", "", bare)
    value = parse_number(plain.removesuffix("円"))
    if value is None or not _ANY_DIGIT.search(bare):
        return None
    if plain != bare and scale_of(unit) != 1 and not bare.endswith("円"):
        return None
    own = bare.endswith("円") or _SCALED_DIGITS.search(bare)
    yen = value if own else value * scale_of(unit)
    return int(yen) if yen == yen.to_integral_value() else None


def _scales() -> tuple[str, ...]:
    return ("十", "百", "千", "万", "十万", "百万", "千万", "億", "十億", "百億", "兆")


def _signed(sign: str, value: Decimal) -> Decimal:
    return -value if sign.strip() in ("△", "▲", "-") and value else value


def _value(found: re.Match[str]) -> Decimal | None:
    if found["digits"]:
        return _signed(found["sign"], Decimal(found["digits"].replace(",", "")))
    if found["kanji"]:
        kanji = _read_kanji(found["kanji"])
        return None if kanji is None else Decimal(kanji)
    return None


def _fraction(above: str, below: str) -> Fraction | None:
    upper, lower = parse_number(above), parse_number(below)
    if upper is None or not lower:
        return None
    return Fraction(int(upper), int(lower))


def _read_kanji(text: str) -> int | None:
    """A number in kanji, of places (``百二十``) or of digits (``二〇二四``); None if ill-formed."""
    if all(sign in _KANJI_DIGITS for sign in text):
        return int("".join(str(_KANJI_DIGITS[sign]) for sign in text))
    total = section = 0
    digit: int | None = None
    small, large = 10**4, 10**16
    for sign in text:
        if sign in _KANJI_DIGITS:
            if digit is not None or not _KANJI_DIGITS[sign]:
                return None
            digit = _KANJI_DIGITS[sign]
        elif sign in _SMALL:
            if _SMALL[sign] >= small:
                return None
            small = _SMALL[sign]
            section, digit = section + (digit or 1) * small, None
        else:
            section += digit or 0
            if _LARGE[sign] >= large or not section:
                return None
            large = _LARGE[sign]
            total, section, digit, small = total + section * large, 0, None, 10**4
    return total + section + (digit or 0)


def _read_groups(text: str) -> Decimal | None:
    """Digits with scales between them, each smaller than the one before: ``1億2,000万``."""
    total, place, last = Decimal(0), 0, 10**20
    while place < len(text):
        found = _GROUP.match(text, place)
        if not found or not found[1]:
            return None
        scale = _SMALL.get(found[2] or "", 1) * _LARGE.get(found[3], 1)
        number = Decimal(found[1].replace(",", "")) * scale
        if scale >= last or number >= last:
            return None
        total, last, place = total + number, scale, found.end()
    return total
