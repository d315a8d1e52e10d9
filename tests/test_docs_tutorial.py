"""The tutorial and the page on ``munidx new-adapter``, step by step, as a reader would do them.

Installing is imitated, for it asks the network; and outside CI ``pytest`` runs where later steps
need what it writes, and then the quick ones of a city's tests alone.
"""

import os
import pathlib
import re
import shutil
import subprocess
import sys

import pytest

ROOT = pathlib.Path(__file__).parents[1]
SAMPLES = ROOT / "examples" / "tutorial"
BLOCK = re.compile(r"^```(console|diff)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
QUICK = "golden or everything or capabilities"
WHOLE = os.environ.get("MUNIDX_PROFILE") == "ci"


def steps(page: str) -> list[tuple[str, str]]:
    """The commands of a page with what they print, and its changes of files."""
    found: list[tuple[str, str]] = []
    for kind, text in BLOCK.findall((ROOT / "docs" / page).read_text(encoding="utf-8")):
        if kind == "diff":
            found.append(("git apply --whitespace=nowarn -", text))
            continue
        for part in re.split(r"^\$ ", text, flags=re.MULTILINE)[1:]:
            command, _, printed = part.partition("\n")
            found.append((command, printed))
    return found


def install(folder: pathlib.Path) -> None:
    for project in folder.glob("munidx-*/pyproject.toml"):
        city = project.parent.name.removeprefix("munidx-")
        info = project.parent / "src" / f"munidx_{city}-0.1.0.dist-info"
        info.mkdir(exist_ok=True)
        named = f"Name: munidx-{city}\nVersion: 0.1.0\n"
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\n{named}")
        entry = f"[munidx.adapters]\n{city} = munidx_{city}.adapter\n"
        (info / "entry_points.txt").write_text(entry)


def fits(printed: str, told: str) -> bool:
    """Whether ``printed`` is what the page tells; … stands for anything."""
    parts = re.split("(…)", told.strip())
    pattern = "".join(".*?" if part == "…" else re.escape(part) for part in parts)
    return re.fullmatch(pattern, printed.strip(), re.DOTALL) is not None


def do(command: str, told: str, folder: pathlib.Path) -> str:
    """What ``command`` prints."""
    path = f"{pathlib.Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    code = os.pathsep.join(str(one) for one in folder.glob("munidx-*/src"))
    environ = {
        **{key: value for key, value in os.environ.items() if not key.startswith("COV_")},
        "PATH": path,
        "PYTHONPATH": code,
        "LANG": "C.UTF-8",
        "NO_COLOR": "1",
        "PYTHONDONTWRITEBYTECODE": "1",
        "MUNIDX_ADAPTERS": "mihon",
        "PYTEST_ADDOPTS": "-p no:cacheprovider" + ("" if WHOLE else f" -k '{QUICK}'"),
    }
    ran = subprocess.run(
        ["bash", "-c", command],  # noqa: S607 - the shell of the page's reader
        cwd=folder,
        env=environ,
        input=told if command.startswith("git apply") else "",
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=False,
    )
    return ran.stdout


def partly(told: str) -> str:
    """The outcome of tests of which but the quick ones ran."""
    return told if WHOLE else re.sub(r"\d+ passed", "… passed", told)


@pytest.mark.parametrize("page", ["tutorial.md", "new-adapter.md"])
def test_every_step_does_what_the_page_says(page: str, tmp_path: pathlib.Path) -> None:
    for sample in SAMPLES.iterdir():
        if sample.suffix in {".xlsx", ".pdf"}:
            shutil.copy(sample, tmp_path)
    done = steps(page)
    assert done
    for command, told in done:
        if command.startswith("pip install -e"):
            install(tmp_path)
            continue
        if command.startswith("pytest") and not WHOLE:
            continue
        printed = do(command, told, tmp_path)
        if "pytest" in command:
            told = partly(told)  # noqa: PLW2901 - told of fewer tests
        if command.startswith("git apply"):
            assert printed == "", printed
        else:
            assert fits(printed, told), f"$ {command}\n{printed}"


def test_the_tutorial_asks_for_few_lines() -> None:
    changes = "".join(text for command, text in steps("tutorial.md") if "git apply" in command)
    written = re.findall(r"^\+(?!\+\+).*", changes, re.MULTILINE)
    assert 0 < len(written) <= 40
