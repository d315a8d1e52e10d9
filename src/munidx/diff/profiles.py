"""What is compared of a node, each part prepared once, and only if it is looked at.

Most of a plan is settled by keys and never needs a profile; for what is left over, the words of
all nodes are prepared in one go.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable
from typing import Any, Final

from munidx.diff.similarity import (
    BREAK,
    NO_VOWEL,
    bigrams,
    comparable,
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
"""What marks the name of an indicator among the features of a node."""


class Profile:
    """What is compared of a node."""

    __slots__ = (
        "bigrams",
        "clauses",
        "code",
        "features",
        "indicators",
        "names",
        "node",
        "owners",
        "start",
        "text",
        "title",
        "unit",
    )

    node: Goal | Measure | Indicator
    title: str
    bigrams: frozenset[str]
    """Of the title."""
    names: tuple[frozenset[str], ...]
    """The bigrams of the title, of its part outside brackets, and of what stands in brackets
    (former names, the names of other years)."""
    text: str
    clauses: frozenset[str]
    owners: frozenset[str]
    indicators: frozenset[str]
    start: object
    unit: str
    code: str
    features: frozenset[str]
    """What candidates are found by: bigrams of names, clauses, names of indicators."""

    def __init__(self, node: Goal | Measure | Indicator) -> None:
        self.node = node
        self.code = node.code
        if isinstance(node, Indicator):
            self.start, self.unit = None, compact(node.unit)
        else:
            self.start, self.unit = node.start, ""

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever part is not made yet
        if name in ("text", "clauses"):
            _put_words([self], [_words(self.node)])
        elif name in _MAKERS:
            setattr(self, name, _MAKERS[name](self))
        else:
            raise AttributeError(name)
        return getattr(self, name)


def prepare(profiles: Iterable[Profile]) -> None:
    """Make the texts and clauses of many profiles at once."""
    some = list(profiles)
    _put_words(some, [_words(one.node) for one in some])


def _words(node: Goal | Measure | Indicator) -> str:
    if isinstance(node, Indicator):
        return (node.statement + node.definition)[: 2 * _LONGEST]
    actions = "。".join(node.actions) if isinstance(node, Measure) and node.actions else ""
    return f"{node.description}。{actions}。{node.target_state}"[: 2 * _LONGEST]


def _put_words(profiles: list[Profile], words: list[str]) -> None:
    """Each text in its comparable form, cut into clauses, all in a few passes over them."""
    words = [text.replace(BREAK, " ") if BREAK in text else text for text in words]
    joined = BREAK.join(words)
    if not joined.isascii():
        if odd(joined):
            joined = BREAK.join([normalise(text) if odd(text) else text for text in words])
        joined = NO_VOWEL.sub("", unicodedata.normalize("NFKC", without_marks(joined)))
    # Sign by sign, for to replace a sign costs a tenth of what a class of them does.
    for sign in _CLAUSE:
        joined = joined.replace(sign, _END)
    joined = _DROPPED.sub("", joined.replace("_", "")).lower()
    for one, told in zip(profiles, joined.split(BREAK), strict=True):
        one.text = told.replace(_END, "")[:_LONGEST]
        one.clauses = (
            frozenset()
            if isinstance(one.node, Indicator)
            else frozenset([clause for clause in told.split(_END) if len(clause) >= _SHORTEST])
        )


def _title(one: Profile) -> str:
    node = one.node
    return comparable(node.title or (node.statement if isinstance(node, Indicator) else ""))


def _names(one: Profile) -> tuple[frozenset[str], ...]:
    node = one.node
    title = node.title or (node.statement if isinstance(node, Indicator) else "")
    if "(" in title or "（" in title:
        return names_of(title)
    return (one.bigrams,) if one.title else ()


def _owners(one: Profile) -> frozenset[str]:
    return frozenset([comparable(owner.name) for owner in one.node.owners if owner.name])


def _indicators(one: Profile) -> frozenset[str]:
    node = one.node
    if isinstance(node, Indicator):
        return frozenset()
    return frozenset([comparable(each.title or each.statement) for each in node.indicators])


def _features(one: Profile) -> frozenset[str]:
    indicators = [_INDICATOR + name for name in one.indicators if name]
    return one.clauses.union(*one.names, indicators)


_MAKERS: Final[dict[str, Callable[[Profile], object]]] = {
    "title": _title,
    "bigrams": lambda one: bigrams(one.title),
    "names": _names,
    "owners": _owners,
    "indicators": _indicators,
    "features": _features,
}
"""What makes each part, when it is first asked for."""
