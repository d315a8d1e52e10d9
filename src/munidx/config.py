"""Configuration: ``munidx.toml``, or the table ``[tool.munidx]`` of ``pyproject.toml``.

::

    lang = "ja"

    [validate]
    select = ["MX"]
    ignore = ["MX7xx", "measure-without-indicator"]
    fail-on = "error"
    format = "text"
    output = ["sarif:findings.sarif"]

    [severity]
    MX305 = "info"
    unseen-characters = "off"

    [city.itami]
    ignore = ["MX301"]
    severity = { MX106 = "error" }

    [diff]
    threshold = 0.6
    fail-on = "weakened"

    [effects]
    target-lowered = "error"

    [limits]
    pages = 8000

    [[suppress]]
    rule = "MX106"
    node = "goals[1]/measures[3]"
    city = "itami"
    reason = "The publisher leaves the number out."
    until = 2027-03-31

It is read strictly: what is not known, or of the wrong type, is an error with its line and
column. Which rules there are is not known here: what a selector means is looked up by those
who apply the configuration, who find its place in :attr:`Config.places`.
"""

import datetime as dt
import difflib
import functools
import os
import pathlib
import tomllib
from collections.abc import Collection, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from attrs import field, fields, frozen

from munidx.errors import ConfigError, SourceError
from munidx.findings import Severity
from munidx.lookup import BYTES, FILE, PYPROJECT, find_config
from munidx.place import Location
from munidx.readers.limits import DEFAULT, Limits
from munidx.readers.opening import open_source

if TYPE_CHECKING:
    from munidx.formats.positions import Positions

__all__ = [
    "FILE",
    "Choice",
    "Config",
    "DiffSettings",
    "Suppression",
    "find_config",
    "load_config",
    "parse_config",
]

_FAULTS: Final = 20
_LANGUAGES: Final = ("en", "ja")
_FAIL_ON: Final = ("info", "warning", "error", "never")
_DIFF_FAIL_ON: Final = ("any", "weakened", "error", "never")
_OFF: Final = "off"

Where: TypeAlias = tuple[str | int, ...]
"""A place in the data: keys and, for elements of arrays, their positions from 0."""

Severities: TypeAlias = Mapping[str, Severity | None]
"""Rule → how severe it is; None: it is switched off."""


@frozen(kw_only=True)
class Choice:
    """Which rules are applied, how severe they are, and what fails: for all, or for one city."""

    select: tuple[str, ...] = ()
    """Codes, beginnings of codes or names; empty: as it is elsewhere."""
    ignore: tuple[str, ...] = ()
    severity: Severities = field(factory=dict)
    fail_on: str | None = None


@frozen(kw_only=True)
class DiffSettings:
    """What ``munidx diff`` does where no option says otherwise."""

    threshold: float | None = None
    fail_on: str | None = None
    format: str | None = None
    output: tuple[str, ...] = ()


@frozen(kw_only=True)
class Suppression:
    """A finding that is known and accepted, and why."""

    rule: str
    reason: str
    node: str = ""
    """The node's path, code or title; empty: any node."""
    city: str = ""
    """Slug, municipality code or name; empty: any."""
    plan: str = ""
    """The plan's id; empty: any."""
    until: dt.date | None = None
    """The last day on which it holds."""
    location: Location = field(factory=Location)
    """Where the configuration says so."""


@frozen(kw_only=True)
class Config:
    """What a configuration file says; as it is without one."""

    name: str = ""
    """The file's path, as messages name it; empty where there is none."""
    lang: str = ""
    validate: Choice = field(factory=Choice)
    """With the severities of the table ``[severity]``."""
    format: str | None = None
    output: tuple[str, ...] = ()
    cities: Mapping[str, Choice] = field(factory=dict)
    """By slug, municipality code or name."""
    diff: DiffSettings = field(factory=DiffSettings)
    effects: Severities = field(factory=dict)
    """For the rules on what changes mean: code or name → how severe."""
    limits: Limits = DEFAULT
    """How much of a document is read at most."""
    suppressions: tuple[Suppression, ...] = ()
    places: Mapping[Where, Location] = field(factory=dict, repr=False, eq=False)
    """Where each rule that is named stands: ``("validate", "select", 0)``, and so on."""


def load_config(path: str | os.PathLike[str]) -> Config:
    """The configuration in the file at ``path``.

    Raises:
        ConfigError: ``toml-syntax``, ``key-twice``, ``unknown-key``, ``missing-key``,
            ``wrong-type``, ``wrong-value`` with line and column, or ``not-utf8``; further
            faults stand in ``others``.
        SourceError: The file cannot be read, or is larger than 1 MiB.
    """
    name = os.fspath(path)
    data = _read(pathlib.Path(path), name)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ConfigError("not-utf8", location=Location(document=name)) from None
    return parse_config(text, name)


