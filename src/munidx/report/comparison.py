"""What every report of a diff needs of it: titles above, owners, places, values in a few words."""

import functools
from collections.abc import Callable, Mapping, Sequence
from itertools import groupby
from typing import Final

from attrs import frozen

from munidx.diff.changes import Change, Diff, Kind, PlanStamp, Rung
from munidx.diff.effects import EFFECT_RULES
from munidx.model import Goal, Indicator, Item, Plan, walk
from munidx.place import Location, Place, merge_sources, parse_places
from munidx.report.catalogue import field_text, word
from munidx.report.layout import Layout
from munidx.report.terminal import harmless
from munidx.report.values import entry_text, inline, shorten, value_text

__all__ = [
    "ARROW",
    "SEVERAL",
    "Comparison",
    "body",
    "doubt",
    "heading",
    "place_text",
    "rule_text",
    "stamp_text",
    "tells_year",
    "titles_text",
    "worded",
]

ARROW: Final = " → "

SEVERAL: Final = frozenset({Kind.SPLIT, Kind.MERGED})
"""Kinds that speak of several nodes on one side."""

_ALIKE: Final = 3
"""Equal changes of owners that are told once."""
_NAMED: Final = 6
"""Titles that are named of them."""

_PARTS: Final = 12
"""Parts of a split or a merger that are named on one line."""

_RENUMBERED: Final = 6
"""How many numbers a folded renumbering shows before it leaves some away."""

_SPOTS: Final = 3
"""How many places of a side of a change are shown."""

_INLINE: Final = 40
"""Characters of a text from which on its changed words are shown instead of both texts."""

_LAYOUT: Final = Layout()


