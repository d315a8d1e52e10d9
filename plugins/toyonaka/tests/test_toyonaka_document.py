"""The sample and the city's own document: golden files, and what must hold of each reading.

``MUNIDX_GOLDEN=write pytest plugins/toyonaka`` writes the golden files anew.
"""

import functools
import random
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import attrs
import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

import munidx
from munidx.adapters import PassReason, Reading
from munidx.adapters.coverage import measure
from munidx.diff import Kind
from munidx.diff.patch import patch
from munidx.document import Source
from munidx.errors import SourceError
from munidx.findings import Severity
from munidx.formats import toml
from munidx.model import FiscalYear, Goal, Indicator, Measure, Period, Plan, Reference, walk
from munidx.readers import read_source
from munidx.testing.golden import compare_golden, redact
from munidx.testing.profiles import examples
from munidx_toyonaka.adapter import Toyonaka, munidx_adapter

_SAMPLE = Path(__file__).parent / "samples/bureau-r7.txt"
_GOLDEN = Path(__file__).parent / "golden"
_DOCUMENT = Path(__file__).parents[4] / "shared/documents/004_1fc5cd8b1eb21d6f.txt"
_needs_document = pytest.mark.skipif(
    not _DOCUMENT.exists(), reason="the city's document lies outside the project"
)
_LONGEST_NAME = 32


def read(text: str, name: str = "sheet.txt") -> Reading:
    return Toyonaka().read(read_source(Source(name, text.encode())))


def unread(text: str) -> list[str]:
    publication = read_source(Source("sheet.txt", text.encode()))
    reading = Toyonaka().read(publication)
    coverage = measure(publication, reading.plans, reading.leftovers)
    return [leftover.text for leftover in coverage.unread_places]


def only(reading: Reading) -> Plan:
    (plan,) = reading.plans
    return plan


def told(reading: Reading) -> list[str]:
    return [f.code for f in reading.findings if f.severity is not Severity.INFO]


def without_sentences(goal: Goal) -> Goal:
    """The titles of points are sentences; in a golden file they count as prose."""
    title = goal.title
    if len(title) >= _LONGEST_NAME or title.endswith("。"):
        title = redact(Plan(mission=title)).mission
    return evolve(goal, title=title, goals=tuple(map(without_sentences, goal.goals)))


def compare(golden: str, plan: Plan) -> None:
    compare_golden(_GOLDEN / golden, toml.dumps(plan))


def of(plan: Plan, kind: type) -> list[Any]:
    return [item.node for item in walk(plan) if isinstance(item.node, kind)]


def references(plan: Plan) -> list[Reference]:
    return [reference for goal in of(plan, Goal) for reference in goal.references]


def test_of_the_sample_one_conflict_is_told() -> None:
    text = _SAMPLE.read_text(encoding="utf-8")
    reading = read(text, _SAMPLE.name)
    assert unread(text) == []
    assert told(reading) == ["MX926"]


def test_the_form_is_recognised_and_others_are_not() -> None:
    adapter = munidx_adapter()
    ours = read_source(Source("x", _SAMPLE.read_bytes()))
    other = read_source(
        Source("y", "見本市 子ども計画\n\n1. 目標\n\n中期目標は別に定める".encode())
    )
    assert adapter.recognise(ours).score == 1
    assert adapter.recognise(other).score < 0.5
    assert {f.params["section"] for f in adapter.read(other).findings if f.code == "MX930"} == {
        *("部局", "氏名", "部局の使命", "取り組み方針", "当年度目標", "中期目標", "年度"),
    }


@pytest.fixture(scope="module")
def document() -> Reading:
    return read(_DOCUMENT.read_text(encoding="utf-8"), _DOCUMENT.name)


@_needs_document
def test_the_document_reads_as_its_golden_file_says(document: Reading) -> None:
    plan = redact(only(document))
    compare("004.toml", evolve(plan, goals=tuple(map(without_sentences, plan.goals))))


