from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from munidx.adapters import Coverage, Leftover, PassReason
from munidx.adapters.coverage import measure
from munidx.adapters.stretches import Layout
from munidx.document import Publication, Source
from munidx.model import (
    Comparator,
    Cost,
    Direction,
    Edition,
    Evaluation,
    FiscalYear,
    Indicator,
    Labels,
    Measure,
    Milestone,
    Municipality,
    Observation,
    Owner,
    Period,
    Plan,
    Rating,
    Reference,
    ScheduleEntry,
    Section,
    Status,
    Term,
)
from munidx.readers import read_source
from munidx.testing.profiles import examples

NAME = "a.txt"


def publication(text: str) -> Publication:
    return read_source(Source(NAME, text.encode()))


def cover(text: str, *plans: Plan, leftovers: Sequence[Leftover] = ()) -> Coverage:
    return measure(publication(text), plans, leftovers)


def unread(coverage: Coverage) -> list[tuple[str, str]]:
    assert coverage.unread == 0 or coverage.unread_places
    return [(place.source.removeprefix(f"{NAME}#"), place.text) for place in coverage.unread_places]


def project(**fields: object) -> Plan:
    """A plan of one measure that was read from line 1."""
    told: dict[str, object] = {"source": f"{NAME}#L1", **fields}
    return Plan(measures=(Measure(**told),))  # type: ignore[arg-type]


FORM = "事業一覧\n番号\t事業名\t所属\n1\t電子申請\t情報政策課\n2\t窓口改革\t市民課\n"
PLAN = Plan(
    title="事業一覧",
    source=f"{NAME}#L1",
    measures=(
        Measure(
            code="1", title="電子申請", owners=(Owner(name="情報政策課"),), source=f"{NAME}#L3"
        ),
        Measure(code="2", title="窓口改革", owners=(Owner(name="市民課"),), source=f"{NAME}#L4"),
    ),
)
HEADER = (Leftover(source=f"{NAME}#L2", reason=PassReason.TABLE_HEADER),)


def test_a_form_that_is_read_whole() -> None:
    coverage = cover(FORM, PLAN, leftovers=HEADER)
    assert coverage == Coverage(held=22, passed={PassReason.TABLE_HEADER: 7}, unread=0)


@pytest.mark.parametrize(
    ("text", "places"),
    [
        (FORM + "前書きの一段落。\n", [("L5", "前書きの一段落。")]),
        (FORM.replace("情報政策課\n", "情報政策課\tローリング\n"), [("L3c4", "ローリング")]),
        (FORM.replace("情報政策課\n", "情報政策課\tR 5\n"), [("L3c4", "R 5")]),
        (FORM.replace("市民課", "市民課・総務課"), [("L4c3", "総務課")]),
        (FORM.replace("2\t窓口改革\t市民課\n", "2\t窓口改革\t市民課\n" * 2), None),
        (FORM.replace("電子申請", "電子申請(新規)"), [("L3c2", "新規")]),
        (FORM + "☆☆☆\n", [("L5", "☆☆☆")]),
    ],
)
def test_what_is_new_is_unread(text: str, places: list[tuple[str, str]] | None) -> None:
    coverage = cover(text, PLAN, leftovers=HEADER)
    assert coverage.unread > 0
    expected = [("L5c1", "2"), ("L5c2", "窓口改革"), ("L5c3", "市民課")]
    assert unread(coverage) == (places or expected)


def test_a_string_holds_one_occurrence() -> None:
    plan = project(title="窓口", source=f"{NAME}#L1-L2")
    assert unread(cover("窓口\n窓口\n", plan)) == [("L2", "窓口")]
    both = project(title="窓口", description="窓口", source=f"{NAME}#L1-L2")
    assert unread(cover("窓口\n窓口\n", both)) == []
    repeat = Leftover(source=f"{NAME}#L1", reason=PassReason.REPEAT)
    coverage = cover("窓口\n窓口\n", plan, leftovers=[repeat])
    assert (coverage.held, coverage.passed, coverage.unread) == (2, {PassReason.REPEAT: 2}, 0)


