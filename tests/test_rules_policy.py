"""A configuration applied: choices, severities, suppressions, cities."""

import datetime as dt

import pytest

import munidx
from munidx.config import Config, parse_config
from munidx.errors import ConfigError, MunidxError
from munidx.findings import Finding, Severity
from munidx.model import Document, Measure, Municipality, Owner, Plan
from munidx.place import Location
from munidx.report.catalogue import sentence
from munidx.rules import Policy, validate

PLAN = Plan(
    id="282073-action-x",
    title="計画",
    municipality=Municipality(code="282073", name="伊丹市", prefecture="兵庫県"),
    documents=(Document(name="a.txt", adapter="itami"),),
    measures=(
        Measure(code="1", title="電子申請", owners=(Owner(name="情報課"),)),
        Measure(code="1", title="窓口", owners=(Owner(name="市民課"),)),
        Measure(code="2", title="図書館", owners=(Owner(name="図書館"),)),
        Measure(code="４", title=" 電子申請の推進", owners=(Owner(name="情報課"),)),
    ),
)
"""MX101 at the second, MX106 and MX708 at the fourth measure, MX301 for the whole."""
TODAY = dt.date(2026, 11, 21)


def codes(text: str = "", plan: Plan = PLAN, **options: list[str]) -> list[str]:
    config = parse_config(text, "munidx.toml")
    return [each.code for each in validate(plan, config=config, today=TODAY, **options)]


def only(finding_code: str, findings: tuple[Finding, ...]) -> Finding:
    (finding,) = (each for each in findings if each.code == finding_code)
    return finding


def test_without_a_configuration_all_rules_hold() -> None:
    assert codes() == ["MX301", "MX101", "MX106", "MX708"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[validate]\nselect = ['MX1']", ["MX101", "MX106"]),
        ("[validate]\nselect = ['MX1xx', 'title-space']", ["MX101", "MX106", "MX708"]),
        ("[validate]\nignore = ['MX1', 'MX3']", ["MX708"]),
        ("[severity]\nMX1 = 'off'\nMX106 = 'error'", ["MX301", "MX106", "MX708"]),
        ("[severity]\ncode-gap = 'off'", ["MX301", "MX101", "MX708"]),
        ("[city.itami]\nignore = ['MX1']", ["MX301", "MX708"]),
        ("[city.282073]\nselect = ['MX1']", ["MX101", "MX106"]),
        ("[city.'伊丹市']\nseverity = { MX1 = 'off' }", ["MX301", "MX708"]),
        ("[city.kadoma]\nignore = ['MX1']", ["MX301", "MX101", "MX106", "MX708"]),
        ("[validate]\nselect=['MX7']\n[city.itami]\nignore = ['MX708']", []),
    ],
)
def test_rules_are_chosen(text: str, told: list[str]) -> None:
    assert codes(text) == told


def test_options_stand_above_the_configuration() -> None:
    text = "[validate]\nselect = ['MX1']\nignore = ['MX101']\n[city.itami]\nselect = ['MX3']"
    assert codes(text) == ["MX301"]
    assert codes(text, select=["MX1"]) == ["MX106"]
    assert codes(text, select=["MX1"], ignore=["MX106"]) == ["MX101"]


def test_severities_are_set_and_what_is_told_mildly_stays_mild() -> None:
    config = parse_config("[severity]\nMX106 = 'error'\nMX3 = 'error'\nMX708 = 'info'\n")
    findings = validate(PLAN, config=config)
    assert only("MX106", findings).severity is Severity.ERROR
    assert only("MX708", findings).severity is Severity.INFO
    # one finding for the whole plan
    assert only("MX301", findings).severity is Severity.INFO


@pytest.mark.parametrize(
    "node",
    ["", 'node = "measures[4]"', 'node = "４"', 'node = "4"', 'node = " 電子申請の推進"'],
)
def test_a_suppression_hides_what_it_names(node: str) -> None:
    entry = f"[[suppress]]\nrule = 'MX106'\n{node}\nreason = '公表のとおり'\n"
    assert codes(entry) == ["MX301", "MX101", "MX708"]


@pytest.mark.parametrize(
    ("entry", "left"),
    [
        ("rule = 'MX106'\nnode = '1'", True),
        ("rule = 'MX106'\ncity = 'kadoma'", False),
        ("rule = 'MX106'\nplan = '282073-action-y'", False),
        ("rule = 'MX203'", True),
        ("rule = 'MX7'\nnode = 'no such title'", True),
    ],
)
def test_a_suppression_that_matches_nothing_is_told_where_it_was_looked_for(
    entry: str, *, left: bool
) -> None:
    told = codes(f"[[suppress]]\n{entry}\nreason = 'x'\n")
    assert told == ["MX301", "MX101", "MX106", "MX708", *(["MX906"] if left else [])]


