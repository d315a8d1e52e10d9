"""What holds for every command: the way in, wrong options, and bad input."""

import os
import pathlib
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import pytest
import typer

import munidx
from munidx import cli
from munidx.cli import failures, inputs, outputs
from munidx.cli.application import COMMANDS

Run = Callable[..., Any]


def test_the_version_is_told_before_anything_is_loaded(run: Run) -> None:
    assert run("--version").out == f"munidx {munidx.__version__}\n"
    assert run("--version", "diff").out == f"munidx {munidx.__version__}\n"


@pytest.mark.parametrize("arguments", [("--help",), ("-h",)])
def test_the_help_names_every_command(run: Run, arguments: tuple[str]) -> None:
    ran = run(*arguments)
    assert ran.code == 0
    assert all(f"\n  {name} " in ran.out for name in COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help(run: Run, name: str) -> None:
    ran = run(name, "--help")
    assert ran.code == 0
    assert ran.out.startswith(f"Usage: munidx {name} ")


@pytest.mark.parametrize(
    "arguments",
    [
        ("nonsense",),
        ("--nonsense",),
        ("diff",),
        ("diff", "only-one"),
        ("convert",),
        ("validate",),
        ("validate", "x", "--fail-on", "weakened"),
        ("diff", "x", "y", "--threshold", "low"),
        ("convert", "x", "--to", "yaml"),
    ],
)
def test_wrong_options_are_code_2(run: Run, arguments: tuple[str, ...]) -> None:
    ran = run(*arguments)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("munidx: ")


def test_the_arguments_of_the_process_are_taken(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["munidx", "--version"])
    assert cli.main() == 0
    assert capsys.readouterr().out.startswith("munidx ")


BAD: dict[str, bytes] = {
    "empty.toml": b"",
    "empty.txt": b"",
    "blank.txt": b" \n\n",
    "random.bin": bytes(range(256)) * 20,
    "random.toml": bytes(range(255, -1, -1)) * 20,
    "random.json": b"\xff\xfe\x00{",
    "half.json": b'{"munidx": 1, "title": ',
    "half.toml": b'munidx = 1\ntitle = "',
    "deep.json": b'{"munidx": 1, "goals": ' + b"[" * 100_000,
    "list.json": b"[1]",
    "newer.toml": b"munidx = 99\n",
    "none.toml": b'title = "x"\n',
    "zip.xlsx": b"PK\x03\x04" + bytes(100),
    "image.png": b"\x89PNG\r\n\x1a\n" + bytes(100),
}


@pytest.mark.parametrize("command", ["convert", "validate", "show", "diff"])
@pytest.mark.parametrize("name", BAD)
def test_bad_input_is_one_message_and_no_file(
    run: Run, cities: pathlib.Path, tmp_path: pathlib.Path, name: str, command: str
) -> None:
    assert cities
    path = tmp_path / name
    path.write_bytes(BAD[name])
    before = sorted(tmp_path.rglob("*.toml"))
    options = {"convert": ("-o", tmp_path / "out.toml"), "diff": (path,)}.get(command, ())
    ran = run(command, path, *options)
    assert ran.code in {3, 4}
    # validate tells that it found nothing else, on standard output
    assert ran.out == "" or command == "validate"
    assert str(path) in ran.err
    assert sorted(tmp_path.rglob("*.toml")) == before


@pytest.mark.parametrize(
    ("name", "code"), [("missing.toml", 3), ("missing.txt", 3), (".", 3), ("a\0b", 3)]
)
def test_what_is_no_file_is_one_line_or_two(
    run: Run, tmp_path: pathlib.Path, name: str, code: int
) -> None:
    ran = run("show", f"{tmp_path}/{name}")
    assert (ran.code, ran.out) == (code, "")
    assert 1 <= len(ran.err.splitlines()) <= 2


@pytest.mark.parametrize("name", ["zeros.toml", "zeros.txt"])
def test_a_huge_file_is_refused_before_it_is_read(
    run: Run, tmp_path: pathlib.Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / name
    with path.open("wb") as stream:
        stream.truncate(200 * 1024 * 1024)

    def never(*_: object) -> bytes:
        raise AssertionError

    monkeypatch.setattr("munidx.readers.opening._take", never)
    monkeypatch.setenv("MUNIDX_LANG", "en")  # else a configuration would be read for it
    ran = run("convert", path)
    assert (ran.code, ran.out) == (3, "")
    assert "67,108,864" in ran.err or "64" in ran.err


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ('munidx = 1\ntitle = "x"\ntitel = "y"\n', ":3:1"),
        ("munidx = 1\ntitle = 7\n", ":2:9"),
        ('munidx = 1\ntitle = "x"\ntitle = "y"\n', ":3:1"),
        ('munidx = 1\n[[goals]]\ntitle = "x"\ncode = 1\n', ":4:8"),
    ],
)
def test_a_fault_in_toml_has_its_line(
    run: Run, tmp_path: pathlib.Path, text: str, place: str
) -> None:
    path = tmp_path / "bad.toml"
    path.write_text(text, encoding="utf-8")
    ran = run("show", path)
    assert ran.code == 3
    assert ran.err.startswith(f"{path}{place}: ")


