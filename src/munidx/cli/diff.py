"""``munidx diff``: what changed between two editions, and what it means."""

import enum
from typing import Annotated

import typer

from munidx.cli import inputs
from munidx.cli.failures import ExitCode
from munidx.cli.options import Adapter, Format, OutputFormat
from munidx.cli.outputs import coloured, emit, emit_data
from munidx.diff import diff
from munidx.diff.changes import Diff, Effect
from munidx.report.changes import render_diff

__all__ = ["FailOn", "command"]


class FailOn(enum.StrEnum):
    """Which changes make the exit code 1."""

    ANY = "any"
    WEAKENED = "weakened"
    """weakened or unclear"""
    NEVER = "never"


def command(
    old: Annotated[str, typer.Argument(metavar="OLD", help="The older edition; - is stdin.")],
    new: Annotated[str, typer.Argument(metavar="NEW", help="The newer edition; - is stdin.")],
    *,
    output_format: Format = OutputFormat.TEXT,
    fail_on: Annotated[
        FailOn,
        typer.Option("--fail-on", help="Which changes make the exit code 1; unclear is weakened."),
    ] = FailOn.ANY,
    threshold: Annotated[
        float | None,
        typer.Option(
            "--threshold", min=0.0, max=1.0, help="The least score at which two nodes are one."
        ),
    ] = None,
    adapter: Adapter = None,
) -> int:
    """Tell what changed between two editions, what was weakened first."""
    before = inputs.take_one(old, adapter=adapter)
    after = before if new == old else inputs.take_one(new, adapter=adapter)
    found = diff(before.plan, after.plan, threshold=threshold)
    if output_format is OutputFormat.JSON:
        emit_data(render_diff(found, before.plan, after.plan, "json"))
    else:
        emit(render_diff(found, before.plan, after.plan, colour=coloured()))
    return ExitCode.REPORTED if _fails(found, fail_on) else ExitCode.QUIET


def _fails(found: Diff, fail_on: FailOn) -> bool:
    if fail_on is FailOn.WEAKENED:
        return any(change.effect in {Effect.WEAKENED, Effect.UNCLEAR} for change in found.changes)
    return fail_on is FailOn.ANY and bool(found.changes)
