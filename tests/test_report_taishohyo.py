import re
from decimal import Decimal
from typing import Any

from attrs import evolve
from lxml import html as lxml_html

from munidx.diff import Pin, diff
from munidx.diff.changes import Change, Diff, Effect, Kind, PlanStamp
from munidx.model import Edition, FiscalYear, Goal, Indicator, Measure, Observation, Owner, Plan
from munidx.report.changes import diff_file
from munidx.report.comparison import Comparison
from munidx.report.layout import Layout
from munidx.report.taishohyo import Cell, Row, headings, rows, title

LONG = "市民が窓口に来なくても手続を終えられるように、申請の受付から交付までを電子化する。"
RATE = Indicator(
    title="電子申請率",
    unit="%",
    targets=(Observation(year=FiscalYear(2025), value=Decimal(80), unit="%", text="80%"),),
)
PARK = Measure(code="2", title="公園の再整備", description="遊具を新しくし、木陰を増やす。")
APPLY = Measure(
    code="1", title="電子申請", description=LONG, owners=(Owner(name="情報課"),), indicators=(RATE,)
)
LIBRARY = Measure(code="3", title="図書館の開館時間", description="平日の夜も開く。")
OLD = Plan(
    title="見本計画",
    goals=(
        Goal(code="1", title="くらし", measures=(APPLY, PARK, LIBRARY)),
        Goal(code="2", title="しごと", measures=(Measure(code="1", title="起業の相談"),)),
    ),
)


def revised(*measures: Measure) -> Plan:
    return evolve(OLD, goals=(evolve(OLD.goals[0], measures=measures), OLD.goals[1]))


def table(old: Plan, new: Plan, **layout: object) -> tuple[Row, ...]:
    view = Comparison(diff(old, new), old, new, layout=Layout(**layout))  # type: ignore[arg-type]
    return rows(view)


def said(cell: Cell) -> str:
    """The lines of a cell, its marked words within ``_``."""
    lines = ("".join(f"_{run.text}_" if run.marked else run.text for run in line) for line in cell)
    return "|".join(lines)


def told(*given: Row) -> list[tuple[str, str, str]]:
    return [(said(row.new), said(row.old), row.remark) for row in given]


FOLDED = ("（略）", "（略）", "")


def test_changed_words_are_marked_on_both_sides_and_the_rest_is_folded() -> None:
    rate = evolve(RATE, targets=(evolve(RATE.targets[0], value=Decimal(75), text="75%"),))
    new = revised(evolve(APPLY, indicators=(rate,)), PARK, LIBRARY)
    assert told(*table(OLD, new)) == [
        ("1　くらし", "1　くらし", ""),
        ("1　電子申請", "1　電子申請", ""),
        (
            "指標：電子申請率|目標値（令和7年度）：_75_%",
            "指標：電子申請率|目標値（令和7年度）：_80_%",
            "目標値の引下げ",
        ),
        FOLDED,
    ]


def test_a_postponed_target_shows_both_years() -> None:
    rate = evolve(RATE, targets=(evolve(RATE.targets[0], year=FiscalYear(2027)),))
    new = revised(evolve(APPLY, indicators=(rate,)), PARK, LIBRARY)
    (row,) = [row for row in table(OLD, new) if row.remark]
    assert said(row.new) == "指標：電子申請率|目標値（令和_9_年度）：80%"
    assert said(row.old) == "指標：電子申請率|目標値（令和_7_年度）：80%"


def test_what_comes_stands_opposite_its_mark_with_all_below_it() -> None:
    new = revised(evolve(PARK, code="1"), evolve(LIBRARY, code="2"), evolve(APPLY, code="3"))
    old = revised(evolve(PARK, code="1"), evolve(LIBRARY, code="2"))
    (row,) = [row for row in table(old, new) if row.remark]
    assert said(row.old) == "（新設）"
    assert said(row.new) == (
        f"_3　電子申請_|_担当：情報課_|_内容：{LONG}_|_指標：電子申請率_|_目標値（令和7年度）：80%_"
    )
    (heading, *others) = told(*table(old, new))
    assert heading[0] == "1　くらし"
    assert others[0] == FOLDED
    assert others[-1] == FOLDED


def test_what_goes_stands_where_it_stood() -> None:
    new = revised(APPLY, evolve(LIBRARY, code="3"))
    changed = told(*table(OLD, new))
    gone = ("（削る）", "_2　公園の再整備_|_内容：遊具を新しくし、木陰を増やす。_", "削除")
    assert changed == [("1　くらし", "1　くらし", ""), FOLDED, gone, FOLDED]
    first = told(*table(OLD, revised(PARK, LIBRARY)))
    assert first[1][0] == "（削る）"
    assert first[1][1].startswith("_1　電子申請_")


