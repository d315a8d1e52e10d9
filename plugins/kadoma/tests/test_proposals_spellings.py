"""Spellings of the list of project proposals that the one edition at hand does not show."""

import pytest

from munidx.adapters import Coverage, Reading
from munidx.adapters.coverage import measure
from munidx.document import Source
from munidx.model import FiscalYear
from munidx.readers import read_source
from munidx_kadoma import proposals

_HEADER = "番号\t事業名\t所属名\t種別\t事業開始年度\t事業概要\n"
_ROW = "{0}\t見本{0}事業\t企画課\t新規\tR 7\t見本の説明です。\n"


def _read(text: str) -> tuple[Reading, Coverage]:
    publication = read_source(Source("a.txt", text.encode()))
    assert proposals.recognise(publication).score >= 0.5
    reading = proposals.read(publication)
    return reading, measure(publication, reading.plans, reading.leftovers)


def _rows(*numbers: str) -> str:
    return "".join(_ROW.format(number) for number in numbers)


@pytest.mark.parametrize(
    "title",
    [
        "令和7年度 事業提案一覧表（案）",
        "令和７年度　門真市事業提案一覧表",
        "門真市令和7年度事業提案一覧",
        "R7年度事業提案一覧表【修正版】",
        "2025年度 新規事業提案一覧表",
    ],
)
def test_titles(title: str) -> None:
    reading, coverage = _read(f"{title}\n\n【提案事業】\n\n企画財政部\n\n{_HEADER}{_rows('1')}")
    (plan,) = reading.plans
    assert plan.edition is not None
    assert (plan.title, plan.edition.year) == (" ".join(title.split()), FiscalYear(2025))
    assert coverage.unread == 0
    assert reading.findings == ()


@pytest.mark.parametrize(
    ("first", "second", "told"),
    [
        (("1", "2"), ("3", "4"), []),
        (("1", "2"), ("1", "2"), []),
        (("1", "2"), ("4", "5"), [(1, "4")]),
        (("1", "2", "2-2", "3"), ("4",), []),
        (("1", "3"), ("4",), [(2, "3")]),
        (("1", "5-2"), ("1",), [(2, "5-2")]),
        (("1-2",), ("1",), []),
    ],
)
def test_numbers_go_on_below_another_bureau_or_begin_anew(
    first: tuple[str, ...], second: tuple[str, ...], told: list[tuple[int, str]]
) -> None:
    text = (
        f"令和7年度事業提案一覧表\n\n企画財政部\n\n{_HEADER}{_rows(*first)}\n"
        f"総務部\n\n{_HEADER}{_rows(*second)}"
    )
    reading, coverage = _read(text)
    (plan,) = reading.plans
    assert [one.code for one in plan.measures] == [*first, *second]
    assert plan.measures[-1].owners[0].path == ("総務部",)
    found = [
        (one.params["expected"], one.params["found"])
        for one in reading.findings
        if one.code == "MX922"
    ]
    assert found == told
    assert coverage.unread == 0


@pytest.mark.parametrize(
    ("printed", "year"),
    [("2022", 2022), ("令和元年度", 2019), ("Ｒ７", 2025), ("H31", 2019), ("令和 7 年度", 2025)],
)
def test_years_of_the_start(printed: str, year: int) -> None:
    text = f"令和7年度事業提案一覧表\n\n{_HEADER}{_rows('1').replace('R 7', printed)}"
    reading, coverage = _read(text)
    assert reading.plans[0].measures[0].start == FiscalYear(year)
    assert coverage.unread == 0


@pytest.mark.parametrize(
    ("torn", "breaks"),
    [
        ("3\t見本3\n事業\t企画課\t新規\tR 7\t見本の説明です。\n", 1),
        ("3\t見本3\n事業\t企画課\n/財政課\t新規\tR 7\t見本の説明です。\n", 2),
        ("3\t見本3事業\t企画課\t新\n規\tR 7\t見本の説明です。\n", 1),
    ],
)
def test_rows_that_a_lines_end_has_torn(torn: str, breaks: int) -> None:
    text = f"令和7年度事業提案一覧表\n\n{_HEADER}{_rows('1', '2')}{torn}{_rows('4')}"
    assert torn.count("\n") == breaks + 1
    reading, coverage = _read(text)
    measures = reading.plans[0].measures
    assert [one.code for one in measures] == ["1", "2", "3", "4"]
    assert (measures[2].title, measures[2].labels["種別"]) == ("見本3事業", "新規")
    assert [owner.name for owner in measures[2].owners][:1] == ["企画課"]
    assert len(measures[2].owners) == 1 + torn.count("財政課")
    assert reading.findings == ()
    assert coverage.unread == 0


def test_a_row_that_lacks_cells_takes_none_from_the_next_project() -> None:
    text = f"令和7年度事業提案一覧表\n\n{_HEADER}1\t見本1事業\t企画課\n{_rows('2')}"
    reading, coverage = _read(text)
    (measure,) = reading.plans[0].measures
    assert (measure.code, measure.title) == ("2", "見本2事業")
    assert [left.text for left in coverage.unread_places] == ["1", "見本1事業", "企画課"]
