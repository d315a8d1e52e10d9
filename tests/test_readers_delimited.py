import pytest
from hypothesis import given
from hypothesis import strategies as st

from munidx.document import Publication, Source, Table
from munidx.errors import MunidxError, SourceError
from munidx.readers import Limits, read_source
from munidx.readers.delimited import delimiter_of
from munidx.testing.profiles import examples

SHEET = '番号,事業名,担当課\n1,"電子申請、\n受付","①課, ②課"\n2,"引用""符",㈱髙～\n'


def read(data: bytes, name: str = "a.csv", limits: Limits | None = None) -> Publication:
    return read_source(Source(name, data), limits or Limits())


def table_of(publication: Publication) -> Table:
    (table,) = publication.blocks
    assert isinstance(table, Table)
    return table


def texts(publication: Publication) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in table_of(publication).rows]


@pytest.mark.parametrize(
    ("encoding", "named"),
    [
        ("cp932", "cp932"), ("utf-8", "utf-8"), ("utf-8-sig", "utf-8-sig"), ("utf-16", "utf-16"),
        ("euc_jis_2004", "euc_jis_2004"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_quoted_line_breaks_in_any_encoding(encoding: str, named: str, end: str) -> None:
    sheet = SHEET if encoding != "euc_jis_2004" else SHEET.replace("～", "〜").replace("髙", "高")
    publication = read(sheet.replace("\n", end).encode(encoding))
    last = "㈱高〜" if encoding == "euc_jis_2004" else "㈱髙～"
    assert texts(publication) == [
        ["番号", "事業名", "担当課"],
        ["1", f"電子申請、{end}受付", "①課, ②課"],
        ["2", '引用"符', last],
    ]
    rows = table_of(publication).rows
    assert [str(row.place) for row in rows] == ["a.csv#L1", "a.csv#L2-L3", "a.csv#L4"]
    assert str(rows[1].cells[2].place) == "a.csv#L2c3"
    assert str(table_of(publication).place) == "a.csv#L1-L4"
    (document,) = publication.documents
    assert (document.media_type, document.encoding) == ("text/csv", named)


@pytest.mark.parametrize(
    ("text", "delimiter"),
    [
        ("a,b\nc,d", ","),
        ("a\tb,c\nd\te\n", "\t"),
        ("a;b\nc;d,e\n", ";"),
        ("words alone", ","),
        ("", ","),
    ],
)
def test_what_parts_the_cells_is_found(text: str, delimiter: str) -> None:
    assert delimiter_of(text) == delimiter


def test_tabs_under_any_name() -> None:
    publication = read(b'a\t"b\nc"\n\n\t \nd\te\n', "a.tsv")
    assert texts(publication) == [["a", "b\nc"], ["d", "e"]]
    assert publication.documents[0].media_type == "text/tab-separated-values"
    assert texts(read(b"a,b,c\nd,e,f\ng,h,i\n", "download"))[0] == ["a", "b", "c"]
    assert not isinstance(read(b"a, b, c\nd, e\n", "download").blocks[0], Table)


def test_quotes_that_do_not_balance_swallow_nothing() -> None:
    publication = read(b'a,"b\nc,d\ne,f\n')
    assert texts(publication) == [["a", '"b'], ["c", "d"], ["e", "f"]]
    assert [finding.code for finding in publication.findings] == ["MX933"]


@pytest.mark.parametrize(
    ("data", "code", "limit"),
    [
        (b"," * 1_000_000, "limit-exceeded", "columns"),
        (b"a,b\n" * 200, "limit-exceeded", "cells"),
        (b",\n" * 60, "limit-exceeded", "lines"),
        (b'a,"' + b"b" * 200_000 + b'"', "limit-exceeded", "line_length"),
        (b'a,"' + b"b" * 200_000, "limit-exceeded", "line_length"),
        (b'a,"b\n' + b"b" * 200_000, "limit-exceeded", "line_length"),
        (b",,\n , \n", "document-blank", None),
        (bytes(200), "not-text", None),
    ],
)
def test_bounds(data: bytes, code: str, limit: str | None) -> None:
    bounds = Limits(cells=100) if limit == "cells" else Limits()
    if limit == "lines":
        bounds = Limits(lines=50)
    with pytest.raises(SourceError) as caught:
        read(data, limits=bounds)
    assert (caught.value.code, caught.value.params.get("limit")) == (code, limit)


@examples(500)
@given(st.text(alphabet='a,";\t\n\r 計', max_size=60))
def test_no_letter_is_lost(text: str) -> None:
    try:
        read_texts = "".join(cell for row in texts(read(text.encode())) for cell in row)
    except MunidxError as error:
        assert error.code in {"document-blank", "file-empty"}  # noqa: PT017 - nothing in it
        assert not text.replace(",", "").replace(";", "").replace('"', "").strip()
    else:
        assert [text.count(sign) for sign in "a計"] == [read_texts.count(sign) for sign in "a計"]


@examples(300)
@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_one_of_our_errors(data: bytes) -> None:
    try:
        read(data)
    except MunidxError as error:
        assert error.code  # noqa: PT017
