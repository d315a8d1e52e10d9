"""``munidx rules``: every rule in a line."""

import pathlib
from typing import Annotated, Any

from munidx.adapters.city_rules import adopt_all
from munidx.adapters.host import Host
from munidx.cli.declared import Argument, Option
from munidx.cli.options import Format, OutputFormat
from munidx.cli.outputs import coloured, complain, emit, emit_data
from munidx.cli.session import language
from munidx.errors import MunidxError, SelectionError, SourceError
from munidx.formats.files import replace_file
from munidx.place import Location
from munidx.report.adapters import render_problems
from munidx.report.rules import render_rules, rule_pages
from munidx.rules import Rule, all_rules, select_rules

__all__ = ["command", "know_cities"]


def command(
    selectors: Annotated[
        list[str] | None,
        Argument(
            metavar="[RULE]...",
            help="Codes, families (MX3xx) or names; none: all.",
        ),
    ] = None,
    output_format: Format = OutputFormat.TEXT,
    docs: Annotated[
        str | None,
        Option(
            "--docs",
            metavar="DIR",
            help="Write the manual pages of all into DIR (in Japanese into DIR/ja).",
        ),
    ] = None,
) -> int:
    """List the rules: code, name, severity, what each finds."""
    if docs is not None:
        # The pages of everybody's rules; a city's are in its own documentation.
        _write(pathlib.Path(docs))
        return 0
    know_cities()
    rules = _chosen(selectors or [])
    if output_format is OutputFormat.JSON:
        emit_data(render_rules(rules, "json", lang=language()))
    else:
        emit(render_rules(rules, lang=language(), colour=coloured()))
    return 0


def know_cities() -> None:
    """Make the rules of the installed cities known, and tell what is wrong with them."""
    host = Host()
    problems = (*adopt_all(host), *host.problems)
    complain(render_problems(problems, lang=language()))


def _chosen(selectors: list[str]) -> tuple[Rule, ...]:
    try:
        return select_rules(selectors)
    except MunidxError as error:
        # Here a selector is an argument: a wrong one is a wrong call.
        params: dict[str, Any] = dict(error.params)
        raise SelectionError(error.code, **params) from error


def _write(folder: pathlib.Path) -> None:
    try:
        (folder / "ja").mkdir(parents=True, exist_ok=True)
        for name, text in rule_pages([rule for rule in all_rules() if not rule.city]).items():
            replace_file(folder / name, text.encode())
    except OSError as error:
        location = Location(document=str(folder))
        reason = error.strerror or type(error).__name__
        raise SourceError("file-unwritable", location=location, reason=reason) from error
