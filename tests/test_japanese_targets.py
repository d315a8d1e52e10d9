import re
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from munidx.japanese.characters import compact, normalise
from munidx.japanese.targets import read_target
from munidx.model import (
    Accumulation,
    Comparator,
    Direction,
    FiscalYear,
    Observation,
    Period,
    Quantity,
    State,
)
from munidx.testing.profiles import examples

UP, DOWN, KEEP = Direction.INCREASE, Direction.DECREASE, Direction.MAINTAIN
DIGITS = str.maketrans("0123456789.%", "０１２３４５６７８９．％")


@pytest.mark.parametrize(
    ("statement", "title", "direction", "fields"),
    [
        (
            "利用者満足度 80%以上",
            "利用者満足度",
            UP,
            {"value": 80, "unit": "%", "comparator": Comparator.AT_LEAST},
        ),
        (
            "満足度 ８０．５ ％ 以上",
            "満足度",
            UP,
            {"value": Decimal("80.5"), "unit": "%", "comparator": Comparator.AT_LEAST},
        ),
        (
            "R8年度窓口の利用満足度4.2",
            "窓口の利用満足度",
            UP,
            {"value": Decimal("4.2"), "year": 2026},
        ),
        ("R7年度に交付率 100%", "交付率", UP, {"value": 100, "unit": "%", "year": 2025}),
        ("交付率をR7年度に100%", "交付率", UP, {"value": 100, "unit": "%", "year": 2025}),
        ("利用件数 500件(R8年度末)", "利用件数", UP, {"value": 500, "unit": "件", "year": 2026}),
        (
            "参加者数 令和8年3月までに50人",
            "参加者数",
            UP,
            {"value": 50, "unit": "人", "date": "2026-03"},
        ),
        (
            "事務時間を30%削減",
            "事務時間",
            DOWN,
            {"value": 30, "unit": "%", "quantity": Quantity.CHANGE},
        ),
        ("事務削減時間 60%", "事務削減時間", UP, {"value": 60, "unit": "%"}),
        (
            "開票時間の3分の1で完了",
            "開票時間",
            DOWN,
            {"fraction": Fraction(1, 3), "quantity": Quantity.RATIO},
        ),
        (
            "乗車数延べ600人",
            "乗車数",
            UP,
            {"value": 600, "unit": "人", "accumulation": Accumulation.CUMULATIVE},
        ),
        ("市HP(ページ別訪問数)400件", "市HP(ページ別訪問数)", UP, {"value": 400, "unit": "件"}),
        ("業務を改善する(業務改善数40件)", "業務改善数", UP, {"value": 40, "unit": "件"}),
        ("研修を開く(3回)", "研修を開く", None, {"value": 3, "unit": "回"}),
        ("割合 17～20%", "割合", None, {"low": 17, "high": 20, "unit": "%"}),
        ("満足度80%以上90%未満", "満足度", UP, {"low": 80, "high": 90, "unit": "%"}),
        ("参加率 約3割", "参加率", UP, {"value": 3, "unit": "割", "comparator": Comparator.ABOUT}),
        (
            "参加者数 前年度比5%増",
            "参加者数",
            UP,
            {"value": 5, "unit": "%", "quantity": Quantity.CHANGE},
        ),
        ("登録者数を2倍", "登録者数", UP, {"value": 2, "unit": "倍", "quantity": Quantity.RATIO}),
        ("登録 10件増", "登録", UP, {"value": 10, "unit": "件", "quantity": Quantity.CHANGE}),
        ("待機児童ゼロ", "待機児童", DOWN, {"value": 0}),
        (
            "事故件数 10件以下",
            "事故件数",
            DOWN,
            {"value": 10, "unit": "件", "comparator": Comparator.AT_MOST},
        ),
        (
            "事務時間をR8年度までにR3年度比30%削減",
            "事務時間",
            DOWN,
            {"value": 30, "unit": "%", "year": 2026, "quantity": Quantity.CHANGE},
        ),
        (
            "排出量 50%削減(2013年度比)",
            "排出量",
            DOWN,
            {"value": 50, "unit": "%", "quantity": Quantity.CHANGE},
        ),
        (
            "年間来館者数 5万人",
            "年間来館者数",
            UP,
            {"value": 5, "unit": "万人", "accumulation": Accumulation.ANNUAL},
        ),
        (
            "登録者数1,500人(累計)",
            "登録者数",
            UP,
            {"value": 1500, "unit": "人", "accumulation": Accumulation.CUMULATIVE},
        ),
        (
            "研修の開催 年12回",
            "研修の開催",
            None,
            {"value": 12, "unit": "回", "accumulation": Accumulation.ANNUAL},
        ),
        (
            "所要時間 15分以内",
            "所要時間",
            DOWN,
            {"value": 15, "unit": "分", "comparator": Comparator.AT_MOST},
        ),
        ("健康寿命80.5歳", "健康寿命", UP, {"value": Decimal("80.5"), "unit": "歳"}),
        ("子ども80人", "子ども", None, {"value": 80, "unit": "人"}),
        ("普及台数 1台 ↑", "普及台数", UP, {"value": 1, "unit": "台"}),
        ("稼働率100%を維持する", "稼働率", KEEP, {"value": 100, "unit": "%"}),
        ("①満足度80%", "満足度", UP, {"value": 80, "unit": "%"}),
        ("80%", "", None, {"value": 80, "unit": "%"}),
        (
            "満足度を現状より5ポイント向上",
            "満足度",
            UP,
            {"value": 5, "unit": "ポイント", "quantity": Quantity.CHANGE},
        ),
        ("収支 △3百万円", "収支", None, {"value": -3, "unit": "百万円"}),
        (
            "3校で満足度80%超",
            "3校で満足度",
            UP,
            {"value": 80, "unit": "%", "comparator": Comparator.ABOVE},
        ),
        (
            "利用または閲覧した人の割合80%",
            "利用または閲覧した人の割合",
            UP,
            {"value": 80, "unit": "%"},
        ),
        (
            "R6~R8年度 参加者数 50人",
            "参加者数",
            UP,
            {
                "value": 50,
                "unit": "人",
                "period": Period(start=FiscalYear(2024), end=FiscalYear(2026)),
            },
        ),
    ],
)
def test_figures(
    statement: str, title: str, direction: Direction | None, fields: dict[str, Any]
) -> None:
    read = read_target(statement, source="a#L1")
    (target,) = read.targets
    assert (read.title, read.direction, read.statement) == (title, direction, statement)
    assert read.unit == fields.get("unit", "")
    told = Observation(**fields, text=target.text, source="a#L1")
    assert target == told
    assert target.text in statement
    arrow = "↑" in statement
    assert read.inferred == (("direction",) if direction and not arrow else ())


