"""A plan laid flat: every node with its parent and place, numbered in walking order.

Matching and comparing work on these numbers; paths are made when they are asked for. The
walk keeps its own stack, so that depth is bounded by memory alone.
"""

import functools
import re
from collections.abc import Mapping, Sequence
from typing import Any, Final, cast

from attrs import define, field

from munidx.model import Goal, Indicator, Measure, Node, Plan, Step, normal_code
from munidx.model import format_path as _format_path

__all__ = ["CLASSES", "Tree", "lay_out", "path_of_child", "sibling_keys"]

CLASSES: Final = {"goals": Goal, "measures": Measure, "indicators": Indicator}
"""The class of the nodes in each collection."""

_PLAIN: Final = re.compile(r"[-.0-9A-Za-z]*").fullmatch
"""Codes that stand in a path as they are."""


@define(eq=False, slots=False)
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
    below: list[Mapping[str, Sequence[int]]] = field(factory=list)
    """The numbers of each node's children by collection; only collections that hold any."""

    def of(self, collection: str) -> Sequence[int]:
        """The numbers of all nodes that stand in a ``collection`` field."""
        return self._standing.get(collection, ())

    @functools.cached_property
    def _standing(self) -> Mapping[str, Sequence[int]]:
        found: dict[str, list[int]] = {name: [] for name in ("", *CLASSES)}
        put = {name: numbers.append for name, numbers in found.items()}
        for number, name in enumerate(self.collections):
            put[name](number)
        return found

    def numbers(self) -> dict[str, int]:
        """The number of each path."""
        return {path: number for number, path in enumerate(self.paths)}

    @functools.cached_property
    def paths(self) -> list[str]:
        """The path of each node; ``""`` for the plan."""
        paths = [""] * len(self.nodes)
        codes = self.codes
        # Parents come before their children; depth is bounded by memory alone.
        for above, below in enumerate(self.below):
            lead = f"{paths[above]}/" if above else ""
            for collection, numbers in below.items():
                mine = [codes[number] for number in numbers]
                told = "".join(mine)
                if told and _PLAIN(told) and len(set(mine)) == len(mine) and all(mine):
                    for number, key in zip(numbers, mine, strict=True):
                        paths[number] = f"{lead}{collection}[{key}]"
                elif told:
                    for number, one in zip(numbers, sibling_keys(mine), strict=True):
                        paths[number] = lead + _format_path([Step(collection, one)])
                else:
                    for place, number in enumerate(numbers, start=1):
                        paths[number] = f"{lead}{collection}[#{place}]"
        return paths

    @functools.cached_property
    def codes(self) -> list[str]:
        """The code of each node; the plan itself has none."""
        return [getattr(node, "code", "") for node in self.nodes]

    def code(self, number: int) -> str:
        """The node's code; the plan itself has none."""
        return self.codes[number]

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


_LEAF: Final[Mapping[str, Sequence[int]]] = {}
"""Below most nodes there is nothing."""
_BRANCHES: Final = ("measures", "goals")
"""The collections whose nodes have nodes below them, the last to be walked first."""


def lay_out(plan: Plan) -> Tree:
    """``plan`` as a :class:`Tree`."""
    tree = Tree(plan)
    # What is still to be walked: siblings, their parent and collection, and the next of them.
    stack: list[tuple[Sequence[Node], int, str, int]] = [((plan,), -1, "", 0)]
    while stack:
        siblings, above, collection, position = stack.pop()
        if collection == "indicators":
            _put_leaves(tree, siblings, above, collection)
            continue
        if position + 1 < len(siblings):
            stack.append((siblings, above, collection, position + 1))
        node = siblings[position]
        number = len(tree.nodes)
        tree.nodes.append(node)
        tree.parents.append(above)
        tree.collections.append(collection)
        tree.positions.append(position)
        tree.below.append(_LEAF)
        if above >= 0:
            _below(tree, above).setdefault(collection, []).append(number)
        leaves = getattr(node, "indicators", ())
        branches = False
        for name in _BRANCHES:
            children = getattr(node, name, ())
            if children:
                if leaves and not branches:
                    stack.append((leaves, number, "indicators", 0))
                branches = True
                stack.append((children, number, name, 0))
        if leaves and not branches:
            _put_leaves(tree, leaves, number, "indicators")
    return tree


def _below(tree: Tree, number: int) -> dict[str, Any]:
    found = tree.below[number]
    if found is _LEAF:
        found = tree.below[number] = {}
    return cast("dict[str, Any]", found)


def _put_leaves(tree: Tree, leaves: Sequence[Node], above: int, collection: str) -> None:
    """Indicators, which have nothing below them, all at once."""
    start, size = len(tree.nodes), len(leaves)
    tree.nodes.extend(leaves)
    tree.parents.extend([above] * size)
    tree.collections.extend([collection] * size)
    tree.positions.extend(range(size))
    tree.below.extend([_LEAF] * size)
    _below(tree, above)[collection] = range(start, start + size)


def sibling_keys(codes: Sequence[str]) -> list[str | int]:
    """As :func:`munidx.model.keys`, from the codes alone."""
    if not any(codes):
        return list(range(1, len(codes) + 1))
    normal = [normal_code(code) if code else "" for code in codes]
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
    step = _format_path([Step(collection, key)])
    return f"{path}/{step}" if path else step
