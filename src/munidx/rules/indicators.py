"""MX301 to MX308, MX314, MX315: indicators and what is printed of their targets."""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from munidx.findings import Severity
from munidx.model import Item, Measure, Observation, PlanKind, Quantity, State
from munidx.rules.codes import name_of, plain_unit
from munidx.rules.registry import Fault, each_or_all, found, rule
from munidx.rules.view import Seen, View, alive

__all__: list[str] = []

_NO_UNIT: Final = re.compile("指数|偏差|係数|倍率|スコア|評点|点数|順位|出生率")
"""Nouns whose figures stand without a unit."""
_COUNT: Final = re.compile(r"数(?:[(（][^()（）]*[)）])?[0-9０-９①-⑳]{0,2}$")
"""件数, 参加者数, 実施回数: the name of a count says what is counted."""
_SHARE: Final = {"割": "%"}
_SHARES: Final = re.compile(
    "割合|満足度|(?:交付|受診|接種|回収|正答|認知|納付|収納|投票|出席|参加|加入|回答|予約|保有|利用|手続き?)率|認知度"
)
"""Nouns of shares, which cannot exceed the whole."""
_BEYOND: Final = re.compile(
    "[比倍増伸]|達成|充足|執行|稼働|成長|普及|自給|収支|回転|進捗|料金回収|入所|入園|在籍|定員|混雑|乗車|病床|超過"
)
"""Words of rates that can."""
_NONE: Final = Decimal(0)
_WHOLE: Final = Decimal(100)
_FAR: Final = 500
"""So high no such rate is."""
_WITHOUT_INDICATORS: Final = (PlanKind.PROJECT_LIST, PlanKind.BUREAU_GOALS)
_VALUELESS: Final = (State.UNDETERMINED, State.NOT_APPLICABLE, State.WITHHELD)


@rule("MX301", "measure-without-indicator", Severity.WARNING)
def measure_without_indicator(view: View) -> Iterator[Fault]:
    """A measure has no indicator, nor has anything above or below it.

    Why:
        Nobody will be able to say whether it worked. Where most measures have none, it is
        the form of the plan, and one finding says so for the whole. Ended measures are left
        out, and so are lists of projects and the goals of a bureau, whose forms ask for what is
        done and not for how it is measured.

    Fails::

        [[measures]]
        title = "電子申請"
        indicators = [{ title = "満足度" }]
        [[measures]]
        title = "窓口改革"
        indicators = [{ title = "満足度" }]
        [[measures]]
        title = "電子投票"

    Passes::

        [[measures]]
        title = "電子申請"
        indicators = [{ title = "満足度" }]
        [[measures]]
        title = "遠隔相談"
        status = "abolished"

    Fix:
        See whether the document prints one (目標, KGI, 成果指標) that was not read.

    Source:
        政策評価各府省連絡会議「政策評価の実施に関するガイドライン」(平成17年).
    """
    if view.plan.kind in _WITHOUT_INDICATORS:
        return
    rows = [(item, measure) for item, measure in view.measures if _leaf(measure, item, view)]
    bare = [item for item, measure in rows if not measure.indicators]
    faults = [found(item) for item in bare if item.path not in view.measured]
    yield from each_or_all(view, faults, len(rows))


def _leaf(measure: Measure, item: Item, view: View) -> bool:
    return not measure.measures and alive(measure) and item.path not in view.ended


@rule("MX302", "indicator-without-target", Severity.WARNING)
def indicator_without_target(view: View) -> Iterator[Fault]:
    """An indicator has no target, not even one in words or one still to be set.

    Why:
        It is measured, but nothing is promised. Where most indicators have none, one finding
        says so for the whole plan.

    Fails::

        indicators = [{ title = "利用者満足度", unit = "%" }]

    Passes::

        indicators = [{ title = "利用者満足度", targets = [{ state = "undetermined" }] }]

    Fix:
        See whether the document prints one that was not read.

    Source:
        The munidx design: `Indicator`.
    """
    rows = [(item, node) for item, node in view.indicators if item.path not in view.ended]
    faults = [found(item) for item, node in rows if not node.targets]
    yield from each_or_all(view, faults, len(rows))


@rule("MX303", "target-undetermined", Severity.WARNING)
def target_undetermined(view: View) -> Iterator[Fault]:
    """A target is still to be set.

    Why:
        The plan promises a target and has none yet: it needs somebody who asks for it.

    Fails::

        [[indicators]]
        title = "育成した人数"
        targets = [{ state = "undetermined", text = "-(策定後設定)" }]

    Passes::

        [[indicators]]
        title = "育成した人数"
        targets = [{ value = 30, unit = "人" }]

    Fix:
        Nothing in the plan. Ask the owner by when it will be set.

    Source:
        The munidx design: a value is never guessed.
    """
    for seen in view.irregular:
        undetermined = seen.observation.state is State.UNDETERMINED
        if undetermined and seen.series == "targets" and seen.item.path not in view.ended:
            text = seen.observation.text or seen.indicator.statement or name_of(seen.item)
            yield found(seen.item, seen.observation, text=text)


