"""What is compared of a node, each part prepared once, and only if it is looked at.

Most of a plan is settled by keys and never needs a profile; for what is left over, the words of
all nodes are prepared in one go.
"""

import itertools
import re
import unicodedata
from collections.abc import Callable, Sequence
from typing import Any, Final

from munidx.diff.similarity import (
    BREAK,
    NO_VOWEL,
    bigrams,
    comparable,
    comparables,
    names_of,
    odd,
    without_marks,
)
from munidx.japanese.characters import compact, normalise
from munidx.model import Goal, Indicator, Measure

__all__ = ["Profile", "prepare"]

_CLAUSE: Final = "。、,.・/;:\n\r()「」"
"""What ends a clause, once the text is normalised."""
_END: Final = "\x1e"
"""What stands between the clauses of a text."""
_DROPPED: Final = re.compile(r"[^\w\x1e\x1f]+")
_SHORTEST: Final = 5
"""Characters of a clause that tells anything."""
_LONGEST: Final = 1500
"""Characters of a text that are compared: nothing is decided behind them, and a hostile
document cannot make one pair cost seconds."""
_INDICATOR: Final = "\x1d\x1d"
"""What marks the name of an indicator among the words that a node is found by."""


class Profile:
    """What is compared of a node."""

    __slots__ = (
        "bigrams",
        "clauses",
        "code",
        "grams",
        "indicators",
        "names",
        "node",
        "owners",
        "start",
        "text",
        "title",
        "unit",
        "words",
    )

    node: Goal | Measure | Indicator
    title: str
    bigrams: frozenset[str]
    """Of the title."""
    names: tuple[frozenset[str], ...]
    """The bigrams of the title, of its part outside brackets, and of what stands in brackets
    (former names, the names of other years)."""
    grams: frozenset[str]
    """The bigrams of all names, by which candidates are found."""
    text: str
    clauses: frozenset[str]
    words: frozenset[str]
    """Clauses and names of indicators, by which candidates are found, too."""
    owners: frozenset[str]
    indicators: frozenset[str]
    start: object
    unit: str
    code: str

    def __init__(self, node: Goal | Measure | Indicator) -> None:
        self.node = node

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever part is not made yet
        if name not in _MAKERS:
            raise AttributeError(name)
        _MAKERS[name]([self])
        return getattr(self, name)


def prepare(profiles: Sequence[Profile]) -> None:
    """Make all that is compared of many profiles at once."""
    for make in dict.fromkeys(_MAKERS.values()):
        make(profiles)


def _put_titles(profiles: Sequence[Profile]) -> None:
    titles = comparables([_called(one.node) for one in profiles])
    for one, title in zip(profiles, titles, strict=True):
        one.title = title


def _put_names(profiles: Sequence[Profile]) -> None:
    for one in profiles:
        one.bigrams = one.grams = bigrams(one.title)
        one.names = (one.bigrams,) if one.title else ()
        title = _called(one.node)
        if "(" in title or "（" in title:
            one.names = names_of(title)
            one.grams = one.bigrams.union(*one.names)


def _called(node: Goal | Measure | Indicator) -> str:
    return node.title or (node.statement if isinstance(node, Indicator) else "")


def _put_facts(profiles: Sequence[Profile]) -> None:
    """What needs no words: number, unit, start."""
    codes = comparables([one.node.code for one in profiles])
    for one, code in zip(profiles, codes, strict=True):
        node = one.node
        one.code = code
        if isinstance(node, Indicator):
            one.start, one.unit = None, compact(node.unit)
        else:
            one.start, one.unit = node.start, ""


def _put_owners(profiles: Sequence[Profile]) -> None:
    for one in profiles:
        one.owners = frozenset([comparable(owner.name) for owner in one.node.owners if owner.name])


def _put_indicators(profiles: Sequence[Profile]) -> None:
    below = [() if isinstance(one.node, Indicator) else one.node.indicators for one in profiles]
    names = iter(comparables([_called(each) for some in below for each in some]))
    for one, some in zip(profiles, below, strict=True):
        one.indicators = frozenset(itertools.islice(names, len(some)))


def _put_texts(profiles: Sequence[Profile]) -> None:
    """Each text in its comparable form, cut into clauses, all in a few passes over them."""
    texts = [_text(one.node) for one in profiles]
    texts = [text.replace(BREAK, " ") if BREAK in text else text for text in texts]
    joined = BREAK.join(texts)
    if not joined.isascii():
        if odd(joined):
            joined = BREAK.join([normalise(text) if odd(text) else text for text in texts])
        joined = NO_VOWEL.sub("", unicodedata.normalize("NFKC", without_marks(joined)))
    # Sign by sign, for to replace a sign costs a tenth of what a class of them does.
    for sign in _CLAUSE:
        joined = joined.replace(sign, _END)
    for one, told in zip(profiles, joined.split(BREAK), strict=True):
        clauses = told.lower().split(_END)
        text = "".join(clauses)
        if not text.isalnum():
            clauses = _DROPPED.sub("", told.replace("_", "")).lower().split(_END)
            text = "".join(clauses)
        one.text = text[:_LONGEST]
        one.clauses = (
            frozenset()
            if isinstance(one.node, Indicator)
            else frozenset([clause for clause in clauses if len(clause) >= _SHORTEST])
        )


def _text(node: Goal | Measure | Indicator) -> str:
    if isinstance(node, Indicator):
        return (node.statement + node.definition)[: 2 * _LONGEST]
    actions = "。".join(node.actions) if isinstance(node, Measure) and node.actions else ""
    return f"{node.description}。{actions}。{node.target_state}"[: 2 * _LONGEST]


def _put_words(profiles: Sequence[Profile]) -> None:
    for one in profiles:
        one.words = (
            one.clauses.union([_INDICATOR + name for name in one.indicators if name])
            if one.indicators
            else one.clauses
        )


_MAKERS: Final[dict[str, Callable[[Sequence[Profile]], None]]] = {
    "title": _put_titles,
    "bigrams": _put_names,
    "names": _put_names,
    "grams": _put_names,
    "code": _put_facts,
    "start": _put_facts,
    "unit": _put_facts,
    "text": _put_texts,
    "clauses": _put_texts,
    "owners": _put_owners,
    "indicators": _put_indicators,
    "words": _put_words,
}
"""What makes each part, when it is first asked for."""
