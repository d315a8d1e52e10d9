"""How far the reading of a long document is, for whoever wants to know."""

import contextlib
from collections.abc import Callable, Iterator
from contextvars import ContextVar
from typing import Final, TypeAlias

__all__ = ["Watcher", "came_to", "watched"]

Watcher: TypeAlias = Callable[[str, int, int], None]
"""Called with the document's name, the page that is read now, and how many there are."""

_WATCHER: Final[ContextVar[Watcher | None]] = ContextVar("munidx_watcher", default=None)


@contextlib.contextmanager
def watched(watcher: Watcher) -> Iterator[None]:
    """Meanwhile ``watcher`` is called as the reading of a document in pages goes on."""
    token = _WATCHER.set(watcher)
    try:
        yield
    finally:
        _WATCHER.reset(token)


def came_to(name: str, page: int, pages: int) -> None:
    """Say that page ``page`` of ``pages`` of the document ``name`` is read now."""
    watcher = _WATCHER.get()
    if watcher is not None:
        watcher(name, page, pages)
