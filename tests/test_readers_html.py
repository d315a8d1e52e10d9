import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from munidx.document import Block, Publication, Source, Table
from munidx.errors import SourceError
from munidx.place import Place
from munidx.readers import Limits, read_source
from munidx.readers.html import fragment, read
from munidx.testing.profiles import examples


def page(body: str, limits: Limits | None = None) -> Publication:
    return read(Source("a.html", f"<html><body>{body}".encode()), limits or Limits())


def blocks(body: str) -> list[tuple[str, int, str]]:
    return [
        (block.kind.value, block.level, block.text)
        for block in page(body).blocks
        if isinstance(block, Block)
    ]


def table(body: str, limits: Limits | None = None) -> Table:
    (found,) = (block for block in page(body, limits).blocks if isinstance(block, Table))
    return found


def texts(found: Table) -> list[list[str | None]]:
    return [[cell.text if cell else None for cell in row] for row in found.grid()]


def test_headings_paragraphs_and_items() -> None:
    body = """<header>市役所</header><nav><a href=x>トップ</a> &gt; 計画</nav>
        <h1>DX推進計画</h1><h4>目標</h4><p>窓口を<b>改め</b>る。</p><div>組織<div>中</div>外</div>
        <ul><li>一<ul><li>二<p>三</p></li></ul>四</li><li><p>五</p></li></ul><ol><li>六</ol>
        <dl><dt>用語<dd>説明</dl>終わり"""
    assert blocks(body) == [
        ("paragraph", 0, "市役所"),
        ("paragraph", 0, "トップ > 計画"),
        ("heading", 1, "DX推進計画"),
        ("heading", 4, "目標"),
        ("paragraph", 0, "窓口を改める。"),
        ("paragraph", 0, "組織"),
        ("paragraph", 0, "中"),
        ("paragraph", 0, "外"),
        ("item", 1, "一"),
        ("item", 2, "二"),
        ("item", 2, "三"),
        ("item", 1, "四"),
        ("item", 1, "五"),
        ("item", 1, "六"),
        ("paragraph", 0, "用語"),
        ("paragraph", 0, "説明"),
        ("paragraph", 0, "終わり"),
    ]
    assert [str(block.place) for block in page(body).blocks][:2] == ["a.html#b1", "a.html#b2"]


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("<p> a \n b<span>c</span>\td </p>", "a bc d"),
        ("<p>a<br>b <br/> c<br></p>", "a\nb\nc"),
        ("<p>a&nbsp;&amp;&lt;b&gt;</p>", "a\u00a0&<b>"),
        ("<p>　全角　空白</p>", "　全角　空白"),
        ("<pre>a\n  b</pre>", "a\nb"),
        ("<p>a<script>x</script>b<style>y</style>c<template>z</template><!-- w -->d</p>", "abcd"),
        ("<p>図<img src=a.png alt=棒グラフ><img src=b.png></p>", "図棒グラフ"),
        ("<ruby>畷<rt>なわて</rt></ruby>", "畷(なわて)"),
        ("<ruby>畷<rp>（</rp><rt>なわて</rt><rp>）</rp></ruby>", "畷（なわて）"),
        ("<li>item without a list</li>", "item without a list"),
    ],
)
def test_the_text_of_a_block(body: str, text: str) -> None:
    (found,) = blocks(body)
    assert found[2] == text


def test_what_follows_the_end_of_the_page_is_read() -> None:
    assert blocks("a</body></html><p>b</p>") == [("paragraph", 0, "a"), ("paragraph", 0, "b")]


def test_spans_are_resolved() -> None:
    found = table(
        "<table><caption>一覧<br>表</caption><thead><tr><th rowspan=2>No<th colspan=2>KGI</thead>"
        "<tr><td>x<td>y<td>z<tr><td rowspan=0>1<td>2<tr><td>3</table>"
    )
    assert found.caption == "一覧\n表"
    assert texts(found) == [
        ["No", "KGI", "KGI"],
        ["x", "y", "z"],
        ["1", "2", None],
        ["1", "3", None],
    ]
    assert [cell.header for cell in found.rows[0].cells] == [True, True]
    assert str(found.place) == "a.html#t1"
    assert [str(row.place) for row in found.rows][:2] == ["a.html#t1r1", "a.html#t1r2"]
    assert str(found.rows[3].cells[0].place) == "a.html#t1r4c2"


def test_cells_hang_over_rows_of_fewer_cells() -> None:
    found = table(
        "<table><tr><td rowspan=3>a<td>b<td rowspan=2>c<tr><td>d<tr><td colspan=2>e<tr></table>"
    )
    assert texts(found) == [["a", "b", "c"], ["a", "d", "c"], ["a", "e", "e"], [None] * 3]


def test_a_wide_cell_ends_where_one_hangs() -> None:
    found = table("<table><tr><td>a<td rowspan=2>b<tr><td colspan=2>c<td>d</table>")
    assert texts(found) == [["a", "b", None], ["c", "b", "d"]]


