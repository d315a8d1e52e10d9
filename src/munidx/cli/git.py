"""Files as they stand in a git repository: ``REV:PATH``, and ``:PATH`` for what is staged.

The names go to git on its standard input, never as arguments, so that none can be taken for an
option; the size is asked for before the content. No filter of the repository is run.
"""

import os
import re
import shutil
import subprocess
from typing import Final

from attrs import frozen

from munidx.document import Source
from munidx.errors import SourceError
from munidx.place import Location
from munidx.readers.limits import DEFAULT, Limits

__all__ = ["Revision", "open_revision", "parse_revision"]

# A revision may hold colons within braces: HEAD^{/fix: a typing error}:plan.toml
_REVISION: Final = re.compile(r"(?P<revision>(?:[^:{]|\{[^}]*\})*):(?P<path>.+)")
_DRIVE: Final = re.compile(r"[A-Za-z]:[\\/]")
_STAGE: Final = re.compile(r"[0-3]:(?=.)")
_FOUND: Final = re.compile(r"(?P<object>[0-9a-f]{40,64}) (?P<kind>[a-z]+) (?P<size>\d+)")
_SECONDS: Final = 120
"""How long git may take; it may have to fetch what a partial clone lacks."""
_DETAIL: Final = 200


@frozen
class Revision:
    """A path in a revision."""

    revision: str
    """As git understands it; empty for the index."""
    path: str
    """From the top of the repository, or from the current directory with ``./`` or ``../``."""

    def __str__(self) -> str:
        return f"{self.revision}:{self.path}"


def parse_revision(argument: str) -> Revision | None:
    r"""The revision and path that ``argument`` names; None where it can be none.

    >>> parse_revision("HEAD~1:plans/plan.toml")
    Revision(revision='HEAD~1', path='plans/plan.toml')
    >>> parse_revision(r"C:\plans\plan.toml") is None
    True
    """
    if _DRIVE.match(argument) or any(sign in argument for sign in "\n\r\0"):
        return None
    found = _REVISION.fullmatch(argument)
    # Paths in a revision begin at its top: /x is none, nor is what follows https:.
    if not found or found["path"].startswith("/"):
        return None
    return Revision(found["revision"], found["path"])


def open_revision(revision: Revision, limits: Limits = DEFAULT) -> Source:
    """The file that stands at ``revision``; its name is the path's last part.

    The path is git's: from the top of the repository. Where nothing stands there, it is taken
    from the current directory.

    Raises:
        SourceError: ``git-missing``, ``git-no-repository``, ``git-revision-unknown``,
            ``git-path-missing``, ``git-failed``; ``file-is-directory``, ``file-too-large`` or
            ``file-empty``, as for any file.
    """
    location = Location(document=str(revision))
    answer = _ask(str(revision), location)
    if answer is None and not revision.path.startswith(("./", "../")):
        answer = _ask(_from_here(revision), location)
    if answer is None:
        raise _absent(revision, location)
    if answer["kind"] != "blob":
        raise SourceError("file-is-directory", location=location)
    size = int(answer["size"])
    if size > limits.bytes:
        raise SourceError("file-too-large", location=location, size=size, allowed=limits.bytes)
    if not size:
        raise SourceError("file-empty", location=location)
    data = _git(["cat-file", "blob", answer["object"]], b"", location)
    return Source(revision.path.replace("\\", "/").rpartition("/")[2], data)


def _from_here(revision: Revision) -> str:
    stage = "" if revision.revision else (_STAGE.match(revision.path) or [""])[0]
    return f"{revision.revision}:{stage}./{revision.path[len(stage) :]}"


def _absent(revision: Revision, location: Location) -> SourceError:
    known = not revision.revision or _ask(revision.revision, location) is not None
    return SourceError(
        "git-path-missing" if known else "git-revision-unknown",
        location=location,
        revision=revision.revision or "index",
        file=revision.path,
    )


def _ask(name: str, location: Location) -> re.Match[str] | None:
    """Object, kind and size of what git calls ``name``; symbolic links are followed."""
    call = ["cat-file", "--batch-check", "--follow-symlinks"]
    answer = _git(call, os.fsencode(name) + b"\n", location)
    return _FOUND.fullmatch(answer.decode("utf-8", "replace").strip())


def _git(arguments: list[str], told: bytes, location: Location) -> bytes:
    program = shutil.which("git")
    if program is None:
        raise SourceError("git-missing", location=location)
    # Messages are read: they must be in English. Nobody is there to type a password.
    environment = {**os.environ, "LC_ALL": "C", "LANGUAGE": "", "GIT_TERMINAL_PROMPT": "0"}
    try:
        done = subprocess.run(  # noqa: S603 - a list, and nothing of the user's in it
            [program, *arguments],
            input=told,
            capture_output=True,
            check=False,
            env=environment,
            timeout=_SECONDS,
        )
    except (OSError, subprocess.SubprocessError) as error:
        raise SourceError("git-failed", location=location, detail=type(error).__name__) from error
    if done.returncode == 0:
        return done.stdout
    detail = done.stderr.decode("utf-8", "replace").strip().partition("\n")[0]
    if "not a git repository" in detail:
        raise SourceError("git-no-repository", location=location)
    raise SourceError("git-failed", location=location, detail=detail[:_DETAIL])
