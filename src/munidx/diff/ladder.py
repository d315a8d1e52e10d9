"""The state of a match: who is paired with whom, on which rung, and why others are not."""

import bisect
import functools
import itertools
import math
import re
from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from typing import Final

from attrs import define, field

from munidx.diff.changes import Rung
from munidx.diff.keys import Columns, Titles
from munidx.diff.profiles import Profile
from munidx.diff.similarity import Weights, comparable, text_share
from munidx.diff.tree import Tree
from munidx.japanese.characters import normalise

__all__ = ["PROBABLE", "THRESHOLD", "Alignment", "Lookalikes", "other_number"]

THRESHOLD: Final = 0.45
"""Below this score two nodes are not taken for the same. Measured: see docs/benchmarks.md."""
PROBABLE: Final = 0.60
"""Below this score a pair says that a person had better look."""

_NUMBER: Final = re.compile(r"[0-9]+|(?<=第)[一二三四五六七八九十]+")
_NO_NUMBER: Final = re.compile(r"[ぁ-ゖァ-ヺー・、。「」()（）一-笫笭-鿿]*").fullmatch
"""Titles of nothing but Japanese letters, without what may be or become a number."""
_YEAR: Final = re.compile(
    r"(?:令和|平成|昭和|[RHS])(?:[0-9]{1,2}|元)(?:年度?)?|[0-9]{4}(?:年度?)?|[0-9]{1,2}年度"
)


def other_number(old: str, new: str) -> bool:
    """Whether two titles differ in nothing but a number that is no year: 第1期 and 第2期."""
    if old == new or len(old) < 2:  # noqa: PLR2004 - nothing beside the number
        return False
    if _NO_NUMBER(old) and _NO_NUMBER(new):
        return False
    mine, theirs = _numbered(old), _numbered(new)
    return mine[0] != theirs[0] and mine[1] == theirs[1] and mine[2] != theirs[2]


@functools.lru_cache(maxsize=1 << 16)
def _numbered(title: str) -> tuple[str, str, list[str]]:
    """A title without its years, the rest of it without numbers, and these numbers."""
    timeless = _YEAR.sub("", normalise(title))
    return timeless, comparable(_NUMBER.sub("", timeless)), _NUMBER.findall(timeless)


_LONG: Final = 40
_ALIKE: Final = 0.8
_PATTERN: Final = 6
_SHORT: Final = 3
_HALF: Final = 0.5
"""Characters and share of a pattern whose members have one text: 東橋補修, 西橋補修."""
_SHARE: Final = 0.65
_SIBLINGS: Final = 4
_NAME: Final = 8
_SIDES: Final = 2
"""Nodes that have one text where it is their own: one on each side."""
_SPAN: Final = 64
"""Titles with one beginning that are gone through without a look at how many have the end."""


