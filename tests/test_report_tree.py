from decimal import Decimal
from fractions import Fraction

import pytest

from munidx.model import (
    Edition,
    Goal,
    Indicator,
    Measure,
    Municipality,
    Observation,
    Owner,
    Period,
    Plan,
    State,
    Status,
)
from munidx.report.tree import render_tree


def test_an_empty_plan_is_a_tree() -> None:
    assert render_tree(Plan()) == "(no title)\n\nnothing below the plan\n"


def test_the_facts_of_the_plan_stand_below_its_title() -> None:
    plan = Plan(
        id="x",
        title="計画",
        municipality=Municipality(code="272299", name="四條畷市", prefecture="大阪府"),
        edition=Edition(year=2024),
        period=Period(start=2023, end=2027),
    )
    lines = render_tree(plan).splitlines()
    assert lines[1:5] == ["  大阪府四條畷市 272299", "  x", "  FY2024", "  FY2023 – FY2027"]
    assert "  FY2023 –" in render_tree(Plan(period=Period(start=2023))).splitlines()
    assert render_tree(Plan(edition=Edition(), municipality=Municipality())).count("\n") == 4


def test_children_hang_from_their_parents() -> None:
    inner = Measure(title="内", indicators=(Indicator(statement="言葉", code="k"),))
    plan = Plan(
        title="計画",
        goals=(
            Goal(code="1", level="大綱", title="甲", measures=(inner, Measure(title="次"))),
            Goal(title="乙", status=Status.ABOLISHED, owners=(Owner(name="課", path=("部",)),)),
        ),
    )
    assert render_tree(plan).splitlines() == [
        "計画",
        "├─ 大綱 1 甲",
        "│  ├─ 内",
        "│  │  └─ k 言葉",
        "│  └─ 次",
        "└─ 乙  [abolished; 部 課]",
        "",
        "2 goals, 2 measures, 1 indicator",
    ]


@pytest.mark.parametrize(
    ("target", "text"),
    [
        (Observation(year=2025, text="80%以上"), "FY2025 80%以上"),
        (Observation(value=Decimal("4.2")), "4.2点"),
        (Observation(value=Decimal(3), unit="件"), "3件"),
        (Observation(date="2026-03", fraction=Fraction(1, 3)), "2026-03 1/3点"),
        (Observation(state=State.UNDETERMINED), "undetermined"),
    ],
)
def test_a_target_stands_behind_its_indicator(target: Observation, text: str) -> None:
    plan = Plan(indicators=(Indicator(title="満足度", unit="点", targets=(target,)),))
    assert f"└─ 満足度 → {text}" in render_tree(plan).splitlines()


def test_a_target_in_the_very_words_of_the_title_is_not_said_twice() -> None:
    indicator = Indicator(title="運用開始", targets=(Observation(text="運用開始"),))
    assert "└─ 運用開始" in render_tree(Plan(indicators=(indicator,))).splitlines()


def test_a_very_deep_plan_is_drawn() -> None:
    goal = Goal(title="底")
    for _ in range(2000):
        goal = Goal(title="上", goals=(goal,))
    text = render_tree(Plan(goals=(goal,)))
    assert "└─ 底" in text
    assert "2001 goals" in text


def test_nothing_hostile_reaches_the_terminal() -> None:
    bad = "\x1b[31m\n\u202e"
    node = Indicator(title=bad, code=bad, targets=(Observation(text=bad),))
    measure = Measure(title=bad, level=bad, owners=(Owner(name=bad),), indicators=(node,))
    plan = Plan(title=bad, id=bad, measures=(measure,), edition=Edition(label=bad))
    text = render_tree(plan)
    assert not set("\x1b\u202e") & set(text)
    assert len(text.splitlines()) == 7


def test_colour_marks_titles() -> None:
    text = render_tree(Plan(title="計画", goals=(Goal(title="甲"),)), colour=True)
    assert text.count("\x1b[1m") == 2
