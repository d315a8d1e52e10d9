"""A reading as JSON, for the way between two processes.

What comes back is a stranger's word: it is taken apart strictly, and nothing in it can be
anything but data.
"""

import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final

from attrs import asdict, field, frozen

from munidx.adapters.contract import Leftover, PassReason, Reading, Recognition
from munidx.adapters.loading import RelayedError
from munidx.errors import AdapterError
from munidx.findings import Finding, Severity
from munidx.formats import json as plans
from munidx.place import Location

__all__ = ["Answer", "decode", "encode_error", "encode_reading", "encode_recognition"]

_DEPTH: Final = 8
"""Levels of a finding's parameters."""


@frozen(kw_only=True)
class Answer:
    """What a child answers: an error, a recognition or a reading."""

    error: str = ""
    params: Mapping[str, object] = field(factory=dict)
    recognition: Recognition = field(factory=lambda: Recognition(score=0))
    reading: Reading = field(factory=Reading)


def encode_error(error: AdapterError) -> bytes:
    """An error with its parameters."""
    return _bytes({"error": error.code, "params": _plain(dict(error.params))})


def encode_recognition(said: Recognition) -> bytes:
    """A recognition."""
    return _bytes({"score": said.score, "reasons": [str(reason) for reason in said.reasons]})


def encode_reading(reading: Reading) -> bytes:
    """Plans, findings and leftovers; coverage is the host's to measure."""
    findings = [
        {
            "code": one.code,
            "severity": one.severity.value,
            "params": _plain(dict(one.params)),
            "path": one.path,
            "title": one.title,
            "field": one.field,
            "location": asdict(one.location),
        }
        for one in reading.findings
    ]
    leftovers = [
        {"source": one.source, "reason": one.reason and one.reason.value, "text": one.text}
        for one in reading.leftovers
    ]
    told = [plans.dumps(plan) for plan in reading.plans]
    return _bytes({"plans": told, "findings": findings, "leftovers": leftovers})


def decode(data: bytes, adapter: str) -> Answer:
    """What the bytes of an answer say.

    Raises:
        AdapterError: ``adapter-reading-wrong``: they are no answer.
    """
    try:
        told = json.loads(data, parse_float=Decimal)
        if "error" in told:
            return Answer(error=str(told["error"]), params=_params(told["params"]))
        if "score" in told:
            score = float(told["score"])
            return Answer(recognition=Recognition(score=score, reasons=tuple(told["reasons"])))
        return Answer(
            reading=Reading(
                plans=tuple(plans.loads(text) for text in told["plans"]),
                findings=tuple(map(_finding, told["findings"])),
                leftovers=tuple(map(_leftover, told["leftovers"])),
            )
        )
    except Exception as error:
        kind = type(error).__name__
        raise RelayedError("adapter-reading-wrong", adapter=adapter, type=kind) from error


def _finding(told: dict[str, Any]) -> Finding:
    return Finding(
        code=str(told["code"]),
        severity=Severity(told["severity"]),
        params=_params(told["params"]),
        path=str(told["path"]),
        title=str(told["title"]),
        field=str(told["field"]),
        location=Location(**told["location"]),
    )


def _leftover(told: dict[str, Any]) -> Leftover:
    reason = told["reason"]
    return Leftover(
        source=str(told["source"]),
        reason=None if reason is None else PassReason(reason),
        text=str(told["text"]),
    )


def _plain(value: object, depth: int = _DEPTH) -> object:
    """``value`` as JSON knows it; what it does not know, in its own words."""
    if isinstance(value, Mapping) and depth:
        return {str(key): _plain(member, depth - 1) for key, member in value.items()}
    if isinstance(value, list | tuple) and depth:
        return [_plain(member, depth - 1) for member in value]
    if value is None or isinstance(value, bool):
        return value
    return _scalar(value)


def _scalar(value: object) -> object:
    for kind in (str, int, float):
        if isinstance(value, kind):
            return kind(value)
    return str(value)


def _params(told: dict[str, object]) -> dict[str, object]:
    return {key: _tuples(value) for key, value in told.items()}


def _tuples(value: object) -> object:
    if isinstance(value, list):
        return tuple(_tuples(member) for member in value)
    return value


def _bytes(told: Mapping[str, object]) -> bytes:
    return json.dumps(told, ensure_ascii=True).encode()
