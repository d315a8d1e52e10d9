"""PDFs that Chromium and LibreOffice made (tests/fixtures/pdf), and small ones written here."""

import json
import pathlib
import sys
import zlib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from munidx.document import Block, BlockKind, Publication, Source, Table
from munidx.errors import MissingReaderError, MunidxError, SourceError
from munidx.readers import Limits, read_source, vetting
from munidx.testing.profiles import examples

FOLDER = pathlib.Path(__file__).parent / "fixtures" / "pdf"
MADE = sorted(FOLDER.glob("*.pdf"))
TRUE: dict[str, Any] = json.loads((FOLDER / "cells.json").read_text(encoding="utf-8"))
FONT = b"/Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>"


def written(*pages: bytes, extra: bytes = b"", box: bytes = b"0 0 600 800") -> bytes:
    """A PDF whose pages draw ``pages``."""
    kids = b"".join(b"%d 0 R " % (3 + 2 * number) for number in range(len(pages)))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(pages), kids),
    ]
    for number, content in enumerate(pages):
        objects += [
            b"<</Type/Page/Parent 2 0 R/MediaBox[%s]%s/Contents %d 0 R/Resources<<%s>>>>"
            % (box, extra, 4 + 2 * number, FONT),
            b"<</Length %d>>\nstream\n%s\nendstream" % (len(content), content),
        ]
    return assembled(objects)


def assembled(objects: list[bytes]) -> bytes:
    out, places = b"%PDF-1.7\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    count = len(objects) + 1
    return (
        out
        + b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<</Size %d/Root 1 0 R>>\n"
        % (
            count,
            table,
            count,
        )
        + b"startxref\n%d\n%%%%EOF\n" % len(out)
    )


def words(*told: tuple[float, float, str], size: int = 10) -> bytes:
    return b"".join(
        b"BT /F %d Tf %g %g Td (%s) Tj ET\n" % (size, x, y, text.encode("latin-1"))
        for x, y, text in told
    )


def rules(xs: list[float], ys: list[float]) -> bytes:
    level = b"".join(b"%g %g m %g %g l S\n" % (xs[0], y, xs[-1], y) for y in ys)
    return level + b"".join(b"%g %g m %g %g l S\n" % (x, ys[0], x, ys[-1]) for x in xs)


def read(data: bytes, limits: Limits | None = None) -> Publication:
    return read_source(Source("a.pdf", data), limits or Limits())


def tables(publication: Publication) -> list[Table]:
    return [block for block in publication.blocks if isinstance(block, Table)]


def texts(publication: Publication) -> list[str]:
    return [block.text for block in publication.blocks if isinstance(block, Block)]


def cells(table: Table) -> list[list[Any]]:
    return [
        [top, cell.column, cell.rowspan, cell.colspan, cell.text]
        for top, row in enumerate(table.rows)
        for cell in row.cells
    ]


@pytest.mark.parametrize("path", MADE, ids=lambda path: path.stem)
def test_every_cell_is_exact(path: pathlib.Path) -> None:
    true = TRUE[path.stem.split("-")[0]]
    publication = read_source(Source(path.name, path.read_bytes()))
    assert [cells(table) for table in tables(publication)] == true["tables"]
    assert texts(publication) == true["paragraphs"]
    assert {finding.code for finding in publication.findings} <= {"MX915"}


def test_there_are_enough_of_them() -> None:
    names = [path.stem.split("-") for path in MADE]
    assert {name[1] for name in names} == {"chromium", "calc", "writer"}
    assert len({name[2] for name in names}) == 3


def test_a_table_over_pages_is_one_and_its_rows_stand_on_their_pages() -> None:
    path = FOLDER / "list-chromium-noto.pdf"
    publication = read_source(Source("list.pdf", path.read_bytes()))
    (table,) = tables(publication)
    pages = [row.place.page for row in table.rows]
    assert pages == sorted(pages, key=lambda page: page or 0)
    assert set(pages) == {1, 2, 3}
    # The two rows of the header are repeated on page 2: its first row is the third of its table.
    first = next(row for row in table.rows if row.place.page == 2)
    assert (str(first.place), str(first.cells[0].place)) == ("list.pdf#p2t1r3", "list.pdf#p2t1r3c1")
    (finding,) = publication.findings
    assert finding.code == "MX915"
    assert finding.params == {"pages": (1, 2, 3), "rows": 2}
    assert [cell.header for cell in table.rows[0].cells] == [True] * 6
    assert not any(cell.header for row in table.rows[2:] for cell in row.cells)


