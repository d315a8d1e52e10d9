"""What starting munidx costs, beside the libraries that it stands on, in one run.

Each pair is run by turns, and the medians are compared, so that whatever else the machine does
falls on both alike; times are of the processor, which does not count what a call waits for it.

    python benchmarks/startup.py [--rounds N]
"""

import argparse
import os
import pathlib
import resource
import statistics
import subprocess
import sys
import tempfile
from decimal import Decimal

from attrs import frozen

from munidx import Goal, Indicator, Measure, Observation, Owner, Plan, dump

MEASURES = 30


@frozen
class Pair:
    """Two commands and how much dearer the first may be."""

    name: str
    command: list[str]
    peer_name: str
    peer: list[str]
    bound: float


def plan(shift: int) -> Plan:
    """A plan of 30 measures in 5 goals; ``shift`` changes every seventh target."""
    goals = []
    for group in range(5):
        measures = []
        for number in range(MEASURES // 5):
            value = 50 + number + (shift if (group * 6 + number) % 7 == 0 else 0)
            target = Observation(year=2027, value=Decimal(value), unit="%", text=f"{value}%")
            title = f"第{group + 1}分野の取組その{number + 1}の推進"
            measures.append(
                Measure(
                    code=str(number + 1),
                    title=title,
                    description=f"{title}について、関係する課が力を合わせて進める。" * 2,
                    owners=(Owner(name=f"第{number + 1}課", path=("総務部",)),),
                    indicators=(Indicator(title=f"{title}の達成率", targets=(target,)),),
                )
            )
        goals.append(
            Goal(code=str(group + 1), title=f"第{group + 1}分野", measures=tuple(measures))
        )
    return Plan(id="999993-sectoral-sample", title="見本計画", goals=tuple(goals))


def processor() -> float:
    """The processor time of all children so far."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def seconds(command: list[str]) -> float:
    """The processor time of ``command``."""
    begun = processor()
    done = subprocess.run(command, stdout=subprocess.DEVNULL, check=False)
    took = processor() - begun
    if done.returncode not in {0, 1}:
        raise SystemExit(f"failed: {' '.join(command)}")
    return took


def measure(pair: Pair, rounds: int) -> bool:
    """Print the ratio of ``pair``, and say whether it keeps its bound."""
    for command in (pair.command, pair.peer):  # once for the caches
        seconds(command)
    times = [(seconds(pair.command), seconds(pair.peer)) for _ in range(rounds)]
    ours, theirs = (statistics.median(column) for column in zip(*times, strict=True))
    ratio = ours / theirs
    print(
        f"{pair.name:<32} {1000 * ours:7.0f} ms   {pair.peer_name:<28} {1000 * theirs:7.0f} ms"
        f"   ratio {ratio:.2f} (at most {pair.bound})"
    )
    return bool(ratio <= pair.bound)


def main() -> int:
    """Measure all pairs; the exit code is 1 where a bound is not kept."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=15)
    rounds = parser.parse_args().rounds
    program = pathlib.Path(sys.executable).with_name("munidx" + (".exe" if os.name == "nt" else ""))
    munidx = [str(program)] if program.exists() else [sys.executable, "-m", "munidx"]
    with tempfile.TemporaryDirectory() as folder:
        old, new = pathlib.Path(folder, "old.toml"), pathlib.Path(folder, "new.toml")
        dump(plan(0), old)
        dump(plan(-5), new)
        pairs = (
            Pair(
                "munidx --version",
                [*munidx, "--version"],
                "import attrs, cattrs",
                [sys.executable, "-c", "import attrs, cattrs"],
                3,
            ),
            Pair(
                f"munidx diff, {MEASURES} measures",
                [*munidx, "diff", str(old), str(new)],
                "import typer, attrs, cattrs",
                [sys.executable, "-c", "import typer, attrs, cattrs"],
                2.5,
            ),
        )
        kept = [measure(pair, rounds) for pair in pairs]
    return 0 if all(kept) else 1


if __name__ == "__main__":
    raise SystemExit(main())
