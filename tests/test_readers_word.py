"""Word documents written here, part by part."""

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from munidx.document import Block, BlockKind, Publication, Source, Table
from munidx.errors import MunidxError, SourceError
from munidx.readers import Limits, read_source
from munidx.testing.profiles import examples

NAMES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
)
STYLES = """
<w:style w:styleId="H1"><w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>
<w:style w:styleId="Mine"><w:basedOn w:val="H1"/></w:style>
<w:style w:styleId="Listed"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
<w:style w:styleId="Loop"><w:basedOn w:val="Pool"/></w:style>
<w:style w:styleId="Pool"><w:basedOn w:val="Loop"/></w:style>
"""
NUMBERING = """
<w:abstractNum w:abstractNumId="0">
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="{0}"/><w:lvlText w:val="{1}"/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="3"/><w:numFmt w:val="decimal"/><w:lvlText w:val="(%2)"/></w:lvl>
</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>
"""


def docx(body: str, **parts: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "word/document.xml", f"<w:document {NAMES}><w:body>{body}</w:body></w:document>"
        )
        archive.writestr("word/styles.xml", f"<w:styles {NAMES}>{STYLES}</w:styles>")
        for name, part in parts.items():
            archive.writestr(f"word/{name}.xml", f"<w:{name} {NAMES}>{part}</w:{name}>")
    return buffer.getvalue()


