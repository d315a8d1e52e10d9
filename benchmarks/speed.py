"""How long a diff takes beside ``git diff --no-index --histogram`` on one node a line.

Both plans are generated, written as JSON lines for git, and each to a file of its own, from
which it is loaded again: as generated, the two share most of their parts, which makes them
easier to compare, and two loaded plans share no more than ``munidx.load`` makes them share. (The
files are pickles of the canonical data, and are read as ``munidx.load`` reads what it has
parsed: the canonical form of 50,000 measures has 213 MB, more than munidx reads.) What is
measured is the processor time of ``munidx.diff`` in this process and of git in its own, the
shortest of several runs: other work on the machine then counts for neither. Files are written
and read outside of the measured time.
"""

import argparse
import gc
import json
import pickle
import resource
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import attrs
from generator import generate

from munidx.diff import diff
from munidx.formats.codec import from_data, to_data, unstructure
from munidx.model import COLLECTIONS, Plan, walk

RATIO = 3.0
"""How many times git's diff munidx may take at most at 10,000 measures."""
GROWTH = 6.0
"""How many times the time of 10,000 measures 50,000 may take at most."""
LARGE = 50000
PEAK = 1500.0
"""Megabytes that 50,000 measures may take at most, the plans and their making included."""


def write_lines(plan: Plan, path: Path) -> None:
    """Each node of ``plan`` on a line of its own, without its children."""
    with path.open("w", encoding="utf-8") as file:
        for item in walk(plan):
            bare: dict[str, Any] = {name: () for name in COLLECTIONS if hasattr(item.node, name)}
            data = unstructure(attrs.evolve(item.node, **bare))
            file.write(json.dumps(data, ensure_ascii=False, default=str) + "\n")


def spent(who: int) -> float:
    """Processor time so far, of this process or of its children."""
    used = resource.getrusage(who)
    return used.ru_utime + used.ru_stime


def least(run: Callable[[], object], who: int, rounds: int) -> float:
    """The shortest of several runs, in seconds of processor time."""
    times = []
    for _ in range(rounds):
        gc.collect()
        begun = spent(who)
        run()
        times.append(spent(who) - begun)
    return min(times)


def measure(count: int, seed: int, rounds: int) -> tuple[float, float, float]:
    """Seconds of git and of munidx, and the peak memory of this process in megabytes."""
    truth = generate(count, seed)
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder) / name for name in ("old.jsonl", "new.jsonl")]
        for plan, path in zip((truth.old, truth.new), paths, strict=True):
            write_lines(plan, path)
        command = ["git", "diff", "--no-index", "--histogram", *map(str, paths)]

        def git() -> None:
            # Into a pipe: into /dev/null git stops at the first difference.
            subprocess.run(command, check=False, capture_output=True)

        theirs = least(git, resource.RUSAGE_CHILDREN, rounds)
        for plan, path in zip((truth.old, truth.new), paths, strict=True):
            path.write_bytes(pickle.dumps(to_data(plan)))
        del truth, plan
        plans = [from_data(pickle.loads(path.read_bytes())) for path in paths]  # noqa: S301 - our own
    ours = least(lambda: diff(*plans), resource.RUSAGE_SELF, rounds)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return theirs, ours, peak


def mark(value: float, bound: float) -> str:
    """Whether a bound is kept, beside it."""
    return f"{'ok' if value <= bound else 'NOT'} (at most {bound:g})"


def main() -> None:
    """One row a size: both times and their ratio; then growth and memory."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("counts", nargs="*", type=int, default=[10000, 50000], metavar="COUNT")
    parser.add_argument("--seed", type=int, default=5)
    parser.add_argument("--rounds", type=int, default=5)
    args = parser.parse_args()
    took = {}
    for count in sorted(args.counts):
        theirs, ours, peak = measure(count, args.seed, args.rounds)
        took[count] = ours
        print(
            f"{count:6} measures: git {theirs:.3f} s, munidx {ours:.3f} s,"
            f" ratio {ours / theirs:.2f} {mark(ours / theirs, RATIO)}, {peak:.0f} MB"
        )
        if count >= LARGE:
            print(f"peak memory {peak:.0f} MB {mark(peak, PEAK)}")
    if {10000, 50000} <= took.keys():
        growth = took[50000] / took[10000]
        print(f"10,000 to 50,000 measures: {growth:.2f} times {mark(growth, GROWTH)}")


if __name__ == "__main__":
    main()
