"""MX812 to MX815: what it means that something about a figure changes, or words that are one."""

from typing import Final

from munidx.diff.changes import Effect, Kind
from munidx.diff.effects_targets import indicator_of
from munidx.diff.quantities import amount
from munidx.diff.similarity import comparable
from munidx.diff.weighing import Facts, effect
from munidx.model import Comparator, Observation

__all__: list[str] = []

_STRICT: Final = {Comparator.ABOUT: 0, None: 1, Comparator.AT_LEAST: 2, Comparator.ABOVE: 3}
_STRICT_LOW: Final = {Comparator.ABOUT: 0, None: 1, Comparator.AT_MOST: 2, Comparator.BELOW: 3}


def _tightened(facts: Facts) -> bool | None:
    """Whether the comparator got stricter; None where it stayed, or the two do not compare."""
    if not isinstance(facts.old, Observation) or not isinstance(facts.new, Observation):
        return None
    mine, theirs = facts.old.comparator, facts.new.comparator
    for order in (_STRICT, _STRICT_LOW):
        if mine != theirs and mine in order and theirs in order:
            return order[theirs] > order[mine]
    return None


@effect("MX812", "comparator-loosened", Effect.WEAKENED, Kind.FIELD_CHANGED)
def comparator_loosened(facts: Facts) -> bool:
    """The figure stands and its comparator asks for less: 以上 became 程度.

    Why:
        About 80 % leaves room below it.

    Before::

        [[indicators]]
        title = "電子申請率"
        targets = [{ year = 2025, value = 80, comparator = "at_least" }]

    After::

        [[indicators]]
        title = "電子申請率"
        targets = [{ year = 2025, value = 80, comparator = "about" }]

    Source:
        The munidx design: values compare with their comparator.
    """
    return _tightened(facts) is False


@effect("MX813", "comparator-tightened", Effect.STRENGTHENED, Kind.FIELD_CHANGED)
def comparator_tightened(facts: Facts) -> bool:
    """The figure stands and its comparator asks for more: 程度 became 以上.

    Why:
        At least 80 % leaves no room below it.

    Before::

        [[indicators]]
        title = "電子申請率"
        targets = [{ year = 2025, value = 80, comparator = "about" }]

    After::

        [[indicators]]
        title = "電子申請率"
        targets = [{ year = 2025, value = 80, comparator = "at_least" }]

    Source:
        The munidx design: values compare with their comparator.
    """
    return _tightened(facts) is True


@effect("MX814", "target-part", Effect.UNCLEAR, Kind.FIELD_CHANGED)
def target_part(facts: Facts) -> bool:
    """Something else about a figure changed: whether it counts a year or all years, say.

    Why:
        300 in total over five years are less than 300 in each of them.

    Before::

        [[indicators]]
        title = "講座の受講者"
        targets = [{ year = 2025, value = 300, accumulation = "annual" }]

    After::

        [[indicators]]
        title = "講座の受講者"
        targets = [{ year = 2025, value = 300, accumulation = "cumulative" }]

    Source:
        The munidx design: weigh.
    """
    return isinstance(facts.old, Observation) and isinstance(facts.new, Observation)


@effect("MX815", "target-words", Effect.UNCLEAR, Kind.REWORDED)
def target_words(facts: Facts) -> bool:
    """The words of a target without a figure changed.

    Why:
        Here the words are the promise: a person has to look.

    Before::

        [[indicators]]
        title = "窓口"
        targets = [{ year = 2025, state = "qualitative", text = "予約制を全課に広げる" }]

    After::

        [[indicators]]
        title = "窓口"
        targets = [{ year = 2025, state = "qualitative", text = "予約制を検討する" }]

    Source:
        The munidx design: weigh.
    """
    if not isinstance(facts.old, Observation) or not isinstance(facts.new, Observation):
        return False
    same = comparable(facts.old.text) == comparable(facts.new.text)
    return not same and amount(facts.old, indicator_of(facts.before)) is None
