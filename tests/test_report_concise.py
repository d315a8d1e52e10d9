from attrs import evolve

from munidx.diff.changes import Change, Diff, Effect, Kind, PlanStamp
from munidx.findings import Finding, Severity
from munidx.model import Goal, Measure, Plan
from munidx.place import Location
from munidx.report.changes import diff_file, render_diff
from munidx.report.findings import render_findings

M = "goals[1]/measures[1]"
PLAN = Plan(
    goals=(Goal(code="1", title="くらし", measures=(Measure(code="1", source="b.txt#L9"),)),)
)
CHANGE = Change(
    kind=Kind.TARGET_LOWERED,
    effect=Effect.WEAKENED,
    title="申請率",
    field="targets[2025]",
    old={"year": 2025, "text": "80%"},
    new={"year": 2025, "text": "75%"},
    old_paths=(M,),
    new_paths=(M,),
    old_source="a.txt#L4",
)


def told(*changes: Change) -> list[str]:
    diff = Diff(old=PlanStamp(), new=PlanStamp(), changes=changes)
    return render_diff(diff, PLAN, PLAN, "concise").splitlines()


def test_a_change_is_one_line_with_its_new_place_first() -> None:
    assert told(CHANGE) == ["b.txt:9: weakened: target lowered: 申請率: targets[2025]: 80% → 75%"]


def test_the_rule_that_decided_stands_after_the_effect() -> None:
    assert told(evolve(CHANGE, rule="MX801"))[0].startswith("b.txt:9: weakened MX801: target low")
    assert "\x1b" not in told(evolve(CHANGE, rule="\x1b[2J"))[0]


def test_what_is_gone_stands_at_its_old_place() -> None:
    gone = evolve(
        CHANGE, kind=Kind.REMOVED, field="", old={"title": "申請率"}, new=None, new_paths=()
    )
    assert told(gone) == ["a.txt:4: weakened: removed: 申請率"]


def test_doubt_is_told() -> None:
    assert told(evolve(CHANGE, probable=True))[0].endswith("80% → 75% [probable]")
    bare = evolve(CHANGE, probable=True, old=None, new=None)
    assert told(bare)[0].endswith("申請率: probable")


def test_a_folded_renumbering_names_its_group() -> None:
    folded = evolve(
        CHANGE,
        kind=Kind.RENUMBERED,
        old=["1", "2"],
        new=["2", "3"],
        old_paths=(M, M),
        new_paths=(M, M),
    )
    assert told(folded)[0].endswith("renumbered: くらし: 1 → 2, 2 → 3")


def test_nothing_is_no_line_and_japanese_is_japanese() -> None:
    assert told() == []
    diff = Diff(old=PlanStamp(), new=PlanStamp(), changes=(CHANGE,))
    assert "後退: 目標値の引下げ" in diff_file(diff, PLAN, PLAN, "concise", lang="ja").decode()


def test_a_finding_is_one_line() -> None:
    placed = Finding(
        code="MX114",
        severity=Severity.INFO,
        title="計画",
        location=Location(document="a.txt", line=3, column=2),
    )
    lines = render_findings(
        [("x.toml", (placed, evolve(placed, location=Location(), title="")))], "concise"
    ).splitlines()
    said = "The plan holds no goal, no measure and no indicator."
    assert lines == [
        f"a.txt:3:2: info MX114 empty-plan: 計画: {said}",
        f"x.toml: info MX114 empty-plan: {said}",
    ]


def test_hostile_texts_stay_on_their_line() -> None:
    evil = "\x1b[2J題\n::error::\u202e"
    assert len(told(evolve(CHANGE, title=evil, old=evil, field=evil, old_source=evil))) == 1
    finding = Finding(code="MX114", severity=Severity.INFO, title=evil)
    text = render_findings([(evil, (finding,))], "concise")
    assert len(text.splitlines()) == 1
    assert not set("\x1b\u202e") & set(text + "".join(told(evolve(CHANGE, title=evil))))
