"""A diff as text for people: by effect, what was weakened first, and within it by goal.

Each change is one line (kind, title, what it hangs from), below it old → new, and below that its
places in both documents and the rule that decided its effect; the last line counts. Lines are
broken at the width of the terminal, never within what must stand together.
"""

from collections.abc import Iterable, Iterator
from typing import Final

from munidx.diff.changes import Change, Effect, Kind
from munidx.model import Goal
from munidx.report.catalogue import effect_word, kind_word, word
from munidx.report.comparison import (
    ARROW,
    Comparison,
    doubt,
    heading,
    rule_text,
    stamp_text,
    titles_text,
)
from munidx.report.terminal import harmless, pad, paint, truncate, width_of, wrapped
from munidx.report.values import shorten

__all__ = ["changes"]

_KIND: Final = 16
"""Columns of a kind's name."""
_LEAST: Final = 30
"""Columns that a line keeps, however narrow the terminal."""
_STEP: Final = 4
"""How much further in than a change's first line the others stand."""
_HANGING: Final = 4
"""Columns of signs that may not begin a line and so hang over the end of one: 。-]"""


def changes(view: Comparison) -> str:
    """The report; no changes are no text."""
    found, lang = view.diff.changes, view.lang
    if not found:
        return ""
    editions = f"{stamp_text(view.diff.old)}{ARROW}{stamp_text(view.diff.new)}"
    lines = [*_hung(view, "", editions, 0)]
    for effect in Effect:
        group = [change for change in found if change.effect is effect]
        if group:
            head = f"{effect_word(effect, lang)} ({len(group)})"
            coloured = paint(head, effect.value, on=view.colour)
            lines += ["", paint(coloured, "title", on=view.colour)]
            folds, single = view.folded(group)
            lines += [line for several in folds for line in _fold(view, several)]
            lines += _by_goal(view, single)
    counts = word("comma", lang).join(
        word("effect-count", lang, n=count, effect=effect_word(Effect(name), lang))
        for name, count in view.diff.summary.items()
    )
    total = "changes" if len(found) > 1 else "changes-one"
    return "\n".join([*lines, "", word(total, lang, n=len(found), counts=counts), ""])


def _fold(view: Comparison, several: list[Change]) -> Iterator[str]:
    """A department that was renamed across the board: once, with some of what it answers for."""
    lang, kind = view.lang, pad(kind_word(several[0].kind, view.lang), _KIND)
    text = view.told(several[0]).removeprefix(heading(several[0], lang))
    times = paint(f"  ({word('times', lang, n=len(several))})", "dim", on=view.colour)
    head = paint(text, "title", on=view.colour) + times
    yield from _hung(view, f"  {kind}  ", head, _KIND + 4)
    yield from _hung(view, "      ", harmless(titles_text(several, lang)), 6)
    rule = rule_text(several[0])
    yield from [f"      {paint(f'[{rule}]', 'dim', on=view.colour)}"] if rule else []


def _by_goal(view: Comparison, group: list[Change]) -> Iterator[str]:
    """The goals in the order of their first changes, after what stands under none."""
    goals: dict[str, list[Change]] = {"": []}
    heads = {"": ""}
    for change in group:
        goal = view.goal(change)
        path = goal.path if goal else ""
        if goal and isinstance(goal.node, Goal):
            title = shorten(goal.node.title, 80) or word("untitled", view.lang)
            heads[path] = f"{shorten(goal.node.code, 20)} {title}".strip()
        goals.setdefault(path, []).append(change)
    for path, several in goals.items():
        if path:
            head = truncate(harmless(heads[path]), max(view.width - 2, _LEAST))
            yield f"  {paint(head, 'title', on=view.colour)}"
        for change in several:
            yield from _lines(view, change, 4 if path else 2)


def _lines(view: Comparison, change: Change, indent: int) -> Iterator[str]:
    lang, colour = view.lang, view.colour
    title = harmless(shorten(change.title, 80)) or word("untitled", lang)
    context = harmless(view.context(change, below_goal=True))
    if change.kind is Kind.RENUMBERED and len(change.new_paths) > 1:
        count = word("numbers", lang, n=len(change.new_paths))
        title, context = harmless(view.context(change)) or f"({word('plan', lang)})", count
    kind = pad(kind_word(change.kind, lang), _KIND)
    told = paint(title, "title", on=colour)
    told += paint(f"  ({context})", "dim", on=colour) if context else ""
    yield from _hung(view, f"{'':{indent}}{kind}  ", told, indent + _KIND + 2)
    further = indent + _STEP
    said = view.told(change, colour=colour)
    if said:
        yield from _hung(view, f"{'':{further}}", said, further)
    rule = rule_text(change)
    notes = (view.places(change), doubt(change, lang), f"[{rule}]" if rule else "")
    for line in _gathered(notes, max(view.width - further, _LEAST)):
        yield f"{'':{further}}{paint(line, 'dim', on=colour)}"


def _hung(view: Comparison, head: str, text: str, indent: int) -> Iterator[str]:
    """``text`` after ``head``, its further lines below its first."""
    first, *rest = wrapped(text, max(view.width - indent - _HANGING, _LEAST))
    yield f"{head}{first}"
    for line in rest:
        yield f"{'':{indent}}{line}"


def _gathered(notes: Iterable[str], width: int) -> list[str]:
    """The notes, as many on a line as it takes; one is broken only where it is longer than that."""
    lines: list[str] = []
    for note in filter(None, notes):
        joined = f"{lines[-1]}  {note}" if lines else note
        if width_of(joined) <= width:
            lines[-1:] = [joined]
        else:
            lines += wrapped(note, width - _HANGING)
    return lines
