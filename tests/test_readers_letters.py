"""Letters of 10 points at places of their own, without a file."""

import math

import pytest

from munidx.document import Box
from munidx.readers.letters import Letter, cell_text, lines_of

WIDE = Box(0, 0, 200, 200)


def line(text: str, x: float = 2.0, y: float = 2.0, start: int = 0) -> list[Letter]:
    """A level line: kana and kanji are 10 points wide, others 5."""
    letters: list[Letter] = []
    for number, sign in enumerate(text, start):
        width = 5.0 if sign.isascii() else 10.0
        letters.append((sign, x, y, x + width, y + 10, number))
        x += width
    return letters


def stack(text: str, x: float = 2.0, start: int = 0) -> list[Letter]:
    tops = [2.0 + 10 * number for number in range(len(text))]
    return [
        (sign, x, top, x + 10, top + 10, start + number)
        for number, (sign, top) in enumerate(zip(text, tops, strict=True))
    ]


@pytest.mark.parametrize(
    ("lines", "width", "text"),
    [
        (["電子申請の", "拡大"], 54, "電子申請の拡大"),
        (["企画課", "市民課"], 54, "企画課\n市民課"),
        (["電子申請", "。と"], 54, "電子申請\n。と"),
        (["電子申請の", "・市民"], 54, "電子申請の\n・市民"),
        (["令和6年度", "(1) 市"], 54, "令和6年度\n(1) 市"),
        (["電子申請を", "拡大する"], 63.8, "電子申請を拡大する"),
        (["利用者満足度", "80%以上"], 83, "利用者満足度80%以上"),
        (["電子申請の", "\u3000拡大"], 54, "電子申請の\n\u3000拡大"),
        (["Access", "Point"], 40, "Access Point"),
        (["1,204,", "567"], 40, "1,204,567"),
        (["120", "456"], 24, "120456"),
        (["well-", "known"], 30, "well-known"),
    ],
)
def test_a_line_goes_on_only_for_want_of_room(lines: list[str], width: float, text: str) -> None:
    letters = [letter for n, each in enumerate(lines) for letter in line(each, y=2 + 12 * n)]
    assert cell_text(letters, Box(0, 0, width, 60))[0] == text


def test_it_is_told_where_lines_are_joined() -> None:
    letters = line("利用の割合") + line("80%。", y=14) + line("費用", y=26)
    text, breaks = cell_text(letters, Box(0, 0, 54, 60))
    assert (text, breaks) == ("利用の割合80%。\n費用", (5,))


def test_centred_lines_are_measured_by_their_width() -> None:
    letters = line("電子申請の", x=15) + line("拡大", x=30, y=14)
    assert cell_text(letters, Box(0, 0, 80, 30))[0] == "電子申請の\n拡大"
    letters = line("電子申請の拡大", x=5) + line("分", x=35, y=14)
    assert cell_text(letters, Box(0, 0, 80, 30))[0] == "電子申請の拡大分"


def test_a_line_set_in_by_a_letter_begins_a_paragraph() -> None:
    letters = line("電子申請の", x=12) + line("拡大", y=14)
    assert cell_text(letters, Box(0, 0, 71, 30))[0] == "電子申請の拡大"
    letters += line("公園整備の", x=12, y=26) + line("費用", y=38)
    assert cell_text(letters, Box(0, 0, 64, 50))[0] == "電子申請の拡大\n公園整備の費用"
    letters = line("電子申請の拡大") + line("費用を出す", x=12, y=14)
    assert cell_text(letters, Box(0, 0, 74, 30))[0] == "電子申請の拡大\n費用を出す"
    letters = line("電子申請", x=12) + line("費用を出", x=12, y=14) + line("す", y=26)
    assert cell_text(letters, Box(0, 0, 54, 42))[0] == "電子申請\n費用を出す"
    letters = line("・電子申請") + line("費用を出", x=12, y=14) + line("す", x=12, y=26)
    assert cell_text(letters, Box(0, 0, 54, 42))[0] == "・電子申請費用を出す"


@pytest.mark.parametrize(
    ("letters", "text"),
    [
        (stack("事務事業"), "事務事業"),
        (stack("事務", x=14) + stack("事業", start=2), "事務事業"),
        (stack("○○"), "○\n○"),
        (stack("12"), "1\n2"),
        (line(" "), ""),
        ([], ""),
    ],
)  # fmt: skip
def test_stacked_letters(letters: list[Letter], text: str) -> None:
    assert cell_text(letters, WIDE)[0] == text


@pytest.mark.parametrize(("angle", "sign"), [(math.pi * 1.5, 1), (math.pi / 2, -1)])
def test_turned_letters(angle: float, sign: int) -> None:
    letters: list[Letter] = [
        (char, 50.0, 100.0 + sign * 5 * n, 60.0, 105.0 + sign * 5 * n, n)
        for n, char in enumerate("Wi-Fi 6")
    ]
    assert cell_text(letters, WIDE, lambda _: angle)[0] == "Wi-Fi 6"
    assert cell_text(letters, WIDE, lambda _: 0.0)[0] != "Wi-Fi 6"


def test_gaps_become_spaces() -> None:
    (one,) = lines_of(line("評価部局:") + line("関連", x=90))
    assert one.text == "評価部局: 関連"
    (one,) = lines_of(line("令和") + line("6", x=24.0) + line("年", x=31.0))
    assert one.text == "令和6年"
    (one,) = lines_of(line("a b") + line(" ", x=17))
    assert one.text == "a b"


def test_a_space_between_cells_joins_no_lines() -> None:
    above, below = line("取組事業", x=20, start=1), line("(ロードマップ)", y=12, start=5)
    aside: Letter = (" ", 0.0, 6.9, 20.0, 16.9, 0)
    found = lines_of([aside, *above, *below])
    assert [one.text for one in found] == ["取組事業", "(ロードマップ)"]


def test_a_lone_space_of_the_cell_beside_joins_no_lines() -> None:
    lines = line("ローリン", x=8, y=2, start=1) + line("グ", x=8, y=12, start=5)
    space: Letter = (" ", 2.0, 7.0, 8.0, 17.0, 0)
    assert cell_text([space, *lines], Box(0, 0, 50, 30))[0] == "ローリング"


def test_small_signs_stand_in_their_line() -> None:
    dot: list[Letter] = [("・", 12.0, 6.0, 14.0, 8.0, 1), ("、", 26.0, 10.0, 28.0, 12.0, 3)]
    (one,) = lines_of([*line("あ"), dot[0], *line("い", x=16, start=2), dot[1]])
    assert one.text == "あ・い、"
