"""MX82x, MX83x: what it means that goals, measures and indicators come, go and move."""

from typing import Final

from munidx.diff.changes import Effect, Kind
from munidx.diff.weighing import Facts, effect
from munidx.model import Status

__all__: list[str] = []

_STOPPED: Final = (Status.ABOLISHED, Status.SUSPENDED)


@effect("MX821", "came-abolished", Effect.NEUTRAL, Kind.ADDED)
def came_abolished(facts: Facts) -> bool:
    """A goal, measure or indicator is new here and abolished already.

    Why:
        It was promised elsewhere, or never: nothing is gained.

    Before::

        measures = []

    After::

        [[measures]]
        title = "電子申請"
        status = "abolished"

    Source:
        The munidx design: weigh.
    """
    return getattr(facts.after, "status", None) is Status.ABOLISHED


@effect("MX822", "added", Effect.STRENGTHENED, Kind.ADDED)
def added(_: Facts) -> bool:
    """A goal, measure or indicator was added.

    Why:
        More is promised than before.

    Before::

        measures = []

    After::

        measures = [{ title = "電子申請" }]

    Source:
        The munidx design: weigh.
    """
    return True


@effect("MX823", "removed-finished", Effect.NEUTRAL, Kind.REMOVED)
def removed_finished(facts: Facts) -> bool:
    """What is gone was completed or abolished in the older edition already.

    Why:
        An edition need not repeat what is done.

    Before::

        measures = [{ title = "電子申請", status = "completed" }]

    After::

        measures = []

    Source:
        The munidx design: weigh.
    """
    return getattr(facts.before, "status", None) in (Status.ABOLISHED, Status.COMPLETED)


@effect("MX824", "removed", Effect.WEAKENED, Kind.REMOVED)
def removed(_: Facts) -> bool:
    """A goal, measure or indicator is gone without a word.

    Why:
        What is no longer printed is no longer promised, and nobody says why.

    Before::

        measures = [{ title = "電子申請" }]

    After::

        measures = []

    Source:
        The munidx design: what was quietly given up?
    """
    return True


@effect("MX825", "abolished", Effect.WEAKENED, Kind.ABOLISHED)
def abolished(_: Facts) -> bool:
    """The city itself abolished a goal, measure or indicator.

    Why:
        It says so, and the promise is gone all the same.

    Before::

        measures = [{ title = "電子申請" }]

    After::

        measures = [{ title = "電子申請", status = "abolished" }]

    Source:
        The munidx design: weigh.
    """
    return True


@effect("MX826", "stopped", Effect.WEAKENED, Kind.STATUS_CHANGED)
def stopped(facts: Facts) -> bool:
    """A goal, measure or indicator was suspended.

    Why:
        What is suspended is not done.

    Before::

        measures = [{ title = "電子申請", status = "active" }]

    After::

        measures = [{ title = "電子申請", status = "suspended" }]

    Source:
        The munidx design: weigh.
    """
    return facts.new in _STOPPED


@effect("MX827", "resumed", Effect.STRENGTHENED, Kind.STATUS_CHANGED)
def resumed(facts: Facts) -> bool:
    """What was suspended or abolished is taken up again.

    Why:
        It is promised again.

    Before::

        measures = [{ title = "電子申請", status = "suspended" }]

    After::

        measures = [{ title = "電子申請", status = "active" }]

    Source:
        The munidx design: weigh.
    """
    return facts.old in _STOPPED


@effect("MX828", "status-other", Effect.NEUTRAL, Kind.STATUS_CHANGED)
def status_other(_: Facts) -> bool:
    """Another status changed: planned became active, active completed.

    Why:
        What goes its way is neither more nor less.

    Before::

        measures = [{ title = "電子申請", status = "planned" }]

    After::

        measures = [{ title = "電子申請", status = "active" }]

    Source:
        The munidx design: weigh.
    """
    return True


@effect("MX829", "rearranged", Effect.NEUTRAL, Kind.MOVED, Kind.SPLIT, Kind.MERGED)
def rearranged(_: Facts) -> bool:
    """A goal, measure or indicator was moved, split or merged.

    Why:
        It stands elsewhere or in other company; what changed within it is told besides.

    Before::

        [[goals]]
        code = "1"
        title = "くらし"
        measures = [{ title = "公園の再整備" }]
        [[goals]]
        code = "2"
        title = "しごと"

    After::

        [[goals]]
        code = "1"
        title = "くらし"
        [[goals]]
        code = "2"
        title = "しごと"
        measures = [{ title = "公園の再整備" }]

    Source:
        The munidx design: compare.
    """
    return True


@effect("MX830", "renumbered", Effect.EDITORIAL, Kind.RENUMBERED)
def renumbered(_: Facts) -> bool:
    """Numbers changed.

    Why:
        A published number is an address, not a promise. Numbers that shift are told once a
        group.

    Before::

        measures = [{ code = "1", title = "電子申請" }]

    After::

        measures = [{ code = "2", title = "電子申請" }]

    Source:
        The munidx design: identity.
    """
    return True
