"""What each change means for the promise: one documented rule per kind of change.

``weakened``: less is promised, later, or by nobody. ``strengthened``: more, or sooner.
``unclear``: it may be either, and a person should look. ``neutral``: it is no question of more
or less. ``editorial``: only the writing changed.
"""

from collections.abc import Callable, Mapping
from typing import Final

from attrs import frozen

from munidx.diff.changes import Effect, Kind
from munidx.diff.quantities import amount, time_order
from munidx.diff.similarity import comparable
from munidx.model import (
    Comparator,
    Cost,
    CostBasis,
    Direction,
    Indicator,
    Node,
    Observation,
    Period,
    Plan,
    Quantity,
    Status,
    first_day,
)

__all__ = ["EFFECTS", "INVERSE", "Facts", "direction_of", "weigh"]

INVERSE: Final = {Effect.WEAKENED: Effect.STRENGTHENED, Effect.STRENGTHENED: Effect.WEAKENED}
"""What an effect is, read backwards; the others stay."""


@frozen(kw_only=True)
class Facts:
    """What a rule may look at: the nodes, the field, and its values as the model has them."""

    kind: Kind
    field: str = ""
    before: Node | None = None
    after: Node | None = None
    old: object = None
    new: object = None
    plan: Plan | None = None
    """The new edition."""


def weigh(facts: Facts) -> Effect:
    """The effect of a change, by the rule of its kind."""
    return EFFECTS[facts.kind](facts)


def added(facts: Facts) -> Effect:
    """A new goal, measure or indicator promises more, unless it comes already abolished."""
    if getattr(facts.after, "status", None) is Status.ABOLISHED:
        return Effect.NEUTRAL
    return Effect.STRENGTHENED


def removed(facts: Facts) -> Effect:
    """What is gone is promised no more; what was completed or abolished before is no loss."""
    if getattr(facts.before, "status", None) in (Status.ABOLISHED, Status.COMPLETED):
        return Effect.NEUTRAL
    return Effect.WEAKENED


def weakened(_: Facts) -> Effect:
    """Less is promised in any case: abolished, dropped, made vague."""
    return Effect.WEAKENED


def strengthened(_: Facts) -> Effect:
    """More is promised in any case."""
    return Effect.STRENGTHENED


def unclear(_: Facts) -> Effect:
    """It may be more or less: a person should look."""
    return Effect.UNCLEAR


def neutral(_: Facts) -> Effect:
    """No question of more or less."""
    return Effect.NEUTRAL


def editorial(_: Facts) -> Effect:
    """Only the writing changed."""
    return Effect.EDITORIAL


def worded(facts: Facts) -> Effect:
    """Words: editorial where only punctuation, width or spaces differ; else neutral.

    The words of a target that holds no number are the promise itself: unclear.
    """
    if _plain(facts.old) == _plain(facts.new):
        return Effect.EDITORIAL
    if isinstance(facts.old, Observation) and isinstance(facts.new, Observation):
        same = amount(facts.old, _indicator(facts.before)) is not None
        return Effect.EDITORIAL if same else Effect.UNCLEAR
    return Effect.NEUTRAL


def _plain(value: object) -> str:
    if isinstance(value, tuple):
        return "".join(_plain(one) for one in value)
    if isinstance(value, str):
        return comparable(value)
    return comparable(str(getattr(value, "text", value)))


def direction_of(node: Node | None, one: object) -> Direction | None:
    """Which way a target is meant: the indicator's direction, else that of 以上 or 以下."""
    direction = getattr(node, "direction", None)
    if isinstance(direction, Direction):
        return direction
    comparator = getattr(one, "comparator", None)
    if comparator in (Comparator.AT_LEAST, Comparator.ABOVE):
        return Direction.INCREASE
    if comparator in (Comparator.AT_MOST, Comparator.BELOW):
        return Direction.DECREASE
    return None


