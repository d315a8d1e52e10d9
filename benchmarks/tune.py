"""Choosing the weights of the score, by cross-validation on generated revisions.

Random changes of the weights are kept where they lower the number of wrong and missed pairs
on the training seeds; what is found is judged on seeds that it was not chosen on. The real
revisions take no part.
"""

import argparse
import random

import attrs
from generator import Truth, generate

from munidx.diff.ladder import THRESHOLD
from munidx.diff.match import align, matching_of
from munidx.diff.similarity import Weights
from munidx.diff.tree import lay_out

COUNT = 700


def faults(truths: list[Truth], weights: Weights, threshold: float) -> int:
    """Wrong and missed pairs of goals, measures and indicators, but for splits and merges."""
    total = 0
    for truth in truths:
        old, new = lay_out(truth.old), lay_out(truth.new)
        found = matching_of(align(old, new, weights=weights, threshold=threshold))
        pairs = {(pair.old, pair.new) for pair in found.pairs}
        total += sum(
            f"-{one}" not in truth.parts and f"+{other}" not in truth.parts
            for one, other in pairs ^ truth.pairs
        )
    return total


def search(truths: list[Truth], rounds: int, seed: int) -> tuple[Weights, float, int]:
    """The best weights and threshold that a random walk from the present ones meets."""
    rng = random.Random(seed)
    best, threshold = Weights(), THRESHOLD
    least = faults(truths, best, threshold)
    names = [one.name for one in attrs.fields(Weights)]
    for _ in range(rounds):
        name = rng.choice([*names, "threshold"])
        factor = rng.choice((0.7, 0.85, 1.15, 1.4))
        tried, level = best, threshold
        if name == "threshold":
            level = round(threshold * (0.9 + 0.2 * rng.random()), 3)
        else:
            value = getattr(best, name) * factor
            if name in {"sure_text", "sure_title", "overrule"}:
                value = min(0.95, getattr(best, name) * rng.choice((0.95, 1.05)))
            tried = attrs.evolve(best, **{name: round(value, 3)})
        found = faults(truths, tried, level)
        if found < least:
            best, threshold, least = tried, level, found
            print(found, name, tried, level, flush=True)
    return best, threshold, least


def main() -> None:
    """Two folds, and the figures of the one on the other."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("rounds", nargs="?", type=int, default=40, help="changes that are tried")
    rounds = parser.parse_args().rounds
    folds = [[generate(COUNT, seed) for seed in seeds] for seeds in ((11, 12, 13), (21, 22, 23))]
    for place, fold in enumerate(folds):
        other = folds[1 - place]
        before = faults(fold, Weights(), THRESHOLD), faults(other, Weights(), THRESHOLD)
        weights, threshold, least = search(fold, rounds, place)
        print(f"fold {place}: trained {before[0]} -> {least},", end=" ")
        print(f"held out {before[1]} -> {faults(other, weights, threshold)}: {weights} {threshold}")


if __name__ == "__main__":
    main()
