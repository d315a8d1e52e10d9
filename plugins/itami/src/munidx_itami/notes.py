"""What reading has to tell beside the plan: findings, and what was left over."""

from collections.abc import Iterable

from attrs import define, field

from munidx.adapters import Leftover, PassReason
from munidx.findings import Finding, Severity
from munidx_itami.lines import Line, source_of

__all__ = ["Notes"]


@define
class Notes:
    """Findings and leftovers, collected while a document is read."""

    findings: list[Finding] = field(factory=list)
    leftovers: list[Leftover] = field(factory=list)

    def tell(
        self, code: str, severity: Severity, where: Iterable[Line] = (), **params: object
    ) -> None:
        """Add a finding at the first of the lines ``where``."""
        location = next((line.place.location for line in where), None)
        self.findings.append(
            Finding(code=code, severity=severity, params=params, location=location)
            if location
            else Finding(code=code, severity=severity, params=params)
        )

    def skip(self, lines: Iterable[Line], reason: PassReason, text: str = "") -> None:
        """Pass lines, or ``text`` within them, knowingly."""
        source = source_of(lines)
        if source:
            self.leftovers.append(Leftover(source=source, reason=reason, text=text))

    def leave(self, lines: Iterable[Line], text: str = "") -> None:
        """Leave lines that were not understood, or ``text`` within them; the host reports them."""
        self.leftovers += [Leftover(source=line.source, text=text) for line in lines]
