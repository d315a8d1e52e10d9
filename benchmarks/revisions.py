"""How well pairs are found on true revisions of Japanese government projects.

Two files of projects (a list of objects with ``id``, ``title``, ``ministry``, ``bureau``,
``purpose``, ``overview``, ``start``, ``end``) are made into plans with the ids hidden, matched
at the default threshold, and the pairs compared with the ids.

Usage: ``python benchmarks/revisions.py OLD.json NEW.json [--list]``
"""

import json
import sys
import time
from pathlib import Path
from typing import Any

from munidx.diff.match import match
from munidx.model import Goal, Measure, Owner, Plan, walk


def load(path: Path) -> tuple[Plan, dict[str, dict[str, Any]]]:
    """The plan of a file of projects, and the project at each path."""
    goals: dict[str, list[dict[str, Any]]] = {}
    for row in json.loads(path.read_text(encoding="utf-8")):
        goals.setdefault(row["ministry"], []).append(row)
    plan = Plan(
        title="projects",
        goals=tuple(
            Goal(title=title, measures=tuple(map(measure, rows))) for title, rows in goals.items()
        ),
    )
    rows = [row for found in goals.values() for row in found]
    paths = [item.path for item in walk(plan) if isinstance(item.node, Measure)]
    return plan, dict(zip(paths, rows, strict=True))


def measure(row: dict[str, Any]) -> Measure:
    """A project as a measure, without its id."""
    return Measure(
        title=row["title"],
        owners=(Owner(name=row["bureau"]),) if row["bureau"] else (),
        description="\n".join(filter(None, (row["purpose"], row["overview"]))),
        start=row["start"],
        end=row["end"],
    )


def main() -> None:
    """Print the figures, and with ``--list`` each wrong or missed pair."""
    (old, olds), (new, news) = (load(Path(name)) for name in sys.argv[1:3])
    begun = time.perf_counter()
    found = match(old, new)
    took = time.perf_counter() - begun
    pairs = {
        (p.old, p.new): p
        for p in found.pairs
        if (p.old in olds and p.rung not in ("split", "merged")) or p.old in olds
    }
    places = {row["id"]: path for path, row in news.items()}
    truth = {(path, places[row["id"]]) for path, row in olds.items() if row["id"] in places}
    retitled = {(o, n) for o, n in truth if olds[o]["title"] != news[n]["title"]}
    right = truth & pairs.keys()
    precision, recall = len(right) / len(pairs), len(right) / len(truth)
    f1 = 2 * precision * recall / (precision + recall)
    print(f"precision {precision:.4f} recall {recall:.4f} F1 {f1:.4f} in {took:.2f} s")
    print(f"retitled {len(retitled & right)} of {len(retitled)}; wrong {len(pairs.keys() - truth)}")
    if "--list" in sys.argv:
        for mark, some in (("missed", truth - pairs.keys()), ("wrong", pairs.keys() - truth)):
            for one, other in sorted(some):
                score = pairs[one, other].score if (one, other) in pairs else ""
                rung = pairs[one, other].rung if (one, other) in pairs else ""
                print(
                    mark,
                    olds[one]["id"],
                    olds[one]["title"][:60],
                    "→",
                    news[other]["id"],
                    news[other]["title"][:60],
                    score,
                    rung,
                )


if __name__ == "__main__":
    main()