@pytest.mark.parametrize(
    "statement",
    [
        "第6次計画の策定",
        "3つ以上の部にまたがる",
        "24時間対応",
        "24時間",
        "1人1台",
        "5G",
        "SDGs17",
        "Web3",
        "AI-OCR",
        "11月",
        "(1)",
        "80%以上の市民が満足する",
        "満足度80%以上、参加者数100人以上",
        "標準システムの運用開始",
        "5人~3人",
        "0分の1",
        "計画の第3期",
        "x" * 3000 + "満足度80%",
    ],
)
def test_what_stays_in_words(statement: str) -> None:
    (target,) = read_target(statement).targets
    assert target.state is State.QUALITATIVE
    assert (target.number, target.low, target.unit, target.text) == (None, None, "", statement)


@pytest.mark.parametrize(
    ("statement", "state", "title"),
    [
        ("-", State.NOT_APPLICABLE, ""),
        ("－", State.NOT_APPLICABLE, ""),
        ("-(方針の策定後設定)", State.UNDETERMINED, ""),
        ("－（仕様の決定後に設定）", State.UNDETERMINED, ""),
        ("満足度 未定", State.UNDETERMINED, "満足度"),
        ("満足度(検討中)", State.UNDETERMINED, "満足度"),
        ("非公表", State.WITHHELD, ""),
    ],
)
def test_states(statement: str, state: State, title: str) -> None:
    read = read_target(statement)
    (target,) = read.targets
    assert (target.state, target.number, target.text, read.title) == (state, None, statement, title)


