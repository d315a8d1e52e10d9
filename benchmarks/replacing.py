"""A plan with one thing in it replaced: every node above it is made anew."""

from typing import Any

from attrs import evolve

from munidx.model import Plan, parse_path, resolve

__all__ = ["replaced", "with_at"]


def with_at(values: tuple[Any, ...], place: int, value: object) -> tuple[Any, ...]:
    """``values`` with another ``value`` at ``place``."""
    return (*values[:place], value, *values[place + 1 :])


def replaced(plan: Plan, path: str, **fields: Any) -> Plan:  # noqa: ANN401 - fields of any kind
    """``plan`` with other ``fields`` at its node ``path``."""
    steps = path.split("/") if path else []
    above_it = ("/".join(steps[:count]) for count in range(1, len(steps) + 1))
    nodes: list[Any] = [plan, *(resolve(plan, step) for step in above_it)]
    new = evolve(nodes[-1], **fields)
    for above, old, step in zip(nodes[-2::-1], nodes[:0:-1], parse_path(path)[::-1], strict=True):
        children = getattr(above, step.collection)
        place = next(n for n, child in enumerate(children) if child is old)
        new = evolve(above, **{step.collection: with_at(children, place, new)})
    made: Plan = new
    return made
