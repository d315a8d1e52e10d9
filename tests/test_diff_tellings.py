"""One fact, one change: what is told of a rename, a lost year, figures that became words."""

from decimal import Decimal

import attrs
import pytest

from munidx.diff import Change, Kind, diff
from munidx.diff.patch import patch
from munidx.model import (
    Comparator,
    Evaluation,
    FiscalYear,
    Goal,
    Indicator,
    Measure,
    Milestone,
    Observation,
    Owner,
    Plan,
    Section,
    State,
    Term,
)

TARGET = Observation(
    year=FiscalYear(2025),
    value=Decimal(80),
    comparator=Comparator.AT_LEAST,
    text="令和7年度末までに80%以上",
)
RATE = Indicator(
    title="満足度", statement="満足度 令和7年度末までに80%以上", unit="%", targets=(TARGET,)
)
DESK = Measure(
    code="1",
    title="窓口改革の推進",
    description="市民課の窓口を見直し、待ち時間を短くする。",
    owners=(Owner(name="市民課"),),
    indicators=(RATE,),
)
OTHERS = tuple(
    Measure(code=str(number), title=title, owners=(Owner(name="市民課"),))
    for number, title in enumerate(("公園の整備", "橋の補修", "水道管の更新"), start=2)
)


def changes(old: Plan, new: Plan) -> tuple[Change, ...]:
    found = diff(old, new)
    assert patch(old, found) == new
    return found.changes


def told(old: Measure, new: Measure) -> list[tuple[Kind, str]]:
    found = changes(Plan(measures=(old, *OTHERS)), Plan(measures=(*OTHERS, new)))
    return [(change.kind, change.field) for change in found]


def with_rate(*rates: Indicator) -> Measure:
    return attrs.evolve(DESK, indicators=rates)


@pytest.mark.parametrize("absent", [{}, {"description": ""}, {"description": "窓口を見直す。"}])
@pytest.mark.parametrize("title", ["スマート庁舎", "来庁いらずのまちづくり"])
def test_a_measure_renamed_from_end_to_end_is_retitled(title: str, absent: dict[str, str]) -> None:
    old = attrs.evolve(DESK, **absent)  # type: ignore[arg-type]
    assert told(old, attrs.evolve(old, title=title)) == [(Kind.RETITLED, "title")]


def test_another_measure_of_the_same_owner_is_another_measure() -> None:
    old = attrs.evolve(DESK, description="", indicators=())
    kinds = {kind for kind, _ in told(old, attrs.evolve(old, title="スマート庁舎"))}
    assert kinds == {Kind.REMOVED, Kind.ADDED}


def test_a_pattern_s_other_name_is_no_rename() -> None:
    schools = [
        Measure(title=f"{name}小学校改築事業", owners=(Owner(name="学校課"),), indicators=(RATE,))
        for name in ("東", "西", "南", "北", "中央")
    ]
    found = changes(
        Plan(measures=(*schools[1:], schools[0])),
        Plan(measures=(*schools[1:], attrs.evolve(schools[0], title="港小学校改築事業"))),
    )
    assert {change.kind for change in found} == {Kind.REMOVED, Kind.ADDED}


def test_a_goal_renamed_from_end_to_end_is_retitled() -> None:
    old = Plan(goals=(Goal(code="1", title="やさしいまち", measures=(DESK, *OTHERS)),))
    new = Plan(goals=(attrs.evolve(old.goals[0], title="未来を拓く"),))
    assert [change.kind for change in changes(old, new)] == [Kind.RETITLED]


@pytest.mark.parametrize(
    ("figures", "kind"),
    [
        ({}, Kind.INDICATOR_REPLACED),
        ({"definition": "年に一度の調査で満足と答えた人の割合"}, Kind.RETITLED),
        ({"baseline": Observation(year=FiscalYear(2023), value=Decimal(61))}, Kind.RETITLED),
        ({"actuals": (Observation(year=FiscalYear(2024), value=Decimal(66)),)}, Kind.RETITLED),
    ],
)
def test_an_indicator_of_another_name_is_the_same_if_it_counts_the_same(
    figures: dict[str, object], kind: Kind
) -> None:
    # A figure alone is no evidence: 80 % of something easier is another promise.
    old = attrs.evolve(RATE, statement="", **figures)  # type: ignore[arg-type]
    new = attrs.evolve(old, title="来庁者アンケートの評価")
    assert [one for one, _ in told(with_rate(old), with_rate(new))] == [kind]


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        (
            Section(title="はじめに", text="前書"),
            Section(title="序章", text="前書"),
            "sections[はじめに]",
        ),
        (
            Section(title="はじめに", text="この計画は市の方針を示し、毎年見直すものです。"),
            Section(title="序章", text="この計画は市の方針を示し、毎年見直すものとします。"),
            "sections[はじめに]",
        ),
        (Term(term="AI", text="人工知能"), Term(term="生成AI", text="人工知能"), "glossary[AI]"),
        (
            Milestone(date="2025-04", text="公園の開園"),
            Milestone(date="2025-10", text="公園の開園"),
            "milestones[2025-04]",
        ),
    ],
)  # fmt: skip
def test_a_part_renamed_alone_is_one_change(
    old: Section | Term | Milestone, new: Section | Term | Milestone, field: str
) -> None:
    name = field.partition("[")[0]
    (change,) = changes(Plan(**{name: (old,)}), Plan(**{name: (new,)}))  # type: ignore[arg-type]
    assert change.field == field


