"""What a rule sees of a plan: computed once, shared by all rules."""

import operator
import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from itertools import accumulate
from typing import Any, Final, NamedTuple, TypeVar

from munidx.japanese.characters import compact
from munidx.model import (
    Cost,
    Evaluation,
    Goal,
    Indicator,
    Item,
    Measure,
    Observation,
    Plan,
    State,
    Status,
    Time,
    walk,
)
from munidx.rules.codes import Coding, bureau_of
from munidx.rules.prose import Prose, Text, Words, texts_of
from munidx.rules.signs import BRACKET, ODD, STRIKING
from munidx.rules.spans import time_of

__all__ = ["Seen", "View", "alive"]

_ENDED: Final = (Status.ABOLISHED, Status.COMPLETED, Status.SUSPENDED)
_Made = TypeVar("_Made")
_LARGE: Final = 1_000_000
"""Signs of a plan with more than a thousand measures, whose titles hold enough words."""
_COMPACT: Final = re.compile(
    r"[!-~、。「」・ぁ-ゖァ-ヺ一-鿿]*+(?:(?<=[ぁ-ゖァ-ヺー])ー[!-~、。「」・ぁ-ゖァ-ヺ一-鿿]*+)*"
).fullmatch
"""A quick look for texts that are compact as they are: most titles."""
_NOT_PLAIN: Final = re.compile(r"[^\0!-~、。「」・ぁ-ゖァ-ヺ一-鿿]").search
"""A quicker one, for a sign by which a title may not be."""


def alive(node: Goal | Measure | Indicator) -> bool:
    """Whether ``node`` still promises something: not abolished, completed or suspended."""
    return node.status not in _ENDED


class Seen(NamedTuple):
    """An observation of an indicator: its series and place in it."""

    item: Item
    indicator: Indicator
    series: str
    """``baseline``, ``targets`` or ``actuals``."""
    observation: Observation
    unit: str
    """The unit that holds for it: its own, else the indicator's."""
    time: Time | None
    """When it holds, as :func:`time_of` says."""


