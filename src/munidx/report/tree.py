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
from munidx.report.catalogue import told
from munidx.report.terminal import harmless, paint
from munidx.report.values import shorten

__all__ = ["render_tree"]

_TITLE: Final = 100
"""Characters of a title that are shown."""


def render_tree(plan: Plan, *, colour: bool = False) -> str:
    """``plan`` as a tree: a line for each node, its number, title, state, owner, targets.

    Args:
        plan: The plan.
        colour: Whether escape sequences may colour the text.
    """
    lines = [paint(harmless(shorten(plan.title, _TITLE)) or "(no title)", "title", on=colour)]
    lines += [f"  {harmless(shorten(line))}" for line in _facts(plan)]
    lines += _branches(plan, colour)
    return "\n".join([*lines, "", _counts(plan), ""])


def _facts(plan: Plan) -> Iterator[str]:
    city = plan.municipality
    if city:
        yield " ".join(part for part in (f"{city.prefecture}{city.name}", city.code) if part)
    if plan.id:
        yield plan.id
    edition = plan.edition
    if edition and (edition.label or edition.year):
        yield edition.label or told(edition.year)
    period = plan.period
    if period:
        ends = ("" if end is None else told(end) for end in (period.start, period.end))
        yield " – ".join(ends).strip()


def _branches(plan: Plan, colour: bool) -> Iterator[str]:
    """Without recursion, for a plan may nest deep: each node with the rails to its left."""
    stack: list[tuple[Node, str, bool]] = _below(plan, "")
    while stack:
        node, rails, last = stack.pop()
        yield f"{rails}{'└─ ' if last else '├─ '}{_line(node, colour)}"
        stack += _below(node, rails + ("   " if last else "│  "))


def _below(node: Node, rails: str) -> list[tuple[Node, str, bool]]:
    nodes = [child for collection in COLLECTIONS for child in children(node, collection)]
    below: list[tuple[Node, str, bool]] = [
        (child, rails, place == len(nodes)) for place, child in enumerate(nodes, start=1)
    ]
    return below[::-1]


def _line(node: Node, colour: bool) -> str:
    if isinstance(node, Indicator):
        return harmless(_indicator(node))
    if isinstance(node, Plan):  # pragma: no cover - a plan is below nothing
        raise TypeError(node)
    title = harmless(shorten(node.title, _TITLE)) or "(no title)"
    head = " ".join(
        part
        for part in (
            harmless(node.level),
            harmless(node.code),
            paint(title, "title", on=colour and isinstance(node, Goal)),
        )
        if part
    )
    owners = ", ".join(" ".join((*owner.path, owner.name)) for owner in node.owners)
    notes = [told(node.status)] if node.status else []
    notes += [shorten(owners, _TITLE)] if owners else []
    return head + (paint(f"  [{harmless('; '.join(notes))}]", "dim", on=colour) if notes else "")


def _indicator(node: Indicator) -> str:
    title = shorten(node.title or node.statement, _TITLE) or "(no title)"
    targets = "; ".join(
        _observation(target, node) for target in node.targets if target.text != title
    )
    parts = [f"{node.code} {title}".strip(), f"→ {targets}" if targets else ""]
    return " ".join(part for part in parts if part)


def _observation(target: Observation, indicator: Indicator) -> str:
    time = target.year if target.year is not None else target.date
    when = f"{told(time)} " if time is not None else ""
    if target.text:
        return when + shorten(target.text)
    if target.number is not None:
        return f"{when}{told(target.number)}{target.unit or indicator.unit}"
    return when + told(target.state)


def _counts(plan: Plan) -> str:
    kinds = Counter(type(item.node).__name__.lower() for item in walk(plan))
    told_kinds = [
        f"{kinds[name]} {name}{'s' if kinds[name] > 1 else ''}"
        for name in ("goal", "measure", "indicator")
        if kinds[name]
    ]
    return ", ".join(told_kinds) or "nothing below the plan"
