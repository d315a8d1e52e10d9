"""Progress as one self-contained web page, with a small chart for each indicator.

There is no script, and a policy in the page forbids any, and any request: a title that slipped
through as markup could still do nothing.
"""

import base64
import hashlib
from collections.abc import Iterator, Sequence
from typing import Final, TypeAlias

from munidx.judgement import gap, measured, span_of
from munidx.model import Observation
from munidx.progress import IndicatorProgress, Progress, RollUp
from munidx.report.catalogue import word
from munidx.report.markup import attribute, marked, markup_text
from munidx.report.progress import (
    by_goal,
    counts_text,
    figure_text,
    name_of,
    obstacle_text,
    share_text,
    time_text,
)
from munidx.report.progress_words import VERDICTS, WORDS

__all__ = ["chart", "page"]

_STYLE: Final = """
:root { color-scheme: light dark; --met: #1a7f37; --missed: #b3261e; --dim: #5a6675;
  --line: #d8dee6; --aim: #0a61b8; }
@media (prefers-color-scheme: dark) { :root { --met: #6bd37f; --missed: #ff8f85; --dim: #9aa7b5;
  --line: #313c4a; --aim: #78b7ff; } }
body { margin: 0 auto; max-width: 76rem; padding: 1rem; line-height: 1.6; overflow-wrap: anywhere;
  font-family: system-ui, "Hiragino Sans", "Yu Gothic UI", Meiryo, "Noto Sans CJK JP", sans-serif; }
h1 { font-size: 1.35rem; } h2 { font-size: 1.05rem; margin: 1.5rem 0 .2rem; }
p { margin: .2rem 0; } .dim { color: var(--dim); font-size: .85rem; }
table { border-collapse: collapse; width: 100%; margin-top: .4rem; }
th, td { border-bottom: 1px solid var(--line); padding: .3rem .6rem; text-align: left;
  vertical-align: top; font-size: .9rem; }
thead th { color: var(--dim); font-weight: normal; white-space: nowrap; }
.met { color: var(--met); } .missed { color: var(--missed); } .unjudged { color: var(--dim); }
td.met, td.missed, td.unjudged { overflow-wrap: normal; }
svg { width: 11rem; height: 3.5rem; }
.seen { fill: none; stroke: currentColor; stroke-width: 1.5; } .dot { fill: currentColor; }
.aim { fill: none; stroke: var(--aim); stroke-width: 1.2; stroke-dasharray: 4 3; }
.ring { fill: none; stroke: var(--aim); stroke-width: 1.2; }
"""
_WIDE, _HIGH, _EDGE = 160.0, 48.0, 5.0
_POINTS: Final = 120
"""Points of a series that are drawn."""

_SPOKEN: Final = 12
"""Figures of a series that are told in words."""

Point: TypeAlias = tuple[float, float]


def page(found: Progress, lang: str, colour: bool) -> str:
    """The page; ``colour`` is for terminals alone."""
    del colour
    digest = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    words = WORDS[lang]
    title = markup_text(found.whole.title or words["whole"])
    return "\n".join(
        [
            "<!DOCTYPE html>",
            f'<html lang="{lang}">',
            '<head><meta charset="utf-8">',
            f'<meta http-equiv="Content-Security-Policy" content="{policy}">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            '<meta name="referrer" content="no-referrer">',
            '<meta name="generator" content="munidx">',
            f"<title>{title}: {words['progress']}</title>",
            f"<style>{_STYLE}</style></head>",
            "<body>",
            f"<h1>{title}: {words['progress']}</h1>",
            marked("p", counts_text(found.whole, lang) if found.indicators else words["none"]),
            *(
                line
                for goal, indicators in by_goal(found)
                for line in _section(goal, indicators, lang)
            ),
            "</body></html>",
            "",
        ]
    )


def _section(
    goal: RollUp | None, indicators: Sequence[IndicatorProgress], lang: str
) -> Iterator[str]:
    words = WORDS[lang]
    yield marked("h2", words["no-goal"] if goal is None else name_of(goal))
    if goal is not None:
        yield marked("p", counts_text(goal, lang), ' class="dim"')
    if not indicators:
        return
    heads = ("indicator", "baseline", "actual", "target", "verdict", "last-target", "share")
    cells = "".join(marked("th", words[head], ' scope="col"') for head in (*heads, "trend"))
    yield f"<table><thead><tr>{cells}</tr></thead><tbody>"
    yield from (_row(one, lang) for one in indicators)
    yield "</tbody></table>"


