"""MX5xx: what must be reported, and near misses that must not.

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


OWNED = "[[measures]]\nowners = [{ name = '市民課' }]\n"
ONE = [("measures[#1]", "warning")]


def owners(*told: str) -> str:
    return f"[[measures]]\nowners = [{', '.join(told)}]\n"


def units(*bureaus: str) -> str:
    return "".join(owners(f"{{ name = '窓口課', path = ['{bureau}'] }}") for bureau in bureaus)


FAULTY = [
    ("MX501", OWNED * 2 + "[[measures]]\n", [("measures[#3]", "warning")]),
    ("MX501", OWNED + owners("{ role = 'lead' }"), [("measures[#2]", "warning")]),
    ("MX501", OWNED + "[[measures]]\n" * 3, [("", "info")]),
    (
        "MX501",
        (
            "[[goals]]\nowners = [{ name = '市民部' }]\n"
            "measures = [{ owners = [{ name = '市民課' }] }, { title = '窓口' }]"
        ),
        [("goals[#1]/measures[#2]", "warning")],
    ),
    (
        "MX502",
        owners("{ name = 'い課', role = 'lead' }", "{ name = 'ろ課', role = 'lead' }"),
        [("measures[#1]", "info")],
    ),
    (
        "MX502",
        "owners = [{ name = 'い部', role = 'lead' }, { name = 'ろ部', role = 'lead' }]",
        [("", "info")],
    ),
    ("MX503", owners("{ name = 'い課' }", "{ name = 'ろ課' }", "{ name = 'い 課' }"), ONE),
    (
        "MX503",
        "goals = [{ owners = [{ person = '甲' }, { person = '甲' }] }]",
        [("goals[#1]", "warning")],
    ),
    ("MX504", owners("{ name = 'い課' }", "{ role = 'supporting' }", "{}"), ONE * 2),
    ("MX504", "owners = [{}]", [("", "warning")]),
    (
        "MX505",
        owners("{ name = '市民課', path = ['市民部部'] }", "{ name = '支援室室 ' }"),
        ONE * 2,
    ),
    (
        "MX505",
        "indicators = [{ owners = [{ name = '企画課課' }] }]",
        [("indicators[#1]", "warning")],
    ),
    ("MX506", units("市民部", "市民部", "総務部", "市民部"), [("measures[#3]", "info")]),
    ("MX506", units("総務部", "市民部", "市民部", "市民部", "市民部"), [("measures[#1]", "info")]),
]

SOUND = [
    ("MX501", OWNED + "[[measures]]\nstatus = 'completed'"),
    ("MX501", OWNED + "[[goals]]\nstatus = 'abolished'\nmeasures = [{ title = 'い' }]"),
    ("MX501", "[[measures]]\nowners = [{ path = ['総務部'] }]\nmeasures = [{}, {}, {}]"),
    ("MX501", "owners = [{ name = '市民部' }]\nmeasures = [{}, {}]"),
    ("MX501", "[[goals]]\nowners = [{ name = '市民部' }]\n[[goals.goals]]\nmeasures = [{}]"),
    ("MX501", "title = '計画'"),
    ("MX502", owners("{ name = 'い課', role = 'lead' }", "{ name = 'ろ課' }")),
    ("MX502", owners("{ name = 'い課', role = 'lead' }", "{ name = 'い課', role = 'lead' }")),
    ("MX503", owners("{ name = 'い課', role = 'lead' }", "{ name = 'い課', role = 'evaluating' }")),
    (
        "MX503",
        owners("{ name = '総務課', path = ['い部'] }", "{ name = '総務課', path = ['ろ部'] }"),
    ),
    ("MX504", owners("{ person = '甲' }", "{ name = 'い課' }")),
    ("MX505", owners("{ name = '部' }", "{ name = '課税課' }", "{ name = '局' }")),
    ("MX506", units("市民部", "市民部", "総務部")),
    ("MX506", units("市民部", "市民部", "市民部", "総務部", "総務部")),
    ("MX506", units("市民部", "市民部", "市民部", "総務部", "教育部")),
    ("MX506", units("市民部", "市民部", "市民部")),
]


@pytest.mark.parametrize(("code", "fragment", "told"), FAULTY)
def test_reported(code: str, fragment: str, told: Told) -> None:
    assert check(code, fragment) == told


@pytest.mark.parametrize(("code", "fragment"), SOUND)
def test_not_reported(code: str, fragment: str) -> None:
    assert check(code, fragment) == []
