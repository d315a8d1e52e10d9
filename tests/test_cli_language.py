"""The language of a call: which holds, and that all that is said is in it."""

import os
import pathlib
import re
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import pytest

from munidx.cli import help_ja
from munidx.cli.application import COMMANDS
from munidx.cli.declared import declared
from munidx.cli.session import Session, begin, config, configured, language

Run = Callable[..., Any]

KANA = re.compile("[ぁ-んァ-ヶ一-龠]")
LATIN = re.compile(r"[A-Za-z][A-Za-z'-]+")
KNOWN = frozenset(
    """
    munidx TOML JSON HTML git diff toml json text en ja pyproject plan findings history
    concise jsonl markdown github html sarif junit csv taishohyo docx xlsx any weakened never
    info warning error missed MX FILE PLAN ID lineage REV PATH pip install UTF help h no-config
    lang config adapter format output fail-on select ignore threshold pairs old-first added deleted
    no-remarks isolate coverage to docs check version schema validate convert show progress
    git-driver rules rule adapters o png summary annotate new
    """.split()  # noqa: SIM905 - as a list it would fill a page
)
"""Names, formats and units that Japanese texts write in Latin letters too."""


def strangers(text: str) -> set[str]:
    """The Latin words of a Japanese text that are no names."""
    text = re.sub(r"(?:/[\w.-]+)+", " ", text.replace("\\", ""))
    text = re.sub(r"--?[a-z][a-z-]*|MX\w+|\S+\.(?:toml|txt|py)\S*|\[[^\]]*\]|[\w/]+/\S+", " ", text)
    return {word for word in LATIN.findall(text) if word not in KNOWN}


