"""A form said in TOML is the form said in Python, and its faults have their places."""

import pathlib

import pytest

from munidx.adapters.tables import Caption, Column, Form, Group, Unknown, parse_form, read_form
from munidx.errors import AdapterError, ConfigError
from munidx.model import CostBasis, Municipality, PlanKind

TOWN = Municipality(code="272230", name="門真市", prefecture="大阪府")
TEXT = r"""
title = '(?P<year>.{1,14}年度)実施計画'
slug = "projects"
kind = "action"
level = "事業"
least = 2
numbered = true
unknown = "leftover"
totals = ["合計"]
boilerplate = ['※.*']
columns = [
    { field = "code", words = ["番号", "No."] },
    { field = "title", words = ["事業名"], tight = true },
    { field = "costs", words = ["予算額"], under = ["令和6年度"], basis = "budget" },
]

[[groups]]
level = "柱"
pattern = '第(?P<code>\d)の柱 (?P<title>.+)'

[[captions]]
field = "label"
pattern = "【(?P<value>.+)】"
label = "区分"

[municipality]
code = "272230"
name = "門真市"
prefecture = "大阪府"
"""
FORM = Form(
    title=r"(?P<year>.{1,14}年度)実施計画",
    slug="projects",
    municipality=TOWN,
    kind=PlanKind.ACTION,
    level="事業",
    least=2,
    numbered=True,
    unknown=Unknown.LEFTOVER,
    totals=("合計",),
    boilerplate=("※.*",),
    columns=(
        Column("code", "番号", "No."),
        Column("title", "事業名", tight=True),
        Column("costs", "予算額", under="令和6年度", basis=CostBasis.BUDGET),
    ),
    groups=(Group("柱", r"第(?P<code>\d)の柱 (?P<title>.+)"),),
    captions=(Caption("label", "【(?P<value>.+)】", label="区分"),),
)


def test_both_ways_to_say_a_form_say_the_same() -> None:
    assert parse_form("\ufeff" + TEXT.replace("\n", "\r\n")) == FORM


def test_a_form_without_a_municipality_takes_the_one_given() -> None:
    short = TEXT[: TEXT.index("[municipality]")]
    assert parse_form(short, municipality=TOWN) == FORM
    with pytest.raises(ConfigError) as caught:
        parse_form(short)
    assert (caught.value.code, caught.value.params["key"]) == ("missing-key", "municipality")


@pytest.mark.parametrize(
    ("old", "new", "code", "line", "field"),
    [
        ('slug = "projects"', "slug =", "toml-syntax", 3, None),
        ("slug =", "slag =", "unknown-key", 3, None),
        ('slug = "projects"\n', "", "missing-key", None, None),
        ('level = "事業"\n', "level = 1\n", "wrong-type", 5, "level"),
        ("least = 2", "least = true", "wrong-type", 6, "least"),
        ("numbered = true", "numbered = 1", "wrong-type", 7, "numbered"),
        ('"leftover"', '"left"', "wrong-value", 8, "unknown"),
        ('"leftover"', "2000-01-01", "wrong-value", 8, "unknown"),
        ('["合計"]', "[1]", "wrong-type", 9, "totals"),
        ("['※.*']", "['※(']", "wrong-value", 10, "boilerplate"),
        ('"code"', '"cod"', "wrong-value", 12, "columns.field"),
        ('["番号", "No."]', '"番号"', "wrong-type", 12, "columns.words"),
        ('["番号", "No."]', "[]", "wrong-value", 12, "columns.words"),
        ("tight = true", "tigth = true", "unknown-key", 13, None),
        ('basis = "budget"', 'basis = "plan"', "wrong-value", 14, "columns.basis"),
        ("'第(?P<code>", "'第((?P<code>", "wrong-value", 19, "groups.pattern"),
        ('level = "柱"', 'level = "柱"\nfield = "cod"', "wrong-value", 19, "groups.field"),
        ('label = "区分"', "", "wrong-value", 21, "captions"),
        ('level = "事業"', 'level = "事業"\nneeded = ["code"]', "wrong-value", 6, "needed"),
        ('"272230"', "1", "wrong-type", 27, "municipality.code"),
    ],
)
def test_a_fault_has_its_line(old: str, new: str, code: str, line: int, field: str | None) -> None:
    assert TEXT.count(old) == 1
    with pytest.raises(ConfigError) as caught:
        parse_form(TEXT.replace(old, new))
    assert caught.value.code == code
    assert caught.value.location.document == "form.toml"
    assert caught.value.location.line == line
    assert caught.value.params.get("field") == field


def test_tables_that_are_none_are_told() -> None:
    with pytest.raises(ConfigError, match="wrong-type"):
        parse_form("title='a'\nslug='b'\ncolumns=3", municipality=TOWN)
    with pytest.raises(ConfigError, match="expected='table', got='integer'"):
        parse_form("title='a'\nslug='b'\ncolumns=[3]", municipality=TOWN)


def test_a_package_brings_its_form(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(tmp_path)
    for name in ("munidx_formless", "munidx_formed"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "__init__.py").touch()
    folder = tmp_path / "munidx_formed"
    (folder / "adapter.toml").write_text(
        'munidx = ">=0.1"\n[municipality]\ncode = "272230"\nname = "門真市"\n'
        'prefecture = "大阪府"\n[[documents]]\nkind = "action"\ncues = ["実施計画"]\n',
        encoding="utf-8",
    )
    (folder / "form.toml").write_text(TEXT[: TEXT.index("[municipality]")], encoding="utf-8")
    assert read_form("munidx_formed") == FORM
    with pytest.raises(AdapterError, match="adapter-form-missing"):
        read_form("munidx_formless")
    with pytest.raises(AdapterError, match="adapter-package-missing"):
        read_form("munidx_absent")
