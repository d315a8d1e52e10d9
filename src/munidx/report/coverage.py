"""How much of a document was read, and what the reading met, as text."""

from collections.abc import Iterator

from munidx.adapters import Coverage, Reading
from munidx.findings import Finding, Severity
from munidx.report.catalogue import sentence
from munidx.report.terminal import harmless

__all__ = ["render_coverage", "render_met"]

UNREAD = "MX901"
"""The finding of an unread place; the shares tell these together."""


def render_coverage(reading: Reading, name: str) -> str:
    """The shares of a document, the passed one by reason, and every unread place.

    Args:
        reading: What came of reading it.
        name: What the document is called.
    """
    coverage = reading.coverage
    counted = coverage.held + sum(coverage.passed.values()) + coverage.unread
    if not counted:
        return f"{harmless(name)}: no published document, nothing to measure\n"
    lines = [
        f"{harmless(name)}: {counted} characters",
        _share("held", coverage.held, counted),
        _share("passed", sum(coverage.passed.values()), counted),
        *(_share(f"  {reason.value}", n, counted) for reason, n in coverage.passed.items() if n),
        _share("unread", coverage.unread, counted),
        *_places(coverage),
    ]
    return "\n".join(lines) + "\n"


def render_met(reading: Reading, name: str) -> str:
    """What a reading met, in a few lines: what is unread, and each kind of finding once.

    What is merely worth knowing (``info``) is left to validation.
    """
    kinds: dict[str, list[Finding]] = {}
    for finding in reading.findings:
        if finding.severity is Severity.INFO and finding.code != UNREAD:
            continue
        kinds.setdefault(finding.code, []).append(finding)
    unread = kinds.pop(UNREAD, [])
    lines = [_met(findings, name) for findings in kinds.values()]
    if unread:
        places = "1 place" if len(unread) == 1 else f"{len(unread)} places"
        first = harmless(str(unread[0].location) or name)
        lines.append(
            f"{harmless(name)}: {reading.coverage.unread} characters in {places} are unread,"
            f" first at {first}; --coverage of munidx convert shows all"
        )
    return "".join(line + "\n" for line in lines)


def _met(findings: list[Finding], name: str) -> str:
    first = findings[0]
    where = str(first.location) or name
    more = f" (and {len(findings) - 1} more of {first.code})" if len(findings) > 1 else ""
    return harmless(f"{where}: {first.severity.value} {first.code}: {sentence(first)}{more}")


def _share(word: str, characters: int, counted: int) -> str:
    return f"  {word:<18}{characters:>9}  {100 * characters / counted:6.2f} %"


def _places(coverage: Coverage) -> Iterator[str]:
    for leftover in coverage.unread_places:
        yield harmless(f"    {leftover.source}  {_cut(leftover.text)}".rstrip())


def _cut(text: str, longest: int = 60) -> str:
    """``text`` on one line, its end left away where it is long."""
    line = " ".join(text.split())
    return line if len(line) <= longest else line[: longest - 1] + "…"
