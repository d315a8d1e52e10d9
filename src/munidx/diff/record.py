"""Writing changes down: effect, places, fingerprint and inline comparison of each."""

import hashlib
import operator
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from attrs import define, field, frozen

from munidx.diff.changes import Change, Kind, Rung, Segment
from munidx.diff.deferred import Deferred
from munidx.diff.effects import Facts, decide, decided
from munidx.diff.fields import FIELDS, TRACES, Shape, trace, write_value
from munidx.diff.inline import inline_values
from munidx.diff.ladder import PROBABLE, Alignment
from munidx.diff.similarity import comparable
from munidx.diff.tree import Tree
from munidx.diff.weighing import EffectRule
from munidx.model import Indicator, Node

__all__ = ["Recorder", "fingerprint", "title_of"]

_TOLD_INLINE: Final = frozenset({Kind.RETITLED, Kind.REWORDED, Kind.EVALUATION_CHANGED})
"""Kinds that speak of texts: their words are compared."""
_TRACED: Final = tuple(name for name, (shape, _) in FIELDS.items() if shape is Shape.TRACE)
_FIRM = (Rung.ID, Rung.PINNED, Rung.EXACT)


def title_of(node: Node) -> str:
    """What to call a node: its title, or an indicator's statement."""
    return node.title or (node.statement if isinstance(node, Indicator) else "")


def _name(before: Node | None, after: Node | None) -> str:
    """The new title, or the old one where the new edition prints none."""
    if after is None or (before is not None and before.title and not after.title):
        assert before is not None  # noqa: S101
        return title_of(before)
    return title_of(after)


def fingerprint(
    kind: Kind, identity: Iterable[str], field_name: str, old: object, new: object
) -> str:
    """A stable mark of a change: of what it says and of whom, not of where it stands."""
    told = (kind.value, *identity, field_name, *map(_told, (old, new)))
    text = "\x1f".join(told)
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def _told(value: Any) -> str:  # noqa: ANN401 - plain data
    kind = value.__class__
    if kind is str:
        return value  # type: ignore[no-any-return]
    if value is None:
        return ""
    if kind is dict:
        told = [
            f"{name}\x1d{one if one.__class__ is str else _told(one)}"
            for name, one in sorted(value.items())
            if name not in TRACES
        ]
        return "\x1e".join(("{", *told, "}"))
    if kind is list or kind is tuple:
        return "\x1e".join(("[", *map(_told, value), "]"))
    return str(value)


@frozen(eq=False)
class _Mark:
    """A fingerprint that is made when somebody looks at it."""

    align: Alignment
    kind: Kind
    number: int
    """Of the first old node; -1 where there is none."""
    other: int
    """Of the first new one."""
    field: str
    old: object
    new: object

    def __call__(self) -> str:
        identity = []
        for sign, tree, number in (
            ("-", self.align.old, self.number),
            ("+", self.align.new, self.other),
        ):
            if number >= 0:
                identity += [f"{sign}{part}" for part in _identity(tree, number)]
        return fingerprint(self.kind, identity, self.field, self.old, self.new)

    def __reduce__(self) -> tuple[type[str], tuple[str]]:
        return str, (self(),)


