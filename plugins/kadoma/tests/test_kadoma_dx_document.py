"""The DX推進計画: golden files, one edit one change, damaged copies.

``MUNIDX_GOLDEN=write pytest plugins/kadoma`` writes the golden files anew.
"""

import datetime as dt
import random
import re
import unicodedata
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from munidx.adapters import Coverage, PassReason, Reading
from munidx.adapters.coverage import measure
from munidx.diff import diff
from munidx.diff.changes import Change, Kind
from munidx.document import Source
from munidx.errors import SourceError
from munidx.findings import Severity
from munidx.formats import toml
from munidx.model import (
    EditionStatus,
    Goal,
    Measure,
    Observation,
    Period,
    Plan,
    Relation,
    Section,
    State,
    last_day,
)
from munidx.readers import read_source
from munidx.testing.golden import compare_golden, redact
from munidx.testing.profiles import examples
from munidx_kadoma import dx_plan
from munidx_kadoma.adapter import munidx_adapter

_HERE = Path(__file__).parent
_SAMPLE = _HERE / "samples" / "dx-plan.txt"
_SHARED = _HERE.parents[3] / "shared" / "documents"
_DOCUMENT = next(iter(_SHARED.glob("001_*.txt")), None)
_needs_document = pytest.mark.skipif(_DOCUMENT is None, reason="the city's document is absent")


def read(text: str, name: str = "001.txt") -> tuple[Reading, Coverage]:
    publication = read_source(Source(name, text.encode()))
    reading = dx_plan.read(publication)
    return reading, measure(publication, reading.plans, reading.leftovers)


def plan_of(text: str) -> Plan:
    (plan,) = read(text)[0].plans
    return plan


def published() -> str:
    assert _DOCUMENT is not None
    return _DOCUMENT.read_text(encoding="utf-8")


def compare(golden: str, plan: Plan) -> None:
    compare_golden(_HERE / "golden" / golden, toml.dumps(plan))


def without_answers(plan: Plan) -> Plan:
    """``plan`` without what people wrote to a free question, which may be a short sentence."""

    def hidden(seen: Observation) -> Observation:
        if seen.state is not State.QUALITATIVE:
            return seen
        return attrs.evolve(seen, text=f"<{len(seen.text)} characters>")

    indicators = tuple(
        attrs.evolve(one, actuals=tuple(map(hidden, one.actuals))) for one in plan.indicators
    )
    return attrs.evolve(plan, indicators=indicators)


def test_the_sample_reads_as_its_golden_file_says() -> None:
    reading, coverage = read(_SAMPLE.read_text(encoding="utf-8"), _SAMPLE.name)
    assert coverage.unread == 0
    assert [finding.code for finding in reading.findings] == ["MX923", "MX923", "MX924"] + [
        "MX923"
    ] * 2
    compare("dx-plan.txt.toml", reading.plans[0])


def test_the_plan_is_recognised_by_its_words_and_others_are_not() -> None:
    adapter = munidx_adapter()
    ours = read_source(Source("x", _SAMPLE.read_bytes()))
    other = read_source(Source("x", "四條畷市DX推進計画\n\n《めざす姿》\n\n見本".encode()))
    assert adapter.recognise(ours).score > 0.9
    assert adapter.recognise(other).score < 0.5
    (plan,) = adapter.read(ours).plans
    assert plan.kind == "sectoral"


@_needs_document
def test_the_document_reads_as_its_golden_file_says() -> None:
    assert _DOCUMENT is not None
    compare("001.toml", redact(without_answers(read(published(), _DOCUMENT.name)[0].plans[0])))


@_needs_document
def test_nothing_of_the_document_is_unread() -> None:
    reading, coverage = read(published())
    assert coverage.unread == 0
    assert set(coverage.passed) == {
        PassReason.CONTENTS,
        PassReason.REPEAT,
        PassReason.TABLE_HEADER,
        PassReason.NAVIGATION,
    }
    assert all(finding.severity is Severity.INFO for finding in reading.findings)
    assert [f.params["text"] for f in reading.findings if f.code == "MX927"] == [
        "令和4年 月",
        "令和4(2022)年●月",
    ]


