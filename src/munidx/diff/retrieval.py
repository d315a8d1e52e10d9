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
_FAR: Final = 0.25
"""The share of the best candidate's points below which another is none. Measured."""
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
        total = max(len(profiles), 2)
        for number, profile in profiles:
            for feature in set(_features(profile)):
                self._holders.setdefault(feature, []).append(number)
        # Whole numbers, so that no sum depends on its order.
        self._weights = {
            feature: round(
                (math.log(total / len(holders)) + 0.1) * (1000 if feature[0] == "t" else 2000)
            )
            for feature, holders in self._holders.items()
        }

    def near(self, profile: Profile) -> Iterable[int]:
        """The nodes that share the most telling features, at most a fixed number of them."""
        points: dict[int, int] = {}
        found = self._holders.keys() & set(_features(profile))
        telling = [one for one in found if len(self._holders[one]) <= _COMMON]
        if not telling:
            telling = sorted(found, key=lambda one: (len(self._holders[one]), one))[:3]
        for feature in telling:
            weight = self._weights[feature]
            for number in self._holders[feature]:
                points[number] = points.get(number, 0) + weight
        if not points:
            return ()
        least = _FAR * max(points.values())
        near = [number for number, told in points.items() if told >= least]
        if len(near) <= _BEST:
            return near
        return heapq.nsmallest(_BEST, near, key=lambda number: (-points[number], number))