@define(eq=False)
class Recorder:
    """Collects the changes and the bookkeeping of one comparison."""

    align: Alignment
    found: list[tuple[tuple[int, ...], Change]] = field(factory=list)
    notes: list[tuple[str, int | None, int | None, Mapping[str, object]]] = field(factory=list)
    """Entries of the books: operation, old and new number, and what else it tells."""
    traced: list[tuple[int, int, str]] = field(factory=list)
    """Pairs and the fields that were read elsewhere and say the same."""

    def take_changes(self) -> tuple[Change, ...]:
        """In the order of the new plan, what is gone behind its former parent.

        The recorder lives on for the books, and need not hold them any longer.
        """
        found, self.found = self.found, []
        return tuple([change for _, change in sorted(found, key=operator.itemgetter(0))])

    def note(self, op: str, old: int | None, new: int | None, **told: object) -> None:
        """Keep a book entry about a node (or a pair of them)."""
        self.notes.append((op, old, new, told))

    def books(self) -> Iterator[Mapping[str, object]]:
        """What was noted, and where each node of a pair was read, as entries."""
        olds, news = self.align.old.paths, self.align.new.paths
        for op, old, new, told in (*self._traces(), *self.notes):
            yield {
                "op": op,
                "old": None if old is None else olds[old],
                "new": None if new is None else news[new],
                **told,
            }

    def _traces(self) -> Iterator[tuple[str, int, int, Mapping[str, object]]]:
        align = self.align
        traced: list[tuple[int, int, str]] = []
        for old, new in enumerate(align.to_new):
            if new >= 0:
                before, after = align.old.nodes[old], align.new.nodes[new]
                traced += [
                    (old, new, name)
                    for name in _TRACED
                    if getattr(before, name, None) != getattr(after, name, None)
                ]
        for old, new, name in (*traced, *self.traced):
            before, after = align.old.nodes[old], align.new.nodes[new]
            data = [write_value(type(one), name, getattr(one, name)) for one in (before, after)]
            if name not in _TRACED:
                data = [trace(one) for one in data]
            yield "trace", old, new, {"field": name, "before": data[0], "after": data[1]}

    def field(  # noqa: PLR0917 - one change of one field of one pair
        self,
        kind: Kind,
        old: int,
        new: int,
        name: str,
        values: tuple[object, object],
        data: tuple[Any, Any] | None = None,
    ) -> None:
        """Record that field ``name`` of a pair changed.

        Args:
            kind: What sort of change it is.
            old: The number of the old node.
            new: The number of the new node.
            name: The field, with its key where it holds several.
            values: The values as the model has them, None where absent.
            data: The values as the codec writes them; from ``values`` where not given.
        """
        before, after = self.align.old.nodes[old], self.align.new.nodes[new]
        base = name.partition("[")[0]
        if data is None:
            data = (
                write_value(type(before), base, values[0]),
                write_value(type(after), base, values[1]),
            )
        rule = decided(kind)
        if rule is None:
            rule = decide(
                Facts(
                    kind=kind,
                    field=base,
                    before=before,
                    after=after,
                    old=values[0] if data[0] is not None else None,
                    new=values[1] if data[1] is not None else None,
                    plan=self.align.new.plan,
                )
            )
        segments: Sequence[Segment] = ()
        if kind in _TOLD_INLINE:
            segments = Deferred(inline_values, *data)
        self.add(
            kind,
            rule,
            olds=(old,),
            news=(new,),
            name=name,
            data=data,
            sources=(_source(values[0], before), _source(values[1], after)),
            inline_segments=segments,
        )

    def nodes(
        self,
        kind: Kind,
        olds: tuple[int, ...],
        news: tuple[int, ...],
        data: tuple[Any, Any] = (None, None),
        name: str = "",
    ) -> None:
        """Record a change of whole nodes."""
        before = self.align.old.nodes[olds[0]] if olds else None
        after = self.align.new.nodes[news[0]] if news else None
        rule = decided(kind)
        if rule is None:
            rule = decide(Facts(kind=kind, before=before, after=after, plan=self.align.new.plan))
        self.add(
            kind,
            rule,
            olds=olds,
            news=news,
            name=name,
            data=data,
            sources=(
                ";".join(_sources(self.align.old, olds)),
                ";".join(_sources(self.align.new, news)),
            ),
        )

    def add(
        self,
        kind: Kind,
        rule: EffectRule,
        *,
        olds: tuple[int, ...],
        news: tuple[int, ...],
        name: str,
        data: tuple[Any, Any],
        sources: tuple[str, str],
        inline_segments: Sequence[Segment] = (),
    ) -> None:
        """Record a change of any sort."""
        align = self.align
        before = align.old.nodes[olds[0]] if olds else None
        after = align.new.nodes[news[0]] if news else None
        rung, score = None, None
        if olds and news and align.to_new[olds[0]] == news[0] and olds[0]:
            rung, score = align.rungs[olds[0]], align.scores[olds[0]]
        old_paths, new_paths = align.old.paths, align.new.paths
        change = Change(
            kind=kind,
            effect=rule.effect,
            title=_name(before, after),
            field=name,
            old=data[0],
            new=data[1],
            old_paths=tuple([old_paths[number] for number in olds]),
            new_paths=tuple([new_paths[number] for number in news]),
            old_source=sources[0],
            new_source=sources[1],
            rung=rung,
            score=score,
            probable=rung is not None and rung not in _FIRM and (score or 0) < PROBABLE,
            reason=align.reasons.get(olds[0], "") if rung is Rung.PINNED else "",
            rule=rule.code,
            severity=rule.severity,
            inline=inline_segments,
            fingerprint=_Mark(
                align,
                kind,
                olds[0] if olds else -1,
                news[0] if news else -1,
                name,
                data[0],
                data[1],
            ),
        )
        self.found.append((self._place(olds, news), change))

    def _place(self, olds: tuple[int, ...], news: tuple[int, ...]) -> tuple[int, ...]:
        if news:
            return (news[0], 0, len(self.found))
        number = olds[0]
        while self.align.to_new[number] < 0:
            number = self.align.old.parents[number]
        return (self.align.to_new[number], 1, olds[0])


def _identity(tree: Tree, number: int) -> list[str]:
    node = tree.nodes[number]
    if node.id:
        return [node.id]
    above = tree.nodes[tree.parents[number]] if number else node
    return [tree.collections[number], comparable(title_of(node)), comparable(title_of(above))]


def _source(value: object, node: Node) -> str:
    own = getattr(value, "source", "")
    if not own and isinstance(value, tuple):
        own = ";".join(dict.fromkeys(filter(None, (getattr(one, "source", "") for one in value))))
    return own or node.source


def _sources(tree: Tree, numbers: tuple[int, ...]) -> list[str]:
    return [source for number in numbers if (source := tree.nodes[number].source)]
