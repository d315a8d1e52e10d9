"""munidx.formats itself: which form a file has, and its bytes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from munidx.errors import PlanError
from munidx.formats import FORMATS, decode, dump_plan, load_plan, sniff
from munidx.model import Plan
from munidx.testing import examples, strategies


@examples(100)
@given(strategies.plans(), st.sampled_from(sorted(FORMATS)), st.booleans())
def test_every_form_is_read_by_suffix_and_by_content(plan: Plan, form: str, named: bool) -> None:
    data = dump_plan(plan, form).encode()
    name = f"plan{FORMATS[form].suffix.upper()}" if named else "-"
    assert load_plan(data, name) == plan
    assert sniff(data, name) == form


def test_there_is_no_other_form() -> None:
    with pytest.raises(KeyError):
        dump_plan(Plan(), "yaml")


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("text", ["munidx = 1\n", ' \n{"munidx": 1}'])
def test_a_byte_order_mark_is_dropped(mark: bytes, text: str) -> None:
    assert load_plan(mark + text.encode()) == Plan()
    assert decode(mark + text.encode()) == text
    assert sniff(mark + text.encode()) is not None


@pytest.mark.parametrize(
    ("data", "line"),
    [(b"munidx = 1\ntitle = '\x83v'", 2), ("munidx = 1".encode("utf-16"), 1), (b"\n\n\xc3", 3)],
)
def test_other_encodings_are_refused(data: bytes, line: int) -> None:
    with pytest.raises(PlanError) as caught:
        load_plan(data, "plan.toml")
    assert (caught.value.code, caught.value.location.line) == ("not-utf8", line)
    assert caught.value.location.document == "plan.toml"


@pytest.mark.parametrize("data", [b"", b" \n\t", b"\xef\xbb\xbf\n"])
def test_empty_files_are_refused(data: bytes) -> None:
    with pytest.raises(PlanError, match="file-empty") as caught:
        load_plan(data, "plan.json")
    assert caught.value.location.document == "plan.json"


@pytest.mark.parametrize(
    ("data", "name", "form"),
    [
        (b"", "a.toml", "toml"),
        (b"", "A.JSON", "json"),
        (b"\xff\xfe", "a.json", "json"),
        (b"title = 'x'\nmunidx = 1", "", "toml"),
        (b"# munidx = 1", "", None),
        (b'{"title": "x", "munidx": 1}', "a.txt", "json"),
        (b'{"title": "x"}', "", None),
        (b'{"title": "munidx"}', "", None),
        (b"<html>munidx</html>", "a.html", None),
        (b"\x00\xff\xfe", "", None),
        (b"", "", None),
        ("\u3042".encode() * 200_000 + b"\nmunidx = 1", "", None),
    ],
)
def test_what_is_meant_as_a_plan(data: bytes, name: str, form: str | None) -> None:
    assert sniff(data, name) == form


@examples(300)
@given(st.binary(), st.sampled_from(["", "a.toml", "a.json"]))
def test_random_bytes_raise_plan_errors_only(data: bytes, name: str) -> None:
    sniff(data, name)
    with pytest.raises(PlanError) as caught:
        load_plan(data, name)
    assert caught.value.location.document == name
