"""The collector of cyclic garbage, kept from searching while a great many objects are made."""

import contextlib
import gc
import threading
from collections.abc import Iterator
from typing import Final

__all__ = ["collected", "uncollected"]


@contextlib.contextmanager
def uncollected() -> Iterator[None]:
    """No search for cycles meanwhile, for what only makes values without any.

    Every node of both plans would be looked at again and again: a third of the time of loading
    10,000 measures, a sixth of that of comparing them.
    """
    _hold()
    try:
        yield
    finally:
        _let_go()


@contextlib.contextmanager
def collected() -> Iterator[None]:
    """The search goes on meanwhile, within :func:`uncollected`, for what does make cycles."""
    before = gc.isenabled()
    gc.enable()
    try:
        yield
    finally:
        with _LOCK:
            if not before and (_HELD.holders or not _HELD.before):
                gc.disable()


class _Held:
    """How many ask at once that there be no search, in whatever threads, and what was before.

    The switch is one for the whole process: whoever came last puts it back.
    """

    holders = 0
    before = True


_HELD: Final = _Held()
_LOCK: Final = threading.Lock()


def _hold() -> None:
    with _LOCK:
        if not _HELD.holders:
            _HELD.before = gc.isenabled()
        _HELD.holders += 1
        gc.disable()


def _let_go() -> None:
    with _LOCK:
        _HELD.holders -= 1
        if not _HELD.holders and _HELD.before:
            _settle()
            gc.enable()


def _settle() -> None:
    """Count what was made meanwhile among the old, unlooked at.

    Else the next search, which is due at once, would go through every node of the plans. Who
    has frozen objects of his own (before a fork) keeps them frozen.
    """
    if not gc.get_freeze_count():
        gc.freeze()
        gc.unfreeze()
