"""What reading, checking and writing canonical plans costs, beside the bare parsers.

Usage: ``python benchmarks/loading.py [COUNT ...]``; seconds of processor time, the best of
three, in one process.
"""

import json
import sys
import time
import tomllib
from collections.abc import Callable
from decimal import Decimal

from generator import generate

from munidx import dumps, loads, validate


def best(run: Callable[[], object]) -> float:
    """The shortest of three runs, in seconds of processor time."""
    times = []
    for _ in range(3):
        begun = time.process_time()
        run()
        times.append(time.process_time() - begun)
    return min(times)


def main() -> None:
    """A row for each size."""
    print(
        "| measures | json.loads | loads, JSON | tomllib | loads, TOML | validate | dumps, JSON |"
    )
    print("| --: | --: | --: | --: | --: | --: | --: |")
    for count in map(int, sys.argv[1:] or ["100", "1000", "10000"]):
        plan = generate(count, 5).new
        texts = dumps(plan, to="json"), dumps(plan)
        runs: tuple[Callable[[], object], ...] = (
            lambda: json.loads(texts[0], parse_float=Decimal),  # noqa: B023
            lambda: loads(texts[0], "plan.json"),  # noqa: B023
            lambda: tomllib.loads(texts[1], parse_float=Decimal),  # noqa: B023
            lambda: loads(texts[1], "plan.toml"),  # noqa: B023
            lambda: validate(plan),  # noqa: B023
            lambda: dumps(plan, to="json"),  # noqa: B023
        )
        told = " | ".join(f"{best(run):.3f} s" for run in runs)
        print(f"| {count:,} | {told} |", flush=True)


if __name__ == "__main__":
    main()
