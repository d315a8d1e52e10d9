"""Values of the model, as the codec writes them, in a few words for people."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Final

from munidx.diff.changes import Segment
from munidx.model import COLLECTIONS
from munidx.report.terminal import harmless, paint

__all__ = ["inline", "shorten", "value_text"]

_LONGEST: Final = 120
"""Characters of a value that are shown."""
_AROUND: Final = 12
"""Characters of unchanged text that are shown around a change."""
_SHOWN: Final = 6
"""Entries of a list that are shown."""


def shorten(text: str, longest: int = _LONGEST) -> str:
    """``text`` on one line, its end left away where it is longer than ``longest``."""
    line = " ".join(text.split())
    return line if len(line) <= longest else line[: longest - 1] + "…"


def value_text(value: object, *, below: bool = False, dated: bool = True) -> str:
    """``value`` in a few words: its published text where it has one.

    Args:
        value: Plain data, as the codec writes a field or a node.
        below: Of a node, tell what it holds instead of its title.
        dated: Whether to tell the year of a value too.
    """
    if isinstance(value, Mapping):
        return shorten(_holds(value) if below else _mapping(value, dated=dated))
    if isinstance(value, str | Decimal | int):
        return shorten(_scalar(value))
    if isinstance(value, Sequence):
        told = [value_text(entry) for entry in value[:_SHOWN]]
        return shorten(", ".join(told) + (", …" if len(value) > _SHOWN else ""))
    return ""


def inline(segments: Sequence[Segment], *, colour: bool) -> str:
    """Both texts in one: ``[-gone-]{+come+}``, unchanged stretches but for their ends left away.

    Args:
        segments: The stretches, in order.
        colour: Whether to colour them too.
    """
    return "".join(_inline(segments, colour))


def _inline(segments: Sequence[Segment], colour: bool) -> Iterator[str]:
    last = len(segments) - 1
    for place, segment in enumerate(segments):
        if segment.op == "delete":
            yield paint(f"[-{harmless(shorten(segment.text))}-]", "removed", on=colour)
        elif segment.op == "insert":
            yield paint(f"{{+{harmless(shorten(segment.text))}+}}", "added", on=colour)
        else:
            yield harmless(_unchanged(segment.text, first=place == 0, last=place == last))


def _unchanged(text: str, *, first: bool, last: bool) -> str:
    head = "" if first else text[:_AROUND]
    tail = "" if last else text[-_AROUND:]
    if len(head) + len(tail) >= len(text):
        return text
    return f"{head}…{tail}"


def _scalar(value: str | Decimal | int) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def _mapping(value: Mapping[str, object], *, dated: bool) -> str:
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
            words = value_text(value[telling])
            code = value.get("code") if telling == "title" else None
            prefix = f"{code} " if code else f"FY{year} " if year else ""
            return prefix + " / ".join([words, *_alternatives(value)])
    if value.get("value") is not None:
        year = value.get("year") if dated else None
        return f"{f'FY{year} ' if year else ''}{value_text(value['value'])}{value.get('unit', '')}"
    if value and value.keys() <= {"start", "end"}:  # a period
        return f"{_time(value.get('start'))} – {_time(value.get('end'))}".strip()
    return ", ".join(
        f"{key} {value_text(entry)}"
        for key, entry in value.items()
        if key not in {"source", "inferred"}
    )


def _alternatives(value: Mapping[str, object]) -> list[str]:
    """The values of an observation that would do as well."""
    found = value.get("alternatives")
    if not isinstance(found, Sequence):
        return []
    return [told for entry in found[:_SHOWN] if (told := value_text(entry))]


def _time(value: object) -> str:
    """A time in a few words: ``FY2024`` for a fiscal year, a date as it is."""
    return f"FY{value}" if isinstance(value, int) else value_text(value)


def _holds(node: Mapping[str, object]) -> str:
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
    told = [
        f"{counts[name]} {name if counts[name] > 1 else name[:-1]}"
        for name in COLLECTIONS
        if counts[name]
    ]
    return f"with {', '.join(told)}" if told else ""
