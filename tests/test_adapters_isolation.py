"""Cities whose code misbehaves, each in a process of its own: the others go on."""

import itertools
import json
import pathlib
import sys
from collections.abc import Callable, Iterator
from importlib.metadata import EntryPoint

import pytest

from munidx.adapters import Reading
from munidx.adapters.child import respond
from munidx.adapters.contract import Leftover, PassReason, Recognition
from munidx.adapters.host import GROUP, Host
from munidx.adapters.isolation import IsolatedAdapter, Isolation
from munidx.adapters.relay import decode, encode_reading
from munidx.document import Publication, Source
from munidx.errors import AdapterError
from munidx.findings import Finding, Severity
from munidx.model import Measure, Plan
from munidx.place import Location
from munidx.readers import read_source

MANIFEST = """
munidx = "{needs}"
[municipality]
code = "272299"
name = "四條畷市"
prefecture = "大阪府"
[[documents]]
kind = "sectoral"
media_types = ["text/plain"]
cues = ["見本計画"]
"""

CODE = """
import os, sys, threading, time
from munidx.adapters import Leftover, PassReason, Reading, Recognition, hookimpl
from munidx.findings import Finding, Severity
from munidx.model import Measure, Municipality, Plan
AT_IMPORT

class Adapter:
    def recognise(self, document):
        RECOGNISE
        return Recognition(score=SCORE, reasons=("title",))

    def read(self, document):
        READ
        measure = Measure(title="植樹", source="a.txt#L3")
        return Reading(
            plans=(Plan(title="見本計画", measures=(measure,), source="a.txt#L1"),),
            findings=(Finding(code="MX920", severity=Severity.WARNING,
                              params={"text": "欄外", "cells": ("a", 1, None, 1.5)}),),
            leftovers=(Leftover(source="a.txt#L5", reason=PassReason.PAGE_NUMBER),),
        )

@hookimpl
def HOOK():
    return Adapter()
"""

DOCUMENT = "見本計画\n\n植樹\n\n5\n"
BOUNDS = Isolation(seconds=20, megabytes=600)

Make = Callable[..., EntryPoint]
_numbers = itertools.count()


@pytest.fixture
def make(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Make]:
    """Makes the package of a city and gives its entry point."""
    monkeypatch.syspath_prepend(tmp_path)
    made: list[str] = []

    def build(
        name: str = "mihon",
        *,
        needs: str = ">=0.1",
        read: str = "pass",
        recognise: str = "pass",
        at_import: str = "",
        score: str = "0.9",
        hook: str = "munidx_adapter",
    ) -> EntryPoint:
        package = f"munidx_isolated{next(_numbers)}"
        made.append(package)
        folder = tmp_path / package
        folder.mkdir()
        (folder / "__init__.py").touch()
        code = CODE.replace("AT_IMPORT", at_import).replace("RECOGNISE", recognise)
        code = code.replace("READ", read, 1).replace("SCORE", score).replace("HOOK", hook)
        (folder / "adapter.py").write_text(code, encoding="utf-8")
        (folder / "adapter.toml").write_text(MANIFEST.format(needs=needs), encoding="utf-8")
        return EntryPoint(name, f"{package}.adapter", GROUP)

    yield build
    for module in [each for each in sys.modules if each.partition(".")[0] in made]:
        del sys.modules[module]


def publication(text: str = DOCUMENT) -> Publication:
    return read_source(Source("a.txt", text.encode()))


def failure(call: Callable[[], object]) -> AdapterError:
    with pytest.raises(AdapterError) as caught:
        call()
    return caught.value


def test_a_reading_is_the_same_in_a_process_of_its_own(make: Make) -> None:
    entry = make()
    near = Host([entry]).read(publication())
    far = Host([entry], isolation=BOUNDS).read(publication())
    assert far == near
    assert [finding.code for finding in far.findings] == ["MX920"]
    assert far.coverage.unread == 0


