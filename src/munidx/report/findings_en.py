"""What findings say in en."""

from collections.abc import Mapping
from typing import Final

__all__ = ["FINDINGS"]

FINDINGS: Final[Mapping[str, tuple[str, ...]]] = {}
