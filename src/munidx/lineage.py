"""Lineage: every promise followed through the editions of a plan.

Each edition is matched with the one before it, as ``munidx.diff`` does. A node with all
that it became is a strand: it begins where it came, and ends where it went. Of the parts of a
split the one most like the whole goes on, the others are strands of their own that know where
they come from; of what was merged one goes on, the others end in it. What went and comes again,
an edition or more later, is the same strand: it is matched across the gap.
"""

import datetime as dt
import itertools
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from attrs import define, evolve, field, frozen

from munidx.diff.changes import Change, Diff, Kind, PlanStamp, Rung
from munidx.diff.differ import difference, stamp
from munidx.diff.ladder import PROBABLE, Alignment
from munidx.diff.match import align
from munidx.diff.record import title_of
from munidx.diff.severities import Severities, ranked
from munidx.diff.tree import Tree, lay_out
from munidx.garbage import uncollected
from munidx.model import Edition, Node, Plan
from munidx.model.values import first_day, last_day

__all__ = ["Lineage", "Stop", "Strand", "lineage"]

_FIRM: Final = (Rung.ID, Rung.PINNED, Rung.EXACT)


@frozen(kw_only=True)
class Stop:
    """A promise as one edition has it."""

    edition: int
    """The place of the edition among those given, from 0."""
    path: str
    node: Node
    parent: int | None = None
    """The strand of what it stands under; None for the plan itself."""
    rung: Rung | None = None
    """Why it is the same as at the stop before; None at the first."""
    score: float | None = None
    probable: bool = False
    """Whether a person had better look."""
    changes: tuple[Change, ...] = ()
    """What the diff tells of it, against the stop before; at the first stop of a part of a split,
    the split."""


@frozen(kw_only=True)
class Strand:
    """One promise through all editions that hold it."""

    kind: str
    """``plan``, ``goal``, ``measure`` or ``indicator``."""
    stops: tuple[Stop, ...]
    """At least one, in the order of the editions."""
    split_from: int | None = None
    """The strand of which it is a part; none where it is the part that goes on as the whole."""
    merged_into: int | None = None
    """The strand in which it ended."""
    replaced_by: int | None = None
    """Of an indicator, the strand that took its place after its last stop."""

    @property
    def first(self) -> int:
        """The edition with which it came."""
        return self.stops[0].edition

    @property
    def last(self) -> int:
        """The last edition that holds it."""
        return self.stops[-1].edition

    @property
    def title(self) -> str:
        """Its title at the last stop."""
        return title_of(self.stops[-1].node)

    @property
    def returns(self) -> tuple[int, ...]:
        """The editions with which it came again, after one or more without it."""
        pairs = itertools.pairwise(stop.edition for stop in self.stops)
        return tuple(new for old, new in pairs if new > old + 1)

    def at(self, edition: int) -> Stop | None:
        """The stop in ``edition``; None where that does not hold it."""
        return next((stop for stop in self.stops if stop.edition == edition), None)


@frozen(kw_only=True)
class Lineage:
    """All strands of several editions, the plan itself the first, parents before children."""

    editions: tuple[PlanStamp, ...]
    strands: tuple[Strand, ...]
    steps: tuple[Diff, ...] = ()
    """The diff of each edition with the one before it, the first that of the second edition."""

    @property
    def backwards(self) -> tuple[int, ...]:
        """The editions that are older than the one before them, as far as both are dated."""
        days = [_days(each.edition) for each in self.editions]
        return tuple(
            place
            for place, (before, after) in enumerate(itertools.pairwise(days), start=1)
            if before and after and after[1] < before[0]
        )


def lineage(
    plans: Iterable[Plan],
    *,
    threshold: float | None = None,
    severities: Severities | None = None,
) -> Lineage:
    """Follow every goal, measure and indicator through ``plans``.

    Args:
        plans: The editions, the oldest first; two will do, and one.
        threshold: The score below which two nodes are not taken for the same.
        severities: How severe changes are, and which are not to be told, as ``munidx.diff``
            takes it.

    Raises:
        ValueError: There is no plan.
        SelectionError: ``severities`` names no rule or no severity.
    """
    with uncollected():
        trees = [lay_out(plan) for plan in plans]
        if not trees:
            raise ValueError(plans)
        weaver = _Weaver(trees, threshold, severities or {})
        for edition in range(len(trees)):
            weaver.add(edition)
        return Lineage(
            editions=tuple(stamp(tree.plan) for tree in trees),
            strands=tuple(draft.strand() for draft in weaver.drafts),
            steps=tuple(weaver.steps),
        )


def _days(edition: Edition | None) -> tuple[dt.date, dt.date] | None:
    """The first and the last day of an edition's time; None where it has none."""
    if edition is None:
        return None
    time = edition.year if edition.year is not None else edition.date
    return None if time is None else (first_day(time), last_day(time))


@define(eq=False)
class _Draft:
    """A strand in the making."""

    kind: str
    stops: list[Stop] = field(factory=list)
    numbers: list[int] = field(factory=list)
    """Of each stop, the number of its node in the edition's tree."""
    split_from: int | None = None
    merged_into: int | None = None
    replaced_by: int | None = None

    def strand(self) -> Strand:
        return Strand(
            kind=self.kind,
            stops=tuple(self.stops),
            split_from=self.split_from,
            merged_into=self.merged_into,
            replaced_by=self.replaced_by,
        )


