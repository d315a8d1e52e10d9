"""Ten minutes of broken files for each reader: nothing may come out but munidx's own errors.

::

    python tests/fuzzing/fuzz.py --minutes 10              # every reader, two at a time
    python tests/fuzzing/fuzz.py --minutes 1 --reader pdf  # one of them
    python tests/fuzzing/fuzz.py --replay .fuzz/pdf-1a2b3c4d.pdf

Each reader is tried in a child process with a bound of 10 seconds of processor time for a file and
of 1 GB, so that a crash or an endless loop of a C library is told like any other fault; the child
is then started anew. A file that came to something new (another error, other findings, more
blocks) is changed further. What fails is kept in ``.fuzz/``, and told with what it raised.
"""

import argparse
import contextlib
import hashlib
import json
import os
import pathlib
import random
import resource
import secrets
import select
import signal
import subprocess
import sys
import time
import traceback
import warnings
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import IO, Any, Final

from attrs import define, field
from mutations import MUTATORS
from samples import SUFFIXES, samples

from munidx.document import Block, Publication, Row, Source, Table
from munidx.errors import MunidxError
from munidx.place import parse_places
from munidx.readers import read_source

SECONDS: Final = 10
MEMORY: Final = 1024 * 1024 * 1024
PATIENCE: Final = 150
"""Seconds by the clock for one file: a busy machine is slow, but a file that hangs uses none."""
CORPUS: Final = 400
FOLDER: Final = pathlib.Path(__file__).parents[2] / ".fuzz"


def outcome(reader: str, data: bytes) -> str:
    """What reading ``data`` comes to, in a word that is the same for files of the same kind.

    Raises:
        AssertionError: What was read is not sound.
        Exception: Anything but munidx's own errors.
    """
    try:
        publication = read_source(Source(f"fuzz{SUFFIXES[reader]}", data))
    except MunidxError as error:
        return f"{error.code} {error.params.get('limit', error.params.get('form', ''))}".strip()
    check(publication)
    told = "+".join(sorted({finding.code for finding in publication.findings}))
    tables = sum(isinstance(block, Table) for block in publication.blocks)
    rows = sum(isinstance(line, Row) for line in publication.lines())
    sizes = (len(publication.blocks).bit_length(), tables.bit_length(), rows.bit_length())
    return f"read {told} {'/'.join(map(str, sizes))}"


def check(publication: Publication) -> None:
    """What holds for whatever was read: places that can be read again, cells in order."""
    captions = (block.caption for block in publication.blocks if isinstance(block, Table))
    assert publication.text().strip() or any(captions)
    for line in publication.lines():
        assert parse_places(str(line.place)) == (line.place,)
        if isinstance(line, Block):
            assert line.text.strip()
            continue
        before = -1
        for cell in line.cells:
            assert parse_places(str(cell.place)) == (cell.place,)
            assert cell.rowspan >= 1 <= cell.colspan
            assert cell.column > before
            before = cell.column


