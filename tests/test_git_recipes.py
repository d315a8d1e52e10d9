"""What git hosts and pre-commit read: the hooks' list and the composite action, run for real."""

import os
import pathlib
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import pytest
import yaml

from munidx.formats import FORMATS

Git = Callable[..., str]

ROOT = pathlib.Path(__file__).parents[1]
ACTION = yaml.safe_load((ROOT / ".github/actions/diff/action.yml").read_text("utf-8"))
HOOKS = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
STEPS = {step["id"]: step for step in ACTION["runs"]["steps"]}

pytestmark = pytest.mark.skipif(
    shutil.which("git") is None or shutil.which("bash") is None, reason="needs git and bash"
)

WORDS = ("MUNIDX_CITY", "MUNIDX_LANG")
"""Inputs that reach munidx; the others are for git."""
HOSTILE = "$(touch pwned) `touch pwned` ; touch pwned #' \" && touch pwned"


def tracked(path: str) -> bool:
    """Whether a hook is given the file at ``path``."""
    return re.search(HOOKS[0]["files"], path) is not None


@pytest.fixture
def programs(tmp_path: pathlib.Path) -> pathlib.Path:
    """A folder with munidx in it, as a runner's path would have."""
    folder = tmp_path / "bin"
    folder.mkdir()
    munidx = folder / "munidx"
    munidx.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m munidx "$@"\n', "utf-8")
    munidx.chmod(0o755)
    return folder


@pytest.fixture
def repository(
    git: Git,
    plan: pathlib.Path,
    programs: pathlib.Path,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: pathlib.Path,
) -> pathlib.Path:
    """Two commits: in the second a target is lowered, and a plan is new."""
    folder = tmp_path / "repository"
    (folder / "plans").mkdir(parents=True)
    monkeypatch.chdir(folder)
    monkeypatch.setenv("PATH", f"{programs}{os.pathsep}{os.environ['PATH']}")
    git("init", "-q")
    shutil.copy(plan, folder / "plans" / "a.toml")
    git("add", ".")
    git("commit", "-q", "-m", "one")
    text = plan.read_text("utf-8")
    (folder / "plans" / "a.toml").write_text(
        text.replace("value = 80", "value = 75").replace('"80%"', '"75%"'), "utf-8"
    )
    (folder / "plans" / "b.toml").write_text(text, "utf-8")
    git("add", ".")
    git("commit", "-q", "-m", "two")
    return folder


def test_the_hooks_are_of_the_form_that_pre_commit_reads() -> None:
    assert [hook["id"] for hook in HOOKS] == ["munidx-validate", "munidx-diff"]
    for hook in HOOKS:
        assert set(hook) <= {
            *("id", "name", "description", "entry", "language", "files"),
            *("require_serial", "verbose"),
        }
        assert hook["language"] == "python"
        assert all(isinstance(hook[key], str) for key in ("name", "entry", "files"))
    assert tracked("plans/r6.toml")
    assert tracked("city/plan/r6.json")
    assert not tracked("pyproject.toml")
    assert not tracked("plans/r6.txt")
    assert set(FORMATS) == {"toml", "json"}


