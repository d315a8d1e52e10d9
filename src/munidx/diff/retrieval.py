"""Candidates for what exact keys left over: an index, so that never all pairs are scored.

Features are bigrams of names, clauses of texts and names of indicators. Rare features count
more and are looked up first; those that many nodes share are passed over.
"""

import heapq
import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Final

from munidx.diff.profiles import Profile

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


_BIGRAM: Final = 2
"""Characters of the longest feature of a title; clauses and names of indicators have more."""


class Index:
    """What to find candidates in."""

    def __init__(self, profiles: Iterable[tuple[int, Profile]]) -> None:
        held: defaultdict[str, list[int]] = defaultdict(list)
        total = 0
        for number, profile in profiles:
            total += 1
            for feature in profile.features:
                held[feature].append(number)
        total = max(total, 2)
        self._alone = round((math.log(total) + 0.1) * 1000)
        """The weight of a bigram that no node has."""
        self._holders = held
        self._features = frozenset(held)
        self._sizes = {feature: len(holders) for feature, holders in held.items()}
        # Whole numbers, so that no sum depends on its order.
        bigram, other = {}, {}
        for size in set(self._sizes.values()):
            share = math.log(total / size) + 0.1
            bigram[size], other[size] = round(share * 1000), round(share * 2000)
        self._weights = {
            feature: (bigram if len(feature) <= _BIGRAM else other)[size]
            for feature, size in self._sizes.items()
        }

    def near(self, profile: Profile) -> Sequence[int]:
        """The nodes that share the most telling features, at most a fixed number of them."""
        weights = self._weights
        features = profile.features
        # The rarest first; what many nodes share finds nothing that the rare has not found.
        found = sorted(features & self._features)
        found.sort(key=self._sizes.__getitem__)
        points: defaultdict[int, int] = defaultdict(int)
        looked = 0
        for feature in found:
            holders = self._holders[feature]
            looked += len(holders)
            if points and looked > _LOOKED:
                break
            weight = weights[feature]
            for number in holders:
                points[number] += weight
        if not points:
            return ()
        own = sum(map(weights.__getitem__, found))
        if len(found) < len(features):
            lone = [len(feature) <= _BIGRAM for feature in features.difference(found)]
            own += self._alone * (2 * len(lone) - sum(lone))
        least = max(_FAR * max(points.values()), _LITTLE * own)
        near = [number for number, told in points.items() if told >= least]
        if len(near) <= _BEST:
            return near
        return heapq.nsmallest(_BEST, near, key=lambda number: (-points[number], number))
