"""MX80x, MX81x: what changes of targets mean."""

from typing import Final

from munidx.diff.changes import Effect, Kind
from munidx.diff.quantities import amount, time_order
from munidx.diff.weighing import Facts, effect
from munidx.model import (
    Comparator,
    Direction,
    Indicator,
    Node,
    Observation,
    Quantity,
    first_day,
)

__all__ = ["direction_of", "indicator_of"]

_HEIGHTS: Final = (Kind.TARGET_RAISED, Kind.TARGET_LOWERED)


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


def indicator_of(node: Node | None) -> Indicator:
    """The indicator of a change, or one that says nothing."""
    return node if isinstance(node, Indicator) else Indicator()


def _stricter(facts: Facts) -> bool | None:
    """Whether a target asks for more; None where no direction tells.

    The direction is that of the new edition, or of the old one where the new has none.
    """
    direction = direction_of(facts.after, facts.new) or direction_of(facts.before, facts.old)
    if direction not in (Direction.INCREASE, Direction.DECREASE):
        return None
    up = facts.kind is Kind.TARGET_RAISED
    if direction is Direction.DECREASE and not _reduction(facts.old, facts.new):
        up = not up
    return up


def _reduction(*values: object) -> bool:
    """Whether the values are sizes of a change, told without a sign."""
    return all(
        isinstance(one, Observation)
        and one.quantity is Quantity.CHANGE
        and one.number is not None
        and one.number >= 0
        for one in values
    )


@effect("MX801", "target-eased", Effect.WEAKENED, *_HEIGHTS)
def target_eased(facts: Facts) -> bool:
    """A target asks for less: lower where more is better, higher where less is.

    Why:
        The promise is the figure. Of a reduction (30%削減) the smaller one asks for less.
        The direction is the indicator's (↑, ↓), else that of 以上 and 以下.

    Before::

        [[indicators]]
        title = "電子申請率"
        direction = "increase"
        targets = [{ year = 2025, value = 80, text = "80%" }]

    After::

        [[indicators]]
        title = "電子申請率"
        direction = "increase"
        targets = [{ year = 2025, value = 75, text = "75%" }]

    Source:
        The munidx design: weigh.
    """
    return _stricter(facts) is False


@effect("MX802", "target-tightened", Effect.STRENGTHENED, *_HEIGHTS)
def target_tightened(facts: Facts) -> bool:
    """A target asks for more: higher where more is better, lower where less is.

    Why:
        Fewer accidents are a stricter target than more, though the number fell.

    Before::

        [[indicators]]
        title = "交通事故件数"
        direction = "decrease"
        targets = [{ year = 2025, value = 300, text = "300件" }]

    After::

        [[indicators]]
        title = "交通事故件数"
        direction = "decrease"
        targets = [{ year = 2025, value = 250, text = "250件" }]

    Source:
        The munidx design: weigh.
    """
    return _stricter(facts) is True


@effect("MX803", "target-undirected", Effect.UNCLEAR, *_HEIGHTS)
def target_undirected(_: Facts) -> bool:
    """The number of a target changed, and nothing says which way is better.

    Why:
        Neither the form nor the words tell whether more is better, or the level is to be
        kept: a person has to look.

    Before::

        [[indicators]]
        title = "相談件数"
        targets = [{ year = 2025, value = 300, text = "300件" }]

    After::

        [[indicators]]
        title = "相談件数"
        targets = [{ year = 2025, value = 250, text = "250件" }]

    Source:
        The munidx design: without a direction the effect is unclear.
    """
    return True


@effect("MX804", "target-postponed", Effect.WEAKENED, Kind.TARGET_POSTPONED)
def target_postponed(_: Facts) -> bool:
    """The same target is to be reached later.

    Why:
        What comes later is less, whatever the figure. Of a table whose years roll on, the
        first going and a last one coming, nothing is postponed.

    Before::

        [[indicators]]
        title = "電子申請率"
        targets = [{ year = 2025, value = 80, text = "80%" }]

    After::

        [[indicators]]
        title = "電子申請率"
        targets = [{ year = 2027, value = 80, text = "80%" }]

    Source:
        The munidx design: weigh.
    """
    return True


@effect("MX805", "target-advanced", Effect.STRENGTHENED, Kind.TARGET_ADVANCED)
def target_advanced(_: Facts) -> bool:
    """The same target is to be reached sooner.

    Why:
        What comes sooner is more.

    Before::

        [[indicators]]
        title = "電子申請率"
        targets = [{ year = 2027, value = 80, text = "80%" }]

    After::

        [[indicators]]
        title = "電子申請率"
        targets = [{ year = 2025, value = 80, text = "80%" }]

    Source:
        The munidx design: weigh.
    """
    return True


