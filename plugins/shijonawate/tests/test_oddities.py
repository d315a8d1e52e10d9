"""What stands where the form has nothing, or stands there twice: each with its finding."""

from pathlib import Path

import pytest

from munidx.adapters import Leftover, PassReason, Reading
from munidx.document import Source
from munidx.model import Measure, Plan, walk
from munidx.readers import read_source
from munidx_shijonawate.adapter import ShijonawateAdapter
from munidx_shijonawate.record import Piece
from munidx_shijonawate.units import is_unit, read_owners, split_units, trailing_units

_SAMPLES = Path(__file__).parent / "samples"
_TEXT = (_SAMPLES / "edition-r7.txt").read_text(encoding="utf-8")
_PAGE = (_SAMPLES / "edition-r7.html").read_text(encoding="utf-8")


def read(text: str) -> Reading:
    name = "x.html" if text.startswith("<!DOCTYPE") else "x.txt"
    return ShijonawateAdapter().read(read_source(Source(name, text.encode())))


def codes(reading: Reading) -> set[str]:
    return {finding.code for finding in reading.findings} - {"MX978"}


def unread(reading: Reading) -> list[str]:
    return [leftover.text for leftover in reading.leftovers if leftover.reason is None]


def plan(reading: Reading) -> Plan:
    (only,) = reading.plans
    return only


def measures(reading: Reading) -> dict[str, Measure]:
    nodes = [item.node for item in walk(plan(reading))]
    return {node.title: node for node in nodes if isinstance(node, Measure)}


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("オンライン予約率\n60%", None),
        ("窓口の\nオンライン予約率\n60%", None),
        ("ー", None),
        ("－", None),
        ("窓口の改善\n\nオンライン予約率 60%", "MX987"),
        ("予約率 60%\n利用率 70%", "MX987"),
    ],
)
def test_a_goal_over_several_lines_is_one_goal(words: str, code: str | None) -> None:
    assert "オンライン予約率 60%" in _TEXT
    reading = read(_TEXT.replace("オンライン予約率 60%", words, 1))
    assert ("MX987" in codes(reading)) == (code is not None)


@pytest.mark.parametrize(
    ("cell", "kept", "left"),
    [
        ("オンライン予約率 60% 52%", "オンライン予約率 60%", "52%"),
        ("オンライン予約率 60%以上 約52%", "オンライン予約率 60%以上", "約52%"),
        ("オンライン予約率 60%", None, "オンライン予約率 60%"),
        ("予約の改善 60% 達成", None, "予約の改善 60% 達成"),
    ],
)
def test_a_figure_behind_a_goal_is_the_unknown_columns(
    cell: str, kept: str | None, left: str
) -> None:
    text = _TEXT.replace(
        "達成目標(KGI) 事業主担課\n1 電子", "達成目標(KGI) 実績 事業主担課\n1 電子"
    )
    assert text != _TEXT
    reading = read(text.replace("オンライン予約率 60%", cell, 1))
    measure = measures(reading)["施設予約システムの更新"]
    assert [one.statement for one in measure.indicators] == ([kept] if kept else [])
    assert left in unread(reading)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("3 施設予約システム", "12\n\n3 施設予約システム"),
        ("3 施設予約システム", "12\n\nNo 取組事業\n(ロードマップ)\n3 施設予約システム"),
        ("オンライン予約率 60%\n\n社会", "オンライン予約率 60%\n\n12\n\n社会"),
        ("75% 田原支所\n", "75% 田原支所\n\n12\n"),
    ],
)
def test_a_number_alone_that_no_row_begins_with_is_a_pages(old: str, new: str) -> None:
    assert old in _TEXT
    whole, reading = read(_TEXT), read(_TEXT.replace(old, new, 1))
    assert {title: one.code for title, one in measures(reading).items()} == {
        title: one.code for title, one in measures(whole).items()
    }
    assert [
        one.indicators[0].statement for one in measures(reading).values() if one.indicators
    ] == [one.indicators[0].statement for one in measures(whole).values() if one.indicators]
    told = [left for left in reading.leftovers if left.reason is PassReason.PAGE_NUMBER]
    assert len(told) == 1
    assert codes(reading) == codes(whole)


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("3 施設予約", "4 施設予約", "MX970"),
        ("達成目標(KGI) 事業主担課\n1 電子", "事業主担課\n1 電子", "MX972"),
        ("スポーツ・青少年課\n", "スポーツ・青少年課\n\n外部の団体\n", "MX973"),
        ("電子契約システムの導入 L ", "電子契約システムの導入 ", "MX974"),
        ("\nAdobe", "\nなわてDXアクションプラン(令和8年度)更新\n\nAdobe", "MX976"),
        ("\n計画の位置づけ", "\n計画策定の背景\n\n計画の位置づけ", "MX977"),
        ("\n基本目標(2)", "\n基本目標(1) 利用者の利便性向上\n\n基本目標(2)", "MX977"),
        ("(1)-2 窓口", "(1)-1 窓口", "MX977"),
        ("M L区分以外", "L L区分以外", "MX977"),
        ("\n(2)きめ細かく丁寧な市役所の実現\n", "\n(1)きめ細かく丁寧な市役所の実現\n", "MX977"),
        ("(1)-1 多様", "(7)-1 多様", "MX979"),
        ("(1)-2 窓口", "(2)-2 窓口", "MX980"),
        ("\nなわてDXアクションプラン(令和7年度)更新", "", "MX981"),
        ("(令和7年度)更新", "(令和7年8月)更新", "MX982"),
        ("令和5(2023)年度から令和9年(2027)年度までの5年間", "五か年", "MX983"),
        ("施設予約システムの更新【追加】", "施設予約システムの更新【謎】", "MX984"),
        ("社会教育部\n\nスポーツ", "社会教育部\n\n社会教育部\n\nスポーツ", "MX985"),
        ("社会教育部\n\nスポーツ・青少年課\n", "", "MX986"),
        ("オンライン予約率 60%", "予約率 60%\n\n利用率 70%", "MX987"),
        ("システムの更新【追加】 M", "システムの更新【追加】 S", "MX988"),
        ("令和5(2023)年度", "令和5(2024)年度", "MX989"),
        ("の実装【廃止】 -", "の実装 -", "MX990"),
        ("1\n\n住民DX\n", "1\n\n住民DX\n住民DX\n", "MX991"),
    ],
)
def test_each_oddity_has_its_finding(old: str, new: str, code: str) -> None:
    assert old in _TEXT
    assert code in codes(read(_TEXT.replace(old, new, 1)))


