"""The frame of a report as one web page: no network, no foreign script, nothing to install.

The page is whole without its script, which only filters and moves the focus. A policy in the
page allows this very style and script by their digests, and no request at all, so that a title
that slipped through as markup could still do nothing.

What is filtered are the articles of the page's sections, by their data attributes and those of
the section, and by their words.
"""

import base64
import hashlib
import importlib.resources
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from attrs import field, frozen

from munidx.report.catalogue import word
from munidx.report.markup import attribute, markup_text

__all__ = ["Chart", "Choice", "Frame"]

_ROW: Final = 22
"""Height of a bar's row in the charts, in the units of their drawing."""

_KEYS: Final = (
    ("<kbd>/</kbd>", "search"),
    ("<kbd>j</kbd> <kbd>k</kbd>", "step"),
    ("<kbd>Esc</kbd>", "reset"),
)


@frozen
class Choice:
    """A filter: what is chosen from, each with its label and how many articles it leaves."""

    name: str
    """Of the data attribute, and in the page's address."""
    label: str
    options: Sequence[tuple[str, str, int]]


@frozen
class Chart:
    """Counts as bars that filter when they are clicked."""

    name: str
    label: str
    bars: Sequence[tuple[str, str, int]]
    """Value of the filter, label and count; the value is the class of the bar too."""


@frozen(kw_only=True)
class Frame:
    """What stands around the articles of a page."""

    lang: str
    title: str
    """In plain text."""
    heading: str
    """In markup."""
    charts: Sequence[Chart] = field(factory=tuple)
    choices: Sequence[Choice] = field(factory=tuple)
    nothing: str = ""
    """What is said where no article is shown."""

    def page(self, sections: Iterable[str], *, empty: bool) -> str:
        """The page around ``sections``, lines of markup; ``empty`` where it has no article."""
        style, script = _asset("page.css"), _asset("page.js")
        policy = (
            f"default-src 'none'; style-src '{_digest(style)}'; script-src '{_digest(script)}'; "
            "base-uri 'none'; form-action 'none'"
        )
        hidden = "" if empty else " hidden"
        return "\n".join(
            [
                "<!DOCTYPE html>",
                f'<html lang="{self.lang}">',
                '<head><meta charset="utf-8">',
                f'<meta http-equiv="Content-Security-Policy" content="{policy}">',
                '<meta name="viewport" content="width=device-width, initial-scale=1">',
                '<meta name="referrer" content="no-referrer">',
                '<meta name="generator" content="munidx">',
                f"<title>{markup_text(self.title)}</title>",
                f"<style>{style}</style></head>",
                "<body>",
                '<header class="frame top">',
                f'<h1 lang="ja">{self.heading}</h1>',
                *self._charts(),
                "</header>",
                *self._tools(),
                '<main class="frame">',
                *sections,
                f'<p class="none"{hidden}>{markup_text(self.nothing)}</p></main>',
                f'<footer class="frame keys">{self._keys()}</footer>',
                f"<script>{script}</script>",
                "</body></html>",
                "",
            ]
        )

    def _word(self, name: str) -> str:
        return markup_text(word(name, self.lang))

    def _keys(self) -> str:
        return " · ".join(f"{keys} {self._word(name)}" for keys, name in _KEYS)

    def _charts(self) -> Iterator[str]:
        charts = [_chart(chart) for chart in self.charts if chart.bars]
        if charts:
            yield '<div class="charts">'
            yield from charts
            yield "</div>"

    def _tools(self) -> Iterator[str]:
        search = word("search", self.lang)
        yield '<div class="tools"><div class="frame"><form role="search">'
        yield (
            f'<input type="search" name="q" autocomplete="off"{attribute("placeholder", search)}'
            f"{attribute('aria-label', search)}>"
        )
        yield from map(self._choice, self.choices)
        yield f'<button type="button">{self._word("reset")}</button><output></output>'
        yield "</form></div></div>"

    def _choice(self, choice: Choice) -> str:
        options = "".join(
            f"<option{attribute('value', value)}>{markup_text(label)} ({count})</option>"
            for value, label, count in choice.options
        )
        label = markup_text(choice.label)
        every = f'<option value="">{label}: {self._word("all")}</option>'
        named = attribute("aria-label", choice.label)
        return f'<select name="{choice.name}"{named}>{every}{options}</select>'


def _asset(name: str) -> str:
    return importlib.resources.files("munidx.report").joinpath(name).read_text("utf-8")


def _digest(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _chart(chart: Chart) -> str:
    most = max(count for _, _, count in chart.bars)
    rows = []
    for place, (value, label, count) in enumerate(chart.bars):
        top = place * _ROW
        width = max(250 * count / most, 2)
        rows.append(
            f'<a href="#{chart.name}={value}"><text x="0" y="{top + 15}">{markup_text(label)}'
            f'</text><rect class="bar {value}" x="150" y="{top + 4}" width="{width:.1f}" '
            f'height="14" rx="3"/><text class="count" x="{156 + width:.1f}" y="{top + 15}">'
            f"{count}</text></a>"
        )
    return (
        f"<figure><figcaption>{markup_text(chart.label)}</figcaption>"
        f'<svg viewBox="0 0 450 {len(chart.bars) * _ROW}" preserveAspectRatio="xMinYMin meet" '
        f'role="group"{attribute("aria-label", chart.label)}>{"".join(rows)}</svg></figure>'
    )
