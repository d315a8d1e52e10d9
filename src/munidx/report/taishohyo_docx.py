"""The 新旧対照表 as a Word document (DOCX, ECMA-376) on A4 landscape."""

from collections.abc import Iterator
from typing import Final

from munidx.report.comparison import Comparison
from munidx.report.package import package, xml_text
from munidx.report.taishohyo import Cell, Line, Row, Run, headings, rows, title

__all__ = ["changes"]

_TYPES: Final = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/word/document.xml" ContentType="application/'
    'vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
_RELATIONS: Final = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
    'relationships/officeDocument" Target="word/document.xml"/></Relationships>'
)
_NAMESPACE: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"

# Lengths are twentieths of a point: A4 landscape, 15 mm of margin.
_PAGE: Final = (
    '<w:sectPr><w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/>'
    '<w:pgMar w:top="850" w:right="850" w:bottom="850" w:left="850" w:header="400" '
    'w:footer="400" w:gutter="0"/></w:sectPr>'
)
_WIDTH: Final = 15138
_REMARK: Final = 1700
_INDENT: Final = 210
_BORDERS: Final = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)


def changes(view: Comparison) -> bytes:
    """The document."""
    heads = headings(view)
    side = (_WIDTH - (_REMARK if view.layout.remarks else 0)) // 2
    widths = [side, side, _REMARK][: len(heads)]
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    body = [
        _paragraph((Run(title(view)),), centred=True, size=28),
        "<w:tbl>",
        f'<w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblBorders>{_BORDERS}',
        '</w:tblBorders><w:tblLayout w:type="fixed"/></w:tblPr>',
        f"<w:tblGrid>{grid}</w:tblGrid>",
        "<w:tr><w:trPr><w:tblHeader/></w:trPr>",
        *(
            _cell(_paragraph((Run(head),), centred=True), width)
            for head, width in zip(heads, widths, strict=True)
        ),
        "</w:tr>",
    ]
    for row in rows(view):
        body += ["<w:tr>", *_cells(view, row, widths), "</w:tr>"]
    # A table is followed by a paragraph, or word processors call the file damaged.
    body.append("</w:tbl><w:p/>")
    document = (
        f'<w:document xmlns:w="{_NAMESPACE}"><w:body>{"".join(body)}{_PAGE}</w:body></w:document>'
    )
    return package(
        {
            "[Content_Types].xml": _TYPES,
            "_rels/.rels": _RELATIONS,
            "word/document.xml": document,
        }
    )


def _cells(view: Comparison, row: Row, widths: list[int]) -> Iterator[str]:
    sides: tuple[Cell, ...] = (row.old, row.new) if view.layout.old_first else (row.new, row.old)
    for side, width in zip(sides, widths, strict=False):
        paragraphs = [_paragraph(line, depth=row.depth) for line in side]
        yield _cell("".join(paragraphs), width)
    if view.layout.remarks:
        yield _cell(_paragraph((Run(row.remark),), size=18), widths[-1])


def _cell(content: str, width: int) -> str:
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{content or "<w:p/>"}</w:tc>'


def _paragraph(line: Line, *, centred: bool = False, size: int = 21, depth: int = 0) -> str:
    """``size`` counts half points."""
    place = '<w:jc w:val="center"/>' if centred else ""
    left = min(depth, 3) * _INDENT + (0 if centred else _INDENT)
    hanging = 0 if centred else _INDENT
    indent = f'<w:ind w:left="{left}" w:hanging="{hanging}"/>' if left else ""
    return f"<w:p><w:pPr>{indent}{place}</w:pPr>{''.join(_run(run, size) for run in line)}</w:p>"


def _run(run: Run, size: int) -> str:
    underlined = '<w:u w:val="single"/>' if run.marked else ""
    text = '</w:t><w:br/><w:t xml:space="preserve">'.join(xml_text(run.text).split("\n"))
    return (
        '<w:r><w:rPr><w:rFonts w:ascii="Century" w:hAnsi="Century" w:eastAsia="游明朝"/>'
        f'<w:sz w:val="{size}"/>{underlined}<w:lang w:eastAsia="ja-JP"/></w:rPr>'
        f'<w:t xml:space="preserve">{text}</w:t></w:r>'
    )
