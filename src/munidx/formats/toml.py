"""Plans in TOML: the form for people, with ``[[goals]]`` and ``[[goals.measures]]``.

Text of several lines is written so. The first line names the JSON Schema for editors that
know ``#:schema``.
"""

import re
import tomllib
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

import tomli_w

from munidx.errors import PlanError
from munidx.formats.address import Where
from munidx.formats.codec import DEPTH, from_data, to_data
from munidx.formats.converter import DIGITS, shown
from munidx.formats.escapes import escaped
from munidx.model import Plan
from munidx.place import Location

if TYPE_CHECKING:
    from munidx.formats.positions import Positions

__all__ = ["SCHEMA_LINE", "dumps", "loads", "parse"]

SCHEMA_LINE: Final = "#:schema munidx-plan-1.schema.json"
"""The first line of every file that munidx writes."""

_PLACE: Final = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)\Z")
_TWICE: Final = ("Cannot overwrite", "Cannot declare", "Cannot mutate", "Duplicate inline table")
_LINE_END_SPACE: Final = re.compile(r"[ \t](?=\n)")


def loads(text: str, name: str = "") -> Plan:
    """The plan in the TOML ``text`` of the file ``name``.

    Raises:
        PlanError: With line and column: ``toml-syntax``, ``key-twice``, ``too-deep``, or any
            of :func:`munidx.formats.codec.from_data`.
    """

    def locate(faults: Sequence[tuple[Where, bool]]) -> list[Location]:
        positions = _positions(text)
        return [positions.location(where, name, key=key) for where, key in faults]

    text = text.removeprefix("\ufeff")
    return from_data(parse(text, name), locate=locate)


def parse(text: str, name: str = "") -> dict[str, Any]:
    """The data in ``text``, decimals exact.

    Raises:
        PlanError: As :func:`loads`, as far as the syntax goes.
    """
    if any(line.count(".") > DEPTH for line in text.split("\n")):
        _refuse_deep_key(text, name)
    try:
        return tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        raise _syntax_error(text, name, str(error)) from None
    except RecursionError:
        raise PlanError("too-deep", location=Location(document=name), limit=DEPTH) from None
    except ValueError:  # a whole number so long that Python refuses to convert it
        raise PlanError("number-bounds", location=Location(document=name), limit=DIGITS) from None


def dumps(plan: Plan) -> str:
    """``plan`` as TOML, in the order of the model's fields; ends with a newline.

    Raises:
        PlanError: As :func:`munidx.formats.dump_plan`.
    """
    data = to_data(plan)
    text = escaped(f"{SCHEMA_LINE}\n{_write(data)}")
    try:
        text.encode()
    except UnicodeEncodeError:
        raise PlanError("lone-surrogate") from None
    return text


def _refuse_deep_key(text: str, name: str) -> None:
    # Only here, as in _positions: only a file with faults needs it.
    from munidx.formats.positions import Lines  # noqa: PLC0415
    from munidx.formats.scan_toml import deep_key  # noqa: PLC0415

    deep = deep_key(text, DEPTH)
    if deep is not None:
        raise PlanError("too-deep", location=Lines(text).location(deep, name), limit=DEPTH)


def _positions(text: str) -> "Positions":
    from munidx.formats.positions import toml_positions  # noqa: PLC0415

    return toml_positions(text)


def _syntax_error(text: str, name: str, message: str) -> PlanError:
    found = _PLACE.search(message)
    detail = message[: found.start()] if found else message
    if found and found[1]:
        place = Location(document=name, line=int(found[1]), column=int(found[2]))
    else:
        place = Location(document=name, line=text.count("\n") + 1)
    if detail.startswith(_TWICE):
        positions = _positions(text)
        key = ""
        if positions.doubled:
            key, offset = positions.doubled
            place = positions.lines.location(offset, name)
        return PlanError("key-twice", location=place, key=shown(key))
    return PlanError("toml-syntax", location=place, detail=detail)


def _write(data: dict[str, Any]) -> str:
    """``data`` as TOML with readable text of several lines, which reads back exactly.

    The writer would drop a carriage return, and an editor a space at a line's end: both are
    held by stand-ins, characters that occur nowhere in the data, until they can be escaped.
    """
    plain = tomli_w.dumps(data, multiline_strings=True)
    strings = list(_strings(data))
    if not any("\r" in text or _LINE_END_SPACE.search(text) for text in strings):
        return plain
    used = set(plain)
    free = (chr(code) for code in range(0xE000, 0xF8FF) if chr(code) not in used)
    carriage, space, tab = next(free), next(free), next(free)
    held = {" ": space, "\t": tab}

    def hold(text: str) -> str:
        text = text.replace("\r", carriage)
        return _LINE_END_SPACE.sub(lambda found: held[found[0]], text)

    written = tomli_w.dumps(_mapped(data, hold), multiline_strings=True)
    written = written.replace(carriage, "\\r")
    return written.replace(space, "\\u0020").replace(tab, "\\t")


def _strings(data: Any) -> Iterator[str]:  # noqa: ANN401 - data of any shape
    if isinstance(data, str):
        yield data
    elif isinstance(data, dict):
        for key, value in data.items():
            yield key
            yield from _strings(value)
    elif isinstance(data, list):
        for value in data:
            yield from _strings(value)


def _mapped(data: Any, hold: Any) -> Any:  # noqa: ANN401 - data of any shape
    if isinstance(data, str):
        return hold(data)
    if isinstance(data, dict):
        return {hold(key): _mapped(value, hold) for key, value in data.items()}
    if isinstance(data, list):
        return [_mapped(value, hold) for value in data]
    return data
