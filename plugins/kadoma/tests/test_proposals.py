"""The list of project proposals, read from samples, variants and damaged copies.

``MUNIDX_GOLDEN=write pytest plugins/kadoma`` writes the golden files anew.
"""

import functools
import pathlib
import re
import unicodedata
from collections.abc import Callable

import pytest
from attrs import evolve, frozen
from hypothesis import given
from hypothesis import strategies as st

import munidx
from munidx import Finding, Measure, Plan, Reading, Source
from munidx.adapters.host import Host
from munidx.diff import diff
from munidx.diff.changes import Kind
from munidx.formats import toml
from munidx.model import Time
from munidx.testing.golden import compare_golden, redact
from munidx.testing.profiles import examples

HERE = pathlib.Path(__file__).parent
SHARED = HERE.parents[2].parent / "shared" / "documents"
ERAS = {2018: "H30", 2019: "R元", 2021: "R 3", 2022: "R 4", 2024: "R6", 2025: "Ｒ７", 2026: "R 8"}


@functools.cache
def host() -> Host:
    """One host for all: what is installed is looked up once."""
    return Host()


def read(text: str) -> Reading:
    return munidx.read(Source("list.txt", text.encode()), adapter="kadoma", host=host())


def codes(findings: tuple[Finding, ...]) -> list[str]:
    return [finding.code for finding in findings]


@frozen
class Row:
    """What a row of the table says, before it is printed."""

    title: str
    owners: tuple[str, ...]
    kind: str
    start: int | None
    description: str


def words(alphabet: str, least: int, most: int) -> st.SearchStrategy[str]:
    return st.text(alphabet=alphabet, min_size=least, max_size=most)


rows = st.builds(
    Row,
    title=st.builds(
        "{}{}事業".format,
        words("窓口相談案内道路公園子育てICTSNS第2期", 2, 12),
        st.sampled_from(["", "推進", "（第2期）", "(R6運用)", "・更新"]),
    ),
    owners=st.lists(
        st.builds("{}課".format, words("企画総務魅力発信税福祉ICT", 2, 6)),
        min_size=1,
        max_size=3,
        unique=True,
    ).map(tuple),
    kind=st.sampled_from(["新規", "ローリング", "継続", "拡充"]),
    start=st.sampled_from([None, *ERAS]),
    description=st.builds(
        "{}。{}を進める。".format,
        words("令和8年度に約3割の手続を見直す、（ア）80%以上 ", 1, 60).map(str.strip),
        words("窓口相談案内", 1, 20),
    ),
)

HEADS = {
    "code": "番号",
    "title": "事業名",
    "owners": "所属名",
    "class": "種別",
    "start": "事業開始年度",
    "description": "事業概要",
}


def printed(
    table: list[Row],
    *,
    year: str,
    order: list[str],
    breaks: frozenset[int],
    separator: str,
    wide: bool,
    stranger: int | None,
    without: frozenset[str],
    again: bool,
) -> str:
    """The list as a city would publish it, in one of its looks."""
    heads = [HEADS[name] for name in order]
    if stranger is not None:
        heads.insert(stranger, "備考")
    lines = [
        "",
        f"{year}事業提案一覧表",
        "",
        "" if "section" in without else "【提案事業】",
        "",
        "" if "bureau" in without else "企画財政部",
        "",
        "\t".join(heads),
    ]
    for number, row in enumerate(table, start=1):
        code = str(number)
        cells = {
            "code": "".join(chr(ord(c) + 0xFEE0) for c in code) if wide else code,
            "title": row.title,
            "owners": separator.join(row.owners),
            "class": row.kind,
            "start": ERAS[row.start] if row.start else "",
            "description": row.description,
        }
        told = [cells[name] for name in order]
        if stranger is not None:
            told.insert(stranger, f"欄外{number}")
        if number in breaks:
            lines += ["", f"- {number} -", "\f", *(["\t".join(heads)] if again else [])]
        lines.append("\t".join(told))
    return "\n".join(lines) + "\n"


def facts(measure: Measure) -> tuple[object, ...]:
    return (
        measure.code,
        measure.title,
        tuple(owner.name for owner in measure.owners),
        measure.labels["種別"],
        measure.start,
        measure.description,
    )


looks = st.fixed_dictionaries(
    {
        "year": st.sampled_from(["令和6年度", "令和７年度", "令和10年度", "2027年度"]),
        # A year before the number may hold the number's digit: that is looked for first.
        "order": st.permutations(list(HEADS)).filter(
            lambda order: order.index("code") < order.index("start")
        ),
        "breaks": st.frozensets(st.integers(1, 12), max_size=3),
        "separator": st.sampled_from([" /", "/", "／", "、", " / "]),
        "wide": st.booleans(),
        "stranger": st.none() | st.integers(0, 6),
        "without": st.frozensets(st.sampled_from(["section", "bureau"])),
        "again": st.booleans(),
    }
)


