"""Every rule's manual page is whole, and its examples fail and pass as it says."""

import string
from collections.abc import Iterator

import pytest

import munidx.rules
from munidx.errors import MunidxError
from munidx.findings import Finding, Severity
from munidx.formats import toml
from munidx.model import Indicator, Measure, Plan
from munidx.place import Location
from munidx.report import catalogue
from munidx.rules import all_rules, registry, validate
from munidx.rules.registry import Fault, Rule, each_or_all, found, rule
from munidx.rules.selection import select_rules
from munidx.rules.view import View

CHECKED = [each for each in all_rules() if each.check is not None]


def plan_of(fragment: str) -> Plan:
    return toml.loads("munidx = 1\n" + fragment)


def example(each: Rule, section: str) -> tuple[Finding, ...]:
    return validate(plan_of(each.section(section)), select=[each.code])


@pytest.mark.parametrize("each", CHECKED, ids=lambda each: each.code)
def test_the_example_that_fails_is_reported(each: Rule) -> None:
    findings = example(each, "Fails")
    assert {finding.code for finding in findings} == {each.code}
    assert findings[0].severity is each.severity


@pytest.mark.parametrize("each", CHECKED, ids=lambda each: each.code)
def test_the_example_that_passes_is_not_reported(each: Rule) -> None:
    assert example(each, "Passes") == ()
    assert each.section("Passes")


@pytest.mark.parametrize("each", CHECKED, ids=lambda each: each.code)
def test_the_manual_page_is_whole(each: Rule) -> None:
    for section in ("Why", "Fails", "Passes", "Fix", "Source"):
        assert each.section(section), section
    assert each.page.splitlines()[0].endswith(".")


@pytest.mark.parametrize("each", CHECKED, ids=lambda each: each.code)
@pytest.mark.parametrize("lang", catalogue.LANGUAGES)
def test_the_sentence_shows_only_what_the_finding_carries(each: Rule, lang: str) -> None:
    for finding in example(each, "Fails"):
        told, hint, *_ = catalogue.FINDINGS[lang][each.code]
        assert catalogue.fields_of(told) | catalogue.fields_of(hint) <= set(finding.params)


@pytest.mark.parametrize("lang", catalogue.LANGUAGES)
def test_every_rule_has_its_sentence_in_every_language(lang: str) -> None:
    # The rules on changes find nothing in a plan: reports of changes have their own words.
    codes = {each.code for each in all_rules() if not each.code.startswith("MX8")}
    assert set(catalogue.FINDINGS[lang]) >= codes


def test_codes_and_names_are_of_the_house_form() -> None:
    names = [each.name for each in all_rules()]
    assert len(set(names)) == len(names)
    for each in all_rules():
        assert set(each.name) <= set(string.ascii_lowercase + "-")
    assert len(CHECKED) >= 40


def test_rules_are_chosen_by_code_beginning_family_and_name() -> None:
    def codes(*select: str, ignore: tuple[str, ...] = ()) -> set[str]:
        return {each.code for each in select_rules(select, ignore)}

    assert codes("MX101") == {"MX101"}
    assert codes("duplicate-code") == {"MX101"}
    assert codes("MX4xx") == codes("MX4") == {f"MX40{n}" for n in range(1, 8)}
    assert codes("MX101", "MX102", ignore=("duplicate-id",)) == {"MX101"}
    assert codes() == {each.code for each in all_rules()}
    assert codes(ignore=("MX",)) == set()


@pytest.mark.parametrize("selector", ["", "x", "of-a-stranger"])
def test_a_selector_that_means_no_rule_is_an_error(selector: str) -> None:
    with pytest.raises(MunidxError) as caught:
        validate(Plan(), ignore=[selector])
    assert caught.value.code == "rule-unknown"
    assert caught.value.params == {"selector": selector}


@pytest.mark.parametrize(
    ("selector", "nearest"),
    [
        ("mx101", "MX101"),
        ("MX1O1", "MX101"),
        ("MX6OI", "MX601"),
        ("duplicat-code", "duplicate-code"),
    ],
)
def test_a_misspelt_selector_has_a_nearest_rule(selector: str, nearest: str) -> None:
    with pytest.raises(MunidxError) as caught:
        validate(Plan(), select=[selector])
    assert caught.value.code == "rule-misspelt"
    assert caught.value.params == {"selector": selector, "nearest": nearest}


