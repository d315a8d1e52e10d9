"""Editions of the form that nobody has published yet: each is read back exactly."""

import random
import re

from hypothesis import assume, given
from hypothesis import strategies as st
from itami_sheets import ARROWS, FIELDS, MARKS, Edition, Spec, appendix, edition, money, render

from munidx.adapters import Reading
from munidx.adapters.coverage import measure
from munidx.document import Publication, Source
from munidx.findings import Severity
from munidx.model import Goal, Indicator, Measure, OwnerRole, Plan, walk
from munidx.readers import read_source
from munidx.testing.profiles import examples
from munidx_itami.adapter import ItamiAdapter


def publication(text: str) -> Publication:
    return read_source(Source("edition.txt", text.encode()))


def read(text: str) -> tuple[Reading, Publication]:
    source = publication(text)
    return ItamiAdapter().read(source), source


# ---------------------------------------------------------------------------------------
# What is meant and what was read, in one shape.


def _tight(text: str) -> str:
    return "".join(text.split())


def _meant(it: Edition, spec: Spec, described: dict[str, str]) -> dict[str, object]:
    prose = {name: _tight("".join(lines)) for name, lines in spec.prose.items()}
    return {
        "code": spec.code,
        "title": spec.title,
        "labels": {"創生": "創生"} if spec.flag else {},
        "owners": [(spec.lead, "evaluating"), *((name, "supporting") for name in spec.others)],
        "prose": {name: prose.get(name, "") for name in FIELDS},
        "stars": ("☆" * spec.stars, spec.stars, None),
        "total": [(it.year, sum(project[2] for project in spec.projects) * 1000)],
        "indicators": [
            (
                MARKS[spot], name, unit, ARROWS[arrow], definition,
                (it.base, base), [(year, value) for year, value in zip(it.years, row, strict=True)],
                [(it.year, actual)],
            )
            for spot, (name, unit, arrow, definition, row, base, actual) in enumerate(
                spec.indicators
            )
        ],
        "projects": [
            (
                code, title, list(units), project * 1000, people * 1000,
                budget if spec.budgets else "", spec.budgets and main, described.get(code, ""),
            )
            for code, title, project, people, units, budget, main in spec.projects
        ],
    }  # fmt: skip


def _read_goal(goal: Goal) -> dict[str, object]:
    evaluation = goal.evaluations[0]
    prose = {name: getattr(evaluation, name) for name in FIELDS[1:]}
    rating = evaluation.rating
    return {
        "code": goal.code,
        "title": goal.title,
        "labels": dict(goal.labels),
        "owners": [(owner.name, str(owner.role)) for owner in goal.owners],
        "prose": {"aim": _tight(goal.target_state)} | {n: _tight(t) for n, t in prose.items()},
        "stars": (rating.text, rating.score, rating.scale) if rating else None,
        "total": [(cost.year, cost.amount) for cost in goal.costs if cost.total],
        "indicators": [_read_indicator(indicator) for indicator in goal.indicators],
        "projects": [_read_project(project) for project in goal.measures],
    }


def _read_indicator(it: Indicator) -> tuple[object, ...]:
    return (
        it.code, it.title, it.unit, str(it.direction), it.definition,
        it.baseline and (it.baseline.year, it.baseline.text),
        [(told.year, told.text) for told in it.targets],
        [(told.year, told.text) for told in it.actuals],
    )  # fmt: skip


def _read_project(it: Measure) -> tuple[object, ...]:
    costs = {cost.category: cost for cost in it.costs}
    return (
        it.code, it.title, [owner.name for owner in it.owners if owner.role is OwnerRole.LEAD],
        costs["project"].amount, costs["personnel"].amount, costs["project"].budget_code,
        "主要事業" in it.labels, it.description,
    )  # fmt: skip


def sheets(plan: Plan) -> list[Goal]:
    found = [item.node for item in walk(plan) if isinstance(item.node, Goal)]
    return [goal for goal in found if goal.level == "実施施策"]


@examples(200)
@given(st.integers(0, 2**32))
def test_an_edition_is_read_back_exactly(seed: int) -> None:
    rng = random.Random(seed)  # noqa: S311 - an edition, no secret
    it = edition(rng)
    text = render(it, rng)
    reading, source = read(text)
    (plan,) = reading.plans
    _, described = appendix(it)
    assert [_read_goal(goal) for goal in sheets(plan)] == [
        _meant(it, spec, described) for spec in it.sheets
    ]
    assert {goal.title for goal in plan.goals} == {it.outline}
    assert [goal.code for goal in plan.goals[0].goals] == sorted(
        {spec.step[0] for spec in it.sheets}, key=[spec.step[0] for spec in it.sheets].index
    )
    assert plan.edition is not None
    assert plan.edition.year == it.year
    coverage = measure(source, reading.plans, reading.leftovers)
    assert coverage.unread == 0, coverage.unread_places


@examples(200)
@given(st.integers(0, 2**32))
def test_page_breaks_tell_nothing_that_the_sheets_do_not(seed: int) -> None:
    rng = random.Random(seed)  # noqa: S311 - an edition, no secret
    it = edition(rng)
    text = render(it, rng)
    without = re.sub(r"\n (?=\S)", "\n\n", re.sub(r"\n\n\d+\n\n\n\n", "\n\n", text))
    reading, _ = read(without)
    (plan,) = reading.plans
    assert [goal.code for goal in sheets(plan)] == [spec.code for spec in it.sheets]
    assert [[p.code for p in goal.measures] for goal in sheets(plan)] == [
        [project[0] for project in spec.projects] for spec in it.sheets
    ]