def test_what_goes_stands_among_its_neighbours_where_nothing_is_numbered() -> None:
    titles = ("公園の整備", "橋の補修", "水道管の更新", "図書館の開館", "防災の訓練")
    parks = tuple(Measure(title=name, description=f"{name}を各地で進める。") for name in titles)
    old = evolve(OLD, goals=(evolve(OLD.goals[0], measures=parks),))
    kept = (
        Measure(title="窓口の予約"),
        parks[0],
        parks[1],
        evolve(parks[3], owners=(Owner(name="館"),)),
    )
    new = evolve(OLD, goals=(evolve(OLD.goals[0], measures=kept),))
    remarks = [(row[1].partition("|")[0].strip("_"), row[2]) for row in told(*table(old, new))]
    assert remarks == [
        ("1　くらし", ""),
        ("（新設）", "追加"),
        ("（略）", ""),
        ("水道管の更新", "削除"),
        ("図書館の開館", "担当の変更"),
        ("防災の訓練", "削除"),
    ]


def test_a_group_that_goes_stands_after_the_one_before_it() -> None:
    new = evolve(OLD, goals=OLD.goals[:1])
    assert told(*table(OLD, new))[-1][1].startswith("_2　しごと_")
    alone = evolve(OLD, goals=OLD.goals[1:])
    assert told(*table(OLD, alone))[0][1].startswith("_1　くらし_")


def test_a_new_number_is_a_row_with_its_number_marked() -> None:
    new = revised(evolve(LIBRARY, code="1"), evolve(APPLY, code="2"), evolve(PARK, code="3"))
    renumbered = [row for row in told(*table(OLD, new)) if row[2]]
    assert renumbered[0] == (
        "_1_　図書館の開館時間|（略）",
        "_3_　図書館の開館時間|（略）",
        "番号の変更",
    )
    assert len(renumbered) == 3


def test_a_long_text_keeps_the_surroundings_of_what_changed() -> None:
    text = LONG * 4
    old = revised(evolve(APPLY, description=text + "夜間も受け付ける。"), PARK, LIBRARY)
    new = revised(evolve(APPLY, description=text + "休日も受け付ける。"), PARK, LIBRARY)
    (row,) = [row for row in table(old, new) if row.remark]
    body = said(row.new).split("|")[1]
    assert body == f"内容：（略）{LONG[-24:]}_休日_も受け付ける。"


def test_a_split_shows_all_its_parts() -> None:
    paths = ("goals[1]/measures[1]", "goals[1]/measures[2]")
    for kind, old, new in (
        (Kind.SPLIT, paths[:1], paths),
        (Kind.MERGED, paths, paths[:1]),
    ):
        change = Change(
            kind=kind, effect=Effect.NEUTRAL, title="電子申請", old_paths=old, new_paths=new
        )
        found = Diff(old=PlanStamp(), new=PlanStamp(), changes=(change,))
        row = rows(Comparison(found, OLD, OLD))[1]
        one = f"_1　電子申請_|_担当：情報課_|_内容：{LONG}_"
        both = f"{one}|_2　公園の再整備_|_内容：{PARK.description}_"
        assert said(row.new if kind is Kind.SPLIT else row.old) == both
        assert said(row.old if kind is Kind.SPLIT else row.new) == one


def test_the_plan_itself_has_a_row_where_it_changed() -> None:
    new = evolve(OLD, title="見本計画（改定版）")
    assert told(*table(OLD, new))[0][:2] == ("見本計画_（改定版）_", "見本計画")


def test_a_moved_measure_tells_both_places() -> None:
    change = Change(
        kind=Kind.MOVED,
        effect=Effect.NEUTRAL,
        title="公園の再整備",
        old={"parent": "しごと", "code": "2"},
        new={"parent": "くらし", "code": "2"},
        old_paths=("goals[1]/measures[2]",),
        new_paths=("goals[1]/measures[2]",),
    )
    found = Diff(old=PlanStamp(), new=PlanStamp(), changes=(change,))
    row = next(row for row in rows(Comparison(found, OLD, OLD)) if row.remark == "移動")
    assert "位置：_くらし_ (2)" in said(row.new)


def test_every_change_of_a_plan_has_its_row_or_is_within_one() -> None:
    new = revised(evolve(PARK, title="公園の新設"), evolve(LIBRARY, owners=(Owner(name="館"),)))
    found = diff(OLD, new)
    remarks = "、".join(row.remark for row in table(OLD, new))
    words = {"removed": "削除", "retitled": "名称の変更", "owner-changed": "担当の変更"}
    for change in found.changes:
        assert words.get(change.kind.value, "番号の変更") in remarks


def test_the_layout_is_the_citys() -> None:
    view = Comparison(diff(OLD, OLD), OLD, OLD)
    assert headings(view) == ("改正後（案）", "現行", "備考")
    assert headings(evolve(view, layout=Layout(old_first=True, remarks=False))) == (
        "現行",
        "改正後（案）",
    )
    assert title(view) == "見本計画　新旧対照表"
    assert rows(view) == ()
    fresh = table(revised(APPLY, LIBRARY), OLD, added="（追加）")
    assert [said(row.old) for row in fresh if row.remark.startswith("追加")] == ["（追加）"]
    gone = table(OLD, revised(APPLY, LIBRARY), deleted="（削除）")
    assert "（削除）" in [said(row.new) for row in gone]


