"""Sphinx: the documentation of munidx, built offline with ``-n -W``."""

from importlib.metadata import version as _version

from sphinx.application import Sphinx
from sphinx.ext.napoleon import Config, GoogleDocstring

project = "munidx"
author = "The munidx authors"
copyright = "2026, The munidx authors"
release = _version("munidx")
extensions = [
    "myst_parser",
    "sphinx.ext.autodoc",
    "sphinx.ext.doctest",
]
source_suffix = {".md": "markdown"}
exclude_patterns = ["_build"]
html_theme = "furo"
html_title = "munidx"
html_static_path: list[str] = []
myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3
autodoc_typehints = "description"
autodoc_member_order = "bysource"
doctest_test_doctest_blocks = "default"
# The standard library is not documented here.
# Imported for the type checker alone: an adapter that only reads loads no rules.
nitpick_ignore = [("py:class", "Rule")]
nitpick_ignore_regex = [
    (
        r"py:.*",
        r"(abc|attrs?|collections|datetime|decimal|enum|fractions|hypothesis|pathlib|pluggy|pytest|re|_F)\b.*",
    )
]


def _sections(  # noqa: PLR0917 - as Sphinx calls it
    app: Sphinx, what: str, name: str, documented: object, options: object, lines: list[str]
) -> None:
    """Read Args, Raises and the like, but not in attributes, whose sentences may hold colons."""
    if what not in {"attribute", "property", "data"}:
        lines[:] = GoogleDocstring(lines, Config(), app, what, name, documented, options).lines()


def setup(app: Sphinx) -> None:
    """Connect the reader of docstring sections."""
    app.connect("autodoc-process-docstring", _sections)
