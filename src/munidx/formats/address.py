"""Where something stands in the data of a plan: as keys and indices, and as a path.

Parsers and positions know places as keys and indices: ``("goals", 0, "title")``. People are
shown the design's path of the node, and the field within it: ``goals[1]`` and ``title``,
``targets[#1].value``.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

from munidx.model import (
    COLLECTIONS,
    Goal,
    Plan,
    Step,
    children,
    format_path,
    keys,
    parse_path,
    walk,
)

__all__ = ["Where", "address", "field_where", "node_places", "where"]

Where: TypeAlias = tuple[str | int, ...]
"""Keys and 0-based indices from the top of the data."""


def address(
    data: object, place: Where, seen: dict[int, list[str | int]] | None = None
) -> tuple[str, str]:
    """The path of the node at or around ``place`` in ``data``, and the field within it.

    Args:
        data: The data of a plan, faulty perhaps; of a goal, measure or indicator too.
        place: Keys and indices, which need not exist.
        seen: Keeps the keys of siblings between calls on the same data.
    """
    steps: list[Step] = []
    node, at = data, 0
    while at + 1 < len(place) and place[at] in COLLECTIONS:
        collection, index = str(place[at]), place[at + 1]
        siblings = node.get(collection) if isinstance(node, Mapping) else None
        if not isinstance(siblings, Sequence) or not isinstance(index, int):
            break
        steps.append(Step(collection, _keys(siblings, seen)[index]))
        node, at = siblings[index], at + 2
    return format_path(steps), _field(place[at:])


def where(plan: Plan, path: str, field: str = "") -> Where:
    """Keys and indices of ``field`` of the node of ``plan`` at ``path``.

    Of ``field``, what cannot be followed is left away: a place nearby is better than none.

    Raises:
        ValueError: ``path`` is no path.
        KeyError: No node stands there.
    """
    node: Any = plan
    found: list[str | int] = []
    for step in parse_path(path):
        nodes = children(node, step.collection)
        try:
            index = keys(nodes).index(step.key)
        except ValueError:
            raise KeyError(path) from None
        node = nodes[index]
        found += [step.collection, index]
    return (*found, *field_where(field))


def field_where(field: str) -> Where:
    """Keys and indices of a field within its node; what cannot be followed is left away."""
    found: list[str | int] = []
    for part in field.split(".") if field else []:
        name, bracket, rest = part.partition("[#")
        found.append(name)
        if bracket and rest[:-1].isdecimal() and rest.endswith("]"):
            found.append(int(rest[:-1]) - 1)
        elif bracket:
            break
    return tuple(found)


def node_places(plan: Plan) -> Mapping[str, Where]:
    """Path → keys and indices of every node, in one pass: for who asks for many."""
    found: dict[str, Where] = {}
    passed: Counter[tuple[str, str]] = Counter()
    for item in walk(plan):
        if item.parent is None:
            found[item.path] = ()
            continue
        step = item.path[len(item.parent) :].removeprefix("/")
        above = (item.parent, step.partition("[")[0])
        found[item.path] = (*found[item.parent], above[1], passed[above])
        passed[above] += 1
    return found


def _keys(siblings: Sequence[object], seen: dict[int, list[str | int]] | None) -> list[str | int]:
    if seen is not None and id(siblings) in seen:
        return seen[id(siblings)]
    found = keys([Goal(code=_code(sibling)) for sibling in siblings])
    if seen is not None:
        seen[id(siblings)] = found
    return found


def _code(node: object) -> str:
    code = node.get("code") if isinstance(node, Mapping) else None
    return code if isinstance(code, str) else ""


def _field(parts: Where) -> str:
    told = ""
    for part in parts:
        if isinstance(part, int):
            told += f"[#{part + 1}]"
        else:
            told += f".{part}" if told else str(part)
    return told
