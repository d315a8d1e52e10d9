"""The rules as a list, and each rule's manual page: text, JSON and the pages of the documentation.

A manual page is the docstring of the rule's function; nothing of it is written twice. In
Japanese its prose is that of ``manual_ja.toml``, the examples are the same.
"""

import functools
import importlib.resources
import json
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Final

from munidx.report.catalogue import severity_word
from munidx.report.terminal import harmless, pad, paint, width_of, wrapped
from munidx.rules import Rule

__all__ = [
    "FAMILIES",
    "manual",
    "render_rule",
    "render_rules",
    "rule_pages",
    "section_of",
    "summary_of",
]

FAMILIES: Final[Mapping[str, Mapping[str, str]]] = {
    "en": {
        "MX1": "identity and structure",
        "MX2": "time",
        "MX3": "indicators and targets",
        "MX4": "money",
        "MX5": "responsibility",
        "MX6": "coherence",
        "MX7": "text",
        "MX8": "what a change means",
        "MX9": "what the reading met",
    },
    "ja": {
        "MX1": "識別・構成",
        "MX2": "時期",
        "MX3": "指標・目標値",
        "MX4": "金額",
        "MX5": "担当",
        "MX6": "整合性",
        "MX7": "文字・表記",
        "MX8": "変更の意味",
        "MX9": "読取状況",
    },
}
"""What the families of rules are about, by the beginning of their codes."""

_SECTIONS: Final = ("Why", "Fails", "Passes", "Before", "After", "Fix", "Source")
_HEADINGS: Final[Mapping[str, Mapping[str, str]]] = {
    "en": {
        "Why": "Why it matters",
        "Fails": "An example that is reported",
        "Passes": "An example that is not",
        "Before": "The older edition of an example",
        "After": "The newer edition",
        "Fix": "What to do",
        "Source": "Where the rule comes from",
    },
    "ja": {
        "Why": "趣旨",
        "Fails": "指摘される例",
        "Passes": "指摘されない例",
        "Before": "例（旧）",
        "After": "例（新）",
        "Fix": "対処",
        "Source": "根拠",
    },
}
_WIDTH: Final = 76
_EXAMPLES: Final = ("Fails", "Passes", "Before", "After")


@functools.cache
def manual(lang: str) -> Mapping[str, Mapping[str, str]]:
    """Code → ``summary``, ``why``, ``fix``, ``source`` in a language other than English."""
    if lang == "en":
        return {}
    page = importlib.resources.files("munidx.report").joinpath(f"manual_{lang}.toml")
    found: Mapping[str, Mapping[str, str]] = tomllib.loads(page.read_text("utf-8"))
    return found


def summary_of(rule: Rule, lang: str = "en") -> str:
    """What the rule finds, in the one sentence that its manual page begins with."""
    told = manual(lang).get(rule.code)
    return told["summary"] if told else rule.in_language(lang).page.partition("\n")[0]


def section_of(rule: Rule, name: str, lang: str = "en") -> str:
    """The section ``name`` (``Why``, ``Fails``, ...) of the manual page, or ``""``."""
    told = manual(lang).get(rule.code)
    if told and name not in _EXAMPLES:
        return told.get(name.lower(), "")
    return rule.in_language(lang).section(name) or rule.section(name)


def render_rules(
    rules: Sequence[Rule],
    format: str = "text",  # noqa: A002 - the word of the option
    *,
    lang: str = "en",
    colour: bool = False,
) -> str:
    """``rules`` as a list: code, name, severity and one sentence each.

    Args:
        rules: The rules, by code.
        format: ``text`` or ``json`` (one object, ``version`` 1).
        lang: ``en`` or ``ja``.
        colour: Whether escape sequences may colour the text (text only).
    """
    if format == "json":
        return _json({"version": 1, "rules": [_data(rule, lang) for rule in rules]})
    codes = max((width_of(rule.code) for rule in rules), default=0)
    names = max((width_of(rule.name) for rule in rules), default=0)
    words = max((width_of(severity_word(rule.severity, lang)) for rule in rules), default=0)
    return "".join(
        f"{pad(harmless(rule.code), codes)}  {pad(harmless(rule.name), names)}  "
        f"{paint(pad(severity_word(rule.severity, lang), words), rule.severity.value, on=colour)}  "
        f"{harmless(summary_of(rule, lang))}{_city(rule)}\n"
        for rule in rules
    )


def render_rule(
    rule: Rule,
    format: str = "text",  # noqa: A002 - the word of the option
    *,
    lang: str = "en",
    colour: bool = False,
) -> str:
    """The manual page of ``rule``.

    Args:
        rule: The rule.
        format: ``text``, or ``json``: one object with a key for each section of the page.
        lang: ``en`` or ``ja``.
        colour: Whether escape sequences may colour the text (text only).
    """
    if format == "json":
        told = {name.lower(): section_of(rule, name, lang) for name in _SECTIONS}
        return _json({"version": 1, "rule": {**_data(rule, lang), **told}})
    severity = severity_word(rule.severity, lang)
    head = f"{rule.code} {rule.name} ({severity}){_city(rule)}"
    lines = [paint(harmless(head), "title", on=colour), ""]
    lines += [harmless(line).rstrip() for line in _page_text(rule, lang)]
    return "\n".join([*lines, ""])