@define(eq=False)
class _Weaver:
    """Takes up one edition after the other."""

    trees: list[Tree]
    threshold: float | None
    severities: Severities
    drafts: list[_Draft] = field(factory=list)
    strands: list[list[int]] = field(factory=list)
    """Of each edition, the strand of each node."""
    steps: list[Diff] = field(factory=list)

    def add(self, edition: int) -> None:
        """Take up ``edition``, all before it being taken up."""
        if not edition:
            self._lay(edition, {}, {})
            return
        found = align(self.trees[edition - 1], self.trees[edition], threshold=self.threshold)
        diff = difference(found)
        self.steps.append(ranked(diff, self.severities))
        told = _by_node(found, self.steps[-1])
        links = _links(found, self.strands[edition - 1], told)
        links |= self._returns(edition, _fresh(found))
        self._lay(edition, links, told)
        self._fork(edition, found, diff)

    def _lay(
        self, edition: int, links: "Mapping[int, _Link]", told: Mapping[int, list[Change]]
    ) -> None:
        """A stop for every node of ``edition``; a strand for each that nothing leads to."""
        tree = self.trees[edition]
        mine: list[int] = []
        for number, node in enumerate(tree.nodes):
            link = links.get(number)
            if link is None:
                link = _Link(len(self.drafts), changes=tuple(told.get(number, ())))
                self.drafts.append(_Draft(tree.collections[number][:-1] or "plan"))
            mine.append(link.strand)
            above = tree.parents[number]
            draft = self.drafts[link.strand]
            draft.numbers.append(number)
            draft.replaced_by = None  # it comes again
            draft.stops.append(
                Stop(
                    edition=edition,
                    path=tree.paths[number],
                    node=node,
                    parent=mine[above] if above >= 0 else None,
                    rung=link.rung,
                    score=link.score,
                    probable=link.probable,
                    changes=link.changes,
                )
            )
        self.strands.append(mine)

    def _returns(self, edition: int, fresh: set[int]) -> "dict[int, _Link]":
        """What of ``fresh`` went before, matched with the editions from the nearest back."""
        links: dict[int, _Link] = {}
        for earlier in range(edition - 2, -1, -1):
            gone = {
                draft.numbers[-1]
                for draft in self.drafts
                if draft.stops[-1].edition == earlier and draft.merged_into is None
            }
            waiting = fresh - links.keys()
            if not gone or not waiting:
                continue
            found = align(self.trees[earlier], self.trees[edition], threshold=self.threshold)
            back = {new for new in waiting if found.to_old[new] in gone}
            if back:
                told = _by_node(found, ranked(difference(found), self.severities))
                every = _links(found, self.strands[earlier], told)
                links |= {new: every[new] for new in back}
        return links

    def _fork(self, edition: int, found: Alignment, diff: Diff) -> None:
        """Note what was split, merged or replaced on the way to ``edition``."""
        before, after = self.strands[edition - 1], self.strands[edition]
        for whole, parts in found.splits.items():
            for part in parts:
                if found.to_old[part] < 0:
                    self.drafts[after[part]].split_from = before[whole]
        for whole, parts in found.merges.items():
            for part in parts:
                if found.to_new[part] < 0:
                    self.drafts[before[part]].merged_into = after[whole]
        olds, news = found.old.numbers(), found.new.numbers()
        for change in diff.changes:
            if change.kind is Kind.INDICATOR_REPLACED:
                gone = self.drafts[before[olds[change.old_paths[0]]]]
                gone.replaced_by = after[news[change.new_paths[0]]]


@frozen
class _Link:
    """What leads from an earlier stop to a node."""

    strand: int
    rung: Rung | None = None
    score: float | None = None
    probable: bool = False
    changes: tuple[Change, ...] = ()


def _fresh(found: Alignment) -> set[int]:
    """The new nodes that nothing leads to."""
    parts = {part for several in found.splits.values() for part in several}
    return {new for new, old in enumerate(found.to_old) if old < 0 and new not in parts}


def _links(
    found: Alignment, strands: Sequence[int], told: Mapping[int, list[Change]]
) -> dict[int, _Link]:
    """For each new node with a partner, what leads to it."""
    links = {}
    for new, old in enumerate(found.to_old):
        if old < 0:
            continue
        rung, score = (found.rungs[old], found.scores[old]) if old else (None, None)
        doubtful = rung is not None and rung not in _FIRM and (score or 0) < PROBABLE
        links[new] = _Link(strands[old], rung, score, doubtful, tuple(told.get(new, ())))
    return links


def _by_node(found: Alignment, diff: Diff) -> dict[int, list[Change]]:
    """The changes of each new node; what came or went is no change of it."""
    numbers = found.new.numbers()
    told: dict[int, list[Change]] = {}
    for change in diff.changes:
        if change.kind in {Kind.ADDED, Kind.REMOVED}:
            continue
        for place, path in enumerate(change.new_paths):
            number = numbers[path]
            told.setdefault(number, []).append(_unfolded(change, place, found.new.nodes[number]))
    return told


def _unfolded(change: Change, place: int, node: Node) -> Change:
    """Of new numbers that one change tells together, the one at ``place``."""
    if change.kind is not Kind.RENUMBERED:
        return change
    assert isinstance(change.old, list)  # noqa: S101 - as the comparison of structure writes it
    assert isinstance(change.new, list)  # noqa: S101 - as above
    return evolve(
        change,
        title=title_of(node),
        old=change.old[place],
        new=change.new[place],
        old_paths=change.old_paths[place : place + 1],
        new_paths=change.new_paths[place : place + 1],
    )