def p(text: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def listed(text: str, level: int = 0) -> str:
    return p(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="1"/></w:numPr>')


def tc(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{p(text)}</w:tc>"


def read(data: bytes, limits: Limits | None = None) -> Publication:
    return read_source(Source("a.docx", data), limits or Limits())


def told(publication: Publication) -> list[tuple[str, int, str]]:
    return [
        (block.kind.value, block.level, block.text)
        for block in publication.blocks
        if isinstance(block, Block)
    ]


def cells(publication: Publication) -> list[list[tuple[int, int, int, str]]]:
    (table,) = (block for block in publication.blocks if isinstance(block, Table))
    return [
        [(cell.column, cell.rowspan, cell.colspan, cell.text) for cell in row.cells]
        for row in table.rows
    ]


def test_paragraphs_headings_and_their_places() -> None:
    publication = read(
        docx(
            p("題", '<w:pStyle w:val="H1"/>')
            + p("節", '<w:pStyle w:val="Mine"/>')
            + p("項", '<w:outlineLvl w:val="2"/>')
            + p("本文", '<w:pStyle w:val="H1"/><w:outlineLvl w:val="9"/>')
            + p("輪", '<w:pStyle w:val="Loop"/>')
            + p(" ")
        )
    )
    assert told(publication) == [
        ("heading", 1, "題"),
        ("heading", 1, "節"),
        ("heading", 3, "項"),
        ("paragraph", 0, "本文"),
        ("paragraph", 0, "輪"),
    ]
    assert [str(block.place) for block in publication.blocks][::4] == ["a.docx#b1", "a.docx#b5"]


def test_what_a_reader_of_the_finished_text_sees() -> None:
    body = (
        "<w:p><w:r><w:t>前</w:t></w:r><w:ins><w:r><w:t>挿入</w:t></w:r></w:ins>"
        "<w:del><w:r><w:delText>削除</w:delText></w:r></w:del>"
        "<w:moveFrom><w:r><w:t>移動元</w:t></w:r></w:moveFrom>"
        "<w:sdt><w:sdtPr><w:alias/></w:sdtPr><w:sdtContent><w:r><w:t>欄</w:t></w:r></w:sdtContent>"
        "</w:sdt><w:ruby><w:rt><w:r><w:t>よみ</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>漢字</w:t>"
        "</w:r></w:rubyBase></w:ruby><w:hyperlink><w:r><w:t>先</w:t></w:r></w:hyperlink>"
        "<w:r><w:instrText>PAGE</w:instrText><w:tab/><w:t>後</w:t><w:br/><w:noBreakHyphen/>"
        '<w:br w:type="page"/><w:sym w:char="2460"/><w:sym w:char="zz"/></w:r></w:p>'
        "<w:sdt><w:sdtContent>" + p("中") + "</w:sdtContent></w:sdt>"
        "<w:del>" + p("消えた段落") + "</w:del>"
        "<w:p><w:r><mc:AlternateContent><mc:Choice><w:txbxContent>" + p("箱") + "<w:tbl><w:tr>"
        + tc("x") + tc("y") + "</w:tr></w:tbl></w:txbxContent></mc:Choice><mc:Fallback>"
        "<w:txbxContent>" + p("箱") + "</w:txbxContent></mc:Fallback></mc:AlternateContent>"
        "<w:t>外</w:t></w:r></w:p>"
    )  # fmt: skip
    notes = '<w:footnote w:type="separator">' + p("-") + "</w:footnote><w:footnote>"
    publication = read(docx(body, footnotes=notes + p("注") + "</w:footnote>"))
    assert [text for _, _, text in told(publication)] == [
        "前挿入欄漢字先\t後\n-①\ufffd", "中", "外", "箱", "x\ty", "注",
    ]  # fmt: skip
    (finding,) = publication.findings
    assert (finding.code, finding.params) == ("MX919", {"inserted": 1, "deleted": 3})


def test_merged_cells_and_what_stands_in_them() -> None:
    inner = "<w:tbl><w:tr>" + tc("p") + tc("q") + "</w:tr></w:tbl>"
    body = (
        "<w:tbl><w:tr><w:trPr><w:tblHeader/></w:trPr>"
        + tc("縦", '<w:vMerge w:val="restart"/>')
        + tc("横", '<w:gridSpan w:val="2"/>')
        + "</w:tr><w:tr>"
        + tc("", "<w:vMerge/>")
        + f"<w:sdt><w:sdtContent>{tc('a')}</w:sdtContent></w:sdt>"
        + tc("b</w:t><w:br/><w:t>c")
        + "</w:tr><w:tr><w:trPr><w:del/></w:trPr>" + tc("消") + "</w:tr>"
        "<w:ins><w:tr><w:trPr><w:gridBefore w:val='1'/></w:trPr>"
        + f"<w:tc>{p('d')}{inner}</w:tc>" + "</w:tr></w:ins></w:tbl>"
    )  # fmt: skip
    publication = read(docx(body))
    assert cells(publication) == [
        [(0, 2, 1, "縦"), (1, 1, 2, "横")],
        [(1, 1, 1, "a"), (2, 1, 1, "b\nc")],
        [(1, 1, 1, "d\np\tq")],
    ]
    (table,) = publication.blocks
    assert isinstance(table, Table)
    assert [cell.header for row in table.rows for cell in row.cells] == [True] * 2 + [False] * 3
    assert str(table.rows[1].cells[0].place) == "a.docx#t1r2c2"


@pytest.mark.parametrize(
    ("form", "text", "labels"),
    [
        ("decimal", "%1.", ["1.", "2."]),
        ("decimalFullWidth", "第%1", ["第１", "第２"]),
        ("aiueo", "(%1)", ["(ア)", "(イ)"]),
        ("iroha", "%1", ["イ", "ロ"]),
        ("decimalEnclosedCircle", "%1", ["①", "②"]),
        ("japaneseCounting", "%1、", ["一、", "二、"]),
        ("upperLetter", "%1", ["A", "B"]),
        ("lowerRoman", "%1", ["i", "ii"]),
        ("upperRoman", "%1", ["I", "II"]),
        ("bullet", "", ["・", "・"]),
        ("somethingElse", "%1)", ["1)", "2)"]),
    ],
)
def test_numbers_that_word_counts(form: str, text: str, labels: list[str]) -> None:
    body = (
        listed("a") + listed("b", 1) + listed("c", 1) + p("d", '<w:pStyle w:val="Listed"/>')
        + listed("e", 1) + listed("f", 7)
    )  # fmt: skip
    publication = read(docx(body, numbering=NUMBERING.format(form, text)))
    assert told(publication) == [
        ("item", 1, f"{labels[0]} a"),
        ("item", 2, "(3) b"),
        ("item", 2, "(4) c"),
        ("item", 1, f"{labels[1]} d"),
        ("item", 2, "(3) e"),
        ("paragraph", 0, "f"),
    ]


def test_long_lists_and_lists_that_are_not_there() -> None:
    body = "".join(listed(str(number)) for number in range(1, 101)) + p(
        "x", '<w:numPr><w:numId w:val="9"/></w:numPr>'
    )
    publication = read(docx(body, numbering=NUMBERING.format("japaneseCounting", "%1")))
    texts = [text for _, _, text in told(publication)]
    assert (texts[9], texts[10], texts[20], texts[98]) == (
        "十 10",
        "十一 11",
        "二十一 21",
        "九十九 99",
    )
    assert texts[99:] == ["100 100", "x"]


@pytest.mark.parametrize(
    ("data", "code", "limit"),
    [
        (docx("<w:p/>"), "document-blank", None),
        (docx("<w:p>"), "document-damaged", None),
        (docx("").replace(b"PK\x05\x06", b"PK\x05\x05"), "document-damaged", None),
        (docx("<w:sdt>" * 200 + "</w:sdt>" * 200), "limit-exceeded", "depth"),
        (docx("<w:p/>" * 4200), "limit-exceeded", "lines"),
        (docx(p("x" * 1200)), "limit-exceeded", "line_length"),
        (docx("<w:tbl><w:tr>" + tc("x") * 120 + "</w:tr></w:tbl>"), "limit-exceeded", "columns"),
        (
            docx("<w:tbl><w:tr>" + tc("x", '<w:gridSpan w:val="9999"/>') + "</w:tr></w:tbl>"),
            "limit-exceeded",
            "columns",
        ),
        (docx(("<w:tbl><w:tr>" + tc("x") * 60 + "</w:tr></w:tbl>") * 4), "limit-exceeded", "cells"),
    ],
)
def test_what_cannot_be_read_is_one_error(data: bytes, code: str, limit: str | None) -> None:
    bounds = Limits(lines=4000, line_length=1100, columns=100, cells=200)
    with pytest.raises(SourceError) as caught:
        read(data, bounds if limit != "depth" else Limits())
    assert (caught.value.code, caught.value.params.get("limit")) == (code, limit)


def test_a_document_without_a_body_is_damaged() -> None:
    data = docx("").replace(b"word/document.xml", b"word/document.xmk")
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("word/document.xml", f"<w:document {NAMES}/>")
    for each in (data, buffer.getvalue()):
        with pytest.raises(SourceError) as caught:
            read(each)
        assert caught.value.code in {"document-damaged", "form-unknown"}


@examples(300)
@given(
    body=st.recursive(
        st.sampled_from([p("a"), "<w:p/>", "<w:tbl/>", "<w:tr/>", "<w:tc/>", "text", listed("x")]),
        lambda inner: st.builds(
            lambda tag, parts: f"<w:{tag}>{''.join(parts)}</w:{tag}>",
            st.sampled_from(["tbl", "tr", "tc", "p", "r", "sdt", "ins", "del", "txbxContent"]),
            st.lists(inner, max_size=4),
        ),
        max_leaves=20,
    )
)
def test_any_nesting_is_read_or_one_of_our_errors(body: str) -> None:
    try:
        publication = read(docx(body, numbering=NUMBERING.format("decimal", "%1")))
    except MunidxError as error:
        assert error.code == "document-blank"  # noqa: PT017 - nothing was written in it
    else:
        assert all(
            isinstance(block, Table) or block.kind in BlockKind for block in publication.blocks
        )


@pytest.mark.parametrize("code", ["D800", "0", "110000", "-1", "x", "F" * 99])
def test_a_sign_that_is_none_is_told_as_lost(code: str) -> None:
    (block,) = read(docx(f'<w:p><w:r><w:t>甲</w:t><w:sym w:char="{code}"/></w:r></w:p>')).blocks
    assert isinstance(block, Block)
    assert block.text == "甲\ufffd"


@pytest.mark.parametrize("number", ["²", "٣", "9" * 5000, "-1", ""])
def test_levels_that_are_none(number: str) -> None:
    publication = read(
        docx(
            p("題", f'<w:outlineLvl w:val="{number}"/>')
            + p("項", f'<w:numPr><w:ilvl w:val="{number}"/><w:numId w:val="1"/></w:numPr>'),
            numbering=NUMBERING.format("decimal", "%1."),
        )
    )
    assert [each[0] for each in told(publication)] == ["paragraph", "item"]


def test_a_label_is_no_longer_than_a_label() -> None:
    publication = read(docx(listed("項"), numbering=NUMBERING.format("decimal", "%1" * 100_000)))
    assert len(publication.text()) < 100
