"""The cattrs converters behind the codec: strict hooks for every type of the model.

There are two ways to read: the fast one (:mod:`munidx.formats.columns`) stops at the first
fault, the detailed one collects all of them with their places. Which types a value may have is
said here once, for both.
"""

import functools
import re
import types
from collections.abc import Callable, Mapping
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from operator import attrgetter
from typing import Any, Final, NoReturn, TypeAlias, Union, get_args, get_origin

import attrs
from cattrs import Converter
from cattrs.errors import BaseValidationError, IterableValidationError, IterableValidationNote
from cattrs.gen import make_dict_structure_fn

from munidx.model import FiscalYear, Labels, Time, parse_time, values

__all__ = [
    "DIGITS",
    "WHOLE",
    "WRITER",
    "Hook",
    "RefusedError",
    "present",
    "read_detailed",
    "shown",
    "tuple_item",
    "type_name",
    "value_hook",
    "vocabularies",
]

DIGITS: Final = 40
"""How many digits a decimal may have, and how far they may lie from the point."""

WHOLE: Final = 2**63
"""Whole numbers stay below: TOML promises 64 bits, and no city plans in more yen."""

SHOWN: Final = 80
"""How much of a wrong value an error repeats."""

Hook: TypeAlias = Callable[[Any, Any], Any]

_FRACTION: Final = re.compile(r"(-?[0-9]{1,40})/([1-9][0-9]{0,39})")
_TYPES: Final[Mapping[type, str]] = {
    str: "string",
    bool: "boolean",
    int: "integer",
    float: "float",
    Decimal: "decimal",
    dict: "table",
    list: "array",
    tuple: "array",
    type(None): "null",
}
_ARRAYS: Final = (list, tuple)
_BEYOND: Final = 10**DIGITS


class RefusedError(ValueError):
    """A value that its field does not take: a code and the parameters of its sentence."""

    within: tuple[str, ...] = ()
    """Where in the value the fault is, if not the whole of it is meant."""

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code)
        self.code = code
        self.params: dict[str, Any] = params


def type_name(value: object) -> str:
    """What a file calls the type of ``value``: ``string``, ``table``, ``date``."""
    return _TYPES.get(type(value)) or type(value).__name__


def shown(value: object) -> str:
    """``value`` in an error's parameter, cut where it is long."""
    told = value if isinstance(value, str) else repr(value)
    return told if len(told) <= SHOWN else told[:SHOWN] + "…"


def vocabularies() -> tuple[type[StrEnum], ...]:
    """The enumerations of the model."""
    return tuple(
        kind
        for kind in vars(values).values()
        if isinstance(kind, type) and issubclass(kind, StrEnum)
    )


def _wrong_type(expected: str, value: object) -> NoReturn:
    raise RefusedError("wrong-type", expected=expected, got=type_name(value))


def _wrong_value(expected: str, value: object) -> NoReturn:
    raise RefusedError("wrong-value", expected=expected, got=shown(value))


def _text(value: Any, _: object) -> str:  # noqa: ANN401 - hooks are given anything
    if value.__class__ is not str:
        _wrong_type("string", value)
    if not value.isascii():
        try:
            value.encode()
        except UnicodeEncodeError:
            raise RefusedError("lone-surrogate") from None
    return value


def _whole(value: Any, _: object) -> int:  # noqa: ANN401 - hooks are given anything
    if value.__class__ is not int:
        _wrong_type("integer", value)
    if not -WHOLE <= value < WHOLE:
        raise RefusedError("number-bounds", limit=DIGITS)
    return int(value)


def _flag(value: object, _: object) -> bool:
    if value.__class__ is not bool:
        _wrong_type("boolean", value)
    return value is True


def _fiscal_year(value: Any, _: object) -> FiscalYear:  # noqa: ANN401
    if value.__class__ is not int:
        _wrong_type("fiscal-year", value)
    try:
        return _year(value)
    except ValueError:
        _wrong_value("fiscal-year", value)


@functools.lru_cache(maxsize=256)
def _year(value: int) -> FiscalYear:
    return FiscalYear(value)


