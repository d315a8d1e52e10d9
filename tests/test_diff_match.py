"""Matching: the ladder, its reasons to refuse, and what it does not depend on."""

import random
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from munidx.diff import Pin, Rung, match
from munidx.diff.ladder import Lookalikes, other_number
from munidx.errors import PlanError
from munidx.model import Goal, Indicator, Measure, Owner, Plan
from munidx.testing.profiles import examples

TEXTS = (
    "転入の届出と証明書の請求を自宅から行えるようにする",
    "河川の水位を離れた場所から見られる仕組みを設ける",
    "図書館の本を電子書籍でも借りられるようにする",
    "通学路の危険な箇所を地図にまとめて公開する",
    "公園の遊具を点検し、古いものから取り替える",
    "商店街の空き店舗を使う人に家賃の一部を補助する",
)
TITLES = (
    "行政手続のオンライン化",
    "河川監視カメラの設置",
    "電子図書館の開設",
    "通学路安全マップの作成",
    "公園遊具の更新",
    "空き店舗活用補助",
)


def measure(place: int, **told: object) -> Measure:
    kept = {"title": TITLES[place], "description": TEXTS[place], "code": str(place + 1)}
    return Measure(**(kept | told))  # type: ignore[arg-type]


def plan(*measures: Measure) -> Plan:
    return Plan(title="計画", measures=measures)


def pairs(old: Plan, new: Plan, **told: object) -> dict[str, tuple[str, Rung]]:
    found = match(old, new, **told)  # type: ignore[arg-type]
    return {one.old: (one.new, one.rung) for one in found.pairs}


def test_swapped_and_shifted_numbers_are_no_identity() -> None:
    old = plan(*(measure(n) for n in range(6)))
    codes = ("2", "1", "4", "5", "6", "7")
    new = plan(*(measure(n, code=code) for n, code in enumerate(codes)))
    expected = {f"measures[{n + 1}]": (f"measures[{codes[n]}]", Rung.EXACT) for n in range(6)}
    assert pairs(old, new) == expected


def test_an_identifier_stands_above_all_content() -> None:
    old = plan(measure(0, id="a"), measure(1, id="b"))
    new = plan(measure(1, id="a", code="1"), measure(0, id="b", code="2"))
    assert pairs(old, new) == {
        "measures[1]": ("measures[1]", Rung.ID),
        "measures[2]": ("measures[2]", Rung.ID),
    }


def test_two_identifiers_that_differ_are_two_nodes() -> None:
    assert pairs(plan(measure(0, id="a")), plan(measure(0, id="b"))) == {}


def test_an_identifier_used_twice_tells_nothing() -> None:
    old = plan(measure(0, id="a"), measure(1, id="a"))
    found = pairs(old, old.__class__(title="x", measures=old.measures))
    assert {rung for _, rung in found.values()} == {Rung.EXACT}


def test_pins_join_and_part() -> None:
    old, new = plan(measure(0), measure(1)), plan(measure(0), measure(2, code="2"))
    pins = (
        Pin(old="measures[1]", new="measures[2]", reason="所管課に確認"),
        Pin(old="measures[2]", new="measures[1]", same=False),
    )
    assert pairs(old, new, pins=pins) == {"measures[1]": ("measures[2]", Rung.PINNED)}


def test_a_pin_stands_above_an_identifier() -> None:
    old, new = plan(measure(0, id="a")), plan(measure(0, id="a"), measure(1))
    found = pairs(old, new, pins=[Pin(old="measures[1]", new="measures[2]")])
    assert found == {"measures[1]": ("measures[2]", Rung.PINNED)}


@pytest.mark.parametrize(
    ("pins", "code"),
    [
        ([Pin(old="measures[9]", new="measures[1]")], "pin-unknown"),
        ([Pin(old="measures[1]", new="")], "pin-unknown"),
        ([Pin(old="measures[1]", new="goals[1]")], "pin-mismatch"),
        (
            [Pin(old="measures[1]", new="measures[1]"), Pin(old="measures[1]", new="measures[2]")],
            "pin-twice",
        ),
    ],
)
def test_pins_that_cannot_be(pins: list[Pin], code: str) -> None:
    old = plan(measure(0), measure(1))
    new = attrs.evolve(old, title="新", goals=(Goal(code="1", title="目標"),))
    with pytest.raises(PlanError) as caught:
        match(old, new, pins=pins)
    assert caught.value.code == code


