"""Wrong calls, told in our own words: what typer objects to, as an error with a code."""

import difflib
from collections.abc import Callable, Sequence
from typing import Any

from munidx.cli.declared import Parameter, declared
from munidx.cli.session import language
from munidx.errors import SelectionError

__all__ = ["unknown_command", "wrong_call"]


def unknown_command(name: str, commands: Sequence[str]) -> SelectionError:
    """There is no command called ``name``."""
    near = difflib.get_close_matches(name[:80], commands, 1)
    if near:
        return SelectionError("command-misspelt", name=name[:80], nearest=near[0])
    return SelectionError("command-unknown", name=name[:80], command="munidx")


def wrong_call(error: Exception, name: str, command: Callable[..., int]) -> SelectionError:
    """What typer's ``error`` says of a call of the command ``name``.

    Typer brings its own copy of click's exceptions, under a private name: they are told apart
    by what they carry, and by their class's name.
    """
    told: dict[str, Any] = {"command": f"munidx {name}"}
    option = getattr(error, "option_name", None)
    if isinstance(option, str):
        return _option(error, option, declared(command), told)
    wrong = getattr(error, "param", None)
    if wrong is not None:
        one = next(each for each in declared(command) if each.name == wrong.name)
        named = max(one.words, key=len) if one.words else _metavar(one)
        if type(error).__name__ == "MissingParameter":
            return SelectionError("argument-missing", name=named, **told)
        return SelectionError("option-value-wrong", option=named, expected=_expected(one), **told)
    extra = str(getattr(error, "message", "")).rpartition("(")[2].rstrip(")")
    return SelectionError("argument-extra", extra=extra, **told)


def _option(
    error: Exception, option: str, parameters: Sequence[Parameter], told: dict[str, Any]
) -> SelectionError:
    known = {word: one for one in parameters for word in one.words}
    if option in known:
        code = "option-flag" if known[option].flag else "option-value-missing"
        return SelectionError(code, option=option, **told)
    possible = tuple(getattr(error, "possibilities", None) or known)
    near = difflib.get_close_matches(
        option[:80], possible, 1, 0.6 if possible == tuple(known) else 0
    )
    if near:
        return SelectionError("option-misspelt", option=option, nearest=near[0], **told)
    return SelectionError("option-unknown", option=option, **told)


def _metavar(one: Parameter) -> str:
    if language() == "en":
        return one.metavar
    from munidx.cli.help_ja import METAVARS  # noqa: PLC0415 - as seldom as a wrong call

    return METAVARS.get(one.metavar, one.metavar)


def _expected(one: Parameter) -> str:
    if one.choices:
        return " | ".join(one.choices)
    low, high = one.bounds
    return "number" if low is None and high is None else f"{low:g}–{high:g}"
