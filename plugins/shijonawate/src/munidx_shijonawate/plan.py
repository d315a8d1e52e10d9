"""From the outline to the plan: which field of the model each part of the document is."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from munidx.adapters import PassReason
from munidx.document import Publication
from munidx.findings import Severity
from munidx.japanese.characters import compact, normalise
from munidx.japanese.eras import find_times
from munidx.japanese.marks import edition_status_of, is_dash, split_marks, status_of
from munidx.japanese.periods import find_periods
from munidx.japanese.targets import read_target
from munidx.model import (
    Edition,
    FiscalYear,
    Goal,
    Indicator,
    Measure,
    Municipality,
    Period,
    Plan,
    PlanKind,
    Reference,
    Relation,
    Section,
    Status,
    Term,
)
from munidx_shijonawate.record import (
    Entry,
    GoalRecord,
    Group,
    Outline,
    Piece,
    sources,
)
from munidx_shijonawate.units import is_unit, read_owners
from munidx_shijonawate.words import CATEGORY, MARK, NUMBERED

__all__ = ["make_plan"]

_CITY: Final = Municipality(code="272299", name="四條畷市", prefecture="大阪府")
_PLAN_ID: Final = "272299-sectoral-dx"
_AMENDING: Final = re.compile(r"更新|改定|改訂|策定")
_UPPER: Final = re.compile(
    r"「(?P<plan>[^「」（）()]{1,40}総合計画)\s*(?:[（(](?:[^「」（）()]|[（(][^「」（）()]*[）)]){0,60}[）)])?\s*」"
    r"(?:\s*の?\s*(?P<code>(?:基本構想|基本計画)?\s*第\s*[0-9０-９一二三四五六七八九十]{1,3}\s*[章節編]))?"
    r"(?:\s*「(?P<title>[^「」]{1,80})」)?"
)


def make_plan(outline: Outline, publication: Publication) -> Plan | None:
    """The plan that ``outline`` amounts to; None where it holds neither a goal nor a project.

    Findings and leftovers that come up on the way are added to ``outline``.
    """
    if not any(goal.titles for goal in outline.goals):
        return None
    goals = tuple(_goal(goal, outline) for goal in outline.goals)
    _check_categories(outline)
    title = outline.title
    labels = {}
    if outline.action_plan:
        labels["アクションプラン"] = outline.action_plan.text
    return Plan(
        id=_PLAN_ID,
        title=title.text if title else "",
        kind=PlanKind.SECTORAL,
        municipality=_CITY,
        edition=_edition(outline),
        period=_period(outline),
        vision=_join(outline.vision),
        goals=goals,
        references=tuple(_references(outline)),
        glossary=tuple(_terms(outline)),
        sections=tuple(_sections(outline)),
        labels=labels,
        documents=publication.documents,
        source=sources(
            title,
            outline.action_plan,
            outline.vision,
            outline.sections["period"].paragraphs if "period" in outline.sections else None,
        ),
    )


def _join(pieces: Sequence[Piece]) -> str:
    return "\n".join(piece.text for piece in pieces)


def _title_of(pieces: Sequence[Piece]) -> str:
    """A title broken over lines, whole again: a space only between two Latin words."""
    title = ""
    for piece in pieces:
        latin = title[-1:].isascii() and piece.text[:1].isascii()
        word = title[-1:].isalnum() and piece.text[:1].isalnum()
        title += (" " if latin and word else "") + piece.text
    return title


def _edition(outline: Outline) -> Edition | None:
    printed = outline.edition
    if printed is None:
        anchor = outline.title or outline.action_plan
        if anchor:
            outline.find("MX981", anchor, severity=Severity.INFO)
        return None
    times = find_times(printed.text)
    year = times[0].time if times else None
    word = _AMENDING.search(compact(printed.text))
    if year is not None and not isinstance(year, FiscalYear):
        outline.find("MX982", printed, text=printed.text)
    return Edition(
        label=printed.text,
        year=year if isinstance(year, FiscalYear) else None,
        status=edition_status_of(word[0]) if word else None,
        source=printed.source,
    )


def _period(outline: Outline) -> Period | None:
    section = outline.sections.get("period")
    if section is None:
        return None
    for piece in section.paragraphs:
        for found in find_periods(piece.text):
            period = found.period
            if period.start is None or period.end is None or period.start == period.end:
                continue
            for time in found.times:
                if time.mismatch:
                    outline.find("MX989", piece, text=time.text)
            return period
    outline.find("MX983", section.heading)
    return None


def _sections(outline: Outline) -> Iterator[Section]:
    for section in outline.sections.values():
        text = _join(section.paragraphs)
        heading = section.heading
        if heading is outline.action_plan and not text:
            continue
        yield Section(title=heading.text, text=text, source=sources(heading, section.paragraphs))


def _references(outline: Outline) -> Iterator[Reference]:
    """The upper plan, where the plan's place among the others is told."""
    section = outline.sections.get("position")
    for piece in section.paragraphs if section else ():
        for found in _UPPER.finditer(piece.text):
            yield Reference(
                relation=Relation.IMPLEMENTS,
                plan=found["plan"].strip(),
                code=re.sub(r"\s", "", found["code"] or ""),
                title=found["title"] or "",
                source=piece.source,
            )


