"""Writing files: whole or not at all."""

import os
import pathlib
import tempfile

__all__ = ["replace_file"]


def replace_file(path: str | os.PathLike[str], data: bytes) -> None:
    """Put ``data`` where ``path`` is, in one step: a fault leaves what was there.

    A symbolic link is followed; a device or a pipe, which cannot be replaced, is written to.

    Raises:
        OSError: The file cannot be written.
    """
    target = pathlib.Path(os.path.realpath(path))
    if target.exists() and not target.is_file():
        target.write_bytes(data)
        return
    handle, name = tempfile.mkstemp(prefix=".munidx-", dir=target.parent)
    try:
        with open(handle, "wb") as stream:  # noqa: PTH123 - a descriptor, no path
            stream.write(data)
        pathlib.Path(name).chmod(_mode(target))
        pathlib.Path(name).replace(target)
    except BaseException:
        pathlib.Path(name).unlink(missing_ok=True)
        raise


def _mode(path: pathlib.Path) -> int:
    """The permissions of the file that is replaced, else those of any new file."""
    if path.exists():
        return path.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
