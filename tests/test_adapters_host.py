import itertools
import pathlib
import sys
from collections.abc import Callable, Iterator
from importlib.metadata import EntryPoint

import pytest

from munidx.adapters import PassReason
from munidx.adapters.host import GROUP, AdapterState, Candidate, Host
from munidx.adapters.loading import guarded
from munidx.document import Publication, Source
from munidx.errors import AdapterError
from munidx.findings import Severity
from munidx.readers import read_source

MANIFEST = """
munidx = "{needs}"
[municipality]
code = "272299"
name = "四條畷市"
prefecture = "大阪府"
[[documents]]
kind = "sectoral"
media_types = ["{media}"]
cues = ["{cue}", "事業区分"]
"""

CODE = """
from munidx.adapters import Leftover, PassReason, Reading, Recognition, hookimpl
from munidx.findings import Finding, Severity
from munidx.model import Document, Measure, Owner, Plan

class Adapter:
    def recognise(self, document):
        return {recognition}

    def read(self, document):
        name = document.documents[0].name
        return {reading}

@hookimpl
def munidx_adapter():
    return Adapter()
"""

READING = """Reading(
            plans=(Plan(title="計画", source=f"{name}#L1"),),
            leftovers=(Leftover(source=f"{name}#L2", reason=PassReason.PAGE_NUMBER),),
        )"""

DOCUMENT = "計画\n12\n事業 区分\n"

Install = Callable[..., EntryPoint]
_numbers = itertools.count()


@pytest.fixture
def install(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Install]:
    """Makes the package of a city and gives its entry point."""
    monkeypatch.syspath_prepend(tmp_path)
    made: list[str] = []

    def make(
        name: str,
        *,
        code: str = CODE,
        recognition: str = "Recognition(score=0.9, reasons=('title',))",
        reading: str = READING,
        manifest: str = MANIFEST,
        needs: str = ">=0.1",
        media: str = "text/plain",
        cue: str = "達成目標",
    ) -> EntryPoint:
        package = f"munidx_fake{next(_numbers)}_{name}"
        made.append(package)
        folder = tmp_path / package
        folder.mkdir()
        (folder / "__init__.py").touch()
        (folder / "adapter.py").write_text(
            code.replace("{recognition}", recognition).replace("{reading}", reading),
            encoding="utf-8",
        )
        if manifest:
            (folder / "adapter.toml").write_text(
                manifest.format(needs=needs, media=media, cue=cue), encoding="utf-8"
            )
        return EntryPoint(name, f"{package}.adapter", GROUP)

    yield make
    for module in [each for each in sys.modules if each.partition(".")[0] in made]:
        del sys.modules[module]


def is_loaded(entry: EntryPoint) -> bool:
    return entry.value in sys.modules


def publication(text: str = DOCUMENT) -> Publication:
    return read_source(Source("a.txt", text.encode()))


def states(host: Host) -> dict[str, str]:
    return {status.name: status.code or status.state.value for status in host.statuses()}


def failure(call: Callable[[], object]) -> AdapterError:
    with pytest.raises(AdapterError) as caught:
        call()
    return caught.value


def test_a_document_is_read_by_the_city_that_knows_it(install: Install) -> None:
    entries = [
        install("kadoma", cue="番号", manifest=MANIFEST.replace("事業区分", "種別")),
        install("shijonawate"),
        install("itami", media="text/html"),
    ]
    host = Host(entries)
    reading = host.read(publication())
    assert [plan.title for plan in reading.plans] == ["計画"]
    assert [is_loaded(entry) for entry in entries] == [False, True, False]
    (document,) = reading.plans[0].documents
    assert (document.name, document.adapter) == ("a.txt", "shijonawate")
    assert document.sha256
    assert document.media_type == "text/plain"
    assert reading.coverage.held == 2
    assert reading.coverage.passed == {PassReason.PAGE_NUMBER: 2}
    (finding,) = reading.findings
    assert (finding.code, finding.severity) == ("MX901", Severity.WARNING)
    assert finding.params == {"source": "a.txt#L3", "text": "事業 区分"}
    assert finding.location.line == 3
    assert host.problems == ()


