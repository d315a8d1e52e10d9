"""munidx as the diff driver and as the text converter of a real repository of git."""

import pathlib
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import pytest

Run = Callable[..., Any]
Git = Callable[..., str]

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="needs git")

MUNIDX = f"{shlex.quote(sys.executable)} -m munidx"
OLD, NEW = ("0" * 40, "100644"), ("0" * 40, "100644")


def lowered(plan: pathlib.Path, name: str = "new.toml") -> pathlib.Path:
    text = plan.read_text(encoding="utf-8")
    path = plan.with_name(name)
    path.write_text(text.replace("value = 80", "value = 75").replace('"80%"', '"75%"'), "utf-8")
    return path


@pytest.fixture
def repository(git: Git, monkeypatch: pytest.MonkeyPatch, tmp_path: pathlib.Path) -> pathlib.Path:
    folder = tmp_path / "repository"
    folder.mkdir()
    monkeypatch.chdir(folder)
    git("init", "-q")
    (folder / ".gitattributes").write_text("*.toml diff=munidx\n*.txt diff=munidx-text\n", "utf-8")
    git("config", "diff.munidx.command", f"{MUNIDX} git-driver --")
    git("config", "diff.munidx-text.textconv", f"{MUNIDX} convert")
    return folder


def test_git_diff_tells_what_changed_of_every_file(
    repository: pathlib.Path, plan: pathlib.Path, git: Git
) -> None:
    new = lowered(plan).read_bytes()
    for name in ("gone", "-odd", "計画", "other"):
        shutil.copy(plan, repository / f"{name}.toml")
    (repository / "other.toml").write_text("[tool]\nx = 1\n", encoding="utf-8")
    git("add", ".")
    git("commit", "-q", "-m", "one")
    (repository / "gone.toml").unlink()
    (repository / "other.toml").write_text("[tool]\nx = 2\n", encoding="utf-8")
    for name in ("-odd", "計画", "added"):
        (repository / f"{name}.toml").write_bytes(new)
    git("add", "--intent-to-add", "added.toml")
    told = git("diff", "--no-renames")
    assert "\x1b" not in told
    assert "The plan is removed:\n見本計画" in told
    assert "added.toml\nA new plan:\n見本計画" in told
    assert told.count("targets[2025]: 80% → 75%") == 2
    assert "other.toml\n  other.toml: The file does not say" in told
    assert "git diff --no-ext-diff shows the text" in told


def test_git_diff_of_a_renamed_file_has_both_names(
    repository: pathlib.Path, plan: pathlib.Path, git: Git
) -> None:
    shutil.copy(plan, repository / "r6.toml")
    git("add", ".")
    git("commit", "-q", "-m", "one")
    git("mv", "r6.toml", "r7.toml")
    (repository / "r7.toml").write_bytes(lowered(plan).read_bytes())
    told = git("diff", "HEAD", "-M20%")
    assert told.startswith("r6.toml → r7.toml\n")
    assert "80% → 75%" in told


