"""What a plan says it took from its document: its strings, figures, times and marks.

A part (an owner, an observation) without a source of its own was read where its node was.
What ``inferred`` names is not printed and claims nothing.
"""

import enum
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from typing import Final

import attrs
from attrs import field, frozen

from munidx.model import (
    Comparator,
    Cost,
    Direction,
    FiscalYear,
    Municipality,
    OpenEnd,
    OwnerRole,
    Plan,
    Recurrence,
    Relation,
    Section,
    State,
    Status,
    Time,
)

__all__ = ["Claim", "Typed", "claims_of"]

_UNCLAIMED: Final = {"id", "source", "inferred", "documents"}
_TIMES: Final = {"year", "date", "start", "end"}
_YEN: Final = (1, 1_000, 10_000, 1_000_000, 100_000_000)  # 円, 千円, 万円, 百万円, 億円

_WORDS: Final[dict[enum.StrEnum, tuple[str, ...]]] = {
    Status.ADDED: ("追加", "新規"),
    Status.ABOLISHED: ("廃止",),
    Status.COMPLETED: ("完了", "終了"),
    Status.SUSPENDED: ("休止", "中止"),
    Direction.INCREASE: ("↑", "⇧"),
    Direction.DECREASE: ("↓", "⇩"),
    Direction.MAINTAIN: ("=", "→", "維持"),
    Comparator.AT_LEAST: ("以上",),
    Comparator.AT_MOST: ("以下", "以内"),
    Comparator.ABOVE: ("超", "を超える"),
    Comparator.BELOW: ("未満",),
    Comparator.ABOUT: ("約", "程度"),
    Recurrence.THROUGHOUT: ("通年", "通期"),
    Recurrence.YEARLY: ("毎年度", "毎年", "各年度"),
    Recurrence.AS_NEEDED: ("随時", "適時", "適宜"),
    OpenEnd.START: ("まで",),
    OpenEnd.END: ("から", "以降"),
    OwnerRole.SUPPORTING: ("関連",),
    Relation.LEGAL_BASIS: ("根拠法令",),
    State.WITHHELD: ("非公表",),
}
"""How the values of the closed vocabularies are printed; a value holds its own word."""
_CONTINUOUS: Final = ("継続", "通年")


@frozen
class Claim:
    """A string of a plan, and where it was read."""

    text: str
    source: str
    prose: bool = False
    """Whether it stands in a section, which holds no rows and no items."""


@frozen
class Typed:
    """The values of a node or part that are no strings, and where they were read."""

    source: str
    numbers: list[Decimal] = field(factory=list)
    times: list[Time] = field(factory=list)
    words: list[str] = field(factory=list)


def claims_of(plan: Plan) -> Iterator[Claim | Typed]:
    """Everything that ``plan`` claims, its nodes and parts in the model's order."""
    stack: list[tuple[object, str, bool]] = [(plan, "", False)]
    while stack:
        thing, source, prose = stack.pop()
        source = getattr(thing, "source", "") or source
        prose = prose or isinstance(thing, Section)
        typed = Typed(source)
        below: list[object] = []
        for name, value in _fields(thing):
            for text in _strings(name, value):
                yield Claim(text, source, prose)
            _note(typed, thing, name, value)
            below += _parts(value)
        if typed.numbers or typed.times or typed.words:
            yield typed
        stack.extend((part, source, prose) for part in reversed(below))


def _fields(thing: object) -> Iterator[tuple[str, object]]:
    inferred = getattr(thing, "inferred", ())
    for attribute in attrs.fields(type(thing)):  # type: ignore[arg-type]
        name = attribute.name
        if name in _UNCLAIMED or name in inferred:
            continue
        if name == "code" and isinstance(thing, Municipality):
            continue
        yield name, getattr(thing, name)


def _parts(value: object) -> list[object]:
    if isinstance(value, tuple):
        return [part for part in value if attrs.has(type(part))]
    return [value] if attrs.has(type(value)) else []


def _strings(name: str, value: object) -> Iterator[str]:
    """The strings of a field; labels claim their names too, which stand beside the values."""
    if isinstance(value, enum.Enum) or name in _TIMES:
        return
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        yield from (part for part in value if isinstance(part, str))
    elif hasattr(value, "items"):
        for label, text in value.items():
            yield from (text, label)


def _note(typed: Typed, thing: object, name: str, value: object) -> None:
    if isinstance(value, enum.StrEnum):
        typed.words.extend(_WORDS.get(value, ()))
    elif name == "continuous" and value:
        typed.words.extend(_CONTINUOUS)
    elif isinstance(value, FiscalYear) or (name in _TIMES and isinstance(value, str)):
        typed.times.append(value)
    elif isinstance(value, bool):
        return
    elif isinstance(value, Fraction):
        typed.numbers.extend((Decimal(value.numerator), Decimal(value.denominator)))
    elif isinstance(value, int | Decimal):
        scales = _YEN if isinstance(thing, Cost) else (1,)
        typed.numbers.extend(abs(Decimal(value)) / scale for scale in scales)
