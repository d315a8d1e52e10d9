"""From an argument to a plan: a path, ``-``, ``REV:PATH``, or any of them with ``::PLAN-ID``.

A canonical file and a published document are the same to every command: what the content
says decides, and a document is read through its city's adapter. What is no file may be one in a
git revision.
"""

import functools
import os
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final

from attrs import evolve, frozen

from munidx.cli.session import limits
from munidx.document import Source
from munidx.errors import SelectionError, SourceError
from munidx.findings import Finding
from munidx.formats import decode, load_plan, sniff
from munidx.formats.address import field_where, node_places
from munidx.model import Plan
from munidx.place import Location
from munidx.readers import open_source, open_stream
from munidx.report.hits import sharpened

if TYPE_CHECKING:
    from munidx.adapters import Reading
    from munidx.document import Publication
    from munidx.formats.positions import Positions

__all__ = ["STDIN", "Given", "names", "need_one", "take", "take_one", "take_source"]

STDIN: Final = "-"


@frozen(kw_only=True)
class Given:
    """What the sources named on the command line hold."""

    name: str
    """As the user named it."""
    plans: tuple[Plan, ...]
    reading: "Reading | None" = None
    """What came of reading published documents; None where there were none."""
    publication: "Publication | None" = None
    """What the readers made of published documents."""
    canonical: Source | None = None
    """The one canonical file, whose own lines findings then name."""

    @property
    def plan(self) -> Plan:
        """The plan, where one was asked for."""
        return self.plans[0]

    @property
    def where(self) -> Callable[[str], Location] | None:
        """Where a path of the plan stands in the canonical file; None without such a file."""
        if self.canonical is None:
            return None
        positions = functools.cache(self._positions)
        return lambda path: positions().of(self.plan, path, name=self.name)

    def placed(self, findings: Sequence[Finding]) -> tuple[Finding, ...]:
        """``findings`` with the places that a tool can open.

        In the canonical file that is the line of the field; the document of a published plan
        is called as it was named on the command line.
        """
        if not findings:
            return ()
        if self.canonical is None:
            return tuple(self._named(finding) for finding in findings)
        positions, nodes = self._positions(), node_places(self.plan)
        lines = decode(self.canonical.data).split("\n")
        placed = (
            evolve(
                finding,
                location=positions.location(
                    (*nodes.get(finding.path, ()), *field_where(finding.field)), self.name
                ),
            )
            for finding in findings
        )
        return tuple(evolve(one, location=sharpened(lines, one)) for one in placed)

    def _positions(self) -> "Positions":
        # Only here, for only what has a place in the file to be told needs it.
        from munidx.formats.positions import json_positions, toml_positions  # noqa: PLC0415

        source = self.canonical or Source("", b"")
        text = decode(source.data)
        json = sniff(source.data, source.name) == "json"
        return json_positions(text) if json else toml_positions(text)

    def _named(self, finding: Finding) -> Finding:
        document, path = finding.location.document, self.name.partition("::")[0]
        if not document or document == path or os.path.basename(path) != document:  # noqa: PTH119 - a name, which "-" is too
            return finding
        return evolve(finding, location=evolve(finding.location, document=path))


def take(arguments: Sequence[str], *, adapter: str | None = None, tell: bool = True) -> Given:
    """All that the sources ``arguments`` hold; several are the parts of one publication.

    What is wrong with installed adapters goes to standard error, and so does what the reading
    met, unless ``tell`` is false.

    Raises:
        MunidxError: As :func:`munidx.read`; a :class:`SelectionError` where a plan is named
            that there is not.
    """
    parts = [_split(argument) for argument in arguments]
    asked = {plan for _, plan in parts if plan}
    opened = [_open(path) for path, _ in parts]
    name = " ".join(path for path, _ in parts)
    return _given(opened, asked, name, adapter, tell=tell)


