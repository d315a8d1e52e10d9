"""Source as the formatter would write it, of any text."""

from munidx.scaffold.python import call, commented, literal, pattern


def test_literals_are_what_they_say() -> None:
    texts = ['a"b\\c', "\n\t\u202e\x00\U000e0001", "市", "{}"]
    for text in texts:
        assert eval(literal(text)) == text  # noqa: S307 - our own literal
    assert pattern(r"第\d+次") == r'r"第\d+次"'
    assert pattern("第次") == '"第次"'
    assert pattern('\\d"') == r'"\\d\""'


def test_comments_are_one_line_within_the_width() -> None:
    assert commented("a\nb\u2028c \u202e", 4) == "    # a b c "
    assert commented("市" * 60, 0, 20) == "# " + "市" * 8 + "…"


def test_calls_are_broken_where_the_formatter_breaks_them() -> None:
    assert call("f", ['"a"'], 4, ",") == '    f("a"),'
    long = '"' + "市" * 30 + '"'
    inner = call("function", [long, '"bcdefghij"'], 18)
    assert inner.splitlines()[1] == " " * 22 + f'{long}, "bcdefghij"'
    assert call("f", [long, long], 0).count("\n") == 3
