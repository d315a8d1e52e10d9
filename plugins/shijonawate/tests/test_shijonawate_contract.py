"""The contract of every adapter, held by Shijonawate's."""

from munidx.testing import AdapterContract


class TestShijonawate(AdapterContract):
    adapter = "shijonawate"
    capabilities = (
        "glossary",
        "goals",
        "indicators",
        "labels",
        "measures",
        "owners",
        "references",
        "sections",
        "status",
        "targets",
        "vision",
    )
