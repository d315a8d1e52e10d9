"""Files made to do harm: each ends in one clear error within 10 seconds and 1 GB.

Each is read by a process of its own, whose time and memory (with those of the processes that it
starts) are measured.
"""

import io
import json
import os
import pathlib
import sys
import time
import zipfile
import zlib
from collections.abc import Callable
from typing import Final

import attrs
import pytest

from munidx.errors import SourceError
from munidx.readers import Limits, open_source

FIXTURES: Final = pathlib.Path(__file__).parent / "fixtures"
SECONDS: Final = 10
MEMORY: Final = 1024 * 1024  # KiB
CHILD: Final = """
import json, sys
from munidx.errors import MunidxError
from munidx.readers import open_source, read_source
try:
    read_source(open_source(sys.argv[1]))
    told = ["read", ""]
except MunidxError as error:
    told = [error.code, str(error.params.get("limit", ""))]
json.dump(told, open(sys.argv[2], "w"))
"""


def pdf(*objects: bytes) -> bytes:
    out, places = b"%PDF-1.7\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(places) + 1)
    root = b"trailer\n<</Size %d/Root 1 0 R>>\n" % (len(places) + 1)
    return out + head + table + root + b"startxref\n%d\n%%%%EOF\n" % len(out)


def stream(head: bytes, content: bytes) -> bytes:
    data = zlib.compress(content, 9)
    head += b"/Filter/FlateDecode/Length %d" % len(data)
    return b"<<%s>>\nstream\n%s\nendstream" % (head, data)


def page(content: bytes, *more: bytes, count: int = 1, named: bytes = b"") -> bytes:
    font = b"/Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>"
    return pdf(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count %d/Kids[%s]>>" % (count, b"3 0 R " * count),
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R"
        b"/Resources<<%s%s>>>>" % (font, named),
        content,
        *more,
    )


def words(count: int) -> bytes:
    return b"BT /F 9 Tf 10 10 Td " + b"(a)Tj " * count + b"ET"


def form(number: int, content: bytes) -> bytes:
    inside = b"/Resources<</XObject<</X %d 0 R>>>>" % number
    return stream(b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]" + inside, content)


def laughs() -> bytes:
    forms = [form(6 + n, b"/X Do " * 10 if n < 11 else b"0 0 m 1 1 l S") for n in range(12)]
    return page(stream(b"", b"/X Do "), *forms, named=b"/XObject<</X 5 0 R>>")


def itself() -> bytes:
    return page(stream(b"", b"/X Do "), form(5, b"/X Do /X Do"), named=b"/XObject<</X 5 0 R>>")


def twice_packed() -> bytes:
    data = zlib.compress(zlib.compress(words(7_000_000), 9), 9)
    head = b"<</Filter[/FlateDecode/FlateDecode]/Length %d>>" % len(data)
    return page(head + b"\nstream\n" + data + b"\nendstream")


def grid() -> bytes:
    lines = b"".join(
        b"%g 0 m %g 9999 l S 0 %g m 9999 %g l S\n" % (n * 4, n * 4, n * 4, n * 4)
        for n in range(2000)
    )
    return page(stream(b"", lines + words(1)))


