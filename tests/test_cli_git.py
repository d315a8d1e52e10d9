"""Revisions as arguments, in a real repository of git."""

import pathlib
import shutil
import subprocess
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from munidx.cli.git import Revision, open_revision, parse_revision
from munidx.errors import SourceError
from munidx.readers import Limits
from munidx.testing.profiles import examples

Run = Callable[..., Any]
Git = Callable[..., str]

pytestmark = [
    pytest.mark.skipif(shutil.which("git") is None, reason="needs git"),
    pytest.mark.usefixtures("git"),  # no settings of whoever runs the tests
]


@pytest.fixture
def repository(
    plan: pathlib.Path, git: Git, monkeypatch: pytest.MonkeyPatch, tmp_path: pathlib.Path
) -> pathlib.Path:
    """A repository with a plan in plans/, retitled since its only commit; we stand at its top."""
    folder = tmp_path / "repository"
    (folder / "plans").mkdir(parents=True)
    target = plan.rename(folder / "plans" / "plan.toml")
    monkeypatch.chdir(folder)
    git("init", "-q")
    (folder / "plans" / "latest.toml").symlink_to("plan.toml")
    (folder / "empty.toml").touch()
    git("add", ".")
    git("commit", "-q", "-m", "one: a plan")
    text = target.read_text(encoding="utf-8")
    target.write_text(text.replace("見本計画", "見本の計画"), encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("argument", "told"),
    [
        ("HEAD:plan.toml", Revision("HEAD", "plan.toml")),
        ("HEAD~1:plans/令和6.toml", Revision("HEAD~1", "plans/令和6.toml")),
        ("HEAD^{/fix: it}:a:b.toml", Revision("HEAD^{/fix: it}", "a:b.toml")),
        (":plan.toml", Revision("", "plan.toml")),
        (":2:plan.toml", Revision("", "2:plan.toml")),
        ("v1.0:./plan.toml", Revision("v1.0", "./plan.toml")),
        ("C:plan.toml", Revision("C", "plan.toml")),
        ("C:\\plans\\plan.toml", None),
        ("c:/plans/plan.toml", None),
        ("https://example.com/plan.toml", None),
        ("plan.toml", None),
        ("HEAD:", None),
        ("HEAD{:plan.toml", None),
        ("HEAD:a\nHEAD:b", None),
        ("HEAD:a\0b", None),
        ("", None),
    ],
)
def test_what_names_a_revision(argument: str, told: Revision | None) -> None:
    assert parse_revision(argument) == told


@examples(300)
@given(st.text(alphabet="aH:{}/\\.~^-\n", max_size=12))
def test_what_was_parsed_is_written_alike_property(argument: str) -> None:
    found = parse_revision(argument)
    assert found is None or str(found) == argument


@pytest.mark.parametrize(
    "argument",
    [
        "HEAD:plans/plan.toml",
        "HEAD:./plans/plan.toml",
        "HEAD:plans/latest.toml",
        ":plans/plan.toml",
        ":0:plans/plan.toml",
        "HEAD^{/one: a}:plans/plan.toml",
    ],
)
def test_a_revision_is_a_plan(run: Run, repository: pathlib.Path, argument: str) -> None:
    assert repository
    ran = run("diff", argument, "plans/plan.toml")
    assert (ran.code, ran.err) == (1, "")
    assert "見本計画 → 見本の計画" in ran.out
    assert run("diff", argument, "HEAD:plans/plan.toml").code == 0


@pytest.mark.parametrize("argument", ["HEAD:plan.toml", "HEAD:./plan.toml", ":0:plan.toml"])
def test_a_path_may_be_told_from_where_one_stands(
    run: Run, repository: pathlib.Path, monkeypatch: pytest.MonkeyPatch, argument: str
) -> None:
    monkeypatch.chdir(repository / "plans")
    ran = run("diff", argument, "plan.toml")
    assert (ran.code, ran.err) == (1, "")


def test_the_path_of_git_comes_before_the_one_from_here(
    repository: pathlib.Path, git: Git, monkeypatch: pytest.MonkeyPatch
) -> None:
    (repository / "plan.toml").write_text("munidx = 1\n", encoding="utf-8")
    git("add", ".")
    monkeypatch.chdir(repository / "plans")
    assert open_revision(Revision("", "plan.toml")).data == b"munidx = 1\n"
    assert open_revision(Revision("", "./plan.toml")).data != b"munidx = 1\n"


