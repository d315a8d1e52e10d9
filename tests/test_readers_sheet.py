"""Spreadsheets that LibreOffice made (tests/fixtures/sheets), and small ones written here."""

import io
import json
import pathlib
import zipfile
from typing import Any

import openpyxl
import pytest
import python_calamine
from hypothesis import given
from hypothesis import strategies as st

from munidx.document import Publication, Source, Table
from munidx.errors import MunidxError, SourceError
from munidx.readers import Limits, read_source, weighing
from munidx.readers.spread import ranges
from munidx.testing.profiles import examples

FOLDER = pathlib.Path(__file__).parent / "fixtures" / "sheets"
MADE = sorted(FOLDER.glob("*.*"))
TRUE: dict[str, Any] = json.loads(
    (FOLDER.parent / "pdf" / "cells.json").read_text(encoding="utf-8")
)
COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ODS = "application/vnd.oasis.opendocument.spreadsheet"


def packed(parts: dict[str, str | bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            stored = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            archive.writestr(name, part, stored)
    return buffer.getvalue()


def ods(rows: str, styles: str = "", table: str = 'table:name="表"') -> bytes:
    names = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text", "style")
    )
    content = (
        f"<office:document-content {names}><office:automatic-styles>{styles}"
        f"</office:automatic-styles><office:body><office:spreadsheet><table:table {table}>"
        f"{rows}</table:table></office:spreadsheet></office:body></office:document-content>"
    )
    return packed({"mimetype": ODS, "content.xml": content})


def xlsx(book: openpyxl.Workbook) -> bytes:
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def read(data: bytes, limits: Limits | None = None) -> Publication:
    return read_source(Source("a.dat", data), limits or Limits())


def table_of(publication: Publication) -> Table:
    (table,) = publication.blocks
    assert isinstance(table, Table)
    return table


def cells(table: Table) -> set[tuple[Any, ...]]:
    return {
        (top, cell.column, cell.rowspan, cell.colspan, cell.text)
        for top, row in enumerate(table.rows)
        for cell in row.cells
    }


@pytest.mark.parametrize("path", MADE, ids=lambda path: path.name)
def test_every_cell_is_exact(path: pathlib.Path) -> None:
    publication = read(path.read_bytes())
    for table, true in zip(publication.blocks, TRUE[path.stem]["tables"], strict=True):
        assert isinstance(table, Table)
        # Above the table stands a line of text; empty cells that are not merged are absent.
        wanted = {
            (top + 1, *rest, text)
            for top, *rest, text in true
            if text or rest[1] > 1 or rest[2] > 1
        }
        assert wanted <= cells(table)
        assert len(cells(table)) - len(wanted) <= 2


def test_places_are_addresses() -> None:
    table = table_of(read((FOLDER / "list.xlsx").read_bytes()))
    assert str(table.place) == "a.dat#s1!A1:H34"
    row = table.rows[1]
    assert (str(row.place), str(row.cells[1].place)) == ("a.dat#s1!A2:H2", "a.dat#s1!B2")
    assert row.place.contains(row.cells[1].place)
    assert row.cells[1].place.location.cell == "s1!B2"


def test_the_header_rows_of_an_open_document_are_told() -> None:
    table = table_of(read((FOLDER / "list.ods").read_bytes()))
    assert [any(cell.header for cell in row.cells) for row in table.rows][:4] == [
        False, True, True, False,
    ]  # fmt: skip


def test_values_are_read_as_the_sheet_prints_them() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for column, (value, code) in enumerate(
        [
            (0.6, "0%"), (1204, "#,##0"), (-33, '#,##0;"△ "#,##0'), (3.0, "General"),
            (45383, '[$-411]ggge"年"m"月"d"日"'), (True, "General"), ("R 4", "@"), (0.125, "0.0%"),
        ], 2,
    ):  # fmt: skip
        cell = sheet.cell(3, column, value)
        cell.number_format = code
    row = table_of(read(xlsx(book))).rows[0]
    assert [cell.text for cell in row.cells] == [
        "60%", "1,204", "△ 33", "3", "令和6年4月1日", "TRUE", "R 4", "12.5%",
    ]  # fmt: skip
    assert str(row.cells[0].place) == "a.dat#Sheet!B3"


def test_what_is_hidden_is_read_and_told() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "見本"
    for row in range(1, 4):
        sheet.append([row, row * 2, row * 3])
    sheet.row_dimensions[2].hidden = True
    sheet.column_dimensions["C"].hidden = True
    behind = book.create_sheet("裏")
    behind.append(["x"])
    behind.sheet_state = "hidden"
    publication = read(xlsx(book))
    (finding,) = publication.findings
    assert (finding.code, finding.params) == ("MX918", {"hidden": ("見本!2", "見本!C", "裏")})
    assert [len(block.rows) for block in publication.blocks if isinstance(block, Table)] == [3, 1]


def test_open_documents_repeat_and_hide() -> None:
    cell = "<table:table-cell{}><text:p>{}</text:p></table:table-cell>"
    rows = (
        '<table:table-column table:number-columns-repeated="2"/>'
        '<table:table-column table:visibility="collapse"/>'
        '<table:table-row table:number-rows-repeated="2" table:visibility="collapse">'
        + cell.format(' table:number-columns-repeated="2"', "a<text:s text:c='2'/>b<text:tab/>c")
        + "</table:table-row><table:table-row-group><table:table-row>"
        + cell.format("", "d<text:line-break/>e<office:annotation><text:p>no</text:p>"
                      "</office:annotation><text:span>f</text:span>")
        + '<table:table-cell table:number-columns-repeated="16383"/></table:table-row>'
        '<table:table-row table:number-rows-repeated="1048573"><table:table-cell '
        'table:number-columns-repeated="16384"/></table:table-row></table:table-row-group>'
    )  # fmt: skip
    style = (
        '<style:style style:name="t"><style:table-properties xmlns:x="x" table:display="false"/>'
        "</style:style>"
    )
    publication = read(ods(rows, style, 'table:name="表" table:style-name="t"'))
    table = table_of(publication)
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["a  b\tc", "a  b\tc"], ["a  b\tc", "a  b\tc"], ["d\nef"],
    ]  # fmt: skip
    (finding,) = publication.findings
    assert finding.params == {"hidden": ("表", "表!C", "表!1:2")}