def packed(parts: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return buffer.getvalue()


def book(sheet: bytes, strings: bytes = b"") -> bytes:
    main = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    office = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    relations = b"http://schemas.openxmlformats.org/package/2006/relationships"
    return packed(
        {
            "xl/workbook.xml": b'<workbook xmlns="%s" xmlns:r="%s"><sheets><sheet name="s" '
            b'sheetId="1" r:id="rId1"/></sheets></workbook>' % (main, office),
            "xl/_rels/workbook.xml.rels": b'<Relationships xmlns="%s"><Relationship Id="rId1" '
            b'Type="%s/worksheet" Target="worksheets/sheet1.xml"/></Relationships>'
            % (relations, office),
            "xl/worksheets/sheet1.xml": b'<worksheet xmlns="%s"><sheetData>%s</sheetData>'
            b"</worksheet>" % (main, sheet),
            "xl/sharedStrings.xml": b'<sst xmlns="%s">%s</sst>' % (main, strings),
        }
    )


def zipped(body: bytes) -> bytes:
    """A spreadsheet with all its parts, so that calamine comes to read the sheet."""
    parts = {}
    with zipfile.ZipFile(FIXTURES / "sheets" / "list.xlsx") as archive:
        for name in archive.namelist():
            parts[name] = archive.read(name)
    main = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    parts["xl/worksheets/sheet1.xml"] = b'<worksheet xmlns="%s">%s</worksheet>' % (main, body)
    return packed(parts)


def rows(told: bytes) -> bytes:
    return zipped(b"<sheetData>%s</sheetData>" % told)


def merged() -> bytes:
    cells = b"".join(b'<row r="%d"><c r="A%d"><v>1</v></c></row>' % (n, n) for n in range(1, 9000))
    ranges = b"".join(b'<mergeCell ref="A%d:XFD1048576"/>' % n for n in range(1, 9000))
    return zipped(b"<sheetData>%s</sheetData><mergeCells>%s</mergeCells>" % (cells, ranges))


def lying() -> bytes:
    """A part that says it has a few bytes, with their sum, and unpacks to more than a gigabyte."""
    strings = b"<sst><si><t>"
    data = bytearray(packed({"xl/workbook.xml": b"", "xl/sharedStrings.xml": strings}))
    long = zlib.compressobj(9, zlib.DEFLATED, -15)
    bomb = long.compress(strings) + b"".join(long.compress(b" " * 2**24) for _ in range(80))
    bomb += long.flush()
    head = data.index(b"PK\3\4", 9)
    begin = head + 30 + len("xl/sharedStrings.xml")
    size = int.from_bytes(data[head + 18 : head + 22], "little")
    directory = data.index(b"PK\1\2")
    more = len(bomb) - size
    data[begin : begin + size] = bomb
    for at in (head + 18, data.index(b"PK\1\2", directory + more + 9) + 20):
        data[at : at + 4] = len(bomb).to_bytes(4, "little")
    end = data.rindex(b"PK\5\6")
    data[end + 16 : end + 20] = (directory + more).to_bytes(4, "little")
    return bytes(data)


def old() -> bytes:
    """An old spreadsheet whose last cell is the last that its form can name."""
    data = bytearray((FIXTURES / "sheets" / "list.xls").read_bytes())
    at = max(data.rfind(kind) for kind in (b"\xfd\0\x0a\0", b"\x03\x02\x0e\0"))
    data[at + 4 : at + 8] = b"\xff" * 4
    return bytes(data)


def spread(body: bytes) -> bytes:
    names = b" ".join(
        b'xmlns:%s="urn:oasis:names:tc:opendocument:xmlns:%s:1.0"' % (name, name)
        for name in (b"office", b"table", b"text")
    )
    content = b"<office:document %s><office:spreadsheet>%s</office:spreadsheet></office:document>"
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        mime = "application/vnd.oasis.opendocument.spreadsheet"
        archive.writestr("mimetype", mime, zipfile.ZIP_STORED)
        archive.writestr("content.xml", ENTITIES * (b"&a9;" in body) + content % (names, body))
    return buffer.getvalue()


def repeated(columns: int, lines: int, text: bytes = b"x", sheets: int = 1) -> bytes:
    row = b'<table:table-row table:number-rows-repeated="%d"><table:table-cell ' % lines
    row += b'table:number-columns-repeated="%d"><text:p>%s</text:p>' % (columns, text)
    row += b"</table:table-cell></table:table-row>"
    return spread((b'<table:table table:name="s">%s</table:table>' % row) * sheets)


def shared() -> bytes:
    cells = b"".join(
        b'<row r="%d"><c r="A%d" t="s"><v>0</v></c></row>' % (n, n) for n in range(1, 9000)
    )
    return book(cells, b"<si><t>" + os.urandom(300_000).hex().encode() + b"</t></si>")


def word(body: bytes, declared: bytes = b"", more: bytes = b"") -> bytes:
    names = b'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    text = b"<w:document %s><w:body>%s</w:body></w:document>" % (names, body)
    return packed({"word/document.xml": declared + text, "word/media/a.zip": more})


ENTITIES: Final = b"<!DOCTYPE a [<!ENTITY a0 'ha'>%s]>" % b"".join(
    b"<!ENTITY a%d '%s'>" % (n, b"&a%d;" % (n - 1) * 10) for n in range(1, 10)
)
OUTSIDE: Final = b"<!DOCTYPE a [<!ENTITY a9 SYSTEM 'file:///etc/passwd'>]>"
SIMPLE: Final = b"<w:p><w:r><w:t>a</w:t></w:r></w:p>"
SPAN: Final = b'<w:tr><w:tc><w:tcPr><w:gridSpan w:val="16000"/></w:tcPr><w:p/></w:tc></w:tr>'
CELLS: Final = b"<c><v>1</v></c>" * 16_384
TEXT: Final = b"<w:p><w:r><w:t>&a9;</w:t></w:r></w:p>"

NOISE: Final = os.urandom(2_000_000).hex().encode()
LOOPS: Final[dict[str, bytes]] = {
    "parent": b"<</Type/Pages/Parent 2 0 R/Count 1/Kids[3 0 R]>>",
    "kids": b"<</Type/Pages/Count 9/Kids[3 0 R 2 0 R]>>",
}


def looped(name: str) -> bytes:
    """A page tree that leads back to itself; the page inherits all that it needs from it."""
    return pdf(
        b"<</Type/Catalog/Pages 2 0 R>>",
        LOOPS[name],
        b"<</Type/Page/Parent 2 0 R/Contents 4 0 R>>",
        stream(b"", words(9)),
    )


def letters_that_draw_themselves() -> bytes:
    font = b"<</Type/Font/Subtype/Type3/FontBBox[0 0 9 9]/FontMatrix[1 0 0 1 0 0]/FirstChar 97"
    font += b"/LastChar 97/Widths[9]/Encoding<</Differences[97/a]>>/CharProcs<</a 4 0 R>>"
    return pdf(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R"
        b"/Resources<</Font<</F 5 0 R>>>>>>",
        stream(b"", b"9 0 d0 " + words(9)),
        font + b"/Resources<</Font<</F 5 0 R>>>>>>",
    )


def before_itself() -> bytes:
    """A table of objects that names itself as the one before it."""
    data = page(stream(b"", words(9)))
    at = data.rindex(b"xref\n0")
    return data.replace(b"trailer\n<<", b"trailer\n<</Prev %d" % at)


def within_itself() -> bytes:
    """A stream of objects that holds itself, and goes on with itself."""
    inside = stream(b"/Type/ObjStm/N 1/First 4/Extends 5 0 R", b"5 0 <<>>")
    return page(stream(b"", words(9)), inside)


FILES: Final[dict[str, tuple[Callable[[], bytes], str, str]]] = {
    "words.pdf": (
        lambda: page(stream(b"", words(7_000_000))),
        "limit-exceeded",
        "memory or seconds",
    ),
    "spaces.pdf": (lambda: page(stream(b"", b" " * 140_000_000)), "limit-exceeded", "unpacked"),
    "twice-packed.pdf": (twice_packed, "limit-exceeded", "memory or seconds"),
    "picture.pdf": (
        lambda: page(stream(b"/Subtype/Image/Width 9/Height 9", words(7_000_000))),
        "limit-exceeded",
        "memory or seconds",
    ),
    "paths.pdf": (
        lambda: page(stream(b"", b"0 0 m 9 9 l S\n" * 510_000)),
        "limit-exceeded",
        "paths",
    ),
    "letters.pdf": (lambda: page(stream(b"", words(210_000))), "limit-exceeded", "characters"),
    "grid.pdf": (grid, "read", ""),
    "laughs.pdf": (laughs, "limit-exceeded", "memory or seconds"),
    "itself.pdf": (itself, "limit-exceeded", "memory or seconds"),
    "loop.pdf": (
        lambda: pdf(b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 3/Kids[2 0 R 2 0 R]>>"),
        "document-blank",
        "",
    ),
    "count.pdf": (
        lambda: pdf(b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 2000000000/Kids[]>>"),
        "document-damaged",
        "",
    ),
    "pages.pdf": (lambda: page(stream(b"", words(1)), count=20_000), "limit-exceeded", "pages"),
    "deep.pdf": (lambda: page(stream(b"", b"[" * 1_000_000)), "document-blank", ""),
    "deep-object.pdf": (lambda: pdf(b"[" * 500_000 + b"]" * 500_000), "document-damaged", ""),
    "far.xlsx": (
        lambda: book(b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'),
        "limit-exceeded",
        "cells",
    ),
    "bomb.xlsx": (lambda: book(b" " * 10_000_000), "limit-exceeded", "ratio"),
    "larger.xlsx": (lambda: book(b" " * 140_000_000), "limit-exceeded", "unpacked"),
    "shared.xlsx": (shared, "limit-exceeded", "unpacked"),
    "parts.xlsx": (
        lambda: packed({"xl/workbook.xml": b""} | {f"p{n}": b"" for n in range(10_001)}),
        "limit-exceeded",
        "parts",
    ),
    "laughs.docx": (lambda: word(TEXT, ENTITIES), "document-damaged", ""),
    "outside.docx": (lambda: word(TEXT, OUTSIDE), "document-damaged", ""),
    "nested.docx": (
        lambda: word(b"<w:sdt>" * 10_000 + b"</w:sdt>" * 10_000),
        "limit-exceeded",
        "depth",
    ),
    "row.csv": (lambda: b"a" + b",a" * 1_000_000, "limit-exceeded", "columns"),
    "row.txt": (lambda: b"a" + b"\ta" * 490_000, "limit-exceeded", "columns"),
    "lists.md": (
        lambda: "\n".join(" " * 2 * n + "- x" for n in range(2_000)).encode(),
        "limit-exceeded",
        "depth",
    ),
    "lists.html": (
        lambda: b"<html><body>" + b"<ul><li>x" * 10_000,
        "limit-exceeded",
        "depth",
    ),
    "parent.pdf": (lambda: looped("parent"), "read", ""),
    "kids.pdf": (lambda: looped("kids"), "read", ""),
    "type3.pdf": (letters_that_draw_themselves, "read", ""),
    "before.pdf": (before_itself, "read", ""),
    "within.pdf": (within_itself, "read", ""),
    "packed.docx": (lambda: word(SIMPLE, more=packed({"0": bytes(90_000_000)})), "read", ""),
    "packed-twice.zip": (
        lambda: packed({"a.zip": packed({"b.zip": bytes(9_000_000)})}),
        "form-unknown",
        "",
    ),
    "lying.xlsx": (lying, "document-damaged", ""),
    "corners.xlsx": (
        lambda: rows(b'<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576">%s</row>' % CELLS),
        "limit-exceeded",
        "memory",
    ),
    "prefix.xlsx": (
        lambda: rows(b'<row r="1"><c r="A1"/></row><c z=">" r="XFD1048576"><v>1</v></c>'),
        "limit-exceeded",
        "cells",
    ),
    "row.xlsx": (
        lambda: rows(b'<row r="1">%s</row>' % (b"<c><v>1</v></c>" * 1_000_000) + NOISE),
        "limit-exceeded",
        "columns",
    ),
    "merged.xlsx": (merged, "limit-exceeded", "cells"),
    "laughs.xlsx": (
        lambda: zipped(ENTITIES + b"<sheetData>&a9;</sheetData>"),
        "document-damaged",
        "",
    ),
    "corners.xls": (old, "limit-exceeded", "memory"),
    "sheets.ods": (lambda: repeated(16, 60_000, sheets=40), "limit-exceeded", "cells"),
    "row.ods": (lambda: repeated(1_000_000, 1), "limit-exceeded", "columns"),
    "long.ods": (lambda: repeated(900, 1000, NOISE[:900_000]), "limit-exceeded", "unpacked"),
    "laughs.ods": (lambda: spread(b"&a9;"), "document-damaged", ""),
    "tables.docx": (
        lambda: word(b"<w:tbl><w:tr><w:tc>" * 10_000 + b"</w:tc></w:tr></w:tbl>" * 10_000),
        "limit-exceeded",
        "depth",
    ),
    "span.docx": (
        lambda: word(b"<w:tbl>" + SPAN * 1000 + b"</w:tbl>"),
        "limit-exceeded",
        "cells",
    ),
    "hidden.docx": (lambda: word(TEXT, ENTITIES.decode().encode("utf-16")), "document-damaged", ""),
    "zeros.txt": (lambda: bytes(60_000_000), "not-text", ""),
    "line.txt": (lambda: "計画".encode() * 9_000_000, "limit-exceeded", "line_length"),
    "rule.txt": (lambda: b"--" + b"\t  " * 9000 + b"x", "read", ""),
    "field.csv": (lambda: b'a,b\n"' + b"a" * 9_000_000 + b'"', "limit-exceeded", "line_length"),
    "row.md": (lambda: b"a\n" + b"|a" * 490_000, "limit-exceeded", "cells"),
    "items.md": (lambda: b"- " * 10_000 + b"x", "limit-exceeded", "depth"),
    "row.html": (
        lambda: b"<html><table><tr>" + b"<td>a" * 1_000_000,
        "limit-exceeded",
        "columns",
    ),
    "spans.html": (
        lambda: b"<html><table>" + b"<tr><td rowspan=9999 colspan=9999>a" * 9999,
        "limit-exceeded",
        "cells",
    ),
    "line.html": (lambda: b"<html><p>" + b"a" * 9_000_000, "limit-exceeded", "line_length"),
    "spaces.html": (lambda: b"<html><p>a" + b" " * 900_000 + b"a", "read", ""),
    "laughs.html": (lambda: b"<html>" + ENTITIES + b"<p>&a9;</p>", "read", ""),
}


@pytest.mark.parametrize("name", FILES)
def test_it_ends_in_one_clear_error(name: str, tmp_path: pathlib.Path) -> None:
    made, code, limit = FILES[name]
    path, told = tmp_path / name, tmp_path / "told.json"
    path.write_bytes(made())
    begun = time.monotonic()
    command = [sys.executable, "-c", CHILD, str(path), str(told)]
    process = os.spawnv(os.P_NOWAIT, sys.executable, command)  # noqa: S606 - wait4 needs its id
    _, status, usage = os.wait4(process, 0)
    taken = time.monotonic() - begun
    assert status == 0
    # Which of two bounds is met first depends on how busy the machine is.
    assert json.loads(told.read_text()) in [[code, each] for each in limit.split(" or ")]
    assert usage.ru_maxrss < MEMORY
    assert usage.ru_utime + usage.ru_stime < SECONDS
    # Several tests run at a time: the processor's time of each is its own, the clock is not.
    assert taken < 3 * SECONDS


def test_a_file_of_zeros_is_not_even_opened(tmp_path: pathlib.Path) -> None:
    path = tmp_path / "zeros.pdf"
    with path.open("wb") as stream:
        stream.truncate(200_000_000)
    with pytest.raises(SourceError) as caught:
        open_source(path)
    assert caught.value.code == "file-too-large"
    assert caught.value.params == {"size": 200_000_000, "allowed": Limits().bytes}


@pytest.mark.parametrize("name", [each.name for each in attrs.fields(Limits)])
def test_every_bound_can_be_set(name: str) -> None:
    limits = Limits().with_settings(**{name: 7})
    assert getattr(limits, name) == 7
    with pytest.raises(SourceError) as caught:
        limits.check(name, 8)
    assert caught.value.params == {"limit": name, "allowed": 7}
