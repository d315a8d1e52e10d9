import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from munidx.report.terminal import (
    colours,
    encodable,
    harmless,
    pad,
    paint,
    truncate,
    width_of,
    wrapped,
)
from munidx.testing.profiles import examples


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("電子申請", "電子申請"),
        ("\x1b]0;owned\x07", "<U+001B>]0;owned<U+0007>"),
        ("\x9b31m", "<U+009B>31m"),
        ("一\n二\r三\t四", "一⏎二␍三 四"),
        ("a\u202eb\u2066c\u200fd", "a<U+202E>b<U+2066>c<U+200F>d"),
        ("a\u200bb\ufeffc\u00add", "a<U+200B>b<U+FEFF>c<U+00AD>d"),
        ("\ud800", "<U+D800>"),
        ("\u2028\u2029", "⏎⏎"),
        ("\U000e0041", "<U+E0041>"),
        ("髙①㈱〜", "髙①㈱〜"),
    ],
)
def test_nothing_acts_on_the_terminal(text: str, shown: str) -> None:
    assert harmless(text) == shown


@examples(500)
@given(st.text(alphabet=st.characters(), max_size=60))
def test_what_is_harmless_stays_so_and_is_printable(text: str) -> None:
    shown = harmless(text)
    assert harmless(shown) == shown
    assert "\x1b" not in shown
    assert len(shown.splitlines()) <= 1
    shown.encode()


@pytest.mark.parametrize(
    ("text", "width"),
    [
        ("abc", 3),
        ("電子", 4),
        ("ｱｲ", 2),
        ("Ａ", 2),
        ("か\u3099", 2),
        ("①…", 2),
        ("e\u0301", 1),
        ("", 0),
    ],
)
def test_wide_characters_take_two_columns(text: str, width: int) -> None:
    assert width_of(text) == width


@pytest.mark.parametrize(
    ("text", "width", "kept"),
    [
        ("電子申請", 8, "電子申請"),
        ("電子申請", 7, "電子申…"),
        ("電子申請", 6, "電子…"),
        ("abcdef", 4, "abc…"),
        ("電", 1, "…"),
        ("電", 0, ""),
        ("", 0, ""),
    ],
)
def test_what_is_cut_off_is_marked(text: str, width: int, kept: str) -> None:
    assert truncate(text, width) == kept


@examples(500)
@given(st.text(max_size=40), st.integers(min_value=0, max_value=40))
def test_a_cut_text_fits(text: str, width: int) -> None:
    assert width_of(truncate(text, width)) <= width
    assert width_of(pad(truncate(text, width), width)) == width


def test_padding_counts_columns() -> None:
    assert pad("電子", 6) == "電子  "
    assert pad("電子申請", 2) == "電子申請"


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("stream", "environ", "coloured"),
    [
        (Terminal(), {}, True),
        (Terminal(), {"TERM": "xterm", "NO_COLOR": ""}, True),
        (Terminal(), {"NO_COLOR": "1"}, False),
        (Terminal(), {"NO_COLOR": "0"}, False),
        (Terminal(), {"TERM": "dumb"}, False),
        (io.StringIO(), {}, False),
    ],
)
def test_colour_is_for_terminals_that_take_it(
    stream: io.StringIO, environ: dict[str, str], coloured: bool
) -> None:
    assert colours(stream, environ) is coloured


def test_paint_is_put_on_only_where_it_is_wanted() -> None:
    assert paint("x", "error", on=True) == "\x1b[31mx\x1b[0m"
    assert paint("x", "error", on=False) == "x"
    assert paint("x", "no such colour", on=True) == "x"


@pytest.mark.parametrize(
    ("encoding", "shown"),
    [
        ("utf-8", "申請 ok"),
        ("ascii", "\\u7533\\u8acb ok"),
        ("cp932", "申請 ok"),
        ("latin-1", "\\u7533\\u8acb ok"),
        ("no such encoding", "\\u7533\\u8acb ok"),
        (None, "\\u7533\\u8acb ok"),
    ],
)
def test_a_terminal_that_cannot_encode_japanese_still_gets_a_report(
    encoding: str | None, shown: str
) -> None:
    assert encodable("申請 ok", encoding) == shown


def test_the_end_of_a_mark_begins_no_line() -> None:
    assert wrapped("[-窓口を開く-]{+窓口を広く開く+}。", 12) == [
        "[-窓口を開く-]",
        "{+窓口を広く",
        "開く+}。",
    ]
    assert wrapped("[-窓口-]{+窓口+}ab cd", 8) == ["[-窓口-]", "{+窓口+}", "ab cd"]


def test_colours_take_no_room_and_are_never_cut() -> None:
    text = paint("窓口を開く", "added", on=True) + "ために" + paint("ab", "dim", on=True)
    assert width_of(text) == 18
    lines = wrapped(text, 8)
    assert [width_of(line) for line in lines] == [8, 8, 2]
    assert "".join(lines) == text
