from munidx.model import (
    Evaluation,
    Goal,
    Indicator,
    Measure,
    Milestone,
    Plan,
    Reference,
    Section,
    Term,
)
from munidx.testing.golden import redact


def test_prose_becomes_its_length_and_hash_and_facts_stay() -> None:
    plan = Plan(
        title="計画",
        vision="短い 文",
        glossary=(Term(term="L", text="意味"),),
        milestones=(Milestone(date=2020, text="出来事"),),
        sections=(Section(title="背景", text="本文"), Section(title="空")),
        references=(Reference(plan="総合計画"),),
        goals=(
            Goal(
                code="1",
                title="目標",
                description="説明",
                evaluations=(Evaluation(plan="予定", results="成果"),),
                measures=(
                    Measure(
                        title="事業",
                        actions=("一つ", "二つ"),
                        indicators=(Indicator(statement="満足度 80%", definition="定義"),),
                    ),
                ),
            ),
        ),
    )
    told = redact(plan)
    assert told.vision.startswith("<3 characters, sha256:")
    assert told.vision == redact(Plan(vision="短い文")).vision
    assert told.vision != redact(Plan(vision="短い丈")).vision
    assert (told.title, told.references) == (plan.title, plan.references)
    assert [section.title for section in told.sections] == ["背景", "空"]
    assert told.sections[1].text == ""
    goal = told.goals[0]
    assert (goal.code, goal.title) == ("1", "目標")
    measure = goal.measures[0]
    assert measure.indicators[0].statement == "満足度 80%"
    texts = [
        told.glossary[0].text,
        told.milestones[0].text,
        told.sections[0].text,
        goal.description,
        goal.evaluations[0].plan,
        goal.evaluations[0].results,
        *measure.actions,
        measure.indicators[0].definition,
    ]
    assert all(text.startswith("<2 characters, sha256:") for text in texts[:1])
    assert all(" characters, sha256:" in text for text in texts)
    assert redact(told).title == plan.title


def test_a_plan_without_prose_is_itself() -> None:
    plan = Plan(title="計画", goals=(Goal(title="目標"),))
    assert redact(plan) == plan


def test_a_target_as_long_as_a_sentence_is_prose() -> None:
    long = "とてもながい" * 6 + " 80%"
    told = redact(Plan(indicators=(Indicator(statement=long, title="短い名"),)))
    assert told.indicators[0].statement.startswith("<39 characters, sha256:")
    assert told.indicators[0].title == "短い名"
