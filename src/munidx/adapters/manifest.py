"""``adapter.toml``: what a city's package says of itself, read without importing its code.

::

    munidx = ">=0.1,<0.2"

    [municipality]
    code = "272299"
    name = "四條畷市"
    prefecture = "大阪府"

    [[documents]]
    kind = "sectoral"
    title = "DX推進計画とアクションプラン"
    media_types = ["text/plain", "text/html"]
    cues = ["なわてDXアクションプラン", "達成目標(KGI)"]

The file lies beside the package's ``__init__.py``. ``munidx`` is a version specifier as in a
requirement; ``kind`` is one of :class:`~munidx.model.PlanKind`; ``cues`` are words of the form
(not of one edition) that are looked for in the document, white space and width aside.
"""

import importlib.util
import pathlib
import tomllib
from collections.abc import Mapping
from typing import Final

from attrs import frozen
from packaging.specifiers import InvalidSpecifier, SpecifierSet

from munidx.errors import AdapterError
from munidx.model import Municipality, PlanKind

__all__ = ["DocumentKind", "Manifest", "parse_manifest", "read_manifest"]

NAME: Final = "adapter.toml"
_SIZE: Final = 1 << 20  # bytes; a manifest has one page


@frozen(kw_only=True)
class DocumentKind:
    """A kind of document that an adapter reads."""

    kind: PlanKind
    title: str = ""
    media_types: tuple[str, ...] = ()
    """Empty: any."""
    cues: tuple[str, ...] = ()


@frozen(kw_only=True)
class Manifest:
    """What ``adapter.toml`` says."""

    munidx: SpecifierSet
    """The versions of munidx that the package works with."""
    municipality: Municipality
    documents: tuple[DocumentKind, ...] = ()


def read_manifest(module: str) -> Manifest:
    """The manifest of the package that holds ``module``; nothing of it is imported.

    Raises:
        AdapterError: ``adapter-package-missing``, ``adapter-manifest-missing``, or what
            :func:`parse_manifest` raises.
    """
    package = module.partition(".")[0]
    try:
        spec = importlib.util.find_spec(package)
    except (ImportError, ValueError) as error:
        raise AdapterError("adapter-package-missing", package=package) from error
    if spec is None:
        raise AdapterError("adapter-package-missing", package=package)
    for folder in spec.submodule_search_locations or ():
        path = pathlib.Path(folder) / NAME
        if path.is_file():
            return _read(path, package)
    raise AdapterError("adapter-manifest-missing", package=package)


def _read(path: pathlib.Path, package: str) -> Manifest:
    try:
        with path.open("rb") as stream:
            data = stream.read(_SIZE)
        return parse_manifest(data.decode("utf-8"), package)
    except (OSError, UnicodeDecodeError) as error:
        raise _wrong(package, "", type(error).__name__) from error


def parse_manifest(text: str, package: str = "") -> Manifest:
    """The manifest written in ``text``, strictly: unknown keys and wrong types are errors.

    Raises:
        AdapterError: ``adapter-manifest-wrong``, with the ``key`` at fault (empty: the file is
            no TOML) and the ``fault``: the type that is wanted, or the offending value.
    """
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise _wrong(package, "", str(error)) from error
    _only(data, {"munidx", "municipality", "documents"}, "", package)
    city = _table(data.get("municipality"), "municipality", package)
    _only(city, {"code", "name", "prefecture"}, "municipality.", package)
    kinds = data.get("documents")
    if not isinstance(kinds, list) or not kinds:
        raise _wrong(package, "documents", "list")
    return Manifest(
        munidx=_specifier(data.get("munidx"), package),
        municipality=Municipality(
            **{key: _string(city.get(key, ""), f"municipality.{key}", package) for key in city}
        ),
        documents=tuple(_kind(entry, number, package) for number, entry in enumerate(kinds, 1)),
    )


def _kind(entry: object, number: int, package: str) -> DocumentKind:
    where = f"documents[{number}]"
    table = _table(entry, where, package)
    _only(table, {"kind", "title", "media_types", "cues"}, f"{where}.", package)
    kind = _string(table.get("kind"), f"{where}.kind", package)
    if kind not in set(PlanKind):
        raise _wrong(package, f"{where}.kind", kind)
    cues = _strings(table.get("cues"), f"{where}.cues", package)
    if not cues:
        raise _wrong(package, f"{where}.cues", "list of strings")
    return DocumentKind(
        kind=PlanKind(kind),
        title=_string(table.get("title", ""), f"{where}.title", package),
        media_types=_strings(table.get("media_types", []), f"{where}.media_types", package),
        cues=cues,
    )


def _specifier(value: object, package: str) -> SpecifierSet:
    text = _string(value, "munidx", package)
    try:
        return SpecifierSet(text)
    except InvalidSpecifier as error:
        raise _wrong(package, "munidx", text) from error


def _only(table: Mapping[str, object], known: set[str], prefix: str, package: str) -> None:
    for key in table:
        if key not in known:
            raise _wrong(package, prefix + key, "unknown key")


def _table(value: object, key: str, package: str) -> dict[str, object]:
    if not isinstance(value, dict):
        raise _wrong(package, key, "table")
    return value


def _string(value: object, key: str, package: str) -> str:
    if not isinstance(value, str):
        raise _wrong(package, key, "string")
    return value


def _strings(value: object, key: str, package: str) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise _wrong(package, key, "list of strings")
    return tuple(_string(entry, key, package) for entry in value)


def _wrong(package: str, key: str, fault: str) -> AdapterError:
    return AdapterError("adapter-manifest-wrong", package=package, key=key, fault=fault)
