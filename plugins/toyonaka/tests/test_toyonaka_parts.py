"""Single parts of the form, as other editions may print them."""

import pytest
from toyonaka_parts import HEAD, MID, SAMPLE, found, goals, mid_goal, only, read, year_goal

from munidx.model import (
    FiscalYear,
    Measure,
    Status,
    walk,
)


def test_a_printed_title_and_year_are_not_inferred() -> None:
    reading, unread = read(f"令和7年度 部局長の目標\n{SAMPLE}\n- 3 -\n")
    plan = only(reading)
    assert plan.title == "令和7年度 部局長の目標"
    assert plan.inferred == ("municipality",)
    assert plan.edition is not None
    assert (plan.edition.year, plan.edition.label) == (FiscalYear(2025), "令和7年度")
    assert plan.edition.inferred == ()
    assert found(reading, "MX932") == []
    assert unread == []


def test_a_year_in_a_tables_head_is_the_sheets() -> None:
    reading, _ = read(SAMPLE.replace("当年度目標(当初設定)", "当年度目標(令和9年度)"))
    edition = only(reading).edition
    assert edition is not None
    assert (edition.year, edition.inferred) == (FiscalYear(2027), ())


def test_clues_that_differ_leave_the_year_open() -> None:
    reading, _ = read(SAMPLE.replace("令和8年度経営", "令和9年度経営"))
    assert only(reading).edition is None
    told = [finding.params["field"] for finding in found(reading, "MX926")]
    assert told.count("edition.year") == 1
    entries = [
        (entry.start, entry.text)
        for item in walk(only(reading))
        if isinstance(item.node, Measure)
        for entry in item.node.schedule
    ]
    assert (None, "上半期に公開") in entries


def test_of_three_clues_one_that_differs_is_outvoted_and_told() -> None:
    goal = "No\t取組み事項\tスケジュール\n9\t見本目標\t<ul>・見本の普及率 10%(R9)→20%(R10)</ul>\n"
    reading, _ = read(f"{SAMPLE}\n{goal}")
    edition = only(reading).edition
    assert edition is not None
    assert (edition.year, edition.inferred) == (FiscalYear(2025), ("year",))
    told = [finding.params["field"] for finding in found(reading, "MX926")]
    assert told.count("edition.year") == 1


def test_marks_of_a_goal_are_all_held() -> None:
    goal = year_goal("<p>見本の施策【重点】【拡充】</p>")
    assert (goal.status, dict(goal.labels)) == (
        Status.ACTIVE,
        {"重点": "重点", "拡充": "拡充"},
    )
    both = year_goal("<p>見本の施策【新規】【終了】</p>")
    assert (both.status, dict(both.labels)) == (Status.ADDED, {"終了": "終了"})


def test_numbered_items_below_an_item() -> None:
    plan = (
        "<p>見本の施策</p> <p>(1) 見本の文。</p> <ul>・人材の育成(8月) （ア）研修の見直し(9月) "
        "（イ）資格の支援(通年) ・予約の改善 ①画面の変更(6月) ㉑案内の掲示</ul>"
    )
    goal = year_goal(plan, "<ul>・研修の実施 ①基礎(3回) ②応用(2回)</ul>")
    first, second = goal.goals[0].measures
    assert [one.title for one in first.measures] == ["（ア）研修の見直し", "（イ）資格の支援"]
    assert [len(one.schedule) for one in (first, *first.measures)] == [1, 1, 1]
    assert [one.title for one in second.measures] == ["①画面の変更", "㉑案内の掲示"]
    assert [one.title for one in goal.indicators] == ["①基礎", "②応用"]


