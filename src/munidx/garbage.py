"""The collector of cyclic garbage, kept from searching while a great many objects are made."""

import contextlib
import gc
from collections.abc import Iterator

__all__ = ["collected", "uncollected"]


@contextlib.contextmanager
def uncollected() -> Iterator[None]:
    """No search for cycles meanwhile, for what only makes values without any.

    Every node of both plans would be looked at again and again: a third of the time of loading
    10,000 measures, a sixth of that of comparing them.
    """
    with _switched(on=False):
        yield


@contextlib.contextmanager
def collected() -> Iterator[None]:
    """The search goes on meanwhile, within :func:`uncollected`, for what does make cycles."""
    with _switched(on=True):
        yield


@contextlib.contextmanager
def _switched(*, on: bool) -> Iterator[None]:
    before = gc.isenabled()
    _switch(on=on)
    try:
        yield
    finally:
        _switch(on=before)


def _switch(*, on: bool) -> None:
    if on:
        gc.enable()
    else:
        gc.disable()
