"""What the errors say in Japanese: code → sentence, hint."""

from collections.abc import Mapping
from typing import Final

__all__ = ["ERRORS"]

ERRORS: Final[Mapping[str, tuple[str, str]]] = {
    "rule-unknown": (
        "{selector}という規則はありません。",
        "規則の一覧は「munidx rules」で確認できます。",
    ),
}
