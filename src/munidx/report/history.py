"""The lineage of promises as a tree with a track of the editions beside it; further forms."""

import functools
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from attrs import frozen

from munidx.diff.changes import Change, Effect, Kind, PlanStamp
from munidx.lineage import Lineage, Stop, Strand
from munidx.model import Indicator, Observation, Plan, walk
from munidx.report.catalogue import effect_word, kind_word, told, word
from munidx.report.comparison import ARROW, body, doubt
from munidx.report.forms import Form, late
from munidx.report.history_words import phrase
from munidx.report.terminal import harmless, pad, paint, wrapped
from munidx.report.values import shorten

__all__ = [
    "FORMATS",
    "Event",
    "History",
    "backwards_text",
    "change_text",
    "history_file",
    "name_of",
    "notes_text",
    "render_history",
    "renumbered",
    "targets_text",
]

_TITLE: Final = 80
_TITLES: Final = 3
_LEAST: Final = 30
"""Columns that a line keeps, however narrow the terminal."""
"""How many other parts of a split or a merger are named."""
_PARTS: Final = (Kind.SPLIT, Kind.MERGED, Kind.INDICATOR_REPLACED)
"""What the forks of a strand tell better."""


@frozen
class Event:
    """What happened to a promise with an edition, in words, or as a change."""

    edition: int
    text: str = ""
    change: Change | None = None
    other: int | None = None
    """The strand that the words name."""


@frozen
class History:
    """A lineage as reports look at it."""

    found: Lineage
    given: Sequence[str] = ()
    """What the user calls the editions, for those that do not say themselves which they are."""
    lang: str = "en"
    colour: bool = False
    width: int = 100
    """Columns of a line of text."""

    @functools.cached_property
    def names(self) -> tuple[str, ...]:
        """What to call each edition: its label or year, else as the user does; all differ."""
        labels = [_label(stamp, self.lang) for stamp in self.found.editions]
        counts = Counter(labels)
        named = []
        for place, label in enumerate(labels):
            own = label if counts[label] == 1 else ""
            given = self.given[place] if place < len(self.given) else ""
            number = phrase("edition", self.lang, n=place + 1)
            named.append(own or " ".join(part for part in (label, given or number) if part))
        return tuple(harmless(shorten(name, _TITLE)) for name in named)

    @functools.cached_property
    def rows(self) -> tuple[tuple[int, int], ...]:
        """Each strand but the plan's with its depth, below what it last stood under.

        What the newest edition holds comes in its order, then what has gone.
        """
        strands, newest = self.found.strands, len(self.found.editions) - 1
        plan = self.found.strands[0].stops[-1].node
        items = walk(plan) if isinstance(plan, Plan) else ()
        ranks = {item.path: rank for rank, item in enumerate(items)}
        below: dict[int, list[tuple[int, int, int]]] = {}
        for number, strand in enumerate(strands):
            stop = strand.stops[-1]
            if stop.parent is not None:
                rank = ranks[stop.path] if stop.edition == newest else 0
                below.setdefault(stop.parent, []).append((newest - stop.edition, rank, number))
        rows: list[tuple[int, int]] = []
        stack = [(0, 0)]
        while stack:
            number, depth = stack.pop()
            if number:
                rows.append((number, depth - 1))
            stack += [(child, depth + 1) for _, _, child in sorted(below.get(number, ()))[::-1]]
        return tuple(rows)

    def events(self, number: int) -> Iterator[Event]:
        """What happened to the strand ``number``, in the order of the editions."""
        strand = self.found.strands[number]
        before: Stop | None = None
        for stop in strand.stops:
            if before is None and stop.edition:
                yield self._arrival(strand)
            elif before is not None and stop.edition > before.edition + 1:
                gap = stop.edition - before.edition - 1
                yield Event(before.edition + 1, self.say("went"))
                yield Event(stop.edition, self.say("returned", n=gap))
            for change in stop.changes:
                # Which edition it is stands at the head already.
                if change.kind not in _PARTS and (number or not change.field.startswith("edition")):
                    yield Event(stop.edition, change=change)
            number_change = renumbered(before, stop)
            if number_change:
                kind = kind_word(Kind.RENUMBERED, self.lang)
                said = f"{kind}{word('separator', self.lang)}{number_change}"
                yield Event(stop.edition, said)
            yield from self._forks(number, stop.edition)
            before = stop
        if strand.last + 1 < len(self.found.editions):
            yield self._departure(strand)

    def say(self, name: str, /, **params: object) -> str:
        """A phrase in the language of the report."""
        return phrase(name, self.lang, **params)

    def titles(self, numbers: Sequence[int]) -> str:
        """The titles of strands."""
        shown = [shorten(self.found.strands[one].title, 40) for one in numbers[:_TITLES]]
        if len(numbers) > _TITLES:
            shown.append("…")
        return word("comma", self.lang).join(title or self.untitled for title in shown)

    @property
    def untitled(self) -> str:
        """What to call what has no title."""
        return word("untitled", self.lang)

    @property
    def summary(self) -> str:
        """How many promises there are, how many came, went and came again."""
        last = len(self.found.editions) - 1
        promises = self.found.strands[1:]
        return self.say(
            "summary",
            n=len(promises),
            all=sum(len(one.stops) == last + 1 for one in promises),
            came=sum(one.first > 0 for one in promises),
            went=sum(one.last < last for one in promises),
            returned=sum(bool(one.returns) for one in promises),
        )

    def _arrival(self, strand: Strand) -> Event:
        if strand.split_from is None:
            return Event(strand.first, self.say("came"))
        return self._fork(strand.first, "split-off", [strand.split_from])

    def _departure(self, strand: Strand) -> Event:
        if strand.merged_into is not None:
            return self._fork(strand.last + 1, "merged-into", [strand.merged_into])
        if strand.replaced_by is not None:
            return self._fork(strand.last + 1, "replaced-by", [strand.replaced_by])
        return Event(strand.last + 1, self.say("went"))

    def _fork(self, edition: int, name: str, others: Sequence[int]) -> Event:
        return Event(edition, self.say(name, titles=self.titles(others)), other=others[0])

    @functools.cached_property
    def _others(self) -> Mapping[tuple[str, int, int], list[int]]:
        """The parts that a strand gave off, or took up, with an edition."""
        others: dict[tuple[str, int, int], list[int]] = {}
        for number, strand in enumerate(self.found.strands):
            if strand.split_from is not None:
                others.setdefault(("split", strand.split_from, strand.first), []).append(number)
            if strand.merged_into is not None:
                key = ("merged", strand.merged_into, strand.last + 1)
                others.setdefault(key, []).append(number)
        return others

    def _forks(self, number: int, edition: int) -> Iterator[Event]:
        for name in ("split", "merged"):
            others = self._others.get((name, number, edition))
            if others:
                yield self._fork(edition, name, others)


