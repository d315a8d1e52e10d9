"""How alike two nodes are: what of their words, owners, indicators and places agrees.

Every figure lies between 0 and 1, and every part of the score can be absent: a node without
a description says nothing about descriptions. The weights are renormalised over what is
present on both sides. The weights were chosen on the synthetic generator by cross-validation
(``benchmarks/tune.py``), not on the real revisions that measure the result; the rules beside
them (names in brackets, boilerplate, look-alikes) were made with both in view.
"""

import functools
import itertools
import math
import operator
import re
import sys
import unicodedata
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Final

from attrs import frozen

from munidx.japanese.characters import normalise

__all__ = [
    "BREAK",
    "NO_VOWEL",
    "Rarity",
    "Weights",
    "bigrams",
    "blend",
    "comparable",
    "comparables",
    "names_of",
    "names_share",
    "odd",
    "shared",
    "text_share",
    "without_marks",
]

_DROPPED: Final = re.compile(r"[\W_]+")
_MARKS: Final = re.compile("【[^】\x1f]{0,20}】|[(（]再掲[)）]")
_ODD: Final = re.compile(
    "[\u00ad\u200b-\u200f\u2060\u2e80-\u2fdf\ufe00-\ufe0f\ufeff\U000e0100-\U000e01ef]"
)
"""Characters that NFKC leaves apart: zero-width ones, selectors, radicals of PDF text layers."""
BREAK: Final = "\x1f"
"""What stands between texts that are looked at together: it is neither word nor punctuation."""
_DROPPED_WITHIN: Final = re.compile(r"[^\w\x1f]+")
NO_VOWEL: Final = re.compile(r"ー(?<![ぁ-ゖァ-ヺー]ー)ー*")
"""A long-vowel mark that makes no vowel long is a dash, as in :func:`normalise`."""
_ASIDE: Final = re.compile(r"\(([^()]*(?:\([^()]*\)[^()]*)*)\)")
_ASIDE_LEAD: Final = re.compile(
    r"^(?:旧(?:称|事業名|名称)?"
    r"|(?:\d{4}|令和\d{1,2}|平成\d{1,2}|[RH]\d{1,2})年度[^:、]{0,20}?)"
    r"(?::|では、?|においては、?|から)"
)
_ASIDE_SORT: Final = re.compile(r"(?:連携|補助|単独|交付金|委託|緊急対策)(?:事業|分)?$")


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
        text = _normal(without_marks(text))
    return (text if text.isalnum() else _DROPPED.sub("", text)).lower()


def _normal(text: str) -> str:
    """As :func:`normalise` but for punctuation, which is dropped in any case, and faster."""
    if odd(text):
        return normalise(text)
    return NO_VOWEL.sub("", unicodedata.normalize("NFKC", text))


def comparables(texts: Sequence[str]) -> list[str]:
    """:func:`comparable` of each, at once: a thousand titles cost little more than a hundred."""
    joined = BREAK.join(texts)
    if len(texts) < 2 or joined.count(BREAK) >= len(texts):  # noqa: PLR2004 - nothing to join
        return list(map(comparable, texts))
    if not joined.isascii():
        joined = _normal(without_marks(joined))
    return _DROPPED_WITHIN.sub("", joined.replace("_", "")).lower().split(BREAK)


def odd(text: str) -> bool:
    """Whether ``text`` holds characters that NFKC leaves apart, or that tell nothing."""
    return _ODD.search(text) is not None


def without_marks(text: str) -> str:
    """``text`` without the marks of editions (【追加】) and of repeats (再掲)."""
    return _MARKS.sub("", text) if "【" in text or "再掲" in text else text


def bigrams(text: str) -> frozenset[str]:
    """The pairs of neighbouring characters; a text of one character is its own."""
    if len(text) < 2:  # noqa: PLR2004 - a pair
        return frozenset((text,)) if text else frozenset()
    return frozenset(map(operator.add, text, text[1:]))


_SORT: Final = 3
"""Titles with the same words in brackets, beyond which these are a sort."""


def _sorts(titles: Iterable[str]) -> frozenset[frozenset[str]]:
    """What stands in brackets behind so many ``titles`` that it names none of them."""
    marked = [title for title in titles if "(" in title or "（" in title]
    asides = Counter(
        itertools.chain.from_iterable([_ASIDE.findall(normalise(one)) for one in marked])
    )
    counts: Counter[frozenset[str]] = Counter()
    for aside, count in zip(comparables(list(asides)), asides.values(), strict=True):
        counts[bigrams(aside)] += count
    return frozenset([aside for aside, count in counts.items() if count > _SORT])


def names_of(title: str) -> tuple[frozenset[str], ...]:
    """The bigrams of a title, of its part outside brackets, and of names within brackets."""
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