def test_every_city_says_how_near_it_is(install: Install) -> None:
    entries = [
        install("a", media="text/html"),
        install("b", manifest=MANIFEST.replace("事業区分", "種別")),
        install("c", recognition="Recognition(score=0.4, reasons=('x', 'y'))"),
        install("d", recognition="Recognition(score=0)"),
    ]
    candidates = Host(entries).recognise(publication())
    assert candidates == (
        Candidate(name="c", score=0.4, reasons=("x", "y")),
        Candidate(name="d", score=0.0),
        Candidate(name="a", score=0.0, reasons=("media-type",)),
        Candidate(name="b", score=0.0, reasons=("cues",)),
    )
    error = failure(lambda: Host(entries).read(publication()))
    assert error.code == "adapter-unknown-document"
    assert error.params["nearest"] == (
        ("c", 0.4, ("x", "y")),
        ("d", 0.0, ()),
        ("a", 0.0, ("media-type",)),
        ("b", 0.0, ("cues",)),
    )


def test_the_surest_reads_and_ties_go_by_cues_then_name(install: Install) -> None:
    entries = [
        install("z", recognition="Recognition(score=1.0)"),
        install("y", cue="計画", recognition="Recognition(score=1)"),
        install("b"),
        install("a"),
    ]
    host = Host(entries)
    assert [each.name for each in host.recognise(publication())] == ["y", "z", "a", "b"]
    assert host.read(publication()).plans[0].documents[0].adapter == "y"


def test_only_the_one_that_is_asked_for_is_loaded(install: Install) -> None:
    entries = [install("a"), install("b", recognition="Recognition(score=0)")]
    host = Host(entries)
    assert host.read(publication(), adapter="b").plans[0].documents[0].adapter == "b"
    assert [is_loaded(entry) for entry in entries] == [False, True]
    error = failure(lambda: host.read(publication(), adapter="bb"))
    assert error.code == "adapter-unknown"
    assert error.params == {"adapter": "bb", "installed": ("a", "b"), "nearest": "b"}
    assert failure(lambda: host.read(publication(), adapter="xyz")).params["nearest"] == ""


UNREADY = [
    ({"manifest": ""}, "adapter-manifest-missing"),
    ({"manifest": "munidx ="}, "adapter-manifest-wrong"),
    ({"needs": ">=7"}, "adapter-incompatible"),
]
BROKEN = [
    ({"code": "raise RuntimeError('no')"}, "adapter-import-failed"),
    ({"code": "import sys; sys.exit(3)"}, "adapter-import-failed"),
    ({"code": "import munidx_nothing_like_it"}, "adapter-import-failed"),
    ({"code": "x = ("}, "adapter-import-failed"),
    ({"code": "class Odd(Exception):\n    __str__ = None\nraise Odd"}, "adapter-import-failed"),
    ({"code": ""}, "adapter-hook-missing"),
    ({"code": CODE.replace("@hookimpl", "")}, "adapter-hook-missing"),
    ({"code": CODE.replace("def munidx_adapter", "def munidx_adaptor")}, "adapter-hook-unknown"),
    ({"code": CODE.replace("munidx_adapter()", "munidx_adapter(city)")}, "adapter-hook-failed"),
    ({"code": CODE.replace("return Adapter()", "raise ValueError")}, "adapter-hook-failed"),
    ({"code": CODE.replace("return Adapter()", "return Adapter")}, "adapter-wrong-type"),
    ({"code": CODE.replace("return Adapter()", "return None")}, "adapter-wrong-type"),
    ({"code": CODE.replace("def read", "def reed")}, "adapter-wrong-type"),
]
HESITANT = [
    ({"recognition": "1 / 0"}, "adapter-recognise-failed"),
    ({"recognition": "exit(1)"}, "adapter-recognise-failed"),
    ({"recognition": "None"}, "adapter-recognise-wrong"),
    ({"recognition": "0.9"}, "adapter-recognise-wrong"),
    ({"recognition": "Recognition(score='high')"}, "adapter-recognise-wrong"),
    ({"recognition": "Recognition(score=True)"}, "adapter-recognise-wrong"),
    ({"recognition": "Recognition(score=1.5)"}, "adapter-recognise-wrong"),
    ({"recognition": "Recognition(score=float('nan'))"}, "adapter-recognise-wrong"),
]


