"""``munidx progress``: whether targets are met, how far along, and what cannot be judged."""

import enum
from typing import Annotated

from munidx.cli import inputs
from munidx.cli.declared import Option
from munidx.cli.failures import ExitCode
from munidx.cli.options import Adapter, Outputs, PlanPath
from munidx.cli.outputs import coloured
from munidx.cli.reports import wanted
from munidx.cli.session import language
from munidx.progress import progress
from munidx.report.progress import FORMATS, progress_file, render_progress

__all__ = ["FailOn", "command"]


class FailOn(enum.StrEnum):
    """Which verdicts make the exit code 1."""

    MISSED = "missed"
    NEVER = "never"


def command(
    path: PlanPath,
    *,
    form: Annotated[
        str,
        Option("--format", metavar="FORMAT", help=f"What is printed: {', '.join(FORMATS)}."),
    ] = "text",
    outputs: Outputs = None,
    fail_on: Annotated[
        FailOn, Option("--fail-on", help="Whether a missed target makes the exit code 1.")
    ] = FailOn.NEVER,
    adapter: Adapter = None,
) -> int:
    """Tell which targets are met, how far along they are, and what cannot be judged."""
    reports = wanted(form, outputs, FORMATS)
    found = progress(inputs.take_one(path, adapter=adapter).plan)
    reports.deliver(
        lambda name: progress_file(found, name, lang=language()),
        lambda name: (
            render_progress(found, name, lang=language(), colour=coloured())
            if FORMATS[name].people
            else None
        ),
    )
    failing = fail_on is FailOn.MISSED and found.whole.missed
    return ExitCode.REPORTED if failing else ExitCode.QUIET