def test_a_reworded_title_is_found_by_the_text_and_a_new_text_by_the_title() -> None:
    old = plan(*(measure(n) for n in range(4)))
    new = plan(
        measure(0, title="届出と請求の電子化の推進"),
        measure(1, description="雨量を測る機器をふやし、避難の判断を早くする"),
        measure(2, title="電子図書館の開設と充実", description=TEXTS[2] + "、雑誌も対象とする"),
        measure(3),
    )
    found = match(old, new)
    assert [(one.old, one.new) for one in found.pairs] == [
        (f"measures[{n}]", f"measures[{n}]") for n in (1, 2, 3, 4)
    ]
    assert found.removed == found.added == ()


def test_nothing_alike_stays_apart() -> None:
    found = match(plan(measure(0), measure(1)), plan(measure(2), measure(3)))
    assert found.pairs == ()
    assert found.removed == ("measures[1]", "measures[2]")
    assert found.added == ("measures[3]", "measures[4]")


def test_the_threshold_decides_and_a_low_score_is_probable() -> None:
    old = plan(Measure(title="空き家対策の推進", description=TEXTS[0]))
    new = plan(Measure(title="空き家対策の総合的な推進", description=TEXTS[5]))
    (found,) = match(old, new, threshold=0.3).pairs
    assert found.rung is Rung.CONTENT
    assert 0.3 <= found.score < 0.6
    assert found.probable
    assert match(old, new, threshold=0.99).pairs == ()


@pytest.mark.parametrize(
    ("old", "new", "differ"),
    [
        ("第1期地域福祉計画の策定", "第2期地域福祉計画の策定", True),
        ("第一期計画", "第二期計画", True),
        ("令和6年度成人式", "令和7年度成人式", False),
        ("2024年度補正事業", "2025年度補正事業", False),
        ("市道3号線の改良", "市道4号線の改良", True),
        ("窓口改革", "窓口改革", False),
        ("1", "2", False),
    ],
)
def test_another_number_is_another_project_unless_it_is_a_year(
    old: str, new: str, *, differ: bool
) -> None:
    assert other_number(old, new) is differ


_TITLES = st.text(st.sampled_from("第一二期計画道ー・（）()１1①②令和元年度2024"), max_size=9)


@examples(500)
@given(_TITLES, _TITLES)
def test_a_number_that_both_have_tells_nothing(old: str, new: str) -> None:
    """Titles without any number are not looked at closely; with one before them they are."""
    assert other_number(f"計画{old}", f"計画{new}") is other_number(
        f"1・計画{old}", f"1・計画{new}"
    )


def test_two_of_one_pattern_are_two_projects() -> None:
    names = ("東", "西", "南", "北", "緑丘")
    lookalikes = Lookalikes(f"{name}小学校校舎改修事業" for name in names)
    assert lookalikes.apart("東小学校校舎改修事業", "西小学校校舎改修事業")
    assert not lookalikes.apart("東小学校校舎改修事業", "東小学校校舎等改修事業")
    assert not Lookalikes(["東小学校改修", "西小学校改修"]).apart("東小学校改修", "西小学校改修")
    old = plan(
        *(Measure(title=f"{name}小学校校舎改修事業", description=TEXTS[0]) for name in names[:4])
    )
    new = plan(
        *(Measure(title=f"{name}小学校校舎改修事業", description=TEXTS[0]) for name in names[1:])
    )
    found = match(old, new)
    assert (found.removed, found.added) == (("measures[#1]",), ("measures[#4]",))


def test_repeats_are_settled_inside_their_goal() -> None:
    def goal(title: str, *codes: str) -> Goal:
        return Goal(title=title, code=title[0], measures=tuple(measure(0, code=c) for c in codes))

    old = Plan(goals=(goal("安全なまち", "1"), goal("便利な窓口", "1"), goal("緑の多い街", "1")))
    new = Plan(goals=(goal("緑の多い街", "3"), goal("安全なまち", "1"), goal("便利な窓口", "9")))
    found = {one.old: one.new for one in match(old, new).pairs if "measures" in one.old}
    assert found == {
        "goals[安]/measures[1]": "goals[安]/measures[1]",
        "goals[便]/measures[1]": "goals[便]/measures[9]",
        "goals[緑]/measures[1]": "goals[緑]/measures[3]",
    }


