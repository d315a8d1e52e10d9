"""The municipalities of Japan: those of today, and those since 1970 that are no more.

The table ``municipalities.tsv`` beside this module tells in its head whose facts it holds and of
which day; ``docs/sources/municipalities.py`` writes it. It is read when it is first asked. What its
sources do not tell is absent: ``since`` of municipalities older than the codes, ``into`` of one
former municipality in seventeen.

>>> from munidx.japanese import municipalities
>>> [entry.municipality.prefecture for entry in municipalities.by_name("府中市")]
['東京都', '広島県']
>>> [former] = municipalities.by_name("夢前町")
>>> former.until, municipalities.successor(former).municipality.name
('2006-03-27', '姫路市')
"""

import functools
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from importlib.resources import files
from typing import Final

from attrs import frozen

from munidx.japanese.characters import compact
from munidx.model import Municipality, check_digit

__all__ = [
    "PREFECTURES",
    "Entry",
    "as_of",
    "by_code",
    "by_name",
    "entries",
    "mentioned",
    "successor",
]

PREFECTURES: Final = (
    *("北海道", "青森県", "岩手県", "宮城県", "秋田県", "山形県", "福島県", "茨城県", "栃木県"),
    *("群馬県", "埼玉県", "千葉県", "東京都", "神奈川県", "新潟県", "富山県", "石川県", "福井県"),
    *("山梨県", "長野県", "岐阜県", "静岡県", "愛知県", "三重県", "滋賀県", "京都府", "大阪府"),
    *("兵庫県", "奈良県", "和歌山県", "鳥取県", "島根県", "岡山県", "広島県", "山口県", "徳島県"),
    *("香川県", "愛媛県", "高知県", "福岡県", "佐賀県", "長崎県", "熊本県", "大分県", "宮崎県"),
    *("鹿児島県", "沖縄県"),
)
"""The prefectures in the order of their codes, from 01."""

_CODE: Final = re.compile(r"[0-9]{5,6}")


@frozen(kw_only=True)
class Entry:
    """A municipality under one name and code: an old name of one that is still there is another."""

    municipality: Municipality
    district: str = ""
    """The district (郡) of a town or village."""
    since: str = ""
    """The first day under this name and code, ``2004-12-01``; "" where the sources do not tell."""
    until: str = ""
    """The day on which it ceased to be; "" of one of today."""
    into: str = ""
    """Of a former one, the code of the municipality of today in which its town hall stands; ""
    where the sources do not tell. Of a municipality that was divided, it tells but one heir."""


def entries() -> tuple[Entry, ...]:
    """All of them, in the order of their codes; one of today stands before its former names."""
    return _table().entries


def as_of() -> str:
    """The day of which the list of today's municipalities is: ``2020-10-01``."""
    return _table().as_of


def by_code(code: str) -> tuple[Entry, ...]:
    """Those of a code, with or without its check digit; the one of today first.

    A wrong check digit finds nothing.
    """
    if not _CODE.fullmatch(code):
        return ()
    if code[5:] not in {"", check_digit(code[:5])}:
        return ()
    return _table().codes.get(code[:5], ())


def by_name(name: str) -> tuple[Entry, ...]:
    """Those of a name, as ``府中市``, ``東京都府中市`` or ``安芸郡府中町``; those of today first.

    White space, widths and the two ways to write ヶ do not count.
    """
    return _table().names.get(_folded(name), ())


def successor(entry: Entry) -> Entry | None:
    """The municipality of today in which a former one went up; itself, if it is one of today."""
    if not entry.until:
        return entry
    return next((one for one in by_code(entry.into) if not one.until), None)


def mentioned(text: str) -> Counter[str]:
    """Which names of today's municipalities stand in ``text``, and how often.

    The longest name counts where several begin at one place: 東大阪市 is no mention of 大阪市.
    A name may be that of several municipalities; :func:`by_name` tells.
    """
    return Counter(found[0] for found in _table().pattern.finditer(_folded(text)))


@frozen
class _Table:
    as_of: str
    entries: tuple[Entry, ...]
    codes: Mapping[str, tuple[Entry, ...]]
    names: Mapping[str, tuple[Entry, ...]]
    pattern: re.Pattern[str]


@functools.cache
def _table() -> _Table:
    text = files("munidx.japanese").joinpath("municipalities.tsv").read_text(encoding="utf-8")
    head = {line.partition(": ")[0]: line for line in text.splitlines() if line.startswith("#")}
    found = tuple(_entries(text))
    codes: dict[str, list[Entry]] = defaultdict(list)
    names: dict[str, list[Entry]] = defaultdict(list)
    for entry in sorted(found, key=lambda one: bool(one.until)):
        codes[entry.municipality.code[:5]].append(entry)
        place = entry.municipality
        full = f"{entry.district}{place.name}"
        for name in {place.name, full, place.prefecture + full, place.prefecture + place.name}:
            names[_folded(name)].append(entry)
    today = {_folded(entry.municipality.name) for entry in found if not entry.until}
    return _Table(
        head["# as-of"].partition(": ")[2],
        found,
        {code: tuple(those) for code, those in codes.items()},
        {name: tuple(those) for name, those in names.items()},
        re.compile("|".join(sorted(today, key=lambda name: (-len(name), name)))),
    )


def _entries(text: str) -> Iterator[Entry]:
    rows = [line.split("\t") for line in text.splitlines() if not line.startswith("#")]
    for code, name, district, since, until, into in rows[1:]:
        prefecture = PREFECTURES[int(code[:2]) - 1]
        place = Municipality(code=code, name=name, prefecture=prefecture)
        yield Entry(municipality=place, district=district, since=since, until=until, into=into)


def _folded(text: str) -> str:
    return compact(text).replace("ヶ", "ケ")