def target_height(facts: Facts) -> Effect:
    """A target raised: stricter where more is better, laxer where less is; else unclear.

    Of a reduction (30%削減) the larger one is the stricter. The direction is that of the new
    edition, or of the old one where the new has none.
    """
    direction = direction_of(facts.after, facts.new) or direction_of(facts.before, facts.old)
    if direction not in (Direction.INCREASE, Direction.DECREASE):
        return Effect.UNCLEAR
    up = facts.kind is Kind.TARGET_RAISED
    if direction is Direction.DECREASE and not _reduction(facts.old, facts.new):
        up = not up
    return Effect.STRENGTHENED if up else Effect.WEAKENED


def _reduction(*values: object) -> bool:
    """Whether the values are sizes of a change, told without a sign."""
    return all(
        isinstance(one, Observation)
        and one.quantity is Quantity.CHANGE
        and one.number is not None
        and one.number >= 0
        for one in values
    )


def target_dropped(facts: Facts) -> Effect:
    """A target given up; neutral where its time was over before the new edition's began."""
    if facts.new is None and isinstance(facts.old, Observation) and facts.plan is not None:
        edition = facts.plan.edition
        begun = edition.year if edition and edition.year is not None else None
        if begun is None and facts.plan.period is not None:
            begun = facts.plan.period.start  # type: ignore[assignment]
        order = time_order(facts.old)
        if begun is not None and order is not None and order < first_day(begun).toordinal():
            return Effect.NEUTRAL
    return Effect.WEAKENED


def target_unit(facts: Facts) -> Effect:
    """Another unit: editorial where it says the same (千円 for 円), else unclear."""
    if isinstance(facts.old, Observation) and isinstance(facts.new, Observation):
        mine = amount(facts.old, _indicator(facts.before))
        theirs = amount(facts.new, _indicator(facts.after))
        if mine is not None and mine == theirs:
            return Effect.EDITORIAL
    return Effect.UNCLEAR


def _indicator(node: Node | None) -> Indicator:
    return node if isinstance(node, Indicator) else Indicator()


def actual(facts: Facts) -> Effect:
    """An actual: added or corrected is neutral, withdrawn unclear."""
    return Effect.UNCLEAR if facts.new is None else Effect.NEUTRAL


def owner(facts: Facts) -> Effect:
    """Nobody answers any more: weakened; somebody does at last: strengthened; else neutral.

    Owners whose names differ in spaces, width or the person alone: editorial.
    """
    if not facts.new:
        return Effect.WEAKENED
    if not facts.old:
        return Effect.STRENGTHENED
    same = _offices(facts.old) == _offices(facts.new)
    return Effect.EDITORIAL if same else Effect.NEUTRAL


def _offices(owners: object) -> list[tuple[str, object]]:
    found = owners if isinstance(owners, tuple) else ()
    return [(comparable("".join((*one.path, one.name))), one.role) for one in found]


def cost(facts: Facts) -> Effect:
    """A budget cut weakens, a raised one strengthens; what was spent is neutral.

    A figure that is gone, or whose kind of money changed with it, is unclear; one that came
    is neutral.
    """
    if facts.old is None:
        return Effect.NEUTRAL
    if not isinstance(facts.old, Cost) or not isinstance(facts.new, Cost):
        return Effect.UNCLEAR
    mine, theirs = facts.old.amount, facts.new.amount
    if mine == theirs:
        return Effect.EDITORIAL if facts.old.text != facts.new.text else Effect.NEUTRAL
    if mine is None or theirs is None:
        return Effect.UNCLEAR
    if CostBasis.SETTLED in (facts.old.basis, facts.new.basis):
        return Effect.NEUTRAL
    return Effect.WEAKENED if theirs < mine else Effect.STRENGTHENED


def status(facts: Facts) -> Effect:
    """Abolished or suspended weakens, taken up again strengthens, all else is neutral."""
    stopped = (Status.ABOLISHED, Status.SUSPENDED)
    if facts.new in stopped:
        return Effect.WEAKENED
    return Effect.STRENGTHENED if facts.old in stopped else Effect.NEUTRAL


