import pytest

from munidx.formats import json, toml
from munidx.formats.escapes import escaped
from munidx.model import Plan

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