@_needs_document
def test_nothing_of_the_document_is_unread() -> None:
    publication = read_source(Source(_DOCUMENT.name, _DOCUMENT.read_bytes()))
    reading = Toyonaka().read(publication)
    coverage = measure(publication, reading.plans, reading.leftovers)
    assert coverage.unread == 0
    assert set(coverage.passed) == {
        PassReason.REPEAT,
        PassReason.TABLE_HEADER,
        PassReason.BOILERPLATE,
    }
    (conflict,) = (finding for finding in reading.findings if finding.code == "MX926")
    assert (conflict.params["first"], conflict.params["second"]) == ("76%", "77%(R4)")
    assert Counter(f.code for f in reading.findings) == {"MX924": 4, "MX932": 1, "MX926": 1}


@_needs_document
def test_the_document_holds_ten_goals_and_their_references(document: Reading) -> None:
    plan = only(document)
    goals = [goal for parent in plan.goals for goal in parent.goals]
    assert [(goal.level, goal.code) for goal in goals] == [
        *(("当年度目標", str(number)) for number in range(1, 6)),
        *(("中期目標", str(number)) for number in range(1, 6)),
    ]
    assert Counter(reference.plan for reference in references(plan)) == {
        "総合計画": 16,
        "基本政策": 30,
    }
    assert [len(goal.goals) for goal in goals] == [2, 2, 3, 2, 3, 2, 2, 1, 1, 2]
    assert [goal.title for goal in goals if goal.labels] == ["デジタル・ガバメント戦略の推進"]
    assert plan.edition is not None
    assert (plan.edition.year, plan.edition.inferred) == (FiscalYear(2023), ("year",))
    assert [(owner.name, owner.person) for owner in plan.owners] == [("都市経営部", "籾床 和弘")]


@_needs_document
def test_figures_and_times_of_the_document_are_typed(document: Reading) -> None:
    plan = only(document)
    done = {node.statement: node for node in of(plan, Indicator)}
    figures = {
        text: [(str(actual.value), actual.unit) for actual in node.actuals]
        for text, node in done.items()
    }
    assert figures["経営戦略会議(3回)"] == [("3", "回")]
    assert figures["オープンデータ(98件(76増))"] == [("98", "件"), ("76", "")]
    assert figures["事務事業の見直し(財源創出額52百万円)"] == [("52", "百万円")]
    assert figures["広報満足度調査(1,733回答、満足度59%)"] == [("1733", "回答"), ("59", "%")]
    assert sum(len(node.actuals) for node in done.values()) == 52
    chain = done["基本政策：進捗度想定 77%(R4)→8割(R5~6)→100%(R7)"]
    assert chain.baseline is not None
    assert (chain.baseline.year, str(chain.baseline.value)) == (2022, "77")
    assert [(t.year, t.period, str(t.value), t.unit) for t in chain.targets] == [
        (None, Period(start=2023, end=2024), "8", "割"),
        (2025, None, "100", "%"),
    ]
    measures = {node.title: node for node in of(plan, Measure)}
    assert len(of(plan, Measure)) == 78
    shown = [(entry.start, entry.end) for entry in measures["地域課題解決支援事業"].schedule]
    assert shown == [("2023-06", "2023-10"), ("2023-11", "2023-11")]
    assert [entry.text for entry in measures["総合戦略"].schedule] == ["R9まで"]
    assert measures["防犯カメラ更新の検討"].labels == {"重点": "重点"}


def strings(thing: object) -> Iterator[str]:
    """Every published text of a plan's part; what is inferred or the model's own is left."""
    inferred = getattr(thing, "inferred", ())
    for attribute in attrs.fields(type(thing)):  # type: ignore[arg-type]
        name, value = attribute.name, getattr(thing, attribute.name)
        left = {"id", "kind", "municipality", "documents", "source", "inferred", *inferred}
        if name in left or name in {"start", "end", "date"}:
            continue
        for part in value if isinstance(value, tuple) else [value]:
            if attrs.has(type(part)):
                yield from strings(part)
            elif type(part) is str:
                yield part
            elif name == "value" and part is not None:
                yield re.sub(r"^-", "", str(part))
        if name == "labels":
            yield from value.values()


def stand_in(plan: Plan, text: str) -> list[str]:
    """The texts of ``plan`` that do not stand in ``text``, line by line."""

    def plain(words: str) -> str:
        words = re.sub(r"<[^<>]{0,400}>|(?<=\d),(?=\d)", "", words)
        return "".join(unicodedata.normalize("NFC", words).split())

    published = plain(text)
    lines = [line for words in strings(plan) for line in words.split("\n") if line]
    assert len(lines) > 60
    return [line for line in lines if plain(line) not in published]


