"""What an adapter is: the contract between munidx and the package of a city.

A city is a package that names an entry point in the group ``munidx.adapters``; the entry
point's name is the city's slug, its value a module (or object) that implements the hook
``munidx_adapter`` of :mod:`munidx.adapters.hooks`::

    from munidx.adapters import Publication, Reading, Recognition, hookimpl

    class Adapter:
        def recognise(self, document: Publication) -> Recognition: ...
        def read(self, document: Publication) -> Reading: ...

    @hookimpl
    def munidx_adapter() -> Adapter:
        return Adapter()

Beside the code stands ``adapter.toml``, which the host reads without importing anything.
"""

import enum
from collections.abc import Mapping
from typing import Protocol, runtime_checkable

from attrs import field, frozen

from munidx.document import Publication
from munidx.findings import Finding
from munidx.model import Plan

__all__ = ["Adapter", "Coverage", "Leftover", "PassReason", "Reading", "Recognition"]


@frozen(kw_only=True)
class Recognition:
    """How sure an adapter is that a document is of a form it reads.

    Args:
        score: From 0 (certainly not) to 1 (certainly); the host takes the highest from 0.5 up.
        reasons: What spoke for it, and what was missed, in short phrases.
    """

    score: float
    reasons: tuple[str, ...] = ()


class PassReason(enum.StrEnum):
    """Why a part of a document is no part of the plan. The list is closed."""

    PAGE_NUMBER = "page-number"
    RUNNING_HEAD = "running-head"
    CONTENTS = "contents"
    NAVIGATION = "navigation"
    REPEAT = "repeat"
    """the same thing is printed, and held, elsewhere"""
    TABLE_HEADER = "table-header"
    BOILERPLATE = "boilerplate"


@frozen(kw_only=True)
class Leftover:
    """A part of the document that went into no plan.

    With a ``reason`` it was passed over knowingly; without one it was not understood, and
    the host reports it. What an adapter neither holds nor leaves over, the host finds itself.
    """

    source: str
    """Its locator; a whole line, row or cell unless ``text`` says which part of it."""
    reason: PassReason | None = None
    text: str = ""
    """The part of the place's text that is meant; empty: all that no plan holds."""


@frozen(kw_only=True)
class Coverage:
    """How much of a document was read, in non-blank characters.

    Computed by the host from the document's blocks and the sources of what was read.
    """

    held: int = 0
    """In a field of a node (or, for prose, in a section)."""
    passed: Mapping[PassReason, int] = field(factory=dict)
    unread: int = 0
    unread_places: tuple[Leftover, ...] = ()
    """Every stretch that is neither held nor passed."""


@frozen(kw_only=True)
class Reading:
    """What came of reading a document: plans, findings, and what was left over."""

    plans: tuple[Plan, ...] = ()
    findings: tuple[Finding, ...] = ()
    leftovers: tuple[Leftover, ...] = ()
    coverage: Coverage = field(factory=Coverage)
    """Set by the host; what an adapter puts here is ignored."""


@runtime_checkable
class Adapter(Protocol):
    """Reads the documents of one city.

    An adapter keeps no state between calls, opens no file, asks no network and prints
    nothing; the same document gives the same reading.
    """

    def recognise(self, document: Publication) -> Recognition:
        """Say whether ``document`` is of a form that this adapter reads.

        Go by content (titles, headings, header words), never by file name, and by the form
        rather than one edition of it: no years, counts or row titles. Called only for
        documents in which words of ``adapter.toml`` occur; must be quick and not raise.
        """
        ...

    def read(self, document: Publication) -> Reading:
        """Read ``document`` into plans.

        * Nothing invented: a value that is not printed is absent; what follows from the
          text is named in ``inferred``.
        * Nothing lost: each node's ``source`` names every block that its fields were taken
          from; the host checks each character of the document against them.
        * A bad row becomes a finding (``MX9xx``) or a leftover, and reading goes on.
        * ``id`` is never made from code, position or title.
        """
        ...
