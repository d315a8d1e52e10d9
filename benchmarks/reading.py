"""How long each document takes to read, and where the time goes: reader, adapter, host.

Reads the published documents where ``../shared/documents`` lies beside the project, and the
samples of the plugins. The adapter's share is recognising and reading; the host's is coverage
and what it checks. Prints the median of the runs, in milliseconds of processor time, measured in
one process.
"""

import pathlib
import statistics
import time
from collections.abc import Callable
from importlib.metadata import entry_points

from munidx.adapters.host import Host
from munidx.adapters.loading import load_adapter
from munidx.document import Source
from munidx.readers import read_source

ROOT = pathlib.Path(__file__).parents[1]
FOLDERS = (ROOT.parent / "shared" / "documents", *sorted(ROOT.glob("plugins/*/tests/samples")))
RUNS = 9


def median(run: Callable[[], object]) -> float:
    """The median processor time of a run, in milliseconds."""
    times = []
    for _ in range(RUNS):
        start = time.process_time()
        run()
        times.append(time.process_time() - start)
    return statistics.median(times) * 1000


def main() -> None:
    """Read every document and print a line for each."""
    host = Host()
    entries = {entry.name: entry for entry in entry_points(group="munidx.adapters")}
    print(f"{'document':36} {'adapter':12} {'total':>8} {'reader':>8} {'adapter':>8} {'host':>8}")
    for path in (path for folder in FOLDERS for path in sorted(folder.glob("*.*"))):
        if path.suffix not in {".txt", ".html"}:
            continue
        source = Source(path.name, path.read_bytes())
        publication = read_source(source)
        name = host.read(publication).plans[0].documents[0].adapter
        adapter = load_adapter(name, entries[name])
        reader = median(lambda: read_source(source))  # noqa: B023
        total = median(lambda: host.read(read_source(source)))  # noqa: B023
        asked = median(lambda: adapter.recognise(publication))  # noqa: B023
        city = asked + median(lambda: adapter.read(publication))  # noqa: B023
        shares = [f"{100 * part / total:7.0f}%" for part in (reader, city, total - reader - city)]
        print(f"{path.name[:36]:36} {name:12} {total:5.0f} ms {' '.join(shares)}")


if __name__ == "__main__":
    main()
