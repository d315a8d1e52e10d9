"""The slips that people make in plans: one function for each kind, a plan in, a faulty one out."""

# ruff: noqa: PLR2004, ANN401 - a script of drawn sizes; fields of any kind are changed
import random
from collections.abc import Callable, Iterator
from typing import Any, Final, TypeAlias

from attrs import evolve, frozen
from replacing import replaced, with_at

from munidx.model import (
    Direction,
    FiscalYear,
    Goal,
    Indicator,
    Measure,
    Observation,
    Plan,
    PlanKind,
    Reference,
    Section,
    last_day,
    resolve,
    walk,
)
from munidx.rules.prose import texts_of
from munidx.rules.view import View

__all__ = ["KINDS", "Fault"]

Node: TypeAlias = Any
Series: TypeAlias = tuple[str, Node, Observation, str, int]


@frozen
class Fault:
    """A plan with one fault in it, where the fault is, and which rules would be right."""

    plan: Plan
    rules: tuple[str, ...]
    told: str
    kind: str = ""


def total_off_by_one(rng: random.Random, plan: Plan) -> Fault | None:
    """A printed total, or an amount that it sums up, is off by one unit of the table."""
    view = View(plan)
    summed = [
        (item.path, cost.year, cost.category)
        for item, node in view.works
        for cost in node.costs
        if cost.total
    ]
    rows = [
        (item.path, place)
        for item, node in view.works
        for place, cost in enumerate(node.costs)
        for path, *of in summed
        if cost.amount is not None and item.path.startswith(path)
        if [cost.year, cost.category] == of
    ]
    return _cost(rng, plan, rows, lambda amount: amount + rng.choice((-1000, 1000)), ("MX401",))


