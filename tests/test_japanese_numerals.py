from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from munidx.japanese.numerals import (
    find_amounts,
    parse_fraction,
    parse_number,
    parse_yen,
    scale_of,
)
from munidx.testing.profiles import examples

WIDE = str.maketrans("0123456789,.", "０１２３４５６７８９，．")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("12,345.6", "12345.6"),
        ("△１，２３４", "-1234"),
        ("▲3", "-3"),
        ("－5", "-5"),
        ("+5", "5"),
        ("百二十", "120"),
        ("二〇二四", "2024"),
        ("三千万", "30000000"),
        ("△百", "-100"),
        ("1億2,000万", "120000000"),
        ("3千万", "30000000"),
        ("十", "10"),
        ("0", "0"),
        (" 7 ", "7"),
    ],
)
def test_numbers(text: str, expected: str) -> None:
    assert parse_number(text) == Decimal(expected)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "－",
        "―",
        "1,23",
        "億",
        "十百",
        "一二十",
        "1万2億",
        "5人",
        "1 2",
        "一億一億",
        "〇十",
        "9" * 70,
        "2万1億",
        "12万99999万",
    ],
)
def test_what_is_no_number(text: str) -> None:
    assert parse_number(text) is None


@examples(1000)
@given(
    st.decimals(min_value=0, max_value=10**12, places=2, allow_nan=False),
    st.booleans(),
    st.booleans(),
    st.sampled_from(["", "△", "▲", "-", "－"]),
)
def test_printed_numbers_are_read_exactly(
    value: Decimal, wide: bool, commas: bool, sign: str
) -> None:
    printed = f"{value:,f}" if commas else f"{value:f}"
    printed = sign + (printed.translate(WIDE) if wide else printed)
    assert parse_number(printed) == (-value if sign else value)


def test_fractions() -> None:
    assert parse_fraction("３分の１") == Fraction(1, 3)
    assert parse_fraction("三分の二") == Fraction(2, 3)
    assert parse_fraction("0分の1") is None
    assert parse_fraction("十分") is None


@pytest.mark.parametrize(
    ("text", "unit", "expected"),
    [
        ("93,665", "千円", 93665000),
        ("52百万円", "円", 52000000),
        ("1億2,000万円", "千円", 120000000),
        ("△1,200千円", "円", -1200000),
        ("¥1,200", "円", 1200),
        ("1.5億円", "円", 150000000),
        ("0.5", "千円", 500),
        ("0.5", "円", None),
        ("0", "千円", 0),
        ("－", "千円", None),
        ("", "千円", None),
        ("千円", "千円", None),
        ("三千", "千円", 3000000),
        ("12 千円", "円", 12000),
        ("五 千円", "円", 5000),
        ("1億\n2,000万円", "円", 120000000),
        ("12, 345", "千円", 12345000),  # a wide comma of a PDF
        ("￥100", "千円", None),  # a hundred yen, or a hundred thousand: nobody can tell
        ("-¥100", "百万円", None),
        ("¥1,200円", "千円", 1200),
        ("100\n200", "千円", None),
        ("100 200", "千円", None),
        ("１００\u3000２００", "千円", None),
        ("10\n20千円", "円", None),
        ("100,\n200", "千円", None),
        ("100\n.5", "千円", None),
        ("百\n二十", "円", None),
    ],
)
def test_yen(text: str, unit: str, expected: int | None) -> None:
    assert parse_yen(text, unit) == expected


def test_scales() -> None:
    assert [
        scale_of(unit) for unit in ("円", "千円", "百万円", "億円", "万件", "十万人", "件")
    ] == [
        1,
        1000,
        10**6,
        10**8,
        10**4,
        10**5,
        1,
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("満足度８０％以上", [("８０％", "80", "%")]),
        ("①80%", [("80%", "80", "%")]),
        ("財源額52百万円と850万件", [("52百万円", "52", "百万円"), ("850万件", "850", "万件")]),
        ("増減 △3件", [("△3件", "-3", "件")]),
        ("百二十件、三割", [("百二十件", "120", "件"), ("三割", "3", "割")]),
        ("一人ひとり SDGs17 -(後)", []),
        ("300㎡", [("300㎡", "300", "㎡")]),
        ("数十件 十百件", []),
    ],
)
def test_amounts_as_printed(text: str, expected: list[tuple[str, str, str]]) -> None:
    found = find_amounts(text)
    assert [(one.text, str(one.value), one.unit) for one in found] == expected
    assert all(text[one.start : one.end] == one.text for one in found)


def test_amounts_hold_fractions() -> None:
    (found,) = find_amounts("時間の3分の1で")
    assert (found.fraction, found.value) == (Fraction(1, 3), None)
    assert find_amounts("0分の1") == ()
