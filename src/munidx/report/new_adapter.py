"""What ``munidx new-adapter`` made of the samples, in a few lines."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from attrs import frozen

from munidx.adapters import Reading
from munidx.model import Goal, Indicator, Measure, Municipality, PlanKind, walk
from munidx.report.catalogue import told, word
from munidx.report.terminal import harmless, pad, wrapped

__all__ = ["Heading", "NewAdapter", "render_new_adapter"]

_WORDS: Final[Mapping[str, Mapping[str, str]]] = {
    "en": {
        "head": "{folder}: an adapter for {place} ({code})",
        "title": "title",
        "untitled": "none is printed; the adapter calls it {title}",
        "kind": "kind",
        "columns": "columns",
        "guessed": "guesses",
        "unitless": "no unit",
        "unknown": "unknown",
        "no-table": (
            "No table of measures was found: the adapter knows the document by its title, and"
            " the rest is yet to be read. See the page on recipes in the documentation."
        ),
        "read": "all of it is read",
        "left": "{n} characters in {places} places are left over: {file}",
        "known": "These installed adapters read it already: {names}.",
        "next": "Next: pip install -e '{folder}[test]' && pytest {folder}",
    },
    "ja": {
        "head": "{folder}：{place}（{code}）のアダプター",
        "title": "名称",
        "untitled": "資料に名称がないため「{title}」とします",
        "kind": "種別",
        "columns": "列",
        "guessed": "推定した列",
        "unitless": "単位なし",
        "unknown": "不明な列",
        "no-table": (
            "施策・事業の表は見つかりませんでした。アダプターは名称のみを読み取ります。"
            "残りの読み方は、文書の「書式別の手順」を参照してください。"
        ),
        "read": "全て読み取れます",
        "left": "未読が{places}か所（{n}文字）あります：{file}",
        "known": "導入済みの次のアダプターで既に読み取れます：{names}",
        "next": "次の操作：pip install -e '{folder}[test]' && pytest {folder}",
    },
}
_WIDTH: Final = 100
_COLUMN: Final = 12


@frozen(kw_only=True)
class Heading:
    """A column of the samples."""

    words: str
    field: str = ""
    """What it means; empty: nobody knows."""
    place: str = ""
    guessed: bool = False
    unitless: bool = False
    """Whether it is money without a unit."""


@frozen(kw_only=True)
class NewAdapter:
    """What is to be told."""

    folder: str
    municipality: Municipality
    kind: PlanKind
    title: str
    """As published; empty: the documents print none."""
    own_title: str = ""
    """What the adapter calls a document that prints no title."""
    headings: Sequence[Heading] = ()
    """Empty: there was no table."""
    samples: Sequence[tuple[str, Reading]] = ()
    known: Sequence[str] = ()
    """Installed adapters that are sure of a sample."""


def render_new_adapter(new: NewAdapter, *, lang: str = "en") -> str:
    """The few lines."""
    return "".join(f"{line}\n" for line in _lines(new, lang))


def _say(name: str, lang: str, /, **params: object) -> str:
    return harmless(_WORDS[lang][name].format(**params))


def _lines(new: NewAdapter, lang: str) -> Iterator[str]:
    place = new.municipality
    full = f"{place.prefecture}{place.name}"
    yield _say("head", lang, folder=new.folder, place=full, code=place.code)
    if new.title:
        yield from _row("title", new.title, lang)
    if new.own_title:
        yield from _row("title", _say("untitled", lang, title=new.own_title), lang)
    yield from _row("kind", told(new.kind, lang), lang)
    known = [one for one in new.headings if one.field]
    yield from _row("columns", _meanings(one for one in known if not one.guessed), lang)
    yield from _row("guessed", _meanings(one for one in known if one.guessed), lang)
    unitless = (one.words for one in known if one.unitless)
    yield from _row("unitless", ", ".join(unitless), lang)
    strange = (f"{one.words} ({one.place})" for one in new.headings if not one.field)
    yield from _row("unknown", ", ".join(strange), lang)
    if not new.headings:
        yield from (f"  {line}" for line in wrapped(_say("no-table", lang), _WIDTH - 2))
    for name, reading in new.samples:
        yield f"  {harmless(name)}: {_counts(reading, lang)}; {_unread(name, reading, lang)}"
    if new.known:
        yield _say("known", lang, names=", ".join(new.known))
    yield _say("next", lang, folder=new.folder)


def _row(name: str, text: str, lang: str) -> Iterator[str]:
    if text:
        first, *others = wrapped(harmless(text), _WIDTH - _COLUMN - 2)
        yield f"  {pad(_WORDS[lang][name], _COLUMN)}{first}"
        yield from (" " * (_COLUMN + 2) + other for other in others)


def _meanings(headings: Iterator[Heading]) -> str:
    return ", ".join(f"{one.words} → {one.field}" for one in headings)


def _counts(reading: Reading, lang: str) -> str:
    nodes = [item.node for plan in reading.plans for item in walk(plan)]
    names = {"goal": Goal, "measure": Measure, "indicator": Indicator}
    counts = {name: sum(isinstance(node, kind) for node in nodes) for name, kind in names.items()}
    parts = [word(name if n == 1 else f"{name}s", lang, n=n) for name, n in counts.items() if n]
    return word("comma", lang).join(parts) or word("nothing-below", lang)


def _unread(name: str, reading: Reading, lang: str) -> str:
    coverage = reading.coverage
    if not coverage.unread_places:
        return _say("read", lang)
    file = f"tests/golden/{name}.unread"
    return _say("left", lang, n=coverage.unread, places=len(coverage.unread_places), file=file)
