"""Words that were cut: looked for one by one where they are few, else by counting all words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from munidx import validate
from munidx.model import Measure, Plan
from munidx.rules import cuts
from munidx.testing.profiles import examples

WORDS = ("メール", "センター", "デジタル", "スポーツ", "Web", "ICT", "タル", "ツ")
titles = st.builds(
    lambda word, lost, rest, last: rest + word[: len(word) - lost] if last else word[lost:] + rest,
    st.sampled_from(WORDS),
    st.integers(0, 3),
    st.sampled_from(("の配信", "の整備", "・研修", "と窓口")),
    st.booleans(),
).filter(bool)


def cut(texts: list[str]) -> list[str]:
    measures = tuple(Measure(code=str(at), title=text) for at, text in enumerate(texts, 1))
    return [found.path for found in validate(Plan(measures=measures), select=["MX705"])]


@examples(300)
@given(st.lists(titles, min_size=1, max_size=12))
def test_words_are_found_alike_one_by_one_and_by_counting(texts: list[str]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cuts, "_FEW", -1)
        counted = cut(texts)
    assert cut(texts) == counted


@pytest.mark.parametrize("few", [-1, 20])
@pytest.mark.parametrize(
    ("title", "told"),
    [
        ("ジタルの推進", True),
        ("窓口のデジタ", True),
        ("デジタルの推進", False),
        ("スポの推進", False),
    ],
)
def test_a_word_that_lost_letters_is_told(
    monkeypatch: pytest.MonkeyPatch, few: int, title: str, told: bool
) -> None:
    monkeypatch.setattr(cuts, "_FEW", few)
    found = cut(["デジタルの研修", "庁内のデジタル", "デジタルの相談", title])
    assert found == (["measures[4]"] if told else [])
