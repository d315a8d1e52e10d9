import datetime as dt
import pickle
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from munidx.model import (
    FiscalYear,
    Labels,
    Municipality,
    Period,
    Time,
    check_digit,
    first_day,
    last_day,
    parse_time,
)
from munidx.model.values import optional_fiscal_year, optional_time
from munidx.testing import examples, strategies


def refused(read: Callable[[Any], object], told: object) -> bool:
    """Whether ``read`` raises a ValueError, whatever its words."""
    try:
        read(told)
    except ValueError:
        return True
    return False


def test_a_fiscal_year_runs_from_april_to_march() -> None:
    year = FiscalYear(2024)
    assert (year.first_day, year.last_day) == (dt.date(2024, 4, 1), dt.date(2025, 3, 31))
    assert (year, str(year), repr(year)) == (2024, "2024", "FiscalYear(2024)")
    assert pickle.loads(pickle.dumps(year)) == year  # noqa: S301 - our own bytes


@pytest.mark.parametrize("year", [1867, 3000, -1, True])
def test_years_are_bounded(year: int) -> None:
    with pytest.raises(ValueError, match=str(year)):
        FiscalYear(year)


@examples(300)
@given(st.dates(dt.date(1869, 1, 1), dt.date(2999, 12, 31)))
def test_every_day_lies_in_its_fiscal_year(day: dt.date) -> None:
    year = FiscalYear.of(day)
    assert year.first_day <= day <= year.last_day


@pytest.mark.parametrize(
    ("time", "first", "last"),
    [
        (2024, "2024-04-01", "2025-03-31"),
        ("2024", "2024-01-01", "2024-12-31"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2023-12", "2023-12-01", "2023-12-31"),
        ("2024-08-31", "2024-08-31", "2024-08-31"),
        ("FY2024-H1", "2024-04-01", "2024-09-30"),
        ("FY2024-H2", "2024-10-01", "2025-03-31"),
        ("FY2024-Q1", "2024-04-01", "2024-06-30"),
        ("FY2024-Q3", "2024-10-01", "2024-12-31"),
        ("FY2023-Q4", "2024-01-01", "2024-03-31"),
    ],
)
def test_days_of_times(time: Time | int, first: str, last: str) -> None:
    found = parse_time(time)
    assert (str(first_day(found)), str(last_day(found))) == (first, last)
    assert isinstance(found, FiscalYear) == isinstance(time, int)


@pytest.mark.parametrize(
    "time",
    [
        *("", "24", "2024-13", "2024-00", "2024-2", "2023-02-29", "2024-08-32", "FY2024", "R6"),
        *("FY2024-H3", "FY2024-Q5", "FY2024-Q0", "1867", "3000-01", "FY1600-H1", "2024-08-31 "),
        *("２０２４", "2024-０8", "٢٠٢٤-01", "2024\n", 1867),
    ],
)
def test_what_is_no_time(time: str | int) -> None:
    assert refused(parse_time, time)


@examples(300)
@given(st.text() | st.text("20FYHQ-1", max_size=10))
def test_random_text_raises_value_errors_only(text: str) -> None:
    try:
        time = parse_time(text)
    except ValueError:
        return
    assert first_day(time) <= last_day(time)


@pytest.mark.parametrize(
    ("period", "is_reversed"),
    [
        (Period(), False),
        (Period(start=2024), False),
        (Period(end=2024), False),
        (Period(start=2024, end=2024), False),
        (Period(start=2024, end="2024-04"), False),
        (Period(start=2024, end="2024-03"), True),
        (Period(start=2025, end=2024), True),
    ],
)
def test_reversed_periods(period: Period, is_reversed: bool) -> None:
    assert period.reversed is is_reversed


@pytest.mark.parametrize(
    ("time", "held"),
    [
        (2023, False),
        (2024, True),
        ("2024-03-31", False),
        (2026, True),
        (2027, False),
        ("2027", True),
    ],
)
def test_what_a_period_holds(time: Time | int, held: bool) -> None:
    assert Period(start=2024, end=2026).holds(parse_time(time)) is held


@examples(100)
@given(strategies.times())
def test_an_open_period_holds_every_time(time: Time) -> None:
    assert Period().holds(time)
    assert Period(start=time).holds(time)
    assert Period(end=time).holds(time)


def test_absent_times_stay_absent() -> None:
    assert optional_time(None) is None
    assert optional_fiscal_year(None) is None
    assert type(optional_time(2024)) is FiscalYear
    assert type(optional_fiscal_year(2024)) is FiscalYear


@pytest.mark.parametrize(
    ("code", "digit"),
    [
        ("01100", "2"),
        ("13000", "1"),
        ("27229", "9"),
        ("27223", "0"),
        ("28207", "3"),
        ("27203", "5"),
    ],
)
def test_check_digits_of_known_cities(code: str, digit: str) -> None:
    assert check_digit(code) == digit
    assert Municipality(code=code + digit).valid


@pytest.mark.parametrize("code", ["", "2722", "272299", "２７２２９", "2722a", "27229\n"])
def test_a_check_digit_needs_five_digits(code: str) -> None:
    assert refused(check_digit, code)


@pytest.mark.parametrize("code", ["", "272298", "27229", "2722999", "２７２２９９", "272299\n"])
def test_wrong_codes_are_not_valid(code: str) -> None:
    assert not Municipality(code=code).valid


def test_labels_are_a_value() -> None:
    labels = Labels({"b": "2", "a": "1"})
    assert list(labels) == ["a", "b"]
    assert labels == Labels([("a", "1"), ("b", "2")]) == {"a": "1", "b": "2"}
    assert hash(labels) == hash(Labels({"a": "1", "b": "2"}))
    assert labels != Labels()
    assert (labels["a"], len(labels), repr(labels)) == ("1", 2, "Labels({'a': '1', 'b': '2'})")
    assert Labels(labels) == labels
    assert pickle.loads(pickle.dumps(labels)) == labels  # noqa: S301 - our own bytes


@pytest.mark.parametrize(
    "change", [lambda one: one.update(a="2"), lambda one: one.__setitem__("a", 1)]
)
def test_labels_do_not_change(change: Any) -> None:  # noqa: ANN401
    with pytest.raises(AttributeError):
        change(Labels({"a": "1"}))