def test_a_blank_has_no_target() -> None:
    assert read_target(" \n").targets == ()


def test_a_survey_in_brackets_is_the_source_of_the_data() -> None:
    for statement in (
        "(市民意識調査)\n\n住み続けたい割合 95%",
        "住み続けたい割合 95%（市民意識調査）",
    ):
        read = read_target(statement)
        assert (read.title, read.data_source) == ("住み続けたい割合", "市民意識調査")
        assert read.targets[0].value == 95
    assert read_target("(若者)満足度 80%").title == "(若者)満足度"


def test_alternatives() -> None:
    read = read_target("偏差平均50もしくは正答率を全国平均に上昇")
    (target,) = read.targets
    assert (read.title, read.direction, target.value) == ("偏差平均", UP, Decimal(50))
    (other,) = target.alternatives
    assert (other.state, other.text) == (State.QUALITATIVE, "正答率を全国平均に上昇")
    (number,) = read_target("満足度80%以上または前年度比5%増").targets[0].alternatives
    assert (number.value, number.quantity) == (Decimal(5), Quantity.CHANGE)


def test_from_and_to() -> None:
    read = read_target("回答率を60%から80%に引き上げる")
    assert read.baseline
    assert (read.baseline.value, read.targets[0].value, read.title) == (
        Decimal(60),
        Decimal(80),
        "回答率",
    )
    falling = read_target("件数 60件→50件")
    assert (falling.direction, falling.inferred) == (DOWN, ("direction",))
    assert read_target("件数 60人から50件").baseline is None
    compared = read_target("満足度 80%以上 → 85%以上")
    assert compared.baseline
    assert (compared.title, compared.baseline.text, compared.targets[0].text) == (
        "満足度",
        "80%以上",
        "85%以上",
    )
    assert read_target("時間を30%削減から50%").baseline is None


def test_a_row_of_years() -> None:
    read = read_target("進捗度 77%(R4)→8割(R5~6)→100%(R7)")
    assert [(one.value, one.unit, one.year) for one in read.targets] == [
        (Decimal(77), "%", FiscalYear(2022)),
        (Decimal(8), "割", None),
        (Decimal(100), "%", FiscalYear(2025)),
    ]
    assert read.targets[1].period == Period(start=FiscalYear(2023), end=FiscalYear(2024))
    assert [one.year for one in read_target("R5:70%、R6:80%").targets] == [2023, 2024]
    assert read_target("R5 R6 70% 80%").targets[0].state is State.QUALITATIVE
    assert read_target("70%(R5)、その後80%(R6)").targets[0].state is not State.WITHHELD


def test_a_deadline_in_words_keeps_its_year() -> None:
    assert read_target("令和7年度末までに運用開始").targets[0].year == 2025
    assert read_target("令和5年策定の計画を改める").targets[0].year is None
    assert read_target("利用者数を全国平均以上").direction is UP
    assert read_target("紙の使用を半減").direction is DOWN


NOUNS = (
    "利用者満足度",
    "交付率",
    "事故件数",
    "窓口の待ち時間",
    "イベントの参加者数",
    "市民アンケート",
)
UNITS = ("%", "件", "人", "回", "か所", "団体", "千円", "万人", "ポイント")
COMPARATORS = {
    "": None,
    "以上": Comparator.AT_LEAST,
    "以下": Comparator.AT_MOST,
    "未満": Comparator.BELOW,
    "程度": Comparator.ABOUT,
}