@frozen
class Comparison:
    """A diff beside its plans, as reports look at it."""

    diff: Diff
    old_plan: Plan
    new_plan: Plan
    lang: str = "en"
    colour: bool = False
    """Whether escape sequences may colour the report."""
    width: int = 100
    """Columns of a line of text."""
    where: Callable[[str], Location] | None = None
    """Where a path of the newer plan stands in its own file; None where it has none."""
    layout: Layout = _LAYOUT
    """Of a 新旧対照表."""

    @functools.cached_property
    def old(self) -> Mapping[str, Item]:
        """The nodes of the older plan by their paths; walked only for a form that needs them."""
        return {item.path: item for item in walk(self.old_plan)}

    @functools.cached_property
    def new(self) -> Mapping[str, Item]:
        """The nodes of the newer plan by their paths."""
        return {item.path: item for item in walk(self.new_plan)}

    def side(self, change: Change) -> tuple[tuple[str, ...], Mapping[str, Item]]:
        """The paths by which a change is known, and the nodes of that edition."""
        if change.new_paths:
            return change.new_paths, self.new
        return change.old_paths, self.old

    def context(self, change: Change, *, below_goal: bool = False) -> str:
        """The titles above the changed node: its group's, and for an indicator its measure's.

        Args:
            change: The change.
            below_goal: Whether to leave those of goals away.
        """
        paths, items = self.side(change)
        item = items.get(paths[0]) if paths else None
        if item is None:
            return ""
        wanted = 2 if isinstance(item.node, Indicator) else 1
        titles: list[str] = []
        while item.parent and len(titles) < wanted:
            item = items[item.parent]
            if below_goal and isinstance(item.node, Goal):
                break
            titles.insert(0, item.node.title)
        return " › ".join(shorten(title, 40) for title in titles if title)

    def goal(self, change: Change) -> Item | None:
        """The goal under which the changed node stands, as the newer edition has it."""
        paths, items = self.side(change)
        item = items.get(paths[0]) if paths else None
        while item is not None and item.parent:
            item = items[item.parent]
            if isinstance(item.node, Goal):
                # What is gone may stand under a goal that is still there, renumbered or renamed.
                now = "" if change.new_paths else self._goals_now.get(item.path, "")
                return self.new[now] if now else item
        return None

    @functools.cached_property
    def _goals_now(self) -> Mapping[str, str]:
        """The goals of the older plan by their paths → those of the newer, as far as is plain."""
        told: dict[str, str] = {}
        for change in self.diff.changes:
            if len(change.old_paths) == len(change.new_paths):
                told.update(zip(change.old_paths, change.new_paths, strict=True))
        named: dict[tuple[str | None, str], list[str]] = {}
        for path, item in self.new.items():
            if isinstance(item.node, Goal):
                named.setdefault((item.parent, item.node.title), []).append(path)
        now = {"": ""}
        for path, item in self.old.items():
            if isinstance(item.node, Goal):
                alike = named.get((now.get(item.parent or ""), item.node.title), ())
                place = told.get(path, alike[0] if len(alike) == 1 else "")
                if place in self.new:
                    now[path] = place
        return now

    def told(self, change: Change, *, colour: bool = False) -> str:
        """What a change says beyond kind and title, on one line, as :func:`body` tells it.

        Of a split or a merger that is the numbers and titles of all that it is of.
        """
        if change.kind not in SEVERAL:
            return body(change, self.lang, colour=colour)
        sides = (self.titles(change, newer=newer) for newer in (False, True))
        return ARROW.join(
            harmless(word("comma", self.lang).join([*side[:_PARTS], "…"][: len(side)])) or "—"
            for side in sides
        )

    def folded(self, group: Sequence[Change]) -> tuple[list[list[Change]], list[Change]]:
        """Departments that were renamed across the board, and the changes that stand alone.

        Where several nodes have the same new owners instead of the same old ones, that is one
        thing to tell.
        """
        alike: dict[str, list[Change]] = {}
        for change in group:
            both = change.kind is Kind.OWNER_CHANGED and change.old and change.new
            if both and not doubt(change, self.lang):
                alike.setdefault(body(change, self.lang), []).append(change)
        folds = [several for several in alike.values() if len(several) >= _ALIKE]
        told = {id(change) for several in folds for change in several}
        return folds, [change for change in group if id(change) not in told]

    def titles(self, change: Change, *, newer: bool) -> list[str]:
        """Number and title of each node on a side of a change."""
        paths, items = (change.new_paths, self.new) if newer else (change.old_paths, self.old)
        nodes = (items[path].node for path in paths if path in items)
        return [
            " ".join(part for part in (getattr(node, "code", ""), shorten(node.title, 80)) if part)
            for node in nodes
        ]

    def owners(self, change: Change) -> tuple[str, ...]:
        """Who answers for the changed node: its own owners, else those of the nearest above."""
        paths, items = self.side(change)
        item = items.get(paths[0]) if paths else None
        while item is not None:
            # An indicator has no owner of its own.
            owners = () if isinstance(item.node, Indicator) else item.node.owners
            names = (owner.name or owner.person or " ".join(owner.path) for owner in owners)
            told = tuple(dict.fromkeys(shorten(name, 40) for name in names if name))
            if told:
                return told
            item = items.get(item.parent) if item.parent is not None else None
        return ()

    def source(self, change: Change, *, newer: bool) -> str:
        """Where a side of the change stands, from the node itself if the change does not say."""
        told = change.new_source if newer else change.old_source
        paths, items = (change.new_paths, self.new) if newer else (change.old_paths, self.old)
        if told or not paths:
            return told
        item = items.get(paths[0])
        return item.node.source if item else ""

    def place(self, change: Change, *, newer: bool) -> str:
        """``new.txt:67``: the places of a side; its paths where the plan does not know them."""
        paths = change.new_paths if newer else change.old_paths
        if not paths:
            return ""
        told = place_text(self.source(change, newer=newer))
        return harmless(told or ", ".join(shorten(path) for path in paths[:_SPOTS]))

    def places(self, change: Change) -> str:
        """``old.txt:66 → new.txt:67``."""
        old, new = self.place(change, newer=False), self.place(change, newer=True)
        return old if old == new else ARROW.join(part for part in (old, new) if part)


def titles_text(several: Sequence[Change], lang: str = "en") -> str:
    """The titles of what changed alike, as far as they fit on a line or two."""
    titles = [shorten(change.title, 40) or word("untitled", lang) for change in several]
    return word("comma", lang).join([*titles[:_NAMED], "…"] if len(titles) > _NAMED else titles)


