"""Several indicators in the cells of one row."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from munidx.adapters.coverage import measure as cover
from munidx.adapters.tables import Column, Form, TableAdapter
from munidx.document import Source
from munidx.model import Indicator, Municipality, Observation
from munidx.readers import read_source
from munidx.testing.profiles import examples

COLUMNS = (
    Column("title", "事業名"),
    Column("indicator.title", "指標"),
    Column("indicator.unit", "単位"),
    Column("targets", "目標値"),
    Column("targets.year", "目標年度"),
    Column("actuals", "実績値"),
)
GOAL = (
    Column("goal.title", "施策", level="施策"),
    Column("indicator.title", "指標"),
    Column("owners", "担当課"),
    Column("targets", "目標値"),
)


def read(
    row: str, head: str = "事業名,指標,単位,目標値,実績値", columns: tuple[Column, ...] = COLUMNS
) -> tuple[list[Indicator], list[str], list[str]]:
    """The indicators, the codes of the findings, the texts that nothing holds."""
    town = Municipality(code="272230", name="門真市", prefecture="大阪府")
    form = Form(title="計画", slug="x", municipality=town, columns=columns)
    publication = read_source(Source("a.csv", f"計画\n\n{head}\n{row}\n".encode()))
    reading = TableAdapter(form).read(publication)
    (plan,) = reading.plans
    unread = cover(publication, reading.plans, reading.leftovers).unread_places
    told = [one for goal in plan.goals for one in goal.indicators]
    told += [one for measure in plan.measures for one in measure.indicators]
    return told, [finding.code for finding in reading.findings], [place.text for place in unread]


def said(told: list[Indicator]) -> list[tuple[str, str, list[str], list[str]]]:
    def words(seen: tuple[Observation, ...]) -> list[str]:
        return [one.text.lstrip("①② ") for one in seen]

    return [(one.title, one.unit, words(one.targets), words(one.actuals)) for one in told]


@pytest.mark.parametrize(
    "row",
    [
        '甲,"訪問数\n満足度","件\n％","210\n85","200\n80"',
        '甲,"①訪問数\n②満足度","件\n％","①210\n②85","①200\n②80"',
        '甲,"① 訪問数\n② 満足度","件\n％","① 210 ② 85","200\n80"',
    ],
)
def test_lines_of_one_cell_are_as_many_indicators(row: str) -> None:
    told, codes, unread = read(row)
    assert said(told) == [
        ("訪問数", "件", ["210"], ["200"]),
        ("満足度", "％", ["85"], ["80"]),
    ]
    assert [one.targets[0].value for one in told] == [Decimal(210), Decimal(85)]
    assert (codes, unread) == ([], [])
    assert [one.code for one in told] == (["①", "②"] if "①" in row else ["", ""])


def test_a_name_broken_behind_its_number_is_one() -> None:
    told, codes, _ = read('甲,"①訪問\n数\n②満足度","件\n％","210\n未定",－')
    assert said(told) == [("訪問 数", "件", ["210"], ["－"]), ("満足度", "％", ["未定"], ["－"])]
    assert codes == []


def test_years_are_each_their_own_or_of_all() -> None:
    head = "事業名,指標,目標値,目標年度"
    told, codes, unread = read('甲,"い\nろ","1\n2","R8\nR9"', head)
    assert [one.targets[0].year for one in told] == [2026, 2027]
    assert (codes, unread) == ([], [])
    told, codes, unread = read('甲,"い\nろ","1\n2",R8', head)
    assert [one.targets[0].year for one in told] == [2026, 2026]
    assert (codes, unread) == ([], [])


def test_indicators_of_a_goal() -> None:
    told, codes, unread = read('安心,"い\nろ",総務課,"1人\n2%"', "施策,指標,担当課,目標値", GOAL)
    assert [(one.title, one.owners[0].name, one.targets[0].unit) for one in told] == [
        ("い", "総務課", "人"),
        ("ろ", "総務課", "%"),
    ]
    assert (codes, unread) == ([], [])


@pytest.mark.parametrize(
    ("row", "title", "findings"),
    [
        pytest.param('甲,"高齢者\n訪問数",件,210,200', "高齢者訪問数", 0, id="a wrapped name"),
        pytest.param('甲,"高齢者\n訪問数",件,"10人\n以上",200', "高齢者訪問数", 0, id="words"),
        pytest.param('甲,訪問数,件,"210\n85",200', "訪問数", 1, id="one name"),
        pytest.param('甲,訪問数,件,"①210\n②85",200', "訪問数", 1, id="one name, numbers"),
        pytest.param('甲,"い\nろ\nは",件,"210\n85",', "い ろ は", 1, id="more names than values"),
        pytest.param('甲,"い\nろ",件,"210\n85",', "い ろ", 1, id="one unit"),
        pytest.param('甲,"い\nろ",,"210\n85",7', "い ろ", 1, id="one value of two"),
        pytest.param('甲,"い\nろ",,"210\n85","1\n2\n3"', "い ろ", 2, id="two and three"),
    ],
)
def test_else_they_are_one(row: str, title: str, findings: int) -> None:
    told, codes, unread = read(row)
    assert [one.title for one in told] == [title]
    assert (codes, unread) == (["MX921"] * findings, [])
    assert all(target.value is None for target in told[0].targets if "\n" in target.text[:3])


def test_numbers_before_units_are_told() -> None:
    told, codes, unread = read('甲,"①い\n②ろ","①件\n②％","①1\n②2"')
    assert [(one.unit, one.targets[0].text, one.targets[0].value) for one in told] == [
        ("件", "①1", Decimal(1)),
        ("％", "②2", Decimal(2)),
    ]
    assert (codes, unread) == ([], ["①", "②"])


def test_values_without_a_name_are_of_one() -> None:
    told, codes, _ = read('甲,,,"210\n85",')
    assert (len(told), codes) == (1, ["MX921"])


@examples(40)
@given(
    st.lists(st.sampled_from(("訪問数", "満足度", "参加者の数", "率")), min_size=1, max_size=9),
    st.data(),
)
def test_no_value_is_lost_or_made(names: list[str], data: st.DataObject) -> None:
    values = data.draw(st.lists(st.integers(0, 99_999), min_size=1, max_size=9))
    lines = "\n".join(names), "\n".join(map(str, values))
    told, _, unread = read(f'甲,"{lines[0]}",,"{lines[1]}",')
    read_values = [target.value for one in told for target in one.targets]
    if len(names) == len(values):
        assert [one.title for one in told] == names
        assert read_values == values
    else:
        assert read_values == (values if len(values) == 1 else [None])
    assert unread == []
