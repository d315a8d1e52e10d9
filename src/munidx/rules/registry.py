"""The registry of rules, and what a rule is given and gives.

A rule is one function, named to the registry by :func:`rule`; its docstring is its manual
page. It is given a :class:`View` of the plan and yields a :class:`Fault` for each thing it
finds; the registry makes the findings::

    @rule("MX103", "empty-title", Severity.WARNING)
    def empty_title(view: View) -> Iterator[Fault]:
        for item, measure in view.measures:
            if not measure.title:
                yield found(item)

The manual page has the sections ``Why:``, ``Fails::``, ``Passes::``, ``Fix:`` and
``Source:``; the examples are fragments of canonical TOML, and the tests validate each.
"""

import inspect
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Final, TypeAlias

from attrs import field, frozen

from munidx.errors import MunidxError
from munidx.findings import Finding, Severity
from munidx.model import Item, Plan
from munidx.place import Location, parse_places
from munidx.rules.fields import field_of
from munidx.rules.view import View

__all__ = [
    "Check",
    "Fault",
    "Rule",
    "Wording",
    "all_rules",
    "each_or_all",
    "found",
    "rule",
    "select_rules",
    "told_elsewhere",
    "validate",
]

_SECTION: Final = re.compile(r"^(?P<name>Why|Fails|Passes|Fix|Source):{1,2}[ ]*$", re.MULTILINE)
_LINE: Final = re.compile(r"(?P<name>[^#%;,]+)#L(?P<line>[1-9][0-9]{0,8})").fullmatch
"""The locator that most nodes have, which need not be taken apart in full."""
_CODE: Final = re.compile(r"MX[1-79]\d{2}")


@frozen(kw_only=True)
class Fault:
    """What a rule yields: where, and the values that the sentence names."""

    item: Item
    source: str = ""
    """The part's own locator, where it is finer than the node's."""
    part: object = None
    """What of the node is at fault (an owner, a target); None for the whole of it."""
    severity: Severity | None = None
    """Only where it differs from the rule's."""
    params: Mapping[str, object] = field(factory=dict)


Check: TypeAlias = Callable[[View], Iterable[Fault]]
"""A rule's function."""


@frozen(kw_only=True)
class Wording:
    """A rule in one language: what a finding of it says, and its manual page.

    Rules of a city bring theirs along; those of munidx have them in ``munidx.report``.
    """

    sentence: str
    """With the parameters of a fault in braces: ``Code {code} is no …``."""
    hint: str = ""
    page: str = ""
    """As the docstring of a rule: a sentence, then ``Why:``, ``Fails::`` and the others."""

    def section(self, name: str) -> str:
        """The part of the page under ``name``, or ``""``."""
        return _section(self.page, name)


@frozen(kw_only=True)
class Rule:
    """A kind of finding: its code and name, how much it matters, and who checks it.

    ``check`` is None for what is found while reading, not by validating a plan.
    """

    code: str
    name: str
    severity: Severity
    check: Check | None = None
    page: str = ""
    """The manual page: the docstring of ``check``."""
    city: str = ""
    """The slug of the city whose rule it is; empty: it is everybody's."""
    wordings: Mapping[str, Wording] = field(factory=dict)
    """By language, of a city's rule; the English one has the page where ``page`` is empty."""

    def section(self, name: str) -> str:
        """The part of the manual page under ``name`` (``Why``, ``Fails``, ...), or ``""``."""
        return _section(self.page, name)

    def in_language(self, lang: str) -> Wording:
        """What it says in ``lang``; where it says nothing, its own page."""
        return self.wordings.get(lang) or Wording(sentence="", page=self.page)

    def chosen(self, selector: str) -> bool:
        """Whether ``selector`` means this rule: its name, its code, or the code's beginning.

        ``MX3`` and ``MX3xx`` are the family of indicators.
        """
        return selector == self.name or (
            selector.startswith("MX") and self.code.startswith(selector.rstrip("x"))
        )


def _section(page: str, name: str) -> str:
    parts = _SECTION.split(page)
    told = dict(zip(parts[1::2], parts[2::2], strict=True))
    return inspect.cleandoc(told.get(name, ""))


_RULES: Final[dict[str, Rule]] = {}


