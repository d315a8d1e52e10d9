"""munidx: municipal plans, read into one typed model, validated and diffed.

All that it offers stands in :mod:`munidx.api`, which is imported when a name of it is first
asked for: ``import munidx`` alone costs next to nothing.
"""

import importlib
import sys
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from munidx.api import *  # noqa: F403 - api.py holds the one list of names

__version__ = "0.1.0"


class _Library(ModuleType):
    """This module, with its functions kept apart from the submodules of their names."""

    def __setattr__(self, name: str, value: object) -> None:
        # Importing munidx.diff, munidx.lineage would bind the submodule over the function.
        if name in {"diff", "lineage", "progress"} and isinstance(value, ModuleType):
            return
        super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Library


def __getattr__(name: str) -> object:
    if name.startswith("__") and name != "__all__":
        raise AttributeError(name)
    api = importlib.import_module("munidx.api")
    if name != "__all__" and name not in api.__all__:
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message, name=name, obj=sys.modules[__name__])
    value: object = getattr(api, name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    api = importlib.import_module("munidx.api")
    return sorted({*globals(), *api.__all__})
