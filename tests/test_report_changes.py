import json
import re
from decimal import Decimal

import pytest
from attrs import evolve

from munidx.diff.changes import Change, Diff, Effect, Kind, PlanStamp, Rung, Segment
from munidx.model import Edition, Goal, Indicator, Measure, Plan
from munidx.report.changes import FORMATS, render_diff
from munidx.report.terminal import width_of

INDICATOR = Indicator(title="申請率", source="a.txt#L5")
MEASURE = Measure(code="1", title="電子申請", source="a.txt#L4-L6", indicators=(INDICATOR,))
PLAN = Plan(title="計画", goals=(Goal(code="1", title="くらし", measures=(MEASURE,)),))
M = "goals[1]/measures[1]"
I = f"{M}/indicators[#1]"  # noqa: E741 - beside M

CHANGE = Change(
    kind=Kind.RETITLED,
    effect=Effect.EDITORIAL,
    title="電子申請",
    field="title",
    old="電子申請",
    new="オンライン申請",
    old_paths=(M,),
    new_paths=(M,),
    old_source="a.txt#L4",
    new_source="b.txt#L9",
    rule="MX882",
)


def shown(*changes: Change, colour: bool = False) -> list[str]:
    stamp = PlanStamp(id="x", title="計画", edition=Edition(year=2024))
    diff = Diff(old=stamp, new=PlanStamp(id="999993-x"), changes=changes)
    return render_diff(diff, PLAN, PLAN, colour=colour).splitlines()


def test_no_changes_are_no_text() -> None:
    assert shown() == []


def test_a_change_says_what_where_from_and_to() -> None:
    assert shown(CHANGE) == [
        "計画 2024 → 999993-x",
        "",
        "editorial (1)",
        "  1 くらし",
        "    retitled          電子申請",
        "        電子申請 → オンライン申請",
        "        a.txt:4 → b.txt:9  [MX882 reworded]",
        "",
        "1 change: 1 editorial",
    ]


def test_a_department_renamed_across_the_board_is_told_once() -> None:
    renamed = evolve(
        CHANGE,
        kind=Kind.OWNER_CHANGED,
        effect=Effect.NEUTRAL,
        field="owners",
        old=[{"name": "情報課"}],
        new=[{"name": "DX課"}],
        rule="MX844",
    )
    several = [evolve(renamed, title=f"取組{n}") for n in range(8)]
    assert shown(*several)[2:-2] == [
        "neutral (8)",
        "  owner changed     情報課 → DX課  (8 times)",
        "      取組0, 取組1, 取組2, 取組3, 取組4, 取組5, …",
        "      [MX844 owner-other]",
    ]
    assert shown(*several)[-1] == "8 changes: 8 neutral"
    # Two of a kind are told each, and so is what is doubtful or came from nobody.
    named = [line for line in shown(*several[:2]) if "取組" in line]
    assert named == ["    owner changed     取組0", "    owner changed     取組1"]
    probable = [evolve(one, probable=True, title="推定") for one in several[:3]]
    fresh = [evolve(one, old=None, title="新任") for one in several[:3]]
    text = "\n".join(shown(*several, *probable, *fresh))
    assert text.count("    owner changed     推定") == 3
    assert text.count("    owner changed     新任") == 3
    untitled = [evolve(one, title="", rule="") for one in several[:3]]
    assert shown(*untitled)[4:-2] == ["      (no title), (no title), (no title)"]


def test_an_edition_without_a_name_is_a_dash() -> None:
    diff = Diff(old=PlanStamp(), new=PlanStamp(title="計画"), changes=(CHANGE,))
    assert render_diff(diff, PLAN, PLAN).splitlines()[0] == "— → 計画"


def test_effects_stand_in_their_order_with_what_is_unclear_second() -> None:
    changes = [evolve(CHANGE, effect=effect) for effect in reversed(Effect)]
    headings = [line for line in shown(*changes) if line.endswith("(1)")]
    assert headings == [f"{effect.value} (1)" for effect in Effect]
    assert shown(*changes)[-1].startswith("5 changes: 1 weakened, 1 unclear, ")


