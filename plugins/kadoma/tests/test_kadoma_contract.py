"""The contract of every adapter, held by Kadoma's."""

from munidx.testing import AdapterContract


class TestKadoma(AdapterContract):
    adapter = "kadoma"
    capabilities = (
        "actions",
        "actuals",
        "glossary",
        "goals",
        "indicators",
        "labels",
        "measures",
        "milestones",
        "owners",
        "references",
        "schedule",
        "sections",
        "target_state",
        "vision",
    )
