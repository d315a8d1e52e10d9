"""How much of a document munidx is willing to read: every bound has a name and a setting.

A published document is hostile until it is read. Whatever goes over a bound ends in one
:class:`~munidx.errors.SourceError` whose code is ``limit-exceeded`` (``file-too-large`` for
the file itself) and whose parameters name the bound and its setting.
"""

from typing import Final

from attrs import evolve, fields, frozen

from munidx.errors import SourceError
from munidx.place import Location

__all__ = ["DEFAULT", "Limits"]


@frozen(kw_only=True)
class Limits:
    """The bounds of one reading. Those here are ten times and more what cities publish."""

    bytes: int = 64 * 1024 * 1024
    """The size of a file."""
    lines: int = 1_000_000
    """The lines of a text, or the blocks of a page."""
    line_length: int = 1_000_000
    """The characters of one line, block or cell."""
    cells: int = 1_000_000
    """The cells of all tables of a document together, covered positions included."""
    columns: int = 16_384
    """The columns of a table; as many as a spreadsheet has."""
    span: int = 1_000
    """The columns or rows that one cell may cover; more is taken as this many, as browsers do."""
    depth: int = 120
    """How deep elements may nest."""
    pages: int = 5_000
    """The pages of a document."""
    characters: int = 200_000
    """The characters of one page."""
    paths: int = 500_000
    """The lines and other shapes that one page draws."""
    seconds: int = 120
    """The time that reading one PDF may take; small ones get less (7 and 5 for each MiB)."""
    memory: int = 768 * 1024 * 1024
    """The bytes of memory that a child process may take which tries a doubtful document."""
    unpacked: int = 128 * 1024 * 1024
    """The bytes that a packed file may unpack to."""
    ratio: int = 200
    """How many times its packed size a part of a packed file may have."""
    parts: int = 10_000
    """The files that a packed file may hold."""

    def check(self, name: str, actual: int, location: Location | None = None) -> None:
        """Raise when ``actual`` is over the bound called ``name``.

        Raises:
            SourceError: ``limit-exceeded``, with the bound's name and setting.
        """
        allowed: int = getattr(self, name)
        if actual > allowed:
            raise SourceError("limit-exceeded", location=location, limit=name, allowed=allowed)

    def with_settings(self, **settings: int) -> "Limits":
        """These bounds with some of them set anew, each a positive integer.

        Raises:
            ValueError: A name that is no bound, or a setting below 1.
        """
        known = {attribute.name for attribute in fields(Limits)}
        for name, value in settings.items():
            if name not in known or value < 1:
                raise ValueError(name)
        return evolve(self, **settings)


DEFAULT: Final = Limits()
"""The bounds that hold where none are given."""