def test_an_indicator_is_shown_below_its_measure_and_goal() -> None:
    change = evolve(CHANGE, title="申請率", old_paths=(I,), new_paths=(I,))
    assert shown(change)[3:5] == ["  1 くらし", "    retitled          申請率  (電子申請)"]


def test_a_probable_pair_is_marked_with_its_score() -> None:
    change = evolve(CHANGE, rung=Rung.CONTENT, score=0.712, probable=True)
    assert shown(change)[6].endswith("probable, score 0.71  [MX882 reworded]")
    assert shown(evolve(change, score=None, rule=""))[6].endswith("probable")


@pytest.mark.parametrize(
    ("kind", "line"), [(Kind.ADDED, "with 1 measure, 2 indicators"), (Kind.REMOVED, "")]
)
def test_what_came_or_went_says_what_it_holds(kind: Kind, line: str) -> None:
    below = {"title": "新", "indicators": [{}], "measures": [{"indicators": [{}]}]}
    change = evolve(
        CHANGE,
        kind=kind,
        field="",
        old=None if kind is Kind.ADDED else {"title": "新"},
        new=below if kind is Kind.ADDED else None,
        old_paths=() if kind is Kind.ADDED else (M,),
        new_paths=(M,) if kind is Kind.ADDED else (),
        old_source="",
        new_source="",
    )
    lines = shown(change)
    # Without a place of its own the change stands at the node's.
    assert lines[-3].split()[0] == "a.txt:4-6"
    assert (line in lines[5]) if line else (len(lines) == 8)


def test_shifted_numbers_are_folded_into_one_line() -> None:
    old, new = [str(n) for n in range(2, 12)], [str(n) for n in range(3, 13)]
    change = evolve(
        CHANGE,
        kind=Kind.RENUMBERED,
        field="code",
        old=old,
        new=new,
        old_paths=(M,) * 10,
        new_paths=(M,) * 10,
        old_source="a.txt#L4-L6;a.txt#L7;a.txt#L12",
        new_source="a.txt#L5,L7,L9,L11",
    )
    lines = shown(change)
    assert lines[4].split() == ["renumbered", "くらし", "(10", "numbers)"]
    assert lines[5].strip() == "2 → 3, 3 → 4, 4 → 5, 5 → 6, …, 11 → 12"
    assert lines[6].startswith("        a.txt:4-7,12 → a.txt:5,7,9 …  ")


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [("2", "3", "2 → 3"), (None, "3", "— → 3"), (["2"], ["3"], "2 → 3"), (["2"], [""], "2 → —")],
)
def test_one_new_number_is_shown_alone(old: object, new: object, line: str) -> None:
    change = evolve(CHANGE, kind=Kind.RENUMBERED, field="code", old=old, new=new)
    assert shown(change)[5].strip() == line


def test_long_texts_are_compared_inline() -> None:
    text = "あ" * 50
    segments = (Segment("equal", text), Segment("delete", "旧"), Segment("insert", "新"))
    change = evolve(
        CHANGE,
        kind=Kind.REWORDED,
        field="description",
        old=text + "旧",
        new=text + "新",
        inline=segments,
    )
    assert shown(change)[5].strip() == f"description: …{'あ' * 12}[-旧-]{{+新+}}"
    assert "\x1b[31m[-旧-]\x1b[0m" in "\n".join(shown(change, colour=True))


def test_a_target_does_not_repeat_its_year() -> None:
    change = evolve(
        CHANGE,
        kind=Kind.TARGET_LOWERED,
        field="targets[2025]",
        old={"year": 2025, "value": 80, "text": "80%"},
        new={"year": 2025, "value": Decimal("7.5"), "unit": "%"},
    )
    assert shown(change)[5].strip() == "targets[2025]: 80% → 7.5%"


def test_a_change_without_values_has_no_line_for_them() -> None:
    change = evolve(CHANGE, kind=Kind.MOVED, field="", old=None, new=None)
    assert len(shown(change)) == 8


