"""MX84x, MX85x, MX86x: what it means that owners, times and money change."""

from munidx.diff.changes import Effect, Kind
from munidx.diff.similarity import comparable
from munidx.diff.weighing import Facts, effect
from munidx.model import Cost, CostBasis, Period, first_day

__all__: list[str] = []


def _offices(owners: object) -> list[tuple[str, object]]:
    found = owners if isinstance(owners, tuple) else ()
    return [(comparable("".join((*one.path, one.name))), one.role) for one in found]


def _put_off(facts: Facts) -> bool | None:
    """Whether a start or end comes later; None where it does not move, or is no such time."""
    if facts.field not in ("start", "end") or facts.old is None or facts.new is None:
        return None
    mine, theirs = first_day(facts.old), first_day(facts.new)  # type: ignore[arg-type]
    return None if mine == theirs else theirs > mine


def _more_money(facts: Facts) -> bool | None:
    """Whether a budget was raised; None for what was spent, and where an amount is unknown."""
    if not isinstance(facts.old, Cost) or not isinstance(facts.new, Cost):
        return None
    mine, theirs = facts.old.amount, facts.new.amount
    if mine is None or theirs is None or mine == theirs:
        return None
    if CostBasis.SETTLED in (facts.old.basis, facts.new.basis):
        return None
    return theirs > mine


@effect("MX841", "owner-lost", Effect.WEAKENED, Kind.OWNER_CHANGED)
def owner_lost(facts: Facts) -> bool:
    """Nobody answers for it any more.

    Why:
        A promise without an owner is kept by nobody.

    Before::

        measures = [{ title = "電子申請", owners = [{ name = "情報課" }] }]

    After::

        measures = [{ title = "電子申請" }]

    Source:
        The munidx design: weigh.
    """
    return not facts.new


@effect("MX842", "owner-named", Effect.STRENGTHENED, Kind.OWNER_CHANGED)
def owner_named(facts: Facts) -> bool:
    """Somebody answers for it at last.

    Why:
        Whoever is named can be asked.

    Before::

        measures = [{ title = "電子申請" }]

    After::

        measures = [{ title = "電子申請", owners = [{ name = "情報課" }] }]

    Source:
        The munidx design: weigh.
    """
    return not facts.old


@effect("MX843", "owner-respelled", Effect.EDITORIAL, Kind.OWNER_CHANGED)
def owner_respelled(facts: Facts) -> bool:
    """The owners are the same, spelt otherwise, or another person of the same office.

    Why:
        Width and spaces say nothing; persons come and go.

    Before::

        measures = [{ title = "電子申請", owners = [{ name = "ＩＣＴ推進課" }] }]

    After::

        measures = [{ title = "電子申請", owners = [{ name = "ICT推進課" }] }]

    Source:
        The munidx design: weigh.
    """
    return _offices(facts.old) == _offices(facts.new)


@effect("MX844", "owner-other", Effect.NEUTRAL, Kind.OWNER_CHANGED)
def owner_other(_: Facts) -> bool:
    """Another office answers for it.

    Why:
        Offices are renamed and work is handed over in every edition.

    Before::

        measures = [{ title = "電子申請", owners = [{ name = "情報課" }] }]

    After::

        measures = [{ title = "電子申請", owners = [{ name = "デジタル推進課" }] }]

    Source:
        The munidx design: weigh.
    """
    return True


@effect("MX851", "schedule-later", Effect.WEAKENED, Kind.SCHEDULE_CHANGED)
def schedule_later(facts: Facts) -> bool:
    """A start or end was put off.

    Why:
        What comes later is less.

    Before::

        measures = [{ title = "電子申請", end = 2025 }]

    After::

        measures = [{ title = "電子申請", end = 2027 }]

    Source:
        The munidx design: weigh.
    """
    return _put_off(facts) is True


@effect("MX852", "schedule-sooner", Effect.STRENGTHENED, Kind.SCHEDULE_CHANGED)
def schedule_sooner(facts: Facts) -> bool:
    """A start or end was brought forward.

    Why:
        What comes sooner is more.

    Before::

        measures = [{ title = "電子申請", end = 2027 }]

    After::

        measures = [{ title = "電子申請", end = 2025 }]

    Source:
        The munidx design: weigh.
    """
    return _put_off(facts) is False


@effect("MX853", "schedule-unclear", Effect.UNCLEAR, Kind.SCHEDULE_CHANGED)
def schedule_unclear(facts: Facts) -> bool:
    """A time is gone, or a schedule was rewritten.

    Why:
        It may be later or sooner: a person has to look.

    Before::

        measures = [{ title = "電子申請", end = 2025 }]

    After::

        measures = [{ title = "電子申請" }]

    Source:
        The munidx design: weigh.
    """
    if facts.field in ("start", "end"):
        return facts.old is not None and facts.new is None
    return bool(facts.old)


@effect("MX854", "schedule-told", Effect.NEUTRAL, Kind.SCHEDULE_CHANGED)
def schedule_told(_: Facts) -> bool:
    """A time is told for the first time, or told otherwise.

    Why:
        It was promised before, without a time or in another form.

    Before::

        measures = [{ title = "電子申請" }]

    After::

        measures = [{ title = "電子申請", end = 2025 }]

    Source:
        The munidx design: weigh.
    """
    return True


