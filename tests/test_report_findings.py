import json
from decimal import Decimal

import pytest

from munidx.findings import Finding, Severity
from munidx.model import FiscalYear
from munidx.place import Location
from munidx.report.findings import FORMATS, findings_data, place_of, render_findings, rule_name
from munidx.report.quotes import Quote

CODE = Finding(
    code="MX101",
    severity=Severity.WARNING,
    params={"code": "3", "other": "窓口改革"},
    path="goals[1]/measures[#4]",
    title="電子申請\x1b[31m",
    location=Location(document="a.txt", line=96, column=2),
)
OWNER = Finding(
    code="MX504",
    severity=Severity.WARNING,
    path="goals[1]/measures[#4]",
    title="電子申請\x1b[31m",
    location=Location(document="plan.pdf", page=3, cell="t1r2"),
)
WHOLE = Finding(code="MX114", severity=Severity.INFO)

TEXT = """\
a.txt
  電子申請<U+001B>[31m  goals[1]/measures[#4]
    warning Code 3 is also that of its sibling “窓口改革”.  [MX101 duplicate-code]
      a.txt:96:2
      hint: Compare with the published document.
    warning An owner has no name, no bureau and no person.  [MX504 owner-empty]
      plan.pdf, page 3 t1r2
      hint: Enter the unit that is printed, or leave the owner out.

b.toml
  the plan as a whole
    info The plan holds no goal, no measure and no indicator.  [MX114 empty-plan]
      hint: See what was left unread: munidx convert --coverage.

0 errors, 2 warnings, 1 info
"""


def test_text_groups_by_plan_and_node() -> None:
    assert render_findings([("a.txt", (CODE, OWNER)), ("c.txt", ()), ("b.toml", (WHOLE,))]) == TEXT


def test_text_is_wholly_japanese_where_asked() -> None:
    text = render_findings([("a.txt", (CODE,))], lang="ja")
    assert "警告 番号「3」が、同じ階層の「窓口改革」と重複しています。" in text
    assert text.endswith("誤り0件、警告1件、参考0件\n")
    assert "hint" not in text


@pytest.mark.parametrize(
    ("lang", "told"), [("en", "No findings.\n"), ("ja", "指摘事項はありません。\n")]
)
def test_a_plan_without_findings_says_so(lang: str, told: str) -> None:
    assert render_findings([("a.txt", ())], lang=lang) == told


def test_text_fits_its_terminal() -> None:
    long = Finding(code="MX114", severity=Severity.ERROR, title="長" * 80, path="goals[1]")
    text = render_findings([("a.txt", (long,))], width=30, colour=True)
    assert "  " + "長" * 12 + "…" in text
    assert "\x1b[31merror\x1b[0m" in text
    plain = render_findings([("a.txt", (long,))], width=30, encoding="ascii")
    assert plain.isascii()
    assert "\x1b" not in plain


def test_json_is_of_the_published_form() -> None:
    params = {
        "year": FiscalYear(2024),
        "value": Decimal("4.20"),
        "codes": ("1", 2),
        "open": None,
        "inner": {"a": True},
    }
    strange = Finding(code="MX999", severity=Severity.ERROR, params=params)
    given = [("a.txt", (CODE,)), ("b.toml", (strange,))]
    data = json.loads(render_findings(given, "json"))
    assert data["version"] == 1
    first, second = data["findings"]
    assert first == {
        "code": "MX101",
        "name": "duplicate-code",
        "severity": "warning",
        "message": "Code 3 is also that of its sibling “窓口改革”.",
        "params": {"code": "3", "other": "窓口改革"},
        "path": "goals[1]/measures[#4]",
        "title": "電子申請\x1b[31m",
        "location": {"document": "a.txt", "line": 96, "column": 2, "page": None, "cell": ""},
        "hint": "Compare with the published document.",
    }
    assert second["name"] == second["hint"] == ""
    assert second["params"] == {
        "year": 2024,
        "value": "4.20",
        "codes": ["1", 2],
        "open": None,
        "inner": {"a": True},
    }
    assert findings_data(given, "ja")["findings"] != data["findings"]


def test_json_holds_no_raw_control_characters() -> None:
    assert "\x1b" not in render_findings([("a.txt", (CODE,))], "json")


@pytest.mark.parametrize(
    ("place", "told"),
    [
        (Location(), ""),
        (Location(document="a.txt"), "a.txt"),
        (Location(document="a.txt", line=3), "a.txt:3"),
        (Location(document="a.xlsx", cell="施策!B7"), "a.xlsx 施策!B7"),
        (Location(document="a.pdf", page=2, line=3), "a.pdf, page 2"),
    ],
)
def test_places_are_told_in_the_documents_own_way(place: Location, told: str) -> None:
    assert place_of(place) == told


def test_formats_and_names_are_known() -> None:
    assert {"text", "json", "jsonl", "concise", "markdown", "github"} <= set(FORMATS)
    assert rule_name("MX101") == "duplicate-code"
    assert rule_name("MX999") == ""
    with pytest.raises(KeyError):
        render_findings([], "yaml")


def test_what_the_reading_met_is_told_of_the_thing_not_of_the_plan() -> None:
    met = Finding(code="MX978", severity=Severity.INFO, title="窓口改革", params={"other": "窓口"})
    whole = Finding(code="MX304", severity=Severity.INFO, title="計画")
    lines = render_findings([("a.txt", (met, whole))]).splitlines()
    assert lines[1] == "  窓口改革"
    assert "  the plan as a whole" in lines


def test_a_form_that_is_bytes_is_no_text() -> None:
    with pytest.raises(TypeError):
        render_findings([("a.txt", (CODE,))], "csv")


def test_findings_about_one_line_show_it_once() -> None:
    quote = Quote("1 電子申請", 2, 6)
    name = "a.txt"
    text = render_findings([(name, (CODE, CODE))], quoters={name: lambda _: quote}, width=40)
    assert text.count("a.txt:96:2\n") == 1
    assert text.count("      96 | 1 電子申請\n         |   ^^^^^^^^\n") == 1


def test_what_stands_on_a_page_is_quoted_without_a_line() -> None:
    quote = Quote("所管 なし")
    text = render_findings([("plan.pdf", (OWNER,))], quoters={"plan.pdf": lambda _: quote})
    assert "      plan.pdf, page 3 t1r2\n      | 所管 なし\n" in text