def test_a_split_and_a_merger_name_all_that_they_are_of() -> None:
    parts = tuple(Measure(code=str(n), title=f"公園{n}") for n in range(2, 20))
    new = Plan(goals=(Goal(code="1", title="くらし", measures=parts),))
    paths = tuple(f"goals[1]/measures[{n}]" for n in range(2, 20))
    split = evolve(
        CHANGE, kind=Kind.SPLIT, field="", new_paths=paths[:2], old=None, new=[{"title": "公園3"}]
    )
    merged = evolve(
        split, kind=Kind.MERGED, old_paths=paths, new_paths=(M,), old=[{"title": "?"}], new=None
    )
    stamp = PlanStamp(title="計画")

    def line(change: Change, before: Plan, after: Plan) -> str:
        diff = Diff(old=stamp, new=stamp, changes=(change,))
        return render_diff(diff, before, after, width=400).splitlines()[5].strip()

    assert line(split, PLAN, new) == "1 電子申請 → 2 公園2, 3 公園3"
    told = line(merged, new, PLAN)
    assert told.startswith("2 公園2, 3 公園3, ")
    assert told.endswith("13 公園13, … → 1 電子申請")
    # A diff of other plans names nothing that is not there.
    assert line(merged, PLAN, PLAN) == "— → 1 電子申請"
    markdown = render_diff(Diff(old=stamp, new=stamp, changes=(split,)), PLAN, new, "markdown")
    assert "| 1 電子申請 → 2 公園2, 3 公園3 |" in markdown


@pytest.mark.parametrize(
    ("source", "place"),
    [
        ("p.html#t2r3c1", "p.html:t2r3c1"),
        ("whole.txt", "whole.txt"),
        ("#bad", "#bad"),
        ("a.txt#L3c2", "a.txt:3"),
        ("a.txt#L3;b.txt#L4-L5", "a.txt:3, b.txt:4-5"),
    ],
)
def test_places_of_every_form_are_shown(source: str, place: str) -> None:
    change = evolve(CHANGE, old_source=source, new_source=source)
    assert shown(evolve(change, rule=""))[6].strip() == place


def test_a_node_that_is_not_there_has_its_path() -> None:
    change = evolve(CHANGE, old_paths=("goals[9]",), new_paths=(), old_source="")
    assert shown(change)[5].split()[0] == "goals[9]"


def test_hostile_texts_do_nothing() -> None:
    change = evolve(
        CHANGE,
        title="\x1b[2J題\n名",
        old="\x07",
        new="\u202e新",
        new_source="x\x1b#L1",
        field="a\x1b",
    )
    text = "\n".join(shown(change))
    assert not set("\x1b\x07\u202e") & set(text)


def test_json_is_the_diff_itself() -> None:
    stamp = PlanStamp(title="計画")
    diff = Diff(old=stamp, new=stamp, changes=(CHANGE,))
    told = json.loads(render_diff(diff, PLAN, PLAN, "json"))
    assert told["version"] == 1
    assert told["changes"][0]["new"] == "オンライン申請"
    assert {"text", "json", "jsonl", "concise", "markdown", "github"} <= set(FORMATS)


def test_a_target_that_moved_in_time_shows_both_years() -> None:
    change = evolve(
        CHANGE,
        kind=Kind.TARGET_POSTPONED,
        field="targets[2025]",
        old={"year": 2025, "text": "100%"},
        new={"year": 2027, "text": "100%"},
    )
    assert shown(change)[5] == "        targets[2025]: FY2025 100% → FY2027 100%"
    same = evolve(change, new={"year": 2025, "text": "90%"})
    assert shown(same)[5] == "        targets[2025]: 100% → 90%"


