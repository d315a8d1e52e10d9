"""The host of the cities' adapters: finds them, asks the plausible ones, checks what they give.

An installed city is known by its entry point (group ``munidx.adapters``, its name the city's
slug) and its ``adapter.toml``; neither imports its code. A document is compared with the cues
of these files, the cities that come into question are loaded and asked, and the surest from
0.5 up reads. Whatever a city's package does wrong becomes a status and a problem, and the
others go on.
"""

import difflib
import enum
import math
import os
from collections.abc import Iterable, Mapping
from importlib.metadata import EntryPoint, entry_points, version
from typing import Any, Final

from attrs import define, evolve, field, frozen
from packaging.version import Version

from munidx.adapters.acceptance import accept
from munidx.adapters.contract import Adapter, Reading, Recognition
from munidx.adapters.isolation import IsolatedAdapter, Isolation
from munidx.adapters.loading import guarded, load_adapter, load_rules
from munidx.adapters.manifest import Manifest, read_manifest
from munidx.document import Publication
from munidx.errors import AdapterError
from munidx.findings import Finding, Severity
from munidx.japanese.characters import compact

__all__ = ["GROUP", "AdapterState", "AdapterStatus", "Candidate", "Host"]

GROUP: Final = "munidx.adapters"
"""The group of entry points in which cities name themselves."""
SURE: Final = 0.5
"""The score from which on a city reads a document."""


class AdapterState(enum.StrEnum):
    """Whether a city's adapter can be used."""

    AVAILABLE = "available"
    BROKEN = "broken"
    INCOMPATIBLE = "incompatible"
    """needs another munidx"""
    DUPLICATE = "duplicate"
    """two packages claim the name: neither is used"""
    EXCLUDED = "excluded"
    """left out by the user's choice (``MUNIDX_ADAPTERS``)"""


@frozen(kw_only=True)
class AdapterStatus:
    """A city's adapter as the host sees it."""

    name: str
    """The city's slug."""
    state: AdapterState
    code: str = ""
    """Why it is not available: the code of the error that using it raises."""
    params: Mapping[str, object] = field(factory=dict)
    distribution: str = ""
    version: str = ""
    manifest: Manifest | None = None
    """Absent where it could not be read."""


@frozen(kw_only=True)
class Candidate:
    """What a city says of a document."""

    name: str
    score: float
    reasons: tuple[str, ...] = ()


@define(eq=False)
class _Guest:
    """A city at the host's table."""

    status: AdapterStatus
    entry: EntryPoint
    adapter: Adapter | None = None


