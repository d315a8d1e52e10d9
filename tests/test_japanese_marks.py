import pytest
from hypothesis import given
from hypothesis import strategies as st

from munidx.japanese.marks import (
    circled,
    circled_number,
    direction_of_arrow,
    edition_status_of,
    is_dash,
    split_bullet,
    split_enumeration,
    split_marks,
    split_notes,
    stars,
    status_of,
)
from munidx.model import Direction, EditionStatus, Rating, Status
from munidx.testing.profiles import examples


@pytest.mark.parametrize("number", range(51))
def test_circled_numbers(number: int) -> None:
    assert circled_number(circled(number)) == number


def test_what_is_no_circled_number() -> None:
    assert [circled_number(mark) for mark in ("1", "", "①②", "❸")] == [None, None, None, 3]
    with pytest.raises(ValueError, match="51"):
        circled(51)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("☆☆☆", Rating(text="☆☆☆", score=3)),
        (" ★★ ", Rating(text="★★", score=2)),
        ("★★☆", Rating(text="★★☆", score=2, scale=3)),
        ("", None),
        ("☆ 3", None),
    ],
)
def test_stars(text: str, expected: Rating | None) -> None:
    assert stars(text) == expected


def test_a_printed_scale_is_kept() -> None:
    assert stars("☆☆☆", scale=4) == Rating(text="☆☆☆", score=3, scale=4)


def test_arrows() -> None:
    assert [direction_of_arrow(mark) for mark in "↑↓＝→=A"] == [
        Direction.INCREASE,
        Direction.DECREASE,
        Direction.MAINTAIN,
        Direction.MAINTAIN,
        Direction.MAINTAIN,
        None,
    ]


@pytest.mark.parametrize(
    ("text", "rest", "marks"),
    [
        ("システムの実装【廃止】", "システムの実装", ("廃止",)),
        ("【追加】【重点】研修", "研修", ("追加", "重点")),
        ("訓練（再掲）", "訓練", ("再掲",)),
        (" 研修 ", " 研修 ", ()),
    ],
)
def test_marks(text: str, rest: str, marks: tuple[str, ...]) -> None:
    assert split_marks(text) == (rest, marks)


def test_statuses_of_marks() -> None:
    assert [status_of(mark) for mark in ("追加", "【廃止】", "完了", "休止", "重点", "再掲")] == [
        Status.ADDED,
        Status.ABOLISHED,
        Status.COMPLETED,
        Status.SUSPENDED,
        None,
        None,
    ]
    assert [edition_status_of(mark) for mark in ("（案）", "改定", "策定", "重点")] == [
        EditionStatus.DRAFT,
        EditionStatus.AMENDED,
        EditionStatus.ADOPTED,
        None,
    ]


@pytest.mark.parametrize(
    ("text", "bullet", "rest"),
    [
        ("・研修", "・", "研修"),
        ("･ 研修", "･", "研修"),
        ("*研修", "*", "研修"),
        ("- 研修", "-", "研修"),
        ("○研修", "○", "研修"),
        ("-80%", "", "-80%"),
        ("-", "", "-"),
        ("○", "", "○"),
        ("研修", "", "研修"),
    ],
)
def test_bullets(text: str, bullet: str, rest: str) -> None:
    assert split_bullet(text) == (bullet, rest)


@pytest.mark.parametrize(
    ("text", "number", "mark", "rest"),
    [
        ("(1) 研修", "1", "(1)", "研修"),
        ("（ア）相談", "ア", "（ア）", "相談"),
        ("ア 相談", "ア", "ア", "相談"),
        ("①研修", "1", "①", "研修"),
        ("⑵研修", "2", "⑵", "研修"),
        ("1.研修", "1", "1.", "研修"),
        ("２-１ 研修", "2-1", "２-１", "研修"),
        ("第1章 研修", "1", "第1章", "研修"),
    ],
)
def test_enumerations(text: str, number: str, mark: str, rest: str) -> None:
    found = split_enumeration(text)
    assert found
    assert (found.number, found.mark, found.text) == (number, mark, rest)


@pytest.mark.parametrize("text", ["24時間", "5G", "1人1台", "イベント", "(1)", "1.5倍", ""])
def test_what_is_no_enumeration(text: str) -> None:
    assert split_enumeration(text) is None


@pytest.mark.parametrize(
    ("text", "rest", "marks"),
    [
        ("RPA[※]の", "RPAの", ("[※]",)),
        ("RPA^{*}、", "RPA、", ("^{*}",)),
        ("AI※、IoT*", "AI、IoT", ("※", "*")),
        ("※注", "※注", ()),
    ],
)
def test_notes(text: str, rest: str, marks: tuple[str, ...]) -> None:
    assert split_notes(text) == (rest, marks)


def test_dashes() -> None:
    assert all(is_dash(text) for text in ("-", "－", " ― ", "ー", "—", "--"))
    assert not any(is_dash(text) for text in ("", "-1", "～", "・"))


@examples(1000)
@given(st.text(st.sampled_from("①(1)（ア）※*^{}[]【】再掲・-○☆★第章. 1２"), max_size=16))
def test_any_text_is_split_without_loss(text: str) -> None:
    bullet, rest = split_bullet(text)
    assert text.endswith(rest)
    assert bullet in text
    found = split_enumeration(text)
    assert found is None or text.endswith(found.text)
    stripped, marks = split_notes(text)
    assert len(stripped) + sum(map(len, marks)) == len(text)
    stars(text)
    split_marks(text)
