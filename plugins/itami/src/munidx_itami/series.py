"""Which figures are of which indicator, where the columns were read out of order.

What is known of a sheet: its indicators in the order of their numbers, the rows of targets
(whole, or torn into parts: three and one, two and two), the rows of actuals, and the order in
which all these stand in the text. What decides, in this order:

1. each indicator has one row of actuals and exactly as many targets as there are years;
2. a row of actuals behind a row of targets that the text itself ascribes, or right before a
   circled number, is of that indicator, the others follow in the order of the numbers; a whole
   row of targets right before a row of actuals is of the same indicator;
3. parts of equal size run from the top down, as the indicators do; a detached single target
   before a row of actuals is of the same indicator;
4. a series moves one way (stays, where the indicator is to be kept), and is of the size of
   its actuals.

A detached single target is the last year's, unless the header is torn as the row is: then a
part is of the years of the nearest header. Where the counts of rule 1 do not come out, nothing
is shared out that only order would place.
"""

import itertools
from collections.abc import Sequence
from decimal import Decimal
from typing import Final, Literal, TypeAlias

from attrs import define, frozen

from munidx.model import Direction
from munidx_itami.pieces import number_of

__all__ = ["Figures", "Item", "Shares", "share_out"]

_MOST: Final = 24
"""More indicators than this has no sheet: then only what rule 2 decides is shared out."""
_MOST_STEPS: Final = 4000
"""So many partial distributions are tried."""

# What speaks against a distribution. One odd series must not outweigh the order (it may be a
# true figure, corrected), two may.
_UPSIDE_DOWN: Final = 1.5
_NOT_BESIDE: Final = 2.0
_CROOKED: Final = 1.0
_OTHER_SIZE: Final = 0.3
_SIZE: Final = 8
_MOST_ORDERS: Final = 24
_MOST_TORN: Final = 4
"""Into so many parts a row of targets is torn at most."""

Role: TypeAlias = Literal["target", "actual", "mark", "header"]


@frozen(kw_only=True)
class Item:
    """One thing on the way down the text.

    Figures, the circled number of an indicator, or a header that names some of the years.
    """

    role: Role
    indicator: int | None = None
    """Of a mark, whose it is; of figures, whose they are where the line itself says so."""
    values: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    """Of a header, which of the years (from 0) it names, in their order."""
    spare: bool = False
    """Figures that may be none: a lone number at a page's edge."""


@define
class Figures:
    """The figures of one indicator, as indices into the items."""

    actual: int | None = None
    targets: tuple[int, ...] = ()
    """The parts of its row of targets, in the order of the years."""


@frozen(kw_only=True)
class Shares:
    """What was shared out."""

    figures: tuple[Figures, ...]
    """For each indicator."""
    left: tuple[int, ...]
    """Items with figures that found no place."""
    crooked: tuple[int, ...] = ()
    """Indicators whose torn series does not move one way, or is far from its actuals."""


def share_out(items: Sequence[Item], directions: Sequence[Direction | None], width: int) -> Shares:
    """Share the figures among the indicators.

    Args:
        items: Figures and marks in the order of the text.
        directions: For each indicator, in the order of their numbers.
        width: How many targets each has.
    """
    count = len(directions)
    figures = [Figures() for _ in range(count)]
    owners = _actuals(items, count)
    for spot, owner in owners.items():
        figures[owner].actual = spot
    parts = [spot for spot, item in enumerate(items) if item.role == "target"]
    fixed = _whole(items, parts, owners, width)
    placed = _parts(items, owners, fixed, directions=directions, width=width)
    crooked = []
    for owner in range(count):
        mine = [spot for spot in parts if placed.get(spot) == owner]
        if sum(len(items[spot].values) for spot in mine) != width:
            for spot in mine:
                del placed[spot]
            continue
        ordered = _in_years(items, mine, directions[owner])
        figures[owner].targets = ordered
        if len(ordered) > 1 and not _straight(_numbers(items, ordered), directions[owner]):
            crooked.append(owner)
            continue
        actual = figures[owner].actual
        if actual is not None and _differ(_numbers(items, ordered), _numbers(items, (actual,))):
            crooked.append(owner)
    left = tuple(
        spot
        for spot, item in enumerate(items)
        if item.role in ("target", "actual") and spot not in placed and spot not in owners
    )
    return Shares(figures=tuple(figures), left=left, crooked=tuple(crooked))


