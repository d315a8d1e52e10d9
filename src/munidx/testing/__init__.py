"""For those who test: strategies for the model, how many examples to try, the adapter contract."""

from munidx.testing import strategies
from munidx.testing.profiles import examples

__all__ = ["examples", "strategies"]