def work(reader: str, seed: int, current: pathlib.Path) -> None:
    """Read broken files for ever; each is in ``current`` while it is read, and told on stdout."""
    warnings.simplefilter("error")
    corpus = samples(reader)
    for data in corpus:
        outcome(reader, data)  # imports what there is to import, before memory is bounded
    used = int(pathlib.Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    most = MEMORY + used * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    chance, seen = random.Random(seed), set[str]()
    with current.open("r+b") as stream:
        while True:
            data = MUTATORS[reader](chance, corpus)
            stream.seek(0)
            stream.write(data)
            stream.truncate()
            stream.flush()
            begun = time.process_time()
            resource.setrlimit(resource.RLIMIT_CPU, (int(begun) + SECONDS + 1, -1))
            try:
                said = {"came": outcome(reader, data)}
            except Exception as error:  # noqa: BLE001 - whatever it is, it is what we look for
                said = {"fault": fault(error), "trace": traceback.format_exc()[-6000:]}
                said["file"] = str(current.with_name(f"fault-{reader}-{os.getpid()}-{len(seen)}"))
                pathlib.Path(said["file"]).write_bytes(data)
            if said.get("came", "") not in seen:
                seen.add(said.get("came", ""))
                if "came" in said and len(data) < 4 * max(map(len, corpus)):
                    corpus = [*corpus[-CORPUS:], data]
            said["took"] = str(round(time.process_time() - begun, 3))
            print(json.dumps(said), flush=True)


def fault(error: BaseException) -> str:
    """What was raised and where in munidx: faults of one place are one."""
    frames = traceback.extract_tb(error.__traceback__)
    own = [each for each in frames if "munidx" in each.filename or "fuzz" in each.filename]
    last = own[-1] if own else frames[-1]
    return f"{type(error).__name__} at {pathlib.Path(last.filename).name}:{last.lineno}"


@define(eq=False)
class Log:
    """What came of one reader's files."""

    reader: str
    files: int = 0
    seconds: float = 0.0
    came: Counter[str] = field(factory=Counter)
    slowest: float = 0.0
    faults: dict[str, str] = field(factory=dict)
    """What went wrong, each with the file that is kept."""

    def __str__(self) -> str:
        first = Counter[str]()
        for told, count in self.came.items():
            first[told.split(" ")[0]] += count
        counts = ", ".join(f"{name} {count}" for name, count in first.most_common())
        line = f"{self.reader:9} {self.files:8} files in {self.seconds / 60:.1f} min, slowest "
        line += f"{self.slowest:.1f} s, {len(self.came)} outcomes, {len(self.faults)} faults: "
        return line + counts + "".join(f"\n  {f}\n    {p}" for f, p in self.faults.items())


def watch(reader: str, seconds: float, seed: int, folder: pathlib.Path) -> Log:
    """Let child processes try ``reader`` for some time."""
    log = Log(reader)
    current = folder / f"current-{reader}"
    errors = folder / f"errors-{reader}"
    current.touch()
    begun = time.monotonic()
    while (left := begun + seconds - time.monotonic()) > 0:
        seed += 1
        command = [sys.executable, __file__, "--work", reader, str(seed), str(current)]
        with (
            errors.open("wb") as told,
            subprocess.Popen(command, stdout=subprocess.PIPE, stderr=told) as child,
        ):
            for said in answers(child, time.monotonic() + left):
                log.files += 1
                log.slowest = max(log.slowest, float(said.get("took", 0)))
                if "came" in said:
                    log.came[said["came"]] += 1
                else:
                    trace = said["trace"] or errors.read_text(encoding="utf-8", errors="replace")
                    keep(log, said["fault"], trace[-6000:], pathlib.Path(said.get("file", current)))
            child.kill()
    log.seconds = time.monotonic() - begun
    current.unlink()
    errors.unlink()
    return log


def answers(child: subprocess.Popen[bytes], until: float) -> Iterator[dict[str, str]]:
    """What a child tells of each file; at last, how it ended if it was not asked to."""
    lines: IO[bytes] | None = child.stdout
    assert lines is not None
    while time.monotonic() < until:
        ready, _, _ = select.select([lines], [], [], PATIENCE)
        if not ready:
            yield {"fault": f"no answer within {PATIENCE} s", "trace": ""}
            return
        line = lines.readline()
        if not line:
            code = child.wait()
            name = signal.Signals(-code).name if code < 0 else f"exit {code}"
            yield {"fault": f"the process ended: {name}", "trace": ""}
            return
        with contextlib.suppress(json.JSONDecodeError):
            yield json.loads(line)


def keep(log: Log, fault: str, trace: str, current: pathlib.Path) -> None:
    """Keep the first file of each fault."""
    data = current.read_bytes()
    if not current.name.startswith("current"):
        current.unlink()
    if fault in log.faults:
        return
    digest = hashlib.sha256(data).hexdigest()[:8]
    path = current.with_name(f"{log.reader}-{digest}{SUFFIXES[log.reader]}")
    path.write_bytes(data)
    path.with_suffix(".trace").write_text(trace, encoding="utf-8")
    log.faults[fault] = os.path.relpath(path)


def replay(path: pathlib.Path) -> None:
    """Read a kept file again, in this process."""
    reader = next(name for name, suffix in SUFFIXES.items() if suffix == path.suffix)
    print(outcome(reader, path.read_bytes()))


def main(arguments: list[str]) -> int:
    """Fuzz, and tell what came of it; 1 where there is a fault."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--reader", action="append", choices=list(MUTATORS))
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--seed", type=int, default=secrets.randbelow(10**6) * 1000)
    parser.add_argument("--replay", type=pathlib.Path)
    parser.add_argument("--work", nargs=3, help=argparse.SUPPRESS)
    told: Any = parser.parse_args(arguments)
    if told.work:
        work(told.work[0], int(told.work[1]), pathlib.Path(told.work[2]))
    if told.replay:
        replay(told.replay)
        return 0
    FOLDER.mkdir(exist_ok=True)
    print(f"seed {told.seed}, {told.minutes:g} minutes for each reader")
    failed = False
    with ThreadPoolExecutor(told.jobs) as pool:
        logs = [
            pool.submit(watch, reader, told.minutes * 60, told.seed, FOLDER)
            for reader in told.reader or MUTATORS
        ]
        for log in logs:
            print(log.result(), flush=True)
            failed = failed or bool(log.result().faults)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