def test_what_is_passed_is_the_last_choice_but_one() -> None:
    plan = project(title="窓口", source=f"{NAME}#L1")
    passed = Leftover(source=f"{NAME}#L1", reason=PassReason.CONTENTS)
    assert cover("窓口\n", plan, leftovers=[passed]).held == 2


@pytest.mark.parametrize(
    ("text", "title", "left"),
    [
        ("ＤＸ 推進（案）", "DX推進(案)", []),
        ("事務事 業の 見直し", "事務事業の見直し", []),
        ("AI-OCR の導入", "AI-OCRの導入", []),
        # A figure or a Latin word is no part of a longer one.
        ("計画 12", "1", [("L1", "計画 12")]),
        ("計画 1 2", "1", [("L1", "計画"), ("L1", "2")]),
        ("DXD", "DX", [("L1", "DXD")]),
        ("DX化", "DX", [("L1", "化")]),
        ("①窓口", "1", [("L1", "窓口")]),
    ],
)
def test_how_words_are_compared(text: str, title: str, left: list[tuple[str, str]]) -> None:
    assert unread(cover(text + "\n", project(title=title))) == left


def test_the_longest_come_first() -> None:
    plan = project(title="窓口", description="窓口を改める。", source=f"{NAME}#L1-L2")
    assert unread(cover("窓口を改める。\n窓口\n", plan)) == []


def test_names_take_what_values_leave() -> None:
    """A rung's or a label's name may be printed nowhere; the title's own words stay the title's."""
    plan = project(
        title="窓口改善推進事業",
        level="事業",
        labels=Labels({"区分": "新区分"}),
        source=f"{NAME}#L1-L3",
    )
    assert unread(cover("窓口改善\n推進事業\n新区分", plan)) == []
    assert unread(cover("窓口改善推進事業\n事業の区分\n新区分", plan)) == [("L2", "の")]


def test_a_field_over_several_lines() -> None:
    plan = project(
        title="書かない窓口の導入", owners=(Owner(name="市民課"),), source=f"{NAME}#L1-L5"
    )
    assert unread(cover("書かない\n\n窓口の\n導入\n市民課\n", plan)) == []


def test_a_field_whose_lines_stand_apart() -> None:
    """Two columns read across: their lines alternate."""
    text = "手続を電子で 待ち時間を\n受け付ける   短くする\n"
    plan = project(
        title="手続を電子で受け付ける", description="待ち時間を短くする", source=f"{NAME}#L1-L2"
    )
    assert unread(cover(text, plan)) == []
    longer = text.replace("短くする", "半分にする")
    assert unread(cover(longer, plan)) == [("L2", "半分にする")]


def test_a_broken_field_may_begin_behind_a_label() -> None:
    text = "目標窓口の待ち時間を減らし市民の\n他の欄\n満足度を上げる 終\n"
    plan = project(description="窓口の待ち時間を減らし市民の満足度を上げる", source=f"{NAME}#L1-L3")
    assert unread(cover(text, plan)) == [("L1", "目標"), ("L2", "他の欄"), ("L3", "終")]


def test_a_piece_ends_only_where_the_document_breaks() -> None:
    text = "市民の声\n市民の声を聞く会\n"
    plan = project(description="市民の声を聞き改める", source=f"{NAME}#L1-L2")
    assert unread(cover(text, plan)) == [("L2", "市民の声を聞く会")]
    # The last piece may end within a segment: something else follows without a space.
    ended = project(description="待ち時間を減らし満足度を", source=f"{NAME}#L1-L3")
    assert unread(cover("待ち時間を減らし\n他\n満足度を上げる\n", ended)) == [
        ("L2", "他"),
        ("L3", "上げる"),
    ]


@pytest.mark.parametrize("row", ["R 4\t4", "4\tR 4", "R 4 4", "R 4\t窓口4\t4"])
def test_a_code_leaves_the_time_beside_it_whole(row: str) -> None:
    plan = project(code="4", start=2022)
    left = [("L1c2", "窓口4")] if "窓口" in row else []
    assert unread(cover(row + "\n", plan)) == left


