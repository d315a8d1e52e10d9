"""``munidx adapters``: the installed cities, and what is wrong with those that do not work."""

from munidx.adapters.host import Host
from munidx.cli.options import Format, OutputFormat
from munidx.cli.outputs import complain, emit, emit_data
from munidx.cli.session import language
from munidx.report.adapters import render_adapters, render_problems

__all__ = ["command"]


def command(output_format: Format = OutputFormat.TEXT) -> int:
    """List the installed cities, and what is wrong with those that cannot be used."""
    host = Host()
    statuses = host.check()
    complain(render_problems(host.problems, lang=language()))
    if output_format is OutputFormat.JSON:
        emit_data(render_adapters(statuses, "json", lang=language()))
    else:
        emit(render_adapters(statuses, lang=language()))
    return 0