@examples(100)
@given(st.integers(0, 2**32))
def test_a_heading_that_the_form_does_not_have_is_left_over(seed: int) -> None:
    rng = random.Random(seed)  # noqa: S311 - an edition, no secret
    it = edition(rng)
    text = render(it, rng)
    prose = "\n".join(it.sheets[0].prose["reason"])
    spot = text.index(prose, text.index("評価の\n理由")) + len(prose)
    told = "委員から三つの意見があった。"
    reading, source = read(f"{text[:spot]}\n\n外部委員の意見\n\n{told}\n{text[spot:]}")
    (plan,) = reading.plans
    assert [_read_goal(goal) for goal in sheets(plan)] == [
        _meant(it, spec, appendix(it)[1]) for spec in it.sheets
    ]
    coverage = measure(source, reading.plans, reading.leftovers)
    assert "".join(place.text for place in coverage.unread_places).startswith("外部委員の意見")


@examples(100)
@given(st.integers(0, 2**32))
def test_a_column_that_the_form_does_not_have_shifts_no_figure(seed: int) -> None:
    rng = random.Random(seed)  # noqa: S311 - an edition, no secret
    it = edition(rng)
    project = rng.choice([project for spec in it.sheets for project in spec.projects])
    costs = f"{money(project[2])} {money(project[3])}"
    row = f"{project[0]} {project[1]} {costs}"
    reading, source = read(render(it, rng).replace(row, f"{row} 77"))
    measures = {goal.code: goal.measures for goal in sheets(reading.plans[0])}
    read_one = next(m for own in measures.values() for m in own if m.code == project[0])
    assert read_one.title == project[1]
    assert read_one.costs == ()
    assert "MX955" in {finding.code for finding in reading.findings}
    coverage = measure(source, reading.plans, reading.leftovers)
    assert costs.replace(",", "").split()[-1] in "".join(
        place.text.replace(",", "") for place in coverage.unread_places
    )


def _facts(reading: Reading) -> dict[tuple[object, ...], str]:
    """Every figure and code of a reading, by what it is a figure of."""
    found: dict[tuple[object, ...], str] = {}
    for plan in reading.plans:
        for item in walk(plan):
            node = item.node
            if isinstance(node, Indicator):
                seen = [("target", told) for told in node.targets]
                seen += [("actual", told) for told in node.actuals]
                seen += [("base", node.baseline)] if node.baseline else []
                for role, told in seen:
                    found.setdefault((item.parent, node.title, role, told.year), told.text)
            elif isinstance(node, Measure):
                for cost in node.costs:
                    found.setdefault((node.code, cost.category), cost.text)
                    found.setdefault((node.code, "budget", cost.category), cost.budget_code)
    return found


def _mutated(text: str, rng: random.Random) -> str:
    lines = text.split("\n")
    first, last = sorted(rng.sample(range(len(lines)), 2))
    way = rng.choice(("head", "tail", "double", "shuffle", "drop", "cut", "swap", "twice"))
    if way == "head":
        lines = lines[:last]
    elif way == "tail":
        lines = lines[first:]
    elif way == "double":
        lines = lines[:last] + lines[first:]
    elif way == "shuffle":
        rng.shuffle(lines)
    elif way == "drop":
        del lines[first]
    elif way == "cut":
        lines = lines[:first] + lines[last:]
    elif way == "swap":
        lines[first], lines[last] = lines[last], lines[first]
    else:
        lines += lines
    return "\n".join(lines)


_TEXTS: dict[int, tuple[str, dict[tuple[object, ...], str]]] = {}


def _known(number: int) -> tuple[str, dict[tuple[object, ...], str]]:
    """One of a few editions and its facts, made once."""
    if number not in _TEXTS:
        rng = random.Random(number)  # noqa: S311 - an edition, no secret
        text = render(edition(rng), rng)
        _TEXTS[number] = (text, _facts(read(text)[0]))
    return _TEXTS[number]


@examples(2000)
@given(st.integers(0, 40), st.integers(0, 2**32))
def test_no_damage_ends_in_an_exception_or_a_silent_wrong_figure(number: int, seed: int) -> None:
    text, facts = _known(number)
    damaged = _mutated(text, random.Random(seed))  # noqa: S311 - an edition, no secret
    assume(damaged.strip())
    reading, source = read(damaged)
    wrong = {key: told for key, told in _facts(reading).items() if told != facts.get(key, told)}
    if any(wrong.values()):
        coverage = measure(source, reading.plans, reading.leftovers)
        grave = [finding for finding in reading.findings if finding.severity is not Severity.INFO]
        # A row that went astray can leave a text as orderly as a sound one: then what order
        # alone placed is named in a finding.
        by_order = {"MX942", "MX952", "MX953"} & {finding.code for finding in reading.findings}
        assert coverage.unread or grave or by_order, wrong


def test_a_page_of_nothing_is_no_plan() -> None:
    reading, _ = read("\u3000\u3000\n \n-\n")
    assert not any(goal.code for plan in reading.plans for goal in sheets(plan))
