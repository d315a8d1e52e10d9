"""How alike two nodes are: what of their words, owners, indicators and places agrees.

Every figure lies between 0 and 1, and every part of the score can be absent: a node without
a description says nothing about descriptions. The weights are renormalised over what is
present on both sides. They were chosen on the synthetic generator by cross-validation
(``benchmarks/tune.py``), never on the real revisions that measure the result.
"""

import functools
import itertools
import math
import operator
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Final

from attrs import define, field, frozen

from munidx.japanese.characters import compact, normalise
from munidx.model import Goal, Indicator, Measure

__all__ = [
    "Profile",
    "Rarity",
    "Weights",
    "bigrams",
    "blend",
    "comparable",
    "profile",
    "set_share",
    "text_share",
    "title_share",
]

_DROPPED: Final = re.compile(r"[\W_]+")
_MARKS: Final = re.compile(r"【[^】]{0,20}】|[((]再掲[))]")
_ODD: Final = re.compile(r"[\u200b-\u200f\u2e80-\u2fdf\ufe00-\ufe0f\ufeff\U000e0100-\U000e01ef]")
"""Characters that NFKC leaves apart: zero-width ones, selectors, radicals of PDF text layers."""
_ASIDE: Final = re.compile(r"\(([^()]*(?:\([^()]*\)[^()]*)*)\)")
_ASIDE_LEAD: Final = re.compile(
    r"^(?:旧(?:称|事業名|名称)?"
    r"|(?:\d{4}|令和\d{1,2}|平成\d{1,2}|[RH]\d{1,2})年度[^:、]{0,20}?)"
    r"(?::|では、?|においては、?|から)"
)
_ASIDE_SORT: Final = re.compile(r"(?:連携|補助|単独|交付金|委託|緊急対策)(?:事業|分)?$")
_CLAUSE: Final = re.compile(r"[。、，,．・/／;；:：\n\r()（）「」]+")
_SHORTEST: Final = 5
"""Characters of a clause that tells anything."""
_LONGEST: Final = 1500
"""Characters of a text that are compared: nothing is decided behind them, and a hostile
document cannot make one pair cost seconds."""


@frozen(kw_only=True)
class Weights:
    """How much each part of the score counts, before renormalisation."""

    title: float = 0.55
    text: float = 0.38
    indicators: float = 0.16
    owner: float = 0.05
    parent: float = 0.06
    start: float = 0.12
    neighbours: float = 0.05
    code: float = 0.02
    unit: float = 0.4
    """Of indicators: 人 and % count different things."""
    votes: float = 0.5
    """How many of the nodes beneath two goals are paired with one another."""
    sure_text: float = 0.80
    """From here on a long text carries a pair over a new title."""
    sure_title: float = 0.80
    """From here on a title carries a pair over a new text."""
    overrule: float = 0.70
    elsewhere: float = 0.10
    """How far above the threshold two nodes must score whose parents are other pairs."""


@functools.lru_cache(maxsize=1 << 16)
def comparable(text: str) -> str:
    """``text`` for comparison only: normalised, without marks, punctuation and white space."""
    if not text:
        return ""
    if not text.isascii():
        text = normalise(_without_marks(text))
    return (text if text.isalnum() else _DROPPED.sub("", text)).lower()


def _without_marks(text: str) -> str:
    return _MARKS.sub("", text) if "【" in text or "再掲" in text else text


def _clauses(text: str) -> list[str]:
    """The clauses of ``text`` in their comparable form, which together are the text in its."""
    if not text.isascii():
        text = _without_marks(text)
        # The full form costs as much as all else that is done with a long text.
        plain = _ODD.search(text) is None
        text = unicodedata.normalize("NFKC", text) if plain else normalise(text)
    return [
        (part if part.isalnum() else _DROPPED.sub("", part)).lower() for part in _CLAUSE.split(text)
    ]


def bigrams(text: str) -> frozenset[str]:
    """The pairs of neighbouring characters; a text of one character is its own."""
    if len(text) < 2:  # noqa: PLR2004 - a pair
        return frozenset((text,)) if text else frozenset()
    return frozenset(map(operator.add, text, text[1:]))


@define(eq=False)
class Profile:
    """What is compared of a node, prepared once."""

    title: str = ""
    names: tuple[frozenset[str], ...] = ()
    """The bigrams of the title, of its part outside brackets, and of what stands in brackets
    (former names, the names of other years)."""
    text: str = ""
    clauses: frozenset[str] = frozenset()
    owners: frozenset[str] = frozenset()
    indicators: frozenset[str] = frozenset()
    start: object = None
    unit: str = ""
    code: str = ""


def profile(node: Goal | Measure | Indicator) -> Profile:
    """The profile of ``node``."""
    if isinstance(node, Indicator):
        return Profile(
            title=comparable(node.title or node.statement),
            names=_names(node.title or node.statement),
            text=comparable(node.statement + node.definition)[:_LONGEST],
            owners=_owners(node),
            unit=compact(node.unit),
            code=node.code,
        )
    actions = "。".join(node.actions) if isinstance(node, Measure) else ""
    words = f"{node.description}。{actions}。{node.target_state}"[: 2 * _LONGEST]
    clauses = _clauses(words)
    return Profile(
        title=comparable(node.title),
        names=_names(node.title),
        text="".join(clauses)[:_LONGEST],
        clauses=frozenset(clause for clause in clauses if len(clause) >= _SHORTEST),
        owners=_owners(node),
        indicators=frozenset(comparable(one.title or one.statement) for one in node.indicators),
        start=node.start,
        code=node.code,
    )


