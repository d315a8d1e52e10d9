"""Seeded faults: what share of the slips that people make in plans the rules report.

Random faults of twenty kinds are planted in the plans of the cities (the adapters' golden
files), each at a place drawn from all where such a slip can happen, whether a rule looks there
or not. A fault counts as reported where the faulty plan has a finding of the right rule that
the sound one has not.

    python benchmarks/faults.py [--faults 500] [--seed 1] [--missed]
"""

import argparse
import random
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

from attrs import evolve, frozen
from planting import KINDS, Fault

from munidx import load, validate
from munidx.findings import Finding, Severity
from munidx.model import Plan

ROOT: Final = Path(__file__).parents[1]
_DRAWS: Final = 50


@frozen
class Outcome:
    """A fault that was planted in a plan, and what was found of it."""

    fault: Fault
    plan: str
    reported: bool
    new: tuple[Finding, ...]


def plans() -> Iterator[tuple[str, Plan]]:
    """The cities' plans, as their adapters read them."""
    for path in sorted(ROOT.glob("plugins/*/tests/golden/*.toml")):
        yield f"{path.parts[-4]}/{path.name}", load(path)


def outcomes(sound: dict[str, Plan], count: int, seed: int) -> Iterator[Outcome]:
    """``count`` faults, of every kind the same number, each alone in one of the plans."""
    rng = random.Random(seed)
    before = {name: _keys(validate(plan)) for name, plan in sound.items()}
    kinds = list(KINDS.items())
    for number in range(count):
        kind, plant = kinds[number % len(kinds)]
        name, fault = _planted(rng, sound, kind, plant)
        found = validate(fault.plan)
        new = tuple(one for key, one in _keys(found).items() if key not in before[name])
        reported = any(one.code in fault.rules for one in new)
        yield Outcome(fault, name, reported, new)


def _planted(
    rng: random.Random,
    sound: dict[str, Plan],
    kind: str,
    plant: Callable[[random.Random, Plan], Fault | None],
) -> tuple[str, Fault]:
    for _ in range(_DRAWS):
        name = rng.choice(sorted(sound))
        fault = plant(rng, sound[name])
        if fault is not None:
            return name, evolve(fault, kind=kind)
    raise LookupError(kind)


def _keys(findings: tuple[Finding, ...]) -> dict[Any, Finding]:
    """Findings by what they say; the same said of two parts of one node is two."""
    counts: Counter[object] = Counter()
    keys: dict[Any, Finding] = {}
    for one in findings:
        key = (one.code, one.path, repr(sorted(one.params.items())))
        counts[key] += 1
        keys[(key, counts[key])] = one
    return keys


def main() -> int:
    """Print a table of the kinds; end with 1 below 95 %."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--faults", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--missed", action="store_true", help="name the faults that were missed")
    given = parser.parse_args()
    sound = dict(plans())
    planted: Counter[str] = Counter()
    reported: Counter[str] = Counter()
    for one in outcomes(sound, given.faults, given.seed):
        planted[one.fault.kind] += 1
        reported[one.fault.kind] += one.reported
        if given.missed and not one.reported:
            codes = sorted({finding.code for finding in one.new})
            print(f"missed: {one.fault.kind}: {one.plan}: {one.fault.told} {codes}")
    print(f"{'fault':<28} planted reported")
    for kind in KINDS:
        print(f"{kind:<28} {planted[kind]:>7} {reported[kind]:>8}")
    share = reported.total() / planted.total()
    print(f"{'all':<28} {planted.total():>7} {reported.total():>8}  {share:.1%}")
    errors = [
        finding
        for plan in sound.values()
        for finding in validate(plan)
        if finding.severity is Severity.ERROR
    ]
    print(f"errors in the {len(sound)} sound plans: {len(errors)}")
    return 0 if share >= 0.95 and not errors else 1  # noqa: PLR2004 - what is asked for


if __name__ == "__main__":
    sys.exit(main())
