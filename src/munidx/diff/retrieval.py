"""Candidates for what exact keys left over: an index, so that never all pairs are scored.

Features are bigrams of names, and words: clauses of texts and names of indicators. Rare features
count more and are looked up first; those that many nodes share are passed over.
"""

import heapq
import math
import operator
from collections import defaultdict
from collections.abc import Sequence
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
_RARE: Final = 4
"""Holders up to which a feature is rare: these settle for most nodes who comes into question,
and among the many holders of the other features only those are looked for then."""
_WORD: Final = 2
"""A word tells as much as two bigrams."""


class Index:
    """What to find candidates in."""

    def __init__(self, profiles: Sequence[tuple[int, Profile]], sought: Sequence[Profile]) -> None:
        """Note who of the numbered ``profiles`` has what, as far as any of the ``sought`` has it.

        Args:
            profiles: What is found, by number.
            sought: What candidates will be looked for.
        """
        self._total = max(len(profiles), 2)
        self._alone = self._weight(1, 1)
        """The weight of a bigram that nobody has; a word weighs twice as much."""
        words: defaultdict[str, list[int]] = defaultdict(list)
        grams: defaultdict[str, list[int]] = defaultdict(list)
        wanted = frozenset().union(*[one.words for one in sought])
        asked = frozenset().union(*[one.grams for one in sought])
        for number, profile in profiles:
            for feature in profile.words & wanted:
                words[feature].append(number)
            for feature in profile.grams & asked:
                grams[feature].append(number)
        self._lone: dict[str, tuple[int, int]] = {}
        """Weight and holder of what one node has."""
        several: list[tuple[int, str, int, list[int]]] = []
        for factor, held in ((_WORD, words), (1, grams)):
            weights = {size: self._weight(size, factor) for size in set(map(len, held.values()))}
            for feature, holders in held.items():
                size = len(holders)
                if size == 1:
                    self._lone[feature] = weights[1], holders[0]
                else:
                    several.append((size, feature, weights[size], holders))
        several.sort(key=operator.itemgetter(0, 1))
        self._several = [(size, weight, frozenset(held)) for size, _, weight, held in several]
        """Number of holders, weight and holders of what several have, the rarest first."""
        self._places = {feature: place for place, (_, feature, _, _) in enumerate(several)}
        frequent = frozenset([feature for size, feature, _, _ in several if size > _LOOKED])
        self._known = frozenset(self._lone), frozenset(self._places) - frequent, frequent
        """What one node has, what several have, and what so many have that they are passed over
        unless a node has nothing else."""

    def _weight(self, size: int, factor: int) -> int:
        """Of a feature that ``size`` nodes have: a whole number, so that no sum has an order."""
        return round((math.log(self._total / size) + 0.1) * 1000 * factor)

    def near(self, profile: Profile) -> Sequence[int]:
        """The nodes that share the most telling features, at most a fixed number of them."""
        points = self._points(profile)
        if not points:
            return ()
        least = _FAR * max(points.values())
        # What the node has itself is summed up only where that may decide.
        words, grams = len(profile.words), len(profile.grams)
        if least < _LITTLE * (self._alone * (_WORD * words + grams) + words):
            least = max(least, _LITTLE * self._own(profile))
        near = [number for number, told in points.items() if told >= least]
        if len(near) <= _BEST:
            return near
        return heapq.nsmallest(_BEST, near, key=lambda number: (-points[number], number))

    def _points(self, profile: Profile) -> dict[int, int]:
        """The weights of the shared features by node, for all nodes that come into question."""
        points: dict[int, int] = {}
        lone = _found(profile, self._known[0])
        if len(lone) > _LOOKED:
            lone = sorted(lone)[:_LOOKED]
        for weight, number in map(self._lone.__getitem__, lone):
            points[number] = points.get(number, 0) + weight
        found = self._shared(profile, len(lone))
        rest = sum([weight for _, weight, _ in found])
        least, seen = 0.0, 0
        for size, weight, holders in found:
            if size > _RARE:
                least = least or _FAR * max(points.values(), default=0)
                if rest < least:
                    break
            for number in holders:
                points[number] = points.get(number, 0) + weight
            rest -= weight
            seen += 1
        else:
            return points
        # Nobody else comes near the best any more.
        points = {number: told for number, told in points.items() if told + rest >= least}
        here = frozenset(points)
        for _, weight, holders in found[seen:]:
            for number in holders & here:
                points[number] += weight
        return points

    def _shared(self, profile: Profile, looked: int) -> list[tuple[int, int, frozenset[int]]]:
        """What the node has in common with several, the rarest first, as far as it is looked at."""
        _, several, frequent = self._known
        places = _found(profile, several)
        if not looked and not places:
            places = _found(profile, frequent)
        found = []
        for one in map(self._several.__getitem__, sorted(map(self._places.__getitem__, places))):
            if looked and looked + one[0] > _LOOKED:
                break
            looked += one[0]
            found.append(one)
        return found

    def _own(self, profile: Profile) -> int:
        """The weights of all features of a node."""
        own = 0
        for factor, features in ((_WORD, profile.words), (1, profile.grams)):
            lone = len(features & self._known[0])
            shared = [self._places[feature] for feature in features if feature in self._places]
            own += self._weight(1, factor) * lone
            own += self._alone * factor * (len(features) - lone - len(shared))
            own += sum([self._several[place][1] for place in shared])
        return own


def _found(profile: Profile, known: frozenset[str]) -> list[str]:
    return [*(profile.words & known), *(profile.grams & known)]