def _terms(outline: Outline) -> Iterator[Term]:
    for term in outline.terms:
        yield Term(
            term=term.name.text, text=_join(term.lines), source=sources(term.name, term.lines)
        )


def _goal(record: GoalRecord, outline: Outline) -> Goal:
    title, labels, held = _spellings(record.titles, outline)
    return Goal(
        code=f"({record.code})",
        title=title,
        level="基本目標",
        description=_join(record.description),
        goals=tuple(_group(group, outline) for group in record.groups),
        labels=labels,
        source=sources(held, record.description),
    )


def _spellings(
    titles: Sequence[Piece], outline: Outline
) -> tuple[str, dict[str, str], list[Piece]]:
    """The title, how else the document spells it, and where both stand.

    The first one decides. What says the same is a repeat; another spelling is kept as a label and
    reported, for the document calls one thing by two names.
    """
    if not titles:
        return "", {}, []
    first = titles[0]
    held = [first]
    for piece in titles[1:]:
        outline.skip(piece, PassReason.REPEAT)
        if all(compact(piece.text) != compact(other.text) for other in held):
            held.append(piece)
            outline.find("MX978", piece, first.text, severity=Severity.INFO, other=piece.text)
    others = "、".join(piece.text for piece in held[1:])
    return first.text, {"別表記": others} if others else {}, held


def _group(group: Group, outline: Outline) -> Goal:
    title, labels, held = _spellings(group.titles, outline)
    return Goal(
        code=group.code,
        title=title,
        level="重要施策",
        measures=tuple(_measures(group, outline)),
        labels=labels,
        source=sources(held),
    )


def _measures(group: Group, outline: Outline) -> Iterator[Measure]:
    seen: dict[str, Entry] = {}
    last = 0
    for entry in group.entries:
        number = _number(entry.code.text)
        earlier = seen.get(normalise(entry.code.text))
        if earlier and earlier.content == entry.content:
            for piece in (entry.code, *entry.title, *entry.target, *entry.units):
                outline.skip(piece, PassReason.REPEAT)
            if entry.category:
                outline.skip(entry.category, PassReason.REPEAT)
            outline.find("MX977", entry.code, _title_of(entry.title), text=entry.code.text)
            continue
        if number != last + 1:
            outline.find(
                "MX970",
                entry.code,
                _title_of(entry.title),
                number=entry.code.text,
                expected=str(last + 1),
            )
        last = number
        seen[normalise(entry.code.text)] = entry
        yield _measure(entry, outline)


def _number(text: str) -> int:
    digits = re.search(r"\d+", normalise(text))
    return int(digits[0]) if digits else 0


def _measure(entry: Entry, outline: Outline) -> Measure:
    title, marks = split_marks(_title_of(entry.title))
    told = [_words(piece.text) for piece in (*entry.target, *entry.units)]
    in_cells = tuple(mark for words in told for mark in words)
    status, mark = _status((*marks, *in_cells))
    if _is_muddled(entry):
        outline.find("MX991", entry.code, title)
    labels = {}
    if entry.category:
        labels["事業区分"] = entry.category.text
    if mark:
        labels["表示"] = mark
    _pass_repeats(entry, marks, outline)
    if set(in_cells) - set(marks):
        outline.find("MX990", entry.code, title, mark=in_cells[0])
    target = tuple(piece for piece in entry.target if not _words(piece.text))
    units = tuple(piece for piece in entry.units if not _words(piece.text))
    owners, doubt = read_owners(units)
    if doubt:
        outline.find("MX985", units[0], title, text=_join(units))
    if status is not Status.ABOLISHED or target or owners:
        _report_gaps(entry, title, outline, target=target, owners=bool(owners))
    for unknown in (word for word in (*marks, *in_cells) if status_of(word) is None):
        outline.find("MX984", entry.code, title, severity=Severity.INFO, mark=unknown)
    return Measure(
        code=entry.code.text,
        title=title,
        level="取組事業",
        status=status,
        owners=owners,
        indicators=_indicators(target, title, outline),
        labels=labels,
        source=entry.source,
    )


