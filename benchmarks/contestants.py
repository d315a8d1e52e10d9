"""What is run beside each other, each in a child process of its own: ours and the peers.

A contestant is a function that reads what it needs from a folder, runs what is measured within
:func:`measured`, and returns the pairs of measures that it found, as numbers in the order of
walking. The child prints one line of JSON. Usage: ``python contestants.py NAME FOLDER``
"""

# ruff: noqa: PLC0415 - each child loads its own library only
import contextlib
import json
import re
import resource
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, Final, TypeAlias

Pairs: TypeAlias = set[tuple[int, int]]

_TOOK: Final[dict[str, float]] = {}
_HUNK: Final = re.compile(r"^@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@", re.MULTILINE)


@contextlib.contextmanager
def measured() -> Iterator[None]:
    """Take the time of what is within: on the clock, and of the processor, children's too."""
    wall, cpu = time.perf_counter(), _processor()
    yield
    _TOOK.update(wall=time.perf_counter() - wall, cpu=_processor() - cpu)


def _processor() -> float:
    return sum(
        used.ru_utime + used.ru_stime
        for used in map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    )


def library(folder: Path) -> Pairs:
    """``munidx.diff`` of two loaded plans."""
    from munidx import diff, load, match

    old, new = load(folder / "old.json"), load(folder / "new.json")
    with measured():
        diff(old, new)
    numbers = _numbers(old), _numbers(new)
    return {
        (numbers[0][pair.old], numbers[1][pair.new])
        for pair in match(old, new).pairs
        if pair.old in numbers[0] and pair.new in numbers[1]
    }


def _numbers(plan: Any) -> dict[str, int]:  # noqa: ANN401 - a plan; its class is loaded late
    from munidx import Measure, walk

    paths = (item.path for item in walk(plan) if isinstance(item.node, Measure))
    return {path: number for number, path in enumerate(paths)}


def process(folder: Path) -> Pairs:
    """The whole of ``munidx diff``: start, load with full validation, diff, write JSON."""
    munidx = str(Path(sys.executable).with_name("munidx"))
    command = [munidx, "diff", "old.json", "new.json", "--format", "json", "--no-config"]
    with measured(), (folder / "diff.json").open("wb") as file:
        subprocess.run(command, cwd=folder, stdout=file, check=False)
    return set()


def git(folder: Path) -> Pairs:
    """``git diff`` of a line a node; of a hunk, changed lines with the same title are paired."""
    command = ["git", "diff", "--no-index", "--histogram", "old.jsonl", "new.jsonl"]
    # Into a pipe: into /dev/null git stops at the first difference.
    with measured():
        subprocess.run(command, cwd=folder, check=False, capture_output=True)
    bare = subprocess.run([*command, "-U0"], cwd=folder, check=False, capture_output=True)
    titles = [
        [json.loads(line).get("title") for line in (folder / name).open(encoding="utf-8")]
        for name in ("old.jsonl", "new.jsonl")
    ]
    pairs, old, new = set(), 0, 0
    for found in _HUNK.finditer(bare.stdout.decode()):
        olds, news = int(found[2] or 1), int(found[4] or 1)
        start = int(found[1]) - (olds > 0)
        while old < start:
            pairs.add((old, new))
            old, new = old + 1, new + 1
        pairs |= _same(titles[0], titles[1], range(old, old + olds), range(new, new + news))
        old, new = old + olds, new + news
    lines = json.loads((folder / "lines.json").read_text("utf-8"))
    places = [{line: number for number, line in enumerate(one)} for one in lines]
    return {(places[0][o], places[1][n]) for o, n in pairs if o in places[0] and n in places[1]}


def _same(before: list[str], after: list[str], olds: range, news: range) -> Pairs:
    """Pairs of lines with equal titles, first come first served."""
    waiting = defaultdict(list)
    for new in news:
        waiting[after[new]].append(new)
    return {(old, waiting[before[old]].pop(0)) for old in olds if waiting.get(before[old])}


