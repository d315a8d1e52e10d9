"""Progress as text for people, as JSON and CSV for programs, and as a web page."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Final

from munidx.formats.codec import unstructure
from munidx.formats.json import encode
from munidx.judgement import Obstacle, Verdict
from munidx.model import Comparator, Indicator, Observation
from munidx.progress import IndicatorProgress, Progress, RollUp
from munidx.report.catalogue import told, word
from munidx.report.cells import NUMBER, table
from munidx.report.forms import Form, late
from munidx.report.progress_words import OBSTACLES, VERDICTS, WORDS
from munidx.report.terminal import harmless, paint
from munidx.report.values import shorten

__all__ = [
    "FORMATS",
    "by_goal",
    "counts_text",
    "figure_text",
    "name_of",
    "obstacle_text",
    "progress_file",
    "render_progress",
    "share_text",
    "time_text",
]

_COLOURS: Final = {Verdict.MET: "added", Verdict.MISSED: "removed", Verdict.UNJUDGED: "dim"}
_LONGEST: Final = 80


def render_progress(
    found: Progress,
    format: str = "text",  # noqa: A002 - the word of the option
    *,
    lang: str = "en",
    colour: bool = False,
) -> str:
    """``found`` in ``format``, one of :data:`FORMATS`.

    Raises:
        KeyError: ``format`` is none of :data:`FORMATS`.
        TypeError: ``format`` is no text.
    """
    made = FORMATS[format].make(found, lang, colour)
    if isinstance(made, bytes):
        raise TypeError(format)
    return made


def progress_file(found: Progress, form: str, *, lang: str = "en") -> bytes:
    """``found`` as the content of a file in ``form``; CSV begins with a mark that it is UTF-8.

    Raises:
        KeyError: ``form`` is none of :data:`FORMATS`.
    """
    made = FORMATS[form].make(found, lang, False)
    return made if isinstance(made, bytes) else made.encode("utf-8", "backslashreplace")


def by_goal(found: Progress) -> list[tuple[RollUp | None, list[IndicatorProgress]]]:
    """The indicators by the goal that is nearest above each; those of none come last."""
    groups: dict[str, list[IndicatorProgress]] = {goal.path: [] for goal in found.goals}
    rest: list[IndicatorProgress] = []
    for one in found.indicators:
        path = one.path
        while path and path not in groups:
            path = path.rpartition("/")[0]
        groups.get(path, rest).append(one)
    ordered: list[tuple[RollUp | None, list[IndicatorProgress]]] = [
        (goal, groups[goal.path]) for goal in found.goals if goal.judged + goal.unjudged
    ]
    return [*ordered, (None, rest)] if rest else ordered


def name_of(node: RollUp | Indicator) -> str:
    """Number and title of a goal or an indicator, on one line."""
    title = shorten(node.title or getattr(node, "statement", ""), _LONGEST)
    return " ".join(part for part in (shorten(node.code, _LONGEST), title) if part) or "―"


def counts_text(counts: RollUp, lang: str) -> str:
    """``met 12, missed 3, not judged 2 (no actual figure 2)``."""
    numbers = {
        Verdict.MET: counts.met,
        Verdict.MISSED: counts.missed,
        Verdict.UNJUDGED: counts.unjudged,
    }
    comma = word("comma", lang)
    parts = comma.join(f"{VERDICTS[lang][verdict]} {n}" for verdict, n in numbers.items())
    reasons = comma.join(f"{OBSTACLES[lang][reason]} {n}" for reason, n in counts.obstacles)
    return f"{parts} ({reasons})" if reasons else parts


def time_text(one: Observation, lang: str) -> str:
    """When an observation holds; empty where it does not say."""
    time = one.year if one.year is not None else one.date
    if time is None and one.period is not None:
        ends = [told(end, lang) for end in (one.period.start, one.period.end) if end is not None]
        return "–".join(ends)
    return "" if time is None else told(time, lang)


def figure_text(one: Observation | None, node: Indicator, lang: str) -> str:
    """The figure that was judged, with its comparator and unit."""
    if one is None:
        return word("absent", lang)
    if one.low is not None or one.high is not None:
        number = "–".join("" if end is None else told(end, lang) for end in (one.low, one.high))
    else:
        number = told(one.number, lang)
    number = shorten(number, _LONGEST) + shorten(one.unit or node.unit, _LONGEST)
    if not isinstance(one.comparator, Comparator):
        return number
    bound = told(one.comparator, lang)
    return f"{number}{bound}" if lang == "ja" else f"{bound} {number}"


def share_text(share: Fraction, lang: str) -> str:
    """``share`` in whole percent; words where it is farther from the target than it began."""
    return WORDS[lang]["backwards"] if share < 0 else f"{told(round(share * 100))}%"


def obstacle_text(obstacle: Obstacle | None, lang: str) -> str:
    """Why there is no verdict or share; empty where there is one."""
    return "" if obstacle is None else OBSTACLES[lang][obstacle]


def _text(found: Progress, lang: str, colour: bool) -> str:
    title = harmless(shorten(found.whole.title, _LONGEST)) or WORDS[lang]["whole"]
    lines = [paint(title, "title", on=colour), f"  {counts_text(found.whole, lang)}", ""]
    for goal, indicators in by_goal(found):
        name = WORDS[lang]["no-goal"] if goal is None else harmless(name_of(goal))
        lines.append(paint(name, "title", on=colour))
        if goal is not None:
            lines.append(f"  {counts_text(goal, lang)}")
        for one in indicators:
            lines += _indicator(one, lang, colour)
        lines.append("")
    return "\n".join(lines if found.indicators else [*lines[:1], f"  {WORDS[lang]['none']}", ""])


def _indicator(one: IndicatorProgress, lang: str, colour: bool) -> Iterator[str]:
    mark = paint(VERDICTS[lang][one.verdict], _COLOURS[one.verdict], on=colour)
    reason = obstacle_text(one.obstacle, lang)
    yield f"  {mark}  {harmless(name_of(one.indicator))}{f' ({reason})' if reason else ''}"
    facts = [
        _fact(name, observation, one.indicator, lang)
        for name, observation in (("actual", one.actual), ("target", one.target))
        if observation is not None
    ]
    if one.share is not None and one.last_target is not None:
        last = _fact("last-target", one.last_target, one.indicator, lang)
        facts.append(f"{WORDS[lang]['share']} {share_text(one.share, lang)} ({last})")
    if facts:
        yield harmless("      " + word("comma", lang).join(facts))


def _fact(name: str, observation: Observation, node: Indicator, lang: str) -> str:
    when = time_text(observation, lang)
    parts = (WORDS[lang][name], when, figure_text(observation, node, lang))
    return " ".join(part for part in parts if part)


def _json(found: Progress, lang: str, colour: bool) -> str:
    del lang, colour
    return encode(
        {
            "version": 1,
            "plan": _counts(found.whole),
            "goals": [_counts(goal) for goal in found.goals],
            "indicators": [_entry(one) for one in found.indicators],
        }
    )


def _counts(counts: RollUp) -> dict[str, object]:
    return {
        "path": counts.path,
        "code": counts.code,
        "title": counts.title,
        "level": counts.level,
        "met": counts.met,
        "missed": counts.missed,
        "unjudged": counts.unjudged,
        "obstacles": {reason.value: number for reason, number in counts.obstacles},
    }


def _entry(one: IndicatorProgress) -> dict[str, object]:
    node = one.indicator
    observations = {
        "baseline": node.baseline,
        "actual": one.actual,
        "target": one.target,
        "last_target": one.last_target,
    }
    return {
        "path": one.path,
        "code": node.code,
        "title": node.title or node.statement,
        "unit": node.unit,
        "direction": node.direction.value if node.direction else None,
        "verdict": one.verdict.value,
        "obstacle": one.obstacle.value if one.obstacle else None,
        "share": None if one.share is None else _rounded(one.share),
        "share_obstacle": one.share_obstacle.value if one.share_obstacle else None,
        **{
            name: None if told_one is None else unstructure(told_one)
            for name, told_one in observations.items()
        },
    }


def _rounded(share: Fraction) -> Decimal:
    """``share`` to four places."""
    return Decimal(round(share * 10_000)).scaleb(-4)


_COLUMNS: Final = (
    *("path", "goal", "code", "title", "unit", "direction", "verdict", "obstacle"),
    *("share", "share_obstacle", "baseline_time", "baseline", "actual_time", "actual"),
    *("target_time", "target", "last_target_time", "last_target"),
)


def _csv(found: Progress, lang: str, colour: bool) -> bytes:
    del colour
    rows = (_row(goal, one, lang) for goal, indicators in by_goal(found) for one in indicators)
    return table(_COLUMNS, rows)


def _row(goal: RollUp | None, one: IndicatorProgress, lang: str) -> Sequence[str]:
    node, data = one.indicator, _entry(one)
    told_first = [str(data[name] or "") for name in ("code", "title", "unit", "direction")]
    share = "" if one.share is None else f"{_rounded(one.share):f}"
    row = [one.path, name_of(goal) if goal else "", *told_first]
    row += [one.verdict.value, str(data["obstacle"] or ""), share]
    row.append(str(data["share_obstacle"] or ""))
    for observation in (node.baseline, one.actual, one.target, one.last_target):
        row += ["", ""] if observation is None else _pair(observation, lang)
    return row


def _pair(observation: Observation, lang: str) -> tuple[str, str]:
    """Time and figure; a plain number as digits alone, for a spreadsheet to calculate with."""
    value, bare = observation.value, observation.comparator is None and observation.low is None
    if value is not None and bare and NUMBER.fullmatch(str(value)):
        return time_text(observation, lang), str(value)
    return time_text(observation, lang), figure_text(observation, Indicator(), lang)


FORMATS: Final[Mapping[str, Form[[Progress, str, bool]]]] = {
    "text": Form(_text, people=True),
    "json": Form(_json),
    "csv": Form(_csv),
    "html": Form(late("progress_page", "page")),
}
"""The formats by the names that ``--format`` takes."""