def test_renamed_parts_find_one_another_by_their_words() -> None:
    texts = ("市の方針を示す。", "期間は五年とする。", "毎年度に見直す。")
    old = tuple(Section(title=f"第{n}章", text=text) for n, text in enumerate(texts))
    new = tuple(Section(title=f"第{n}節", text=text) for n, text in enumerate(reversed(texts)))
    found = changes(Plan(sections=old), Plan(sections=new))
    assert [change.kind for change in found] == [Kind.REWORDED] * 3
    other = (Section(title="第9章", text="まったく別のことを書いた文。"),)
    assert {change.kind for change in changes(Plan(sections=old[:1]), Plan(sections=other))} == {
        Kind.FIELD_CHANGED
    }


def undated(target: Observation, text: str) -> Indicator:
    bare = attrs.evolve(target, year=None, text=text)
    return attrs.evolve(RATE, statement=f"満足度 {text}", targets=(bare,))


def test_a_target_that_loses_only_its_year_is_vague() -> None:
    old, new = with_rate(RATE), with_rate(undated(TARGET, "80%以上"))
    assert told(old, new) == [(Kind.TARGET_VAGUE, "targets[2025]")]
    assert told(new, old) == [(Kind.TARGET_SET, "targets[2025]")]


def test_a_target_that_loses_its_year_and_falls_is_told_as_both() -> None:
    lower = undated(attrs.evolve(TARGET, value=Decimal(70)), "70%以上")
    assert told(with_rate(RATE), with_rate(lower)) == [
        (Kind.TARGET_VAGUE, "targets[2025]"),
        (Kind.TARGET_LOWERED, "targets[2025]"),
    ]


def test_of_several_targets_the_one_with_the_same_figure_lost_its_year() -> None:
    later = attrs.evolve(TARGET, year=FiscalYear(2027), value=Decimal(90), text="90%以上")
    bare = attrs.evolve(later, year=None)
    old = attrs.evolve(RATE, statement="", targets=(TARGET, later))
    new = attrs.evolve(RATE, statement="", targets=(TARGET, bare))
    assert told(with_rate(old), with_rate(new)) == [(Kind.TARGET_VAGUE, "targets[2027]")]


UNSET = Observation(state=State.UNDETERMINED, text="今後定める")
WORDS = Observation(state=State.QUALITATIVE, text="市民に喜ばれる窓口にする")


@pytest.mark.parametrize("year", [None, FiscalYear(2025)])
@pytest.mark.parametrize("title", ["", "満足度"])
@pytest.mark.parametrize(
    ("target", "kind"), [(UNSET, Kind.TARGET_DROPPED), (WORDS, Kind.TARGET_VAGUE)]
)
@pytest.mark.parametrize("beside", [(), (Indicator(title="待ち時間", unit="分"),)])
def test_a_figure_that_became_words_or_none_is_no_other_indicator(
    year: FiscalYear | None, title: str, target: Observation, kind: Kind,
    beside: tuple[Indicator, ...],
) -> None:  # fmt: skip
    target = attrs.evolve(target, year=year)
    unit = "%" if title else ""
    new = Indicator(title=title, statement=target.text, unit=unit, targets=(target,))
    old, after = with_rate(RATE, *beside), with_rate(new, *beside)
    assert [one for one, _ in told(old, after)] == [kind]
    assert [one for one, _ in told(after, old)] == [Kind.TARGET_SET]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (
            Plan(sections=(Section(title="はじめに", text="市の方針です。"),)),
            Plan(sections=(Section(title="はじめに", text="市の指針です。"),)),
        ),
        (
            Plan(glossary=(Term(term="AI", text="市の方針です。"),)),
            Plan(glossary=(Term(term="AI", text="市の指針です。"),)),
        ),
        (
            Plan(evaluations=(Evaluation(year=FiscalYear(2024), results="市の方針です。"),)),
            Plan(evaluations=(Evaluation(year=FiscalYear(2024), results="市の指針です。"),)),
        ),
        (
            Plan(measures=(attrs.evolve(DESK, actions=("市の方針です。",)),)),
            Plan(measures=(attrs.evolve(DESK, actions=("市の指針です。",)),)),
        ),
    ],
)
def test_the_words_of_parts_are_compared_word_by_word(old: Plan, new: Plan) -> None:
    (change,) = changes(old, new)
    assert [(one.op, one.text) for one in change.inline] == [
        ("equal", "市の"),
        ("delete", "方針"),
        ("insert", "指針"),
        ("equal", "です。"),
    ]


def test_several_texts_of_a_part_stand_on_lines_of_their_own() -> None:
    old = Evaluation(year=FiscalYear(2024), results="増えた。", issues="人が足りない。")
    new = attrs.evolve(old, results="減った。", issues="金が足りない。")
    (change,) = changes(Plan(evaluations=(old,)), Plan(evaluations=(new,)))
    sides = {"old": "", "new": ""}
    for segment in change.inline:
        sides["old"] += segment.text if segment.op != "insert" else ""
        sides["new"] += segment.text if segment.op != "delete" else ""
    assert sides == {"old": "増えた。\n人が足りない。", "new": "減った。\n金が足りない。"}


def test_a_text_that_came_has_nothing_to_be_compared_with() -> None:
    old = Evaluation(year=FiscalYear(2024), results="増えた。")
    new = attrs.evolve(old, results="減った。", issues="人が足りない。")
    (change,) = changes(Plan(evaluations=(old,)), Plan(evaluations=(new,)))
    assert tuple(change.inline) == ()
