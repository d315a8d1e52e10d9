"""How long validation takes beside loading, and whether its time grows with the plan's size.

``python benchmarks/validation.py [COUNT ...]``
"""

import gc
import sys
from collections.abc import Callable
from time import perf_counter
from typing import Final

from generator import generate

from munidx import dumps, loads, validate
from munidx.model import Plan, walk

COUNTS: Final = (10_000, 50_000)
_RUNS: Final = 3


def best(action: Callable[[], object]) -> float:
    """The shortest of three runs, in seconds, each after the garbage of the one before."""
    times = []
    for _ in range(_RUNS):
        gc.collect()
        start = perf_counter()
        action()
        times.append(perf_counter() - start)
    return min(times)


def row(plan: Plan) -> tuple[float, float, float]:
    """Seconds to load the plan from TOML, from JSON, and to validate it."""
    as_toml, as_json = dumps(plan), dumps(plan, to="json")
    return (
        best(lambda: loads(as_toml)),
        best(lambda: loads(as_json)),
        best(lambda: validate(plan)),
    )


def main() -> int:
    """Print a line for each size; end with 1 where validating is slower than loading."""
    counts = tuple(map(int, sys.argv[1:])) or COUNTS
    print(f"{'measures':>8} {'nodes':>8} {'findings':>8}  load TOML  load JSON   validate  each")
    slower = False
    for count in counts:
        plan = generate(count, 1).old
        nodes = sum(1 for _ in walk(plan))
        toml, json, checked = row(plan)
        slower = slower or checked > min(toml, json)
        each = checked / count * 1e6
        print(
            f"{count:>8} {nodes:>8} {len(validate(plan)):>8}  {toml:>8.2f}s  {json:>8.2f}s "
            f" {checked:>8.2f}s  {each:.0f} µs"
        )
    return int(slower)


if __name__ == "__main__":
    sys.exit(main())