def stamp_text(stamp: PlanStamp) -> str:
    """Which edition it is, in a few words: title and year, else the identifier, else a dash."""
    edition = stamp.edition
    label = edition.label or (str(edition.year) if edition.year else "") if edition else ""
    return harmless(
        shorten(" ".join(part for part in (stamp.title, label) if part) or stamp.id or "—", 80)
    )


def body(change: Change, lang: str = "en", *, colour: bool = False) -> str:
    """What a change says beyond kind and title: ``field: old → new``, on one line."""
    field = heading(change, lang)
    if change.kind is Kind.RENUMBERED:
        return _renumbered(change)
    if change.kind in {Kind.ADDED, Kind.REMOVED}:
        value = change.new if change.old is None else change.old
        return harmless(value_text(value, lang, below=True))
    if worded(change):
        return field + inline(change.inline, colour=colour)
    dated = tells_year(change)
    old, new = (
        entry_text(change.field, value, lang, dated=dated) for value in (change.old, change.new)
    )
    if not old and not new:
        return ""
    return f"{field}{harmless(old) or '—'}{ARROW}{harmless(new) or '—'}"


def heading(change: Change, lang: str) -> str:
    """``description: ``, the field whose value follows; nothing for a title."""
    named = change.field and change.field != "title"
    return f"{harmless(field_text(change.field, lang))}{word('separator', lang)}" if named else ""


def worded(change: Change) -> bool:
    """Whether a change is told by its changed words instead of by both values."""
    return _long(change.old) and _long(change.new) and bool(change.inline)


def tells_year(change: Change) -> bool:
    """Whether its values are told with their years.

    That of a target stands in the field's key already, unless it is what changed.
    """
    return "[" not in change.field or _year(change.old) != _year(change.new)


def _year(value: object) -> object:
    return value.get("year") if isinstance(value, Mapping) else None


def _long(value: object) -> bool:
    if isinstance(value, Mapping):
        return any(map(_long, value.values()))
    if isinstance(value, Sequence) and not isinstance(value, str):
        return len(value) > 1 or any(map(_long, value))
    return isinstance(value, str) and len(value) > _INLINE


def _renumbered(change: Change) -> str:
    """``2 → 3, 3 → 4, … 9 → 10``: a folded renumbering on one line."""
    old, new = change.old, change.new
    if not isinstance(old, list) or not isinstance(new, list) or len(old) != len(new):
        return harmless(f"{value_text(old) or '—'}{ARROW}{value_text(new) or '—'}")
    pairs = [
        f"{value_text(before) or '—'}{ARROW}{value_text(after) or '—'}"
        for before, after in zip(old, new, strict=True)
    ]
    if len(pairs) > _RENUMBERED:
        pairs = [*pairs[: _RENUMBERED - 2], "…", pairs[-1]]
    return harmless(", ".join(pairs))


def doubt(change: Change, lang: str = "en") -> str:
    """``probable, score 0.71`` where a person had better look, ``pinned`` (and why) where one has
    looked; else nothing.
    """  # noqa: D205
    if change.rung is Rung.PINNED:
        name = "pinned-because" if change.reason else "pinned"
        return word(name, lang, reason=harmless(change.reason))
    if not change.probable:
        return ""
    if change.score is None:
        return word("probable", lang)
    return word("probable-score", lang, score=f"{change.score:.2f}")


def rule_text(change: Change) -> str:
    """``MX801 target-eased``: the rule that decided the effect, for ``munidx rule MX801``."""
    rule = EFFECT_RULES.get(change.rule.removeprefix("-"))
    return f"{change.rule} {rule.name}" if rule else harmless(shorten(change.rule, 40))


def place_text(source: str) -> str:
    """``a.txt:4-7,12``: the places of a locator, lines as compilers tell them."""
    try:
        places = parse_places(merge_sources([source]))
    except ValueError:
        return source
    told = []
    for document, group in groupby(places[:_SPOTS], key=lambda place: place.document):
        spots = ",".join(filter(None, map(_spot, group)))
        told.append(f"{document}:{spots}" if spots else document)
    return ", ".join(told) + (" …" if len(places) > _SPOTS else "")


def _spot(place: Place) -> str:
    if place.line is None:
        return place.part
    # What is finer than a line (a cell) is left to the JSON.
    return f"{place.line}-{place.last}" if "-L" in place.part else f"{place.line}"