def test_what_a_city_prints_and_starts_is_no_answer(make: Make) -> None:
    noisy = "print('{}'); sys.stdout.flush(); os.write(1, b'{}'); "
    noisy += "threading.Thread(target=time.sleep, args=(60,)).start()"
    host = Host([make(read=noisy)], isolation=BOUNDS)
    assert host.read(publication()).plans[0].title == "見本計画"


_HOSTILE = [
    pytest.param({"at_import": "raise SystemExit(3)"}, "adapter-import-failed", id="raises"),
    pytest.param({"at_import": "os._exit(3)"}, "adapter-crashed", id="ends the process"),
    pytest.param({"at_import": "os.kill(os.getpid(), 11)"}, "adapter-crashed", id="signal"),
    pytest.param({"hook": "munidx_adaptor"}, "adapter-hook-unknown", id="misspelt hook"),
    pytest.param({"recognise": "return None"}, "adapter-recognise-wrong", id="nothing said"),
    pytest.param({"recognise": "1 / 0"}, "adapter-recognise-failed", id="raises when asked"),
    pytest.param({"recognise": "bytearray(2**40)"}, "adapter-memory", id="memory when asked"),
    pytest.param({"score": "7"}, "adapter-recognise-wrong", id="no score"),
]


@pytest.mark.parametrize(("faults", "code"), _HOSTILE)
def test_a_hostile_city_stops_no_other(make: Make, faults: dict[str, str], code: str) -> None:
    host = Host([make("bad", **faults), make("good")], isolation=BOUNDS)
    assert host.read(publication()).plans[0].title == "見本計画"
    states = {status.name: status.code for status in host.statuses()}
    assert states == {"bad": code, "good": ""}
    (problem,) = host.problems
    assert (problem.code, problem.params["adapter"]) == ("MX910", "bad")


@pytest.mark.parametrize(
    ("read", "code", "told"),
    [
        pytest.param("bytearray(2**40)", "adapter-memory", {"megabytes": 600}, id="memory"),
        pytest.param(
            "1 / 0", "adapter-failed", {"error": "ZeroDivisionError"}, id="raises while it reads"
        ),
        pytest.param("return None", "adapter-reading-wrong", {"type": "NoneType"}, id="nothing"),
        pytest.param(
            "return Reading(plans=(Plan(title=7),))",
            "adapter-reading-wrong",
            {"type": "PlanError"},
            id="no plan",
        ),
        pytest.param(
            "os._exit(0)", "adapter-reading-wrong", {"type": "JSONDecodeError"}, id="mute"
        ),
        pytest.param("os._exit(9)", "adapter-crashed", {"status": "exit 9"}, id="exit"),
        pytest.param(
            "os.kill(os.getpid(), 11)", "adapter-crashed", {"status": "SIGSEGV"}, id="segfault"
        ),
        pytest.param(
            "os.kill(os.getpid(), 40)", "adapter-crashed", {"status": "signal 40"}, id="signal"
        ),
    ],
)
def test_what_happens_while_it_reads_is_one_error(
    make: Make, read: str, code: str, told: dict[str, object]
) -> None:
    host = Host([make(read=read)], isolation=BOUNDS)
    error = failure(lambda: host.read(publication()))
    assert error.code == code
    assert error.params["adapter"] == "mihon"
    assert told.items() <= error.params.items()


def test_a_city_that_never_ends_is_ended(make: Make) -> None:
    host = Host([make(read="time.sleep(600)")], isolation=Isolation(seconds=3))
    error = failure(lambda: host.read(publication(), "mihon"))
    assert (error.code, error.params) == ("adapter-timeout", {"adapter": "mihon", "seconds": 3})


def test_every_city_is_checked_in_a_process_of_its_own(make: Make) -> None:
    entries = [
        make("broken", at_import="1 / 0"),
        make("fine"),
        make("later", needs=">=99"),
        make("twice"),
        make("twice"),
    ]
    host = Host(entries, isolation=BOUNDS)
    states = {status.name: (status.state.value, status.code) for status in host.check()}
    assert states == {
        "broken": ("broken", "adapter-import-failed"),
        "fine": ("available", ""),
        "later": ("incompatible", "adapter-incompatible"),
        "twice": ("duplicate", "adapter-duplicate"),
    }
    assert not [entry.value for entry in entries if entry.value in sys.modules]


