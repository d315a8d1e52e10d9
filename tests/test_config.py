"""Configuration files: what they may say, where they are found, and what is wrong with them."""

import datetime as dt
import pathlib
import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

import munidx
from munidx.config import Config, load_config, parse_config
from munidx.diff.severities import severities_of
from munidx.errors import ConfigError, SourceError
from munidx.findings import Severity
from munidx.lookup import find_config
from munidx.place import Location
from munidx.readers import Limits
from munidx.rules import Policy
from munidx.testing.profiles import examples

WHOLE = """\
lang = "ja"

[validate]
select = ["MX"]
ignore = ["MX7xx", "measure-without-indicator"]
fail-on = "error"
format = "concise"
output = ["json:findings.json"]

[severity]
MX305 = "info"
control-character = "off"

[city.itami]
ignore = ["MX301"]
fail-on = "never"
severity = { MX106 = "error" }

[diff]
threshold = 0.6
fail-on = "weakened"
format = "concise"
output = ["json:diff.json"]

[effects]
target-lowered = "error"

[limits]
pages = 8000
line_length = 2_000_000

[[suppress]]
rule = "MX106"
node = "goals[1]/measures[3]"
city = "itami"
plan = "282073-action-x"
reason = "The publisher leaves the number out."
until = 2027-03-31
"""


def fault(text: str, name: str = "munidx.toml") -> ConfigError:
    with pytest.raises(ConfigError) as caught:
        parse_config(textwrap.dedent(text), name)
    return caught.value


def test_a_configuration_is_read_whole() -> None:
    config = parse_config(WHOLE, "munidx.toml")
    assert (config.lang, config.format, config.output) == (
        "ja",
        "concise",
        ("json:findings.json",),
    )
    assert config.validate.select == ("MX",)
    assert config.validate.ignore == ("MX7xx", "measure-without-indicator")
    assert config.validate.severity == {"MX305": Severity.INFO, "control-character": None}
    city = config.cities["itami"]
    assert (city.ignore, city.fail_on, city.severity) == (
        ("MX301",),
        "never",
        {"MX106": Severity.ERROR},
    )
    assert (config.diff.threshold, config.diff.fail_on) == (0.6, "weakened")
    assert config.diff.output == ("json:diff.json",)
    assert config.effects == {"target-lowered": Severity.ERROR}
    assert config.limits == Limits(pages=8000, line_length=2_000_000)
    (entry,) = config.suppressions
    assert (entry.rule, entry.node, entry.city) == ("MX106", "goals[1]/measures[3]", "itami")
    assert entry.until == dt.date(2027, 3, 31)
    assert entry.location == Location(document="munidx.toml", line=32, column=3)
    assert config.places["validate", "ignore", 1] == Location(
        document="munidx.toml", line=5, column=20
    )


def test_nothing_is_a_configuration_too() -> None:
    assert parse_config("") == Config()
    assert parse_config("[tool.munidx]\n", "a/pyproject.toml").name == "a/pyproject.toml"
    assert parse_config("tool = 1\n", "pyproject.toml").lang == ""


@pytest.mark.parametrize(
    ("text", "code", "line", "column", "params"),
    [
        ("lnag = 'ja'", "unknown-key", 1, 1, {"key": "lnag", "nearest": "lang"}),
        ("\n[validate]\nslect = []", "unknown-key", 3, 1, {"nearest": "select"}),
        ("[valdate]", "unknown-key", 1, 2, {"nearest": "validate"}),
        ("[city.x]\nformat = 'x'", "unknown-key", 2, 1, {"key": "format"}),
        ("lang = 'fr'", "wrong-value", 1, 8, {"expected": "en | ja", "got": "fr"}),
        ("lang = 3", "wrong-value", 1, 8, {"got": "3"}),
        ("[limits]\npage = 3", "unknown-key", 2, 1, {"key": "page", "nearest": "pages"}),
        ("[limits]\npages = 0", "wrong-value", 2, 9, {"field": "limits.pages", "got": "0"}),
        ("[limits]\npages = true", "wrong-type", 2, 9, {"expected": "integer"}),
        ("validate = 3", "wrong-type", 1, 12, {"expected": "table", "got": "integer"}),
        ("[validate]\nselect = 'MX1'", "wrong-type", 2, 10, {"field": "validate.select"}),
        ("[validate]\nselect = [1]", "wrong-type", 2, 10, {"expected": "array"}),
        ("[validate]\nformat = 1.5", "wrong-type", 2, 10, {"got": "decimal"}),
        ("[validate]\nfail-on = 'fatal'", "wrong-value", 2, 11, {"got": "fatal"}),
        ("[severity]\nMX101 = 'fatal'", "wrong-value", 2, 9, {"field": "severity.MX101"}),
        ("city = []", "wrong-type", 1, 8, {"got": "array"}),
        ("[diff]\nthreshold = 2", "wrong-value", 2, 13, {"expected": "0–1"}),
        ("[diff]\nthreshold = true", "wrong-value", 2, 13, {"got": "True"}),
        ("suppress = {}", "wrong-type", 1, 12, {"expected": "array", "got": "table"}),
        ("suppress = [3]", "wrong-type", 1, 13, {"expected": "table"}),
        ("[[suppress]]\nrule = 'MX101'", "missing-key", 1, 3, {"key": "reason"}),
        ("[[suppress]]\nreason = 'x'\nrule = ' '", "missing-key", 1, 3, {"key": "rule"}),
        (
            "[[suppress]]\nrule='MX1'\nreason='x'\nuntil='2027'",
            "wrong-type",
            4,
            7,
            {"expected": "date", "got": "string"},
        ),
        ("lang = \n", "toml-syntax", 1, 8, {}),
        ("lang = 'ja'\nlang = 'en'", "key-twice", 2, 1, {"key": "lang"}),
        ("x = " + "[" * 5000, "too-deep", None, None, {}),
    ],
)
def test_what_is_wrong_is_told_with_its_place(
    text: str, code: str, line: int | None, column: int | None, params: dict[str, object]
) -> None:
    error = fault(text)
    assert error.code == code
    assert (error.location.document, error.location.line) == ("munidx.toml", line)
    assert column is None or error.location.column == column
    assert params.items() <= error.params.items()