@pytest.mark.parametrize("label", ["(令和7年度更新)", "令和7年度更新版", "(令和7年度)"])
def test_the_edition_is_named_in_several_ways(label: str) -> None:
    edition = plan(read(_TEXT.replace("(令和7年度)更新", label))).edition
    assert edition is not None
    assert (edition.label, edition.year) == (label, 2025)


def test_what_is_printed_twice_alike_is_passed() -> None:
    twice = _TEXT.replace("\nAdobe", "\nなわてDXアクションプラン(令和7年度)更新\n- 3 -\nAdobe")
    twice = twice.replace("本文\n\n四條", "本文\n- 1 -\n四條", 1)
    row = "3 窓口キャッシュレス化推進 L 利用者満足度 75% 田原支所\n"
    reading = read(twice.replace(row, row * 2))
    assert len(measures(reading)) == 9
    reasons = [leftover.reason for leftover in reading.leftovers]
    assert reasons.count(PassReason.PAGE_NUMBER) == 2
    assert codes(reading) == {"MX977"}


@pytest.mark.parametrize(
    "text",
    [
        _TEXT.replace("\n計画策定の背景", "\n第2次四條畷市DX推進計画\n\n計画策定の背景"),
        _TEXT.replace("\n事業区分の考え方", "\n別のアクションプラン\n\n事業区分の考え方"),
        _TEXT.replace("\n基本目標\n\n(1)", "\n二つ目の理念の文\n\n基本目標\n\n知らない段落\n\n(1)"),
        _TEXT.replace("L区分以外の事業\n", "L区分以外の事業\n\n知らない段落\n"),
        _TEXT.replace("\n重要施策\n", "\n重要施策\n\n三つの文です。\n\n知らない見出し\n"),
        _TEXT.replace("\n四條畷市DX推進計画\n\nなわて", "\n知らない段落\n\nなわて"),
    ],
)
def test_what_the_form_does_not_have_is_left_over(text: str) -> None:
    assert unread(read(_TEXT)) == []
    assert unread(read(text)) != []


def test_cells_beside_an_unknown_column_are_told_apart_by_their_lines() -> None:
    text = _TEXT.replace("達成目標(KGI) 事業主担課", "達成目標(KGI) 予算額 事業主担課", 1)
    text = text.replace("80%以上\n", "80%以上\n\n5,000千円\n", 1)
    text = text.replace("として構築する\n", "として構築する 7,000千円\n", 1)
    reading = read(text.replace("予約率 60%\n", "予約率 60%\n\n9,000千円\n", 1))
    found = measures(reading)
    first = found["電子申請システムの利活用"].indicators[0]
    assert first.statement == "システム利用者満足度 80%以上"
    assert {"予算額", "5,000千円", "9,000千円"} <= set(unread(reading))


def test_an_unknown_column_behind_the_title_keeps_the_title() -> None:
    text = _TEXT.replace("(ロードマップ)\n", "(ロードマップ)\n予算額\n", 1)
    text = text.replace("システムの利活用 L", "システムの利活用 5,000千円 L", 1)
    reading = read(text)
    assert "電子申請システムの利活用" in measures(reading)
    assert {"MX971", "MX975"} <= codes(reading)


def test_a_list_without_numbers_and_a_group_without_table() -> None:
    page = _PAGE.replace(
        "<p>(2)きめ細かく丁寧な市役所の実現(基本目標)<br>3.庁内業務のデジタル化・効率化</p>",
        "<p>(2)きめ細かく丁寧な市役所の実現(基本目標)</p><ul><li>データの整備</li></ul>",
    )
    groups = [group for goal in plan(read(page)).goals for group in goal.goals]
    assert ("", "データの整備") in [(group.code, group.title) for group in groups]


