"""The rules on what changes mean: pages with examples that hold, severities that can be set."""

import json
import pathlib
import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from munidx.diff import Change, Diff, Effect, Kind, diff
from munidx.diff.compose import compose
from munidx.diff.effects import EFFECT_RULES, backwards, graver
from munidx.diff.exchange import from_data, to_data
from munidx.diff.invert import invert
from munidx.diff.patch import patch
from munidx.diff.severities import ranked, severities_of
from munidx.diff.weighing import EffectRule, rules_of
from munidx.errors import PatchError, PlanError, SelectionError
from munidx.findings import Severity
from munidx.formats import toml
from munidx.model import (
    Comparator,
    Cost,
    Edition,
    FiscalYear,
    Indicator,
    Measure,
    Observation,
    Owner,
    Period,
    Plan,
    Status,
)
from munidx.rules import Rule, all_rules
from munidx.testing.profiles import examples
from munidx.testing.strategies import edited, plan_pairs

Run = Callable[..., Any]
RULES = tuple(EFFECT_RULES.values())
PAGES = {rule.code: rule for rule in all_rules()}


def page_of(rule: EffectRule) -> Rule:
    return PAGES[rule.code]


def compared(rule: EffectRule) -> Diff:
    old, new = (
        toml.loads("munidx = 1\n" + page_of(rule).section(name)) for name in ("Before", "After")
    )
    return diff(old, new)


each_rule = pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)


@each_rule
def test_the_example_is_decided_by_its_rule(rule: EffectRule) -> None:
    found = [change for change in compared(rule).changes if change.rule == rule.code]
    assert found
    for change in found:
        assert (change.effect, change.severity) == (rule.effect, rule.severity)
        assert change.kind in rule.kinds


@each_rule
def test_the_page_is_whole_and_says_the_effect(rule: EffectRule) -> None:
    for section in ("Why", "Before", "After", "Source"):
        assert page_of(rule).section(section), section
    assert page_of(rule).explained
    assert f"Effect: {rule.effect.value}." in page_of(rule).page
    assert rule.page.partition("\n")[0].endswith(".")


def test_codes_and_names_are_of_one_family_and_every_kind_is_weighed() -> None:
    assert len(RULES) > 40
    assert all(re.fullmatch(r"MX8\d\d", rule.code) for rule in RULES)
    assert len({rule.name for rule in RULES}) == len(RULES)
    assert {kind for rule in RULES for kind in rule.kinds} == set(Kind)
    assert {rule.effect for rule in RULES} == set(Effect)
    for kind in Kind:
        codes = [rule.code for rule in rules_of(kind)]
        assert codes == sorted(codes)


def test_what_weakens_or_may_is_a_warning() -> None:
    for rule in RULES:
        grave = rule.effect in {Effect.WEAKENED, Effect.UNCLEAR}
        assert rule.severity is (Severity.WARNING if grave else Severity.INFO)


@examples(300)
@given(plan_pairs())
def test_every_change_names_the_rule_of_its_effect(pair: tuple[Plan, Plan]) -> None:
    for change in diff(*pair).changes:
        rule = EFFECT_RULES[change.rule]
        assert (change.effect, change.severity) == (rule.effect, rule.severity)
        assert change.kind in rule.kinds


RATE = Indicator(
    title="申請率",
    targets=(Observation(year=FiscalYear(2025), value=Decimal(80), text="80%"),),
)
OLD = Plan(
    measures=(
        Measure(code="1", title="電子申請", owners=(Owner(name="情報課"),), indicators=(RATE,)),
        Measure(code="2", title="公園の整備", owners=(Owner(name="公園課"),)),
    )
)
NEW = Plan(
    measures=(
        Measure(code="2", title="電子申請", owners=(Owner(name="情報課"),), indicators=(
            attrs.evolve(RATE, targets=(attrs.evolve(RATE.targets[0], year=FiscalYear(2027)),)),
        )),
        Measure(code="3", title="公園の整備"),
    )
)  # fmt: skip


def told(found: Diff) -> dict[str, Severity | None]:
    return {change.rule: change.severity for change in found.changes}


def test_severities_are_set_by_code_name_and_effect() -> None:
    assert told(diff(OLD, NEW)) == {
        "MX804": Severity.WARNING,
        "MX830": Severity.INFO,
        "MX841": Severity.WARNING,
    }
    severities = {"MX804": "error", "owner-lost": Severity.INFO, "editorial": "off"}
    found = diff(OLD, NEW, severities=severities)
    assert told(found) == {"MX804": Severity.ERROR, "MX841": Severity.INFO}
    assert found.summary == {"weakened": 2}
    # A rule's own word stands above that of its effect, in whatever order they come.
    both = {"target-postponed": "error", "weakened": "info"}
    assert told(diff(OLD, NEW, severities=both))["MX804"] is Severity.ERROR
    assert told(diff(OLD, NEW, severities=dict(reversed(both.items()))))["MX841"] is Severity.INFO
    assert ranked(found, {}) is found


