import html
import re

import pytest
from attrs import evolve
from markdown_it import MarkdownIt

from munidx.diff.changes import Change, Diff, Effect, Kind, PlanStamp
from munidx.findings import Finding, Severity
from munidx.model import Goal, Measure, Plan
from munidx.place import Location
from munidx.report.changes import diff_file, render_diff
from munidx.report.findings import render_findings
from munidx.report.markdown import markdown_text

M = "goals[1]/measures[1]"
PLAN = Plan(goals=(Goal(code="1", title="くらし", measures=(Measure(code="1"),)),))
CHANGE = Change(
    kind=Kind.RETITLED,
    effect=Effect.EDITORIAL,
    title="申請",
    field="title",
    old="旧|名",
    new="新名",
    old_paths=(M,),
    new_paths=(M,),
    old_source="a.txt#L4",
    new_source="b.txt#L9",
    rule="MX882",
)
EVIL = (
    "<script>alert(1)</script>",
    "[名](javascript:alert) ![画](x.png)",
    "a | b | c",
    "`code` *強* _斜_ ~~消~~",
    "https://example.jp www.example.jp a@example.jp",
    "@someone #12 $x$ &lt; \\| \\",
    "一\n# 二\r\n| 三 |\x1b[2J\u202e",
    "<!-- -->",
)


def told(*changes: Change, title: str = "計画") -> str:
    diff = Diff(old=PlanStamp(title=title), new=PlanStamp(title="新計画"), changes=changes)
    return render_diff(diff, PLAN, PLAN, "markdown")


def page(text: str) -> str:
    return str(MarkdownIt("commonmark").enable(["table", "strikethrough"]).render(text))


def test_changes_stand_in_a_table_for_each_effect() -> None:
    weakened = evolve(CHANGE, kind=Kind.REMOVED, effect=Effect.WEAKENED, old={}, new=None)
    assert told(CHANGE, evolve(weakened, probable=True)) == (
        "# 計画 → 新計画\n\nweakened 1, editorial 1\n\n## weakened (1)\n\n"
        "| kind | title | change | place |\n| --- | --- | --- | --- |\n"
        "| removed<br>MX882 | **申請**<br>くらし | (probable) | a.txt:4 → b.txt:9 |\n\n"
        "## editorial (1)\n\n"
        "| kind | title | change | place |\n| --- | --- | --- | --- |\n"
        "| retitled<br>MX882 | **申請**<br>くらし | 旧\\|名 → 新名 | a.txt:4 → b.txt:9 |\n"
    )


def test_a_folded_renumbering_names_its_group() -> None:
    folded = evolve(CHANGE, kind=Kind.RENUMBERED, old=["1", "2"], new=["2", "3"], new_paths=(M, M))
    assert "| renumbered<br>MX882 | くらし | 1 → 2, 2 → 3 |" in told(folded)


def test_a_department_renamed_across_the_board_is_one_row() -> None:
    old, new = [{"name": "情報|課"}], [{"name": "DX課"}]
    renamed = evolve(CHANGE, kind=Kind.OWNER_CHANGED, field="owners", old=old, new=new)
    text = told(*[evolve(renamed, title=f"取組*{n}*") for n in range(7)])
    (row,) = [line for line in text.splitlines() if "owner changed" in line]
    assert row.startswith("| owner changed<br>MX882 | **7 times**<br>取組\\*0\\*, ")
    assert row.endswith(", … | owners: 情報\\|課 → DX課 |  |")


def test_nothing_is_said_to_be_nothing() -> None:
    assert told() == "# 計画 → 新計画\n\nNo changes.\n"
    none = Diff(old=PlanStamp(), new=PlanStamp())
    assert "変更はありません。" in diff_file(none, PLAN, PLAN, "markdown", lang="ja").decode()


@pytest.mark.parametrize("evil", EVIL)
def test_hostile_texts_stay_text(evil: str) -> None:
    change = evolve(CHANGE, title=evil, old=evil, new=evil + "新", field=evil, old_source=evil)
    text = told(change, title=evil)
    shown = page(text)
    assert shown.count("<tr>") == 2
    assert shown.count("<td>") == 4
    tags = set(re.findall(r"<(/?[a-z0-9]+)", shown))
    allowed = {"h1", "h2", "p", "table", "thead", "tbody", "tr", "th", "td", "strong", "br", "span"}
    assert {tag.removeprefix("/") for tag in tags} <= allowed
    assert not re.search("[\x1b\u202e]", text)
    # What a reader sees is what was published, white space and controls aside.
    seen = html.unescape(re.sub("<[^>]+>", "", page(f"| a |\n| - |\n| {markdown_text(evil)} |")))
    kept = re.sub(r"[\s\x1b\u202e⏎␍]|<U\+\w+>", "", seen)
    assert kept == "a" + re.sub(r"[\s\x1b\u202e]", "", evil)


@pytest.mark.parametrize("evil", EVIL)
def test_findings_stay_text_too(evil: str) -> None:
    finding = Finding(
        code="MX303",
        severity=Severity.WARNING,
        params={"text": evil},
        title=evil,
        location=Location(document=evil, line=2),
    )
    shown = page(render_findings([(evil, (finding,))], "markdown"))
    assert (shown.count("<h2>"), shown.count("<tr>"), shown.count("<td>")) == (1, 2, 5)
    assert not re.search("<(script|img|a|code|em|s|del)[ >]", shown)


def test_findings_are_a_table_for_each_plan() -> None:
    finding = Finding(code="MX999", severity=Severity.INFO)
    placed = evolve(finding, path="goals[1]", location=Location(document="a.txt", line=2))
    assert render_findings([("い", (finding, placed)), ("ろ", ())], "markdown") == (
        "## い\n\n"
        "| severity | rule | title | finding | place |\n| --- | --- | --- | --- | --- |\n"
        "| info | MX999 | the plan as a whole | MX999 |  |\n"
        "| info | MX999 | goals\\[1\\] | MX999 | a.txt:2 |\n\n"
        "0 errors, 0 warnings, 2 infos\n"
    )
    assert render_findings([("い", ())], "markdown") == "No findings.\n"
