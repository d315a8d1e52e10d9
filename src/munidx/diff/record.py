"""Writing changes down: effect, places, fingerprint and inline comparison of each."""

import functools
import itertools
import operator
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any, Final

from attrs import define, field

from munidx.diff.changes import Change, Kind, Rung, Segment
from munidx.diff.deferred import Deferred
from munidx.diff.effects import Facts, decide, decided
from munidx.diff.fields import FIELDS, TRACES, Shape, trace, write_value
from munidx.diff.ladder import PROBABLE, Alignment
from munidx.diff.similarity import comparable
from munidx.diff.tree import CLASSES, Tree
from munidx.diff.weighing import EffectRule
from munidx.model import Indicator, Node

__all__ = ["STANDING", "Recorder", "fingerprint", "paired", "title_of"]

_TOLD_INLINE: Final = frozenset({Kind.RETITLED, Kind.REWORDED, Kind.EVALUATION_CHANGED})
"""Kinds that speak of texts: their words are compared."""
_TRACED: Final = tuple(name for name, (shape, _) in FIELDS.items() if shape is Shape.TRACE)
_FIRM: Final = frozenset({Rung.ID, Rung.PINNED, Rung.EXACT})


STANDING: Final = ("", *CLASSES)
"""Where nodes stand: the plan itself, and the collections of each class."""


def paired(
    align: Alignment, collection: str
) -> tuple[list[int], list[int], list[Node], list[Node]]:
    """The pairs that stand in one collection: their numbers and nodes, all of one class.

    Raises:
        TypeError: They are not.
    """
    olds = [old for old in align.old.of(collection) if align.to_new[old] >= 0]
    news = list(map(align.to_new.__getitem__, olds))
    befores = list(map(align.old.nodes.__getitem__, olds))
    afters = list(map(align.new.nodes.__getitem__, news))
    kinds = {*map(type, befores), *map(type, afters)}
    if len(kinds) > 1:
        raise TypeError(kinds)
    return olds, news, befores, afters


def title_of(node: Node) -> str:
    """What to call a node: its title, or an indicator's statement."""
    return node.title or (node.statement if isinstance(node, Indicator) else "")


def _name(before: Node | None, after: Node | None) -> str:
    """What to call nodes of which the last has no title: by the old one, or by a statement."""
    if after is None or (before is not None and before.title):
        assert before is not None  # noqa: S101
        return title_of(before)
    return title_of(after)


def fingerprint(
    kind: Kind, identity: Iterable[str], field_name: str, old: object, new: object
) -> str:
    """A stable mark of a change: of what it says and of whom, not of where it stands."""
    # Only here: forms for people show none, and to load it takes longer than a small comparison.
    import hashlib  # noqa: PLC0415

    told = (kind, *identity, field_name, _told(old), _told(new))
    text = "\x1f".join(told)
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def _compared(old: object, new: object) -> tuple[Segment, ...]:
    # Only here: a small comparison often has no text to show, and its patterns take 5 ms to load.
    from munidx.diff.inline import inline_values  # noqa: PLC0415

    return inline_values(old, new)


def _told(value: Any) -> str:  # noqa: ANN401 - plain data
    kind = value.__class__
    if kind is str:
        return value  # type: ignore[no-any-return]
    if value is None:
        return ""
    if kind is dict:
        told = [
            f"{name}\x1d{one if one.__class__ in _PLAIN else _told(one)}"
            for name in sorted(value)
            if name not in TRACES
            for one in (value[name],)
        ]
        return "\x1e".join(["{", *told, "}"])
    if kind is list or kind is tuple:
        told = [one if one.__class__ is str else _told(one) for one in value]
        return "\x1e".join(["[", *told, "]"])
    return str(value)


_PLAIN: Final = frozenset({str, int, Decimal})
"""Classes whose values are told as they are written: no call for them."""


class _Mark(functools.partial[str]):
    """A fingerprint that is made when somebody looks at it."""

    def __reduce__(self) -> tuple[type[str], tuple[str]]:
        return str, (self(),)


def _marked(  # noqa: PLR0917 - all that a change says, and of whom
    align: Alignment, kind: Kind, old: int, new: int, name: str, before: object, after: object
) -> str:
    """The fingerprint of a change of the (first) old and new nodes; -1 where there is none."""
    identity = [_identity(align.old, old, "-")] if old >= 0 else []
    if new >= 0:
        identity.append(_identity(align.new, new, "+"))
    return fingerprint(kind, identity, name, before, after)