def test_places_and_boxes() -> None:
    publication = read(
        written(words((50, 700, "Title")) + rules([50, 150, 250], [500, 530, 560])
                + words((60, 540, "a"), (160, 540, "b"), (60, 510, "c")))
    )  # fmt: skip
    title, table = publication.blocks
    assert isinstance(title, Block)
    assert isinstance(table, Table)
    assert (str(title.place), title.kind) == ("a.pdf#p1b1", BlockKind.PARAGRAPH)
    assert title.box is not None
    assert 45 < title.box.left < 55
    assert 85 < title.box.top < 105
    assert str(table.place) == "a.pdf#p1t1"
    cell = table.rows[0].cells[1]
    assert (cell.text, str(cell.place), str(cell.place.location)) == (
        "b",
        "a.pdf#p1t1r1c2",
        "a.pdf:p.1:t1r1c2",
    )
    assert cell.box is not None
    assert (round(cell.box.left), round(cell.box.top)) == (150, 240)
    (document,) = publication.documents
    assert document.media_type == "application/pdf"
    assert len(document.sha256) == 64


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_a_turned_page_is_read_as_it_is_shown(turn: int) -> None:
    ways = {
        0: b"1 0 0 1 0 0 cm\n",
        90: b"0 1 -1 0 600 0 cm\n",
        180: b"-1 0 0 -1 600 800 cm\n",
        270: b"0 -1 1 0 0 800 cm\n",
    }
    drawn = rules([50, 150, 250], [500, 530]) + words((60, 510, "left"), (160, 510, "right"))
    data = written(ways[turn] + drawn, extra=b"/Rotate %d" % turn)
    (table,) = tables(read(data))
    assert cells(table) == [[0, 0, 1, 1, "left"], [0, 1, 1, 1, "right"]]


def test_tables_without_rules_at_the_sides() -> None:
    level = b"".join(b"50 %d m 250 %d l S\n" % (y, y) for y in (500, 530, 560))
    drawn = level + b"150 500 m 150 560 l S\n" + words((60, 540, "a"), (160, 540, "b"))
    (table,) = tables(read(written(drawn)))
    assert cells(table) == [
        [0, 0, 1, 1, "a"], [0, 1, 1, 1, "b"], [1, 0, 1, 1, ""], [1, 1, 1, 1, ""],
    ]  # fmt: skip


def test_double_rules_and_thin_shapes_are_rules() -> None:
    thin = b"".join(b"50 %g 200 0.8 re f\n" % y for y in (500, 502, 530))
    drawn = thin + b"".join(b"%g 500 0.8 31 re f\n" % x for x in (50, 150, 249.2))
    (table,) = tables(read(written(drawn + words((60, 510, "a")))))
    assert cells(table) == [[0, 0, 1, 1, "a"], [0, 1, 1, 1, ""]]


def test_stroked_rectangles_are_cells_and_white_lines_are_none() -> None:
    drawn = b"50 500 100 30 re S 150 500 100 30 re S 1 1 1 RG 100 500 m 100 530 l S\n"
    (table,) = tables(read(written(drawn + words((60, 510, "a"), (160, 510, "b")))))
    assert cells(table) == [[0, 0, 1, 1, "a"], [0, 1, 1, 1, "b"]]


def test_a_frame_is_no_table_and_an_empty_grid_is_none() -> None:
    drawn = b"50 500 300 100 re S\n" + words((60, 580, "within")) + words((50, 700, "above"))
    publication = read(written(drawn + rules([400, 450, 500], [100, 130, 160])))
    assert texts(publication) == ["above", "within"]
    assert not tables(publication)


