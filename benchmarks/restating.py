"""What else a city changes of a measure or an indicator that stays: each kind, here and there.

``revising.py`` makes what most revisions are made of. What is rarer is made here, from a
source of its own, so that it shifts no draw there: classes and marks, evaluations, references,
units, directions, values of the past, the period of the plan. Only what is otherwise left alone
takes part, so that each change is one of its own.
"""

# ruff: noqa: PLR2004 - a script of drawn shares
import random
from collections.abc import Callable
from typing import Final

import words
from attrs import define, evolve
from drafting import Draft, plain, stated, statement

from munidx.model import (
    Direction,
    Evaluation,
    FiscalYear,
    Indicator,
    Period,
    Rating,
    Reference,
    Relation,
    Status,
)

__all__ = ["PERIODS", "Restater"]

PERIODS: Final = tuple(
    Period(start=FiscalYear(start), end=FiscalYear(end))
    for start, end in ((2026, 2029), (2026, 2030))
)
"""Of the plan, before and after."""
_SHARE: Final = 0.015
"""Of the measures and indicators that are otherwise left alone, for each kind of change."""
_RATINGS: Final = ("A", "B", "C", "D")
_OTHERS: Final = {"人": "世帯", "件": "回", "回": "件", "団体": "人", "トン": "kg", "か所": "件"}
"""Another unit for each that is left for another."""


@define
class Restater:
    """Draws what is rarer."""

    rng: random.Random

    def furnish(self, one: Draft) -> None:
        """What forms print of each measure beside its text: classes, a rating, another plan."""
        rng = self.rng
        one.labels = {"事業区分": rng.choice("LMS"), "種別": rng.choice(("継続", "拡充", "新規"))}
        if rng.random() < 0.4:
            text = rng.choice(_RATINGS)
            one.evaluations = (Evaluation(year=FiscalYear(2025), rating=Rating(text=text)),)
        if rng.random() < 0.1:
            title = f"市{rng.choice(words.SUBJECTS)}計画"
            one.references = (Reference(relation=Relation.IMPLEMENTS, title=title),)

    def restate(self, olds: list[Draft], news: list[Draft], apart: set[int]) -> None:
        """Change some of the ``news`` that are among the ``olds`` too and not ``apart``."""
        known = {one.key for one in olds}
        for new in news:
            if new.key not in known:
                self.furnish(new)
            if new.key not in known or new.key in apart:
                continue
            if not new.kinds and not new.copies and self.rng.random() < _SHARE * len(_MEASURES):
                kind, change = self.rng.choice(_MEASURES)
                if change(self.rng, new):
                    new.kinds.add(kind)
            if new.abolished:
                continue
            for figure in new.figures:
                if not figure.kinds and self.rng.random() < _SHARE * len(_FIGURES):
                    kind, alter = self.rng.choice(_FIGURES)
                    made = alter(self.rng, figure.indicator)
                    if made is not None:
                        figure.indicator = made
                        figure.kinds.add(kind)


def _relabel(rng: random.Random, new: Draft) -> bool:
    name = rng.choice(list(new.labels))
    before = new.labels[name]
    values = ["L", "M", "S"] if name == "事業区分" else ["継続", "拡充", "新規"]
    new.labels = new.labels | {name: rng.choice([one for one in values if one != before])}
    return True


def _stop(rng: random.Random, new: Draft) -> bool:
    new.status = rng.choice((Status.SUSPENDED, Status.COMPLETED))
    return True


def _call_new(_: random.Random, new: Draft) -> bool:
    """The mark of what is new, on what is not."""
    new.status = Status.ADDED
    return True


def _evaluate(rng: random.Random, new: Draft) -> bool:
    if not new.evaluations:
        text = rng.choice(_RATINGS)
        new.evaluations = (Evaluation(year=FiscalYear(2025), rating=Rating(text=text)),)
        return True
    (one,) = new.evaluations
    before = one.rating.text if one.rating else ""
    other = rng.choice([text for text in _RATINGS if text != before])
    new.evaluations = (evolve(one, rating=Rating(text=other)),)
    return True


def _refer(rng: random.Random, new: Draft) -> bool:
    title = f"市{rng.choice(words.SUBJECTS)}基本方針"
    added = Reference(relation=Relation.RELATED, title=title)
    new.references = () if new.references else (added,)
    return True


def _lift(_: random.Random, new: Draft) -> bool:
    new.level = "重点事業"
    return True


_MEASURES: Final[tuple[tuple[str, Callable[[random.Random, Draft], bool]], ...]] = (
    ("label-changed", _relabel),
    ("status-changed", _stop),
    ("mark-mismatch", _call_new),
    ("evaluation-changed", _evaluate),
    ("reference-changed", _refer),
    ("field-changed", _lift),
)


def _count_otherwise(_: random.Random, one: Indicator) -> Indicator | None:
    """The same figures in another unit, in a table of years."""
    unit = _OTHERS.get(one.unit)
    return None if unit is None or one.statement else evolve(one, unit=unit)


def _target_otherwise(_: random.Random, one: Indicator) -> Indicator | None:
    """The target in another unit, in a statement."""
    unit = _OTHERS.get(one.unit)
    if unit is None or not one.statement or one.targets[0].value is None:
        return None
    other = evolve(one, unit=unit)
    target = stated(int(one.targets[0].year or 0), int(one.targets[0].value), other)
    return evolve(other, statement=statement(other, target), targets=(target,))


def _restate_baseline(rng: random.Random, one: Indicator) -> Indicator | None:
    if one.baseline is None:
        return None
    value = int(one.baseline.value or 0) + rng.randint(1, 4)
    return evolve(one, baseline=plain(2024, value))


def _correct(rng: random.Random, one: Indicator) -> Indicator | None:
    if not one.actuals:
        return None
    value = int(one.actuals[0].value or 0) + rng.randint(1, 4)
    return evolve(one, actuals=(plain(2025, value), *one.actuals[1:]))


def _turn(_: random.Random, one: Indicator) -> Indicator | None:
    if one.statement:
        return None
    kept = one.direction is Direction.MAINTAIN
    return evolve(one, direction=Direction.INCREASE if kept else Direction.MAINTAIN)


_FIGURES: Final[tuple[tuple[str, Callable[[random.Random, Indicator], Indicator | None]], ...]] = (
    ("unit-changed", _count_otherwise),
    ("target-unit-changed", _target_otherwise),
    ("baseline-restated", _restate_baseline),
    ("actual-corrected", _correct),
    ("direction-changed", _turn),
)
