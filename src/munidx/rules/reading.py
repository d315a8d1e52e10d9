"""MX9xx: what the reading met, and rules that failed.

No function of a plan finds these: readers, the host of adapters and the adapters do. They
are registered so that they have a name, a severity and a page like the others.
"""

from typing import Final

from munidx.findings import Severity
from munidx.rules.registry import told_elsewhere

__all__: list[str] = []

_PAGES: Final = (
    ("MX900", "rule-failed", Severity.WARNING, "A rule failed on this plan; the others ran."),
    ("MX901", "unread", Severity.WARNING, "A part of the document went into no plan."),
    (
        "MX902",
        "undecodable",
        Severity.WARNING,
        "Bytes of the document mean nothing in its encoding.",
    ),
    ("MX904", "source-outside", Severity.ERROR, "An adapter names a place the document has not."),
    (
        "MX905",
        "reading-empty",
        Severity.ERROR,
        "An adapter recognised a document, and found no plan in it.",
    ),
    ("MX910", "adapter-unusable", Severity.WARNING, "An installed adapter cannot be used."),
)

for _code, _name, _severity, _page in _PAGES:
    told_elsewhere(_code, _name, _severity, _page)