@effect("MX855", "period-longer", Effect.UNCLEAR, Kind.PERIOD_CHANGED)
def period_longer(facts: Facts) -> bool:
    """The plan ends later.

    Why:
        Every promise without a time of its own has more time now.

    Before::

        period = { start = 2021, end = 2025 }

    After::

        period = { start = 2021, end = 2027 }

    Source:
        The munidx design: weigh.
    """
    if not isinstance(facts.old, Period) or not isinstance(facts.new, Period):
        return False
    mine, theirs = facts.old.end, facts.new.end
    return mine is not None and theirs is not None and first_day(theirs) > first_day(mine)


@effect("MX856", "period-other", Effect.NEUTRAL, Kind.PERIOD_CHANGED)
def period_other(_: Facts) -> bool:
    """The plan's period changed otherwise.

    Why:
        An end that does not come later gives nobody more time.

    Before::

        period = { start = 2021, end = 2025 }

    After::

        period = { start = 2022, end = 2025 }

    Source:
        The munidx design: weigh.
    """
    return True


@effect("MX860", "cost-of-past-year", Effect.NEUTRAL, Kind.COST_CHANGED)
def cost_of_past_year(facts: Facts) -> bool:
    """The money of a year is no longer printed, where the new edition tells that of later years.

    Why:
        A yearly edition prints its own year: what went with the old column was not cut.

    Before::

        measures = [{ title = "電子申請", costs = [{ year = 2024, amount = 5000000 }] }]

    After::

        measures = [{ title = "電子申請", costs = [{ year = 2025, amount = 5200000 }] }]

    Source:
        The munidx design: weigh.
    """
    old = facts.old
    if facts.new is not None or not isinstance(old, Cost) or old.year is None:
        return False
    costs: tuple[Cost, ...] = getattr(facts.after, "costs", ())
    told = [cost.year for cost in costs if cost.year is not None]
    alike = [
        cost.year
        for cost in costs
        if (cost.category, cost.basis, cost.total) == (old.category, old.basis, old.total)
    ]
    return any(alike) and all(year > old.year for year in told)


@effect("MX861", "budget-cut", Effect.WEAKENED, Kind.COST_CHANGED)
def budget_cut(facts: Facts) -> bool:
    """A budget was cut.

    Why:
        Less money does less, most often. What was spent is no budget.

    Before::

        measures = [{ title = "電子申請", costs = [{ year = 2025, amount = 5000000 }] }]

    After::

        measures = [{ title = "電子申請", costs = [{ year = 2025, amount = 3000000 }] }]

    Source:
        The munidx design: weigh.
    """
    return _more_money(facts) is False


@effect("MX862", "budget-raised", Effect.STRENGTHENED, Kind.COST_CHANGED)
def budget_raised(facts: Facts) -> bool:
    """A budget was raised.

    Why:
        More money does more, most often.

    Before::

        measures = [{ title = "電子申請", costs = [{ year = 2025, amount = 3000000 }] }]

    After::

        measures = [{ title = "電子申請", costs = [{ year = 2025, amount = 5000000 }] }]

    Source:
        The munidx design: weigh.
    """
    return _more_money(facts) is True


@effect("MX863", "budget-unclear", Effect.UNCLEAR, Kind.COST_CHANGED)
def budget_unclear(facts: Facts) -> bool:
    """A budget's figure is gone, or is words now.

    Why:
        It may have been cut, or have gone into another row: a person has to look.

    Before::

        measures = [{ title = "電子申請", costs = [{ year = 2025, amount = 5000000 }] }]

    After::

        measures = [{ title = "電子申請" }]

    Source:
        The munidx design: weigh.
    """
    if facts.old is None:
        return False
    if not isinstance(facts.old, Cost) or not isinstance(facts.new, Cost):
        return True
    mine, theirs = facts.old.amount, facts.new.amount
    return mine != theirs and None in (mine, theirs)


@effect("MX864", "budget-reworded", Effect.EDITORIAL, Kind.COST_CHANGED)
def budget_reworded(facts: Facts) -> bool:
    """The amount stands, printed otherwise.

    Why:
        5,000千円 is 5百万円.

    Before::

        [[measures]]
        title = "電子申請"
        costs = [{ year = 2025, amount = 5000, text = "5千円" }]

    After::

        [[measures]]
        title = "電子申請"
        costs = [{ year = 2025, amount = 5000, text = "5,000円" }]

    Source:
        Arithmetic.
    """
    if not isinstance(facts.old, Cost) or not isinstance(facts.new, Cost):
        return False
    return facts.old.amount == facts.new.amount and facts.old.text != facts.new.text


@effect("MX865", "cost-told", Effect.NEUTRAL, Kind.COST_CHANGED)
def cost_told(_: Facts) -> bool:
    """A cost is told for the first time, or what was spent is told anew.

    Why:
        That a figure is printed now says nothing of what is done.

    Before::

        measures = [{ title = "電子申請" }]

    After::

        measures = [{ title = "電子申請", costs = [{ year = 2025, amount = 5000000 }] }]

    Source:
        The munidx design: weigh.
    """
    return True
