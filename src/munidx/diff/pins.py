"""What a user knows better: pins of nodes that are the same, or are not, whatever they look like.

A pin names a node by its path, its code or its title, the latter two where only one node has
them. Pins stand above everything else, a publisher's identifiers included.
"""

from collections.abc import Callable, Iterable
from typing import Final

from attrs import define, field, frozen

from munidx.diff.changes import Rung
from munidx.diff.ladder import Alignment
from munidx.diff.tree import Tree
from munidx.errors import PlanError
from munidx.japanese.characters import compact
from munidx.model import normal_code, parse_path
from munidx.place import Location

__all__ = ["Pin", "pair_pins"]

_NAMED: Final = 5
"""How many of the nodes that a name could mean an error names."""


@frozen(kw_only=True)
class Pin:
    """What a user says of two nodes: the same, or not the same."""

    old: str
    """The path, code or title of a node of the old plan."""
    new: str
    """Likewise of the new plan."""
    same: bool = True
    reason: str = ""
    """Why; shown with each change of the pair."""
    location: Location = field(factory=Location, eq=False)
    """Where the pin stands in its file."""


def pair_pins(align: Alignment, pins: Iterable[Pin]) -> None:
    """Pair what the user says is the same, and note what is not.

    Raises:
        PlanError: ``pin-unknown`` for what names no node, ``pin-ambiguous`` for what names
            several, ``pin-mismatch`` for nodes of two classes, ``pin-twice`` for a node that
            is pinned to two others (or a pin that is repeated), ``pin-contradiction`` for two
            nodes pinned as the same and as different.
    """
    pinned = None
    for number, pin in enumerate(pins, start=1):
        pinned = pinned or _Pinned(align)
        pinned.take(pin, str(pin.location) or f"#{number}")


@define(eq=False)
class _Pinned:
    """The pins taken so far, each node with where its pin stands."""

    align: Alignment
    old: dict[int, str] = field(factory=dict)
    new: dict[int, str] = field(factory=dict)
    pairs: dict[tuple[int, int], tuple[bool, str]] = field(factory=dict)
    _named: "tuple[_Names, _Names]" = field(init=False)

    def __attrs_post_init__(self) -> None:
        self._named = _Names(self.align.old), _Names(self.align.new)

    def take(self, pin: Pin, at: str) -> None:
        align = self.align
        old, new = self._meant(pin)
        told = {"path": align.old.paths[old], "new": align.new.paths[new]}
        same, first = self.pairs.get((old, new), (pin.same, ""))
        if same is not pin.same:
            raise PlanError("pin-contradiction", location=pin.location, first=first, **told)
        first = first or (pin.same and (self.old.get(old) or self.new.get(new))) or ""
        if first:
            raise PlanError("pin-twice", location=pin.location, first=first, **told)
        self.pairs[old, new] = pin.same, at
        if not pin.same:
            align.apart.add((old, new))
            if align.to_new[old] == new:
                align.part(old, new)
            return
        self.old[old] = self.new[new] = at
        # The user's word stands above a publisher's identifier.
        if align.to_new[old] >= 0:
            align.part(old, align.to_new[old])
        if align.to_old[new] >= 0:
            align.part(align.to_old[new], new)
        align.pair(old, new, Rung.PINNED)
        align.reasons[old] = pin.reason

    def _meant(self, pin: Pin) -> tuple[int, int]:
        olds = self._named[0].meant(pin.old)
        news = self._named[1].meant(pin.new)
        for side, path, found in (("old", pin.old, olds), ("new", pin.new, news)):
            if not found:
                raise PlanError("pin-unknown", location=pin.location, path=path, side=side)
        kinds = [
            {tree.collections[number] for number in found}
            for tree, found in ((self.align.old, olds), (self.align.new, news))
        ]
        both = kinds[0] & kinds[1]
        if not both:
            raise PlanError("pin-mismatch", location=pin.location, path=pin.old, new=pin.new)
        for side, path, tree, found in (
            ("old", pin.old, self.align.old, olds),
            ("new", pin.new, self.align.new, news),
        ):
            found[:] = [number for number in found if tree.collections[number] in both]
            if len(found) > 1:
                paths = tuple(tree.paths[number] for number in found[:_NAMED])
                raise PlanError(
                    "pin-ambiguous", location=pin.location, path=path, side=side, paths=paths
                )
        return olds[0], news[0]


class _Names:
    """What the nodes of one plan are called."""

    def __init__(self, tree: Tree) -> None:
        self._tree = tree
        self._paths = tree.numbers()
        self._codes: dict[str, list[int]] | None = None
        self._titles: dict[str, list[int]] | None = None

    def meant(self, text: str) -> list[int]:
        """The nodes that ``text`` may mean; the plan itself is none."""
        if not text.strip():
            return []
        if text in self._paths:
            return [self._paths[text]]
        try:
            parse_path(text)
        except ValueError:
            if self._codes is None:
                self._codes = self._by(lambda number: normal_code(self._tree.code(number)))
            if found := self._codes.get(normal_code(text)):
                return list(found)
            if self._titles is None:
                self._titles = self._by(lambda number: compact(self._tree.nodes[number].title))
            return list(self._titles.get(compact(text), ()))
        return []

    def _by(self, name: Callable[[int], str]) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for number in range(1, len(self._tree.nodes)):
            found.setdefault(name(number), []).append(number)
        return found
