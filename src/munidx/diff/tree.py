"""A plan laid flat: every node with its parent and place, numbered in walking order.

Matching and comparing work on these numbers; paths are made when they are asked for. The
walk keeps its own stack, so that depth is bounded by memory alone.
"""

import bisect
import functools
import itertools
import operator
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from attrs import define, field

from munidx.model import Goal, Indicator, Measure, Node, Plan, Step, normal_code
from munidx.model import format_path as _format_path

__all__ = ["CLASSES", "Tree", "lay_out", "path_of_child", "sibling_keys"]

CLASSES: Final = {"goals": Goal, "measures": Measure, "indicators": Indicator}
"""The class of the nodes in each collection."""

_PLAIN: Final = re.compile(r"[-.0-9A-Za-z]*").fullmatch
"""Codes that stand in a path as they are."""


class _Below(dict[int, dict[str, Sequence[int]]]):
    """The numbers of the children of each node by its collections that hold any.

    Most nodes have none, or nothing but indicators, which follow their owner: of those no more
    is kept than how many they are.
    """

    def __init__(self) -> None:
        super().__init__()
        self.leaves: dict[int, int] = {}
        """How many indicators follow a node that has no other children."""

    def __missing__(self, number: int) -> Mapping[str, Sequence[int]]:
        count = self.leaves.get(number)
        return {"indicators": range(number + 1, number + 1 + count)} if count else _LEAF


_LEAF: Final[Mapping[str, Sequence[int]]] = {}


@define(eq=False, slots=False)
class Tree:
    """The nodes of one plan, the plan itself first, parents before children."""

    plan: Plan
    nodes: list[Node] = field(factory=list)
    parents: list[int] = field(factory=list)
    """The number of each node's parent; -1 for the plan."""
    titles: list[str] = field(factory=list)
    codes: list[str] = field(factory=list)
    """The code of each node; the plan itself has none."""
    identified: bool = False
    """Whether any node but the plan has a permanent identifier."""
    below: _Below = field(factory=_Below)
    standing: dict[str, list[int]] = field(factory=lambda: {"": [], "goals": [], "measures": []})
    """The numbers of all nodes but indicators by the field of the parent that holds them."""

    def of(self, collection: str) -> Sequence[int]:
        """The numbers of all nodes that stand in a ``collection`` field."""
        return self._leaves if collection == "indicators" else self.standing.get(collection, ())

    @functools.cached_property
    def _leaves(self) -> list[int]:
        others = bytearray(len(self.nodes))
        for number in itertools.chain(*self.standing.values()):
            others[number] = True
        return list(itertools.compress(itertools.count(), map(operator.not_, others)))

    @functools.cached_property
    def collections(self) -> list[str]:
        """The field of the parent that holds each node; ``""`` for the plan."""
        found = ["indicators"] * len(self.nodes)
        for collection, numbers in self.standing.items():
            for number in numbers:
                found[number] = collection
        return found

    def position(self, number: int) -> int:
        """The place of a node among the siblings of its collection, from 0."""
        siblings = self.below[self.parents[number]][self.collections[number]]
        return bisect.bisect_left(siblings, number)

    def numbers(self) -> dict[str, int]:
        """The number of each path."""
        return {path: number for number, path in enumerate(self.paths)}

    @functools.cached_property
    def paths(self) -> list[str]:
        """The path of each node; ``""`` for the plan."""
        paths = [""] * len(self.nodes)
        codes = self.codes
        # Parents come before their children; depth is bounded by memory alone.
        for above, groups in self.below.items():
            for collection, numbers in groups.items():
                lead = f"{paths[above]}/{collection}[" if above else f"{collection}["
                keys = _path_keys([codes[number] for number in numbers])
                for number, key in zip(numbers, keys, strict=True):
                    paths[number] = f"{lead}{key}]"
        self._put_paths_of_leaves(paths)
        return paths

    def _put_paths_of_leaves(self, paths: list[str]) -> None:
        """The paths of indicators that follow their owner; most have no code."""
        codes, leaves = self.codes, self.below.leaves
        most = max(leaves.values(), default=0)
        places = [f"/indicators[#{place}]" for place in range(1, most + 1)]
        coded = any(map(codes.__getitem__, self.of("indicators")))
        for owner, count in leaves.items():
            lead, ends = paths[owner], places[:count]
            if coded:
                keys = _path_keys(codes[owner + 1 : owner + 1 + count])
                ends = [f"/indicators[{key}]" for key in keys]
            for number, end in enumerate(ends, start=owner + 1):
                paths[number] = lead + end

    def code(self, number: int) -> str:
        """The node's code; the plan itself has none."""
        return self.codes[number]

    def last_steps(self) -> list[str]:
        """The last step of the path of each node; ``""`` for the plan."""
        paths = self.paths
        starts = [len(paths[above]) + 1 if above > 0 else 0 for above in self.parents]
        return [path[start:] for path, start in zip(paths, starts, strict=True)]

    def parts(self) -> Iterator[tuple[int, str, Sequence[int]]]:
        """All siblings, with the number of their parent and their collection, in its order."""
        for above in sorted({*self.below, *self.below.leaves}):
            for collection, numbers in self.below[above].items():
                yield above, collection, numbers

    def subtree(self, number: int) -> list[int]:
        """``number`` and all below it, in walking order."""
        found = [number]
        for above in found:
            for numbers in self.below[above].values():
                found.extend(numbers)
        return sorted(found)


