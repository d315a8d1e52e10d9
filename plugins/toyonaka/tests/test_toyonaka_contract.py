"""The contract of every adapter, held by Toyonaka's."""

from munidx.testing import AdapterContract


class TestToyonaka(AdapterContract):
    adapter = "toyonaka"
    capabilities = (
        "actuals",
        "evaluations",
        "goals",
        "indicators",
        "labels",
        "measures",
        "mission",
        "owners",
        "references",
        "schedule",
        "targets",
    )
