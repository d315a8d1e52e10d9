"""How well pairs are found on true revisions of Japanese government projects.

Two files of projects (a list of objects with ``id``, ``title``, ``ministry``, ``bureau``,
``purpose``, ``overview``, ``start``, ``end``) are made into plans with the ids hidden, matched
at the default threshold, and the pairs compared with the ids.
"""

import argparse
import json
import time
from pathlib import Path
from typing import Any

from munidx.diff.match import match
from munidx.model import Goal, Measure, Owner, Plan, walk

DATA = Path(__file__).parents[2] / "shared" / "data" / "revisions"
"""Where the projects lie, for who has them."""


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


REASONS: dict[str, str] = {
    "6777 → 6777": "title and text are both new (a fifth of the text stays): only bureau and"
    " year of start tell",
    "3131 → 3131": "title is new and the text was cut by half and rewritten; bureau and year of"
    " start tell, as they do of a dozen others",
    "3493 → 3493": "title is new, the text rewritten by two fifths, and the year of start moved"
    " by one",
    "5746 → 21485": "another project of the same academy took the place of one that ended; title"
    " and text are nearer than those of many true pairs",
    "3290 → 21194": "one of the parts (のうち) of a programme ended, another began; both have the"
    " long name of the programme and the same year of start",
    "20058 → 21463": "the same title in the next year's budget under a new number: a successor"
    " that nothing but the number tells from a revision",
}
"""Why a pair is wrong or missed, by the ids of its two projects."""


def main() -> None:
    """Print the figures, and with ``--list`` each wrong or missed pair with its reason."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("old", nargs="?", type=Path, default=DATA / "2024.json")
    parser.add_argument("new", nargs="?", type=Path, default=DATA / "2025.json")
    parser.add_argument("--list", action="store_true", help="what is wrong or missed")
    args = parser.parse_args()
    if not args.old.exists() or not args.new.exists():
        print("no revisions here: name the two files")
        return
    (old, olds), (new, news) = load(args.old), load(args.new)
    begun = time.process_time()
    found = match(old, new)
    took = time.process_time() - begun
    pairs = {(pair.old, pair.new): pair for pair in found.pairs if pair.old in olds}
    places = {row["id"]: path for path, row in news.items()}
    truth = {(path, places[row["id"]]) for path, row in olds.items() if row["id"] in places}
    retitled = {(o, n) for o, n in truth if olds[o]["title"] != news[n]["title"]}
    right = truth & pairs.keys()
    precision, recall = len(right) / len(pairs), len(right) / len(truth)
    f1 = 2 * precision * recall / (precision + recall)
    print(f"precision {precision:.4f} recall {recall:.4f} F1 {f1:.4f} in {took:.2f} s")
    print(f"retitled {len(retitled & right)} of {len(retitled)}; wrong {len(pairs.keys() - truth)}")
    if not args.list:
        return
    for mark, some in (("missed", truth - pairs.keys()), ("wrong", pairs.keys() - truth)):
        for one, other in sorted(some):
            pair = pairs.get((one, other))
            ids = f"{olds[one]['id']} → {news[other]['id']}"
            scored = f"{pair.rung} {pair.score}" if pair else "no pair"
            reason = REASONS.get(ids, "no reason yet")
            print(
                f"{mark} {ids}: {olds[one]['title']} → {news[other]['title']} ({scored}; {reason})"
            )


if __name__ == "__main__":
    main()
