"""The lineage of promises for programs: JSON, and CSV with a row for each promise and edition."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from munidx.diff.changes import Effect, PlanStamp
from munidx.diff.exchange import change_data
from munidx.formats.codec import unstructure
from munidx.formats.json import encode_rows
from munidx.lineage import Stop, Strand
from munidx.model import Indicator, Plan
from munidx.report.catalogue import told, word
from munidx.report.cells import table
from munidx.report.history import History, renumbered, targets_text

__all__ = ["VERSION", "data", "table_of"]

VERSION: Final = 1
"""The version of the JSON form; ``munidx schema lineage`` describes it."""

_COLUMNS: Final = (
    *("strand", "kind", "edition", "edition_name", "event", "path", "level", "code", "title"),
    *("under", "status", "owners", "targets", "changes", "effects", "probable", "next"),
    *("split_from", "merged_into", "replaced_by", "source"),
)


def data(view: History) -> str:
    """One object with ``editions`` and ``strands``; strands are named by their place, from 0."""
    found = view.found
    return encode_rows(
        {
            "version": VERSION,
            "editions": [
                {"name": name, **_stamp(stamp)}
                for name, stamp in zip(view.names, found.editions, strict=True)
            ],
            "strands": [_strand(strand) for strand in found.strands],
        }
    )


def _stamp(stamp: PlanStamp) -> dict[str, object]:
    edition = None if stamp.edition is None else unstructure(stamp.edition)
    return {"id": stamp.id, "title": stamp.title, "edition": edition}


def _strand(strand: Strand) -> dict[str, object]:
    return {
        "kind": strand.kind,
        "title": strand.title,
        "first": strand.first,
        "last": strand.last,
        "returns": list(strand.returns),
        "split_from": strand.split_from,
        "merged_into": strand.merged_into,
        "replaced_by": strand.replaced_by,
        "stops": [_stop(stop) for stop in strand.stops],
    }


def _stop(stop: Stop) -> dict[str, object]:
    node = stop.node
    status = getattr(node, "status", None)
    return {
        "edition": stop.edition,
        "path": stop.path,
        "parent": stop.parent,
        "level": getattr(node, "level", ""),
        "code": getattr(node, "code", ""),
        "title": node.title or getattr(node, "statement", ""),
        "status": status.value if status else None,
        "owners": [unstructure(owner) for owner in node.owners],
        "unit": getattr(node, "unit", ""),
        "targets": (
            [unstructure(target) for target in node.targets] if isinstance(node, Indicator) else []
        ),
        "source": node.source,
        "rung": stop.rung.value if stop.rung else None,
        "score": None if stop.score is None else Decimal(str(stop.score)),
        "probable": stop.probable,
        "changes": [change_data(change) for change in stop.changes],
    }


def table_of(view: History) -> bytes:
    """A row for each promise in each edition that holds it."""
    return table(
        _COLUMNS,
        (
            _row(view, number, stop)
            for number in (0, *(number for number, _ in view.rows))
            for stop in view.found.strands[number].stops
        ),
    )


def _row(view: History, number: int, stop: Stop) -> Iterator[str]:
    strand, node, lang = view.found.strands[number], stop.node, view.lang
    comma = word("comma", lang)
    first, last = stop.edition == strand.first, stop.edition == strand.last
    yield str(number)
    yield strand.kind
    yield str(stop.edition + 1)
    yield view.names[stop.edition]
    yield _event(strand, stop)
    yield stop.path
    yield getattr(node, "level", "")
    yield getattr(node, "code", "")
    yield node.title or getattr(node, "statement", "")
    yield "" if stop.parent is None else _title_in(view, stop.parent, stop.edition)
    status = getattr(node, "status", None)
    yield told(status, lang) if status else ""
    yield comma.join(" ".join((*owner.path, owner.name)) for owner in node.owners)
    yield targets_text(stop, lang)
    yield " ".join(dict.fromkeys(change.kind.value for change in stop.changes))
    effects = {change.effect for change in stop.changes}
    yield " ".join(effect.value for effect in Effect if effect in effects)
    yield "probable" if stop.probable else ""
    yield _next(view, strand, stop)
    yield str(strand.split_from) if first and strand.split_from is not None else ""
    yield str(strand.merged_into) if last and strand.merged_into is not None else ""
    yield str(strand.replaced_by) if last and strand.replaced_by is not None else ""
    yield node.source


def _event(strand: Strand, stop: Stop) -> str:
    if stop.edition == strand.first:
        return "" if not stop.edition else "came" if strand.split_from is None else "split"
    if stop.edition in strand.returns:
        return "returned"
    before = max((one for one in strand.stops if one.edition < stop.edition), key=_edition)
    return "changed" if stop.changes or renumbered(before, stop) else "same"


def _edition(stop: Stop) -> int:
    return stop.edition


def _next(view: History, strand: Strand, stop: Stop) -> str:
    """Whether the next edition holds it; nothing for the last one."""
    if stop.edition + 1 == len(view.found.editions):
        return ""
    if strand.at(stop.edition + 1) is not None:
        return "stays"
    merged = stop.edition == strand.last and strand.merged_into is not None
    return "merged" if merged else "goes"


def _title_in(view: History, number: int, edition: int) -> str:
    stop = view.found.strands[number].at(edition)
    return "" if stop is None or isinstance(stop.node, Plan) else stop.node.title