@pytest.mark.parametrize(
    ("environ", "lang"),
    [
        ({}, "en"),
        ({"LANG": "ja_JP.UTF-8"}, "ja"),
        ({"LANG": "ja"}, "ja"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
        ({"LANG": "C.UTF-8"}, "en"),
        ({"LC_ALL": "C", "LANG": "ja_JP.UTF-8"}, "en"),
        ({"LC_MESSAGES": "ja_JP", "LANG": "C"}, "ja"),
        ({"LC_ALL": "", "LC_MESSAGES": "", "LANG": "ja_JP.eucJP"}, "ja"),
        ({"LC_ALL": "POSIX", "MUNIDX_LANG": "ja"}, "ja"),
        ({"LANG": "ja_JP.UTF-8", "MUNIDX_LANG": "en"}, "en"),
        ({"LANG": "ja_JP.UTF-8", "MUNIDX_LANG": ""}, "ja"),
    ],
)
def test_the_surroundings_say_which_language(environ: dict[str, str], lang: str) -> None:
    assert Session(without=True, environ=environ).lang == lang


def test_the_option_stands_above_the_variable_and_that_above_the_configuration(
    tmp_path: pathlib.Path,
) -> None:
    path = tmp_path / "munidx.toml"
    path.write_text("lang = 'ja'\n", encoding="utf-8")
    assert Session(path=str(path), environ={"LANG": "C"}).lang == "ja"
    assert Session(environ={"MUNIDX_CONFIG": str(path)}).lang == "ja"
    assert Session(path=str(path), environ={"MUNIDX_LANG": "en"}).lang == "en"
    assert Session("ja", str(path), environ={"MUNIDX_LANG": "en"}).lang == "ja"
    path.write_text("lnag = 'ja'\n", encoding="utf-8")
    assert Session(path=str(path), environ={}).lang == "en"


def test_the_options_of_every_command_stand_anywhere() -> None:
    assert begin(["--lang", "ja", "diff", "a", "b"]) == ["diff", "a", "b"]
    assert language() == "ja"
    assert begin(["diff", "a", "--lang=en", "--no-config", "b"]) == ["diff", "a", "b"]
    assert (language(), configured(), config().name) == ("en", None, "")
    assert begin(["show", "--", "--lang", "ja"]) == ["show", "--", "--lang", "ja"]


@pytest.mark.parametrize(
    "arguments", [("--lang", "fr", "rules"), ("rules", "--lang"), ("rules", "--config")]
)
def test_what_is_wrong_with_them_is_a_wrong_call(run: Run, arguments: tuple[str, ...]) -> None:
    ran = run(*arguments)
    assert (ran.code, ran.out) == (2, "")
    assert len(ran.err.splitlines()) == 1


def test_a_language_that_there_is_not_in_the_surroundings(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MUNIDX_LANG", "fr")
    assert run("rules").code == 2


def test_the_version_is_told_in_any_company(run: Run) -> None:
    ran = run("--lang", "ja", "--version")
    assert (ran.code, ran.out.split()[0]) == (0, "munidx")


@pytest.mark.parametrize("name", ["", *COMMANDS])
@pytest.mark.parametrize("lang", ["en", "ja"])
def test_the_help_is_wholly_in_its_language(run: Run, name: str, lang: str) -> None:
    ran = run(*([name] if name else []), "--help", "--lang", lang)
    assert (ran.code, ran.err) == (0, "")
    if lang == "en":
        assert not KANA.search(re.sub("新旧対照表|備考|（削る）|（新設）", "", ran.out))
    else:
        assert strangers(ran.out) == set()
    assert all(len(line) <= 80 for line in ran.out.splitlines())


@pytest.mark.parametrize("name", COMMANDS)
def test_every_parameter_has_its_japanese_help(name: str) -> None:
    from munidx.cli.application import _command  # noqa: PLC0415

    told = help_ja.HELP[name]
    shared = help_ja.HELP["*"]
    names = {one.name for one in declared(_command(name))}
    assert names <= {*told, *shared}
    assert set(told) - {""} <= names
    assert all(KANA.search(text) for text in told.values())
    for one in declared(_command(name)):
        assert not one.metavar or one.metavar.startswith("[") or one.metavar in help_ja.METAVARS


WRONG: list[tuple[str, ...]] = [
    ("nonsense",),
    ("dif", "a", "b"),
    ("diff", "a"),
    ("diff", "a", "b", "c"),
    ("diff", "a", "b", "--threshold", "low"),
    ("diff", "a", "b", "--old-first=1"),
    ("diff", "--fo", "a"),
    ("diff", "--zzzzzz", "a"),
    ("convert", "a", "--to", "yaml"),
    ("diff", "a", "b", "--format"),
    ("diff", "a", "b", "--format", "nix"),
    ("validate", "a", "--select", "MX1o1"),
    ("rule", "???"),
    ("schema", "nix"),
    ("show", "missing.toml"),
    ("show", "a", "--config", "missing.toml"),
    ("show", "a", "-o"),
]


@pytest.mark.parametrize("arguments", WRONG, ids=" ".join)
def test_what_goes_wrong_is_told_in_the_language(run: Run, arguments: tuple[str, ...]) -> None:
    english = run(*arguments)
    japanese = run(*arguments, "--lang", "ja")
    assert english.code == japanese.code
    assert english.code in {2, 3}
    assert not KANA.search(english.err)
    assert all(KANA.search(line) for line in japanese.err.splitlines())
    quoted = {"nonsense", "dif", "low", "nix", "missing", "zzzzzz", "fo", "yaml"}
    assert strangers(japanese.err) <= quoted | {"format", "duplicate"}


@pytest.fixture
def poor(plan: pathlib.Path) -> pathlib.Path:
    """A plan with findings of several families."""
    with plan.open("a", encoding="utf-8") as stream:
        stream.write('\n[[goals.measures]]\ncode = "1"\ntitle = "窓口 "\nend = 1999\n')
    return plan


@pytest.mark.parametrize("form", ["text", "concise", "markdown", "github"])
def test_findings_are_told_in_the_language(run: Run, poor: pathlib.Path, form: str) -> None:
    japanese = run("validate", poor, "--format", form, "--lang", "ja").out
    # the names of rules are names
    told = re.sub(r"[a-z]+(?:-[a-z]+)+|::(?:warning|notice|error) [^:]*::", " ", japanese)
    assert strangers(told) - {"goals", "measures", "title", "code", "end", "br"} == set()
    english = run("validate", poor, "--format", form).out
    assert not re.search("[ぁ-んァ-ヶ]", english.replace("くらし", ""))


@pytest.mark.parametrize("form", ["text", "concise", "markdown", "html"])
def test_changes_are_told_in_the_language(
    run: Run, plan: pathlib.Path, tmp_path: pathlib.Path, form: str
) -> None:
    new = tmp_path / "new.toml"
    text = plan.read_text(encoding="utf-8").replace("80", "70").replace("情報課", "政策課")
    new.write_text(text + '\n[[goals.measures]]\ntitle = "窓口"\n', encoding="utf-8")
    japanese = run("diff", plan, new, "--format", form, "--lang", "ja").out
    told = re.sub(r"<(style|script)>.*?</\1>|<[^>]*>", " ", japanese, flags=re.DOTALL)
    assert strangers(told) <= {"goals", "measures", "indicators", "targets", "br", "Esc", "j", "k"}
    assert "目標値の引下げ" in japanese
    english = run("diff", plan, new, "--format", form).out
    body = re.sub(r"<(style|script)>.*?</\1>", " ", english, flags=re.DOTALL)
    assert not re.search("[ァ-ヶ]", body)


@pytest.mark.parametrize("command", ["show", "progress"])
def test_other_reports_are_told_in_the_language(run: Run, plan: pathlib.Path, command: str) -> None:
    assert strangers(run(command, plan, "--lang", "ja").out) == set()
    assert "目標" not in run(command, plan).out


def test_what_the_reading_met_and_coverage_are_told_in_the_language(
    run: Run, cities: pathlib.Path, document: pathlib.Path
) -> None:
    assert cities
    with document.open("a", encoding="utf-8") as stream:
        stream.write("知らない段落\n")
    told = run("convert", document, "--coverage", "--lang", "ja", "--adapter", "kaku").err
    broken = {"kowareta", "RuntimeError", "mno"}
    assert strangers(told) <= broken
    assert "未読" in told
    listed = run("adapters", "--lang", "ja").out
    cities_here = {line.split()[0] for line in listed.splitlines()}
    named = cities_here | {f"munidx-{city}" for city in cities_here}
    assert strangers(listed) <= broken | named


def _munidx(environ: dict[str, str], *arguments: object) -> subprocess.CompletedProcess[bytes]:
    surroundings = {key: value for key, value in os.environ.items() if not key.startswith("LC_")}
    return subprocess.run(
        [sys.executable, "-m", "munidx", *map(str, arguments)],
        env={**surroundings, **environ},
        capture_output=True,
        check=False,
    )


def test_a_terminal_that_cannot_encode_japanese_gets_a_report(poor: pathlib.Path) -> None:
    narrow = {"LANG": "C", "PYTHONIOENCODING": "ascii:strict", "PYTHONUTF8": "0"}
    for arguments in (("validate", poor), ("diff", poor, poor), ("rule", "MX101"), ("diff", "-h")):
        for lang in ("en", "ja"):
            done = _munidx(narrow, *arguments, "--lang", lang)
            assert done.returncode in {0, 1}
            assert b"Traceback" not in done.stderr
            assert done.stdout.isascii()
    done = _munidx(narrow, "show", "missing.toml", "--lang", "ja")
    assert done.returncode == 3
    assert rb"\u30d5" in done.stderr


def test_the_locale_is_the_language_of_a_whole_call(poor: pathlib.Path) -> None:
    wide = {"PYTHONIOENCODING": "utf-8"}
    japanese = _munidx({**wide, "LANG": "ja_JP.UTF-8"}, "validate", poor).stdout.decode()
    english = _munidx({**wide, "LANG": "C"}, "validate", poor).stdout.decode()
    assert "警告" in japanese
    assert "warning" in english
