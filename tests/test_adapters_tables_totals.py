"""Rows of sums: known, kept and checked."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

import munidx
from munidx.adapters.coverage import measure as cover
from munidx.adapters.tables import Caption, Column, Form, TableAdapter
from munidx.document import Source
from munidx.findings import Finding
from munidx.model import Municipality, Plan
from munidx.readers import read_source
from munidx.testing.profiles import examples

FORM = Form(
    title=r".*計画",
    slug="x",
    municipality=Municipality(code="272230", name="門真市", prefecture="大阪府"),
    columns=(
        Column("goal.title", "施策", level="施策"),
        Column("title", "事業名"),
        Column("owners", "担当課"),
        Column("costs", "予算額", "決算額", unit="千円"),
        Column("actuals", "実績"),
    ),
    captions=(Caption("label", r"【(?P<value>.+)】", label="会計"),),
)
HEAD = "施策\t事業名\t担当課\tR7予算額\tR6決算額\tR6実績"


def read(*rows: str) -> tuple[Plan, tuple[Finding, ...]]:
    text = "\n".join(("計画", "", HEAD, *rows))
    publication = read_source(Source("a.txt", text.encode()))
    reading = TableAdapter(FORM).read(publication)
    (plan,) = reading.plans
    assert cover(publication, reading.plans, reading.leftovers).unread_places == ()
    return plan, reading.findings


def test_a_sum_below_a_goal_is_its_cost_and_checked_by_the_rules() -> None:
    rows = ("道路\t甲\t土木課\t1,000\t900\t", "\t乙\t土木課\t500\t400\t")
    plan, findings = read(*rows, "小計\t\t\t1,500\t1,300\t")
    (goal,) = plan.goals
    assert [(c.amount, c.total, c.year) for c in goal.costs] == [
        (1_500_000, True, 2025),
        (1_300_000, True, 2024),
    ]
    assert (findings, [m.title for m in goal.measures]) == ((), ["甲", "乙"])
    assert "MX401" not in {finding.code for finding in munidx.validate(plan)}
    wrong, findings = read(*rows, "小計\t\t\t1,600\t1,300\t")
    assert findings == ()
    (found,) = [each for each in munidx.validate(wrong) if each.code == "MX401"]
    assert found.params["difference"] == -100_000


def test_a_sum_over_the_whole_list_is_a_label_of_the_plan() -> None:
    rows = ("道路\t甲\t土木課\t1,000\t\t", "公園\t乙\t土木課\t500\t\t")
    plan, findings = read(*rows, "\t合　計\t\t1,500\t\t")
    assert dict(plan.labels) == {"合 計 R7予算額": "1,500"}
    assert (findings, plan.goals[1].costs) == ((), ())
    _, (finding,) = read(*rows, "\t合計\t\t1,501\t\t")
    assert (finding.code, finding.params["expected"], finding.params["found"]) == (
        "MX925",
        1_501_000,
        1_500_000,
    )


def test_a_sum_is_that_of_what_it_fits() -> None:
    plan, findings = read(
        "道路\t甲\t土木課\t1,000\t\t", "\t計\t\t1,000\t\t", "公園\t乙\t土木課\t500\t\t",
        "\t公園 合計\t\t500\t\t", "\t総合計\t\t1,500\t\t",
    )  # fmt: skip
    assert [[c.amount for c in goal.costs] for goal in plan.goals] == [[1_000_000], [500_000]]
    assert dict(plan.labels) == {"総合計 R7予算額": "1,500"}
    assert findings == ()


def test_a_sum_below_a_caption_is_that_of_its_rows() -> None:
    plan, findings = read(
        "", "【一般会計】", "", HEAD, "\t甲\t土木課\t1,000\t\t", "\t計\t\t1,000\t\t",
        "", "【特別会計】", "", HEAD, "\t乙\t土木課\t500\t\t", "\t計\t\t500\t\t",
        "\t合計\t\t1,500\t\t",
    )  # fmt: skip
    assert plan.labels["計 R7予算額"] == "1,000\n500"
    assert plan.labels["合計 R7予算額"] == "1,500"
    assert findings == ()


def test_the_word_may_stand_in_any_column_and_other_figures_are_labels() -> None:
    plan, findings = read("\t甲\t土木課\t1,000\t\t3", "\t\t合計\t1,000\t\t3")
    assert dict(plan.labels) == {"合計 R7予算額": "1,000", "合計 R6実績": "3"}
    assert findings == ()


def test_what_is_unknown_below_makes_no_wrong_sum() -> None:
    _, findings = read("\t甲\t土木課\t1,000\t\t", "\t乙\t土木課\t約300\t\t", "\t合計\t\t1,300\t\t")
    assert [finding.code for finding in findings] == ["MX921"]


def test_a_sum_that_is_no_amount_is_told() -> None:
    plan, findings = read("\t甲\t土木課\t1,000\t\t", "\t合計\t\t約1,000\t\t")
    assert [finding.code for finding in findings] == ["MX921"]
    assert dict(plan.labels) == {"合計 R7予算額": "約1,000"}


@pytest.mark.parametrize(
    "row",
    [
        pytest.param("\t会計事務合計\t会計課\t1,000\t\t", id="an owner beside it"),
        pytest.param("\t計\t\t\t\t", id="no figure"),
        pytest.param("\t土木課計\t土木課\t5\t\t", id="a bureau's word, and an owner"),
        pytest.param("\t道路の台帳に載る橋とその他の土木の施設についての合計\t\t5\t\t", id="long"),
    ],
)
def test_what_only_looks_like_a_sum_is_a_measure(row: str) -> None:
    plan, _ = read("\t甲\t土木課\t1,000\t\t", row)
    assert len(plan.measures) == 2


@pytest.mark.parametrize(
    "words",
    [
        *(
            "計",
            "小　計",
            "【小計】",
            "施策計",
            "事業計",
            "部計",
            "土木課計",
            "道路 計",
            "計（道路）",
        ),
        *("小計（道路）", "小計 道路", "小計 その他", "小計①", "小計Ⅱ", "道路小計", "計（2事業）"),
        *("令和7年度計", "小計：2件", "計 道路"),
    ],
)
def test_words_of_inner_sums(words: str) -> None:
    plan, findings = read(
        "道路\t甲\t土木課\t1,000\t\t", "\t乙\t土木課\t500\t\t", f"\t{words}\t\t1,500\t\t",
        "公園\t丙\t土木課\t7\t\t",
    )  # fmt: skip
    assert [[(c.amount, c.total) for c in goal.costs] for goal in plan.goals] == [
        [(1_500_000, True)],
        [],
    ]
    assert [m.title for goal in plan.goals for m in goal.measures] == ["甲", "乙", "丙"]
    assert (findings, dict(plan.labels)) == ((), {})


@pytest.mark.parametrize("words", ["合計（2事業）", "累計", "総計（再掲除く）", "合計（税込）"])
def test_words_of_outer_sums(words: str) -> None:
    plan, findings = read(
        "道路\t甲\t土木課\t1,000\t\t", "公園\t乙\t土木課\t500\t\t", f"\t{words}\t\t1,500\t\t"
    )
    assert dict(plan.labels) == {f"{words} R7予算額": "1,500"}
    assert (findings, [len(goal.measures) for goal in plan.goals]) == ((), [1, 1])


@pytest.mark.parametrize("words", ["再掲", "うち新規", "（内数）", "うち国庫補助分", "うち、拡充"])
def test_a_part_of_a_sum_is_neither_a_sum_nor_a_measure(words: str) -> None:
    rows = ("道路\t甲\t土木課\t1,000\t\t", f"\t{words}\t\t300\t\t")
    publication = read_source(Source("a.txt", "\n".join(("計画", "", HEAD, *rows)).encode()))
    reading = TableAdapter(FORM).read(publication)
    (finding,) = reading.findings
    assert (finding.code, finding.params["reason"]) == ("MX920", "part-of-sum")
    (goal,) = reading.plans[0].goals
    assert ([m.title for m in goal.measures], goal.costs) == (["甲"], ())
    unread = cover(publication, reading.plans, reading.leftovers).unread_places
    assert [place.text for place in unread] == [words, "300"]


NEAR = (
    *(
        "計画策定事業",
        "会計",
        "公会計",
        "水道会計",
        "統計",
        "統計調査",
        "実施設計",
        "家計",
        "人口推計",
    ),
    *(
        "計量器検査",
        "小計画作成",
        "累計感染者対策",
        "合計特殊出生率対策",
        "計測",
        "集計事務",
        "部会計",
    ),
    *("うちどく推進", "うちエコ診断", "再掲示板", "内数調査", "計 画 策 定"),
)


@examples(50)
@given(st.sampled_from(NEAR), st.sampled_from(("", "1", "土木")), st.sampled_from(("", "土木課")))
def test_names_that_hold_a_word_of_sums_are_names(title: str, before: str, owner: str) -> None:
    plan, findings = read("道路\t甲\t土木課\t1,000\t\t", f"\t{before}{title}\t{owner}\t500\t\t")
    (goal,) = plan.goals
    assert [m.title for m in goal.measures] == ["甲", f"{before}{title}"]
    assert (findings, goal.costs, dict(plan.labels)) == ((), (), {})


@pytest.mark.parametrize("title", ["小計（道路）", "土木課計", "うち新規", "再掲"])
def test_a_row_with_a_code_is_a_measure(title: str) -> None:
    columns = (Column("code", "番号"), Column("title", "事業名"), Column("costs", "予算額"))
    form = Form(title="計画", slug="x", municipality=FORM.municipality, columns=columns)
    text = f"計画\n\n番号\t事業名\t予算額（千円）\n1\t甲\t5\n2\t{title}\t5"
    (plan,) = TableAdapter(form).read(read_source(Source("a.txt", text.encode()))).plans
    assert [m.code for m in plan.measures] == ["1", "2"]


def test_a_sum_without_money_is_no_measure() -> None:
    plan, findings = read("\t甲\t土木課\t1,000\t\t3", "\t合計\t\t\t\t3")
    assert [m.title for m in plan.measures] == ["甲"]
    assert (dict(plan.labels), findings) == ({"合計 R6実績": "3"}, ())


SUMMARY = "施策\t事業数\tR7予算額\tR6決算額\n道路\t1\t1,000\t900\n公園\t1\t500\t400\n"


@pytest.mark.parametrize("words", ["計", "合計", "小計", "公園 計"])
def test_the_sums_of_a_summary_are_of_no_goal_that_is_open(words: str) -> None:
    summary = f"{SUMMARY}{words}\t2\t1,500\t1,300"
    rows = f"{HEAD}\n道路\t甲\t土木課\t1,000\t900\t\n公園\t乙\t土木課\t500\t400\t"
    for text in (f"計画\n\n{summary}\n\n{rows}", f"計画\n\n{rows}\n\n{summary}"):
        reading = TableAdapter(FORM).read(read_source(Source("a.txt", text.encode())))
        (plan,) = reading.plans
        assert [(g.title, g.costs, len(g.measures)) for g in plan.goals] == [
            ("道路", (), 1),
            ("公園", (), 1),
        ]
        assert plan.labels[f"{words} R7予算額"] == "1,500"
        assert {f.code for f in reading.findings} == {"MX920", "MX929"}


def test_a_summary_that_does_not_fit_is_told_where_it_can_be_checked() -> None:
    rows = f"{HEAD}\n道路\t甲\t土木課\t1,000\t900\t"
    text = f"計画\n\n{rows}\n\n{SUMMARY}計\t2\t1,600\t1,300"
    findings = TableAdapter(FORM).read(read_source(Source("a.txt", text.encode()))).findings
    assert [f.params["expected"] for f in findings if f.code == "MX925"] == [1_600_000, 1_300_000]


@pytest.mark.parametrize("words", ["施策1-1　計", "施策1-1 小計", "1-1　道路　計", "小計（1-1）"])
def test_a_sum_in_the_column_of_goals_is_that_of_the_goal(words: str) -> None:
    pattern = r"(?P<code>[\d-]+)\s(?P<title>\S+)"
    columns = (
        Column("goal.title", "施策", level="施策", pattern=pattern, carried=True),
        Column("title", "事業名"),
        Column("costs", "予算額", unit="千円"),
    )
    form = Form(title="計画", slug="x", municipality=FORM.municipality, columns=columns)
    text = f"計画\n\n施策,事業名,予算額\n1-1 道路,甲,5\n,乙,6\n{words},,11\n,丙,4\n"
    reading = TableAdapter(form).read(read_source(Source("a.csv", text.encode())))
    (goal,) = reading.plans[0].goals
    assert (goal.code, goal.title, len(goal.measures)) == ("1-1", "道路", 3)
    assert ([c.amount for c in goal.costs], reading.findings) == ([11_000], ())


def test_a_row_that_is_not_understood_opens_no_goal() -> None:
    rows = (
        "道路\t甲\t土木課\t1\t\t", "公園\t\t土木課\t5\t\t", "川\t\t土木課\t5\t\t",
        "\t乙\t土木課\t1\t\t",
    )  # fmt: skip
    publication = read_source(Source("a.txt", "\n".join(("計画", "", HEAD, *rows)).encode()))
    reading = TableAdapter(FORM).read(publication)
    # 川 may well be a goal with figures of its own: 乙 stands below it.
    assert [(g.title, len(g.measures)) for g in reading.plans[0].goals] == [("道路", 1), ("川", 1)]
    assert [f.code for f in reading.findings] == ["MX920", "MX920"]
    unread = cover(publication, reading.plans, reading.leftovers).unread_places
    assert "公園" in {place.text for place in unread}


def test_merged_money_is_no_sum() -> None:
    page = (
        "<p>計画</p><table><tr><td>施策<td>事業名<td>担当課<td>R7予算額</tr>"
        "<tr><td>道路<td>甲<td>土木課<td rowspan=2>1,000</tr><tr><td>公園<td>合計<td></tr></table>"
    )
    publication = read_source(Source("a.html", page.encode()))
    (plan,) = TableAdapter(FORM).read(publication).plans
    assert [m.title for goal in plan.goals for m in goal.measures] == ["甲", "合計"]