@define(eq=False)
class Recorder:
    """Collects the changes and the bookkeeping of one comparison."""

    align: Alignment
    found: list[tuple[int, Change]] = field(factory=list)
    """Changes of what is there, by new number."""
    lost: list[tuple[int, int, Change]] = field(factory=list)
    """Changes of what is gone: by old number, and the new one behind which they stand."""
    notes: list[tuple[str, int | None, int | None, Mapping[str, object]]] = field(factory=list)
    """Entries of the books: operation, old and new number, and what else it tells."""
    traced: list[tuple[int, int, str]] = field(factory=list)
    """Pairs and the fields that were read elsewhere and say the same."""
    followed: list[tuple[int, int]] = field(factory=list)
    """Pairs whose numbers are new because their parents' are."""

    def take_changes(self) -> tuple[Change, ...]:
        """In the order of the new plan, what is gone behind its former parent.

        The recorder lives on for the books, and need not hold them any longer.
        """
        found, self.found = self.found, []
        lost, self.lost = sorted(self.lost, key=operator.itemgetter(0)), []
        found += [(above, change) for _, above, change in lost]
        # Those of one number stay as they are: by whole numbers alone is sorted far faster.
        return tuple([change for _, change in sorted(found, key=operator.itemgetter(0))])

    def sort_books(self) -> None:
        """Put what was noted of pairs in the order of the old plan, in which the books tell it."""
        self.notes.sort(key=operator.itemgetter(1))
        self.traced.sort(key=operator.itemgetter(0))

    def note(self, op: str, old: int | None, new: int | None, **told: object) -> None:
        """Keep a book entry about a node (or a pair of them)."""
        self.notes.append((op, old, new, told))

    def books(self) -> Iterator[Mapping[str, object]]:
        """What was noted, and where each node of a pair was read, as entries."""
        olds, news = self.align.old.paths, self.align.new.paths
        for old, new, name, before, after in self._traces():
            yield {
                "op": "trace", "old": olds[old], "new": news[new],
                "field": name, "before": before, "after": after,
            }  # fmt: skip
        for op, at, other, told in self.notes:
            yield {
                "op": op,
                "old": None if at is None else olds[at],
                "new": None if other is None else news[other],
                **told,
            }
        mine, theirs, by = self.align.old.codes, self.align.new.codes, Kind.RENUMBERED.value
        for old, new in self.followed:
            yield {
                "op": "explained", "old": olds[old], "new": news[new], "field": "code",
                "before": mine[old] or None, "after": theirs[new] or None, "by": by,
            }  # fmt: skip

    def _traces(self) -> Iterator[tuple[int, int, str, Any, Any]]:
        """Pairs, and what of each tells where it was read: before and after."""
        nodes = self.align.old.nodes
        found = [one for name in STANDING for one in self._read_elsewhere(name)]
        found.sort(key=operator.itemgetter(0))
        for old, new, name, first, second in found:
            if first.__class__ is second.__class__ is str:
                yield old, new, name, first or None, second or None
            else:
                mine, theirs = (write_value(type(nodes[old]), name, one) for one in (first, second))
                yield old, new, name, mine, theirs
        for old, new, name in self.traced:
            pair = nodes[old], self.align.new.nodes[new]
            mine, theirs = (trace(write_value(type(one), name, getattr(one, name))) for one in pair)
            yield old, new, name, mine, theirs

    def _read_elsewhere(self, collection: str) -> Iterator[tuple[int, int, str, Any, Any]]:
        """The fields of the pairs of one collection that tell other places, field by field."""
        olds, news, befores, afters = paired(self.align, collection)
        for name in _TRACED:
            if olds and hasattr(befores[0], name):
                take = operator.attrgetter(name)
                mine, theirs = list(map(take, befores)), list(map(take, afters))
                rows = zip(olds, news, itertools.repeat(name), mine, theirs, strict=False)
                yield from itertools.compress(rows, map(operator.ne, mine, theirs))

    def field(  # noqa: PLR0917 - one change of one field of one pair
        self,
        kind: Kind,
        old: int,
        new: int,
        name: str,
        values: tuple[object, object],
        data: tuple[Any, Any],
    ) -> None:
        """Record that field ``name`` of a pair changed.

        Args:
            kind: What sort of change it is.
            old: The number of the old node.
            new: The number of the new node.
            name: The field, with its key where it holds several.
            values: The values as the model has them, None where absent.
            data: The values as the codec writes them.
        """
        align = self.align
        before, after = align.old.nodes[old], align.new.nodes[new]
        rule = decided(kind) or decide(
            Facts(
                kind=kind,
                field=name.partition("[")[0],
                before=before,
                after=after,
                old=None if data[0] is None else values[0],
                new=None if data[1] is None else values[1],
                plan=align.new.plan,
            )
        )
        inline = Deferred(_compared, *data) if kind in _TOLD_INLINE else ()
        sources = _source(values[0], before), _source(values[1], after)
        self._keep(kind, rule, (old,), (new,), name, data, sources, inline)

    def nodes(
        self,
        kind: Kind,
        olds: tuple[int, ...],
        news: tuple[int, ...],
        data: tuple[Any, Any] = (None, None),
        name: str = "",
    ) -> None:
        """Record a change of whole nodes."""
        align = self.align
        rule = decided(kind) or decide(
            Facts(
                kind=kind,
                before=align.old.nodes[olds[0]] if olds else None,
                after=align.new.nodes[news[0]] if news else None,
                plan=align.new.plan,
            )
        )
        sources = _sources(align.old, olds), _sources(align.new, news)
        self._keep(kind, rule, olds, news, name, data, sources, ())

    def _keep(  # noqa: PLR0917 - all that is told of a change, ten thousand times
        self,
        kind: Kind,
        rule: EffectRule,
        olds: tuple[int, ...],
        news: tuple[int, ...],
        name: str,
        data: tuple[Any, Any],
        sources: tuple[str, str],
        inline: Sequence[Segment],
    ) -> None:
        align = self.align
        mine, theirs = align.old, align.new
        old, new = olds[0] if olds else -1, news[0] if news else -1
        rung = score = None
        probable, reason = False, ""
        if old > 0 and align.to_new[old] == new >= 0:
            rung, score = align.rungs[old], align.scores[old]
            if rung not in _FIRM:
                probable = score < PROBABLE
            elif rung is Rung.PINNED:
                reason = align.reasons.get(old, "")
        title = theirs.titles[new] if news else mine.titles[old]
        if not title:
            title = _name(mine.nodes[old] if olds else None, theirs.nodes[new] if news else None)
        change = Change(
            kind=kind,
            effect=rule.effect,
            title=title,
            field=name,
            old=data[0],
            new=data[1],
            old_paths=_each(mine.paths, olds),
            new_paths=_each(theirs.paths, news),
            old_source=sources[0],
            new_source=sources[1],
            rung=rung,
            score=score,
            probable=probable,
            reason=reason,
            rule=rule.code,
            severity=rule.severity,
            inline=inline,
            fingerprint=_Mark(_marked, align, kind, old, new, name, *data),
        )
        if news:
            self.found.append((new, change))
        else:
            self.lost.append((old, self._above(old), change))

    def _above(self, old: int) -> int:
        """The new number of the next above a lost node that is still there."""
        above = old
        while self.align.to_new[above] < 0:
            above = self.align.old.parents[above]
        return self.align.to_new[above]


