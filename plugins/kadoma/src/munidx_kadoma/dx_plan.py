"""DX推進計画: goals, priority items, their schedule, and the narrative around them.

The form, page by page: a title, the contents, chapters with headings ``1``, ``(1)`` and ``①``,
goals (基本目標), a chapter for each goal with its priority items (重点取組事項), a schedule by
fiscal year, a glossary, the imprint.
"""

import re
from typing import Final

from munidx.adapters import Publication, Reading, Recognition
from munidx.document import Block
from munidx.japanese.characters import compact
from munidx_kadoma.assembly import make_plan
from munidx_kadoma.chapters import walk_through
from munidx_kadoma.words import TITLE, label_of

__all__ = ["read", "recognise"]

_LONGEST: Final = 200
_CITY: Final = re.compile(r"門真市")


def recognise(document: Publication) -> Recognition:
    """Score by the title with the city's name, and by the labels of the priority items."""
    reasons: list[str] = []
    for line in document.lines():
        if not isinstance(line, Block) or len(line.text) > _LONGEST:
            continue
        plain = compact(line.text)
        if TITLE.fullmatch(plain) and _CITY.search(plain):
            reasons.append("title")
        elif label_of(plain) in ("actions", "target"):
            reasons.append("labels")
    score = 0.6 * ("title" in reasons) + 0.35 * ("labels" in reasons)
    return Recognition(score=score, reasons=tuple(dict.fromkeys(reasons)))


def read(document: Publication) -> Reading:
    """Read the document into a plan of kind ``sectoral``."""
    outline = walk_through(list(document.lines()))
    plan = make_plan(outline)
    return Reading(
        plans=(plan,), findings=tuple(outline.findings), leftovers=tuple(outline.leftovers)
    )
