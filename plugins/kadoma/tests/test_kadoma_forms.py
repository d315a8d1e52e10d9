"""The list of project proposals in all its forms: one plan, whatever the file."""

import kadoma_layout as layout
import pytest
from kadoma_layout import LOOKS, Look
from paper import raw_text

import munidx
from munidx import Reading, Source
from munidx.diff import diff
from munidx.findings import Severity
from munidx.japanese.eras import parse_fiscal_year

FORMS = ("csv", "pdf", "raw", "txt", "xlsx")


def read(look: Look, form: str) -> Reading:
    makers = {
        "csv": layout.as_csv,
        "pdf": lambda look: layout.path_of(look).read_bytes(),
        "raw": lambda look: raw_text(layout.path_of(look)),
        "txt": layout.as_text,
        "xlsx": layout.as_xlsx,
    }
    return munidx.read(Source(f"list.{'txt' if form == 'raw' else form}", makers[form](look)))


def tight(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("look", LOOKS, ids=lambda look: look.name)
def test_every_row_is_read_from_every_form(look: Look, form: str) -> None:
    reading = read(look, form)
    (plan,) = reading.plans
    assert reading.coverage.unread == 0
    assert [f for f in reading.findings if f.severity is not Severity.INFO] == []
    told = []
    for part in layout.parts(look):
        for row in part.rows:
            cells = dict(zip(look.order, row, strict=True))
            owners = [(name, (part.bureau,)) for name in cells[2].split("/")]
            year = parse_fiscal_year(cells[4])
            told.append(
                (cells[0], tight(cells[1]), owners, cells[3], year, tight(cells[5]), part.section)
            )
    assert [
        (
            measure.code,
            tight(measure.title),
            [(owner.name, owner.path) for owner in measure.owners],
            measure.labels["種別"],
            measure.start,
            tight(measure.description),
            f"【{measure.labels['提案区分']}】",
        )
        for measure in plan.measures
    ] == told
    assert plan.edition
    assert plan.edition.label == look.year
    assert plan.title == f"{look.year}事業提案一覧表"


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("look", LOOKS, ids=lambda look: look.name)
def test_all_forms_are_one_plan(look: Look, form: str) -> None:
    text, other = read(look, "txt").plans[0], read(look, form).plans[0]
    assert diff(text, other).changes == ()
    assert diff(other, text).changes == ()


COLUMNS = "番号 事業名 所属名 種別 事業開始年度\n事業概要\n"
HEAD = f"令和7年度事業提案一覧表\n【提案事業】\n企画財政部\n{COLUMNS}"
ROWS = "1 甲事業 企画課 新規 R 7\n道を直す。\n2 乙事業 企画課/総務\n課 継続 橋を直す。\n"


def bare(text: str) -> Reading:
    return munidx.read(Source("list.txt", text.encode()), adapter="kadoma")


def test_bare_lines_are_cut_into_cells() -> None:
    reading = bare(HEAD + ROWS)
    first, second = reading.plans[0].measures
    assert (first.title, first.start, first.description) == ("甲事業", 2025, "道を直す。")
    assert [owner.name for owner in second.owners] == ["企画課", "総務課"]
    assert second.start is None
    assert reading.coverage.unread == 0


@pytest.mark.parametrize(
    ("row", "lost"),
    [
        pytest.param("3 丙の改修 企画課 新規 R 7 池を直す。\n", "丙の改修", id="title"),
        pytest.param("3 丙事業 みんな 新規 R 7 池を直す。\n", "みんな", id="owner"),
        pytest.param("3 丙事業 企画課 いつか R 7 池を直す。\n", "いつか", id="class"),
        pytest.param("3 丙事業 企画課 新規\n", "丙事業", id="too short"),
        pytest.param("三 丙事業 企画課 新規 R 7 池を直す。\n", "", id="no number"),
    ],
)
def test_a_row_that_cannot_be_cut_is_left_unread_or_joined(row: str, lost: str) -> None:
    reading = bare(HEAD + ROWS + row)
    assert [measure.code for measure in reading.plans[0].measures] == ["1", "2"]
    if lost:
        assert any(lost in place.text for place in reading.coverage.unread_places)
    else:  # nothing tells it from the text before it
        assert reading.plans[0].measures[1].description.endswith("池を直す。")


def test_a_row_that_can_be_cut_in_two_ways_is_left_unread() -> None:
    head = HEAD.replace("所属名 種別 事業開始年度\n事業概要", "種別 事業概要 所属名 事業開始年度")
    reading = bare(head + "1 甲事業 新規 道を直す 会 企画課 R 7\n")
    assert reading.plans[0].measures == ()
    assert reading.coverage.unread


@pytest.mark.parametrize(
    ("columns", "row"),
    [
        # 市民 may end the text or begin the name of a unit, and so on.
        ("種別 事業概要 所属名", "甲事業 新規 道を直す。\n対象は市民\n企画課"),
        ("所属名 種別 事業概要", "甲事業\n公共事業\n推進課 新規 道を直す。"),
        ("種別 所属名 事業概要", "甲事業 新規 生涯学習課\n公民館 運営を助ける。\n企画課"),
    ],
)
def test_a_text_without_an_end_is_not_guessed_at(columns: str, row: str) -> None:
    title = "令和7年度事業提案一覧表"
    reading = bare(f"{title}\n企画部\n番号 事業名 {columns}\n1 {row}\n2 乙事業 新規\n")
    assert reading.plans[0].measures == ()
    assert "MX920" in {finding.code for finding in reading.findings}


@pytest.mark.parametrize(
    ("order", "row"),
    [
        ("所属名 事業名 種別 事業概要", "保育幼稚園\n課\n甲事業 新規 道を直す。"),
        ("所属名 事業名 種別 事業概要", "企画課\n/保育幼稚園課 甲事業 新規 道を直す。"),
        ("種別 事業概要 所属名 事業名", "新規 道を直す。\n企画課/保育\n幼稚園課 甲事業"),
        ("種別 事業概要 事業名 所属名", "新規 道を直す。 甲事業\n(ア 乙) 保育幼稚園課"),
    ],
)
def test_no_cell_begins_with_what_belongs_to_the_one_before(order: str, row: str) -> None:
    (measure,) = bare(f"令和7年度事業提案一覧表\n企画部\n番号 {order}\n1 {row}\n").plans[0].measures
    assert measure.title.startswith("甲事業")
    assert measure.owners[-1].name == "保育幼稚園課"
    assert measure.description == "道を直す。"


@pytest.mark.parametrize(
    "title",
    ["令和7\n年度事業提案一覧表", "令和7年度\n事業提案一覧表", "令和7年度\n事業提案\n一覧表"],
)
def test_a_title_may_be_broken_over_lines(title: str) -> None:
    reading = bare(HEAD.replace("令和7年度事業提案一覧表", title) + ROWS)
    (plan,) = reading.plans
    assert plan.edition
    assert (plan.title, plan.edition.label) == ("令和7年度事業提案一覧表", "令和7年度")
    assert plan.edition.source == f"list.txt#L1-L{1 + title.count(chr(10))}"
    assert (reading.coverage.unread, len(plan.measures)) == (0, 2)


@pytest.mark.parametrize("year", ["令和7\n年度", "令和\n7年度", "R\n7", "H\n30"])
def test_a_year_may_be_broken_over_lines(year: str) -> None:
    reading = bare(HEAD + ROWS.replace("R 7", year))
    assert reading.plans[0].measures[0].start == (2018 if "H" in year else 2025)
    assert (reading.coverage.unread, list(reading.findings)) == (0, [])


def test_a_unit_above_a_bureau_is_the_last_owner() -> None:
    columns = "番号 事業名 種別 事業概要 所属名\n"
    rows = "1 甲事業 新規 道を直す。\n企画課/総務課\n"
    text = f"令和7年度事業提案一覧表\n企画部\n{columns}{rows}"
    reading = bare(f"{text}こども部\n{columns}{rows.replace('企画課/', '')}")
    assert [owner.name for owner in reading.plans[0].owners] == ["企画部", "こども部"]
    assert [[o.name for o in m.owners] for m in reading.plans[0].measures] == [
        ["企画課", "総務課"],
        ["総務課"],
    ]


def test_page_numbers_and_a_header_on_each_page_do_no_harm() -> None:
    first, second = ROWS.split("2 乙", 1)
    plain = bare(HEAD + ROWS).plans[0]
    broken = bare(HEAD + first + "- 1 -\n" + COLUMNS + "2 乙" + second)
    assert broken.coverage.unread == 0
    assert diff(plain, broken.plans[0]).changes == ()


def test_a_row_of_endless_words_is_left_unread() -> None:
    reading = bare(HEAD + "1 " + "甲事業 " * 300 + "企画課 新規 R 7 道を直す。\n")
    assert reading.plans[0].measures == ()
    assert reading.coverage.unread
