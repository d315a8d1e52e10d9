"""Walking a plan and addressing its nodes by paths.

A path addresses a node within one edition: ``goals[1]/goals[1-2]/measures[3]``. The key is
the node's code (NFKC, white space removed, ``/ [ ] # %`` percent-escaped); without a code, or
with one that a sibling shares, it is ``#n``, the 1-based position. The plan's own path is
``""``. Paths are addresses, not identity: another edition may reuse them.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import repeat
from typing import Final, NamedTuple, TypeAlias

from attrs import frozen

from munidx.model.indicator import Indicator
from munidx.model.plan import Goal, Measure, Plan

__all__ = [
    "COLLECTIONS",
    "Item",
    "Node",
    "Step",
    "children",
    "format_path",
    "keys",
    "normal_code",
    "parse_path",
    "resolve",
    "walk",
]

Node: TypeAlias = Plan | Goal | Measure | Indicator
Siblings: TypeAlias = Sequence[Goal | Measure | Indicator]

COLLECTIONS: Final = ("goals", "measures", "indicators")
"""The fields that hold child nodes, in the order in which they are walked."""

_STEP: Final = re.compile(
    r"(?P<collection>goals|measures|indicators)\[(?:#(?P<position>[1-9]\d*)|(?P<code>[^\[\]/#]+))\]",
    re.ASCII,
)
_ESCAPE: Final = re.compile(r"[/\[\]#%]")
_SPACE: Final = re.compile(r"\s+")
_NORMAL: Final = re.compile(r"[!-~]*").fullmatch


@frozen
class Step:
    """One step of a path: into ``collection``, to the child with ``key``.

    ``key`` is a code (unescaped) or a 1-based position.
    """

    collection: str
    key: str | int


class Item(NamedTuple):
    """A node met on a walk, with its path and its parent's."""

    path: str
    """Where it stands; ``""`` for the plan itself."""
    node: Node
    """The plan, goal, measure or indicator."""
    parent: str | None
    """The parent's path; None for the plan itself."""


def walk(plan: Plan) -> Iterator[Item]:
    """Every node of ``plan`` with its path, the plan first, parents before children."""
    stack: list[Item] = [Item("", plan, None)]
    while stack:
        item = stack.pop()
        yield item
        path, node = item.path, item.node
        if isinstance(node, Indicator):
            continue
        below: list[Item] = []
        above = f"{path}/" if path else ""
        for collection in COLLECTIONS:
            nodes = children(node, collection)
            if nodes:
                steps = [f"{above}{_format_step(collection, key)}" for key in keys(nodes)]
                # Item(…) for each, without a call of Python's own.
                below += map(tuple.__new__, repeat(Item), zip(steps, nodes, repeat(path)))
        below.reverse()
        stack += below


def children(node: Node, collection: str) -> Siblings:
    """The children of ``node`` in ``collection``; none where its class has no such field."""
    found: Siblings = getattr(node, collection, ())
    return found


def keys(nodes: Siblings) -> list[str | int]:
    """The path keys of siblings: the code where it is unique among them, else the position."""
    codes = [node.code for node in nodes]
    if not any(codes):
        return [*range(1, len(codes) + 1)]
    codes = [normal_code(code) for code in codes]
    if len(codes) == 1:
        return [codes[0] or 1]
    if len(set(codes)) == len(codes):
        return [code or position for position, code in enumerate(codes, start=1)]
    counts = Counter(codes)
    return [
        code if code and counts[code] == 1 else position
        for position, code in enumerate(codes, start=1)
    ]


def normal_code(code: str) -> str:
    """``code`` as paths compare it: NFKC, white space removed."""
    # Most are ASCII without a space, and normal as they are.
    if _NORMAL(code):
        return code
    return _SPACE.sub("", unicodedata.normalize("NFKC", code))


def format_path(steps: Sequence[Step]) -> str:
    """The path of ``steps``."""
    return "/".join(_format_step(step.collection, step.key) for step in steps)


def parse_path(path: str) -> tuple[Step, ...]:
    """The steps of ``path``; the plan's own path has none.

    Raises:
        ValueError: ``path`` is not of the form that this module's docstring shows.
    """
    if not path:
        return ()
    steps = []
    for part in path.split("/"):
        found = _STEP.fullmatch(part)
        if not found:
            raise ValueError(path)
        key = int(found["position"]) if found["position"] else _unescape(found["code"])
        steps.append(Step(found["collection"], key))
    return tuple(steps)


def resolve(plan: Plan, path: str) -> Node:
    """The node of ``plan`` at ``path``.

    Raises:
        ValueError: ``path`` is no path.
        KeyError: No node stands there.
    """
    node: Node = plan
    for step in parse_path(path):
        nodes = children(node, step.collection)
        try:
            node = nodes[keys(nodes).index(step.key)]
        except ValueError:
            raise KeyError(path) from None
    return node


def _format_step(collection: str, key: str | int) -> str:
    if isinstance(key, int):
        return f"{collection}[#{key}]"
    if _ESCAPE.search(key):
        key = _ESCAPE.sub(lambda found: f"%{ord(found[0]):02X}", key)
    return f"{collection}[{key}]"


def _unescape(key: str) -> str:
    return re.sub(r"%(2F|5B|5D|23|25)", lambda found: chr(int(found[1], 16)), key)
