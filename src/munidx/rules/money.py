"""MX4xx: money."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from decimal import Decimal
from statistics import median_low
from typing import Final, TypeAlias

from munidx.findings import Severity
from munidx.japanese.numerals import parse_number, parse_yen
from munidx.model import Cost, Goal, Item, Measure
from munidx.rules.registry import Fault, each_or_all, found, rule
from munidx.rules.view import View

__all__: list[str] = []

_BOTH: Final = frozenset({"personnel", "project"})
_Key: TypeAlias = tuple[object, ...]
_Bare: TypeAlias = tuple[Item, Cost, int | Decimal]
"""A cost whose words are a number without its unit, and the number."""
_LONGEST: Final = 40
"""Digits beyond which nothing is an amount."""
_SLIP: Final = 300
_YEARS: Final = 3
_ROWS: Final = 5
"""So many rows must agree on the unit of their table."""
_SIGNS: Final = ("△", "▲", "-", "−", "－")
_DIFFERENCES: Final = ("差引", "増減", "補正", "減額", "返還")


def _key(cost: Cost) -> _Key:
    """What must agree before two amounts may be added or compared."""
    return (cost.year, cost.category, cost.basis, cost.funding)


@rule("MX401", "total-mismatch", Severity.WARNING)
def total_mismatch(view: View) -> Iterator[Fault]:
    """A printed total is not the sum of what stands below it.

    Why:
        A row is missing, was counted twice, or one of the figures is wrong. Compared are
        amounts of the same year, category, basis and funding; where a child has words in
        place of an amount, or none has an amount, nothing is said.

    Fails::

        [[goals]]
        title = "便利なまち"
        costs = [{ year = 2021, amount = 300000, category = "project", total = true }]
        measures = [
            { title = "い", costs = [{ year = 2021, amount = 100000, category = "project" }] },
            { title = "ろ", costs = [{ year = 2021, amount = 100000, category = "project" }] },
        ]

    Passes::

        [[goals]]
        title = "便利なまち"
        costs = [{ year = 2021, amount = 300000, category = "project", total = true }]
        measures = [
            { title = "い", costs = [{ year = 2021, amount = 100000, category = "project" }] },
            { title = "ろ", costs = [{ year = 2021, amount = 200000, category = "project" }] },
        ]

    Fix:
        Compare each row with the document. Totals that were rounded apart may differ by a
        few units of the table.

    Source:
        The munidx design: `Cost.total`.
    """
    totals = [
        (item, cost)
        for item, node in view.costed
        for cost in node.costs
        if cost.total and cost.amount is not None
    ]
    sums = _sums(view) if totals else {}
    for item, cost in totals:
        children = [child.path for child in _children(view, item)]
        below = [sums[child].get(_key(cost), 0) for child in children]
        known = [amount for amount in below if amount is not None]
        holders = sum(_key(cost) in sums[child] for child in children)
        if holders and len(known) == len(below) and sum(known) != cost.amount:
            yield found(
                item,
                cost,
                printed=cost.amount,
                sum=sum(known),
                difference=sum(known) - (cost.amount or 0),
                rows=holders,
                year=cost.year,
                category=cost.category or None,
            )


def _children(view: View, item: Item) -> list[Item]:
    below = view.children.get(item.path, ())
    return [child for child in below if isinstance(child.node, Goal | Measure)]


def _sums(view: View) -> dict[str, dict[_Key, int | None]]:
    """For each goal and measure the sum of its amounts by key, its children's if it has none.

    None where an amount is words: then nothing can be added up.
    """
    sums: dict[str, dict[_Key, int | None]] = {}
    for item, node in reversed(view.works):
        own: dict[_Key, int | None] = {}
        printed = {_key(cost) for cost in node.costs if cost.total}
        for cost in node.costs:
            # A printed total stands for its parts, wherever they are printed.
            if cost.total or _key(cost) not in printed:
                _add(own, _key(cost), cost.amount)
        told = set(own)
        for child in _children(view, item):
            for key, amount in sums[child.path].items():
                if key not in told:
                    _add(own, key, amount)
        sums[item.path] = own
    return sums


def _add(sums: dict[_Key, int | None], key: _Key, amount: int | None) -> None:
    held = sums.get(key, 0)
    sums[key] = None if held is None or amount is None else held + amount


@rule("MX402", "negative-cost", Severity.WARNING)
def negative_cost(view: View) -> Iterator[Fault]:
    """An amount of money is below zero.

    Why:
        Nothing costs less than nothing; a dash may have been read as a minus. Differences
        and amounts that are printed with a minus are left out.

    Fails::

        measures = [{ title = "電子申請", costs = [{ year = 2021, amount = -5000 }] }]

    Passes::

        [[measures]]
        title = "電子申請"
        costs = [{ year = 2021, amount = -5000, text = "△5千円" }]

    Fix:
        Compare with the document.

    Source:
        Arithmetic.
    """
    for item, cost in view.costs:
        if cost.amount is None or cost.amount >= 0:
            continue
        meant = cost.text.strip().startswith(_SIGNS) or any(
            word in cost.category for word in _DIFFERENCES
        )
        if not meant:
            yield found(item, cost, amount=cost.amount)


@rule("MX403", "cost-without-year", Severity.INFO)
def cost_without_year(view: View) -> Iterator[Fault]:
    """An amount does not say for which year it is.

    Why:
        It can be neither added up nor compared with the next edition's. Where most amounts
        have no year, one finding says so for the whole plan.

    Fails::

        measures = [{ title = "電子申請", costs = [{ amount = 5000 }] }]

    Passes::

        measures = [{ title = "電子申請", costs = [{ year = 2021, amount = 5000 }] }]

    Fix:
        See whether the year stands in the table's head.

    Source:
        会計年度独立の原則 (地方自治法 第208条).
    """
    faults = [
        found(item, cost, amount=cost.amount)
        for item, cost in view.costs
        if cost.year is None and cost.amount is not None
    ]
    if faults:
        rows = sum(cost.amount is not None for _, cost in view.costs)
        yield from each_or_all(view, faults, rows)


@rule("MX404", "cost-out-of-scale", Severity.WARNING)
def cost_out_of_scale(view: View) -> Iterator[Fault]:
    """One year's amount is hundreds of times that of the other years, or a hundredth.

    Why:
        千円 was read as 円 in one column, or the other way round. Needs three years, and
        amounts that are not zero.

    Fails::

        [[measures]]
        title = "電子申請"
        costs = [
            { year = 2020, amount = 5100000 },
            { year = 2021, amount = 5200 },
            { year = 2022, amount = 5300000 },
        ]

    Passes::

        [[measures]]
        title = "電子申請"
        costs = [
            { year = 2020, amount = 5100000 },
            { year = 2021, amount = 900000 },
            { year = 2022, amount = 5300000 },
        ]

    Fix:
        Compare with the document; look at the unit in the table's head.

    Source:
        Review of published project sheets.
    """
    for item, node in view.costed:
        if len(node.costs) < _YEARS:
            continue
        groups: dict[_Key, list[Cost]] = defaultdict(list)
        for cost in node.costs:
            if cost.amount and cost.year is not None:
                groups[_key(cost)[1:]].append(cost)
        for costs in groups.values():
            yield from _slips(item, costs)


def _slips(item: Item, costs: list[Cost]) -> Iterator[Fault]:
    if len(costs) < _YEARS:
        return
    middle = median_low(abs(cost.amount or 0) for cost in costs)
    for cost in costs:
        amount = abs(cost.amount or 0)
        if amount >= middle * _SLIP or amount * _SLIP <= middle:
            yield found(item, cost, amount=cost.amount, year=cost.year, usual=middle)


@rule("MX405", "amount-against-text", Severity.WARNING)
def amount_against_text(view: View) -> Iterator[Fault]:
    """An amount is not what its published words say.

    Why:
        The words are what was published; a unit slip (千円 as 円) or an edit in one of the
        two places makes them differ. Where the words name no 円, the unit is that of the table:
        the one by which most such words become their amounts.

    Fails::

        measures = [{ title = "電子申請", costs = [{ year = 2021, amount = 93, text = "93千円" }] }]

    Passes::

        [[measures]]
        title = "電子申請"
        costs = [{ year = 2021, amount = 93000, text = "93千円" }]

    Fix:
        Amounts are whole yen: correct the amount, or the words if they were copied wrongly.

    Source:
        The munidx design: `Cost`.
    """
    bare: list[_Bare] = []
    for item, cost in view.costs:
        if cost.amount is None or not cost.text:
            continue
        if "円" not in cost.text:
            number = _bare_number(cost.text) if cost.amount else None
            if number:
                bare.append((item, cost, number))
            continue
        yen = parse_yen(cost.text)
        if yen is not None and yen != cost.amount:
            yield found(item, cost, amount=cost.amount, text=cost.text, expected=yen)
    yield from _against_the_table(bare)


def _bare_number(text: str) -> int | Decimal | None:
    plain = text.replace(",", "")
    if len(plain) <= _LONGEST and plain.isascii() and plain.isdecimal():
        return int(plain)
    return parse_number(text)


def _factor(amount: int, number: int | Decimal) -> int | Decimal:
    if isinstance(number, int):
        times, rest = divmod(amount, number)
        return Decimal(amount) / number if rest else times
    return amount / number


def _against_the_table(bare: list[_Bare]) -> Iterator[Fault]:
    """Amounts that do not follow from their bare words as most of the plan's do."""
    factors = Counter(_factor(cost.amount or 0, number) for _, cost, number in bare)
    if not factors:
        return
    (usual, most), *_ = factors.most_common(1)
    if most < _ROWS or most * 2 <= len(bare) or most == len(bare):
        return
    for item, cost, number in bare:
        if cost.amount != number * usual:
            expected = int(number * usual)
            yield found(item, cost, amount=cost.amount, text=cost.text, expected=expected)


