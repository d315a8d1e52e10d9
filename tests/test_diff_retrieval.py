"""Candidates for what exact keys left over, and what tells look-alikes apart."""

import itertools
import math
import re
from collections import Counter

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from munidx.diff import match
from munidx.diff.ladder import Lookalikes
from munidx.diff.profiles import Profile, prepare
from munidx.diff.retrieval import Index
from munidx.diff.similarity import (
    Rarity,
    comparable,
    comparables,
    names_share,
    without_marks,
)
from munidx.japanese.characters import normalise
from munidx.model import Goal, Indicator, Measure, Plan
from munidx.testing.profiles import examples

_WORDS = st.text(
    st.sampled_from(
        "道路橋りょうのー－-‐ｰァｶﾞが゛か\u3099⼾⻑【追加】（再掲）()、。_ 　aAＡσΣς1１①"
        "\u200b\u00ad\x1f\x1e\n"
    ),
    max_size=12,
)


@examples(300)
@given(st.lists(_WORDS, max_size=6))
def test_many_texts_at_once_are_as_each_alone(texts: list[str]) -> None:
    assert comparables(texts) == list(map(comparable, texts))


@examples(300)
@given(_WORDS)
def test_a_comparable_text_is_normalised_without_marks_and_punctuation(text: str) -> None:
    whole = normalise(without_marks(text))
    assert comparable(text) == re.sub(r"[\W_]+", "", whole).lower()


@examples(200)
@given(st.lists(_WORDS, min_size=1, max_size=6))
def test_profiles_prepared_together_are_as_each_alone(texts: list[str]) -> None:
    nodes = [Measure(description=text, actions=(text,)) for text in texts]
    together = list(map(Profile, nodes))
    prepare(together)
    alone = list(map(Profile, nodes))
    assert [(one.text, one.clauses) for one in together] == [
        (one.text, one.clauses) for one in alone
    ]


@examples(300)
@given(st.text(st.sampled_from("道路りょうー、。・-_%％\x1e\u0307İIΣσΑ① "), max_size=30))
def test_a_text_is_cut_into_clauses_before_the_rest_of_its_signs_are_dropped(text: str) -> None:
    whole = re.sub("[。、,.・/;:\n\r()「」]", "\x1e", normalise(without_marks(f"{text}。。")))
    told = re.sub(r"[^\w\x1e]|_", "", whole).lower()
    profile = Profile(Measure(description=text))
    assert profile.text == told.replace("\x1e", "")
    assert profile.clauses == {clause for clause in told.split("\x1e") if len(clause) >= 5}


def test_marks_of_repeats_are_no_words() -> None:
    assert comparable("公園の整備（再掲）") == comparable("公園の整備(再掲)") == "公園の整備"


def test_a_profile_has_no_other_parts() -> None:
    assert not hasattr(Profile(Measure()), "colour")


def _near(measures: list[Measure], sought: Measure) -> list[int]:
    profile = Profile(sought)
    index = Index(list(enumerate(map(Profile, measures))), [Profile(Measure()), profile])
    return list(index.near(profile))


def test_the_nearest_share_what_is_rare() -> None:
    titles = ["防災訓練の実施", "防災倉庫の整備", "図書館の開館", "防災無線の整備"]
    measures = [Measure(title=title) for title in titles]
    assert 3 in _near(measures, Measure(title="防災無線の更新"))
    assert 2 not in _near(measures, Measure(title="防災無線の更新"))
    assert _near(measures, Measure(title="橋りょう")) == []


def test_names_of_indicators_lead_to_their_measure() -> None:
    measures = [
        Measure(title=f"事業{place}", indicators=(Indicator(title=name),))
        for place, name in enumerate(("利用者の満足度", "橋の点検率"))
    ]
    assert _near(
        measures, Measure(title="別の名", indicators=(Indicator(title="橋の点検率"),))
    ) == [1]


def test_at_most_a_fixed_number_is_looked_at_and_kept() -> None:
    measures = [Measure(title=f"道路{place}改良") for place in range(500)]
    near = _near(measures, Measure(title="道路7改良"))
    assert 7 in near
    assert len(near) <= 15