def test_a_goal_is_known_by_what_stands_beneath_it() -> None:
    measures = tuple(measure(n) for n in range(4))
    old = Plan(goals=(Goal(code="1", title="くらしの安心", measures=measures),))
    new = Plan(goals=(Goal(code="2", title="災害に強く誰もが憩える街へ", measures=measures),))
    assert match(old, new).pairs[0].old == "goals[1]"


@pytest.mark.parametrize("kind", [Goal, Measure])
def test_another_title_and_nothing_else_is_a_new_title(kind: type[Goal] | type[Measure]) -> None:
    """Without a word in common; were there two such, nothing would say which is which."""
    words = "住み続けられるまちをつくる。"
    name = "goals" if kind is Goal else "measures"

    def edition(*titles: str) -> Plan:
        found = [kind(title=title, description=words) for title in titles]
        stays = kind(title="安全", description="備えを進める。")
        told: dict[str, Any] = {name: (*found, stays)}
        return Plan(**told)

    found = pairs(edition("くらし"), edition("豊かな環境"))
    assert found[f"{name}[#1]"][0] == f"{name}[#1]"
    assert f"{name}[#1]" not in pairs(edition("くらし"), edition("豊かな環境", "港と海"))
    # 第1期 and 第2期 are two, whatever else is equal.
    assert f"{name}[#1]" not in pairs(edition("第1期の計画"), edition("第2期の計画"))


def test_indicators_are_matched_within_their_owner_and_followed_when_moved() -> None:
    mine = Indicator(title="オンライン申請率", statement="オンライン申請率80%以上", unit="%")
    other = Indicator(title="設置台数", statement="設置台数20台", unit="台")
    old = plan(measure(0, indicators=(mine,)), measure(1, indicators=(other,)))
    new = plan(
        measure(0, indicators=(attrs.evolve(mine, statement="オンライン申請率75%以上"), other)),
        measure(1),
    )
    found = {one.old: one.new for one in match(old, new).pairs if "indicators" in one.old}
    assert found == {
        "measures[1]/indicators[#1]": "measures[1]/indicators[#1]",
        "measures[2]/indicators[#1]": "measures[1]/indicators[#2]",
    }


def test_a_split_and_a_merge() -> None:
    whole = Measure(title="防災・防犯カメラ整備事業", description=TEXTS[1])
    parts = (
        Measure(title="防災カメラ整備事業", description=TEXTS[1]),
        Measure(title="防犯カメラ整備事業", description="駅前の防犯を強める"),
    )
    split = match(plan(whole, measure(3)), plan(*parts, measure(3)))
    assert {(one.new, one.rung) for one in split.pairs if one.old == "measures[#1]"} == {
        ("measures[#1]", Rung.SPLIT),
        ("measures[#2]", Rung.SPLIT),
    }
    merged = match(plan(*parts, measure(3)), plan(whole, measure(3)))
    assert {(one.old, one.rung) for one in merged.pairs if one.new == "measures[#1]"} == {
        ("measures[#1]", Rung.MERGED),
        ("measures[#2]", Rung.MERGED),
    }


def test_the_order_of_siblings_without_codes_decides_nothing() -> None:
    rng = random.Random(4)  # noqa: S311 - a drawn order
    old = [measure(n, code="", owners=(Owner(name="企画課"),)) for n in range(6)]
    new = [attrs.evolve(one, title=one.title.replace("の", "に係る")) for one in old]
    wanted = {(one.title, other.title) for one, other in zip(old, new, strict=True)}
    for _ in range(5):
        rng.shuffle(old)
        rng.shuffle(new)
        found = match(plan(*old), plan(*new))
        place = {f"measures[#{n + 1}]": n for n in range(6)}
        assert {(old[place[p.old]].title, new[place[p.new]].title) for p in found.pairs} == wanted


def test_many_leftovers_are_found_by_the_index() -> None:
    old = [
        Measure(title=f"{a}{b}", description=f"{a}を{b}へ届ける取組を続ける")
        for a in TITLES
        for b in TITLES
    ]
    new = [
        attrs.evolve(one, title=f"新{one.title}", description=one.description + "。") for one in old
    ]
    found = match(plan(*old), plan(*new))
    assert {(one.old, one.new) for one in found.pairs} == {
        (f"measures[#{n}]", f"measures[#{n}]") for n in range(1, 37)
    }
