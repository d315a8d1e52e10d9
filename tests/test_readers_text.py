import hashlib
import pathlib
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from munidx.document import Block, BlockKind, Publication, Row, Source, Table
from munidx.errors import SourceError
from munidx.readers import Limits, open_source, read_source
from munidx.readers.text import blocks_of, is_item, read
from munidx.testing.profiles import examples

DOCUMENTS = pathlib.Path(__file__).parents[1].parent / "shared" / "documents"


def read_text(text: str, limits: Limits | None = None) -> Publication:
    return read(Source("a.txt", text.encode()), limits or Limits())


def lines_of(text: str) -> list[tuple[int | None, str]]:
    return [
        (block.place.line, block.text)
        for block in read_text(text).blocks
        if isinstance(block, Block)
    ]


def test_a_block_is_a_line_with_its_white_space() -> None:
    assert lines_of(" 一\n\n　\n二 \n") == [(1, " 一"), (4, "二 ")]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("a\r\nb\rc\nd", [(1, "a"), (2, "b"), (3, "c"), (4, "d")]),
        ("a\n\rb", [(1, "a"), (3, "b")]),
        # A page break ends no line: editors do not count it.
        ("a\n\x0cb\n\x0c\nc", [(1, "a"), (2, "\x0cb"), (4, "c")]),
        ("a\u2028b\x85c\nd", [(1, "a\u2028b\x85c"), (2, "d")]),
        ("a\n\u200b\ufeff\nb\x1a", [(1, "a"), (3, "b\x1a")]),
    ],
)
def test_lines_are_counted_as_an_editor_does(text: str, lines: list[tuple[int, str]]) -> None:
    assert lines_of(text) == lines


def test_the_document_says_what_was_read() -> None:
    data = "計画\n".encode("cp932")
    (document,) = read(Source("a.txt", data)).documents
    assert document.name == "a.txt"
    assert document.sha256 == hashlib.sha256(data).hexdigest()
    assert (document.media_type, document.encoding) == ("text/plain", "cp932")


def test_lines_with_tabs_are_tables_and_a_blank_line_ends_one() -> None:
    blocks = read_text("題\n番号\t名\n1\t\n\n2\tb\tc\n本文").blocks
    assert [type(block) for block in blocks] == [Block, Table, Table, Block]
    first, second = (block for block in blocks if isinstance(block, Table))
    assert str(first.place) == "a.txt#L2-L3"
    assert str(second.place) == "a.txt#L5"
    assert [[cell.text for cell in row.cells] for row in first.rows] == [["番号", "名"], ["1", ""]]
    (row,) = second.rows
    assert str(row.place) == "a.txt#L5"
    assert [str(cell.place) for cell in row.cells] == ["a.txt#L5c1", "a.txt#L5c2", "a.txt#L5c3"]
    assert [cell.column for cell in row.cells] == [0, 1, 2]


@pytest.mark.parametrize("rule", ["----\t-------", ":---\t---:\t", "--\t \t--- "])
def test_a_rule_of_dashes_marks_the_header_above(rule: str) -> None:
    (table,) = read_text(f"部局\t都市経営部\n{rule}\n1\t2").blocks
    assert isinstance(table, Table)
    assert [row.place.line for row in table.rows] == [1, 3]
    assert [[cell.header for cell in row.cells] for row in table.rows] == [[True] * 2, [False] * 2]


def test_a_dash_in_each_cell_is_no_rule() -> None:
    (table,) = read_text("a\tb\n-\t-").blocks
    assert isinstance(table, Table)
    assert len(table.rows) == 2


def test_rules_alone_are_no_table() -> None:
    assert lines_of("a\n--\t--\nb") == [(1, "a"), (3, "b")]


def test_a_rule_without_a_header_marks_nothing() -> None:
    (table,) = read_text("--\t--\na\tb").blocks
    assert isinstance(table, Table)
    assert [cell.header for cell in table.rows[0].cells] == [False, False]


@pytest.mark.parametrize(
    ("line", "item"),
    [
        ("・窓口改革", True),
        ("  ● 推進", True),
        ("○基本政策", True),
        ("- point", True),
        ("＊ 注", True),
        ("○", False),
        ("-(後に設定)", False),
        ("-5%", False),
        ("*注", False),
        ("(1) 推進", False),
        ("① 推進", False),
        ("■ 見出し", False),
        ("計画", False),
    ],
)
def test_items_begin_with_a_bullet(line: str, item: bool) -> None:
    assert is_item(line) is item
    (block,) = read_text(line).blocks
    assert isinstance(block, Block)
    assert block.kind is (BlockKind.ITEM if item else BlockKind.PARAGRAPH)
    assert block.text == line


@pytest.mark.parametrize(
    ("text", "limits", "limit", "line"),
    [
        ("a\nb\nc", Limits(lines=2), "lines", 3),
        ("a\nbbbb", Limits(line_length=3), "line_length", 2),
        ("a\tb\nc\td", Limits(cells=3), "cells", 2),
        ("a\tb\tc", Limits(columns=2), "columns", 1),
    ],
)
def test_bounds(text: str, limits: Limits, limit: str, line: int) -> None:
    with pytest.raises(SourceError) as caught:
        read_text(text, limits)
    assert caught.value.code == "limit-exceeded"
    assert caught.value.params["limit"] == limit
    assert caught.value.location.line == line


def test_lost_characters_are_a_finding() -> None:
    (finding,) = read_text("a\r\nb\ufffdc\n\ufffd").findings
    assert finding.code == "MX902"
    assert finding.params == {"characters": 2}
    assert finding.location.line == 2
    assert not read_text("a").findings


@examples(400)
@given(st.text(st.sampled_from("a1・-\t\n\r\x0c \u3000計画"), max_size=60))
def test_every_character_but_white_space_is_in_a_block(text: str) -> None:
    blocks = blocks_of(text, "a")
    found: list[str] = []
    last = 0
    for line in Publication(documents=(), blocks=blocks).lines():
        number = line.place.line
        assert number is not None
        assert number > last
        last = number
        raw = "\t".join(cell.text for cell in line.cells) if isinstance(line, Row) else line.text
        assert re.split(r"\r\n|\n|\r", text)[number - 1] == raw
        found.append(raw)
    left = "".join(re.sub(r"(?m)^[ ]*-{2,}\s*\t[-\s]*$", "", text).split())
    if "--" not in text:
        assert "".join("".join(found).split()) == left


@pytest.mark.skipif(not DOCUMENTS.exists(), reason="the shared documents are not here")
def test_the_citys_documents_are_read_whole() -> None:
    for path in sorted(DOCUMENTS.glob("*.txt")):
        publication = read_source(open_source(path))
        text = path.read_bytes().decode()
        rules = re.compile(r"(?m)^-{2,}(\t-*)*$")
        assert "".join(publication.text().split()) == "".join(rules.sub("", text).split())
        assert publication.media_types == {"text/plain"}
