"""What goes wrong, as one message on standard error and an exit code."""

import os
import traceback
from collections.abc import Callable
from enum import IntEnum
from typing import Final

from munidx.cli.outputs import PipeClosedError, complain
from munidx.cli.session import language
from munidx.errors import AdapterError, ConfigError, MunidxError, SelectionError
from munidx.report.errors import render_error

__all__ = ["ExitCode", "guard", "report"]

_INTERRUPTED: Final = 130  # as shells tell it: 128 and the number of SIGINT
_PIPE_CLOSED: Final = 141  # 128 and SIGPIPE


class ExitCode(IntEnum):
    """What munidx ends with."""

    QUIET = 0
    """nothing to report"""
    REPORTED = 1
    """findings or changes at or above ``--fail-on``"""
    USAGE = 2
    """wrong options, or a plan that must be chosen"""
    UNREADABLE = 3
    """a file that cannot be read (or written); also a fault of munidx itself"""
    NO_ADAPTER = 4
    """no adapter, or the one asked for is broken"""


def guard(run: Callable[[], int]) -> int:
    """The exit code of ``run``, whatever it raises; a traceback only with ``MUNIDX_DEBUG=1``."""
    try:
        return run()
    except MunidxError as error:
        return report(error)
    except PipeClosedError:
        return _PIPE_CLOSED
    except KeyboardInterrupt:
        return _INTERRUPTED
    except Exception as error:  # noqa: BLE001 - nobody is to meet a traceback
        return _unexpected(error)


def report(error: MunidxError) -> int:
    """Tell ``error`` on standard error, and return the exit code that it means."""
    _debug(error)
    complain(render_error(error, language()))
    if isinstance(error, AdapterError):
        return ExitCode.NO_ADAPTER
    if isinstance(error, SelectionError | ConfigError):
        return ExitCode.USAGE
    return ExitCode.UNREADABLE


def _unexpected(error: Exception) -> int:
    """What nobody foresaw is our fault."""
    _debug(error)
    complain(render_error(MunidxError("unexpected", error=type(error).__name__), language()))
    return ExitCode.UNREADABLE


def _debug(error: Exception) -> None:
    if os.environ.get("MUNIDX_DEBUG") == "1":
        traceback.print_exception(error)
