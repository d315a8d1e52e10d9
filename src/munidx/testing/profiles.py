"""How many examples a property test tries: few by hand, many in CI, more in a soak.

The environment variable ``MUNIDX_PROFILE`` chooses: ``dev`` (a twentieth of the count),
``ci`` (the count), ``soak`` (ten times the count).
"""

import os
from typing import Final

from hypothesis import HealthCheck, settings

__all__ = ["examples"]

_FACTORS: Final = {"dev": 0.05, "ci": 1.0, "soak": 10.0}
_LEAST: Final = 10


def examples(count: int) -> settings:
    """Hypothesis settings for ``count`` examples in CI; use as a decorator above ``given``.

    There is no deadline for a single example, and under ``ci`` the run is repeatable.
    """
    profile = os.environ.get("MUNIDX_PROFILE", "dev")
    return settings(
        max_examples=max(_LEAST, int(count * _FACTORS[profile])),
        deadline=None,
        derandomize=profile == "ci",
        print_blob=True,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )
