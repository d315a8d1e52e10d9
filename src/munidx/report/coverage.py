"""How much of a document was read, and what the reading met, as text."""

from collections.abc import Iterator

from munidx.adapters import Coverage, Reading
from munidx.findings import Finding, Severity
from munidx.report.catalogue import sentence, severity_word, told, word
from munidx.report.terminal import harmless, pad

__all__ = ["render_coverage", "render_met"]

UNREAD = "MX901"
"""The finding of an unread place; the shares tell these together."""


def render_coverage(reading: Reading, name: str, *, lang: str = "en") -> str:
    """The shares of a document, the passed one by reason, and every unread place.

    Args:
        reading: What came of reading it.
        name: What the document is called.
        lang: ``en`` or ``ja``.
    """
    coverage = reading.coverage
    counted = coverage.held + sum(coverage.passed.values()) + coverage.unread
    if not counted:
        return f"{harmless(name)}: {word('coverage-none', lang)}\n"
    lines = [
        f"{harmless(name)}: {word('characters', lang, n=counted)}",
        _share(word("held", lang), coverage.held, counted),
        _share(word("passed", lang), sum(coverage.passed.values()), counted),
        *(
            _share(f"  {told(reason, lang)}", n, counted)
            for reason, n in coverage.passed.items()
            if n
        ),
        _share(word("unread", lang), coverage.unread, counted),
        *_places(coverage),
    ]
    return "\n".join(lines) + "\n"


def render_met(reading: Reading, name: str, *, lang: str = "en") -> str:
    """What a reading met, in a few lines: what is unread, and each kind of finding once.

    What is merely worth knowing (``info``) is left to validation.
    """
    kinds: dict[str, list[Finding]] = {}
    for finding in reading.findings:
        if finding.severity is Severity.INFO and finding.code != UNREAD:
            continue
        kinds.setdefault(finding.code, []).append(finding)
    unread = kinds.pop(UNREAD, [])
    lines = [_met(findings, name, lang) for findings in kinds.values()]
    if unread:
        sentence_of = "unread-place" if len(unread) == 1 else "unread-places"
        first = str(unread[0].location) or name
        n = reading.coverage.unread
        said = word(sentence_of, lang, n=n, places=len(unread), first=first)
        lines.append(f"{harmless(name)}: {harmless(said)}")
    return "".join(line + "\n" for line in lines)


def _met(findings: list[Finding], name: str, lang: str) -> str:
    first = findings[0]
    where = str(first.location) or name
    others = len(findings) - 1
    more = word("more-of", lang, n=others, code=first.code) if others else ""
    head = f"{severity_word(first.severity, lang)} {first.code}"
    return harmless(f"{where}: {head}: {sentence(first, lang)}{more}")


def _share(name: str, characters: int, counted: int) -> str:
    return f"  {pad(name, 18)}{characters:>9}  {100 * characters / counted:6.2f} %"


def _places(coverage: Coverage) -> Iterator[str]:
    for leftover in coverage.unread_places:
        yield harmless(f"    {leftover.source}  {_cut(leftover.text)}".rstrip())


def _cut(text: str, longest: int = 60) -> str:
    """``text`` on one line, its end left away where it is long."""
    line = " ".join(text.split())
    return line if len(line) <= longest else line[: longest - 1] + "…"
