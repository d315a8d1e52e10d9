import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from munidx.japanese.characters import align, compact, normalise
from munidx.testing.profiles import examples

MIXED = st.text(
    st.one_of(
        st.sampled_from("ー－−‐–—～〜~０９％①²㎡ｶﾞ゙‧⺠⽬⼾サか年 \u3000\u200b"), st.characters()
    ),
    max_size=30,
)


@pytest.mark.parametrize(
    ("given_text", "expected"),
    [
        ("８０％", "80%"),
        ("R4－R6−R8‐R9–R10—R11", "R4-R6-R8-R9-R10-R11"),
        ("R3～R6〜R8~R9", "R3~R6~R8~R9"),
        ("サーバー", "サーバー"),
        ("R4ーR6", "R4-R6"),
        ("ー", "-"),
        ("らーめん", "らーめん"),
        ("⺠⽬神⼾", "民目神戸"),
        ("通信‧放送", "通信・放送"),
        ("ｶﾞｽ", "ガス"),
        ("空\u200b白\ufeff", "空白"),
        ("plain text", "plain text"),
    ],
)
def test_normalise(given_text: str, expected: str) -> None:
    assert normalise(given_text) == expected


def test_compact_removes_every_white_space() -> None:
    assert compact("情報\u3000政策\n 課\u00a0") == "情報政策課"


def test_align_keeps_what_would_become_a_digit() -> None:
    assert align("①８０％㎡").text == "①80%㎡"


def test_align_finds_the_way_back() -> None:
    aligned = align("Ａ㍻ｶﾞ７")
    assert aligned.text == "A平成ガ7"
    assert aligned.cut(1, 3) == "㍻"
    assert aligned.cut(3, 4) == "ｶﾞ"
    assert aligned.span(5, 5) == (5, 5)
    assert aligned.locate(4) == 4


@examples(2000)
@given(MIXED)
def test_spans_of_all_characters_cover_the_original_in_order(text: str) -> None:
    aligned = align(text)
    assert len(aligned.starts) == len(aligned.text) + 1 == len(aligned.ends) + 1
    assert list(aligned.starts) == sorted(aligned.starts)
    assert aligned.starts[-1] == len(text)
    for place, end in enumerate(aligned.ends):
        assert aligned.starts[place] < end <= len(text)


@examples(2000)
@given(MIXED)
def test_align_and_normalise_agree_where_nothing_is_protected(text: str) -> None:
    kept = "".join(
        sign
        for sign in text
        if unicodedata.category(sign) not in ("No", "So")
        or not any(c.isdigit() for c in unicodedata.normalize("NFKC", sign))
    )
    assert align(kept).text == normalise(kept)


@examples(500)
@given(MIXED)
def test_normalising_twice_changes_nothing_in_ordinary_text(text: str) -> None:
    once = compact(text)
    assert " " not in once
    assert "\u200b" not in once
