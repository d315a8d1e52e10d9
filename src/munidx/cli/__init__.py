"""The command line: one file per command, each with a function ``command``.

``main`` answers ``--version`` before anything else is imported; all other calls go to
:mod:`munidx.cli.application`, and whatever goes wrong becomes one message and an exit code.
"""

import gc
import sys
from collections.abc import Sequence

from munidx import __version__

__all__ = ["main"]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run munidx with ``arguments`` (absent: those of the process) and return the exit code."""
    told = sys.argv[1:] if arguments is None else list(arguments)
    if told == ["--version"]:
        print(f"munidx {__version__}")
        return 0
    # A call is short, and next to nothing of what it makes is ever cyclic garbage.
    gc.set_threshold(100_000, 50, 50)
    # Only now, for --version needs none of it.
    from munidx.cli.application import run  # noqa: PLC0415
    from munidx.cli.failures import guard  # noqa: PLC0415

    return guard(lambda: run(told))
