"""MX609: what an evaluation says of the targets, against the figures.

The figures are judged as ``munidx progress`` judges them; what that leaves unjudged is not held
against anybody.
"""

import re
from collections.abc import Iterator
from typing import Final

from munidx.findings import Severity
from munidx.japanese.characters import compact
from munidx.model import Evaluation
from munidx.progress import IndicatorProgress, Verdict, progress
from munidx.rules.registry import Fault, found, rule
from munidx.rules.view import View

__all__: list[str] = []

_ALL: Final = "(?:全て|すべて|全|いずれ)"
_CLAIM: Final = re.compile(
    rf"(?:{_ALL}の?(?:成果|数値)?指標|指標の?{_ALL})[がはでもと]{{0,3}}目標値?[をがに]達成"
    r"(?P<rest>[^。]{0,15})"
)
"""All indicators met their targets (全ての指標が目標を達成)."""
_LIMITED: Final = re.compile("な[いか]|ず|ませ|至|見込|予定|目指|困難|未|べき|よう|ため|努")
"""Words after it that deny it, or speak of what is still to come."""


@rule("MX609", "claim-against-figures", Severity.WARNING)
def claim_against_figures(view: View) -> Iterator[Fault]:
    """An evaluation says that all indicators met their targets, and a figure says otherwise.

    Why:
        Who reads the words alone is told something that the table does not bear out. Only the
        node's own indicators count, of the evaluation's year, and only those whose figures
        leave no doubt, as `munidx progress` judges them.

    Fails::

        [[goals]]
        title = "電子化"
        evaluations = [{ year = 2021, reason = "全ての指標が目標を達成した。" }]
        [[goals.indicators]]
        title = "申請件数"
        direction = "increase"
        targets = [{ year = 2021, value = 500, unit = "件" }]
        actuals = [{ year = 2021, value = 341, unit = "件" }]

    Passes::

        [[goals]]
        title = "電子化"
        evaluations = [{ year = 2021, reason = "全ての指標が目標を達成したとは言えない。" }]
        [[goals.indicators]]
        title = "申請件数"
        direction = "increase"
        targets = [{ year = 2021, value = 500, unit = "件" }]
        actuals = [{ year = 2021, value = 341, unit = "件" }]

    Fix:
        Compare both with the document; if both are printed, ask the publisher.

    Source:
        Review of published evaluations.
    """
    claims = [(item, told, field) for item, told in view.evaluations if (field := _claims(told))]
    if not claims:
        return
    missed: dict[str, list[IndicatorProgress]] = {}
    for one in progress(view.plan).indicators:
        if one.verdict is Verdict.MISSED:
            parent = view.by_path[one.path].parent or ""
            missed.setdefault(parent, []).append(one)
    for item, told, field in claims:
        for one in missed.get(item.path, ()):
            actual = one.actual
            if actual is not None and told.year in {None, actual.year}:
                title = one.indicator.title or one.indicator.statement
                yield found(item, told, field=field, indicator=title, time=actual.year)
                break


def _claims(told: Evaluation) -> str:
    """The field that says so; ``""`` where none does."""
    for field, text in (("reason", told.reason), ("results", told.results)):
        claims = _CLAIM.finditer(compact(text)) if text else ()
        if any(not _LIMITED.search(claim["rest"]) for claim in claims):
            return field
    return ""
