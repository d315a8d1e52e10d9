"""Departments: which words name a unit of the city, and which unit stands above which.

Units are known by how their names end, not by a list: the next edition has other departments.
"""

import re
from collections.abc import Sequence
from typing import Final

from attrs import define, field

from munidx.japanese.characters import normalise
from munidx.model import Owner
from munidx_shijonawate.record import Piece, sources

__all__ = ["is_bureau", "is_unit", "read_owners", "split_units", "trailing_units"]

_LIMIT: Final = 24  # the longest names of units have some twenty characters
# 危機管理監, 会計管理者: posts that stand where a bureau stands; 監査課 is none.
_TOP: Final = r"(?:部|局|公室|本部|委員会|議会|公社|監(?![査督理視])|(?<=会計|事業)管理者)"
_END: Final = (
    r"(?:部|課|室|局|(?:支|事務|出張|保健|保育|相談|消防|浄化|診療|研究)所|センター|委員会|係|館|園|消防署|班|グループ"
    r"|チーム|担当|学校|病院|公社|プラザ|機構|直轄組織|[理策務術]監|(?<=会計|事業)管理者)"
)
# "課課" is a slip of the published page; a bracket tells who within the unit.
_UNIT: Final = re.compile(
    rf"全庁|[^\s、。,,%:]{{1,{_LIMIT}}}?{_END}(?:ほか|他|等)?(?:\([^()]{{1,{_LIMIT}}}\))?"
)
_NO_UNIT: Final = re.compile(
    r".*を.*|.*\d+(?:%|件|人|回|割).*|.*(?:一|全|大|内|外|上|下|細)部|.*(?:[かカヶヵ箇個]|場)所|.*(?:部署|担当部|教室|会館数)"
)
_GLUED: Final = re.compile(rf"(?P<top>.+?{_TOP})(?P<unit>.*[^部局]{_END})")
_SEPARATOR: Final = re.compile(r"[、,,/／・]")


@define
class _Unit:
    name: str
    pieces: list[Piece] = field(factory=list)

    @property
    def top(self) -> bool:
        """Whether it is of the upper rung: 総務部, 選挙管理委員会."""
        plain = normalise(self.name)
        return re.search(rf"{_TOP}(?:\(.*\))?$", plain) is not None and plain != "事務局"

    @property
    def low(self) -> bool:
        """Whether it is a part of a section: 係, 担当."""
        return re.search(r"(?:係|班|担当|グループ|チーム)$", normalise(self.name)) is not None


def is_unit(text: str) -> bool:
    """Whether ``text`` as a whole names a unit, or several parted by white space or ``、``."""
    words = text.split()
    return bool(words) and all(_is_name(word) for word in words)


def is_bureau(text: str) -> bool:
    """Whether ``text`` is a unit of the upper rung alone: 総務部.

    >>> is_bureau("総務部"), is_bureau("情報政策課"), is_bureau("総務部情報政策課")
    (True, False, False)
    """
    names = split_units(text)
    return len(names) == 1 and _Unit(names[0]).top


def trailing_units(text: str) -> int:
    """Where in ``text`` the units begin that end it; its length where none does.

    >>> line = "利用者満足度 75% 田原支所"
    >>> line[trailing_units(line):]
    '田原支所'
    """
    start = len(text)
    for word in reversed(list(re.finditer(r"\S+", text))):
        if not _is_name(word[0]):
            break
        start = word.start()
    return start


def split_units(text: str) -> list[str]:
    """The units that a line names, in order: parted by white space, signs, or not at all."""
    return [unit for word in text.split() for name in _listed(word) for unit in _unglued(name)]


def read_owners(pieces: Sequence[Piece]) -> tuple[tuple[Owner, ...], bool]:
    """The owners that the cell of a row names, and whether its lines left room for doubt.

    A bureau opens an owner, a section ends it; a further section belongs to the same bureau.
    Doubtful are a unit printed twice, and two sections of which the first could hold the second.
    """
    units = [_Unit(name, [piece]) for piece in pieces for name in split_units(piece.text)]
    owners: list[Owner] = []
    doubt = False
    path: list[_Unit] = []
    closed = True
    for unit in units:
        doubt = doubt or bool(path and normalise(unit.name) == normalise(path[-1].name))
        if unit.top and not (path and not closed and _is_within(path[-1], unit)):
            if path and not closed:
                owners.append(_owner(path))
            path, closed = [unit], False
        elif unit.low and path and not path[-1].top:
            owners[-1:] = [_owner([*path, unit])]
        else:
            if path and closed and not path[-1].top:
                doubt = doubt or path[-1].name.endswith("室")
                path = [above for above in path[:-1] if above.top]
            path = [*path, unit]
            owners.append(_owner(path))
            closed = True
    if path and not closed:
        owners.append(_owner(path))
    named = {(owner.path, owner.name) for owner in owners}
    return tuple(owners), doubt or len(named) < len(owners)


def _is_within(above: _Unit, unit: _Unit) -> bool:
    """An office (事務局) or a bureau under a board (委員会) is no new owner."""
    return above.name.endswith("委員会") and not unit.name.endswith("委員会")


def _owner(path: Sequence[_Unit]) -> Owner:
    return Owner(
        name=path[-1].name,
        path=tuple(unit.name for unit in path[:-1]),
        source=sources([piece for unit in path for piece in unit.pieces]),
    )


def _is_name(word: str) -> bool:
    return all(_is_one(part) for part in _listed(word))


def _is_one(word: str) -> bool:
    plain = normalise(word)
    return _UNIT.fullmatch(plain) is not None and _NO_UNIT.fullmatch(plain) is None


def _listed(word: str) -> list[str]:
    """``情報政策課・人事課`` as two; ``スポーツ・青少年課`` is one."""
    parts = [part for part in _SEPARATOR.split(word) if part]
    return parts if len(parts) > 1 and all(_is_one(part) for part in parts) else [word]


def _unglued(name: str) -> list[str]:
    """``総務部情報政策課`` as bureau and section."""
    found = _GLUED.fullmatch(name)
    return [found["top"], found["unit"]] if found else [name]
