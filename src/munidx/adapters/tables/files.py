r"""``form.toml``: a form said in TOML, with the names that it has in Python.

::

    title = '(?P<year>.{1,14}年度)実施計画事業一覧'
    slug = "projects"
    level = "事業"
    columns = [
        { field = "goal.title", words = ["施策名"], level = "施策" },
        { field = "code", words = ["番号"] },
        { field = "title", words = ["事業名", "事業名称"] },
        { field = "costs", words = ["当初予算額"] },
    ]

    [[groups]]
    level = "柱"
    pattern = '第(?P<code>\d+)の柱 (?P<title>.+)'

It is read strictly: what is not known, missing or of the wrong type is an error with its line
and column. The municipality, where the file does not name it, is that of ``adapter.toml``.
"""

import difflib
import importlib.util
import pathlib
import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final, TypeVar

from munidx.adapters.manifest import read_manifest
from munidx.adapters.tables.form import CAPTIONS, FIELDS, Caption, Column, Form, Group, Unknown
from munidx.errors import AdapterError, ConfigError, PlanError
from munidx.formats.address import Where
from munidx.formats.positions import toml_positions
from munidx.formats.toml import parse
from munidx.model import CostBasis, Municipality, PlanKind

__all__ = ["parse_form", "read_form"]

_NAME: Final = "form.toml"
_SIZE: Final = 1 << 20  # bytes; a form has a page
_Made = TypeVar("_Made")

_Keys = Mapping[str, str | tuple[str, ...]]

_STRING: Final = "string"
_PATTERN: Final = "regular expression"
_PATTERNS: Final = "array of regular expressions"
_STRINGS: Final = "array of strings"
_BOOLEAN: Final = "boolean"
_INTEGER: Final = "integer"
_TABLE: Final = "table"
_TABLES: Final = "array of tables"

_MUNICIPALITY: Final[_Keys] = dict.fromkeys(("code", "name", "prefecture"), _STRING)
_COLUMN: Final[_Keys] = {
    **dict.fromkeys(("level", "label", "unit", "category", "funding"), _STRING),
    "pattern": _PATTERN,
    "field": tuple(sorted(FIELDS)),
    "words": _STRINGS,
    "under": _STRINGS,
    "carried": _BOOLEAN,
    "tight": _BOOLEAN,
    "basis": tuple(CostBasis),
}
_GROUP: Final[_Keys] = {"level": _STRING, "pattern": _PATTERN, "field": tuple(sorted(FIELDS))}
_CAPTION: Final[_Keys] = {"field": tuple(sorted(CAPTIONS)), "pattern": _PATTERN, "label": _STRING}
_FORM: Final[_Keys] = {
    **dict.fromkeys(("slug", "level"), _STRING),
    **dict.fromkeys(("needed", "totals", "spanning"), _STRINGS),
    "title": _PATTERN,
    "boilerplate": _PATTERNS,
    **dict.fromkeys(("numbered", "flowing", "one_year"), _BOOLEAN),
    **dict.fromkeys(("columns", "groups", "captions"), _TABLES),
    "least": _INTEGER,
    "kind": tuple(PlanKind),
    "unknown": tuple(each.value for each in Unknown),
    "municipality": _TABLE,
}


def read_form(package: str) -> Form:
    """The form in the ``form.toml`` of a package: ``read_form(__package__)``.

    Raises:
        ConfigError: As :func:`parse_form`.
        AdapterError: ``adapter-package-missing``, or ``adapter-form-missing`` where the package
            holds no such file.
    """
    spec = importlib.util.find_spec(package)
    if spec is None:
        raise AdapterError("adapter-package-missing", package=package)
    for folder in spec.submodule_search_locations or ():
        path = pathlib.Path(folder) / _NAME
        if path.is_file():
            with path.open("rb") as stream:
                text = stream.read(_SIZE).decode("utf-8", "replace")
            return parse_form(text, _NAME, municipality=read_manifest(package).municipality)
    raise AdapterError("adapter-form-missing", package=package)


def parse_form(text: str, name: str = _NAME, *, municipality: Municipality | None = None) -> Form:
    """The form said in ``text``, the file ``name``; ``municipality`` where it names none.

    Raises:
        ConfigError: With line and column: ``toml-syntax``, ``key-twice``, ``too-deep``,
            ``unknown-key``, ``missing-key``, ``wrong-type`` or ``wrong-value``.
    """
    text = text.removeprefix("\ufeff")
    try:
        data = parse(text, name)
    except PlanError as error:
        told: dict[str, Any] = dict(error.params)
        raise ConfigError(error.code, location=error.location, **told) from error
    return _Reader(text.replace("\r\n", "\n"), name).form(data, municipality)


