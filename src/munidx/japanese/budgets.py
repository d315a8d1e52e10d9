"""Budget codes 款-項-目: chapter, section and item of a municipal budget.

Source: 地方自治法施行規則第15条 and its 別記 (the kinds of 款, 項 and 目); cities print the three
numbers with two digits each, apart by spaces, dashes or nothing but the columns of a table.
"""

import re
from typing import Final

from munidx.japanese.characters import align

__all__ = ["find_budget_codes", "parse_budget_code"]

_NUMBER: Final = r"[0-9]{1,3}"
_CODE: Final = re.compile(
    rf"(?P<kan>{_NUMBER})\s?款\s?(?P<kou>{_NUMBER})\s?項\s?(?P<moku>{_NUMBER})\s?目"
    rf"|(?<![0-9.,/-])(?P<first>{_NUMBER})(?P<sign>\s{{1,3}}|\s?[-/.・]\s?)(?P<second>{_NUMBER})"
    rf"(?P=sign)(?P<third>{_NUMBER})(?![0-9.,/-])"
)


def parse_budget_code(text: str) -> str:
    """The code that ``text`` is, as ``02-01-03``; ``""`` where it is none.

    >>> parse_budget_code("02 01 03"), parse_budget_code("２-１-３"), parse_budget_code("2-1")
    ('02-01-03', '02-01-03', '')
    """
    found = _CODE.fullmatch(align(text.strip()).text)
    return _format(found) if found else ""


def find_budget_codes(text: str) -> tuple[tuple[int, int, str], ...]:
    """The codes of ``text`` as start, end (in ``text``) and the code as ``02-01-03``.

    Only numbers of two digits each, or with 款, 項 and 目 beside them, are taken out of a
    longer text: ``1-2-3`` may be anything there.
    """
    aligned = align(text)
    codes = []
    for found in _CODE.finditer(aligned.text):
        printed = (found["first"], found["second"], found["third"])
        if found["kan"] or all(part and len(part) == 2 for part in printed):  # noqa: PLR2004
            start, end = aligned.span(*found.span())
            codes.append((start, end, _format(found)))
    return tuple(codes)


def _format(found: re.Match[str]) -> str:
    parts = (
        found["kan"] or found["first"],
        found["kou"] or found["second"],
        found["moku"] or found["third"],
    )
    return "-".join(f"{int(part):02}" for part in parts)
