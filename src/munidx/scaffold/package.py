"""Writing the package of a new city: whole, or not at all."""

import importlib.util
import os
import re
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any, Final

import tomli_w
from attrs import evolve, frozen

from munidx import __version__
from munidx.adapters.acceptance import accept
from munidx.adapters.contract import Reading
from munidx.adapters.host import GROUP
from munidx.document import Publication, Source
from munidx.errors import MunidxError, SelectionError, SourceError
from munidx.findings import Severity
from munidx.formats import toml
from munidx.model import walk
from munidx.place import Location
from munidx.readers import DEFAULT, FORMS, Limits, read_source
from munidx.rules import validate
from munidx.scaffold.adapter_page import adapter_page, contract_page
from munidx.scaffold.proposal import Proposal, propose
from munidx.scaffold.readme import readme

__all__ = ["Written", "check_city", "write_package"]

_CITY: Final = re.compile(r"[a-z][a-z0-9]{0,30}(?:_[a-z0-9]{1,30}){0,3}")
_SAMPLE: Final = re.compile(r"[^\s./\\][^/\\\0-\x1f]{0,150}")
_PARTS: Final = frozenset(
    {"goals", "measures", "indicators", "owners", "costs", "labels", "schedule", "targets"}
    | {"actuals", "baseline", "evaluations", "actions", "references"}
)
"""The fields of the model that an adapter may promise."""
_EMPTY: Final = "new-adapter found no table of measures: what it promises is yet to be read"
_FAULTY: Final = "the sample itself breaks rules, see munidx validate: "


@frozen(kw_only=True)
class Written:
    """A package that was written."""

    folder: Path
    proposal: Proposal
    publications: tuple[Publication, ...]
    """The samples as the readers read them."""
    readings: tuple[tuple[str, Reading], ...]
    """The samples, by name, and what the new adapter makes of them."""


def check_city(city: str) -> None:
    """Raise where ``city`` cannot be the slug of a new adapter.

    Raises:
        SelectionError: ``city-name-wrong`` or ``city-taken`` (``city``).
    """
    if not _CITY.fullmatch(city):
        raise SelectionError("city-name-wrong", city=city[:80])
    if city in {entry.name for entry in entry_points(group=GROUP)}:
        raise SelectionError("city-taken", city=city)


def write_package(
    city: str,
    sources: Sequence[Source],
    folder: Path,
    *,
    municipality: str | None = None,
    lang: str = "en",
    limits: Limits = DEFAULT,
) -> Written:
    """Write a package for ``city`` into ``folder``, which must not be there yet.

    Args:
        city: The slug: the adapter's name, and a part of the module's.
        sources: Documents of the form, each a sample of the new tests.
        folder: What to make.
        municipality: A name or code; absent: the samples name it.
        lang: The language of the package's README.
        limits: How much of a sample is read at most.

    Raises:
        SelectionError: ``city-name-wrong``, ``city-taken``, ``folder-exists``,
            ``sample-twice``, ``sample-name-wrong``, or nobody can tell whose document it is.
        SourceError: A sample cannot be read, or the package cannot be written.
    """
    check_city(city)
    if folder.exists() or folder.is_symlink():
        raise SelectionError("folder-exists", location=Location(document=str(folder)))
    _check_samples(sources)
    publications = [read_source(source, limits) for source in sources]
    proposal = propose(city, publications, municipality)
    try:
        return _written(proposal, list(zip(sources, publications, strict=True)), folder, lang)
    except OSError as error:
        location = Location(document=str(folder))
        reason = error.strerror or type(error).__name__
        raise SourceError("file-unwritable", location=location, reason=reason) from error


def _check_samples(sources: Sequence[Source]) -> None:
    seen: set[str] = set()
    for source in sources:
        if not _SAMPLE.fullmatch(source.name):
            raise SelectionError("sample-name-wrong", name=source.name[:80])
        if source.name.lower() in seen:
            raise SelectionError("sample-twice", name=source.name)
        seen.add(source.name.lower())


def _written(
    proposal: Proposal, samples: list[tuple[Source, Publication]], folder: Path, lang: str
) -> Written:
    target = folder.absolute()
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(prefix=f".munidx-{proposal.city}-", dir=target.parent))
    try:
        code = draft / "src" / f"munidx_{proposal.city}"
        _write(draft, _code(proposal))
        adapter = _loaded(code / "adapter.py", proposal.city)
        readings = [
            accept(adapter.read(one), one, proposal.city, "0.1.0", proposal.municipality)
            for _, one in samples
        ]
        shutil.rmtree(code / "__pycache__", ignore_errors=True)
        read = list(zip([source for source, _ in samples], readings, strict=True))
        _write(draft, _around(proposal, read, lang))
        draft.chmod(0o777 & ~_umask())
        # A folder that has come since is not replaced: rename fails where one is not empty.
        draft.rename(target)
    except BaseException:
        shutil.rmtree(draft, ignore_errors=True)
        raise
    told = tuple((source.name, reading) for source, reading in read)
    publications = tuple(publication for _, publication in samples)
    return Written(folder=folder, proposal=proposal, publications=publications, readings=told)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _write(folder: Path, files: Mapping[str, str | bytes]) -> None:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())