def _slowly(measures: list[Measure], sought: Measure) -> set[int]:
    """What is near, as if every holder of every feature that is looked at had been counted."""
    held = [(one.words, one.grams) for one in map(Profile, measures)]
    total = max(len(held), 2)
    profile = Profile(sought)
    features = []
    for kind, some in enumerate((profile.words, profile.grams)):
        for feature in some:
            holders = [place for place, have in enumerate(held) if feature in have[kind]]
            weight = round((math.log(total / max(len(holders), 1)) + 0.1) * 1000 * (2 - kind))
            alone = round((math.log(total) + 0.1) * 1000) * (2 - kind)
            features.append((len(holders), feature, weight if holders else alone, holders))
    points: Counter[int] = Counter()
    looked = 0
    for size, _, weight, holders in sorted(features):
        looked += size
        if points and looked > 120:
            break
        points.update(dict.fromkeys(holders, weight))
    own = sum(weight for _, _, weight, _ in features)
    least = max(0.4 * max(points.values(), default=0), 0.04 * own)
    found = [place for place in points if points[place] >= least]
    return set(sorted(found, key=lambda place: (-points[place], place))[:15])


_CLAUSES = [
    f"{place}{what}を{how}"
    for place in "東西南北"
    for what in ("道路", "橋")
    for how in ("改める", "守る")
]
_MEASURES = st.builds(
    Measure,
    title=st.text("道路橋公園", max_size=4),
    actions=st.lists(st.sampled_from(_CLAUSES), max_size=4).map(tuple),
)


@examples(200)
@given(
    st.lists(_MEASURES, min_size=1, max_size=12),
    st.integers(1, 40),
    st.booleans(),
    _MEASURES,
)
def test_near_is_who_has_enough_of_what_is_looked_at(
    measures: list[Measure],
    times: int,
    own: bool,
    sought: Measure,
) -> None:
    many = measures * times
    if own:
        # Beside what many have, something of each one's own.
        many = [
            evolve(one, actions=(*one.actions, f"第{place}の地区に限る", f"{place}番目の事業"))
            for place, one in enumerate(many)
        ]
        sought = evolve(sought, actions=(*sought.actions, "第3の地区に限る", "0番目の事業"))
    assert set(_near(many, sought)) == _slowly(many, sought)


def test_of_a_very_long_text_the_first_words_are_looked_at() -> None:
    """So many clauses of one's own cannot make a search long."""
    clauses = [f"{place}番の路線を改良する" for place in range(130)]
    measures = [Measure(actions=tuple(clauses[place::2])) for place in range(2)]
    sought = Measure(actions=tuple(clauses))
    assert set(_near(measures, sought)) == _slowly(measures, sought) == {0, 1}


TEXT = "地区の集会所を建て替え、備蓄の倉庫と調理の設備を新たに設けて、災害のときの拠点とする"
HALLS = [f"{place}集会所の耐震化事業" for place in ("東町", "西町", "南町", "北町", "本町")]


@pytest.mark.parametrize(
    ("texts", "apart"),
    [
        ((TEXT, TEXT), False),  # the same words, told of these two alone: renamed
        ((f"東町の{TEXT}", f"西町の{TEXT}"), True),  # each names its own place
        ((TEXT, "高齢の人の集まりを助け、" * 5), True),
        (("", ""), True),
    ],
)
def test_two_of_one_pattern_are_two_unless_their_texts_are_one(
    texts: tuple[str, str], apart: bool
) -> None:
    found = Lookalikes(map(comparable, HALLS), texts)
    nodes = [
        Measure(title=title, description=text) for title, text in zip(HALLS[:2], texts, strict=True)
    ]
    assert found.differ(Profile(nodes[0]), Profile(nodes[1]), texts) is apart


def test_of_many_under_one_text_a_short_pattern_is_enough() -> None:
    titles = [f"{place}橋補修" for place in ("東", "西", "南", "北")]
    found = Lookalikes(titles, [TEXT] * 4)
    one, other = (Profile(Measure(title=title, description=TEXT)) for title in titles[:2])
    assert found.differ(one, other, (TEXT, TEXT))
    assert not Lookalikes(titles, [TEXT] * 2).differ(one, other, (TEXT, TEXT))