def _page_text(rule: Rule, lang: str) -> Iterator[str]:
    if lang == "en":
        yield from rule.page.splitlines()
        return
    yield summary_of(rule, lang)
    for name in _SECTIONS:
        text = section_of(rule, name, lang)
        if text:
            yield from ("", _HEADINGS[lang][name])
            lines = text.splitlines() if name in _EXAMPLES else wrapped(text.strip(), _WIDTH)
            yield from (f"    {line}" if line else "" for line in lines)


def _city(rule: Rule) -> str:
    return f"  [{harmless(rule.city)}]" if rule.city else ""


def rule_pages(rules: Sequence[Rule]) -> dict[str, str]:
    """The pages of the documentation in Markdown: a file's name and its content.

    A page for each rule with a manual page, and ``index.md`` with all rules by family; the same
    in Japanese, in the folder ``ja``.
    """
    pages: dict[str, str] = {}
    for lang, folder in _FOLDERS.items():
        pages[f"{folder}index.md"] = _index(rules, lang)
        pages |= {f"{folder}{rule.code}.md": _page(rule, lang) for rule in rules if rule.explained}
    return pages


def _data(rule: Rule, lang: str) -> dict[str, object]:
    city = {"city": rule.city} if rule.city else {}
    return {
        "code": rule.code,
        "name": rule.name,
        "severity": rule.severity.value,
        "family": FAMILIES[lang].get(rule.code[:3], ""),
        "summary": summary_of(rule, lang),
        **city,
    }


def _json(data: Mapping[str, object]) -> str:
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


_FOLDERS: Final[Mapping[str, str]] = {"en": "", "ja": "ja/"}
_INTRODUCTIONS: Final[Mapping[str, str]] = {
    "en": """\
# The rules

What `munidx validate` checks, what the reading of a document may meet (`MX9xx`) and what
`munidx diff` makes of a change (`MX8xx`), by family. `munidx rules` prints this list,
`munidx rule MX301` one page of it. The pages are made of the rules' own docstrings by
`munidx rules --docs docs/rules`. [日本語](ja/index.md)
""",
    "ja": """\
# 規則一覧

`munidx validate` が点検する事項、資料の読取りで生じる事項（`MX9xx`）、
`munidx diff` による変更の評価（`MX8xx`）を、分野ごとに示します。
この一覧は `munidx --lang ja rules`、各規則の説明は `munidx --lang ja rule MX301` で表示できます。
[English](../index.md)
""",
}
_COLUMNS: Final[Mapping[str, Sequence[str]]] = {
    "en": ("code", "name", "severity", "what it finds"),
    "ja": ("コード", "名前", "重要度", "内容"),
}
_FAMILY: Final[Mapping[str, str]] = {"en": "## {code}xx: {title}", "ja": "## {code}xx　{title}"}
_SEVERITY: Final[Mapping[str, str]] = {"en": "Severity: {word}", "ja": "重要度：{word}"}


def _index(rules: Sequence[Rule], lang: str) -> str:
    lines = [_INTRODUCTIONS[lang]]
    for family, several in groupby(rules, key=lambda rule: rule.code[:3]):
        title = FAMILIES[lang].get(family, family)
        lines += [_FAMILY[lang].format(code=family, title=title), ""]
        lines += [f"| {' | '.join(_COLUMNS[lang])} |", "| --- | --- | --- | --- |"]
        lines += [_row(rule, lang) for rule in several]
        lines.append("")
    names = [rule.code for rule in rules if rule.explained]
    below = ["ja/index"] if lang == "en" else []
    lines += ["```{toctree}", ":hidden:", "", *names, *below, "```", ""]
    return "\n".join(lines)


def _row(rule: Rule, lang: str) -> str:
    code = f"[{rule.code}]({rule.code}.md)" if rule.explained else rule.code
    told = summary_of(rule, lang).replace("|", "\\|")
    return f"| {code} | `{rule.name}` | {severity_word(rule.severity, lang)} | {told} |"


def _page(rule: Rule, lang: str) -> str:
    severity = _SEVERITY[lang].format(word=severity_word(rule.severity, lang))
    lines = [f"# {rule.code} {rule.name}", "", severity, ""]
    lines += [*(_summary(rule) if lang == "en" else [summary_of(rule, lang)]), ""]
    for name in _SECTIONS:
        told = section_of(rule, name, lang)
        if told:
            lines += [f"## {_HEADINGS[lang][name]}", "", *_body(name, told), ""]
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
