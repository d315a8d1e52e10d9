"""What changed about whole nodes: added, removed, moved, renumbered, split, merged.

Where nodes stand is bookkeeping as far as the form does not number them: positions of what
came and went, the order of the rest, and how old paths lead to new ones.
"""

import itertools
import operator
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import attrs

from munidx.diff.changes import Kind
from munidx.diff.explain import explains_code
from munidx.diff.fields import write_value
from munidx.diff.ladder import Alignment
from munidx.diff.record import Recorder
from munidx.diff.tree import Tree
from munidx.formats.codec import unstructure
from munidx.model import COLLECTIONS, Indicator, Measure, Status

__all__ = ["compare_structure", "place_books", "subtree_data"]


def compare_structure(recorder: Recorder) -> None:
    """Record all changes of nodes as such."""
    align = recorder.align
    told_old: set[int] = set()
    told_new: set[int] = set()
    _parts(recorder, told_old, told_new)
    gone, new_roots = _roots(align.old, align.to_new), _roots(align.new, align.to_old)
    _lost_with_abolished(recorder, gone, told_old)
    _replaced(recorder, gone, new_roots, told_old, told_new)
    for old in gone:
        if old not in told_old:
            data = subtree_data(align.old, old, align.to_new)
            recorder.nodes(Kind.REMOVED, (old,), (), (data, None))
    marks = 0
    come = [new for new in new_roots if new not in told_new]
    for new in come:
        data = subtree_data(align.new, new, align.to_old)
        recorder.nodes(Kind.ADDED, (), (new,), (None, data))
        marks += getattr(align.new.nodes[new], "status", None) is Status.ADDED
    _unmarked(recorder, come, marks)
    movers = _movers(align)
    _moves(recorder, movers)
    _codes(recorder, movers)


def _roots(tree: Tree, partners: list[int]) -> list[int]:
    """Unpaired nodes whose parents are paired."""
    parents = tree.parents
    return [
        number
        for number, partner in enumerate(partners)
        if partner < 0 and partners[parents[number]] >= 0
    ]


def subtree_data(tree: Tree, root: int, partners: list[int]) -> Any:  # noqa: ANN401 - plain data
    """A node as the codec writes it, with all below that has no partner."""
    if not tree.below[root]:
        return unstructure(tree.nodes[root])
    numbers = tree.subtree(root)
    if all(partners[number] < 0 for number in numbers):
        return unstructure(tree.nodes[root])
    written: dict[int, dict[str, Any]] = {}
    for number in numbers:
        if number != root and (partners[number] >= 0 or tree.parents[number] not in written):
            continue
        node = tree.nodes[number]
        bare: dict[str, Any] = {name: () for name in COLLECTIONS if hasattr(node, name)}
        written[number] = unstructure(attrs.evolve(node, **bare))
        if number != root:
            above = written[tree.parents[number]]
            above.setdefault(tree.collections[number], []).append(written[number])
    return written[root]


def _parts(recorder: Recorder, told_old: set[int], told_new: set[int]) -> None:
    align = recorder.align
    for old, parts in align.splits.items():
        rest = parts[1:]
        told_new.update(rest)
        data = [subtree_data(align.new, new, align.to_old) for new in rest]
        recorder.nodes(Kind.SPLIT, (old,), parts, (None, data))
    for new, parts in align.merges.items():
        rest = parts[1:]
        told_old.update(rest)
        data = [subtree_data(align.old, old, align.to_new) for old in rest]
        recorder.nodes(Kind.MERGED, parts, (new,), (data, None))


def _lost_with_abolished(recorder: Recorder, gone: Iterable[int], told: set[int]) -> None:
    """Indicators of a node that was abolished are gone with it."""
    align = recorder.align
    for old in gone:
        above = align.old.parents[old]
        before, after = align.old.nodes[above], align.new.nodes[align.to_new[above]]
        if (
            isinstance(align.old.nodes[old], Indicator)
            and getattr(after, "status", None) is Status.ABOLISHED
            and getattr(before, "status", None) is not Status.ABOLISHED
        ):
            told.add(old)
            data = subtree_data(align.old, old, align.to_new)
            recorder.note(
                "explained", old, None, field="", before=data, after=None,
                by=Kind.ABOLISHED.value,
            )  # fmt: skip


def _replaced(
    recorder: Recorder,
    gone: Iterable[int],
    come: Iterable[int],
    told_old: set[int],
    told_new: set[int],
) -> None:
    """Indicators that went and came under one owner: the one stands for the other."""
    align = recorder.align
    missing: dict[int, list[int]] = {}
    for old in gone:
        if old not in told_old and isinstance(align.old.nodes[old], Indicator):
            missing.setdefault(align.to_new[align.old.parents[old]], []).append(old)
    for new in come:
        waiting = missing.get(align.new.parents[new])
        if waiting and isinstance(align.new.nodes[new], Indicator):
            old = waiting.pop(0)
            told_old.add(old)
            told_new.add(new)
            data = (
                subtree_data(align.old, old, align.to_new),
                subtree_data(align.new, new, align.to_old),
            )
            recorder.nodes(Kind.INDICATOR_REPLACED, (old,), (new,), data)