def unit_slip(rng: random.Random, plan: Plan) -> Fault | None:
    """An amount of money is a thousand times too large, or a thousandth."""
    rows = [
        (item.path, place)
        for item, node in View(plan).works
        for place, cost in enumerate(node.costs)
        if cost.amount and cost.amount % 1000 == 0
    ]
    slip = rng.choice((lambda amount: amount * 1000, lambda amount: amount // 1000))
    return _cost(rng, plan, rows, slip, ("MX401", "MX404", "MX405"))


def _cost(
    rng: random.Random,
    plan: Plan,
    rows: list[tuple[str, int]],
    change: Callable[[int], int],
    rules: tuple[str, ...],
) -> Fault | None:
    if not rows:
        return None
    path, place = rng.choice(rows)
    node: Node = resolve(plan, path)
    cost = node.costs[place]
    new = evolve(cost, amount=change(cost.amount))
    told = f"{path} {cost.year} {cost.amount} → {new.amount}"
    return Fault(replaced(plan, path, costs=with_at(node.costs, place, new)), rules, told)


def years_swapped(rng: random.Random, plan: Plan) -> Fault | None:
    """The years of the baseline and of the last target are exchanged."""
    rows = [
        (item.path, node)
        for item, node in View(plan).indicators
        if node.baseline and node.baseline.year and node.targets and node.targets[-1].year
    ]
    if not rows:
        return None
    path, node = rng.choice(rows)
    base: Observation = node.baseline or Observation()
    last = node.targets[-1]
    targets = tuple(evolve(one, year=base.year) for one in node.targets)
    if len(targets) > 1:
        targets = (*node.targets[:-1], evolve(last, year=base.year))
    faulty = replaced(plan, path, baseline=evolve(base, year=last.year), targets=targets)
    return Fault(faulty, ("MX205", "MX602", "MX204"), f"{path} {base.year} ↔ {last.year}")


def code_duplicated(rng: random.Random, plan: Plan) -> Fault | None:
    """A node has the code of a sibling."""
    rows = [
        (item.path, other.node.code)
        for group in View(plan).siblings
        for item in group
        for other in group
        if isinstance(item.node, Goal | Measure | Indicator)
        and isinstance(other.node, Goal | Measure | Indicator)
        and other is not item
        and other.node.code
        and item.node.code not in ("", other.node.code)
    ]
    if not rows:
        return None
    path, code = rng.choice(rows)
    return Fault(replaced(plan, path, code=code), ("MX101",), f"{path} → {code}")


def mark_without_effect(rng: random.Random, plan: Plan) -> Fault | None:
    """A title says that something was added or has ended, and its status does not."""
    rows = [item.path for item, node in View(plan).works if node.title]
    if not rows:
        return None
    path = rng.choice(rows)
    node: Node = resolve(plan, path)
    mark, status = rng.choice(
        [("【廃止】", "abolished"), ("【追加】", "added"), ("【完了】", "completed")]
    )
    if node.status is not None and node.status.value == status:
        return None
    title = rng.choice((node.title + mark, mark + node.title))
    return Fault(replaced(plan, path, title=title), ("MX601",), f"{path} {mark}")


def era_against_western(rng: random.Random, plan: Plan) -> Fault | None:
    """A text gains a year whose Western count is another than its era's."""
    year = rng.randrange(2015, 2031)
    era = f"令和{year - 2018}" if year > 2018 else f"平成{year - 1988}"
    wrong = year + rng.choice((-2, -1, 1, 2, 10))
    form = rng.choice(("{e}({w})年度", "{e}年度（{w}年度）", "{w}年（{e}年）", "{e}年({w}年)4月"))
    return _text(
        rng,
        plan,
        lambda text, at: text[:at] + form.format(e=era, w=wrong) + text[at:],
        ("MX206",),
        long=True,
    )


def target_outside_period(rng: random.Random, plan: Plan) -> Fault | None:
    """A target is of a year before the plan's period, or after it."""
    if plan.period is None or plan.period.start is None or plan.period.end is None:
        return None
    if plan.kind in (PlanKind.EVALUATION, PlanKind.BUREAU_GOALS, PlanKind.PROJECT_LIST):
        return None
    rows = [one for one in _observations(plan) if one[3] == "targets"]
    if not rows:
        return None
    first, last = (
        FiscalYear.of(last_day(plan.period.start)),
        FiscalYear.of(last_day(plan.period.end)),
    )
    year = rng.choice((last + rng.randint(1, 6), first - rng.randint(2, 6)))
    return _observed(plan, rng.choice(rows), ("MX203",), year=year, date=None, period=None)


def actual_after_edition(rng: random.Random, plan: Plan) -> Fault | None:
    """An actual is of a year after the edition."""
    if plan.edition is None or plan.edition.year is None:
        return None
    rows = [one for one in _observations(plan) if one[3] == "actuals"]
    if not rows:
        return None
    year = plan.edition.year + rng.randint(1, 4)
    return _observed(plan, rng.choice(rows), ("MX204",), year=year, date=None, period=None)


def share_above_whole(rng: random.Random, plan: Plan) -> Fault | None:
    """A percentage has lost its decimal point, in the value and in the words."""
    rows = [
        one
        for one in _observations(plan)
        if (one[2].unit or one[1].unit) in ("%", "％")
        and one[2].value is not None
        and 10 < one[2].value <= 100
        and one[2].quantity.value == "level"
    ]
    if not rows:
        return None
    row = rng.choice(rows)
    told = row[2]
    assert told.value is not None  # noqa: S101 - chosen so
    value = told.value * 10
    text = told.text.replace(str(told.value), str(value))
    rules = ("MX308", "MX604", "MX309", "MX311")
    return _observed(plan, row, rules, value=value, text=text)


def reference_dangling(rng: random.Random, plan: Plan) -> Fault | None:
    """A node refers to a number of this plan that there is not."""
    items = list(walk(plan))
    path = rng.choice(items).path
    codes = [item.node.code for item in items if not isinstance(item.node, Plan) and item.node.code]
    code = rng.choice(codes) + rng.choice(("9", "-9", "の2")) if codes else "9"
    if code in codes:
        return None
    node: Node = resolve(plan, path)
    name = rng.choice([name for name in (plan.id, plan.title) if name] or [""])
    new = (*node.references, Reference(plan=name, code=code))
    return Fault(replaced(plan, path, references=new), ("MX105",), f"{path} → {code}")


def year_missing(rng: random.Random, plan: Plan) -> Fault | None:
    """A year in the midst of a yearly series is left out."""
    rows = [
        (item.path, name, place)
        for item, node in View(plan).indicators
        for name in ("targets", "actuals")
        for place in range(1, len(getattr(node, name)) - 1)
        if len({one.year for one in getattr(node, name)} - {None}) > 3
    ]
    if not rows:
        return None
    path, name, place = rng.choice(rows)
    series = getattr(resolve(plan, path), name)
    new = (*series[:place], *series[place + 1 :])
    return Fault(replaced(plan, path, **{name: new}), ("MX316",), f"{path} {name}[{place}]")


def direction_against_targets(rng: random.Random, plan: Plan) -> Fault | None:
    """An indicator's direction is the opposite of the way to its targets."""
    other: dict[Direction | None, Direction]
    other = {Direction.INCREASE: Direction.DECREASE, Direction.DECREASE: Direction.INCREASE}
    rows = [
        (item.path, other[node.direction])
        for item, node in View(plan).indicators
        if node.direction in other and _goes_its_way(node)
    ]
    if not rows:
        return None
    path, new = rng.choice(rows)
    rules = ("MX309", "MX311", "MX312")
    return Fault(replaced(plan, path, direction=new), rules, f"{path} → {new}")


def _goes_its_way(node: Indicator) -> bool:
    """Whether the figures, or the words (以上, 以下), show the way; else no slip can be seen."""
    values = [one.value for one in (node.baseline, *node.targets) if one and one.value is not None]
    gap = values[-1] - values[0] if values else 0
    wanted = gap > 0 if node.direction is Direction.INCREASE else gap < 0
    return wanted or (not gap and any(one.comparator for one in node.targets))


def owner_missing(rng: random.Random, plan: Plan) -> Fault | None:
    """A measure has lost its owners."""
    rows = [item.path for item, node in View(plan).measures if node.owners]
    if not rows:
        return None
    path = rng.choice(rows)
    return Fault(replaced(plan, path, owners=()), ("MX501",), path)


def character_lost(rng: random.Random, plan: Plan) -> Fault | None:
    """A character of a text is replaced by the sign for a lost one."""
    sign = rng.choice(("\ufffd", "〓"))
    return _text(rng, plan, lambda text, at: text[:at] + sign + text[at + 1 :], ("MX701",))


def bracket_unbalanced(rng: random.Random, plan: Plan) -> Fault | None:
    """A title, statement or unit's name has a bracket too many, or one too few."""
    rows = [
        (item.path, text.field)
        for item in walk(plan)
        for text in texts_of(item)
        if text.field in ("title", "statement") and item.path
    ]
    path, field = rng.choice(rows)
    text = getattr(resolve(plan, path), field)
    places = [at for at, sign in enumerate(text) if sign in "（()）「」【】"]
    if places and rng.random() < 0.7:
        at = rng.choice(places)
        text = text[:at] + text[at + 1 :]
    else:
        at = rng.randrange(len(text) + 1)
        text = text[:at] + rng.choice("（()）「」") + text[at:]
    return Fault(replaced(plan, path, **{field: text}), ("MX704", "MX705"), f"{path} {text}")


def title_cut(rng: random.Random, plan: Plan) -> Fault | None:
    """A title is cut in two at any place, and one half of it is left."""
    rows = [item.path for item, node in View(plan).works if len(node.title) > 5]
    if not rows:
        return None
    path = rng.choice(rows)
    title = resolve(plan, path).title
    at = rng.randrange(2, len(title) - 2)
    half = rng.choice((title[:at], title[at:]))
    return Fault(replaced(plan, path, title=half), ("MX705", "MX704"), f"{path} {half}")


def stars_against_score(rng: random.Random, plan: Plan) -> Fault | None:
    """A rating's score is not that of its stars."""
    rows = [
        (item.path, place)
        for item, node in View(plan).works
        for place, one in enumerate(node.evaluations)
        if one.rating and one.rating.score is not None
    ]
    if not rows:
        return None
    path, place = rng.choice(rows)
    node: Node = resolve(plan, path)
    one = node.evaluations[place]
    score = one.rating.score + rng.choice((-1, 1))
    new = evolve(one, rating=evolve(one.rating, score=score))
    faulty = replaced(plan, path, evaluations=with_at(node.evaluations, place, new))
    return Fault(faulty, ("MX606",), f"{path} {one.rating.text} = {score}")


def deadline_before_start(rng: random.Random, plan: Plan) -> Fault | None:
    """A measure ends before it starts, itself or in a line of its schedule."""
    rows: list[tuple[str, int | None]] = []
    for item, node in View(plan).measures:
        if node.start is not None:
            rows.append((item.path, None))
        rows += [(item.path, n) for n, one in enumerate(node.schedule) if one.start is not None]
    if not rows:
        return None
    path, place = rng.choice(rows)
    measure: Node = resolve(plan, path)
    part = measure if place is None else measure.schedule[place]
    end = FiscalYear.of(last_day(part.start)) - rng.randint(1, 4)
    if place is None:
        faulty = replaced(plan, path, end=end)
    else:
        faulty = replaced(
            plan, path, schedule=with_at(measure.schedule, place, evolve(part, end=end))
        )
    return Fault(faulty, ("MX202",), f"{path} {part.start} → {end}")


def title_empty(rng: random.Random, plan: Plan) -> Fault | None:
    """A goal or measure has lost its title, or an indicator title and statement."""
    rows = [item for item in walk(plan) if item.path]
    item = rng.choice(rows)
    gone = {"title": rng.choice(("", "　"))}
    if isinstance(item.node, Indicator):
        gone["statement"] = ""
    return Fault(replaced(plan, item.path, **gone), ("MX103",), item.path)


def count_wrong(rng: random.Random, plan: Plan) -> Fault | None:
    """The plan says how many nodes of a rung it has, and is off by some."""
    levels = [node.level for _, node in View(plan).works if len(node.level) > 1]
    if not levels:
        return None
    level = rng.choice(sorted(set(levels)))
    count = levels.count(level) + rng.choice((-2, -1, 1, 2, 10))
    if count < 1:
        return None
    form = rng.choice(
        (
            "{n}つの{l}を定める。",
            "全{n}件の{l}からなる。",
            "{l}は{n}件である。",
            "{l}を{n}項目掲げる。",
        )
    )
    text = form.format(n=count, l=level)
    new = (*plan.sections, Section(title="体系", text=text))
    return Fault(evolve(plan, sections=new), ("MX605",), text)


def _observations(plan: Plan) -> list[Series]:
    return [
        (item.path, node, one, name, place)
        for item, node in View(plan).indicators
        for name in ("targets", "actuals")
        for place, one in enumerate(getattr(node, name))
    ]


def _observed(plan: Plan, row: Series, rules: tuple[str, ...], **fields: Any) -> Fault:
    path, node, one, name, place = row
    new = evolve(one, **fields)
    told = f"{path} {name}[{place}] {fields}"
    return Fault(
        replaced(plan, path, **{name: with_at(getattr(node, name), place, new)}), rules, told
    )


def _text(
    rng: random.Random,
    plan: Plan,
    change: Callable[[str, int], str],
    rules: tuple[str, ...],
    *,
    long: bool = False,
) -> Fault | None:
    """Any text of any node or part of it is changed at any place."""
    rows = [text for item in walk(plan) for text in texts_of(item) if "." not in text.field]
    rows = [text for text in rows if "[" not in text.field and (not long or len(text.text) > 15)]
    # Golden files hold the sentences of some documents by their sums only.
    rows = [text for text in rows if "sha256" not in text.text]
    sections = [
        n
        for n, section in enumerate(plan.sections)
        if section.text and "sha256" not in section.text
    ]
    if sections and rng.random() < 0.2:
        place = rng.choice(sections)
        text = plan.sections[place].text
        new = evolve(plan.sections[place], text=change(text, rng.randrange(len(text))))
        faulty = evolve(plan, sections=with_at(plan.sections, place, new))
        return Fault(faulty, rules, f"sections[{place}]")
    if not rows:
        return None
    one = rng.choice(rows)
    text = change(one.text, rng.randrange(len(one.text)))
    faulty = replaced(plan, one.item.path, **{one.field: text})
    return Fault(faulty, rules, f"{one.item.path} {one.field}: {text[:60]}")


def _kinds() -> Iterator[Callable[[random.Random, Plan], Fault | None]]:
    yield from (total_off_by_one, unit_slip, years_swapped, code_duplicated, mark_without_effect)
    yield from (era_against_western, target_outside_period, actual_after_edition)
    yield from (share_above_whole, reference_dangling, year_missing, direction_against_targets)
    yield from (owner_missing, character_lost, bracket_unbalanced, title_cut)
    yield from (stars_against_score, deadline_before_start, title_empty, count_wrong)


KINDS: Final = {plant.__name__.replace("_", " "): plant for plant in _kinds()}
"""Every kind of fault by its name."""