def test_a_time_within_a_sentence_waits_for_the_sentence() -> None:
    text = "令和4年度に窓口を\n他\n改める\n"
    plan = project(start=2022, description="令和4年度に窓口を改める", source=f"{NAME}#L1-L3")
    assert unread(cover(text, plan)) == [("L2", "他")]


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("開始 令和7\n年度 から\n", [("L1", "開始"), ("L2", "から")]),
        ("令和 \n ７年度\n", []),
        ("R\n7\n", []),
        ("令和7\n\n年度\n", [("L1", "令和7"), ("L3", "年度")]),
        ("令和6\n年度\n", [("L1", "令和6"), ("L2", "年度")]),
        ("課税\n令和7年度\n", [("L1", "課税")]),
    ],
)
def test_a_time_may_be_broken_by_a_lines_end(text: str, left: list[tuple[str, str]]) -> None:
    plan = project(start=FiscalYear(2025), source=f"{NAME}#L1-L3")
    assert unread(cover(text, plan)) == left


def test_a_broken_field_takes_the_free_one_of_equal_pieces() -> None:
    text = "窓口の\n窓口の\n改革\n改革を\n"
    first = Measure(title="窓口の改革", source=f"{NAME}#L1-L4")
    assert unread(cover(text, Plan(measures=(first,)))) == [("L1", "窓口の"), ("L4", "改革を")]
    both = Plan(measures=(first, first))
    assert unread(cover(text, both)) == [("L4", "を")]
    long = Plan(measures=(Measure(title="窓口の" + "無" * 3000 + "改革", source=NAME),))
    assert len(unread(cover(text, long))) == 2


def test_a_broken_field_ends_with_a_segment_that_a_longer_one_begins_like() -> None:
    text = "改革\n他\n窓口改革案の要領\n窓口\n"
    plan = project(description="改革窓口", source=NAME)
    assert unread(cover(text, plan)) == [("L2", "他"), ("L3", "窓口改革案の要領")]


def test_a_label_alone_is_no_beginning() -> None:
    text = "目標窓口の待ち時間を減らす会\n"
    plan = project(description="窓口の待ち時間を減らし市民の満足度を上げる")
    assert unread(cover(text, plan)) == [("L1", "目標窓口の待ち時間を減らす会")]
    taken = project(title="窓口の待ち時間を", description="窓口の待ち時間を減らす会議")
    assert cover(text, taken).held == 8


def test_a_section_holds_prose_and_nothing_else() -> None:
    text = "背景\n・項目\n行\t欄\n"
    section = Section(title="背景", text="背景\n・項目\n行 欄", source=NAME)
    assert unread(cover(text, Plan(sections=(section,)))) == [
        ("L2", "・項目"),
        ("L3c1", "行"),
        ("L3c2", "欄"),
    ]
    typed = Plan(
        sections=(section,), measures=(Measure(actions=("項目", "行", "欄"), source=NAME),)
    )
    assert unread(cover(text, typed)) == []


def test_parts_have_the_source_of_their_node_or_their_own() -> None:
    owner = Owner(name="市民課", path=("市民生活部",))
    text = "窓口\n市民生活部 市民課\n"
    here = project(title="窓口", owners=(owner,), source=f"{NAME}#L1-L2")
    apart = project(title="窓口", owners=(evolve(owner, source=f"{NAME}#L2"),))
    nowhere = project(title="窓口", owners=(owner,))
    assert unread(cover(text, here)) == []
    assert unread(cover(text, apart)) == []
    assert unread(cover(text, nowhere)) == [("L2", "市民生活部 市民課")]


@pytest.mark.parametrize("source", ["", "a.txt#", "b.txt#L1", "a.txt#L7"])
def test_a_source_that_names_nothing_holds_nothing(source: str) -> None:
    plan = Plan(measures=(Measure(title="窓口", source=source),))
    assert cover("窓口\n", plan).unread == 2


