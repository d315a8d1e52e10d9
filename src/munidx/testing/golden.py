"""Golden files: what an adapter read, kept beside its tests, without the cities' sentences.

A golden file is the canonical TOML of a plan. Where the document is a city's own, its prose is
replaced by its length and a hash, so that a changed reading still shows while the sentences stay
with the city; titles, names, codes, figures and the words of targets are facts and stay.
"""

import hashlib
from typing import Any, Final, TypeVar

import attrs

from munidx.model import Milestone, Plan, Section, Term

__all__ = ["redact"]

_T = TypeVar("_T")

_PROSE: Final = frozenset(
    {
        "actions",
        "definition",
        "description",
        "issues",
        "mission",
        "next_steps",
        "plan",
        "reason",
        "results",
        "target_state",
        "vision",
    }
)
"""Fields that hold sentences; ``text`` is one where it stands in a section or an entry."""
_TEXTS: Final = (Section, Term, Milestone)
_NAMES: Final = "Reference"  # its ``plan`` is a name


def redact(plan: Plan) -> Plan:
    """``plan`` with each text of its prose fields as ``<124 characters, sha256:0a1b2c3d…>``.

    The hash is of the text without its white space, so that a reader which only breaks lines
    elsewhere gives the same golden file. An absent text stays absent.
    """
    return _redact(plan)


def _redact(thing: _T) -> _T:
    changes = {}
    for attribute in attrs.fields(type(thing)):  # type: ignore[arg-type]
        value = getattr(thing, attribute.name)
        changed = _told(value) if _is_prose(thing, attribute.name) else _below(value)
        if changed is not value:
            changes[attribute.name] = changed
    return attrs.evolve(thing, **changes) if changes else thing  # type: ignore[type-var]


def _is_prose(thing: object, name: str) -> bool:
    if name == "plan" and type(thing).__name__ == _NAMES:
        return False
    return name in _PROSE or (name == "text" and isinstance(thing, _TEXTS))


def _told(value: Any) -> Any:
    if isinstance(value, tuple):
        return tuple(_told(part) for part in value)
    plain = "".join(value.split())
    if not plain:
        return value
    digest = hashlib.sha256(plain.encode()).hexdigest()[:16]
    return f"<{len(plain)} characters, sha256:{digest}…>"


def _below(value: Any) -> Any:
    if isinstance(value, tuple) and any(attrs.has(type(part)) for part in value):
        return tuple(_redact(part) for part in value)
    return _redact(value) if attrs.has(type(value)) else value