@pytest.mark.parametrize(("fault", "code"), [*UNREADY, *BROKEN, *HESITANT])
def test_a_broken_city_stops_nobody_else(
    install: Install, fault: dict[str, str], code: str
) -> None:
    host = Host([install("broken", **fault), install("whole")])
    assert host.read(publication()).plans[0].documents[0].adapter == "whole"
    assert states(host) == {"broken": code, "whole": "available"}
    (problem,) = host.problems
    assert (problem.code, problem.severity) == ("MX910", Severity.WARNING)
    assert problem.params["adapter"] == "broken"
    assert problem.params["reason"] == code


@pytest.mark.parametrize(("fault", "code"), [*UNREADY, *BROKEN])
def test_a_broken_city_that_is_asked_for_is_an_error(
    install: Install, fault: dict[str, str], code: str
) -> None:
    host = Host([install("broken", **fault), install("whole")])
    error = failure(lambda: host.read(publication(), adapter="broken"))
    assert error.code == "adapter-broken"
    assert error.params["adapter"] == "broken"
    assert error.params["reason"] == code
    again = failure(lambda: host.read(publication(), adapter="broken"))
    assert again.params == error.params


@pytest.mark.parametrize(("fault", "code"), [*UNREADY, *BROKEN])
def test_check_loads_everything(install: Install, fault: dict[str, str], code: str) -> None:
    host = Host([install("broken", **fault), install("whole")])
    assert [status.code for status in host.check()] == [code, ""]
    assert [status.state for status in host.check()][1] is AdapterState.AVAILABLE


def test_what_a_status_tells(install: Install) -> None:
    host = Host([install("a", needs=">=7")], munidx="0.3")
    (status,) = host.statuses()
    assert status.state is AdapterState.INCOMPATIBLE
    assert status.params == {"needs": ">=7", "munidx": "0.3"}
    assert status.manifest is not None
    assert status.manifest.municipality.name == "四條畷市"
    misspelt = CODE.replace("def munidx_adapter", "def munidx_adaptor")
    (status,) = Host([install("b", code=misspelt)]).check()
    assert status.params == {"hook": "munidx_adaptor", "nearest": "munidx_adapter"}
    unmarked = misspelt.replace("@hookimpl", "")
    (status,) = Host([install("c", code=unmarked)]).check()
    assert status.params == {"hook": "munidx_adapter", "nearest": "munidx_adaptor"}
    (status,) = Host([install("d", code="raise KeyError('x' * 9999)")]).check()
    assert status.params["error"] == "KeyError"
    assert len(str(status.params["detail"])) == 500


def test_two_packages_of_one_name_are_used_neither(install: Install) -> None:
    first, second = install("a"), install("a")
    host = Host([first, second, first, install("b")])
    assert states(host) == {"a": "adapter-duplicate", "b": "available"}
    (problem,) = host.problems
    packages = sorted([first.value, second.value])
    assert problem.params["packages"] == tuple(packages)
    assert failure(lambda: host.read(publication(), adapter="a")).code == "adapter-broken"
    assert host.read(publication()).plans[0].documents[0].adapter == "b"
    assert not is_loaded(first)


def test_the_same_entry_twice_is_no_duplicate(install: Install) -> None:
    entry = install("a")
    assert states(Host([entry, entry])) == {"a": "available"}


def test_what_the_user_leaves_out(install: Install, monkeypatch: pytest.MonkeyPatch) -> None:
    entries = [install("a"), install("b")]
    host = Host(entries, allowed=["b"])
    assert states(host) == {"a": "adapter-excluded", "b": "available"}
    assert host.problems == ()
    assert host.read(publication()).plans[0].documents[0].adapter == "b"
    assert failure(lambda: host.read(publication(), adapter="a")).code == "adapter-broken"
    monkeypatch.setenv("MUNIDX_ADAPTERS", " a, ")
    assert states(Host(entries)) == {"a": "available", "b": "adapter-excluded"}


def test_a_city_that_fails_to_read(install: Install) -> None:
    entries = [
        install("a", recognition="Recognition(score=1)", reading="1 / 0"),
        install("b", recognition="Recognition(score=0.6)"),
        install("c", recognition="Recognition(score=0.2)"),
    ]
    assert Host(entries).read(publication()).plans[0].documents[0].adapter == "b"
    error = failure(lambda: Host(entries[::2]).read(publication()))
    assert error.code == "adapter-failed"
    assert error.params == {
        "adapter": "a",
        "error": "ZeroDivisionError",
        "detail": "division by zero",
    }
    asked = failure(lambda: Host(entries).read(publication(), adapter="a"))
    assert asked.code == "adapter-failed"