@_needs_document
def test_the_document_holds_what_it_prints() -> None:
    plan = plan_of(published())
    assert plan.title == "(仮称) 門真市DX推進計画(案)"
    assert plan.edition is not None
    assert (plan.edition.status, plan.edition.label) == (EditionStatus.DRAFT, "令和4年 月")
    assert plan.period == Period(start="2022", end="2026-03")
    assert plan.period.end is not None
    assert last_day(plan.period.end) == dt.date(2026, 3, 31)
    assert plan.vision == "人情味あふれる！笑いのたえないまち 門真"
    assert [(r.relation, r.plan or r.title, r.code) for r in plan.references][:2] == [
        (Relation.IMPLEMENTS, "門真市第6次総合計画", ""),
        (Relation.LEGAL_BASIS, "官民データ活用推進基本法", "第9条第3項"),
    ]
    assert [len(goal.measures) for goal in plan.goals] == [3, 4, 2, 1]
    assert all(goal.description for goal in plan.goals)
    items = [item for goal in plan.goals for item in goal.measures]
    assert [len(item.actions) for item in items] == [4, 3, 5, 3, 3, 3, 2, 4, 4, 3]
    assert all(item.description and item.target_state for item in items)
    steps = [step for item in items for step in item.measures]
    assert len(steps) == 18
    cells = [entry for step in steps for entry in step.schedule]
    assert len(cells) == 34
    assert all(("end" in entry.inferred) == (entry.end != entry.start) for entry in cells)
    assert len(plan.milestones) == 39
    assert sum("date" in event.inferred for event in plan.milestones) == 9
    terms = {entry.term: entry.text for entry in plan.glossary}
    assert len(terms) == 35
    assert "持つ客観" in terms["EBPM"]
    assert "地域経済分析システム(RESAS)" in terms
    assert {"ユーザー側の利便性と安全性", "業務の最適化をめざした見直し"} < {
        section.title for section in plan.sections
    }
    assert plan.owners[0].path == ("企画財政部", "ICT推進課")
    assert plan.labels["住所"] == "大阪府門真市中町1番1号"
    figures = [seen.value for one in plan.indicators for seen in one.actuals if seen.value]
    assert Decimal("74.5") in figures
    assert Decimal("58.83") in figures
    assert not any(one.targets or one.baseline for one in plan.indicators)


def strings(thing: object) -> Iterator[str]:
    """Every published text of a plan's part; what the model itself names is left aside."""
    inferred = getattr(thing, "inferred", ())
    for attribute in attrs.fields(type(thing)):  # type: ignore[arg-type]
        value = getattr(thing, attribute.name)
        if attribute.name in {"id", "kind", "documents", "source", "inferred", *inferred}:
            continue
        for part in value if isinstance(value, tuple) else [value]:
            if attrs.has(type(part)):
                yield from strings(part)
            elif isinstance(part, Decimal):
                yield f"{part:,}"
            elif type(part) is str and attribute.name not in {"start", "end", "date"}:
                yield part
        if attribute.name == "labels":
            yield from value.values()


@_needs_document
def test_each_text_of_the_plan_stands_in_the_document() -> None:
    def plain(text: str) -> str:
        return "".join(unicodedata.normalize("NFC", text).split())

    text = plain(published())
    # Titles stand without footnote marks, bullets without their dash, cut rows joined.
    bare = re.sub(r"\[※\]|\^\{\*\}|[※*]", "", text)
    told = [one for one in strings(plan_of(published())) if one]
    assert len(told) > 300
    missing = [one for one in told if plain(one) not in text and plain(one) not in bare]
    missing = [m for m in missing if not all(plain(part) in text for part in m.split("\n"))]
    # What a page's end cut in two stands there in two parts.
    assert len(missing) == 2
    for one in map(plain, missing):
        assert any(one[:cut] in text and one[cut:] in text for cut in range(1, len(one))), one


@_needs_document
def test_sections_hold_no_rows_and_no_bullets() -> None:
    publication = read_source(Source("001.txt", published().encode()))
    (plan,) = dx_plan.read(publication).plans
    lines = published().splitlines()
    for section in plan.sections:
        assert isinstance(section, Section)
        for number in re.findall(r"L(\d+)(?![-\d])", section.source):
            assert "\t" not in lines[int(number) - 1]
            assert not lines[int(number) - 1].startswith("- ")