def _unmarked(recorder: Recorder, come: Iterable[int], marks: int) -> None:
    """What is new without the mark that the edition gives others, or is new and abolished."""
    align = recorder.align
    for new in come:
        node = align.new.nodes[new]
        status = getattr(node, "status", None)
        unmarked = isinstance(node, Measure) and marks > 1 and status is None
        if unmarked or status is Status.ABOLISHED:
            status = write_value(type(node), "status", status)
            recorder.nodes(Kind.MARK_MISMATCH, (), (new,), (None, status), "status")


def _movers(align: Alignment) -> dict[int, int]:
    """The pairs whose parents are no pair, or that stand in another collection, by old number."""
    to_new, above, other = align.to_new, align.old.parents, align.new.parents
    mine, theirs = align.old.collections, align.new.collections
    return {
        old: new
        for old, new in enumerate(to_new)
        if old and new >= 0 and (to_new[above[old]] != other[new] or mine[old] != theirs[new])
    }


def _moves(recorder: Recorder, movers: Mapping[int, int]) -> None:
    align = recorder.align
    for old, new in movers.items():
        if _follows_parts(align, old, new):
            before, after = align.old.code(old), align.new.code(new)
            if before != after:
                recorder.note(
                    "explained", old, new, field="code",
                    before=before or None, after=after or None, by=Kind.SPLIT.value,
                )  # fmt: skip
            continue
        data = (_standing(align.old, old), _standing(align.new, new))
        recorder.nodes(Kind.MOVED, (old,), (new,), data)


def _follows_parts(align: Alignment, old: int, new: int) -> bool:
    """Whether the parents were split or merged: what stood in the whole stands in a part."""
    above, other = align.old.parents[old], align.new.parents[new]
    return other in align.splits.get(above, ()) or above in align.merges.get(other, ())


def _standing(tree: Tree, number: int) -> dict[str, str]:
    """Under what a node stands, and its number there."""
    above = tree.nodes[tree.parents[number]]
    found = {"parent": above.title, "code": tree.code(number)}
    return {name: text for name, text in found.items() if text}


def _codes(recorder: Recorder, movers: Mapping[int, int]) -> None:
    """New numbers of what stayed: one change for the children of one node."""
    align = recorder.align
    groups: dict[tuple[int, str], list[tuple[int, int]]] = {}
    olds, news = align.old.codes, align.new.codes
    parents, others = align.old.parents, align.new.parents
    collections = align.old.collections
    renumbered = [
        (old, new)
        for old, new in enumerate(align.to_new)
        if new >= 0 and olds[old] != news[new] and old not in movers
    ]
    for old, new in renumbered:
        above, other = parents[old], others[new]
        before, after = olds[above], news[other]
        # Only under a parent whose number changed too does a number follow.
        if before != after and explains_code(olds[old], news[new], before, after):
            recorder.followed.append((old, new))
        else:
            groups.setdefault((other, collections[old]), []).append((old, new))
    for pairs in groups.values():
        pairs.sort(key=operator.itemgetter(1))
        mine, theirs = zip(*pairs, strict=True)
        data = list(map(olds.__getitem__, mine)), list(map(news.__getitem__, theirs))
        recorder.nodes(Kind.RENUMBERED, mine, theirs, data, "code")


def place_books(align: Alignment) -> Iterator[Mapping[str, object]]:
    """Positions of what came and went, the order of what stayed, and the paths of pairs."""
    movers = _movers(align)
    went = sorted({*movers, *_roots(align.old, align.to_new)})
    came = sorted({*movers.values(), *_roots(align.new, align.to_old)})
    mine, theirs = align.old.paths, align.new.paths
    if came or went:
        yield {
            "op": "places",
            "old": {mine[one]: align.old.position(one) for one in went},
            "new": {theirs[one]: align.new.position(one) for one in came},
        }
    yield from _orders(align, set(went))
    steps, others = align.old.last_steps(), align.new.last_steps()
    pairs = {
        mine[old]: theirs[new]
        for old, new in enumerate(align.to_new)
        if old > 0 and new >= 0 and (old in movers or steps[old] != others[new])
    }
    if pairs:
        yield {"op": "paths", "pairs": pairs}


def _orders(align: Alignment, went: set[int]) -> Iterator[Mapping[str, object]]:
    for above, collection, numbers in align.old.parts():
        other = align.to_new[above]
        if other < 0:
            continue
        news = [align.to_new[one] for one in numbers if one not in went]
        if all(map(operator.lt, news, itertools.islice(news, 1, None))):
            continue
        order = sorted(range(len(news)), key=news.__getitem__)
        back = [0] * len(order)
        for place, one in enumerate(order):
            back[one] = place
        yield {
            "op": "order",
            "old": align.old.paths[above],
            "new": align.new.paths[other],
            "field": collection,
            "order": order,
            "back": back,
        }
