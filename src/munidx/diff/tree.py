"""A plan laid flat: every node with its parent and place, numbered in walking order.

Matching and comparing work on these numbers; paths are made when they are asked for. The
walk keeps its own stack, so that depth is bounded by memory alone.
"""

import functools
from collections.abc import Sequence
from typing import Final

from attrs import define, field

from munidx.model import COLLECTIONS, Goal, Indicator, Measure, Node, Plan, Step, normal_code
from munidx.model import format_path as _format_path

__all__ = ["CLASSES", "Tree", "lay_out", "path_of_child", "sibling_keys"]

CLASSES: Final = {"goals": Goal, "measures": Measure, "indicators": Indicator}
"""The class of the nodes in each collection."""

_code = functools.lru_cache(maxsize=65536)(normal_code)


@functools.lru_cache(maxsize=65536)
def _step(collection: str, key: str | int) -> str:
    return _format_path([Step(collection, key)])


@define(eq=False)
class Tree:
    """The nodes of one plan, the plan itself first, parents before children."""

    plan: Plan
    nodes: list[Node] = field(factory=list)
    parents: list[int] = field(factory=list)
    """The number of each node's parent; -1 for the plan."""
    collections: list[str] = field(factory=list)
    """The field of the parent that holds the node; ``""`` for the plan."""
    positions: list[int] = field(factory=list)
    """The place among the siblings of the collection, from 0."""
    below: list[dict[str, list[int]]] = field(factory=list)
    """The numbers of each node's children by collection; only collections that hold any."""
    paths: list[str] = field(factory=list)

    def of(self, collection: str) -> list[int]:
        """The numbers of all nodes that stand in a ``collection`` field."""
        return [number for number, name in enumerate(self.collections) if name == collection]

    def numbers(self) -> dict[str, int]:
        """The number of each path."""
        return {path: number for number, path in enumerate(self.paths)}

    def code(self, number: int) -> str:
        """The node's code; the plan itself has none."""
        return getattr(self.nodes[number], "code", "")

    def last_step(self, number: int) -> str:
        """The last step of a node's path; ``""`` for the plan."""
        path = self.paths[number]
        above = self.parents[number]
        if above <= 0:
            return path
        return path[len(self.paths[above]) + 1 :]

    def subtree(self, number: int) -> list[int]:
        """``number`` and all below it, in walking order."""
        found = [number]
        for above in found:
            for numbers in self.below[above].values():
                found.extend(numbers)
        return sorted(found)


def lay_out(plan: Plan) -> Tree:
    """``plan`` as a :class:`Tree`."""
    tree = Tree(plan)
    stack: list[tuple[Node, int, str, int, str]] = [(plan, -1, "", 0, "")]
    nodes, parents, collections = tree.nodes, tree.parents, tree.collections
    positions, below, paths = tree.positions, tree.below, tree.paths
    while stack:
        node, parent, collection, position, path = stack.pop()
        number = len(nodes)
        nodes.append(node)
        parents.append(parent)
        collections.append(collection)
        positions.append(position)
        below.append({})
        paths.append(path)
        if parent >= 0:
            below[parent].setdefault(collection, []).append(number)
        for name in reversed(COLLECTIONS):
            children = getattr(node, name, ())
            if not children:
                continue
            found = sibling_keys([child.code for child in children])
            for place in range(len(children) - 1, -1, -1):
                child_path = path_of_child(path, name, found[place])
                stack.append((children[place], number, name, place, child_path))
    return tree


def sibling_keys(codes: Sequence[str]) -> list[str | int]:
    """As :func:`munidx.model.keys`, from the codes alone and with a memory."""
    if not any(codes):
        return list(range(1, len(codes) + 1))
    normal = [_code(code) if code else "" for code in codes]
    if len(set(normal)) == len(normal):
        return [code or position for position, code in enumerate(normal, start=1)]
    counts: dict[str, int] = {}
    for code in normal:
        counts[code] = counts.get(code, 0) + 1
    return [
        code if code and counts[code] == 1 else position
        for position, code in enumerate(normal, start=1)
    ]


def path_of_child(path: str, collection: str, key: str | int) -> str:
    """The path of the child with ``key`` in a ``collection`` of the node at ``path``."""
    step = _step(collection, key)
    return f"{path}/{step}" if path else step
