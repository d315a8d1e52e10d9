"""The rules that cities bring along: checked, and made known to validation.

What is wrong with a city's rules becomes a finding (``MX908``) and stops no other rule.
"""

import functools
import os
import re
import string
import sys
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final

from attrs import evolve

from munidx.adapters.host import AdapterState, AdapterStatus, Host
from munidx.errors import AdapterError, MunidxError
from munidx.findings import Finding, Severity
from munidx.model import Plan
from munidx.rules.policy import Policy
from munidx.rules.registry import Rule, adopt, adopted

__all__ = ["adopt_all", "adopt_for", "policy_for"]

_UNKNOWN: Final = ("rule-misspelt", "rule-unknown")
_LANGUAGES: Final = ("en", "ja")
_FORMATTER: Final = string.Formatter()
_SIGNS: Final = re.compile(r"[^a-z0-9]")


def adopt_for(plan: Plan, host: Host | None = None) -> tuple[Finding, ...]:
    """Make the rules of the plan's own city known, where its adapter is installed.

    Args:
        plan: The plan; its municipality's code, or the adapter that read it, says which city.
        host: The installed adapters; absent: looked up, if the plan names a city.
    """
    here = plan.municipality.code if plan.municipality else ""
    readers = {document.adapter for document in plan.documents} - {""}
    if not here and not readers:
        return ()
    asked = host or _installed(tuple(sys.path), os.environ.get("MUNIDX_ADAPTERS"))
    return tuple(
        finding
        for status in asked.statuses()
        if status.name in readers or (here and _code(status) == here)
        for finding in _adopt(asked, status)
    )


def policy_for(
    plans: Sequence[Plan], make: Callable[[], Policy], host: Host | None = None
) -> tuple[Policy, tuple[Finding, ...]]:
    """The policy that ``make`` makes, once the rules that it speaks of are known.

    The rules of the plans' own cities are made known first; those of the others only where a
    rule is named that nobody knows.

    Returns:
        The policy, and what is wrong with rules of cities.

    Raises:
        MunidxError: What ``make`` raises with all rules known.
    """
    asked = host or _installed(tuple(sys.path), os.environ.get("MUNIDX_ADAPTERS"))
    problems = [finding for plan in plans for finding in adopt_for(plan, asked)]
    try:
        return make(), tuple(problems)
    except MunidxError as error:
        if error.code not in _UNKNOWN:
            raise
    problems += adopt_all(asked)
    return make(), tuple(problems)


def adopt_all(host: Host) -> tuple[Finding, ...]:
    """Make the rules of every installed city known."""
    return tuple(finding for status in host.statuses() for finding in _adopt(host, status))


@functools.lru_cache(maxsize=1)
def _installed(path: tuple[str, ...], allowed: str | None) -> Host:
    """The installed adapters, looked up once for a search path: who validates many plans in one
    process would spend more time on it than on the plans.
    """  # noqa: D205
    del path, allowed
    return Host()


def _adopt(host: Host, status: AdapterStatus) -> list[Finding]:
    """The rules of one city; those of a city that cannot be used are not asked for."""
    if status.state is not AdapterState.AVAILABLE or adopted(status.name):
        return []
    try:
        given = host.rules(status.name)
    except AdapterError as error:
        adopt(status.name, _code(status), ())
        return [_unusable(status, error.code, dict(error.params))]
    rules: dict[str, Rule] = {}
    findings = []
    for rule in given:
        faults = list(_faults(status.name, rule, rules))
        if faults or not isinstance(rule, Rule):
            findings += [_unusable(status, code, params) for code, params in faults[:1]]
        else:
            page = rule.page or rule.wordings["en"].page
            rules[rule.code] = evolve(rule, city=status.name, page=page)
    adopt(status.name, _code(status), rules.values())
    return findings


def _faults(
    city: str, rule: object, others: dict[str, Rule]
) -> Iterator[tuple[str, dict[str, object]]]:
    if not isinstance(rule, Rule) or not callable(rule.check):
        yield "adapter-rule-wrong", {"type": type(rule).__name__}
        return
    prefix = _SIGNS.sub("", city.lower()).upper()
    if not re.fullmatch(rf"{prefix}\d{{3}}", str(rule.code)):
        yield "adapter-rule-code", {"code": rule.code, "expected": f"{prefix}101"}
    if not str(rule.name).startswith(f"{city}-"):
        yield "adapter-rule-name", {"name": rule.name, "expected": f"{city}-"}
    if any(rule.code == other.code or rule.name == other.name for other in others.values()):
        yield "adapter-rule-twice", {"code": rule.code, "name": rule.name}
    for lang in _LANGUAGES:
        wording = rule.wordings.get(lang)
        page = wording and (wording.page or rule.page)
        if wording is None or not page or not _fillable(wording.sentence, wording.hint):
            yield "adapter-rule-wording", {"code": rule.code, "lang": lang}


def _fillable(sentence: str, hint: str) -> bool:
    """Whether both are templates that name parameters and nothing else."""
    try:
        fields = [field for text in (sentence, hint) for field in _FORMATTER.parse(text)]
    except ValueError:
        return False
    named = (name for _, name, _, _ in fields if name is not None)
    plain = all(not spec and not how for _, _, spec, how in fields)
    return bool(sentence) and plain and all(name.isidentifier() for name in named)


def _unusable(status: AdapterStatus, code: str, params: dict[str, Any]) -> Finding:
    told = {**params, "adapter": status.name, "reason": code}
    return Finding(code="MX908", severity=Severity.WARNING, params=told)


def _code(status: AdapterStatus) -> str:
    return status.manifest.municipality.code if status.manifest else ""