@pytest.mark.parametrize("isolation", [None, BOUNDS])
def test_a_plan_of_another_city_is_told(make: Make, isolation: Isolation | None) -> None:
    other = 'return Reading(plans=(Plan(title="見本計画", source="a.txt#L1", municipality='
    other += 'Municipality(code="272230", name="門真市")),))'
    reading = Host([make(read=other)], isolation=isolation).read(publication())
    (finding,) = [finding for finding in reading.findings if finding.code == "MX909"]
    assert finding.severity is Severity.ERROR
    assert finding.params == {
        "adapter": "mihon",
        "expected": "四條畷市 (272299)",
        "found": "門真市 (272230)",
    }


def test_the_child_answers_for_one_call(make: Make) -> None:
    entry = make()
    assert decode(respond(entry, "load", None), "x").error == ""
    said = decode(respond(entry, "recognise", publication()), "x").recognition
    assert said == Recognition(score=0.9, reasons=("title",))
    reading = decode(respond(entry, "read", publication()), "x").reading
    assert reading.plans[0].measures == (Measure(title="植樹", source="a.txt#L3"),)
    broken = decode(respond(make(recognise="1 / 0"), "recognise", publication()), "x")
    assert (broken.error, broken.params["error"]) == (
        "adapter-recognise-failed",
        "ZeroDivisionError",
    )
    wrong = decode(respond(make(read="return 7"), "read", publication()), "x")
    assert (wrong.error, wrong.params["type"]) == ("adapter-reading-wrong", "int")
    bad = decode(respond(make(read="return Reading(plans=(3,))"), "read", publication()), "x")
    assert bad.error == "adapter-reading-wrong"


def test_a_reading_is_the_same_after_the_way() -> None:
    location = Location(document="a.txt", line=3, column=2, page=1, cell="c2")
    deep: object = "end"
    for _ in range(20):
        deep = (deep,)
    reading = Reading(
        plans=(Plan(title="甲"), Plan(title="乙")),
        findings=(
            Finding(
                code="MX920",
                severity=Severity.INFO,
                params={"a": (1, (2.5, "x")), "b": {"c": True}, "d": None},
                path="goals[1]",
                title="丙",
                field="title",
                location=location,
            ),
            Finding(code="MX901", severity=Severity.WARNING, params={"deep": deep, "s": {1}}),
        ),
        leftovers=(Leftover(source="a.txt#L1"), Leftover(source="a", reason=PassReason.REPEAT)),
    )
    told = decode(encode_reading(reading), "x").reading
    assert told.plans == reading.plans
    assert told.leftovers == reading.leftovers
    assert told.findings[0] == reading.findings[0]
    assert told.findings[1].params["s"] == "{1}"
    assert "end" in str(told.findings[1].params["deep"])


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"[]",
        b"7",
        b"\xff",
        b'{"plans": ["{}"]}',
        b'{"plans": [], "findings": [{}], "leftovers": []}',
        json.dumps({"plans": [], "findings": [], "leftovers": [{"source": "", "reason": "bored",
                    "text": ""}]}).encode(),
        b'{"score": "high", "reasons": []}',
        b'{"error": "x", "params": 7}',
        b"[" * 100_000,
    ],
)  # fmt: skip
def test_an_answer_that_is_none_is_one_error(data: bytes) -> None:
    error = failure(lambda: decode(data, "mihon"))
    assert (error.code, error.params["adapter"]) == ("adapter-reading-wrong", "mihon")


def test_a_call_names_the_city(make: Make) -> None:
    adapter = IsolatedAdapter("mihon", make(), BOUNDS)
    adapter.load()
    assert adapter.recognise(publication()).score == 0.9