@_needs_document
def test_each_text_of_the_plan_stands_in_the_document(document: Reading) -> None:
    assert stand_in(only(document), _DOCUMENT.read_text(encoding="utf-8")) == []


_EDITS = [
    ("総合計画審議会(3回、12月", "総合計画審議会(4回、12月", Kind.ACTUAL_CORRECTED),
    ("登録107団体", "登録111団体", Kind.ACTUAL_CORRECTED),
    ("ふれあいトーク(6回)", "ふれあいトーク(8回)", Kind.TARGET_RAISED),
    ("8割(R5~6)", "9割(R5~6)", Kind.TARGET_RAISED),
    ("政策評価の実施(8月)", "政策評価の実施(10月)", Kind.SCHEDULE_CHANGED),
    ("野田小跡地の活用(R8)", "野田小跡地の活用(R9)", Kind.SCHEDULE_CHANGED),
    ("・ホームページの点検強化・充実(通年) ", "", Kind.REMOVED),
    (
        "35	スマートシティの推進		61",
        "36	スマートシティの推進		61",
        Kind.REFERENCE_CHANGED,
    ),
    ("籾床 和弘", "見本 太郎", Kind.OWNER_CHANGED),
    ("検討(10月方針作成)【重点】", "検討(10月方針作成)", Kind.LABEL_CHANGED),
]


@_needs_document
@pytest.mark.parametrize(("old", "new", "kind"), _EDITS)
def test_the_diff_lists_exactly_the_edit(document: Reading, old: str, new: str, kind: Kind) -> None:
    text = _DOCUMENT.read_text(encoding="utf-8")
    assert text.count(old) == 1
    before, after = only(document), only(read(text.replace(old, new), _DOCUMENT.name))
    found = munidx.diff(before, after)
    assert [change.kind for change in found.changes] == [kind]
    assert all(change.old_source or change.new_source for change in found.changes)
    assert patch(before, found) == after


_SAMPLE_EDITS = [
    ("登録12,345人", "登録12,346人", Kind.ACTUAL_CORRECTED),
    ("7割(R7~8)", "6割(R7~8)", Kind.TARGET_LOWERED),
    ("講座の開催(12回)", "講座の開催(10回)", Kind.TARGET_LOWERED),
    ("西通り(通年、3月検証)", "西通り(通年、2月検証)", Kind.SCHEDULE_CHANGED),
    (" ・市民の苗づくり(年度内)", "", Kind.REMOVED),
    (" ・植え替え(約300本)", "", Kind.REMOVED),
    ("・並木の担い手をふやす", "・並木の担い手を減らさない", Kind.EVALUATION_CHANGED),
    ("44	公園の整備", "45	公園の新設", Kind.REFERENCE_CHANGED),
]


@pytest.mark.parametrize(("old", "new", "kind"), _SAMPLE_EDITS)
def test_the_diff_of_an_edited_sample_lists_the_edit(old: str, new: str, kind: Kind) -> None:
    text = _SAMPLE.read_text(encoding="utf-8")
    assert text.count(old) == 1
    before, after = only(read(text)), only(read(text.replace(old, new)))
    found = munidx.diff(before, after)
    assert {change.kind for change in found.changes} == {kind}
    assert len(found.changes) == (2 if kind is Kind.REFERENCE_CHANGED else 1)
    assert patch(before, found) == after


def with_column(text: str, at: int) -> str:
    """``text`` with a column that the form does not have in each table of goals."""
    lines = []
    for number, line in enumerate(text.split("\n")):
        cells = line.split("\t")
        if (
            len(cells) > 1
            and cells[0][:2] not in ("部局", "方針", "--")
            and "見本市をひ" not in line
        ):
            goal = cells[0].isdigit() and "(1)" in line
            cells.insert(at, "備考" if cells[0] == "No" else f"欄外{number}" if goal else "")
        lines.append("\t".join(cells))
    return "\n".join(lines)


