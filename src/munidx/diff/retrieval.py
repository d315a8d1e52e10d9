"""Candidates for what exact keys left over: an index, so that never all pairs are scored.

Features are bigrams of names, clauses of texts and names of indicators. Rare features count
more; those that too many nodes share find nothing that others do not, and are passed over.
"""

import heapq
import math
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from munidx.diff.similarity import Profile

__all__ = ["Index"]

_BEST: Final = 15
"""Candidates kept for each node: on all that we measured the true one is among them."""
_COMMON: Final = 60
"""A feature that more nodes hold is passed over."""


def _features(profile: Profile) -> Iterator[tuple[str, str]]:
    for name in profile.names:
        for bigram in name:
            yield "t", bigram
    for clause in profile.clauses:
        yield "s", clause
    for indicator in profile.indicators:
        yield "i", indicator


class Index:
    """What to find candidates in."""

    def __init__(self, profiles: Sequence[tuple[int, Profile]]) -> None:
        self._holders: dict[tuple[str, str], list[int]] = {}
        self._total = max(len(profiles), 2)
        for number, profile in profiles:
            for feature in set(_features(profile)):
                self._holders.setdefault(feature, []).append(number)

    def near(self, profile: Profile) -> Iterable[int]:
        """The nodes that share the most telling features, at most a fixed number of them."""
        points: dict[int, float] = {}
        features = sorted(set(_features(profile)))
        found = [
            (feature, self._holders[feature]) for feature in features if feature in self._holders
        ]
        telling = [one for one in found if len(one[1]) <= _COMMON]
        for feature, holders in telling or sorted(found, key=lambda one: len(one[1]))[:3]:
            weight = math.log(self._total / len(holders)) + 0.1
            if feature[0] != "t":
                weight *= 2
            for number in holders:
                points[number] = points.get(number, 0.0) + weight
        return heapq.nsmallest(_BEST, points, key=lambda number: (-points[number], number))
