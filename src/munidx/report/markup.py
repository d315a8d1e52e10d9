"""Markup of our own for HTML and XML: what comes from a document is text in it, nothing else."""

import html

from munidx.report.terminal import harmless

__all__ = ["attribute", "marked", "markup_text"]


def markup_text(text: str) -> str:
    r"""``text`` for an element; its lines stay lines, what acts or hides is shown by number.

    >>> markup_text("<b>い\x1b</b>")
    '&lt;b&gt;い&lt;U+001B&gt;&lt;/b&gt;'
    """
    return "\n".join(html.escape(harmless(line)) for line in text.splitlines())


def attribute(name: str, *values: str) -> str:
    """`` name="value"``, a line for each of several values; nothing where all are empty."""
    told = "&#10;".join(html.escape(harmless(value)) for value in values if value)
    return f' {name}="{told}"' if told else ""


def marked(tag: str, text: str, attributes: str = "") -> str:
    """``text`` within ``<tag>``; nothing for an empty text."""
    return f"<{tag}{attributes}>{markup_text(text)}</{tag}>" if text else ""
