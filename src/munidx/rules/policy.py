"""A configuration applied: which rules are run, how severe they are, what is suppressed.

A :class:`Policy` is for one run over any number of plans: only after the last of them is it
known which suppressions nothing matched.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from attrs import evolve, frozen

from munidx.config import Choice, Config, Suppression, Where
from munidx.errors import ConfigError, MunidxError
from munidx.findings import Finding, Severity
from munidx.model import Plan, normal_code, walk
from munidx.rules.registry import FAILED, Rule, all_rules, check, rules_for
from munidx.rules.selection import chosen, known

__all__ = ["Judged", "Policy", "validate"]


def validate(
    plan: Plan,
    *,
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    config: Config | None = None,
    today: dt.date | None = None,
) -> tuple[Finding, ...]:
    """Check ``plan`` against the rules.

    Args:
        plan: The plan.
        select: Codes, beginnings of codes (``MX3``) or names of the rules to apply; none
            given: as ``config`` says, else all.
        ignore: Likewise those to leave out.
        config: Severities, suppressions and what else a configuration says; absent: none.
        today: The day on which suppressions are to hold; absent: this day.

    Returns:
        The findings in the plan's order, those of one node by code. A rule that fails is
        itself a finding (``MX900``) and stops no other; a suppression that suppresses nothing
        is one too (``MX906``, ``MX907``), at its place in the configuration.

    Raises:
        MunidxError: ``rule-misspelt``, ``rule-unknown``: a selector means no rule.
        ConfigError: Likewise, in ``config``.
    """
    policy = Policy(config, select=select, ignore=ignore, today=today)
    return (*policy.validate(plan).findings, *policy.leftovers())


@frozen
class Judged:
    """Findings as a policy has them."""

    findings: tuple[Finding, ...]
    suppressed: tuple[tuple[Finding, str], ...] = ()
    """Those that the configuration suppresses, each with the reason it gives."""


class Policy:
    """What holds for a run.

    Args:
        config: The configuration.
        select: Rules, in place of those that the configuration selects.
        ignore: Rules, in place of those that the configuration ignores.
        today: As for :func:`validate`.

    Raises:
        MunidxError: As :func:`validate`.
    """

    def __init__(
        self,
        config: Config | None = None,
        *,
        select: Sequence[str] = (),
        ignore: Sequence[str] = (),
        today: dt.date | None = None,
    ) -> None:
        self._config: Final = config or Config()
        self._select: Final = tuple(select)
        self._ignore: Final = tuple(ignore)
        self._today: Final = today or dt.date.today()  # noqa: DTZ011 - the user's own day
        rules = all_rules()
        known((*select, *ignore), rules)
        _check_config(self._config, rules)
        self._names: Final = {rule.code: rule for rule in rules}
        self._used: Final[set[int]] = set()
        self._met: Final[set[int]] = set()

    def validate(self, plan: Plan) -> Judged:
        """What the rules find in ``plan``, as this policy has it."""
        return self.judge(plan, check(plan, self._rules(plan)))

    def judge(self, plan: Plan, findings: Iterable[Finding]) -> Judged:
        """``findings`` about ``plan``, whoever found them, as this policy has them."""
        choice = self._choice(plan)
        levels = self._levels(choice)
        entries = self._entries(plan)
        codes: dict[str, str] = {}
        kept: list[Finding] = []
        suppressed: list[tuple[Finding, str]] = []
        for finding in findings:
            rule = self._names.get(finding.code)
            # That a rule which was asked for has failed is told, whatever was asked for.
            select = () if finding.code == FAILED else choice.select
            if rule is not None and not chosen((rule,), select, choice.ignore):
                continue
            if finding.code in levels:
                level = levels[finding.code]
                if level is None:
                    continue
                # What a rule tells more mildly (a whole plan without indicators) stays so,
                # unless it is raised or lowered beyond that.
                finding = evolve(finding, severity=_level(finding, rule, level))  # noqa: PLW2901
            reason = self._reason(entries, finding, plan, codes)
            if reason is None:
                kept.append(finding)
            else:
                suppressed.append((finding, reason))
        return Judged(tuple(kept), tuple(suppressed))

    def fails(self, plan: Plan, findings: Iterable[Finding], bar: str | None = None) -> bool:
        """Whether ``findings`` about ``plan`` reach ``bar``.

        Args:
            plan: The plan.
            findings: What remains of its findings.
            bar: A severity or ``never``; absent: what the configuration says, else ``warning``.
        """
        bar = bar or self._choice(plan).fail_on or "warning"
        return bar != "never" and any(
            finding.severity.rank >= Severity(bar).rank for finding in findings
        )

    def leftovers(self) -> tuple[Finding, ...]:
        """What became of the suppressions: those that matched nothing, or are out of date."""
        return tuple(self._left())

    def _left(self) -> Iterator[Finding]:
        for at, entry in enumerate(self._config.suppressions):
            params: dict[str, object] = {"rule": entry.rule, "reason": entry.reason}
            if at not in self._met or self._unselected(entry):
                continue
            if self._expired(entry):
                params["until"] = entry.until
                yield self._told("MX907", entry, params)
            elif at not in self._used:
                yield self._told("MX906", entry, params)

    def _unselected(self, entry: Suppression) -> bool:
        """Whether the rule was not applied in this run, so that nothing can be said."""
        rules = [rule for rule in self._names.values() if rule.chosen(entry.rule)]
        return not chosen(rules, self._select, self._ignore)

    def _told(self, code: str, entry: Suppression, params: Mapping[str, object]) -> Finding:
        return Finding(
            code=code,
            severity=self._names[code].severity if code in self._names else Severity.WARNING,
            params=params,
            location=entry.location,
        )

    def _rules(self, plan: Plan) -> tuple[Rule, ...]:
        choice = self._choice(plan)
        levels = self._levels(choice)
        rules = chosen(rules_for(plan), choice.select, choice.ignore)
        return tuple(rule for rule in rules if levels.get(rule.code, rule.severity) is not None)

    def _choice(self, plan: Plan) -> Choice:
        """What holds for ``plan``: its city's choice over everybody's, the options over both."""
        whole = self._config.validate
        select, ignore, severity = whole.select, whole.ignore, dict(whole.severity)
        fail_on = whole.fail_on
        for city, choice in self._config.cities.items():
            if city in _names_of(plan):
                select = choice.select or select
                ignore = (*ignore, *choice.ignore)
                severity |= choice.severity
                fail_on = choice.fail_on or fail_on
        return Choice(
            select=self._select or select,
            ignore=self._ignore or ignore,
            severity=severity,
            fail_on=fail_on,
        )

    def _levels(self, choice: Choice) -> dict[str, Severity | None]:
        """Code → severity; what is named later, and more exactly, counts."""
        levels: dict[str, Severity | None] = {}
        for selector in sorted(choice.severity, key=lambda each: not _is_family(each)):
            for code, rule in self._names.items():
                if rule.chosen(selector):
                    levels[code] = choice.severity[selector]
        return levels

    def _entries(self, plan: Plan) -> list[tuple[int, Suppression]]:
        names = _names_of(plan)
        entries = [
            (at, entry)
            for at, entry in enumerate(self._config.suppressions)
            if (not entry.city or entry.city in names) and (not entry.plan or entry.plan == plan.id)
        ]
        self._met.update(at for at, _ in entries)
        return [(at, entry) for at, entry in entries if not self._expired(entry)]

    def _expired(self, entry: Suppression) -> bool:
        return entry.until is not None and entry.until < self._today

    def _reason(
        self,
        entries: list[tuple[int, Suppression]],
        finding: Finding,
        plan: Plan,
        codes: dict[str, str],
    ) -> str | None:
        """Why ``finding`` is suppressed; None where it is not."""
        rule = self._names.get(finding.code)
        matched = [
            (at, entry.reason)
            for at, entry in entries
            if (rule.chosen(entry.rule) if rule else entry.rule == finding.code)
            and (not entry.node or _is_node(entry.node, finding, plan, codes))
        ]
        self._used.update(at for at, _ in matched)
        return matched[0][1] if matched else None


def _level(finding: Finding, rule: Rule | None, level: Severity) -> Severity:
    if rule is not None and finding.severity.rank < rule.severity.rank:
        return min(finding.severity, level, key=lambda each: each.rank)
    return level


def _is_node(node: str, finding: Finding, plan: Plan, codes: dict[str, str]) -> bool:
    if node in (finding.path, finding.title):
        return True
    if not codes:
        codes.update(
            (item.path, normal_code(getattr(item.node, "code", ""))) for item in walk(plan)
        )
    return bool(finding.path) and codes.get(finding.path) == normal_code(node) != ""


def _names_of(plan: Plan) -> frozenset[str]:
    """By what a configuration may call the plan's city."""
    city = plan.municipality
    names = {document.adapter for document in plan.documents}
    return frozenset({*names, *((city.code, city.name) if city else ())} - {""})


