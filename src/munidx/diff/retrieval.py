"""Candidates for what exact keys left over: an index, so that never all pairs are scored.

Features are bigrams of names, clauses of texts and names of indicators. Rare features count
more and are looked up first; those that many nodes share are passed over.
"""

import heapq
import math
from collections.abc import Iterator, Sequence
from typing import Final

from munidx.diff.similarity import Profile

__all__ = ["Index"]

_BEST: Final = 15
"""Candidates kept for each node: on all that we measured the true one is among them."""
_FAR: Final = 0.4
"""The share of the best candidate's points below which another is none: on all that we measured
the true one has more than half."""
_LITTLE: Final = 0.04
"""The share of a node's own points below which there is no candidate: on all that we measured
the true one has a tenth."""
_LOOKED: Final = 120
"""Holders that are looked at for one node, those of its rarest features first: what many share
finds nothing that the rare has not found."""


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
        self._alone = round((math.log(total) + 0.1) * 1000)
        """The weight of a bigram that no node has."""
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

    def near(self, profile: Profile) -> Sequence[int]:
        """The nodes that share the most telling features, at most a fixed number of them."""
        points: dict[int, int] = {}
        features = set(_features(profile))
        held, weights = self._holders, self._weights
        found = sorted(held.keys() & features, key=lambda one: (len(held[one]), one))
        looked = 0
        for feature in found:
            holders = held[feature]
            looked += len(holders)
            if points and looked > _LOOKED:
                break
            weight = weights[feature]
            for number in holders:
                points[number] = points.get(number, 0) + weight
        if not points:
            return ()
        own = sum(map(weights.__getitem__, found))
        own += self._alone * sum(1 if one[0] == "t" else 2 for one in features.difference(found))
        least = max(_FAR * max(points.values()), _LITTLE * own)
        near = [number for number, told in points.items() if told >= least]
        if len(near) <= _BEST:
            return near
        return heapq.nsmallest(_BEST, near, key=lambda number: (-points[number], number))
