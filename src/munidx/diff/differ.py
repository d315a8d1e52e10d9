"""The whole comparison of two plans: match, compare, weigh."""

from collections.abc import Iterable

from munidx.diff.changes import Diff, PlanStamp
from munidx.diff.compare import compare_pairs
from munidx.diff.deferred import Deferred
from munidx.diff.ladder import Alignment
from munidx.diff.match import align
from munidx.diff.pins import Pin
from munidx.diff.record import Recorder
from munidx.diff.severities import Severities, ranked
from munidx.diff.structure import compare_structure, place_books
from munidx.diff.tree import lay_out
from munidx.garbage import uncollected
from munidx.model import Plan

__all__ = ["diff", "difference", "stamp"]


def diff(
    old: Plan,
    new: Plan,
    *,
    threshold: float | None = None,
    pins: Iterable[Pin] = (),
    severities: Severities | None = None,
) -> Diff:
    """All that changed from ``old`` to ``new``.

    Args:
        old: The earlier edition.
        new: The later edition.
        threshold: The score below which two nodes are not taken for the same.
        pins: What the user knows better.
        severities: How severe changes are: a rule's code (``MX804``) or name, or an effect
            (``editorial``) → a severity, or ``off`` for what is not to be told. What is not
            named is as severe as its rule is.

    Raises:
        SelectionError: ``severities`` names no rule or no severity.
        PlanError: A pin names a node that is not there, or contradicts another; or a value
            that no canonical file could hold.
    """
    with uncollected():
        found = difference(align(lay_out(old), lay_out(new), threshold=threshold, pins=pins))
        return ranked(found, severities or {})


def difference(found: Alignment) -> Diff:
    """All that changed between two plans that have been aligned."""
    recorder = Recorder(found)
    compare_pairs(recorder)
    compare_structure(recorder)
    return Diff(
        old=stamp(found.old.plan),
        new=stamp(found.new.plan),
        changes=recorder.take_changes(),
        bookkeeping=Deferred(lambda: [*recorder.books(), *place_books(found)]),
    )


def stamp(plan: Plan) -> PlanStamp:
    """Which edition ``plan`` is."""
    return PlanStamp(id=plan.id, title=plan.title, edition=plan.edition)