def test_what_stands_twice_is_reported_and_the_first_kept() -> None:
    bureau = "部局\t環境部\t補職\t部長\t氏名\t架空 一郎\t9月\n"
    heading = "1. 部局の使命\n\n見本の使命。\n"
    title = "部局長の目標\n\n"
    reading, unread = read(title + title + SAMPLE.replace("1. 部局の", bureau + "1. 部局の", 1))
    assert only(reading).owners[0].person == "見本 太郎"
    assert unread == ["架空 一郎", "9月"]
    fields = [finding.params["field"] for finding in found(reading, "MX926")]
    assert fields[:4] == ["title", "部局", "補職", "氏名"]
    again, unread = read(heading + heading)
    assert only(again).mission == "見本の使命。\n見本の使命。"
    assert [finding.params["field"] for finding in found(again, "MX926")] == ["mission"]
    assert unread == []


def test_the_bureau_may_stand_on_a_line_without_tabs() -> None:
    text = "部局 福祉部 補職 局長 氏名 見本 花子\n"
    reading, unread = read(text)
    plan = only(reading)
    assert plan.id == "272035-bureau_goals-福祉部"
    assert [(owner.name, owner.person) for owner in plan.owners] == [("福祉部", "見本 花子")]
    assert plan.labels == {"補職": "局長"}
    assert unread == []


def test_without_a_bureau_there_is_no_id_and_no_owner() -> None:
    reading, _ = read(SAMPLE[SAMPLE.index("1. ") :])
    plan = only(reading)
    assert (plan.id, plan.owners, plan.title) == ("", (), "部局長の目標")


def test_lines_outside_of_all_parts_are_left_over() -> None:
    reading, unread = read("見本の前書きが一行ある。\nここも\t様式の外\n" + SAMPLE)
    assert unread == ["見本の前書きが一行ある。", "ここも", "様式の外"]
    assert [finding.params["reason"] for finding in found(reading, "MX920")] == ["outside"] * 2


def test_a_mission_may_stand_in_a_table() -> None:
    reading, unread = read("1. 部局の使命\n\n\t○見本の使命を果たす。\t\n")
    assert only(reading).mission == "○見本の使命を果たす。"
    assert unread == []


def test_an_unknown_column_of_the_policies_is_left_over() -> None:
    text = SAMPLE.replace("方針\t取り組みの総括\n", "方針\t取り組みの総括\t自己評価\n")
    text = text.replace("植え替えました。</p>", "植え替えました。</p>\tA判定")
    reading, unread = read(text)
    assert unread == ["自己評価", "A判定"]
    assert [finding.params["column"] for finding in found(reading, "MX929")] == ["自己評価"]


@pytest.mark.parametrize(
    ("text", "title", "status", "labels"),
    [
        ("見本の整備(通年)【重点】", "見本の整備", None, {"重点": "重点"}),
        ("見本の整備【新規】", "見本の整備", Status.ADDED, {}),
        ("見本の整備【新規】【終了】", "見本の整備", Status.ADDED, {"終了": "終了"}),
        ("見本の整備【拡充】", "見本の整備", Status.ACTIVE, {"拡充": "拡充"}),
        ("(仮称)見本館の検討(9月)", "(仮称)見本館の検討", None, {}),
        ("(通年)", "(通年)", None, {}),
    ],
)
def test_marks_of_an_item(
    text: str, title: str, status: Status | None, labels: dict[str, str]
) -> None:
    goal = year_goal(f"題 (1) 短い文。 ・{text}")
    (measure,) = goal.goals[0].measures
    assert (measure.title, measure.status, dict(measure.labels)) == (title, status, labels)


def test_marks_of_a_goal() -> None:
    goal = year_goal("<p>見本の施策【新規】【重点】</p> <p>説明の段落。</p> <p>⑴ 短い文。</p>")
    assert (goal.title, goal.status, dict(goal.labels)) == (
        "見本の施策",
        Status.ADDED,
        {"重点": "重点"},
    )
    assert goal.description == "説明の段落。"
    assert [(point.code, point.title) for point in goal.goals] == [("(1)", "短い文。")]


def test_items_in_both_columns_are_held_once_and_compared() -> None:
    goal, reading = mid_goal(
        "題 (1) 文。 ・改修(R8まで) ・点検(適時) ・周知(通年)", "(1) ・改修(R9まで) ・点検(適時)"
    )
    (point,) = goal.goals
    assert [measure.title for measure in point.measures] == ["改修", "周知", "改修", "点検"]
    (conflict,) = found(reading, "MX926")
    assert (conflict.params["first"], conflict.params["second"]) == ("R8まで", "R9まで")