def test_a_table_in_a_cell_is_its_text() -> None:
    drawn = rules([50, 300, 550], [400, 600]) + rules([320, 400, 500], [450, 470, 490])
    drawn += words((60, 580, "out"), (330, 475, "a"), (410, 475, "b"), (330, 455, "c"))
    drawn += words((320, 580, "over"), (320, 410, "under"))
    (table,) = tables(read(written(drawn)))
    assert cells(table) == [[0, 0, 1, 1, "out"], [0, 1, 1, 1, "over\na\tb\nc\t\nunder"]]


def test_dotted_rules_are_told_and_part_no_cells() -> None:
    dots = b"".join(b"%d 515 1 1 re f\n" % x for x in range(50, 250, 3))
    drawn = rules([50, 150, 250], [500, 530]) + dots + words((60, 520, "a"), (60, 503, "b"))
    publication = read(written(drawn, b"[2 2] 0 d 50 500 m 500 500 l S\n" + words((9, 9, "x"))))
    (table,) = tables(publication)
    assert cells(table) == [[0, 0, 1, 1, "a\nb"], [0, 1, 1, 1, ""]]
    assert [
        (finding.code, finding.location.page, dict(finding.params))
        for finding in publication.findings
    ] == [("MX914", 1, {"rules": 1}), ("MX914", 2, {"rules": 1})]


def test_dots_of_one_shape_are_dots() -> None:
    dots = b"".join(b"%d 515 2 1 re " % x for x in range(50, 250, 3)) + b"f\n"
    publication = read(written(rules([50, 150, 250], [500, 530]) + dots + words((60, 505, "a"))))
    (table,) = tables(publication)
    assert cells(table) == [[0, 0, 1, 1, "a"], [0, 1, 1, 1, ""]]
    assert [finding.code for finding in publication.findings] == ["MX914"]


def test_columns_of_running_text_are_read_one_after_the_other() -> None:
    lines = (
        [f"left column line {n}" for n in range(6)],
        [f"right column line {n}" for n in range(6)],
    )
    told = [
        (50.0 + 250 * side, 700.0 - 14 * n, lines[side][n]) for n in range(6) for side in (0, 1)
    ]
    publication = read(written(words((50, 740, "A title"), *told)))
    assert " ".join(texts(publication)) == " ".join(["A title", *lines[0], *lines[1]])


def test_parts_of_a_line_that_stand_close_are_one_line() -> None:
    told = [(50.0, 700.0 - 30 * n, "small") for n in range(5)]
    drawn = words(*told) + words(*((92.0, y, "LARGE") for _, y, _ in told), size=24)
    assert texts(read(written(drawn)))[0] == "small LARGE"


def test_pages_without_text_are_told() -> None:
    picture = b"q 100 0 0 100 0 0 cm BI /W 1 /H 1 /CS /G /BPC 8 ID x EI Q"
    publication = read(written(words((50, 700, "text")), picture, b""))
    assert [(each.code, each.location.page) for each in publication.findings] == [("MX911", 2)]


def test_letters_that_the_font_does_not_name_are_told() -> None:
    font = (
        b"<</Type/Font/Subtype/Type0/BaseFont/X/Encoding/Identity-H/DescendantFonts[<</Type/Font"
        b"/Subtype/CIDFontType2/BaseFont/X/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)"
        b"/Supplement 0>>/DW 1000/FontDescriptor<</Type/FontDescriptor/FontName/X/Flags 4>>>>]>>"
    )
    data = written(b"BT /G 10 Tf 50 700 Td <00410042> Tj ET" + words((50, 600, "text")))
    data = assembled(
        [
            part.split(b"obj\n", 1)[1].replace(b"/Font<<", b"/Font<</G " + font)
            for part in data.split(b"\nendobj\n")[:-1]
        ]
    )
    (finding,) = read(data).findings
    assert (finding.code, finding.location.page, finding.params) == ("MX913", 1, {"characters": 2})