@pytest.mark.parametrize("span", ["", "x", "-1", "1.5", "²", "9" * 5000])
def test_odd_spans_are_one(span: str) -> None:
    found = table(f'<table><tr><td colspan="{span}">a<td>b</table>')
    assert texts(found) == [["a", "b"]]


def test_a_cell_is_its_blocks_line_by_line() -> None:
    found = table(
        "<table><tr><td><p>総務部</p>情報政策課<ul><li>一<li>二</ul><td>"
        "前<table><caption>上位</caption><tr><td>5-2-(1)<td>公正<br>な<tr><td>x</table>後</table>"
    )
    assert texts(found) == [["総務部\n情報政策課\n一\n二", "前\n上位\n5-2-(1)\t公正 な\nx\n後"]]
    inner = fragment(found.rows[0].cells[1].text, place=found.rows[0].cells[1].place)
    assert isinstance(inner[2], Table)
    assert str(inner[2].rows[0].cells[0].place) == "a.html#t1r1c2"


def test_tables_are_numbered_on_their_own() -> None:
    body = "<p>a<table><tr><td>b</table><p>c<table><tr><td>d</table>"
    assert [str(block.place) for block in page(body).blocks] == [
        "a.html#b1",
        "a.html#t1",
        "a.html#b2",
        "a.html#t2",
    ]


def test_what_stands_astray_in_a_table_comes_before_it() -> None:
    body = (
        "<table>一<tr>二<form><td>a<script>x</script></td></form><div>三</div></tr>四"
        "<div>五</div><td>b<td>c<colgroup><col></colgroup><script>y</script></table>"
    )
    assert [text for _, _, text in blocks(body)] == ["一", "二", "三", "四", "五"]
    assert texts(table(body)) == [["a", None], ["b", "c"]]


def test_wrapped_rows_and_groups() -> None:
    body = "<table><form><tr><td>a</tr></form><tbody><tr><td>b</tbody><td>c</table>"
    assert texts(table(body)) == [["a"], ["b"], ["c"]]


@pytest.mark.parametrize("attribute", ["role=presentation", "role=none", ""])
def test_a_table_that_lays_out_the_page_is_read_as_the_page(attribute: str) -> None:
    heading = "h3" if not attribute else "p"
    inner = "<table><tr><td>a</table>"
    body = f"<table {attribute}><tr><td><{heading}>計画</{heading}><td>{inner}</table>"
    found = page(body).blocks
    assert isinstance(found[0], Block)
    assert found[0].text == "計画"
    assert isinstance(found[1], Table)


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        ("<html><meta charset=shift_jis><body>①㈱髙～の計画".encode("cp932"), "cp932"),
        (
            '<?xml version="1.0" encoding="Shift_JIS"?><html><body>①㈱髙～の計画'.encode("cp932"),
            "cp932",
        ),
        (
            '<html><meta http-equiv="Content-Type" content="text/html; charset=EUC-JP">'
            "<body>①㈱髙～の計画".replace("髙", "高")
            .replace("～", "〜")
            .encode("euc_jis_2004"),
            "euc_jis_2004",
        ),
        ("<html><body>①㈱髙～の計画".encode("utf-16"), "utf-16"),
        ("<html><meta charset=shift_jis><body>①㈱髙～の計画".encode(), "utf-8"),
    ],
)
def test_the_page_is_text_before_it_is_parsed(data: bytes, encoding: str) -> None:
    publication = read_source(Source("a.html", data))
    assert publication.documents[0].encoding == encoding
    assert "の計画" in publication.text()
    assert publication.text().startswith("①㈱")
    assert not publication.findings


def test_a_page_cut_off_is_a_finding() -> None:
    publication = page("<p>a</p><script>never closed <p>b</p>")
    assert [finding.code for finding in publication.findings] == ["MX903"]


def test_lost_characters_are_a_finding() -> None:
    assert [finding.code for finding in page("<p>a\ufffd").findings] == ["MX902"]


@pytest.mark.parametrize(
    "body",
    ["<ul><li>a" * 10_000, "<div>" * 10_000, "<table><tr><td>" * 10_000, "<b>" * 10_000 + "x"],
)
def test_ten_thousand_levels_end_in_one_error(body: str) -> None:
    with pytest.raises(SourceError) as caught:
        page(body)
    assert caught.value.code == "limit-exceeded"
    assert caught.value.params == {"limit": "depth", "allowed": 120}


@pytest.mark.parametrize("body", ["<ul><li>a" * 70, "<table><td>" * 70])
def test_depth_counts_through_tables(body: str) -> None:
    with pytest.raises(SourceError) as caught:
        page(body)
    assert caught.value.params["limit"] == "depth"
    assert page(body, Limits(depth=250)).blocks


