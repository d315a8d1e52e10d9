"""The contract of every adapter, held by Itami's."""

from munidx.testing import AdapterContract


class TestItami(AdapterContract):
    adapter = "itami"
    capabilities = (
        "actuals",
        "baseline",
        "costs",
        "evaluations",
        "goals",
        "indicators",
        "measures",
        "owners",
        "stage",
        "targets",
    )
