"""What the tests of the command line share: running it, plans as files, cities of our own."""

import io
import os
import pathlib
import subprocess
import sys
from collections.abc import Callable

import pytest
from attrs import frozen

from munidx.cli import main
from munidx.rules import registry


@frozen
class Ran:
    """What a call of munidx came to."""

    code: int
    out: str
    err: str


Run = Callable[..., Ran]


@pytest.fixture(autouse=True)
def _surroundings(monkeypatch: pytest.MonkeyPatch) -> None:
    """English, and no configuration but the one that a test makes."""
    for name in ("LC_ALL", "LC_MESSAGES", "MUNIDX_LANG", "MUNIDX_CONFIG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "C")
    monkeypatch.setattr(registry, "_CITIES", {})  # what one test makes known is of no other


@pytest.fixture
def run(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Call munidx in this process; ``stdin`` is what standard input holds."""

    def call(*arguments: object, stdin: bytes = b"") -> Ran:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        code = main([str(argument) for argument in arguments])
        out, err = capfd.readouterr()
        assert "Traceback" not in err
        return Ran(code, out, err)

    return call


PLAN = """\
munidx = 1
id = "272299-sectoral-sample"
title = "見本計画"

[[goals]]
code = "1"
title = "くらし"

[[goals.measures]]
code = "1"
title = "電子申請"

[[goals.measures.owners]]
name = "情報課"

[[goals.measures.indicators]]
title = "電子申請率"
direction = "increase"
unit = "%"

[[goals.measures.indicators.targets]]
year = 2025
value = 80
text = "80%"
"""


@pytest.fixture
def plan(tmp_path: pathlib.Path) -> pathlib.Path:
    """A small plan that no rule objects to, as a canonical file."""
    path = tmp_path / "plan.toml"
    path.write_text(PLAN, encoding="utf-8")
    return path


ADAPTER = '''\
"""Reads lines ``番号 題名`` below a title line into measures; each PLAN line begins a plan."""

from munidx.adapters import Leftover, PassReason, Publication, Reading, Recognition, hookimpl
from munidx.model import Measure, Municipality, Plan, PlanKind


class Adapter:
    def recognise(self, document: Publication) -> Recognition:
        first = next(document.lines()).text
        return Recognition(score=0.9 if first.startswith("架空市計画") else 0.2, reasons=("title",))

    def read(self, document: Publication) -> Reading:
        plans, leftovers, measures, title = [], [], [], None
        for line in document.lines():
            text = line.text
            if text == "爆発":
                raise RuntimeError("boom")
            if text.startswith("架空市計画"):
                if title is not None:
                    plans.append(self._plan(title, measures))
                title, measures = line, []
            elif text.startswith("頁"):
                leftovers.append(Leftover(source=str(line.place), reason=PassReason.PAGE_NUMBER))
            elif text.startswith("・"):
                measures.append(Measure(title=text[1:], source=str(line.place)))
        if title is not None:
            plans.append(self._plan(title, measures))
        return Reading(plans=tuple(plans), leftovers=tuple(leftovers))

    def _plan(self, title, measures):
        slug = title.text.removeprefix("架空市計画").strip() or "main"
        return Plan(
            id=f"999993-sectoral-{slug}",
            title=title.text,
            kind=PlanKind.SECTORAL,
            municipality=Municipality(code="", name="架空市"),
            measures=tuple(measures),
            source=str(title.place),
        )


@hookimpl
def munidx_adapter() -> Adapter:
    return Adapter()
'''

MANIFEST = """\
munidx = ">=0.1"

[municipality]
code = "999993"
name = "架空市"
prefecture = "架空県"

[[documents]]
kind = "sectoral"
title = "架空市計画"
media_types = ["text/plain"]
cues = ["架空市"]
"""


def install(folder: pathlib.Path, city: str, code: str, manifest: str = MANIFEST) -> None:
    """Put the package of a city into ``folder``, as pip would."""
    package = folder / f"munidx_{city}"
    package.mkdir(parents=True)
    (package / "__init__.py").write_text("", encoding="utf-8")
    (package / "adapter.py").write_text(code, encoding="utf-8")
    (package / "adapter.toml").write_text(manifest, encoding="utf-8")
    info = folder / f"munidx_{city}-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(
        f"Metadata-Version: 2.1\nName: munidx-{city}\nVersion: 1.0\n", encoding="utf-8"
    )
    (info / "entry_points.txt").write_text(
        f"[munidx.adapters]\n{city} = munidx_{city}.adapter\n", encoding="utf-8"
    )


@pytest.fixture
def cities(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> pathlib.Path:
    """A folder with two cities installed, and no others: kaku works, kowareta does not load."""
    folder = tmp_path / "site"
    install(folder, "kaku", ADAPTER)
    install(folder, "kowareta", 'raise RuntimeError("\\x1b[31mno\\x1b[0m")\n')
    monkeypatch.syspath_prepend(folder)
    monkeypatch.setenv("MUNIDX_ADAPTERS", "kaku,kowareta")
    for name in list(sys.modules):
        if name.startswith(("munidx_kaku", "munidx_kowareta")):
            monkeypatch.delitem(sys.modules, name)
    return folder


@pytest.fixture
def git(monkeypatch: pytest.MonkeyPatch, tmp_path: pathlib.Path) -> Callable[..., str]:
    """Call git in the current directory, with no settings but the test's own."""
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    monkeypatch.setenv("HOME", str(tmp_path))
    for role in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{role}_NAME", "munidx")
        monkeypatch.setenv(f"GIT_{role}_EMAIL", "munidx@example.com")

    def call(*arguments: str) -> str:
        done = subprocess.run(
            ["git", *arguments],  # noqa: S607 - the git that munidx finds too
            check=True,
            capture_output=True,
            encoding="utf-8",
        )
        return done.stdout

    return call


@pytest.fixture
def kaku_with(
    tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[[str], pathlib.Path]:
    """Install kaku alone, with more code in its module; the folder of packages."""

    def make(code: str) -> pathlib.Path:
        folder = tmp_path / "site"
        install(folder, "kaku", ADAPTER + code)
        monkeypatch.syspath_prepend(folder)
        monkeypatch.setenv("MUNIDX_ADAPTERS", "kaku")
        for name in list(sys.modules):
            if name.startswith("munidx_kaku"):
                monkeypatch.delitem(sys.modules, name)
        return folder

    return make


@pytest.fixture
def installed(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Put a package into a folder of packages: folder, city, code, manifest."""

    def make(folder: pathlib.Path, city: str, code: str, manifest: str) -> None:
        for name in [each for each in sys.modules if each.startswith(f"munidx_{city}")]:
            monkeypatch.delitem(sys.modules, name)
        install(folder, city, code, manifest)

    return make


@pytest.fixture
def document(tmp_path: pathlib.Path) -> pathlib.Path:
    """A document that kaku reads whole."""
    path = tmp_path / "kaku.txt"
    path.write_text("架空市計画\n・公園の整備\n・図書館の開館\n頁1\n", encoding="utf-8")
    return path
