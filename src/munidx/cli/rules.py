"""``munidx rules``: every rule in a line."""

import pathlib
from typing import Annotated

import typer

from munidx.cli.options import Format, OutputFormat
from munidx.cli.outputs import coloured, emit, emit_data
from munidx.cli.session import language
from munidx.errors import MunidxError, SelectionError, SourceError
from munidx.formats.files import replace_file
from munidx.place import Location
from munidx.report.rules import render_rules, rule_pages
from munidx.rules import Rule, all_rules, select_rules

__all__ = ["command"]


def command(
    selectors: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[RULE]...",
            help="Codes, families (MX3xx) or names; none: all.",
            show_default=False,
        ),
    ] = None,
    output_format: Format = OutputFormat.TEXT,
    docs: Annotated[
        str | None,
        typer.Option("--docs", metavar="DIR", help="Write the manual pages of all into DIR."),
    ] = None,
) -> int:
    """List the rules: code, name, severity, what each finds."""
    if docs is not None:
        _write(pathlib.Path(docs))
        return 0
    rules = _chosen(selectors or [])
    if output_format is OutputFormat.JSON:
        emit_data(render_rules(rules, "json", lang=language()))
    else:
        emit(render_rules(rules, lang=language(), colour=coloured()))
    return 0


def _chosen(selectors: list[str]) -> tuple[Rule, ...]:
    try:
        return select_rules(selectors)
    except MunidxError as error:
        # Here a selector is an argument: a wrong one is a wrong call.
        raise SelectionError(error.code, selector=error.params["selector"]) from error


def _write(folder: pathlib.Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in rule_pages(all_rules()).items():
            replace_file(folder / name, text.encode())
    except OSError as error:
        location = Location(document=str(folder))
        reason = error.strerror or type(error).__name__
        raise SourceError("file-unwritable", location=location, reason=reason) from error