def schedule(facts: Facts) -> Effect:
    """A start or end put off weakens, one brought forward strengthens; else unclear.

    A table of a schedule that was rewritten is unclear; a time that is first told is neutral.
    """
    if facts.field not in ("start", "end"):
        return Effect.UNCLEAR if facts.old else Effect.NEUTRAL
    if facts.old is None:
        return Effect.NEUTRAL
    if facts.new is None:
        return Effect.UNCLEAR
    mine, theirs = first_day(facts.old), first_day(facts.new)  # type: ignore[arg-type]
    if mine == theirs:
        return Effect.NEUTRAL
    return Effect.WEAKENED if theirs > mine else Effect.STRENGTHENED


def period(facts: Facts) -> Effect:
    """The plan's period: a later end gives every promise more time, which is unclear."""
    if isinstance(facts.old, Period) and isinstance(facts.new, Period):
        mine, theirs = facts.old.end, facts.new.end
        if mine is not None and theirs is not None and first_day(theirs) > first_day(mine):
            return Effect.UNCLEAR
    return Effect.NEUTRAL


_STRICT: Final = {Comparator.ABOUT: 0, None: 1, Comparator.AT_LEAST: 2, Comparator.ABOVE: 3}
_STRICT_LOW: Final = {Comparator.ABOUT: 0, None: 1, Comparator.AT_MOST: 2, Comparator.BELOW: 3}


def other_field(facts: Facts) -> Effect:
    """The generic kind: unclear for parts of a target, by strictness for its comparator alone
    (以上 to 程度 weakens), neutral for everything else.
    """  # noqa: D205
    if not isinstance(facts.old, Observation) or not isinstance(facts.new, Observation):
        return Effect.NEUTRAL
    mine, theirs = facts.old.comparator, facts.new.comparator
    if mine == theirs:
        return Effect.UNCLEAR
    for order in (_STRICT, _STRICT_LOW):
        if mine in order and theirs in order:
            return Effect.STRENGTHENED if order[theirs] > order[mine] else Effect.WEAKENED
    return Effect.UNCLEAR


EFFECTS: Final[Mapping[Kind, Callable[[Facts], Effect]]] = {
    Kind.ADDED: added,
    Kind.REMOVED: removed,
    Kind.ABOLISHED: weakened,
    Kind.MOVED: neutral,
    Kind.RENUMBERED: editorial,
    Kind.RETITLED: worded,
    Kind.REWORDED: worded,
    Kind.SPLIT: neutral,
    Kind.MERGED: neutral,
    Kind.TARGET_RAISED: target_height,
    Kind.TARGET_LOWERED: target_height,
    Kind.TARGET_SET: strengthened,
    Kind.TARGET_DROPPED: target_dropped,
    Kind.TARGET_POSTPONED: weakened,
    Kind.TARGET_ADVANCED: strengthened,
    Kind.TARGET_VAGUE: weakened,
    Kind.TARGET_UNIT_CHANGED: target_unit,
    Kind.BASELINE_RESTATED: unclear,
    Kind.ACTUAL_ADDED: neutral,
    Kind.ACTUAL_CORRECTED: actual,
    Kind.UNIT_CHANGED: unclear,
    Kind.DIRECTION_CHANGED: unclear,
    Kind.INDICATOR_REPLACED: unclear,
    Kind.OWNER_CHANGED: owner,
    Kind.COST_CHANGED: cost,
    Kind.STATUS_CHANGED: status,
    Kind.SCHEDULE_CHANGED: schedule,
    Kind.EVALUATION_CHANGED: neutral,
    Kind.REFERENCE_CHANGED: neutral,
    Kind.LABEL_CHANGED: neutral,
    Kind.PERIOD_CHANGED: period,
    Kind.MARK_MISMATCH: unclear,
    Kind.FIELD_CHANGED: other_field,
}
"""The rule of each kind of change."""
