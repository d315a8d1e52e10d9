"""The parameters that several commands share."""

import enum
from typing import Annotated, TypeAlias

from munidx.cli.declared import Argument, Option

__all__ = ["Adapter", "Format", "OutputFormat", "Outputs", "PlanPath"]


class OutputFormat(enum.StrEnum):
    """In what form a result is printed."""

    TEXT = "text"
    JSON = "json"


PlanPath: TypeAlias = Annotated[
    str,
    Argument(metavar="PATH", help="A canonical file or a published document; - is standard input."),
]

Format: TypeAlias = Annotated[OutputFormat, Option("--format", help="For people or for programs.")]

Outputs: TypeAlias = Annotated[
    list[str] | None,
    Option(
        "--output",
        "-o",
        metavar="FORMAT:PATH",
        help="Write the report to a file too; as often as there are files.",
    ),
]

Adapter: TypeAlias = Annotated[
    str | None,
    Option("--adapter", metavar="CITY", help="Read a document by this city's adapter, no other."),
]
