"""Where the configuration is: looked for at every start, so with little that must be loaded."""

import os
import pathlib
import tomllib
from typing import Final

__all__ = ["BYTES", "FILE", "PYPROJECT", "find_config"]

FILE: Final = "munidx.toml"
"""The file of its own; it stands before ``pyproject.toml`` of the same folder."""
PYPROJECT: Final = "pyproject.toml"
BYTES: Final = 1 << 20
"""No configuration is larger."""

_ROOTS: Final = (".git", ".hg", ".jj")
"""What marks the root of a repository: no configuration is looked for above it."""
_LEVELS: Final = 100


def find_config(start: str | os.PathLike[str] | None = None) -> pathlib.Path | None:
    """The configuration that holds in the folder ``start`` (absent: where we are), if any.

    It is looked for there and in the folders above, up to the root of the repository or the
    user's home. Of one folder, ``munidx.toml`` comes first; a ``pyproject.toml`` counts that
    has a table ``[tool.munidx]``.
    """
    try:
        folder = pathlib.Path(start or pathlib.Path.cwd()).resolve()
        home = pathlib.Path.home().resolve()
    except (OSError, RuntimeError, ValueError):
        return None
    for here in (folder, *folder.parents)[:_LEVELS]:
        if (here / FILE).is_file():
            return here / FILE
        if _has_table(here / PYPROJECT):
            return here / PYPROJECT
        if here == home or any(os.path.lexists(here / mark) for mark in _ROOTS):
            return None
    return None


def _has_table(path: pathlib.Path) -> bool:
    """Whether a ``pyproject.toml`` is about munidx; one that nobody can read is not."""
    try:
        with path.open("rb") as stream:
            data = stream.read(BYTES + 1)
        if b"munidx" not in data or len(data) > BYTES:
            return False
        table = tomllib.loads(data.decode("utf-8-sig")).get("tool")
    except (OSError, ValueError, RecursionError):
        return False
    return isinstance(table, dict) and "munidx" in table
