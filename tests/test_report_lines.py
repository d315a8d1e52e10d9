import json

from munidx.diff.changes import Change, Diff, Effect, Kind, PlanStamp
from munidx.findings import Finding, Severity
from munidx.model import Plan
from munidx.report.changes import diff_file, render_diff
from munidx.report.findings import findings_file, render_findings

PLAN = Plan()
CHANGES = tuple(
    Change(kind=Kind.RETITLED, effect=Effect.EDITORIAL, title=title, old="い\n", new="ろ")
    for title in ("一", "二\x1b")
)
DIFF = Diff(old=PlanStamp(), new=PlanStamp(), changes=CHANGES)


def test_each_line_is_a_change_of_the_whole_json() -> None:
    lines = diff_file(DIFF, PLAN, PLAN, "jsonl").decode().split("\n")
    whole = json.loads(render_diff(DIFF, PLAN, PLAN, "json"))
    assert lines.pop() == ""
    assert [json.loads(line) for line in lines] == whole["changes"]
    assert "\x1b" not in "".join(lines)


def test_each_line_is_a_finding_of_the_whole_json() -> None:
    found = [
        (name, (Finding(code="MX114", severity=Severity.INFO, title=name),))
        for name in ("い", "ろ")
    ]
    lines = findings_file(found, "jsonl").decode().splitlines()
    whole = json.loads(render_findings(found, "json"))
    assert [json.loads(line) for line in lines] == whole["findings"]


def test_nothing_is_no_line() -> None:
    assert render_diff(Diff(old=PlanStamp(), new=PlanStamp()), PLAN, PLAN, "jsonl") == ""
    assert render_findings([("x", ())], "jsonl") == ""
