"""Plans in JSON: exact numbers, no key twice, the same plan always the same text.

Numbers with a point are read as :class:`decimal.Decimal` and written digit by digit, which
the standard library's encoder cannot; that is why the writer is our own.
"""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from json.encoder import encode_basestring
from typing import TYPE_CHECKING, Any, Final, cast

from munidx.errors import PlanError
from munidx.formats.address import Where
from munidx.formats.codec import DEPTH, from_data, to_data
from munidx.formats.converter import shown
from munidx.formats.escapes import acting, escaped
from munidx.model import Plan
from munidx.place import Location

if TYPE_CHECKING:
    from munidx.formats.positions import Positions

__all__ = ["dumps", "encode", "encode_rows", "loads", "parse"]

_INDENT: Final = 2
_LONG: Final = 60
"""Digits beyond which a whole number is kept as a Decimal, for the codec to refuse with its
place, in a file with one that Python itself refuses to convert."""
_CONSTANT: Final = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"|(?P<constant>-?Infinity|NaN)', re.DOTALL)


class _TwiceError(ValueError):
    """A key that stands twice in one object."""


class _InexactError(ValueError):
    """A number that the standard library's encoder would write with other digits."""


class _NotFiniteError(ValueError):
    """NaN or Infinity, which are no JSON."""


def loads(text: str, name: str = "") -> Plan:
    """The plan in the JSON ``text`` of the file ``name``.

    Raises:
        PlanError: With line and column: ``json-syntax``, ``key-twice``, ``number-not-finite``,
            ``too-deep``, or any of :func:`munidx.formats.codec.from_data`.
    """

    def locate(faults: Sequence[tuple[Where, bool]]) -> list[Location]:
        positions = _positions(text)
        return [positions.location(where, name, key=key) for where, key in faults]

    text = text.removeprefix("\ufeff")
    return from_data(parse(text, name), locate=locate)


def dumps(plan: Plan, *, compact: bool = False) -> str:
    """``plan`` as JSON: indented, or ``compact`` on one line; ends with a newline.

    Raises:
        PlanError: As :func:`munidx.formats.dump_plan`.
    """
    return encode(to_data(plan), compact=compact)


def parse(text: str, name: str = "") -> Any:  # noqa: ANN401 - data of any shape
    """The data in ``text``: decimals exact, doubled keys and NaN refused.

    Raises:
        PlanError: As :func:`loads`, as far as the syntax goes.
    """
    return _parse(text, name, None)


def _parse(text: str, name: str, whole: Callable[[str], object] | None) -> Any:  # noqa: ANN401
    """``whole`` makes whole numbers of their digits; absent, Python does, and faster."""
    try:
        return json.loads(
            text,
            parse_float=Decimal,
            parse_int=whole,
            parse_constant=_refuse,
            object_pairs_hook=_object,
        )
    except json.JSONDecodeError as error:
        place = Location(document=name, line=error.lineno, column=error.colno)
        raise PlanError("json-syntax", location=place, detail=error.msg) from None
    except RecursionError:
        raise PlanError("too-deep", location=Location(document=name), limit=DEPTH) from None
    except _TwiceError:
        positions = _positions(text)
        key, offset = positions.doubled or ("", 0)
        place = positions.lines.location(offset, name)
        raise PlanError("key-twice", location=place, key=shown(key)) from None
    except _NotFiniteError:
        raise PlanError("number-not-finite", location=_constant(text, name)) from None
    except ValueError:  # a whole number so long that Python refuses to convert it
        return _parse(text, name, _integer)


def encode(data: object, *, compact: bool = False) -> str:
    """Plain data as JSON, as :func:`dumps` writes it; non-ASCII characters stay readable.

    Raises:
        PlanError: ``lone-surrogate``: a string that no UTF-8 file can hold.
    """
    return _finished((_compact(data) if compact else _encode(data, "\n")) + "\n")


def encode_rows(data: Mapping[str, object]) -> str:
    """As :func:`encode`, but with what stands in an array of the top on one line each.

    Long reports are written so: programs read them, and a line of them can still be searched
    for, counted and compared.

    Raises:
        PlanError: As :func:`encode`.
    """
    parts: list[str] = []
    for key, value in data.items():
        parts += "," if parts else "{", "\n  ", _finished(encode_basestring(key)), ": "
        if isinstance(value, list) and value:
            rows = ",".join([f"\n    {_compact(row)}" for row in value])
            parts += "[", _finished(rows), "\n  ]"
        else:
            parts.append(_finished(_compact(value)))
    parts.append("\n}\n" if parts else "{}\n")
    return "".join(parts)


def _finished(text: str) -> str:
    try:
        data = text.encode()
    except UnicodeEncodeError:
        raise PlanError("lone-surrogate") from None
    return escaped(text) if acting(data) else text


def _compact(data: object) -> str:
    """``data`` on one line, by the standard library where that writes every number exactly."""
    try:
        return _STANDARD(data)
    except _InexactError:
        return _encode(data, "")


def _float(value: object) -> float:
    """``value``, a Decimal, as the float that is written with the same digits."""
    near = float(cast("Decimal", value))
    if repr(near) != str(value):
        raise _InexactError
    return near


_STANDARD: Final = json.JSONEncoder(
    ensure_ascii=False,
    check_circular=False,
    allow_nan=False,
    separators=(",", ":"),
    default=_float,
).encode


def _encode(data: object, line: str) -> str:
    """``data`` as JSON; ``line`` is what begins a line at its depth, empty if compact."""
    if isinstance(data, str):
        return encode_basestring(data)
    if isinstance(data, dict):
        items = [
            f"{encode_basestring(key)}:{' ' if line else ''}{_encode(value, _deeper(line))}"
            for key, value in data.items()
        ]
        return _enclose("{}", items, line)
    if isinstance(data, list | tuple):
        return _enclose("[]", [_encode(value, _deeper(line)) for value in data], line)
    if isinstance(data, Decimal):
        return str(data)
    return json.dumps(data, allow_nan=False)


def _deeper(line: str) -> str:
    return line and line + " " * _INDENT


def _enclose(brackets: str, items: list[str], line: str) -> str:
    if not items:
        return brackets
    inner = f",{_deeper(line)}".join(items)
    return f"{brackets[0]}{_deeper(line)}{inner}{line}{brackets[1]}"


def _integer(digits: str) -> int | Decimal:
    return int(digits) if len(digits) <= _LONG else Decimal(digits)


def _refuse(constant: str) -> object:
    raise _NotFiniteError(constant)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) != len(pairs):
        raise _TwiceError
    return made


def _positions(text: str) -> "Positions":
    # Only here, for only a file with faults needs it.
    from munidx.formats.positions import json_positions  # noqa: PLC0415

    return json_positions(text)


def _constant(text: str, name: str) -> Location:
    """Where the first NaN or Infinity outside of strings stands."""
    for found in _CONSTANT.finditer(text):
        if found["constant"]:
            return _positions(text).lines.location(found.start(), name)
    return Location(document=name)  # pragma: no cover - the parser has just met one
