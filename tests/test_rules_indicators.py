"""MX301 to MX308, MX314 and MX315: what must be reported, and near misses that must not.

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
MEASURED = "[[measures]]\nindicators = [{ title = '満足度' }]\n"


def indicator(title: str, fields: str) -> str:
    return f"[[indicators]]\ntitle = '{title}'\n{fields}\n"


FAULTY = [
    ("MX301", MEASURED + "[[measures]]\ntitle = 'い'", [("measures[#2]", "warning")]),
    ("MX301", "measures = [{ title = 'い' }]", [("measures[#1]", "warning")]),
    ("MX301", "measures = [{ title = 'い' }, { title = 'ろ' }, { title = 'は' }]", [("", "info")]),
    (
        "MX301",
        "indicators = [{ title = '人口' }]\n" + MEASURED * 2 + "[[measures]]\nmeasures = [{}, {}]",
        [("measures[#3]/measures[#1]", "warning"), ("measures[#3]/measures[#2]", "warning")],
    ),
    (
        "MX302",
        indicator("い", "targets = [{ value = 1 }]") + indicator("ろ", ""),
        [("indicators[#2]", "warning")],
    ),
    ("MX302", indicator("い", "") * 3 + indicator("ろ", "targets = [{}]"), [("", "info")]),
    (
        "MX303",
        indicator("い", "targets = [{ state = 'undetermined' }, { state = 'undetermined' }]"),
        ONE * 2,
    ),
    (
        "MX304",
        indicator("い", "targets = [{ value = 1 }, { year = 2025, value = 2 }]"),
        [("indicators[#1]", "info")],
    ),
    ("MX304", indicator("い", "targets = [{ low = 1 }]") * 2, [("", "info")]),
    ("MX305", indicator("満足度", "targets = [{ value = 4 }, { value = 5 }]"), ONE),
    ("MX305", indicator("全国平均", "targets = [{ low = 17, high = 20 }]"), ONE),
    (
        "MX306",
        indicator(
            "利用", "unit = '人'\nbaseline = { value = 3 }\ntargets = [{ value = 9, unit = '回' }]"
        ),
        ONE,
    ),
    (
        "MX306",
        indicator("利用", "targets = [{ value = 9, unit = '千人' }, { value = 9, unit = '人' }]"),
        ONE,
    ),
    (
        "MX307",
        indicator("い", "targets = [{ state = 'qualitative' }, { state = 'qualitative' }]")
        + indicator("ろ", "targets = [{ value = 1 }]"),
        [("indicators[#1]", "info")],
    ),
    ("MX307", indicator("い", "targets = [{ state = 'qualitative' }]") * 2, [("", "info")]),
    ("MX308", indicator("職員の割合", "unit = '％'\nactuals = [{ value = 100.1 }]"), ONE),
    ("MX308", indicator("受診率", "targets = [{ low = -1, high = 5, unit = '%' }]"), ONE),
    (
        "MX308",
        "[[indicators]]\nstatement = '満足度120%'\ntargets = [{ value = 120, unit = '%' }]",
        ONE,
    ),
    ("MX314", indicator("い", "baseline = { low = 2, high = 1 }"), [("indicators[#1]", "error")]),
    ("MX315", indicator("い", "baseline = {}\nactuals = [{ text = '調査中' }]"), ONE * 2),
    ("MX315", indicator("い", "targets = [{ state = 'withheld', low = 1 }]"), ONE),
]

SOUND = [
    ("MX301", "title = '計画'"),
    ("MX301", MEASURED + "[[measures]]\nstatus = 'suspended'"),
    ("MX301", MEASURED + "[[measures]]\nstatus = 'completed'\nmeasures = [{ title = 'い' }]"),
    ("MX301", "[[goals]]\nindicators = [{}]\nmeasures = [{}, { measures = [{}] }]"),
    ("MX301", "[[measures]]\n[[measures.measures]]\nindicators = [{}]"),
    ("MX302", "measures = [{ status = 'abolished', indicators = [{ title = 'い' }] }]"),
    ("MX302", indicator("い", "targets = [{ state = 'qualitative', text = '向上' }]")),
    ("MX303", indicator("い", "status = 'abolished'\ntargets = [{ state = 'undetermined' }]")),
    ("MX303", indicator("い", "targets = [{ state = 'not_applicable' }]")),
    ("MX304", indicator("い", "targets = [{ period = { end = 2027 }, value = 1 }]")),
    ("MX304", indicator("い", "targets = [{ period = { start = 2027 }, value = 1 }]")),
    ("MX304", indicator("い", "targets = [{ state = 'qualitative', text = '向上' }]")),
    ("MX305", indicator("投票率", "targets = [{ fraction = '1/3' }]")),
    ("MX305", indicator("学力の標準偏差", "targets = [{ value = 50 }]")),
    ("MX305", indicator("参加者数（累計）", "targets = [{ value = 50 }]")),
    ("MX305", indicator("満足度", "unit = '点'\ntargets = [{ value = 4 }]")),
    ("MX305", indicator("満足度", "baseline = { value = 4 }\nactuals = [{ value = 4 }]")),
    (
        "MX306",
        indicator("利用", "unit = '人'\nbaseline = { value = 3 }\ntargets = [{ value = 9 }]"),
    ),
    (
        "MX306",
        indicator(
            "利用",
            (
                "unit = '人'\ntargets = [{ value = 30, unit = '%', quantity = 'change' }, "
                "{ value = 9 }]"
            ),
        ),
    ),
    (
        "MX306",
        indicator(
            "率", "targets = [{ value = 1, unit = 'パーセント' }, { value = 2, unit = '％' }]"
        ),
    ),
    (
        "MX306",
        indicator("会", "actuals = [{ value = 6, unit = '回' }, { value = 9, unit = '人' }]"),
    ),
    ("MX307", indicator("い", "targets = [{ state = 'qualitative' }, { value = 1 }]")),
    ("MX307", indicator("い", "status = 'completed'\ntargets = [{ state = 'qualitative' }]")),
    (
        "MX308",
        indicator(
            "満足度", "targets = [{ value = 100, unit = '%' }, { value = 400, unit = '人' }]"
        ),
    ),
    ("MX308", indicator("満足度", "targets = [{ value = -5, unit = '%', quantity = 'change' }]")),
    ("MX308", indicator("予算の執行率", "targets = [{ value = 103, unit = '%' }]")),
    ("MX314", indicator("い", "targets = [{ low = 1, high = 1 }, { low = 5 }, { high = 1 }]")),
    (
        "MX315",
        indicator("い", "targets = [{ state = 'qualitative', value = 1 }, { fraction = '1/3' }]"),
    ),
    ("MX315", indicator("い", "targets = [{ alternatives = [{ value = 1 }, { value = 2 }] }]")),
]


@pytest.mark.parametrize(("code", "fragment", "told"), FAULTY)
def test_reported(code: str, fragment: str, told: Told) -> None:
    assert check(code, fragment) == told


@pytest.mark.parametrize(("code", "fragment"), SOUND)
def test_not_reported(code: str, fragment: str) -> None:
    assert check(code, fragment) == []
