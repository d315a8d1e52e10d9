"""Errors as text: where, what, and what to do about it."""

from collections.abc import Iterator
from typing import Final

from munidx.errors import ConfigError, MunidxError, PlanError
from munidx.report.catalogue import error_hint, error_sentence, word
from munidx.report.terminal import harmless

__all__ = ["render_error"]

_FURTHER: Final = 9
"""How many faults of a file are told after the first."""

_SILENT: Final = {"cues": "no-cues", "media-type": "no-media-type"}
"""Why a city was not even asked."""


def render_error(error: MunidxError, lang: str = "en") -> str:
    """``error`` as ``file:line:column: sentence``, with a line for each further fault.

    Its hint follows on a line of its own; for a document that no city knows, so does how near
    each came.
    """
    lines = [_line(error, lang)]
    if isinstance(error, PlanError | ConfigError):
        lines += [_line(other, lang) for other in error.others[:_FURTHER]]
        more = len(error.others) - _FURTHER
        if more > 0:
            lines.append("  " + word("more-faults", lang, n=more))
    lines += _nearest(error, lang)
    hint = error_hint(error, lang)
    if hint:
        lines.append(f"  {hint}")
    return "".join(harmless(line) + "\n" for line in lines)


def _line(error: MunidxError, lang: str) -> str:
    return f"{str(error.location) or 'munidx'}: {error_sentence(error, lang)}"


def _nearest(error: MunidxError, lang: str) -> Iterator[str]:
    candidates = error.params.get("nearest")
    if error.code != "adapter-unknown-document" or not isinstance(candidates, tuple):
        return
    for name, score, reasons in candidates:
        told = word("comma", lang).join(
            word(_SILENT[reason], lang) if reason in _SILENT else reason for reason in reasons
        )
        yield f"  {name}: {score:.2f}{f' ({told})' if told else ''}"
    if not candidates:
        yield "  " + word("no-adapter", lang)
