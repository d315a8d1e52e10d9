"""The installed cities as text and as JSON."""

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from munidx.adapters.host import AdapterStatus
from munidx.errors import AdapterError
from munidx.findings import Finding
from munidx.report.catalogue import error_hint, error_sentence, sentence, told, word
from munidx.report.terminal import harmless, pad

__all__ = ["FORMATS", "render_adapters", "render_problems"]


def render_adapters(
    statuses: Sequence[AdapterStatus], form: str = "text", *, lang: str = "en"
) -> str:
    """The installed cities, by name.

    Args:
        statuses: What the host knows of them.
        form: ``text`` or ``json``.
        lang: ``en`` or ``ja``.
    """
    return FORMATS[form](statuses, lang)


def render_problems(problems: Sequence[Finding], *, lang: str = "en") -> str:
    """What is wrong with the adapters that cannot be used, a line for each."""
    return "".join(f"munidx: {harmless(sentence(problem, lang))}\n" for problem in problems)


def _text(statuses: Sequence[AdapterStatus], lang: str) -> str:
    if not statuses:
        return word("no-adapter", lang) + "\n"
    width = max(len(status.name) for status in statuses)
    return "".join(line + "\n" for status in statuses for line in _lines(status, width, lang))


def _lines(status: AdapterStatus, width: int, lang: str) -> list[str]:
    manifest = status.manifest
    city = f"{manifest.municipality.prefecture}{manifest.municipality.name}" if manifest else ""
    package = " ".join(part for part in (status.distribution, status.version) if part)
    head = f"{status.name:<{width}}  {pad(told(status.state, lang), 12)}  {city}  ({package})"
    documents = (
        [f"{told(kind.kind, lang)}: {kind.title}" for kind in manifest.documents]
        if manifest
        else []
    )
    reason = [told for told in (_reason(status, lang), _cure(status, lang)) if told]
    indent = " " * (width + 2)
    return [harmless(line) for line in (head, *(indent + each for each in (*reason, *documents)))]


def _reason(status: AdapterStatus, lang: str) -> str:
    return error_sentence(_error(status), lang) if status.code else ""


def _cure(status: AdapterStatus, lang: str) -> str:
    return error_hint(_error(status), lang) if status.code else ""


def _error(status: AdapterStatus) -> AdapterError:
    params: dict[str, Any] = {"adapter": status.name, **status.params}
    return AdapterError(status.code, **params)


def _json(statuses: Sequence[AdapterStatus], lang: str) -> str:
    data = {"version": 1, "adapters": [_data(status, lang) for status in statuses]}
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def _data(status: AdapterStatus, lang: str) -> dict[str, Any]:
    manifest = status.manifest
    data: dict[str, Any] = {
        "name": status.name,
        "state": status.state.value,
        "distribution": status.distribution,
        "version": status.version,
        "code": status.code,
        "reason": _reason(status, lang),
        "hint": _cure(status, lang),
    }
    if manifest:
        city = manifest.municipality
        data["municipality"] = {
            "code": city.code,
            "name": city.name,
            "prefecture": city.prefecture,
        }
        data["documents"] = [
            {"kind": kind.kind.value, "title": kind.title, "media_types": list(kind.media_types)}
            for kind in manifest.documents
        ]
    return data


FORMATS: Final[Mapping[str, Callable[[Sequence[AdapterStatus], str], str]]] = {
    "text": _text,
    "json": _json,
}
"""The forms by name."""
