"""``munidx git-driver``: what ``git diff`` calls for each file that changed.

``git config diff.munidx.command 'munidx git-driver --'`` sets it up, with ``*.toml diff=munidx`` in
``.gitattributes``; see gitattributes(5) and, on the arguments, GIT_EXTERNAL_DIFF in git(1).
"""

import os
import pathlib
from typing import Annotated, Final

from attrs import frozen

from munidx.cli import inputs
from munidx.cli.declared import Argument, Option
from munidx.cli.diff import FailOn, fails, severities
from munidx.cli.failures import ExitCode
from munidx.cli.options import Adapter
from munidx.cli.outputs import coloured, emit, emit_data
from munidx.cli.reports import known
from munidx.cli.session import configured, language
from munidx.diff import diff
from munidx.diff.changes import Diff
from munidx.document import Source
from munidx.errors import MunidxError, SelectionError
from munidx.model import Plan
from munidx.readers import open_source
from munidx.report.revised import FORMS, Revised

__all__ = ["command"]

_ABSENT: Final = {"/dev/null", "nul", os.devnull}
"""What git gives for a side that there is not."""
_UNMERGED, _TWO_SIDES, _RENAMED = 1, 7, 9
"""How many arguments git gives; those of a renamed file end with its new name and a note."""


def command(
    arguments: Annotated[
        list[str],
        Argument(metavar="PATH OLD HEX MODE NEW HEX MODE", help="As git gives them."),
    ],
    form: Annotated[
        str,
        Option("--format", metavar="FORMAT", help=f"What is printed: {', '.join(FORMS)}."),
    ] = "text",
    fail_on: Annotated[
        FailOn,
        Option("--fail-on", help="Which changes make the exit code 1, at which git stops."),
    ] = FailOn.NEVER,
    adapter: Adapter = None,
) -> int:
    """Compare a file's two versions for git diff, which calls this for each file."""
    known(form, FORMS)
    text, failing = _compared(_Call.of(arguments), form, fail_on, adapter)
    if form == "markdown":
        emit_data(text.encode("utf-8", "backslashreplace"))
    else:
        emit(text)
    return ExitCode.REPORTED if failing else ExitCode.QUIET


@frozen
class _Call:
    """What git asks for."""

    name: str
    """The path in the repository; of a renamed file, the old one."""
    new_name: str
    files: tuple[str, str] | None
    """Where both versions lie; None where the file is unmerged."""

    @classmethod
    def of(cls, told: list[str]) -> "_Call":
        if len(told) not in {_UNMERGED, _TWO_SIDES, _RENAMED}:
            raise SelectionError("git-driver-arguments", count=len(told))
        new_name = told[_TWO_SIDES] if len(told) == _RENAMED else told[0]
        return cls(told[0], new_name, (told[1], told[4]) if len(told) > 1 else None)


def _compared(call: _Call, form: str, fail_on: FailOn, adapter: str | None) -> tuple[str, bool]:
    """What to print, and whether that is a failure."""
    colour = form != "markdown" and _coloured()
    told = Revised((call.name, call.new_name), form, lang=language(), colour=colour)
    if call.files is None:
        return told.unmerged(), False
    try:
        old = _plan(call.files[0], call.name, adapter)
        new = _plan(call.files[1], call.new_name, adapter)
    except MunidxError as error:
        return told.unreadable(error), False
    if old is not None and new is not None:
        found = _changes(old, new)
        return told.compared(found, old, new), fails(found, fail_on)
    if new is not None:
        return told.whole(new, added=True), fail_on is FailOn.ANY
    # With its file the whole plan is given up.
    return told.whole(old or Plan(), added=False), fail_on is not FailOn.NEVER


def _changes(old: Plan, new: Plan) -> Diff:
    whole = configured()
    threshold = None if whole is None else whole.diff.threshold
    return diff(old, new, threshold=threshold, severities=severities(whole))


def _plan(file: str, name: str, adapter: str | None) -> Plan | None:
    """The plan in ``file``, which git made for the purpose; None where there is no such side."""
    if file in _ABSENT:
        return None
    # Locators and messages shall name the file of the repository.
    source = Source(pathlib.PurePosixPath(name).name, open_source(file).data)
    return inputs.take_source(source, name, adapter=adapter).plan


def _coloured() -> bool:
    """As for any output; the pager that git starts for itself shows colours."""
    quiet = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    return coloured() or (os.environ.get("GIT_PAGER_IN_USE") == "true" and not quiet)
