"""A city's code in a process of its own, with bounds on its time and memory.

The host's side: an adapter that hands each call to a child (:mod:`munidx.adapters.child`) and
takes back nothing but JSON, so that code which never ends, eats all memory, or ends the process
stops only its own child.
"""

import pickle
import signal
import subprocess
import sys
import tempfile
from importlib.metadata import EntryPoint
from typing import IO, Any, Final

from attrs import frozen

from munidx.adapters.contract import Reading, Recognition
from munidx.adapters.loading import RelayedError
from munidx.adapters.relay import Answer, decode
from munidx.document import Publication

__all__ = ["IsolatedAdapter", "Isolation"]

_MEGABYTE: Final = 1024 * 1024


@frozen(kw_only=True)
class Isolation:
    """The bounds of one call of a city's code."""

    seconds: int = 120
    megabytes: int = 1024
    """Address space of the child, where the system can bound it."""


@frozen
class IsolatedAdapter:
    """The adapter behind ``entry``, each call in a child process.

    Every method raises :class:`~munidx.errors.AdapterError`: ``adapter-timeout`` (``seconds``),
    ``adapter-memory`` (``megabytes``), ``adapter-crashed`` (``status``), or what the child
    reports of the city's code.
    """

    name: str
    entry: EntryPoint
    isolation: Isolation

    def load(self) -> None:
        """Load the city's code, and leave it at that."""
        self._ask("load", None)

    def recognise(self, document: Publication) -> Recognition:
        """As :meth:`munidx.adapters.Adapter.recognise`."""
        return self._ask("recognise", document).recognition

    def read(self, document: Publication) -> Reading:
        """As :meth:`munidx.adapters.Adapter.read`."""
        return self._ask("read", document).reading

    def _ask(self, method: str, document: Publication | None) -> Answer:
        bounds = (self.isolation.seconds, self.isolation.megabytes * _MEGABYTE)
        entry = (self.entry.name, self.entry.value, self.entry.group)
        request = pickle.dumps((list(sys.path), bounds, entry, method, document))
        # Files, not pipes: neither side waits for the other, and no answer fills our memory.
        with tempfile.TemporaryFile() as asked, tempfile.TemporaryFile() as answered:
            asked.write(request)
            asked.seek(0)
            status = self._run(asked, answered)
            answered.seek(0)
            answer = decode(answered.read(), self.name) if status == 0 else None
        if answer is None:
            raise RelayedError("adapter-crashed", adapter=self.name, status=_told(status))
        if answer.error:
            raise self._relayed(answer)
        return answer

    def _run(self, asked: IO[bytes], answered: IO[bytes]) -> int:
        command = [sys.executable, "-m", "munidx.adapters.child"]
        with subprocess.Popen(  # noqa: S603 - this interpreter, a module of ours
            command,
            stdin=asked,
            stdout=answered,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        ) as child:
            try:
                return child.wait(self.isolation.seconds)
            except subprocess.TimeoutExpired:
                seconds = self.isolation.seconds
                raise RelayedError("adapter-timeout", adapter=self.name, seconds=seconds) from None
            finally:
                child.kill()

    def _relayed(self, answer: Answer) -> RelayedError:
        params: dict[str, Any] = {**answer.params, "adapter": self.name}
        if params.get("error") == MemoryError.__name__:
            megabytes = self.isolation.megabytes
            return RelayedError("adapter-memory", adapter=self.name, megabytes=megabytes)
        return RelayedError(answer.error, **params)


def _told(status: int) -> str:
    """How a process ended, in a word: ``exit 3`` or ``SIGSEGV``."""
    if status >= 0:
        return f"exit {status}"
    try:
        return signal.Signals(-status).name
    except ValueError:
        return f"signal {-status}"
