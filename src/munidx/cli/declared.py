"""What a command declares of its parameters: for its help, for plain calls, and for typer.

Commands annotate their parameters with :class:`Option` and :class:`Argument`, and typer is told
of them when it is needed: loading it costs as much as comparing two plans.
"""

import enum
import inspect
import typing
from collections.abc import Callable
from typing import Any

from attrs import frozen

__all__ = ["Argument", "Option", "Parameter", "declared"]


@frozen(kw_only=True)
class Argument:
    """A parameter without a name on the command line."""

    metavar: str = ""
    help: str = ""


@frozen(init=False)
class Option:
    """A parameter with names: ``Option("--output", "-o", metavar="FILE")``."""

    words: tuple[str, ...]
    metavar: str
    help: str
    bounds: tuple[float | None, float | None]

    def __init__(
        self,
        *words: str,
        metavar: str = "",
        help: str = "",  # noqa: A002 - as typer calls it
        min: float | None = None,  # noqa: A002
        max: float | None = None,  # noqa: A002
    ) -> None:
        self.__attrs_init__(words, metavar, help, (min, max))


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
    option = info if isinstance(info, Option) else Option()
    absent = default is inspect.Parameter.empty
    return Parameter(
        name=name,
        words=option.words,
        kind=str if several else inner[0],
        several=several,
        metavar=info.metavar,
        default=None if absent or default is False else default,
        required=absent,
        help=info.help,
        bounds=option.bounds,
    )
