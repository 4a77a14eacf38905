"""Device assurance: what a device must show before a sign-on rule lets it through."""

from collections.abc import Mapping
from typing import TypedDict

import pulumi
import pulumi_okta as okta

from billing_identity.components.errors import ComponentInputError

PLATFORMS = ("windows", "macos", "ios", "android", "chromeos")


class DeviceAssuranceArgs(TypedDict):
    """Arguments of DeviceAssurance."""

    minimum_os: Mapping[str, str]
    """Lowest version by platform (`PLATFORMS`). "Latest minus one" can't be written: raise it here."""


class DeviceAssurance(pulumi.ComponentResource):
    """One policy a platform: encrypted disk, screen lock, hardware key store, not jailbroken.

    A platform that is not named has no policy, and a rule that asks for assurance keeps it out. iOS shows
    neither disk encryption (always on with a passcode) nor a key store; ChromeOS is seen through Chrome's
    device trust connector. Raises ComponentInputError for no platform or an unknown one.
    """

    ids: dict[str, pulumi.Output[str]]

    def __init__(
        self, name: str, args: DeviceAssuranceArgs, opts: pulumi.ResourceOptions | None = None
    ) -> None:
        super().__init__("billing-identity:okta:DeviceAssurance", name, None, opts)
        unknown = sorted(set(args["minimum_os"]) - set(PLATFORMS))
        if unknown or not args["minimum_os"]:
            raise ComponentInputError(f"{name}: minimum_os {unknown}: name {', '.join(PLATFORMS)}")
        child = pulumi.ResourceOptions(parent=self, protect=True)
        self.ids = {
            platform: _policy(f"{name}-{platform}", platform, version, child)
            for platform, version in sorted(args["minimum_os"].items())
        }
        self.register_outputs({"ids": self.ids})


def _policy(name: str, platform: str, version: str, options: pulumi.ResourceOptions) -> pulumi.Output[str]:
    locks = ["BIOMETRIC", "PASSCODE"]
    match platform:
        case "windows":
            return okta.policy.DeviceAssuranceWindows(
                name,
                name=name,
                os_version=version,
                disk_encryption_types=["ALL_INTERNAL_VOLUMES"],
                screenlock_types=locks,
                secure_hardware_present=True,
                opts=options,
            ).id
        case "macos":
            return okta.policy.DeviceAssuranceMacos(
                name,
                name=name,
                os_version=version,
                disk_encryption_types=["ALL_INTERNAL_VOLUMES"],
                screenlock_types=locks,
                secure_hardware_present=True,
                opts=options,
            ).id
        case "ios":
            return okta.policy.DeviceAssuranceIos(
                name, name=name, os_version=version, jailbreak=False, screenlock_types=locks, opts=options
            ).id
        case "android":
            return okta.policy.DeviceAssuranceAndroid(
                name,
                name=name,
                os_version=version,
                disk_encryption_types=["FULL", "USER"],
                jailbreak=False,
                screenlock_types=locks,
                secure_hardware_present=True,
                opts=options,
            ).id
        case _:
            return okta.policy.DeviceAssuranceChromeos(
                name,
                name=name,
                tpsp_os_version=version,
                tpsp_disk_encrypted=True,
                tpsp_screen_lock_secured=True,
                tpsp_allow_screen_lock=True,
                opts=options,
            ).id
