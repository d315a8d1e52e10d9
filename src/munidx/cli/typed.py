"""Calls that are not plain: typer reads the arguments, by what the commands declare."""

import functools
import inspect
import typing
from collections.abc import Callable
from typing import Annotated, Any

import typer

from munidx.cli.declared import Argument, Option
from munidx.cli.failures import ExitCode
from munidx.cli.usage import wrong_call

__all__ = ["call_by_typer", "typed"]


def call_by_typer(name: str, command: Callable[..., int], words: list[str]) -> int:
    """The exit code of ``command``, called with ``words``.

    Raises:
        SelectionError: The call is wrong.
    """
    app = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)
    app.command(name)(typed(command))
    try:
        code: object = app(words, prog_name=f"munidx {name}", standalone_mode=False)
    except typer.Abort:
        raise KeyboardInterrupt from None
    except Exception as error:
        if getattr(error, "exit_code", None) != ExitCode.USAGE:
            raise
        raise wrong_call(error, name, command) from None
    return code if isinstance(code, int) else 0


def typed(command: Callable[..., int]) -> Callable[..., int]:
    """``command`` with its declarations as typer has them."""

    @functools.wraps(command)
    def call(**values: object) -> int:
        return command(**values)

    hints = typing.get_type_hints(command, include_extras=True)
    told = {name: _annotation(hint) for name, hint in hints.items() if name != "return"}
    signature = inspect.signature(command)
    parameters = [one.replace(annotation=told[name]) for name, one in signature.parameters.items()]
    call.__signature__ = signature.replace(parameters=parameters)  # type: ignore[attr-defined]
    call.__annotations__ = told
    del call.__wrapped__  # typer would take its annotations
    return call


def _annotation(hint: Any) -> Any:  # noqa: ANN401 - a type form
    kind, declared = typing.get_args(hint)[:2]
    if isinstance(declared, Argument):
        return Annotated[kind, typer.Argument(metavar=declared.metavar, help=declared.help)]
    option: Option = declared
    low, high = option.bounds
    return Annotated[
        kind,
        typer.Option(
            *option.words, metavar=option.metavar or None, help=option.help, min=low, max=high
        ),
    ]