def _time(value: Any, _: object) -> FiscalYear | str:  # noqa: ANN401
    if value.__class__ is not int and value.__class__ is not str:
        _wrong_type("time", value)
    try:
        return _year(value) if value.__class__ is int else parse_time(value)
    except ValueError:
        _wrong_value("time", value)


def _decimal(value: Any, _: object) -> Decimal:  # noqa: ANN401
    if value.__class__ is int:
        if not -_BEYOND < value < _BEYOND:
            raise RefusedError("number-bounds", limit=DIGITS)
        return Decimal(value)
    if value.__class__ is not Decimal:
        _wrong_type("number", value)
    _bound(value)
    return value


def _bound(value: Decimal) -> None:
    if not value.is_finite():
        raise RefusedError("number-not-finite")
    if len(value.as_tuple().digits) > DIGITS or abs(value.adjusted()) >= DIGITS:
        raise RefusedError("number-bounds", limit=DIGITS)


def _fraction(value: object, _: object) -> Fraction:
    if not isinstance(value, str):
        _wrong_type("fraction", value)
    found = _FRACTION.fullmatch(value)
    if not found:
        _wrong_value("fraction", value)
    return Fraction(int(found[1]), int(found[2]))


def _labels(value: object, _: object) -> Labels:
    if not isinstance(value, dict):
        _wrong_type("table", value)
    return Labels({_text(name, str): _label(name, text) for name, text in value.items()})


def _label(name: str, value: object) -> str:
    try:
        return _text(value, str)
    except RefusedError as error:
        error.within = (name,)
        raise


def _vocabulary(kind: type[StrEnum]) -> Hook:
    members = {member.value: member for member in kind}
    expected = " | ".join(members)

    def hook(value: object, _: object) -> StrEnum:
        if not isinstance(value, str):
            _wrong_type(expected, value)
        return members.get(value) or _wrong_value(expected, value)

    return hook


def _is_union(kind: object) -> bool:
    return isinstance(kind, types.UnionType) or get_origin(kind) is Union


def present(kind: Any) -> Any:  # noqa: ANN401 - a type form
    """X of ``X | None``, for an absent value is an absent key, never a null; others as they are."""
    if not _is_union(kind):
        return kind
    inner = [part for part in get_args(kind) if part is not type(None)]
    return Time if FiscalYear in inner and str in inner else inner[0]


def _union(kind: Any, converter: Converter) -> Hook:  # noqa: ANN401 - a type form
    inner = present(kind)
    return _HOOKS.get(inner) or _hook(inner, converter)


def _is_tuple(kind: object) -> bool:
    return get_origin(kind) is tuple


def tuple_item(kind: Any) -> Any:  # noqa: ANN401 - a type form
    """The type of the items of a tuple; None if ``kind`` is none."""
    return get_args(kind)[0] if _is_tuple(kind) else None


def _tuple(kind: Any, converter: Converter) -> Hook:  # noqa: ANN401 - a type form
    inner = tuple_item(kind)
    items = _hook(inner, converter)

    def read(value: object, _: object) -> tuple[Any, ...]:
        if not isinstance(value, _ARRAYS):
            _wrong_type("array", value)
        made, errors = [], []
        for index, item in enumerate(value):
            try:
                made.append(items(item, inner))
            except (RefusedError, BaseValidationError) as error:
                error.add_note(IterableValidationNote("", index, inner))
                errors.append(error)
        if errors:
            raise IterableValidationError("", errors, kind)
        return tuple(made)

    return read


def _class(kind: Any, converter: Converter) -> Hook:  # noqa: ANN401 - a class
    read = make_dict_structure_fn(kind, converter)

    def table(value: object, _: object) -> object:
        if not isinstance(value, dict):
            _wrong_type("table", value)
        return read(value, kind)

    return table


def _hook(kind: Any, converter: Converter) -> Hook:  # noqa: ANN401 - a type form
    """The hook for ``kind``, looked up when first used if ``kind`` is just being made."""
    if not attrs.has(kind):
        return converter.get_structure_hook(kind)
    found: list[Hook] = []

    def late(value: object, _: object) -> object:
        if not found:
            found.append(converter.get_structure_hook(kind))
        return found[0](value, kind)

    return late


