"""Which field of a node a fault is about, so that an editor can point at the very value."""

from collections.abc import Iterator, Mapping
from typing import Final

from attrs import fields

from munidx.model import COLLECTIONS, Node

__all__ = ["field_of"]

_TELLING: Final = ("text", "value", "name", "title", "statement", "amount", "term", "year", "code")
"""By what a person knows a part of a node, what tells most first."""

_NAMING: Final = ("title", "statement", "code", "id")
"""By what a person knows a node."""


def field_of(node: Node, part: object = None, params: Mapping[str, object] | None = None) -> str:
    """The field of ``node`` that a fault is about: ``title``, ``targets[#2].text``.

    That is the field which a parameter names (``field``) or whose value one holds under its
    name (``code``); else the one by which people know the part, or the node. Empty where
    nothing of it is filled in.

    Args:
        node: The goal, measure, indicator or plan.
        part: What of it is at fault: an owner, a target; the node itself or None for the whole.
        params: What the sentence names.
    """
    params = params or {}
    above = "" if part is None or part is node else _place(node, part)
    one = part if above else node
    named = _named(one, params)
    if not named:
        named = next((name for name in (_TELLING if above else _NAMING) if _filled(one, name)), "")
    return ".".join(filter(None, (above, named)))


def _named(one: object, params: Mapping[str, object]) -> str:
    told = params.get("field")
    if isinstance(told, str) and _filled(one, told):
        return told
    return next((name for name, value in params.items() if _holds(one, name, value)), "")


def _holds(one: object, name: str, value: object) -> bool:
    return _filled(one, name) and getattr(one, name) == value


def _filled(one: object, name: str) -> bool:
    return getattr(one, name, None) not in (None, "", ())


def _place(node: Node, part: object) -> str:
    """Where ``part`` stands in ``node``; empty where it is none of its own parts."""
    for name, value in _parts(node):
        if value is part:
            return name
        if isinstance(value, tuple):
            for number, entry in enumerate(value, start=1):
                if entry is part:
                    return f"{name}[#{number}]"
    return ""


def _parts(node: Node) -> Iterator[tuple[str, object]]:
    for field in fields(type(node)):
        if field.name not in COLLECTIONS:
            yield field.name, getattr(node, field.name)
