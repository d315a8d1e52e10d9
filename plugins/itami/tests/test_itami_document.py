"""The document of the city (where it is at hand), and samples of the same form of our own."""

import pathlib
import re
from collections.abc import Callable
from decimal import Decimal

import pytest

from munidx.adapters import PassReason, Reading
from munidx.adapters.coverage import measure
from munidx.diff import diff
from munidx.diff.changes import Kind
from munidx.document import Publication, Source
from munidx.formats import toml
from munidx.japanese.characters import compact
from munidx.model import Goal, Indicator, Measure, OwnerRole, Plan, State, walk
from munidx.readers import read_source
from munidx.rules import validate
from munidx.testing.golden import compare_golden, redact
from munidx_itami.adapter import ItamiAdapter, munidx_adapter

_HERE = pathlib.Path(__file__).parent
_SHARED = _HERE.parents[3] / "shared" / "documents"
_DOCUMENT = next(iter(_SHARED.glob("003_*.txt")), None)
_needs_document = pytest.mark.skipif(_DOCUMENT is None, reason="the city's document is absent")


def _source(name: str, text: str) -> tuple[Reading, Publication]:
    publication = read_source(Source(name, text.encode()))
    return ItamiAdapter().read(publication), publication


def _text() -> str:
    assert _DOCUMENT is not None
    return _DOCUMENT.read_text(encoding="utf-8")


def _plan(text: str) -> Plan:
    return _source("003", text)[0].plans[0]


def _sheets(plan: Plan) -> dict[str, Goal]:
    nodes = (item.node for item in walk(plan))
    return {
        node.code: node for node in nodes if isinstance(node, Goal) and node.level == "実施施策"
    }


def _indicator(plan: Plan, goal: str, code: str) -> Indicator:
    return next(one for one in _sheets(plan)[goal].indicators if one.code == code)


@_needs_document
def test_the_document_is_read_as_before() -> None:
    compare_golden(_HERE / "golden" / "003.toml", toml.dumps(redact(_plan(_text()))))


@_needs_document
def test_nothing_of_the_document_is_unread() -> None:
    reading, publication = _source("003", _text())
    coverage = measure(publication, reading.plans, reading.leftovers)
    assert coverage.unread == 0, coverage.unread_places
    assert set(coverage.passed) <= {
        PassReason.PAGE_NUMBER,
        PassReason.RUNNING_HEAD,
        PassReason.REPEAT,
        PassReason.TABLE_HEADER,
    }
    assert reading.plans[0].sections == ()
    assert ItamiAdapter().recognise(publication).score == 1


@_needs_document
def test_counts_and_totals() -> None:
    sheets = _sheets(_plan(_text()))
    assert list(sheets) == ["611", "612", "621", "631", "632"]
    indicators = [one for goal in sheets.values() for one in goal.indicators]
    assert len(indicators) == 15
    assert all(len(one.targets) == 4 and one.baseline and one.actuals for one in indicators)
    assert sum(len(goal.measures) for goal in sheets.values()) == 35
    printed = [cost.amount for goal in sheets.values() for cost in goal.costs if cost.total]
    assert printed == [410_000, 105_911_000, 162_184_000, 1_354_422_000, 31_187_000]
    assert printed == [
        sum(c.amount or 0 for m in goal.measures for c in m.costs if c.category == "project")
        for goal in sheets.values()
    ]
    assert not [f for f in validate(_plan(_text())) if f.code == "MX401"]


@_needs_document
@pytest.mark.parametrize(
    ("goal", "code", "base", "targets", "actual"),
    [
        ("611", "②", "46392", "6300 6500 6700 6900", "19314"),
        ("612", "①", "1129", "850 850 850 850", "1473"),
        ("621", "①", "20368", "21000 22000 23000 24000", "29015"),
        ("621", "③", "21", "30 40 50 60", "51"),
        ("621", "④", "0", "30 40 50 60", "116"),
        ("621", "⑤", "0", "20 30 40 50", "37"),
        ("631", "①", "97.3", "93 94 95 96", "93.4"),
        ("631", "②", "0", "0 0 0 0", "0"),
        ("631", "③", "18.8", "17 17 17 17", "16.8"),
        ("632", "①", "3.16", "3 3 3 3", "3.16"),
    ],
)
def test_figures_that_the_order_of_the_text_leaves_open(
    goal: str, code: str, base: str, targets: str, actual: str
) -> None:
    indicator = _indicator(_plan(_text()), goal, code)
    assert indicator.baseline is not None
    assert (indicator.baseline.year, indicator.baseline.value) == (2019, Decimal(base))
    assert [told.value for told in indicator.targets] == [Decimal(one) for one in targets.split()]
    assert [told.year for told in indicator.targets] == [2021, 2022, 2023, 2024]
    assert [(told.year, told.value) for told in indicator.actuals] == [(2021, Decimal(actual))]


