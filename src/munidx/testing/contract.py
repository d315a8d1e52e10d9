"""The contract of every adapter, as a class of tests to inherit.

::

    from munidx.testing import AdapterContract


    class TestTurku(AdapterContract):
        adapter = "turku"

Beside the test file stand ``samples/``, documents of the form (a file, or a folder of the files
of one plan), and ``golden/``, what they read as. Each sample and each requirement is a test of
its own, named ``test_is_verbatim[plan-2026.pdf]``.
"""

import inspect
from collections.abc import Collection, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Final

from attrs import evolve

from munidx.adapters.host import Host
from munidx.formats import toml
from munidx.testing.golden import compare_golden
from munidx.testing.requirements import Sample

if TYPE_CHECKING:
    import pytest

__all__ = ["AdapterContract"]

_LEAST: Final = 12
"""Characters of a reason; less is no reason."""


class AdapterContract:
    """What munidx asks of an adapter; inherit it in a test module and name the adapter.

    A requirement that a form cannot hold is exempted by name, for all samples or for one, with
    the reason in words: ``exempt = {"is_verbatim": "…"}`` or
    ``exempt = {"is_verbatim[plan-2026.pdf]": "…"}``. An exempted requirement is still run: one
    that holds after all makes its test fail, so that no exemption outlives its reason.
    """

    adapter: ClassVar[str] = ""
    """The city's slug: the name of its entry point."""
    samples: ClassVar[str] = "samples"
    """The folder of the documents, beside the test file."""
    golden: ClassVar[str] = "golden"
    """The folder of what they read as."""
    capabilities: ClassVar[Collection[str]] = ()
    """Fields of the model that the adapter fills (``targets``, ``costs``, ``owners`` …)."""
    exempt: ClassVar[Mapping[str, str]] = {}
    """Requirements that do not hold, and why."""

    def pytest_generate_tests(self, metafunc: "pytest.Metafunc") -> None:
        """Run each requirement once for each sample."""
        if "sample" in metafunc.fixturenames:
            found = self._samples()
            metafunc.parametrize("sample", found, ids=[sample.name for sample in found])

    def test_names_an_installed_adapter(self) -> None:
        """The city is installed and can be loaded: else nothing below says anything."""
        told = {status.name: status for status in Host(allowed=[self.adapter]).check()}
        state = told[self.adapter].state if self.adapter in told else "not installed"
        if state != "available":
            raise AssertionError(f"adapter {self.adapter!r} is {state}")

    def test_has_samples(self) -> None:
        """There is a document to read: a contract without one holds for everybody."""
        if not self._samples():
            raise AssertionError(f"no document in {self._folder() / self.samples}")

    def test_is_not_empty(self, sample: Sample) -> None:
        """There is a plan with a title and something in it.

        An adapter that reads nothing would hold every other requirement.
        """
        self._hold("is_not_empty", sample)

    def test_is_recognised(self, sample: Sample) -> None:
        """The document finds its city, and no other: users name no adapter."""
        self._hold("is_recognised", sample)

    def test_is_deterministic(self, sample: Sample) -> None:
        """The same document gives the same plan: else every diff shows changes nobody made."""
        self._hold("is_deterministic", sample)

    def test_has_stable_paths(self, sample: Sample) -> None:
        """Each path names one node: findings, pins and patches go by paths."""
        self._hold("has_stable_paths", sample)

    def test_is_verbatim(self, sample: Sample) -> None:
        """Every text stands in the document: nothing is invented."""
        self._hold("is_verbatim", sample)

    def test_names_its_places(self, sample: Sample) -> None:
        """Every ``source`` is a place of the document: whoever doubts a figure can look."""
        self._hold("names_its_places", sample)

    def test_reads_everything(self, sample: Sample) -> None:
        """Nothing is left over without a reason, and nothing is lost in silence.

        Where something is, each such place stands in ``golden/SAMPLE.unread``.
        """
        places = "".join(f"{place}\n" for place in sample.unread_places())
        path = self._folder() / self.golden / f"{sample.name}.unread"
        if places or path.exists():
            compare_golden(path, places)

    def test_keeps_ids_when_renumbered(self, sample: Sample) -> None:
        """Numbers that change places change no ``id``: cities reuse numbers every year."""
        self._hold("keeps_ids_when_renumbered", sample)

    def test_has_no_errors(self, sample: Sample) -> None:
        """No finding is an error: a sample is a sound document of its form."""
        self._hold("has_no_errors", sample)

    def test_survives_writing(self, sample: Sample) -> None:
        """Written as TOML or JSON and loaded again, the plan is the same."""
        self._hold("survives_writing", sample)

    def test_differs_not_from_itself(self, sample: Sample) -> None:
        """The diff of a document with itself is empty."""
        self._hold("differs_not_from_itself", sample)

    def test_bears_truncation(self, sample: Sample) -> None:
        """A copy that ends anywhere is read as far as it goes: downloads break off."""
        self._hold("bears_truncation", sample)

    def test_refuses_strangers(self, sample: Sample) -> None:
        """Garbage and other cities' documents are not recognised, and raise nothing."""
        self._hold("refuses_strangers", sample)

    def test_equals_its_golden_file(self, sample: Sample) -> None:
        """The plan is the one in ``golden/SAMPLE.toml``: a changed reading shows as a diff.

        Write the files with ``MUNIDX_GOLDEN=write pytest …`` and read them against the
        document before they are committed.
        """
        for number, plan in enumerate(sample.reading.plans, 1):
            ending = ".toml" if number == 1 else f".{number}.toml"
            # Which adapter read which bytes is told anew by every reading.
            text = toml.dumps(evolve(plan, documents=()))
            compare_golden(self._folder() / self.golden / f"{sample.name}{ending}", text)

    def test_shows_its_capabilities(self) -> None:
        """Each declared capability is seen in a sample: what is promised is tested."""
        shown = {part for sample in self._samples() for part in sample.parts()}
        missing = sorted(set(self.capabilities) - shown)
        if missing:
            raise AssertionError(f"declared, but in no sample: {', '.join(missing)}")

    def test_exemptions_have_reasons(self) -> None:
        """An exemption names a requirement and says why: it is a debt, and shown as one."""
        for name, reason in self.exempt.items():
            requirement, _, rest = name.partition("[")
            names = {sample.name for sample in self._samples()}
            if requirement not in _requirements() or (rest and rest.rstrip("]") not in names):
                raise AssertionError(f"exemption {name!r} names nothing of the contract")
            if len(reason.strip()) < _LEAST:
                raise AssertionError(f"exemption {name!r} gives no reason")

    def _hold(self, requirement: str, sample: Sample) -> None:
        faults: Iterator[str] = getattr(sample, requirement)()
        told = list(faults)
        reason = self.exempt.get(f"{requirement}[{sample.name}]") or self.exempt.get(requirement)
        if reason and not told:
            raise AssertionError(f"{requirement} holds: take the exemption away ({reason})")
        if told and not reason:
            raise AssertionError("\n".join([f"{requirement}: {len(told)} faults", *told[:20]]))

    @classmethod
    def _folder(cls) -> Path:
        return Path(inspect.getfile(cls)).parent

    @classmethod
    def _samples(cls) -> tuple[Sample, ...]:
        folder = cls._folder() / cls.samples
        found = sorted(folder.iterdir()) if folder.is_dir() else []
        return tuple(_sample(cls.adapter, path) for path in found if path.name[0] != ".")


@cache
def _sample(adapter: str, path: Path) -> Sample:
    """One sample for all its tests, so that it is read once."""
    return Sample(adapter, path)


def _requirements() -> set[str]:
    return {name for name, member in vars(Sample).items() if inspect.isgeneratorfunction(member)}
