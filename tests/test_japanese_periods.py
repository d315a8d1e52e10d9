import pytest
from hypothesis import given
from hypothesis import strategies as st

from munidx.japanese.periods import find_periods, parse_period
from munidx.model import FiscalYear, OpenEnd, Period, Time
from munidx.testing.profiles import examples


def fy(year: int) -> FiscalYear:
    return FiscalYear(year)


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("令和5(2023)年度から令和9年(2027)年度まで", fy(2023), fy(2027)),
        ("令和4(2022)年●月から令和8(2026)年3月末まで", "2022", "2026-03"),
        ("R3～R6", fy(2021), fy(2024)),
        ("R3-R6", fy(2021), fy(2024)),
        ("R5~6", fy(2023), fy(2024)),
        ("R元~5", fy(2019), fy(2023)),
        ("令和5~9年度", fy(2023), fy(2027)),
        ("令和5年度~9年度", fy(2023), fy(2027)),
        ("令和5年～9年", "2023", "2027"),
        ("平成30年度~令和4年度", fy(2018), fy(2022)),
        ("2022～2026年度", fy(2022), fy(2026)),
        ("2022-2026", fy(2022), fy(2026)),
        ("令和5～令和9", fy(2023), fy(2027)),
        ("令和6年4月~9月", "2024-04", "2024-09"),
        ("令和6年4月1日から30日まで", "2024-04-01", "2024-04-30"),
        ("令和6年4月1日～5月10日", "2024-04-01", "2024-05-10"),
        ("令和6年10月~7年3月", "2024-10", "2025-03"),
        ("R6.4~R7.3", "2024-04", "2025-03"),
        ("令和6年度", fy(2024), fy(2024)),
        ("R5･R6", fy(2023), fy(2024)),
        ("R5、R6及びR7まで", fy(2023), fy(2025)),
        ("R5・R7", fy(2023), fy(2023)),
        ("令和6年・令和7年", "2024", "2024"),
        ("令和5年度 令和6年度", fy(2023), fy(2023)),
        ("R8~", fy(2026), None),
        ("R9～更新", fy(2027), None),
        ("令和7年度～システム更新", fy(2025), None),
        ("令和5年度～見本のまち～", fy(2023), fy(2023)),
        ("R5～令和9年度", fy(2023), fy(2027)),
        ("令和6年度以降", fy(2024), None),
        ("R9まで", None, fy(2027)),
        ("~R9", None, fy(2027)),
        ("2024年4月~6年3月", "2024-04", "2024-04"),
        ("令和6年4月~13月", "2024-04", "2024-04"),
        ("令和6年~9月", "2024", "2024"),
        ("令和6年度~5年度", fy(2024), fy(2024)),
        ("令和6年度~9年", fy(2024), fy(2024)),
        ("2024年~9年", "2024", "2024"),
        ("R5~80%", fy(2023), fy(2023)),
        ("令和6年4月~9", "2024-04", "2024-04"),
    ],
)
def test_spans(text: str, start: Time | None, end: Time | None) -> None:
    assert parse_period(text) == Period(start=start, end=end)


@pytest.mark.parametrize("text", ["", "R5-6", "2024", "計画期間", "令和5"])
def test_no_span(text: str) -> None:
    assert parse_period(text) is None


def test_an_unknown_month_is_said() -> None:
    (found,) = find_periods("期間は令和4(2022)年●月から令和8年3月まで")
    assert [time.unknown for time in found.times] == [("month",), ()]
    assert found.text == "令和4(2022)年●月から令和8年3月まで"


def test_open_ends_are_named() -> None:
    found = find_periods("(R8~)、R9まで、R7完了")
    assert [(one.text, one.open) for one in found] == [
        ("R8~", OpenEnd.END),
        ("R9まで", OpenEnd.START),
        ("R7", None),
    ]


@examples(1000)
@given(
    st.integers(1, 20),
    st.integers(0, 9),
    st.sampled_from(["～", "~", "〜", "から", " ～ "]),
    st.sampled_from(["R{}", "Ｒ{}", "令和{}年度", "令和 {} 年度", "㋿{}年度"]),
    st.sampled_from(["", "まで"]),
)
def test_printed_spans_are_read_back(
    first: int, length: int, sign: str, form: str, until: str
) -> None:
    text = form.format(first) + sign + form.format(first + length) + until
    (found,) = find_periods(text)
    assert found.period == Period(start=fy(2018 + first), end=fy(2018 + first + length))
    assert found.text == text


@examples(2000)
@given(st.text(st.sampled_from("令和R元0123456789年度月日~～-からまで以降 ()●上半期"), max_size=24))
def test_any_text_is_searched_without_an_error(text: str) -> None:
    for found in find_periods(text):
        assert text[found.start : found.end] == found.text
        assert found.times
