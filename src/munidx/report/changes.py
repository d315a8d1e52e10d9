"""A diff as text for people and as JSON for programs; a further format is one entry here.

The text is grouped by effect, what was weakened first and what is unclear right after it. Each
change is one line (kind, title, where it hangs, old → new) and, below it, its places in both
documents; the last line counts.
"""

from collections.abc import Callable, Iterator, Mapping
from itertools import groupby
from typing import Final

from attrs import frozen

from munidx.diff.changes import Change, Diff, Effect, Kind, PlanStamp
from munidx.diff.exchange import to_data
from munidx.formats.json import encode
from munidx.model import Indicator, Item, Plan, walk
from munidx.place import Place, merge_sources, parse_places
from munidx.report.catalogue import effect_word, kind_word
from munidx.report.terminal import harmless, paint
from munidx.report.values import inline, shorten, value_text

__all__ = ["FORMATS", "render_diff"]

_ARROW: Final = " → "
_PAINTED: Final = {effect.value for effect in Effect}
_RENUMBERED: Final = 6
"""How many numbers a folded renumbering shows before it leaves some away."""

_SPOTS: Final = 3
"""How many places of a side of a change are shown."""


def render_diff(
    diff: Diff, old: Plan, new: Plan, form: str = "text", *, colour: bool = False
) -> str:
    """``diff`` in ``form``, one of :data:`FORMATS`; as text, no changes are no text.

    Args:
        diff: What changed.
        old: The older plan, for the titles of what the changed nodes hang from.
        new: The newer plan.
        form: ``text`` or ``json``.
        colour: Whether escape sequences may colour the text.
    """
    return FORMATS[form](_View.of(diff, old, new), colour)


@frozen
class _View:
    """A diff beside the nodes of its plans."""

    diff: Diff
    old: Mapping[str, Item]
    new: Mapping[str, Item]

    @classmethod
    def of(cls, diff: Diff, old: Plan, new: Plan) -> "_View":
        """``diff`` with the nodes of both plans by their paths."""
        return cls(
            diff,
            {item.path: item for item in walk(old)},
            {item.path: item for item in walk(new)},
        )

    def context(self, change: Change) -> str:
        """The titles above the changed node: its group's, and for an indicator its measure's."""
        paths, items = (
            (change.new_paths, self.new) if change.new_paths else (change.old_paths, self.old)
        )
        item = items.get(paths[0]) if paths else None
        if item is None:
            return ""
        wanted = 2 if isinstance(item.node, Indicator) else 1
        titles: list[str] = []
        while item.parent and len(titles) < wanted:
            item = items[item.parent]
            titles.insert(0, item.node.title)
        return " › ".join(shorten(title, 40) for title in titles if title)

    def source(self, change: Change, *, newer: bool) -> str:
        """Where a side of the change stands, from the node itself if the change does not say."""
        told = change.new_source if newer else change.old_source
        paths, items = (change.new_paths, self.new) if newer else (change.old_paths, self.old)
        if told or not paths:
            return told
        item = items.get(paths[0])
        return item.node.source if item else ""


def _text(view: _View, colour: bool) -> str:
    changes = view.diff.changes
    if not changes:
        return ""
    lines = [f"{_stamp(view.diff.old)}{_ARROW}{_stamp(view.diff.new)}"]
    for effect in Effect:
        group = [change for change in changes if change.effect is effect]
        if group:
            heading = f"{effect_word(effect)} ({len(group)})"
            lines += ["", paint(paint(heading, effect.value, on=colour), "title", on=colour)]
        for change in group:
            lines += _lines(view, change, colour)
    counts = ", ".join(f"{count} {effect_word(Effect(name))}" for name, count in _counts(view))
    total = f"{len(changes)} change{'s' if len(changes) > 1 else ''}"
    return "\n".join([*lines, "", f"{total}: {counts}", ""])


def _counts(view: _View) -> Iterator[tuple[str, int]]:
    yield from view.diff.summary.items()


def _stamp(stamp: PlanStamp) -> str:
    edition = stamp.edition
    label = edition.label or (str(edition.year) if edition.year else "") if edition else ""
    return harmless(
        shorten(" ".join(part for part in (stamp.title, label) if part) or stamp.id, 80)
    )


def _lines(view: _View, change: Change, colour: bool) -> Iterator[str]:
    title, context = (
        harmless(shorten(change.title, 80)) or "(no title)",
        harmless(view.context(change)),
    )
    if change.kind is Kind.RENUMBERED and len(change.new_paths) > 1:
        title, context = context or "(the plan)", f"{len(change.new_paths)} numbers"
    head = f"  {kind_word(change.kind):<16}  {paint(title, 'title', on=colour)}"
    yield head + (paint(f"  ({context})", "dim", on=colour) if context else "")
    body = _body(change, colour)
    if body:
        yield f"      {body}"
    notes = [note for note in (_places(view, change), _doubt(change)) if note]
    if notes:
        yield "      " + paint("  ".join(notes), "dim", on=colour)


def _body(change: Change, colour: bool) -> str:
    field = f"{harmless(change.field)}: " if change.field and change.field != "title" else ""
    if change.kind is Kind.RENUMBERED:
        return _renumbered(change)
    if change.kind in {Kind.ADDED, Kind.REMOVED}:
        return harmless(value_text(change.new if change.old is None else change.old, below=True))
    if change.inline and _long(change.old) and _long(change.new):
        return field + inline(change.inline, colour=colour)
    # The year of a target stands in the field's key already.
    dated = "[" not in change.field
    old, new = value_text(change.old, dated=dated), value_text(change.new, dated=dated)
    if not old and not new:
        return ""
    return f"{field}{harmless(old) or '—'}{_ARROW}{harmless(new) or '—'}"


def _long(value: object) -> bool:
    return isinstance(value, str) and len(value) > 40  # noqa: PLR2004 - fits on a line as it is


def _renumbered(change: Change) -> str:
    """``2 → 3, 3 → 4, … 9 → 10``: a folded renumbering on one line."""
    old, new = change.old, change.new
    if not isinstance(old, list) or not isinstance(new, list) or len(old) != len(new):
        return harmless(f"{value_text(old) or '—'}{_ARROW}{value_text(new) or '—'}")
    pairs = [
        f"{value_text(before) or '—'}{_ARROW}{value_text(after) or '—'}"
        for before, after in zip(old, new, strict=True)
    ]
    if len(pairs) > _RENUMBERED:
        pairs = [*pairs[: _RENUMBERED - 2], "…", pairs[-1]]
    return harmless(", ".join(pairs))


def _doubt(change: Change) -> str:
    if not change.probable:
        return ""
    return "probable" if change.score is None else f"probable, score {change.score:.2f}"


def _places(view: _View, change: Change) -> str:
    """``old.txt:66 → new.txt:67``, or the paths where the plans do not know their places."""
    old = _place(view.source(change, newer=False)) if change.old_paths else ""
    new = _place(view.source(change, newer=True)) if change.new_paths else ""
    old = old or ", ".join(change.old_paths[:3])
    new = new or ", ".join(change.new_paths[:3])
    return harmless(old if old == new else _ARROW.join(part for part in (old, new) if part))


def _place(source: str) -> str:
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


def _json(view: _View, colour: bool) -> str:  # noqa: ARG001 - one signature for all forms
    return encode(to_data(view.diff))


FORMATS: Final[Mapping[str, Callable[[_View, bool], str]]] = {"text": _text, "json": _json}
"""The forms by name."""
