"""Findings as text for people and as JSON for programs; a further format is one entry here."""

from collections.abc import Callable, Sequence
from typing import Final, TypeAlias

from munidx.findings import Finding

__all__ = ["FORMATS", "FindingsOf", "render_findings"]

FindingsOf: TypeAlias = tuple[str, tuple[Finding, ...]]
"""A heading (what was validated: a file's name, or ``name::plan-id``) and its findings."""


def render_findings(
    findings: Sequence[FindingsOf],
    format: str = "text",  # noqa: A002 - the word of the option
    *,
    lang: str = "en",
    colour: bool = False,
    width: int = 100,
    encoding: str = "utf-8",
) -> str:
    """``findings`` in ``format``, one of :data:`FORMATS`; ends in a newline unless empty.

    Args:
        findings: What was validated, in the order given, each with what was found.
        format: ``text`` or ``json``; ``json`` is one object for all that was validated.
        lang: ``en`` or ``ja``.
        colour: Whether escape sequences may colour the text (text only).
        width: Columns of the terminal, to cut titles to (text only).
        encoding: Of the stream it goes to: what it cannot hold is escaped (text only).

    Raises:
        KeyError: ``format`` is none of :data:`FORMATS`.
    """
    return FORMATS[format](findings, lang, colour, width, encoding)


FORMATS: Final[dict[str, Callable[..., str]]] = {}
