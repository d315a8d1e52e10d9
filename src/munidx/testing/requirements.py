"""What every adapter must hold, each requirement a function from a sample to what is wrong.

:class:`munidx.testing.AdapterContract` runs them as tests; a tool may run them without pytest.
A requirement yields one sentence for each fault that it finds, and nothing where it holds.
"""

import re
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import Final

from attrs import define

from munidx.adapters import Reading
from munidx.adapters.claims import Claim, claims_of
from munidx.adapters.host import Host
from munidx.adapters.stretches import Layout, fold
from munidx.diff import diff
from munidx.document import Publication, Source
from munidx.errors import AdapterError, MunidxError
from munidx.findings import Severity
from munidx.formats import json, toml
from munidx.model import Goal, Measure, Plan, format_path, parse_path, resolve, walk
from munidx.readers import open_source, read_publication, read_source
from munidx.rules import validate
from munidx.testing.damage import STRANGERS, renumbered, truncated

__all__ = ["Sample"]

_SURE: Final = 0.5
_PART: Final = re.compile(r"[\w.]+")


@define(eq=False, slots=False)
class Sample:
    """A document (a file, or a folder of the files of one plan) and what a city makes of it."""

    adapter: str
    path: Path

    @property
    def name(self) -> str:
        """The name of the file or folder."""
        return self.path.name

    @cached_property
    def sources(self) -> tuple[Source, ...]:
        """Its files, in the order of their names."""
        files = sorted(self.path.iterdir()) if self.path.is_dir() else [self.path]
        return tuple(open_source(file) for file in files)

    @cached_property
    def publication(self) -> Publication:
        """Its blocks."""
        return read_publication(self.sources)

    @cached_property
    def reading(self) -> Reading:
        """What the city's adapter reads."""
        return self.read(self.publication)

    def read(self, publication: Publication) -> Reading:
        """What the city's adapter reads of ``publication``, by a host of its own."""
        return Host(allowed=[self.adapter]).read(publication, self.adapter)

    def is_not_empty(self) -> Iterator[str]:
        """There is a plan, it has a title, and goals, measures or indicators."""
        if not self.reading.plans:
            yield "no plan was read"
        for plan in self.reading.plans:
            if not plan.title.strip():
                yield f"plan {plan.id!r} has no title"
            if not (plan.goals or plan.measures or plan.indicators):
                yield f"plan {plan.title!r} holds nothing"

    def is_recognised(self) -> Iterator[str]:
        """Of all installed cities this one, and only this one, is sure of the document."""
        sure = {one.name for one in Host().recognise(self.publication) if one.score >= _SURE}
        if sure != {self.adapter}:
            yield f"sure of it (a score of {_SURE} or more): {sorted(sure) or 'nobody'}"

    def is_deterministic(self) -> Iterator[str]:
        """A second reading is equal, also after other documents were read between."""
        host = Host(allowed=[self.adapter])
        for name, data in STRANGERS.items():
            any(_attempt(host, self.adapter, read_source(Source(name, data))))
        if host.read(self.publication, self.adapter) != self.reading:
            yield "a second reading of the same document differs from the first"

    def has_stable_paths(self) -> Iterator[str]:
        """Each path names one node, and is itself again after printing and parsing."""
        for plan in self.reading.plans:
            seen: set[str] = set()
            for item in walk(plan):
                if item.path in seen:
                    yield f"the path {item.path} names two nodes"
                seen.add(item.path)
                if format_path(parse_path(item.path)) != item.path:
                    yield f"the path {item.path} is another one after parsing"
                if resolve(plan, item.path) is not item.node:
                    yield f"the path {item.path} leads to another node"

    def is_verbatim(self) -> Iterator[str]:
        """Every text stands where its node's ``source`` says, or whole elsewhere.

        White space, line breaks and punctuation aside. Names that the form gives to its parts
        (levels, labels, kinds of cost), the municipality's, and what ``inferred`` names are the
        adapter's own words.
        """
        layout = Layout.of(self.publication)
        document = fold(self.publication.text()).text
        for plan in self.reading.plans:
            own = _own_words(plan)
            for claim in claims_of(plan):
                if not isinstance(claim, Claim) or claim.text in own:
                    continue
                printed = "".join(unit.folded.text for unit in layout.scope(claim.source).units)
                if not (_stands(claim.text, printed) or fold(claim.text).text in document):
                    yield f"{claim.text[:60]!r} does not stand at {claim.source or 'no place'}"

    def names_its_places(self) -> Iterator[str]:
        """Every source is a locator of the document."""
        for finding in self.reading.findings:
            if finding.code == "MX904":
                yield f"{finding.path}: {finding.params['source']!r} names no place of the document"

    def unread_places(self) -> tuple[str, ...]:
        """What was left over without a reason: its place and text, a line each."""
        return tuple(
            f"{one.source}\t{' '.join(one.text.split())}"
            for one in self.reading.coverage.unread_places
        )

    def keeps_ids_when_renumbered(self) -> Iterator[str]:
        """Numbers that change places change no ``id``."""
        before = _ids(self.reading.plans)
        for what, publication in renumbered(self.publication, self.reading.plans):
            after = _ids(self.read(publication).plans)
            for title in sorted(before.keys() & after.keys()):
                if before[title] != after[title]:
                    yield f"{what}: the id of {title!r} became {sorted(after[title])}"

    def has_no_errors(self) -> Iterator[str]:
        """Neither the reading nor the rules report an error."""
        findings = [*self.reading.findings]
        for plan in self.reading.plans:
            findings += validate(plan)
        for finding in findings:
            if finding.severity is Severity.ERROR:
                yield f"{finding.code} at {finding.path or finding.location}: {finding.params}"

    def survives_writing(self) -> Iterator[str]:
        """A plan that is written as TOML or JSON and loaded again is the same plan."""
        for plan in self.reading.plans:
            for form in (toml, json):
                if form.loads(form.dumps(plan)) != plan:
                    yield f"plan {plan.title!r} is another one after {form.__name__}"

    def differs_not_from_itself(self) -> Iterator[str]:
        """The diff of a plan with itself, and with a second reading, is empty."""
        again = self.read(self.publication).plans
        for plan, other in zip(self.reading.plans, again, strict=False):
            for change in (*diff(plan, plan).changes, *diff(plan, other).changes):
                yield f"{change.kind}: {change.title}"

    def bears_truncation(self) -> Iterator[str]:
        """A copy that ends anywhere is read as far as it goes, or refused with one error."""
        for cut, source in truncated(self.sources):
            try:
                publication = read_publication(source)
            except MunidxError:
                continue  # the reader of the form says what is wrong
            for fault in _attempt(Host(allowed=[self.adapter]), self.adapter, publication):
                yield f"cut at {cut}: {fault}"

    def refuses_strangers(self) -> Iterator[str]:
        """Garbage and other cities' documents are not recognised, and end in no exception."""
        host = Host(allowed=[self.adapter])
        for name, data in STRANGERS.items():
            publication = read_source(Source(name, data))
            for candidate in host.recognise(publication):
                if candidate.score >= _SURE:
                    yield f"{name} is recognised with {candidate.score}: {candidate.reasons}"
            yield from _attempt(host, self.adapter, publication)

    def parts(self) -> frozenset[str]:
        """The fields of the model that its plans fill, ``costs`` or ``owners`` for example."""
        return frozenset(
            name
            for plan in self.reading.plans
            for item in walk(plan)
            for name in _filled(item.node)
        )