def test_all_faults_are_told_in_their_order() -> None:
    error = fault("[diff]\nthreshold = 7\n[validate]\nselect = 1\n")
    assert [error.code, *(other.code for other in error.others)] == ["wrong-value", "wrong-type"]


def test_a_fault_within_a_pyproject_has_the_place_there() -> None:
    error = fault("[project]\nname = 'x'\n[tool.munidx]\nlnag = 1\n", "a/pyproject.toml")
    assert (error.code, error.location.line, error.location.column) == ("unknown-key", 4, 1)


def test_lines_of_windows_are_lines() -> None:
    error = fault("lang = 'ja'\r\n[diff]\r\nthreshold = 9\r\n")
    assert (error.location.line, error.location.column) == (3, 13)


@examples(200)
@given(st.text(alphabet="[]\"'=.\n abl#{}1,MX-", max_size=60) | st.text(max_size=40))
def test_any_text_is_a_configuration_or_one_clear_error_property(text: str) -> None:
    told = None
    try:
        told = parse_config(text, "munidx.toml").name
    except ConfigError as error:
        told = error.location.document
    assert told == "munidx.toml"


def test_files_that_cannot_be_read(tmp_path: pathlib.Path) -> None:
    path = tmp_path / "munidx.toml"
    with pytest.raises(SourceError) as missing:
        load_config(path)
    assert (missing.value.code, missing.value.location.document) == ("file-missing", str(path))
    path.write_bytes(b"lang = '\xff'")
    with pytest.raises(ConfigError) as broken:
        load_config(path)
    assert broken.value.code == "not-utf8"
    path.write_bytes(b"#" * ((1 << 20) + 1))
    with pytest.raises(SourceError) as large:
        load_config(path)
    assert large.value.code == "file-too-large"
    path.write_bytes(b"")
    assert load_config(path).lang == ""
    path.write_bytes(b"\xef\xbb\xbflang = 'ja'")
    assert munidx.load_config(path).lang == "ja"


def test_it_is_found_above_up_to_the_root_of_the_repository(tmp_path: pathlib.Path) -> None:
    deep = tmp_path / "repo" / "plans" / "r7"
    deep.mkdir(parents=True)
    (tmp_path / "munidx.toml").write_text("", encoding="utf-8")
    assert find_config(deep) == tmp_path / "munidx.toml"
    (tmp_path / "repo" / ".git").mkdir()
    assert find_config(deep) is None
    project = tmp_path / "repo" / "pyproject.toml"
    project.write_text("[tool.munidx]\nlang = 'ja'\n", encoding="utf-8")
    assert find_config(deep) == project
    own = tmp_path / "repo" / "munidx.toml"
    own.write_text("", encoding="utf-8")
    assert find_config(deep) == own
    nearer = tmp_path / "repo" / "plans" / "munidx.toml"
    nearer.write_text("", encoding="utf-8")
    assert find_config(deep) == nearer


@pytest.mark.parametrize(
    "content",
    [b"[tool.other]\n", b"# munidx\n", b"munidx = [", b"\xffmunidx", b"tool = 1 # munidx"],
)
def test_a_pyproject_that_is_not_about_munidx_is_passed_over(
    tmp_path: pathlib.Path, content: bytes
) -> None:
    (tmp_path / ".git").touch()
    (tmp_path / "pyproject.toml").write_bytes(content)
    assert find_config(tmp_path) is None


def test_the_search_ends_at_the_home(
    tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "munidx.toml").touch()
    (tmp_path / "home" / "plans").mkdir(parents=True)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setattr(pathlib.Path, "home", lambda: tmp_path / "home")
    assert find_config(tmp_path / "home" / "plans") is None
    assert find_config("a\0b") is None


def test_the_example_of_the_documentation_holds() -> None:
    page = pathlib.Path(__file__).parents[1] / "docs" / "configuration.md"
    blocks = page.read_text(encoding="utf-8").split("```toml\n")
    assert len(blocks) == 2
    config = parse_config(blocks[1].partition("```")[0], "munidx.toml")
    assert Policy(config).leftovers() == ()
    assert severities_of(config.effects)
    assert (config.lang, len(config.suppressions)) == ("ja", 1)
