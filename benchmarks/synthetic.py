"""How well pairs and changes are found on generated revisions.

Precision and recall of the pairs of each class and of each kind of change, over all seeds
together, each beside its bound. Wholes and parts of splits and merges are judged as such, with
all of their parts, and not as pairs.
"""

import argparse
from collections import Counter

from attrs import define, field
from generator import Truth, generate

from munidx.diff import Diff, Kind, diff, match
from munidx.model import walk

PAIRS = (0.995, 0.995)
"""Precision and recall that pairs must reach."""
KINDS = (0.98, 0.99)
PARTS = (0.9, 0.9)
"""The same for splits and merges."""


@define
class Tally:
    """What was found and what is true, with what only one of the two holds."""

    right: Counter[str] = field(factory=Counter)
    wrong: Counter[str] = field(factory=Counter)
    missed: Counter[str] = field(factory=Counter)
    listed: list[str] = field(factory=list)

    def count(self, name: str, found: set[str], true: set[str], titles: dict[str, str]) -> None:
        """Compare what was found with what is true; both are paths, or several with spaces."""
        self.right[name] += len(found & true)
        for mark, some, counts in (
            ("wrong", found - true, self.wrong),
            ("missed", true - found, self.missed),
        ):
            counts[name] += len(some)
            for one in sorted(some):
                shown = " → ".join(titles.get(path, path) for path in one.split(" "))
                self.listed.append(f"{mark} {name}: {shown} [{one}]")

    def row(self, name: str, bounds: tuple[float, float]) -> str:
        """Precision and recall of ``name`` with their bounds."""
        right = self.right[name]
        if not right + self.missed[name]:
            return f"{name:20} {0:6}  {self.wrong[name]} found, none of them true"
        told = []
        for word, other, bound in (
            ("precision", self.wrong[name], bounds[0]),
            ("recall", self.missed[name], bounds[1]),
        ):
            share = right / (right + other) if right + other else 1.0
            told.append(f"{word} {share:.4f} {'ok ' if share >= bound else 'NOT'} ({bound})")
        return f"{name:20} {right + self.missed[name]:6}  {'  '.join(told)}"


def judge_pairs(truth: Truth, tally: Tally, titles: dict[str, str]) -> None:
    """Count the pairs of each class."""
    found = match(truth.old, truth.new)
    judged: dict[str, tuple[set[str], set[str]]] = {}
    for place, pairs in enumerate(
        ({(pair.old, pair.new) for pair in found.pairs}, set(truth.pairs))
    ):
        for old, new in pairs:
            if f"-{old}" not in truth.parts and f"+{new}" not in truth.parts:
                name = old.rpartition("/")[2].partition("[")[0]
                judged.setdefault(name, (set(), set()))[place].add(f"-{old} +{new}")
    for name, (mine, true) in judged.items():
        tally.count(f"pairs of {name}", mine, true, titles)


def told(found: Diff) -> set[tuple[str, str]]:
    """Kind and path of each change, as the truth has them."""
    changes = set()
    for change in found.changes:
        olds, news = ([f"-{p}" for p in change.old_paths], [f"+{p}" for p in change.new_paths])
        if change.kind is Kind.SPLIT:
            changes.add((change.kind.value, " ".join([*olds, *sorted(news)])))
        elif change.kind is Kind.MERGED:
            changes.add((change.kind.value, " ".join([*news, *sorted(olds)])))
        elif change.kind is Kind.RENUMBERED:
            changes |= {(change.kind.value, path) for path in news}
        else:
            changes.add((change.kind.value, (news or olds)[0]))
    return changes


def true_changes(truth: Truth) -> set[tuple[str, str]]:
    """The truth in the form of :func:`told`."""
    found = set()
    for kind, path in truth.changes:
        if kind in {"split", "merged"}:
            signs = "-+" if kind == "split" else "+-"
            first, *rest = path.split(" ")
            found.add((kind, " ".join([signs[0] + first, *(signs[1] + one for one in rest)])))
        else:
            found.add((kind, ("-" if kind == "removed" else "+") + path))
    return found


def judge(truth: Truth, pairs: Tally, kinds: Tally) -> None:
    """Count the pairs and the changes of one revision."""
    titles = {f"-{item.path}": item.node.title for item in walk(truth.old)}
    titles |= {f"+{item.path}": item.node.title for item in walk(truth.new)}
    judge_pairs(truth, pairs, titles)
    mine, true = told(diff(truth.old, truth.new)), true_changes(truth)
    for kind in sorted({kind for kind, _ in mine | true}):
        kinds.count(
            kind,
            {path for one, path in mine if one == kind},
            {path for one, path in true if one == kind},
            titles,
        )


def main() -> None:
    """Print a row for each class and kind, and with ``--list`` all that is wrong or missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("count", nargs="?", type=int, default=2000, help="measures")
    parser.add_argument("seeds", nargs="*", type=int, default=[1, 2, 3])
    parser.add_argument("--list", action="store_true", help="what is wrong or missed")
    args = parser.parse_args()
    pairs, kinds = Tally(), Tally()
    for seed in args.seeds:
        judge(generate(args.count, seed), pairs, kinds)
    for tally, bounds in ((pairs, PAIRS), (kinds, KINDS)):
        names = {*tally.right, *tally.wrong, *tally.missed}
        for name in sorted(names):
            print(tally.row(name, PARTS if name in {"split", "merged"} else bounds))
        if args.list:
            print(*tally.listed, sep="\n")


if __name__ == "__main__":
    main()
