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

from munidx.findings import Finding, Severity
from munidx.garbage import uncollected
from munidx.model import Item, Plan
from munidx.place import Location, parse_places
from munidx.rules.fields import field_of
from munidx.rules.view import View

__all__ = [
    "FAILED",
    "Check",
    "Fault",
    "Rule",
    "Wording",
    "adopt",
    "adopted",
    "all_rules",
    "check",
    "each_or_all",
    "found",
    "rule",
    "rules_for",
    "told_elsewhere",
]

_SECTION: Final = re.compile(
    r"^(?P<name>Why|Fails|Passes|Before|After|Fix|Source):{1,2}[ ]*$", re.MULTILINE
)
_LINE: Final = re.compile(r"(?P<name>[^#%;,]+)#L(?P<line>[1-9][0-9]{0,8})").fullmatch
"""The locator that most nodes have, which need not be taken apart in full."""
FAILED: Final = "MX900"
"""The code of a finding about a rule that failed."""
_BEGINNING: Final = re.compile(r"[A-Z]{2,}\d*x*")
_CODE: Final = re.compile(r"MX[1-9]\d{2}")


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

    @property
    def explained(self) -> bool:
        """Whether it has a manual page of more than a sentence."""
        return bool(self.section("Why"))

    def in_language(self, lang: str) -> Wording:
        """What it says in ``lang``; where it says nothing, its own page."""
        return self.wordings.get(lang) or Wording(sentence="", page=self.page)

    def chosen(self, selector: str) -> bool:
        """Whether ``selector`` means this rule: its name, its code, or the code's beginning.

        ``MX3`` and ``MX3xx`` are the family of indicators, ``ITAMI`` all rules of that city.
        """
        return selector == self.name or (
            _BEGINNING.fullmatch(selector) is not None
            and self.code.startswith(selector.rstrip("x"))
        )


def _section(page: str, name: str) -> str:
    parts = _SECTION.split(page)
    told = dict(zip(parts[1::2], parts[2::2], strict=True))
    return inspect.cleandoc(told.get(name, ""))


_RULES: Final[dict[str, Rule]] = {}
_CITIES: Final[dict[str, tuple[str, tuple[Rule, ...]]]] = {}
"""Slug → municipality code and rules."""


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
    """Every rule that is known, by code; those of cities after everybody's."""
    rules = (rule for _, rules in _CITIES.values() for rule in rules)
    return (*(_RULES[code] for code in sorted(_RULES)), *sorted(rules, key=lambda each: each.code))


def adopt(city: str, code: str, rules: Iterable[Rule]) -> None:
    """Make the rules of a city known, in place of those that it had before.

    Args:
        city: The slug.
        code: Its municipality code.
        rules: Its rules, checked by whoever loaded them.
    """
    _CITIES[city] = (code, tuple(rules))


def adopted(city: str) -> bool:
    """Whether the rules of ``city`` are known."""
    return city in _CITIES


def rules_for(plan: Plan) -> tuple[Rule, ...]:
    """Everybody's rules, and those of the plan's own city as far as they are known."""
    here = plan.municipality.code if plan.municipality else ""
    readers = {document.adapter for document in plan.documents}
    own = (
        rules
        for city, (code, rules) in _CITIES.items()
        if city in readers or (code and code == here)
    )
    return (*_RULES.values(), *(rule for rules in own for rule in rules))


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


def check(plan: Plan, rules: Iterable[Rule]) -> tuple[Finding, ...]:
    """What ``rules`` find in ``plan``: in the plan's order, those of one node by code.

    A rule that fails is itself a finding (``MX900``) and stops no other.
    """
    # The view is gone before the collector wakes, which would go through all that it holds.
    with uncollected():
        return tuple(_findings(View(plan), rules))


def _findings(view: View, rules: Iterable[Rule]) -> list[Finding]:
    order = {item.path: place for place, item in enumerate(view.items)}
    findings: list[Finding] = []
    for chosen in rules:
        if chosen.check is not None:
            findings += _apply(chosen, chosen.check, view, order)
    findings.sort(key=lambda finding: (order[finding.path], finding.code))
    return findings


def _apply(chosen: Rule, check: Check, view: View, order: Mapping[str, int]) -> Iterator[Finding]:
    try:
        for fault in check(view):
            finding = _finding(chosen, fault)
            order[finding.path]  # a stranger's rule may name a node of another plan
            yield finding
    except (KeyboardInterrupt, GeneratorExit):
        raise
    except BaseException as error:  # noqa: BLE001 - one broken rule must not silence the others
        yield Finding(
            code=FAILED,
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
