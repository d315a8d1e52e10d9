"""The JSON Schemas (2020-12) of what munidx writes: plans, diffs, findings, lineages.

The plan's schema is made from the classes of the model, descriptions included, so that it
cannot fall behind them. Those of diffs, findings and lineages are written by hand over its
definitions: they describe what other parts of munidx write, which the formats do not know.
"""

import ast
import inspect
import textwrap
from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Any, Final, get_args, get_origin

import attrs

from munidx.formats.codec import VERSION
from munidx.formats.converter import WHOLE
from munidx.model import FiscalYear, Labels, Plan

__all__ = ["PLAN_SCHEMA_NAME", "diff_schema", "findings_schema", "lineage_schema", "plan_schema"]

Schema = dict[str, Any]

PLAN_SCHEMA_NAME: Final = f"munidx-plan-{VERSION}.schema.json"
"""The file name that the first line of a TOML plan gives."""

_DRAFT: Final = "https://json-schema.org/draft/2020-12/schema"
_TEXT: Final[Schema] = {"type": "string"}
_TEXTS: Final[Schema] = {"type": "array", "items": _TEXT}
_ANYTHING: Final[Schema] = {}
_SIMPLE: Final[Mapping[object, Schema]] = {
    str: _TEXT,
    bool: {"type": "boolean"},
    int: {"type": "integer", "minimum": -WHOLE, "maximum": WHOLE - 1},
    Decimal: {"type": "number"},
    Fraction: {"type": "string", "pattern": "^-?[0-9]{1,40}/[1-9][0-9]{0,39}$"},
    Labels: {"type": "object", "additionalProperties": _TEXT},
}
_FISCAL_YEAR: Final[Schema] = {
    "description": "A fiscal year (年度): 2024 is 令和6年度, from April 2024 to March 2025.",
    "type": "integer",
    "minimum": 1868,
    "maximum": 2999,
}
_TIME: Final[Schema] = {
    "description": "A time no finer than printed: a fiscal year as an integer, or a string: "
    "2024 (a calendar year), 2024-08, 2024-08-31, FY2024-H1, FY2024-Q3.",
    "anyOf": [
        {"$ref": "#/$defs/FiscalYear"},
        {
            "type": "string",
            "pattern": "^(?:[0-9]{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12][0-9]|3[01]))?)?"
            "|FY[0-9]{4}-(?:H[12]|Q[1-4]))$",
        },
    ],
}
_EFFECTS: Final = ("weakened", "unclear", "strengthened", "neutral", "editorial")
_RUNGS: Final = ("id", "pinned", "exact", "content", "split", "merged")
_KINDS: Final = (
    *("added", "removed", "abolished", "moved", "renumbered", "retitled", "reworded"),
    *("split", "merged", "target-raised", "target-lowered", "target-set", "target-dropped"),
    *("target-postponed", "target-advanced", "target-vague", "target-unit-changed"),
    *("baseline-restated", "actual-added", "actual-corrected", "unit-changed"),
    *("direction-changed", "indicator-replaced", "owner-changed", "cost-changed"),
    *("status-changed", "schedule-changed", "evaluation-changed", "reference-changed"),
    *("label-changed", "period-changed", "mark-mismatch", "field-changed"),
)


def plan_schema() -> Schema:
    """The schema of a plan, as a TOML or JSON file."""
    definitions: dict[str, Schema] = {"FiscalYear": _FISCAL_YEAR, "Time": _TIME}
    plan = _object(Plan, definitions)
    plan["properties"] = {
        "munidx": {"description": "The version of the format.", "const": VERSION},
        **plan["properties"],
    }
    return {
        "$schema": _DRAFT,
        "$id": PLAN_SCHEMA_NAME,
        "title": "A municipal plan",
        **plan,
        "required": ["munidx"],
        "$defs": dict(sorted(definitions.items())),
    }


