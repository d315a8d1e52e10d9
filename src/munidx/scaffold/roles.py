"""From the columns of the samples to those of a form: which is the title, what is said twice."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from attrs import evolve, frozen

from munidx.adapters.tables.series import YEARS
from munidx.japanese.characters import align, compact
from munidx.japanese.figures import find_figures
from munidx.japanese.marks import is_dash
from munidx.scaffold.seen import Head
from munidx.scaffold.words import TITLES, Meaning, bare, dictionary, level_of

__all__ = ["Part", "parts_of"]

_SINGLE: Final = frozenset(
    {"code", "title", "description", "target_state", "start", "end", "period"}
    | {"indicator.title", "indicator.unit", "indicator.definition", "indicator.data_source"}
    | {"goal.code", "budget_code"}
)
"""What a row has but once."""
_UNIT: Final = re.compile(r".*(?:[部局課室係班所館署院校園会]|センター|担当|全庁)(?:\([^()]*\))?")
_NUMBERED: Final = (
    r"(?P<code>[\d.-]+)\s+(?P<title>\D.*)",
    r"(?P<code>[\d-]+)[.:、)]\s*(?P<title>\D.*)",
    r"(?P<code>[IVX]+)[.:、)\s]\s*(?P<title>.+)",
)
_ROWS: Final = 2
_FEW: Final = 8
_SHORT: Final = 12
_MOST: Final = 0.7
_GAPS: Final = 0.2


@frozen(kw_only=True)
class Part:
    """A column of the samples."""

    meaning: Meaning | None
    """None: nobody knows it."""
    heading: str
    """Its words as they were first seen."""
    place: str
    guessed: bool = False
    """Whether the words are in no dictionary."""
    unitless: bool = False
    """Whether it is money of which neither header nor cells print a unit."""


def parts_of(
    tables: Sequence[Sequence[Head]], *, noted: bool = False
) -> tuple[tuple[Part, ...], tuple[str, ...]]:
    """The columns of all tables, those of one meaning put together; and their header words.

    Args:
        tables: The tables, each with its columns.
        noted: Whether a note says in which unit the money is: there is money, then.
    """
    found: list[Part] = []
    heads: dict[str, None] = {}
    for table in _lists(tables):
        words = (compact(head.words) for head in table)
        # Those with a year or a unit are others next year.
        heads |= dict.fromkeys(word for word in words if word and bare(word) == word)
        found += _of_table(list(table), noted=noted)
    return tuple(_joined(found)), tuple(heads)


def _lists(tables: Sequence[Sequence[Head]]) -> Iterator[Sequence[Head]]:
    """Those with several rows, and their continuations: a sheet of one project is no list."""
    several = {_words(table) for table in tables if any(map(_is_title_of_several, table))}
    return (table for table in tables if _words(table) in several)


def _is_title_of_several(head: Head) -> bool:
    named = head.meaning is not None and head.meaning.field in {"title", "goal.title"}
    # A sheet of one project has words of headers below its headers too.
    words = sum(compact(value) in _HEADS for value in head.values)
    return named and len(set(head.values)) >= _ROWS and 2 * words < len(head.values)


def _words(table: Sequence[Head]) -> tuple[str, ...]:
    return tuple(bare(head.words) for head in table)


def _of_table(heads: list[Head], *, noted: bool) -> Iterator[Part]:
    taken: set[tuple[str, str]] = set()
    for head, meaning in zip(
        heads, _one_title([_meaning(one, heads, noted=noted) for one in heads]), strict=True
    ):
        kept = meaning
        if kept and (kept.field in _SINGLE or kept.field == "goal.title"):
            key = kept.field, kept.level
            if key in taken:
                kept = _labelled(head)
            taken.add(key)
        if kept and kept.field == "goal.title" and head.gaps >= _GAPS:
            kept = evolve(kept, carried=True)
        if kept and kept.field in {"goal.title", "title"}:
            kept = evolve(kept, pattern=_numbered(head.values))
        yield Part(
            meaning=kept,
            heading=head.heading,
            place=head.place,
            guessed=kept is not None and head.meaning not in _KNOWN,
            unitless=bool(kept and kept.field == "costs" and not noted and _is_unitless(head)),
        )


_KNOWN: Final = frozenset(dictionary().values())
_HEADS: Final = frozenset(word for meaning in _KNOWN for word in meaning.words)


def _numbered(values: Sequence[str]) -> str:
    """The pattern of cells that print a number before the title, if all do."""
    texts = [align(value).text.strip() for value in values]
    fitting = (one for one in _NUMBERED if all(re.fullmatch(one, text) for text in texts))
    return next(fitting, "") if len(texts) > 1 else ""


def _is_unitless(head: Head) -> bool:
    return not head.unit.endswith("円") and not any("円" in value for value in head.values)


def _meaning(head: Head, heads: Sequence[Head], *, noted: bool) -> Meaning | None:
    """What a column means, by its words, and where these do not tell by what stands below."""
    meaning = head.meaning
    if meaning is None:
        return _by_values(head)
    if meaning.field == "goal.title" and _is_mixed(head, heads):
        return _labelled(head)
    if meaning.words == ("",) or (meaning.field == "schedule" and head.dated):
        return evolve(meaning, field=_of_years(head, noted=noted))
    titled = any(one.meaning and one.meaning.field == "indicator.title" for one in heads)
    if meaning.field == "targets" and not titled and _is_prose(head.values):
        return evolve(meaning, field="statement")
    valued = any(one.meaning and f"{one.meaning.field}.year" == meaning.field for one in heads)
    if meaning.field in YEARS and not valued:
        return _labelled(head)  # of a row that has no such values
    return meaning


def _by_values(head: Head) -> Meaning | None:
    word = bare(head.words)
    values = [compact(value) for value in head.values]
    if not word or not values:
        return None
    if head.unit.endswith("円"):
        return Meaning(field="costs", words=(word,))
    if sum(bool(_UNIT.fullmatch(value)) for value in values) >= _MOST * len(values):
        return Meaning(field="owners", words=(word,))
    distinct = set(values)
    if len(distinct) <= min(_FEW, len(values) // 2) and all(len(one) <= _SHORT for one in distinct):
        return _labelled(head)
    return None


def _of_years(head: Head, *, noted: bool) -> str:
    """What columns of years without a word of theirs are: money, a schedule, or targets."""
    figures = [value for value in head.values if _is_figure(value)]
    if len(figures) < len(head.values) / 2:
        return "schedule"
    money = head.unit.endswith("円") or any("円" in value or "," in value for value in figures)
    return "costs" if money or noted else "targets"


def _is_mixed(head: Head, heads: Sequence[Head]) -> bool:
    """Whether values come again and again with others between: no rung that rows stand under.

    Below another rung a value may come again, as 1 管理費 does below each 款.
    """
    left = [one for one in heads if one.meaning and one.meaning.field == "goal.title"]
    rungs = [*left[: left.index(head)], head]
    paths = list(zip(*(_carried(one.texts) for one in rungs), strict=True))
    runs = 1 + sum(one != other for one, other in pairwise(paths))
    return len(set(paths)) > 1 and runs >= 2 * len(set(paths))


def _carried(texts: Sequence[str]) -> Iterator[str]:
    last = ""
    for text in texts:
        last = text or last
        yield last


def _is_figure(value: str) -> bool:
    return is_dash(value) or bool(find_figures(value[:60]))


def _is_prose(values: Sequence[str]) -> bool:
    long = [value for value in values if len(value) > _SHORT]
    return len(long) > len(values) / 2


def _one_title(meanings: list[Meaning | None]) -> list[Meaning | None]:
    """Of several columns of titles the surest is it; what stands left of it are goals."""
    named = list(enumerate(meanings))
    titles = [(n, one) for n, one in named if one and one.field == "title"]
    if not titles:
        for number, one in reversed(named):
            if one and one.field == "goal.title":
                meanings[number] = Meaning(field="title", words=one.words)
                break
        return meanings
    chosen, _ = min(titles, key=lambda entry: (_rank(entry[1]), entry[0]))
    for number, one in titles:
        if number < chosen:
            level = level_of(one.words[0])
            meanings[number] = evolve(one, field="goal.title", level=level)
        elif number > chosen:
            meanings[number] = evolve(one, field="description")
    return meanings


def _rank(meaning: Meaning) -> int:
    return min((TITLES.index(w) for w in meaning.words if w in TITLES), default=len(TITLES))


def _labelled(head: Head) -> Meaning | None:
    word = bare(head.words)
    return Meaning(field="label", words=(word,)) if word else None


def _joined(parts: Sequence[Part]) -> Iterator[Part]:
    """Parts of one meaning as one, goals first; the words in the order in which they came."""
    groups: dict[object, list[Part]] = {}
    for part in parts:
        groups.setdefault(_key(part), []).append(part)
    for those in sorted(groups.values(), key=lambda those: not _is_rung(those[0])):
        meanings = [one.meaning for one in those if one.meaning]
        words = dict.fromkeys(word for meaning in meanings for word in meaning.words)
        carried = any(meaning.carried for meaning in meanings)
        yield evolve(
            those[0],
            meaning=evolve(meanings[0], words=(*words,), carried=carried) if meanings else None,
            guessed=all(one.guessed for one in those),
            unitless=any(one.unitless for one in those),
        )


def _is_rung(part: Part) -> bool:
    return bool(part.meaning and part.meaning.field.startswith("goal."))


def _key(part: Part) -> object:
    meaning = part.meaning
    if meaning is None:
        return bare(part.heading)
    if meaning.field == "label":
        return meaning
    return evolve(meaning, words=(), carried=False, pattern="")
