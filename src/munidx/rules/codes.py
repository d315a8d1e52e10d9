"""Codes of nodes as rules compare them, and what else tells two nodes apart."""

import re
from functools import lru_cache
from typing import Final

from munidx.japanese.characters import compact
from munidx.model import Goal, Indicator, Item, Measure, Plan, normal_code

__all__ = ["Coding", "bureau_of", "coded", "distinction", "name_of", "plain_unit"]

_NUMBER: Final = re.compile(r"(\d{1,9})")
_SHORT: Final = 9
_LONGEST: Final = 40


def coded(item: Item) -> Goal | Measure | Indicator:
    """The node of an item that is not the plan itself.

    Raises:
        TypeError: It is the plan.
    """
    node = item.node
    if isinstance(node, Plan):
        raise TypeError(item.path)
    return node


def name_of(item: Item) -> str:
    """What to call a node in a sentence: title, an indicator's statement, path, the plan's id."""
    return item.node.title or getattr(item.node, "statement", "") or item.path or item.node.id


class Coding:
    """A node's code, as codes compare and taken apart."""

    __slots__ = ("code", "numbers", "shape")

    def __init__(self, code: str) -> None:
        self.code: Final = normal_code(code)
        """As paths compare it."""
        if len(self.code) <= _SHORT and self.code.isascii() and self.code.isdecimal():
            self.numbers: tuple[int, ...] = (int(self.code),)
            self.shape = "0"
            return
        above, _, last = self.code.rpartition("-")
        if above and len(self.code) <= _LONGEST and len(last) <= _SHORT and last.isdecimal():
            numbers, shape = _above(above)
            if numbers:
                self.numbers = (*numbers, int(last))
                self.shape = shape
                return
        parts = _NUMBER.split(self.code) if len(self.code) <= _LONGEST else [self.code]
        self.numbers = tuple(map(int, parts[1::2]))
        """``(1, 2)`` for ``(1)-2``; none of an absurdly long one."""
        self.shape = "0".join(parts[::2])
        """With each number replaced by ``0``: codes of one shape form a run."""


@lru_cache(maxsize=4096)
def _above(code: str) -> tuple[tuple[int, ...], str]:
    """The numbers that hyphens part, and the shape with one more; none of another code."""
    runs = code.split("-")
    if not all(len(run) <= _SHORT and run.isdecimal() for run in runs):
        return (), ""
    return tuple(map(int, runs)), "-".join("0" * (len(runs) + 1))


def bureau_of(item: Item) -> str:
    """The uppermost bureau of a node's first owner; ``""`` where none is named."""
    owners = item.node.owners
    return owners[0].path[0] if owners and owners[0].path else ""


def distinction(item: Item) -> tuple[object, ...]:
    """What tells a node from another of the same title: owners, budget, words and unit."""
    node = item.node
    owners = tuple((owner.name, owner.path) for owner in node.owners)
    if isinstance(node, Indicator):
        return (owners, node.statement, node.definition, node.unit)
    return (owners, tuple(cost.budget_code for cost in getattr(node, "costs", ())))


@lru_cache(maxsize=4096)
def plain_unit(unit: str) -> str:
    """``unit`` as units compare: normalised, パーセント as ``%``."""
    return compact(unit).replace("パーセント", "%")