def diff_schema() -> Schema:
    """The schema of what ``munidx diff --format json`` writes."""
    definitions = dict(plan_schema()["$defs"])
    stamp = _closed({"id": _TEXT, "title": _TEXT, "edition": _ANYTHING})
    stamp["properties"]["edition"] = {"anyOf": [{"$ref": "#/$defs/Edition"}, {"type": "null"}]}
    change = _closed(
        {
            "kind": {"enum": list(_KINDS)},
            "effect": {"enum": list(_EFFECTS)},
            "title": _TEXT,
            "field": _TEXT,
            "old": {"description": "The value as a plan has it; null where there is none."},
            "new": {"description": "The value as a plan has it; null where there is none."},
            "old_paths": _TEXTS,
            "new_paths": _TEXTS,
            "old_source": _TEXT,
            "new_source": _TEXT,
            "rung": {"enum": [*_RUNGS, None]},
            "score": {"type": ["number", "null"], "minimum": 0, "maximum": 1},
            "probable": {"type": "boolean"},
            "reason": {"type": "string", "description": "Why the user pinned the pair."},
            "rule": {"type": "string", "description": "MX804: what decided the effect."},
            "severity": {"enum": ["info", "warning", "error", None]},
            "inline": {"type": "array", "items": {"$ref": "#/$defs/Segment"}},
            "fingerprint": _TEXT,
        },
        required=("kind", "effect", "title"),
    )
    segment = _closed({"op": {"enum": ["equal", "delete", "insert"]}, "text": _TEXT})
    count = {"type": "integer", "minimum": 0}
    definitions |= {
        "PlanStamp": stamp,
        "Change": change,
        "Segment": {**segment, "required": ["op", "text"]},
    }
    return _document(
        "diff",
        "What changed between two editions of a plan",
        {
            "old": {"$ref": "#/$defs/PlanStamp"},
            "new": {"$ref": "#/$defs/PlanStamp"},
            "summary": _closed(dict.fromkeys(_EFFECTS, count)),
            "changes": {"type": "array", "items": {"$ref": "#/$defs/Change"}},
            "bookkeeping": {"type": "array", "items": {"type": "object"}},
        },
        definitions,
    )


def findings_schema() -> Schema:
    """The schema of what ``munidx validate --format json`` writes."""
    number = {"type": ["integer", "null"], "minimum": 1}
    location = _closed(
        {"document": _TEXT, "line": number, "column": number, "page": number, "cell": _TEXT}
    )
    finding = _closed(
        {
            "code": {"type": "string", "description": "MX101; it never changes once given."},
            "name": _TEXT,
            "severity": {"enum": ["info", "warning", "error"]},
            "message": _TEXT,
            "params": {"type": "object"},
            "path": _TEXT,
            "title": _TEXT,
            "location": {"$ref": "#/$defs/Location"},
            "hint": _TEXT,
        },
        required=("code", "severity", "message"),
    )
    reason = {**_TEXT, "description": "Why the configuration suppresses it."}
    hidden = _closed(
        {**finding["properties"], "reason": reason}, required=(*finding["required"], "reason")
    )
    schema = _document(
        "findings",
        "What validation or reading found",
        {"findings": {"type": "array", "items": {"$ref": "#/$defs/Finding"}}},
        {"Finding": finding, "Location": location, "Suppressed": hidden},
    )
    told = {"type": "array", "items": {"$ref": "#/$defs/Suppressed"}}
    schema["properties"]["suppressed"] = {**told, "description": "Absent: nothing is suppressed."}
    return schema


