"""Keys that are unique on both sides: what is compared in bulk is what whole keys would tell."""

from collections import Counter
from collections.abc import Hashable, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from munidx.diff.exact import _unique_pairs
from munidx.diff.keys import LADDERS, Titles
from munidx.diff.ladder import Alignment
from munidx.diff.similarity import comparable
from munidx.diff.tree import lay_out
from munidx.model import Indicator, Measure, Owner, Plan

TEXT = "市民の声を聞き、河川の水位を離れた場所から見られる仕組みを設ける"
MEASURES = st.builds(
    Measure,
    title=st.sampled_from(["", "河川", "公園", "【新規】公園", "道路"]),
    description=st.sampled_from(["", "短い", TEXT, TEXT + "。"]),
    actions=st.sampled_from([(), ("点検する",), (TEXT,)]),
    owners=st.sampled_from([(), (Owner(name="河川課"),), (Owner(name="公園課"),)]),
    indicators=st.sampled_from([(), (Indicator(title="件数"),), (Indicator(title="人数"),)]),
)
PLANS = st.builds(Plan, measures=st.lists(MEASURES, max_size=6).map(tuple))


def unique(keys: Sequence[Hashable | None], numbers: Sequence[int]) -> dict[Hashable, int]:
    counts = Counter(keys)
    return {
        key: number
        for key, number in zip(keys, numbers, strict=True)
        if key is not None and counts[key] == 1
    }


@pytest.mark.parametrize("names", dict.fromkeys(names for names, _ in LADDERS["measures"]))
@given(old=PLANS, new=PLANS)
def test_pairs_are_those_whose_whole_keys_are_unique(
    names: tuple[str, ...], old: Plan, new: Plan
) -> None:
    align = Alignment(lay_out(old), lay_out(new))
    olds, news = align.old.of("measures"), align.new.of("measures")
    mine = unique(align.columns[0].keys(names, olds), olds)
    theirs = unique(align.columns[1].keys(names, news), news)
    expected = {(one, theirs[key]) for key, one in mine.items() if key in theirs}
    found, several = _unique_pairs(align, names, olds, news)
    assert len(found) == len(expected)
    assert set(found) == expected
    # What may yet be paired by more of its key once others are gone.
    for one, number in enumerate(olds):
        held = align.columns[0].column(names[0], olds)[one]
        first = align.columns[0].column(names[0], olds)
        second = align.columns[1].column(names[0], news)
        twice = max(list(first).count(held), list(second).count(held)) > 1
        assert (number in several[0]) is (held is not None and held in second and twice)


@given(st.lists(st.lists(st.sampled_from(["", "公園", "【新規】公園", "道 路", "a\x1fb"]))))
def test_titles_are_made_comparable_once_and_as_alone(rounds: list[list[str]]) -> None:
    titles = Titles()
    for some in rounds:
        assert titles.of(some) == list(map(comparable, some))
