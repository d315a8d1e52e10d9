import pytest
from attrs.exceptions import FrozenInstanceError

from munidx.findings import Finding, Severity
from munidx.place import Location


def test_severities_are_ordered() -> None:
    assert sorted(Severity, key=lambda severity: severity.rank) == [
        Severity.INFO,
        Severity.WARNING,
        Severity.ERROR,
    ]
    assert Severity.ERROR.rank == 2


def test_a_finding_is_a_value() -> None:
    finding = Finding(code="MX101", severity=Severity.ERROR)
    assert finding == Finding(
        code="MX101", severity=Severity("error"), params={}, path="", title=""
    )
    assert finding.location == Location()
    with pytest.raises(FrozenInstanceError):
        finding.code = "MX102"  # type: ignore[misc]
