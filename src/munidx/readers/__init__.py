"""From published files to blocks: one file per form.

:func:`open_source` takes a file from the disk, :func:`read_source` reads it by the reader of
its form into a :class:`~munidx.document.Publication`. A reader is a module with a function
``read(source, limits) -> Publication`` and one line in the table of
:mod:`munidx.readers.forms`; it is imported when a document of its form is read, not before.
"""

from munidx.readers.encodings import decode
from munidx.readers.forms import FORMS, Form, form_of, read_publication, read_source
from munidx.readers.limits import DEFAULT, Limits
from munidx.readers.opening import open_source, open_stream

__all__ = [
    "DEFAULT",
    "FORMS",
    "Form",
    "Limits",
    "decode",
    "form_of",
    "open_source",
    "open_stream",
    "read_publication",
    "read_source",
]
