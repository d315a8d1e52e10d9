"""One-to-one assignment that is best within each connected block of candidates.

What is maximised in a block is the sum of each pair's lead over the threshold: with plain
scores, two poor pairs would outweigh one that is certain.
"""

from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

__all__ = ["Candidate", "assign"]

_LARGEST: Final = 48
"""Nodes on the larger side of a block that is solved exactly (cubic time); the blocks of real
plans stay below 40, and above it greedy choice by score equals the optimum on all we measured."""


class Candidate(NamedTuple):
    """A pair that may be."""

    score: float
    old: int
    new: int


def assign(candidates: Iterable[Candidate], threshold: float) -> list[Candidate]:
    """The chosen pairs, each with a score of at least ``threshold``, in the order of ``old``.

    The order of ``candidates`` does not matter: equal scores are settled by number.
    """
    edges = sorted(
        (edge for edge in candidates if edge.score >= threshold),
        key=lambda edge: (-edge.score, edge.old, edge.new),
    )
    chosen: list[Candidate] = []
    for block in _blocks(edges):
        chosen += _solve(block, threshold)
    return sorted(chosen, key=lambda edge: edge.old)


def _blocks(edges: list[Candidate]) -> Iterator[list[Candidate]]:
    above: dict[tuple[str, int], tuple[str, int]] = {}

    def root(one: tuple[str, int]) -> tuple[str, int]:
        while (up := above.setdefault(one, one)) != one:
            above[one] = above.setdefault(up, up)
            one = above[one]
        return one

    for edge in edges:
        above[root(("old", edge.old))] = root(("new", edge.new))
    blocks: dict[tuple[str, int], list[Candidate]] = {}
    for edge in edges:
        blocks.setdefault(root(("old", edge.old)), []).append(edge)
    yield from blocks.values()


def _solve(block: list[Candidate], threshold: float) -> list[Candidate]:
    if len(block) == 1:
        return block
    olds = sorted({edge.old for edge in block})
    news = sorted({edge.new for edge in block})
    if max(len(olds), len(news)) > _LARGEST:
        return _greedy(block)
    lead = {(edge.old, edge.new): edge.score - threshold + 1e-6 for edge in block}
    swapped = len(olds) > len(news)
    rows, columns = (news, olds) if swapped else (olds, news)
    gain = [
        [lead.get((column, row) if swapped else (row, column), 0.0) for column in columns]
        for row in rows
    ]
    scores = {(edge.old, edge.new): edge for edge in block}
    found = []
    for row, column in enumerate(_best_columns(gain)):
        pair = (columns[column], rows[row]) if swapped else (rows[row], columns[column])
        if pair in scores:
            found.append(scores[pair])
    return found


def _greedy(block: list[Candidate]) -> list[Candidate]:
    olds: set[int] = set()
    news: set[int] = set()
    found = []
    for edge in block:
        if edge.old not in olds and edge.new not in news:
            olds.add(edge.old)
            news.add(edge.new)
            found.append(edge)
    return found


def _best_columns(gain: list[list[float]]) -> list[int]:  # noqa: C901 - one algorithm
    """The column of each row with the greatest sum (shortest augmenting paths, Kuhn 1955).

    There are at least as many columns as rows; a gain of 0 means unmatched.
    """
    width = len(gain[0])
    row_price = [0.0] * (len(gain) + 1)
    column_price = [0.0] * (width + 1)
    row_of = [0] * (width + 1)
    for row in range(1, len(gain) + 1):
        row_of[0] = row
        column = 0
        slack = [float("inf")] * (width + 1)
        came = [0] * (width + 1)
        done = [False] * (width + 1)
        while row_of[column]:
            done[column] = True
            current = row_of[column]
            step, following = float("inf"), 0
            for other in range(1, width + 1):
                if done[other]:
                    continue
                reduced = -gain[current - 1][other - 1] - row_price[current] - column_price[other]
                if reduced < slack[other]:
                    slack[other], came[other] = reduced, column
                if slack[other] < step:
                    step, following = slack[other], other
            for other in range(width + 1):
                if done[other]:
                    row_price[row_of[other]] += step
                    column_price[other] -= step
                else:
                    slack[other] -= step
            column = following
        while column:
            row_of[column] = row_of[came[column]]
            column = came[column]
    columns = [0] * len(gain)
    for column in range(1, width + 1):
        if row_of[column]:
            columns[row_of[column] - 1] = column - 1
    return columns
