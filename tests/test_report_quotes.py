from decimal import Decimal

import pytest

from munidx.document import Block, Cell, Publication, Row, Table
from munidx.findings import Finding, Severity
from munidx.place import Location, parse_places
from munidx.report.quotes import Quote, of_publication, of_text, quoted_lines
from munidx.report.terminal import width_of


def finding(place: Location, title: str = "", **params: object) -> Finding:
    return Finding(
        code="MX101", severity=Severity.WARNING, location=place, title=title, params=params
    )


def at(line: int | None, column: int | None = None) -> Finding:
    return finding(Location(document="plan.toml", line=line, column=column))


@pytest.mark.parametrize(
    ("line", "column", "meant"),
    [
        ('title = "窓口"', 9, '"窓口"'),
        (r'title = "a\"b" # c', 9, r'"a\"b"'),
        ("title = 'a b'", 9, "'a b'"),
        ("value = 75", 9, "75"),
        ("targets = [{ value = 75, year = 2025 }]", 22, "75"),
        ("targets = [{ value = 75 }]", 11, "["),
        ('text = """', 8, '"""'),
        ("[[goals.measures]]", 9, "measures"),
        ('  "title": "窓口",', 12, '"窓口"'),
        ('text = "open', 8, '"open'),
        ("year = ,", 8, ","),
    ],
)
def test_a_value_in_a_file_is_meant_whole(line: str, column: int, meant: str) -> None:
    quote = of_text(f"munidx = 1\r\n{line}\r\n")(at(2, column))
    assert quote is not None
    assert quote.parts[1] == meant
    assert "".join(quote.parts) == line


def test_a_place_without_column_or_line_has_no_caret_or_no_quotation() -> None:
    quoter = of_text("a\nb")
    assert quoter(at(2)) == Quote("b")
    assert quoter(at(2, 9)) == Quote("b")
    assert quoter(at(3)) is None
    assert quoter(at(None)) is None
    assert quoted_lines(Quote("b"), 2, 80) == ("2 | b",)


def row(number: int, *texts: str) -> Row:
    cells = tuple(
        Cell(text=text, column=place, place=parse_places(f"a.pdf#p2t1r{number}c{place + 1}")[0])
        for place, text in enumerate(texts)
    )
    return Row(cells=cells, place=parse_places(f"a.pdf#p2t1r{number}")[0])


PUBLICATION = Publication(
    documents=(),
    blocks=(
        Block(text="　申請率 80%\n", place=parse_places("a.pdf#L4")[0]),
        Block(text="  ", place=parse_places("a.pdf#L5")[0]),
        Table(
            rows=(row(1, "指標", "目標"), row(2, "申請率", "80%")),
            place=parse_places("a.pdf#p2t1")[0],
        ),
        Table(rows=(), place=parse_places("a.pdf#p3t1")[0], caption="表の題"),
    ),
)


@pytest.mark.parametrize(
    ("place", "parts"),
    [
        (Location(document="a.pdf", line=4), ("　申請率 ", "80%", "")),
        (Location(document="folder/a.pdf", line=4, column=2), ("　申請率 ", "80%", "")),
        (Location(document="a.pdf", page=2, cell="t1r2c2"), ("", "80%", "")),
        (Location(document="a.pdf", page=2, cell="t1r2"), ("申請率 | ", "80%", "")),
        (Location(document="a.pdf", page=2, cell="t1"), ("指標 | 目標", "", "")),
        (Location(document="a.pdf", page=3, cell="t1"), ("表の題", "", "")),
    ],
)
def test_a_document_is_quoted_by_what_its_reader_found(
    place: Location, parts: tuple[str, str, str]
) -> None:
    quote = of_publication(PUBLICATION)(finding(place, "満足度", n=3, text="80%"))
    assert quote is not None
    assert quote.parts == parts


def test_a_title_is_meant_where_no_parameter_is_there() -> None:
    quote = of_publication(PUBLICATION)(finding(Location(document="a.pdf", line=4), "申請率", x=""))
    assert quote is not None
    assert quote.parts[1] == "申請率"


@pytest.mark.parametrize(
    "place", [Location(document="a.pdf", line=5), Location(document="b.pdf", line=4), Location()]
)
def test_what_is_not_there_is_not_quoted(place: Location) -> None:
    assert of_publication(PUBLICATION)(finding(place)) is None


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("窓口 80% です", ("3 | 窓口 80% です", "  |      ^^^")),
        ("\t80%", ("3 | 80%", "  | ^^^")),
        ("ア\t80%", ("3 | ア 80%", "  |    ^^^")),
        ("ｱ80%", ("3 | ｱ80%", "  |  ^^^")),
        ("①…80%", ("3 | ①…80%", "  |   ^^^")),
        ("か\u309980%", ("3 | か\u309980%", "  |   ^^^")),
        ("\x1b[31m80%", ("3 | <U+001B>[31m80%", "  |             ^^^")),
        ("\u202e80%", ("3 | <U+202E>80%", "  |         ^^^")),
    ],
)
def test_the_caret_stands_below_the_value(text: str, told: tuple[str, str]) -> None:
    start = text.index("80%")
    assert quoted_lines(Quote(text, start, start + 3), 3, 60) == told


def test_a_caret_counts_what_the_terminal_shows_instead() -> None:
    line, caret = quoted_lines(Quote("窓口80%", 2, 5), None, 60, "ascii")
    assert line == r"| \u7a93\u53e380%"
    assert caret == "|" + " " * 13 + "^^^"


@pytest.mark.parametrize("before", ["", "a" * 30, "前" * 400, "x" * 100_000])
@pytest.mark.parametrize("meant", ["80%", "値" * 300])
@pytest.mark.parametrize("after", ["", "z" * 30, "後" * 400])
def test_of_a_long_line_there_is_what_stands_around_the_caret(
    before: str, meant: str, after: str
) -> None:
    quote = Quote(before + meant + after, len(before), len(before) + len(meant))
    line, caret = quoted_lines(quote, 12, 50)
    assert max(width_of(line), width_of(caret)) <= 50
    start = caret.index("^")
    shown, columns = "", 0
    for sign in line:
        if start <= columns < len(caret):
            shown += sign
        columns += width_of(sign)
    assert shown
    assert shown.rstrip("…") == meant[: len(shown.rstrip("…"))]
    assert (line[5] == "…") == (width_of(before + meant + after) > 45 and len(before) > 15)


def test_a_narrow_terminal_still_gets_a_caret() -> None:
    line, caret = quoted_lines(Quote("あ" * 50 + "80%", 50, 53), 1, 3)
    assert line == "1 | …あああああああ80%"
    assert caret == "  | " + " " * 15 + "^^^"


@pytest.mark.parametrize(
    ("line", "value", "meant"),
    [
        ("6,300 6,500 6,900", Decimal(6900), "6,900"),
        ("16,900 6900", 6900, "6900"),
        ("95 96", Decimal(96), "96"),
        ("96.5 196 96", 96, "96"),
        ("0.96 96,5", 96, ""),
        ("1 いいえ", True, ""),
    ],
)
def test_a_figure_is_meant_as_it_may_be_printed(line: str, value: object, meant: str) -> None:
    block = Block(text=line, place=parse_places("a.txt#L1")[0])
    quoter = of_publication(Publication(documents=(), blocks=(block,)))
    quote = quoter(finding(Location(document="a.txt", line=1), value=value))
    assert quote is not None
    assert quote.parts[1] == meant
    assert quote.start in (None, line.rfind(meant))