WHOLE = Plan(
    title="行政評価",
    municipality=Municipality(code="282073", name="伊丹市", prefecture="兵庫県"),
    edition=Edition(label="事後評価", year=2021),
    period=Period(start=2021, end=2024),
    vision="将来像",
    milestones=(Milestone(date="2022-03-31", text="策定"),),
    glossary=(Term(term="用語", text="説明"),),
    labels=Labels({"様式": "甲"}),
    references=(Reference(title="上位", code="5-2-(1)", plan="総合計画"),),
    evaluations=(Evaluation(rating=Rating(text="☆☆☆", score=3), results="成果", issues="課題"),),
    source=NAME,
)


def test_every_field_of_the_model_holds() -> None:
    text = (
        "行政評価 事後評価 伊丹市 兵庫県 令和3年度 令和3年度～令和6年度 将来像\n"
        "令和4年3月31日 策定\n"
        "用語\t説明\n様式\t甲\n上位 5-2-(1) 総合計画\n☆☆☆ 成果 課題\n"
    )
    assert unread(cover(text, WHOLE)) == []


@pytest.mark.parametrize(
    ("text", "fields", "left"),
    [
        ("R 4", {"start": FiscalYear(2022)}, []),
        ("R 4 令和4年度の窓口", {"start": 2022, "description": "令和4年度の窓口"}, []),
        ("R 4", {"start": FiscalYear(2023)}, [("L1", "R 4")]),
        ("R 4 R 4", {"start": FiscalYear(2022)}, [("L1", "R 4")]),
        ("2022", {"start": FiscalYear(2022)}, []),
        ("２０２２", {"start": FiscalYear(2022)}, []),
        ("2022", {"start": FiscalYear(2023)}, [("L1", "2022")]),
        ("2022人", {"start": FiscalYear(2022)}, [("L1", "2022人")]),
        ("令和8年3月末", {"end": "2026-03"}, [("L1", "末")]),
        ("1,234", {"costs": (Cost(amount=1234),)}, []),
        ("1,234", {"costs": (Cost(amount=1234000),)}, []),
        ("1,234 1,234", {"costs": (Cost(amount=1234000),)}, [("L1", "1,234")]),
        ("1,234 1,234", {"costs": (Cost(amount=1234000), Cost(amount=1234000))}, []),
        ("1,234 1,234", {"costs": (Cost(amount=1234000, text="1,234"),)}, [("L1", "1,234")]),
        ("△5", {"costs": (Cost(amount=-5),)}, [("L1", "△")]),
        ("1,235", {"costs": (Cost(amount=1234000),)}, [("L1", "1,235")]),
        ("【廃止】 廃止", {"status": Status.ABOLISHED}, []),
        ("廃止する", {"status": Status.ABOLISHED}, [("L1", "廃止する")]),
        ("【廃止】", {"status": Status.ADDED}, [("L1", "【廃止】")]),
        ("継続", {"continuous": True}, []),
        ("継続", {"continuous": False}, [("L1", "継続")]),
        ("R5~", {"schedule": (ScheduleEntry(start=2023, text="R5~"),)}, []),
        ("R5 R5~", {"schedule": (ScheduleEntry(start=2023, text="R5~"),)}, [("L1", "R5")]),
        ("2023", {"inferred": ("start",), "start": FiscalYear(2023)}, [("L1", "2023")]),
    ],
)
def test_values_that_are_no_strings(
    text: str, fields: dict[str, object], left: list[tuple[str, str]]
) -> None:
    assert unread(cover(text + "\n", project(**fields))) == left


@pytest.mark.parametrize(
    ("text", "indicator", "left"),
    [
        ("満足度 80%以上", Indicator(statement="満足度 80%以上", title="満足度"), []),
        (
            "満足度 80%以上 満足度",
            Indicator(statement="満足度 80%以上", title="満足度"),
            [("L1", "満足度")],
        ),
        (
            "80%以上 ↑ 60",
            Indicator(
                targets=(Observation(value=Decimal(80), comparator=Comparator.AT_LEAST, unit="%"),),
                baseline=Observation(value=Decimal(60)),
                direction=Direction.INCREASE,
            ),
            [],
        ),
        (
            "60人以上",
            Indicator(unit="人", targets=(Observation(comparator=Comparator.AT_LEAST),)),
            [("L1", "60")],
        ),
        ("3分の1", Indicator(targets=(Observation(fraction=Fraction(1, 3)),)), [("L1", "分の")]),
        (
            "80% 80",
            Indicator(statement="80%", targets=(Observation(value=Decimal(80), text="80%"),)),
            [("L1", "80")],
        ),
        (
            "17～20 % 17",
            Indicator(targets=(Observation(low=Decimal(17), high=Decimal(20)),)),
            [("L1", "17")],
        ),
    ],
)
def test_indicators(text: str, indicator: Indicator, left: list[tuple[str, str]]) -> None:
    assert unread(cover(text + "\n", project(indicators=(indicator,)))) == left


