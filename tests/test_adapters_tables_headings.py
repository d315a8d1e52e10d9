"""Header rows: in any order, over several rows, with years, units and merged cells."""

import pytest

from munidx.adapters.tables import Column, Form
from munidx.adapters.tables.headings import Header, basis_of, beginning, header_at
from munidx.document import Source, Table
from munidx.model import CostBasis, Municipality
from munidx.readers import read_source

FORM = Form(
    title="計画",
    slug="x",
    municipality=Municipality(code="272230", name="門真市", prefecture="大阪府"),
    columns=(
        Column("code", "番号"),
        Column("title", "事業名"),
        Column("owners", "担当課"),
        Column("indicator.title", "名称", under="指標"),
        Column("goal.title", "名称", under="施策", level="施策"),
        Column("costs", "予算額", "決算額", "一般財源", "事業費", basis=None),
        Column("targets", "目標値"),
        Column("schedule", ""),
    ),
    spanning=("基本情報",),
)


def table(page: str) -> Table:
    (block,) = read_source(Source("a.html", f"<table>{page}</table>".encode())).blocks
    assert isinstance(block, Table)
    return block


def row(*cells: str) -> str:
    return "<tr>" + "".join(f"<td{cell}</td>" for cell in cells) + "</tr>"


def header(*rows: str, form: Form = FORM) -> Header | None:
    return header_at(table("".join(rows)).grid(), 0, form)


def fields(found: Header | None) -> list[str]:
    assert found
    return [slot.column.field if slot and slot.column else "?" for slot in found.slots]


def text(*lines: str) -> Header | None:
    (block,) = read_source(Source("a.txt", "\n".join(lines).encode())).blocks
    assert isinstance(block, Table)
    return header_at(block.grid(), 0, FORM)


@pytest.mark.parametrize(
    "order",
    [("番号", "事業名", "担当課"), ("担当課", "番号", "事業名"), ("事業名", "担当課", "番号")],
)
def test_columns_stand_in_any_order(order: tuple[str, ...]) -> None:
    found = text("\t".join(order), "1\t2\t3")
    words = {"番号": "code", "事業名": "title", "担当課": "owners"}
    assert fields(found) == [words[word] for word in order]
    assert found
    assert found.height == 1


def test_words_are_compared_without_space_width_notes_years_and_units() -> None:
    found = header(
        row(">番　号", ">事業名※1", ">Ｒ６ 予算額<br>（単位：千円）", ">目標値(令和7年度)")
    )
    assert fields(found) == ["code", "title", "costs", "targets"]
    assert found
    costs, targets = found.slots[2:]
    assert costs
    assert (costs.year, costs.unit) == (2024, "千円")
    assert targets
    assert (targets.year, targets.unit) == (2025, "")
    assert costs.heading == "Ｒ６ 予算額 （単位：千円）"


def test_two_rows_with_merged_cells() -> None:
    found = header(
        row(" rowspan=2>番号", " rowspan=2>事業名", " colspan=2>施策", " colspan=2>令和6年度"),
        row(">名称", ">備考", ">予算額", ">決算額"),
        row(">1", ">甲", ">乙", ">丙", ">1", ">2"),
    )
    assert fields(found) == ["code", "title", "goal.title", "?", "costs", "costs"]
    assert found
    assert found.height == 2
    assert [cell.text for cell in found.strange] == ["備考"]
    assert [slot.year for slot in found.slots if slot] == [None, None, None, None, 2024, 2024]


def test_three_rows() -> None:
    found = header(
        row(" colspan=2>基本情報", " colspan=2>事業の費用"),
        row(" rowspan=2>番号", " rowspan=2>事業名", " colspan=2>予算額"),
        row(">R6", ">R7"),
        row(">1", ">甲", ">1", ">2"),
    )
    assert fields(found) == ["code", "title", "costs", "costs"]
    assert found
    assert (found.height, [slot.year for slot in found.slots if slot][2:]) == (3, [2024, 2025])


def test_a_text_file_keeps_no_merged_cells() -> None:
    found = text("番号\t事業名\t目標値\t\t指標", "\t\tR6\tR7\t名称", "1\t甲\t2\t3\t丙")
    assert fields(found) == ["code", "title", "targets", "targets", "indicator.title"]
    assert found
    assert [slot.year for slot in found.slots if slot] == [None, None, 2024, 2025, None]


def test_a_year_alone_heads_a_column() -> None:
    found = text("番号\t事業名\tR6\tR7", "1\t甲\t→\t")
    assert fields(found) == ["code", "title", "schedule", "schedule"]


def test_a_word_above_tells_columns_apart_that_share_theirs() -> None:
    found = text("番号\t事業名\t施策\t指標", "\t\t名称\t名称")
    assert fields(found) == ["code", "title", "goal.title", "indicator.title"]
    # Without one, a word that two columns share is that of neither.
    assert fields(text("番号\t事業名\t担当課\t名称")) == ["code", "title", "owners", "?"]


def test_what_a_node_has_once_is_strange_the_second_time() -> None:
    found = text("番号\t事業名\t担当課\t担当課\t事業名")
    assert fields(found) == ["code", "title", "owners", "owners", "?"]


def test_money_that_only_words_tell_apart_gets_them_as_its_category() -> None:
    found = text("番号\t事業名\tR6事業費\tR6一般財源\tR7予算額\tR7決算額")
    assert found
    told = [slot.category for slot in found.slots[2:] if slot]
    assert told == ["事業費", "一般財源", "", ""]


@pytest.mark.parametrize(
    ("word", "basis"),
    [
        ("予算額", CostBasis.BUDGET),
        ("R5決算", CostBasis.SETTLED),
        ("額", None),
        ("予算・決算", None),
    ],
)
def test_the_words_say_the_basis(word: str, basis: CostBasis | None) -> None:
    assert basis_of(word) == basis


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param(("番号\t事業名",), id="two words"),
        pytest.param(("1\t甲事業\t企画課\t2",), id="data"),
        pytest.param(("事業名一覧\t担当課名\t番号表",), id="words within words"),
        pytest.param((f"{'事業名' * 30}\t番号\t担当課の{'名' * 60}",), id="prose"),
    ],
)
def test_no_header(lines: tuple[str, ...]) -> None:
    assert text(*lines, "\t\t") is None


def test_a_row_of_data_is_no_second_row_of_the_header() -> None:
    found = text("番号\t事業名\t担当課\t予算額", "1\t番号\t企画課\t3")
    assert found
    assert found.height == 1


def test_only_the_first_rows_are_looked_at_for_recognising() -> None:
    block = table("".join(row(">x", ">y") for _ in range(60)))
    assert len(beginning(block)) == 40
    wide = table("".join(f"<tr>{'<td colspan=900>x</td>' * 15}</tr>" for _ in range(40)))
    assert beginning(wide) == []
