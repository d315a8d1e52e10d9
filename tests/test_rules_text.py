"""MX7xx: what must be reported, and near misses that must not.

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
MILD = [("measures[#1]", "info")]


def measure(title: str, fields: str = "") -> str:
    return f'[[measures]]\ntitle = "{title}"\n{fields}\n'


FAULTY = [
    ("MX701", measure("〓田支所", 'description = "\\uFFFD"'), ONE),
    ("MX701", 'sections = [{ title = "背景", text = "\\uFFFD\\uFFFD" }]', [("", "warning")]),
    ("MX702", measure("い", 'owners = [{ name = "市\\u001B[31m民課" }]'), ONE),
    ("MX702", measure("A\\u0007"), ONE),
    ("MX702", measure("い\\u202Eろ"), ONE),
    ("MX703", measure("\\u2F6C標") + measure("い"), ONE),
    ("MX703", measure("市\\u2EA0") * 3, [("", "warning")]),
    ("MX704", measure("住民DX（書かない窓口"), MILD),
    ("MX704", measure("い", 'owners = [{ name = "市民課)" }]'), MILD),
    ("MX704", 'indicators = [{ statement = "（満足度】80%" }]', [("indicators[#1]", "info")]),
    ("MX705", measure("導入及び利活用（"), ONE),
    ("MX705", measure("、利活用"), ONE),
    ("MX706", measure("い", 'labels = { "区分" = "\\uE000" }'), ONE),
    ("MX706", measure("い", 'actions = ["導入", "\\U000F0000"]'), ONE),
    ("MX707", measure("い", 'description = "導入&nbsp;運用 &#160;"'), ONE),
    ("MX707", measure("い", 'description = "<ul><li class=x>導入</LI>"'), ONE),
    ("MX707", measure("A<BR/>B"), ONE),
    ("MX708", measure("電子申請　"), MILD),
    ("MX708", measure("電子申請\\n"), MILD),
    ("MX709", measure("ã\\u0081\\u0082ã\\u0081\\u0084ã\\u0081\\u0086"), ONE),
]

SOUND = [
    ("MX701", measure("○○田支所 ■ □")),
    ("MX702", measure("い", 'description = "一行目\\n二行目\\tと三"')),
    ("MX703", measure("目標と市民 水")),
    ("MX704", measure("ア) 窓口、1） 電子【追加】(〈い〉)")),
    ("MX704", measure("い", 'description = "（続く"')),
    ("MX704", measure("「い」（ろ)［は]")),
    ("MX705", measure("メール配信ー")),
    ("MX705", measure("（仮称）い")),
    ("MX706", measure("髙﨑①㈱")),
    ("MX707", measure("い", 'description = "R&D、a < b > c、<外部リンク>、&と"')),
    ("MX708", measure("公式 LINE")),
    ("MX708", measure("　")),
    ("MX709", measure("繧繝縁の縺れ")),
    ("MX709", measure("São Paulo との交流")),
]


@pytest.mark.parametrize(("code", "fragment", "told"), FAULTY)
def test_reported(code: str, fragment: str, told: Told) -> None:
    assert check(code, fragment) == told


@pytest.mark.parametrize(("code", "fragment"), SOUND)
def test_not_reported(code: str, fragment: str) -> None:
    assert check(code, fragment) == []


def test_what_was_found_is_counted_and_named() -> None:
    plan = toml.loads('munidx = 1\n[[measures]]\ntitle = "あ\\u200B"\nactions = ["\\u200B\\u001B"]')
    (finding,) = validate(plan, select=["control-character"])
    assert finding.params == {
        "fields": ("title", "actions[1]"),
        "characters": ("U+200B", "U+001B"),
        "times": 3,
    }
