"""Which environments are production: what locks for good there, and what must not be report-only."""

from __future__ import annotations

PRODUCTION = ("prod", "production", "prd", "live")
"""Names that are production's, whatever anybody says."""
PREPRODUCTION = ("dev", "test", "sandbox", "staging")
"""Names that are not production's, unless somebody says so. Of any other name it has to be said."""


def production_by_name(environment: str) -> bool | None:
    """Whether an environment is production by its name; None where the name does not say."""
    if environment in PRODUCTION:
        return True
    return False if environment in PREPRODUCTION else None
