"""The hooks that the package of a city implements, on pluggy."""

from typing import Final

import pluggy

from munidx.adapters.contract import Adapter

__all__ = ["PROJECT", "hookimpl", "munidx_adapter"]

PROJECT: Final = "munidx"
"""The name under which pluggy knows us."""

hookimpl: Final = pluggy.HookimplMarker(PROJECT)
"""Marks a function of a city's package as the implementation of a hook."""

_hookspec: Final = pluggy.HookspecMarker(PROJECT)


@_hookspec(firstresult=True)
def munidx_adapter() -> Adapter:  # type: ignore[empty-body]
    """Return the adapter of the city. Called once, when the city is first needed."""
