"""A diff as one self-contained web page, to filter, print and send on."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Final

from munidx.diff.changes import Change, Effect, Kind
from munidx.model import Plan
from munidx.place import parse_places
from munidx.report.catalogue import effect_word, field_text, kind_word, word
from munidx.report.comparison import SEVERAL, Comparison, doubt, rule_text, stamp_text, tells_year
from munidx.report.frame import Chart, Choice, Frame
from munidx.report.markup import attribute, marked, markup_text
from munidx.report.values import entry_text, shorten, value_text, vocabulary

__all__ = ["changes"]

_BARS: Final = 7
"""Kinds that the chart shows; the rarer ones are left to the list."""

_STRUCK: Final = 60
"""Characters of a text up to which it is struck out or underlined as a whole."""


def changes(view: Comparison) -> str:
    """The page; ``#effect=weakened&kind=…&owner=…&q=…`` in its address filters it."""
    old, new = stamp_text(view.diff.old), stamp_text(view.diff.new)
    arrow = '<span class="arrow">→</span>'
    frame = Frame(
        lang=view.lang,
        title=f"{old} → {new}",
        heading=f"{markup_text(old)}{arrow}{markup_text(new)}",
        charts=list(_charts(view)),
        choices=list(_choices(view)),
        nothing=word("no-changes", view.lang),
    )
    return frame.page(_sections(view), empty=not view.diff.changes)


def _word(view: Comparison, name: str) -> str:
    return markup_text(word(name, view.lang))


def _charts(view: Comparison) -> Iterator[Chart]:
    kinds = Counter(change.kind for change in view.diff.changes).most_common(_BARS)
    bars = [(kind.value, kind_word(kind, view.lang), count) for kind, count in kinds]
    yield Chart("effect", word("effect", view.lang), _effects(view))
    yield Chart("kind", word("kind", view.lang), bars)


def _effects(view: Comparison) -> list[tuple[str, str, int]]:
    told = view.diff.summary
    return [
        (effect.value, effect_word(effect, view.lang), told[effect.value])
        for effect in Effect
        if effect.value in told
    ]


def _choices(view: Comparison) -> Iterator[Choice]:
    kinds = Counter(change.kind for change in view.diff.changes)
    owners = Counter(name for change in view.diff.changes for name in view.owners(change))
    named = [
        (kind.value, kind_word(kind, view.lang), kinds[kind]) for kind in Kind if kind in kinds
    ]
    yield Choice("effect", word("effect", view.lang), _effects(view))
    yield Choice("kind", word("kind", view.lang), named)
    yield Choice(
        "owner", word("owner", view.lang), [(name, name, owners[name]) for name in sorted(owners)]
    )


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
    rule = marked("small", change.rule, attribute("title", rule_text(change)))
    kind = " ".join(filter(None, (markup_text(kind_word(change.kind, view.lang)), rule)))
    yield (
        f'<span class="kind">{kind}</span>'
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
    if change.kind in SEVERAL:
        whole = "\n".join(view.titles(change, newer=newer))
    else:
        whole = _whole(change, change.new if newer else change.old, view.lang)
    # A long text wholly struck out cannot be read: the colour alone tells.
    return marked(tag, whole, ' class="whole"' if len(whole) > _STRUCK else "")


def _whole(change: Change, value: object, lang: str) -> str:
    if isinstance(value, str):
        return entry_text(change.field, value, lang) if vocabulary(change.field) else value
    if change.kind in {Kind.ADDED, Kind.REMOVED} and isinstance(value, Mapping):
        told = (value.get("title"), value.get("description"), value_text(value, lang, below=True))
        return "\n".join(part for part in told if isinstance(part, str) and part)
    return entry_text(change.field, value, lang, dated=tells_year(change))


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