@examples(200)
@given(st.lists(rows, min_size=1, max_size=12), looks)
def test_every_variant_of_the_form_is_read_back(table: list[Row], look: dict[str, object]) -> None:
    print_list: Callable[..., str] = printed
    text = print_list(table, **look)
    reading = read(text)
    plan = reading.plans[0]
    expected = [
        (
            unicodedata.normalize("NFKC", str(number)),
            row.title,
            row.owners,
            row.kind,
            row.start,
            # White space is what a line break left, but for that between Latin words and figures.
            re.sub(r"(?<![A-Za-z0-9])\s+|\s+(?![A-Za-z0-9])", "", row.description),
        )
        for number, row in enumerate(table, start=1)
    ]
    assert [facts(measure) for measure in plan.measures] == expected
    if look["stranger"] is None:
        assert reading.coverage.unread == 0
        assert not reading.findings
    else:
        # The strange column is left over, cell by cell, and has shifted nothing.
        headers = text.count("備考")
        assert len(reading.coverage.unread_places) == len(table) + headers
        assert set(codes(reading.findings)) == {"MX901", "MX929"}


def test_the_year_bureau_and_section_stand_in_the_plan() -> None:
    plan = read((HERE / "samples" / "proposals.txt").read_text(encoding="utf-8")).plans[0]
    assert plan.kind == "project_list"
    assert plan.edition is not None
    assert (plan.edition.year, plan.edition.label) == (2025, "令和7年度")
    assert [owner.name for owner in plan.owners] == ["企画財政部", "総務部"]
    assert [measure.labels["提案区分"] for measure in plan.measures] == ["提案事業"] * 3 + [
        "継続事業"
    ]
    assert [measure.owners[0].path for measure in plan.measures][2:] == [
        ("企画財政部",),
        ("総務部",),
    ]


def test_line_break_spaces_leave_titles_and_owners() -> None:
    plan = read((HERE / "samples" / "proposals.txt").read_text(encoding="utf-8")).plans[0]
    second = plan.measures[1]
    assert second.title == "公共施設予約システム更新事業(第2期)"
    assert [owner.name for owner in second.owners] == ["ICT推進課", "生涯学習課"]


def test_a_blank_year_is_absent_and_gannen_is_the_first() -> None:
    plan = read((HERE / "samples" / "proposals.txt").read_text(encoding="utf-8")).plans[0]
    assert [measure.start for measure in plan.measures] == [2024, 2025, 2019, None]


HEAD = (
    "令和6年度事業提案一覧表\n\n【提案事業】\n\n企画財政部\n\n" + "\t".join(HEADS.values()) + "\n"
)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        pytest.param("1\t甲事業\t企画課\t新規\tまだ\t進める。\n", ["MX921"], id="year"),
        pytest.param(
            "1\t甲事業\t企画課\t新規\tR6\t進める。\n3\t乙事業\t企画課\t新規\tR6\t始める。\n",
            ["MX922"],
            id="gap",
        ),
        pytest.param(
            "1\t甲事業\t企画課\t新規\tR6\t市の道\n\t\t\t\t\tを直す。\n", ["MX923"], id="cut row"
        ),
        pytest.param("1\t甲事業\t企画課\t新規\tR6\t市の道\n\nを直す。\n", ["MX923"], id="cut line"),
        pytest.param(
            "合計\t甲事業\t企画課\t新規\tR6\t進める。\n",
            ["MX920", "MX930", "MX901"],
            id="no number",
        ),
        pytest.param(
            "1\t甲事業\t企画課\t新規\tR6\t進める。\n\n見出しのない文\n", ["MX901"], id="stray line"
        ),
    ],
)
def test_what_is_odd_is_said(body: str, expected: list[str]) -> None:
    assert sorted(set(codes(read(HEAD + body).findings))) == sorted(expected)


def test_a_year_that_is_none_is_kept_as_it_stands() -> None:
    (measure,) = read(HEAD + "1\t甲事業\t企画課\t新規\tまだ\t進める。\n").plans[0].measures
    assert measure.start is None
    assert measure.labels["事業開始年度"] == "まだ"


def test_a_cut_description_is_joined() -> None:
    plan = read(HEAD + "1\t甲事業\t企画課\t新規\tR6\t市の道\n\nを直す。\n").plans[0]
    assert plan.measures[0].description == "市の道を直す。"


def test_a_bureau_is_no_rest_of_a_description_without_a_full_stop() -> None:
    header = HEAD.splitlines()[-1]
    body = "1\t甲事業\t企画課\t新規\tR6\t市の道の改修\n\n総務部\n\n"
    plan = read(HEAD + body + header + "\n2\t乙事業\t総務課\t新規\tR6\t見本\n").plans[0]
    assert [measure.description for measure in plan.measures] == ["市の道の改修", "見本"]
    assert plan.measures[1].owners[0].path == ("総務部",)


