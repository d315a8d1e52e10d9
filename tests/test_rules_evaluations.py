"""MX609: what an evaluation says of its targets, against the figures."""

import pathlib
from decimal import Decimal

import pytest
from attrs import evolve

import munidx
from munidx.model import Direction, Evaluation, Goal, Indicator, Observation, Plan
from munidx.rules import validate

MISSED = Indicator(
    title="申請件数",
    direction=Direction.INCREASE,
    targets=(Observation(year=2021, value=Decimal(500)),),
    actuals=(Observation(year=2021, value=Decimal(341)),),
)
MET = evolve(MISSED, actuals=MISSED.targets)
CLAIM = "成果指標のいずれもが目標値を達成しました。"


def findings(told: Evaluation, *indicators: Indicator) -> tuple[munidx.Finding, ...]:
    goal = Goal(title="電子化", evaluations=(told,), indicators=indicators)
    return validate(Plan(goals=(Goal(goals=(goal,), indicators=(MISSED,)),)), select=["MX609"])


@pytest.mark.parametrize(
    "text",
    [
        CLAIM,
        "全ての指標が目標を達成した。",
        "すべての成果指標で目標を達成しており、順調。",
        "指標は\u3000全部ではないが多い。いずれの指標も目標値を\n達成している。",
        "全指標が目標に達成した",
    ],
)
def test_a_claim_that_the_figures_deny_is_reported(text: str) -> None:
    (finding,) = findings(Evaluation(year=2021, reason=text), MET, MISSED)
    assert (finding.code, finding.severity) == ("MX609", munidx.Severity.WARNING)
    assert finding.path == "goals[#1]/goals[#1]"
    assert finding.params == {"field": "reason", "indicator": "申請件数", "time": 2021}
    assert findings(Evaluation(results=text), MISSED)


@pytest.mark.parametrize(
    "text",
    [
        "全ての指標が目標を達成できなかった。",
        "全ての指標が目標を達成していません。",
        "全ての指標で目標を達成するには至らず、一部に遅れ。",
        "全ての指標が目標を達成する見込み。",
        "全ての指標が目標を達成するよう取り組む。",
        "一部の指標が目標を達成した。",
        "指標の多くが目標値を達成した。",
        "",
    ],
)
def test_other_words_are_no_claim(text: str) -> None:
    assert findings(Evaluation(year=2021, reason=text), MISSED) == ()


def test_what_is_met_unjudged_of_another_year_or_of_another_node_denies_nothing() -> None:
    claim = Evaluation(year=2021, reason=CLAIM)
    assert findings(claim, MET) == ()
    assert findings(claim, evolve(MISSED, direction=None)) == ()
    assert findings(evolve(claim, year=2020), MISSED) == ()
    assert findings(claim) == ()


DOCUMENTS = pathlib.Path(__file__).parents[2] / "shared" / "documents"


def test_no_published_document_raises_it() -> None:
    paths = sorted(DOCUMENTS.glob("00[0234]*.txt"))
    if not paths:
        pytest.skip("the documents are not here")
    plans = [plan for path in paths for plan in munidx.read(path).plans]
    assert [validate(plan, select=["MX609"]) for plan in plans] == [()] * len(plans)