@pytest.mark.parametrize(
    ("command", "code"),
    [(("convert",), 0), (("validate", "--fail-on", "never"), 0), (("show",), 0)],
)
def test_every_command_takes_a_revision(
    run: Run, repository: pathlib.Path, command: tuple[str, ...], code: int
) -> None:
    assert repository
    ran = run(command[0], "HEAD:plans/plan.toml", *command[1:])
    assert ran.code == code
    assert ran.out


def test_findings_name_the_revision(run: Run, repository: pathlib.Path) -> None:
    assert repository
    ran = run("validate", ":plans/plan.toml", "--format", "concise", "--fail-on", "never")
    assert ran.out == "" or ran.out.startswith(":plans/plan.toml:")


def test_a_plan_in_a_revision_can_be_named(run: Run, repository: pathlib.Path) -> None:
    assert repository
    ran = run("show", "HEAD:plans/plan.toml::272299-sectoral-sample")
    assert (ran.code, ran.err) == (0, "")
    assert run("show", "HEAD:plans/plan.toml::other").code == 2


def test_a_document_in_a_revision_is_read(
    run: Run, repository: pathlib.Path, cities: pathlib.Path, document: pathlib.Path, git: Git
) -> None:
    assert cities
    document = document.rename(repository / "kaku.txt")
    git("add", "kaku.txt")
    text = document.read_text(encoding="utf-8")
    document.write_text(text.replace("公園の整備", "公園の再整備"), encoding="utf-8")
    ran = run("diff", ":kaku.txt", "kaku.txt")
    assert "公園の整備 → 公園の再整備" in ran.out


def test_a_file_of_that_name_comes_first(run: Run, repository: pathlib.Path) -> None:
    odd = repository / "HEAD:plans"
    odd.mkdir()
    (odd / "plan.toml").write_text('munidx = 1\ntitle = "ファイル"\n', encoding="utf-8")
    assert "ファイル" in run("show", "HEAD:plans/plan.toml").out


@pytest.mark.parametrize(
    ("argument", "told"),
    [
        ("HEAD:plans/none.toml", "holds no file plans/none.toml"),
        (":plans/none.toml", "“index” holds no file"),
        ("HEAD~7:plans/plan.toml", "no revision “HEAD~7”"),
        ("none:plans/plan.toml", "no revision “none”"),
        ("--help:plans/plan.toml", "no revision “--help”"),
        ("-p:plans/plan.toml", "no revision “-p”"),
        ("HEAD:plans", "a directory"),
        ("HEAD:empty.toml", "empty"),
        ("C:\\none.toml", "no such file"),
    ],
)
def test_what_cannot_be_found_is_one_line_and_a_hint(
    run: Run, repository: pathlib.Path, argument: str, told: str
) -> None:
    assert repository
    ran = run("show", "--", argument)
    assert (ran.code, ran.out) == (3, "")
    assert told in ran.err
    assert ran.err.startswith(f"{argument}: ")
    assert len(ran.err.splitlines()) <= 2


def test_outside_of_a_repository_it_is_no_file(
    run: Run, tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    ran = run("show", "HEAD:plan.toml")
    assert ran.code == 3
    assert "no git repository here" in ran.err


def test_without_git_it_is_no_file(
    run: Run, repository: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(repository))
    ran = run("show", "HEAD:plans/plan.toml")
    assert ran.code == 3
    assert "git, which might know it as a revision, is not installed" in ran.err


def test_a_git_that_fails_is_told(
    run: Run, repository: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (repository / ".git" / "config").write_text("[", encoding="utf-8")
    ran = run("show", "HEAD:plans/plan.toml")
    assert ran.code == 3
    assert "git could not look it up: fatal: bad config" in ran.err

    def slow(*_: object, **__: object) -> None:
        raise subprocess.TimeoutExpired("git", 1)

    monkeypatch.setattr(subprocess, "run", slow)
    ran = run("show", "HEAD:plans/plan.toml")
    assert ran.code == 3
    assert "TimeoutExpired" in ran.err


def test_a_huge_file_is_refused_before_it_is_read(repository: pathlib.Path) -> None:
    assert repository
    with pytest.raises(SourceError) as caught:
        open_revision(Revision("HEAD", "plans/plan.toml"), Limits(bytes=10))
    assert caught.value.code == "file-too-large"
