import pytest
from hypothesis import given
from hypothesis import strategies as st

from munidx.document import Block, Publication, Source, Table
from munidx.errors import MunidxError, SourceError
from munidx.readers import Limits, read_source
from munidx.testing.profiles import examples

PAGE = """\
# 計画

本文の一行目は
二行目に続く。Two words
go on.\\
改行

- 項目
  - 中の項目
1. 番号

| 事業 | 担当 |
| --- | :-: |
| 電子**申請** | [課](http://x) `code` |
| a<br>b | |

> 引用

```
原文
```
<div>生</div>
"""


def read(data: bytes, limits: Limits | None = None) -> Publication:
    return read_source(Source("a.md", data), limits or Limits())


def test_blocks_and_their_lines() -> None:
    publication = read(PAGE.encode())
    assert [
        (block.kind.value, block.level, block.text, str(block.place))
        for block in publication.blocks
        if isinstance(block, Block)
    ] == [
        ("heading", 1, "計画", "a.md#L1"),
        ("paragraph", 0, "本文の一行目は二行目に続く。Two words go on.\n改行", "a.md#L3-L6"),
        ("item", 1, "項目", "a.md#L8"),
        ("item", 2, "中の項目", "a.md#L9"),
        ("item", 1, "番号", "a.md#L10"),
        ("paragraph", 0, "引用", "a.md#L17"),
        ("paragraph", 0, "原文", "a.md#L19-L21"),
        ("paragraph", 0, "<div>生</div>", "a.md#L22"),
    ]
    (table,) = (block for block in publication.blocks if isinstance(block, Table))
    assert str(table.place) == "a.md#L12-L15"
    assert [[(cell.text, cell.header) for cell in row.cells] for row in table.rows] == [
        [("事業", True), ("担当", True)],
        [("電子申請", False), ("課 code", False)],
        [("a<br>b", False), ("", False)],
    ]
    assert str(table.rows[1].cells[1].place) == "a.md#L14c2"
    assert publication.documents[0].media_type == "text/markdown"


@pytest.mark.parametrize(
    ("data", "limit"),
    [
        ("\n".join("  " * n + "- x" for n in range(1000)).encode(), "depth"),
        (b">" * 10_000 + b" x", "depth"),
        (b"- " * 10_000 + b"x", "depth"),
        (b"x\n" * 60, "lines"),
        (b"x" * 2_000_000, "line_length"),
        (b"|a|b|\n|-|-|\n" + b"|c|d|\n" * 30, "cells"),
    ],
)
def test_bounds(data: bytes, limit: str) -> None:
    settings = {"lines": {"lines": 50}, "cells": {"cells": 20}}.get(limit, {})
    with pytest.raises(SourceError) as caught:
        read(data, Limits().with_settings(**settings))
    assert (caught.value.code, caught.value.params["limit"]) == ("limit-exceeded", limit)


@examples(500)
@given(st.text(alphabet="計a#*-_>`|~[]()!<&\\ \n\t1.", max_size=80))
def test_any_text_is_read_or_one_of_our_errors(text: str) -> None:
    try:
        read(text.encode())
    except MunidxError as error:
        assert error.code in {"document-blank", "file-empty"}  # noqa: PT017 - nothing in it


def test_a_text_that_takes_too_long_is_given_up() -> None:
    with pytest.raises(SourceError) as caught:
        read(b"[" * 300_000, Limits().with_settings(seconds=1))
    assert caught.value.params == {"limit": "seconds", "allowed": 1}


@pytest.mark.parametrize("count", [1, 40])
def test_lines_of_a_paragraph_join_with_and_without_spaces(count: int) -> None:
    text = "計画\nthe plan\nof 2024\n年度  \n次\n" * count
    (block,) = read(text.encode()).blocks
    assert isinstance(block, Block)
    middle = "\n次計画the plan of 2024年度" * (count - 1)
    assert block.text == f"計画the plan of 2024年度{middle}\n次"