@pytest.mark.parametrize(
    ("severities", "code", "params"),
    [
        ({"MX899": "error"}, "effect-rule-unknown", {"selector": "MX899"}),
        ({"owner-losst": "off"}, "effect-rule-unknown", {"nearest": "owner-lost"}),
        ({"MX301": "error"}, "effect-rule-unknown", {"selector": "MX301"}),
        ({"owner-lost": "fatal"}, "severity-unknown", {"severity": "fatal"}),
    ],
)
def test_severities_that_cannot_be(
    severities: dict[str, str], code: str, params: dict[str, str]
) -> None:
    with pytest.raises(SelectionError) as caught:
        diff(OLD, NEW, severities=severities)
    assert caught.value.code == code
    assert params.items() <= caught.value.params.items()


def test_severities_of_all_rules() -> None:
    found = severities_of({"neutral": None})
    assert found.keys() == EFFECT_RULES.keys()
    assert {EFFECT_RULES[code].effect for code, one in found.items() if one is None} == {
        Effect.NEUTRAL
    }


@st.composite
def severities(draw: st.DrawFn) -> dict[str, str]:
    names = st.sampled_from([*EFFECT_RULES, *Effect, *(rule.name for rule in RULES)])
    levels = st.sampled_from(["off", "off", "info", "warning", "error"])
    return draw(st.dictionaries(names.map(str), levels, max_size=8))


@examples(300)
@given(plan_pairs(), severities(), st.data())
def test_what_is_not_told_is_kept(
    pair: tuple[Plan, Plan], wanted: dict[str, str], data: st.DataObject
) -> None:
    old, new = pair
    found = diff(old, new, severities=wanted)
    off = {code for code, one in severities_of(wanted).items() if one is None}
    assert off.isdisjoint(change.rule for change in found.changes)
    assert patch(old, found) == new
    assert patch(new, invert(found)) == old
    assert invert(invert(found)) == found
    read = from_data(to_data(found))
    assert read == found
    assert patch(old, read) == new
    third = data.draw(edited(new))
    both = compose(found, diff(new, third, severities=wanted))
    assert patch(old, both) == third
    assert patch(third, invert(both)) == old


def test_a_rule_read_backwards_says_so() -> None:
    assert {change.rule for change in invert(diff(OLD, NEW)).changes} == {
        "-MX804",
        "-MX830",
        "-MX841",
    }
    assert [backwards(code) for code in ("MX801", "-MX801", "")] == ["-MX801", "MX801", ""]
    quiet = invert(diff(OLD, NEW, severities={"renumbered": "off"}))
    assert patch(NEW, quiet) == OLD
    assert told(ranked(invert(diff(OLD, NEW)), {"owner-lost": "error"}))["-MX841"] is Severity.ERROR


def test_the_sum_of_two_changes_has_the_rule_that_both_share() -> None:
    def plan(year: int) -> Plan:
        rate = attrs.evolve(RATE, targets=(attrs.evolve(RATE.targets[0], year=FiscalYear(year)),))
        return Plan(measures=(attrs.evolve(OLD.measures[0], indicators=(rate,)),))

    (later,) = compose(diff(plan(2025), plan(2026)), diff(plan(2026), plan(2028))).changes
    assert (later.rule, later.severity) == ("MX804", Severity.WARNING)
    (sum_,) = compose(diff(plan(2025), plan(2028)), diff(plan(2028), plan(2026))).changes
    assert (sum_.kind, sum_.rule) == (Kind.TARGET_POSTPONED, "MX804")
    assert graver(Severity.INFO, None, Severity.ERROR) is Severity.ERROR
    assert graver(None) is None


@pytest.mark.parametrize("entry", [{"op": "silenced"}, {"op": "silenced", "change": {"kind": 1}}])
def test_books_of_what_is_not_told_are_read_strictly(entry: dict[str, object]) -> None:
    data = to_data(diff(OLD, NEW))
    data["bookkeeping"] = [*data["bookkeeping"], entry]
    with pytest.raises(PlanError):
        from_data(data)
    broken = attrs.evolve(diff(OLD, NEW), bookkeeping=(entry,))
    with pytest.raises(PatchError):
        patch(OLD, broken)