@pytest.mark.parametrize(("place", "code"), [(0, 0), (1, 0)])
def test_the_hooks_run_on_what_is_staged(
    repository: pathlib.Path, git: Git, place: int, code: int
) -> None:
    path = repository / "plans" / "b.toml"
    path.write_text(path.read_text("utf-8").replace("見本計画", "見本の計画"), "utf-8")
    git("add", ".")
    entry = [*shlex.split(HOOKS[place]["entry"]), "plans/b.toml"]
    done = subprocess.run(entry, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == code, done.stderr
    if place:
        assert done.stdout.startswith("plans/b.toml\n")
        assert "見本計画 → 見本の計画" in done.stdout


def test_the_hook_stops_a_plan_with_a_fault(repository: pathlib.Path) -> None:
    path = repository / "plans" / "b.toml"
    path.write_text(path.read_text("utf-8").replace('title = "くらし"', "titel = 1"), "utf-8")
    entry = [*shlex.split(HOOKS[0]["entry"]), "plans/b.toml"]
    done = subprocess.run(entry, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 3
    assert "There is no key titel" in done.stderr


def test_the_settings_of_the_guide_work(repository: pathlib.Path, git: Git) -> None:
    """As docs/git.md has them, with a published document beside the plans."""
    guide = (ROOT / "docs" / "git.md").read_text("utf-8")
    blocks = dict(re.findall(r"```(text|sh)\n(.*?)```", guide, re.DOTALL))
    (repository / ".gitattributes").write_text(blocks["text"], "utf-8")
    subprocess.run(["sh", "-e", "-c", blocks["sh"]], check=True)  # noqa: S607
    published = repository / "published"
    published.mkdir()
    shutil.copy(ROOT / "examples" / "nawate-r6.txt", published / "dx.txt")
    git("add", ".")
    git("commit", "-q", "-m", "three")
    shutil.copy(ROOT / "examples" / "nawate-r7.txt", published / "dx.txt")
    told = git("diff", "published")
    assert '+label = "(令和7年度)更新"' in told
    assert "80% → 75%" in git("log", "-p", "-1", "--ext-diff", "HEAD~1", "--", "plans/a.toml")
    assert "+value = 75" in git("diff", "--no-ext-diff", "HEAD~2", "HEAD", "plans/a.toml")


def run_step(
    name: str, folder: pathlib.Path, **variables: str
) -> "subprocess.CompletedProcess[str]":
    """Run a step of the action as a runner does."""
    step = STEPS[name]
    assert step["shell"] == "bash"
    environment = dict.fromkeys(step["env"], "") | {
        "RUNNER_TEMP": str(folder),
        "GITHUB_STEP_SUMMARY": str(folder / "summary.md"),
        "GITHUB_PATH": str(folder / "path"),
        "GITHUB_ACTION_PATH": "/action/.github/actions/diff",
        **variables,
    }
    script = folder / "step.sh"
    script.write_text(step["run"], "utf-8")
    return subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", script],  # noqa: S607
        capture_output=True,
        encoding="utf-8",
        check=False,
        env={**os.environ, **environment},
    )


def compare(folder: pathlib.Path, **variables: str) -> tuple[int, str, str]:
    """Exit code, summary and log of the comparing step."""
    given = {"MUNIDX_PATHS": "plans\n", "MUNIDX_BASE": "HEAD~1", "MUNIDX_FAIL_ON": "never"}
    done = run_step("compare", folder, **{**given, **variables})
    summary = folder / "summary.md"
    told = summary.read_text("utf-8") if summary.exists() else ""
    return done.returncode, told, done.stdout + done.stderr


def test_no_input_is_put_into_a_script() -> None:
    for step in STEPS.values():
        assert "${{" not in step["run"]
        assert all("${{" in value for value in step["env"].values())
    named = {name for step in STEPS.values() for name in re.findall(r"inputs\.([\w-]+)", str(step))}
    assert named == set(ACTION["inputs"])
    assert all(given["description"] for given in ACTION["inputs"].values())
    assert ACTION["runs"]["using"] == "composite"


def test_the_summary_tells_what_changed(repository: pathlib.Path, tmp_path: pathlib.Path) -> None:
    assert repository
    code, summary, log = compare(tmp_path)
    assert (code, log) == (0, "")
    assert summary.startswith("**plans/a.toml**\n\n# 見本計画 → 見本計画\n")
    assert "80% → 75%" in summary
    assert "**plans/b.toml**\n\nA new plan:\n" in summary
    code, summary, _ = compare(tmp_path, MUNIDX_LANG="ja", MUNIDX_PATHS="plans/b.toml")
    assert "新しい計画です：" in summary


@pytest.mark.parametrize(
    ("fail_on", "paths", "code"),
    [
        ("weakened", "plans", 1),
        ("weakened", "plans/b.toml", 0),
        ("any", "plans/b.toml", 1),
        ("any", "other", 0),
        ("sometimes", "plans", 2),
        (HOSTILE, "plans", 2),
        ("never", "\n", 2),
    ],
)
def test_the_step_fails_as_asked(
    repository: pathlib.Path, tmp_path: pathlib.Path, fail_on: str, paths: str, code: int
) -> None:
    got, summary, log = compare(tmp_path, MUNIDX_FAIL_ON=fail_on, MUNIDX_PATHS=paths)
    assert got == code
    assert ("::error::" in log) == (code != 0)
    assert bool(summary) == (code != 2 and paths != "other")
    assert not (repository / "pwned").exists()


@pytest.mark.parametrize("name", ["MUNIDX_PATHS", "MUNIDX_BASE", "MUNIDX_CITY", "MUNIDX_LANG"])
@pytest.mark.parametrize("value", [HOSTILE, "--output=pwned"])
def test_hostile_inputs_are_no_code_and_no_option(
    repository: pathlib.Path, programs: pathlib.Path, tmp_path: pathlib.Path, name: str, value: str
) -> None:
    """With a munidx that only notes what it was called with, a word a line."""
    (programs / "munidx").write_text(
        '#!/bin/sh\nprintf "%s\\n" "$@" "$MUNIDX_LANG" >> "$RUNNER_TEMP/told"\n', "utf-8"
    )
    compare(tmp_path, **{"MUNIDX_PATHS": "plans/b.toml", "MUNIDX_FAIL_ON": "any", name: value})
    assert not (repository / "pwned").exists()
    told = (tmp_path / "told").read_text("utf-8").splitlines() if name in WORDS else []
    # Called twice: for the summary, and for the failure.
    assert told.count(value) == (2 if name in WORDS else 0)


def test_a_plan_that_cannot_be_read_is_told_and_fails_nothing(
    repository: pathlib.Path, tmp_path: pathlib.Path, git: Git
) -> None:
    (repository / "plans" / "a.toml").write_text("munidx = 1\ntitel = 1\n", "utf-8")
    git("commit", "-q", "-a", "-m", "three")
    code, summary, _ = compare(tmp_path, MUNIDX_FAIL_ON="any", MUNIDX_PATHS="plans/a.toml")
    assert code == 0
    assert "There is no key titel" in summary


def test_a_base_that_a_shallow_clone_lacks_is_fetched(
    repository: pathlib.Path, tmp_path: pathlib.Path, git: Git, monkeypatch: pytest.MonkeyPatch
) -> None:
    base = git("rev-parse", "HEAD~1").strip()
    git("config", "uploadpack.allowAnySHA1InWant", "true")
    git("clone", "-q", "--depth=1", repository.as_uri(), str(tmp_path / "shallow"))
    monkeypatch.chdir(tmp_path / "shallow")
    code, summary, _ = compare(tmp_path, MUNIDX_BASE=base, MUNIDX_PATHS="plans/a.toml")
    assert code == 0
    assert "80% → 75%" in summary


def test_a_summary_beyond_the_bound_is_cut(
    repository: pathlib.Path, programs: pathlib.Path, tmp_path: pathlib.Path
) -> None:
    assert repository
    (programs / "munidx").write_text("#!/bin/sh\nyes 計画の目標 | head -c 1200000\n", "utf-8")
    code, summary, _ = compare(tmp_path)
    assert code == 0
    assert 900_000 < len(summary.encode()) < 1_000_100
    assert summary.endswith("計画の目標\n\n…\n")


@pytest.mark.parametrize(
    ("packages", "told"),
    [
        ("", ["/action/.github/actions/diff/../../.."]),
        ("munidx[html]>=0.1\n\nmunidx-itami\n", ["munidx[html]>=0.1", "munidx-itami"]),
        (HOSTILE, [HOSTILE]),
        ("--pre", ["--pre"]),
    ],
)
def test_what_is_asked_for_is_installed(
    programs: pathlib.Path,
    tmp_path: pathlib.Path,
    monkeypatch: pytest.MonkeyPatch,
    packages: str,
    told: list[Any],
) -> None:
    """With a Python that only notes what it was called with."""
    python = programs / "python3"
    python.write_text(
        '#!/bin/sh\nif [ "$2" = venv ]; then mkdir -p "$3/bin"; cp "$0" "$3/bin/python"; else\n'
        'printf "%s\\n" "$@" > "$RUNNER_TEMP/told"; fi\n',
        "utf-8",
    )
    python.chmod(0o755)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PATH", f"{programs}{os.pathsep}{os.environ['PATH']}")
    done = run_step("install", tmp_path, MUNIDX_PACKAGES=packages)
    assert done.returncode == 0, done.stderr
    words = (tmp_path / "told").read_text("utf-8").splitlines()
    assert words[: words.index("--")] == [
        *("-m", "pip", "install", "--quiet", "--disable-pip-version-check")
    ]
    assert words[words.index("--") + 1 :] == told
    assert (tmp_path / "path").read_text("utf-8") == f"{tmp_path}/munidx/bin\n"
    assert not (tmp_path / "pwned").exists()
