"""How long validation takes beside loading, and whether its time grows with the plan's size.

``python benchmarks/validation.py [COUNT ...]``: seconds of processor time, the best of three for
each of the three in turn, so that what else the machine does falls on all alike. A size is given
in measures; the last column is the time for a measure beside that at the smallest size.
"""

import gc
import sys
import time
from collections.abc import Callable
from typing import Final

from generator import generate

from munidx import dumps, loads, validate
from munidx.model import Plan, walk

COUNTS: Final = (1_000, 5_000, 10_000, 20_000, 50_000)
_RUNS: Final = 3
_LINEAR: Final = 1.5
"""A measure of the largest plan may take so many times what one of the smallest does: what no
longer fits into the processor's memory is fetched, for loading as for validating."""


def seconds(action: Callable[[], object]) -> float:
    """How long ``action`` takes, after the garbage of what was before."""
    gc.collect()
    start = time.process_time()
    action()
    return time.process_time() - start


def row(plan: Plan) -> tuple[float, ...]:
    """Seconds to load the plan from TOML, from JSON, and to validate it as it was loaded."""
    as_toml, as_json = dumps(plan), dumps(plan, to="json")
    plan = loads(as_json, "plan.json")
    actions: tuple[Callable[[], object], ...] = (
        lambda: loads(as_toml, "plan.toml"),
        lambda: loads(as_json, "plan.json"),
        lambda: validate(plan),
    )
    runs = [tuple(map(seconds, actions)) for _ in range(_RUNS)]
    return tuple(map(min, zip(*runs, strict=True)))


def main() -> int:
    """Print a line for each size; end with 1 where validating is slower than loading."""
    counts = tuple(map(int, sys.argv[1:])) or COUNTS
    print("| measures | nodes | findings | load TOML | load JSON | validate | each | growth |")
    print("| --: | --: | --: | --: | --: | --: | --: | --: |")
    slower = {"TOML": False, "JSON": False}
    least, growth = 0.0, 1.0
    for count in counts:
        plan = generate(count, 1).old
        toml, json, checked = row(plan)
        slower = {
            "TOML": slower["TOML"] or checked > toml,
            "JSON": slower["JSON"] or checked > json,
        }
        each = checked / count
        least = least or each
        growth = each / least
        nodes, found = sum(1 for _ in walk(plan)), len(validate(plan))
        print(
            f"| {count:,} | {nodes:,} | {found:,} | {toml:.2f} s | {json:.2f} s | {checked:.2f} s "
            f"| {each * 1e6:.0f} µs | {growth:.2f} |",
            flush=True,
        )
    for form, longer in slower.items():
        print(f"validating {'takes longer than' if longer else 'is faster than'} loading {form}")
    print(f"time {'grows faster than' if growth > _LINEAR else 'is in proportion to'} the size")
    return int(any(slower.values()) or growth > _LINEAR)


if __name__ == "__main__":
    sys.exit(main())