_BRANCHES: Final = ("measures", "goals")
"""The collections whose nodes have nodes below them, the last to be walked first."""


def lay_out(plan: Plan) -> Tree:
    """``plan`` as a :class:`Tree`."""
    tree = Tree(plan)
    # What is still to be walked: siblings, their parent and collection, and the next of them.
    stack: list[tuple[Sequence[Any], int, str, int]] = [((plan,), -1, "", 0)]
    while stack:
        siblings, above, collection, position = stack.pop()
        if collection == "indicators":
            _put_leaves(tree, siblings, above)
            continue
        if not position and _flat(siblings):
            _put_flat(tree, siblings, above, collection)
            continue
        if position + 1 < len(siblings):
            stack.append((siblings, above, collection, position + 1))
        node = siblings[position]
        number = len(tree.nodes)
        _put(tree, node, above, collection)
        for name in ("indicators", *_BRANCHES):
            children = getattr(node, name, ())
            if children:
                stack.append((children, number, name, 0))
    return tree


def _flat(siblings: Sequence[Any]) -> bool:
    """Whether they are measures with no measures below them, as most are."""
    return set(map(type, siblings)) == {Measure} and not any(map(_MEASURES, siblings))


_MEASURES: Final = operator.attrgetter("measures")
_INDICATORS: Final = operator.attrgetter("indicators")


def _put(tree: Tree, node: Node, above: int, collection: str) -> None:
    number = len(tree.nodes)
    tree.parents.append(above)
    tree.standing[collection].append(number)
    if above >= 0:
        groups = tree.below.setdefault(above, {})
        groups.setdefault(collection, []).append(number)  # type: ignore[attr-defined]
        _tell(tree, (node,))
    else:
        tree.titles.append(node.title)
        tree.codes.append("")
    tree.nodes.append(node)


def _put_leaves(tree: Tree, leaves: Sequence[Node], above: int) -> None:
    """Indicators, which have nothing below them, all at once."""
    numbers = range(len(tree.nodes), len(tree.nodes) + len(leaves))
    tree.nodes.extend(leaves)
    tree.parents.extend([above] * len(leaves))
    tree.below.setdefault(above, {})["indicators"] = numbers
    _tell(tree, leaves)


def _put_flat(tree: Tree, siblings: Sequence[Measure], above: int, collection: str) -> None:
    """Siblings that have nothing but indicators below them, each with its own."""
    nodes, parents, leaves = tree.nodes, tree.parents, tree.below.leaves
    start = len(nodes)
    mine: list[int] = []
    for node, indicators in zip(siblings, map(_INDICATORS, siblings), strict=True):
        number = len(nodes)
        mine.append(number)
        nodes.append(node)
        parents.append(above)
        if indicators:
            count = leaves[number] = len(indicators)
            nodes += indicators
            parents += [number] * count
    tree.below.setdefault(above, {})[collection] = mine
    tree.standing[collection] += mine
    _tell(tree, nodes[start:])


def _tell(tree: Tree, nodes: Sequence[Node]) -> None:
    """Note what is asked of every node, while it is at hand: to come back costs far more."""
    tree.titles += map(_TITLE, nodes)
    tree.codes += map(_CODE, nodes)
    tree.identified = tree.identified or any(map(_ID, nodes))


_TITLE: Final = operator.attrgetter("title")
_CODE: Final = operator.attrgetter("code")
_ID: Final = operator.attrgetter("id")


def _path_keys(codes: Sequence[str]) -> Sequence[str]:
    """What stands in brackets in the last steps of the paths of siblings."""
    told = "".join(codes)
    if not told:
        return [f"#{place}" for place in range(1, len(codes) + 1)]
    if _PLAIN(told) and all(codes) and len(set(codes)) == len(codes):
        return codes
    return [_format_path([Step("", key)])[1:-1] for key in sibling_keys(codes)]


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
