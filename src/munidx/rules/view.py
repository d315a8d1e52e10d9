"""What a rule sees of a plan: computed once, shared by all rules."""

from collections.abc import Iterator
from functools import cached_property
from typing import Final, get_args

import attrs
from attrs import frozen

from munidx.model import (
    COLLECTIONS,
    Evaluation,
    Goal,
    Indicator,
    Item,
    Labels,
    Measure,
    Observation,
    Plan,
    Status,
    walk,
)

__all__ = ["Seen", "Text", "View", "alive"]

_ENDED: Final = (Status.ABOLISHED, Status.COMPLETED, Status.SUSPENDED)
_UNTOLD: Final = frozenset(
    {
        *COLLECTIONS,
        *("id", "code", "former_codes", "date", "start", "end", "source", "inferred", "documents"),
    }
)
"""Fields that hold no words of the publisher, or nodes that are walked on their own."""
_FIELDS: Final[dict[type, tuple[str, ...]]] = {}
"""The fields of each class that may hold text, found once."""


def alive(node: Goal | Measure | Indicator) -> bool:
    """Whether ``node`` still promises something: not abolished, completed or suspended."""
    return node.status not in _ENDED


@frozen
class Text:
    """A text of a node or of one of its parts."""

    item: Item
    field: str
    """Where it stands in the node: ``title``, ``owners[2].name``."""
    text: str
    part: object
    """The object whose field it is."""


@frozen
class Seen:
    """An observation of an indicator: its series and place in it."""

    item: Item
    indicator: Indicator
    series: str
    """``baseline``, ``targets`` or ``actuals``."""
    observation: Observation

    @property
    def unit(self) -> str:
        """The unit that holds for it: its own, else the indicator's."""
        return self.observation.unit or self.indicator.unit


class View:
    """A plan with its nodes listed, and with indexes that are made when first asked for."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.items: tuple[Item, ...] = tuple(walk(plan))
        """Every node, parents first; the first is the plan itself."""

    @cached_property
    def by_path(self) -> dict[str, Item]:
        """Every node by its path."""
        return {item.path: item for item in self.items}

    @cached_property
    def children(self) -> dict[str, tuple[Item, ...]]:
        """The items right below each path that has any, in order."""
        below: dict[str, list[Item]] = {}
        for item in self.items:
            if item.parent is not None:
                below.setdefault(item.parent, []).append(item)
        return {path: tuple(items) for path, items in below.items()}

    @cached_property
    def siblings(self) -> tuple[tuple[Item, ...], ...]:
        """Runs of siblings: nodes of one class, under one parent, on one rung (``level``)."""
        groups: dict[tuple[object, ...], list[Item]] = {}
        for item in self.items[1:]:
            key = (item.parent, type(item.node), getattr(item.node, "level", ""))
            groups.setdefault(key, []).append(item)
        return tuple(tuple(group) for group in groups.values())

    @cached_property
    def goals(self) -> tuple[tuple[Item, Goal], ...]:
        """Every goal with its item."""
        return tuple((item, item.node) for item in self.items if isinstance(item.node, Goal))

    @cached_property
    def measures(self) -> tuple[tuple[Item, Measure], ...]:
        """Every measure with its item."""
        return tuple((item, item.node) for item in self.items if isinstance(item.node, Measure))

    @cached_property
    def works(self) -> tuple[tuple[Item, Goal | Measure], ...]:
        """Every goal and measure with its item, in the plan's order."""
        return tuple(
            (item, item.node) for item in self.items if isinstance(item.node, Goal | Measure)
        )

    @cached_property
    def indicators(self) -> tuple[tuple[Item, Indicator], ...]:
        """Every indicator with its item."""
        return tuple((item, item.node) for item in self.items if isinstance(item.node, Indicator))

    @cached_property
    def ended(self) -> frozenset[str]:
        """Paths of nodes that are, or stand below one that is, abolished, completed, suspended."""
        paths: set[str] = set()
        for item in self.items[1:]:
            node = item.node
            if item.parent in paths or (not isinstance(node, Plan) and not alive(node)):
                paths.add(item.path)
        return frozenset(paths)

    @cached_property
    def measured(self) -> frozenset[str]:
        """Paths of nodes that have an indicator, or stand above or below one that has.

        The plan's own indicators measure the plan, not each node of it.
        """
        holders = {item.parent for item, _ in self.indicators} - {"", None}
        above: set[str] = set()
        below: set[str] = {path for path in holders if path}
        for item in self.items:
            if item.parent in below:
                below.add(item.path)
        for path in holders:
            step: str | None = path
            while step and step not in above:
                above.add(step)
                step = self.by_path[step].parent
        return frozenset(above | below)

    @cached_property
    def observations(self) -> tuple[Seen, ...]:
        """Every observation of every indicator: the baseline, the targets, the actuals."""
        seen: list[Seen] = []
        for item, node in self.indicators:
            if node.baseline is not None:
                seen.append(Seen(item, node, "baseline", node.baseline))
            seen += (Seen(item, node, "targets", target) for target in node.targets)
            seen += (Seen(item, node, "actuals", actual) for actual in node.actuals)
        return tuple(seen)

    @cached_property
    def texts(self) -> tuple[Text, ...]:
        """Every text that is not empty, of nodes and of their parts."""
        return tuple(text for item in self.items for text in _texts(item))

    @cached_property
    def evaluations(self) -> tuple[tuple[Item, Evaluation], ...]:
        """Every evaluation with the item of its node."""
        return tuple((item, told) for item in self.items for told in item.node.evaluations)


def _texts(item: Item) -> Iterator[Text]:
    stack: list[tuple[str, object]] = [("", item.node)]
    while stack:
        prefix, part = stack.pop()
        below: list[tuple[str, object]] = []
        for name in _text_fields(type(part)):
            value = getattr(part, name)
            if not value:
                continue
            if type(value) is str:
                yield Text(item, prefix + name, value, part)
                continue
            for key, entry in _entries(value):
                if type(entry) is str:
                    yield Text(item, f"{prefix}{name}{key}", entry, part)
                else:
                    below.append((f"{prefix}{name}{key}.", entry))
        stack.extend(reversed(below))


def _entries(value: object) -> Iterator[tuple[str, object]]:
    """The entries of a tuple or of labels, each with its key; a part, without one."""
    if isinstance(value, tuple):
        yield from ((f"[{position}]", entry) for position, entry in enumerate(value, start=1))
    elif isinstance(value, Labels):
        yield from ((f".{name}", entry) for name, entry in value.items())
    else:
        yield "", value


def _text_fields(kind: type) -> tuple[str, ...]:
    if kind not in _FIELDS:
        _FIELDS[kind] = tuple(
            field.name
            for field in attrs.fields(kind)
            if field.name not in _UNTOLD and _holds_text(field.type)
        )
    return _FIELDS[kind]


def _holds_text(kind: object) -> bool:
    """Whether a field of this type may hold text: of its own, or in a part."""
    arguments = get_args(kind)
    if arguments:
        return any(map(_holds_text, arguments))
    # A forward reference, as a string, is to a class of the model.
    return kind in (str, Labels) or isinstance(kind, str) or attrs.has(kind)  # type: ignore[arg-type]
