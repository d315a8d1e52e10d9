"""The installed cities as text and as JSON."""

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from munidx.adapters.host import AdapterState, AdapterStatus
from munidx.errors import AdapterError
from munidx.findings import Finding
from munidx.report.catalogue import error_sentence, sentence
from munidx.report.terminal import harmless

__all__ = ["FORMATS", "render_adapters", "render_problems"]


def render_adapters(statuses: Sequence[AdapterStatus], form: str = "text") -> str:
    """The installed cities, by name.

    Args:
        statuses: What the host knows of them.
        form: ``text`` or ``json``.
    """
    return FORMATS[form](statuses)


def render_problems(problems: Sequence[Finding]) -> str:
    """What is wrong with the adapters that cannot be used, a line for each."""
    return "".join(f"munidx: {harmless(sentence(problem))}\n" for problem in problems)


def _text(statuses: Sequence[AdapterStatus]) -> str:
    if not statuses:
        return "No adapter is installed.\n"
    width = max(len(status.name) for status in statuses)
    return "".join(line + "\n" for status in statuses for line in _lines(status, width))


def _lines(status: AdapterStatus, width: int) -> list[str]:
    manifest = status.manifest
    city = f"{manifest.municipality.prefecture}{manifest.municipality.name}" if manifest else ""
    package = " ".join(part for part in (status.distribution, status.version) if part)
    head = f"{status.name:<{width}}  {status.state.value:<12}  {city}  ({package})"
    documents = (
        [f"{kind.kind.value}: {kind.title}" for kind in manifest.documents] if manifest else []
    )
    reason = [_reason(status)] if status.state is not AdapterState.AVAILABLE else []
    indent = " " * (width + 2)
    return [harmless(line) for line in (head, *(indent + each for each in (*reason, *documents)))]


def _reason(status: AdapterStatus) -> str:
    params: dict[str, Any] = {"adapter": status.name, **status.params}
    return error_sentence(AdapterError(status.code, **params))


def _json(statuses: Sequence[AdapterStatus]) -> str:
    data = {"version": 1, "adapters": [_data(status) for status in statuses]}
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def _data(status: AdapterStatus) -> dict[str, Any]:
    manifest = status.manifest
    told: dict[str, Any] = {
        "name": status.name,
        "state": status.state.value,
        "distribution": status.distribution,
        "version": status.version,
        "code": status.code,
        "reason": _reason(status) if status.code else "",
    }
    if manifest:
        city = manifest.municipality
        told["municipality"] = {
            "code": city.code,
            "name": city.name,
            "prefecture": city.prefecture,
        }
        told["documents"] = [
            {"kind": kind.kind.value, "title": kind.title, "media_types": list(kind.media_types)}
            for kind in manifest.documents
        ]
    return told


FORMATS: Final[Mapping[str, Callable[[Sequence[AdapterStatus]], str]]] = {
    "text": _text,
    "json": _json,
}
"""The forms by name."""
