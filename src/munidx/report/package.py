"""Office Open XML packages (ECMA-376): the zip, and text fit for XML 1.0."""

import io
import zipfile
from collections.abc import Mapping
from typing import Final

from munidx.report.markup import markup_text

__all__ = ["DECLARATION", "package", "xml_text"]

DECLARATION: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

_EARLIEST: Final = (1980, 1, 1, 0, 0, 0)
"""The time of every part, so that the same table is the same file."""

_NO_CHARACTERS: Final = {0xFFFE: "\ufffd", 0xFFFF: "\ufffd"}
"""What XML has no way to write."""


def xml_text(text: str) -> str:
    """``text`` for an element of XML, as :func:`~munidx.report.markup.markup_text` shows it."""
    return markup_text(text.translate(_NO_CHARACTERS))


def package(parts: Mapping[str, str]) -> bytes:
    """The file that holds ``parts``, by their names, ``[Content_Types].xml`` the first."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            about = zipfile.ZipInfo(name, _EARLIEST)
            about.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(about, (DECLARATION + content).encode())
    return stream.getvalue()
