"""The plans of 門真市 (Kadoma)."""
