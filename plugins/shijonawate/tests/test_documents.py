"""The samples and the city's own document: golden files, and what must hold of each reading.

``MUNIDX_GOLDEN=write pytest plugins/shijonawate`` writes the golden files anew.
"""

import functools
import random
import unicodedata
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import attrs
import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from munidx.adapters import Coverage, PassReason, Reading
from munidx.adapters.coverage import measure
from munidx.document import Source
from munidx.findings import Severity
from munidx.formats import toml
from munidx.model import Comparator, FiscalYear, Measure, Period, Plan, State, Status, walk
from munidx.readers import read_source
from munidx.testing.golden import compare_golden, redact
from munidx.testing.profiles import examples
from munidx_shijonawate.adapter import ShijonawateAdapter, munidx_adapter

_SAMPLES = Path(__file__).parent / "samples"
_GOLDEN = Path(__file__).parent / "golden"
_DOCUMENT = Path(__file__).parents[4] / "shared/documents/002_b0cf7e77f308af39.txt"
_needs_document = pytest.mark.skipif(
    not _DOCUMENT.exists(), reason="the city's document lies outside the project"
)


def read(name: str, data: bytes) -> tuple[Reading, Coverage]:
    publication = read_source(Source(name, data))
    reading = ShijonawateAdapter().read(publication)
    return reading, measure(publication, reading.plans, reading.leftovers)


def only(reading: Reading) -> Plan:
    (plan,) = reading.plans
    return plan


def compare(golden: str, plan: Plan) -> None:
    compare_golden(_GOLDEN / golden, toml.dumps(plan))


@pytest.mark.parametrize("name", ["edition-r7.txt", "edition-r7.html"])
def test_of_a_sample_all_is_read(name: str) -> None:
    reading, coverage = read(name, (_SAMPLES / name).read_bytes())
    assert coverage.unread == 0
    assert {finding.code for finding in reading.findings} == {"MX978"}


def without_places(thing: Any) -> Any:  # noqa: ANN401 - any part of a plan
    """A part of a plan without what differs between two forms of one page."""
    changes: dict[str, object] = {}
    for attribute in attrs.fields(type(thing)):
        value = getattr(thing, attribute.name)
        if attribute.name == "source":
            changes["source"] = ""
        elif attribute.name == "documents":
            changes["documents"] = ()
        elif isinstance(value, tuple):
            changes[attribute.name] = tuple(
                without_places(part) if attrs.has(type(part)) else part for part in value
            )
        elif attrs.has(type(value)):
            changes[attribute.name] = without_places(value)
    return evolve(thing, **changes)


def test_both_forms_of_a_page_are_one_plan() -> None:
    text = only(read("a.txt", (_SAMPLES / "edition-r7.txt").read_bytes())[0])
    page = only(read("a.html", (_SAMPLES / "edition-r7.html").read_bytes())[0])
    assert without_places(text) == without_places(page)


def test_the_plan_is_recognised_by_its_words_and_others_are_not() -> None:
    adapter = munidx_adapter()
    ours = read_source(Source("x", (_SAMPLES / "edition-r7.txt").read_bytes()))
    other = read_source(Source("002.txt", "四條畷市 子ども計画\n基本目標(1) 見本".encode()))
    assert adapter.recognise(ours).score == 1
    assert adapter.recognise(other).score < 0.5
    assert adapter.read(other).plans != ()


def test_a_page_without_goals_is_no_plan() -> None:
    reading, coverage = read("x.txt", "四條畷市DX推進計画\n\n計画の対象期間\n\n未定".encode())
    assert reading.plans == ()
    assert coverage.unread > 0


def test_an_unknown_column_of_a_page_is_left_over() -> None:
    page = (_SAMPLES / "edition-r7.html").read_text(encoding="utf-8")
    page = page.replace("<th>事業主担課</th>", "<th>予算額</th><th>事業主担課</th>", 1)
    page = page.replace("80%以上</td>", "80%以上</td><td>5,000千円</td>", 1)
    page = page.replace("として構築する</td>", "として構築する</td><td>7,000千円</td>", 1)
    page = page.replace("予約率 60%</td>", "予約率 60%</td><td></td>", 1)
    reading, coverage = read("x.html", page.encode())
    plain = only(read("x.html", (_SAMPLES / "edition-r7.html").read_bytes())[0])
    assert without_places(only(reading)) == without_places(plain)
    assert [leftover.text for leftover in coverage.unread_places] == [
        "予算額",
        "5,000千円",
        "7,000千円",
    ]
    assert "MX971" in {finding.code for finding in reading.findings}


@pytest.fixture(scope="module")
def document() -> Reading:
    return read(_DOCUMENT.name, _DOCUMENT.read_bytes())[0]


@_needs_document
def test_the_document_reads_as_its_golden_file_says(document: Reading) -> None:
    compare("002.toml", redact(only(document)))


