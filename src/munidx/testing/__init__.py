"""For those who test: the contract of every adapter, strategies for the model, golden files."""

from munidx.testing import strategies
from munidx.testing.contract import AdapterContract
from munidx.testing.golden import compare_golden, redact
from munidx.testing.profiles import examples
from munidx.testing.requirements import Sample

__all__ = ["AdapterContract", "Sample", "compare_golden", "examples", "redact", "strategies"]