def parse_config(text: str, name: str = "") -> Config:
    """The configuration in ``text``, the content of the file ``name``.

    Of a ``pyproject.toml`` it is the table ``[tool.munidx]``; that it lacks it is no fault.

    Raises:
        ConfigError: As :func:`load_config`.
    """
    try:
        data = tomllib.loads(text, parse_float=Decimal)
    except (ValueError, RecursionError) as error:
        raise _syntax(text, name, str(error)) from None
    root: Where = ()
    if os.path.basename(name) == PYPROJECT:  # noqa: PTH119 - a name, not a path of this system
        root = ("tool", "munidx")
        table = data.get("tool")
        data = table.get("munidx", {}) if isinstance(table, dict) else {}
    reader = _Reader(name, text, root)
    config = reader.config(data)
    reader.finish()
    return config


def _read(path: pathlib.Path, name: str) -> bytes:
    try:
        return open_source(path, DEFAULT.with_settings(bytes=BYTES)).data
    except SourceError as error:
        if error.code == "file-empty":
            return b""
        error.location = Location(document=name)
        raise


def _syntax(text: str, name: str, detail: str) -> ConfigError:
    from munidx.errors import PlanError  # noqa: PLC0415
    from munidx.formats.toml import parse  # noqa: PLC0415

    try:
        parse(text, name)
    except PlanError as error:
        told: dict[str, Any] = dict(error.params)
        return ConfigError(error.code, location=error.location, **told)
    return ConfigError("toml-syntax", location=Location(document=name), detail=detail)