def _actuals(items: Sequence[Item], count: int) -> dict[int, int]:
    """Whose each row of actuals is: rule 2."""
    rows = [spot for spot, item in enumerate(items) if item.role == "actual"]
    own = _each_below(items, rows, count)
    if own:
        return own
    found: dict[int, int] = {}
    for spot in rows:
        owner = items[spot - 1].indicator if spot and items[spot - 1].role == "target" else None
        if owner is not None and owner not in found.values():
            found[spot] = owner
    for spot in rows:
        owner = _next_mark(items, spot) if spot not in found else None
        if owner is not None and owner not in found.values():
            found[spot] = owner
    rest = [spot for spot in rows if spot not in found]
    waiting = [owner for owner in range(count) if owner not in found.values()]
    if len(rest) == len(waiting):
        found |= dict(zip(rest, waiting, strict=True))
    return found


def _each_below(items: Sequence[Item], rows: Sequence[int], count: int) -> dict[int, int]:
    """The plain order, where each mark is followed by its own figures, and none is torn."""
    found: dict[int, int] = {}
    owner: int | None = None
    whole: set[int] = set()
    for spot, item in enumerate(items):
        if item.role == "mark":
            owner = item.indicator
        elif item.role == "actual":
            if owner is None or owner in found.values() or owner not in whole:
                return {}
            found[spot] = owner
        elif item.role == "target" and not item.spare and owner is not None:
            if owner in whole or len(item.values) == 1:
                return {}
            whole.add(owner)
    return found if len(found) == len(rows) == count else {}


def _next_mark(items: Sequence[Item], spot: int) -> int | None:
    """Whose circled number stands next, with no other row of actuals before it."""
    for item in items[spot + 1 :]:
        if item.role == "actual":
            return None
        if item.role == "mark":
            return item.indicator
    return None


def _whole(
    items: Sequence[Item], parts: Sequence[int], owners: dict[int, int], width: int
) -> dict[int, int]:
    """Whose each row of targets is that the text itself leaves no doubt about."""
    found: dict[int, int] = {}
    for spot in parts:
        item = items[spot]
        if item.indicator is not None:
            found[spot] = item.indicator
            continue
        below = owners.get(spot + 1)
        whole = len(item.values) == width
        if whole and below is not None and below not in found.values():
            found[spot] = below
    return found


@define
class _Search:
    """The best distribution of the parts that are still without an owner."""

    items: Sequence[Item]
    parts: Sequence[int]
    owners: dict[int, int]
    directions: Sequence[Direction | None]
    needs: list[int]
    width: int
    best: dict[int, int] | None = None
    least: float = float("inf")
    steps: int = 0

    def run(self, number: int, chosen: dict[int, int], cost: float) -> None:
        """Try all owners of the part ``number`` and of those behind it."""
        self.steps += 1
        if cost >= self.least or self.steps > _MOST_STEPS:
            return
        if number == len(self.parts):
            if not any(self.needs):
                total = cost + self._shape(chosen)
                if total < self.least:
                    self.least, self.best = total, dict(chosen)
            return
        spot = self.parts[number]
        size = len(self.items[spot].values)
        for owner, need in enumerate(self.needs):
            if size > need:
                continue
            self.needs[owner] -= size
            chosen[spot] = owner
            self.run(number + 1, chosen, cost + self._place(spot, owner, chosen))
            del chosen[spot]
            self.needs[owner] += size
        if self.items[spot].spare:
            self.run(number + 1, chosen, cost)

    def _place(self, spot: int, owner: int, chosen: dict[int, int]) -> float:
        """What speaks against the place of one part: rule 3."""
        below = _beside(self.items, spot, self.owners, self.width)
        if below is not None:
            return 0.0 if below == owner else _NOT_BESIDE
        size = len(self.items[spot].values)
        inversions = sum(
            1
            for other, its in chosen.items()
            if its > owner
            and len(self.items[other].values) == size
            and _beside(self.items, other, self.owners, self.width) != its
        )
        return _UPSIDE_DOWN * inversions

    def _shape(self, chosen: dict[int, int]) -> float:
        """What speaks against the series that come out: rule 4."""
        cost = 0.0
        actuals = {owner: spot for spot, owner in self.owners.items()}
        for owner, direction in enumerate(self.directions):
            mine = [spot for spot in self.parts if chosen.get(spot) == owner]
            if not mine:
                continue
            series = _numbers(self.items, _in_years(self.items, mine, direction))
            crooked = not _straight(series, direction)
            if crooked:
                cost += _CROOKED
            odd = 0
            if owner in actuals:
                size = _numbers(self.items, (actuals[owner],))
                odd = sum(1 for spot in mine if _differ(_numbers(self.items, (spot,)), size))
                cost += _OTHER_SIZE * odd
            if (crooked or odd) and any(self.items[spot].spare for spot in mine):
                return float("inf")
        return cost


