"""MX309 to MX313, MX316 and MX211: what must be reported, and near misses that must not.

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
MILD = [("indicators[#1]", "info")]


def indicator(direction: str, fields: str) -> str:
    return f"[[indicators]]\nunit = '人'\ndirection = '{direction}'\n{fields}\n"


FAULTY = [
    ("MX309", indicator("decrease", "baseline = { value = 5 }\ntargets = [{ value = 6 }]"), ONE),
    (
        "MX309",
        indicator(
            "increase",
            "inferred = ['direction']\nbaseline = { value = 5 }\n"
            "targets = [{ year = 2025, value = 4 }, { year = 2024, value = 9 }]",
        ),
        MILD,
    ),
    ("MX310", indicator("decrease", "baseline = { value = 5 }\ntargets = [{ value = 5.0 }]"), MILD),
    (
        "MX310",
        indicator("increase", "baseline = { value = 5 }\ntargets = [{ value = 4 }, { value = 5 }]"),
        MILD,
    ),
    (
        "MX311",
        indicator(
            "decrease",
            "targets = [{ year = 2025, value = 3 }, { year = 2024, value = 2 }, { value = 9 }]",
        ),
        ONE,
    ),
    (
        "MX311",
        indicator(
            "increase",
            (
                "inferred = ['direction']\ntargets = [{ year = 2024, value = 3 }, "
                "{ year = 2025, value = 2 }]"
            ),
        ),
        MILD,
    ),
    ("MX312", indicator("increase", "targets = [{ value = 3, comparator = 'below' }]"), ONE),
    (
        "MX312",
        indicator(
            "decrease", "inferred = ['direction']\ntargets = [{ value = 3, comparator = 'above' }]"
        ),
        MILD,
    ),
    ("MX313", indicator("maintain", "baseline = { value = 5 }\nactuals = [{ value = 500 }]"), ONE),
    ("MX313", indicator("increase", "targets = [{ value = 12 }, { value = 12000 }]"), ONE),
    (
        "MX316",
        indicator(
            "increase",
            "targets = [{ year = 2023 }, { year = 2024 }, { year = 2027 }, { year = 2025 }]",
        ),
        MILD,
    ),
    (
        "MX211",
        indicator(
            "increase", "targets = [{ year = 2024, value = 1 }]\nactuals = [{ date = '2023' }]"
        ),
        MILD,
    ),
]

SOUND = [
    ("MX309", indicator("maintain", "baseline = { value = 5 }\ntargets = [{ value = 4 }]")),
    ("MX309", "[[indicators]]\nbaseline = { value = 5 }\ntargets = [{ value = 4 }]"),
    (
        "MX309",
        indicator("increase", "baseline = { value = 5 }\ntargets = [{ value = 4, unit = '回' }]"),
    ),
    (
        "MX309",
        indicator(
            "increase",
            "baseline = { value = 5 }\ntargets = [{ value = 4, accumulation = 'annual' }]",
        ),
    ),
    (
        "MX309",
        indicator(
            "increase", "baseline = { value = 5 }\ntargets = [{ value = 4, quantity = 'change' }]"
        ),
    ),
    (
        "MX309",
        indicator("increase", "baseline = { state = 'withheld' }\ntargets = [{ value = 4 }]"),
    ),
    (
        "MX309",
        indicator(
            "increase", "status = 'abolished'\nbaseline = { value = 5 }\ntargets = [{ value = 4 }]"
        ),
    ),
    ("MX310", indicator("increase", "baseline = { value = 5 }\ntargets = [{ value = 5.1 }]")),
    (
        "MX311",
        indicator("maintain", "targets = [{ year = 2024, value = 3 }, { year = 2025, value = 2 }]"),
    ),
    (
        "MX311",
        indicator(
            "increase",
            "targets = [{ year = 2024, value = 3, accumulation = 'cumulative' },"
            " { year = 2025, value = 2, accumulation = 'annual' }]",
        ),
    ),
    ("MX311", indicator("increase", "targets = [{ value = 3 }, { value = 2 }]")),
    ("MX312", indicator("increase", "targets = [{ value = 3, comparator = 'at_least' }]")),
    ("MX312", indicator("decrease", "targets = [{ value = 3, comparator = 'about' }]")),
    ("MX312", indicator("decrease", "actuals = [{ value = 3, comparator = 'at_least' }]")),
    ("MX312", "[[indicators]]\ntargets = [{ value = 3, comparator = 'at_most' }]"),
    ("MX313", indicator("increase", "baseline = { value = 4.9 }\ntargets = [{ value = 4000 }]")),
    ("MX313", indicator("increase", "baseline = { value = 5 }\ntargets = [{ value = 499 }]")),
    (
        "MX313",
        indicator(
            "increase", "baseline = { value = 5, unit = '千人' }\ntargets = [{ value = 5000 }]"
        ),
    ),
    (
        "MX316",
        indicator("increase", "actuals = [{ year = 2010 }, { year = 2015 }, { year = 2020 }]"),
    ),
    (
        "MX316",
        indicator("increase", "actuals = [{ year = 2018 }, { year = 2019 }, { year = 2020 }]"),
    ),
    (
        "MX211",
        indicator("increase", "targets = [{ date = '2024-08' }, { year = 2024 }, { value = 1 }]"),
    ),
    (
        "MX211",
        indicator("increase", "targets = [{ date = '2024' }]")
        + indicator("increase", "targets = [{ year = 2024 }]"),
    ),
]


@pytest.mark.parametrize(("code", "fragment", "told"), FAULTY)
def test_reported(code: str, fragment: str, told: Told) -> None:
    assert check(code, fragment) == told


@pytest.mark.parametrize(("code", "fragment"), SOUND)
def test_not_reported(code: str, fragment: str) -> None:
    assert check(code, fragment) == []
