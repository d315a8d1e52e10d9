"""A diff as one self-contained web page: no network, no foreign script, nothing to install.

The page is whole without its script, which only filters and moves the focus. A policy in the
page allows this very style and script by their digests, and no request at all, so that a title
that slipped through as markup could still do nothing.
"""

import base64
import hashlib
import importlib.resources
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from munidx.diff.changes import Change, Effect, Kind
from munidx.model import Plan
from munidx.place import parse_places
from munidx.report.catalogue import effect_word, field_text, kind_word, word
from munidx.report.comparison import Comparison, doubt, stamp_text
from munidx.report.markup import attribute, marked, markup_text
from munidx.report.values import entry_text, shorten, value_text, vocabulary

__all__ = ["changes"]

_ROW: Final = 22
"""Height of a bar's row in the charts, in the units of their drawing."""

_BARS: Final = 7
"""Kinds that the chart shows; the rarer ones are left to the list."""

_STRUCK: Final = 60
"""Characters of a text up to which it is struck out or underlined as a whole."""


def changes(view: Comparison) -> str:
    """The page; ``#effect=weakened&kind=…&owner=…&q=…`` in its address filters it."""
    style, script = _asset("page.css"), _asset("page.js")
    policy = (
        f"default-src 'none'; style-src '{_digest(style)}'; script-src '{_digest(script)}'; "
        "base-uri 'none'; form-action 'none'"
    )
    old, new = stamp_text(view.diff.old), stamp_text(view.diff.new)
    title = f"{markup_text(old)} → {markup_text(new)}"
    arrow = '<span class="arrow">→</span>'
    hidden = " hidden" if view.diff.changes else ""
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
            '<header class="frame top">',
            f'<h1 lang="ja">{markup_text(old)}{arrow}{markup_text(new)}</h1>',
            *_charts(view),
            "</header>",
            *_tools(view),
            '<main class="frame">',
            *_sections(view),
            f'<p class="none"{hidden}>{_word(view, "no-changes")}</p></main>',
            f'<footer class="frame keys">{_keys(view)}</footer>',
            f"<script>{script}</script>",
            "</body></html>",
            "",
        ]
    )


def _asset(name: str) -> str:
    return importlib.resources.files("munidx.report").joinpath(name).read_text("utf-8")