class _Reader:
    """Reads the data of one file; faults are gathered, so that all are told at once."""

    def __init__(self, name: str, text: str, root: Where) -> None:
        self._name: Final = name
        self._text: Final = text
        self._root: Final = root
        self._faults: Final[list[tuple[Where, bool, str, dict[str, Any]]]] = []
        self._named: Final[list[tuple[Where, bool]]] = []
        """Places where rules are named, and whether the key is meant."""

    def finish(self) -> None:
        """Raise what was found.

        Raises:
            ConfigError: The first fault, the others within it.
        """
        errors = [
            ConfigError(code, location=self._place(where, key=key), **params)
            for where, key, code, params in self._faults[:_FAULTS]
        ]
        if errors:
            errors.sort(key=lambda error: (error.location.line or 0, error.location.column or 0))
            errors[0].others = tuple(errors[1:])
            raise errors[0]

    def config(self, data: object) -> Config:
        """The whole."""
        table = self._table(data, (), _TOP)
        validate = self._table(table.get("validate", {}), ("validate",), _VALIDATE)
        choice = self._choice(validate, ("validate",))
        severity = self._severities(table.get("severity", {}), ("severity",))
        cities = self._mapping(table.get("city", {}), ("city",))
        return Config(
            name=self._name,
            lang=self._one_of(table, "lang", (), _LANGUAGES) or "",
            validate=Choice(
                select=choice.select,
                ignore=choice.ignore,
                severity=severity,
                fail_on=choice.fail_on,
            ),
            format=self._string(validate, "format", ("validate",)) or None,
            output=self._strings(validate, "output", ("validate",)),
            cities={city: self._city(told, ("city", city)) for city, told in cities.items()},
            diff=self._diff(table.get("diff", {})),
            effects=self._severities(table.get("effects", {}), ("effects",)),
            limits=self._limits(table.get("limits", {})),
            suppressions=tuple(self._suppressions(table.get("suppress", []))),
            places={where: self._place(where, key=key) for where, key in self._named},
        )

    def _city(self, data: object, where: Where) -> Choice:
        table = self._table(data, where, _CITY)
        choice = self._choice(table, where)
        return Choice(
            select=choice.select,
            ignore=choice.ignore,
            severity=self._severities(table.get("severity", {}), (*where, "severity")),
            fail_on=choice.fail_on,
        )

    def _choice(self, table: Mapping[str, Any], where: Where) -> Choice:
        for key in ("select", "ignore"):
            told = table.get(key)
            count = len(told) if isinstance(told, list) else 0
            self._named.extend(((*where, key, at), False) for at in range(count))
        return Choice(
            select=self._strings(table, "select", where),
            ignore=self._strings(table, "ignore", where),
            fail_on=self._one_of(table, "fail-on", where, _FAIL_ON),
        )

    def _diff(self, data: object) -> DiffSettings:
        where: Where = ("diff",)
        table = self._table(data, where, _DIFF)
        threshold = table.get("threshold")
        if threshold is not None and not _is_share(threshold):
            self._wrong_value((*where, "threshold"), "0–1", threshold)
            threshold = None
        return DiffSettings(
            threshold=None if threshold is None else float(threshold),
            fail_on=self._one_of(table, "fail-on", where, _DIFF_FAIL_ON),
            format=self._string(table, "format", where) or None,
            output=self._strings(table, "output", where),
        )

    def _severities(self, data: object, where: Where) -> Severities:
        levels = (*(severity.value for severity in Severity), _OFF)
        table = self._mapping(data, where)
        found: dict[str, Severity | None] = {}
        for rule in table:
            self._named.append(((*where, rule), True))
            told = self._one_of(table, rule, where, levels)
            if told:
                found[rule] = None if told == _OFF else Severity(told)
        return found

    def _limits(self, data: object) -> Limits:
        table = self._table(data, ("limits",), _LIMITS)
        settings: dict[str, int] = {}
        for name in _LIMITS & table.keys():
            told = table[name]
            if type(told) is not int:
                self._wrong_type(("limits", name), "integer", told)
            elif told < 1:
                self._wrong_value(("limits", name), "≥ 1", told)
            else:
                settings[name] = told
        return DEFAULT.with_settings(**settings)

    def _suppressions(self, data: object) -> Iterator[Suppression]:
        if not isinstance(data, list):
            self._wrong_type(("suppress",), "array", data)
            return
        for at, entry in enumerate(data):
            where: Where = ("suppress", at)
            table = self._table(entry, where, _SUPPRESS)
            until = table.get("until")
            if until is not None and type(until) is not dt.date:
                self._wrong_type((*where, "until"), "date", until)
                until = None
            strings = {
                name: self._string(table, name, where) for name in _SUPPRESS if name != "until"
            }
            for name in ("rule", "reason"):
                if isinstance(entry, dict) and not str(table.get(name, "")).strip():
                    # Without a rule it would hide everything, without a reason nobody knows why.
                    self._faults.append((where, True, "missing-key", {"key": name}))
            self._named.append(((*where, "rule"), False))
            yield Suppression(**strings, until=until, location=self._place(where, key=True))

    def _table(self, data: object, where: Where, known: Collection[str]) -> Mapping[str, Any]:
        table = self._mapping(data, where)
        for key in table:
            if key not in known:
                near = difflib.get_close_matches(key[:80], known, 1)
                params = {"key": key[:80], "nearest": "".join(near)}
                self._faults.append(((*where, key), True, "unknown-key", params))
        return table

    def _mapping(self, data: object, where: Where) -> Mapping[str, Any]:
        if isinstance(data, dict):
            return data
        self._wrong_type(where, "table", data)
        return {}

    def _string(self, table: Mapping[str, Any], key: str, where: Where) -> str:
        told = table.get(key, "")
        if isinstance(told, str):
            return told
        self._wrong_type((*where, key), "string", told)
        return ""

    def _strings(self, table: Mapping[str, Any], key: str, where: Where) -> tuple[str, ...]:
        told = table.get(key, [])
        if isinstance(told, list) and all(isinstance(entry, str) for entry in told):
            return tuple(told)
        self._wrong_type((*where, key), "array", told)
        return ()

    def _one_of(
        self, table: Mapping[str, Any], key: str, where: Where, words: Sequence[str]
    ) -> str | None:
        told = table.get(key)
        if told is None or (isinstance(told, str) and told in words):
            return told
        self._wrong_value((*where, key), " | ".join(words), told)
        return None

    def _wrong_type(self, where: Where, expected: str, got: object) -> None:
        self._wrong(where, "wrong-type", expected, _KINDS.get(type(got), "date"))

    def _wrong_value(self, where: Where, expected: str, got: object) -> None:
        self._wrong(where, "wrong-value", expected, str(got)[:80])

    def _wrong(self, where: Where, code: str, expected: str, got: str) -> None:
        name = ".".join(part for part in where if isinstance(part, str))
        params = {"field": name, "expected": expected, "got": got}
        self._faults.append((where, False, code, params))

    def _place(self, where: Where, *, key: bool) -> Location:
        return self._positions.location((*self._root, *where), self._name, key=key)

    @functools.cached_property
    def _positions(self) -> "Positions":
        from munidx.formats.positions import toml_positions  # noqa: PLC0415 - for faults only

        return toml_positions(self._text.replace("\r\n", "\n"))


def _is_share(told: object) -> bool:
    number = isinstance(told, int | Decimal) and not isinstance(told, bool)
    return number and 0 <= told <= 1  # type: ignore[operator]


_KINDS: Final[Mapping[type, str]] = {
    str: "string",
    bool: "boolean",
    int: "integer",
    Decimal: "decimal",
    dict: "table",
    list: "array",
}


_TOP: Final = ("lang", "validate", "severity", "city", "diff", "effects", "limits", "suppress")
_VALIDATE: Final = ("select", "ignore", "fail-on", "format", "output")
_CITY: Final = ("select", "ignore", "fail-on", "severity")
_DIFF: Final = ("threshold", "fail-on", "format", "output")
_LIMITS: Final = frozenset(attribute.name for attribute in fields(Limits))
_SUPPRESS: Final = ("rule", "node", "city", "plan", "reason", "until")
