"""Inline differences."""

import difflib
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from munidx.diff import Segment
from munidx.diff.inline import _PIECE, _blocks, _sentences, inline
from munidx.testing.profiles import examples

_TEXTS = st.text(alphabet="市民のオンライン申請率を80%以上、に。 ab", max_size=40)


@examples(300)
@given(_TEXTS, _TEXTS)
def test_segments_make_up_both_texts(old: str, new: str) -> None:
    found = inline(old, new)
    assert "".join(one.text for one in found if one.op != "insert") == old
    assert "".join(one.text for one in found if one.op != "delete") == new
    assert all(one.text for one in found)
    assert all(first.op != second.op for first, second in itertools.pairwise(found))


@pytest.mark.parametrize(
    ("old", "new", "changed"),
    [
        ("申請率80%以上", "申請率75%以上", [("delete", "80"), ("insert", "75")]),
        ("窓口の充実", "窓口の強化", [("delete", "充実"), ("insert", "強化")]),
        ("データを使う", "データを広く使う", [("insert", "広く")]),
        ("支援の窓口", "応援の窓口", [("delete", "支援"), ("insert", "応援")]),
        ("庁舎の再構築", "庁舎の再構築及び運用", [("insert", "及び運用")]),
        ("総合計画策定", "新総合計画策定", [("insert", "新")]),
        ("公園の再整備", "公園の整備", [("delete", "再")]),
    ],
)
def test_whole_words_are_shown(old: str, new: str, changed: list[tuple[str, str]]) -> None:
    found = [(one.op, one.text) for one in inline(old, new) if one.op != "equal"]
    assert found == changed


def test_particles_that_two_sentences_share_by_chance_do_not_cut_them_up() -> None:
    old = "平野地区のネットワークを先に発信し、市内全域に広げる。"
    new = "助成の現状を商工会議所と調べ、制度のあり方に定める。"
    found = [(one.op, one.text) for one in inline(old, new)]
    assert found == [("delete", old[:-1]), ("insert", new[:-1]), ("equal", "。")]
    # Between short words the particle is what stayed.
    assert [one.text for one in inline("朝の案内", "夜の配布") if one.op == "equal"] == ["の"]


def test_a_sentence_that_came_or_went_is_told_with_its_own_end() -> None:
    old, new = "道路を直す。橋も直す。", "道路を直す。公園を広げる。橋も直す。"
    assert [one.text for one in inline(old, new) if one.op == "insert"] == ["公園を広げる。"]
    assert [one.text for one in inline(new, old) if one.op == "delete"] == ["公園を広げる。"]
    last = inline("道路を直す。", "道路を直す。橋も直す。")
    assert last == (Segment("equal", "道路を直す。"), Segment("insert", "橋も直す。"))


def test_very_long_texts_are_compared_between_their_ends() -> None:
    old, new = "市" + "a " * 3000 + "民", "市" + "b " * 3000 + "民"
    assert [one.op for one in inline(old, new)] == ["equal", "delete", "insert", "equal"]


def test_equal_texts() -> None:
    assert inline("同じ", "同じ") == (Segment("equal", "同じ"),)
    assert inline("", "") == ()


@given(
    st.lists(st.sampled_from("国都道府県市区町村"), max_size=14),
    st.lists(st.sampled_from("国都道府県市区町村"), max_size=14),
)
def test_the_longest_stretches_first_as_difflib_has_them_property(
    old: list[str], new: list[str]
) -> None:
    wanted = difflib.SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks()
    found = [(len(old), len(new), 0)]
    for start, other, size in reversed(list(_blocks(old, new))):
        if size and (start + size, other + size) == found[-1][:2] and found[-1][2]:
            found[-1] = (start, other, size + found[-1][2])
        elif size:
            found.append((start, other, size))
    assert found[::-1] == [tuple(block) for block in wanted]


_SENTENCES = st.text(alphabet="市は本7、。\n", max_size=12)


@given(_SENTENCES, _SENTENCES, _SENTENCES, _SENTENCES)
def test_sentences_at_either_end_are_cut_off_between_pieces_property(
    head: str, old: str, new: str, tail: str
) -> None:
    old, new = f"{head}。{old}。{tail}", f"{head}。{new}。{tail}"
    lead, trail = _sentences(old, new)
    assert lead + trail <= min(len(old), len(new))
    assert lead > len(head)
    for text in (old, new):
        parts = text[:lead], text[lead : len(text) - trail], text[len(text) - trail :]
        assert (parts[0], parts[2]) == (old[:lead], old[len(old) - trail :])
        assert _PIECE.findall(text) == [one for part in parts for one in _PIECE.findall(part)]
