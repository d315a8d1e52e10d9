"""MX2xx: what must be reported, and near misses that must not.

Each rule's own manual page holds a case of both kinds too (test_rules_registry.py).
"""

from typing import TypeAlias

import pytest

from munidx.formats import toml
from munidx.rules import validate

Told: TypeAlias = list[tuple[str, str]]


def check(code: str, fragment: str) -> Told:
    """Where the rule finds a fault, and how bad it is."""
    findings = validate(toml.loads("munidx = 1\n" + fragment), select=[code])
    assert {finding.code for finding in findings} <= {code}
    return [(finding.path, finding.severity.value) for finding in findings]


PERIOD = "period = { start = 2023, end = 2027 }\n"


def indicator(fields: str) -> str:
    return f"[[indicators]]\ntitle = '人数'\n{fields}\n"


FAULTY = [
    ("MX201", "period = { start = '2024-04-02', end = '2024-04-01' }", [("", "error")]),
    (
        "MX201",
        indicator(
            "baseline = { period = { start = 2020, end = 2019 }, alternatives = ["
            "{ period = { start = 2022, end = 2021 } }] }"
        ),
        [("indicators[#1]", "error")] * 2,
    ),
    ("MX202", "goals = [{ start = '2026-01', end = 2024 }]", [("goals[#1]", "error")]),
    (
        "MX202",
        "[[measures]]\nschedule = [{ start = 2024, end = 2025 }, { start = 2026, end = 2025 }]",
        [("measures[#1]", "error")],
    ),
    (
        "MX203",
        PERIOD + indicator("targets = [{ year = 2022, value = 1 }, { year = 2027, value = 2 }]"),
        [("indicators[#1]", "warning")],
    ),
    (
        "MX203",
        PERIOD + "kind = 'strategy'\n" + indicator("targets = [{ date = '2028-04', value = 1 }]"),
        [("indicators[#1]", "warning")],
    ),
    (
        "MX204",
        (
            "edition = { date = '2024-08' }\n"
            "[[measures]]\ncosts = [{ year = 2024, amount = 1, basis = 'settled' },"
            " { year = 2025, amount = 1, basis = 'settled' }, { year = 2025, basis = 'budget' }]"
        ),
        [("measures[#1]", "warning")],
    ),
    (
        "MX204",
        "edition = { year = 2024 }\n" + indicator("baseline = { year = 2025, value = 1 }"),
        [("indicators[#1]", "warning")],
    ),
    (
        "MX205",
        indicator(
            "baseline = { date = '2026-05', value = 1 }\n"
            "targets = [{ year = 2024, value = 1 }, { year = 2025, value = 2 }, { value = 3 }]"
        ),
        [("indicators[#1]", "warning")],
    ),
    (
        "MX206",
        (
            "[[measures]]\ntitle = '令和6年度（2023年度）の事業'\n"
            "owners = [{ name = '平成30(2017)年度室' }]"
        ),
        [("measures[#1]", "warning")] * 2,
    ),
    (
        "MX207",
        "edition = { date = '2024-08' }\nmeasures = [{ status = 'planned', end = '2023' }]",
        [("measures[#1]", "warning")],
    ),
    (
        "MX208",
        "[[measures]]\nschedule = [{ start = 2026 }, { end = 2023 }, { text = '時期なし' }]",
        [("measures[#1]", "info")],
    ),
    ("MX209", PERIOD + "edition = { date = '2028-04-01' }", [("", "warning")]),
    (
        "MX210",
        "edition = { date = '2022-03-31' }\nmeasures = [{ evaluations = [{ year = 2022 }] }]",
        [("measures[#1]", "warning")],
    ),
    (
        "MX212",
        PERIOD + "goals = [{ end = 2022 }, { start = '2028-04' }]",
        [("goals[#1]", "warning"), ("goals[#2]", "warning")],
    ),
]