def _filled(node: object) -> Iterator[str]:
    return (
        name
        for name in getattr(type(node), "__match_args__", None) or node.__slots__  # type: ignore[attr-defined]
        if getattr(node, name, None)
    )


def _attempt(host: Host, adapter: str, publication: Publication) -> Iterator[str]:
    """Read what is no document of the city; only an exception of its own code is a fault."""
    try:
        host.read(publication, adapter)
    except AdapterError as error:
        name = publication.documents[0].name
        if error.code == "adapter-failed":
            yield f"{name}: {error.params['error']} {error.params['detail']}"
        elif error.code == "adapter-reading-wrong":
            yield f"{name}: read() gave back {error.params['type']}, no sound Reading"
    except MunidxError:
        return


def _own_words(plan: Plan) -> set[str]:
    own = {plan.municipality.name, plan.municipality.prefecture} if plan.municipality else set()
    for item in walk(plan):
        own.update(getattr(item.node, "labels", ()))
        own.add(getattr(item.node, "level", ""))
        own.update(cost.category for cost in getattr(item.node, "costs", ()))
    return own


def _stands(text: str, printed: str) -> bool:
    """Whether the counted characters of ``text`` stand in ``printed``, whole or in pieces."""
    sought = fold(text).text
    if sought in printed:
        return True
    signs = iter(printed)
    if all(sign in signs for sign in sought):
        return True  # in this order, with something between: a page's end, another column
    return all(fold(part).text in printed for part in _PART.findall(text))


def _ids(plans: tuple[Plan, ...]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for plan in plans:
        for item in walk(plan):
            if isinstance(item.node, Goal | Measure):
                found.setdefault(item.node.title, set()).add(item.node.id)
    return found
