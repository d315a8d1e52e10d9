"""Golden files: what an adapter read, kept beside its tests, without the cities' sentences.

A golden file is the canonical TOML of a plan. Where the document is a city's own, its prose is
replaced by its length and a hash, so that a changed reading still shows while the sentences stay
with the city; titles, names, codes, figures and the words of targets are facts and stay, unless
they are as long as sentences.
"""

import hashlib
import os
from pathlib import Path
from typing import Any, Final

import attrs
from attrs import evolve

from munidx.model import Milestone, Plan, Reference, Section, Term

__all__ = ["compare_golden", "redact"]

_PROSE: Final = frozenset(
    {
        "actions",
        "definition",
        "description",
        "issues",
        "mission",
        "next_steps",
        "plan",
        "reason",
        "results",
        "target_state",
        "vision",
    }
)
"""Fields that hold sentences; ``text`` is one where it stands in a section or an entry."""
_LONG: Final = 32
_KANA: Final = 8
"""Hiragana from which on a long text is a sentence rather than a name."""
_TEXTS: Final = (Section, Term, Milestone)


def compare_golden(path: Path, text: str) -> None:
    """Fail unless the golden file at ``path`` holds ``text``.

    With ``MUNIDX_GOLDEN=write`` in the environment the file is written anew instead; look at
    what changed before it is committed. A file that is not there is a failure.

    Raises:
        AssertionError: The file is absent, or holds another text (the first line that differs
            is told).
    """
    command = f"MUNIDX_GOLDEN=write pytest {os.path.relpath(path.parent.parent)}"
    if os.environ.get("MUNIDX_GOLDEN") == "write":
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    if not path.exists():
        raise AssertionError(f"there is no golden file {path.name}; this writes it: {command}")
    held = path.read_text(encoding="utf-8")
    if text != held:
        old, new = held.splitlines(), text.splitlines()
        line = next(
            (n for n, pair in enumerate(zip(old, new, strict=False)) if pair[0] != pair[1]),
            min(len(old), len(new)),
        )
        told = [lines[line] if line < len(lines) else "(the end)" for lines in (old, new)]
        raise AssertionError(
            f"{path.name}, line {line + 1}: golden {told[0]!r}, read {told[1]!r}; "
            f"if the reading is right: {command}"
        )


def redact(plan: Plan) -> Plan:
    """``plan`` with each text of its prose fields as ``<124 characters, sha256:0a1b2c3d…>``.

    The hash is of the text without its white space, so that a reader which only breaks lines
    elsewhere gives the same golden file. An absent text stays absent.
    """
    return evolve(plan, **_changes(plan))


def _changes(thing: attrs.AttrsInstance) -> dict[str, Any]:
    changes: dict[str, Any] = {}
    for attribute in attrs.fields(type(thing)):
        value = getattr(thing, attribute.name)
        changed = _told(value) if _is_prose(thing, attribute.name) else _below(value)
        if changed != value:
            changes[attribute.name] = changed
    return changes


def _is_prose(thing: object, name: str) -> bool:
    if name == "plan" and isinstance(thing, Reference):
        return False  # there it is a name
    return name in _PROSE or (name == "text" and isinstance(thing, _TEXTS))


def _is_sentence(text: str) -> bool:
    """Whether a text of any field is as long as a sentence, and reads like one."""
    hiragana = sum("ぁ" <= sign <= "ゖ" for sign in text)
    return len(text) >= _LONG and hiragana >= _KANA


def _told(value: object) -> object:
    if isinstance(value, tuple):
        return tuple(_told(part) for part in value)
    plain = "".join(str(value).split())
    if not plain:
        return value
    digest = hashlib.sha256(plain.encode()).hexdigest()[:16]
    return f"<{len(plain)} characters, sha256:{digest}…>"


def _below(value: Any) -> Any:  # noqa: ANN401 - a field's value may be of any type
    if isinstance(value, tuple):
        return tuple(_below(part) for part in value)
    if type(value) is str:
        return _told(value) if _is_sentence(value) else value
    return evolve(value, **_changes(value)) if attrs.has(type(value)) else value
