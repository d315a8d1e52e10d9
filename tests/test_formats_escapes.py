import pytest
from hypothesis import given
from hypothesis import strategies as st

from munidx.formats import json, toml
from munidx.formats.escapes import acting, escaped
from munidx.model import Plan
from munidx.testing import examples

ACTING = "電子\x9b31m申請\u202eシステム\u2066の\u2028利活用\x85\x7f"


@pytest.mark.parametrize("form", [toml, json])
def test_what_acts_on_a_terminal_is_written_by_its_number_and_read_back(form: object) -> None:
    plan = Plan(title=ACTING, vision=f"一\n{ACTING}", labels={ACTING: ACTING})
    text = form.dumps(plan)  # type: ignore[attr-defined]
    assert not any(sign in text for sign in "\x7f\x85\x9b\u2028\u202e\u2066")
    assert form.loads(text) == plan  # type: ignore[attr-defined]


def test_what_is_seen_stays() -> None:
    kept = "葛\U000e0100城市 ① … 〜"
    assert escaped(kept) == kept


@examples(500)
@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_the_bytes_tell_whether_anything_acts(text: str) -> None:
    assert acting(text.encode()) == (escaped(text) != text)


def test_of_all_characters_the_bytes_tell_it() -> None:
    signs = [chr(code) for code in range(0x2100)]
    assert [acting(sign.encode()) for sign in signs] == [escaped(sign) != sign for sign in signs]