def test_points_out_of_sequence_are_reported() -> None:
    goal, reading = mid_goal("題 (1) 文。 (3) 次の文。 (1) また。", "(4) 注 ・点検(適時)")
    assert [point.code for point in goal.goals] == ["(1)", "(3)", "(1)"]
    assert [measure.title for measure in goal.measures] == ["点検"]
    assert [f.params["found"] for f in found(reading, "MX922")] == ["(3)", "(1)", "(4)"]
    reading, _ = read(f"{HEAD}1\t題 (1) 文。\t(1) (2) 見出し ・会議(3回)\t\n")
    (goal,) = goals(reading)
    assert [node.title for node in goal.indicators] == ["会議"]
    assert [f.params["found"] for f in found(reading, "MX922")] == ["(1)(2)"]


def test_an_open_bracket_and_a_goal_without_a_title_are_reported() -> None:
    reading, _ = read(f"{HEAD}1\t(1) 文。 ・改修(8月\t\t\n")
    assert {f.params["field"] for f in found(reading, "MX921")} == {"item", "title"}
    (goal,) = goals(reading)
    (measure,) = goal.goals[0].measures
    assert (measure.title, measure.schedule) == ("改修(8月", ())


def test_references_in_all_their_looks() -> None:
    text = f"""{HEAD}1\t題 (1) 文。\t\t
総合計画 5-1-(1) 一の題 5-1-(2) 二の題\t\t\t
基本政策\t\t\t
26\t見本政策\t27\t
\t26\t見本政策\t
28\t別の題\t28\tちがう題
"""
    reading, _ = read(text)
    (goal,) = goals(reading)
    assert [(ref.plan, ref.code, ref.title) for ref in goal.references] == [
        ("総合計画", "5-1-(1)", "一の題"),
        ("総合計画", "5-1-(2)", "二の題"),
        ("基本政策", "26", "見本政策"),
        ("基本政策", "28", "別の題"),
        ("基本政策", "28", "ちがう題"),
    ]
    assert [f.params["field"] for f in found(reading, "MX926")] == ["28"]
    assert [f.params["reason"] for f in found(reading, "MX920")] == ["reference"]


def test_references_without_a_label_are_told_by_their_codes() -> None:
    reading, unread = read(f"{HEAD}1\t題 (1) 文。\t\t\n\t5-1-(1)\t見本の題\t\n")
    (goal,) = goals(reading)
    (reference,) = goal.references
    assert (reference.plan, reference.inferred) == ("総合計画", ("relation", "plan"))
    assert "総合計画・基本政策" in {f.params["section"] for f in found(reading, "MX930")}
    assert unread == []


def test_a_label_that_the_form_does_not_have_keeps_its_rows_out() -> None:
    text = f"{HEAD}1\t題 (1) 文。\t\t\n基本政策\t\t\t\n26\t見本政策\t\t\n"
    text += "総合戦略\t\t\t\n1-2\t戦略の題\t\t\n"
    reading, unread = read(text)
    (goal,) = goals(reading)
    assert [reference.code for reference in goal.references] == ["26"]
    assert [f.params["text"] for f in found(reading, "MX931")] == ["総合戦略"]
    assert unread == ["総合戦略", "1-2", "戦略の題"]


def test_references_before_any_goal_are_left_over() -> None:
    reading, unread = read(f"{HEAD}総合計画\t\t\t\n\t5-1-(1)\t見本の題\t\n")
    assert goals(reading) == []
    assert unread == ["総合計画", "5-1-(1)", "見本の題"]


def test_a_goal_that_looks_like_a_reference_is_known_by_the_row_below() -> None:
    text = f"{MID}1\t一の題 (1) 文。\t\n基本政策\t\t\n26\t見本政策\t\n"
    text += "2\t二の題\t\n\t(1) 文。\t・点検(R8)\n"
    reading, unread = read(text)
    assert [goal.title for goal in goals(reading)] == ["一の題", "二の題"]
    assert unread == []


