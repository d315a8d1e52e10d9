import pytest
from hypothesis import given
from hypothesis import strategies as st

from munidx.japanese.eras import (
    find_times,
    fiscal_year_of,
    format_fiscal_year,
    parse_fiscal_year,
    parse_time_text,
)
from munidx.model import FiscalYear, Time
from munidx.testing.profiles import examples

FORMS: dict[str, Time | None] = {
    "令和6年度": FiscalYear(2024),
    "令和6(2024)年度": FiscalYear(2024),
    "令和9年(2027)年度": FiscalYear(2027),
    "令和6（２０２４）年度": FiscalYear(2024),
    "2024(令和6)年度": FiscalYear(2024),
    "令和7(2025)年度末": FiscalYear(2025),
    "R7(2025) 年度": FiscalYear(2025),
    "R6": FiscalYear(2024),
    "R 4": FiscalYear(2022),
    "R元": FiscalYear(2019),
    "Ｒ６": FiscalYear(2024),
    "㋿6年度": FiscalYear(2024),
    "平成36年度": FiscalYear(2024),
    "S63年度": FiscalYear(1988),
    "2024年度": FiscalYear(2024),
    "FY2024": FiscalYear(2024),
    "令和六年度": FiscalYear(2024),
    "R4.3": "2022-03",
    "H28.4.1": "2016-04-01",
    "令和8年3月末": "2026-03",
    "2024年4月": "2024-04",
    "2024年(令和6年)4月": "2024-04",
    "令和 2(2020)年 1月": "2020-01",
    "令和元年": "2019",
    "令和6年": "2024",
    "R6年": "2024",
    "昭和100年": "2025",
    "令和6年8月31日": "2024-08-31",
    "2024/8/31": "2024-08-31",
    "2024-08-31": "2024-08-31",
    "令和6年度上半期": "FY2024-H1",
    "令和6年度の下期": "FY2024-H2",
    "令和6年度第3四半期": "FY2024-Q3",
    "令和6年度第三四半期": "FY2024-Q3",
    "2024": "2024",
    "令和6": FiscalYear(2024),
    "": None,
    "RPA": None,
    "R0": None,
    "R80": None,
    "S3": None,
    "2024.5": None,
    "1700年": None,
    "令和6年度の計画": None,
    "R" * 100: None,
}


@pytest.mark.parametrize(("text", "expected"), FORMS.items())
def test_forms(text: str, expected: Time | None) -> None:
    found = parse_time_text(text)
    assert found == expected
    assert type(found) is type(expected)


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("R4.3", 2021),
        ("令和8年3月末", 2025),
        ("2024", 2024),
        ("令和6", 2024),
        ("2024年4月", 2024),
        ("令和6年度下半期", 2024),
        ("令和6年", None),
        ("満足度", None),
    ],
)
def test_fiscal_years(text: str, year: int | None) -> None:
    assert parse_fiscal_year(text) == year


def test_fiscal_year_of_a_time() -> None:
    assert fiscal_year_of(FiscalYear(2024)) == 2024
    assert fiscal_year_of("2025-03-31") == 2024
    assert fiscal_year_of("FY2024-Q4") == 2024
    assert fiscal_year_of("2024") is None


@pytest.mark.parametrize(
    ("text", "mismatch", "unknown"),
    [
        ("令和6(2024)年度", False, ()),
        ("令和6(2025)年度", True, ()),
        ("令和6年度(2025年度)", True, ()),
        ("2024年(令和5年)4月", True, ()),
        ("令和4(2022)年●月", False, ("month",)),
        ("令和4年 月", False, ("month",)),
        ("令和6年13月", False, ("month",)),
        ("令和6年2月31日", False, ("day",)),
        ("令和6年6月●日", False, ("day",)),
    ],
)
def test_checks_and_placeholders(text: str, mismatch: bool, unknown: tuple[str, ...]) -> None:
    (found,) = find_times(text)
    assert (found.text, found.mismatch, found.unknown) == (text, mismatch, unknown)


def test_the_era_decides_over_the_year_in_brackets() -> None:
    (found,) = find_times("令和6(2025)年度")
    assert (found.time, found.era_year, found.western, found.count) == (2024, 2024, 2025, 6)


@pytest.mark.parametrize(
    "text",
    [
        "RPA SNS AR6 R2D2 CR-1 5R R50% S3 T1 M 95% H1N1",
        "2024経営方針",
        "072-2024-1234",
        "会計年度任用職員",
        "昭和30年代",
        "令和〇年度",
        "2,024年",
        "12024年",
        "令和6",
    ],
)
def test_what_is_no_time_in_a_sentence(text: str) -> None:
    assert find_times(text) == ()


def test_times_of_a_sentence_with_their_places() -> None:
    text = "①令和６年度は70％、R8年度には80％(２０２４年４月現在)"
    found = find_times(text)
    assert [(one.text, one.time) for one in found] == [
        ("令和６年度", 2024),
        ("R8年度", 2026),
        ("２０２４年４月", "2024-04"),
    ]
    assert all(text[one.start : one.end] == one.text for one in found)


@pytest.mark.parametrize(
    ("year", "text"),
    [
        (2024, "令和6年度"),
        (2019, "令和元年度"),
        (2018, "平成30年度"),
        (1989, "平成元年度"),
        (1926, "昭和元年度"),
        (1912, "大正元年度"),
        (1868, "明治元年度"),
    ],
)
def test_format(year: int, text: str) -> None:
    assert format_fiscal_year(year) == text


@examples(500)
@given(st.integers(1868, 2080))
def test_a_formatted_fiscal_year_is_read_back(year: int) -> None:
    assert parse_fiscal_year(format_fiscal_year(year)) == year


@examples(2000)
@given(
    st.text(st.sampled_from("令和平成RHS元0123456789年度月日末()（）./-～ ●上半期四"), max_size=24)
)
def test_any_text_is_searched_without_an_error(text: str) -> None:
    for found in find_times(text):
        assert text[found.start : found.end] == found.text
    parse_time_text(text)
    parse_fiscal_year(text)