class Host:
    """The installed adapters.

    Args:
        entries: The entry points; absent: those installed, looked up when first needed.
        allowed: The names to use, no others; absent: those in the environment variable
            ``MUNIDX_ADAPTERS`` (parted by commas), or all where it is not set.
        munidx: The version that packages are held against; absent: this one.
        isolation: Bounds; with them each call of a city's code runs in a child process.
    """

    def __init__(
        self,
        entries: Iterable[EntryPoint] | None = None,
        *,
        allowed: Iterable[str] | None = None,
        munidx: str = "",
        isolation: Isolation | None = None,
    ) -> None:
        self._entries = None if entries is None else list(entries)
        self._allowed = frozenset(allowed) if allowed is not None else _allowed()
        self._munidx = munidx
        self._isolation = isolation
        self._guests: dict[str, _Guest] | None = None

    def statuses(self) -> tuple[AdapterStatus, ...]:
        """Every installed adapter, by name; those not loaded yet as their files say."""
        return tuple(guest.status for guest in self._table().values())

    @property
    def problems(self) -> tuple[Finding, ...]:
        """A warning ``MX910`` for each adapter that cannot be used, as far as is known."""
        return tuple(
            Finding(
                code="MX910",
                severity=Severity.WARNING,
                params={"adapter": status.name, "reason": status.code, **status.params},
            )
            for status in self.statuses()
            if status.state not in {AdapterState.AVAILABLE, AdapterState.EXCLUDED}
        )

    def check(self) -> tuple[AdapterStatus, ...]:
        """Load every adapter that can be loaded, and return the statuses after that."""
        for guest in self._usable():
            self._try_to_load(guest)
            if isinstance(guest.adapter, IsolatedAdapter):
                try:
                    guest.adapter.load()
                except AdapterError as error:
                    self._break(guest, error)
        return self.statuses()

    def rules(self, name: str) -> tuple[object, ...]:
        """What the city called ``name`` gives as its rules; unchecked.

        Raises:
            AdapterError: Its code cannot be loaded, or its hook raised.
        """
        return load_rules(name, self._table()[name].entry)

    def recognise(self, publication: Publication) -> tuple[Candidate, ...]:
        """What each usable city says of ``publication``, the surest first.

        Cities none of whose cues occur are not loaded; they stand with a score of 0.
        """
        text = compact(publication.text())
        said = [self._ask(guest, publication, text) for guest in self._usable()]
        said.sort(key=lambda each: (-each[0].score, -each[1], each[0].name))
        return tuple(candidate for candidate, _ in said)

    def read(self, publication: Publication, adapter: str | None = None) -> Reading:
        """Read ``publication`` by the city called ``adapter``, or by the surest one.

        Raises:
            AdapterError: ``adapter-unknown`` (``adapter``, ``installed``, ``nearest``): no
                such city. ``adapter-unknown-document`` (``nearest``: name, score and reasons
                of each city): none is sure. ``adapter-broken`` (``adapter``, ``reason`` and
                its parameters): the one asked for cannot be used. ``adapter-failed``
                (``adapter``, ``error``, ``detail``): it raised while it read.
        """
        if adapter is not None:
            return self._read(self._named(adapter), publication)
        candidates = self.recognise(publication)
        failure: AdapterError | None = None
        for candidate in candidates:
            if candidate.score >= SURE:
                try:
                    return self._read(self._table()[candidate.name], publication)
                except AdapterError as error:
                    failure = failure or error
        if failure:
            raise failure
        nearest = tuple((each.name, each.score, each.reasons) for each in candidates)
        raise AdapterError("adapter-unknown-document", nearest=nearest)

    def _usable(self) -> list[_Guest]:
        guests = self._table().values()
        return [guest for guest in guests if guest.status.state is AdapterState.AVAILABLE]

    def _named(self, name: str) -> _Guest:
        guest = self._table().get(name)
        if guest is None:
            installed = tuple(self._table())
            near = difflib.get_close_matches(name, installed, 1)
            raise AdapterError(
                "adapter-unknown", adapter=name, installed=installed, nearest="".join(near)
            )
        self._try_to_load(guest)
        return guest

    def _read(self, guest: _Guest, publication: Publication) -> Reading:
        status, adapter = guest.status, guest.adapter
        name = status.name
        if adapter is None:
            told: dict[str, Any] = {**status.params, "adapter": name, "reason": status.code}
            raise AdapterError("adapter-broken", **told)
        reading: object = guarded("adapter-failed", name, lambda: adapter.read(publication))
        city = status.manifest.municipality if status.manifest else None
        return accept(reading, publication, name, status.version, city)

    def _ask(self, guest: _Guest, publication: Publication, text: str) -> tuple[Candidate, int]:
        """What the city says, and how many of its cues occur."""
        name, manifest = guest.status.name, guest.status.manifest
        kinds = manifest.documents if manifest else ()
        fitting = [
            kind
            for kind in kinds
            if not kind.media_types or publication.media_types.intersection(kind.media_types)
        ]
        if not fitting:
            return Candidate(name=name, score=0.0, reasons=("media-type",)), 0
        found = [sum(compact(cue) in text for cue in kind.cues) for kind in fitting]
        if not any(found):
            return Candidate(name=name, score=0.0, reasons=("cues",)), 0
        if not self._try_to_load(guest) or guest.adapter is None:
            return Candidate(name=name, score=0.0, reasons=(guest.status.code,)), 0
        return self._recognition(guest, guest.adapter, publication), max(found)

    def _recognition(self, guest: _Guest, adapter: Adapter, publication: Publication) -> Candidate:
        name = guest.status.name
        try:
            said: object = guarded(
                "adapter-recognise-failed", name, lambda: adapter.recognise(publication)
            )
        except AdapterError as error:
            return self._disqualified(guest, error)
        score = _score(said)
        if not isinstance(said, Recognition) or score is None:
            kind = type(said).__name__
            return self._disqualified(
                guest, AdapterError("adapter-recognise-wrong", adapter=name, type=kind)
            )
        return Candidate(name=name, score=score, reasons=tuple(map(str, said.reasons)))

    def _disqualified(self, guest: _Guest, error: AdapterError) -> Candidate:
        self._break(guest, error)
        return Candidate(name=guest.status.name, score=0.0, reasons=(error.code,))

    def _try_to_load(self, guest: _Guest) -> bool:
        if guest.adapter is None and guest.status.state is AdapterState.AVAILABLE:
            try:
                guest.adapter = self._adapter(guest)
            except AdapterError as error:
                self._break(guest, error)
        return guest.adapter is not None

    def _adapter(self, guest: _Guest) -> Adapter:
        if self._isolation is None:
            return load_adapter(guest.status.name, guest.entry)
        return IsolatedAdapter(guest.status.name, guest.entry, self._isolation)

    @staticmethod
    def _break(guest: _Guest, error: AdapterError) -> None:
        guest.adapter = None
        guest.status = evolve(
            guest.status, state=AdapterState.BROKEN, code=error.code, params=_others(error)
        )

    def _table(self) -> dict[str, _Guest]:
        if self._guests is None:
            found = self._entries if self._entries is not None else entry_points(group=GROUP)
            named: dict[str, dict[tuple[str, str], EntryPoint]] = {}
            for entry in found:
                doubles = named.setdefault(entry.name, {})
                doubles.setdefault((entry.value, _distribution(entry)[0]), entry)
            self._guests = {
                name: self._seat(name, list(named[name].values())) for name in sorted(named)
            }
        return self._guests

    def _seat(self, name: str, entries: list[EntryPoint]) -> _Guest:
        entry = entries[0]
        distribution, number = _distribution(entry)
        status = AdapterStatus(
            name=name, state=AdapterState.AVAILABLE, distribution=distribution, version=number
        )
        if self._allowed is not None and name not in self._allowed:
            excluded = evolve(status, state=AdapterState.EXCLUDED, code="adapter-excluded")
            return _Guest(excluded, entry)
        if len(entries) > 1:
            packages = tuple(sorted(_distribution(each)[0] or each.value for each in entries))
            status = evolve(
                status,
                state=AdapterState.DUPLICATE,
                code="adapter-duplicate",
                params={"packages": packages},
            )
            return _Guest(status, entry)
        return _Guest(self._described(status, entry), entry)

    def _described(self, status: AdapterStatus, entry: EntryPoint) -> AdapterStatus:
        """``status`` with what the package's manifest says."""
        try:
            module = entry.value.partition(":")[0].strip()
            manifest = guarded("adapter-manifest-wrong", status.name, lambda: _manifest(module))
        except AdapterError as error:
            cause = error.__cause__ if isinstance(error.__cause__, AdapterError) else error
            return evolve(status, state=AdapterState.BROKEN, code=cause.code, params=_others(cause))
        running = self._munidx or version("munidx")
        if not manifest.munidx.contains(Version(running), prereleases=True):
            return evolve(
                status,
                manifest=manifest,
                state=AdapterState.INCOMPATIBLE,
                code="adapter-incompatible",
                params={"needs": str(manifest.munidx), "munidx": running},
            )
        return evolve(status, manifest=manifest)


def _manifest(module: str) -> Manifest:
    return read_manifest(module)


def _others(error: AdapterError) -> dict[str, object]:
    return {key: value for key, value in error.params.items() if key != "adapter"}


def _score(said: object) -> float | None:
    """The score of a recognition, where it is a number from 0 to 1."""
    score = getattr(said, "score", None)
    if isinstance(score, bool) or not isinstance(score, int | float) or math.isnan(score):
        return None
    return float(score) if 0 <= score <= 1 else None


def _allowed() -> frozenset[str] | None:
    told = os.environ.get("MUNIDX_ADAPTERS")
    if told is None:
        return None
    return frozenset(name.strip() for name in told.split(",") if name.strip())


def _distribution(entry: EntryPoint) -> tuple[str, str]:
    """The name and version of the distribution that names ``entry``."""
    if entry.dist is None:
        return "", ""
    return entry.dist.name or "", entry.dist.version or ""