@_needs_document
def test_a_range_target_and_a_unit_printed_in_the_definition() -> None:
    plan = _plan(_text())
    band = _indicator(plan, "631", "③").targets[0]
    assert (band.low, band.high, band.inferred) == (Decimal(17), Decimal(20), ("low", "high"))
    cash = _indicator(plan, "621", "⑥")
    assert (cash.unit, cash.inferred) == ("％", ())


@_needs_document
def test_every_word_and_figure_stands_in_the_document() -> None:
    text = compact(_text())
    for item in walk(_plan(_text())):
        node = item.node
        if isinstance(node, Plan):
            continue
        told = [node.code, node.title, *(owner.name for owner in node.owners)]
        if isinstance(node, Goal | Measure):
            told += [node.description, node.target_state, *node.labels.values()]
            told += [cost.text for cost in node.costs]
            assert all(
                f"{cost.amount // 1000:,}" == cost.text
                for cost in node.costs
                if cost.amount is not None
            )
            told += [cost.budget_code.replace("-", "") for cost in node.costs]
        if isinstance(node, Indicator):
            told += [node.definition, node.unit]
            told += [one.text for one in (*node.targets, *node.actuals)]
        for evaluation in node.evaluations:
            told += [evaluation.plan, evaluation.reason, evaluation.issues, evaluation.next_steps]
            told += evaluation.results.split("\n")[:1]
        for words in told:
            for part in words.split("\n"):
                assert _pieces(compact(part), text), part


def _pieces(words: str, text: str) -> bool:
    """Whether the words stand in the text, page numbers between their lines aside."""
    return words in text or all(
        words[at : at + 12] in text for at in range(0, max(1, len(words) - 12), 12)
    )


def _replaced(old: str, new: str) -> Callable[[str], str]:
    def edit(text: str) -> str:
        assert text.count(old) == 1, old
        return text.replace(old, new)

    return edit


@_needs_document
@pytest.mark.parametrize(
    ("edit", "kind"),
    [
        (_replaced("\n24,000\n", "\n24,500\n"), Kind.TARGET_RAISED),
        (_replaced("\n24,000\n", "\n20,500\n"), Kind.TARGET_LOWERED),
        (_replaced("実績 21 51", "実績 21 57"), Kind.ACTUAL_CORRECTED),
        (_replaced("632 人材育成", "632 人材の育成"), Kind.RETITLED),
        (_replaced("法務管理課632030", "総務課632030"), Kind.OWNER_CHANGED),
        (_replaced("☆☆☆☆\n", "☆☆\n"), Kind.EVALUATION_CHANGED),
        (_replaced("法務体制推進事業 389 3,023", "法務体制推進事業 389 3,024"), Kind.COST_CHANGED),
    ],
)
def test_one_edit_is_one_change(edit: Callable[[str], str], kind: Kind) -> None:
    changes = diff(_plan(_text()), _plan(edit(_text()))).changes
    assert [change.kind for change in changes] == [kind]
    assert all(change.old_source and change.new_source for change in changes)


@_needs_document
def test_a_project_printed_under_another_goal_has_moved() -> None:
    text = _text()
    row = "632030 法務体制推進事業 389 3,023"
    moved = text.replace(f"法務管理課{row}\n", "").replace(
        "まちづくり推進課611010", f"法務管理課{row}\n\nまちづくり推進課611010"
    )
    changes = diff(_plan(text), _plan(moved)).changes
    assert Kind.MOVED in [change.kind for change in changes]


@_needs_document
@pytest.mark.parametrize(
    ("old", "new", "printed", "summed"),
    [
        ("23,690", "23,691", 31_187_000, 31_188_000),
        ("－ 31,187", "－ 31,186", 31_186_000, 31_187_000),
        ("－ 1,354,422", "－ 1,354,423", 1_354_423_000, 1_354_422_000),
    ],
)
def test_a_total_that_is_no_sum_is_told(old: str, new: str, printed: int, summed: int) -> None:
    plan = _plan(_replaced(old, new)(_text()))
    (found,) = [finding for finding in validate(plan) if finding.code == "MX401"]
    assert (found.params["printed"], found.params["sum"]) == (printed, summed)


