import pytest
from hypothesis import given
from hypothesis import strategies as st

from munidx.japanese.schedules import find_schedules, read_schedule
from munidx.model import FiscalYear, OpenEnd, Recurrence, Time
from munidx.testing.profiles import examples


def fy(year: int) -> FiscalYear:
    return FiscalYear(year)


@pytest.mark.parametrize(
    ("text", "start", "end", "open_end"),
    [
        ("8月", "2023-08", "2023-08", None),
        ("3月", "2024-03", "2024-03", None),
        ("11月末", "2023-11", "2023-11", None),
        ("8月31日", "2023-08-31", "2023-08-31", None),
        ("2月30日", None, None, None),
        ("10月～12月", "2023-10", "2023-12", None),
        ("9～10月", "2023-09", "2023-10", None),
        ("10月~3月", "2023-10", "2024-03", None),
        ("3月~10月", None, None, None),
        ("6月以降順次", "2023-06", None, OpenEnd.END),
        ("9月まで", None, "2023-09", OpenEnd.START),
        ("上半期", "FY2023-H1", "FY2023-H1", None),
        ("下期中", "FY2023-H2", "FY2023-H2", None),
        ("第3四半期", "FY2023-Q3", "FY2023-Q3", None),
        ("第二四半期", "FY2023-Q2", "FY2023-Q2", None),
        ("年度内", fy(2023), fy(2023), None),
    ],
)
def test_times_of_a_known_fiscal_year(
    text: str, start: Time | None, end: Time | None, open_end: OpenEnd | None
) -> None:
    entry = read_schedule(text, year=2023)
    assert entry
    assert (entry.start, entry.end, entry.open, entry.text) == (start, end, open_end, text)
    named = tuple(name for name in ("start", "end") if getattr(entry, name) is not None)
    assert entry.inferred == named
    without = read_schedule(text)
    assert without
    assert (without.start, without.end, without.inferred) == (None, None, ())


@pytest.mark.parametrize(
    ("text", "start", "end", "open_end"),
    [
        ("R5~6", fy(2023), fy(2024), None),
        ("R8~", fy(2026), None, OpenEnd.END),
        ("R9まで", None, fy(2027), OpenEnd.START),
        ("令和7年度", fy(2025), fy(2025), None),
        ("令和7年度末", fy(2025), fy(2025), None),
        ("R8年度上半期", "FY2026-H1", "FY2026-H1", None),
    ],
)
def test_printed_years_need_no_inference(
    text: str, start: Time | None, end: Time | None, open_end: OpenEnd | None
) -> None:
    entry = read_schedule(text, year=2023, source="a#L1")
    assert entry
    assert (entry.start, entry.end, entry.open) == (start, end, open_end)
    assert (entry.inferred, entry.source) == ((), "a#L1")


@pytest.mark.parametrize(
    ("text", "recurrence"),
    [
        ("通年", Recurrence.THROUGHOUT),
        ("毎年度", Recurrence.YEARLY),
        ("毎年度1回", Recurrence.YEARLY),
        ("年2回", Recurrence.YEARLY),
        ("随時", Recurrence.AS_NEEDED),
        ("適時", Recurrence.AS_NEEDED),
        ("毎月", None),
    ],
)
def test_recurrences(text: str, recurrence: Recurrence | None) -> None:
    entry = read_schedule(text, year=2023)
    assert entry
    assert (entry.recurrence, entry.start) == (recurrence, None)


@pytest.mark.parametrize("text", ["", "広報", "3月決定", "13月", "公表はR7", "8" * 300, "80%"])
def test_what_is_no_time_phrase(text: str) -> None:
    assert read_schedule(text, year=2023) is None


def test_lists_of_phrases() -> None:
    found = find_schedules("6月～10月実証、11月評価、資料、通年", year=2023)
    assert [(entry.text, entry.start) for entry in found] == [
        ("6月～10月実証", "2023-06"),
        ("11月評価、資料", "2023-11"),
        ("通年", None),
    ]
    assert find_schedules("資料、、") == ()


@examples(1000)
@given(
    st.text(st.sampled_from("0123456789月年度～~から通毎回R令和上半期、末第四"), max_size=16),
    st.sampled_from([None, 2023]),
)
def test_any_text_is_read_without_an_error(text: str, year: int | None) -> None:
    read_schedule(text, year=year)
    for entry in find_schedules(text, year=year):
        assert entry.text in text
