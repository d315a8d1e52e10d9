"""Lays out ``forms/proposals.toml`` as the list may be published: text, XLSX, CSV, PDF.

Run by hand, with chromium and the fonts installed (fonts-ipafont, fonts-vlgothic), it makes the
PDFs of the folder ``forms``, and the samples of the contract::

    PYTHONPATH=tests/fixtures/pdf python plugins/kadoma/tests/kadoma_layout.py
"""

import csv
import html
import io
import pathlib
import sys
import tomllib
from typing import Any, Final

from attrs import frozen
from openpyxl import Workbook
from paper import print_page

__all__ = ["LOOKS", "Look", "Part", "as_csv", "as_text", "as_xlsx", "parts", "path_of"]

_HERE: Final = pathlib.Path(__file__).parent
_FOLDER: Final = _HERE / "forms"
_HEADS: Final = ("番号", "事業名", "所属名", "種別", "事業開始年度", "事業概要")
_ERAS: Final = {0: "", 2015: "H27", 2018: "H30", 2019: "R元"}


@frozen
class Look:
    """How an edition is printed."""

    name: str
    year: str
    paper: str
    font: str
    size: str
    breaks: str
    """Whether a page's end may cut a row: ``auto`` or ``avoid``."""
    widths: tuple[int, ...]
    order: tuple[int, ...] = (0, 1, 2, 3, 4, 5)
    """The columns from left to right."""
    every: int = 1
    """Which of the rows are printed: each, every second …"""
    again: bool = False
    """Whether the header stands on every page."""


LOOKS: Final = (
    Look("landscape", "令和7年度", "A4 landscape", "VL PGothic", "10pt", "avoid",
         (6, 22, 14, 12, 12, 34)),
    Look("narrow", "令和８年度", "A4", "IPAMincho", "10pt", "auto",
         (7, 20, 15, 13, 13, 32), again=True),
    Look("small", "令和10年度", "A5", "VL PGothic", "9pt", "avoid",
         (8, 18, 16, 14, 12, 32), every=2),
    Look("turned", "令和9年度", "A4 landscape", "IPAMincho", "12pt", "auto",
         (8, 22, 12, 34, 12, 12), order=(0, 1, 3, 5, 2, 4), again=True),
)  # fmt: skip


@frozen
class Part:
    """A bureau's table."""

    section: str
    bureau: str
    rows: tuple[tuple[str, ...], ...]


def parts(look: Look) -> tuple[Part, ...]:
    """What the list of that look holds: the cells of each row in the order of its columns."""
    data = tomllib.loads((_FOLDER / "proposals.toml").read_text(encoding="utf-8"))
    return tuple(_part(part, look) for part in data["parts"])


def _part(part: dict[str, Any], look: Look) -> Part:
    rows = [
        (str(number), title, owners, kind, _era(year), text)
        for number, (title, owners, kind, year, text) in enumerate(part["rows"][:: look.every], 1)
    ]
    return Part(
        section=f"【{part['section']}】",
        bureau=part["bureau"],
        rows=tuple(tuple(row[column] for column in look.order) for row in rows),
    )


def _era(year: int) -> str:
    return _ERAS.get(year, f"R {year - 2018}")


def heads(look: Look) -> tuple[str, ...]:
    """The header words in the order of the columns."""
    return tuple(_HEADS[column] for column in look.order)


def _lines(look: Look) -> list[tuple[str, ...]]:
    """All lines: titles and headings of one cell, rows of six."""
    lines: list[tuple[str, ...]] = [(f"{look.year}事業提案一覧表",), ()]
    section = ""
    for part in parts(look):
        if part.section != section:
            lines += [(part.section,), ()]
            section = part.section
        lines += [(part.bureau,), (), heads(look), *part.rows, ()]
    return lines


def as_text(look: Look) -> bytes:
    """The list as text that was taken out of a document: a cell is one line."""
    lines = ["\t".join(" ".join(cell.split("\n")) for cell in line) for line in _lines(look)]
    return "\n".join(lines).encode()


def as_csv(look: Look) -> bytes:
    """The list as an office exports it: cp932, CRLF, rows of equal length."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\r\n")
    for line in _lines(look):
        writer.writerow((*line, *[""] * (len(_HEADS) - len(line))))
    return stream.getvalue().encode("cp932")


def as_xlsx(look: Look) -> bytes:
    """The list as a sheet: the title over all columns, numbers as numbers."""
    book = Workbook()
    sheet = book.active
    sheet.title = "一覧"
    for number, line in enumerate(_lines(look), 1):
        for column, text in enumerate(line, 1):
            told = int(text) if text.isdigit() else text or None
            sheet.cell(row=number, column=column, value=told)
    sheet.merge_cells(start_row=1, end_row=1, start_column=1, end_column=len(_HEADS))
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def as_page(look: Look) -> str:
    """The list as a web page to be printed."""
    lines = [
        (
            "<!doctype html><html lang=ja><meta charset=utf-8><title>list</title><style>"
            f"@page {{size: {look.paper}; margin: 15mm}} body {{font: {look.size} '{look.font}'}}"
            "table {border-collapse: collapse; table-layout: fixed; width: 100%; margin: 2mm 0}"
            "td {border: 0.5pt solid #000; padding: 1mm; overflow-wrap: anywhere}"
            f"tr {{break-inside: {look.breaks}}} h1 {{font-size: 14pt; text-align: center}}"
            f"thead {{display: {'table-header-group' if look.again else 'table-row-group'}}}"
            "p {break-after: avoid} thead tr {break-after: avoid}</style>"
            f"<h1>{look.year}事業提案一覧表</h1>"
        )
    ]
    section = ""
    for part in parts(look):
        if part.section != section:
            section = part.section
            lines.append(f"<p>{section}</p>")
        columns = "".join(f"<col style='width:{width}%'>" for width in look.widths)
        body = "".join(map(_row, part.rows))
        lines.append(
            f"<p>{part.bureau}</p><table><colgroup>{columns}</colgroup>"
            f"<thead>{_row(heads(look))}</thead><tbody>{body}</tbody></table>"
        )
    return "".join(lines)


def _row(cells: tuple[str, ...]) -> str:
    told = (html.escape(cell).replace("\n", "<br>") for cell in cells)
    return "<tr>" + "".join(f"<td>{cell}</td>" for cell in told) + "</tr>"


def path_of(look: Look) -> pathlib.Path:
    """Where the list's PDF is."""
    return _FOLDER / f"{look.name}.pdf"


def make_pdf(look: Look) -> pathlib.Path:
    """Print the list."""
    target = path_of(look)
    print_page(as_page(look), target)
    return target


def main() -> None:
    """Make the files that are committed."""
    for look in LOOKS:
        target = make_pdf(look)
        sys.stdout.write(f"{target.name} {target.stat().st_size}\n")
    first, short = LOOKS[0], LOOKS[2]
    samples = _HERE / "samples"
    (samples / "proposals.xlsx").write_bytes(as_xlsx(first))
    (samples / "proposals.csv").write_bytes(as_csv(first))
    (samples / "proposals.pdf").write_bytes(path_of(short).read_bytes())


if __name__ == "__main__":
    main()
