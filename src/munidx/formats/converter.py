"""The cattrs converters behind the codec: strict hooks for every type of the model.

There are two for reading: the fast one stops at the first fault, the detailed one collects all
of them with their places. Which types a value may have is said here once, for both; only how
the fields of a class are gone through differs, for cattrs looks for each field that the model
has, and the fast one goes by the few that the data has.
"""

import functools
import itertools
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

from munidx.model import FiscalYear, Labels, parse_time, values

__all__ = [
    "DIGITS",
    "WHOLE",
    "WRITER",
    "RefusedError",
    "read_detailed",
    "read_fast",
    "shown",
    "type_name",
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
_DEEP: Final = 40
"""How many classes deep the fast reader goes: two containers each, well within any bound."""


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


def _union(kind: Any, converter: Converter) -> Hook:  # noqa: ANN401 - a type form
    """``X | None`` reads as X: an absent value is an absent key, never a null."""
    inner = [part for part in get_args(kind) if part is not type(None)]
    return _time if FiscalYear in inner and str in inner else _hook(inner[0], converter)


def _is_tuple(kind: object) -> bool:
    return get_origin(kind) is tuple


def _tuple(kind: Any, converter: Converter) -> Hook:  # noqa: ANN401 - a type form
    inner = get_args(kind)[0]
    items = _hook(inner, converter)

    def fast(value: object, depth: int) -> tuple[Any, ...]:
        if not isinstance(value, _ARRAYS):
            _wrong_type("array", value)
        return tuple(map(items, value, itertools.repeat(depth)))

    def detailed(value: object, _: object) -> tuple[Any, ...]:
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

    return detailed if converter.detailed_validation else fast


class _Fields(dict[str, Hook]):
    """The hooks of a class's fields, each looked up when its field is first met in any data."""

    def __init__(self, kind: Any, converter: Converter) -> None:  # noqa: ANN401 - a class
        super().__init__()
        self.types = {field.name: field.type for field in attrs.fields(attrs.resolve_types(kind))}
        self.converter = converter

    def __missing__(self, name: str) -> Hook:
        if name not in self.types:
            raise RefusedError("unknown-key")
        hook = self[name] = self.converter.get_structure_hook(self.types[name])
        return hook


def _class(kind: Any, converter: Converter) -> Hook:  # noqa: ANN401 - a class
    fields = _Fields(kind, converter)

    def fast(value: object, depth: int) -> object:
        if not isinstance(value, dict):
            _wrong_type("table", value)
        if depth > _DEEP:
            raise RefusedError("too-deep")
        below = depth + 1
        return kind(**{name: fields[name](told, below) for name, told in value.items()})

    if not converter.detailed_validation:
        return fast
    read = make_dict_structure_fn(kind, converter)

    def detailed(value: object, _: object) -> object:
        if not isinstance(value, dict):
            _wrong_type("table", value)
        return read(value, kind)

    return detailed


def _hook(kind: Any, converter: Converter) -> Hook:  # noqa: ANN401 - a type form
    """The hook for ``kind``, looked up when first used if ``kind`` is just being made."""
    if not (attrs.has(kind) and converter.detailed_validation):
        return converter.get_structure_hook(kind)
    found: list[Hook] = []

    def late(value: object, _: object) -> object:
        if not found:
            found.append(converter.get_structure_hook(kind))
        return found[0](value, kind)

    return late


def _reader(*, detailed: bool) -> Converter:
    made = Converter(detailed_validation=detailed, forbid_extra_keys=True)
    made.register_structure_hook_factory(attrs.has)(_class)
    made.register_structure_hook_factory(_is_tuple)(_tuple)
    made.register_structure_hook_factory(_is_union)(_union)
    hooks: dict[Any, Hook] = {
        str: _text,
        int: _whole,
        bool: _flag,
        FiscalYear: _fiscal_year,
        Decimal: _decimal,
        Fraction: _fraction,
        Labels: _labels,
    }
    hooks.update((kind, _vocabulary(kind)) for kind in vocabularies())
    for kind, hook in hooks.items():
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
_FAST: Final = _reader(detailed=False)


@functools.cache
def _detailed() -> Converter:
    return _reader(detailed=True)


def read_fast(data: object, kind: Any) -> Any:  # noqa: ANN401 - a type form, and a value of it
    """The value of ``kind`` that ``data`` holds.

    Hooks are given a value and, where cattrs hands them its type, how many classes it lies in.

    Raises:
        RefusedError: There is some fault, or more depth than plans are known to have; what it
            is, or whether it is one, :func:`read_detailed` tells.
    """
    return _FAST.get_structure_hook(kind)(data, 0)


def read_detailed(data: object, kind: Any) -> Any:  # noqa: ANN401 - as above
    """The same, slowly; ``data`` is known not to be too deep.

    Raises:
        RefusedError: The value as a whole is at fault.
        BaseValidationError: All that is at fault, with its places.
    """
    return _detailed().structure(data, kind)