def _each(paths: list[str], numbers: tuple[int, ...]) -> tuple[str, ...]:
    return (paths[numbers[0]],) if len(numbers) == 1 else tuple(map(paths.__getitem__, numbers))


def _identity(tree: Tree, number: int, sign: str) -> str:
    """Of whom a change speaks, and on which side: by its identifier, or by what it is called."""
    if (tree.identified or not number) and (told := tree.nodes[number].id):
        return sign + told
    own = comparable(_called(tree, number))
    above = comparable(_called(tree, tree.parents[number])) if number else own
    return f"{sign}{tree.collections[number]}\x1f{sign}{own}\x1f{sign}{above}"


def _called(tree: Tree, number: int) -> str:
    return tree.titles[number] or title_of(tree.nodes[number])


def _source(value: object, node: Node) -> str:
    """Where a value was read, or each of several; of those that do not tell, where its node was."""
    if value.__class__ is str:
        return node.source
    if value.__class__ is tuple:
        own = {getattr(one, "source", ""): None for one in value}
        own.pop("", None)
        return ";".join(own) or node.source
    return getattr(value, "source", "") or node.source


def _sources(tree: Tree, numbers: tuple[int, ...]) -> str:
    if len(numbers) == 1:
        return tree.nodes[numbers[0]].source
    return ";".join([source for number in numbers if (source := tree.nodes[number].source)])
