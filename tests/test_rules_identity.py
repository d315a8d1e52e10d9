"""MX101 to MX111 (except structure): what must be reported, and near misses that must not.

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


CITY = 'municipality = { code = "272299", name = "四條畷市" }\n'

FAULTY = [
    (
        "MX101",
        'measures = [{ code = "(1)" }, { code = "２" }, { code = "（１）" }, { code = "(1)" }]',
        [("measures[#3]", "warning"), ("measures[#4]", "warning")],
    ),
    (
        "MX101",
        '[[goals]]\nindicators = [{ code = "①" }, { code = "1" }]',
        [("goals[#1]/indicators[#2]", "warning")],
    ),
    (
        "MX102",
        'id = "x"\ngoals = [{ title = "い", measures = [{ id = "x", title = "ろ" }] }]',
        [("goals[#1]/measures[#1]", "error")],
    ),
    (
        "MX102",
        'measures = [{ id = "x", title = "い ろ" }, { id = "x", title = "いろ" }]',
        [("measures[#2]", "warning")],
    ),
    (
        "MX103",
        'title = "計画"\ngoals = [{ indicators = [{ title = " " }] }]',
        [("goals[#1]", "warning"), ("goals[#1]/indicators[#1]", "warning")],
    ),
    ("MX104", 'municipality = { code = "27229" }', [("", "error")]),
    ("MX104", 'municipality = { code = "２７２２９９" }', [("", "error")]),
    (
        "MX105",
        (
            'title = "DX 計画"\n'
            'goals = [{ title = "い", references = [{ plan = "DX計画", title = "ろ" }] }]'
        ),
        [("goals[#1]", "warning")],
    ),
    (
        "MX109",
        'measures = [{ code = "１", former_codes = ["9", " 1"] }]',
        [("measures[1]", "warning")],
    ),
    (
        "MX110",
        'municipality = { code = "282073", name = "伊丹市", prefecture = "大阪府" }',
        [("", "warning")],
    ),
    (
        "MX110",
        'municipality = { code = "990001", name = "市", prefecture = "大阪府" }',
        [("", "warning")],
    ),
    ("MX111", CITY + 'id = "272299-action-dx"\nkind = "sectoral"', [("", "warning")]),
    ("MX111", CITY + 'id = "dx"', [("", "warning")]),
]

SOUND = [
    ("MX101", 'measures = [{ title = "い" }, { title = "ろ" }]'),
    ("MX101", 'goals = [{ code = "1", level = "基本目標" }, { code = "1", level = "横断目標" }]'),
    ("MX101", 'goals = [{ code = "1" }]\nmeasures = [{ code = "1" }]'),
    ("MX102", 'measures = [{ code = "1" }, { code = "1" }]'),
    ("MX103", 'title = "計画"\nindicators = [{ statement = "満足度 80%" }]'),
    ("MX104", 'municipality = { name = "四條畷市" }'),
    ("MX104", 'title = "計画"'),
    (
        "MX105",
        (
            'id = "a"\nmeasures = [{ code = "５-２-(1)" }]\n'
            'references = [{ plan = "a", code = "5-2- (1)" }]'
        ),
    ),
    ("MX105", 'id = "a"\ntitle = "計画"\nreferences = [{ plan = "a" }, { code = "9" }]'),
    ("MX105", 'title = "計画"\nreferences = [{ plan = "計画", title = "計画" }]'),
    ("MX109", 'measures = [{ former_codes = [""] }, { code = "2", former_codes = ["1"] }]'),
    ("MX110", CITY),
    ("MX110", 'municipality = { code = "011002", name = "札幌市", prefecture = "北海道" }'),
    ("MX110", 'municipality = { code = "272298", prefecture = "兵庫県" }'),
    ("MX111", CITY + 'id = "272299-project-list-r6"\nkind = "project_list"'),
    ("MX111", CITY + 'id = "272299-anything"'),
    ("MX111", 'id = "anything"\nmunicipality = { name = "四條畷市" }'),
]


@pytest.mark.parametrize(("code", "fragment", "told"), FAULTY)
def test_reported(code: str, fragment: str, told: Told) -> None:
    assert check(code, fragment) == told


@pytest.mark.parametrize(("code", "fragment"), SOUND)
def test_not_reported(code: str, fragment: str) -> None:
    assert check(code, fragment) == []
