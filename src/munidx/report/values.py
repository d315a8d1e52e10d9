"""Values of the model, as the codec writes them, in a few words for people."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Final

from munidx.diff.changes import Segment
from munidx.model import COLLECTIONS, FiscalYear
from munidx.report.catalogue import field_text, told, word
from munidx.report.terminal import harmless, paint
from munidx.report.words import VALUES

__all__ = ["entry_text", "excerpt", "inline", "shorten", "value_text", "vocabulary"]

_LONGEST: Final = 120
"""Characters of a value that are shown."""
_AROUND: Final = 12
"""Characters of unchanged text that are shown around a change."""
_VOCABULARIES: Final = frozenset(
    {
        *("status", "direction", "stage", "state", "comparator", "quantity", "accumulation"),
        *("kind", "basis", "role", "relation", "recurrence", "open"),
    }
)
_TIMES: Final = frozenset({"year", "start", "end"})
_SHOWN: Final = 6
"""Entries of a list that are shown."""


def shorten(text: str, longest: int = _LONGEST) -> str:
    """``text`` on one line, its end left away where it is longer than ``longest``."""
    line = " ".join(text.split())
    return line if len(line) <= longest else line[: longest - 1] + "…"


def value_text(value: object, lang: str = "en", *, below: bool = False, dated: bool = True) -> str:
    """``value`` in a few words: its published text where it has one.

    Args:
        value: Plain data, as the codec writes a field or a node.
        lang: ``en`` or ``ja``.
        below: Of a node, tell what it holds instead of its title.
        dated: Whether to tell the year of a value too.
    """
    if isinstance(value, Mapping):
        return shorten(_holds(value, lang) if below else _mapping(value, lang, dated=dated))
    if isinstance(value, str | Decimal | int):
        return shorten(_scalar(value, lang))
    if isinstance(value, Sequence):
        shown = [value_text(entry, lang) for entry in value[:_SHOWN]]
        return shorten(word("comma", lang).join([*shown, "…"] if len(value) > _SHOWN else shown))
    return ""


def inline(segments: Sequence[Segment], *, colour: bool) -> str:
    """Both texts in one: ``[-gone-]{+come+}``, unchanged stretches but for their ends left away.

    Args:
        segments: The stretches, in order.
        colour: Whether to colour them too.
    """
    return "".join(_inline(segments, colour))


def _inline(segments: Sequence[Segment], colour: bool) -> Iterator[str]:
    for segment in excerpt(segments):
        if segment.op == "delete":
            yield paint(f"[-{harmless(segment.text)}-]", "removed", on=colour)
        elif segment.op == "insert":
            yield paint(f"{{+{harmless(segment.text)}+}}", "added", on=colour)
        else:
            yield harmless(segment.text)


def excerpt(segments: Sequence[Segment]) -> Iterator[Segment]:
    """The stretches, the unchanged ones shortened to what stands around the changes."""
    last = len(segments) - 1
    for place, segment in enumerate(segments):
        if segment.op == "equal":
            text = _unchanged(segment.text, first=place == 0, last=place == last)
        else:
            text = shorten(segment.text)
        yield Segment(segment.op, text)


def _unchanged(text: str, *, first: bool, last: bool) -> str:
    head = "" if first else text[:_AROUND]
    tail = "" if last else text[-_AROUND:]
    if len(head) + len(tail) >= len(text):
        return text
    return f"{head}…{tail}"


def _scalar(value: str | Decimal | int, lang: str) -> str:
    if isinstance(value, bool):
        return told(value, lang)
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def _mapping(value: Mapping[str, object], lang: str, *, dated: bool) -> str:
    if value.get("name"):  # an owner
        path = value.get("path")
        above = [str(entry) for entry in path] if isinstance(path, Sequence) else []
        return " ".join([*above, str(value["name"])])
    if value.get("parent"):  # where a node stands
        code = value.get("code")
        return f"{value['parent']}{f' ({code})' if code else ''}"
    for telling in ("text", "statement", "title", "term", "label"):
        if value.get(telling):
            year = value.get("year") if dated and telling == "text" else None
            words = value_text(value[telling], lang)
            code = value.get("code") if telling == "title" else None
            prefix = f"{code} " if code else f"{_time(year, lang)} " if year else ""
            return prefix + " / ".join([words, *_alternatives(value, lang)])
    if value.get("value") is not None:
        year = value.get("year") if dated else None
        when = f"{_time(year, lang)} " if year else ""
        return f"{when}{value_text(value['value'], lang)}{value.get('unit', '')}"
    if value and value.keys() <= {"start", "end"}:  # a period
        return f"{_time(value.get('start'), lang)} – {_time(value.get('end'), lang)}".strip()
    return word("comma", lang).join(
        f"{field_text(key, lang)} {entry_text(key, entry, lang)}"
        for key, entry in value.items()
        if key not in {"source", "inferred"}
    )


def vocabulary(field: str) -> bool:
    """Whether the values of ``field`` are words of the model, not of the publisher."""
    return field.rpartition(".")[2].partition("[")[0] in _VOCABULARIES


def entry_text(field: str, value: object, lang: str = "en", *, dated: bool = True) -> str:
    """The ``value`` of a field: as :func:`value_text`, a vocabulary's word in ``lang``."""
    name = field.rpartition(".")[2].partition("[")[0]
    if isinstance(value, str) and vocabulary(field):
        return VALUES[lang].get(value, value)
    if isinstance(value, int) and name in _TIMES and not isinstance(value, bool):
        return _time(value, lang)
    return value_text(value, lang, dated=dated)


def _alternatives(value: Mapping[str, object], lang: str) -> list[str]:
    """The values of an observation that would do as well."""
    found = value.get("alternatives")
    if not isinstance(found, Sequence):
        return []
    return [shown for entry in found[:_SHOWN] if (shown := value_text(entry, lang))]


def _time(value: object, lang: str) -> str:
    """A time in a few words: ``FY2024`` or 令和6年度 for a fiscal year, a date as it is."""
    if not isinstance(value, int):
        return value_text(value, lang)
    try:
        return told(FiscalYear(value), lang)
    except ValueError:
        return str(value)


def _holds(node: Mapping[str, object], lang: str) -> str:
    """``with 2 measures, 3 indicators``: what hangs below a node that came or went."""
    counts: Counter[str] = Counter()
    stack: list[Mapping[str, object]] = [node]
    while stack:
        one = stack.pop()
        for collection in COLLECTIONS:
            entries = one.get(collection)
            if isinstance(entries, Sequence) and not isinstance(entries, str):
                counts[collection] += len(entries)
                stack += [entry for entry in entries if isinstance(entry, Mapping)]
    shown = [
        word(name if counts[name] > 1 else name[:-1], lang, n=counts[name])
        for name in COLLECTIONS
        if counts[name]
    ]
    return word("within", lang, counts=word("comma", lang).join(shown)) if shown else ""
