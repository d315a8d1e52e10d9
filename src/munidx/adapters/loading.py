"""Loading one city's code behind a wall: whatever goes wrong becomes one error with a code.

A package that raises while it is imported (even SystemExit), misspells a hook or gives back
something else than an adapter stops nobody but itself. Only KeyboardInterrupt passes: it is
the user's.
"""

import difflib
from collections.abc import Callable
from importlib.metadata import EntryPoint
from typing import Final, TypeVar

import pluggy

from munidx.adapters import hooks
from munidx.adapters.contract import Adapter
from munidx.errors import AdapterError

__all__ = ["RelayedError", "guarded", "load_adapter", "load_rules"]

_T = TypeVar("_T")
_HOOK: Final = hooks.munidx_adapter.__name__
_RULES: Final = hooks.munidx_rules.__name__
_PREFIX: Final = f"{hooks.PROJECT}_"


class RelayedError(AdapterError):
    """What another process has reported already: nothing is left to be guarded."""


def guarded(code: str, name: str, call: Callable[[], _T]) -> _T:
    """What ``call`` returns.

    Raises:
        AdapterError: With ``code``; ``call`` raised something (``error`` is its class,
            ``detail`` its words).
    """
    try:
        return call()
    except (KeyboardInterrupt, RelayedError):
        raise
    except BaseException as error:
        raise AdapterError(
            code, adapter=name, error=type(error).__name__, detail=_detail(error)
        ) from error


def load_adapter(name: str, entry: EntryPoint) -> Adapter:
    """Import the code behind ``entry`` and ask it for its adapter.

    Raises:
        AdapterError: ``adapter-import-failed``, ``adapter-hook-unknown`` (``hook``,
            ``nearest``), ``adapter-hook-missing``, ``adapter-hook-failed`` or
            ``adapter-wrong-type`` (``type``).
    """
    manager = _manager(name, entry)
    adapter: object = guarded("adapter-hook-failed", name, manager.hook.munidx_adapter)
    if isinstance(adapter, type) or not isinstance(adapter, Adapter):
        raise AdapterError("adapter-wrong-type", adapter=name, type=type(adapter).__name__)
    return adapter


def load_rules(name: str, entry: EntryPoint) -> tuple[object, ...]:
    """Import the code behind ``entry`` and ask it for the rules of its city, if it has any.

    Raises:
        AdapterError: As :func:`load_adapter`; ``adapter-rules-failed``.
    """
    manager = _manager(name, entry)
    return guarded("adapter-rules-failed", name, lambda: tuple(manager.hook.munidx_rules() or ()))


def _manager(name: str, entry: EntryPoint) -> pluggy.PluginManager:
    """The hooks of one city: nothing that one registers can hide another."""
    module = guarded("adapter-import-failed", name, entry.load)
    manager = pluggy.PluginManager(hooks.PROJECT)
    manager.add_hookspecs(hooks)
    guarded("adapter-hook-failed", name, lambda: manager.register(module, name))
    _check_hooks(name, module, manager)
    return manager


def _check_hooks(name: str, module: object, manager: pluggy.PluginManager) -> None:
    implemented = {caller.name for caller in manager.get_hookcallers(module) or ()}
    for hook in sorted(implemented - {_HOOK, _RULES}):
        near = difflib.get_close_matches(hook, [_HOOK, _RULES], 1, 0)
        raise AdapterError("adapter-hook-unknown", adapter=name, hook=hook, nearest=near[0])
    if _HOOK not in implemented:
        # Written but not marked with @hookimpl, or misspelt: say which one comes near.
        near = difflib.get_close_matches(_HOOK, dir(module), 1)
        raise AdapterError("adapter-hook-missing", adapter=name, hook=_HOOK, nearest="".join(near))


def _detail(error: BaseException) -> str:
    """The words of ``error``, in bounds, even where its own ``__str__`` raises."""
    try:
        return str(error)[:_DETAIL]
    except Exception:  # noqa: BLE001 - a stranger's class
        return ""


_DETAIL: Final = 500
