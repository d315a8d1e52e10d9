"""``munidx validate``: what an auditor would ask of a plan."""

import enum
import sys
from collections.abc import Sequence
from typing import Annotated, Any

from attrs import define, field

from munidx.cli import inputs
from munidx.cli.declared import Argument, Option
from munidx.cli.failures import ExitCode, report
from munidx.cli.inputs import Given
from munidx.cli.options import Adapter, Outputs
from munidx.cli.outputs import coloured, columns
from munidx.cli.quoting import quoter_of
from munidx.cli.reports import wanted
from munidx.cli.session import config, is_isolated, language
from munidx.config import Config
from munidx.errors import ConfigError, MunidxError, SelectionError
from munidx.findings import Finding
from munidx.model import Plan
from munidx.report.findings import FORMATS, FindingsOf, findings_file, render_findings
from munidx.report.quotes import Quoter
from munidx.rules import Policy

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
        Argument(
            metavar="PATH", help="Canonical files or published documents; - is standard input."
        ),
    ],
    *,
    form: Annotated[
        str | None,
        Option("--format", metavar="FORMAT", help=f"What is printed: {', '.join(FORMATS)}."),
    ] = None,
    outputs: Outputs = None,
    select: Annotated[
        list[str] | None,
        Option("--select", metavar="RULES", help="Apply these rules only: codes, names."),
    ] = None,
    ignore: Annotated[
        list[str] | None,
        Option("--ignore", metavar="RULES", help="Leave these rules out."),
    ] = None,
    fail_on: Annotated[
        FailOn | None,
        Option("--fail-on", help="The least severity that makes the exit code 1."),
    ] = None,
    adapter: Adapter = None,
) -> int:
    """Check plans against the rules."""
    settings = config()
    reports = wanted(form or settings.format or "text", outputs or settings.output, FORMATS)
    codes: list[int] = []
    taken: list[tuple[str, Given]] = []
    for path in paths:
        try:
            taken.append((path, inputs.take_one(path, adapter=adapter, tell=False)))
        except MunidxError as error:
            codes.append(report(error))
    if not taken:
        return max(codes)  # "No findings." of nothing would be read as praise
    run = _judged(taken, _policy(taken, settings, _names(select), _names(ignore)))
    reports.deliver(
        lambda name: findings_file(
            run.found, name, lang=language(), suppressed=run.suppressed, quoters=run.quoters
        ),
        lambda name: _text(run, name) if FORMATS[name].people else None,
    )
    failing = run.fails(None if fail_on is None else fail_on.value)
    return max([*codes, ExitCode.REPORTED if failing else ExitCode.QUIET])


@define
class _Run:
    """What was found in all that was validated."""

    policy: Policy
    plans: list[tuple[Plan, tuple[Finding, ...]]] = field(factory=list)
    found: list[FindingsOf] = field(factory=list)
    suppressed: dict[str, tuple[tuple[Finding, str], ...]] = field(factory=dict)
    quoters: dict[str, Quoter] = field(factory=dict)
    beside: tuple[Finding, ...] = ()
    """About the configuration, and about rules that cannot be used."""

    def fails(self, bar: str | None) -> bool:
        """Whether the findings reach ``bar``; absent: what the configuration says."""
        if any(self.policy.fails(plan, findings, bar) for plan, findings in self.plans):
            return True
        return self.policy.fails(Plan(), self.beside, bar)


def _policy(
    taken: Sequence[tuple[str, Given]],
    settings: Config,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
) -> tuple[Policy, tuple[Finding, ...]]:
    """The policy, with the rules of the plans' cities; and what is wrong with those.

    The rules of other cities are looked up only where something is named that nobody knows.
    """

    def make() -> Policy:
        return Policy(settings, select=select, ignore=ignore)

    # Only here, for looking for cities takes its time.
    from munidx.adapters.city_rules import policy_for  # noqa: PLC0415

    try:
        if is_isolated():  # no code of a city runs here, so its rules do not either
            return make(), ()
        return policy_for(
            [given.plan for _, given in taken],
            make,
        )
    except ConfigError:
        raise
    except MunidxError as error:
        # Here a selector is an option: a wrong one is a wrong call.
        params: dict[str, Any] = dict(error.params)
        raise SelectionError(error.code, **params) from error


def _names(told: list[str] | None) -> tuple[str, ...]:
    """``MX1,MX301`` apart."""
    return tuple(
        name for several in told or () for each in several.split(",") if (name := each.strip())
    )


def _judged(taken: Sequence[tuple[str, Given]], made: tuple[Policy, tuple[Finding, ...]]) -> _Run:
    policy, problems = made
    run = _Run(policy)
    for path, given in taken:
        met = policy.judge(given.plan, given.reading.findings if given.reading else ())
        checked = policy.validate(given.plan)
        findings = given.placed((*met.findings, *checked.findings))
        run.plans.append((given.plan, findings))
        run.found.append((path, findings))
        run.quoters[path] = quoter_of(given)
        if met.suppressed or checked.suppressed:
            hidden = (*met.suppressed, *checked.suppressed)
            places = given.placed([finding for finding, _ in hidden])
            run.suppressed[path] = tuple(zip(places, (reason for _, reason in hidden), strict=True))
    run.beside = (*problems, *policy.leftovers())
    if run.beside:
        run.found.append((config().name or "munidx", run.beside))
    return run


def _text(run: _Run, form: str) -> str:
    return render_findings(
        run.found,
        form,
        suppressed=run.suppressed,
        quoters=run.quoters,
        lang=language(),
        colour=coloured(),
        width=columns(),
        encoding=sys.stdout.encoding or "utf-8",
    )
