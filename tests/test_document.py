from munidx.document import Block, BlockKind, Cell, Publication, Row, Source, Table
from munidx.findings import Finding, Severity
from munidx.model import Document
from munidx.place import Place


def place(line: int) -> Place:
    return Place(document="a", line=line)


def cell(text: str, column: int, rowspan: int = 1, colspan: int = 1) -> Cell:
    return Cell(text=text, place=place(1), column=column, rowspan=rowspan, colspan=colspan)


TABLE = Table(
    place=place(3),
    rows=(
        Row(place=place(3), cells=(cell("a", 0, rowspan=2), cell("b", 1, colspan=2))),
        Row(place=place(4), cells=(cell("c", 1),)),
    ),
)


def test_a_grid_repeats_merged_cells_and_leaves_gaps_empty() -> None:
    grid = [[found.text if found else None for found in line] for line in TABLE.grid()]
    assert grid == [["a", "b", "b"], ["a", "c", None]]


def test_spans_beyond_the_table_are_cut() -> None:
    table = Table(place=place(1), rows=(Row(place=place(1), cells=(cell("a", 0, rowspan=9),)),))
    assert [len(line) for line in table.grid()] == [1]
    assert Table(place=place(1), rows=()).grid() == []


def test_a_publication_is_read_line_by_line() -> None:
    block = Block(text=" x ", place=place(1), kind=BlockKind.HEADING, level=1)
    publication = Publication(
        documents=(
            Document(name="a", media_type="text/html"),
            Document(name="b", media_type="text/html"),
        ),
        blocks=(block, TABLE),
        findings=(Finding(code="MX901", severity=Severity.INFO),),
    )
    assert list(publication.lines()) == [block, *TABLE.rows]
    assert publication.text() == " x \na\tb\nc"
    assert publication.media_types == {"text/html"}


def test_a_source_is_a_name_and_bytes() -> None:
    assert Source("a", b"x") == Source(name="a", data=b"x")
