"""The fast reader: the objects of each class are read together, column by column.

A large plan has a hundred thousand objects. To read one after the other is to call a few
functions for each; to read all values of one field together is to call a few for all of them,
and what many objects share is looked at once. What a single value may be is not said here: the
hooks of :mod:`munidx.formats.converter` read it, and what they refuse is refused.
"""

import functools
import marshal
import weakref
from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import chain, compress, islice, repeat
from operator import itemgetter
from typing import Any, Final, TypeAlias

import attrs

from munidx.formats.converter import Hook, RefusedError, present, tuple_item, value_hook
from munidx.model import Cost, Observation, Owner

__all__ = ["read_fast"]

Within: TypeAlias = tuple[type, ...]
"""The classes that the values lie in, from the top."""

Reader: TypeAlias = Callable[[Sequence[Any], Within], Sequence[Any]]
"""From all values of a field in the data, what they are in the model."""

_DEEP: Final = 40
"""How many classes deep is read here: two containers each, well within any bound."""

_FEW: Final = 4
"""Fewer objects are read one by one: a column of them saves nothing."""

_ARRAYS: Final = frozenset({list, tuple})

_RECURRING: Final = frozenset({Observation, Cost, Owner})
"""Small things of which a plan has the same ones again and again: they are made once."""

_DISTINCT: Final = frozenset({str, int})
"""Types whose values equal none but the same: ``True`` and ``1.0`` equal 1, and decimals each
other that are written differently."""


_ABSENT: Final = object()


class _Field:
    """A field of a class: how it is put into an object, its default, and what reads it."""

    def __init__(self, kind: type, field: "attrs.Attribute[Any]") -> None:
        self.put: Callable[[object, object], None] = getattr(kind, field.name).__set__
        self.default: object = field.default
        self.type: Any = field.type

    @functools.cached_property
    def read(self) -> Reader:
        """Looked up when first used: classes nest in themselves."""
        return _reader(self.type)


def read_fast(data: object, kind: Any) -> Any:  # noqa: ANN401 - a type form, and a value of it
    """The value of ``kind`` that ``data`` holds.

    Raises:
        RefusedError: There is some fault, or what plans are not known to have: what it is, or
            whether it is one, :func:`munidx.formats.converter.read_detailed` tells.
    """
    try:
        return _reader(kind)([data], ())[0]
    except RecursionError:
        raise RefusedError("too-deep") from None


@functools.cache
def _reader(form: Any) -> Reader:  # noqa: ANN401 - a type form
    """What reads fields of the type ``form``."""
    form = present(form)
    if form is str:
        return _texts
    hook = value_hook(form)
    if hook:
        return _values(hook)
    item = tuple_item(form)
    if item:
        return _arrays(item)
    return _recurring(form) if form in _RECURRING else _tables(form)


@functools.cache
def _tables(kind: type) -> Reader:
    """Objects of ``kind``; many are made without ``__init__``: what is put into them is right."""
    fields = {field.name: _Field(kind, field) for field in attrs.fields(attrs.resolve_types(kind))}

    def single(table: dict[str, Any], below: Within) -> object:
        _check(fields.keys() >= table.keys())
        return kind(**{name: fields[name].read((told,), below)[0] for name, told in table.items()})

    def read(tables: Sequence[Any], within: Within) -> list[Any]:
        _check({*map(type, tables)} == {dict} and len(within) < _DEEP)
        if len(tables) < _FEW:
            return [single(table, (*within, kind)) for table in tables]
        shapes = [*map(frozenset, {*map(tuple, tables)})]
        everywhere = shapes[0].intersection(*shapes)
        somewhere = shapes[0].union(*shapes) - everywhere
        _check(fields.keys() >= everywhere | somewhere)
        made: list[Any] = list(map(object.__new__, repeat(kind, len(tables))))
        below = (*within, kind)
        for name in fields.keys() - everywhere:
            _exhaust(map(fields[name].put, made, repeat(fields[name].default)))
        for name, column in _full(tables, [*everywhere]):
            _exhaust(map(fields[name].put, made, fields[name].read(column, below)))
        for name, column in _gapped(tables, [*somewhere]):
            has = [value is not _ABSENT for value in column]
            found = fields[name].read([*compress(column, has)], below)
            _exhaust(map(fields[name].put, compress(made, has), found))
        return made

    return read