@pytest.mark.parametrize(
    ("body", "limits", "limit"),
    [
        ("<table><tr>" + "<td>x" * 50, Limits(columns=40), "columns"),
        ("<table>" + "<tr><td rowspan=9 colspan=9>x" * 9, Limits(cells=80), "cells"),
        ("<p>a" * 10, Limits(lines=9), "lines"),
        ("<p>aaaa", Limits(line_length=3), "line_length"),
        ("<table><tr><td><p>aa<p>aa", Limits(line_length=3), "line_length"),
        ("x" * 11_000_000, Limits(), "line_length"),
    ],
)
def test_bounds(body: str, limits: Limits, limit: str) -> None:
    with pytest.raises(SourceError) as caught:
        page(body, limits)
    assert caught.value.code == "limit-exceeded"
    assert caught.value.params["limit"] == limit


def test_a_stack_that_runs_out_is_the_bound_on_depth(monkeypatch: pytest.MonkeyPatch) -> None:
    def deep(*_: object) -> None:
        raise RecursionError

    monkeypatch.setattr("munidx.readers.markup.Walk.page", deep)
    with pytest.raises(SourceError) as caught:
        page("<p>a")
    assert caught.value.params == {"limit": "depth", "allowed": 120}


def test_a_page_that_the_parser_gives_up_is_blank(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise etree.XMLSyntaxError("empty", 4, 1, 1)  # type: ignore[call-arg, arg-type]

    monkeypatch.setattr("munidx.readers.html.etree.fromstring", refuse)
    publication = page("<p>a")
    assert publication.blocks == ()
    assert [finding.code for finding in publication.findings] == ["MX903"]


def test_spans_are_capped() -> None:
    found = table("<table><tr><td colspan=500 rowspan=9>a<tr><td>b</table>", Limits(span=3))
    assert [(cell.rowspan, cell.colspan) for cell in found.rows[0].cells] == [(2, 3)]


def pieces(text: str) -> list[tuple[str, str]]:
    return [
        (block.kind.value, block.text) if isinstance(block, Block) else ("table", str(texts(block)))
        for block in fragment(text)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("計画", [("paragraph", "計画")]),
        ("一\n・二", [("paragraph", "一"), ("item", "・二")]),
        ("<外部リンク> A<B", [("paragraph", "<外部リンク> A<B")]),
        ("R&D A<B <参考><br>c &amp; &#x5e74;", [("paragraph", "R&D A<B <参考>\nc & 年")]),
        ('<ul style="x: none;"> 会議の運営</ul> 後', [("item", "会議の運営"), ("paragraph", "後")]),
        ("<p>一</p><ul><li>二<ul><li>三", [("paragraph", "一"), ("item", "二"), ("item", "三")]),
        ("<UL><LI>a<!-- b --></UL>", [("item", "a")]),
        ("a <!-- b", [("paragraph", "a <!-- b")]),
        ("a\tb", [("table", "[['a', 'b']]")]),
        ('<table border="1"> <tr> <td>26</td></tr></table>', [("table", "[['26']]")]),
        ("<script>a</script><br>b", [("paragraph", "<script>a</script>\nb")]),
    ],
)
def test_fragments(text: str, expected: list[tuple[str, str]]) -> None:
    assert pieces(text) == expected


def test_a_fragment_stands_in_its_cell() -> None:
    place = Place(document="a", line=3, column=2)
    for text in ("a\nb\tc", "<p>a<table><tr><td>b</table>"):
        found = fragment(text, place=place)
        assert {block.place for block in found} == {place}
        (inner,) = (block for block in found if isinstance(block, Table))
        assert {row.place for row in inner.rows} == {place}
        assert {cell.place for row in inner.rows for cell in row.cells} == {place}


def test_a_fragment_has_bounds() -> None:
    with pytest.raises(SourceError) as caught:
        fragment("<ul><li>" * 10_000)
    assert caught.value.params["limit"] == "depth"


TAGS = (
    "<table>",
    "<tr>",
    "<td>",
    "<td rowspan=2>",
    "<td colspan=3>",
    "<ul>",
    "<li>",
    "<p>",
    "<h1>",
)
PIECES = [
    *TAGS,
    *(f"</{tag[1:].split()[0].strip('>')}>" for tag in TAGS),
    "<br>",
    "<ruby><rt>",
    "語",
]


@examples(600)
@given(st.lists(st.sampled_from(PIECES), max_size=40))
def test_no_text_of_a_page_is_lost_and_no_cells_overlap(parts: list[str]) -> None:
    marked = [f"字{number}。" if part == "語" else part for number, part in enumerate(parts)]
    publication = page("".join(marked))
    words = [part for part in marked if part.startswith("字")]
    text = publication.text() + "".join(
        block.caption for block in publication.blocks if isinstance(block, Table)
    )
    assert sorted(text.count(word) for word in words) == [1] * len(words)
    for block in publication.blocks:
        if isinstance(block, Table):
            covered = [
                (top + down, cell.column + right)
                for top, row in enumerate(block.rows)
                for cell in row.cells
                for down, right in itertools.product(range(cell.rowspan), range(cell.colspan))
            ]
            assert len(covered) == len(set(covered))
            assert all(row < len(block.rows) for row, _ in covered)