def take_one(argument: str, *, adapter: str | None = None, tell: bool = True) -> Given:
    """As :func:`take`, of one source, and exactly one plan.

    Raises:
        SelectionError: It holds several plans, or none.
    """
    given = take([argument], adapter=adapter, tell=tell)
    need_one(given)
    return given


def take_source(source: Source, name: str, *, adapter: str | None = None) -> Given:
    """As :func:`take_one`, of a file in memory that errors call ``name``; nothing is told.

    Raises:
        MunidxError: As :func:`take_one`.
    """
    named = Source(name, source.data) if sniff(source.data, source.name) else source
    given = _given([named], set(), name, adapter, tell=False)
    need_one(given)
    return given


def need_one(given: Given) -> None:
    """Raise where ``given`` is not exactly one plan.

    Raises:
        SelectionError: ``plan-ambiguous``, with the names to choose from, or ``plan-none``.
    """
    location = Location(document=given.name)
    if not given.plans:
        raise SelectionError("plan-none", location=location)
    if len(given.plans) > 1:
        raise SelectionError("plan-ambiguous", location=location, plans=names(given.plans))


def names(plans: Sequence[Plan]) -> tuple[str, ...]:
    """What to call each of ``plans`` behind ``::``: its id, or ``#n`` where that will not do."""
    counts = Counter(plan.id for plan in plans)
    return tuple(
        plan.id if plan.id and counts[plan.id] == 1 else f"#{number}"
        for number, plan in enumerate(plans, start=1)
    )


def _given(
    opened: list[Source], asked: set[str], name: str, adapter: str | None, *, tell: bool
) -> Given:
    plans, reading, publication = _read(opened, adapter, name, tell=tell)
    return Given(
        name=name,
        plans=_chosen(plans, asked, name),
        reading=reading,
        publication=publication,
        canonical=opened[0] if len(opened) == 1 and reading is None else None,
    )


def _chosen(plans: tuple[Plan, ...], asked: set[str], name: str) -> tuple[Plan, ...]:
    if not asked:
        return plans
    known = dict(zip(names(plans), plans, strict=True))
    for plan in sorted(asked - known.keys()):
        raise SelectionError(
            "plan-missing", location=Location(document=name), plan=plan, plans=tuple(known)
        )
    return tuple(plan for key, plan in known.items() if key in asked)


def _split(argument: str) -> tuple[str, str]:
    """The path and the plan's name; a file whose own name holds ``::`` comes first."""
    path, mark, plan = argument.rpartition("::")
    if not mark or not path or not plan or os.path.exists(argument):  # noqa: PTH110 - raises nothing
        return argument, ""
    return path, plan


def _open(path: str) -> Source:
    if path == STDIN:
        return open_stream(sys.stdin.buffer, "stdin", limits())
    source = _open_named(path)
    # Faults of a canonical file are told with the path as typed; locators into a published
    # document hold its base name.
    return Source(path, source.data) if sniff(source.data, source.name) else source


def _open_named(path: str) -> Source:
    """The file at ``path``; where there is none, the one in a git revision that it names."""
    try:
        return open_source(path, limits())
    except SourceError as error:
        if error.code != "file-missing" or ":" not in path:
            raise
        # Only here, for most files are no revisions.
        from munidx.cli.git import open_revision, parse_revision  # noqa: PLC0415

        revision = parse_revision(path)
        if revision is None:
            raise
    return open_revision(revision, limits())


def _read(
    sources: list[Source], adapter: str | None, name: str, *, tell: bool
) -> "tuple[tuple[Plan, ...], Reading | None, Publication | None]":
    if all(sniff(source.data, source.name) for source in sources):
        return tuple(load_plan(source.data, source.name) for source in sources), None, None
    # Only here, for all that reads documents takes its time to load.
    from munidx.cli.published import read_published  # noqa: PLC0415

    reading, publication = read_published(sources, adapter, name, tell=tell)
    return reading.plans, reading, publication
