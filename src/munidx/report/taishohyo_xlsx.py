"""The 新旧対照表 as a spreadsheet (XLSX, ECMA-376) that prints on A4 landscape.

Every cell is text (an inline string): what begins with ``=`` in a plan is no formula here.
"""

from collections.abc import Sequence
from typing import Final

from munidx.report.comparison import Comparison
from munidx.report.package import package, xml_text
from munidx.report.taishohyo import Cell, Row, Run, headings, rows, title
from munidx.report.terminal import width_of

__all__ = ["changes"]

_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MAIN: Final = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_SHEET: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml"

_TYPES: Final = (
    f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_SHEET}.sheet.main+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_SHEET}.worksheet+xml"/>'
    f'<Override PartName="/xl/styles.xml" ContentType="{_SHEET}.styles+xml"/></Types>'
)
_WORKBOOK: Final = (
    f'<workbook {_MAIN} xmlns:r="{_OFFICE}"><sheets>'
    '<sheet name="新旧対照表" sheetId="1" r:id="rId1"/></sheets><definedNames>'
    '<definedName name="_xlnm.Print_Titles" localSheetId="0">新旧対照表!$2:$2</definedName>'
    "</definedNames></workbook>"
)
_TITLED, _HEADED, _PLAIN = 1, 2, 3
"""The styles of cells."""
_FONT: Final = '<name val="游明朝"/><family val="1"/><charset val="128"/>'
_EDGES: Final = "".join(
    f'<{side} style="thin"><color auto="1"/></{side}>'
    for side in ("left", "right", "top", "bottom")
)
_DEEPEST: Final = 3
"""Levels by which texts are indented, as in the document."""
_TEXT: Final = (
    '<xf numFmtId="49" fontId="0" fillId="0" borderId="1" xfId="0" applyAlignment="1">'
    '<alignment horizontal="left" vertical="top" wrapText="1" indent="{depth}"/></xf>'
)
# The styles of cells: 0 of the sheet, 1 the title's, 2 the heads', then the rest's by depth.
_STYLES: Final = (
    f'<styleSheet {_MAIN}><fonts count="2"><font><sz val="10.5"/>{_FONT}</font>'
    f'<font><sz val="14"/>{_FONT}</font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="2"><border><left/><right/><top/><bottom/><diagonal/></border>'
    f"<border>{_EDGES}<diagonal/></border></borders>"
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    f'<cellXfs count="{4 + _DEEPEST}">'
    '<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="49" fontId="1" fillId="0" borderId="0" xfId="0" applyAlignment="1">'
    '<alignment horizontal="center"/></xf>'
    '<xf numFmtId="49" fontId="0" fillId="0" borderId="1" xfId="0" applyAlignment="1">'
    '<alignment horizontal="center"/></xf>'
    f"{''.join(_TEXT.format(depth=depth) for depth in range(_DEEPEST + 1))}</cellXfs></styleSheet>"
)
_LONGEST: Final = 32_000
"""Characters of a cell; a spreadsheet holds 32,767."""
_COLUMNS: Final = (58, 58, 16)
"""Half-width characters on a line of each column, a little less than they are wide."""

_LINE: Final = 16.5
"""Height of a line in points."""

_TALLEST: Final = 409
"""Points of the tallest row that spreadsheets have."""

_CUT: Final = "（以下略）"


def changes(view: Comparison) -> bytes:
    """The workbook, of one sheet."""
    return package(
        {
            "[Content_Types].xml": _TYPES,
            "_rels/.rels": _relations(("officeDocument", "xl/workbook.xml")),
            "xl/workbook.xml": _WORKBOOK,
            "xl/_rels/workbook.xml.rels": _relations(
                ("worksheet", "worksheets/sheet1.xml"), ("styles", "styles.xml")
            ),
            "xl/styles.xml": _STYLES,
            "xl/worksheets/sheet1.xml": _sheet(view),
        }
    )


def _relations(*targets: tuple[str, str]) -> str:
    told = "".join(
        f'<Relationship Id="rId{number}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, start=1)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{told}</Relationships>'


def _sheet(view: Comparison) -> str:
    heads = headings(view)
    lines = [_cells(1, [((Run(title(view)),),)], _TITLED)]
    lines.append(_cells(2, [((Run(head),),) for head in heads], _HEADED))
    lines += [
        _cells(number, _sides(view, row), _PLAIN, min(row.depth, _DEEPEST))
        for number, row in enumerate(rows(view), start=3)
    ]
    last = "ABC"[len(heads) - 1]
    return (
        f'<worksheet {_MAIN}><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><sheetViews>'
        '<sheetView workbookViewId="0"><pane ySplit="2" topLeftCell="A3" activePane="bottomLeft" '
        'state="frozen"/></sheetView></sheetViews><cols>'
        '<col min="1" max="2" width="60" customWidth="1"/>'
        '<col min="3" max="3" width="18" customWidth="1"/></cols>'
        f"<sheetData>{''.join(lines)}</sheetData>"
        f'<mergeCells count="1"><mergeCell ref="A1:{last}1"/></mergeCells>'
        '<pageMargins left="0.6" right="0.6" top="0.6" bottom="0.6" header="0.3" footer="0.3"/>'
        '<pageSetup paperSize="9" orientation="landscape" fitToWidth="1" fitToHeight="0"/>'
        "</worksheet>"
    )


def _sides(view: Comparison, row: Row) -> list[Cell]:
    told = [row.old, row.new] if view.layout.old_first else [row.new, row.old]
    return [*told, ((Run(row.remark),),)] if view.layout.remarks else told


def _cells(number: int, cells: Sequence[Cell], style: int, depth: int = 0) -> str:
    """A row; the cells of both sides are indented by ``depth``, that of the remark is not."""
    told = "".join(
        f'<c r="{letter}{number}" s="{style + (depth if letter < "C" else 0)}" t="inlineStr">'
        f"<is>{_runs(cell)}</is></c>"
        for letter, cell in zip("ABC", cells, strict=False)
    )
    columns = (_COLUMNS[0] - 2 * depth, _COLUMNS[1] - 2 * depth, _COLUMNS[2])
    height = min(_LINE * max(map(_lines, cells, columns)) + 4, _TALLEST)
    return f'<row r="{number}" ht="{height:g}" customHeight="1">{told}</row>'


def _lines(cell: Cell, columns: int) -> int:
    """How many lines a cell takes, as far as can be told without its font."""
    widths = (width_of("".join(run.text for run in line)) for line in cell)
    return sum(max(-(-width // columns), 1) for width in widths)


def _runs(cell: Cell) -> str:
    """The runs of all lines, each line after the first begun by a break."""
    told: list[str] = []
    left = _LONGEST
    for place, line in enumerate(cell):
        if place:
            told.append(_run("\n"))
        for run in line:
            text = xml_text(run.text)
            left -= len(text) + 1
            if left < 0:
                return "".join([*told, _run(_CUT)])
            if text:
                told.append(_run(text, marked=run.marked))
    return "".join(told) or "<t/>"


def _run(text: str, *, marked: bool = False) -> str:
    underlined = "<u/>" if marked else ""
    return (
        f'<r><rPr><rFont val="游明朝"/><sz val="10.5"/>{underlined}</rPr>'
        f'<t xml:space="preserve">{text}</t></r>'
    )