def _beside(items: Sequence[Item], spot: int, owners: dict[int, int], width: int) -> int | None:
    """Whose the row of actuals is that follows a small part (at most half a row) at once."""
    return owners.get(spot + 1) if 2 * len(items[spot].values) <= width else None


def _parts(
    items: Sequence[Item],
    owners: dict[int, int],
    fixed: dict[int, int],
    *,
    directions: Sequence[Direction | None],
    width: int,
) -> dict[int, int]:
    """Whose each part is; only what is fixed where the counts do not come out."""
    if len(directions) > _MOST:
        return fixed
    parts = [spot for spot, item in enumerate(items) if item.role == "target"]
    beside = {
        spot: owner
        for spot in parts
        if spot not in fixed
        and not items[spot].spare
        and (owner := _beside(items, spot, owners, width)) is not None
    }
    # First with the small parts where they stand; else with all of them free.
    for held in (fixed | beside, fixed):
        needs = [width] * len(directions)
        for spot, owner in held.items():
            needs[owner] -= len(items[spot].values)
        if any(need < 0 for need in needs):
            continue
        rest = [spot for spot in parts if spot not in held]
        search = _Search(items, rest, owners, directions, needs, width)
        search.run(0, {}, 0.0)
        if search.best is not None and search.steps <= _MOST_STEPS:
            return held | search.best
    return fixed


def _in_years(
    items: Sequence[Item], mine: Sequence[int], direction: Direction | None
) -> tuple[int, ...]:
    """The parts of one row in the order of the years.

    A header torn as the row is says which years a part is of, the nearest one of its size.
    Else a single target is the last, and of equal parts the order is that in which the series
    moves one way, or that of the text.
    """
    if len(mine) == 1:
        return tuple(mine)
    headed = _by_headers(items, mine)
    if headed:
        return headed
    sizes = {len(items[spot].values) for spot in mine}
    if len(sizes) > 1:
        return tuple(sorted(mine, key=lambda spot: (-len(items[spot].values), spot)))
    for order in itertools.islice(itertools.permutations(mine), _MOST_ORDERS):
        if _straight(_numbers(items, order), direction):
            return tuple(order)
    return tuple(mine)


def _by_headers(items: Sequence[Item], mine: Sequence[int]) -> tuple[int, ...] | None:
    """The parts in the order of the headers nearest to them; None where none fit."""
    headers = sorted(
        (spot for spot, item in enumerate(items) if item.role == "header"),
        key=lambda spot: items[spot].years,
    )
    if len(headers) != len(mine) or len(mine) > _MOST_TORN:
        return None
    best: tuple[int, tuple[int, ...]] | None = None
    for order in itertools.permutations(mine):
        pairs = list(zip(order, headers, strict=True))
        if any(len(items[part].values) != len(items[head].years) for part, head in pairs):
            continue
        way = sum(abs(part - head) for part, head in pairs)
        if best is None or way < best[0]:
            best = (way, tuple(order))
    return best[1] if best else None


def _numbers(items: Sequence[Item], spots: Sequence[int]) -> list[Decimal]:
    numbers = (number_of(value) for spot in spots for value in items[spot].values)
    return [number for number in numbers if number is not None]


def _straight(series: Sequence[Decimal], direction: Direction | None) -> bool:
    """Whether ``series`` moves one way, the one that ``direction`` says."""
    rising = all(a <= b for a, b in itertools.pairwise(series))
    falling = all(a >= b for a, b in itertools.pairwise(series))
    if direction is Direction.INCREASE:
        return rising
    if direction is Direction.DECREASE:
        return falling
    if direction is Direction.MAINTAIN:
        return rising and falling
    return rising or falling


def _differ(one: Sequence[Decimal], other: Sequence[Decimal]) -> bool:
    """Whether the two differ so much in size that they hardly measure the same thing."""
    if not one or not other:
        return False  # dashes tell nothing
    low, high = sorted((max(map(abs, one)), max(map(abs, other))))
    return high > _SIZE * low
