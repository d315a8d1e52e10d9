from munidx.adapters import Coverage, Leftover, PassReason, Reading
from munidx.findings import Finding, Severity
from munidx.place import Location
from munidx.report.coverage import render_coverage, render_met


def test_the_shares_add_up() -> None:
    coverage = Coverage(
        held=90,
        passed={PassReason.CONTENTS: 4, PassReason.REPEAT: 1, PassReason.NAVIGATION: 0},
        unread=5,
        unread_places=(Leftover(source="a.txt#L9", text="謎の\n段落 " + "x" * 100),),
    )
    lines = render_coverage(Reading(coverage=coverage), "a.txt").splitlines()
    assert lines[0] == "a.txt: 100 characters"
    assert [line.split() for line in lines[1:6]] == [
        ["held", "90", "90.00", "%"],
        ["passed", "5", "5.00", "%"],
        ["contents", "4", "4.00", "%"],
        ["repeat", "1", "1.00", "%"],
        ["unread", "5", "5.00", "%"],
    ]
    assert lines[6].startswith("    a.txt#L9  謎の 段落 xxx")
    assert lines[6].endswith("…")
    assert len(lines) == 7


def test_nothing_read_is_nothing_measured() -> None:
    text = render_coverage(Reading(), "a\x1b.toml")
    assert text == "a<U+001B>.toml: no published document, nothing to measure\n"


def _finding(code: str, line: int | None = None, severity: Severity = Severity.WARNING) -> Finding:
    location = Location(document="a.txt", line=line) if line else Location()
    return Finding(code=code, severity=severity, location=location)


def test_each_kind_of_finding_is_told_once() -> None:
    findings = (
        _finding("ZZ999", 3),
        _finding("MX901", 4),
        _finding("ZZ999", 5),
        _finding("YY111"),
        _finding("XX222", 6, Severity.INFO),
    )
    reading = Reading(findings=findings, coverage=Coverage(unread=12))
    lines = render_met(reading, "b.txt").splitlines()
    assert lines[0] == "a.txt:3: warning ZZ999: ZZ999 (and 1 more of ZZ999)"
    assert lines[1] == "b.txt: warning YY111: YY111"
    assert len(lines) == 3
    assert lines[2].startswith("b.txt: 12 characters in 1 place are unread, first at a.txt:4;")


def test_a_clean_reading_says_nothing() -> None:
    assert render_met(Reading(), "a.txt") == ""
