"""``munidx adapters``: the installed cities, and what is wrong with those that do not work."""

from typing import Annotated

from munidx.adapters.host import AdapterState, Host
from munidx.adapters.isolation import Isolation
from munidx.cli.declared import Option
from munidx.cli.failures import ExitCode
from munidx.cli.options import Format, OutputFormat
from munidx.cli.outputs import complain, emit, emit_data
from munidx.cli.session import language
from munidx.report.adapters import render_adapters, render_problems

__all__ = ["command"]

_SECONDS = 20
"""For loading the code of one city."""
_SOUND = {AdapterState.AVAILABLE, AdapterState.EXCLUDED}


def command(
    check: Annotated[
        bool,
        Option("--check", help="End with 4 where one cannot be used."),
    ] = False,
    output_format: Format = OutputFormat.TEXT,
) -> int:
    """List the installed cities, and what is wrong with those that cannot be used."""
    # Always in processes of their own: a city that never ends is what one looks for here.
    host = Host(isolation=Isolation(seconds=_SECONDS))
    statuses = host.check()
    complain(render_problems(host.problems, lang=language()))
    if output_format is OutputFormat.JSON:
        emit_data(render_adapters(statuses, "json", lang=language()))
    else:
        emit(render_adapters(statuses, lang=language()))
    broken = [status for status in statuses if status.state not in _SOUND]
    return ExitCode.NO_ADAPTER if check and broken else ExitCode.QUIET
