"""Progress: whether each newest actual meets its target, and how far along it is.

Nothing is guessed: an actual is held against the target of its own time, in its own unit, by
the comparator that is printed (以上, 以下) or else by the indicator's direction. Where that does
not settle it, the indicator is ``unjudged``, and an :class:`~munidx.judgement.Obstacle` says
why. The share is the part of the way from the baseline to the last target that the newest
actual has come.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Final

from attrs import evolve, field, frozen

from munidx.judgement import (
    Judged,
    Obstacle,
    Verdict,
    better,
    gap,
    has_figure,
    judge,
    measured,
    same_time,
    span_of,
)
from munidx.model import (
    Comparator,
    Direction,
    Goal,
    Indicator,
    Observation,
    Plan,
    Quantity,
    Status,
    walk,
)

__all__ = ["IndicatorProgress", "Obstacle", "Progress", "RollUp", "Verdict", "progress"]

_PAIRS: Final = 100
"""Pairs of figures for one time that are compared; no published indicator has so many."""
_ENDED: Final = (Status.ABOLISHED, Status.SUSPENDED)
_LOWER: Final = (Comparator.AT_LEAST, Comparator.ABOVE)
_UPPER: Final = (Comparator.AT_MOST, Comparator.BELOW)


@frozen(kw_only=True)
class IndicatorProgress:
    """How an indicator stands: the figures that were compared, and what came of it."""

    path: str
    indicator: Indicator
    actual: Observation | None = None
    """The newest actual with a figure."""
    target: Observation | None = None
    """The target of the actual's time, that the verdict speaks of."""
    last_target: Observation | None = None
    """The last target with a figure, that the share leads to."""
    verdict: Verdict = Verdict.UNJUDGED
    obstacle: Obstacle | None = None
    """Why it is unjudged; None where it is judged."""
    share: Fraction | None = None
    """From baseline (0) to the last target (1): below 0 is farther away, above 1 beyond."""
    share_obstacle: Obstacle | None = None
    """Why there is no share; None where there is one."""


@frozen(kw_only=True)
class RollUp:
    """What stands at and below a goal, or in the whole plan, counted."""

    path: str = ""
    code: str = ""
    title: str = ""
    level: str = ""
    met: int = 0
    missed: int = 0
    unjudged: int = 0
    obstacles: tuple[tuple[Obstacle, int], ...] = ()
    """Why those are unjudged, the most frequent reason first."""

    @property
    def judged(self) -> int:
        """Those with a verdict: what a share of the met ones must be a share of."""
        return self.met + self.missed


@frozen(kw_only=True)
class Progress:
    """How far the targets of a plan are."""

    indicators: tuple[IndicatorProgress, ...] = ()
    """Every indicator, in the plan's order."""
    goals: tuple[RollUp, ...] = ()
    """Every goal with all that stands below it, parents first."""
    whole: RollUp = field(factory=RollUp)
    """The plan as a whole."""


def progress(plan: Plan) -> Progress:
    """How far each target of ``plan`` is; whatever the plan holds, it raises nothing.

    Returns:
        Every indicator with its verdict and share, or the reasons why there is none; and
        every goal with the counts of all below it, those that cannot be judged apart.
    """
    items = tuple(walk(plan))
    ended: set[str] = set()
    judged: list[IndicatorProgress] = []
    for item in items:
        if item.parent in ended or getattr(item.node, "status", None) in _ENDED:
            ended.add(item.path)
        if isinstance(item.node, Indicator):
            judged.append(_progress(item.path, item.node, ended=item.path in ended))
    counts: dict[str, Counter[Verdict | Obstacle]] = {item.path: Counter() for item in items}
    for one in judged:
        counts[one.path][one.obstacle or one.verdict] += 1
    for item in reversed(items):
        if item.parent is not None:
            counts[item.parent] += counts[item.path]
    return Progress(
        indicators=tuple(judged),
        goals=tuple(
            _roll_up(item.path, item.node, counts[item.path])
            for item in items
            if isinstance(item.node, Goal)
        ),
        whole=_roll_up("", plan, counts[""]),
    )


def _roll_up(path: str, node: Goal | Plan, counts: Counter[Verdict | Obstacle]) -> RollUp:
    reasons = [(key, n) for key, n in counts.items() if isinstance(key, Obstacle)]
    return RollUp(
        path=path,
        code=getattr(node, "code", ""),
        title=node.title,
        level=getattr(node, "level", ""),
        met=counts[Verdict.MET],
        missed=counts[Verdict.MISSED],
        unjudged=sum(n for _, n in reasons),
        obstacles=tuple(sorted(reasons, key=lambda reason: (-reason[1], reason[0].value))),
    )


def _progress(path: str, node: Indicator, *, ended: bool) -> IndicatorProgress:
    actuals = _newest(node)
    actual = actuals[0] if isinstance(actuals, list) else None
    finals = _last_targets(node)
    bare = IndicatorProgress(
        path=path, indicator=node, actual=actual, last_target=finals[0] if finals else None
    )
    if ended:
        return evolve(bare, obstacle=Obstacle.ENDED, share_obstacle=Obstacle.ENDED)
    if isinstance(actuals, Obstacle):
        return evolve(bare, obstacle=actuals, share_obstacle=actuals)
    judged, actual, target = _verdict(node, actuals)
    share = _share(node, actuals, finals)
    return evolve(
        bare,
        actual=actual,
        target=target,
        verdict=judged if isinstance(judged, Verdict) else Verdict.UNJUDGED,
        obstacle=judged if isinstance(judged, Obstacle) else None,
        share=share if isinstance(share, Fraction) else None,
        share_obstacle=share if isinstance(share, Obstacle) else None,
    )


