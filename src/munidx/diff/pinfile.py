"""The file of pins: TOML, strict, each fault with its line.

::

    [[same]]
    old = "measures[1-2-1]"
    new = "measures[1-3-1]"
    reason = "所管課に確認した（2025-04-10）"

    [[different]]
    old = "駐輪場整備事業"
    new = "駅前駐輪場整備事業"
    reason = "市営と民営"
"""

import difflib
import os
from collections.abc import Iterator
from typing import Any, Final

from munidx.diff.pins import Pin
from munidx.errors import PlanError
from munidx.formats import decode
from munidx.formats.address import Where
from munidx.formats.positions import Positions, toml_positions
from munidx.formats.toml import parse
from munidx.place import Location
from munidx.readers import DEFAULT, Limits, open_source

__all__ = ["load_pins", "read_pins"]

_TABLES: Final = {"same": True, "different": False}
_KEYS: Final = ("old", "new", "reason")
_SHOWN: Final = 80


def load_pins(path: str | os.PathLike[str], *, limits: Limits = DEFAULT) -> tuple[Pin, ...]:
    """The pins in the file at ``path``.

    Raises:
        SourceError: It cannot be opened, is empty or too large.
        PlanError: As :func:`read_pins`.
    """
    source = open_source(path, limits)
    name = os.fspath(path)
    return read_pins(decode(source.data, name), name)


def read_pins(text: str, name: str = "") -> tuple[Pin, ...]:
    """The pins in ``text``, in its order, those of ``same`` first.

    Args:
        text: TOML with the arrays of tables ``same`` and ``different``; each table has the
            keys ``old``, ``new`` and ``reason``, none of them blank.
        name: What errors call the file.

    Raises:
        PlanError: With line and column: ``toml-syntax``, ``key-twice``, ``too-deep``,
            ``unknown-key``, ``missing-key``, ``wrong-type``, or ``pin-blank`` for a value
            that says nothing.
    """
    text = text.removeprefix("\ufeff")
    data = parse(text, name)
    return tuple(_Reader(text, name).pins(data))


class _Reader:
    """One file: its text is scanned for positions when its first pin is placed."""

    def __init__(self, text: str, name: str) -> None:
        self._positions: Positions = toml_positions(text)
        self._name = name

    def pins(self, data: dict[str, Any]) -> Iterator[Pin]:
        self._known(data, tuple(_TABLES), ())
        for table, same in _TABLES.items():
            pins = data.get(table, [])
            if not isinstance(pins, list):
                raise self._wrong((table,), table, "array", pins)
            for place, pin in enumerate(pins):
                yield self._pin(pin, (table, place), same=same)

    def _pin(self, pin: object, at: Where, *, same: bool) -> Pin:
        if not isinstance(pin, dict):
            raise self._wrong(at, str(at[0]), "table", pin)
        self._known(pin, _KEYS, at)
        for key in _KEYS:
            if key not in pin:
                raise PlanError("missing-key", location=self._at(at), field=str(at[0]), key=key)
            if not isinstance(pin[key], str):
                raise self._wrong((*at, key), key, "string", pin[key])
            if not pin[key].strip():
                raise PlanError("pin-blank", location=self._at((*at, key)), field=key)
        return Pin(
            old=pin["old"],
            new=pin["new"],
            same=same,
            reason=pin["reason"],
            location=self._at(at),
        )

    def _known(self, table: dict[str, Any], known: tuple[str, ...], at: Where) -> None:
        for key in table:
            if key not in known:
                raise PlanError(
                    "unknown-key",
                    location=self._at((*at, key), key=True),
                    field=".".join(map(str, at)),
                    key=key[:_SHOWN],
                    nearest="".join(difflib.get_close_matches(key[:_SHOWN], known, 1)),
                )

    def _wrong(self, at: Where, key: str, expected: str, got: object) -> PlanError:
        return PlanError(
            "wrong-type",
            location=self._at(at),
            field=key,
            expected=expected,
            got=type(got).__name__,
        )

    def _at(self, where: Where, *, key: bool = False) -> Location:
        return self._positions.location(where, self._name, key=key)