class Lookalikes:
    """Titles made by one pattern, project by project: 東小学校改築事業, 西小学校改築事業.

    Two of them are different projects, however alike they and their texts are.
    """

    def __init__(self, titles: Iterable[str] = (), texts: Iterable[str] = ()) -> None:
        """Of the distinct ``titles`` (comparable forms) and the descriptions as published.

        The descriptions are gone through when they are first asked for, if ever.
        """
        self._titles = sorted(set(titles))
        self._texts = texts
        self._held: dict[tuple[str, str], bool] = {}

    @functools.cached_property
    def _reversed(self) -> list[str]:
        """The titles, each read backwards."""
        return sorted([title[::-1] for title in self._titles])

    @functools.cached_property
    def _told(self) -> "Counter[str]":
        """How many nodes of both plans have a description word for word."""
        return Counter(self._texts)

    def differ(self, old: Profile, new: Profile, texts: tuple[str, str]) -> bool:
        """Whether two nodes are two of one pattern, and their texts do not say otherwise.

        Texts of some length that are nearly the same settle it, unless others of the pattern
        have them too, or each names its own place.
        """
        head, tail = _common(old.title, new.title)
        if head + tail < _HALF * min(len(old.title), len(new.title)):
            return False
        told = texts[0] != "" and max(self._told[one] for one in texts) > _SIDES
        if not self.apart(old.title, new.title, *((_SHORT, _HALF) if told else (_PATTERN, _SHARE))):
            return False
        if told or min(len(old.text), len(new.text)) < _LONG:
            return True
        names = old.title[head : len(old.title) - tail], new.title[head : len(new.title) - tail]
        if all(names) and names[0] in old.text and names[1] in new.text:
            return True
        return (text_share(old.text, new.text) or 0.0) < _ALIKE

    def _many(self, start: str, end: str) -> bool:
        """Whether several titles begin with ``start`` and end with ``end`` and hold more."""
        found = self._held.get((start, end))
        if found is None:
            found = self._held[start, end] = self._has_many(start, end)
        return found

    def _has_many(self, start: str, end: str) -> bool:
        length = len(start) + len(end)
        here = _within(self._titles, start)
        held, span, last = self._titles, here, end
        if len(here) < _SIBLINGS:
            return False
        if len(here) > _SPAN and end:
            there = _within(self._reversed, end[::-1])
            if not start or len(there) < len(here):
                held, span, last = self._reversed, there, start[::-1]
        more = (at for at in span if held[at].endswith(last) and len(held[at]) > length)
        return sum(1 for _ in itertools.islice(more, _SIBLINGS)) == _SIBLINGS

    def apart(self, old: str, new: str, least: int = _PATTERN, share: float = _SHARE) -> bool:
        """Whether ``old`` and ``new`` are two of at least four titles of one pattern.

        The pattern is a beginning and an end that at least four titles have, ``share`` of
        the title and ``least`` characters; between them stands a name, and the two names differ.
        """
        if old == new:
            return False
        shortest = min(len(old), len(new))
        head, tail = _common(old, new)
        if head + tail < share * shortest:
            return False
        # As many have a longer pattern as a shorter one, or fewer: the shortest decide.
        pattern = max(math.ceil(max(share * shortest, least)), max(len(old), len(new)) - _NAME)
        if pattern >= shortest:
            return False
        return any(
            self._many(old[:start], old[len(old) - pattern + start :])
            for start in range(min(head, pattern), max(pattern - tail, 0) - 1, -1)
        )


def _within(ordered: list[str], start: str) -> range:
    """The places of the ``ordered`` texts that begin with ``start``."""
    return range(
        bisect.bisect_left(ordered, start), bisect.bisect_right(ordered, start + "\U0010ffff")
    )


def _common(old: str, new: str) -> tuple[int, int]:
    """How many characters two titles share at the beginning and, beyond those, at the end."""
    shortest = min(len(old), len(new))
    head = 0
    while head < shortest and old[head] == new[head]:
        head += 1
    tail = 0
    while tail < shortest - head and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    return head, tail


