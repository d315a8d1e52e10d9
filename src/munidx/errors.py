"""What can go wrong, as classes.

::

    MunidxError
    ├── SourceError        a file that cannot be opened, is too large, or is no document
    │   └── MissingReaderError   the form is known, the library that reads it is not installed
    ├── PlanError          a canonical plan or diff file that breaks its format
    ├── PatchError         a diff that does not fit the plan it is applied to
    ├── SelectionError     a document that holds several plans, or none of the one asked for
    ├── ConfigError        a configuration file that breaks its form, or names what is not there
    └── AdapterError       no adapter for the document, or the one asked for is broken

An error carries a code, parameters and a place, never a sentence: sentences are made
where the error is shown, from the catalogue in ``munidx.report``.
"""

from collections.abc import Mapping

from munidx.place import Location

__all__ = [
    "AdapterError",
    "ConfigError",
    "MissingReaderError",
    "MunidxError",
    "PatchError",
    "PlanError",
    "SelectionError",
    "SourceError",
]


class MunidxError(Exception):
    """The root of all errors that munidx raises on purpose.

    Args:
        code: The kind of fault, a lower-case slug that never changes once given
            (``file-missing``); the catalogue holds its sentence.
        location: Where the fault is, as far as known.
        path: The path of the node at fault in its plan, ``""`` where there is none.
        params: The values that the sentence names.
    """

    def __init__(
        self,
        code: str,
        /,
        *,
        location: Location | None = None,
        path: str = "",
        **params: object,
    ) -> None:
        super().__init__(code, params)
        self.code = code
        self.location = location or Location()
        self.path = path
        self.params: Mapping[str, object] = params

    def __str__(self) -> str:
        told = ", ".join(f"{name}={value!r}" for name, value in self.params.items())
        where = str(self.location) or self.path
        return f"{where + ': ' if where else ''}{self.code}{f' ({told})' if told else ''}"

    def __reduce__(self) -> tuple[object, ...]:
        return _rebuild, (type(self), self.code, self.location, self.path, dict(self.params))


def _rebuild(
    kind: type[MunidxError], code: str, location: Location, path: str, params: dict[str, object]
) -> MunidxError:
    return kind(code, location=location, path=path, **params)


class SourceError(MunidxError):
    """A file that cannot be opened, is too large, or is no document that munidx reads."""


class MissingReaderError(SourceError):
    """The document's form is known, but the library that reads it is not installed."""


class PlanError(MunidxError):
    """A canonical file that breaks the format: where there are several faults, the first.

    The further faults stand in ``others``, in the file's order.
    """

    others: "tuple[PlanError, ...]" = ()


class ConfigError(MunidxError):
    """A configuration file that breaks its form: where there are several faults, the first.

    The further faults stand in ``others``, in the file's order.
    """

    others: "tuple[ConfigError, ...]" = ()


class PatchError(MunidxError):
    """A diff that does not fit the plan it is applied to."""


class SelectionError(MunidxError):
    """A source that holds several plans where one is needed, or not the one asked for."""


class AdapterError(MunidxError):
    """No adapter knows the document, or the adapter asked for cannot be used."""
