"""``munidx diff``: what changed between two editions, and what it means."""

import enum
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Final

from munidx.cli import inputs
from munidx.cli.declared import Argument, Option
from munidx.cli.failures import ExitCode
from munidx.cli.options import Adapter, Outputs
from munidx.cli.outputs import coloured, columns
from munidx.cli.reports import wanted
from munidx.cli.session import configured, language
from munidx.diff import diff
from munidx.diff.changes import Diff
from munidx.diff.severities import ranked, severities_of
from munidx.errors import SelectionError
from munidx.findings import Severity
from munidx.garbage import uncollected
from munidx.report.changes import FORMATS, diff_file, render_diff
from munidx.report.layout import Layout

if TYPE_CHECKING:
    from munidx.config import Config, Where
    from munidx.diff.pins import Pin
    from munidx.diff.severities import Severities

__all__ = ["FailOn", "command", "fails", "severities"]


class FailOn(enum.StrEnum):
    """Which changes make the exit code 1."""

    ANY = "any"
    WEAKENED = "weakened"
    """at least a warning: weakened or unclear, unless the configuration says otherwise"""
    ERROR = "error"
    """what the configuration calls an error"""
    NEVER = "never"


@uncollected()
def command(
    old: Annotated[str, Argument(metavar="OLD", help="The older edition; - is stdin.")],
    new: Annotated[str, Argument(metavar="NEW", help="The newer edition; - is stdin.")],
    *,
    form: Annotated[
        str | None,
        Option("--format", metavar="FORMAT", help=f"What is printed: {', '.join(FORMATS)}."),
    ] = None,
    outputs: Outputs = None,
    fail_on: Annotated[
        FailOn | None,
        Option("--fail-on", help="Which changes make the exit code 1; unclear is weakened."),
    ] = None,
    threshold: Annotated[
        float | None,
        Option("--threshold", min=0.0, max=1.0, help="The least score at which two nodes are one."),
    ] = None,
    pairs: Annotated[
        str | None,
        Option("--pairs", metavar="FILE", help="Pins: what is the same and what is not (TOML)."),
    ] = None,
    adapter: Adapter = None,
    old_first: Annotated[
        bool, Option("--old-first", help="新旧対照表: the current text on the left.")
    ] = False,
    added: Annotated[
        str, Option("--added", metavar="MARK", help="新旧対照表: opposite new text.")
    ] = "（新設）",
    deleted: Annotated[
        str, Option("--deleted", metavar="MARK", help="新旧対照表: opposite deleted text.")
    ] = "（削る）",
    no_remarks: Annotated[
        bool, Option("--no-remarks", help="新旧対照表: without the column 備考.")
    ] = False,
) -> int:
    """Tell what changed between two editions, what was weakened first."""
    whole = configured()
    settings = None if whole is None else whole.diff
    if settings is not None:
        form, outputs = form or settings.format, outputs or list(settings.output)
        threshold = settings.threshold if threshold is None else threshold
        fail_on = fail_on or (FailOn(settings.fail_on) if settings.fail_on else None)
    reports = wanted(form or "text", outputs, FORMATS)
    before = inputs.take_one(old, adapter=adapter)
    after = before if new == old else inputs.take_one(new, adapter=adapter)
    pins = () if pairs is None else _pins(pairs)
    found = diff(before.plan, after.plan, threshold=threshold, pins=pins)
    found = ranked(found, severities(whole))
    layout = Layout(old_first=old_first, added=added, deleted=deleted, remarks=not no_remarks)
    sides = (found, before.plan, after.plan)
    reports.deliver(
        lambda name: diff_file(*sides, name, where=after.where, layout=layout, lang=language()),
        lambda name: (
            render_diff(*sides, name, lang=language(), colour=coloured(), width=columns())
            if FORMATS[name].people
            else None
        ),
    )
    return ExitCode.REPORTED if fails(found, fail_on or FailOn.ANY) else ExitCode.QUIET


def _pins(path: str) -> Sequence["Pin"]:
    # Only here: most calls have no pins.
    from munidx.diff.pinfile import load_pins  # noqa: PLC0415

    return load_pins(path)


def fails(found: Diff, fail_on: FailOn) -> bool:
    """Whether ``found`` holds what ``fail_on`` speaks of."""
    if fail_on in _BARS:
        bar = _BARS[fail_on].rank
        return any(one.severity is not None and one.severity.rank >= bar for one in found.changes)
    return fail_on is FailOn.ANY and bool(found.changes)


_BARS: Final = {FailOn.WEAKENED: Severity.WARNING, FailOn.ERROR: Severity.ERROR}


def severities(config: "Config | None") -> "Severities":
    """What the configuration says of the rules on changes.

    Raises:
        SelectionError: It names a rule that there is not; with the place where it does.
    """
    wanted = {} if config is None else config.effects
    try:
        severities_of(wanted)
    except SelectionError as error:
        assert config is not None  # noqa: S101
        place: Where = ("effects", str(error.params["selector"]))
        error.location = config.places.get(place, error.location)
        raise
    return wanted
