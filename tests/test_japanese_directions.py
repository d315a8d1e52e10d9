import pytest

from munidx.japanese.directions import LEXICON, direction_of
from munidx.model import Direction


@pytest.mark.parametrize(
    "noun",
    [
        "窓口の利用者満足度",
        "交付率",
        "市HP(ページ別訪問数)",
        "事務削減時間",
        "住み続けたいと答えた市民の割合",
        "フォロワー数(人)",
        "受診率（％）",
        "オンライン手続き率",
    ],
)
def test_rising(noun: str) -> None:
    assert direction_of(noun) is Direction.INCREASE


@pytest.mark.parametrize(
    "noun", ["窓口の待ち時間", "事故件数", "不満足度", "職員の事務時間", "待機児童数"]
)
def test_falling(noun: str) -> None:
    assert direction_of(noun) is Direction.DECREASE


@pytest.mark.parametrize(
    "noun",
    [
        "",
        "件数",
        "人数",
        "職員数",
        "未利用率",
        "非達成率",
        "困っていると答えた割合",
        "職員アンケート",
        "()",
    ],
)
def test_unknown(noun: str) -> None:
    assert direction_of(noun) is None


def test_each_noun_of_the_lexicon_is_found_at_the_end_of_a_longer_name() -> None:
    assert all(direction_of(f"市の{noun}") is direction for noun, direction in LEXICON.items())