def cell_at(reference: str, count: int = 1) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["A1"] = 1
    parts = {
        info.filename: zipfile.ZipFile(io.BytesIO(xlsx(book))).read(info.filename)
        for info in zipfile.ZipFile(io.BytesIO(xlsx(book))).infolist()
    }
    name = "xl/worksheets/sheet1.xml"
    more = "".join(f'<c r="{reference}"><v>1</v></c>' for _ in range(count)).encode()
    return packed({**parts, name: parts[name].replace(b"</row>", more + b"</row>")})


@pytest.mark.parametrize(
    ("data", "code", "limit"),
    [
        (cell_at("XFD1048576"), "limit-exceeded", "cells"),
        (cell_at("ZZZ1"), "limit-exceeded", "columns"),
        (
            ods(
                '<table:table-row table:number-rows-repeated="1000000"><table:table-cell '
                'table:number-columns-repeated="16000"><text:p>x</text:p></table:table-cell>'
                "</table:table-row>"
            ),
            "limit-exceeded",
            "cells",
        ),
        (
            ods(
                "<table:table-row><table:table-cell table:number-columns-repeated='1000000'>"
                "<text:p>x</text:p></table:table-cell></table:table-row>"
            ),
            "limit-exceeded",
            "columns",
        ),
        (packed({"mimetype": ODS}), "document-damaged", None),
        (
            packed({"mimetype": ODS, "META-INF/manifest.xml": "<encryption-data/>"}),
            "document-encrypted",
            None,
        ),
        (packed({"xl/workbook.xml": "<workbook/>"}), "document-damaged", None),
        (packed({"xl/workbook.xml": "<!DOCTYPE a><a/>"}), "document-damaged", None),
        (packed({"xl/workbook.xml": "<a>" * 200 + "</a>" * 200}), "limit-exceeded", "depth"),
        (packed({"xl/workbook.xml": "<a"}), "document-damaged", None),
        (packed({"xl/workbook.xml": b"<a/>" + b" " * 9_000_000}), "limit-exceeded", "ratio"),
        (packed({"xl/workbook.xml": "<a/>"})[:-30], "document-damaged", None),
        (COMPOUND + bytes(600) + "Workbook\0".encode("utf-16-le"), "document-damaged", None),
        ((FOLDER / "list.xls").read_bytes()[:9000], "form-unknown", None),
    ],
)
def test_what_cannot_be_read_is_one_error(data: bytes, code: str, limit: str | None) -> None:
    with pytest.raises(SourceError) as caught:
        read(data)
    assert (caught.value.code, caught.value.params.get("limit")) == (code, limit)


