"""Rows of sums: known, kept and checked."""

import pytest

import munidx
from munidx.adapters.coverage import measure as cover
from munidx.adapters.tables import Caption, Column, Form, TableAdapter
from munidx.document import Source
from munidx.findings import Finding
from munidx.model import Municipality, Plan
from munidx.readers import read_source

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
        pytest.param("\t道路の台帳に載る橋とその他の土木の施設についての合計\t\t5\t\t", id="long"),
    ],
)
def test_what_only_looks_like_a_sum_is_a_measure(row: str) -> None:
    plan, _ = read("\t甲\t土木課\t1,000\t\t", row)
    assert len(plan.measures) == 2


def test_merged_money_is_no_sum() -> None:
    page = (
        "<p>計画</p><table><tr><td>施策<td>事業名<td>担当課<td>R7予算額</tr>"
        "<tr><td>道路<td>甲<td>土木課<td rowspan=2>1,000</tr><tr><td>公園<td>合計<td></tr></table>"
    )
    publication = read_source(Source("a.html", page.encode()))
    (plan,) = TableAdapter(FORM).read(publication).plans
    assert [m.title for goal in plan.goals for m in goal.measures] == ["甲", "合計"]