def _is_family(selector: str) -> bool:
    return selector.isupper() and len(selector.rstrip("x")) < len("MX101")


def _check_config(config: Config, rules: Sequence[Rule]) -> None:
    """Raise where the configuration names a rule that there is not.

    Raises:
        ConfigError: With the place; further ones stand in ``others``.
    """
    errors = []
    for where, selector in _selectors(config):
        try:
            known((selector,), rules)
        except MunidxError as error:
            params: dict[str, str] = {key: str(value) for key, value in error.params.items()}
            location = config.places.get(where)
            errors.append(ConfigError(error.code, location=location, path="", **params))
    if errors:
        errors.sort(key=lambda error: (error.location.line or 0, error.location.column or 0))
        errors[0].others = tuple(errors[1:])
        raise errors[0]


def _selectors(config: Config) -> Iterator[tuple[Where, str]]:
    choices: list[tuple[Where, Choice]] = [(("validate",), config.validate)]
    choices += [(("city", city), choice) for city, choice in config.cities.items()]
    for where, choice in choices:
        for key, selectors in (("select", choice.select), ("ignore", choice.ignore)):
            yield from (((*where, key, at), each) for at, each in enumerate(selectors))
        table = ("severity",) if where == ("validate",) else (*where, "severity")
        yield from (((*table, each), each) for each in choice.severity)
    for at, entry in enumerate(config.suppressions):
        yield ("suppress", at, "rule"), entry.rule
