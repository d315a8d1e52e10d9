"""The hooks that the package of a city implements, on pluggy."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

import pluggy

from munidx.adapters.contract import Adapter

if TYPE_CHECKING:  # an adapter that only reads needs no rules
    from munidx.rules.registry import Rule

__all__ = ["PROJECT", "hookimpl", "munidx_adapter", "munidx_rules"]

PROJECT: Final = "munidx"
"""The name under which pluggy knows us."""

hookimpl: Final = pluggy.HookimplMarker(PROJECT)
"""Marks a function of a city's package as the implementation of a hook."""

_hookspec: Final = pluggy.HookspecMarker(PROJECT)


@_hookspec(firstresult=True)
def munidx_adapter() -> Adapter:  # type: ignore[empty-body]
    """Return the adapter of the city. Called once, when the city is first needed."""


@_hookspec(firstresult=True)
def munidx_rules() -> "Iterable[Rule]":  # type: ignore[empty-body]
    """Return the rules that hold for the plans of this city alone; a city need not have any.

    A code is the slug in capitals, letters and digits only, and three digits (``ITAMI101``),
    a name begins with the slug (``itami-project-code``). Each rule brings its sentence, hint
    and manual page in English and Japanese along (``wordings``). What is not so is reported,
    and so is a rule that raises; neither stops the others. Called once, when a plan of the
    city is first validated.
    """
