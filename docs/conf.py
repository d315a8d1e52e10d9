"""Sphinx: the documentation of munidx, built offline with ``-n -W``."""

from importlib.metadata import version as _version

project = "munidx"
author = "The munidx authors"
copyright = "2026, The munidx authors"
release = _version("munidx")
extensions = [
    "myst_parser",
    "sphinx.ext.autodoc",
    "sphinx.ext.doctest",
    "sphinx.ext.napoleon",
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