def test_a_file_that_needs_a_password_is_said() -> None:
    data = (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage\0".encode("utf-16-le")
    )
    with pytest.raises(SourceError) as caught:
        read(data)
    assert caught.value.code == "document-encrypted"


def test_parts_that_are_locked_or_lie_are_refused() -> None:
    data = bytearray(packed({"xl/workbook.xml": "<a/>", "b": b"x" * 100}))
    where = data.rfind(b"PK\x01\x02", 0, data.rfind(b"PK\x01\x02"))
    locked = bytearray(data)
    locked[where + 8] |= 1
    with pytest.raises(SourceError) as caught:
        read(bytes(locked))
    assert caught.value.code == "document-encrypted"
    # The second part says that it unpacks to fewer bytes than it does.
    data[data.rfind(b"PK\x01\x02") + 24] = 3
    with pytest.raises(SourceError) as caught:
        read(bytes(data))
    assert caught.value.code == "document-damaged"


@examples(200)
@given(data=st.data(), path=st.sampled_from(MADE))
def test_damaged_files_end_in_errors_of_ours(data: st.DataObject, path: pathlib.Path) -> None:
    whole = bytearray(path.read_bytes())
    for _ in range(data.draw(st.integers(1, 8))):
        spot = data.draw(st.integers(0, len(whole) - 1))
        whole[spot : spot + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=4))
    try:
        read(bytes(whole), Limits(cells=10_000))
    except MunidxError as error:
        assert error.code  # noqa: PT017 - either it is read or it is one of our errors


@examples(300)
@given(
    part=st.sampled_from(["xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/styles.xml"]),
    data=st.data(),
)
def test_damaged_parts_end_in_errors_of_ours(part: str, data: st.DataObject) -> None:
    with zipfile.ZipFile(FOLDER / "list.xlsx") as archive:
        parts: dict[str, str | bytes] = {name: archive.read(name) for name in archive.namelist()}
        whole = bytearray(archive.read(part))
    for _ in range(data.draw(st.integers(1, 8))):
        spot = data.draw(st.integers(0, len(whole) - 1))
        whole[spot : spot + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=4))
    try:
        read(packed({**parts, part: bytes(whole)}), Limits(cells=10_000))
    except MunidxError as error:
        assert error.code  # noqa: PT017 - either it is read or it is one of our errors


def test_what_a_merged_cell_covers_is_read_and_told() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in ("甲乙丙", "子丑寅"):
        sheet.append(list(row))
    data = with_ranges(xlsx(book), "A1:B1", "A2:C9")
    publication = read(data)
    (finding,) = publication.findings
    assert finding.params == {"hidden": ("Sheet!B1", "Sheet!B2", "Sheet!C2")}
    assert [cell.text for line in table_of(publication).rows for cell in line.cells] == list(
        "甲乙丙子丑寅"
    )


