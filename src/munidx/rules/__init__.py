"""What validation checks: one family per file, one rule per function."""