@rule("MX304", "target-without-time", Severity.INFO)
def target_without_time(view: View) -> Iterator[Fault]:
    """A numeric target does not say by when.

    Why:
        It may mean the end of the plan, each year, or nothing binding. Where most targets
        have no time, one finding says so for the whole plan. The goals of a bureau are set for
        the year of their sheet, and left out.

    Fails::

        [[indicators]]
        title = "利用者満足度"
        targets = [{ value = 80, unit = "%" }]

    Passes::

        [[indicators]]
        title = "利用者満足度"
        targets = [{ year = 2027, value = 80, unit = "%" }]

    Fix:
        Nothing, if none is printed: a year is never filled in from the plan's period.

    Source:
        The munidx design: time is no finer than printed.
    """
    if view.plan.kind is PlanKind.BUREAU_GOALS:
        return
    faults = [
        found(seen.item, seen.observation)
        for seen in view.promised
        if seen.time is None and seen.observation.period is None and _numeric(seen.observation)
    ]
    if faults:
        rows = sum(_numeric(seen.observation) for seen in view.promised)
        yield from each_or_all(view, faults, rows)


@rule("MX305", "unit-missing", Severity.WARNING)
def unit_missing(view: View) -> Iterator[Fault]:
    """A numeric target has no unit, and its indicator has none either.

    Why:
        4.2 of 5 or of 10, 400 visits or visitors: without the unit the figure cannot be
        checked. Fractions and figures of indexes and scores need none, and the name of a
        count (参加者数) says what is counted.

    Fails::

        [[indicators]]
        title = "窓口の満足度"
        targets = [{ value = 4.2 }]

    Passes::

        [[indicators]]
        title = "財政力指数"
        targets = [{ value = 0.7 }]

    Fix:
        See whether the unit stands in the indicator's name, its definition or the table's
        head; otherwise it is the publisher's omission.

    Source:
        The munidx design: `Observation`.
    """
    told: set[str] = set()
    for seen in view.promised:
        if seen.unit:
            continue
        number = _numeric(seen.observation) and seen.observation.fraction is None
        if number and seen.item.path not in told and _needs_unit(seen):
            told.add(seen.item.path)
            yield found(seen.item, seen.observation, value=_shown(seen.observation))


def _needs_unit(seen: Seen) -> bool:
    title = seen.indicator.title.strip()
    words = title + seen.indicator.statement
    return not _NO_UNIT.search(words) and not _COUNT.search(title)


@rule("MX306", "unit-mixed", Severity.WARNING)
def unit_mixed(view: View) -> Iterator[Fault]:
    """The baseline, targets and actuals of one indicator have different units.

    Why:
        They cannot be compared, and a figure may have been read from the wrong column.
        Changes (30%削減) and ratios are left out, and so are actuals without a time: a result in
        words may hold figures of several things. ％ and パーセント are one unit, and 8割 is 80%.

    Fails::

        [[indicators]]
        title = "利用者"
        targets = [{ year = 2025, value = 400, unit = "人" }]
        actuals = [{ year = 2024, value = 12, unit = "件" }]

    Passes::

        [[indicators]]
        title = "利用率"
        targets = [{ year = 2025, value = 40, unit = "％" }]
        actuals = [{ year = 2024, value = 12, unit = "%" }]

    Fix:
        Compare with the document.

    Source:
        The munidx design: `Observation`.
    """
    for item, told in view.compared:
        if len({seen.unit for seen in told}) == 1:
            continue
        held: dict[str, Seen] = {}
        for seen in told:
            unit = plain_unit(seen.unit)
            if unit and _numeric(seen.observation) and _in_a_series(seen):
                held.setdefault(_SHARE.get(unit, unit), seen)
        if len(held) > 1:
            yield found(item, list(held.values())[-1].observation, units=tuple(held))


def _in_a_series(seen: Seen) -> bool:
    """Whether the observation is one to compare: a level, and if an actual, of some time."""
    if seen.observation.quantity is not Quantity.LEVEL:
        return False
    told = (seen.observation.year, seen.observation.period, seen.observation.date)
    return seen.series != "actuals" or any(time is not None for time in told)


