"""How long a diff takes beside ``git diff --no-index --histogram`` on one node a line.

Usage: ``python benchmarks/speed.py [COUNT ...]``; prints the best of three of each.
"""

import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import attrs
from generator import generate

from munidx.diff import diff
from munidx.formats.codec import unstructure
from munidx.model import COLLECTIONS, Plan, walk


def write_lines(plan: Plan, path: Path) -> None:
    """Each node of ``plan`` on a line of its own, without its children."""
    with path.open("w", encoding="utf-8") as file:
        for item in walk(plan):
            bare: dict[str, Any] = {name: () for name in COLLECTIONS if hasattr(item.node, name)}
            data = unstructure(attrs.evolve(item.node, **bare))
            file.write(json.dumps(data, ensure_ascii=False, default=str) + "\n")


def best(run: Callable[[], object]) -> float:
    """The shortest of three runs, in seconds."""
    times = []
    for _ in range(3):
        begun = time.perf_counter()
        run()
        times.append(time.perf_counter() - begun)
    return min(times)


def main() -> None:
    """One row a size: both times, their ratio, the peak memory so far."""
    for count in map(int, sys.argv[1:] or ["10000"]):
        truth = generate(count, 5)
        with tempfile.TemporaryDirectory() as folder:
            paths = [Path(folder) / name for name in ("old.jsonl", "new.jsonl")]
            for plan, path in zip((truth.old, truth.new), paths, strict=True):
                write_lines(plan, path)
            command = ["git", "diff", "--no-index", "--histogram", *map(str, paths)]
            # Into a pipe: into /dev/null git stops at the first difference.
            git = best(lambda: subprocess.run(command, check=False, capture_output=True))  # noqa: B023
        ours = best(lambda: diff(truth.old, truth.new))  # noqa: B023
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"{count:6}: git {git:.2f} s, munidx {ours:.2f} s, {ours / git:.1f} x, {peak:.0f} MB")


if __name__ == "__main__":
    main()
