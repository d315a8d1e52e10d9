"""Whose document a sample is: the municipality that is named, by the user or in the text."""

import pytest

from munidx.errors import SelectionError
from munidx.scaffold.whose import municipality_named, municipality_of


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ("門真市", "272230"),
        ("大阪府門真市", "272230"),
        ("272230", "272230"),
        (" 27223 ", "272230"),
        ("広島県府中市", "342084"),
        ("272507:見本市", "272507"),
    ],
)
def test_a_municipality_is_named_in_many_ways(told: str, code: str) -> None:
    assert municipality_named(told).code == code


@pytest.mark.parametrize(
    ("told", "code", "params"),
    [
        (
            "府中市",
            "municipality-ambiguous",
            {"candidates": "東京都府中市(132063)、広島県府中市(342084)"},
        ),
        ("四条畷市", "municipality-unknown", {"nearest": "四條畷市"}),
        ("見本市", "municipality-unlisted", {}),
        ("272508:見本市", "municipality-unlisted", {}),
        ("992507:見本市", "municipality-unlisted", {}),
        ("夢前町", "municipality-former", {"heir": "兵庫県姫路市(282014)", "until": "2006-03-27"}),
        ("五十崎町", "municipality-gone", {"until": "2005-01-01"}),
    ],
)
def test_one_that_cannot_be_meant_is_told(told: str, code: str, params: dict[str, str]) -> None:
    with pytest.raises(SelectionError) as caught:
        municipality_named(told)
    assert caught.value.code == code
    assert params.items() <= dict(caught.value.params).items()


@pytest.mark.parametrize(
    ("text", "beginning", "name"),
    [
        ("門真市総合計画\n堺市と大阪市", "門真市総合計画", "門真市"),
        ("門真市と門真市と門真市と守口市", "", "門真市"),
        ("府中市の計画 広島県", "府中市の計画", "府中市"),
        ("門真市 守口市 門真市", "門真市 守口市 門真市", "門真市"),
    ],
)
def test_a_document_names_its_municipality(text: str, beginning: str, name: str) -> None:
    assert municipality_of(text, beginning).name == name


@pytest.mark.parametrize(
    ("text", "beginning", "code"),
    [
        ("", "", "municipality-unnamed"),
        ("守口市との連携", "", "municipality-unclear"),
        ("府中市の計画", "府中市の計画", "municipality-unclear"),
        ("門真市 守口市", "門真市 守口市", "municipality-unclear"),
        ("門真市門真市門真市守口市守口市守口市", "", "municipality-unclear"),
    ],
)
def test_a_document_of_which_nobody_can_tell(text: str, beginning: str, code: str) -> None:
    with pytest.raises(SelectionError) as caught:
        municipality_of(text, beginning)
    assert caught.value.code == code
