"""``munidx rule``: the manual page of one rule."""

from typing import Annotated, Any

from munidx.cli.declared import Argument
from munidx.cli.options import Format, OutputFormat
from munidx.cli.outputs import coloured, emit, emit_data
from munidx.cli.rules import know_cities
from munidx.cli.session import language
from munidx.errors import MunidxError, SelectionError
from munidx.report.rules import render_rule
from munidx.rules import Rule, all_rules
from munidx.rules.selection import known

__all__ = ["command"]


def command(
    name: Annotated[str, Argument(metavar="RULE", help="A code (MX301) or a name.")],
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
    rule = _known(name)
    if rule is None:
        know_cities()
        rule = _known(name)
    if rule is not None:
        return rule
    try:
        known((name,), all_rules())
    except MunidxError as error:
        params: dict[str, Any] = dict(error.params)
        raise SelectionError(error.code, **params) from error
    raise SelectionError("rule-unknown", selector=name)  # a family


def _known(name: str) -> Rule | None:
    for rule in all_rules():
        if name.upper() == rule.code or name.lower() == rule.name:
            return rule
    return None