def test_tables_with_the_same_columns_stay_apart_where_there_was_room() -> None:
    one = rules([50, 150, 250], [700, 730]) + words((60, 710, "head"), (160, 710, "x"))
    low = rules([50, 150, 250], [40, 730]) + words((60, 710, "head"), (160, 710, "x"))
    assert len(tables(read(written(one, one, low)))) == 3
    assert len(tables(read(written(low, one)))) == 1
    heading = words((50, 760, "Another matter"))
    assert len(tables(read(written(low, one + heading)))) == 2
    numbers = words((300, 20, "- 1 -")), words((300, 20, "- 2 -"))
    assert len(tables(read(written(low + numbers[0], one + numbers[1])))) == 1


def test_a_row_that_the_break_cuts_open_is_joined() -> None:
    def sides(low: int, high: int) -> bytes:
        return b"".join(b"%d %d m %d %d l S\n" % (x, low, x, high) for x in (50, 150, 250))

    level = b"50 %d m 250 %d l S\n"
    above = sides(40, 100) + level % (100, 100) + words((60, 50, "begun"), (160, 50, "b"))
    below = sides(700, 760) + level % (700, 700) + words((60, 740, "ended"))
    (table,) = tables(read(written(above, below)))
    assert cells(table) == [[0, 0, 1, 1, "begun ended"], [0, 1, 1, 1, "b"]]


def test_uneven_cells_are_told() -> None:
    drawn = rules([50, 150, 250], [500, 560]) + b"50 530 m 150 530 l S\n"
    publication = read(written(drawn + words((60, 540, "a"), (60, 510, "b"))))
    assert not publication.findings
    corner = b"50 500 200 100 re S 150 550 m 250 550 l S 150 500 m 150 550 l S\n"
    publication = read(written(corner + words((60, 580, "a"), (160, 510, "b"))))
    assert [finding.code for finding in publication.findings] == ["MX917"]
    assert publication.findings[0].location.cell == "t1"


def test_bold_by_drawing_twice_is_read_once() -> None:
    assert texts(read(written(words((50, 700, "Bold"), (50.2, 700, "Bold"))))) == ["Bold"]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"%PDF-1.7\n", "document-damaged"),
        (b"%PDF-1.7\n" + bytes(1000), "document-damaged"),
        (written(b""), "document-blank"),
    ],
)
def test_what_is_no_pdf_is_one_error(data: bytes, code: str) -> None:
    with pytest.raises(SourceError) as caught:
        read(data)
    assert (caught.value.code, caught.value.location.document) == (code, "a.pdf")


def test_an_encrypted_file_is_said() -> None:
    crypt = (
        b"trailer\n<</Encrypt<</Filter/Standard/V 1/R 2/P -4/Length 40/O(" + b"o" * 32
        + b")/U(" + b"u" * 32 + b")>>/ID[<00><00>]"
    )  # fmt: skip
    data = written(words((50, 700, "x"))).replace(b"trailer\n<<", crypt)
    with pytest.raises(SourceError) as caught:
        read(data)
    assert caught.value.code == "document-encrypted"


@pytest.mark.parametrize(
    ("name", "limits"),
    [
        ("pages", Limits(pages=1)),
        ("characters", Limits(characters=3)),
        ("paths", Limits(paths=3)),
        ("cells", Limits(cells=3)),
    ],
)
def test_each_bound_has_its_name(name: str, limits: Limits) -> None:
    page = rules([50, 150, 250], [500, 530, 560]) + words((60, 540, "abcd"))
    if name == "cells":
        publication = read(written(page, page), limits)
        assert {finding.code for finding in publication.findings} == {"MX916"}
        return
    with pytest.raises(SourceError) as caught:
        read(written(page, page), limits)
    assert (caught.value.code, caught.value.params["limit"]) == ("limit-exceeded", name)


def test_a_missing_library_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("munidx.readers.pdf", "munidx.readers.drawing", "munidx.readers.arrange"):
        monkeypatch.delitem(sys.modules, name, raising=False)
    monkeypatch.setitem(sys.modules, "pypdfium2", None)
    with pytest.raises(MissingReaderError) as caught:
        read(written(b""))
    assert caught.value.params["extra"] == "pdf"


