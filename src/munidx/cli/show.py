"""``munidx show``: a plan as a tree."""

from munidx.cli import inputs
from munidx.cli.options import Adapter, PlanPath
from munidx.cli.outputs import coloured, emit
from munidx.report.tree import render_tree

__all__ = ["command"]


def command(path: PlanPath, adapter: Adapter = None) -> int:
    """Show a plan as a tree of goals, measures and indicators."""
    emit(render_tree(inputs.take_one(path, adapter=adapter).plan, colour=coloured()))
    return 0
