"""MX87x, MX88x: what changes of indicators, of words and of all else mean."""

from munidx.diff.changes import Effect, Kind
from munidx.diff.effects_targets import indicator_of
from munidx.diff.quantities import amount, has_number
from munidx.diff.similarity import comparable
from munidx.diff.weighing import Facts, effect
from munidx.model import Observation

__all__: list[str] = []


def _plain(value: object) -> str:
    if isinstance(value, tuple):
        return "".join(_plain(one) for one in value)
    if isinstance(value, str):
        return comparable(value)
    names = (getattr(value, name, "") for name in ("title", "term", "text"))
    return comparable("".join(filter(None, names)))


@effect("MX870", "actual-of-past-year", Effect.NEUTRAL, Kind.ACTUAL_CORRECTED)
def actual_of_past_year(facts: Facts) -> bool:
    """A result is no longer printed, where the new edition tells those of later years.

    Why:
        A yearly edition prints the results of its own year; the old ones stand in the old edition.

    Before::

        [[indicators]]
        title = "電子申請率"
        actuals = [{ year = 2023, value = 40 }]

    After::

        [[indicators]]
        title = "電子申請率"
        actuals = [{ year = 2024, value = 45 }]

    Source:
        The munidx design: weigh.
    """
    if facts.new is not None or not isinstance(facts.old, Observation) or facts.old.year is None:
        return False
    told = [actual.year for actual in indicator_of(facts.after).actuals]
    past = facts.old.year
    return bool(told) and all(year is not None and year > past for year in told)


@effect("MX871", "indicator-blurred", Effect.WEAKENED, Kind.INDICATOR_REPLACED)
def indicator_blurred(facts: Facts) -> bool:
    """An indicator with a figure gave way to one without.

    Why:
        What could be counted cannot be any more.

    Before::

        [[measures]]
        title = "窓口の改善"
        [[measures.indicators]]
        title = "平均待ち時間"
        targets = [{ year = 2025, value = 5, unit = "分" }]

    After::

        [[measures]]
        title = "窓口の改善"
        [[measures.indicators]]
        title = "利用者の声"
        targets = [{ state = "qualitative", text = "高い評価を得る" }]

    Source:
        The munidx design: weigh.
    """
    before, after = indicator_of(facts.before), indicator_of(facts.after)
    return any(map(has_number, before.targets)) and not any(map(has_number, after.targets))


@effect("MX872", "indicator-replaced", Effect.UNCLEAR, Kind.INDICATOR_REPLACED)
def indicator_replaced(_: Facts) -> bool:
    """An indicator gave way to another.

    Why:
        What is counted now may be easier or harder: a person has to look.

    Before::

        [[measures]]
        title = "窓口の改善"
        [[measures.indicators]]
        title = "平均待ち時間"
        targets = [{ year = 2025, value = 5, unit = "分" }]

    After::

        [[measures]]
        title = "窓口の改善"
        [[measures.indicators]]
        title = "苦情の件数"
        targets = [{ year = 2025, value = 20, unit = "件" }]

    Source:
        The munidx design: weigh.
    """
    return True


@effect("MX873", "baseline-restated", Effect.UNCLEAR, Kind.BASELINE_RESTATED)
def baseline_restated(_: Facts) -> bool:
    """The figure from which an indicator starts was changed.

    Why:
        A target is as far as it is from where one starts.

    Before::

        [[indicators]]
        title = "電子申請率"
        baseline = { year = 2023, value = 40 }

    After::

        [[indicators]]
        title = "電子申請率"
        baseline = { year = 2023, value = 55 }

    Source:
        The munidx design: weigh.
    """
    return True


@effect("MX874", "actual-withdrawn", Effect.UNCLEAR, Kind.ACTUAL_CORRECTED)
def actual_withdrawn(facts: Facts) -> bool:
    """A result that was published is gone.

    Why:
        It may have been wrong, or unwelcome: a person has to look.

    Before::

        [[indicators]]
        title = "電子申請率"
        actuals = [{ year = 2023, value = 40 }]

    After::

        [[indicators]]
        title = "電子申請率"

    Source:
        The munidx design: weigh.
    """
    return facts.new is None


@effect("MX875", "actual-told", Effect.NEUTRAL, Kind.ACTUAL_ADDED, Kind.ACTUAL_CORRECTED)
def actual_told(_: Facts) -> bool:
    """A result was added or corrected.

    Why:
        What was reached is no promise; munidx progress tells how far it is.

    Before::

        [[indicators]]
        title = "電子申請率"

    After::

        [[indicators]]
        title = "電子申請率"
        actuals = [{ year = 2023, value = 40 }]

    Source:
        The munidx design: weigh.
    """
    return True


@effect("MX876", "counted-otherwise", Effect.UNCLEAR, Kind.UNIT_CHANGED, Kind.DIRECTION_CHANGED)
def counted_otherwise(_: Facts) -> bool:
    """An indicator has another unit, or is to go another way.

    Why:
        The same figure means something else.

    Before::

        [[indicators]]
        title = "相談件数"
        direction = "increase"

    After::

        [[indicators]]
        title = "相談件数"
        direction = "decrease"

    Source:
        The munidx design: weigh.
    """
    return True


@effect("MX881", "respelled", Effect.EDITORIAL, Kind.RETITLED, Kind.REWORDED)
def respelled(facts: Facts) -> bool:
    """Words differ in punctuation, width or spaces alone, or stand around a figure that stays.

    Why:
        The promise is the same.

    Before::

        measures = [{ title = "電子申請システムの導入" }]

    After::

        measures = [{ title = "電子申請 システムの導入" }]

    Source:
        The munidx design: weigh.
    """
    if _plain(facts.old) == _plain(facts.new):
        return True
    if not isinstance(facts.old, Observation) or not isinstance(facts.new, Observation):
        return False
    return amount(facts.old, indicator_of(facts.before)) is not None


@effect("MX882", "reworded", Effect.NEUTRAL, Kind.RETITLED, Kind.REWORDED)
def words_differ(_: Facts) -> bool:
    """A title or a text has other words.

    Why:
        Words change in every edition. Whether a sentence promises less munidx does not
        judge.

    Before::

        measures = [{ title = "電子申請システムの導入" }]

    After::

        measures = [{ title = "電子申請システムの活用" }]

    Source:
        The munidx design: weigh.
    """
    return True


@effect("MX883", "mark-mismatch", Effect.UNCLEAR, Kind.MARK_MISMATCH)
def mark_mismatch(_: Facts) -> bool:
    """The city's own mark does not fit what is found: 【追加】 on what stood there before.

    Why:
        Either the mark is wrong or the two are not the same. What is new and lacks the mark that
        others have, or comes abolished, is told too.

    Before::

        measures = [{ title = "電子申請システムの導入" }]

    After::

        measures = [{ title = "電子申請システムの導入", status = "added" }]

    Source:
        The munidx design: the city's 【追加】【廃止】 against what is found.
    """
    return True


@effect(
    "MX884",
    "other",
    Effect.NEUTRAL,
    Kind.EVALUATION_CHANGED,
    Kind.REFERENCE_CHANGED,
    Kind.LABEL_CHANGED,
    Kind.FIELD_CHANGED,
)
def otherwise(_: Facts) -> bool:
    """An evaluation, a reference, a label or another field changed.

    Why:
        It is no question of more or less.

    Before::

        measures = [{ title = "電子申請", labels = { "事業区分" = "L" } }]

    After::

        measures = [{ title = "電子申請", labels = { "事業区分" = "M" } }]

    Source:
        The munidx design: weigh.
    """
    return True
