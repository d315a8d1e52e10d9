"""``munidx show``: a plan as a tree."""

from munidx.cli import inputs
from munidx.cli.options import Adapter, PlanPath
from munidx.cli.outputs import coloured, emit
from munidx.cli.session import language
from munidx.report.tree import render_tree

__all__ = ["command"]


def command(path: PlanPath, adapter: Adapter = None) -> int:
    """Show a plan as a tree of goals, measures and indicators."""
    plan = inputs.take_one(path, adapter=adapter).plan
    emit(render_tree(plan, lang=language(), colour=coloured()))
    return 0