def test_a_published_document_is_shown_as_canonical_text(
    repository: pathlib.Path, cities: pathlib.Path, document: pathlib.Path, git: Git,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setenv("PYTHONPATH", str(cities))
    kaku = repository / "kaku.txt"
    shutil.copy(document, kaku)
    git("add", ".")
    git("commit", "-q", "-m", "one")
    text = kaku.read_text(encoding="utf-8")
    kaku.write_text(text.replace("公園の整備", "公園の再整備"), encoding="utf-8")
    told = git("diff", "kaku.txt")
    assert re.search('\n-.*title = "公園の整備"', told)
    assert re.search('\n[+].*title = "公園の再整備"', told)
    git("config", "diff.munidx-text.textconv", f"{MUNIDX} show")
    told = git("diff", "kaku.txt")
    assert "\n-├─ 公園の整備\n+├─ 公園の再整備\n" in told


def call(old: object, new: object, name: str = "plans/plan.toml", *more: str) -> tuple[str, ...]:
    return (name, str(old), *OLD, str(new), *NEW, *more)


def test_a_change_is_told_below_the_name(run: Run, plan: pathlib.Path) -> None:
    ran = run("git-driver", "--", *call(plan, lowered(plan)))
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("plans/plan.toml\n見本計画 → 見本計画\n\nweakened (1)\n")
    assert ran.out.endswith("1 change: 1 weakened\n\n")
    assert run("git-driver", *call(plan, plan)).out == "plans/plan.toml\n  No changes.\n\n"


def test_messages_and_places_name_the_file_of_the_repository(
    run: Run, plan: pathlib.Path, cities: pathlib.Path, document: pathlib.Path
) -> None:
    assert cities
    broken = plan.with_name("git-blob-1.toml")
    broken.write_text("munidx = 1\ntitel = 2\n", encoding="utf-8")
    ran = run("git-driver", *call(plan, broken))
    assert ran.code == 0
    assert ran.out.startswith("plans/plan.toml\n  plans/plan.toml:2:1: There is no key titel")
    newer = document.with_name("git-blob-2.txt")
    newer.write_text(document.read_text("utf-8").replace("公園の整備", "公園の再整備"), "utf-8")
    ran = run("git-driver", *call(document, newer, "docs/kaku.txt"))
    assert "kaku.txt:2" in ran.out
    assert "git-blob" not in ran.out


def test_concise_and_markdown(run: Run, plan: pathlib.Path) -> None:
    sides = call(plan, lowered(plan), "plans/a_*.toml")
    ran = run("git-driver", "--format", "concise", *sides)
    assert ran.out.splitlines()[1].endswith("targets[2025]: 80% → 75%")
    ran = run("git-driver", "--format", "markdown", *sides)
    assert ran.out.startswith("**plans/a\\_\\*.toml**\n\n# 見本計画 → 見本計画\n")
    added = call("/dev/null", plan)
    ran = run("git-driver", "--format", "markdown", *added)
    assert "\n\nA new plan:\n\n    見本計画\n" in ran.out
    ran = run("git-driver", "--format", "markdown", *call(plan, plan))
    assert ran.out == "**plans/plan.toml**\n\nNo changes.\n\n"


def test_an_unmerged_file_is_told(run: Run) -> None:
    ran = run("git-driver", "plans/plan.toml")
    assert (ran.code, ran.err) == (0, "")
    assert "unmerged" in ran.out


@pytest.mark.parametrize(
    ("old", "new", "codes"),
    [
        ("plan", "lowered", (0, 1, 1)),
        ("lowered", "plan", (0, 0, 1)),
        ("plan", "plan", (0, 0, 0)),
        ("/dev/null", "plan", (0, 0, 1)),
        ("plan", "/dev/null", (0, 1, 1)),
        ("/dev/null", "/dev/null", (0, 1, 1)),
    ],
)
def test_fail_on_says_at_what_git_stops(
    run: Run, plan: pathlib.Path, old: str, new: str, codes: tuple[int, ...]
) -> None:
    files = {"plan": plan, "lowered": lowered(plan), "/dev/null": pathlib.Path("/dev/null")}
    for fail_on, code in zip(("never", "weakened", "any"), codes, strict=True):
        assert run("git-driver", "--fail-on", fail_on, *call(files[old], files[new])).code == code


@pytest.mark.parametrize("count", [2, 6, 8, 10])
def test_another_number_of_arguments_is_a_wrong_call(run: Run, count: int) -> None:
    ran = run("git-driver", *["x"] * count)
    assert (ran.code, ran.out) == (2, "")
    assert f"these are {count}" in ran.err
    assert run("git-driver", "--format", "html", "x").code == 2


def test_hostile_names_and_titles_stay_text(run: Run, plan: pathlib.Path) -> None:
    new = plan.with_name("new.toml")
    new.write_text(plan.read_text("utf-8").replace("電子申請", r"<b>\u001b[31m"), "utf-8")
    for form in ("text", "concise", "markdown"):
        for sides in ((plan, new), ("/dev/null", new), (new, "/dev/null")):
            ran = run("git-driver", "--format", form, *call(*sides, "\x1b[2J<b>.toml"))
            assert "\x1b" not in ran.out
            if form == "markdown":
                told = "\n".join(x for x in ran.out.splitlines() if not x.startswith("    "))
                assert "<b>" not in told


def test_the_pager_of_git_is_given_colours(
    run: Run, plan: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("GIT_PAGER_IN_USE", "true")
    sides = call(plan, lowered(plan))
    assert "\x1b[31m" in run("git-driver", *sides).out
    assert "\x1b" not in run("git-driver", "--format", "markdown", *sides).out
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b" not in run("git-driver", *sides).out


def test_git_stops_where_the_driver_fails_on_purpose(
    repository: pathlib.Path, plan: pathlib.Path, git: Git
) -> None:
    shutil.copy(plan, repository / "a.toml")
    git("add", ".")
    git("commit", "-q", "-m", "one")
    (repository / "a.toml").write_bytes(lowered(plan).read_bytes())
    git("config", "diff.munidx.command", f"{MUNIDX} git-driver --fail-on weakened --")
    with pytest.raises(subprocess.CalledProcessError) as caught:
        git("diff")
    assert "80% → 75%" in caught.value.stdout