@pytest.mark.parametrize(
    ("comparator", "code"),
    [
        (Comparator.AT_LEAST, "MX801"),
        (Comparator.ABOVE, "MX801"),
        (Comparator.AT_MOST, "MX802"),
        (Comparator.BELOW, "MX802"),
        (Comparator.ABOUT, "MX803"),
        (None, "MX803"),
    ],
)
def test_a_comparator_tells_the_direction_where_the_indicator_does_not(
    comparator: Comparator | None, code: str
) -> None:
    def plan(value: int) -> Plan:
        target = attrs.evolve(RATE.targets[0], value=Decimal(value), comparator=comparator)
        return Plan(indicators=(attrs.evolve(RATE, targets=(target,)),))

    assert [change.rule for change in diff(plan(80), plan(70)).changes] == [code]


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ({}, "MX807"),
        ({"period": Period(start=FiscalYear(2024))}, "MX807"),
        ({"period": Period(start=FiscalYear(2026))}, "MX806"),
        ({"edition": Edition(year=FiscalYear(2026))}, "MX806"),
        ({"edition": Edition(label="改訂版"), "period": Period(start=FiscalYear(2026))}, "MX806"),
    ],
)
def test_a_target_is_over_by_the_edition_or_else_the_period(
    told: dict[str, Any], code: str
) -> None:
    old = Plan(indicators=(RATE,))
    new = Plan(indicators=(attrs.evolve(RATE, targets=()),), **told)
    rules = [change.rule for change in diff(old, new).changes if change.field.startswith("targets")]
    assert rules == [code]


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ([2023], [2024], "MX870"),
        ([2023, 2024], [2024, 2025], "MX870"),
        ([2023], [], "MX874"),
        ([2022, 2023], [2022, 2024], "MX874"),
        ([2024], [2023], "MX874"),
        ([None], [2024], "MX874"),
    ],
)
def test_results_of_years_left_behind(old: list[int | None], new: list[int], code: str) -> None:
    def plan(years: list[int | None]) -> Plan:
        results = [Observation(year=year, value=Decimal(40), text="40") for year in years]
        return Plan(indicators=(attrs.evolve(RATE, actuals=tuple(results)),))

    told = diff(plan(old), plan([*new])).changes
    assert [change.rule for change in told if change.new is None] == [code]


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        (2023, {"year": 2024}, "MX860"),
        (2023, {"year": 2024, "category": "personnel"}, "MX863"),
        (2024, {"year": 2023}, "MX863"),
        (None, {"year": 2024, "category": "other"}, "MX863"),
    ],
)
def test_money_of_years_left_behind(old: int | None, new: dict[str, Any], code: str) -> None:
    def plan(**told: Any) -> Plan:  # noqa: ANN401 - fields of a cost
        cost = attrs.evolve(Cost(amount=5_000_000, category="project"), **told)
        return Plan(measures=(Measure(code="1", title="植樹", costs=(cost,)),))

    found = diff(plan(year=old), plan(**new)).changes
    assert [change.rule for change in found if change.new is None] == [code]


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        (Status.SUSPENDED, Status.ACTIVE, "MX827"),
        (Status.ACTIVE, Status.SUSPENDED, "MX826"),
        (Status.ACTIVE, Status.COMPLETED, "MX828"),
        (Status.ACTIVE, Status.ABOLISHED, "MX825"),
    ],
)
def test_statuses(old: Status, new: Status, code: str) -> None:
    sides = [Plan(measures=(Measure(code="1", title="植樹", status=one),)) for one in (old, new)]
    assert [change.rule for change in diff(*sides).changes] == [code]


def test_the_configuration_says_how_severe_changes_are(
    run: Run, plan: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(plan.parent)
    new = plan.with_name("new.toml")
    new.write_text(
        plan.read_text("utf-8").replace("value = 80", "value = 75").replace('"80%"', '"75%"'),
        encoding="utf-8",
    )

    def ended(config: str, fail_on: str) -> tuple[int, list[Any]]:
        plan.with_name("munidx.toml").write_text(config, encoding="utf-8")
        ran = run("diff", plan, new, "--format", "json", "--fail-on", fail_on)
        return ran.code, [change["severity"] for change in json.loads(ran.out)["changes"]]

    assert ended("", "weakened") == (1, ["warning"])
    assert ended("", "error") == (0, ["warning"])
    assert ended('[effects]\nMX801 = "error"\n', "error") == (1, ["error"])
    assert ended('[effects]\ntarget-eased = "info"\n', "weakened") == (0, ["info"])
    assert ended('[effects]\nweakened = "off"\n', "any") == (0, [])
    plan.with_name("munidx.toml").write_text('\n[effects]\nMX301 = "off"\n', encoding="utf-8")
    ran = run("diff", plan, new)
    assert (ran.code, ran.out) == (2, "")
    assert re.search(r"munidx\.toml:3:1: .*MX301", ran.err)


def test_annotations_are_as_severe_as_their_changes(
    run: Run, plan: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(plan.parent)
    new = plan.with_name("new.toml")
    new.write_text(plan.read_text("utf-8").replace("情報課", "総務課"), encoding="utf-8")
    assert run("diff", plan, new, "--format", "github").out.startswith("::notice ")
    plan.with_name("munidx.toml").write_text('[effects]\nowner-other = "error"\n', "utf-8")
    assert run("diff", plan, new, "--format", "github").out.startswith("::error ")


def test_a_change_of_no_rule_has_no_severity() -> None:
    change = Change(kind=Kind.MOVED, effect=Effect.NEUTRAL, title="")
    found = attrs.evolve(diff(OLD, OLD), changes=(change,))
    assert ranked(found, {"neutral": "off"}).changes == (change,)
