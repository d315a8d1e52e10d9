"""What changed between two editions: match, compare, weigh, patch."""