@rule("MX406", "personnel-without-project", Severity.INFO)
def personnel_without_project(view: View) -> Iterator[Fault]:
    """A year has a personnel cost but no project cost, though other years have both.

    Why:
        A column was read for one year and not for the other.

    Fails::

        [[measures]]
        title = "電子申請"
        costs = [
            { year = 2020, amount = 9000, category = "project" },
            { year = 2020, amount = 8000, category = "personnel" },
            { year = 2021, amount = 8000, category = "personnel" },
        ]

    Passes::

        [[measures]]
        title = "電子申請"
        costs = [{ year = 2021, amount = 8000, category = "personnel" }]

    Fix:
        Compare with the document; a project without expenses is printed as 0.

    Source:
        事務事業評価: 事業費 and 人件費 stand side by side.
    """
    for item, node in view.costed:
        if len(node.costs) == 1 or not {cost.category for cost in node.costs} >= _BOTH:
            continue
        held = {(cost.year, cost.basis, cost.category): cost for cost in node.costs}
        for (year, basis, category), cost in held.items():
            if category == "personnel" and (year, basis, "project") not in held:
                yield found(item, cost, year=year)


@rule("MX407", "cost-twice", Severity.WARNING)
def cost_twice(view: View) -> Iterator[Fault]:
    """A node has two amounts for the same thing.

    Why:
        For one year, category, basis, funding and budget code there is one amount; of two,
        one belongs to another year or category.

    Fails::

        [[measures]]
        title = "電子申請"
        costs = [{ year = 2021, amount = 5000 }, { year = 2021, amount = 7000 }]

    Passes::

        [[measures]]
        title = "電子申請"
        costs = [
            { year = 2021, amount = 5000, budget_code = "02-01-03" },
            { year = 2021, amount = 7000, budget_code = "02-01-14" },
        ]

    Fix:
        Compare with the document.

    Source:
        The munidx design: `Cost`.
    """
    for item, node in view.costed:
        if len({(cost.year, cost.category) for cost in node.costs}) == len(node.costs):
            continue
        counts = Counter(_full(cost) for cost in node.costs if cost.year is not None)
        for cost in node.costs:
            if counts[_full(cost)] > 1:
                counts[_full(cost)] = 0
                yield found(item, cost, year=cost.year, category=cost.category or None)


def _full(cost: Cost) -> _Key:
    return (*_key(cost), cost.budget_code, cost.total)
