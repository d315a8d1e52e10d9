"""munidx and its peers on one generated pair of plans, in one go, as a table.

Every run is a child process of its own (``contestants.py``), by turns; times are the best of
the runs, beside that of ``git diff --no-index --histogram`` on the same two plans written one
node a line. Pairs are judged over the measures whose fate is known; what only munidx's parts
of splits and merges add is left out. A peer that is slower than ten seconds runs once, one
that does not end within the time-out is said to.

Usage: ``python benchmarks/peers.py [COUNT ...] [--timeout SECONDS] [--runs N] [--only WORD]``
"""

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final

from contestants import CONTESTANTS
from generator import Truth, generate
from speed import write_lines

from munidx import Measure, Plan, dump, walk

SEED: Final = 5
SLOW: Final = 10
"""Seconds beyond which one run is enough."""


def machine() -> str:
    """The machine, as far as figures depend on it."""
    model = next(
        (
            line.partition(":")[2].strip()
            for line in Path("/proc/cpuinfo").read_text("utf-8").splitlines()
            if line.startswith("model name")
        ),
        platform.processor(),
    )
    git = subprocess.run(["git", "--version"], check=True, capture_output=True, text=True).stdout
    return (
        f"{os.cpu_count()} cores of {model}, Linux, Python {platform.python_version()}, "
        f"{git.strip()}"
    )


def write(truth: Truth, folder: Path) -> None:
    """Both plans in each form that a contestant reads."""
    lines = []
    for plan, name in ((truth.old, "old"), (truth.new, "new")):
        dump(plan, folder / f"{name}.json")
        write_lines(plan, folder / f"{name}.jsonl")
        table = json.dumps(list(rows(plan)), ensure_ascii=False)
        (folder / f"{name}.table.json").write_text(table, "utf-8")
        items = enumerate(walk(plan))
        lines.append([number for number, item in items if isinstance(item.node, Measure)])
    (folder / "lines.json").write_text(json.dumps(lines), "utf-8")


def rows(plan: Plan) -> Iterable[list[str]]:
    """The measures as a flat table, a header first."""
    yield ["code", "title", "goal", "description", "owner", "start", "end"]
    titles: dict[str, str] = {}
    for item in walk(plan):
        titles[item.path] = item.node.title
        node = item.node
        if isinstance(node, Measure):
            owner = " ".join(one.name for one in node.owners)
            years = [str(year or "") for year in (node.start, node.end)]
            above = titles[item.parent or ""]
            yield [node.code, node.title, above, node.description, owner, *years]


def true_pairs(truth: Truth) -> tuple[set[tuple[int, int]], set[int], set[int]]:
    """The pairs of measures, and those of either side that are judged as splits and merges."""
    numbers = [
        {
            path: number
            for number, path in enumerate(
                item.path for item in walk(plan) if isinstance(item.node, Measure)
            )
        }
        for plan in (truth.old, truth.new)
    ]
    pairs = {
        (numbers[0][old], numbers[1][new])
        for old, new in truth.pairs
        if old in numbers[0] and new in numbers[1]
    }
    parts = [
        {numbers[side][path[1:]] for path in truth.parts if path[0] == mark and path[1:] in known}
        for side, (mark, known) in enumerate(zip("-+", numbers, strict=True))
    ]
    return pairs, parts[0], parts[1]


def run(name: str, folder: Path, timeout: float) -> dict[str, Any] | None:
    """What a contestant used and found; None where it does not end in time."""
    script = str(Path(__file__).with_name("contestants.py"))
    try:
        done = subprocess.run(
            [sys.executable, script, name, str(folder)],
            check=True,
            stdout=subprocess.PIPE,
            timeout=timeout,
        )
    except subprocess.TimeoutExpired:
        return None
    told: dict[str, Any] = json.loads(done.stdout)
    return told


def compete(
    names: Iterable[str], folder: Path, runs: int, timeout: float
) -> dict[str, dict[str, Any] | None]:
    """The best of the runs of each contestant, by turns."""
    found: dict[str, dict[str, Any] | None] = {}
    for _ in range(runs):
        for name in names:
            before = found.get(name, {})
            if before is None or before.get("wall", 0) > SLOW:
                continue
            told = run(name, folder, timeout)
            if told and before:
                told |= {key: min(told[key], before[key]) for key in ("wall", "cpu", "peak")}
            found[name] = told
    return found


def table(
    truth: Truth, found: Mapping[str, dict[str, Any] | None], timeout: float
) -> Iterable[str]:
    """A row for each contestant."""
    pairs, olds, news = true_pairs(truth)
    git = found["git diff --histogram"]
    yield "| tool | pairs: recall | precision | wall | processor | beside git | peak |"
    yield "| --- | --: | --: | --: | --: | --: | --: |"
    for name, told in found.items():
        if told is None:
            yield f"| {name} | | | no end in {timeout:.0f} s | | | |"
            continue
        mine = {(o, n) for o, n in told["pairs"] if o not in olds and n not in news}
        true = {(o, n) for o, n in pairs if o not in olds and n not in news}
        right = len(mine & true)
        quality = f"{right / len(true):.4f} | {right / max(len(mine), 1):.4f}"
        if name == "munidx, whole process":
            quality = "as above |"
        ratio = f"{told['cpu'] / git['cpu']:.1f} ×" if git else ""
        yield (
            f"| {name} | {quality} | {told['wall']:.2f} s | {told['cpu']:.2f} s | {ratio} | "
            f"{told['peak']:.0f} MB |"
        )


def main() -> None:
    """A table for each size."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("counts", nargs="*", type=int, default=[1000, 10_000])
    parser.add_argument("--timeout", type=float, default=300)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--only", action="append", default=[], help="a word of a tool's name")
    asked = parser.parse_args()
    words = [*asked.only, "git"] if asked.only else [""]
    names = [name for name in CONTESTANTS if any(word in name for word in words)]
    print(f"{machine()}; seed {SEED}, best of {asked.runs}\n")
    for count in asked.counts:
        truth = generate(count, SEED)
        with tempfile.TemporaryDirectory() as folder:
            write(truth, Path(folder))
            found = compete(names, Path(folder), asked.runs, asked.timeout)
        measures = sum(isinstance(item.node, Measure) for item in walk(truth.new))
        print(f"**{count:,}** ({measures:,} measures in the new edition)\n")
        print(*table(truth, found, asked.timeout), "", sep="\n", flush=True)


if __name__ == "__main__":
    main()
