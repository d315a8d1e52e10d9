"""What a command declares to typer, as its help and the messages on wrong calls need it."""

import enum
import inspect
import typing
from collections.abc import Callable
from typing import Any

from attrs import frozen
from typer.models import OptionInfo

__all__ = ["Parameter", "declared"]


@frozen(kw_only=True)
class Parameter:
    """A parameter of a command."""

    name: str
    """Of the function."""
    words: tuple[str, ...]
    """``--output``, ``-o``; none: it is an argument."""
    kind: Any
    """Its type without None, of a list that of the entries."""
    several: bool
    metavar: str
    default: object
    """None where there is none, or none that is worth telling."""
    required: bool
    help: str
    bounds: tuple[float | None, float | None]

    @property
    def flag(self) -> bool:
        """Whether it takes no value."""
        return self.kind is bool

    @property
    def choices(self) -> tuple[str, ...]:
        """The words it takes, if only certain ones."""
        if isinstance(self.kind, type) and issubclass(self.kind, enum.StrEnum):
            return tuple(member.value for member in self.kind)
        return ()


def declared(command: Callable[..., int]) -> tuple[Parameter, ...]:
    """The parameters of ``command`` in their order."""
    hints = typing.get_type_hints(command, include_extras=True)
    parameters = inspect.signature(command).parameters
    return tuple(_parameter(name, hints[name], one.default) for name, one in parameters.items())


def _parameter(name: str, hint: Any, default: object) -> Parameter:  # noqa: ANN401 - a type form
    kind, info = typing.get_args(hint)[:2]
    kinds = [one for one in typing.get_args(kind) or (kind,) if one is not type(None)]
    several = typing.get_origin(kind) is list or typing.get_origin(kinds[0]) is list
    inner = typing.get_args(kinds[0]) or kinds
    option = isinstance(info, OptionInfo)
    told = [info.default, *(info.param_decls or ())] if option else []
    absent = default is inspect.Parameter.empty
    return Parameter(
        name=name,
        words=tuple(word for word in told if isinstance(word, str)),
        kind=str if several else inner[0],
        several=several,
        metavar=info.metavar or "",
        default=None if absent or default is False or info.show_default is False else default,
        required=absent,
        help=info.help or "",
        bounds=(info.min, info.max),
    )