def with_ranges(data: bytes, *ranges: str) -> bytes:
    """A workbook whose cells are merged without emptying those that are covered."""
    told = "".join(f'<mergeCell ref="{each}"/>' for each in ranges)
    parts = {}
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            parts[name] = archive.read(name)
    name = "xl/worksheets/sheet1.xml"
    end = b"</sheetData>"
    parts[name] = parts[name].replace(end, end + f"<mergeCells>{told}</mergeCells>".encode())
    return packed({**parts})


@pytest.mark.parametrize(
    ("numbers", "told"),
    [([], []), ([3], ["3"]), ([1, 2, 3, 5, 8, 9, 9], ["1:3", "5", "8:9"])],
)
def test_rows_that_follow_each_other_are_one_range(numbers: list[int], told: list[str]) -> None:
    assert list(ranges(numbers)) == told


def test_a_sheet_that_is_not_plain_is_opened_by_a_child_first(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    tried: list[int] = []
    monkeypatch.setattr(weighing, "tried", lambda data, _: tried.append(len(data)))
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["甲"])
    data = xlsx(book)
    assert read(data).blocks
    assert tried == []
    parts = {}
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            parts[name] = archive.read(name)
    sheet_name = "xl/worksheets/sheet1.xml"
    odd = parts[sheet_name].replace(b' r="A1"', b"")
    assert odd != parts[sheet_name]
    assert read(packed({**parts, sheet_name: odd})).blocks
    assert len(tried) == 1
    assert read(packed({**parts, "xl/worksheets/other.xml": parts[sheet_name]})).blocks
    assert len(tried) == 2


@pytest.mark.parametrize("number", ["²", "٣", "9" * 5000, "-1", ""])
def test_numbers_that_are_none(number: str) -> None:
    cell = (
        '<table:table-cell table:number-columns-repeated="{0}"><text:p>甲<text:s text:c="{0}"/>乙'
    )
    row = f"<table:table-row>{cell.format(number)}</text:p></table:table-cell></table:table-row>"
    assert [cell.text for cell in table_of(read(ods(row))).rows[0].cells] == ["甲 乙"]


def test_a_merged_cell_over_a_sheet_of_few_cells() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["A1"], sheet["D9"], sheet["E9"] = "甲", "乙", "丙"
    publication = read(with_ranges(xlsx(book), "A1:D9", "XFA1:XFD1048576"))
    (finding,) = publication.findings
    assert finding.params == {"hidden": ("Sheet!D9",)}


class PanicException(BaseException):
    """As pyo3 calls what a panic becomes."""


@pytest.mark.parametrize(
    ("raised", "code"),
    [
        (PanicException(), "document-damaged"),
        (OverflowError(), "document-damaged"),
        (python_calamine.PasswordError(), "document-encrypted"),
    ],
)
def test_what_calamine_raises(
    monkeypatch: pytest.MonkeyPatch, raised: BaseException, code: str
) -> None:
    def fail(_: object) -> None:
        raise raised

    monkeypatch.setattr("munidx.readers.sheet.calamine.load_workbook", fail)
    with pytest.raises(SourceError) as caught:
        read((FOLDER / "list.xlsx").read_bytes())
    assert caught.value.code == code


def test_the_interrupt_is_the_users(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("munidx.readers.sheet.calamine.load_workbook", interrupt)
    with pytest.raises(KeyboardInterrupt):
        read((FOLDER / "list.xlsx").read_bytes())


def test_cells_of_all_sheets_count_together() -> None:
    rows = '<table:table-row table:number-rows-repeated="60"><table:table-cell><text:p>甲</text:p>'
    rows += "</table:table-cell></table:table-row>"
    data = ods(rows + '</table:table><table:table table:name="二">' + rows)
    assert len(read(data, Limits(cells=120)).blocks) == 2
    with pytest.raises(SourceError) as caught:
        read(data, Limits(cells=119))
    assert caught.value.params["limit"] == "cells"
    with pytest.raises(SourceError) as caught:
        read(data, Limits(unpacked=119))
    assert caught.value.params["limit"] == "unpacked"