@_needs_document
def test_a_printed_scale_and_another_sign_of_keeping() -> None:
    text = (
        _text()
        .replace("\n＝\n", "\n→\n")
        .replace("実施施策の\n目標", "☆☆☆☆（高い）～☆（低い）\n\n実施施策の\n目標", 1)
    )
    plan = _plan(text)
    assert _indicator(plan, "631", "③").direction == "maintain"
    ratings = [goal.evaluations[0].rating for goal in _sheets(plan).values()]
    assert {rating.scale for rating in ratings if rating} == {4}


@_needs_document
def test_the_next_edition_with_a_column_more() -> None:
    """The year after: the same target years, one more year evaluated, two years of costs."""
    text = _text()
    text = re.sub(r"令和３年度(?=\n(?:の計画|評価))", "令和４年度", text)
    text = re.sub(r"令和４年度(?=\nでの対策)", "令和５年度", text)
    text = text.replace("実績 21 51", "実績 21 51 58").replace(
        "— R３（千円）", "R３（千円） R４（千円）"
    )
    text = text.replace("— — 事業費 人件費", "事業費 人件費 事業費 人件費")
    text = text.replace("徴収事業 30,575 84,558", "徴収事業 30,575 84,558 31,000 85,000")
    plan = _plan(text)
    assert plan.edition is not None
    assert plan.edition.year == 2022
    scenarios = _indicator(plan, "621", "③")
    assert [(told.year, told.text) for told in scenarios.actuals] == [(2021, "51"), (2022, "58")]
    taxes = next(one for one in _sheets(plan)["631"].measures if one.code == "631120")
    assert [(cost.year, cost.category, cost.amount) for cost in taxes.costs] == [
        (2021, "project", 30_575_000),
        (2021, "personnel", 84_558_000),
        (2022, "project", 31_000_000),
        (2022, "personnel", 85_000_000),
    ]


@_needs_document
def test_owners_labels_and_budgets() -> None:
    sheets = _sheets(_plan(_text()))
    assert [(owner.name, owner.role) for owner in sheets["611"].owners] == [
        ("市民自治部", OwnerRole.EVALUATING)
    ]
    assert dict(sheets["621"].labels) == {"創生": "創生"}
    projects = {one.code: one for goal in sheets.values() for one in goal.measures}
    assert [owner.name for owner in projects["631182"].owners] == ["管財課", "給与制度課"]
    assert [owner.name for owner in projects["612030"].owners] == ["総務課"]
    budgets = {code: one.costs[0].budget_code for code, one in projects.items()}
    assert budgets["611010"] == budgets["621021"] == budgets["631021"] == ""
    assert budgets["612023"] == "02-01-03"
    assert budgets["631070"] == "02-05-02"
    main = {code for code, one in projects.items() if one.labels.get("主要事業")}
    assert main == {"612023", "621061", "621071", "631093"}
    described = {code for code, one in projects.items() if one.description}
    assert described == main | {"611010", "621021"}
    assert "R2 24,590 9,584" in projects["621021"].evaluations[0].results


def test_a_dash_is_no_figure() -> None:
    path = _HERE / "samples" / "upwards.txt"
    text = re.sub(r"実績 \S+ ", "実績 － ", path.read_text(encoding="utf-8"))
    sheets = _sheets(_plan(text))
    bases = [one.baseline for goal in sheets.values() for one in goal.indicators]
    assert {base.state for base in bases if base} == {State.NOT_APPLICABLE}
    assert {base.value for base in bases if base} == {None}


def test_a_word_that_stands_for_a_figure_to_come_moves_no_other() -> None:
    path = _HERE / "samples" / "split.txt"
    text = path.read_text(encoding="utf-8")
    text = text.replace("目標 58 59 60 61", "目標 58 59 60 未定").replace(
        "実績 61 58.1", "実績 61 集計中"
    )
    one = _indicator(_plan(text), "411", "①")
    assert [told.value for told in one.targets] == [58, 59, 60, None]
    assert (one.targets[3].state, one.targets[3].text) == (State.UNDETERMINED, "未定")
    assert one.baseline is not None
    assert one.baseline.value == Decimal(61)
    assert [(told.state, told.text) for told in one.actuals] == [(State.UNDETERMINED, "集計中")]


def test_the_hook_gives_the_adapter() -> None:
    assert isinstance(munidx_adapter(), ItamiAdapter)