def _mutated(lines: list[str], how: str, first: int, second: int) -> list[str]:
    low, high = sorted((first % (len(lines) + 1), second % (len(lines) + 1)))
    if how == "truncated":
        return lines[:high]
    if how == "doubled":
        return lines[:high] + lines[low:high] + lines[high:]
    if how == "removed":
        return lines[:low] + lines[high:]
    return lines[:low] + lines[low:high][::-1] + lines[high:]


SAMPLE = (HERE / "samples" / "proposals.txt").read_text(encoding="utf-8")


@functools.cache
def of_the_sample() -> set[tuple[str, str, Time | None]]:
    return {(m.code, m.title, m.start) for m in read(SAMPLE).plans[0].measures}


@examples(2000)
@given(
    st.sampled_from(["truncated", "doubled", "removed", "shuffled"]),
    st.integers(0, 200),
    st.integers(0, 200),
    st.booleans(),
)
def test_a_damaged_copy_gives_no_wrong_figure(
    how: str, first: int, second: int, fine: bool
) -> None:
    lines = list(SAMPLE) if fine else SAMPLE.splitlines(keepends=True)
    scale = 3 if fine else 1
    text = "".join(_mutated(lines, how, first * scale, second * scale))
    try:
        reading = read(text)
    except munidx.MunidxError:
        return
    published = of_the_sample()
    found = [(m.code, m.title, m.start) for plan in reading.plans for m in plan.measures]
    strange = [one for one in found if one not in published]
    if fine:  # two rows cut and joined within a cell make a sound row: its figures stay theirs
        figures = {(what, one[what]) for one in published for what in (0, 2)}
        strange = [one for one in strange if not {(0, one[0]), (2, one[2])} <= figures]
    # A list that ends after a row, or lacks whole rows at its end, is a sound shorter list.
    lost = [one for one in published if one not in found and one[1] in text and not fine]
    if strange or lost or len(set(found)) != len(found):
        assert reading.findings or munidx.validate(reading.plans[0]), text


_DOCUMENT = next(iter(SHARED.glob("000_*.txt")), None)
_needs_document = pytest.mark.skipif(_DOCUMENT is None, reason="the city's document is absent")


def _published() -> str:
    assert _DOCUMENT is not None
    return _DOCUMENT.read_text(encoding="utf-8")


def _compare(golden: str, plan: Plan) -> None:
    compare_golden(HERE / "golden" / golden, toml.dumps(evolve(plan, documents=())))


@_needs_document
def test_the_published_list() -> None:
    reading = read(_published())
    plan: Plan = reading.plans[0]
    assert reading.coverage.unread == 0
    assert not reading.findings
    assert len(plan.measures) == 14
    assert plan.measures[9].title == "公式LINEアカウント情報配信サービス事業"
    assert [m.start for m in plan.measures if m.labels["種別"] == "新規"] == [2024] * 7
    assert sum(measure.start == 2022 for measure in plan.measures) == 3
    _compare("000.toml", redact(plan))


@_needs_document
def test_each_text_stands_in_the_published_list() -> None:
    def plain(text: str) -> str:
        return "".join(text.split())

    published = plain(_published())
    plan = read(_published()).plans[0]
    told = [plan.title, *plan.labels.values(), *(owner.name for owner in plan.owners)]
    for measure in plan.measures:
        told += [measure.code, measure.title, measure.description, measure.labels["種別"]]
        told += [name for owner in measure.owners for name in (owner.name, *owner.path)]
        told.append(f"R{int(str(measure.start)) - 2018}")
    assert len(told) > 80
    assert [text for text in told if plain(text) not in published] == []


_EDITS = [
    ("ICT推進課 /魅力発信課", "ICT推進課", Kind.OWNER_CHANGED),
    ("企画課\t新規\tR 6\t地域課題", "企画課\t新規\tR 7\t地域課題", Kind.SCHEDULE_CHANGED),
    ("生成AI利活用事業", "生成AI活用推進事業", Kind.RETITLED),
    ("企画課\tローリング\tR 5\t市制", "企画課\t新規\tR 5\t市制", Kind.LABEL_CHANGED),
    ("\n14\t財務", "\n15\t財務", Kind.RENUMBERED),
]


@_needs_document
@pytest.mark.parametrize(("old", "new", "kind"), _EDITS)
def test_an_edit_is_one_change(old: str, new: str, kind: Kind) -> None:
    text = _published()
    assert text.count(old) == 1
    (change,) = diff(read(text).plans[0], read(text.replace(old, new)).plans[0]).changes
    assert change.kind is kind
    assert change.old_source
    assert change.new_source


@_needs_document
def test_a_removed_row_is_one_change() -> None:
    lines = _published().splitlines(keepends=True)
    shorter = "".join(line for line in lines if not line.startswith("13\t"))
    (change,) = diff(read("".join(lines)).plans[0], read(shorter).plans[0]).changes
    assert change.kind is Kind.REMOVED
    assert change.title == "生成AI利活用事業"
    assert "MX922" in codes(read(shorter).findings)
