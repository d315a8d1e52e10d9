"""Forms printed in all their looks are read back exactly; damaged ones raise nothing.

Columns, headers, groups, sums and page breaks come as they do in what cities publish.
"""

from decimal import Decimal
from html import escape

from attrs import evolve, frozen
from hypothesis import given
from hypothesis import strategies as st

from munidx.adapters.coverage import measure
from munidx.adapters.tables import Column, Form, Group, TableAdapter
from munidx.document import Publication, Source
from munidx.model import (
    Comparator,
    Measure,
    Municipality,
    Observation,
    Plan,
    State,
    Status,
)
from munidx.readers import read_source
from munidx.testing.profiles import examples

TOWN = Municipality(code="272230", name="門真市", prefecture="大阪府")
YEARS = {2023: "R5", 2024: "令和6年度", 2025: "Ｒ７"}
COLUMNS = (
    Column("goal.title", "施策名", "施策", level="施策"),
    Column("code", "番号", "No."),
    Column("title", "事業名", "事業名称"),
    Column("owners", "担当課", "所属"),
    Column("costs", "予算額", "当初予算額"),
    Column("start", "開始年度"),
    Column("description", "事業概要", "概要"),
    Column("indicator.title", "指標", "名称", "指標名"),
    Column("indicator.unit", "単位"),
    Column("targets", "目標値"),
    Column("actuals", "実績", "実績値"),
)
TITLE = r"(?P<year>.{1,14}年度)実施計画事業一覧"
FORM = Form(
    title=TITLE,
    slug="projects",
    municipality=TOWN,
    level="事業",
    columns=COLUMNS,
    groups=(Group("柱", r"第(?P<code>\d+)の柱\s*(?P<title>.+)"),),
)


@frozen
class Project:
    title: str
    mark: str
    owners: tuple[str, ...]
    cost: int | None
    start: int | None
    description: str
    indicator: str
    targets: tuple[str, ...]
    actuals: tuple[str, ...]


@frozen
class Look:
    """How a town prints its list."""

    html: bool
    order: tuple[str, ...]
    two_rows: bool
    pillars: bool
    filled: bool
    """Whether the group stands in each row."""
    merged: bool
    """Whether it is one cell over its rows, where the file knows such cells."""
    note: bool
    """Whether the unit stands above the table, not in its header."""
    strange: bool
    broken: frozenset[int]
    repeated: bool
    """Whether the header is printed anew behind a break."""
    sums: bool


def words(alphabet: str, least: int, most: int) -> st.SearchStrategy[str]:
    return st.text(alphabet=alphabet, min_size=least, max_size=most)


VALUES = ("", "18", "1,200", "80%", "20以上", "－", "未定", "方針の策定")
KEYS = ("code", "title", "owners", "cost", "start", "description", "indicator", "unit")

projects = st.builds(
    Project,
    title=st.builds("{}事業".format, words("窓口相談案内道路公園子育て", 2, 10)),
    mark=st.sampled_from(["", "", "【新規】", "【廃止】"]),
    owners=st.lists(
        st.builds("{}課".format, words("企画総務福祉税", 2, 4)), min_size=1, max_size=3, unique=True
    ).map(tuple),
    cost=st.none() | st.integers(0, 99_999_999),
    start=st.sampled_from([None, *YEARS]),
    description=st.builds("{}を進める。".format, words("窓口の相談を案内", 1, 30)),
    indicator=st.builds("{}数".format, words("参加利用登録", 1, 8)),
    targets=st.tuples(*[st.sampled_from(VALUES)] * 2),
    actuals=st.tuples(st.sampled_from(VALUES)),
)
lists = st.lists(
    st.tuples(
        st.builds("{}の充実".format, words("安全健康教育", 2, 8)),
        st.lists(projects, min_size=1, max_size=4),
    ),
    min_size=1,
    max_size=3,
    unique_by=lambda group: group[0],
)
looks = st.builds(
    Look,
    html=st.booleans(),
    order=st.permutations(("group", *KEYS, "targets", "actuals")).map(tuple),
    two_rows=st.booleans(),
    pillars=st.booleans(),
    filled=st.booleans(),
    merged=st.booleans(),
    note=st.booleans(),
    strange=st.booleans(),
    broken=st.frozensets(st.integers(1, 9), max_size=3),
    repeated=st.booleans(),
    sums=st.booleans(),
)

Printed = list[tuple[str, int, int]]
"""A row as it is printed: texts with their colspan and rowspan."""


