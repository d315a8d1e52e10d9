"""A diff as plain data, the JSON form of the design, and back: strict, nothing lost."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final, NoReturn, TypeVar

from munidx.diff.changes import Change, Diff, Effect, Kind, PlanStamp, Rung, Segment
from munidx.errors import PlanError
from munidx.findings import Severity
from munidx.formats.codec import structure, unstructure
from munidx.model import Edition

__all__ = ["VERSION", "change_data", "from_data", "read_change", "to_data"]

VERSION: Final = 1
"""The version of the form, the value of the key ``version``."""

_OPS: Final[Mapping[str, frozenset[str]]] = {
    "places": frozenset({"op", "old", "new"}),
    "paths": frozenset({"op", "pairs"}),
    "order": frozenset({"op", "old", "new", "field", "order", "back"}),
    "trace": frozenset({"op", "old", "new", "field", "before", "after"}),
    "chain": frozenset({"op", "first", "second"}),
    "silenced": frozenset({"op", "change"}),
    "explained": frozenset({"op", "old", "new", "field", "before", "after", "by"}),
}
"""The kinds of entries in the books, and the keys of each."""

_T = TypeVar("_T")


def to_data(diff: Diff) -> dict[str, Any]:
    """``diff`` as plain dicts, lists, strings and numbers, all keys of a change present."""
    return {
        "version": VERSION,
        "old": _stamp(diff.old),
        "new": _stamp(diff.new),
        "summary": dict(diff.summary),
        "changes": [change_data(change) for change in diff.changes],
        "bookkeeping": [dict(entry) for entry in diff.bookkeeping],
    }


def _stamp(stamp: PlanStamp) -> dict[str, Any]:
    told: dict[str, Any] = {"id": stamp.id, "title": stamp.title}
    if stamp.edition is not None:
        told["edition"] = unstructure(stamp.edition)
    return told


def change_data(change: Change) -> dict[str, Any]:
    """A change as it stands in the form."""
    inline = change.inline
    return {
        "kind": str(change.kind),
        "effect": str(change.effect),
        "title": change.title,
        "field": change.field,
        "old": change.old,
        "new": change.new,
        "old_paths": list(change.old_paths),
        "new_paths": list(change.new_paths),
        "old_source": change.old_source,
        "new_source": change.new_source,
        "rung": None if change.rung is None else str(change.rung),
        "score": None if change.score is None else Decimal(str(change.score)),
        "probable": change.probable,
        "reason": change.reason,
        "rule": change.rule,
        "severity": None if change.severity is None else str(change.severity),
        "inline": [{"op": one.op, "text": one.text} for one in inline] if inline else [],
        "fingerprint": change.fingerprint,
    }


def from_data(data: object) -> Diff:
    """The diff that ``data`` holds; numbers as the JSON reader of munidx gives them.

    Raises:
        PlanError: ``version-missing``, ``version-newer``, ``unknown-key``, ``missing-key``,
            ``wrong-type`` or ``wrong-value``, with the ``field`` at fault.
    """
    top = _table(data, "")
    if "version" not in top:
        raise PlanError("version-missing", version=VERSION)
    if top["version"].__class__ is not int or top["version"] != VERSION:
        raise PlanError("version-newer", got=str(top["version"])[:80], version=VERSION)
    _keys(top, {"version", "old", "new", "summary", "changes", "bookkeeping"}, "")
    _table(top["summary"], "summary")
    return Diff(
        old=_read_stamp(top["old"], "old"),
        new=_read_stamp(top["new"], "new"),
        changes=tuple(
            read_change(one, f"changes[{place}]")
            for place, one in enumerate(_list(top["changes"], "changes"))
        ),
        bookkeeping=tuple(
            _read_entry(one, f"bookkeeping[{place}]")
            for place, one in enumerate(_list(top["bookkeeping"], "bookkeeping"))
        ),
    )


def _read_stamp(data: object, where: str) -> PlanStamp:
    table = _table(data, where)
    _keys(table, {"id", "title", "edition"}, where, optional={"edition"})
    edition = structure(table["edition"], Edition) if "edition" in table else None
    return PlanStamp(
        id=_typed(table["id"], str, f"{where}.id"),
        title=_typed(table["title"], str, f"{where}.title"),
        edition=edition,
    )


def read_change(data: object, where: str) -> Change:
    """The change that ``data`` holds, which stands at ``where``; raises as :func:`from_data`."""
    table = _table(data, where)
    _keys(
        table,
        {
            "kind", "effect", "title", "field", "old", "new", "old_paths", "new_paths",
            "old_source", "new_source", "rung", "score", "probable", "reason", "rule",
            "severity", "inline", "fingerprint",
        },
        where,
    )  # fmt: skip
    score = table["score"]
    if score is not None and (
        isinstance(score, bool) or not isinstance(score, int | float | Decimal)
    ):
        _wrong(f"{where}.score", "number", score)
    return Change(
        kind=_member(table["kind"], Kind, f"{where}.kind"),
        effect=_member(table["effect"], Effect, f"{where}.effect"),
        title=_typed(table["title"], str, f"{where}.title"),
        field=_typed(table["field"], str, f"{where}.field"),
        old=table["old"],
        new=table["new"],
        old_paths=_texts(table["old_paths"], f"{where}.old_paths"),
        new_paths=_texts(table["new_paths"], f"{where}.new_paths"),
        old_source=_typed(table["old_source"], str, f"{where}.old_source"),
        new_source=_typed(table["new_source"], str, f"{where}.new_source"),
        rung=_optional(table["rung"], Rung, f"{where}.rung"),
        score=None if score is None else float(score),
        probable=_typed(table["probable"], bool, f"{where}.probable"),
        reason=_typed(table["reason"], str, f"{where}.reason"),
        rule=_typed(table["rule"], str, f"{where}.rule"),
        severity=_optional(table["severity"], Severity, f"{where}.severity"),
        inline=tuple(
            _segment(one, f"{where}.inline[{place}]")
            for place, one in enumerate(_list(table["inline"], f"{where}.inline"))
        ),
        fingerprint=_typed(table["fingerprint"], str, f"{where}.fingerprint"),
    )


def _segment(data: object, where: str) -> Segment:
    table = _table(data, where)
    _keys(table, {"op", "text"}, where)
    if table["op"] not in ("equal", "delete", "insert"):
        raise PlanError(
            "wrong-value", field=f"{where}.op", expected="equal | delete | insert",
            got=str(table["op"])[:80],
        )  # fmt: skip
    return Segment(table["op"], _typed(table["text"], str, f"{where}.text"))


def _read_entry(data: object, where: str) -> Mapping[str, object]:
    table = _table(data, where)
    op = table.get("op")
    if not isinstance(op, str) or op not in _OPS:
        raise PlanError(
            "wrong-value", field=f"{where}.op", expected=" | ".join(_OPS), got=str(op)[:80]
        )
    _keys(table, set(_OPS[op]), where)
    if op == "chain":
        from_data(table["first"])
        from_data(table["second"])
    elif op == "silenced":
        read_change(table["change"], f"{where}.change")
    return dict(table)


def _table(data: object, where: str) -> dict[str, Any]:
    if not isinstance(data, dict):
        _wrong(where, "table", data)
    return data


def _list(data: object, where: str) -> list[Any]:
    if not isinstance(data, list):
        _wrong(where, "array", data)
    return data


def _texts(data: object, where: str) -> tuple[str, ...]:
    return tuple(_typed(one, str, where) for one in _list(data, where))


def _typed(data: object, kind: type[_T], where: str) -> _T:
    if data.__class__ is not kind:
        _wrong(where, "string" if kind is str else "boolean", data)
    return data


def _member(data: object, kind: type[_T], where: str) -> _T:
    try:
        return kind(data)  # type: ignore[call-arg]
    except ValueError:
        members = " | ".join(str(one) for one in kind)  # type: ignore[attr-defined]
        raise PlanError("wrong-value", field=where, expected=members, got=str(data)[:80]) from None


def _optional(data: object, kind: type[_T], where: str) -> _T | None:
    return None if data is None else _member(data, kind, where)


def _keys(
    table: Mapping[str, Any],
    known: set[str] | frozenset[str],
    where: str,
    optional: set[str] | frozenset[str] = frozenset(),
) -> None:
    for key in table:
        if key not in known:
            raise PlanError("unknown-key", field=where, key=str(key)[:80], nearest="")
    for key in sorted(known - optional):
        if key not in table:
            raise PlanError("missing-key", field=where, key=key)


def _wrong(where: str, expected: str, data: object) -> NoReturn:
    raise PlanError("wrong-type", field=where, expected=expected, got=type(data).__name__)
