"""References to the upper plans: pairs of code and title, in cells of their own or in one.

``5-2- (1)`` is the code ``5-2-(1)`` of the 総合計画, ``26`` one of the 基本政策. Which plan it
is, the label above says. Both may be printed twice, as a table in a cell and as rows.
"""

import re
import unicodedata
from collections.abc import Iterable
from itertools import pairwise
from typing import Final

from attrs import field, frozen

from munidx.document import Block, Cell, Table
from munidx.errors import SourceError
from munidx.japanese.characters import compact
from munidx.model import Reference, Relation
from munidx.place import merge_sources
from munidx.readers.html import fragment

__all__ = ["LABELS", "Pair", "is_code", "label_of", "pairs_of", "to_reference"]

LABELS: Final = {"総合計画": Relation.IMPLEMENTS, "基本政策": Relation.RELATED}
"""The plans that a goal names, and how it stands to each."""

_OPENING: Final = 100  # characters in which a label stands, tags included
_LONGEST: Final = 90  # characters of a title
_STEP: Final = r"[0-9]{1,2}"
_LONG_CODE: Final = rf"{_STEP}(?:\s?-\s?{_STEP}){{0,3}}\s?-\s?\(\s?{_STEP}\s?\)"
_CODE: Final = re.compile(
    rf"(?P<code>{_LONG_CODE}|[0-9]{{1,3}}(?=\s|$))\s*(?P<title>.*)", re.DOTALL
)
_NEXT: Final = re.compile(rf"(?<=\s)(?={_LONG_CODE})")
_POINT: Final = re.compile(r"(?:^|\s)[(（][0-9０-９]{1,2}[)）]|^[・*]")


@frozen(kw_only=True)
class Pair:
    """A code and its title, with the cells that hold them."""

    code: str
    title: str
    cells: tuple[Cell, ...] = field(eq=False)

    @property
    def key(self) -> tuple[str, str]:
        """What tells it from another one, white space aside."""
        return self.code, compact(self.title)


def label_of(cell: Cell) -> tuple[str, str]:
    """The plan that ``cell`` names at its beginning, and the text behind it, line by line."""
    if not any(word in compact(cell.text[:_OPENING]) for word in LABELS):
        return "", ""
    lines = _texts(cell)
    if not lines:
        return "", ""
    first = compact(lines[0])
    for word in LABELS:
        if first == word:
            return word, "\n".join(lines[1:])
        rest = lines[0].strip()[len(word) :].strip()
        if lines[0].strip().startswith(word) and _CODE.match(_plain(rest)):
            return word, "\n".join([rest, *lines[1:]])
    return "", ""


def is_code(cell: Cell) -> bool:
    """Whether ``cell`` holds a code and nothing else."""
    found = _CODE.fullmatch(_plain(cell.text).strip()) if len(cell.text) <= _LONGEST else None
    return found is not None and not found["title"]


def pairs_of(cells: Iterable[tuple[Cell, str | None]]) -> tuple[list[Pair], list[Cell]]:
    """The pairs in ``cells``, and the cells that make none.

    Each cell comes with the text to read of it; None is its own.
    """
    pairs: list[Pair] = []
    astray: list[Cell] = []
    code: tuple[str, Cell] | None = None
    for cell, given in cells:
        lines = _texts(cell) if given is None else given.split("\n")
        for line in (part for text in lines for part in _split(text)):
            found = _CODE.fullmatch(_plain(line).strip())
            if found and (code is None or not found["title"]):
                if code:
                    astray.append(code[1])
                code = None
                plain = re.sub(r"\s+", "", found["code"])
                if found["title"]:
                    title = _title(line, found)
                    pairs.append(Pair(code=plain, title=title, cells=(cell,)))
                else:
                    code = (plain, cell)
            elif code and len(line) <= _LONGEST and "<" not in line and not _POINT.search(line):
                both = (code[1],) if code[1] is cell else (code[1], cell)
                pairs.append(Pair(code=code[0], title=line.strip(), cells=both))
                code = None
            else:
                astray.append(cell)
    if code:
        astray.append(code[1])
    return pairs, astray


def to_reference(pair: Pair, plan: str, label: Cell | None) -> Reference:
    """The reference; the plan is inferred from the code's form where no label stands above."""
    cells = (*((label,) if label else ()), *pair.cells)
    return Reference(
        relation=LABELS.get(plan),
        plan=plan,
        code=pair.code,
        title=pair.title,
        source=merge_sources(str(cell.place) for cell in cells),
        inferred=("relation",) if label else ("relation", "plan"),
    )


def _split(text: str) -> list[str]:
    """A line that holds several pairs, cut before each code of the long form."""
    plain = _plain(text)
    if len(plain) != len(text):
        return [text] if text.strip() else []
    cuts = [0, *(found.start() for found in _NEXT.finditer(plain)), len(text)]
    parts = [text[first:last] for first, last in pairwise(cuts)]
    return [part for part in parts if part.strip()]


def _title(line: str, found: re.Match[str]) -> str:
    """The title as published; normalising may have changed the code's length, not its words."""
    stripped = line.strip()
    wanted = compact(found["title"])
    for start in range(min(len(stripped), _LONGEST)):
        if compact(stripped[start:]) == wanted:
            return stripped[start:].strip()
    return found["title"].strip()


def _plain(text: str) -> str:
    text = unicodedata.normalize("NFKC", text)
    return re.sub("[‐‑‒–—―−ー－]", "-", text) if re.match(r"\s*[0-9]", text) else text


def _texts(cell: Cell) -> list[str]:
    if "<" not in cell.text:
        # A table within the cell of a page has a line for each row, with tabs.
        return [line for line in re.split(r"[\n\t]", cell.text) if line.strip()]
    texts: list[str] = []
    try:
        blocks = fragment(cell.text, place=cell.place)
    except SourceError:
        return []  # whoever reads the cell reports it
    for block in blocks:
        if isinstance(block, Block):
            texts += block.text.split("\n")
        elif isinstance(block, Table):
            texts += [inner.text for row in block.rows for inner in row.cells]
    return [text for text in texts if text.strip()]