@examples(2000)
@given(
    noun=st.sampled_from(NOUNS),
    value=st.decimals(min_value=0, max_value=10**7, places=1, allow_nan=False),
    unit=st.sampled_from(UNITS),
    comparator=st.sampled_from(sorted(COMPARATORS)),
    year=st.one_of(st.none(), st.integers(2020, 2040)),
    space=st.sampled_from(["", " ", "\u3000", ":", "\n"]),
    wide=st.booleans(),
    commas=st.booleans(),
)
def test_generated_statements_are_read_back(
    *,
    noun: str,
    value: Decimal,
    unit: str,
    comparator: str,
    year: int | None,
    space: str,
    wide: bool,
    commas: bool,
) -> None:
    number = f"{value:,f}" if commas else f"{value:f}"
    printed = f"{number}{unit}{comparator}"
    printed = printed.translate(DIGITS) if wide else printed
    lead = f"令和{year - 2018}年度" if year else ""
    statement = lead + noun + space + printed
    read = read_target(statement)
    (target,) = read.targets
    assert read.statement == statement
    assert read.title == noun
    assert (target.value, target.unit, target.year) == (value, unit, year)
    assert target.comparator is COMPARATORS[comparator]
    assert target.text == printed
    assert target.state is State.REPORTED


FRAGMENTS = st.sampled_from(
    [
        *NOUNS,
        *UNITS,
        *COMPARATORS,
        "令和6年度",
        "R8",
        "に",
        "を",
        "の",
        "と",
        "、",
        "(",
        ")",
        "-",
        "~",
        "以上",
        "削減",
        "3分の1",
        "もしくは",
        "延べ",
        "約",
        "80",
        "1,000",
        "第",
        "次",
        "①",
        "５",
        "百二十",
        "ゼロ",
        "から",
        "→",
        "未定",
        "(調査)",
        "「",
        "」",
        " ",
        "\n",
        "2倍",
        "前年度比",
        "増",
        "を達成",
        "㎡",
        "△",
        "S",
        "0",
    ]
)


def _figures(target: Observation) -> list[Decimal | Fraction]:
    told = [target.value, target.fraction, target.low, target.high]
    told += [one for other in target.alternatives for one in _figures(other)]
    return [figure for figure in told if figure is not None]


@examples(4000)
@given(st.one_of(st.lists(FRAGMENTS, max_size=14).map("".join), st.text(max_size=40)))
def test_nothing_is_invented(statement: str) -> None:
    read = read_target(statement)
    assert read.statement == statement
    assert compact(read.title) in compact(statement)
    plain = normalise(statement).replace(",", "")
    observed = [*read.targets, *([read.baseline] if read.baseline else [])]
    for target in observed:
        assert target.text.strip() in statement
        assert compact(target.unit) in compact(statement)
        assert target.state is not State.REPORTED or _figures(target)
        for figure in _figures(target):
            assert _printed(figure, plain), figure


def _printed(figure: Decimal | Fraction, plain: str) -> bool:
    """Whether the digits of ``figure`` stand in the text; a share as its two numbers."""
    if isinstance(figure, Fraction):
        shares = re.findall(r"([0-9]+)分の([0-9]+)", plain)
        return any(
            int(below) and Fraction(int(above), int(below)) == figure for below, above in shares
        )
    return str(abs(figure)) in plain or bool(re.search("[一二三百十]|ゼロ", plain))


@pytest.mark.parametrize(
    "piece",
    [
        "1",
        "1,",
        "1~",
        "一",
        "百",
        "80%",
        "R6~",
        "(",
        "「",
        "令和6年",
        " ",
        "約",
        "延べ1",
        "または",
        "に",
    ],
)
def test_long_hostile_statements_end(piece: str) -> None:
    statement = (piece * 2000)[:2000]
    assert read_target(statement).statement == statement
