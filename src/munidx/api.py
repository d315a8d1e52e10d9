"""The whole library in one page.

>>> import munidx
>>> old = munidx.Plan(title="実施計画", measures=(munidx.Measure(code="1", title="窓口改革"),))
>>> new = munidx.loads(munidx.dumps(old).replace("窓口改革", "窓口の改革"))
>>> [change.kind.value for change in munidx.diff(old, new).changes]
['retitled']
"""

import datetime as dt
import os
from collections.abc import Sequence
from typing import TYPE_CHECKING, TypeAlias

from munidx.adapters import Coverage, Leftover, PassReason, Reading
from munidx.config import Config, find_config, load_config
from munidx.diff import Pin, diff, match
from munidx.diff.changes import (
    Change,
    Diff,
    Effect,
    Kind,
    Matching,
    Pair,
    PlanStamp,
    Rung,
    Segment,
)
from munidx.diff.compose import compose
from munidx.diff.invert import invert
from munidx.diff.patch import patch
from munidx.diff.pinfile import load_pins
from munidx.document import Source
from munidx.errors import (
    AdapterError,
    ConfigError,
    MissingReaderError,
    MunidxError,
    PatchError,
    PlanError,
    SelectionError,
    SourceError,
)
from munidx.findings import Finding, Severity
from munidx.formats import dump_plan, load_plan, sniff
from munidx.formats.files import replace_file
from munidx.lineage import Lineage, Stop, Strand, lineage
from munidx.model import (
    Accumulation,
    Comparator,
    Cost,
    CostBasis,
    Direction,
    Document,
    Edition,
    EditionStatus,
    Evaluation,
    FiscalYear,
    Goal,
    Indicator,
    Item,
    Labels,
    Measure,
    Milestone,
    Municipality,
    Node,
    Observation,
    OpenEnd,
    Owner,
    OwnerRole,
    Period,
    Plan,
    PlanKind,
    Quantity,
    Rating,
    Recurrence,
    Reference,
    Relation,
    ScheduleEntry,
    Section,
    Stage,
    State,
    Status,
    Term,
    Time,
    resolve,
    walk,
)
from munidx.place import Location, Place, parse_places
from munidx.progress import IndicatorProgress, Obstacle, Progress, RollUp, Verdict, progress
from munidx.readers import DEFAULT, Limits, open_source, read_publication
from munidx.rules import Policy

if TYPE_CHECKING:
    from munidx.adapters.host import Host

__all__ = [
    "Accumulation",
    "AdapterError",
    "Change",
    "Comparator",
    "Config",
    "ConfigError",
    "Cost",
    "CostBasis",
    "Coverage",
    "Diff",
    "Direction",
    "Document",
    "Edition",
    "EditionStatus",
    "Effect",
    "Evaluation",
    "Finding",
    "FiscalYear",
    "Goal",
    "Indicator",
    "IndicatorProgress",
    "Item",
    "Kind",
    "Labels",
    "Leftover",
    "Limits",
    "Lineage",
    "Location",
    "Matching",
    "Measure",
    "Milestone",
    "MissingReaderError",
    "Municipality",
    "MunidxError",
    "Node",
    "Observation",
    "Obstacle",
    "OpenEnd",
    "Owner",
    "OwnerRole",
    "Pair",
    "PassReason",
    "PatchError",
    "Period",
    "Pin",
    "Place",
    "Plan",
    "PlanError",
    "PlanKind",
    "PlanStamp",
    "Progress",
    "Quantity",
    "Rating",
    "Reading",
    "Recurrence",
    "Reference",
    "Relation",
    "RollUp",
    "Rung",
    "ScheduleEntry",
    "Section",
    "Segment",
    "SelectionError",
    "Severity",
    "Source",
    "SourceError",
    "Stage",
    "State",
    "Status",
    "Stop",
    "Strand",
    "Term",
    "Time",
    "Verdict",
    "compose",
    "diff",
    "dump",
    "dumps",
    "find_config",
    "invert",
    "lineage",
    "load",
    "load_config",
    "load_pins",
    "loads",
    "match",
    "parse_places",
    "patch",
    "progress",
    "read",
    "resolve",
    "validate",
    "walk",
]

FilePath: TypeAlias = str | os.PathLike[str]


