import pytest
from hypothesis import given
from hypothesis import strategies as st

from munidx.japanese.budgets import find_budget_codes, parse_budget_code
from munidx.testing.profiles import examples


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("02 01 03", "02-01-03"),
        ("2-1-3", "02-01-03"),
        ("２－１－３", "02-01-03"),
        (" 2款1項13目 ", "02-01-13"),
        ("10 05 100", "10-05-100"),
        ("02 01", ""),
        ("02 01-03", ""),
        ("－", ""),
        ("", ""),
    ],
)
def test_codes(text: str, code: str) -> None:
    assert parse_budget_code(text) == code


def test_codes_in_a_text() -> None:
    text = "○ 02 01 06 と2款1項3目、1-2-3、2024-01-02"
    assert [(text[start:end], code) for start, end, code in find_budget_codes(text)] == [
        ("02 01 06", "02-01-06"),
        ("2款1項3目", "02-01-03"),
    ]


@examples(300)
@given(st.tuples(*[st.integers(0, 99)] * 3), st.sampled_from([" ", "-", "－", "　"]))
def test_printed_codes_are_read_back(numbers: tuple[int, ...], sign: str) -> None:
    code = "-".join(f"{number:02}" for number in numbers)
    assert parse_budget_code(code.replace("-", sign)) == code
