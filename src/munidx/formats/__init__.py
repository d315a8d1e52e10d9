"""Plans as files: the codec, TOML, JSON, positions, the schema.

A canonical plan is a TOML or JSON file with the key ``munidx`` (the version of the format)
at its top and the model's field names below. :func:`load_plan` and :func:`dump_plan` choose
the form; the modules of this package each do one thing.
"""

import re
from collections.abc import Callable, Mapping
from typing import Final

from attrs import frozen

from munidx.errors import PlanError
from munidx.formats import json, toml
from munidx.garbage import uncollected
from munidx.model import Plan
from munidx.place import Location

__all__ = ["FORMATS", "Format", "decode", "dump_plan", "load_plan", "sniff"]

_JSON_CUE: Final = re.compile(r'\A\s*\{\s*"munidx"\s*:')
_JSON_ANYWHERE: Final = re.compile(r'"munidx"\s*:\s*\d')
_TOML_CUE: Final = re.compile(r"^[ \t]*munidx[ \t]*=[ \t]*\d", re.MULTILINE)
_SNIFFED: Final = 65_536
"""How many characters are looked at for the ``munidx`` key."""


@frozen
class Format:
    """A form of canonical files: its name, suffix, and how it is read and written."""

    name: str
    suffix: str
    loads: Callable[[str, str], Plan]
    """From the text and the file's name, the plan."""
    dumps: Callable[[Plan], str]


FORMATS: Final[Mapping[str, Format]] = {
    "toml": Format("toml", ".toml", toml.loads, toml.dumps),
    "json": Format("json", ".json", json.loads, json.dumps),
}
"""The forms by name; a new one is one module and one line here."""


def load_plan(data: bytes, name: str = "") -> Plan:
    """The plan in the canonical file ``name`` that holds ``data``.

    The form follows from the suffix, else from the content: what begins with ``{`` is JSON,
    anything else TOML.

    Raises:
        PlanError: The file is not UTF-8, breaks its form's syntax, or holds no plan.
    """
    text = decode(data, name)
    if not text or text.isspace():
        raise PlanError("file-empty", location=Location(document=name))
    form = _by_suffix(name)
    if form is None:
        form = FORMATS["json" if text.lstrip().startswith("{") else "toml"]
    with uncollected():
        return form.loads(text, name)


def dump_plan(plan: Plan, form: str = "toml") -> str:
    """``plan`` as the text of a canonical file; the same plan gives the same text.

    Args:
        plan: The plan.
        form: A name of :data:`FORMATS`.

    Raises:
        PlanError: The plan holds what no file can: a number out of bounds, a lone surrogate,
            goals or measures nested too deep.
        KeyError: There is no such form.
    """
    return FORMATS[form].dumps(plan)


def sniff(data: bytes, name: str = "") -> str | None:
    """The name of the form if the file is meant as a canonical plan, else None.

    It is, when its suffix says so, or when its content has the ``munidx`` key. Nothing is
    raised: a file of random bytes is simply no plan.
    """
    form = _by_suffix(name)
    if form is not None:
        return form.name
    try:
        text = data[: _SNIFFED * 4].decode("utf-8-sig", errors="ignore")[:_SNIFFED]
    except UnicodeError:  # pragma: no cover - errors are ignored
        return None
    if text.lstrip().startswith("{"):
        cued = _JSON_CUE.match(text) or _JSON_ANYWHERE.search(text)
        return "json" if cued else None
    return "toml" if _TOML_CUE.search(text) else None


def decode(data: bytes, name: str = "") -> str:
    """The text of a canonical file; a byte order mark is dropped.

    Raises:
        PlanError: ``not-utf8``, with the line at which the first bad byte stands.
    """
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise PlanError(
            "not-utf8", location=Location(document=name, line=line), offset=error.start
        ) from None


def _by_suffix(name: str) -> Format | None:
    lowered = name.lower()
    return next((form for form in FORMATS.values() if lowered.endswith(form.suffix)), None)