def render_history(
    found: Lineage,
    format: str = "text",  # noqa: A002 - the word of the option
    *,
    names: Sequence[str] = (),
    lang: str = "en",
    colour: bool = False,
    width: int = 100,
) -> str:
    """``found`` in ``format``, one of :data:`FORMATS`.

    Args:
        found: The lineage.
        format: A form that is text.
        names: What to call the editions that do not say themselves which they are.
        lang: ``en`` or ``ja``.
        colour: Whether escape sequences may colour the text.
        width: Columns of the terminal, at which lines are broken (text only).

    Raises:
        KeyError: ``format`` is none of :data:`FORMATS`.
        TypeError: ``format`` is no text.
    """
    made = FORMATS[format].make(History(found, names, lang, colour, width))
    if isinstance(made, bytes):
        raise TypeError(format)
    return made


def history_file(
    found: Lineage, form: str, *, names: Sequence[str] = (), lang: str = "en"
) -> bytes:
    """``found`` as the content of a file in ``form``; CSV begins with a mark that it is UTF-8.

    Raises:
        KeyError: ``form`` is none of :data:`FORMATS`.
    """
    made = FORMATS[form].make(History(found, names, lang))
    return made if isinstance(made, bytes) else made.encode("utf-8", "backslashreplace")


def backwards_text(found: Lineage, *, names: Sequence[str] = (), lang: str = "en") -> str:
    """A line for each edition that is older than the one before it."""
    view = History(found, names, lang)
    return "".join(
        f"{view.say('backwards', n=place + 1, name=view.names[place])}\n"
        for place in found.backwards
    )


def name_of(stop: Stop, untitled: str = "") -> str:
    """Rung, number and title of a promise, on one line."""
    node = stop.node
    title = shorten(node.title or getattr(node, "statement", ""), _TITLE) or untitled
    parts = (getattr(node, "level", ""), getattr(node, "code", ""), title)
    return " ".join(shorten(part, _TITLE) for part in parts if part)


def renumbered(before: Stop | None, stop: Stop) -> str:
    """The numbers of a promise that only followed those above it, of which no change tells."""
    old, new = (getattr(one.node, "code", "") if one else "" for one in (before, stop))
    told = any(change.kind in {Kind.RENUMBERED, Kind.MOVED} for change in stop.changes)
    if before is None or old == new or told:
        return ""
    return f"{shorten(old) or '—'}{ARROW}{shorten(new) or '—'}"


def targets_text(stop: Stop, lang: str) -> str:
    """The targets of an indicator, with their times; nothing for other promises."""
    node = stop.node
    if not isinstance(node, Indicator):
        return ""
    title = node.title or node.statement
    targets = (shorten(_target(target, node, lang)) for target in node.targets)
    return "; ".join(target for target in targets if target != title)


