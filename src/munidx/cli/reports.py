"""Reports in several forms at once: one on standard output, further ones in files."""

import difflib
import os
import pathlib
from collections.abc import Callable, Collection, Sequence

from attrs import frozen

from munidx.cli.outputs import emit, emit_data
from munidx.errors import SelectionError, SourceError
from munidx.place import Location

__all__ = ["Output", "Wanted", "known", "wanted"]


@frozen
class Output:
    """``FORMAT:PATH``."""

    form: str
    path: str


@frozen
class Wanted:
    """The reports that a call is to make, known to be possible."""

    printed: str
    outputs: tuple[Output, ...]

    def deliver(self, render: Callable[[str], bytes], text: Callable[[str], str | None]) -> None:
        """Make every report, then print one and write the others, each file whole or not at all.

        Args:
            render: The report in a form, as the content of a file.
            text: The report in a form for the terminal; None for forms that are for programs.

        Raises:
            SourceError: ``file-unwritable``.
        """
        made = [(output.path, render(output.form)) for output in self.outputs]
        shown = text(self.printed)
        data = render(self.printed) if shown is None else b""
        for path, content in made:
            _write(path, content)
        if shown is None:
            emit_data(data)
        else:
            emit(shown)


def wanted(form: str, outputs: Sequence[str] | None, forms: Collection[str]) -> Wanted:
    """What ``--format`` and ``--output`` ask for.

    Raises:
        SelectionError: ``report-form-unknown``, ``output-form``, ``output-twice``.
    """
    known(form, forms)
    asked: list[Output] = []
    taken: set[str] = set()
    for output in outputs or ():
        name, mark, path = output.partition(":")
        if not mark or not name or not path:
            raise SelectionError("output-form", output=output)
        known(name, forms)
        target = os.path.realpath(path)
        if target in taken:
            raise SelectionError("output-twice", output=path)
        taken.add(target)
        asked.append(Output(name, path))
    return Wanted(form, tuple(asked))


def known(form: str, forms: Collection[str]) -> None:
    """Raise where ``form`` is none of ``forms``.

    Raises:
        SelectionError: ``report-form-unknown``.
    """
    if form not in forms:
        nearest = difflib.get_close_matches(form, forms, 1)
        raise SelectionError(
            "report-form-unknown", form=form, forms=tuple(forms), nearest="".join(nearest)
        )


def _write(path: str, data: bytes) -> None:
    # Only here, for few calls write files.
    from munidx.formats.files import replace_file  # noqa: PLC0415

    try:
        replace_file(pathlib.Path(path), data)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise SourceError(
            "file-unwritable", location=Location(document=path), reason=reason
        ) from error