def _loaded(path: Path, city: str) -> Any:  # noqa: ANN401 - a module made a moment ago
    """The adapter of the page that was just written: what it reads is what the golden files say."""
    spec = importlib.util.spec_from_file_location(f"_munidx_new_{city}", path)
    if spec is None or spec.loader is None:
        raise MunidxError("unexpected", error="ImportError")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.munidx_adapter()


def _code(proposal: Proposal) -> dict[str, str | bytes]:
    city, place = proposal.city, proposal.municipality
    major, minor = (int(part) for part in __version__.split(".")[:2])
    manifest = {
        "munidx": f">={major}.{minor},<{major}.{minor + 1}",
        "municipality": {"code": place.code, "name": place.name, "prefecture": place.prefecture},
        "documents": [
            {
                "kind": proposal.kind.value,
                "title": proposal.headline.core if proposal.headline else proposal.title,
                "cues": list(proposal.cues),
            }
        ],
    }
    return {
        f"src/munidx_{city}/__init__.py": f'"""The plans of {place.name}."""\n',
        f"src/munidx_{city}/adapter.py": adapter_page(proposal),
        f"src/munidx_{city}/adapter.toml": tomli_w.dumps(manifest),
        f"src/munidx_{city}/py.typed": "",
    }


def _around(
    proposal: Proposal, samples: Sequence[tuple[Source, Reading]], lang: str
) -> dict[str, str | bytes]:
    """The package's tests, samples and pages beside its code."""
    filled: set[str] = set()
    exempt: dict[str, str] = {}
    files: dict[str, str | bytes] = {}
    for source, reading in samples:
        files |= _golden(source, reading)
        filled |= _filled(reading)
        if not any(plan.goals or plan.measures or plan.indicators for plan in reading.plans):
            exempt[f"is_not_empty[{source.name}]"] = _EMPTY
        if faults := _faults(reading):
            exempt[f"has_no_errors[{source.name}]"] = _FAULTY + ", ".join(faults)
    page = contract_page(proposal, sorted(filled), exempt)
    return {
        "pyproject.toml": _project(proposal),
        "README.md": readme(proposal, lang),
        f"tests/test_{proposal.city}_contract.py": page,
        **files,
    }


def _golden(source: Source, reading: Reading) -> dict[str, str | bytes]:
    files: dict[str, str | bytes] = {f"tests/samples/{source.name}": source.data}
    for number, plan in enumerate(reading.plans, 1):
        ending = ".toml" if number == 1 else f".{number}.toml"
        text = toml.dumps(evolve(plan, documents=()))
        files[f"tests/golden/{source.name}{ending}"] = text
    unread = reading.coverage.unread_places
    if unread:
        places = (f"{one.source}\t{' '.join(one.text.split())}\n" for one in unread)
        files[f"tests/golden/{source.name}.unread"] = "".join(places)
    return files


def _filled(reading: Reading) -> set[str]:
    nodes = [item.node for plan in reading.plans for item in walk(plan)]
    return {part for part in _PARTS if any(getattr(node, part, None) for node in nodes)}


def _faults(reading: Reading) -> list[str]:
    found = [*reading.findings]
    for plan in reading.plans:
        found += validate(plan)
    return sorted({one.code for one in found if one.severity is Severity.ERROR})


def _project(proposal: Proposal) -> str:
    city, place = proposal.city, proposal.municipality
    forms = {form.media_type: form.extra for form in FORMS}
    extras = sorted({forms.get(kind, "") for kind in proposal.media_types} - {""})
    needed = f"munidx[{','.join(extras)}]" if extras else "munidx"
    project: dict[str, Any] = {
        "build-system": {"requires": ["hatchling>=1.25"], "build-backend": "hatchling.build"},
        "project": {
            "name": f"munidx-{city.replace('_', '-')}",
            "version": "0.1.0",
            "description": f"Reads the plans of {place.name} ({place.code}) for munidx.",
            "readme": "README.md",
            "requires-python": ">=3.11",
            "dependencies": [needed],
            "optional-dependencies": {"test": ["munidx[testing]"]},
            "entry-points": {GROUP: {city: f"munidx_{city}.adapter"}},
        },
        "tool": {
            "hatch": {"build": {"targets": {"wheel": {"packages": [f"src/munidx_{city}"]}}}},
            "pytest": {"ini_options": {"testpaths": ["tests"]}},
        },
    }
    return tomli_w.dumps(project)