def _digest(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _word(view: Comparison, name: str) -> str:
    return markup_text(word(name, view.lang))


def _keys(view: Comparison) -> str:
    told = [("<kbd>/</kbd>", "search"), ("<kbd>j</kbd> <kbd>k</kbd>", "step")]
    told.append(("<kbd>Esc</kbd>", "reset"))
    return " · ".join(f"{keys} {_word(view, name)}" for keys, name in told)


def _charts(view: Comparison) -> Iterator[str]:
    if not view.diff.changes:
        return
    effects = [
        (effect.value, effect_word(effect, view.lang), view.diff.summary[effect.value])
        for effect in Effect
        if effect.value in view.diff.summary
    ]
    kinds = [
        (kind.value, kind_word(kind, view.lang), count)
        for kind, count in Counter(change.kind for change in view.diff.changes).most_common(_BARS)
    ]
    yield '<div class="charts">'
    yield _chart(word("effect", view.lang), "effect", effects)
    yield _chart(word("kind", view.lang), "kind", kinds)
    yield "</div>"


def _chart(caption: str, name: str, bars: Sequence[tuple[str, str, int]]) -> str:
    most = max(count for _, _, count in bars)
    rows = []
    for place, (value, label, count) in enumerate(bars):
        top = place * _ROW
        width = max(250 * count / most, 2)
        rows.append(
            f'<a href="#{name}={value}"><text x="0" y="{top + 15}">{markup_text(label)}</text>'
            f'<rect class="bar {value}" x="150" y="{top + 4}" width="{width:.1f}" height="14" '
            f'rx="3"/><text class="count" x="{156 + width:.1f}" y="{top + 15}">{count}</text></a>'
        )
    return (
        f"<figure><figcaption>{markup_text(caption)}</figcaption>"
        f'<svg viewBox="0 0 450 {len(bars) * _ROW}" preserveAspectRatio="xMinYMin meet" '
        f'role="group"{attribute("aria-label", caption)}>{"".join(rows)}</svg></figure>'
    )


def _tools(view: Comparison) -> Iterator[str]:
    kinds = Counter(change.kind for change in view.diff.changes)
    owners = Counter(name for change in view.diff.changes for name in view.owners(change))
    yield '<div class="tools"><div class="frame"><form role="search">'
    yield (
        f'<input type="search" name="q" autocomplete="off"'
        f"{attribute('placeholder', word('search', view.lang))}"
        f"{attribute('aria-label', word('search', view.lang))}>"
    )
    effects = {name: effect_word(Effect(name), view.lang) for name in view.diff.summary}
    yield _choice(view, "effect", effects, view.diff.summary)
    named = {kind.value: kind_word(kind, view.lang) for kind in Kind if kind in kinds}
    yield _choice(view, "kind", named, {kind.value: kinds[kind] for kind in kinds})
    yield _choice(view, "owner", {name: name for name in sorted(owners)}, owners)
    yield f'<button type="button">{_word(view, "reset")}</button><output></output>'
    yield "</form></div></div>"


def _choice(
    view: Comparison, name: str, named: Mapping[str, str], counts: Mapping[str, int]
) -> str:
    options = "".join(
        f"<option{attribute('value', value)}>{markup_text(label)} ({counts[value]})</option>"
        for value, label in named.items()
    )
    label = word(name, view.lang)
    every = f'<option value="">{markup_text(label)}: {_word(view, "all")}</option>'
    return f'<select name="{name}"{attribute("aria-label", label)}>{every}{options}</select>'


def _sections(view: Comparison) -> Iterator[str]:
    links = _links(view, newer=False), _links(view, newer=True)
    for effect in Effect:
        group = [change for change in view.diff.changes if change.effect is effect]
        if not group:
            continue
        yield f'<section class="{effect.value}" data-effect="{effect.value}">'
        heading = markup_text(effect_word(effect, view.lang))
        yield f"<h2>{heading} <small>{len(group)}</small></h2>"
        for change in group:
            yield from _article(view, change, links)
        yield "</section>"


def _links(view: Comparison, *, newer: bool) -> Mapping[str, str]:
    """Document → its address on the web, where the plan knows a usable one."""
    plan = (view.new if newer else view.old)[""].node
    documents = plan.documents if isinstance(plan, Plan) else ()
    return {
        document.name: document.url
        for document in documents
        if document.url.startswith(("https://", "http://"))
    }


def _article(
    view: Comparison, change: Change, links: tuple[Mapping[str, str], Mapping[str, str]]
) -> Iterator[str]:
    owners = view.owners(change)
    yield (
        f'<article tabindex="-1" data-kind="{change.kind.value}"{attribute("data-owner", *owners)}>'
    )
    title, above = change.title, view.context(change)
    if change.kind is Kind.RENUMBERED and len(change.new_paths) > 1:
        title, above = above, ""
    yield (
        f'<span class="kind">{markup_text(kind_word(change.kind, view.lang))}</span>'
        f'<h3 lang="ja">{markup_text(shorten(title, 400)) or _word(view, "absent")}</h3>'
    )
    for name, text in (
        ("above", above),
        ("owner", ", ".join(owners)),
        ("doubt", doubt(change, view.lang)),
    ):
        if text:
            language = ' lang="ja"' if name != "doubt" else ""
            yield f'<p class="{name}"{language}>{markup_text(text)}</p>'
    if change.field and change.field != "title":
        yield f'<p class="field">{markup_text(field_text(change.field, view.lang))}</p>'
    yield '<div class="sides">'
    yield _side(view, change, links[0], newer=False)
    yield _side(view, change, links[1], newer=True)
    yield "</div></article>"


def _side(view: Comparison, change: Change, links: Mapping[str, str], *, newer: bool) -> str:
    value = _value(view, change, newer=newer) or _word(view, "absent")
    label = _word(view, "new" if newer else "old")
    place = _place(view, change, links, newer=newer)
    side = "new" if newer else "old"
    return (
        f'<div class="side {side}"><h4>{label}</h4><p class="value" lang="ja">{value}</p>{place}'
        "</div>"
    )


def _value(view: Comparison, change: Change, *, newer: bool) -> str:
    """What stands on a side, changed words within ``<del>`` and ``<ins>``."""
    tag, gone = ("ins", "delete") if newer else ("del", "insert")
    if change.inline:
        return "".join(
            markup_text(segment.text) if segment.op == "equal" else marked(tag, segment.text)
            for segment in change.inline
            if segment.op != gone
        )
    whole = _whole(change, change.new if newer else change.old, view.lang)
    # A long text wholly struck out cannot be read: the colour alone tells.
    return marked(tag, whole, ' class="whole"' if len(whole) > _STRUCK else "")


def _whole(change: Change, value: object, lang: str) -> str:
    if isinstance(value, str):
        return entry_text(change.field, value, lang) if vocabulary(change.field) else value
    if change.kind in {Kind.ADDED, Kind.REMOVED} and isinstance(value, Mapping):
        told = (value.get("title"), value.get("description"), value_text(value, lang, below=True))
        return "\n".join(part for part in told if isinstance(part, str) and part)
    return entry_text(change.field, value, lang, dated="[" not in change.field)


def _place(view: Comparison, change: Change, links: Mapping[str, str], *, newer: bool) -> str:
    told = view.place(change, newer=newer)
    if not told:
        return ""
    try:
        places = parse_places(view.source(change, newer=newer))
    except ValueError:
        places = ()
    address = links.get(places[0].document, "") if places else ""
    if not address:
        return f'<p class="place" lang="ja">{markup_text(told)}</p>'
    if places[0].page is not None:
        address = f"{address.partition('#')[0]}#page={places[0].page}"
    link = attribute("href", address)
    return f'<p class="place"><a rel="noopener noreferrer"{link}>{markup_text(told)}</a></p>'
