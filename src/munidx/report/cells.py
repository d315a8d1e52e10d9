"""Cells of CSV files that people open with a spreadsheet: text in them is text, never a formula."""

import csv
import io
import re
from collections.abc import Iterable
from typing import Final

from munidx.report.terminal import harmless

__all__ = ["NUMBER", "cell", "table"]

NUMBER: Final = re.compile(r"-?\d{1,60}(?:\.\d{1,60})?", re.ASCII)
"""A plain number, which a spreadsheet may calculate with."""

_FORMULA: Final = tuple("=+-@＝＋－＠|%\t\r\n")
"""What a spreadsheet may take a cell for a formula by; some fold full-width signs."""


def cell(text: str) -> str:
    """``text`` on one line, marked as text where a spreadsheet would take it for a formula.

    >>> cell("=1+1"), cell("-5"), cell("申請"), cell("%")
    ("'=1+1", '-5', '申請', '%')
    """
    plain = harmless(text)
    if plain == "%":  # a unit, and no formula by itself
        return plain
    if plain.lstrip().startswith(_FORMULA) and not NUMBER.fullmatch(plain):
        return f"'{plain}"
    return plain


def table(heads: Iterable[str], rows: Iterable[Iterable[str]]) -> bytes:
    """A CSV file (RFC 4180) in UTF-8, with the mark by which spreadsheets know it as such."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(heads)
    writer.writerows([cell(value) for value in row] for row in rows)
    return text.getvalue().encode("utf-8-sig", "backslashreplace")