@pytest.fixture
def own_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "_RULES", {})


@pytest.mark.usefixtures("own_rules")
def test_a_rule_that_raises_stops_no_other() -> None:
    @rule("MX101", "broken", Severity.ERROR)
    def broken(view: View) -> Iterator[Fault]:
        """It breaks."""
        yield found(view.items[0])
        raise ZeroDivisionError

    @rule("MX102", "sound", Severity.INFO)
    def sound(view: View) -> Iterator[Fault]:
        """It works."""
        yield found(view.items[0], answer=42)

    findings = validate(Plan(title="計画"))
    assert [finding.code for finding in findings] == ["MX101", "MX102", "MX900"]
    # Whoever asks for the broken rule alone is not told that all is well.
    told = [finding.code for finding in validate(Plan(title="計画"), select=["broken"])]
    assert told == ["MX101", "MX900"]
    assert findings[1].params == {"answer": 42}
    assert findings[2].params == {"rule": "MX101", "name": "broken", "error": "ZeroDivisionError"}
    assert [each.check for each in registry.all_rules()] == [broken, sound]


@pytest.mark.usefixtures("own_rules")
@pytest.mark.parametrize(
    ("code", "name"), [("MX101", "second"), ("MX102", "first"), ("MX001", "a"), ("XX101", "b")]
)
def test_a_code_or_name_is_given_once(code: str, name: str) -> None:
    rule("MX101", "first", Severity.INFO)(lambda _: ())
    with pytest.raises(ValueError, match=code):
        rule(code, name, Severity.INFO)(lambda _: ())


@pytest.mark.usefixtures("own_rules")
def test_findings_stand_in_the_plans_order_and_know_their_place() -> None:
    @rule("MX101", "each", Severity.INFO)
    def each(view: View) -> Iterator[Fault]:
        """All, backwards."""
        for item in reversed(view.items):
            yield found(item, getattr(item.node, "targets", None))

    plan = Plan(
        source="not a # locator",
        measures=(
            Measure(
                code="2",
                title="い",
                source="a.txt#L3-L4,L9",
                indicators=(Indicator(statement="満足度", source="b.pdf#p2t1r3"),),
            ),
            Measure(code="1", title="ろ"),
        ),
    )
    findings = validate(plan)
    assert [(finding.path, finding.title) for finding in findings] == [
        ("", ""),
        ("measures[2]", "い"),
        ("measures[2]/indicators[#1]", "満足度"),
        ("measures[1]", "ろ"),
    ]
    assert [finding.location for finding in findings] == [
        Location(),
        Location(document="a.txt", line=3),
        Location(document="b.pdf", page=2, cell="t1r3"),
        Location(),
    ]


def test_a_part_with_a_source_is_pointed_at() -> None:
    plan = plan_of("""
        [[measures]]
        title = "情報配信"
        source = "a.txt#L1"
        owners = [{ role = "lead", source = "a.txt#L7" }]
    """)
    (finding,) = validate(plan, select=["owner-empty"])
    assert finding.location == Location(document="a.txt", line=7)


@pytest.mark.parametrize(
    ("faulty", "total", "told"), [(1, 1, 1), (1, 2, 1), (2, 3, 1), (2, 4, 2), (0, 9, 0)]
)
def test_what_most_lack_is_told_once(faulty: int, total: int, told: int) -> None:
    view = View(Plan(measures=tuple(Measure(title=str(n)) for n in range(4))))
    faults = [found(view.items[n + 1]) for n in range(faulty)]
    given = list(each_or_all(view, faults, total))
    assert len(given) == told
    if told != faulty:
        assert given[0].params == {"count": faulty, "total": total}
        assert given[0].severity is Severity.INFO
    else:
        assert given == faults


def test_validation_is_the_same_every_time() -> None:
    plan = plan_of("\n".join(each.section("Fails") for each in CHECKED[:1]))
    assert validate(plan) == validate(plan) != ()
    assert munidx.rules.validate is validate
