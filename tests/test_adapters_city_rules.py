"""Rules that cities bring along: what is taken, and what is reported and stops nobody."""

import json
import pathlib
from collections.abc import Callable
from typing import Any

import pytest

from munidx.adapters.city_rules import adopt_all, adopt_for
from munidx.adapters.host import Host
from munidx.model import Document, Measure, Municipality, Plan
from munidx.report.catalogue import hint, sentence
from munidx.rules import Policy, all_rules

Run = Callable[..., Any]

RULES = """

from munidx.adapters import hookimpl
from munidx.findings import Severity
from munidx.rules.registry import Rule, Wording, found


def untold(view):
    for item, measure in view.measures:
        if "公園" in measure.title:
            yield found(item, word="公園")


def broken(view):
    yield found(view.items[0])
    raise SystemExit(1)


def astray(view):
    from munidx.model import Item, Plan
    yield found(Item(path="goals[99]", node=Plan(), parent=""))


def page(lang):
    return Wording(sentence="{word}!", hint="?", page=f"{lang}.\\n\\nWhy:\\n    So.\\n")


def made(code="KAKU101", name="kaku-park", check=untold, wordings=None):
    told = {lang: page(lang) for lang in ("en", "ja")} if wordings is None else wordings
    return Rule(code=code, name=name, severity=Severity.ERROR, check=check, wordings=told)
"""
HOOK = "\n\n@hookimpl\ndef munidx_rules():\n    {body}\n"
PLAN = Plan(
    title="計画",
    municipality=Municipality(code="999993", name="架空市"),
    measures=(Measure(code="1", title="公園の整備"), Measure(code="2", title="道路")),
)


@pytest.fixture
def city(kaku_with: Callable[[str], pathlib.Path]) -> Callable[[str], Host]:
    """Install kaku with rules of its own: what its hook does."""

    def make(body: str) -> Host:
        kaku_with(RULES + HOOK.format(body=body))
        return Host()

    return make


def own() -> list[str]:
    return [rule.code for rule in all_rules() if rule.city == "kaku"]


def test_a_citys_rule_holds_for_its_plans_alone(city: Callable[[str], Host]) -> None:
    assert adopt_for(PLAN, city("return [made()]")) == ()
    assert own() == ["KAKU101"]
    (finding,) = Policy(select=["KAKU"]).validate(PLAN).findings
    assert (finding.path, sentence(finding), hint(finding, "ja")) == ("measures[1]", "公園!", "?")
    read = Plan(measures=PLAN.measures, documents=(Document(name="a", adapter="kaku"),))
    assert len(Policy(select=["kaku-park"]).validate(read).findings) == 1
    other = Plan(measures=PLAN.measures, municipality=Municipality(code="282073", name="伊丹市"))
    assert Policy(select=["KAKU"]).validate(other).findings == ()
    assert Policy(ignore=["KAKU"]).validate(PLAN).findings != ()


def test_a_plan_of_no_city_asks_nobody(city: Callable[[str], Host]) -> None:
    assert adopt_for(Plan(), city("raise ZeroDivisionError")) == ()
    assert own() == []


@pytest.mark.parametrize(
    ("body", "reasons", "left"),
    [
        ("return []", [], []),
        ("return None", [], []),
        ("raise ZeroDivisionError('no')", ["adapter-rules-failed"], []),
        ("raise SystemExit", ["adapter-rules-failed"], []),
        ("return 3", ["adapter-rules-failed"], []),
        ("return [made(), 3]", ["adapter-rule-wrong"], ["KAKU101"]),
        ("return [made(check=None)]", ["adapter-rule-wrong"], []),
        ("return [made('MX101'), made('KAKU1')]", ["adapter-rule-code"] * 2, []),
        ("return [made('NARA101'), made()]", ["adapter-rule-code"], ["KAKU101"]),
        ("return [made(name='park')]", ["adapter-rule-name"], []),
        ("return [made(), made()]", ["adapter-rule-twice"], ["KAKU101"]),
        ("return [made(), made('KAKU102')]", ["adapter-rule-twice"], ["KAKU101"]),
        ("return [made(wordings={'en': page('en')})]", ["adapter-rule-wording"], []),
        (
            "return [made(wordings={k: Wording(sentence='{', page='x') for k in ('en', 'ja')})]",
            ["adapter-rule-wording"],
            [],
        ),
        (
            "w = Wording(sentence='{a.b}', page='x'); return [made(wordings={'en': w, 'ja': w})]",
            ["adapter-rule-wording"],
            [],
        ),
    ],
)
def test_what_is_wrong_is_reported_and_the_rest_is_taken(
    city: Callable[[str], Host], body: str, reasons: list[str], left: list[str]
) -> None:
    findings = adopt_all(city(body))
    assert [finding.params["reason"] for finding in findings] == reasons
    assert {finding.code for finding in findings} <= {"MX908"}
    assert own() == left
    for finding in findings:
        assert "kaku" in sentence(finding)
        assert "{" not in sentence(finding, "ja")


