"""``munidx history``: every promise followed through the editions of a plan."""

from typing import Annotated

from munidx.cli import inputs
from munidx.cli.declared import Argument, Option
from munidx.cli.diff import FailOn, fails, severities
from munidx.cli.failures import ExitCode
from munidx.cli.options import Adapter, Outputs
from munidx.cli.outputs import coloured, columns, complain
from munidx.cli.reports import wanted
from munidx.cli.session import configured, language
from munidx.lineage import lineage
from munidx.report.history import FORMATS, backwards_text, history_file, render_history

__all__ = ["command"]


def command(
    editions: Annotated[
        list[str],
        Argument(
            metavar="EDITION", help="The editions, the oldest first: files, or REV:PATH of git."
        ),
    ],
    *,
    form: Annotated[
        str,
        Option("--format", metavar="FORMAT", help=f"What is printed: {', '.join(FORMATS)}."),
    ] = "text",
    outputs: Outputs = None,
    threshold: Annotated[
        float | None,
        Option("--threshold", min=0.0, max=1.0, help="The least score at which two nodes are one."),
    ] = None,
    fail_on: Annotated[
        FailOn,
        Option("--fail-on", help="Which changes of any step make the exit code 1."),
    ] = FailOn.NEVER,
    adapter: Adapter = None,
) -> int:
    """Follow every promise through the editions: when it came, what it became, when it went."""
    reports = wanted(form, outputs, FORMATS)
    given = [inputs.take_one(edition, adapter=adapter) for edition in editions]
    whole = configured()
    if threshold is None and whole is not None:
        threshold = whole.diff.threshold
    plans = [each.plan for each in given]
    found = lineage(plans, threshold=threshold, severities=severities(whole))
    names = tuple(each.name for each in given)
    complain(backwards_text(found, names=names, lang=language()))
    reports.deliver(
        lambda name: history_file(found, name, names=names, lang=language()),
        lambda name: (
            render_history(
                found, name, names=names, lang=language(), colour=coloured(), width=columns()
            )
            if FORMATS[name].people
            else None
        ),
    )
    failing = any(fails(step, fail_on) for step in found.steps)
    return ExitCode.REPORTED if failing else ExitCode.QUIET