@pytest.mark.parametrize("at", range(6))
def test_a_column_more_shifts_no_other(at: int) -> None:
    text = _SAMPLE.read_text(encoding="utf-8")
    changed = with_column(text, at)
    reading, plain = read(changed), read(text)
    assert facts(only(reading)) == facts(only(plain))
    assert [(ref.code, ref.title) for ref in references(only(reading))] == [
        (ref.code, ref.title) for ref in references(only(plain))
    ]
    assert "MX929" in told(reading)
    assert {left[:2] for left in unread(changed)} == {"備考", "欄外"}


Fact = tuple[object, ...]


def facts(plan: Plan) -> set[Fact]:
    """Each figure and schedule with the goal, point and item that it belongs to."""
    found: set[Fact] = set()
    titles: dict[str, tuple[str, ...]] = {}
    for item in walk(plan):
        node = item.node
        above = titles.get(item.parent or "", ())
        part = isinstance(node, Plan) or item.parent == ""
        titles[item.path] = () if part else (*above, node.title)
        if isinstance(node, Indicator):
            values = (node.baseline, *node.targets, *node.actuals)
            found |= {
                (*above, node.title, str(value.value), value.unit) for value in values if value
            }
        elif isinstance(node, Measure):
            found |= {(*above, node.title, entry.text) for entry in node.schedule}
    return found


@functools.cache
def whole(base: Path) -> tuple[str, frozenset[Fact]]:
    text = base.read_text(encoding="utf-8")
    return text, frozenset(facts(only(read(text))))


def mutate(text: str, kind: str, rng: random.Random) -> str:
    lines = text.split("\n")
    first = rng.randrange(len(lines))
    last = min(len(lines), first + rng.randint(2, 30))
    if kind == "truncated":
        return text[: rng.randrange(len(text))]
    if kind == "doubled line":
        return "\n".join(lines[: first + 1] + lines[first:])
    if kind == "doubled part":
        return "\n".join(lines[:last] + lines[first:])
    if kind == "lost line":
        return "\n".join(lines[:first] + lines[first + 1 :])
    part = lines[first:last] if kind == "shuffled part" else lines[:]
    rng.shuffle(part)
    shuffled = kind == "shuffled part"
    return "\n".join(lines[:first] + part + lines[last:] if shuffled else part)


_BASES = [_SAMPLE, _SAMPLE, _SAMPLE, _DOCUMENT if _DOCUMENT.exists() else _SAMPLE]
_KINDS = ["truncated", "doubled line", "doubled part", "lost line", "shuffled part", "shuffled"]


@examples(2000)
@given(st.sampled_from(_BASES), st.sampled_from(_KINDS), st.integers(0, 2**32))
def test_a_damaged_copy_gives_no_wrong_figure_without_a_finding(
    base: Path, kind: str, seed: int
) -> None:
    text, known = whole(base)
    damaged = mutate(text, kind, random.Random(seed))  # noqa: S311 - drawn by hypothesis
    if not damaged.strip():
        with pytest.raises(SourceError):
            read(damaged)
        return
    reading = read(damaged)
    wrong = facts(only(reading)) - known
    # The year follows from the text; without it no month has one, which is no other figure.
    assert not wrong or [code for code in told(reading) if code != "MX926"] or unread(damaged)


@examples(2000)
@given(st.sampled_from(_BASES), st.integers(0, 2**32))
def test_damaged_characters_give_figures_that_stand_there(base: Path, seed: int) -> None:
    rng = random.Random(seed)  # noqa: S311 - drawn by hypothesis
    signs = list(whole(base)[0])
    for _ in range(rng.randint(1, 30)):
        first, second = rng.randrange(len(signs)), rng.randrange(len(signs))
        if rng.random() < 0.5:
            signs[first], signs[second] = signs[second], signs[first]
        else:
            signs[first] = rng.choice("()（）【】<>/・* \t\n→%0９、○")
    damaged = "".join(signs)
    for node in of(only(read(damaged)), Indicator):
        for value in (node.baseline, *node.targets, *node.actuals):
            if value is not None:
                digits = "".join(re.findall(r"[0-9.]", unicodedata.normalize("NFKC", value.text)))
                assert str(abs(value.value or 0)) in digits