def _full(tables: Sequence[Any], names: list[str]) -> Iterable[tuple[str, Sequence[Any]]]:
    """The column of each of ``names``, which all ``tables`` have; each is looked into once."""
    if not names:
        return ()
    # The first one twice: asked for one name alone, it would give no row.
    return zip(names, zip(*map(itemgetter(*names, names[0]), tables), strict=True), strict=False)


def _gapped(tables: Sequence[Any], names: list[str]) -> Iterable[tuple[str, Sequence[Any]]]:
    """The column of each of ``names``, which some of ``tables`` have not."""
    absent = [_ABSENT] * len(names)
    rows = [[*map(table.get, names, absent)] for table in tables]
    return zip(names, zip(*rows, strict=True), strict=True) if names else ()


def _recurring(kind: type) -> Reader:
    """As :func:`_tables`, but what is the same in the data is one object in the model.

    So it is in two plans, as long as the one is held while the other is read: two editions
    have most of their figures in common, and what is one need not be compared.
    """
    every = _tables(kind)
    held = _Held()

    def read(tables: Sequence[Any], within: Within) -> Sequence[Any]:
        # Within its own kind, the same parts would be gone through for every level.
        if len(tables) < _FEW or kind in within:
            return every(tables, within)
        keys = _keys(tables)
        several = dict(zip(keys, tables, strict=True))
        made = held.among(several)
        fresh = [key for key in several if key not in made]
        found = every([several[key] for key in fresh], within) if fresh else []
        made.update(zip(fresh, found, strict=True))
        held.hold({key: one for key, one in zip(fresh, found, strict=True) if _FLAT(several[key])})
        return list(map(made.__getitem__, keys))

    return read


_FLAT: Final = frozenset({"alternatives"}).isdisjoint
"""Whether what recurs holds none of its own kind, so that it is as deep anywhere."""


class _Held:
    """What was made of which data, without keeping it alive."""

    def __init__(self) -> None:
        self._held: dict[object, weakref.ref[Any]] = {}
        self._most = _FORGOTTEN

    def among(self, keys: Iterable[object]) -> dict[object, Any]:
        """What is still held of the data with these ``keys``."""
        refs = zip(keys, map(self._held.get, keys), strict=True)
        return {key: one for key, ref in refs if ref and (one := ref()) is not None}

    def hold(self, made: Mapping[object, Any]) -> None:
        """Know what was ``made`` of the data with each key."""
        self._held.update(zip(made, map(weakref.ref, made.values()), strict=True))
        if len(self._held) > self._most:
            self._held = {key: ref for key, ref in self._held.copy().items() if ref() is not None}
            self._most = max(_FORGOTTEN, 2 * len(self._held))


_FORGOTTEN: Final = 1 << 14
"""Entries from which on those are looked for whose objects are gone."""


def _keys(tables: Sequence[Any]) -> list[object]:
    """For each its key, the same for the same data alone: same types, same digits."""
    try:
        return list(map(marshal.dumps, tables, repeat(2)))  # 3 and later look at identities
    except ValueError:  # a Decimal
        return list(map(repr, tables))


def _arrays(item: Any) -> Reader:  # noqa: ANN401 - a type form
    def read(arrays: Sequence[Any], within: Within) -> list[Any]:
        _check(_ARRAYS.issuperset(map(type, arrays)))
        flat = list(chain.from_iterable(arrays))
        if not flat:
            return [()] * len(arrays)
        items = iter(_reader(item)(flat, within))
        return list(map(tuple, map(islice, repeat(items), map(len, arrays))))

    return read


def _texts(column: Sequence[Any], _: Within) -> Sequence[Any]:
    _check({*map(type, column)} == {str})
    try:
        _exhaust(map(str.encode, column))
    except UnicodeEncodeError:
        raise RefusedError("lone-surrogate") from None
    return column


def _values(hook: Hook) -> Reader:
    """Each value is read once, by the hook that reads a single one."""

    def read(column: Sequence[Any], _: Within) -> Sequence[Any]:
        if not _DISTINCT.issuperset(map(type, column)):
            return [hook(value, None) for value in column]
        made = {value: hook(value, None) for value in set(column)}
        return list(map(made.__getitem__, column))

    return read


def _check(right: bool) -> None:
    if not right:
        raise RefusedError("refused")


def _exhaust(calls: Iterable[object]) -> None:
    deque(calls, maxlen=0)
