"""Plain calls: arguments that leave no doubt, understood without typer's machinery.

Typer asks pydantic to convert each parameter, and loading that costs as much as comparing two
plans. What a command declares is read here by ourselves, as far as it is simple; anything
else (help, clusters, ``--name=value``, numbers, whatever is wrong) is left to typer, whose
answer is the one that counts: a test holds that both understand the same.
"""

import enum
import inspect
import typing
from collections.abc import Callable, Sequence
from typing import Any, Final

from attrs import define, field

from munidx.cli.declared import Option

__all__ = ["plain_call"]

_STDIN: Final = "-"
_NO_MORE_OPTIONS: Final = "--"


class _UnclearError(Exception):
    """Typer has to look at it."""


@define
class _Call:
    """What the arguments have told so far."""

    options: dict[str, tuple[str, Any]] = field(factory=dict)
    """``--name`` → parameter and type."""
    positions: list[tuple[str, Any]] = field(factory=list)
    values: dict[str, Any] = field(factory=dict)


def plain_call(command: Callable[..., int], arguments: Sequence[str]) -> dict[str, Any] | None:
    """The keyword arguments with which to call ``command``; None where typer has to look."""
    call = _declared(command)
    words: list[str] = []
    rest = iter(arguments)
    try:
        for word in rest:
            if word in call.options:
                _option(call, word, rest)
            elif word == _NO_MORE_OPTIONS:
                words += rest
            elif word.startswith("-") and word != _STDIN:
                return None
            else:
                words.append(word)
        _place(call, words)
    except _UnclearError:
        return None
    return call.values


def _declared(command: Callable[..., int]) -> _Call:
    call = _Call()
    hints = typing.get_type_hints(command, include_extras=True)
    for name in inspect.signature(command).parameters:
        kind, info = typing.get_args(hints[name])[:2]
        if isinstance(info, Option):
            call.options |= dict.fromkeys(info.words, (name, kind))
        else:
            call.positions.append((name, kind))
    return call


def _option(call: _Call, word: str, rest: typing.Iterator[str]) -> None:
    name, kind = call.options[word]
    if list[str] in (kind, *typing.get_args(kind)):
        call.values.setdefault(name, []).append(_converted(str, next(rest, "")))
        return
    if name in call.values:
        raise _UnclearError
    call.values[name] = True if kind is bool else _converted(kind, next(rest, ""))


def _place(call: _Call, words: list[str]) -> None:
    """Give ``words`` to the positional parameters."""
    several = [name for name, kind in call.positions if kind == list[str]]
    if several and words:
        call.values[several[0]] = words
        return
    if len(words) != len(call.positions):
        raise _UnclearError
    for (name, kind), word in zip(call.positions, words, strict=True):
        call.values[name] = _converted(kind, word)


def _converted(kind: Any, word: str) -> Any:  # noqa: ANN401 - a type, and a value of it
    wanted = [one for one in typing.get_args(kind) or (kind,) if one is not type(None)]
    if not word or (word.startswith("-") and word != _STDIN) or len(wanted) != 1:
        raise _UnclearError
    if wanted[0] is str:
        return word
    if issubclass(wanted[0], enum.StrEnum):
        try:
            return wanted[0](word)
        except ValueError:
            raise _UnclearError from None
    raise _UnclearError