def heads(look: Look) -> list[Printed]:
    named = {
        "group": "施策名",
        "code": "Ｎｏ．",
        "title": "事業\n名称" if look.html else "事 業 名",
        "owners": "担当課",
        "cost": "当初予算額" if look.note else "令和6年度\u3000当初予算額（千円）",
        "start": "開始年度",
        "description": "概　要",
        "indicator": "指標※1",
        "unit": "単位",
    }
    upper: Printed = []
    lower: Printed = []
    for name in look.order:
        years = {"targets": ["令和6年度", "Ｒ７"], "actuals": ["R5"]}.get(name)
        word = {"targets": "目標値", "actuals": "実績"}.get(name, "")
        if years is None:
            upper.append((named[name], 1, 2 if look.two_rows else 1))
            lower.append(("", 0, 0))
        elif look.two_rows:
            upper.append((word, len(years), 1))
            lower += [(year, 1, 1) for year in years]
        else:
            upper += [(f"{year}{word}", 1, 1) for year in years]
    if look.strange:
        upper.append(("備考", 1, 2 if look.two_rows else 1))
        lower.append(("", 0, 0))
    return [upper, lower] if look.two_rows else [upper]


def cells(look: Look, number: int, group: str, project: Project, height: int) -> Printed:
    named = {
        "code": str(number),
        "title": project.title + project.mark,
        "owners": "・".join(project.owners),
        "cost": "" if project.cost is None else f"{project.cost:,}",
        "start": YEARS[project.start] if project.start else "",
        "description": project.description,
        "indicator": project.indicator,
        "unit": "件",
    }
    row: Printed = []
    for name in look.order:
        if name == "group":
            row.append((group, 1, height))
        elif name in named:
            row.append((named[name], 1, 1))
        else:
            row += [(text, 1, 1) for text in getattr(project, name)]
    if look.strange:
        row.append(("継続中", 1, 1))
    return row


def sums(look: Look, word: str, amount: int) -> Printed:
    row: Printed = []
    for name in look.order:
        wide = 2 if name == "targets" else 1
        row += [(f"{amount:,}" if name == "cost" else "", 1, 1)] * wide
    first = 1 if look.order[0] == "cost" else 0
    row[first] = (word, 1, 1)
    return [*row, ("", 1, 1)] if look.strange else row


def amounts(members: list[Project]) -> int:
    return sum(project.cost or 0 for project in members)


def tables(groups: list[tuple[str, list[Project]]], look: Look) -> list[str | list[Printed]]:
    """Lines of text and tables, in their order."""
    title = "令和６年度　実施計画事業一覧"
    parts: list[str | list[Printed]] = [title]
    if look.note:
        parts.append("（単位：千円）")
    table = [*heads(look)]
    parts.append(table)
    number = 0
    # Where what holds a word of sums before its figure is not the first cell, none is known.
    told = look.sums and look.order[0] != "cost"
    for place, (group, members) in enumerate(groups, 1):
        if look.pillars:
            table = [*heads(look)]
            parts += [f"第{place}の柱　{group}の柱", table]
        merged = look.html and look.merged and not look.broken
        for index, project in enumerate(members):
            number += 1
            if number in look.broken:
                table = [*heads(look)] if look.repeated else []
                parts += [f"- {number} -", table]
            height = len(members) if merged and not index else 0 if merged else 1
            shown = group if look.filled or not index or height else ""
            table.append(cells(look, number, shown, project, height))
        if told:
            table.append(sums(look, "小計", amounts(members)))
    if told and not look.pillars:
        table.append(sums(look, "合計", sum(amounts(members) for _, members in groups)))
    return parts


def as_html(parts: list[str | list[Printed]]) -> bytes:
    lines = []
    for part in parts:
        if isinstance(part, str):
            lines.append(f"<p>{escape(part)}</p>")
            continue
        lines.append("<table>")
        for row in part:
            told = "".join(
                f'<td colspan="{wide}" rowspan="{high}">{escape(text)}</td>'
                for text, wide, high in row
                if wide and high
            )
            lines.append(f"<tr>{told}</tr>")
        lines.append("</table>")
    return f"<html><body>{''.join(lines)}</body></html>".encode()


def as_text(parts: list[str | list[Printed]]) -> bytes:
    lines = []
    for part in parts:
        if isinstance(part, str):
            lines += ["", part, ""]
            continue
        for row in part:
            told = [piece for text, wide, _ in row for piece in (text, *[""] * (wide - 1))]
            lines.append("\t".join(told))
    return "\n".join(lines).encode()


