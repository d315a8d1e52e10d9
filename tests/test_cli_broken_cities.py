"""One city's package removed, or broken in any way: every other command and city goes on."""

import importlib.metadata
import json
import pathlib
import shutil
import sys
from collections.abc import Callable, Iterator
from typing import Any, Final

import pytest

from munidx.adapters.isolation import Isolation

Run = Callable[..., Any]
Install = Callable[..., pathlib.Path]

ROOT: Final = pathlib.Path(__file__).parents[1]
BAD: Final = """
from munidx.adapters import Publication, Reading, Recognition, hookimpl
from munidx.model import Measure, Municipality, Plan

class Adapter:
    def recognise(self, document):
        return Recognition(score=0.95)

    def read(self, document):
        other = Municipality(code="272299", name="四條畷市")
        return Reading(plans=(Plan(title="他市", municipality=other, source="kaku.txt#L1"),))

@hookimpl
def munidx_adapter():
    return Adapter()
"""
MANIFEST: Final = """
munidx = ">=0.1"
[municipality]
code = "272230"
name = "門真市"
prefecture = "大阪府"
[[documents]]
kind = "sectoral"
media_types = ["text/plain"]
cues = ["架空市"]
"""
MANIFEST_OTHER: Final = MANIFEST.replace("架空市", "別の様式")
BROKEN: Final[dict[str, tuple[str, str, str]]] = {
    # how: code, manifest, what `adapters` says of it
    "raises on import": ("raise RuntimeError('no')", MANIFEST, "RuntimeError"),
    "ends on import": ("raise SystemExit(0)", MANIFEST, "SystemExit"),
    "is no Python": ("def munidx_adapter(:", MANIFEST, "SyntaxError"),
    "imports what there is not": ("import munidx_gone.parts", MANIFEST, "munidx_gone"),
    "misspells the hook": (
        BAD.replace("def munidx_adapter", "def munidx_adaptor"),
        MANIFEST,
        "munidx_adaptor",
    ),
    "lacks the hook": (BAD.replace("@hookimpl", ""), MANIFEST, "munidx_adapter"),
    "needs another munidx": (BAD, MANIFEST.replace(">=0.1", ">=99"), ">=99"),
    "has a manifest that is none": (BAD, "[", "adapter.toml"),
    "gives no adapter": (BAD.replace("return Adapter()", "return None"), MANIFEST, "NoneType"),
    "raises when asked": (
        BAD.replace("return Recognition(score=0.95)", "1 / 0"),
        MANIFEST,
        "",
    ),
    "says nothing when asked": (
        BAD.replace("return Recognition(score=0.95)", "return None"),
        MANIFEST,
        "",
    ),
    # Asked for the documents of its own form alone; what is its own is read by nobody else.
    "reads nothing": (BAD.replace("return Reading(", "Reading("), MANIFEST_OTHER, ""),
    "reads another city": (BAD, MANIFEST_OTHER, ""),
    "never ends": ("while True: pass", MANIFEST_OTHER, "3 s"),
    "eats all memory": ("x = bytearray(2**44)", MANIFEST_OTHER, "500"),
}