_HOOKS: Final[Mapping[Any, Hook]] = {
    str: _text,
    int: _whole,
    bool: _flag,
    FiscalYear: _fiscal_year,
    Time: _time,
    Decimal: _decimal,
    Fraction: _fraction,
    Labels: _labels,
    **{kind: _vocabulary(kind) for kind in vocabularies()},
}


def value_hook(kind: Any) -> Hook | None:  # noqa: ANN401 - a type form
    """What reads a value of ``kind`` that has no parts; None if ``kind`` is of another sort."""
    return _HOOKS.get(kind)


@functools.cache
def _reader() -> Converter:
    made = Converter(detailed_validation=True, forbid_extra_keys=True)
    made.register_structure_hook_factory(attrs.has)(_class)
    made.register_structure_hook_factory(_is_tuple)(_tuple)
    made.register_structure_hook_factory(_is_union)(_union)
    for kind, hook in _HOOKS.items():
        if kind is not Time:  # a union, and told as such
            made.register_structure_hook(kind, hook)
    return made


def _write_whole(value: int) -> int:
    if not -WHOLE <= value < WHOLE:
        raise RefusedError("number-bounds", limit=DIGITS)
    return int(value)


def _write_decimal(value: Decimal) -> int | Decimal:
    """An int where it is whole; else without trailing zeros, so that equals are written alike."""
    plain = str(value)
    if plain.isdecimal() and len(plain) < _PLAIN:
        return int(plain)
    _bound(value)
    told = format(value, "f")
    if "." in told:
        told = told.rstrip("0").rstrip(".")
    if "." in told:
        return Decimal(told)
    return int(told) if -WHOLE <= int(told) < WHOLE else Decimal(f"{told}.0")


_PLAIN: Final = 19
"""Digits of the shortest number that may be too great for a whole one."""


def _write_fraction(value: Fraction) -> str:
    told = f"{value.numerator}/{value.denominator}"
    if not _FRACTION.fullmatch(told):
        raise RefusedError("number-bounds", limit=DIGITS)
    return told


def _writer() -> Converter:
    made = Converter(omit_if_default=True)
    made.register_unstructure_hook(int, _write_whole)
    made.register_unstructure_hook(FiscalYear, int)
    made.register_unstructure_hook(bool, bool)
    made.register_unstructure_hook(Decimal, _write_decimal)
    made.register_unstructure_hook(Fraction, _write_fraction)
    made.register_unstructure_hook(Labels, dict)
    for kind in vocabularies():
        made.register_unstructure_hook(kind, attrgetter("value"))
    made.register_unstructure_hook_factory(_is_tuple)(_write_tuple)
    made.register_unstructure_hook_factory(_is_union)(_write_optional)
    made.register_unstructure_hook(tuple, lambda value: [made.unstructure(v) for v in value])
    return made


def _write_tuple(kind: Any, converter: Converter) -> Callable[[Any], list[Any]]:  # noqa: ANN401
    inner = get_args(kind)[0]
    if inner is str:
        return list
    found: list[Callable[[Any], Any]] = []

    def write(value: Any) -> list[Any]:  # noqa: ANN401 - a tuple of any class
        if not found:  # only now, for classes nest in themselves
            found.append(converter.get_unstructure_hook(inner))
        return list(map(found[0], value))

    return write


def _write_optional(kind: Any, converter: Converter) -> Callable[[Any], Any]:  # noqa: ANN401
    """What writes a field that may be absent; an absent one is never written."""
    inner = [one for one in get_args(kind) if one is not type(None)]
    if len(inner) == 1:
        hook: Callable[[Any], Any] = converter.get_unstructure_hook(inner[0])
        return hook
    return _write_time


def _write_time(value: FiscalYear | str) -> int | str:
    return value if isinstance(value, str) else int(value)


WRITER: Final = _writer()


def read_detailed(data: object, kind: Any) -> Any:  # noqa: ANN401 - a type form, and a value of it
    """The value of ``kind`` that ``data`` holds, read slowly; ``data`` is not too deep.

    Raises:
        RefusedError: The value as a whole is at fault.
        BaseValidationError: All that is at fault, with its places.
    """
    return _reader().structure(data, kind)
