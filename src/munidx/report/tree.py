"""A plan as a tree of its goals, measures and indicators."""

from collections import Counter
from collections.abc import Iterator
from typing import Final

from munidx.model import (
    COLLECTIONS,
    Goal,
    Indicator,
    Node,
    Observation,
    Plan,
    children,
    walk,
)
from munidx.report.catalogue import told, word
from munidx.report.terminal import harmless, paint
from munidx.report.values import shorten

__all__ = ["render_tree"]

_TITLE: Final = 100
"""Characters of a title that are shown."""


def render_tree(plan: Plan, *, lang: str = "en", colour: bool = False) -> str:
    """``plan`` as a tree: a line for each node, its number, title, state, owner, targets.

    Args:
        plan: The plan.
        lang: ``en`` or ``ja``.
        colour: Whether escape sequences may colour the text.
    """
    title = harmless(shorten(plan.title, _TITLE)) or word("untitled", lang)
    lines = [paint(title, "title", on=colour)]
    lines += [f"  {harmless(shorten(line))}" for line in _facts(plan, lang)]
    lines += _branches(plan, lang, colour)
    return "\n".join([*lines, "", _counts(plan, lang), ""])


def _facts(plan: Plan, lang: str) -> Iterator[str]:
    city = plan.municipality
    if city:
        yield " ".join(part for part in (f"{city.prefecture}{city.name}", city.code) if part)
    if plan.id:
        yield plan.id
    edition = plan.edition
    if edition and (edition.label or edition.year):
        yield edition.label or told(edition.year, lang)
    period = plan.period
    if period:
        ends = ("" if end is None else told(end, lang) for end in (period.start, period.end))
        yield " – ".join(ends).strip()


def _branches(plan: Plan, lang: str, colour: bool) -> Iterator[str]:
    """Without recursion, for a plan may nest deep: each node with the rails to its left."""
    stack: list[tuple[Node, str, bool]] = _below(plan, "")
    while stack:
        node, rails, last = stack.pop()
        yield f"{rails}{'└─ ' if last else '├─ '}{_line(node, lang, colour)}"
        stack += _below(node, rails + ("   " if last else "│  "))


def _below(node: Node, rails: str) -> list[tuple[Node, str, bool]]:
    nodes = [child for collection in COLLECTIONS for child in children(node, collection)]
    below: list[tuple[Node, str, bool]] = [
        (child, rails, place == len(nodes)) for place, child in enumerate(nodes, start=1)
    ]
    return below[::-1]


def _line(node: Node, lang: str, colour: bool) -> str:
    if isinstance(node, Indicator):
        return harmless(_indicator(node, lang))
    if isinstance(node, Plan):  # pragma: no cover - a plan is below nothing
        raise TypeError(node)
    title = harmless(shorten(node.title, _TITLE)) or word("untitled", lang)
    head = " ".join(
        part
        for part in (
            harmless(node.level),
            harmless(node.code),
            paint(title, "title", on=colour and isinstance(node, Goal)),
        )
        if part
    )
    owners = word("comma", lang).join(" ".join((*owner.path, owner.name)) for owner in node.owners)
    notes = [told(node.status, lang)] if node.status else []
    notes += [shorten(owners, _TITLE)] if owners else []
    return head + (paint(f"  [{harmless('; '.join(notes))}]", "dim", on=colour) if notes else "")


def _indicator(node: Indicator, lang: str) -> str:
    title = shorten(node.title or node.statement, _TITLE) or word("untitled", lang)
    targets = "; ".join(
        _observation(target, node, lang) for target in node.targets if target.text != title
    )
    parts = [f"{node.code} {title}".strip(), f"→ {targets}" if targets else ""]
    return " ".join(part for part in parts if part)


def _observation(target: Observation, indicator: Indicator, lang: str) -> str:
    time = target.year if target.year is not None else target.date
    when = f"{told(time, lang)} " if time is not None else ""
    if target.text:
        return when + shorten(target.text)
    if target.number is not None:
        return f"{when}{told(target.number, lang)}{target.unit or indicator.unit}"
    return when + told(target.state, lang)


def _counts(plan: Plan, lang: str) -> str:
    kinds = Counter(type(item.node).__name__.lower() for item in walk(plan))
    told_kinds = [
        word(f"{name}s" if kinds[name] > 1 else name, lang, n=kinds[name])
        for name in ("goal", "measure", "indicator")
        if kinds[name]
    ]
    return word("comma", lang).join(told_kinds) or word("nothing-below", lang)