@pytest.fixture
def commands(
    document: pathlib.Path, plan: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> list[tuple[object, ...]]:
    """A call of every command, on a document of the city that works and on a canonical file."""
    later = document.with_name("later.txt")
    later.write_text("架空市計画\n・公園の整備\n・学校の改築\n", encoding="utf-8")
    monkeypatch.chdir(document.parent)
    document, later, plan = (pathlib.Path(each.name) for each in (document, later, plan))
    return [
        ("--version",),
        ("convert", document),
        ("show", document),
        ("validate", document, "--fail-on", "never"),
        ("diff", document, later, "--fail-on", "never"),
        ("progress", document),
        ("history", document, later),
        ("diff", plan, plan),
        ("validate", plan),
        ("rule", "MX101"),
        ("schema", "plan"),
    ]


@pytest.fixture(autouse=True)
def _bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """Bounds that a test can wait for."""

    def bounds(**_: int) -> Isolation:
        return Isolation(seconds=3, megabytes=500)

    for module in ("munidx.cli.published", "munidx.cli.adapters"):
        monkeypatch.setattr(f"{module}.Isolation", bounds)


def told(run: Run, calls: list[tuple[object, ...]]) -> list[tuple[int, str]]:
    """What each call comes to."""
    came = [run(*call) for call in calls]
    return [(ran.code, ran.out) for ran in came]


_WHOLE: Final[list[tuple[int, str]]] = []


def told_whole(run: Run, calls: list[tuple[object, ...]]) -> list[tuple[int, str]]:
    """What each call comes to where nothing is broken: the same for all tests."""
    if not _WHOLE:
        _WHOLE.extend(told(run, calls))
        assert {code for code, _ in _WHOLE} == {0}
    return _WHOLE


@pytest.mark.parametrize("how", BROKEN)
def test_a_broken_city_stops_no_command(
    *, run: Run, kaku_with: Install, installed: Install, commands: list[tuple[object, ...]],
    monkeypatch: pytest.MonkeyPatch, how: str,
) -> None:  # fmt: skip
    folder = kaku_with("")
    whole = told_whole(run, commands)
    code, manifest, says = BROKEN[how]
    installed(folder, "bad", code, manifest)
    monkeypatch.setenv("MUNIDX_ADAPTERS", "kaku,bad")
    assert told(run, commands) == whole
    if says:
        ran = run("adapters", "--check", "--format", "json")
        assert ran.code == 4
        bad = next(one for one in json.loads(ran.out)["adapters"] if one["name"] == "bad")
        assert says in bad["reason"]
        assert bad["hint"]


@pytest.mark.parametrize(
    ("code", "says"),
    [
        pytest.param("while True: pass", "3", id="never ends"),
        pytest.param("x = bytearray(2**44)", "500", id="eats all memory"),
        pytest.param("import os; os._exit(1)", "exit 1", id="ends the process"),
        pytest.param("import os; os.kill(os.getpid(), 11)", "SIGSEGV", id="crashes"),
    ],
)
def test_what_only_a_process_of_its_own_bears(
    *, run: Run, kaku_with: Install, installed: Install, document: pathlib.Path,
    monkeypatch: pytest.MonkeyPatch, code: str, says: str,
) -> None:  # fmt: skip
    folder = kaku_with("")
    whole = run("convert", document).out
    installed(folder, "bad", code, MANIFEST)
    monkeypatch.setenv("MUNIDX_ADAPTERS", "kaku,bad")
    ran = run("convert", document, "--isolate")
    assert (ran.code, ran.out) == (0, whole)
    assert "bad" in ran.err
    assert says in ran.err


def test_two_packages_of_one_name_stop_no_command(
    *, run: Run, kaku_with: Install, installed: Install, commands: list[tuple[object, ...]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    folder = kaku_with("")
    whole = told_whole(run, commands)
    installed(folder, "bad", BAD, MANIFEST)
    installed(folder, "worse", BAD, MANIFEST)
    points = folder / "munidx_worse-1.0.dist-info" / "entry_points.txt"
    points.write_text("[munidx.adapters]\nbad = munidx_worse.adapter\n", encoding="utf-8")
    monkeypatch.setenv("MUNIDX_ADAPTERS", "kaku,bad")
    assert told(run, commands) == whole
    ran = run("adapters", "--check")
    assert ran.code == 4
    assert "duplicate" in ran.out


@pytest.mark.parametrize("gone", ["all of it", "its module", "its adapter.toml", "its folder"])
def test_a_removed_city_stops_no_command(
    *, run: Run, kaku_with: Install, installed: Install, commands: list[tuple[object, ...]],
    monkeypatch: pytest.MonkeyPatch, gone: str,
) -> None:  # fmt: skip
    folder = kaku_with("")
    whole = told_whole(run, commands)
    installed(folder, "bad", BAD, MANIFEST)
    package = folder / "munidx_bad"
    if gone == "its module":
        (package / "adapter.py").unlink()
    elif gone == "its adapter.toml":
        (package / "adapter.toml").unlink()
    else:
        shutil.rmtree(package)
    if gone == "all of it":
        shutil.rmtree(folder / "munidx_bad-1.0.dist-info")
    monkeypatch.setenv("MUNIDX_ADAPTERS", "kaku,bad")
    assert told(run, commands) == whole
    assert run("adapters", "--check").code == (0 if gone == "all of it" else 4)


CITIES: Final = {
    path.parts[-4]: path
    for path in sorted(ROOT.glob("plugins/*/tests/samples/*.txt"), reverse=True)
}


@pytest.fixture
def without(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Take a city that is really installed away from what is installed."""

    def take(city: str) -> None:
        def left(**_: str) -> Iterator[importlib.metadata.EntryPoint]:
            every = importlib.metadata.entry_points(group="munidx.adapters")
            return (entry for entry in every if entry.name != city)

        monkeypatch.setattr("munidx.adapters.host.entry_points", left)
        for name in [each for each in sys.modules if each.startswith(f"munidx_{city}")]:
            monkeypatch.setitem(sys.modules, name, None)

    return take


@pytest.mark.parametrize("city", CITIES)
def test_each_of_our_cities_can_be_removed(
    run: Run, without: Callable[[str], None], city: str
) -> None:
    whole = {other: run("convert", path, "--to", "json") for other, path in CITIES.items()}
    assert {ran.code for ran in whole.values()} == {0}
    without(city)
    for other, path in CITIES.items():
        ran = run("convert", path, "--to", "json")
        assert (ran.code, ran.out) == ((4, "") if other == city else (0, whole[other].out))