def page(old: Plan, new: Plan, layout: Layout | None = None) -> str:
    return diff_file(diff(old, new), old, new, "taishohyo", layout=layout).decode()


def test_the_page_prints_on_a4_landscape_and_asks_nobody() -> None:
    shown = page(OLD, revised(APPLY, LIBRARY))
    assert "@page { size: A4 landscape" in shown
    root: Any = lxml_html.document_fromstring(shown)
    assert [th.text for th in root.xpath("//th")] == ["改正後（案）", "現行", "備考"]
    assert not root.xpath("//script | //link | //@src | //@href | //@style")
    assert root.xpath("string(//meta[@http-equiv]/@content)").startswith("default-src 'none'")
    assert root.xpath("//tr[3]//u")[0].text.startswith("2　公園")
    swapped = page(OLD, revised(APPLY, LIBRARY), Layout(old_first=True, remarks=False))
    swap: Any = lxml_html.document_fromstring(swapped)
    cells = swap.xpath("//tbody/tr[3]/td")
    assert [cell.text_content()[:4] for cell in cells] == ["2　公園", "（削る）"]


def test_nothing_is_said_to_be_nothing() -> None:
    assert "変更なし" in page(OLD, OLD)


def test_hostile_texts_stay_text() -> None:
    evil = "<script>alert(1)</script>\x1b\u202e\"'&amp;"
    new = revised(evolve(APPLY, title=evil, description=evil), PARK, LIBRARY)
    shown = page(OLD, evolve(new, title=evil))
    assert not lxml_html.document_fromstring(shown).xpath("//script")
    assert not re.search("[\x1b\u202e]", shown)


def test_what_a_field_holds_is_named_as_officials_do() -> None:
    labelled = evolve(APPLY, labels={"事業区分": "拡充"})
    old = evolve(OLD, edition=Edition(label="令和6年度版", year=FiscalYear(2024)))
    old = evolve(
        old, goals=(evolve(OLD.goals[0], measures=(labelled, PARK, LIBRARY)), OLD.goals[1])
    )
    new = evolve(old, edition=Edition(label="令和7年度版", year=FiscalYear(2025)))
    changed = evolve(labelled, labels={"事業区分": "縮小"})
    new = evolve(new, goals=(evolve(new.goals[0], measures=(changed, PARK, LIBRARY)), OLD.goals[1]))
    first, *_ = told(*table(old, new))
    assert first[0] == "見本計画|版：令和_7_年度版"
    (row,) = [row for row in told(*table(old, new)) if row[2] == "区分の変更"]
    assert (row[0], row[1]) == (
        "1　電子申請|事業区分：_縮小_|（略）",
        "1　電子申請|事業区分：_拡充_|（略）",
    )


def test_a_probable_or_pinned_pair_is_told_under_the_remarks() -> None:
    other = Measure(code="2", title="公園の植栽", description="樹木を新しくし、木陰を保つ。")
    new = revised(APPLY, other, LIBRARY)
    pins = [Pin(old="公園の再整備", new="公園の植栽", reason="引き継いだ")]
    view = Comparison(diff(OLD, new, pins=pins), OLD, new)
    (remark,) = [row.remark for row in rows(view) if row.remark]
    assert remark == "名称の変更、文言の変更（指定による対応：引き継いだ）"
    found = diff(OLD, new, threshold=0.1)
    probable = evolve(
        found,
        changes=tuple(evolve(one, probable=True, score=0.5) for one in found.changes),
    )
    (remark,) = [row.remark for row in rows(Comparison(probable, OLD, new)) if row.remark]
    assert remark.endswith("（推定、類似度0.50）")


def test_a_split_shows_the_whole_beside_all_its_parts() -> None:
    whole = Measure(
        code="2",
        title="公園と道路の整備",
        description="公園の遊具を新しくする。市道の舗装を直す。",
        owners=(Owner(name="土木課"),),
    )
    parts = (
        Measure(code="2", title="公園の整備", description="公園の遊具を新しくする。"),
        Measure(code="3", title="道路の整備", description="市道の舗装を直す。", indicators=(RATE,)),
    )
    old, new = revised(APPLY, whole), revised(APPLY, *parts)
    shown = told(*table(old, new))
    (row,) = [row for row in shown if "分割" in row[2]]
    sides = [set(side.replace("_", "").split("|")) for side in row[:2]]
    assert sides[1] == {"2　公園と道路の整備", "担当：土木課", f"内容：{whole.description}"}
    assert sides[0] == {
        *("2　公園の整備", "内容：公園の遊具を新しくする。"),
        *("3　道路の整備", "内容：市道の舗装を直す。", "指標：電子申請率"),
        "目標値（令和7年度）：80%",
    }
    # No row of its own for the other part, and none that says there is more.
    assert [row[0].partition("|")[0] for row in shown] == [
        "1　くらし",
        "（略）",
        row[0].partition("|")[0],
        "（略）",
    ]
    back = told(*table(new, old))
    (row,) = [row for row in back if "統合" in row[2]]
    assert "担当：土木課" in row[0]
    assert "内容：市道の舗装を直す。" in row[1]
    assert sum("指標：電子申請率" in row[1] for row in back) == 1