_EDITS = [
    ("情報セキュリティ対策の徹底\n\nクラウド", "情報セキュリティの強化\n\nクラウド", Kind.RETITLED),
    ("(仮称) 門真市DX推進計画(案)\n", "門真市DX推進計画\n", Kind.RETITLED),
    ("令和8(2026)年3月末まで", "令和9(2027)年3月末まで", Kind.PERIOD_CHANGED),
    ("決済\t導入・運用開始\t拡充", "決済\t導入\t拡充", Kind.SCHEDULE_CHANGED),
    ("その他オンライン申請\t環境整備・運用開始\t拡充\t\t\n", "", Kind.REMOVED),
    ("「70代」の割合が 74.5%", "「70代」の割合が 75.5%", Kind.ACTUAL_CORRECTED),
    ("06-6902-5793", "06-6902-5794", Kind.LABEL_CHANGED),
    ("- 移行作業を通じて", "- 移行の作業を通じて", Kind.REWORDED),
    ("門真市第6次総合計画」に", "門真市第7次総合計画」に", Kind.REFERENCE_CHANGED),
    ("ICT推進課 行政 DX グループ", "デジタル課 行政 DX グループ", Kind.OWNER_CHANGED),
]  # fmt: skip


@_needs_document
@pytest.mark.parametrize(("old", "new", "kind"), _EDITS)
def test_an_edit_is_one_change(old: str, new: str, kind: Kind) -> None:
    text = published()
    assert text.count(old) == 1
    changes: tuple[Change, ...] = diff(plan_of(text), plan_of(text.replace(old, new))).changes
    assert kind in [change.kind for change in changes]
    # The paragraph in which a fact stands is a section besides: its words change with it.
    # A title without 案 is no draft, another plan is one reference removed and one added.
    besides = {Kind.REWORDED, Kind.ACTUAL_CORRECTED, Kind.FIELD_CHANGED, kind}
    assert {change.kind for change in changes} <= besides
    assert len(changes) <= 3
    assert all(change.old_source or change.new_source for change in changes)


def figures(plan: Plan) -> set[tuple[object, ...]]:
    """What a damaged copy may lose, and must not make up."""
    found: set[tuple[object, ...]] = set()
    nodes: list[Goal | Measure] = [*plan.goals, *plan.measures]
    indicators = list(plan.indicators)
    while nodes:
        node = nodes.pop()
        nodes += node.measures
        indicators += node.indicators
        if isinstance(node, Measure):
            found |= {(node.title, entry.start, entry.text) for entry in node.schedule}
    for one in indicators:
        found |= {(one.title, seen.value, seen.unit) for seen in one.actuals if seen.value}
    # A date that is inferred is marked so, and reported (MX924).
    found |= {(e.date, e.text) for e in plan.milestones if "date" not in e.inferred}
    found.add(("period", plan.period))
    found |= {("label", *item) for item in plan.labels.items()}
    return found - {("period", None)}


def mutate(text: str, kind: str, seed: int) -> str:
    rng = random.Random(seed)  # noqa: S311 - drawn by hypothesis
    lines = text.split("\n")
    first = rng.randrange(len(lines))
    last = min(len(lines), first + rng.randint(2, 40))
    if kind == "truncated":
        return text[: rng.randrange(len(text))]
    if kind == "doubled line":
        return "\n".join(lines[: first + 1] + lines[first:])
    if kind == "doubled part":
        return "\n".join(lines[:last] + lines[first:])
    if kind == "lost part":
        return "\n".join(lines[:first] + lines[last:])
    part = lines[first:last] if kind == "shuffled part" else lines[:]
    rng.shuffle(part)
    if kind == "shuffled part":
        return "\n".join(lines[:first] + part + lines[last:])
    return "\n".join(part)


_KINDS = ["truncated", "doubled line", "doubled part", "lost part", "shuffled part", "shuffled"]
_BASES = {
    path: (path.read_text(encoding="utf-8"), figures(plan_of(path.read_text(encoding="utf-8"))))
    for path in (_SAMPLE, *([_DOCUMENT] if _DOCUMENT else []))
}


@examples(2000)
@given(st.sampled_from(sorted(_BASES)), st.sampled_from(_KINDS), st.integers(0, 2**32))
def test_a_damaged_copy_gives_no_wrong_figure_without_a_finding(
    base: Path, kind: str, seed: int
) -> None:
    text, whole = _BASES[base]
    try:
        reading, coverage = read(mutate(text, kind, seed))
    except SourceError:  # nothing was left
        return
    told = [one for one in reading.findings if one.severity is not Severity.INFO]
    wrong = figures(reading.plans[0]) - whole
    assert not wrong or told or coverage.unread, wrong
