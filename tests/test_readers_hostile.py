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

import pytest

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


def shared() -> bytes:
    cells = b"".join(
        b'<row r="%d"><c r="A%d" t="s"><v>0</v></c></row>' % (n, n) for n in range(1, 9000)
    )
    return book(cells, b"<si><t>" + os.urandom(300_000).hex().encode() + b"</t></si>")


def word(body: bytes, declared: bytes = b"") -> bytes:
    names = b'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    text = b"<w:document %s><w:body>%s</w:body></w:document>" % (names, body)
    return packed({"word/document.xml": declared + text})


ENTITIES: Final = b"<!DOCTYPE a [<!ENTITY a0 'ha'>%s]>" % b"".join(
    b"<!ENTITY a%d '%s'>" % (n, b"&a%d;" % (n - 1) * 10) for n in range(1, 10)
)
OUTSIDE: Final = b"<!DOCTYPE a [<!ENTITY a9 SYSTEM 'file:///etc/passwd'>]>"
TEXT: Final = b"<w:p><w:r><w:t>&a9;</w:t></w:r></w:p>"

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
