"""What is to be said of a reading: findings, and what was passed over."""

from attrs import define, field

from munidx.adapters.contract import Leftover, PassReason
from munidx.findings import Finding, Severity
from munidx.place import parse_places

__all__ = ["Notes"]


@define(eq=False)
class Notes:
    """Findings and leftovers, in the order in which they came up."""

    findings: list[Finding] = field(factory=list)
    leftovers: list[Leftover] = field(factory=list)

    def passed(self, source: str, reason: PassReason | None, text: str = "") -> None:
        """Leave over what stands at ``source``, or the ``text`` within it."""
        self.leftovers.append(Leftover(source=source, reason=reason, text=text))

    def report(
        self, code: str, source: str, *, severity: Severity = Severity.WARNING, **params: object
    ) -> None:
        """Make a finding that points at the first of the places of ``source``."""
        location = parse_places(source)[0].location
        self.findings.append(
            Finding(code=code, severity=severity, params=params, location=location)
        )
