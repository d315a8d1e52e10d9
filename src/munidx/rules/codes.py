"""Codes of nodes as rules compare them, and what else tells two nodes apart."""

import re
from functools import lru_cache
from typing import Final

from munidx.japanese.characters import compact
from munidx.model import Goal, Indicator, Item, Measure, Plan, normal_code

__all__ = ["coded", "distinction", "name_of", "numbers_of", "plain_unit", "shape_of"]

_NUMBER: Final = re.compile(r"\d{1,9}")
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
    """What to call a node in a sentence: its title, an indicator's statement, or its path."""
    return item.node.title or getattr(item.node, "statement", "") or item.path


def numbers_of(item: Item) -> tuple[int, ...]:
    """The numbers of a node's code, ``(1, 2)`` for ``(1)-2``; none of an absurdly long one."""
    code = normal_code(coded(item).code)
    return tuple(int(digits) for digits in _NUMBER.findall(code)) if len(code) <= _LONGEST else ()


def shape_of(item: Item) -> str:
    """A node's code with each number replaced by ``0``: codes of one shape form a run."""
    return _NUMBER.sub("0", normal_code(coded(item).code))


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
