"""From blocks to plans: the adapter contract, the host, and how much was read.

What the package of a city imports stands here; :class:`~munidx.adapters.host.Host` and
:func:`~munidx.adapters.coverage.measure` are imported from their modules, for they bring in
more than a city needs.
"""

from munidx.adapters.contract import Adapter, Coverage, Leftover, PassReason, Reading, Recognition
from munidx.adapters.hooks import hookimpl
from munidx.document import Publication

__all__ = [
    "Adapter",
    "Coverage",
    "Leftover",
    "PassReason",
    "Publication",
    "Reading",
    "Recognition",
    "hookimpl",
]