def rule(code: str, name: str, severity: Severity) -> Callable[[Check], Check]:
    """Name the decorated function to the registry as the rule ``code``.

    Raises:
        ValueError: The code is of no family, or it or the name is taken.
    """

    def register(check: Check) -> Check:
        _register(
            Rule(
                code=code,
                name=name,
                severity=severity,
                check=check,
                page=inspect.getdoc(check) or "",
            )
        )
        return check

    return register


def told_elsewhere(code: str, name: str, severity: Severity, page: str) -> None:
    """Register a code that readers, hosts and adapters raise, so that ``rules`` knows it."""
    _register(Rule(code=code, name=name, severity=severity, page=inspect.cleandoc(page)))


def _register(new: Rule) -> None:
    names = {rule.name for rule in _RULES.values()}
    if not _CODE.fullmatch(new.code) or new.code in _RULES or new.name in names:
        raise ValueError(new.code, new.name)
    _RULES[new.code] = new


def all_rules() -> tuple[Rule, ...]:
    """Every registered rule, by code."""
    return tuple(_RULES[code] for code in sorted(_RULES))


def select_rules(select: Sequence[str] = (), ignore: Sequence[str] = ()) -> tuple[Rule, ...]:
    """The rules that ``select`` means (none given: all), without those of ``ignore``.

    Raises:
        MunidxError: ``rule-unknown``: a selector means no rule.
    """
    rules = all_rules()
    for selector in (*select, *ignore):
        if not any(rule.chosen(selector) for rule in rules):
            raise MunidxError("rule-unknown", selector=selector)
    return tuple(
        rule
        for rule in rules
        if (not select or any(rule.chosen(selector) for selector in select))
        and not any(rule.chosen(selector) for selector in ignore)
    )


def found(
    item: Item, part: object = None, *, severity: Severity | None = None, **params: object
) -> Fault:
    """A fault at ``item``; at ``part`` of it (an owner, a target) where that has a source."""
    source = getattr(part, "source", "")
    return Fault(item=item, source=source, part=part, severity=severity, params=params)


def each_or_all(
    view: View, faults: Sequence[Fault], total: int, severity: Severity = Severity.INFO
) -> Iterator[Fault]:
    """Each fault; or one for the whole plan, where more than half of ``total`` have it.

    What most nodes lack is the form of the plan, not a slip in one row: it is told once,
    with ``count`` and ``total``, and more mildly.
    """
    if total > 1 and len(faults) * 2 > total:
        yield found(view.items[0], severity=severity, count=len(faults), total=total)
    else:
        yield from faults


def validate(
    plan: Plan, *, select: Sequence[str] = (), ignore: Sequence[str] = ()
) -> tuple[Finding, ...]:
    """Check ``plan`` against the rules.

    Args:
        plan: The plan.
        select: Codes, beginnings of codes (``MX3``) or names of the rules to apply; all
            where none is given.
        ignore: Likewise those to leave out.

    Returns:
        The findings in the plan's order, those of one node by code. A rule that fails is
        itself a finding (``MX900``) and stops no other.

    Raises:
        MunidxError: ``rule-unknown``: a selector means no rule.
    """
    view = View(plan)
    findings: list[Finding] = []
    for chosen in select_rules(select, ignore):
        if chosen.check is not None:
            findings += _apply(chosen, chosen.check, view)
    order = {item.path: place for place, item in enumerate(view.items)}
    return tuple(sorted(findings, key=lambda finding: (order[finding.path], finding.code)))


def _apply(chosen: Rule, check: Check, view: View) -> Iterator[Finding]:
    try:
        for fault in check(view):
            yield _finding(chosen, fault)
    except Exception as error:  # noqa: BLE001 - one broken rule must not silence the others
        yield Finding(
            code="MX900",
            severity=Severity.WARNING,
            params={"rule": chosen.code, "name": chosen.name, "error": type(error).__name__},
        )


def _finding(chosen: Rule, fault: Fault) -> Finding:
    node = fault.item.node
    return Finding(
        code=chosen.code,
        severity=fault.severity or chosen.severity,
        params=fault.params,
        path=fault.item.path,
        title=node.title or getattr(node, "statement", ""),
        field=field_of(node, fault.part, fault.params),
        location=_location(fault.source) or _location(node.source) or Location(),
    )


def _location(source: str) -> Location | None:
    line = _LINE(source)
    if line:
        return Location(document=line["name"], line=int(line["line"]))
    try:
        places = parse_places(source)
    except ValueError:
        return None
    return places[0].location if places else None