def test_html_beyond_the_bounds_is_one_finding() -> None:
    deep = "<div>" * 3000 + "深い"
    reading, _ = read(f"{HEAD}1\t題 (1) 文。\t{deep}\t\n基本政策\t{deep}\t\t\n")
    assert len(found(reading, "MX921")) == 1
    assert [goal.title for goal in goals(reading)] == ["題"]


def test_separate_columns_for_issues_and_next_steps() -> None:
    head = "No\t当年度目標\t実績\t\t\n\t取組み事項\t取組みを行った内容・成果\t課題\t今後の方向性\n"
    reading, unread = read(f"{head}1\t題 (1) 文。\t・会議(3回)\t・人手が足りない\t・研修をひらく\n")
    (goal,) = goals(reading)
    (evaluation,) = goal.evaluations
    assert (evaluation.issues, evaluation.next_steps) == ("・人手が足りない", "・研修をひらく")
    assert unread == []


def test_a_web_page_of_the_form_is_read() -> None:
    page = """<html><body><h2>1. 部局の使命</h2><p>見本の使命。</p>
<h2>3. 当年度目標と振り返り</h2><table>
<tr><th>No</th><th>当年度目標</th><th colspan="2">実績</th></tr>
<tr><th></th><th>取組み事項</th><th>取組みを行った内容・成果</th><th>課題・今後の方向性</th></tr>
<tr><td>1</td><td><p>見本の題</p><p>(1) 短い文。</p>
<ul><li>・点検(8月)</li><li>・周知(通年)</li></ul>
</td><td><p>(1) 見出し</p><ul><li>・会議(3回)</li></ul></td><td><ul><li>・続ける</li></ul></td></tr>
<tr><td colspan="4">基本政策</td></tr>
<tr><td>26</td><td>見本政策</td><td>27</td><td>次の政策</td></tr></table></body></html>"""
    reading, unread = read(page, "sheet.html")
    (goal,) = goals(reading)
    assert [measure.title for measure in goal.goals[0].measures] == ["点検", "周知"]
    assert [node.title for node in goal.goals[0].indicators] == ["会議"]
    assert [reference.code for reference in goal.references] == ["26", "27"]
    assert only(reading).mission == "見本の使命。"
    assert unread == []


def _page(text: str) -> str:
    """The sheet as a web page: lists without items and tables stand within its cells."""
    made = ["<!DOCTYPE html><html lang='ja'><body>"]
    inside = False
    for line in text.split("\n"):
        cells = line.split("\t")
        if len(cells) > 1 and not set(line) <= set("-:\t "):
            made += ["<table>"] if not inside else []
            made.append("<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>")
            inside = True
        elif len(cells) == 1:
            made += ["</table>"] if inside else []
            made.append(f"<p>{line}</p>")
            inside = False
    return "\n".join([*made, "</body></html>"])


def test_a_web_page_says_what_the_text_says() -> None:
    codes = "<td>5-2- (1)</td> <td>見本</td> <td>5-2-(2)</td> <td>別の見本</td>"
    inner = f"<p>総合計画</p> <table> <tr> {codes} </tr> </table>"
    plan = "<p>見本</p> <p>(1) 文。</p> <ul> 甲の運営(通年) 乙の公表(8月) </ul>"
    text = f"{HEAD}1\t{plan}\t\t\n\t{inner}\t\t\n"
    for sheet in (SAMPLE, text):
        first, _ = read(sheet)
        second, unread = read(_page(sheet), "sheet.html")
        told = [
            [
                (item.node.title, len(getattr(item.node, "schedule", ())))
                for item in walk(only(reading))
            ]
            for reading in (first, second)
        ]
        assert told[0] == told[1]
        references = [
            [(one.code, one.title, one.plan) for goal in goals(reading) for one in goal.references]
            for reading in (first, second)
        ]
        assert references[0] == references[1]
        assert references[0]
        assert unread == []
