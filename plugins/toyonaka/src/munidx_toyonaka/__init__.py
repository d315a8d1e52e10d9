"""The plans of 豊中市 (Toyonaka)."""
