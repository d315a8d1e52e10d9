"""MX6xx: what must be reported, and near misses that must not.

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


ONE = [("indicators[#1]", "warning")]


def indicator(fields: str) -> str:
    return f"[[indicators]]\ntitle = '人数'\nunit = '人'\n{fields}\n"


def told(definition: str, value: int, series: str = "actuals") -> str:
    return (
        f"[[goals]]\n[[goals.indicators]]\ntitle = '認知度'\ndefinition = '{definition}'\n"
        f"{series} = [{{ year = 2023, value = {value} }}]\n"
    )


FAULTY = [
    ("MX601", "measures = [{ title = '相談【廃止】' }]", [("measures[#1]", "warning")]),
    (
        "MX601",
        "goals = [{ title = '【新規】相談', status = 'completed' }]",
        [("goals[#1]", "warning")],
    ),
    (
        "MX602",
        indicator("baseline = { year = 2023, value = 5 }\nactuals = [{ year = 2023, value = 6 }]"),
        ONE,
    ),
    (
        "MX602",
        indicator("targets = [{ date = '2024', low = 1, high = 2 }, { date = '2024', low = 1 }]"),
        ONE,
    ),
    (
        "MX603",
        indicator("status = 'abolished'\ntargets = [{ value = 1 }]"),
        [("indicators[#1]", "info")],
    ),
    (
        "MX603",
        (
            "[[goals]]\nstatus = 'abolished'\n[[goals.measures]]\n"
            "indicators = [{ targets = [{ fraction = '1/3' }] }]"
        ),
        [("goals[#1]/measures[#1]/indicators[#1]", "info")],
    ),
    ("MX604", indicator("targets = [{ value = 75, text = '８０％以上' }]"), ONE),
    ("MX604", indicator("statement = '延べ600人'\ntargets = [{ value = 60 }]"), ONE),
    ("MX604", indicator("actuals = [{ low = 17, high = 21, text = '17～20' }]"), ONE),
    ("MX604", indicator("baseline = { value = 1200, text = '12,000人' }"), ONE),
    (
        "MX605",
        "vision = '八つの重要施策と3つの重要施策'\ngoals = [{ level = '重要施策' }]",
        [("", "warning")],
    ),
    (
        "MX605",
        "sections = [{ text = '全25件の取組事業' }]\nmeasures = [{ level = '取組事業' }]",
        [("", "warning")],
    ),
    (
        "MX606",
        "goals = [{ evaluations = [{ rating = { text = 'A', score = 5, scale = 4 } }] }]",
        [("goals[#1]", "warning")],
    ),
    (
        "MX606",
        "indicators = [{ evaluations = [{ rating = { text = '★★☆', score = 3 } }] }]",
        [("indicators[#1]", "warning")],
    ),
    (
        "MX607",
        (
            "[[goals]]\nstatus = 'completed'\n"
            "measures = [{ status = 'added' }, { status = 'planned' }]"
        ),
        [("goals[#1]/measures[#1]", "warning"), ("goals[#1]/measures[#2]", "warning")],
    ),
    (
        "MX608",
        told("市民意識調査", 76) + told("市民 意識調査", 77),
        [("goals[#2]/indicators[#1]", "warning")],
    ),
    (
        "MX608",
        told("調査", 76, "targets") * 2 + told("調査", 77, "targets"),
        [("goals[#3]/indicators[#1]", "warning")],
    ),
]

SOUND = [
    ("MX601", "measures = [{ title = '相談【追加】', status = 'added' }]"),
    ("MX601", "measures = [{ title = '【重点】相談', status = 'active' }]"),
    ("MX601", "measures = [{ title = '廃止した施設の活用' }]"),
    ("MX602", indicator("actuals = [{ year = 2023, value = 5 }, { year = 2023, value = 5.0 }]")),
    (
        "MX602",
        indicator("targets = [{ year = 2023, value = 6 }]\nactuals = [{ year = 2023, value = 5 }]"),
    ),
    ("MX602", indicator("targets = [{ value = 6 }, { value = 5 }]")),
    (
        "MX602",
        indicator(
            "actuals = [{ year = 2023, value = 5 }, { year = 2023, value = 9, unit = '回' },"
            " { year = 2023, value = 7, accumulation = 'cumulative' }, { year = 2023 }]"
        ),
    ),
    ("MX603", indicator("status = 'abolished'\nactuals = [{ value = 1 }]")),
    ("MX603", indicator("status = 'abolished'\ntargets = [{ state = 'undetermined' }]")),
    ("MX603", indicator("status = 'completed'\ntargets = [{ value = 1 }]")),
    ("MX604", indicator("targets = [{ value = 80, text = '8割' }]")),
    ("MX604", indicator("targets = [{ value = -30, text = '30%削減' }]")),
    ("MX604", indicator("targets = [{ value = 40000, text = '4万人' }]")),
    ("MX604", indicator("targets = [{ value = 12000, text = '12,000人' }]")),
    ("MX604", indicator("targets = [{ value = 5, text = '五つ' }, { value = 5, text = '〃' }]")),
    ("MX604", indicator("statement = '600人'\ntargets = [{ value = 1 }, { value = 2 }]")),
    ("MX604", indicator("statement = '600人'\nactuals = [{ value = 1 }]")),
    (
        "MX604",
        indicator(
            "targets = [{ value = 18, low = 17, high = 20, "
            "text = '18', inferred = ['low', 'high'] }]"
        ),
    ),
    (
        "MX605",
        (
            "vision = '2つの重要施策、うち1つの重要施策'\n"
            "goals = [{ level = '重要施策' }, { level = '重要施策' }]"
        ),
    ),
    ("MX605", "vision = '各3つの重要施策、新たな2つの重要施策'\ngoals = [{ level = '重要施策' }]"),
    ("MX605", "vision = '2つの柱'\ngoals = [{ level = '重要施策' }, { level = '柱' }]"),
    ("MX605", "goals = [{ level = '重要施策', description = '3つの重要施策' }]"),
    ("MX605", "vision = '八百の重要施策'\ngoals = [{ level = '重要施策' }]"),
    ("MX606", "goals = [{ evaluations = [{ rating = { text = '☆☆☆', score = 3 } }, {}] }]"),
    ("MX606", "goals = [{ evaluations = [{ rating = { text = '順調', score = 3, scale = 3 } }] }]"),
    ("MX606", "goals = [{ evaluations = [{ rating = { text = '☆☆☆' } }] }]"),
    ("MX607", "[[goals]]\nstatus = 'suspended'\nmeasures = [{ status = 'active' }]"),
    ("MX607", "[[goals]]\nstatus = 'abolished'\nmeasures = [{}, { status = 'abolished' }]"),
    ("MX608", told("市民意識調査", 76) * 2),
    ("MX608", told("", 76) + told("", 77)),
    ("MX608", told("市民意識調査", 76) + told("職員調査", 77)),
    ("MX608", told("市民意識調査", 76) + told("市民意識調査", 77, "targets")),
    (
        "MX608",
        indicator(
            "definition = '調査'\nactuals = [{ year = 2023, value = 1 }, "
            "{ year = 2023, value = 2 }]"
        ),
    ),
]


@pytest.mark.parametrize(("code", "fragment", "told"), FAULTY)
def test_reported(code: str, fragment: str, told: Told) -> None:
    assert check(code, fragment) == told


@pytest.mark.parametrize(("code", "fragment"), SOUND)
def test_not_reported(code: str, fragment: str) -> None:
    assert check(code, fragment) == []
