"""How well pairs and changes are found on generated revisions, and how fast.

Usage: ``python benchmarks/synthetic.py [COUNT] [SEED] [--list]``
"""

# ruff: noqa: SIM905, PERF401 - read as words
import sys
import time
from collections import Counter

from generator import Truth, generate

from munidx.diff import diff, match
from munidx.model import Measure, walk

TOLD = (
    "added removed moved retitled reworded owner-changed target-raised target-lowered "
    "target-postponed target-advanced split merged"
).split()


def measures(truth: Truth) -> tuple[dict[str, Measure], dict[str, Measure]]:
    """The measures of both editions by path."""
    found = []
    for plan in (truth.old, truth.new):
        found.append({i.path: i.node for i in walk(plan) if isinstance(i.node, Measure)})
    return found[0], found[1]


def pairs_found(truth: Truth) -> tuple[set[tuple[str, str]], set[tuple[str, str]]]:
    """Wrong and missed pairs; the further parts of splits and merges are no pairs."""
    found = match(truth.old, truth.new)
    further = {"split", "merged"}
    pairs = {
        (p.old, p.new) for p in found.pairs if "indicators[" not in p.old and "/measures[" in p.old
    }
    firm = {(p.old, p.new) for p in found.pairs if p.rung.value not in further}
    loose = {pair for pair in pairs - firm if pair not in truth.pairs}
    pairs -= loose
    return pairs - truth.pairs, set(truth.pairs) - pairs


def main() -> None:
    """Print pairs, kinds, time."""
    numbers = [int(word) for word in sys.argv[1:] if word.isdecimal()]
    count, seed = (*numbers, *(1000, 1)[len(numbers) :])
    truth = generate(count, seed)
    old, new = measures(truth)
    wrong, missed = pairs_found(truth)
    right = len(truth.pairs) - len(missed)
    print(f"{len(old)} -> {len(new)} measures, {len(truth.pairs)} pairs")
    print(f"precision {right / (right + len(wrong)):.4f} recall {right / len(truth.pairs):.4f}")
    begun = time.perf_counter()
    found = diff(truth.old, truth.new)
    print(f"diff: {time.perf_counter() - begun:.2f} s, {len(found.changes)} changes")
    told = set()
    for change in found.changes:
        path = (change.new_paths or change.old_paths)[0].partition("/indicators[")[0]
        told.add((change.kind.value, path))
    print(Counter(c.kind.value for c in found.changes if c.kind.value not in TOLD))
    for kind in TOLD:
        mine = {path for name, path in told if name == kind and "/measures[" in path}
        true = {path for name, path in truth.changes if name == kind}
        both = len(mine & true)
        print(f"{kind:18} recall {both}/{len(true)} precision {both}/{len(mine)}")
    if "--list" in sys.argv:
        for mark, some in (("wrong", wrong), ("missed", missed)):
            for one, other in sorted(some)[:25]:
                print(mark, old[one].title, "→", new[other].title)


if __name__ == "__main__":
    main()
