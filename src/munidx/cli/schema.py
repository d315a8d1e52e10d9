"""``munidx schema``: the JSON Schemas of what munidx writes."""

import enum
import json
from typing import Annotated

from munidx.cli.declared import Argument
from munidx.cli.outputs import emit_data
from munidx.formats.schema import diff_schema, findings_schema, lineage_schema, plan_schema

__all__ = ["Name", "command"]


class Name(enum.StrEnum):
    """What has a schema."""

    PLAN = "plan"
    DIFF = "diff"
    FINDINGS = "findings"
    LINEAGE = "lineage"


def command(
    name: Annotated[Name, Argument(metavar="[plan|diff|findings|lineage]")] = Name.PLAN,
) -> int:
    """Print the JSON Schema of plans, diffs, findings or lineages."""
    schemas = {
        Name.PLAN: plan_schema,
        Name.DIFF: diff_schema,
        Name.FINDINGS: findings_schema,
        Name.LINEAGE: lineage_schema,
    }
    emit_data(json.dumps(schemas[name](), ensure_ascii=False, indent=2) + "\n")
    return 0