@_needs_document
def test_nothing_of_the_document_is_unread() -> None:
    reading, coverage = read(_DOCUMENT.name, _DOCUMENT.read_bytes())
    assert coverage.unread == 0
    assert set(coverage.passed) == {
        PassReason.NAVIGATION,
        PassReason.REPEAT,
        PassReason.TABLE_HEADER,
        PassReason.BOILERPLATE,
    }
    assert all(finding.severity is Severity.INFO for finding in reading.findings)


@_needs_document
def test_the_document_holds_25_projects_in_8_groups(document: Reading) -> None:
    plan = only(document)
    groups = [group for goal in plan.goals for group in goal.goals]
    assert [len(group.measures) for group in groups] == [3, 3, 3, 4, 3, 4, 4, 1]
    assert plan.period == Period(start=2023, end=2027)
    assert plan.edition is not None
    assert (plan.edition.year, plan.edition.label) == (FiscalYear(2024), "(令和6年度)更新")
    measures = {measure.title: measure for group in groups for measure in group.measures}
    ended = measures["なわてFMシステムの実装"]
    assert (ended.status, ended.indicators, ended.owners) == (Status.ABOLISHED, (), ())
    assert measures["自動採点ソフトの導入による働き方改革事業"].status is Status.ADDED
    targets = [
        target
        for measure in measures.values()
        for indicator in measure.indicators
        for target in indicator.targets
    ]
    assert sum(target.state is State.UNDETERMINED for target in targets) == 2
    assert sum(target.comparator is Comparator.AT_LEAST for target in targets) == 5
    assert sorted(int(target.year) for target in targets if target.year) == [2025, 2026]
    assert [target.fraction for target in targets if target.fraction] == [Fraction(1, 3)]
    values = [target.value for target in targets if target.value is not None]
    assert sorted(values) == sorted(
        Decimal(value)
        for value in (
            *("80", "80", "4.2", "80", "75", "400", "40", "82", "50", "95"),
            *("80", "80", "80", "60", "30", "80", "100", "600", "80"),
        )
    )
    assert [owner.name for owner in measures["旅券の電子申請"].owners] == ["市民課"]
    assert [owner.path for owner in measures["旅券の電子申請"].owners] == [("市民生活部",)]


def strings(thing: object) -> Iterator[str]:
    """Every published text of a plan's part; what the model itself names is left aside."""
    for attribute in attrs.fields(type(thing)):  # type: ignore[arg-type]
        value = getattr(thing, attribute.name)
        if attribute.name in {"id", "kind", "municipality", "documents", "source", "inferred"}:
            continue
        for part in value if isinstance(value, tuple) else [value]:
            if attrs.has(type(part)):
                yield from strings(part)
            elif type(part) is str and attribute.name not in {"start", "end", "date"}:
                yield part
        if attribute.name == "labels":
            yield from value.values()


@_needs_document
def test_each_text_of_the_plan_stands_in_the_document(document: Reading) -> None:
    def plain(text: str) -> str:
        return "".join(unicodedata.normalize("NFC", text).split())

    published = plain(_DOCUMENT.read_text(encoding="utf-8"))
    told = [text for text in strings(only(document)) if text]
    assert len(told) > 200
    assert [text for text in told if plain(text) not in published] == []


def statements(reading: Reading) -> set[tuple[str, str]]:
    return {
        (item.node.title, "".join(indicator.statement.split()))
        for plan in reading.plans
        for item in walk(plan)
        if isinstance(item.node, Measure)
        for indicator in item.node.indicators
    }


@functools.cache
def whole(base: Path) -> set[tuple[str, str]]:
    return statements(read("x.txt", base.read_bytes())[0])


def mutate(text: str, kind: str, seed: int) -> str:
    rng = random.Random(seed)  # noqa: S311 - drawn by hypothesis
    lines = text.split("\n")
    first = rng.randrange(len(lines))
    last = min(len(lines), first + rng.randint(2, 40))
    if kind == "truncated":
        return text[: rng.randint(1, len(text))]  # an empty file is the reader's to refuse
    if kind == "doubled line":
        return "\n".join(lines[: first + 1] + lines[first:])
    if kind == "doubled part":
        return "\n".join(lines[:last] + lines[first:])
    part = lines[first:last] if kind == "shuffled part" else lines[:]
    rng.shuffle(part)
    return (
        "\n".join(lines[:first] + part + lines[last:])
        if kind == "shuffled part"
        else "\n".join(part)
    )


_BASES = [_SAMPLES / "edition-r7.txt", *([_DOCUMENT] if _DOCUMENT.exists() else [])]


@examples(2000)
@given(
    st.sampled_from(_BASES),
    st.sampled_from(["truncated", "doubled line", "doubled part", "shuffled part", "shuffled"]),
    st.integers(0, 2**32),
)
def test_a_damaged_copy_gives_no_wrong_figure_without_a_finding(
    base: Path, kind: str, seed: int
) -> None:
    text = base.read_text(encoding="utf-8")
    reading, coverage = read("x.txt", mutate(text, kind, seed).encode())
    wrong = statements(reading) - whole(base)
    told = [finding for finding in reading.findings if finding.severity is not Severity.INFO]
    assert not wrong or told or coverage.unread