def test_what_became_of_a_suppression_has_its_place_and_its_reason() -> None:
    text = "\n[[suppress]]\nrule = 'MX203'\nreason = '様式による'\n"
    finding = validate(PLAN, config=parse_config(text, "munidx.toml"))[-1]
    assert (finding.code, finding.severity) == ("MX906", Severity.WARNING)
    assert finding.location == Location(document="munidx.toml", line=2, column=3)
    assert sentence(finding) == "Nothing matches this suppression of MX203 any more: 様式による"
    assert "MX203" in sentence(finding, "ja")


@pytest.mark.parametrize(
    ("until", "left"), [("2026-11-21", []), ("2026-11-20", ["MX106"]), ("2027-01-01", [])]
)
def test_a_suppression_holds_until_its_last_day(until: str, left: list[str]) -> None:
    text = f"[[suppress]]\nrule = 'code-gap'\nreason = 'x'\nuntil = {until}\n"
    expired = ["MX907"] if left else []
    assert codes(text) == ["MX301", "MX101", *left, "MX708", *expired]


def test_a_suppression_of_a_rule_that_was_not_applied_is_not_judged() -> None:
    text = "[[suppress]]\nrule = 'MX203'\nreason = 'x'\n"
    assert codes(text, select=["MX1"]) == ["MX101", "MX106"]


def test_suppressions_are_judged_over_all_plans_of_a_run() -> None:
    text = "[[suppress]]\nrule = 'MX106'\nreason = 'x'\n[[suppress]]\nrule='MX1'\nreason='y'\n"
    policy = Policy(parse_config(text), today=TODAY)
    judged = policy.validate(PLAN)
    assert [(each.code, reason) for each, reason in judged.suppressed] == [
        ("MX101", "y"),
        ("MX106", "x"),
    ]
    assert policy.validate(Plan(title="別")).suppressed[0][1] == "y"
    assert policy.leftovers() == ()


def test_findings_of_a_reading_are_judged_alike() -> None:
    unread = Finding(code="MX901", severity=Severity.WARNING, title="三章")
    strange = Finding(code="NARA101", severity=Severity.ERROR)
    config = parse_config("[severity]\nMX901 = 'error'\n[[suppress]]\nrule='MX901'\nreason='x'")
    judged = Policy(config).judge(PLAN, (unread, strange))
    assert judged.findings == (strange,)
    assert judged.suppressed[0][0].severity is Severity.ERROR


def test_what_fails_is_the_citys_to_say() -> None:
    text = "[validate]\nfail-on = 'never'\n[city.itami]\nfail-on = 'error'"
    policy = Policy(parse_config(text))
    warning = (Finding(code="MX106", severity=Severity.WARNING),)
    error = (Finding(code="MX102", severity=Severity.ERROR),)
    assert [policy.fails(PLAN, each) for each in (warning, error, ())] == [False, True, False]
    assert not policy.fails(Plan(), error)
    assert policy.fails(PLAN, warning, "warning")
    assert Policy().fails(PLAN, warning)


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("[validate]\nselect = ['MX1', 'mx101']", 2, 18),
        ("[validate]\nignore = ['duplicat-code']", 2, 11),
        ("[severity]\nMX1o1 = 'off'", 2, 1),
        ("[city.itami]\nselect = ['?']", 2, 11),
        ("[city.itami]\nseverity = { nonsense = 'off' }", 2, 14),
        ("[[suppress]]\nrule = 'nonsense'\nreason = 'x'", 2, 8),
    ],
)
def test_a_rule_that_there_is_not_is_an_error_at_its_place(
    text: str, line: int, column: int
) -> None:
    with pytest.raises(ConfigError) as caught:
        Policy(parse_config(text, "munidx.toml"))
    location = caught.value.location
    assert (location.document, location.line, location.column) == ("munidx.toml", line, column)
    assert caught.value.code in {"rule-unknown", "rule-misspelt"}


def test_all_rules_that_there_are_not_are_told() -> None:
    text = "[severity]\nMX1o1 = 'off'\n[validate]\nselect = ['?']"
    with pytest.raises(ConfigError) as caught:
        Policy(parse_config(text))
    assert len(caught.value.others) == 1


def test_the_library_takes_a_configuration_or_its_file(tmp_path: pytest.TempPathFactory) -> None:
    path = f"{tmp_path}/munidx.toml"
    with open(path, "w", encoding="utf-8") as stream:  # noqa: PTH123 - the path as a text
        stream.write("[validate]\nselect = ['MX1']\n")
    told = [finding.code for finding in munidx.validate(PLAN, config=path)]
    assert told == ["MX101", "MX106"]
    assert munidx.validate(PLAN, config=Config()) == munidx.validate(PLAN)
    with pytest.raises(MunidxError, match="rule-unknown"):
        munidx.validate(PLAN, select=["?"])
