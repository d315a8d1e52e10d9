import pytest
from hypothesis import given
from hypothesis import strategies as st

from munidx.adapters.stretches import Layout, fold
from munidx.document import Block, BlockKind, Cell, Publication, Source
from munidx.place import Place, parse_places
from munidx.readers import read_source
from munidx.testing.profiles import examples


@pytest.mark.parametrize(
    ("text", "counted"),
    [
        ("ＤＸ 推進（案）。", "DX推進案"),
        ("1,234.5 千円", "1234.5千円"),
        ("1. 計画", "1計画"),
        ("4.2", "4.2"),
        ("①電子 ⑩窓口", "1電子10窓口"),
        ("㈱市民 ㌔", "株市民キロ"),
        ("ｼｽﾃﾑ ﾊﾞｽ", "システムバス"),
        ("☆☆☆", "☆☆☆"),
        ("↑ 満足度", "↑満足度"),
        ("○基本政策\n ●要領", "基本政策要領"),
        ("○", "○"),
        ("△1,000", "△1000"),
        ("庁内○", "庁内○"),
        ("・- －…【】「」()", ""),
        ('<ul style="x: none;"> 会議</ul><table border="1"><br>', "会議"),
        ("<外部リンク> A<B", "外部リンクAB"),
        ("", ""),
    ],
)
def test_what_is_counted(text: str, counted: str) -> None:
    assert fold(text).text == counted


@pytest.mark.parametrize(
    ("before", "text", "counted"),
    [
        ("配信サ", "ービス事業", "ービス事業"),
        ("パートナ", "ー)", "ー"),
        ("配信", "ー予定", "予定"),
        ("配信サ", "ー", ""),
        ("配信サ", "ー 5", "5"),
        ("", "ービス事業", "ビス事業"),
    ],
)
def test_a_vowel_that_a_line_begins_with_goes_on(before: str, text: str, counted: str) -> None:
    assert fold(text, before).text == counted


def test_breaks_stand_where_something_uncounted_stood() -> None:
    folded = fold("R 4 1,2 総務課61")
    assert folded.text == "R412総務課61"
    assert list(folded.breaks) == [1, 1, 1, 1, 1, 0, 0, 0, 0]


@examples(500)
@given(st.text(st.sampled_from("aR1,.①㈱ﾊﾞ○● \n計画(ー゛が"), max_size=30))
def test_every_counted_character_knows_its_origin(text: str) -> None:
    folded = fold(text)
    assert len(folded.text) == len(folded.origin) == len(folded.breaks)
    assert list(folded.origin) == sorted(folded.origin)
    assert folded.text[:1] == "" or folded.breaks[0] == 1
    assert all(spot < len(folded.aligned.text) for spot in folded.origin)


TEXT = "一\n二\t三\t四\n五\t六\t七\n\n八\n"


def layout(text: str = TEXT, name: str = "a.txt") -> Layout:
    return Layout.of(read_source(Source(name, text.encode())))


@pytest.mark.parametrize(
    ("locator", "text"),
    [
        ("a.txt#L1", "一"),
        ("a.txt#L2", "二三四"),
        ("a.txt#L2c2", "三"),
        ("a.txt#L2c2-c3", "三四"),
        ("a.txt#L1-L3", "一二三四五六七"),
        ("a.txt#L4-L900000000", "八"),
        ("a.txt", "一二三四五六七八"),
        ("a.txt#L8,L1,L1", "一"),
        ("a.txt#L5;a.txt#L1", "一八"),
        ("a.txt#L9", ""),
        ("a.txt#b1", ""),
        ("b.txt#L1", ""),
        ("a.txt#", ""),
        ("", ""),
    ],
)
def test_a_scope_is_what_its_source_names(locator: str, text: str) -> None:
    assert layout().scope(locator).text == text


def test_prose_has_no_rows_and_no_items() -> None:
    whole = layout("一\n・二\n三\t四\n五\n")
    assert whole.scope("a.txt", prose=True).text == "一五"
    assert whole.scope("a.txt").text == "一二三四五"


def test_places_of_pages_and_sheets() -> None:
    def block(text: str, locator: str) -> Block:
        (place,) = parse_places(locator)
        return Block(kind=BlockKind.PARAGRAPH, text=text, place=place)

    blocks = (
        block("一", "a.xlsx#施策!B7"),
        block("二", "a.xlsx#施策!C8"),
        block("三", "a.xlsx#別!B7"),
        block("四", "b.pdf#p2b1"),
        block("五", "b.pdf#p3b1"),
    )
    whole = Layout.of(Publication(documents=(), blocks=blocks))
    assert whole.scope("a.xlsx#施策!A1:C7").text == "一"
    assert whole.scope("a.xlsx#施策!A1:C9").text == "一二"
    assert whole.scope("a.xlsx").text == "一二三"
    assert whole.scope("b.pdf#p2").text == "四"
    assert whole.scope("b.pdf#p2-p3").text == "四五"
    assert whole.scope("b.pdf#p3b1-b9").text == "五"


def test_what_was_published_is_cut_out_of_the_original() -> None:
    (unit,) = layout(" 【ＤＸ】 推進(案)。\n").units
    assert unit.published(0, 2) == "ＤＸ"
    assert unit.published(2, 5) == "推進(案"
    assert unit.published(0, 5) == "【ＤＸ】 推進(案)。"


def test_an_empty_publication_has_no_size() -> None:
    assert Layout.of(Publication(documents=(), blocks=())).size == 0
    assert layout().size == 8


def test_a_cell_without_text_is_a_place() -> None:
    whole = layout("一\t\n")
    (place,) = parse_places("a.txt#L1c2")
    assert [unit.folded.text for unit in whole.at(place)] == [""]
    assert isinstance(whole.units[1].place, Place)
    assert Cell(text="", place=place, column=1).place == whole.units[1].place
