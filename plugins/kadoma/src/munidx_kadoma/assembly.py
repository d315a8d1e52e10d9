"""The plan made of an outline: what is told several times is held once, the rest compared."""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from munidx.japanese.characters import align
from munidx.japanese.marks import split_marks, status_of
from munidx.japanese.periods import find_periods
from munidx.model import (
    Edition,
    EditionStatus,
    Goal,
    Labels,
    Measure,
    Municipality,
    Period,
    Plan,
    PlanKind,
    Reference,
    Relation,
    Section,
    Term,
)
from munidx.place import merge_sources
from munidx_kadoma.matching import compare
from munidx_kadoma.outline import (
    GoalRecord,
    ItemRecord,
    Outline,
    Said,
    SectionRecord,
    StepRecord,
    is_ended,
    sources,
    text_of,
)
from munidx_kadoma.words import joined, without_notes

__all__ = ["make_plan"]

_CITY: Final = Municipality(code="272230", name="門真市", prefecture="大阪府")
_ID: Final = "272230-sectoral-dx"
_LEVEL: Final = "重点取組事項"
_STEP: Final = "個別施策"
_GOAL: Final = "基本目標"
_SHOWN: Final = "表示"
"""The label for marks such as 【新規】 on a title."""

# For normalised text.
_DRAFT: Final = re.compile(r"\((?:案|素案|原案|仮称)\)")
_REVISED: Final = re.compile(r"\((?:改定|改訂)(?:版|案)?\)|(?:改定|改訂)版")
_PERIOD: Final = re.compile(r"計画の?期間")
_SET: Final = re.compile(
    r"(?:末日?)?(?:まで)?(?:の[^、。()]{1,8}間)?(?:と(?:する|します|し、|定め)|です|であ(?:る|り))"
)
_POSITION: Final = re.compile(r"計画の位置(?:付|づ)け")
_VISION: Final = re.compile(r"(?:将来像|基本理念|理念)(?:である)?「(?P<text>[^「」]{1,80})」")
_UPPER: Final = re.compile(r"「(?P<plan>[^「」]{2,40}総合計画)」")
_LAW: Final = re.compile(
    r"(?:及び|並びに|または|又は|また)?"
    r"(?P<title>[^\s、。「」(),はの]{2,40}?(?:法|条例))(?:\([^()]{1,60}\))?"
    r"(?P<code>第\d{1,3}条(?:の\d{1,2})?(?:第\d{1,2}項)?(?:第\d{1,2}号)?)"
)
_ALIGNED: Final = re.compile(r"整合|踏まえ|連携|調和")
_PLAN: Final = re.compile(
    r"「(?P<plan>[^「」]{2,60}(?:計画|方針|戦略|宣言|構想|ビジョン|プラン))」"
)


def make_plan(outline: Outline) -> Plan:
    """The plan that ``outline`` tells; what it tells twice and differently is reported."""
    compare(outline)
    title = outline.title
    period, when = _period(outline)
    vision, where = _vision(outline)
    return Plan(
        id=_ID,
        title=title.text if title else "",
        kind=PlanKind.SECTORAL,
        municipality=_CITY,
        edition=_edition(outline),
        period=period,
        vision=vision,
        owners=tuple(outline.owners),
        goals=tuple(_goal(goal) for goal in outline.goals.values()),
        measures=tuple(_item(item) for item in outline.strays),
        indicators=tuple(outline.indicators),
        references=tuple(_references(outline)),
        milestones=tuple(outline.milestones),
        glossary=tuple(
            Term(
                term=without_notes("".join(said.text for said in entry.term)),
                text=_rejoined(entry.lines),
                source=sources(entry.term, entry.lines),
            )
            for entry in outline.terms
        ),
        sections=tuple(_section(record) for record in outline.sections),
        labels=Labels({name: said.text for name, said in outline.labels.items()}),
        source=merge_sources([sources(title), when, where, sources(outline.labels.values())]),
        inferred=("municipality",),
    )


def _rejoined(lines: Iterable[Said]) -> str:
    """An explanation whose parts a page's end cut; finished sentences stay on their lines."""
    text = ""
    for said in lines:
        apart = text and (said.item or is_ended(text))
        text += ("\n" if apart else "") + said.text
    return text