class _Reader:
    """Reads the data of one file; the first fault is raised."""

    def __init__(self, text: str, name: str) -> None:
        self._text: Final = text
        self._name: Final = name

    def form(self, data: object, municipality: Municipality | None) -> Form:
        """The whole."""
        table = self._table(data, (), _FORM, ("title", "slug", "columns"))
        made: dict[str, Any] = dict(table)
        if municipality is None or "municipality" in table:
            municipality = self._municipality(table)
        made["municipality"] = municipality
        made["columns"] = tuple(
            self._column(entry, ("columns", index)) for index, entry in enumerate(table["columns"])
        )
        made["groups"] = tuple(
            self._made(Group, entry, ("groups", index), _GROUP, ("level",))
            for index, entry in enumerate(table.get("groups", ()))
        )
        made["captions"] = tuple(
            self._made(Caption, entry, ("captions", index), _CAPTION, ("field", "pattern"))
            for index, entry in enumerate(table.get("captions", ()))
        )
        made["kind"] = PlanKind(table.get("kind", PlanKind.PROJECT_LIST))
        made["unknown"] = Unknown(table.get("unknown", Unknown.LABEL.value))
        expected = f"{_STRINGS}, title among them"
        return self._build(lambda: Form(**made), ("needed",), expected)

    def _municipality(self, table: Mapping[str, Any]) -> Municipality:
        if "municipality" not in table:
            raise self._fault("missing-key", (), key="municipality")
        where = ("municipality",)
        told = self._table(table["municipality"], where, _MUNICIPALITY, ("code", "name"))
        return Municipality(**told)

    def _column(self, data: object, where: Where) -> Column:
        table = dict(self._table(data, where, _COLUMN, ("field", "words")))
        field, words = table.pop("field"), table.pop("words")
        if "basis" in table:
            table["basis"] = CostBasis(table["basis"])
        return self._build(lambda: Column(field, *words, **table), (*where, "words"), _STRINGS)

    def _made(
        self,
        kind: Callable[..., _Made],
        data: object,
        where: Where,
        known: _Keys,
        needed: tuple[str, ...],
    ) -> _Made:
        table = self._table(data, where, known, needed)
        expected = " + ".join(key for key in known if key not in needed)
        return self._build(lambda: kind(**table), where, expected)

    def _build(self, make: Callable[[], _Made], where: Where, expected: str) -> _Made:
        """What ``make`` makes; its constructor knows what fits together."""
        try:
            return make()
        except ValueError as error:
            raise self._wrong_value(where, expected, error.args[0] if error.args else "") from error

    def _table(
        self, data: object, where: Where, known: _Keys, needed: tuple[str, ...]
    ) -> dict[str, Any]:
        """The table ``data``, all of whose keys are known and of their types."""
        if not isinstance(data, dict):
            raise self._wrong_type(where, _TABLE, data)
        for key in data:
            if key not in known:
                near = "".join(difflib.get_close_matches(key[:80], known, 1))
                raise self._fault("unknown-key", (*where, key), key=key[:80], nearest=near)
        for key in needed:
            if key not in data:
                raise self._fault("missing-key", where, key=key)
        return {key: self._value(told, (*where, key), known[key]) for key, told in data.items()}

    def _value(self, told: object, where: Where, kind: str | tuple[str, ...]) -> object:
        if isinstance(kind, tuple):
            if isinstance(told, str) and told in kind:
                return told
            raise self._wrong_value(where, " | ".join(kind), told)
        if not _FITS[kind](told):
            raise self._wrong_type(where, kind, told)
        if kind in {_PATTERN, _PATTERNS}:
            self._try(told if isinstance(told, list) else [told], where)
        return tuple(told) if isinstance(told, list) else told

    def _try(self, patterns: Iterable[Any], where: Where) -> None:
        for pattern in patterns:
            try:
                re.compile(pattern)
            except re.error as error:
                raise self._wrong_value(where, _PATTERN, pattern) from error

    def _wrong_value(self, where: Where, expected: str, got: object) -> ConfigError:
        field = ".".join(part for part in where if isinstance(part, str))
        return self._fault("wrong-value", where, field=field, expected=expected, got=str(got)[:80])

    def _wrong_type(self, where: Where, expected: str, got: object) -> ConfigError:
        field = ".".join(part for part in where if isinstance(part, str))
        kind = _KINDS.get(type(got).__name__, "date")
        return self._fault("wrong-type", where, field=field, expected=expected, got=kind)

    def _fault(self, code: str, where: Where, **params: str) -> ConfigError:
        positions = toml_positions(self._text)
        location = positions.location(where, self._name, key=code == "unknown-key")
        told: dict[str, Any] = dict(params)
        return ConfigError(code, location=location, **told)


def _are_strings(told: object) -> bool:
    return isinstance(told, list) and all(isinstance(entry, str) for entry in told)


_FITS: Final[Mapping[str, Callable[[object], bool]]] = {
    _STRING: lambda told: isinstance(told, str),
    _PATTERN: lambda told: isinstance(told, str),
    _PATTERNS: _are_strings,
    _STRINGS: _are_strings,
    _BOOLEAN: lambda told: isinstance(told, bool),
    _INTEGER: lambda told: isinstance(told, int) and not isinstance(told, bool),
    _TABLE: lambda told: isinstance(told, dict),
    _TABLES: lambda told: isinstance(told, list),
}
_KINDS: Final = {
    "str": _STRING,
    "bool": _BOOLEAN,
    "int": _INTEGER,
    "Decimal": "decimal",
    "dict": _TABLE,
    "list": "array",
}
