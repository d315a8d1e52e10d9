"""Assignment: one to one, best in each block, whatever the order of the candidates."""

import itertools

from hypothesis import given
from hypothesis import strategies as st

from munidx.diff.assign import Candidate, assign
from munidx.testing.profiles import examples

_CANDIDATES = st.dictionaries(
    st.tuples(st.integers(0, 4), st.integers(0, 4)), st.integers(0, 100), max_size=14
).map(lambda found: [Candidate(score / 100, *pair) for pair, score in found.items()])


def lead(chosen: list[Candidate], threshold: float) -> float:
    return sum(one.score - threshold for one in chosen)


def best_by_trial(candidates: list[Candidate], threshold: float) -> float:
    able = [one for one in candidates if one.score >= threshold]
    best = 0.0
    for size in range(1, min(len(able), 5) + 1):
        for some in itertools.combinations(able, size):
            olds, news = {one.old for one in some}, {one.new for one in some}
            if len(olds) == len(news) == size:
                best = max(best, lead(list(some), threshold))
    return best


@examples(300)
@given(_CANDIDATES)
def test_the_sum_of_leads_is_the_best_there_is(candidates: list[Candidate]) -> None:
    chosen = assign(candidates, 0.4)
    assert len({one.old for one in chosen}) == len({one.new for one in chosen}) == len(chosen)
    assert abs(lead(chosen, 0.4) - best_by_trial(candidates, 0.4)) < 1e-4


@examples(100)
@given(_CANDIDATES, st.randoms(use_true_random=False))
def test_the_order_of_candidates_does_not_matter(candidates: list[Candidate], rng: object) -> None:
    shuffled = list(candidates)
    rng.shuffle(shuffled)  # type: ignore[attr-defined]
    assert assign(shuffled, 0.3) == assign(candidates, 0.3)


def test_one_certain_pair_stands_above_two_poor_ones() -> None:
    candidates = [Candidate(0.9, 0, 0), Candidate(0.5, 0, 1), Candidate(0.5, 1, 0)]
    assert assign(candidates, 0.42) == [Candidate(0.9, 0, 0)]


def test_a_large_block_is_solved_by_score() -> None:
    candidates = [
        Candidate(1 - abs(old - new) / 100, old, new) for old in range(60) for new in range(60)
    ]
    assert [(one.old, one.new) for one in assign(candidates, 0.42)] == [(n, n) for n in range(60)]
