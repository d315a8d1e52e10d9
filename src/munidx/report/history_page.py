"""The lineage of promises as one self-contained web page: a table with editions as columns.

There is no script, and a policy in the page forbids any, and any request.
"""

import base64
import hashlib
import importlib.resources
from collections.abc import Iterator
from typing import Final

from munidx.diff.changes import Segment
from munidx.lineage import Stop
from munidx.report.catalogue import kind_word, word
from munidx.report.comparison import heading, worded
from munidx.report.history import (
    Event,
    History,
    change_text,
    name_of,
    notes_text,
    targets_text,
)
from munidx.report.markup import marked, markup_text
from munidx.report.values import excerpt, shorten

__all__ = ["page"]

_DEEPEST: Final = 5
"""The last indentation that the style knows."""


def page(view: History) -> str:
    """The page; ``#s12`` in its address points at a strand, by its number in the JSON."""
    style = importlib.resources.files("munidx.report").joinpath("history.css").read_text("utf-8")
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    plan = shorten(view.found.strands[0].title) or view.untitled
    title = f"{markup_text(plan)}: {markup_text(view.say('history'))}"
    heads = "".join(marked("th", name, ' scope="col" lang="ja"') for name in view.names)
    promise = marked("th", view.say("promise"), ' scope="col"')
    return "\n".join(
        [
            "<!DOCTYPE html>",
            f'<html lang="{view.lang}">',
            '<head><meta charset="utf-8">',
            f'<meta http-equiv="Content-Security-Policy" content="{policy}">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            '<meta name="referrer" content="no-referrer">',
            '<meta name="generator" content="munidx">',
            f"<title>{title}</title>",
            f"<style>{style}</style></head>",
            "<body>",
            f"<h1>{title}</h1>",
            marked("p", view.summary, ' class="dim"'),
            f'<div class="wide" tabindex="0"><table><thead><tr>{promise}{heads}</tr></thead>',
            "<tbody>",
            *([_row(view, 0, 0)] if any(view.events(0)) else []),
            *(_row(view, number, depth) for number, depth in view.rows),
            "</tbody></table></div>",
            "</body></html>",
            "",
        ]
    )


def _row(view: History, number: int, depth: int) -> str:
    strand = view.found.strands[number]
    name = markup_text(name_of(strand.stops[-1], view.untitled))
    events: dict[int, list[Event]] = {}
    for event in view.events(number):
        events.setdefault(event.edition, []).append(event)
    cells = "".join(
        _cell(view, number, edition, events.get(edition, [])) for edition in range(len(view.names))
    )
    classes = f"{strand.kind} d{min(depth, _DEEPEST)}"
    return f'<tr id="s{number}" class="{classes}"><th scope="row" lang="ja">{name}</th>{cells}</tr>'


def _cell(view: History, number: int, edition: int, events: list[Event]) -> str:
    strand = view.found.strands[number]
    stop = strand.at(edition)
    told = [_event(view, event) for event in events]
    if stop is None:
        return f'<td class="absent">{"".join(told) or marked("p", view.say("absent"))}</td>'
    if edition == strand.first:
        told = [*_first(view, stop), *told]
    same = marked("p", view.say("same"), ' class="same"')
    return f"<td>{''.join(told) or same}</td>"


def _first(view: History, stop: Stop) -> Iterator[str]:
    """Name and targets, as they were when the promise came."""
    yield marked("p", name_of(stop, view.untitled), ' lang="ja"')
    yield marked("p", targets_text(stop, view.lang), ' class="target" lang="ja"')


def _event(view: History, event: Event) -> str:
    if event.change is not None:
        change = event.change
        if not worded(change):
            told = markup_text(change_text(change, view.lang))
        else:
            head = f"{kind_word(change.kind, view.lang)}{word('separator', view.lang)}"
            told = "".join(
                [
                    markup_text(head + heading(change, view.lang)),
                    *map(_stretch, excerpt(change.inline)),
                    markup_text(notes_text(change, view.lang)),
                ]
            )
        return f'<p class="event {change.effect.value}">{told}</p>'
    if event.other is None:
        return marked("p", event.text, ' class="event"')
    return f'<p class="event"><a href="#s{event.other}">{markup_text(event.text)}</a></p>'


def _stretch(segment: Segment) -> str:
    tag = {"delete": "del", "insert": "ins"}.get(segment.op)
    return marked(tag, segment.text) if tag else markup_text(segment.text)
