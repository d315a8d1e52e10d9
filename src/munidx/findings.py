"""Findings: what validation or reading has to tell about a plan, without a sentence.

A finding carries a code, parameters and places; its sentence is made from the catalogue in
``munidx.report`` where it is shown, in the reader's language.
"""

import enum
from collections.abc import Mapping

import attrs
from attrs import frozen

from munidx.place import Location

__all__ = ["Finding", "Severity"]


class Severity(enum.StrEnum):
    """How much a finding matters."""

    INFO = "info"
    WARNING = "warning"
    ERROR = "error"

    @property
    def rank(self) -> int:
        """0 for info, 1 for warning, 2 for error: for ``--fail-on`` and sorting."""
        return list(Severity).index(self)


@frozen(kw_only=True)
class Finding:
    """One thing that a rule or a reading found.

    The families of codes: ``MX1xx`` identity and structure, ``MX2xx`` time, ``MX3xx``
    indicators and targets, ``MX4xx`` money, ``MX5xx`` responsibility, ``MX6xx`` coherence,
    ``MX7xx`` text, ``MX9xx`` what the reading met. A code never changes once given.
    """

    code: str
    severity: Severity
    params: Mapping[str, object] = attrs.field(factory=dict)
    """What the sentence names: plain strings, numbers and tuples of them."""
    path: str = ""
    """The node's path in its plan; ``""`` is the plan itself."""
    title: str = ""
    """The node's title, for a reader who does not know paths."""
    field: str = ""
    """What of the node it is about: ``title``, ``targets[#2].text``; ``""`` is the whole."""
    location: Location = attrs.field(factory=Location)
