"""Whose document a sample is: the municipality that the user names, or that the text names."""

import difflib
import re
from collections.abc import Sequence
from typing import Any, Final

from munidx.errors import SelectionError
from munidx.japanese.characters import compact
from munidx.japanese.municipalities import (
    PREFECTURES,
    Entry,
    by_code,
    by_name,
    entries,
    mentioned,
    successor,
)
from munidx.model import Municipality

__all__ = ["municipality_named", "municipality_of"]

_NEW: Final = re.compile(r"(?P<code>\d{6})[:：](?P<name>\S{1,20}[都道府県市区町村])")
_OFTEN: Final = 3
_NEAR: Final = 0.75
_FEW: Final = 5


def municipality_named(told: str) -> Municipality:
    """The municipality called ``told``: a code, a name, or ``CODE:NAME`` of one in no table.

    Raises:
        SelectionError: ``municipality-unknown`` (``name``, ``nearest``),
            ``municipality-unlisted`` (``name``), ``municipality-ambiguous`` (``name``,
            ``candidates``), ``municipality-former`` (``name``, ``until``, ``heir``) or
            ``municipality-gone`` (``name``, ``until``).
    """
    new = _NEW.fullmatch(told.strip())
    if new:
        return _unlisted(new["code"], new["name"])
    found = by_code(told.strip()) or by_name(told)
    today = [entry for entry in found if not entry.until]
    if len(today) > 1:
        raise SelectionError("municipality-ambiguous", name=told[:80], candidates=_told(today))
    if today:
        return today[0].municipality
    if found:
        raise _former(found[0])
    names = list(dict.fromkeys(entry.municipality.name for entry in entries() if not entry.until))
    near = difflib.get_close_matches(compact(told)[:40], names, 1, _NEAR)
    if near:
        raise SelectionError("municipality-unknown", name=told[:80], nearest=near[0])
    raise SelectionError("municipality-unlisted", name=told[:80])


def _unlisted(code: str, name: str) -> Municipality:
    number = int(code[:2])
    if 1 <= number <= len(PREFECTURES):
        place = Municipality(code=code, name=name, prefecture=PREFECTURES[number - 1])
        if place.valid:
            return place
    raise SelectionError("municipality-unlisted", name=f"{code}:{name}")


def _former(entry: Entry) -> SelectionError:
    heir = successor(entry)
    told: dict[str, Any] = {"name": _name(entry), "until": entry.until}
    if heir is None:
        return SelectionError("municipality-gone", **told)
    return SelectionError("municipality-former", heir=_name(heir), **told)


def municipality_of(text: str, beginning: str) -> Municipality:
    """The municipality whose document has this ``text`` and ``beginning``.

    One that the first lines name, or else one that the text names again and again: a name that
    comes but once may be that of a neighbour.

    Raises:
        SelectionError: ``municipality-unclear`` (``candidates``) or ``municipality-unnamed``.
    """
    heads = mentioned(beginning)
    counts = mentioned(text)
    names = [name for name, _ in heads.most_common()]
    if not names:
        names = [name for name, count in counts.most_common() if count >= _OFTEN]
        second = counts[names[1]] if len(names) > 1 else 0
        if names and counts[names[0]] >= 2 * second:
            names = names[:1]
    elif len(names) > 1 and heads[names[0]] > heads[names[1]]:
        names = names[:1]
    found = [entry for name in names for entry in by_name(name) if not entry.until]
    bare = compact(text)
    told = [entry for entry in found if entry.municipality.prefecture in bare]
    if len(found) > 1 and len(told) == 1:
        found = told
    if len(found) == 1:
        return found[0].municipality
    possible = found or [
        entry for name, _ in counts.most_common(_FEW) for entry in by_name(name) if not entry.until
    ]
    if not possible:
        raise SelectionError("municipality-unnamed")
    raise SelectionError("municipality-unclear", candidates=_told(possible))


def _told(found: Sequence[Entry]) -> str:
    return "、".join(_name(entry) for entry in found[:_FEW])


def _name(entry: Entry) -> str:
    place = entry.municipality
    return f"{place.prefecture}{entry.district}{place.name}({place.code})"
