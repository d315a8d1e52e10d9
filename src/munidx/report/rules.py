"""The rules as a list, and each rule's manual page: text, JSON and the pages of the documentation.

A manual page is the docstring of the rule's function; nothing of it is written twice.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Final

from munidx.report.catalogue import severity_word
from munidx.report.terminal import harmless, pad, paint, width_of
from munidx.rules import Rule

__all__ = ["FAMILIES", "render_rule", "render_rules", "rule_pages", "summary_of"]

FAMILIES: Final[Mapping[str, str]] = {
    "MX1": "identity and structure",
    "MX2": "time",
    "MX3": "indicators and targets",
    "MX4": "money",
    "MX5": "responsibility",
    "MX6": "coherence",
    "MX7": "text",
    "MX9": "what the reading met",
}
"""What the families of rules are about, by the beginning of their codes."""

_SECTIONS: Final = ("Why", "Fails", "Passes", "Fix", "Source")
_HEADINGS: Final[Mapping[str, str]] = {
    "Why": "Why it matters",
    "Fails": "An example that is reported",
    "Passes": "An example that is not",
    "Fix": "What to do",
    "Source": "Where the rule comes from",
}
_EXAMPLES: Final = ("Fails", "Passes")


def summary_of(rule: Rule) -> str:
    """What the rule finds, in the one sentence that its manual page begins with."""
    return rule.page.partition("\n")[0]


def render_rules(
    rules: Sequence[Rule],
    format: str = "text",  # noqa: A002 - the word of the option
    *,
    colour: bool = False,
) -> str:
    """``rules`` as a list: code, name, severity and one sentence each.

    Args:
        rules: The rules, by code.
        format: ``text`` or ``json`` (one object, ``version`` 1).
        colour: Whether escape sequences may colour the text (text only).
    """
    if format == "json":
        return _json({"version": 1, "rules": [_data(rule) for rule in rules]})
    names = max((width_of(rule.name) for rule in rules), default=0)
    words = max((width_of(severity_word(rule.severity)) for rule in rules), default=0)
    return "".join(
        f"{harmless(rule.code)}  {pad(harmless(rule.name), names)}  "
        f"{paint(pad(severity_word(rule.severity), words), rule.severity.value, on=colour)}  "
        f"{harmless(summary_of(rule))}\n"
        for rule in rules
    )


def render_rule(
    rule: Rule,
    format: str = "text",  # noqa: A002 - the word of the option
    *,
    colour: bool = False,
) -> str:
    """The manual page of ``rule``.

    Args:
        rule: The rule.
        format: ``text``, or ``json``: one object with a key for each section of the page.
        colour: Whether escape sequences may colour the text (text only).
    """
    if format == "json":
        told = {name.lower(): rule.section(name) for name in _SECTIONS}
        return _json({"version": 1, "rule": {**_data(rule), **told}})
    head = f"{rule.code} {rule.name} ({severity_word(rule.severity)})"
    lines = [paint(harmless(head), "title", on=colour), ""]
    lines += [harmless(line).rstrip() for line in rule.page.splitlines()]
    return "\n".join([*lines, ""])


def rule_pages(rules: Sequence[Rule]) -> dict[str, str]:
    """The pages of the documentation in Markdown: a file's name and its content.

    A page for each rule with a manual page, and ``index.md`` with all rules by family.
    """
    pages = {f"{rule.code}.md": _page(rule) for rule in rules if rule.check is not None}
    return {"index.md": _index(rules), **pages}


def _data(rule: Rule) -> dict[str, object]:
    return {
        "code": rule.code,
        "name": rule.name,
        "severity": rule.severity.value,
        "family": FAMILIES.get(rule.code[:3], ""),
        "summary": summary_of(rule),
    }


def _json(data: Mapping[str, object]) -> str:
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


_INTRODUCTION: Final = """\
# The rules

What `munidx validate` checks, by family. `munidx rules` prints this list, `munidx rule MX301`
one page of it. The pages are made of the rules' own docstrings by
`munidx rules --docs docs/rules`.
"""


def _index(rules: Sequence[Rule]) -> str:
    lines = [_INTRODUCTION]
    for family, several in groupby(rules, key=lambda rule: rule.code[:3]):
        lines += [f"## {family}xx: {FAMILIES.get(family, family)}", ""]
        lines += ["| code | name | severity | what it finds |", "| --- | --- | --- | --- |"]
        lines += [_row(rule) for rule in several]
        lines.append("")
    names = [rule.code for rule in rules if rule.check is not None]
    lines += ["```{toctree}", ":hidden:", "", *names, "```", ""]
    return "\n".join(lines)


def _row(rule: Rule) -> str:
    code = rule.code if rule.check is None else f"[{rule.code}]({rule.code}.md)"
    told = summary_of(rule).replace("|", "\\|")
    return f"| {code} | `{rule.name}` | {rule.severity.value} | {told} |"


def _page(rule: Rule) -> str:
    lines = [f"# {rule.code} {rule.name}", "", f"Severity: {rule.severity.value}", ""]
    lines += [*_summary(rule), ""]
    for name in _SECTIONS:
        told = rule.section(name)
        if told:
            lines += [f"## {_HEADINGS[name]}", "", *_body(name, told), ""]
    return "\n".join(lines)


def _summary(rule: Rule) -> Iterator[str]:
    """The sentence, and what the page says beside it before its first section."""
    for line in rule.page.splitlines():
        if line.rstrip(": ") in _SECTIONS and line.endswith(":"):
            return
        if line:
            yield line


def _body(name: str, told: str) -> Iterator[str]:
    if name not in _EXAMPLES:
        yield told
        return
    yield from ("```toml", told, "```")
