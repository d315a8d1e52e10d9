"""What holds for a whole call: the language, the configuration, whether cities are isolated.

The options of every command (``--lang``, ``--config``, ``--isolate`` …) may stand anywhere
before ``--``; they are taken out before the command reads its own. The language is the
option's, else that of ``MUNIDX_LANG``, of the configuration, of the locale.
"""

import contextlib
import os
import pathlib
from collections.abc import Mapping, Sequence
from contextvars import ContextVar
from functools import cached_property
from typing import TYPE_CHECKING, Final

from munidx.errors import MunidxError, SelectionError
from munidx.lookup import find_config

if TYPE_CHECKING:
    from munidx.config import Config
    from munidx.readers import Limits

__all__ = [
    "OPTIONS",
    "Session",
    "begin",
    "config",
    "configured",
    "is_isolated",
    "language",
    "limits",
]

_FLAGS: Final = ("--no-config", "--isolate")
OPTIONS: Final = ("--lang", "--config", *_FLAGS)
"""The options of every command, as the help lists them."""

_LANGUAGES: Final = ("en", "ja")
_LOCALE: Final = ("LC_ALL", "LC_MESSAGES", "LANG")


class Session:
    """One call of munidx.

    Args:
        lang: What ``--lang`` says.
        path: The file that ``--config`` names.
        without: Whether there is to be no configuration.
        isolated: Whether the code of cities runs in processes of its own.
        environ: The environment.
    """

    def __init__(
        self,
        lang: str | None = None,
        path: str | None = None,
        *,
        without: bool = False,
        isolated: bool = False,
        environ: Mapping[str, str] = os.environ,
    ) -> None:
        self._lang = lang
        self._path = path
        self._without = without
        self.isolated = isolated
        self._environ = environ

    @cached_property
    def lang(self) -> str:
        """``en`` or ``ja``."""
        for told in (self._lang, self._environ.get("MUNIDX_LANG")):
            if told:
                found = _of_locale(told)
                if found in _LANGUAGES:
                    return found
        with contextlib.suppress(MunidxError):  # told by the command that goes by it
            if self.path and self.config.lang:
                return self.config.lang
        told = next((name for key in _LOCALE if (name := self._environ.get(key))), "")
        return "ja" if _of_locale(told) == "ja" else "en"

    @cached_property
    def path(self) -> str | None:
        """The configuration file that holds; None where there is none."""
        if self._without:
            return None
        told = self._path or self._environ.get("MUNIDX_CONFIG")
        if told:
            return told
        found = find_config()
        return None if found is None else _relative(found)

    @cached_property
    def config(self) -> "Config":
        """The configuration that holds; an empty one where there is none.

        Raises:
            ConfigError: It is wrong.
            SourceError: It cannot be read.
        """
        # Only now, for most calls end without.
        from munidx.config import Config, load_config  # noqa: PLC0415

        return Config() if self.path is None else load_config(self.path)

    def check(self) -> None:
        """Raise where the language that is asked for is none of ours.

        Raises:
            SelectionError: ``lang-unknown``.
        """
        for told in (self._lang, self._environ.get("MUNIDX_LANG")):
            if told and _of_locale(told) not in _LANGUAGES:
                raise SelectionError("lang-unknown", lang=told[:80], languages=_LANGUAGES)


_CURRENT: Final[ContextVar[Session]] = ContextVar("munidx_session")


def begin(arguments: Sequence[str]) -> list[str]:
    """Begin a call with ``arguments``; what is left of them is the command's.

    Raises:
        SelectionError: ``option-value-missing``, ``lang-unknown``.
    """
    given: dict[str, str] = {}
    left: list[str] = []
    rest = iter(arguments)
    missing = ""
    for word in rest:
        if word == "--":
            left += [word, *rest]
            break
        name, mark, value = word.partition("=")
        if name not in OPTIONS or (mark and name in _FLAGS):
            left.append(word)
            continue
        if name not in _FLAGS and not mark:
            value = next(rest, "")
        given[name] = value
        if name not in _FLAGS and not value:
            missing = name
    session = Session(
        given.get("--lang"),
        given.get("--config"),
        without="--no-config" in given,
        isolated="--isolate" in given,
    )
    _CURRENT.set(session)
    if missing:
        raise SelectionError("option-value-missing", option=missing)
    session.check()
    return left


def language() -> str:
    """The language of the call."""
    return _session().lang


def is_isolated() -> bool:
    """Whether the code of cities is to run in processes of its own."""
    return _session().isolated


def config() -> "Config":
    """The configuration of the call.

    Raises:
        MunidxError: As :attr:`Session.config`.
    """
    return _session().config


def configured() -> "Config | None":
    """The configuration of the call; None where there is no file, and nothing is loaded.

    Raises:
        MunidxError: As :attr:`Session.config`.
    """
    return _session().config if _session().path else None


def limits() -> "Limits":
    """How much of a document is read at most: as the configuration says.

    Raises:
        MunidxError: As :attr:`Session.config`.
    """
    from munidx.readers.limits import DEFAULT  # noqa: PLC0415 - not every call reads

    settings = configured()
    return DEFAULT if settings is None else settings.limits


def _relative(path: pathlib.Path) -> str:
    """``path`` as messages name it: from here, where it is not far above."""
    try:
        told = os.path.relpath(path)
    except (OSError, ValueError):  # another drive, or here is gone
        return str(path)
    return told if len(told) < len(str(path)) else str(path)


def _session() -> Session:
    return _CURRENT.get(None) or Session()


def _of_locale(name: str) -> str:
    """``ja`` of ``ja_JP.UTF-8``."""
    return name.replace("-", "_").partition(".")[0].partition("_")[0].lower()
