"""The forms of a report: a name, how it is made, and for whom."""

import importlib
from collections.abc import Callable
from typing import Generic, ParamSpec, TypeAlias

from attrs import field, frozen

__all__ = ["Form", "Made", "late"]

P = ParamSpec("P")

Made: TypeAlias = str | bytes
"""A report: text, or bytes where its form is no text."""


@frozen
class Form(Generic[P]):
    """A form that a report can take."""

    make: Callable[P, Made]
    people: bool = field(default=False, kw_only=True)
    """Whether it is read off a terminal, whose encoding then counts; else it is UTF-8."""


def late(module: str, function: str) -> Callable[..., Made]:
    """``function`` of ``munidx.report.<module>``, which is loaded only once it is called."""

    def make(*given: object) -> Made:
        found: Callable[..., Made] = getattr(
            importlib.import_module(f"munidx.report.{module}"), function
        )
        return found(*given)

    return make