def publish(groups: list[tuple[str, list[Project]]], look: Look) -> Publication:
    parts = tables(groups, look)
    if look.html:
        return read_source(Source("list.html", as_html(parts)))
    return read_source(Source("list.txt", as_text(parts)))


def read(text: str, form: Form = FORM) -> Plan:
    (plan,) = TableAdapter(form).read(read_source(Source("list.txt", text.encode()))).plans
    return plan


def value(text: str, year: int) -> Observation:
    said = {
        "18": {"value": Decimal(18)},
        "1,200": {"value": Decimal(1200)},
        "80%": {"value": Decimal(80), "unit": "%"},
        "20以上": {"value": Decimal(20), "comparator": Comparator.AT_LEAST},
        "－": {"state": State.NOT_APPLICABLE},
        "未定": {"state": State.UNDETERMINED},
        "方針の策定": {"state": State.QUALITATIVE},
    }[text]
    return Observation(year=year, text=text, **said)  # type: ignore[arg-type]  # as above


def without_places(seen: tuple[Observation, ...]) -> list[Observation]:
    return [evolve(one, source="") for one in seen]


def check(read: Measure, project: Project, number: int, look: Look) -> None:
    status = {"【新規】": Status.ADDED, "【廃止】": Status.ABOLISHED}.get(project.mark)
    assert (read.code, read.title, read.status) == (str(number), project.title, status)
    assert read.level == "事業"
    assert tuple(owner.name for owner in read.owners) == project.owners
    assert (read.start, read.description) == (project.start, project.description)
    told = [] if project.cost is None else [project.cost * 1000]
    assert [cost.amount for cost in read.costs] == told
    assert {cost.year for cost in read.costs} <= {None if look.note else 2024}
    (indicator,) = read.indicators
    assert (indicator.title, indicator.unit) == (project.indicator, "件")
    for seen, printed, years in (
        (indicator.targets, project.targets, (2024, 2025)),
        (indicator.actuals, project.actuals, (2023,)),
    ):
        expected = [value(text, year) for text, year in zip(printed, years, strict=True) if text]
        assert without_places(seen) == expected
    assert dict(read.labels) == ({"備考": "継続中"} if look.strange else {})


@examples(400)
@given(lists, looks)
def test_any_look_of_a_form_is_read_exactly(
    groups: list[tuple[str, list[Project]]], look: Look
) -> None:
    publication = publish(groups, look)
    adapter = TableAdapter(FORM)
    assert adapter.recognise(publication).score == 0.9
    reading = adapter.read(publication)
    (plan,) = reading.plans
    assert plan.edition
    assert (plan.edition.year, plan.title) == (2024, "令和６年度 実施計画事業一覧")
    goals = [goal.goals[0] for goal in plan.goals] if look.pillars else list(plan.goals)
    assert [goal.title for goal in goals] == [group for group, _ in groups]
    number = 0
    for goal, (_, members) in zip(goals, groups, strict=True):
        assert goal.level == "施策"
        assert len(goal.measures) == len(members)
        for told, project in zip(goal.measures, members, strict=True):
            number += 1
            check(told, project, number, look)
    assert {finding.code for finding in reading.findings} == ({"MX929"} if look.strange else set())
    coverage = measure(publication, reading.plans, reading.leftovers)
    assert coverage.unread_places == ()
    if look.sums and look.order[0] != "cost":
        for goal, (_, members) in zip(goals, groups, strict=True):
            (cost,) = goal.costs
            assert (cost.amount, cost.total) == (amounts(members) * 1000, True)


@examples(300)
@given(lists, looks, st.data())
def test_a_damaged_table_raises_nothing(
    groups: list[tuple[str, list[Project]]], look: Look, data: st.DataObject
) -> None:
    printed = (as_html if look.html else as_text)(tables(groups, look)).decode()
    for _ in range(data.draw(st.integers(1, 6))):
        start = data.draw(st.integers(0, len(printed)))
        end = min(len(printed), start + data.draw(st.integers(0, 40)))
        inserted = data.draw(st.text("\t\n令和6年度合計1-,千円【】<td>", max_size=8))
        printed = printed[:start] + inserted + printed[end:]
    name = "list.html" if look.html else "list.txt"
    publication = read_source(Source(name, printed.encode()))
    adapter = TableAdapter(FORM)
    assert 0 <= adapter.recognise(publication).score <= 0.9
    reading = adapter.read(publication)
    measure(publication, reading.plans, reading.leftovers)
