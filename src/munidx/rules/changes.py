"""MX8xx: what a change means.

No function of a plan decides these: the rules stand with the comparison of two plans. They are
named here so that they are listed and explained like the others.
"""

from munidx.diff.effects import EFFECT_RULES
from munidx.rules.registry import told_elsewhere

__all__: list[str] = []

for _each in EFFECT_RULES.values():
    told_elsewhere(_each.code, _each.name, _each.severity, _each.page)