def _target(target: Observation, node: Indicator, lang: str) -> str:
    # Only here: for most forms need none of it.
    from munidx.report.progress import figure_text, time_text  # noqa: PLC0415

    bare = target.number is None and target.low is None and target.high is None
    figure = told(target.state, lang) if bare else figure_text(target, node, lang)
    return " ".join(part for part in (time_text(target, lang), target.text or figure) if part)


def change_text(change: Change, lang: str, *, colour: bool = False) -> str:
    """``target lowered: 80% → 75% (weakened MX801)``, on one line."""
    kind = kind_word(change.kind, lang)
    said = body(change, lang, colour=colour)
    text = f"{kind}{word('separator', lang)}{said}" if said else kind
    return text + paint(notes_text(change, lang), change.effect.value, on=colour)


def notes_text(change: Change, lang: str) -> str:
    """`` (weakened MX801)``: what a change means, and that a pair is probable."""
    effect = harmless(f"{effect_word(change.effect, lang)} {change.rule}".rstrip())
    notes = [] if change.effect is Effect.EDITORIAL else [effect]
    notes += [doubt(change, lang)] if change.probable else []
    return f" ({word('comma', lang).join(notes)})" if notes else ""


def _label(stamp: PlanStamp, lang: str) -> str:
    edition = stamp.edition
    if edition is None:
        return ""
    time = edition.year if edition.year is not None else edition.date
    return edition.label or ("" if time is None else told(time, lang))


def _text(view: History) -> str:
    strands, colour = view.found.strands, view.colour
    title = harmless(shorten(strands[0].title, _TITLE)) or view.untitled
    lines = [paint(title, "title", on=colour)]
    lines += [f"  {n}  {name}" for n, name in enumerate(view.names, start=1)]
    lines += [f"     {line}" for line in _told(view, 0)]
    wide = len(str(len(view.names)))
    if len(strands) > 1:
        heads = " ".join(str(n).rjust(wide) for n in range(1, len(view.names) + 1))
        lines += ["", f"{heads}   {paint(view.say('marks'), 'dim', on=colour)}"]
    for number, depth in view.rows:
        stop = strands[number].stops[-1]
        name = harmless(name_of(stop, view.untitled))
        bold = paint(name, "title", on=colour and strands[number].kind == "goal")
        targets = harmless(targets_text(stop, view.lang))
        margin = " " * ((wide + 1) * len(view.names) + 2 + 2 * min(depth, 20))
        first, *rest = _broken(view, bold + (f"  → {targets}" if targets else ""), len(margin))
        lines.append(f"{_track(view, number, wide)}   {'  ' * min(depth, 20)}{first}")
        lines += [f"{margin}  {line}" for line in rest]
        for event in _told(view, number):
            first, *rest = _broken(view, event, len(margin) + 4 + wide + 2)
            lines += [
                f"{margin}    {first}",
                *(f"{margin}    {'':{wide}}  {line}" for line in rest),
            ]
    return "\n".join([*lines, "", view.summary, ""])


def _broken(view: History, text: str, indent: int) -> list[str]:
    # Four columns are left for signs that may not begin a line: 。-]
    return wrapped(text, max(view.width - indent - 4, _LEAST))


def _told(view: History, number: int) -> Iterator[str]:
    for event in view.events(number):
        place = pad(str(event.edition + 1), len(str(len(view.names))))
        if event.change is None:
            yield f"{place}  {harmless(event.text)}"
        else:
            yield f"{place}  {change_text(event.change, view.lang, colour=view.colour)}"


def _track(view: History, number: int, wide: int) -> str:
    strand = view.found.strands[number]
    marks = []
    before: Stop | None = None
    for edition in range(len(view.names)):
        stop = strand.at(edition)
        mark = "·"
        if stop is not None:
            mark = "◆" if stop.changes or renumbered(before, stop) else "●"
            before = stop
        marks.append(" " * (wide - 1) + paint(mark, _colour(stop), on=view.colour))
    return " ".join(marks)


def _colour(stop: Stop | None) -> str:
    """Of a mark: that of the gravest effect, in the order of :class:`Effect`."""
    effects = {change.effect for change in stop.changes} if stop else set()
    gravest = next((effect for effect in Effect if effect in effects), None)
    return gravest.value if gravest else "dim" if stop is None else ""


FORMATS: Final[Mapping[str, Form[[History]]]] = {
    "text": Form(_text, people=True),
    "json": Form(late("history_data", "data")),
    "csv": Form(late("history_data", "table_of")),
    "html": Form(late("history_page", "page")),
}
"""The forms by the names that ``--format`` takes."""