_UTF16: Final = "utf-16-le" if sys.byteorder == "little" else "utf-16-be"


def _counted(titles: Iterable[str]) -> Counter[int]:
    """How often each bigram stands in ``titles``, by its four bytes read as a number.

    So a hundred thousand of them are counted without a string being made of any.
    """
    data = BREAK.join(titles).encode(_UTF16, "surrogatepass")
    counts: Counter[int] = Counter()
    for start in (0, 2):
        size = (len(data) - start) // 4 * 4
        counts.update(memoryview(data)[start : start + size].cast("I"))
    return counts


class _Weights(dict[str, int]):
    """How telling each bigram is, from near 0 (in every title) to ``1 << 20`` (alone).

    Whole numbers, so that no sum depends on its order.
    """

    def __init__(self, total: int, counts: Mapping[int, int]) -> None:
        super().__init__()
        self._total, self._counts = total, counts
        self._known: dict[int, int] = {}

    def __missing__(self, bigram: str) -> int:
        number = int.from_bytes(bigram.encode(_UTF16, "surrogatepass"), sys.byteorder)
        held = self._counts.get(number) or 1
        weight = self._known.get(held)
        if weight is None:
            share = math.log1p(self._total / held) / math.log1p(self._total)
            weight = self._known[held] = round(share * (1 << 20))
        self[bigram] = weight
        return weight


class _Sums(dict[frozenset[str], int]):
    """The sums of the weights of names, remembered: a name is compared with many others."""

    def __init__(self, weigh: Callable[[frozenset[str]], int]) -> None:
        super().__init__()
        self._weigh = weigh

    def __missing__(self, name: frozenset[str]) -> int:
        weight = self[name] = self._weigh(name)
        return weight


class Rarity:
    """How telling a bigram is: one that half of all titles hold tells little.

    With it 東小学校改修事業 and 西小学校改修事業 stand far apart among twenty such projects.
    """

    def __init__(self, titles: Collection[str] = (), named: Iterable[str] = ()) -> None:
        """Count the bigrams of ``titles`` (comparable forms, each once).

        Args:
            titles: What the bigrams are counted in.
            named: The titles as published, for what stands in brackets behind them.
        """
        self.sorts = _sorts(named)
        """What stands in brackets behind so many titles that it names none of them."""
        self._weight = _Weights(max(len(titles), 1), _counted(titles)).__getitem__
        self._whole = _Sums(self.weigh).__getitem__

    def weigh(self, names: Iterable[str]) -> int:
        """The sum of the weights."""
        return sum(map(self._weight, names))

    def share(self, mine: frozenset[str], theirs: frozenset[str]) -> float:
        """How alike two names are: half Dice, half Dice with each bigram weighed by its rarity."""
        common = mine & theirs
        if not common:
            return 0.0
        plain = 2 * len(common) / (len(mine) + len(theirs))
        rare = 2 * sum(map(self._weight, common)) / (self._whole(mine) + self._whole(theirs))
        return (plain + rare) / 2


def shared(old: frozenset[str], new: frozenset[str]) -> float:
    """Twice what is shared by what there is (Dice); neither side is empty."""
    return 2 * len(old & new) / (len(old) + len(new))


def names_share(
    old: tuple[frozenset[str], ...], new: tuple[frozenset[str], ...], rarity: Rarity
) -> float | None:
    """How alike two nodes are called: the best of the pairs of names, whole titles first."""
    if not old or not new:
        return None
    best = rarity.share(old[0], new[0])
    if len(old) == len(new) == 1:
        return best
    sorts = rarity.sorts
    for place, mine in enumerate(old):
        for other, theirs in enumerate(new):
            if (place or other) and mine not in sorts and theirs not in sorts:
                # What stands in brackets names the node less surely than its title does.
                best = max(best, 0.96 * rarity.share(mine, theirs))
    return best


def text_share(old: str, new: str, least: float = 0.0) -> float | None:
    """How alike two texts are; None where a side has none, 0 below ``least``."""
    if not old or not new:
        return None
    if old == new:
        return 1.0
    if not _RATIO:
        from rapidfuzz.fuzz import ratio  # noqa: PLC0415 - 10 ms that most small plans save

        _RATIO.append(ratio)
    return _RATIO[0](old, new, score_cutoff=100 * least) / 100


_RATIO: Final[list[Callable[..., float]]] = []


def blend(parts: Iterable[tuple[float, float | None]]) -> float:
    """The mean of the present parts by their weights; 0 where none is present."""
    total = weighed = 0.0
    for weight, share in parts:
        if share is not None:
            total += weight
            weighed += weight * share
    return weighed / total if total else 0.0