def _is_muddled(entry: Entry) -> bool:
    """Whether the lines of a title are doubled, numbered again, a unit, or led by their bracket."""
    texts = [compact(piece.text) for piece in entry.title]
    later = (NUMBERED.match(text) for text in texts[1:])
    numbers = {normalise(found["number"]) for found in later if found}
    return (
        len(set(texts)) < len(texts)
        or any(text.isdigit() for text in texts)
        or str(_number(entry.code.text)) in numbers
        or any(is_unit(text) for text in texts[1:])
        or (len(texts) > 1 and texts[0].startswith("(") and texts[0].endswith(")"))
    )


def _words(text: str) -> tuple[str, ...]:
    """The marks that fill ``text``; none where it says anything else."""
    return split_marks(text)[1] if not MARK.sub("", text).strip() else ()


def _status(marks: Sequence[str]) -> tuple[Status | None, str]:
    """What the marks of a row say, and the mark as it is printed."""
    known = [mark for mark in marks if status_of(mark)]
    if not known:
        return None, "".join(f"【{mark}】" for mark in dict.fromkeys(marks))
    return status_of(known[0]), "".join(f"【{mark}】" for mark in dict.fromkeys(marks))


def _pass_repeats(entry: Entry, marks: Sequence[str], outline: Outline) -> None:
    """A mark that fills further cells of its row says the same again."""
    seen = set(marks)
    for piece in (*entry.target, *entry.units):
        words = _words(piece.text)
        if words and set(words) <= seen:
            outline.skip(piece, PassReason.REPEAT, piece.text)
        seen.update(words)


def _report_gaps(
    entry: Entry, title: str, outline: Outline, *, target: Sequence[Piece], owners: bool
) -> None:
    held = {
        "title": bool(title),
        "category": entry.category is not None,
        "target": bool(target),
        "owner": owners,
    }
    missing = tuple(name for name, there in held.items() if not there)
    if missing:
        outline.find("MX986", entry.code, title, number=entry.code.text, missing=missing)


def _indicators(target: Sequence[Piece], title: str, outline: Outline) -> tuple[Indicator, ...]:
    if not target:
        return ()
    statement = _join(target)
    indicator = read_target(statement, source=sources(tuple(target)))
    figures = [piece for piece in target if _figure(piece.text)]
    # Before the line with the figure only a note in brackets may stand, or words that it goes on
    # with: no blank line is between them.
    notes = all(
        compact(piece.text)[:1] == "(" or not below.gap for piece, below in pairwise(target)
    )
    if figures and (figures[0] is not target[-1] or not notes):
        outline.find("MX987", figures[0], title, text=statement)
    elif _is_mixed(target):
        outline.find("MX987", target[0], title, text=statement)
    return (indicator,)


def _is_mixed(target: Sequence[Piece]) -> bool:
    """Whether the cell looks like several.

    A doubled line, a class or a mark in it, a note that comes last, a dash that words follow.
    """
    texts = [compact(piece.text) for piece in target]
    signs = (found[0] for piece in target for found in CATEGORY.finditer(piece.text))
    return (
        len(set(texts)) < len(texts)
        or (len(texts) > 1 and (texts[-1][:1] + texts[-1][-1:] == "()" or texts[0][:1] == "-"))
        or any(sign.isalpha() and not is_dash(sign) for sign in signs)
        or any(split_marks(text)[1] for text in texts)
    )


def _figure(text: str) -> bool:
    return any(target.number is not None for target in read_target(text).targets)


def _check_categories(outline: Outline) -> None:
    """Each class that a row prints should be one that the legend explains."""
    known = {normalise(term.name.text) for term in outline.terms}
    entries = [e for goal in outline.goals for group in goal.groups for e in group.entries]
    counts = Counter(normalise(e.category.text) for e in entries if e.category)
    for entry in entries:
        name = normalise(entry.category.text) if entry.category else "-"
        if known and name != "-" and name not in known and counts.pop(name, 0):
            outline.find(
                "MX988", entry.category or entry.code, _title_of(entry.title), category=name
            )
