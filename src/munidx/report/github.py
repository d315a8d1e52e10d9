"""Workflow commands of GitHub Actions: each change or finding a note at a line of a file.

The form is that of https://docs.github.com/actions/reference/workflow-commands-for-github-actions:
``::warning file=plan.toml,line=9,title=…::…``, with ``%``, line breaks, and in properties ``:``
and ``,`` as percent escapes.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Final

from munidx.diff.changes import Change, Effect
from munidx.findings import Finding, Severity
from munidx.place import Location, parse_places
from munidx.report.catalogue import effect_word, hint, kind_word, sentence
from munidx.report.comparison import Comparison, doubt
from munidx.report.findings import FindingsOf, Style, rule_name
from munidx.report.terminal import harmless
from munidx.report.values import shorten

__all__ = ["changes", "findings"]

_COMMANDS: Final[Mapping[str, str]] = {
    Severity.ERROR: "error",
    Severity.WARNING: "warning",
    Severity.INFO: "notice",
    Effect.WEAKENED: "warning",
    Effect.UNCLEAR: "warning",
}
"""By severity; of a change that no rule weighed, by its effect."""

_PROPERTY: Final = re.compile("[%:,]")


def changes(view: Comparison) -> str:
    """What was weakened or may have been as warnings, the rest as notices."""
    return "".join(_change(view, change) for change in view.diff.changes)


def _change(view: Comparison, change: Change) -> str:
    effect = f"{effect_word(change.effect, view.lang)} {change.rule}".rstrip()
    title = f"{effect}: {kind_word(change.kind, view.lang)}"
    parts = [shorten(change.title, 80), view.context(change)]
    parts += [view.told(change), doubt(change, view.lang)]
    # A place that the annotation itself cannot point at.
    parts.append(view.places(change))
    told = " | ".join(part for part in parts if part)
    command = _COMMANDS.get(change.severity or change.effect, "notice")
    return _command(command, _where(view, change), title, told)


def _where(view: Comparison, change: Change) -> Location:
    if view.where is not None:
        # What is gone has no line in the newer file, but the file it is gone from.
        return view.where(change.new_paths[0]) if change.new_paths else _whole(view.where(""))
    try:
        places = parse_places(view.source(change, newer=bool(change.new_paths)))
    except ValueError:
        places = ()
    return places[0].location if places else Location()


def _whole(place: Location) -> Location:
    return Location(document=place.document)


def findings(found: Sequence[FindingsOf], style: Style) -> str:
    """The severities as GitHub has them; an ``info`` is a notice."""
    return "".join(_finding(name, one, style) for name, several in found for one in several)


def _finding(name: str, finding: Finding, style: Style) -> str:
    place = finding.location
    if not place.document:
        place = Location(document=name.partition("::")[0])
    title = f"{finding.code} {rule_name(finding.code)}".rstrip()
    parts = [shorten(finding.title, 80), sentence(finding, style.lang), hint(finding, style.lang)]
    told = " | ".join(part for part in parts if part)
    return _command(_COMMANDS[finding.severity], place, title, told)


def _command(command: str, place: Location, title: str, told: str) -> str:
    # A page's own line numbers mean nothing to a viewer of files.
    line = None if place.page is not None else place.line
    properties = {
        "file": place.document,
        "line": "" if line is None else str(line),
        "col": "" if line is None or place.column is None else str(place.column),
        "title": title,
    }
    given = ",".join(f"{key}={_property(value)}" for key, value in properties.items() if value)
    return f"::{command} {given}::{harmless(told).replace('%', '%25')}\n"


def _property(text: str) -> str:
    return _PROPERTY.sub(lambda found: f"%{ord(found[0]):02X}", harmless(text))