def _section(record: SectionRecord) -> Section:
    return Section(
        title="".join(said.text for said in record.title),
        text=text_of(record.lines),
        source=sources(record.title, record.lines),
    )


def _edition(outline: Outline) -> Edition | None:
    """The printed date and whether the title says 案: a draft."""
    told, title = outline.edition, outline.title
    plain = title.plain if title else ""
    status = None
    if _DRAFT.search(plain):
        status = EditionStatus.DRAFT
    elif _REVISED.search(plain):
        status = EditionStatus.AMENDED
    if told is None:
        return Edition(status=status, source=sources(title)) if status else None
    return Edition(
        label=told.label,
        year=told.year,
        date=told.date,
        status=status or told.status,
        source=merge_sources([sources(title) if status else "", told.source]),
    )


def _lines(outline: Outline, heading: re.Pattern[str]) -> list[Said]:
    """The paragraphs of the sections with a heading."""
    return [
        said
        for record in outline.sections
        if any(heading.search(title.plain) for title in record.title)
        for said in record.lines
    ]


def _period(outline: Outline) -> tuple[Period | None, str]:
    """The span below 計画期間 that a sentence sets (…とします), else the first; its place."""
    lines = _lines(outline, _PERIOD)
    spans = [
        (said, found, _SET.match(said.text, found.end) is not None)
        for said in lines
        for found in find_periods(said.text)
        if found.period.start != found.period.end or found.open
    ]
    if not spans:
        if lines:
            outline.find("MX921", lines[0], field="period", text="")
        else:
            outline.find("MX930", None, section="計画期間")
        return None, ""
    said, found, is_set = next((span for span in spans if span[2]), spans[0])
    for other, span, also in spans:
        if also == is_set and span.period != found.period:
            first, second = found.text, span.text
            outline.find("MX926", other, field="period", first=first, second=second)
    for time in found.times:
        outline.doubts(time, said)
    return found.period, said.source


def _vision(outline: Outline) -> tuple[str, str]:
    for said in _lines(outline, _POSITION):
        aligned = align(said.text)
        found = _VISION.search(aligned.text)
        if found:
            return aligned.cut(*found.span("text")), said.source
    outline.info("MX930", None, section="将来像")
    return "", ""


def _references(outline: Outline) -> Iterator[Reference]:
    """The upper plan, the law, and the plans that it is brought in line with."""
    for said in _lines(outline, _POSITION):
        aligned = align(said.text)
        upper = set()
        for found in _UPPER.finditer(aligned.text):
            upper.add(found["plan"])
            name = aligned.cut(*found.span("plan"))
            yield Reference(relation=Relation.IMPLEMENTS, plan=name, source=said.source)
        for found in _LAW.finditer(aligned.text):
            yield Reference(
                relation=Relation.LEGAL_BASIS,
                title=aligned.cut(*found.span("title")),
                code=aligned.cut(*found.span("code")),
                source=said.source,
            )
        for found in _PLAN.finditer(aligned.text) if _ALIGNED.search(aligned.text) else ():
            if found["plan"] not in upper:
                name = aligned.cut(*found.span("plan"))
                yield Reference(relation=Relation.RELATED, plan=name, source=said.source)


def _goal(record: GoalRecord) -> Goal:
    return Goal(
        code=record.code,
        title=record.titles[0].text if record.titles else "",
        level=_GOAL,
        description=text_of(record.lines),
        measures=tuple(_item(item) for item in record.items),
        source=sources(record.places, record.lines),
    )


def _item(record: ItemRecord) -> Measure:
    code = f"({record.number})" if record.number else ""
    heading = record.code or record.title
    return Measure(
        code=code,
        title=record.title.text,
        level=_LEVEL,
        description=text_of(record.lines),
        actions=tuple("".join(said.text for said in lines) for lines in record.actions),
        target_state=text_of(record.target),
        measures=tuple(_step(step) for step in record.steps),
        indicators=tuple(record.indicators),
        source=sources(heading, record.lines, *record.actions, record.target),
    )


def _step(record: StepRecord) -> Measure:
    title, marks = split_marks(joined(record.title.text))
    return Measure(
        title=title,
        level=_STEP,
        status=next(filter(None, map(status_of, marks)), None),
        labels=Labels({_SHOWN: "".join(f"【{mark}】" for mark in marks)} if marks else {}),
        schedule=tuple(record.entries),
        source=sources(record.title, record.cells),
    )
