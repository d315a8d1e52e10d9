"""The collector of cyclic garbage, kept from searching while a great many objects are made."""

import contextlib
import gc
from collections.abc import Iterator

__all__ = ["uncollected"]


@contextlib.contextmanager
def uncollected() -> Iterator[None]:
    """No search for cycles meanwhile, for what only makes values without any.

    Every node of both plans would be looked at again and again: a third of the time of loading
    10,000 measures, a sixth of that of comparing them.
    """
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        if not gc.get_freeze_count():
            # All that was made is old at once: the next search need not begin with it.
            gc.freeze()
            gc.unfreeze()
        gc.enable()