def test_changes_stand_under_their_goals_what_stands_under_none_first() -> None:
    below = Goal(code="1-1", title="窓口", measures=(Measure(title="案内"),))
    plan = Plan(
        title="計画",
        goals=(Goal(code="1", title="くらし", goals=(below,)), Goal(title="", goals=(below,))),
        measures=(Measure(title="公園"),),
    )
    paths = {
        "案内": "goals[1]/goals[1-1]/measures[#1]",
        "公園": "measures[#1]",
        "くらし": "goals[1]",
        "別の案内": "goals[#2]/goals[1-1]/measures[#1]",
        "窓口": "goals[1]/goals[1-1]",
    }
    changes = tuple(
        evolve(CHANGE, title=title, old_paths=(path,), new_paths=(path,), old=None, new=None)
        for title, path in paths.items()
    )
    stamp = PlanStamp(title="計画")
    diff = Diff(old=stamp, new=stamp, changes=changes)
    told = [line.split("  (")[0] for line in render_diff(diff, plan, plan).splitlines()[3:-2]]
    assert [line for line in told if "a.txt" not in line] == [
        "  retitled          公園",
        "  retitled          くらし",
        "  1-1 窓口",
        "    retitled          案内",
        "  1-1 窓口",
        "    retitled          別の案内",
        "  1 くらし",
        "    retitled          窓口",
    ]


def test_a_goal_has_its_new_number_even_where_something_is_gone_from_it() -> None:
    moved = Plan(goals=(evolve(PLAN.goals[0], code="3"),))
    gone = evolve(CHANGE, kind=Kind.REMOVED, new_paths=(), new=None)
    kept = evolve(CHANGE, new_paths=("goals[3]/measures[1]",))
    stamp = PlanStamp(title="計画")
    for changes in ((gone, kept), (kept, gone)):
        lines = render_diff(Diff(old=stamp, new=stamp, changes=changes), PLAN, moved).splitlines()
        assert [line for line in lines if line.endswith("くらし")] == ["  3 くらし"]


def test_what_is_gone_stands_under_what_its_goal_became() -> None:
    """The goal above was renamed, the goal itself got another number, and both moved on."""
    lower = Goal(code="1-1", title="窓口", measures=(MEASURE,))
    old = Plan(goals=(Goal(code="1", title="くらし", goals=(lower,)),))
    new = Plan(
        goals=(
            Goal(code="1", title="まち"),
            Goal(code="2", title="豊かなくらし", goals=(evolve(lower, code="2-1", measures=()),)),
        )
    )
    gone = evolve(
        CHANGE, kind=Kind.REMOVED, old_paths=("goals[1]/goals[1-1]/measures[1]",), new_paths=()
    )
    renamed = evolve(CHANGE, old_paths=("goals[1]",), new_paths=("goals[2]",))
    stamp = PlanStamp(title="計画")
    diff = Diff(old=stamp, new=stamp, changes=(gone, renamed))
    lines = render_diff(diff, old, new).splitlines()
    assert "  2-1 窓口" in lines
    # Nothing says what became of it: it stands under what it was.
    alone = render_diff(Diff(old=stamp, new=stamp, changes=(gone,)), old, new).splitlines()
    assert "  1-1 窓口" in alone


@pytest.mark.parametrize("width", [40, 80, 100])
@pytest.mark.parametrize("colour", [False, True])
def test_lines_are_broken_at_the_width_and_hang(width: int, colour: bool) -> None:
    text = "市民が窓口に来なくても手続を終えられるように、申請の受付から交付までを電子化する。" * 2
    change = evolve(
        CHANGE,
        title=text,
        kind=Kind.REWORDED,
        field="description",
        old=text + "旧",
        new=text + "新",
        inline=(Segment("equal", "前文。"), Segment("delete", text), Segment("insert", "新" * 60)),
    )
    stamp = PlanStamp(title="計画" * 30)
    diff = Diff(old=stamp, new=stamp, changes=(change,))
    shown = render_diff(diff, PLAN, PLAN, width=width, colour=colour).splitlines()
    assert max(map(width_of, shown)) <= max(width, 22 + 30 + 2)
    assert all(line.startswith("    ") for line in shown[-9:-2])
    plain = re.sub("\x1b\\[[0-9;]*m", "", "".join(line.strip() for line in shown))
    assert f"[-{text}-]" in plain
