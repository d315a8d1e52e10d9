"""The commands put together: what typer has to know of them, and nothing they need to run."""

import importlib
from collections.abc import Callable, Sequence
from typing import Annotated, Final

import typer

from munidx import __version__
from munidx.cli.plain import plain_call
from munidx.cli.session import begin

__all__ = ["COMMANDS", "run"]

COMMANDS: Final = (
    "convert",
    "validate",
    "diff",
    "show",
    "progress",
    "git-driver",
    "rules",
    "rule",
    "adapters",
    "schema",
)
"""The commands in the order in which the help shows them; each is a module of this package."""

_EPILOG: Final = (
    "Exit codes: 0 nothing to report; 1 findings or changes; 2 wrong options, or a plan that"
    " must be named (FILE::PLAN-ID); 3 a file that cannot be read; 4 no adapter."
)


def run(arguments: Sequence[str]) -> int:
    """Run the command that ``arguments`` name; the result is its exit code.

    Raises:
        MunidxError: What the command raises; a wrong option of every command.
        Exception: Of typer, with a method ``show``: the arguments are wrong.
    """
    arguments = begin(arguments)
    # Of the commands only the one that is called is imported.
    names = arguments[:1] if arguments[:1] and arguments[0] in COMMANDS else COMMANDS
    if len(names) == 1:
        command: Callable[..., int] = _command(names[0])
        plain = plain_call(command, arguments[1:])
        if plain is not None:
            return command(**plain)
    try:
        code: object = _app(names)(list(arguments), prog_name="munidx", standalone_mode=False)
    except typer.Abort:
        raise KeyboardInterrupt from None
    return code if isinstance(code, int) else 0


def _app(names: Sequence[str]) -> typer.Typer:
    app = typer.Typer(
        add_completion=False,
        no_args_is_help=True,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    app.callback(epilog=_EPILOG)(_munidx)
    for name in names:
        app.command(name)(_command(name))
    return app


def _command(name: str) -> Callable[..., int]:
    found: Callable[..., int] = importlib.import_module(
        f"munidx.cli.{name.replace('-', '_')}"
    ).command
    return found


def _print_version(wanted: bool) -> None:
    if wanted:
        print(f"munidx {__version__}")
        raise typer.Exit


def _munidx(
    *,
    version: Annotated[
        bool,
        typer.Option("--version", callback=_print_version, is_eager=True, help="Tell the version."),
    ] = False,
) -> None:
    """Read, check and compare the plans that municipalities publish."""
