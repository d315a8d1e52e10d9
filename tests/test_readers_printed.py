import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from munidx.readers.printed import printed
from munidx.testing.profiles import examples


@pytest.mark.parametrize(
    ("value", "code", "text"),
    [
        (1204.0, "#,##0", "1,204"),
        (-33, '#,##0;"△ "#,##0', "△ 33"),
        (-33, "#,##0", "-33"),
        (-33, '#,##0;"△"', "△"),
        (0, '#,##0;-#,##0;"-"', "-"),
        (0.6, "0%", "60%"),
        (0.1235, "0%", "12.35%"),
        (0.5, "0.00%", "50.00%"),
        (0.1 + 0.2, "0.0", "0.3"),
        (3.0, "", "3"),
        (3.0, "General", "3"),
        (1.25, "General", "1.25"),
        (5, '0"人"', "5人"),
        (5, "0\\人", "5人"),
        (5, "[Red]0_ ", "5"),
        (12345.678, "#,##0", "12,345.678"),
        (1e20, "", "100000000000000000000"),
        (float("inf"), "0", "inf"),
        (7, '"あり"', "7"),
        (True, "", "TRUE"),
        (False, "0", "FALSE"),
        (None, "", ""),
        ("R 4", "@", "R 4"),
        (dt.datetime(2024, 4, 1), '[$-411]ggge"年"m"月"d"日"', "令和6年4月1日"),  # noqa: DTZ001
        (dt.datetime(2019, 4, 30), "[$-411]ge.m.d", "H31.4.30"),  # noqa: DTZ001
        (dt.datetime(2019, 5, 1), "gge.mm.dd(aaa)", "令1.05.01(水)"),  # noqa: DTZ001
        (dt.datetime(2024, 4, 1), "yyyy/mm/dd aaaa", "2024/04/01 月曜日"),  # noqa: DTZ001
        (dt.datetime(2024, 4, 1), "", "2024-04-01"),  # noqa: DTZ001
        (dt.datetime(2024, 4, 1, 9, 5), "yy-m-d h:mm:ss AM/PM", "24-4-1 9:05:00 AM"),  # noqa: DTZ001
        (dt.date(2024, 4, 1), "General", "2024-04-01"),
        (dt.time(9, 5), "h:mm", "9:05"),
        (dt.time(9, 5), "yyyy h", "9"),
        (dt.timedelta(hours=30), "[h]:mm", "1 day, 6:00:00"),
        (dt.datetime(1900, 1, 1), "ggge", "明治33"),  # noqa: DTZ001
    ],
)
def test_a_value_as_its_format_prints_it(value: object, code: str, text: str) -> None:
    assert printed(value, code) == text


@examples(500)
@given(
    value=st.one_of(st.floats(), st.integers(), st.datetimes(), st.times(), st.booleans()),
    code=st.text(alphabet='0#,.%;"[]\\gemdyhs年月日_*-()@ ', max_size=300),
)
def test_any_format_prints_something(value: object, code: str) -> None:
    assert isinstance(printed(value, code), str)


@examples(500)
@given(st.integers(-(10**12), 10**12), st.sampled_from(["0", "#,##0", "", "General", "0.0"]))
def test_the_figure_is_the_value(value: int, code: str) -> None:
    assert float(printed(value, code).replace(",", "")) == value
