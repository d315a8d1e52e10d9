"""豊中市: 部局長の目標, the goals of a bureau and what came of them."""

from munidx.adapters import Adapter, Publication, Reading, Recognition, hookimpl
from munidx.document import Row
from munidx.japanese.characters import compact
from munidx_toyonaka import columns, outline, plan

__all__ = ["Toyonaka", "munidx_adapter"]

_PARTS = {"mission", "policies", "year", "mid"}


class Toyonaka:
    """Reads the yearly sheet of a bureau's director (部局長の目標)."""

    def recognise(self, document: Publication) -> Recognition:
        """Score by the form's headings, its header words and the line that names the bureau."""
        reasons: set[str] = set()
        for line in document.lines():
            if isinstance(line, Row):
                words = {compact(cell.text) for cell in line.cells}
                if {"部局", "氏名"} <= words or {"補職", "氏名"} <= words:
                    reasons.add("bureau")
                header = columns.header_of(line)
                reasons |= {f"header-{field}" for field in header.values() if field}
            else:
                heading = outline.heading_of(line.text)
                reasons |= {f"heading-{heading.part}"} if heading and heading.part else set()
        headings = len({f"heading-{part}" for part in _PARTS} & reasons)
        headers = len({"header-plan", "header-results", "header-schedule"} & reasons)
        score = min(1.0, 0.2 * headings + 0.15 * headers + 0.2 * ("bureau" in reasons))
        return Recognition(score=score, reasons=tuple(sorted(reasons)))

    def read(self, document: Publication) -> Reading:
        """Read the sheet into one plan of kind ``bureau_goals``."""
        return plan.build(outline.read(document))


@hookimpl
def munidx_adapter() -> Adapter:
    """The adapter of 豊中市."""
    return Toyonaka()
