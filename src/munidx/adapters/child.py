"""The other side of :mod:`munidx.adapters.isolation`: one call of one city's code, bounded.

Run as ``python -m munidx.adapters.child``: reads a request from its parent on standard input,
answers in JSON on standard output. Whatever the city's code prints goes to standard error.
"""

import os
import pickle
import sys
import threading
from importlib.metadata import EntryPoint
from typing import IO, Final

from munidx.adapters.contract import Adapter, Reading, Recognition
from munidx.adapters.loading import guarded, load_adapter
from munidx.adapters.relay import encode_error, encode_reading, encode_recognition
from munidx.document import Publication
from munidx.errors import AdapterError

__all__ = ["main"]

_LARGEST: Final = 256 * 1024 * 1024
"""Bytes of an answer."""


def main() -> None:
    """Answer the one request on standard input."""
    with os.fdopen(os.dup(1), "wb") as answers:
        os.dup2(2, 1)
        # The request is our parent's own; nothing of a document decides how it is unpacked.
        path, bounds, entry, method, document = pickle.load(sys.stdin.buffer)  # noqa: S301
        sys.path[:] = path
        bound(*bounds)
        answers.write(respond(EntryPoint(*entry), method, document))
        leave(answers)


def respond(entry: EntryPoint, method: str, document: Publication | None) -> bytes:
    """The answer to one call of the city's code."""
    try:
        adapter = load_adapter(entry.name, entry)
        if document is None:
            return encode_recognition(Recognition(score=0))
        if method == "recognise":
            return _recognition(entry.name, adapter, document)
        return _reading(entry.name, adapter, document)
    except AdapterError as error:
        return encode_error(error)


def _recognition(name: str, adapter: Adapter, document: Publication) -> bytes:
    said = guarded("adapter-recognise-failed", name, lambda: adapter.recognise(document))
    return guarded("adapter-recognise-wrong", name, lambda: encode_recognition(said))


def _reading(name: str, adapter: Adapter, document: Publication) -> bytes:
    reading: object = guarded("adapter-failed", name, lambda: adapter.read(document))
    if not isinstance(reading, Reading):
        raise AdapterError("adapter-reading-wrong", adapter=name, type=type(reading).__name__)
    try:
        return guarded("adapter-reading-wrong", name, lambda: encode_reading(reading))
    except AdapterError as error:
        kind = error.params["error"]
        raise AdapterError("adapter-reading-wrong", adapter=name, type=kind) from error


def bound(seconds: int, memory: int) -> None:
    """Bound this process, where the system can: address space, processor time, what it writes."""
    try:
        import resource  # noqa: PLC0415 - not on every system
    except ImportError:  # pragma: no cover - the parent still bounds the time
        return
    limits = (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_FSIZE, _LARGEST),
        (resource.RLIMIT_CORE, 0),
    )
    for kind, wanted in limits:
        _, hard = resource.getrlimit(kind)
        most = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        resource.setrlimit(kind, (most, hard))


def leave(answers: IO[bytes]) -> None:
    """Answered: a thread that the city's code started must not keep the process."""
    answers.flush()
    if threading.active_count() > 1:
        os._exit(0)


if __name__ == "__main__":
    main()
