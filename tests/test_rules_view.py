"""What rules see of a plan, and that no plan makes them fail."""

from decimal import Decimal

import pytest
from hypothesis import given

from munidx.model import (
    Document,
    Evaluation,
    Indicator,
    Labels,
    Measure,
    Observation,
    Owner,
    Plan,
    Rating,
    Section,
)
from munidx.report.findings import FORMATS, findings_file, render_findings
from munidx.rules import all_rules, validate
from munidx.rules.view import View
from munidx.testing.profiles import examples
from munidx.testing.strategies import plans


@examples(500)
@given(plans())
def test_no_plan_makes_a_rule_fail(plan: Plan) -> None:
    findings = validate(plan)
    assert "MX900" not in {finding.code for finding in findings}
    assert findings == validate(plan)
    paths = [item.path for item in View(plan).items]
    places = [paths.index(finding.path) for finding in findings]
    assert places == sorted(places)
    for name in FORMATS:
        assert b"\x1b" not in findings_file([(plan.title, findings)], name, lang="ja")


@pytest.mark.parametrize("value", ["NaN", "Infinity", "-Infinity", "1E+999999", "1E-999999", "0"])
def test_no_number_makes_a_rule_fail(value: str) -> None:
    number = Decimal(value)
    shown = Observation(value=number, low=number, high=number, unit="%", text="80%")
    plan = Plan(
        indicators=(
            Indicator(title="満足度", baseline=shown, targets=(shown, shown), actuals=(shown,)),
        )
    )
    findings = validate(plan)
    assert "MX900" not in {finding.code for finding in findings}
    assert render_findings([("い", findings)])


def test_texts_are_those_of_the_publisher_with_their_fields() -> None:
    plan = Plan(
        id="x",
        title="計画",
        sections=(Section(title="背景", text="本文", source="a#L1"), Section(text="続き")),
        labels=Labels({"区分": "L"}),
        documents=(Document(name="a", url="https://example.org"),),
        measures=(
            Measure(
                code="1",
                title="い",
                start="2024-08",
                actions=("導入", "運用"),
                owners=(Owner(name="市民課", path=("市民部",)),),
                evaluations=(Evaluation(rating=Rating(text="☆☆")),),
            ),
        ),
    )
    told = [(text.item.path, text.field, text.text) for text in View(plan).texts]
    assert sorted(told) == sorted(
        [
            ("", "title", "計画"),
            ("", "labels.区分", "L"),
            ("", "sections[1].title", "背景"),
            ("", "sections[1].text", "本文"),
            ("", "sections[2].text", "続き"),
            ("measures[1]", "title", "い"),
            ("measures[1]", "actions[1]", "導入"),
            ("measures[1]", "actions[2]", "運用"),
            ("measures[1]", "owners[1].name", "市民課"),
            ("measures[1]", "owners[1].path[1]", "市民部"),
            ("measures[1]", "evaluations[1].rating.text", "☆☆"),
        ]
    )


def test_every_rule_is_tried_on_an_empty_plan() -> None:
    assert {finding.code for finding in validate(Plan())} == {"MX103", "MX114"}
    assert len(all_rules()) > 100