SOUND = [
    ("MX201", "period = { start = 2023 }"),
    ("MX201", "period = { start = 2023, end = 2023 }"),
    ("MX202", "measures = [{ start = 2024 }, { end = 2020 }, { start = 2024, end = 2024 }]"),
    ("MX203", indicator("targets = [{ year = 2050, value = 1 }]")),
    (
        "MX203",
        PERIOD + indicator("baseline = { year = 2019, value = 1 }\ntargets = [{ value = 1 }]"),
    ),
    (
        "MX203",
        PERIOD + "kind = 'evaluation'\n" + indicator("targets = [{ year = 2050, value = 1 }]"),
    ),
    (
        "MX203",
        PERIOD + indicator("status = 'abolished'\ntargets = [{ year = 2050, value = 1 }]"),
    ),
    (
        "MX203",
        PERIOD + indicator("targets = [{ period = { start = 2020, end = 2025 }, value = 1 }]"),
    ),
    ("MX203", "period = { start = 2027, end = 2023 }\n" + indicator("targets = [{ year = 2030 }]")),
    (
        "MX204",
        "edition = { label = '初版' }\n" + indicator("actuals = [{ year = 2050, value = 1 }]"),
    ),
    ("MX204", "edition = { year = 2024 }\n" + indicator("targets = [{ year = 2050, value = 1 }]")),
    ("MX204", "edition = { date = '2024-08' }\n" + indicator("actuals = [{ value = 1 }]")),
    ("MX205", indicator("baseline = { year = 2024, value = 1 }\ntargets = [{ year = 2024 }]")),
    ("MX205", indicator("baseline = { value = 1 }\ntargets = [{ year = 2024 }]")),
    ("MX206", "sections = [{ text = '令和6年度(決算)と2024年度、令和元(2019)年度' }]"),
    ("MX207", "edition = { year = 2024 }\nmeasures = [{ end = 2020 }]"),
    ("MX207", "edition = { year = 2024 }\nmeasures = [{ status = 'active' }]"),
    ("MX207", "edition = { year = 2024 }\nmeasures = [{ status = 'completed', end = 2020 }]"),
    ("MX207", "[[measures]]\nstatus = 'active'\nend = 2020\n"),
    (
        "MX207",
        (
            "edition = { year = 2024 }\n"
            "measures = [{ status = 'active', end = 2020, continuous = true }]"
        ),
    ),
    ("MX208", "[[measures]]\nschedule = [{ start = 2023, open = 'end' }, { start = 2026 }]"),
    (
        "MX208",
        "[[measures]]\nschedule = [{ recurrence = 'yearly' }, { start = 2023 }, { start = 2026 }]",
    ),
    ("MX208", "[[measures]]\ncontinuous = true\nschedule = [{ start = 2023 }, { start = 2026 }]"),
    ("MX208", "[[measures]]\nschedule = [{ start = 2023 }, { start = 2024 }, { start = 2025 }]"),
    (
        "MX208",
        (
            "[[measures]]\nschedule = [{ start = 2023, end = 2028 }, "
            "{ start = 2024 }, { start = 2027 }]"
        ),
    ),
    ("MX208", "[[measures]]\nschedule = [{ start = 2023, end = 2022 }, { start = 2027 }]"),
    ("MX209", PERIOD + "edition = { year = 2027 }"),
    ("MX209", PERIOD + "edition = { label = '最新' }"),
    ("MX209", "period = { start = 2020 }\nedition = { year = 2027 }"),
    ("MX210", "measures = [{ evaluations = [{ year = 2050 }] }]"),
    ("MX210", "edition = { year = 2022 }\nmeasures = [{ evaluations = [{ results = '可' }] }]"),
    ("MX211", indicator("baseline = { date = '2022-08', value = 1 }\ntargets = [{ year = 2024 }]")),
    ("MX211", indicator("targets = [{ year = 2024 }, { year = 2025 }, { value = 1 }]")),
    (
        "MX212",
        PERIOD + "measures = [{ start = 2010, end = 2023 }, { start = 2027, end = 2040 }, {}]",
    ),
    ("MX212", "measures = [{ start = 2010 }]"),
]


@pytest.mark.parametrize(("code", "fragment", "told"), FAULTY)
def test_reported(code: str, fragment: str, told: Told) -> None:
    assert check(code, fragment) == told


@pytest.mark.parametrize(("code", "fragment"), SOUND)
def test_not_reported(code: str, fragment: str) -> None:
    assert check(code, fragment) == []


def test_a_mismatch_tells_both_years_and_where_they_stand() -> None:
    plan = toml.loads("munidx = 1\nsections = [{ text = '令和6(2023)年度', source = 'a.txt#L7' }]")
    (finding,) = validate(plan, select=["era-mismatch"])
    assert finding.params == {
        "field": "sections[1].text",
        "text": "令和6(2023)年度",
        "era_year": "2024",
        "western": "2023",
    }
    assert finding.location.line == 7
