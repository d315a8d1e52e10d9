"""MX106 to MX108 and MX112 to MX116: what must be reported, and near misses that must not.

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


def codes(*values: str) -> str:
    return "".join(f'[[measures]]\ncode = "{value}"\ntitle = "{value}号"\n' for value in values)


FAULTY = [
    ("MX106", codes("1", "2", "4"), [("measures[4]", "info")]),
    ("MX106", codes("(1)-1", "(1)-2", "(1)-3", "(1)-5", "(1)-6"), [("measures[(1)-5]", "info")]),
    ("MX106", codes("5", "4", "2"), [("measures[4]", "info")]),
    ("MX107", codes("1", "3", "2"), [("measures[2]", "info")]),
    ("MX107", codes("612050", "612040", "612030"), [("measures[612040]", "info")]),
    (
        "MX108",
        '[[goals]]\nindicators = [{ title = "満足度" }, { title = "満足度" }]',
        [("goals[#1]/indicators[#2]", "warning")],
    ),
    (
        "MX113",
        (
            '[[goals]]\ncode = "(2)"\n[[goals.goals]]\ncode = "(2)-1"\n'
            '[[goals.goals]]\ncode = "(2)-2"\n[[goals.goals]]\ncode = "(3)-3"'
        ),
        [("goals[(2)]/goals[(3)-3]", "warning")],
    ),
    ("MX114", 'title = "計画"\nsections = [{ text = "本文" }]', [("", "warning")]),
    (
        "MX115",
        'goals = [{ title = "い", goals = [{ title = "ろ" }] }, { title = "は", measures = [{}] }]',
        [("goals[#1]/goals[#1]", "info")],
    ),
    (
        "MX116",
        (
            'goals = [{ measures = [{ code = "9", title = "い" }] }]\n'
            'measures = [{ code = "9", title = "い" }]'
        ),
        [("measures[9]", "info")],
    ),
]

SOUND = [
    ("MX106", codes("1", "2")),
    ("MX106", codes("1", "3")),
    ("MX106", codes("1", "5", "9")),
    ("MX106", codes("1-1", "1-2", "2-4", "2-5")),
    ("MX106", codes("い", "ろ", "は")),
    ("MX106", codes("1" * 41, "2" * 41, "4" * 41)),
    ("MX107", codes("1-9", "1-10", "2-1")),
    ("MX107", codes("A3", "1", "A4", "2")),
    ("MX108", 'measures = [{ title = "い" }, { measures = [{ title = "い" }] }]'),
    ("MX108", "measures = [{}, {}]"),
    (
        "MX108",
        (
            '[[measures]]\ntitle = "い"\ncosts = [{ budget_code = "02-01-03" }]\n'
            '[[measures]]\ntitle = "い"\ncosts = [{ budget_code = "02-01-14" }]'
        ),
    ),
    (
        "MX108",
        (
            '[[goals]]\nindicators = [{ title = "満足度", statement = "あ" }, '
            '{ title = "満足度", statement = "い" }]'
        ),
    ),
    ("MX113", '[[goals]]\ncode = "2"\nmeasures = [{ code = "1" }, { code = "2" }, { code = "3" }]'),
    ("MX113", '[[goals]]\ncode = "2"\nmeasures = [{ code = "1-1" }, { code = "1-2" }]'),
    ("MX113", '[[goals]]\ntitle = "い"\nmeasures = [{ code = "1-1" }]'),
    ("MX114", 'indicators = [{ title = "い" }]'),
    (
        "MX115",
        (
            'goals = [{ measures = [{}] }, { status = "abolished" }, '
            '{ status = "completed", goals = [{}] }]'
        ),
    ),
    (
        "MX116",
        (
            'goals = [{ measures = [{ code = "1", title = "い" }] }, '
            '{ measures = [{ code = "1", title = "ろ" }] }]'
        ),
    ),
    ("MX116", 'goals = [{ measures = [{ title = "い" }] }, { measures = [{ title = "い" }] }]'),
    ("MX112", "[[goals]]\n[[goals.goals]]\n[[goals.goals.goals]]\n[[goals.goals.goals.goals]]"),
]


@pytest.mark.parametrize(("code", "fragment", "told"), FAULTY)
def test_reported(code: str, fragment: str, told: Told) -> None:
    assert check(code, fragment) == told


@pytest.mark.parametrize(("code", "fragment"), SOUND)
def test_not_reported(code: str, fragment: str) -> None:
    assert check(code, fragment) == []
