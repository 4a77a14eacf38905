"""SCIM provisioning of an application: accounts are made, kept up to date and ended from Okta."""

from collections.abc import Mapping
from typing import TypedDict

import pulumi
import pulumi_okta as okta


class ProvisioningArgs(TypedDict):
    """Arguments of Provisioning."""

    app_id: pulumi.Input[str]
    push_groups: Mapping[str, pulumi.Input[str]]
    """Groups that the application needs under their own names, by what ends the resource's name."""


class Provisioning(pulumi.ComponentResource):
    """Switches on what the connection can do: create, update, and deactivate when somebody leaves.

    The connection itself, with its token, is made by hand in the console, before: no token reaches the
    state. Passwords are never synchronised. Destroying the switches changes nothing in Okta, and a pushed
    group stays in the application when its push ends.
    """

    def __init__(self, name: str, args: ProvisioningArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("billing-identity:okta:Provisioning", name, None, opts)
        enabled = "ENABLED"
        switches = okta.app.Features(
            name,
            app_id=args["app_id"],
            name="USER_PROVISIONING",
            status=enabled,
            capabilities=okta.app.FeaturesCapabilitiesArgs(
                create=okta.app.FeaturesCapabilitiesCreateArgs(
                    lifecycle_create=okta.app.FeaturesCapabilitiesCreateLifecycleCreateArgs(status=enabled)
                ),
                update=okta.app.FeaturesCapabilitiesUpdateArgs(
                    lifecycle_deactivate=okta.app.FeaturesCapabilitiesUpdateLifecycleDeactivateArgs(
                        status=enabled
                    ),
                    profile=okta.app.FeaturesCapabilitiesUpdateProfileArgs(status=enabled),
                    password=okta.app.FeaturesCapabilitiesUpdatePasswordArgs(
                        change="KEEP_EXISTING",
                        seed="RANDOM",
                        status="DISABLED",
                    ),
                ),
            ),
            opts=pulumi.ResourceOptions(parent=self),
        )
        for group, group_id in sorted(args["push_groups"].items()):
            okta.PushGroup(
                f"{name}-{group}",
                app_id=args["app_id"],
                source_group_id=group_id,
                status="ACTIVE",
                delete_target_group_on_destroy=False,
                opts=pulumi.ResourceOptions(parent=self, depends_on=[switches]),
            )
        self.register_outputs({})
