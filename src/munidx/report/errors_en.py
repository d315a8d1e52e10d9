"""What the errors say in English: code → sentence, hint."""

from collections.abc import Mapping
from typing import Final

__all__ = ["ERRORS"]

ERRORS: Final[Mapping[str, tuple[str, str]]] = {
    "rule-unknown": (
        "No rule is called {selector}.",
        "List the rules with: munidx rules",
    ),
}
