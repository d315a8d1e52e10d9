"""A plan laid flat: every node with its parent and place, numbered in walking order.

Matching and comparing work on these numbers; paths are made when they are asked for. The
walk keeps its own stack, so that depth is bounded by memory alone.
"""

import functools
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, cast

from attrs import define, field

from munidx.model import Goal, Indicator, Measure, Node, Plan, Step, normal_code
from munidx.model import format_path as _format_path

__all__ = ["CLASSES", "Tree", "lay_out", "path_of_child", "sibling_keys"]

CLASSES: Final = {"goals": Goal, "measures": Measure, "indicators": Indicator}
"""The class of the nodes in each collection."""

_code = functools.lru_cache(maxsize=65536)(normal_code)


@functools.lru_cache(maxsize=65536)
def _step(collection: str, key: str | int) -> str:
    return _format_path([Step(collection, key)])


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
    paths: "Paths" = field(init=False)

    def __attrs_post_init__(self) -> None:
        self.paths = Paths(self)

    def of(self, collection: str) -> list[int]:
        """The numbers of all nodes that stand in a ``collection`` field."""
        return [number for number, name in enumerate(self.collections) if name == collection]

    def numbers(self) -> dict[str, int]:
        """The number of each path."""
        return {path: number for number, path in enumerate(self.paths)}

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


class Paths:
    """The path of each node, made for all of its siblings when one is first asked for."""

    def __init__(self, tree: Tree) -> None:
        self._tree = tree
        self._held: dict[int, str] = {0: ""}

    def __iter__(self) -> Iterator[str]:
        return map(self.__getitem__, range(len(self._tree.nodes)))

    def __getitem__(self, number: int) -> str:
        found = self._held.get(number)
        return self._made(number) if found is None else found

    def _made(self, number: int) -> str:
        # From the lowest ancestor with a path down; depth is bounded by memory alone.
        above = [self._tree.parents[number]]
        while above[-1] not in self._held:
            above.append(self._tree.parents[above[-1]])
        for one in reversed(above):
            self._name_children(one)
        return self._held[number]

    def _name_children(self, above: int) -> None:
        tree, held = self._tree, self._held
        path = held[above]
        for collection, numbers in tree.below[above].items():
            keys = sibling_keys([tree.code(one) for one in numbers])
            for one, key in zip(numbers, keys, strict=True):
                held[one] = path_of_child(path, collection, key)


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
