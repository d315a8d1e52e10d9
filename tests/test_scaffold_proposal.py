"""What samples show: whose they are, their title, what their columns and lines mean."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from munidx.adapters import Adapter
from munidx.adapters.tables.form import Caption
from munidx.document import Source
from munidx.errors import MunidxError, SelectionError
from munidx.japanese.characters import compact
from munidx.model import PlanKind
from munidx.readers import read_source
from munidx.scaffold.adapter_page import adapter_page
from munidx.scaffold.groups import boilerplate_of, groups_of
from munidx.scaffold.headline import first_line, headline_of, kind_of
from munidx.scaffold.proposal import Proposal, propose
from munidx.scaffold.seen import Saying
from munidx.scaffold.words import bare, dictionary, guess
from munidx.testing.profiles import examples

TOWN = "272507:見本市"
TITLE = "令和8年度 見本市事業一覧"


def proposed(*rows: str, title: str = TITLE, told: str | None = TOWN) -> Proposal:
    text = "\n".join([title, "", *rows, ""])
    return propose("mihon", [read_source(Source("a.txt", text.encode()))], told)


def meanings(proposal: Proposal) -> dict[str, str]:
    return {part.heading: part.meaning.field if part.meaning else "" for part in proposal.parts}


def say(*texts: str) -> list[Saying]:
    return [Saying(text=text, place=f"a.txt#L{number}") for number, text in enumerate(texts, 1)]


# --- titles ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("title", "pattern_", "core", "year"),
    [
        ("令和8年度 見本市事業一覧", "(?P<year>.{1,14}年度)見本市事業一覧", "見本市事業一覧", 2026),
        ("第3次見本市総合計画", r"第\d+次見本市総合計画", "見本市総合計画", None),
        (
            "見本市事業一覧（Ｒ６）",
            r"見本市事業一覧\((?P<year>[^\W_]{2,8})\)",
            "見本市事業一覧",
            2024,
        ),
        (
            "見本市実施計画（令和8年度～10年度）",
            r"見本市実施計画\((?P<year>.{1,14}年度)\~\d+年度\)",
            "見本市実施計画",
            2026,
        ),
        ("令和6年度・令和7年度の評価", r"令和\d+年度・令和\d+年度の評価", "年度・令和", None),
    ],
)
def test_of_a_title_the_year_and_the_numbers_are_others_next_year(
    title: str, pattern_: str, core: str, year: int | None
) -> None:
    found = headline_of(say(title), "見本市")
    assert found is not None
    assert (found.pattern, found.core, found.year and int(found.year)) == (pattern_, core, year)


def test_the_line_that_looks_most_like_a_title_is_it() -> None:
    lines = say(
        "トップ > 計画 > 一覧", "（単位：千円）", "見本市", "令和8年度事業一覧", "計画である。"
    )
    found = headline_of(lines, "見本市")
    assert found is not None
    assert found.text == "令和8年度事業一覧"
    assert headline_of(say("見本市", "これは文である。", "x" * 90), "") is None
    first = first_line(say("x" * 90, "これは文である。"))
    assert first is not None
    assert first.text == "これは文である。"
    assert first_line([]) is None


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("見本市総合計画実施計画", PlanKind.PROJECT_LIST),
        ("見本市総合計画", PlanKind.COMPREHENSIVE),
        ("総合戦略の進捗", PlanKind.EVALUATION),
        ("まち・ひと・しごと創生総合戦略", PlanKind.STRATEGY),
        ("総務部の組織目標", PlanKind.BUREAU_GOALS),
        ("環境アクションプラン", PlanKind.ACTION),
        ("環境ビジョン", PlanKind.SECTORAL),
        ("一覧", PlanKind.PROJECT_LIST),
    ],
)
def test_a_title_names_the_kind(title: str, kind: PlanKind) -> None:
    assert kind_of(title) is kind


# --- columns --------------------------------------------------------------------------------


def test_two_columns_of_titles_are_a_goal_and_a_title() -> None:
    found = proposed("取組\t事業名\t担当課\tアクション", "甲\t乙\t財政課\t丙", "甲\t丁\t税務課\t戊")
    assert meanings(found) == {
        "取組": "goal.title",
        "事業名": "title",
        "担当課": "owners",
        "アクション": "description",
    }
    assert found.form is not None
    assert found.form.levels == ("取組",)


def test_without_a_column_of_titles_the_lowest_rung_is_it() -> None:
    found = proposed("政策\t施策\t担当課", "甲\t乙\t財政課", "甲\t丁\t税務課")
    assert meanings(found) == {"政策": "goal.title", "施策": "title", "担当課": "owners"}
    assert found.form is not None
    assert found.form.level == "施策"


def test_a_rung_whose_values_come_again_and_again_is_a_label() -> None:
    rows = [f"{'甲乙'[n % 2]}\t事業{n}\t財政課" for n in range(6)]
    assert meanings(proposed("分野\t事業名\t担当課", *rows))["分野"] == "label"
    rows = [f"{'甲乙'[n // 3]}\t事業{n}\t財政課" for n in range(6)]
    assert meanings(proposed("分野\t事業名\t担当課", *rows))["分野"] == "goal.title"


def test_what_a_row_has_but_once_is_a_label_the_second_time() -> None:
    found = proposed("事業名\t担当課\t目的\t内容", "甲\t財政課\t乙\t丙", "丁\t税務課\t戊\t己")
    assert meanings(found)["目的"] == "description"
    assert meanings(found)["内容"] == "label"


def test_columns_that_no_dictionary_knows_are_told_by_what_stands_below() -> None:
    rows = [f"事業{n}\t10\t\t財政課\tい\t第{n}節を見よ\t3,000" for n in range(4)]
    found = proposed("事業名\tNo\t備考\tうけもち\tしるし\tことば\tおかね（千円）", *rows)
    assert meanings(found) == {
        "事業名": "title",
        "No": "code",
        "備考": "label",
        "うけもち": "owners",
        "しるし": "label",
        "ことば": "",
        "おかね（千円）": "costs",
    }
    assert [part.heading for part in found.strange] == ["ことば"]


@pytest.mark.parametrize(
    ("values", "field"),
    [
        (("1,200", "3,000"), "costs"),
        (("12", "－"), "targets"),
        (("実施", "検討"), "schedule"),
    ],
)
def test_columns_under_a_year_alone_are_told_by_what_stands_below(
    values: tuple[str, str], field: str
) -> None:
    rows = [f"事業{n}\t財政課\t{n}\t{value}" for n, value in enumerate(values)]
    assert meanings(proposed("事業名\t担当課\tNo\tR8", *rows))["R8"] == field


@pytest.mark.parametrize(
    "heads",
    [
        ["事業名\t指標\t基準値\t基準年度\t目標値\t達成年度\t実績値\t実績年度"],
        ["事業名\t指標\t現状値\t現状年度\t目標\t目標年度\t実績\t実績年度"],
        [
            "事業名\t指標\t基準値\t\t目標\t\t実績\t",
            "\t\t値\t年度\t値\t年度\t値\t年度",
        ],
    ],
)
def test_years_have_columns_beside_the_values(heads: list[str]) -> None:
    found = proposed(*heads, "甲\t人数\t1\tR5\t3\tR8\t2\tR6", "乙\t件数\t1\tR5\t3\tR8\t2\tR6")
    assert list(meanings(found).values())[2:] == [
        *("baseline", "baseline.year", "targets", "targets.year", "actuals", "actuals.year"),
    ]


def test_a_year_beside_no_value_is_a_label() -> None:
    found = proposed("番号\t事業名\t概要\t目標年度", "1\t甲\tい\tR8", "2\t乙\tろ\tR9")
    assert meanings(found)["目標年度"] == "label"


def test_targets_in_words_are_statements() -> None:
    rows = [f"事業{n}\t財政課\t利用する人を{n}割は増やすこと" for n in range(3)]
    assert meanings(proposed("事業名\t担当課\t目標", *rows))["目標"] == "statement"


def test_money_without_a_unit_is_told() -> None:
    rows = [f"事業{n}\t財政課\t{n}000" for n in range(3)]
    head = "事業名\t担当課\t予算額"
    assert [part.heading for part in proposed(head, *rows).parts if part.unitless] == ["予算額"]
    noted = proposed("（単位：千円）", "", head, *rows)
    assert not any(part.unitless for part in noted.parts)


def test_a_sheet_for_one_project_is_no_list() -> None:
    found = proposed("事業名\t街灯の更新\t担当課\t道路課", "目的\t安全\t内容\t灯りを替える")
    assert (found.form, found.parts) == (None, ())


def test_a_blank_goal_is_carried_and_the_rows_of_sums_do_not_count() -> None:
    found = proposed(
        "施策\t事業名\t担当課", "甲\t乙\t財政課", "\t丙\t財政課", "\t計\t", "丁\t戊\t課"
    )
    carried = {part.heading: part.meaning.carried for part in found.parts if part.meaning}
    assert carried == {"施策": True, "事業名": False, "担当課": False}


def test_columns_of_several_samples_are_put_together() -> None:
    texts = [
        "事業名\t担当課\t備考\n甲\t財政課\t\n乙\t税務課\t\n",
        "備考\t所管課\t取組名\n\t財政課\t甲\n\t税務課\t乙\n",
    ]
    samples = [read_source(Source("a.txt", f"{TITLE}\n\n{text}".encode())) for text in texts]
    found = propose("mihon", samples, TOWN)
    words = {part.meaning.field: part.meaning.words for part in found.parts if part.meaning}
    assert words == {
        "title": ("事業名", "取組名"),
        "owners": ("担当課", "所管課"),
        "label": ("備考",),
    }


def test_without_titles_the_adapter_goes_by_the_header() -> None:
    found = proposed("事業名\t担当課\t評価", "甲\t財政課\tA", "乙\t税務課\tB", title="", told=TOWN)
    assert (found.title, found.kind) == ("見本市 事業評価", PlanKind.EVALUATION)
    assert found.heads == ("事業名", "担当課", "評価")
    assert set(found.cues) == {"事業名", "担当課", "評価"}


def test_nothing_but_paragraphs_is_no_sample() -> None:
    with pytest.raises(SelectionError) as caught:
        proposed("あ" * 200, title="い" * 200)
    assert caught.value.code == "sample-untitled"


def test_the_document_tells_whose_it_is() -> None:
    found = proposed("事業名\t担当課\t備考", "甲\t課\t", title="門真市事業一覧", told=None)
    assert found.municipality.code == "272230"


@pytest.mark.parametrize(
    ("word", "field"),
    [
        ("室課名", "owners"),
        ("重点取組名", "title"),
        ("まちの方針名", "goal.title"),
        ("R8要求予算（千円）", "costs"),
        ("主な成果指標", "indicator.title"),
        ("開始予定年度", "start"),
        ("完了の時期", "end"),
        ("取組の現況", "baseline"),
        ("主な課題", "evaluation.issues"),
        ("ひとこと", None),
        ("", None),
        ("とても長い見出しはことばであって見出しではない概要", None),
    ],
)
def test_a_word_that_nobody_knows_is_guessed_by_its_ending(word: str, field: str | None) -> None:
    found = guess(word)
    assert (found.field if found else None) == field


def test_the_words_of_the_dictionary_stand_as_they_are_compared() -> None:
    for meaning in dictionary().values():
        for word in meaning.words:
            assert word == compact(word)
    assert bare("令和6年度\n当初予算額（千円）※1") == "当初予算額"


# --- lines ----------------------------------------------------------------------------------


def test_lines_that_open_a_group() -> None:
    lines = say(
        "第1章 くらし", "施策1-1 安全", "施策1-2 安心", "第2章 まち", "（単位：千円）", "合計"
    )
    groups, captions = groups_of(lines)
    assert [group.level for group in groups] == ["章", "施策"]
    assert [group.pattern and group.pattern.pattern for group in groups] == [
        r"第\s*(?P<code>\d+)\s*の?章\s*(?P<title>.+)",
        r"施策\s*(?P<code>[\d.-]+)[.:、)\s]\s*(?P<title>.+)",
    ]
    assert captions == ()


@pytest.mark.parametrize(
    ("lines", "pattern_"),
    [
        (("1 安全", "2 安心"), r"(?P<code>\d+)[.:、)\s]\s*(?P<title>.+)"),
        (("Ⅰ．安全", "Ⅱ．安心"), r"(?P<code>[IVX]+)[.:、)\s]\s*(?P<title>.+)"),
        (("【安全】", "【安心】"), r"[【\[<](?P<title>[^【】]+)[】\]>]"),
        (("■安全", "■ 安心"), r"[■◆●○□◇▼▽]\s*(?P<title>.+)"),
    ],
)
def test_lines_that_name_no_rung(lines: tuple[str, ...], pattern_: str) -> None:
    ((group,), _) = groups_of(say(*lines))
    assert group.pattern is not None
    assert (group.level, group.pattern.pattern) == ("区分", pattern_)
    assert groups_of(say(lines[0])) == ((), ())


@pytest.mark.parametrize("frame", ["{}", "【{}】", "■{}"])
def test_departments_above_the_tables_are_captions(frame: str) -> None:
    groups, captions = groups_of(say(frame.format("総務部"), frame.format("福祉部")))
    assert groups == ()
    (caption,) = captions
    assert isinstance(caption, Caption)
    assert caption.pattern.fullmatch(frame.format("会計室"))


def test_notes_below_several_tables_are_boilerplate() -> None:
    notes = say(
        "※ 1の位は四捨五入", "※ 2の位は四捨五入", "※ 2の位は四捨五入", "以上", "安全", "安全"
    )
    assert boilerplate_of(notes) == (r"※\d+の位は四捨五入", "以上")


def test_a_header_between_the_rows_is_no_row() -> None:
    head = "事業名\t担当課\t備考"
    found = proposed(head, "甲\t課\t", "乙\t課\t", head, "丙\t課\t")
    assert [part.heading for part in found.parts] == ["事業名", "担当課", "備考"]


def test_rungs_whose_values_come_again_below_another_are_goals_with_their_codes() -> None:
    rows = [
        f"{above} {'民総'[above % 2]}務費\t{below} 管理費\t{above}{below}{n}号の事業\t財政課"
        for above in (2, 3)
        for below in (1, 2)
        for n in (1, 2)
    ]
    found = proposed("一般会計", "", "款\t項\t事業名\t担当課", *rows)
    told = {part.heading: part.meaning for part in found.parts if part.meaning}
    assert [told[name].field for name in ("款", "項")] == ["goal.title"] * 2
    assert told["款"].pattern == told["項"].pattern == r"(?P<code>[\d.-]+)\s+(?P<title>\D.*)"
    assert told["事業名"].pattern == ""
    assert found.form is not None
    ((caption,), levels) = found.form.captions, found.form.levels
    assert (caption.field, caption.label, levels) == ("label", "会計", ("款", "項"))


def test_a_plan_of_several_years_is_not_that_of_its_first() -> None:
    rows = ("事業名\t担当課\t備考", "甲\t課\t", "乙\t課\t")
    several = proposed(*rows, title="見本市実施計画（令和8年度～令和10年度）").form
    short = proposed(*rows, title="見本市実施計画（令和8年度～10年度）").form
    one = proposed(*rows, title="令和8年度見本市実施計画").form
    assert several is not None
    assert short is not None
    assert one is not None
    assert (several.one_year, short.one_year, one.one_year) == (False, False, True)


def test_a_schedule_of_figures_is_money_where_a_note_tells_its_unit() -> None:
    rows = ("事業名\t担当課\t備考\t年次計画\t", "\t\t\tR8\tR9", "甲\t課\t\t12\t3", "乙\t課\t\t4\t5")
    assert meanings(proposed("（単位：百万円）", "", *rows))["年次計画 R8"] == "costs"
    assert meanings(proposed(*rows))["年次計画 R8"] == "targets"


WORDS = sorted({word for meaning in dictionary().values() for word in meaning.words if word})
STRANGE = st.text("うえこと室名率の()'\"\\{}", max_size=6)
heads = st.lists(st.sampled_from(WORDS) | STRANGE, min_size=3, max_size=8)
VALUES = (
    "",
    "1,200",
    "R8",
    "財政課",
    "【新規】甲",
    "合計",
    "施策1 乙",
    "－",
    '"""',
    "\u202e",
    "1 丙",
)
SIGNS = st.characters(exclude_categories=("Cc", "Cs"))
cells = st.sampled_from(VALUES) | st.text(SIGNS, max_size=8)


@examples(40)
@given(heads, st.lists(st.lists(cells, max_size=8), max_size=8), cells)
def test_the_page_says_what_was_proposed_whatever_stands_in_the_samples(
    head: list[str], rows: list[list[str]], title: str
) -> None:
    lines = [[title], head, *rows]
    text = "\n".join("\t".join(" ".join(cell.split()) for cell in line) for line in lines)
    try:
        found = propose("mihon", [read_source(Source("a.txt", f"{text}\n".encode()))], TOWN)
    except MunidxError as error:
        assert error.code in {"sample-untitled", "file-empty", "document-blank"}  # noqa: PT017
        return
    names: dict[str, Any] = {}
    exec(compile(adapter_page(found), "adapter.py", "exec"), names)  # noqa: S102 - our own page
    assert names.get("FORM") == found.form
    assert isinstance(names["munidx_adapter"](), Adapter)