@pytest.mark.parametrize("check", ["broken", "astray"])
def test_a_rule_that_raises_is_a_finding_and_the_others_run(
    run: Run, city: Callable[[str], Host], plan: pathlib.Path, check: str
) -> None:
    city(f"return [made(), made('KAKU102', 'kaku-{check}', {check})]")
    text = plan.read_text("utf-8").replace('電子申請"', '公園の整備"')
    head = '[municipality]\ncode = "999993"\nname = "架空市"\n\n[[goals]]'
    plan.write_text(text.replace("[[goals]]", head, 1), encoding="utf-8")
    ran = run("validate", plan, "--format", "json")
    told = {finding["code"]: finding for finding in json.loads(ran.out)["findings"]}
    assert {"KAKU101", "MX900"} <= set(told)
    assert told["MX900"]["params"]["rule"] == "KAKU102"
    assert told["KAKU101"]["name"] == "kaku-park"
    assert ran.code == 1


def test_the_commands_know_them(run: Run, city: Callable[[str], Host]) -> None:
    city("return [made(), made('KAKU1')]")
    ran = run("rules", "KAKU")
    assert ran.out == "KAKU101  kaku-park  error  en.  [kaku]\n"
    assert "KAKU1 is not of the form KAKU101" in ran.err
    ran = run("rule", "KAKU101", "--lang", "ja")
    assert ran.out == "KAKU101 kaku-park (誤り)  [kaku]\n\nja.\n\n趣旨\n    So.\n"
    told = json.loads(run("rule", "kaku-park", "--format", "json").out)["rule"]
    assert (told["city"], told["why"]) == ("kaku", "So.")
    assert run("validate", "missing.toml", "--select", "KAKU101").code == 3


def test_two_packages_of_one_name_have_no_rules(
    city: Callable[[str], Host], tmp_path: pathlib.Path
) -> None:
    city("return [made()]")
    info = tmp_path / "site" / "other-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: other\nVersion: 1\n", "utf-8")
    (info / "entry_points.txt").write_text(
        "[munidx.adapters]\nkaku = munidx_other.adapter\n", "utf-8"
    )
    assert adopt_all(Host()) == ()
    assert own() == []


def test_the_example_of_the_documentation_is_a_citys_rule(
    kaku_with: Callable[[str], pathlib.Path],
) -> None:
    page = pathlib.Path(__file__).parents[1] / "docs" / "adapters.md"
    blocks = page.read_text(encoding="utf-8").split("```python\n")
    told = [block.partition("```")[0] for block in blocks[1:]]
    (code,) = (block for block in told if "munidx_rules" in block)
    kaku_with("\n\n" + code.replace("MYCITY", "KAKU").replace("mycity", "kaku"))
    assert adopt_all(Host()) == ()
    plan = Plan(municipality=PLAN.municipality, measures=(Measure(code="一", title="公園"),))
    (finding,) = Policy(select=["KAKU101"]).validate(plan).findings
    assert sentence(finding) == "一 is no number."


def test_isolated_no_rule_of_a_city_runs(
    run: Run, city: Callable[[str], Host], plan: pathlib.Path
) -> None:
    city("raise ZeroDivisionError")
    head = '[municipality]\ncode = "999993"\nname = "架空市"\n\n[[goals]]'
    text = plan.read_text("utf-8").replace("[[goals]]", head, 1)
    plan.write_text(text, encoding="utf-8")
    assert "MX908" in run("validate", plan).out
    assert "MX908" not in run("validate", plan, "--isolate").out
