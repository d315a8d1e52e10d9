"""From blocks to plans: the adapter contract, the host, and how much was read."""

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
