"""Whatever a plain call understands, typer understands alike."""

import importlib
import inspect
from collections.abc import Callable
from typing import Any

import pytest
import typer
from hypothesis import given
from hypothesis import strategies as st

from munidx.cli.application import COMMANDS
from munidx.cli.plain import plain_call
from munidx.cli.typed import typed
from munidx.testing.profiles import examples

WORDS = [
    "a.toml",
    "b.txt",
    "-",
    "--",
    "--format",
    "--format=json",
    "json",
    "text",
    "-o",
    "out.toml",
    "json:out.json",
    "--output",
    "--to",
    "toml",
    "--adapter",
    "itami",
    "--coverage",
    "--fail-on",
    "weakened",
    "never",
    "error",
    "--threshold",
    "0.5",
    "diff",
    "plan",
    "--help",
    "-h",
    "-oX",
    "--fo",
]


def _command(name: str) -> Callable[..., int]:
    command: Callable[..., int] = importlib.import_module(
        f"munidx.cli.{name.replace('-', '_')}"
    ).command
    return command


def _by_typer(name: str, arguments: list[str]) -> dict[str, Any]:
    told: dict[str, Any] = {}

    def recorder(**values: object) -> None:
        told.update(values)

    call = typed(_command(name))
    recorder.__signature__ = inspect.signature(call)  # type: ignore[attr-defined]
    recorder.__annotations__ = call.__annotations__
    app = typer.Typer(add_completion=False, rich_markup_mode=None)
    app.command()(recorder)
    app(arguments, standalone_mode=False)
    return told


@examples(300)
@given(
    name=st.sampled_from(COMMANDS),
    arguments=st.lists(st.sampled_from([*WORDS, ""]), max_size=6),
)
def test_both_understand_the_same_property(name: str, arguments: list[str]) -> None:
    plain = plain_call(_command(name), arguments)
    if plain is not None:
        full = _by_typer(name, arguments)
        assert {key: full[key] for key in plain} == plain
        assert all(type(full[key]) is type(value) for key, value in plain.items())


@pytest.mark.parametrize(
    ("name", "arguments", "told"),
    [
        ("diff", ["a", "b"], {"old": "a", "new": "b"}),
        ("diff", ["a", "--fail-on", "never", "-"], {"old": "a", "new": "-", "fail_on": "never"}),
        ("convert", ["a", "-o", "x", "b"], {"sources": ["a", "b"], "output": "x"}),
        ("convert", ["a", "--coverage", "--to", "json"], {"coverage": True, "to": "json"}),
        ("diff", ["a", "b", "--format", "html"], {"form": "html"}),
        ("diff", ["a", "b", "-o", "x:y", "--output", "z"], {"outputs": ["x:y", "z"]}),
        ("adapters", [], {}),
        ("diff", ["a", "--", "b"], {"old": "a", "new": "b"}),
        ("git-driver", ["--", "-x", "b"], {"arguments": ["-x", "b"]}),
        ("schema", ["diff"], {"name": "diff"}),
    ],
)
def test_plain_calls_are_understood(name: str, arguments: list[str], told: dict[str, Any]) -> None:
    plain = plain_call(_command(name), arguments)
    assert plain is not None
    assert told.items() <= plain.items()


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("diff", ["a"]),
        ("diff", ["a", "b", "c"]),
        ("diff", ["a", "b", "--threshold", "0.5"]),
        ("diff", ["a", "b", "-o"]),
        ("adapters", ["--format", "html"]),
        ("diff", ["a", "b", "--format"]),
        ("diff", ["a", "b", "--format=json"]),
        ("diff", ["a", "b", "--format", "json", "--format", "text"]),
        ("diff", ["a", "b", "--adapter", "-x"]),
        ("convert", []),
        ("convert", ["--help"]),
        ("schema", []),
        ("diff", ["a", "--", "--old-first"]),
    ],
)
def test_the_rest_is_left_to_typer(name: str, arguments: list[str]) -> None:
    assert plain_call(_command(name), arguments) is None