class View:
    """A plan with its nodes listed, and with indexes that are made when first asked for."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.items: tuple[Item, ...] = tuple(walk(plan))
        """Every node, parents first; the first is the plan itself."""
        self._made: dict[Callable[[View], Any], Any] = {}
        self._having: dict[str, tuple[Item, ...]] = {}

    def once(self, make: Callable[["View"], _Made]) -> _Made:
        """What ``make`` makes of this view: made once, for all rules that ask for it."""
        if make not in self._made:
            self._made[make] = make(self)
        made: _Made = self._made[make]
        return made

    @cached_property
    def by_path(self) -> dict[str, Item]:
        """Every node by its path."""
        return {item.path: item for item in self.items}

    @cached_property
    def children(self) -> dict[str, tuple[Item, ...]]:
        """The items right below each path that has any, in order."""
        below: dict[str, list[Item]] = {}
        for item in self.items:
            if item.parent is not None:
                below.setdefault(item.parent, []).append(item)
        return {path: tuple(items) for path, items in below.items()}

    @cached_property
    def siblings(self) -> tuple[tuple[Item, ...], ...]:
        """Runs of siblings: nodes of one class, under one parent, on one rung (``level``).

        One that is alone is no run.
        """
        runs: list[tuple[Item, ...]] = []
        for below in self.children.values():
            if len(below) == 1:
                continue
            groups: dict[tuple[object, ...], list[Item]] = {}
            for item in below:
                key = (type(item.node), getattr(item.node, "level", ""))
                groups.setdefault(key, []).append(item)
            runs += [tuple(group) for group in groups.values() if len(group) > 1]
        return tuple(runs)

    @cached_property
    def numberings(self) -> tuple[tuple[Item, ...], ...]:
        """Runs of siblings that are numbered together: a bureau's own list begins anew."""
        return tuple(run for group in self.siblings for run in self._numbered(group))

    def _numbered(self, group: tuple[Item, ...]) -> Iterator[tuple[Item, ...]]:
        codes = [coding.code for item in group if (coding := self.codings.get(item.path))]
        if len(set(codes)) == len(codes) or self.counts_on:
            yield group
            return
        begun = 0
        latest: tuple[int, ...] = ()
        for place, item in enumerate(group):
            coding = self.codings.get(item.path)
            if coding is None or not coding.numbers:
                continue
            first = self.codings.get(group[begun].path)
            again = place > begun and first is not None and first.code == coding.code
            rising = place - begun > 1 and latest > coding.numbers
            if again and rising and self._bureau_ends(group[begun : place + 1]):
                yield group[begun:place]
                begun = place
            latest = coding.numbers
        yield group[begun:]

    @cached_property
    def counts_on(self) -> bool:
        """Whether the plan's numbers go on where the bureau changes, somewhere in it."""
        for group in self.siblings:
            numbered = [item for item in group if item.path in self.codings]
            codes = {self.codings[item.path].code for item in numbered}
            bureaus = {bureau_of(item) for item in numbered} - {""}
            if len(codes) == len(numbered) and len(bureaus) > 1:
                return True
        return False

    @staticmethod
    def _bureau_ends(run: tuple[Item, ...]) -> bool:
        """Whether all but the last of a run are of one bureau, and the last of another."""
        *before, last = map(bureau_of, run)
        return len(set(before)) == 1 and last != before[0]

    @cached_property
    def goals(self) -> tuple[tuple[Item, Goal], ...]:
        """Every goal with its item."""
        return tuple((item, item.node) for item in self.items if isinstance(item.node, Goal))

    @cached_property
    def measures(self) -> tuple[tuple[Item, Measure], ...]:
        """Every measure with its item."""
        return tuple((item, item.node) for item in self.items if isinstance(item.node, Measure))

    @cached_property
    def works(self) -> tuple[tuple[Item, Goal | Measure], ...]:
        """Every goal and measure with its item, in the plan's order."""
        return tuple(
            (item, item.node) for item in self.items if isinstance(item.node, Goal | Measure)
        )

    @cached_property
    def costed(self) -> tuple[tuple[Item, Goal | Measure], ...]:
        """Every goal and measure that has costs."""
        return tuple((item, node) for item, node in self.works if node.costs)

    @cached_property
    def owned(self) -> tuple[Item, ...]:
        """Every node that has owners."""
        return self.having("owners")

    @cached_property
    def indicators(self) -> tuple[tuple[Item, Indicator], ...]:
        """Every indicator with its item."""
        return tuple((item, item.node) for item in self.items if isinstance(item.node, Indicator))

    @cached_property
    def series(self) -> tuple[tuple[Item, Indicator], ...]:
        """The indicators with two figures or more that can be set beside each other."""
        return tuple(
            (item, node)
            for item, node in self.indicators
            if len(node.targets) + len(node.actuals) + (node.baseline is not None) > 1
        )

    @cached_property
    def ended(self) -> frozenset[str]:
        """Paths of nodes that are, or stand below one that is, abolished, completed, suspended."""
        paths: set[str] = set()
        for item in self.items[1:]:
            node = item.node
            if item.parent in paths or (not isinstance(node, Plan) and not alive(node)):
                paths.add(item.path)
        return frozenset(paths)

    @cached_property
    def measured(self) -> frozenset[str]:
        """Paths of nodes that have an indicator, or stand above or below one that has.

        The plan's own indicators measure the plan, not each node of it.
        """
        holders = {item.parent for item, _ in self.indicators} - {"", None}
        above: set[str] = set()
        below: set[str] = {path for path in holders if path}
        for path, _, parent in self.items:
            if parent in below:
                below.add(path)
        for holder in holders:
            step: str | None = holder
            while step and step not in above:
                above.add(step)
                step = self.by_path[step].parent
        return frozenset(above | below)

    @cached_property
    def observed(self) -> tuple[tuple[Item, tuple[Seen, ...]], ...]:
        """Every indicator that has any with its observations: baseline, targets, actuals."""
        return tuple((told[0].item, tuple(told)) for told in self._told[0])

    @cached_property
    def compared(self) -> tuple[tuple[Item, tuple[Seen, ...]], ...]:
        """Those of them that have two observations or more."""
        return tuple(one for one in self.observed if len(one[1]) > 1)

    @cached_property
    def observations(self) -> tuple[Seen, ...]:
        """Every observation of every indicator."""
        return tuple(seen for _, told in self.observed for seen in told)

    @cached_property
    def irregular(self) -> tuple[Seen, ...]:
        """The observations that are more or less than one figure: ranges, words, periods, none."""
        return tuple(self._told[1])

    @cached_property
    def _told(self) -> tuple[list[list[Seen]], list[Seen]]:
        """Of each indicator that has any the observations; of all of them the irregular ones."""
        by_node: list[list[Seen]] = []
        irregular: list[Seen] = []
        new = tuple.__new__  # of so many, half the time that the class itself takes
        for item, node in self.indicators:
            told: list[Seen] = []
            for name, series in (
                ("baseline", () if node.baseline is None else (node.baseline,)),
                ("targets", node.targets),
                ("actuals", node.actuals),
            ):
                for one in series:
                    unit = one.unit or node.unit
                    time = one.year if one.date is None else one.date
                    if time is None:
                        time = time_of(one)
                    seen = new(Seen, (item, node, name, one, unit, time))
                    told.append(seen)
                    if (
                        one.value is None
                        or one.state is not State.REPORTED
                        or one.low is not None
                        or one.high is not None
                        or one.period is not None
                        or one.alternatives
                    ):
                        irregular.append(seen)
            if told:
                by_node.append(told)
        return by_node, irregular

    @cached_property
    def promised(self) -> tuple[Seen, ...]:
        """Every target of what has not ended."""
        targets = (seen for seen in self.observations if seen.series == "targets")
        if not self.ended:
            return tuple(targets)
        return tuple(seen for seen in targets if seen.item.path not in self.ended)

    def having(self, field: str) -> tuple[Item, ...]:
        """The nodes in which ``field`` is filled in: few, of some fields."""
        if field not in self._having:
            take = operator.attrgetter(field)
            self._having[field] = tuple(item for item in self.items if take(item.node))
        return self._having[field]

    @cached_property
    def texts(self) -> tuple[Text, ...]:
        """Every text that is not empty, of nodes and of their parts."""
        return tuple(text for item in self.items for text in texts_of(item))

    @cached_property
    def prose(self) -> Prose:
        """The texts of all nodes as one, to look through before any text is taken up."""
        return Prose(self.items)

    @cached_property
    def words(self) -> Words:
        """Where words of the plan are looked for: in all its texts; of a large one, its titles."""
        if len(self.prose.text) <= _LARGE:
            return Words(self.prose.text)
        return Words("\n".join(title for _, title in self.named))

    @cached_property
    def _striking(self) -> tuple[Item, ...]:
        return tuple(self.prose.with_a(STRIKING))

    @cached_property
    def bracketed(self) -> tuple[Item, ...]:
        """Nodes whose texts hold a bracket."""
        return tuple(self.prose.with_a(BRACKET, self._striking))

    @cached_property
    def costs(self) -> tuple[tuple[Item, Cost], ...]:
        """Every cost with the item of its node."""
        return tuple((item, cost) for item, node in self.costed for cost in node.costs)

    @cached_property
    def odd(self) -> tuple[tuple[Item, tuple[Text, ...]], ...]:
        """Nodes whose texts hold a sign that is seldom meant, with their texts."""
        return tuple(
            (item, tuple(texts_of(item))) for item in self.prose.with_a(ODD, self._striking)
        )

    @cached_property
    def codings(self) -> dict[str, Coding]:
        """The code of every node that has one, taken apart, by the node's path."""
        codings: dict[str, Coding] = {}
        known: dict[str, Coding] = {}
        for path, node, _ in self.items:
            if not isinstance(node, Plan) and (code := node.code):
                coding = known.get(code)  # siblings count from one, wherever they stand
                if coding is None:
                    coding = known[code] = Coding(code)
                codings[path] = coding
        return codings

    @cached_property
    def titles(self) -> dict[str, str]:
        """The title of every node, as titles compare, by the node's path."""
        titles = [item.node.title for item in self.items]
        ends = list(accumulate(len(title) + 1 for title in titles))
        # One pass over all of them finds the few that are not plain kana and kanji.
        joined = "\0".join(titles)
        hit = _NOT_PLAIN(joined)
        while hit:
            place = bisect_right(ends, hit.start())
            if not _COMPACT(titles[place]):
                titles[place] = compact(titles[place])
            hit = _NOT_PLAIN(joined, ends[place])
        return dict(zip((item.path for item in self.items), titles, strict=True))

    @cached_property
    def named(self) -> tuple[tuple[Item, str], ...]:
        """Every node that has a title, with that, white space around it aside."""
        titles = ((item, item.node.title.strip()) for item in self.items)
        return tuple(one for one in titles if one[1])

    @cached_property
    def plain_titles(self) -> frozenset[str]:
        """The titles that nodes have, as titles compare."""
        return frozenset(self.titles.values()) - {""}

    @cached_property
    def codes(self) -> frozenset[str]:
        """The codes that nodes have, as codes compare."""
        return frozenset(coding.code for coding in self.codings.values()) - {""}

    def of_one_title(self, items: Sequence[Item]) -> Iterator[list[Item]]:
        """Those of ``items`` that share a title, together; most share none."""
        if len(items) > 1:
            groups: dict[str, list[Item]] = {}
            for item in items:
                groups.setdefault(self.titles[item.path], []).append(item)
            groups.pop("", None)
            yield from (group for group in groups.values() if len(group) > 1)

    @cached_property
    def evaluations(self) -> tuple[tuple[Item, Evaluation], ...]:
        """Every evaluation with the item of its node."""
        return tuple((item, told) for item in self.items for told in item.node.evaluations)
