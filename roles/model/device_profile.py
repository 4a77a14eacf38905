"""What a managed device must be before it reaches ePHI."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from billing_identity.roles.model.base import RoleRef, Strict, Text

Platform = Literal["windows", "macos", "ios", "android", "chromeos"]
OsVersion = Annotated[str, StringConstraints(pattern=r"^[0-9]{1,5}(\.[0-9]{1,6}){0,3}$")]


class DeviceProfile(Strict):
    """The state of a company's devices; the identity provider checks what it can see of it."""

    minimum_os: dict[Platform, OsVersion] = Field(min_length=1)
    """Lowest version of each platform that people may use; a platform that is not named is not let in."""
    pre_boot_authentication: Text
    """How the disk is unlocked before the system starts. No identity provider can demand it."""
    evidence: Text
    """Where device management shows that every device is so."""
    attested_by: RoleRef
    """Who attests it, at the cadence of the policy's reviews."""
