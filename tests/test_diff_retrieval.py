"""Candidates for what exact keys left over, and what tells look-alikes apart."""

import itertools
import re

import pytest
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


def test_marks_of_repeats_are_no_words() -> None:
    assert comparable("公園の整備（再掲）") == comparable("公園の整備(再掲)") == "公園の整備"


def test_a_profile_has_no_other_parts() -> None:
    assert not hasattr(Profile(Measure()), "colour")


def test_the_nearest_share_what_is_rare() -> None:
    titles = ["防災訓練の実施", "防災倉庫の整備", "図書館の開館", "防災無線の整備"]
    index = Index(
        [(place, Profile(Measure(title=title))) for place, title in enumerate(titles)], SOUGHT
    )
    assert 3 in index.near(Profile(Measure(title="防災無線の更新")))
    assert 2 not in index.near(Profile(Measure(title="防災無線の更新")))
    assert index.near(Profile(Measure(title="橋りょう"))) == ()


def test_names_of_indicators_lead_to_their_measure() -> None:
    measures = [
        Measure(title=f"事業{place}", indicators=(Indicator(title=name),))
        for place, name in enumerate(("利用者の満足度", "橋の点検率"))
    ]
    index = Index([(place, Profile(one)) for place, one in enumerate(measures)], SOUGHT)
    sought = Measure(title="別の名", indicators=(Indicator(title="橋の点検率"),))
    assert list(index.near(Profile(sought))) == [1]


def test_at_most_a_fixed_number_is_looked_at_and_kept() -> None:
    index = Index(
        [(place, Profile(Measure(title=f"道路{place}改良"))) for place in range(500)], SOUGHT
    )
    near = index.near(Profile(Measure(title="道路7改良")))
    assert 7 in near
    assert len(near) <= 15


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
)
def test_two_of_a_pattern_are_found_by_the_shortest_pattern(
    ends: list[str], names: list[str]
) -> None:
    """As if every beginning and end that the two titles share had been looked for."""
    titles = sorted({f"{start}{name}{end}" for start in ends for end in ends for name in names})
    lookalikes = Lookalikes(titles)
    for old, new in itertools.pairwise(titles[:12]):
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
