"""``munidx rule``: the manual page of one rule."""

from typing import Annotated

import typer

from munidx.cli.options import Format, OutputFormat
from munidx.cli.outputs import coloured, emit, emit_data
from munidx.cli.session import language
from munidx.errors import SelectionError
from munidx.report.rules import render_rule
from munidx.rules import Rule, all_rules

__all__ = ["command"]


def command(
    name: Annotated[str, typer.Argument(metavar="RULE", help="A code (MX301) or a name.")],
    output_format: Format = OutputFormat.TEXT,
) -> int:
    """Show what a rule finds, why, with examples, and what to do about it."""
    rule = _called(name)
    if output_format is OutputFormat.JSON:
        emit_data(render_rule(rule, "json", lang=language()))
    else:
        emit(render_rule(rule, lang=language(), colour=coloured()))
    return 0


def _called(name: str) -> Rule:
    for rule in all_rules():
        if name.upper() == rule.code or name.lower() == rule.name:
            return rule
    raise SelectionError("rule-unknown", selector=name)