def test_the_interrupt_is_the_users(install: Install) -> None:
    host = Host([install("a", recognition="(_ for _ in ()).throw(KeyboardInterrupt())")])
    with pytest.raises(KeyboardInterrupt):
        host.read(publication())
    with pytest.raises(AdapterError):
        guarded("x", "a", lambda: sys.exit(1))


@pytest.mark.parametrize(
    ("reading", "kind"),
    [
        ("None", "NoneType"),
        ("Plan()", "Plan"),
        ("Reading(plans=[Plan()])", "list"),
        ("Reading(plans=Plan())", "Plan"),
        ("Reading(plans=(None,))", "NoneType"),
        ("Reading(findings=('x',))", "str"),
        ("Reading(leftovers=(1,))", "int"),
    ],
)
def test_a_reading_of_wrong_types(install: Install, reading: str, kind: str) -> None:
    error = failure(lambda: Host([install("a", reading=reading)]).read(publication()))
    assert error.code == "adapter-reading-wrong"
    assert error.params == {"adapter": "a", "type": kind}


def test_a_plan_of_wrong_types_is_an_error_of_the_adapter(install: Install) -> None:
    reading = "Reading(plans=(Plan(goals=(1,)),))"
    error = failure(lambda: Host([install("a", reading=reading)]).read(publication()))
    assert error.code == "adapter-reading-wrong"
    assert error.params["error"] == "AttributeError"


def test_sources_that_name_nothing_are_findings(install: Install) -> None:
    reading = """Reading(
            plans=(Plan(
                title="計画",
                source="a.txt#L1",
                measures=(
                    Measure(code="1", title="x", source="a.txt#L9"),
                    Measure(code="2", title="y", source="#", owners=(Owner(source="b#L1"),)),
                    Measure(code="3", title="z", source="a.txt#L9"),
                ),
            ),),
            findings=(Finding(code="MX999", severity=Severity.INFO),),
            leftovers=(Leftover(source="a.txt#b1", reason=PassReason.REPEAT),),
        )"""
    found = Host([install("a", reading=reading)]).read(publication("計画\n事業区分\ufffd\n"))
    told = [(finding.code, finding.path, finding.title) for finding in found.findings]
    assert told == [
        ("MX902", "", ""),
        ("MX999", "", ""),
        ("MX904", "measures[1]", "x"),
        ("MX904", "measures[2]", "y"),
        ("MX904", "measures[2]", "y"),
        ("MX904", "", ""),
        ("MX901", "", ""),
    ]
    sources = [finding.params.get("source") for finding in found.findings]
    assert sources == [None, None, "a.txt#L9", "#", "b#L1", "a.txt#b1", "a.txt#L2"]


def test_a_reading_without_a_plan_says_so(install: Install) -> None:
    found = Host([install("a", reading="Reading()")]).read(publication())
    assert [finding.code for finding in found.findings] == ["MX905", *["MX901"] * 3]
    assert found.findings[0].params == {"adapter": "a"}
    assert found.coverage.unread == 8


def test_what_only_the_adapter_knows_of_a_document_is_kept(install: Install) -> None:
    reading = """Reading(plans=(Plan(documents=(
            Document(name="a.txt", sha256="made up", url="https://example.jp/", license="CC BY"),
            Document(name="other.txt"),
        )),))"""
    found = Host([install("a", reading=reading)]).read(publication())
    (document,) = found.plans[0].documents
    assert (document.url, document.license) == ("https://example.jp/", "CC BY")
    assert document.sha256 != "made up"


def test_a_declared_coverage_is_ignored(install: Install) -> None:
    reading = "__import__('attrs').evolve(Reading(), coverage='all of it')"
    found = Host([install("a", reading=reading)]).read(publication())
    assert found.coverage.unread == 8


def test_installed_cities_are_found_by_their_entry_points() -> None:
    host = Host()
    assert [status.name for status in host.statuses()] == sorted(states(host))
    assert {"itami", "kadoma", "shijonawate", "toyonaka"} <= set(states(host))
    for status in host.statuses():
        if status.name in {"itami", "kadoma", "shijonawate", "toyonaka"}:
            assert status.distribution == f"munidx-{status.name}"
            assert status.version
