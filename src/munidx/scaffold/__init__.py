"""A new city in a quarter of an hour: from samples to a package whose tests are green.

:func:`write_package` looks at documents of a form, finds the tables, what their header words
mean, the title and the municipality, and writes a package with an adapter, its contract and
its golden files. What it does not understand is left over, with its places.
"""

from munidx.scaffold.package import Written, check_city, write_package
from munidx.scaffold.proposal import Proposal, propose

__all__ = ["Proposal", "Written", "check_city", "propose", "write_package"]
