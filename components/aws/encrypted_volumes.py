"""New volumes are encrypted with a declared key, also those of which nobody says so."""

from typing import NotRequired, TypedDict

import pulumi
import pulumi_aws as aws

from billing_identity.components.aws import checks
from billing_identity.components.aws.options import child, protected


class EncryptedVolumesArgs(TypedDict):
    """Arguments of EncryptedVolumes."""

    key_arns: dict[str, pulumi.Input[str]]
    """Key by Region; its policy lets the account's people and services use it through EC2, with grants."""
    switch: NotRequired[bool]
    """Whether encryption by default is switched on here: True by default, False where AccountGuards does."""
    catalogue_id: str


class EncryptedVolumes(pulumi.ComponentResource):
    """Encryption by default of an account and Region, bound to a customer managed key.

    It holds for volumes and snapshots made from now on; what is there stays as it is. Raises
    ComponentInputError for no Region, a name that is no Region, and a missing catalogue id.
    """

    def __init__(
        self, name: str, args: EncryptedVolumesArgs, opts: pulumi.ResourceOptions | None = None
    ) -> None:
        self.check(name, args)
        super().__init__("billing-identity:aws:EncryptedVolumes", name, {}, protected(opts))
        for region, key in sorted(args["key_arns"].items()):
            before: list[pulumi.Resource] = []
            if args.get("switch", True):
                before.append(
                    aws.ebs.EncryptionByDefault(
                        f"{name}-{region}", enabled=True, region=region, opts=child(self, keep=True)
                    )
                )
            aws.ebs.DefaultKmsKey(
                f"{name}-{region}", key_arn=key, region=region, opts=child(self, after=before, keep=True)
            )
        self.register_outputs({"catalogue_id": args["catalogue_id"]})

    @staticmethod
    def check(name: str, args: EncryptedVolumesArgs) -> None:
        """Raises ComponentInputError with every fault of the arguments; registers nothing."""
        checks.arguments(name, args, EncryptedVolumesArgs)
        found = [fault for region in args["key_arns"] for fault in checks.region(region)]
        if not args["key_arns"]:
            found.append("key_arns: empty; name a Region and its key")
        if not args["catalogue_id"]:
            found.append("catalogue_id: empty")
        checks.require(f"volumes {name}", found)
