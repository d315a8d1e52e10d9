"""What a plan says it took from its document: its strings, figures, times and marks.

A part (an owner, an observation) without a source of its own was read where its node was.
What ``inferred`` names is not printed and claims nothing.
"""

import enum
import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Final

import attrs
from attrs import field, frozen

from munidx.adapters.stretches import fold
from munidx.japanese.characters import normalise
from munidx.japanese.eras import find_times
from munidx.model import (
    Comparator,
    Cost,
    Direction,
    FiscalYear,
    Municipality,
    Observation,
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

__all__ = ["Claim", "Typed", "claims_of", "figures"]

_NUMBER: Final = re.compile(r"\d[\d,]{0,40}(?:\.\d{1,20})?")
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
    name: bool = False
    """Whether it names what stands beside it (a rung, a label) and may be printed nowhere."""


@frozen
class Typed:
    """The values of a node or part that are no strings, and where they were read."""

    source: str
    numbers: list[tuple[Decimal, ...]] = field(factory=list)
    """Each with the ways in which it may be printed: yen, thousands of yen."""
    times: list[Time] = field(factory=list)
    words: list[str] = field(factory=list)


@frozen
class _Visit:
    """A node or part that is to be gone through, and what stands around it."""

    thing: object
    source: str
    prose: bool
    around: str = ""
    """The statement of the indicator whose observation it is, read at the same place."""


def claims_of(plan: Plan) -> Iterator[Claim | Typed]:
    """Everything that ``plan`` claims, its nodes and parts in the model's order.

    What an object's own verbatim words hold already is claimed once: the 80 of ``80%以上`` is
    no second 80, nor the title that was taken out of an indicator's statement a second title.
    """
    stack = [_Visit(plan, "", prose=False)]
    while stack:
        visit = stack.pop()
        fields = list(_fields(visit.thing))
        own = getattr(visit.thing, "source", "") or visit.source
        around = visit.around if own == visit.source else ""
        statement = around or getattr(visit.thing, "statement", "")
        prose = visit.prose or isinstance(visit.thing, Section)
        texts = [
            (text, named) for name, value in fields for text, named in _strings(name, value) if text
        ]
        for text, named in texts:
            if not statement or (not around and text == statement) or not _prints(statement, text):
                yield Claim(text, own, prose, named)
        typed = Typed(own)
        printed = _verbatim(visit.thing, statement)
        for name, value in fields:
            _note(typed, visit.thing, name, value, printed)
        if typed.numbers or typed.times or typed.words:
            yield typed
        stack.extend(
            _Visit(part, own, prose, statement if isinstance(part, Observation) else "")
            for _, value in reversed(fields)
            for part in reversed(_parts(value))
        )


def _verbatim(thing: object, statement: str) -> str:
    """The words in which the values of ``thing`` are printed, where it keeps them.

    A measure keeps none: that its description names a year is no reason to overlook its column
    of years.
    """
    return "\n".join((getattr(thing, "text", ""), getattr(thing, "label", ""), statement))


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


def _strings(name: str, value: object) -> Iterator[tuple[str, bool]]:
    """The strings of a field, and whether they are names.

    Labels claim their names too, which stand beside the values.
    """
    if isinstance(value, enum.Enum) or name in _TIMES:
        return
    if isinstance(value, str):
        yield value, name == "level"
    elif isinstance(value, tuple):
        yield from ((part, False) for part in value if isinstance(part, str))
    elif isinstance(value, Mapping):
        for label, text in value.items():
            yield from ((text, False), (label, True))


def _note(typed: Typed, thing: object, name: str, value: object, printed: str) -> None:
    """Note a value that is no string, unless the words ``printed`` beside it hold it."""
    if isinstance(value, enum.StrEnum):
        typed.words.extend(word for word in _WORDS.get(value, ()) if word not in printed)
    elif name == "continuous" and value:
        typed.words.extend(word for word in _CONTINUOUS if word not in printed)
    elif isinstance(value, FiscalYear) or (name in _TIMES and isinstance(value, str)):
        if str(value) not in {str(found.time) for found in find_times(printed)}:
            typed.times.append(value)
    elif isinstance(value, Fraction):
        ways = ((Decimal(value.numerator),), (Decimal(value.denominator),))
        typed.numbers.extend(way for way in ways if not _figures(printed).intersection(way))
    elif isinstance(value, int | Decimal) and not isinstance(value, bool):
        scales = _YEN if isinstance(thing, Cost) else (1,)
        way = tuple(abs(Decimal(value)) / scale for scale in scales)
        if not _figures(printed).intersection(way):
            typed.numbers.append(way)


def _figures(text: str) -> set[Decimal]:
    return {number for _, _, number in figures(normalise(text))}


def figures(text: str) -> Iterator[tuple[int, int, Decimal]]:
    """The figures printed in a normalised text: where each starts and ends, and its number."""
    for found in _NUMBER.finditer(text):
        yield found.start(), found.end(), Decimal(found[0].replace(",", ""))


def _prints(statement: str, text: str) -> bool:
    """Whether ``statement`` holds ``text``, a figure not within a longer one."""
    sought = fold(text).text
    if not sought:
        return False
    before = r"(?<![\d.])" if sought[0].isdigit() else ""
    after = r"(?![\d.])" if sought[-1].isdigit() else ""
    return re.search(before + re.escape(sought) + after, fold(statement).text) is not None