def read(
    *sources: Source | FilePath,
    adapter: str | None = None,
    limits: Limits = DEFAULT,
    host: "Host | None" = None,
) -> Reading:
    """Read published documents, or canonical files, into plans.

    Args:
        sources: Paths, or files in memory. The published documents among them are the parts
            of one publication, in this order; each canonical file is a plan of its own and
            stands before what was published.
        adapter: The slug of the city whose adapter is to read; absent, the documents decide.
        limits: How much is read at most.
        host: The adapters to ask, where they are not those that are installed.

    Returns:
        Plans, findings, leftovers and coverage; the latter three are empty for canonical files.

    Raises:
        SourceError: A file cannot be opened, is too large or is no document.
        PlanError: A canonical file breaks the format.
        AdapterError: No adapter knows the document, or the one asked for cannot be used.
        TypeError: There is no source.
    """
    if not sources:
        raise TypeError
    plans: list[Plan] = []
    published: list[Source] = []
    for source in sources:
        opened = source if isinstance(source, Source) else open_source(source, limits)
        if sniff(opened.data, opened.name):
            name = opened.name if isinstance(source, Source) else os.fspath(source)
            plans.append(load_plan(opened.data, name))
        else:
            published.append(opened)
    if not published:
        return Reading(plans=tuple(plans))
    # Only here, for a canonical file needs none of it.
    from munidx.adapters.host import Host  # noqa: PLC0415

    publication = read_publication(published, limits)
    reading = (host or Host()).read(publication, adapter)
    return Reading(
        plans=(*plans, *reading.plans),
        findings=reading.findings,
        leftovers=reading.leftovers,
        coverage=reading.coverage,
    )


def load(path: FilePath, *, limits: Limits = DEFAULT) -> Plan:
    """The plan in the canonical file at ``path``, TOML or JSON.

    Raises:
        SourceError: It cannot be opened, is empty or too large.
        PlanError: It breaks the format; the error says in which line.
    """
    return load_plan(open_source(path, limits).data, os.fspath(path))


def loads(text: str, name: str = "") -> Plan:
    """The plan in ``text``, the content of a canonical file; what begins with ``{`` is JSON.

    Args:
        text: TOML or JSON.
        name: What errors call the file; by its suffix, if it has one, the form is chosen.

    Raises:
        PlanError: As :func:`load`.
    """
    return load_plan(text.encode("utf-8", "surrogatepass"), name)


def dump(plan: Plan, path: FilePath, *, to: str | None = None) -> None:
    """Write ``plan`` to the canonical file at ``path``, which is replaced whole or not at all.

    Args:
        plan: The plan.
        path: Where to; a symbolic link is followed.
        to: ``toml`` or ``json``; absent: by the suffix, and TOML if that does not say.

    Raises:
        PlanError: No file can hold the plan.
        OSError: The file cannot be written.
    """
    suffix = "json" if os.fspath(path).lower().endswith(".json") else "toml"
    replace_file(path, dumps(plan, to=to or suffix).encode())


def dumps(plan: Plan, *, to: str = "toml") -> str:
    """``plan`` as the text of a canonical file; the same plan gives the same text.

    Args:
        plan: The plan.
        to: ``toml`` or ``json``.

    Raises:
        PlanError: No file can hold the plan: a number is out of bounds, nodes nest too deep.
    """
    return dump_plan(plan, to)


def validate(
    plan: Plan,
    *,
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    config: Config | FilePath | None = None,
    today: dt.date | None = None,
) -> tuple[Finding, ...]:
    """Check ``plan`` against the rules: everybody's, and those that its own city brings along.

    Args:
        plan: The plan.
        select: Codes, beginnings of codes (``MX3``) or names of the rules to apply; none
            given: as ``config`` says, else all.
        ignore: Likewise those to leave out.
        config: A configuration or its file; absent: none, wherever munidx runs. What
            :func:`find_config` finds may be given.
        today: The day on which suppressions are to hold; absent: this day.

    Returns:
        The findings in the plan's order, those of one node by code. A rule that fails is
        itself a finding (``MX900``) and stops no other; so are a suppression that suppresses
        nothing (``MX906``, ``MX907``), at its place in the configuration, and a rule of a city
        that cannot be used (``MX908``).

    Raises:
        MunidxError: ``rule-misspelt``, ``rule-unknown``: a selector means no rule.
        ConfigError: Likewise in the configuration, or it breaks its form.
        SourceError: The configuration cannot be read.
    """
    # Only here, for a plan may be read and compared without.
    from munidx.adapters.city_rules import policy_for  # noqa: PLC0415

    settings = config if config is None or isinstance(config, Config) else load_config(config)

    def policy() -> Policy:
        return Policy(settings, select=select, ignore=ignore, today=today)

    made, problems = policy_for([plan], policy)
    return (*made.validate(plan).findings, *problems, *made.leftovers())
