"""``munidx convert``: published documents, or canonical files, to canonical files."""

import enum
import os
import pathlib
import re
from typing import Annotated, Final

from munidx.adapters import Reading
from munidx.api import dump, dumps
from munidx.cli import inputs
from munidx.cli.declared import Argument, Option
from munidx.cli.inputs import Given
from munidx.cli.options import Adapter
from munidx.cli.outputs import complain, emit_data
from munidx.cli.session import language
from munidx.errors import SourceError
from munidx.place import Location
from munidx.report.coverage import render_coverage

__all__ = ["To", "command"]

_UNSAFE: Final = re.compile(r"[^\w.-]+|^[.-]+")


class To(enum.StrEnum):
    """The forms of canonical files."""

    TOML = "toml"
    JSON = "json"


def command(
    sources: Annotated[
        list[str],
        Argument(
            metavar="SRC", help="The document; several files are the parts of one publication."
        ),
    ],
    output: Annotated[
        str | None,
        Option("--output", "-o", metavar="FILE", help="A file, or DIR/ for one per plan."),
    ] = None,
    to: Annotated[
        To | None, Option("--to", help="The form; by default as FILE's name says, else TOML.")
    ] = None,
    adapter: Adapter = None,
    coverage: Annotated[
        bool, Option("--coverage", help="Tell on standard error how much was read.")
    ] = False,
) -> int:
    """Read a document through its city's adapter into canonical TOML or JSON."""
    given = inputs.take(sources, adapter=adapter)
    if coverage:
        complain(render_coverage(given.reading or Reading(), given.name, lang=language()))
    form = None if to is None else to.value
    if output is not None and _is_folder(output):
        _write_each(given, pathlib.Path(output), form or "toml")
        return 0
    inputs.need_one(given)
    if output is None or output == inputs.STDIN:
        emit_data(dumps(given.plan, to=form or "toml"))
    else:
        _write(given, 0, pathlib.Path(output), form)
    return 0


def _is_folder(output: str) -> bool:
    return output.endswith(("/", os.sep)) or os.path.isdir(output)  # noqa: PTH112 - raises nothing


def _write_each(given: Given, folder: pathlib.Path, form: str) -> None:
    if not given.plans:
        inputs.need_one(given)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _unwritable(folder, error) from error
    taken: set[str] = set()
    for number, key in enumerate(inputs.names(given.plans)):
        # An id may come from a document: no path of its own making.
        stem = _UNSAFE.sub("_", key)[:100] or "plan"
        while stem.lower() in taken:
            stem += "_"
        taken.add(stem.lower())
        _write(given, number, folder / f"{stem}.{form}", form)


def _write(given: Given, number: int, path: pathlib.Path, form: str | None) -> None:
    try:
        dump(given.plans[number], path, to=form)
    except OSError as error:
        raise _unwritable(path, error) from error


def _unwritable(path: pathlib.Path, error: OSError) -> SourceError:
    location = Location(document=str(path))
    return SourceError("file-unwritable", location=location, reason=error.strerror or "")