def lineage_schema() -> Schema:
    """The schema of what ``munidx history --format json`` writes."""
    definitions = dict(diff_schema()["$defs"])
    stamp = definitions.pop("PlanStamp")
    edition = {"type": "integer", "minimum": 0, "description": "Its place in editions, from 0."}
    strand = {"type": ["integer", "null"], "minimum": 0, "description": "Its place in strands."}
    change = definitions["Change"]["properties"]
    stop = _closed(
        {
            "edition": edition,
            "path": _TEXT,
            "parent": strand,
            **dict.fromkeys(("level", "code", "title"), _TEXT),
            "status": {"anyOf": [{"$ref": "#/$defs/Status"}, {"type": "null"}]},
            "owners": {"type": "array", "items": {"$ref": "#/$defs/Owner"}},
            "unit": _TEXT,
            "targets": {"type": "array", "items": {"$ref": "#/$defs/Observation"}},
            "source": _TEXT,
            **{name: change[name] for name in ("rung", "score", "probable")},
            "changes": {"type": "array", "items": {"$ref": "#/$defs/Change"}},
        }
    )
    whole = _closed(
        {
            "kind": {"enum": ["plan", "goal", "measure", "indicator"]},
            "title": _TEXT,
            "first": edition,
            "last": edition,
            "returns": {"type": "array", "items": edition},
            **dict.fromkeys(("split_from", "merged_into", "replaced_by"), strand),
            "stops": {"type": "array", "minItems": 1, "items": {"$ref": "#/$defs/Stop"}},
        }
    )
    definitions |= {
        "LineageEdition": _closed({"name": _TEXT, **stamp["properties"]}, required=("name",)),
        "Stop": {**stop, "required": list(stop["properties"])},
        "Strand": {**whole, "required": list(whole["properties"])},
    }
    return _document(
        "lineage",
        "Every promise of a plan, followed through its editions",
        {
            "editions": {"type": "array", "items": {"$ref": "#/$defs/LineageEdition"}},
            "strands": {"type": "array", "items": {"$ref": "#/$defs/Strand"}},
        },
        definitions,
    )


def _document(
    name: str, title: str, properties: dict[str, Schema], definitions: dict[str, Schema]
) -> Schema:
    told = {"version": {"const": 1}, **properties}
    return {
        "$schema": _DRAFT,
        "$id": f"munidx-{name}-1.schema.json",
        "title": title,
        **_closed(told, required=tuple(told)),
        "$defs": dict(sorted(definitions.items())),
    }


def _closed(properties: Mapping[str, Schema], required: tuple[str, ...] = ()) -> Schema:
    """An object with these properties and no others."""
    made: Schema = {
        "type": "object",
        "properties": dict(properties),
        "additionalProperties": False,
    }
    return {**made, "required": list(required)} if required else made


def _object(kind: type[Any], definitions: dict[str, Schema]) -> Schema:
    """The schema of a class; what it refers to goes to ``definitions``."""
    attrs.resolve_types(kind)
    notes = _notes(kind)
    properties = {}
    for field in attrs.fields(kind):
        found = _type(field.type, definitions)
        note = notes.get(field.name)
        properties[field.name] = {"description": note, **found} if note else found
    described = {"description": _first_line(inspect.getdoc(kind) or "")}
    return {**described, **_closed(properties)}


def _type(kind: Any, definitions: dict[str, Schema]) -> Schema:  # noqa: ANN401 - a type form
    if kind in _SIMPLE:
        return dict(_SIMPLE[kind])
    if get_origin(kind) is tuple:
        return {"type": "array", "items": _type(get_args(kind)[0], definitions)}
    inner = [part for part in get_args(kind) if part is not type(None)]
    if inner:
        return {"$ref": "#/$defs/Time"} if len(inner) > 1 else _type(inner[0], definitions)
    if kind is not FiscalYear and kind.__name__ not in definitions:
        definitions[kind.__name__] = {}  # holds the name, for classes that hold themselves
        made = _vocabulary(kind) if issubclass(kind, StrEnum) else _object(kind, definitions)
        definitions[kind.__name__] = made
    return {"$ref": f"#/$defs/{kind.__name__}"}


def _vocabulary(kind: type[StrEnum]) -> Schema:
    described = {"description": _first_line(inspect.getdoc(kind) or "")}
    return {**described, "enum": [member.value for member in kind]}


def _notes(kind: type[Any]) -> Mapping[str, str]:
    """The docstrings below the fields of a class; none where its source is not at hand."""
    try:
        source = inspect.getsource(kind)
    except OSError:
        return {}
    body = ast.parse(textwrap.dedent(source)).body[0]
    assert isinstance(body, ast.ClassDef)  # noqa: S101 - a class's source is a class
    notes = {}
    for field, note in zip(body.body, body.body[1:], strict=False):
        if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name):
            match note:
                case ast.Expr(value=ast.Constant(value=str(told))):
                    notes[field.target.id] = _plain(inspect.cleandoc(told))
    return notes


def _first_line(doc: str) -> str:
    return _plain(doc.split("\n\n", maxsplit=1)[0])


def _plain(doc: str) -> str:
    """A docstring without its markup, on one line."""
    return " ".join(doc.replace("``", "").split())
