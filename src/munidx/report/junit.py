"""JUnit XML, as build servers read it: a finding is a test that failed.

The form is the part that all readers have in common (Jenkins' junit-10.xsd, GitLab, Azure):
there is no schema of JUnit itself. What is merely worth knowing, and what is suppressed, is a
test that was skipped.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from munidx.findings import Finding, Severity
from munidx.report.catalogue import hint, sentence, severity_word, word
from munidx.report.findings import FindingsOf, Style, place_of, rule_name
from munidx.report.package import xml_text
from munidx.report.values import shorten

__all__ = ["findings"]

_DECLARATION: Final = '<?xml version="1.0" encoding="UTF-8"?>\n'
_LONGEST: Final = 80


def findings(found: Sequence[FindingsOf], style: Style) -> str:
    """A suite for each plan, a case for each finding; a plan without any is one that passed."""
    suites = [_suite(name, several, style) for name, several in found]
    tests, failures, skipped = (sum(column) for column in zip(*_counts(found, style), strict=True))
    numbers = _numbers(tests, failures, skipped)
    # The schemas know ``skipped`` of a suite alone.
    whole = f'<testsuites name="munidx"{numbers.partition(" skipped")[0]}>'
    return "\n".join([f"{_DECLARATION}{whole}", *suites, "</testsuites>\n"])


def _counts(found: Sequence[FindingsOf], style: Style) -> Iterator[tuple[int, int, int]]:
    yield 0, 0, 0
    for name, several in found:
        failures = sum(finding.severity is not Severity.INFO for finding in several)
        suppressed = len(style.suppressed.get(name, ()))
        tests = max(len(several) + suppressed, 1)
        yield tests, failures, len(several) - failures + suppressed


def _numbers(tests: int, failures: int, skipped: int) -> str:
    return f' tests="{tests}" failures="{failures}" errors="0" time="0" skipped="{skipped}"'


def _suite(name: str, several: Sequence[Finding], style: Style) -> str:
    _, counts = _counts([(name, tuple(several))], style)
    lines = [f'<testsuite name="{xml_text(name)}"{_numbers(*counts)}>']
    seen: Counter[str] = Counter()
    for finding in several:
        lines += _case(finding, _outcome(finding, style), seen)
    for finding, reason in style.suppressed.get(name, ()):
        lines += _case(finding, _skipped(reason), seen)
    if len(lines) == 1:
        told = xml_text(word("no-findings", style.lang))
        lines.append(f'<testcase classname="munidx" name="{told}" time="0"/>')
    return "\n".join([*lines, "</testsuite>"])


def _case(finding: Finding, outcome: str, seen: Counter[str]) -> Iterator[str]:
    rule = f"{finding.code} {rule_name(finding.code)}".rstrip()
    told = " ".join(part for part in (shorten(finding.title, _LONGEST), finding.path) if part)
    key = f"{rule}\n{told}"
    seen[key] += 1
    # Servers follow a case from build to build by its name, which has to be its own.
    number = f" ({seen[key]})" if seen[key] > 1 else ""
    name = f"{told}{number}".strip() or rule
    yield f'<testcase classname="{_attribute(rule)}" name="{_attribute(name)}" time="0">'
    yield outcome
    yield "</testcase>"


def _outcome(finding: Finding, style: Style) -> str:
    message = sentence(finding, style.lang)
    if finding.severity is Severity.INFO:
        return _skipped(f"{place_of(finding.location, style.lang)}: {message}".removeprefix(": "))
    about = [severity_word(finding.severity, style.lang), place_of(finding.location, style.lang)]
    told = [" ".join(part for part in about if part), message, hint(finding, style.lang)]
    body = "\n".join(xml_text(line) for line in told if line)
    kind = finding.severity.value
    return f'<failure type="{kind}" message="{_attribute(message)}">{body}</failure>'


def _skipped(told: str) -> str:
    return f'<skipped message="{_attribute(told)}"/>'


def _attribute(text: str) -> str:
    return xml_text(" ".join(text.splitlines()))