@define(eq=False)
class Alignment:
    """Pairs of node numbers of two trees, one to one."""

    old: Tree
    new: Tree
    threshold: float = THRESHOLD
    weights: Weights = field(factory=Weights)
    to_new: list[int] = field(init=False)
    """The partner of each old node, -1 where it has none."""
    to_old: list[int] = field(init=False)
    rungs: dict[int, Rung] = field(factory=dict)
    """By old number."""
    scores: dict[int, float] = field(factory=dict)
    apart: set[tuple[int, int]] = field(factory=set)
    """Pairs that the user refuses."""
    reasons: dict[int, str] = field(factory=dict)
    """Why the user pinned a pair, by old number."""
    splits: dict[int, tuple[int, ...]] = field(factory=dict)
    """Old nodes and all their parts in the new plan, the heir first."""
    merges: dict[int, tuple[int, ...]] = field(factory=dict)
    """New nodes and all old nodes that they unite, the first heir first."""
    titles: Titles = field(factory=Titles)
    columns: tuple[Columns, Columns] = field(init=False)
    """What keys are made of, of either side."""
    _profiles: tuple[dict[int, Profile], dict[int, Profile]] = field(factory=lambda: ({}, {}))

    def __attrs_post_init__(self) -> None:
        self.to_new = [-1] * len(self.old.nodes)
        self.to_old = [-1] * len(self.new.nodes)
        self._make_columns()
        self.to_new[0] = self.to_old[0] = 0
        self.rungs[0] = Rung.EXACT
        self.scores[0] = 1.0

    def pair(self, old: int, new: int, rung: Rung, score: float = 1.0) -> None:
        """Take ``old`` and ``new`` for the same."""
        self.to_new[old], self.to_old[new] = new, old
        self.rungs[old], self.scores[old] = rung, score

    def pair_all(self, olds: Sequence[int], news: Sequence[int], rung: Rung) -> None:
        """Take many nodes for the same, two by two."""
        to_new, to_old = self.to_new, self.to_old
        for old, new in zip(olds, news, strict=True):
            to_new[old], to_old[new] = new, old
        self.rungs.update(dict.fromkeys(olds, rung))
        self.scores.update(dict.fromkeys(olds, 1.0))

    def part(self, old: int, new: int) -> None:
        """Undo a pair."""
        self.to_new[old] = self.to_old[new] = -1
        del self.rungs[old], self.scores[old]

    def free_old(self, numbers: Iterable[int]) -> list[int]:
        """Those of the old ``numbers`` that have no partner."""
        to_new = self.to_new
        return [number for number in numbers if to_new[number] < 0]

    def free_new(self, numbers: Iterable[int]) -> list[int]:
        """Those of the new ``numbers`` that have no partner."""
        to_old = self.to_old
        return [number for number in numbers if to_old[number] < 0]

    def _make_columns(self) -> None:
        texts: dict[Hashable, int] = {}
        self.columns = (
            Columns(self.old, self.titles, texts),
            Columns(self.new, self.titles, texts),
        )

    def titles_of(self, olds: Iterable[int], news: Iterable[int]) -> list[str]:
        """The titles of nodes of both sides as published, equal ones once."""
        titles = set(map(self.old.titles.__getitem__, olds))
        return list(titles.union(map(self.new.titles.__getitem__, news)))

    def old_profile(self, number: int) -> Profile:
        """What is compared of an old node."""
        found = self._profiles[0].get(number)
        return self._profiled(0, number) if found is None else found

    def new_profile(self, number: int) -> Profile:
        """What is compared of a new node."""
        found = self._profiles[1].get(number)
        return self._profiled(1, number) if found is None else found

    def forget(self) -> None:
        """Let go of what was only prepared to find the pairs."""
        self._profiles = ({}, {})
        self.titles = Titles()
        self._make_columns()

    def _profiled(self, side: int, number: int) -> Profile:
        node = (self.old, self.new)[side].nodes[number]
        found = self._profiles[side][number] = Profile(node)  # type: ignore[arg-type]
        return found

    @property
    def refuses(self) -> bool:
        """Whether any two nodes may be known to differ."""
        return bool(self.apart) or (self.old.identified and self.new.identified)

    def refused(self, old: int, new: int) -> bool:
        """Whether the two are known to differ: two permanent identifiers, or the user's word."""
        mine = self.old.nodes[old].id
        if mine:
            theirs = self.new.nodes[new].id
            if theirs and mine != theirs:
                return True
        return bool(self.apart) and (old, new) in self.apart

    def parents_paired(self, old: int, new: int) -> float | None:
        """1 where the parents are paired, 0 where both are paired elsewhere, else None.

        Children of the plan itself have no parent that tells anything, unless one side does.
        """
        above, other = self.old.parents[old], self.new.parents[new]
        if self.to_new[above] == other:
            return 1.0 if above else None
        if self.to_new[above] >= 0 and self.to_old[other] >= 0:
            return 0.0
        return None


def differ(align: Alignment, old: int, new: int, lookalikes: Lookalikes) -> bool:
    """Whether two titles tell that the nodes are two: by a number, or as two of a pattern."""
    before, after = align.old.nodes[old], align.new.nodes[new]
    if before.title == after.title:
        return False
    if other_number(before.title, after.title):
        return True
    texts = getattr(before, "description", ""), getattr(after, "description", "")
    return lookalikes.differ(align.old_profile(old), align.new_profile(new), texts)