SMALL = written(rules([50, 150, 250], [500, 530]) + words((60, 510, "a"), (160, 510, "b")))


@examples(80)
@given(data=st.data())
def test_damaged_files_end_in_errors_of_ours(data: st.DataObject) -> None:
    whole = bytearray(data.draw(st.sampled_from([SMALL, *(path.read_bytes() for path in MADE)])))
    for _ in range(data.draw(st.integers(1, 12))):
        spot = data.draw(st.integers(0, len(whole) - 1))
        whole[spot : spot + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=4))
    try:
        read(b"%PDF-" + bytes(whole))
    except MunidxError as error:
        assert error.code  # noqa: PT017 - either it is read or it is one of our errors


def with_form(matrix: bytes, content: bytes) -> bytes:
    """A page that shows a drawing of its own, moved by ``matrix``."""
    inner = b"<</Type/XObject/Subtype/Form/BBox[0 0 900 900]/Length %d>>\nstream\n%s\nendstream" % (
        len(content),
        content,
    )
    shown = b"q %s cm /X Do Q\n" % matrix + words((60, 510, "a"), (160, 510, "b"))
    data = written(shown).replace(b"/Font<<", b"/XObject<</X 5 0 R>>/Font<<")
    return assembled(
        [part.split(b"obj\n", 1)[1] for part in data.split(b"\nendobj\n")[:-1]] + [inner]
    )


def test_rules_within_a_drawing_stand_where_it_is_moved_to() -> None:
    drawn = rules([0, 50, 100], [0, 15])
    (table,) = tables(read(with_form(b"2 0 0 2 50 500", drawn)))
    assert cells(table) == [[0, 0, 1, 1, "a"], [0, 1, 1, 1, "b"]]


def turned(matrix: str, x: float, y: float, text: str) -> bytes:
    return f"BT /F 10 Tf {matrix} {x} {y} Tm ({text}) Tj ET\n".encode()


def test_turned_letters_are_read_as_lines() -> None:
    drawn = rules([50, 150, 250], [400, 600])
    down = turned("0 -1 1 0", 90, 590, "first line of it") + turned("0 -1 1 0", 70, 590, "next")
    up = turned("0 1 -1 0", 180, 410, "upward")
    (table,) = tables(read(written(drawn + down + up)))
    assert cells(table) == [[0, 0, 1, 1, "first line of it\nnext"], [0, 1, 1, 1, "upward"]]


def test_words_that_lack_their_spaces_get_them() -> None:
    drawn = words((50, 700, "two"), (70, 700, "words"), (50, 650, "far"), (200, 650, "apart"))
    assert texts(read(written(drawn))) == ["two words", "far apart"]


def test_curves_specks_and_fills_are_no_rules() -> None:
    drawn = (
        b"50 500 m 100 600 200 600 250 500 c S 50 500 m 50.1 500 l S 60 600 80 80 re f "
        b"100 100 m 200 300 l S 300 300 m 400 300 l 400 400 l 300 400 l 350 350 l f "
        b"q 0 0 m 600 0 l W n Q 10 10 m 20 10 l n "
    )
    publication = read(written(drawn + words((60, 510, "a"))))
    assert texts(publication) == ["a"]
    assert not tables(publication)
    assert not publication.findings


def test_thin_parts_of_one_filled_shape_are_rules() -> None:
    frame = b"".join(b"50 %g 200 0.5 re " % y for y in (500, 530))
    frame += b"".join(b"%g 500 0.5 30 re " % x for x in (50, 150, 249.5)) + b"f\n"
    (table,) = tables(read(written(frame + words((60, 510, "a"), (160, 510, "b")))))
    assert cells(table) == [[0, 0, 1, 1, "a"], [0, 1, 1, 1, "b"]]


def test_a_paragraph_goes_on_where_its_line_is_full() -> None:
    full = "words that fill the whole of a line " * 3 + "and not a word less"
    told = [(50.0, 700.0, full), (50.0, 688.0, "its end"), (50.0, 660.0, "another")]
    publication = read(written(words(*told), box=b"0 0 600 800"))
    assert texts(publication) == [f"{full} its end", "another"]