def test_leftovers() -> None:
    text = "伊丹市 計画\n伊丹市 目次 伊丹市\n3\n"
    named = Leftover(source=f"{NAME}#L1-L2", reason=PassReason.RUNNING_HEAD, text="伊丹市")
    page = Leftover(source=f"{NAME}#L3", reason=PassReason.PAGE_NUMBER)
    odd = Leftover(source=f"{NAME}#L1")
    empty = Leftover(source=f"{NAME}#L1", reason=PassReason.CONTENTS, text="・")
    coverage = cover(text, leftovers=[named, page, odd, empty])
    assert coverage.passed == {PassReason.RUNNING_HEAD: 9, PassReason.PAGE_NUMBER: 1}
    assert unread(coverage) == [("L1", "計画"), ("L2", "目次")]


def test_a_string_beats_a_named_leftover() -> None:
    plan = project(title="伊丹市の計画")
    head = Leftover(source=f"{NAME}#L1", reason=PassReason.RUNNING_HEAD, text="伊丹市")
    assert cover("伊丹市の計画\n", plan, leftovers=[head]).held == 6


def test_many_equal_strings_take_their_turn() -> None:
    count = 3000
    text = "80%以上\n" * count
    measures = tuple(Measure(title="80%以上", source=NAME) for _ in range(count - 1))
    coverage = cover(text, Plan(measures=measures))
    assert unread(coverage) == [(f"L{count}", "80%以上")]


SCRAPS = st.sampled_from(
    ["窓口", "窓口改革", "80%", "R 4", "8", "DX", "・", "廃止", "1,234", "課題", "☆"]
)
LINES = st.lists(st.lists(SCRAPS, min_size=1, max_size=5).map(" ".join), min_size=1, max_size=8)


@st.composite
def readings(draw: st.DrawFn) -> tuple[str, Plan, list[Leftover]]:
    lines = draw(LINES)
    joint = draw(st.sampled_from(["\n", "\t", "\n\n"]))

    def source() -> str:
        first = draw(st.integers(1, 8))
        return f"{NAME}#L{first}-L{draw(st.integers(first, 9))}"

    measures = tuple(
        Measure(
            title=draw(SCRAPS),
            description="".join(draw(st.lists(SCRAPS, max_size=4))),
            start=draw(st.none() | st.just(2022)),
            status=draw(st.none() | st.just(Status.ABOLISHED)),
            costs=(Cost(amount=draw(st.sampled_from([8, 1234]))),),
            source=source(),
        )
        for _ in range(draw(st.integers(0, 4)))
    )
    sections = tuple(Section(text=draw(SCRAPS), source=source()) for _ in range(2))
    leftovers = [
        Leftover(
            source=source(),
            reason=draw(st.none() | st.sampled_from(PassReason)),
            text=draw(st.just("") | SCRAPS),
        )
        for _ in range(draw(st.integers(0, 3)))
    ]
    return joint.join(lines) + "\n終\n", Plan(measures=measures, sections=sections), leftovers


@examples(1000)
@given(readings())
def test_the_shares_add_up(reading: tuple[str, Plan, list[Leftover]]) -> None:
    text, plan, leftovers = reading
    coverage = cover(text, plan, leftovers=leftovers)
    total = Layout.of(publication(text)).size
    assert coverage.held + sum(coverage.passed.values()) + coverage.unread == total
    assert cover(text, plan, leftovers=leftovers) == coverage
    more = cover(text + "追記\n", plan, leftovers=leftovers)
    assert more.unread >= coverage.unread
