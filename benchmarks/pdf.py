"""How long the PDF reader takes, beside pypdfium2's bare text and boxes, and pdfplumber.

Reads the PDFs of tests/fixtures/pdf (made by Chromium and LibreOffice), or those named as
arguments. Bare is: each page's text, and the loose box of each of its letters, as pypdfium2's own
interface gives them. What the reader may take: 1.3 times that, and 15 ms a page. pdfplumber
extracts the tables of the same pages. Prints the median of the runs, in milliseconds of processor
time, and how many of the tables' cells each of the two reads exactly, white space aside, where the
true cells are known.
"""

import json
import logging
import pathlib
import re
import statistics
import sys
import time
from collections.abc import Callable
from typing import Any, Final

import pdfplumber
import pypdfium2

from munidx.document import Source, Table
from munidx.readers import read_source

FOLDER: Final = pathlib.Path(__file__).parents[1] / "tests" / "fixtures" / "pdf"
RUNS: Final = 7
ALLOWED: Final = 1.3, 15.0


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
    """The cells that pdfplumber reads."""
    with pdfplumber.open(path) as document:
        return [
            cell or ""
            for page in document.pages
            for table in page.extract_tables()
            for row in table
            for cell in row
            if cell is not None
        ]


def ours(path: pathlib.Path) -> list[str]:
    """The cells that munidx reads."""
    publication = read_source(Source(path.name, path.read_bytes()))
    return [
        cell.text
        for block in publication.blocks
        if isinstance(block, Table)
        for row in block.rows
        for cell in row.cells
    ]


def exact(cells: list[str], true: list[str]) -> int:
    """How many of the ``true`` cells are among ``cells``."""
    left = [re.sub(r"\s", "", cell) for cell in cells]
    found = 0
    for cell in true:
        plain = re.sub(r"\s", "", cell)
        if plain in left:
            left.remove(plain)
            found += 1
    return found


def median(run: Callable[[], object]) -> float:
    """The median processor time of a run, in milliseconds."""
    times = []
    for _ in range(RUNS):
        start = time.process_time()
        run()
        times.append(time.process_time() - start)
    return statistics.median(times) * 1000


def main(arguments: list[str]) -> int:
    """Print a line for each file; 1 where one takes longer than it may."""
    logging.disable(logging.WARNING)  # pdfplumber's parser warns of fonts
    paths = [pathlib.Path(each) for each in arguments] or sorted(FOLDER.glob("*.pdf"))
    truth: dict[str, Any] = json.loads((FOLDER / "cells.json").read_text(encoding="utf-8"))
    print(f"{'file':30} {'pages':>5} {'bare':>7} {'munidx':>7} {'of what it may':>14} "
          f"{'pdfplumber':>11} {'times munidx':>12}  cells exact: munidx, pdfplumber")  # fmt: skip
    late = 0
    for path in paths:
        data = path.read_bytes()
        pages = bare(data)
        least, taken = median(lambda: bare(data)), median(lambda: ours(path))  # noqa: B023
        other = median(lambda: peer(path))  # noqa: B023
        allowed = ALLOWED[0] * least + ALLOWED[1] * pages
        late += taken > allowed
        line = f"{path.name[:30]:30} {pages:5} {least:7.1f} {taken:7.1f} {taken / allowed:13.0%} "
        line += f"{other:11.1f} {other / taken:12.1f}"
        known = truth.get(path.name.split("-")[0])
        if known:
            true = [cell[4] for table in known["tables"] for cell in table]
            line += f"  {exact(ours(path), true)} and {exact(peer(path), true)} of {len(true)}"
        print(line, flush=True)
    return 1 if late else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
