"""The adapter of 四條畷市: recognises its DX plan with the action plan, and reads it."""

import re
from typing import Final

from munidx.adapters import Adapter, Publication, Reading, Recognition, hookimpl
from munidx.japanese.characters import compact
from munidx_shijonawate.outline import read_outline
from munidx_shijonawate.plan import make_plan

__all__ = ["ShijonawateAdapter", "munidx_adapter"]

_EVIDENCE: Final = (
    ("the city's DX plan", 0.35, re.compile(r"四[條条]畷市(?:第\d{1,2}[次期])?DX推進計画")),
    ("なわて… action plan", 0.15, re.compile(r"なわて.{0,8}アクションプラン")),
    ("goals 基本目標(n)", 0.1, re.compile(r"基本目標\(?\d{1,2}\)?")),
    ("key measures (n)-n", 0.1, re.compile(r"\(\d{1,2}\)-\d{1,2}")),
    ("column 取組事業", 0.1, re.compile(r"取組事業")),
    ("column 事業区分", 0.1, re.compile(r"事業区分")),
    ("column 達成目標(KGI)", 0.1, re.compile(r"達成目標\(KGI\)")),
)


class ShijonawateAdapter:
    """Reads 四條畷市DX推進計画 as text, as HTML and as a PDF."""

    def recognise(self, document: Publication) -> Recognition:
        """Score the form's own words; the city's name alone is not enough."""
        text = compact(document.text())
        met = [(told, weight) for told, weight, words in _EVIDENCE if words.search(text)]
        missed = [told for told, _, words in _EVIDENCE if not words.search(text)]
        return Recognition(
            score=round(sum(weight for _, weight in met), 2),
            reasons=(*(told for told, _ in met), *(f"missing: {told}" for told in missed)),
        )

    def read(self, document: Publication) -> Reading:
        """Read the one plan that the document holds."""
        outline = read_outline(document)
        plan = make_plan(outline, document)
        return Reading(
            plans=(plan,) if plan else (),
            findings=tuple(outline.findings),
            leftovers=tuple(outline.leftovers),
        )


@hookimpl
def munidx_adapter() -> Adapter:
    """The adapter of this city."""
    return ShijonawateAdapter()
