"""The 新旧対照表 as a page that prints on A4 landscape; it asks no network for anything."""

import base64
import hashlib
from typing import Final

from munidx.report.comparison import Comparison
from munidx.report.markup import markup_text
from munidx.report.taishohyo import Cell, Row, headings, rows, title

__all__ = ["changes"]

_STYLE: Final = """
@page { size: A4 landscape; margin: 15mm; }
body { margin: 1.5rem auto; max-width: 267mm; padding: 0 1rem; background: #fff; color: #000;
  font: 10.5pt/1.6 "Hiragino Mincho ProN", "Yu Mincho", "BIZ UDMincho", "Noto Serif CJK JP",
  "Noto Serif JP", serif; line-break: strict; overflow-wrap: anywhere; }
h1 { font-size: 14pt; font-weight: normal; text-align: center; margin: 0 0 1em; }
table { border-collapse: collapse; width: 100%; table-layout: fixed; }
th, td { border: .5pt solid #000; padding: 1.5mm 2mm; vertical-align: top; text-align: left; }
th { font-weight: normal; text-align: center; }
th.remark { width: 28mm; }
td p { margin: 0; text-indent: -1em; padding-left: 1em; white-space: pre-wrap; }
td.d1 p { padding-left: 2em; } td.d2 p { padding-left: 3em; } td.d3 p { padding-left: 4em; }
td.remark { font-size: 9pt; }
u { text-underline-offset: .2em; }
thead { display: table-header-group; }
tr { break-inside: avoid-page; }
tr.long { break-inside: auto; }
@media print { body { margin: 0; max-width: none; padding: 0; } }
"""
_DEEPEST: Final = 3
_LONG: Final = 400
"""Characters of a side, a blank rest of a line among them, from which on a row may go over to
the next sheet: kept whole, it would leave most of one empty."""
_LINE: Final = 26


def changes(view: Comparison) -> str:
    """The page."""
    digest = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
    name = markup_text(title(view))
    heads = [
        f'<th scope="col"{" class=remark" if place > 1 else ""}>{head}</th>'
        for place, head in enumerate(headings(view))
    ]
    body = [_row(view, row) for row in rows(view)]
    if not body:
        body = [f'<tr><td colspan="{len(heads)}"><p>変更なし</p></td></tr>']
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'"
    return "\n".join(
        [
            "<!DOCTYPE html>",
            '<html lang="ja"><head><meta charset="utf-8">',
            f'<meta http-equiv="Content-Security-Policy" content="{policy}">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<title>{name}</title><style>{_STYLE}</style></head>",
            f"<body><h1>{name}</h1>",
            f"<table><thead><tr>{''.join(heads)}</tr></thead><tbody>",
            *body,
            "</tbody></table></body></html>",
            "",
        ]
    )


def _row(view: Comparison, row: Row) -> str:
    sides = (row.old, row.new) if view.layout.old_first else (row.new, row.old)
    deep = f' class="d{min(row.depth, _DEEPEST)}"' if row.depth else ""
    cells = [f"<td{deep}>{_cell(side)}</td>" for side in sides]
    if view.layout.remarks:
        cells.append(f'<td class="remark">{markup_text(row.remark)}</td>')
    long = ' class="long"' if max(map(_length, sides)) > _LONG else ""
    return f"<tr{long}>{''.join(cells)}</tr>"


def _length(cell: Cell) -> int:
    return sum(max(sum(len(run.text) for run in line), _LINE) for line in cell)


def _cell(cell: Cell) -> str:
    lines = (
        "".join(
            f"<u>{markup_text(run.text)}</u>" if run.marked else markup_text(run.text)
            for run in line
            if run.text
        )
        for line in cell
    )
    return "".join(f"<p>{line}</p>" for line in lines)