def daff(folder: Path, *ids: str) -> Pairs:
    """The table tool, on the flat table of measures."""
    import daff as library  # type: ignore[import-untyped]

    tables = [
        library.PythonTableView(json.loads((folder / name).read_text("utf-8")))
        for name in ("old.table.json", "new.table.json")
    ]
    flags = library.CompareFlags()
    flags.ids = list(ids) or None
    with measured():
        found = library.compareTables(*tables, flags).align()
        library.TableDiff(found, flags).hilite(library.PythonTableView([]))
    units = found.toOrder().getList()
    return {(unit.l - 1, unit.r - 1) for unit in units if unit.l > 0 and unit.r > 0}


def daff_title(folder: Path) -> Pairs:
    """The same with the title for a key."""
    return daff(folder, "title")


def deepdiff(folder: Path, *, ignore_order: bool = False) -> Pairs:
    """DeepDiff on the data of the two JSON files; equal measures that it is silent on count."""
    from deepdiff import DeepDiff

    old, new = (json.loads((folder / name).read_text("utf-8")) for name in ("old.json", "new.json"))
    with measured():
        found = DeepDiff(old, new, ignore_order=ignore_order, view="tree")
    olds, news = list(_measures(old)), list(_measures(new))
    numbers = tuple({id(one): place for place, one in enumerate(some)} for some in (olds, news))
    pairs = {
        (numbers[0][id(level.t1)], numbers[1][id(level.t2)])
        for change in found.values()
        for leaf in change
        for level in _upwards(leaf)
        if id(level.t1) in numbers[0] and id(level.t2) in numbers[1]
    }
    return pairs | _equal(olds, news, pairs)


def deepdiff_unordered(folder: Path) -> Pairs:
    """The same, with the order of lists ignored."""
    return deepdiff(folder, ignore_order=True)


def _upwards(level: Any) -> Iterator[Any]:  # noqa: ANN401 - DeepDiff's own
    while level is not None:
        yield level
        level = level.up


def _measures(node: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """In the order in which munidx walks."""
    for goal in node.get("goals", ()):
        yield from _measures(goal)
    for measure in node.get("measures", ()):
        yield measure
        yield from _measures(measure)


def _equal(olds: list[Any], news: list[Any], pairs: Pairs) -> Pairs:
    taken = {one for one, _ in pairs}, {other for _, other in pairs}
    waiting = defaultdict(list)
    for place, one in enumerate(news):
        if place not in taken[1]:
            waiting[json.dumps(one)].append(place)
    found = set()
    for place, one in enumerate(olds):
        if place not in taken[0] and waiting.get(told := json.dumps(one)):
            found.add((place, waiting[told].pop(0)))
    return found


CONTESTANTS: Final[dict[str, Callable[[Path], Pairs]]] = {
    "munidx.diff": library,
    "munidx, whole process": process,
    "git diff --histogram": git,
    "daff": daff,
    "daff, key = title": daff_title,
    "deepdiff": deepdiff,
    "deepdiff, ignore_order": deepdiff_unordered,
}
"""By the names of the table."""


def _peak(*, children: bool) -> float:
    """The most memory held at a time, in MB: of this process, or of those it has run.

    Its own is asked of the system, for what ``getrusage`` tells begins with its parent's.
    """
    if children:
        return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    told = Path("/proc/self/status").read_text("utf-8")
    return int(told.partition("VmHWM:")[2].split()[0]) / 1024


def main(arguments: Iterable[str]) -> None:
    """Run one contestant and print what it found and used."""
    name, folder = arguments
    pairs = CONTESTANTS[name](Path(folder))
    peak = _peak(children=CONTESTANTS[name] in {git, process})
    print(json.dumps({**_TOOK, "peak": peak, "pairs": sorted(pairs)}))


if __name__ == "__main__":
    main(sys.argv[1:])