def test_tables_that_are_not_of_the_form() -> None:
    alien = "<table><tr><td>年度</td><td>件数</td></tr><tr><td>R5</td><td>12</td></tr></table>"
    outside = read(_PAGE.replace("<h2>計画の位置づけ</h2>", alien + "<h2>計画の位置づけ</h2>"))
    assert unread(outside) == ["年度", "件数", "R5", "12"]
    within = read(_PAGE.replace("<h4>(1)-2", alien + "<h4>(1)-2"))
    assert "MX972" in codes(within)
    assert {"R5", "12"} <= set(unread(within))
    assert len(measures(within)) == 9


def test_a_note_above_the_goal_is_no_goal_beside_an_unknown_column() -> None:
    head, row = "達成目標(KGI) 事業主担課\n1 電子", "M オンライン予約率 60%\n"
    text = _TEXT.replace(head, head.replace(" ", " 進捗 "), 1)
    assert text != _TEXT
    reading = read(text.replace(row, "M\n\n(市民調査)\n\nオンライン予約率 60%\n", 1))
    assert measures(reading)["施設予約システムの更新"].indicators == ()
    assert "MX975" in codes(reading)
    assert {"(市民調査)", "オンライン予約率 60%"} <= set(unread(reading))


def test_odd_rows_of_a_page() -> None:
    head = "<tr><td>No</td><td>取組事業</td><td>事業区分</td><td>KGI</td><td>事業主担課</td></tr>"
    odd = "<tr><td></td><td>番号のない行</td><td></td><td></td><td></td></tr>"
    wide = '<tr><td>4</td><td colspan="3">まとめた欄</td><td>総務課</td></tr>'
    last = "青少年課</p></td></tr>"
    reading = read(_PAGE.replace(last, last + head + odd + wide, 1))
    assert {"番号のない行", "まとめた欄"} <= set(unread(reading))
    assert {"MX973", "MX986"} <= codes(reading)
    missing = read(_PAGE.replace("<th>事業区分</th>", "<th>種別</th>"))
    assert {"MX971", "MX972"} <= codes(missing)


@pytest.mark.parametrize(
    "name",
    [
        *("情報政策課", "総務部", "田原支所", "秘書室", "教育支援センター", "ICT推進課"),
        *("スポーツ・青少年課課", "全庁", "議会事務局", "子ども未来部", "情報政策課(広聴担当)"),
        *("危機管理監", "会計管理者", "監査課", "下水道事業管理者"),
        "市長直轄組織",
        "生涯学習プラザ",
    ],
)
def test_units_are_known_by_their_endings(name: str) -> None:
    assert is_unit(name)


@pytest.mark.parametrize(
    "words",
    [
        "12か所",
        "設置場所",
        "業務の一部",
        "満足度80%",
        "80% 全部",
        "窓口を設けた支所",
        "施設の管理者",
        "",
    ],
)
def test_words_with_the_same_endings_are_no_units(words: str) -> None:
    assert not is_unit(words)


def owners(*lines: str) -> tuple[list[tuple[str, ...]], bool]:
    place = read_source(Source("x.txt", b"x")).blocks[0].place
    found, doubt = read_owners([Piece(line, place) for line in lines])
    return [(*owner.path, owner.name) for owner in found], doubt


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["総務部", "情報政策課"], [("総務部", "情報政策課")]),
        (["総務部情報政策課"], [("総務部", "情報政策課")]),
        (["総務部 情報政策課・人事課"], [("総務部", "情報政策課"), ("総務部", "人事課")]),
        (["総務部", "市民生活部"], [("総務部",), ("市民生活部",)]),
        (["総務部", "情報政策課", "管理係"], [("総務部", "情報政策課", "管理係")]),
        (["選挙管理委員会事務局"], [("選挙管理委員会", "事務局")]),
        (["田原支所", "市民課"], [("田原支所",), ("市民課",)]),
        (["危機管理監", "危機管理課"], [("危機管理監", "危機管理課")]),
        (["会計管理者", "会計室"], [("会計管理者", "会計室")]),
        (["総務監査課"], [("総務監査課",)]),
    ],
)
def test_owners(lines: list[str], expected: list[tuple[str, ...]]) -> None:
    assert owners(*lines) == (expected, False)


def test_owners_in_doubt() -> None:
    assert owners("総務部", "秘書室", "広報課")[1]
    assert owners("総務課", "総務課")[1]
    assert split_units("総務部情報政策課 人事課") == ["総務部", "情報政策課", "人事課"]
    line = "利用者満足度 75% 田原支所"
    assert line[trailing_units(line) :] == "田原支所"


def test_a_leftover_names_its_words() -> None:
    text = _TEXT.replace("達成目標(KGI) 事業主担課", "達成目標(KGI) 備考 事業主担課", 1)
    leftovers = [item for item in read(text).leftovers if item.text == "備考"]
    assert leftovers == [Leftover(source="x.txt#L63", text="備考")]
