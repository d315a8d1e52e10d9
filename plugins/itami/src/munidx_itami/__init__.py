"""The plans of 伊丹市 (Itami)."""