def _newest(node: Indicator) -> list[Observation] | Obstacle:
    """The actuals of the newest time; at least one."""
    figures = [one for one in node.actuals if has_figure(one)]
    if not figures:
        return Obstacle.NO_ACTUAL
    dated = [(span[1], one) for one in figures if (span := span_of(one))]
    if not dated:
        return Obstacle.ACTUAL_UNDATED
    newest = max(day for day, _ in dated)
    return [one for day, one in dated if day == newest]


def _last_targets(node: Indicator) -> list[Observation]:
    """The targets of the last time; those without one, where none has one."""
    figures = [one for one in node.targets if has_figure(one)]
    dated = [(span[1], one) for one in figures if (span := span_of(one))]
    if not dated:
        return figures
    last = max(day for day, _ in dated)
    return [one for day, one in dated if day == last]


def _verdict(
    node: Indicator, actuals: Sequence[Observation]
) -> tuple[Judged, Observation, Observation | None]:
    """The verdict, and the actual and target that it is about."""
    targets = [one for one in node.targets if has_figure(one)]
    due = [one for one in targets if same_time(one, actuals[0])]
    if not due:
        dated = any(span_of(one) for one in targets)
        missing = Obstacle.NO_TARGET_OF_TIME if dated else Obstacle.TARGET_UNDATED
        return missing if targets else Obstacle.NO_TARGET, actuals[0], None
    if len(due) * len(actuals) > _PAIRS:
        return Obstacle.SEVERAL_FIGURES, actuals[0], due[0]
    told = [(judge(actual, target, node), actual, target) for actual in actuals for target in due]
    pairs = [pair for pair in told if gap(pair[1], pair[2], node) is None] or told
    verdicts = {pair[0] for pair in pairs}
    if len(verdicts) == 1:
        return pairs[0]
    if len(actuals) == 1 and Verdict.MISSED in verdicts and _bounds(due):
        return next(pair for pair in pairs if pair[0] is Verdict.MISSED)
    return Obstacle.SEVERAL_FIGURES, *pairs[0][1:]


def _bounds(targets: Sequence[Observation]) -> bool:
    """Whether the targets are a lower and an upper bound, of which each is to be kept."""
    lower = [target for target in targets if target.comparator in _LOWER]
    upper = [target for target in targets if target.comparator in _UPPER]
    return len(lower) == len(upper) == 1 and len(targets) == 2  # noqa: PLR2004 - a pair


def _share(
    node: Indicator, actuals: Sequence[Observation], finals: Sequence[Observation]
) -> Fraction | Obstacle:
    """The part of the way from the baseline that the actual has come, or why it cannot be told."""
    if node.baseline is None or not has_figure(node.baseline):
        return Obstacle.NO_BASELINE
    if not finals:
        return Obstacle.NO_TARGET
    target = finals[0]
    alike = [one for one in actuals if gap(one, target, node) is None] or actuals
    if _differ(finals, node) or _differ(alike, node):
        return Obstacle.SEVERAL_FIGURES
    obstacle = next(_share_obstacles(node, node.baseline, alike[0], target), None)
    return obstacle or _part_of_the_way(node, node.baseline, alike[0], target)


def _part_of_the_way(
    node: Indicator, baseline: Observation, actual: Observation, target: Observation
) -> Fraction | Obstacle:
    """The share, of figures that allow one; to a range, the way leads to its nearer end."""
    start, now, end = (measured(one, node) for one in (baseline, actual, target))
    if start is None or now is None or end is None:
        return Obstacle.UNUSABLE
    distance = min(max(start.low, end.low), end.high) - start.low
    if not distance:
        return Obstacle.NO_DISTANCE
    if better(target, node) is (Direction.DECREASE if distance > 0 else Direction.INCREASE):
        return Obstacle.TARGET_BEHIND
    return (now.low - start.low) / distance


def _differ(several: Sequence[Observation], node: Indicator) -> bool:
    return any(measured(one, node) != measured(several[0], node) for one in several)


def _share_obstacles(
    node: Indicator, baseline: Observation, actual: Observation, target: Observation
) -> Iterator[Obstacle]:
    for one in (baseline, actual):
        unlike = gap(one, target, node)
        if unlike is not None:
            yield unlike
    if target.quantity is Quantity.CHANGE:
        yield Obstacle.CHANGE
    if not (_exact(baseline) and _exact(actual) and _ended(target)):
        yield Obstacle.IMPRECISE
    way = better(target, node)
    if isinstance(way, Obstacle):
        yield way
    elif way is Direction.MAINTAIN:
        yield Obstacle.NO_DISTANCE
    began, until = span_of(baseline), span_of(actual)
    if began and until and began[1] > until[1]:
        yield Obstacle.BASELINE_LATER


def _exact(one: Observation) -> bool:
    bare = one.low is None and one.high is None
    return bare and one.number is not None and one.comparator is None and not one.alternatives


def _ended(target: Observation) -> bool:
    """Whether there is one place at which the target is reached."""
    about = target.comparator is Comparator.ABOUT
    half = target.number is None and (target.low is None or target.high is None)
    return not (about or half or target.alternatives)