def _shared(old: str, new: str) -> int:
    """How many characters two texts begin with alike."""
    pairs = zip(old, new, strict=False)
    return sum(1 for _ in itertools.takewhile(lambda pair: pair[0] == pair[1], pairs))


@examples(300)
@given(
    st.lists(st.text("ab", max_size=5), min_size=2, max_size=4),
    st.lists(st.text("abc", min_size=1, max_size=9), min_size=4, max_size=6),
    st.sampled_from([0, 70]),
)
def test_two_of_a_pattern_are_found_by_the_shortest_pattern(
    ends: list[str], names: list[str], others: int
) -> None:
    """As if every beginning and end that the two titles share had been looked for."""
    told = sorted({f"{start}{name}{end}" for start in ends for end in ends for name in names})
    # So many begin alike that who ends alike is looked for first.
    titles = told + [f"{start}x{place}" for start in set(ends) for place in range(others)]
    lookalikes = Lookalikes(titles)
    for old, new in itertools.pairwise(told[:12]):
        shortest = min(len(old), len(new))
        head = _shared(old, new)
        tail = _shared(old[head:][::-1], new[head:][::-1])
        found = any(
            sum(
                one.startswith(old[:start])
                and one.endswith(old[len(old) - end :])
                and len(one) > start + end
                for one in titles
            )
            >= 4
            for start in range(head + 1)
            for end in range(min(tail + 1, shortest - start))
            if start + end >= max(0.65 * shortest, 6) and max(len(old), len(new)) - start - end <= 8
        )
        assert lookalikes.apart(old, new) is found


@pytest.mark.parametrize("aside", ["一部県連携事業", "国補助事業", "文化芸術の創造"])
def test_what_stands_in_brackets_behind_many_titles_names_none(aside: str) -> None:
    titles = [f"{name}({aside})" for name in ("橋の補修", "窓口の改善", "森の保全", "水の供給")]
    rarity = Rarity([comparable(title) for title in titles], titles)
    first, second = (Profile(Measure(title=title)) for title in titles[:2])
    share = names_share(first.names, second.names, rarity)
    assert share is not None
    assert share < 0.8


def test_what_shares_no_word_is_compared_within_its_goal() -> None:
    """Of 21 by 21 that share no word, the two of one goal are looked at, and are not one."""
    kanji = [chr(0x4E00 + 7 * place) for place in range(200)]

    def plan(start: int) -> Plan:
        titles = ["".join(kanji[start + 4 * place : start + 4 * place + 4]) for place in range(21)]
        return Plan(
            goals=(
                Goal(title="まちの安全", measures=(Measure(title=titles[0]),)),
                Goal(title="人の健康", measures=tuple(Measure(title=one) for one in titles[1:])),
            )
        )

    found = match(plan(0), plan(100))
    assert [pair.old for pair in found.pairs] == ["goals[#1]", "goals[#2]"]
    assert (len(found.removed), len(found.added)) == (21, 21)


def test_boilerplate_tells_nothing_of_which_is_which() -> None:
    """What stands in every text is left out before the texts are compared."""
    usual = "実施に当たっては財政の状況を踏まえて内容を毎年見直す"
    words = ("橋の床版を張り替える", "森の下草を刈って歩く道をつくる", "水道の管を太いものに替える")
    olds = tuple(
        Measure(title=f"甲{place}号", description=f"{words[place % 3]}{place}。{usual}。")
        for place in range(12)
    )
    news = tuple(
        Measure(title=f"乙その{place}", description=f"{words[place % 3]}{place}年。{usual}。")
        for place in range(12)
    )
    found = match(Plan(measures=olds), Plan(measures=news))
    assert all(
        words.index(olds[int(pair.old[10:-1]) - 1].description.split("。")[0].rstrip("0123456789"))
        == (int(pair.new[10:-1]) - 1) % 3
        for pair in found.pairs
    )


@pytest.mark.parametrize("odd", ["\ud83d", "𠮷", "橋"])
def test_titles_of_odd_characters_have_a_rarity(odd: str) -> None:
    titles = [f"{odd}野家の整備", f"{odd}", "道路の整備"]
    rarity = Rarity(titles)
    assert rarity.weigh([f"{odd}野"]) > rarity.weigh(["整備"]) > 0
    assert rarity.weigh([odd]) > 0
