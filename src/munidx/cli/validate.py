"""``munidx validate``: what an auditor would ask of a plan."""

import enum
import sys
from typing import Annotated

import typer

from munidx.cli import inputs
from munidx.cli.failures import ExitCode, report
from munidx.cli.options import Adapter, Outputs
from munidx.cli.outputs import coloured, columns
from munidx.cli.reports import wanted
from munidx.cli.session import language
from munidx.errors import MunidxError
from munidx.findings import Finding, Severity
from munidx.report.findings import FORMATS, FindingsOf, findings_file, render_findings
from munidx.rules import validate

__all__ = ["FailOn", "command"]


class FailOn(enum.StrEnum):
    """From which severity on the exit code is 1."""

    INFO = "info"
    WARNING = "warning"
    ERROR = "error"
    NEVER = "never"


def command(
    paths: Annotated[
        list[str],
        typer.Argument(
            metavar="PATH", help="Canonical files or published documents; - is standard input."
        ),
    ],
    form: Annotated[
        str,
        typer.Option("--format", metavar="FORMAT", help=f"What is printed: {', '.join(FORMATS)}."),
    ] = "text",
    outputs: Outputs = None,
    fail_on: Annotated[
        FailOn, typer.Option("--fail-on", help="The least severity that makes the exit code 1.")
    ] = FailOn.WARNING,
    adapter: Adapter = None,
) -> int:
    """Check plans against the rules."""
    reports = wanted(form, outputs, FORMATS)
    codes: list[int] = []
    found: list[FindingsOf] = []
    for path in paths:
        try:
            found.append((path, _findings(path, adapter)))
        except MunidxError as error:
            codes.append(report(error))
    reports.deliver(
        lambda name: findings_file(found, name, lang=language()),
        lambda name: _text(found, name) if FORMATS[name].people else None,
    )
    failing = fail_on is not FailOn.NEVER and any(
        finding.severity.rank >= Severity(fail_on.value).rank
        for _, findings in found
        for finding in findings
    )
    return max([*codes, ExitCode.REPORTED if failing else ExitCode.QUIET])


def _findings(path: str, adapter: str | None) -> tuple[Finding, ...]:
    given = inputs.take_one(path, adapter=adapter, tell=False)
    met = given.reading.findings if given.reading else ()
    return (*met, *given.placed(validate(given.plan)))


def _text(found: list[FindingsOf], form: str) -> str:
    return render_findings(
        found,
        form,
        lang=language(),
        colour=coloured(),
        width=columns(),
        encoding=sys.stdout.encoding or "utf-8",
    )
