"""MX4xx: what must be reported, and near misses that must not.

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


ONE = [("measures[#1]", "warning")]


def goal(total: str, *rows: str) -> str:
    below = "".join(f"[[goals.measures]]\ncosts = [{row}]\n" for row in rows)
    return f"[[goals]]\ncosts = [{total}]\n{below}"


def measure(*costs: str) -> str:
    return f"[[measures]]\ncosts = [{', '.join(costs)}]\n"


TOTAL = "{ year = 2021, amount = 300, total = true }"
ROW = "{ year = 2021, amount = 100 }"

FAULTY = [
    ("MX401", goal(TOTAL, ROW, ROW), [("goals[#1]", "warning")]),
    ("MX401", goal(TOTAL, ROW, "{ year = 2021, amount = 201 }"), [("goals[#1]", "warning")]),
    (
        "MX401",
        goal(TOTAL, ROW, "") + "[[goals.measures.measures]]\n"
        "costs = [{ year = 2021, amount = 150 }, { year = 2021, amount = 49, category = '' }]",
        [("goals[#1]", "warning")],
    ),
    (
        "MX401",
        "[[goals]]\ncosts = [" + TOTAL + "]\n[[goals.goals]]\n"
        "costs = [{ year = 2021, amount = 200, total = true }]\n"
        "[[goals.goals.measures]]\ncosts = [{ year = 2021, amount = 300 }]",
        [("goals[#1]", "warning"), ("goals[#1]/goals[#1]", "warning")],
    ),
    ("MX402", measure("{ year = 2021, amount = -1, text = '1円' }"), ONE),
    ("MX402", "goals = [{ costs = [{ amount = -1000 }] }]", [("goals[#1]", "warning")]),
    ("MX403", measure("{ amount = 1 }", ROW), [("measures[#1]", "info")]),
    ("MX403", measure("{ amount = 1 }") * 2, [("", "info")]),
    (
        "MX404",
        measure(*(f"{{ year = {2020 + n}, amount = {a} }}" for n, a in enumerate((5, 6, 6000)))),
        ONE,
    ),
    ("MX405", measure("{ amount = 52, text = '52百万円' }"), ONE),
    ("MX405", measure("{ amount = 1200000, text = '1,200円' }"), ONE),
    (
        "MX406",
        measure(
            "{ year = 2020, amount = 1, category = 'project', basis = 'budget' }",
            "{ year = 2020, amount = 1, category = 'personnel', basis = 'settled' }",
        ),
        [("measures[#1]", "info")],
    ),
    ("MX407", measure(ROW, ROW, ROW), ONE),
    ("MX407", measure(TOTAL, "{ year = 2021, amount = 5, total = true }"), ONE),
]

SOUND = [
    ("MX401", goal(TOTAL, ROW, ROW, ROW)),
    ("MX401", goal(TOTAL)),
    ("MX401", goal(TOTAL, "{ year = 2020, amount = 9 }")),
    ("MX401", goal(TOTAL, ROW, "{ year = 2021, text = '未定' }")),
    ("MX401", goal("{ year = 2021, total = true, text = '―' }", ROW)),
    ("MX401", goal("{ year = 2021, amount = 500 }", ROW)),
    (
        "MX401",
        goal(TOTAL, "{ year = 2021, amount = 300, total = true }, { year = 2021, amount = 70 }"),
    ),
    (
        "MX401",
        goal(TOTAL, ROW + ", { year = 2021, amount = 9, category = 'personnel' }")
        + "[[goals.measures]]\ncosts = [{ year = 2021, amount = 200 }]",
    ),
    (
        "MX401",
        goal(TOTAL, "{ year = 2021, amount = 300 }")
        + "[[goals.measures.measures]]\ncosts = [{ year = 2021, amount = 120 }]",
    ),
    ("MX402", measure("{ amount = 0 }", "{ amount = -5, category = '差引額' }")),
    ("MX402", measure("{ amount = -5, text = '▲5' }")),
    ("MX403", measure("{ text = '未定' }", ROW)),
    ("MX404", measure("{ year = 2020, amount = 5 }", "{ year = 2021, amount = 5000 }")),
    (
        "MX404",
        measure(*(f"{{ year = {2020 + n}, amount = {a} }}" for n, a in enumerate((0, 5, 900, 7)))),
    ),
    ("MX404", measure(*(f"{{ amount = {a} }}" for a in (5, 6, 6000)))),
    ("MX405", measure("{ amount = 52000000, text = '52百万円' }", "{ amount = 1, text = '1千' }")),
    ("MX405", measure("{ amount = 3, text = '3円（うち国費2円）' }", "{ text = '5円' }")),
    (
        "MX406",
        measure(
            "{ year = 2020, amount = 1, category = 'project' }",
            "{ year = 2020, amount = 1, category = 'personnel' }",
            "{ year = 2021, amount = 1, category = 'project' }",
        ),
    ),
    ("MX407", measure(ROW, TOTAL, "{ amount = 1 }", "{ amount = 2 }")),
    ("MX407", measure(ROW, "{ year = 2021, amount = 100, basis = 'budget' }")),
]


@pytest.mark.parametrize(("code", "fragment", "told"), FAULTY)
def test_reported(code: str, fragment: str, told: Told) -> None:
    assert check(code, fragment) == told


@pytest.mark.parametrize(("code", "fragment"), SOUND)
def test_not_reported(code: str, fragment: str) -> None:
    assert check(code, fragment) == []


def test_a_wrong_total_tells_both_figures() -> None:
    plan = toml.loads("munidx = 1\n" + goal(TOTAL, ROW, ROW))
    (finding,) = validate(plan, select=["total-mismatch"])
    assert finding.params == {
        "printed": 300,
        "sum": 200,
        "difference": -100,
        "rows": 2,
        "year": 2021,
        "category": "",
    }
