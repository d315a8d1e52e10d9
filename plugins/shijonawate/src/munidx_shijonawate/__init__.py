"""The plans of 四條畷市 (Shijonawate)."""
