"""JSON Lines: each change or finding an object of its own, as in the whole JSON, on one line."""

import json
from collections.abc import Sequence

from munidx.diff.exchange import to_data
from munidx.formats.escapes import escaped
from munidx.formats.json import encode
from munidx.report.comparison import Comparison
from munidx.report.findings import FindingsOf, Style, findings_data

__all__ = ["changes", "findings"]


def changes(view: Comparison) -> str:
    """The entries of ``changes`` in the JSON form of the diff."""
    return "".join(encode(entry, compact=True) for entry in to_data(view.diff)["changes"])


def findings(found: Sequence[FindingsOf], style: Style) -> str:
    """The entries of ``findings`` in the JSON form of the findings."""
    entries = findings_data(found, style.lang)["findings"]
    told = entries if isinstance(entries, list) else []
    return "".join(f"{escaped(json.dumps(entry, ensure_ascii=False))}\n" for entry in told)