@effect("MX806", "target-over", Effect.NEUTRAL, Kind.TARGET_DROPPED)
def target_over(facts: Facts) -> bool:
    """A target is gone whose time was over before the new edition's began.

    Why:
        An edition of 2026 need not repeat what was due in 2024.

    Before::

        [[indicators]]
        title = "電子申請率"
        targets = [{ year = 2024, value = 70 }, { year = 2027, value = 80 }]

    After::

        edition = { year = 2026 }
        [[indicators]]
        title = "電子申請率"
        targets = [{ year = 2027, value = 80 }]

    Source:
        The munidx design: weigh.
    """
    if facts.new is not None or not isinstance(facts.old, Observation) or facts.plan is None:
        return False
    edition, period = facts.plan.edition, facts.plan.period
    begun = edition.year if edition is not None else None
    if begun is None and period is not None:
        begun = period.start  # type: ignore[assignment]
    order = time_order(facts.old)
    return begun is not None and order is not None and order < first_day(begun).toordinal()


@effect("MX807", "target-dropped", Effect.WEAKENED, Kind.TARGET_DROPPED)
def target_dropped(_: Facts) -> bool:
    """A target was given up, or is to be set later.

    Why:
        Nothing is promised any more, or not yet again.

    Before::

        [[indicators]]
        title = "電子申請率"
        targets = [{ year = 2027, value = 80, text = "80%" }]

    After::

        [[indicators]]
        title = "電子申請率"
        targets = [{ year = 2027, state = "undetermined", text = "調整中" }]

    Source:
        The munidx design: a number that became undetermined is a dropped target.
    """
    return True


@effect("MX808", "target-vague", Effect.WEAKENED, Kind.TARGET_VAGUE)
def target_vague(_: Facts) -> bool:
    """A target lost its figure to words, or its year.

    Why:
        Whether words were kept, or when, nobody can say.

    Before::

        [[indicators]]
        title = "電子申請率"
        targets = [{ year = 2027, value = 80, text = "80%" }]

    After::

        [[indicators]]
        title = "電子申請率"
        targets = [{ year = 2027, state = "qualitative", text = "更に高める" }]

    Source:
        The munidx design: weigh.
    """
    return True


@effect("MX809", "target-set", Effect.STRENGTHENED, Kind.TARGET_SET)
def target_set(_: Facts) -> bool:
    """A target was set, got a figure, or a year.

    Why:
        More is promised than before.

    Before::

        [[indicators]]
        title = "電子申請率"
        targets = [{ year = 2027, state = "undetermined", text = "調整中" }]

    After::

        [[indicators]]
        title = "電子申請率"
        targets = [{ year = 2027, value = 80, text = "80%" }]

    Source:
        The munidx design: weigh.
    """
    return True


@effect("MX810", "target-converted", Effect.EDITORIAL, Kind.TARGET_UNIT_CHANGED)
def target_converted(facts: Facts) -> bool:
    """A target stands in another unit and says the same.

    Why:
        3千円 is 3,000円, 8割 is 80%.

    Before::

        [[indicators]]
        title = "平均単価"
        targets = [{ year = 2025, value = 3, unit = "千円" }]

    After::

        [[indicators]]
        title = "平均単価"
        targets = [{ year = 2025, value = 3000, unit = "円" }]

    Source:
        Arithmetic.
    """
    assert isinstance(facts.old, Observation)  # noqa: S101 - a unit changes on both sides
    assert isinstance(facts.new, Observation)  # noqa: S101
    mine = amount(facts.old, indicator_of(facts.before))
    return mine is not None and mine == amount(facts.new, indicator_of(facts.after))


@effect("MX811", "target-unit", Effect.UNCLEAR, Kind.TARGET_UNIT_CHANGED)
def target_unit(_: Facts) -> bool:
    """A target stands in another unit, and the two do not compare.

    Why:
        300 people and 300 households are not the same promise.

    Before::

        [[indicators]]
        title = "利用登録"
        targets = [{ year = 2025, value = 300, unit = "人" }]

    After::

        [[indicators]]
        title = "利用登録"
        targets = [{ year = 2025, value = 300, unit = "世帯" }]

    Source:
        The munidx design: weigh.
    """
    return True