def _owners(node: Goal | Measure | Indicator) -> frozenset[str]:
    return frozenset(comparable(owner.name) for owner in node.owners if owner.name)


_SORT: Final = 3
"""Titles with the same words in brackets, beyond which these are a sort."""


def _asides(title: str) -> list[frozenset[str]]:
    return [bigrams(comparable(aside)) for aside in _ASIDE.findall(normalise(title))]


def _names(title: str) -> tuple[frozenset[str], ...]:
    plain = normalise(title)
    whole = bigrams(comparable(title))
    if "(" not in plain:
        return (whole,) if whole else ()
    asides = [_ASIDE_LEAD.sub("", aside) for aside in _ASIDE.findall(plain)]
    found = [whole, bigrams(comparable(_ASIDE.sub("", plain)))]
    # A short aside (その2, 一部) is no name, nor is one that says who pays or helps.
    found += [
        bigrams(text)
        for text in map(comparable, asides)
        if len(text) >= 6 and not _ASIDE_SORT.search(text)  # noqa: PLR2004 - as it says
    ]
    return tuple(dict.fromkeys(name for name in found if name))


@define(eq=False)
class Rarity:
    """How telling a bigram is: one that half of all titles hold tells little.

    With it 東小学校改修事業 and 西小学校改修事業 stand far apart among twenty such projects.
    Weights are whole numbers, so that no sum depends on its order.
    """

    total: int = 1
    counts: Mapping[str, int] = field(factory=dict)
    weights: dict[str, int] = field(factory=dict)
    sums: dict[frozenset[str], int] = field(factory=dict)
    sorts: frozenset[frozenset[str]] = frozenset()
    """What stands in brackets behind so many titles that it names none of them."""

    @classmethod
    def among(cls, titles: Iterable[frozenset[str]], named: Iterable[str] = ()) -> "Rarity":
        """Count the bigrams of ``titles``, and what stands in brackets in those as ``named``."""
        told = list(titles)
        asides = Counter(
            aside for title in named if "(" in title or "（" in title for aside in _asides(title)
        )
        return cls(
            max(len(told), 1),
            Counter(itertools.chain.from_iterable(told)),
            sorts=frozenset(aside for aside, count in asides.items() if count > _SORT),
        )

    def whole(self, name: frozenset[str]) -> int:
        """As :meth:`weigh`, remembered: a name is compared with many others."""
        found = self.sums.get(name)
        if found is None:
            found = self.sums[name] = self.weigh(name)
        return found

    def weigh(self, names: Iterable[str]) -> int:
        """The sum of the weights, each from near 0 (in every title) to ``1 << 20`` (alone)."""
        weights = self.weights
        found = 0
        for bigram in names:
            weight = weights.get(bigram)
            if weight is None:
                held = self.counts.get(bigram, 1)
                share = math.log1p(self.total / held) / math.log1p(self.total)
                weight = weights[bigram] = round(share * (1 << 20))
            found += weight
        return found


def set_share(old: frozenset[str], new: frozenset[str]) -> float | None:
    """Twice what is shared by what there is (Dice); None where a side is empty."""
    if not old or not new:
        return None
    return 2 * len(old & new) / (len(old) + len(new))


def title_share(old: Profile, new: Profile, rarity: Rarity) -> float | None:
    """How alike the names are: the best of the pairs of names, whole titles first.

    Half of it is plain Dice over bigrams, half Dice with each bigram weighed by its rarity.
    """
    if not old.names or not new.names:
        return None
    if old.title == new.title:
        return 1.0
    best = 0.0
    sorts = rarity.sorts
    for place, mine in enumerate(old.names):
        for other, theirs in enumerate(new.names):
            shared = mine & theirs
            if not shared or ((place or other) and (mine in sorts or theirs in sorts)):
                continue
            plain = 2 * len(shared) / (len(mine) + len(theirs))
            rare = 2 * rarity.weigh(shared) / (rarity.whole(mine) + rarity.whole(theirs))
            found = (plain + rare) / 2
            # What stands in brackets names the node less surely than its title does.
            best = max(best, found if not (place or other) else 0.96 * found)
    return best


def text_share(old: str, new: str, least: float = 0.0) -> float | None:
    """How alike two texts are; None where a side has none, 0 below ``least``."""
    if not old or not new:
        return None
    if old == new:
        return 1.0
    from rapidfuzz import fuzz  # noqa: PLC0415 - 10 ms that most comparisons of small plans save

    return float(fuzz.ratio(old, new, score_cutoff=100 * least)) / 100


def blend(parts: Iterable[tuple[float, float | None]]) -> float:
    """The mean of the present parts by their weights; 0 where none is present."""
    total = weighed = 0.0
    for weight, share in parts:
        if share is not None:
            total += weight
            weighed += weight * share
    return weighed / total if total else 0.0
