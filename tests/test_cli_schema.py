import json
from collections.abc import Callable
from typing import Any

import jsonschema
import pytest

Run = Callable[..., Any]


@pytest.mark.parametrize("name", [("plan",), ("diff",), ("findings",), ("lineage",), ()])
def test_every_schema_is_a_schema(run: Run, name: tuple[str, ...]) -> None:
    ran = run("schema", *name)
    assert ran.code == 0
    jsonschema.Draft202012Validator.check_schema(json.loads(ran.out))


def test_the_plan_is_the_default(run: Run) -> None:
    assert run("schema").out == run("schema", "plan").out


def test_another_name_is_a_wrong_option(run: Run) -> None:
    assert run("schema", "nonsense").code == 2