@rule("MX307", "target-in-words", Severity.INFO)
def target_in_words(view: View) -> Iterator[Fault]:
    """All targets of an indicator are in words: nobody can measure whether they are met.

    Why:
        "Improve the service" is met whenever one says so. Where most indicators are so, one
        finding says it for the whole plan.

    Fails::

        [[indicators]]
        statement = "先行例として構築する"
        targets = [{ state = "qualitative", text = "先行例として構築する" }]

    Passes::

        [[indicators]]
        statement = "業務改善数40件"
        targets = [{ value = 40, unit = "件" }]

    Fix:
        Nothing in the plan; for the next edition, ask for a figure or a date.

    Source:
        Review of published plans.
    """
    faults = [
        found(seen.item, first, text=first.text or seen.indicator.statement or name_of(seen.item))
        for seen in view.irregular
        if seen.series == "targets"
        and seen.observation is (first := seen.indicator.targets[0])
        and seen.item.path not in view.ended
        and all(target.state is State.QUALITATIVE for target in seen.indicator.targets)
    ]
    if faults:
        rows = (node for item, node in view.indicators if item.path not in view.ended)
        yield from each_or_all(view, faults, sum(bool(node.targets) for node in rows))


@rule("MX308", "share-impossible", Severity.WARNING)
def share_impossible(view: View) -> Iterator[Fault]:
    """A share of a whole is above 100 % or below 0 %.

    Why:
        Not more than everybody can be satisfied. It is told mildly where the words do not say
        whether it is a share of a whole. Rates that can exceed it (達成率, 充足率, 前年比, 回収率)
        may reach 500 %.

    Fails::

        [[indicators]]
        title = "利用者満足度"
        targets = [{ value = 800, unit = "%" }]

    Passes::

        [[indicators]]
        title = "計画の達成率"
        targets = [{ value = 120, unit = "%" }]

    Fix:
        Compare with the document: a decimal point may have been lost.

    Source:
        Arithmetic.
    """
    shares = {unit for unit in {seen.unit for seen in view.observations} if plain_unit(unit) == "%"}
    for seen in view.observations:
        told = seen.observation
        if seen.unit not in shares or told.quantity is not Quantity.LEVEL:
            continue
        if told.low is None and told.high is None and _within_whole(told.value):
            continue
        numbers = [n for n in (told.value, told.low, told.high) if n is not None and n.is_finite()]
        if all(0 <= n <= _WHOLE for n in numbers):
            continue
        words = f"{seen.indicator.title} {seen.indicator.statement} {told.text}"
        share = _SHARES.search(words)
        beyond = bool(_BEYOND.search(words))
        whole = _FAR if beyond else _WHOLE
        if not any(n > whole or (share and not beyond and n < 0) for n in numbers):
            continue
        severity = None if share and not beyond else Severity.INFO
        yield found(seen.item, told, severity=severity, value=_shown(told), series=seen.series)


def _within_whole(value: Decimal | None) -> bool:
    return value is None or (value.is_finite() and _NONE <= value <= _WHOLE)


@rule("MX314", "range-reversed", Severity.ERROR)
def range_reversed(view: View) -> Iterator[Fault]:
    """The lower end of a range lies above its upper end.

    Why:
        No value can lie within it.

    Fails::

        [[indicators]]
        title = "比率"
        targets = [{ low = 20, high = 17, unit = "%" }]

    Passes::

        [[indicators]]
        title = "比率"
        targets = [{ low = 17, high = 20, unit = "%" }]

    Fix:
        Exchange the two, if the document has them so.

    Source:
        Arithmetic.
    """
    for seen in view.irregular:
        low, high = seen.observation.low, seen.observation.high
        if low is not None and high is not None and low.is_finite() and low > high:
            yield found(seen.item, seen.observation, low=low, high=high)


@rule("MX315", "state-mismatch", Severity.WARNING)
def state_mismatch(view: View) -> Iterator[Fault]:
    """An observation says it holds a figure and holds none, or holds one and says it does not.

    Why:
        A blank is not zero, and a dash not a figure: who reads only the state or only the
        value is told something wrong.

    Fails::

        [[indicators]]
        title = "利用者満足度"
        targets = [{ year = 2025, value = 80, unit = "%", state = "undetermined" }]

    Passes::

        [[indicators]]
        title = "利用者満足度"
        targets = [{ year = 2025, text = "―", state = "not_applicable" }]

    Fix:
        Correct the state, or enter the value that is printed.

    Source:
        The munidx design: a value is never guessed.
    """
    for seen in view.irregular:
        told = seen.observation
        if told.value is not None and told.state is State.REPORTED:
            continue
        empty = not _filled(told) and not told.alternatives
        if (told.state is State.REPORTED and empty) or (told.state in _VALUELESS and _filled(told)):
            yield found(seen.item, told, state=told.state, series=seen.series)


def _filled(told: Observation) -> bool:
    return told.number is not None or told.low is not None or told.high is not None


def _numeric(told: Observation) -> bool:
    return told.state is State.REPORTED and _filled(told)


def _shown(told: Observation) -> object:
    if told.number is not None:
        return told.number
    return told.low if told.low is not None else told.high
