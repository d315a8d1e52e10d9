"""How long the PDF reader takes, beside pypdfium2's bare text and boxes, and pdfplumber.

Reads the PDFs of tests/fixtures/pdf (made by Chromium and LibreOffice), or those named as
arguments. Bare is: each page's text, and the loose box of each of its letters, as pypdfium2's own
interface gives them. What the reader may take: 1.3 times that, and 15 ms a page. pdfplumber
extracts the tables of the same pages. Prints the median of the runs, in milliseconds of processor
time, and how many of the tables' cells each of the two reads, where the true cells are known: of
munidx the place, the spans and each sign of the text count, of pdfplumber, which tells no spans,
the text without its white space. Ends with 1 where a bound is missed.

``python tests/fixtures/pdf/make.py --all DIR`` makes every form by every maker in every font;
``python benchmarks/pdf.py DIR/*.pdf`` then measures those.
"""

import json
import logging
import pathlib
import re
import statistics
import sys
import time
from collections import Counter
from collections.abc import Callable
from typing import Any, Final

import pdfplumber
import pypdfium2
from attrs import define

from munidx.document import Source, Table
from munidx.readers import read_source

FOLDER: Final = pathlib.Path(__file__).parents[1] / "tests" / "fixtures" / "pdf"
RUNS: Final = 7
ALLOWED: Final = 1.3, 15.0
"""Times of bare text and boxes, and milliseconds a page."""
LEAST: Final = 0.995


def bare(data: bytes) -> int:
    """Text and boxes, nothing made of them; the number of pages."""
    document = pypdfium2.PdfDocument(data)
    for page in document:
        text = page.get_textpage()
        text.get_text_range()
        for number in range(text.count_chars()):
            text.get_charbox(number, loose=True)
    pages = len(document)
    document.close()
    return pages


def peer(path: pathlib.Path) -> list[str]:
    """The texts of the cells that pdfplumber reads."""
    with pdfplumber.open(path) as document:
        return [
            cell or ""
            for page in document.pages
            for table in page.extract_tables()
            for row in table
            for cell in row
            if cell is not None
        ]


def ours(path: pathlib.Path) -> list[Counter[tuple[object, ...]]]:
    """The cells of each table that munidx reads: row, column, rows, columns, text."""
    publication = read_source(Source(path.name, path.read_bytes()))
    tables = (block for block in publication.blocks if isinstance(block, Table))
    return [
        Counter(
            (number, cell.column, cell.rowspan, cell.colspan, cell.text)
            for number, row in enumerate(table.rows)
            for cell in row.cells
        )
        for table in tables
    ]


def exact(tables: list[Counter[tuple[object, ...]]], true: list[list[list[object]]]) -> int:
    """How many of the true cells are read exactly: place, spans and every sign of the text."""
    return sum(
        (read & Counter(map(tuple, cells))).total()
        for read, cells in zip(tables, true, strict=False)
    )


def alike(cells: list[str], true: list[str]) -> int:
    """How many of the true texts are among ``cells``, white space aside."""
    left = Counter(re.sub(r"\s", "", cell) for cell in cells)
    return (left & Counter(re.sub(r"\s", "", cell) for cell in true)).total()


def median(run: Callable[[], object]) -> float:
    """The median processor time of a run, in milliseconds."""
    times = []
    for _ in range(RUNS):
        start = time.process_time()
        run()
        times.append(time.process_time() - start)
    return statistics.median(times) * 1000


@define
class Tally:
    """What all files come to."""

    late: int = 0
    cells: int = 0
    exact: int = 0
    alike: int = 0

    def add(self, path: pathlib.Path, true: list[list[list[object]]]) -> str:
        """The line of one file."""
        data = path.read_bytes()
        pages = bare(data)
        least, taken = median(lambda: bare(data)), median(lambda: ours(path))
        other = median(lambda: peer(path))
        allowed = ALLOWED[0] * least + ALLOWED[1] * pages
        self.late += taken > allowed
        line = f"{path.name[:30]:30} {pages:5} {least:7.1f} {taken:7.1f} {taken / allowed:13.0%} "
        line += f"{other:11.1f} {other / taken:12.1f}"
        if not true:
            return line
        texts = [str(cell[4]) for table in true for cell in table]
        right, theirs = exact(ours(path), true), alike(peer(path), texts)
        self.cells += len(texts)
        self.exact += right
        self.alike += theirs
        return line + f"  {right} and {theirs} of {len(texts)}"


def main(arguments: list[str]) -> int:
    """Print a line for each file and what all come to; 1 where a bound is missed."""
    logging.disable(logging.WARNING)  # pdfplumber's parser warns of fonts
    paths = [pathlib.Path(each) for each in arguments] or sorted(FOLDER.glob("*.pdf"))
    truth: dict[str, Any] = json.loads((FOLDER / "cells.json").read_text(encoding="utf-8"))
    print(f"{'file':30} {'pages':>5} {'bare':>7} {'munidx':>7} {'of what it may':>14} "
          f"{'pdfplumber':>11} {'times munidx':>12}  cells exact: munidx, pdfplumber")  # fmt: skip
    tally = Tally()
    for path in paths:
        known = truth.get(path.name.split("-")[0], {})
        print(tally.add(path, known.get("tables", [])), flush=True)
    share = tally.exact / tally.cells if tally.cells else 1.0
    print(f"\ncells exact, spans and all: {share:.2%} of {tally.cells} (bound {LEAST:.1%})")
    if tally.cells:
        print(f"texts that pdfplumber reads, spans and white space aside: "
              f"{tally.alike / tally.cells:.2%}")  # fmt: skip
    print(f"files over {ALLOWED[0]} times bare and {ALLOWED[1]:.0f} ms a page: {tally.late} "
          f"of {len(paths)} (bound 0)")  # fmt: skip
    return 1 if tally.late or share < LEAST else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
