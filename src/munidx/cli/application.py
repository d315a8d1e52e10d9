"""The commands put together: what typer has to know of them, and nothing they need to run."""

import importlib
from collections.abc import Callable, Sequence
from typing import Final

from munidx import __version__
from munidx.cli.failures import ExitCode
from munidx.cli.outputs import complain, emit
from munidx.cli.plain import plain_call
from munidx.cli.session import begin, language

__all__ = ["COMMANDS", "run"]

COMMANDS: Final = (
    "convert",
    "validate",
    "diff",
    "show",
    "progress",
    "history",
    "git-driver",
    "rules",
    "rule",
    "adapters",
    "new-adapter",
    "schema",
)
"""The commands in the order in which the help shows them; each is a module of this package."""


def run(arguments: Sequence[str]) -> int:
    """Run the command that ``arguments`` name; the result is its exit code.

    Raises:
        MunidxError: What the command raises; a :class:`SelectionError`: the call is wrong.
    """
    arguments = begin(arguments)
    # Of the commands only the one that is called is imported.
    if not arguments or arguments[0] not in COMMANDS:
        return _without_command(arguments)
    name, *words = arguments
    command = _command(name)
    plain = plain_call(command, words)
    if plain is not None:
        return command(**plain)
    if _asks_for_help(words):
        from munidx.cli.help import render_command_help  # noqa: PLC0415 - seldom needed

        emit(render_command_help(name, command, language()))
        return ExitCode.QUIET
    return _by_typer(name, command, words)


def _without_command(arguments: Sequence[str]) -> int:
    from munidx.cli.usage import unknown_command  # noqa: PLC0415 - seldom needed

    if "--version" in arguments:
        emit(f"munidx {__version__}\n")
        return ExitCode.QUIET
    if arguments and not _asks_for_help(arguments):
        raise unknown_command(arguments[0], COMMANDS)
    from munidx.cli.help import render_help  # noqa: PLC0415 - seldom needed

    text = render_help({name: _command(name) for name in COMMANDS}, language())
    if arguments:
        emit(text)
        return ExitCode.QUIET
    complain(text)
    return ExitCode.USAGE


def _asks_for_help(words: Sequence[str]) -> bool:
    told = words[: words.index("--")] if "--" in words else words
    return "--help" in told or "-h" in told


def _by_typer(name: str, command: Callable[..., int], words: list[str]) -> int:
    from munidx.cli.typed import call_by_typer  # noqa: PLC0415 - most calls are plain

    return call_by_typer(name, command, words)


def _command(name: str) -> Callable[..., int]:
    found: Callable[..., int] = importlib.import_module(
        f"munidx.cli.{name.replace('-', '_')}"
    ).command
    return found
