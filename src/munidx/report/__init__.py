"""Findings and changes as text: the only place that renders."""