def test_an_unexpected_fault_is_one_line(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(inputs, "take_one", fail)
    ran = run("show", "x")
    assert (ran.code, ran.out) == (3, "")
    assert "ZeroDivisionError" in ran.err
    assert "MUNIDX_DEBUG=1" in ran.err


def test_munidx_debug_shows_the_traceback(
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MUNIDX_DEBUG", "1")
    assert cli.main(["show", "missing"]) == 3
    assert "Traceback" in capfd.readouterr().err


def test_an_interrupt_is_quiet(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(inputs, "take_one", interrupt)
    ran = run("show", "x")
    assert (ran.code, ran.out, ran.err) == (130, "", "")


def test_an_interrupt_by_any_typer_is_an_interrupt(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def abort(*_: object, **__: object) -> None:
        raise typer.Abort

    monkeypatch.setattr(inputs, "take_one", abort)
    assert run("show", "--adapter=x", "x").code == 130

    def interrupt() -> int:
        raise KeyboardInterrupt

    assert failures.guard(interrupt) == 130


def _munidx(*arguments: object) -> list[str]:
    return [sys.executable, "-m", "munidx", *map(str, arguments)]


@pytest.mark.parametrize("command", ["show", "convert"])
def test_a_closed_pipe_is_quiet(plan: pathlib.Path, command: str) -> None:
    with subprocess.Popen(
        _munidx(command, plan), stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""
        process.wait()
    assert process.returncode == 141


@pytest.mark.skipif(not pathlib.Path("/dev/full").exists(), reason="needs /dev/full")
@pytest.mark.parametrize("command", ["show", "convert"])
def test_a_full_disk_is_one_message(plan: pathlib.Path, command: str) -> None:
    with pathlib.Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            _munidx(command, plan), stdout=full, stderr=subprocess.PIPE, check=False
        )
    assert done.returncode == 3
    assert done.stderr.startswith(b"<stdout>: ")
    assert len(done.stderr.splitlines()) <= 2


@pytest.mark.parametrize("name", ["x" * 5000, f"{'x' * 5000}::plan", "a\0b::plan"])
def test_names_that_no_file_can_have_are_files_that_cannot_be_read(run: Run, name: str) -> None:
    ran = run("show", name)
    assert ran.code == 3
    assert "fault of munidx" not in ran.err


def test_a_name_that_no_file_can_have_is_not_written(run: Run, plan: pathlib.Path) -> None:
    ran = run("convert", plan, "-o", "x" * 5000)
    assert (ran.code, ran.out) == (3, "")
    assert "fault of munidx" not in ran.err


def test_a_narrow_encoding_escapes_what_it_cannot_show(plan: pathlib.Path) -> None:
    environment = {**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    done = subprocess.run(_munidx("show", plan), capture_output=True, check=True, env=environment)
    assert rb"\u898b\u672c" in done.stdout
    done = subprocess.run(
        _munidx("convert", plan), capture_output=True, check=True, env=environment
    )
    assert "見本計画" in done.stdout.decode()


class _Terminal:
    """Standard output as a terminal."""

    encoding = "utf-8"

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("name", "value", "coloured"), [("NO_COLOR", "", True), ("NO_COLOR", "1", False)]
)
def test_colour_is_for_terminals_that_nobody_objects_to(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, coloured: bool
) -> None:
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv(name, value)
    assert not outputs.coloured()
    monkeypatch.setattr(sys, "stdout", _Terminal())
    assert outputs.coloured() is coloured


def test_a_command_that_runs_loads_no_other_library(plan: pathlib.Path) -> None:
    code = (
        "import sys; from munidx.cli import main; main(['diff', sys.argv[1], sys.argv[1]]);"
        "print('\\n'.join(sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(plan)], capture_output=True, check=True, encoding="utf-8"
    )
    loaded = set(done.stdout.split())
    assert not loaded & {"rich", "lxml", "hypothesis", "munidx.cli.convert", "munidx.readers.html"}
    assert not loaded & {"munidx.cli.git", "munidx.lineage", "munidx.api"}