def test_a_paragraph_ends_where_the_next_line_stands_further_away() -> None:
    full = "words that fill the whole of a line " * 3 + "and not a word less"
    told = [(50.0, 700.0, full), (50.0, 690.0, full), (50.0, 677.0, full), (50.0, 667.0, "end")]
    publication = read(written(words(*told), box=b"0 0 600 800"))
    assert texts(publication) == [f"{full} {full}", f"{full} end"]


def test_items_and_symbols() -> None:
    publication = read(written(words((50, 700, "- one"), (50, 688, "- two"), (50, 676, "(1) x"))))
    blocks = [block for block in publication.blocks if isinstance(block, Block)]
    assert [block.text for block in blocks] == ["- one", "- two", "(1) x"]
    assert [block.kind.value for block in blocks] == ["item", "item", "paragraph"]


@pytest.mark.parametrize(
    "content",
    [
        words(*[(50.0, 700.0, "a")]) + b" " * 8_400_000,
        b"/X Do " * 2_100,
    ],
)
def test_what_is_doubtful_is_tried_first(content: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    tried: list[int] = []
    monkeypatch.setattr("munidx.readers.vetting.trial", lambda data, _: tried.append(len(data)))
    try:
        read(written(content))
    except SourceError as error:
        assert error.code == "document-blank"  # noqa: PT017 - nothing is written on it
    assert tried


HEAVY = written(b"BT /F 9 Tf 10 10 Td " + b"(a)Tj " * 400_000 + b"ET")


def test_the_trial_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    vetting.trial(written(words((50, 700, "a"))), Limits())
    with pytest.raises(SourceError) as caught:
        vetting.trial(HEAVY, Limits(memory=1))
    assert caught.value.params == {"limit": "memory", "allowed": 1}
    monkeypatch.setattr(vetting, "_PAGES", "import time; time.sleep(9)")
    with pytest.raises(SourceError) as caught:
        vetting.trial(b"", Limits(seconds=1))
    assert caught.value.params == {"limit": "seconds", "allowed": 1}
    monkeypatch.setattr(
        vetting, "_PAGES", "import os, signal; os.kill(os.getpid(), signal.SIGXCPU)"
    )
    with pytest.raises(SourceError) as caught:
        vetting.trial(b"", Limits())
    assert caught.value.params["limit"] == "seconds"


@pytest.mark.parametrize(
    ("head", "packed", "told"),
    [
        (b"/Filter/DCTDecode", b"\xff\xd8" + b"x" * 90, []),
        (b"/Filter/LZWDecode", b"\x80\x0b", ["tried"]),
        (b"/Filter/FlateDecode", b"\x78\x9cbroken", []),
        (b"/Filter/FlateDecode/Length1 9", zlib.compress(b"x" * 9_000_000), []),
        (b"/Filter/FlateDecode/Subtype/Image", zlib.compress(bytes(9_000_000)), []),
        (b"/Filter/FlateDecode/Subtype/Image", zlib.compress(b"x" * 9_000_000), ["tried"]),
        (b"/Filter/FlateDecode", zlib.compress(bytes(30_000_000)), ["unpacked"]),
    ],
)
def test_streams_are_weighed(
    head: bytes, packed: bytes, told: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    tried: list[str] = []
    monkeypatch.setattr(vetting, "trial", lambda *_: tried.append("tried"))
    data = b"1 0 obj<<%s>>stream\n%s\nendstream" % (head, packed)
    try:
        vetting.vet(data, Limits(unpacked=20_000_000))
    except SourceError as error:
        tried.append(str(error.params["limit"]))
    assert tried == told


def test_time_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    times = iter(range(100_000, 200_000, 100))
    monkeypatch.setattr("munidx.readers.pdf.time.process_time", lambda: next(times))
    with pytest.raises(SourceError) as caught:
        read(written(words((50, 700, "a"))))
    assert (caught.value.params["limit"], caught.value.location.page) == ("seconds", 1)
