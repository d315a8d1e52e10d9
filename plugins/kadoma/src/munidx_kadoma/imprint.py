"""奥付: who publishes the plan, and where to reach them."""

import re
from typing import Final

from munidx.adapters import PassReason
from munidx.japanese.characters import align, compact
from munidx.model import Owner
from munidx_kadoma.outline import Outline, Said
from munidx_kadoma.words import IMPRINT, joined

__all__ = ["opens", "read_line"]

_LONGEST: Final = 120
_CITY: Final = "門真市"
_REACH: Final = re.compile(
    r"\s*(?P<name>T\s*E\s*L|F\s*A\s*X|E\s*-?\s*(?:mail|メール)|電話|ファクス|ファックス|(?:電子)?メール)\s*[.:]?\s*(?P<value>\S.*)",
    re.IGNORECASE,
)
_PHONE: Final = re.compile(r"\(?0\d{1,4}\)?-?\d{1,4}-?\d{4}(?:\((?:代表?|直通|内線\d+)\))?")
_MAIL: Final = re.compile(
    r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){0,6}\.(?:jp|com|net|org|info)", re.ASCII
)
_ADDRESS: Final = re.compile(
    r"(?:.{2,3}[都道府県])?門真市[^部課局室]{1,30}\d+(?:番(?:地|\d+号?)?|号|-\d+)?"
)
_UNIT_ENDS: Final = (
    "部",
    "局",
    "室",
    "課",
    "係",
    "所",
    "班",
    "グループ",
    "チーム",
    "担当",
    "センター",
)


def opens(plain: str) -> bool:
    """Whether a line is the postal code with which the imprint begins."""
    return IMPRINT.fullmatch(plain) is not None


def read_line(said: Said, outline: Outline) -> None:
    """Take a line of the imprint: code, address, unit, telephone; others are left."""
    plain = said.plain
    if len(plain) > _LONGEST:
        return
    if opens(plain):
        _label(outline, "郵便番号", Said(said.text.lstrip("〒 \u3000"), said.source))
    elif _ADDRESS.fullmatch(plain):
        _label(outline, "住所", said)
    elif found := _REACH.fullmatch(align(said.text).text):
        _reach(said, found, outline)
    elif plain.endswith(_UNIT_ENDS) and not outline.owners:
        _unit(said, outline)


def _reach(said: Said, found: re.Match[str], outline: Outline) -> None:
    name = compact(found["name"])
    name = name if name.isupper() else name.capitalize() if name.isascii() else name
    value = align(said.text).cut(*found.span("value"))
    form = _MAIL if "mail" in name.lower() or name.endswith("メール") else _PHONE
    digits = sum(sign.isdecimal() for sign in compact(value).partition("(内")[0])
    if form.fullmatch(compact(value)) and (form is _MAIL or 10 <= digits <= 11):  # noqa: PLR2004
        _label(outline, name, Said(value, said.source))
    else:
        outline.find("MX921", said, field=name, text=value)


def _label(outline: Outline, name: str, said: Said) -> None:
    if name in outline.labels:
        outline.find("MX977", said, text=said.text)
    else:
        outline.labels[name] = said


def _unit(said: Said, outline: Outline) -> None:
    """``門真市 企画財政部 ICT推進課 行政DXグループ``: each word that ends as units do is one."""
    units: list[str] = []
    name = ""
    for word in said.text.split():
        if not units and not name and word == _CITY:
            outline.skip(said, PassReason.REPEAT, _CITY)
            continue
        name = f"{name} {word}" if name else word
        if compact(word).endswith(_UNIT_ENDS):
            units.append(joined(name))
            name = ""
    if units and not name:
        outline.owners.append(Owner(name=units[-1], path=tuple(units[:-1]), source=said.source))