def _row(one: IndicatorProgress, lang: str) -> str:
    share = obstacle_text(one.share_obstacle, lang)
    if one.share is not None:
        share = share_text(one.share, lang)
    reason = marked("p", obstacle_text(one.obstacle, lang), _DIM)
    verdict = markup_text(VERDICTS[lang][one.verdict]) + reason
    cells = [
        f'<th scope="row">{markup_text(name_of(one.indicator))}</th>',
        _figure(one.indicator.baseline, one, lang),
        _figure(one.actual, one, lang),
        _figure(one.target, one, lang),
        f'<td class="{one.verdict.value}">{verdict}</td>',
        _figure(one.last_target, one, lang),
        f"<td{_DIM if one.share is None else ''}>{markup_text(share)}</td>",
        f'<td class="{one.verdict.value}">{chart(one, lang)}</td>',
    ]
    return f"<tr>{''.join(cells)}</tr>"


_DIM: Final = ' class="dim"'


def _figure(told: Observation | None, one: IndicatorProgress, lang: str) -> str:
    if told is None:
        return f"<td{_DIM}>{markup_text(figure_text(None, one.indicator, lang))}</td>"
    when = marked("span", time_text(told, lang), _DIM)
    return f"<td>{markup_text(figure_text(told, one.indicator, lang))} {when}</td>"


def chart(one: IndicatorProgress, lang: str) -> str:
    """Baseline and actuals as a line, targets as a broken one; nothing for a single figure.

    Only figures of one kind are drawn: those that can be compared with the newest actual.
    """
    node = one.indicator
    kind = one.actual or one.last_target
    if kind is None:
        return ""
    begun = (node.baseline,) if node.baseline is not None else ()
    seen = _series((*begun, *node.actuals), one, kind)
    aims = _series(node.targets, one, kind)
    if len({*seen, *aims}) <= 1:
        return ""
    xs, ys = zip(*seen, *aims, strict=True)
    place = _Scale(xs, ys)
    drawn = [_line(place(seen), "seen"), _line(place(aims), "aim")]
    drawn += [_dot(point, "ring", 3) for point in place(aims)]
    drawn += [_dot(point, "dot", 2.5) for point in place(seen)]
    label = attribute("aria-label", _told(one, kind, lang))
    return f'<svg viewBox="0 0 {_WIDE:g} {_HIGH:g}" role="img"{label}>{"".join(drawn)}</svg>'


def _told(one: IndicatorProgress, kind: Observation, lang: str) -> str:
    """The chart in words, for who does not see it: name, then each figure that is drawn."""
    node = one.indicator
    rows = (
        ("baseline", () if node.baseline is None else (node.baseline,)),
        ("actual", node.actuals),
        ("target", node.targets),
    )
    figures = [
        " ".join((WORDS[lang][name], time_text(told, lang), figure_text(told, node, lang)))
        for name, several in rows
        for told in several[:_SPOKEN]
        if _series((told,), one, kind)
    ]
    return f"{WORDS[lang]['trend']}: {name_of(node)}: {word('comma', lang).join(figures)}"


def _series(
    observations: Sequence[Observation], one: IndicatorProgress, kind: Observation
) -> list[Point]:
    """Days and values, by day; a range stands at its middle."""
    points = []
    for told in observations[:_POINTS]:
        days, value = span_of(told), measured(told, one.indicator)
        if days and value and gap(told, kind, one.indicator) is None:
            points.append((float(days[1].toordinal()), float((value.low + value.high) / 2)))
    return sorted(points)


class _Scale:
    """From days and values to places in the drawing."""

    def __init__(self, xs: Sequence[float], ys: Sequence[float]) -> None:
        self._left, self._right, self._low, self._high = min(xs), max(xs), min(ys), max(ys)

    def __call__(self, points: Sequence[Point]) -> list[Point]:
        return [
            (
                _placed(x, self._left, self._right, _WIDE),
                _HIGH - _placed(y, self._low, self._high, _HIGH),
            )
            for x, y in points
        ]


def _placed(value: float, low: float, high: float, length: float) -> float:
    part = (value - low) / (high - low) if high > low else 0.5
    return _EDGE + part * (length - 2 * _EDGE)


def _line(points: Sequence[Point], kind: str) -> str:
    told = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    return f'<polyline class="{kind}" points="{told}"/>' if len(points) > 1 else ""


def _dot(point: Point, kind: str, radius: float) -> str:
    return f'<circle class="{kind}" cx="{point[0]:.1f}" cy="{point[1]:.1f}" r="{radius:g}"/>'
