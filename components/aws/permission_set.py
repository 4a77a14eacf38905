"""A permission set of IAM Identity Center with its policy, boundary and assignments to groups."""

import re
from typing import TypedDict

import pulumi
import pulumi_aws as aws

from billing_identity.components.aws import checks, given_documents
from billing_identity.components.aws.options import child, protected

_BOUNDARY = re.compile(r"[\w+=,.@-]{1,128}")


class PermissionSetArgs(TypedDict):
    """Arguments of PermissionSet."""

    permission_set: str
    """Name, at most 32 characters."""
    description: str
    instance_arn: str
    """ARN of the instance of IAM Identity Center."""
    region: str
    """Home Region of the instance."""
    session_minutes: int
    """60 to 240."""
    policy: str
    """JSON of the in-line policy, built without any Output."""
    boundary: str
    """Name of the customer managed policy that bounds it; it exists in every account of the set."""
    groups: dict[str, pulumi.Input[str]]
    """Group id by role."""
    accounts: list[str]
    """Accounts in which the set works."""
    tags: dict[str, str]


class PermissionSet(pulumi.ComponentResource):
    """Set, assignments, then what is attached to it: so that a destroy takes the attachments first.

    Raises ComponentInputError for a bad name, a session outside an hour to four, no account, missing tags, no
    boundary, and a policy that is none or grants everything.
    """

    arn: pulumi.Output[str]

    def __init__(
        self, name: str, args: PermissionSetArgs, opts: pulumi.ResourceOptions | None = None
    ) -> None:
        self.check(name, args)
        super().__init__("billing-identity:aws:PermissionSet", name, {}, protected(opts))
        hours, minutes = divmod(args["session_minutes"], 60)
        made = aws.ssoadmin.PermissionSet(
            name,
            name=args["permission_set"],
            description=args["description"],
            instance_arn=args["instance_arn"],
            region=args["region"],
            session_duration=f"PT{hours}H" + (f"{minutes}M" if minutes else ""),
            tags=args["tags"],
            opts=child(self),
        )
        assignments = [
            aws.ssoadmin.AccountAssignment(
                f"{name}-{role}-{account}",
                instance_arn=args["instance_arn"],
                region=args["region"],
                permission_set_arn=made.arn,
                principal_id=group,
                principal_type="GROUP",
                target_id=account,
                target_type="AWS_ACCOUNT",
                opts=child(self, loose=True),
            )
            for role, group in sorted(args["groups"].items())
            for account in sorted(set(args["accounts"]))
        ]
        bound = aws.ssoadmin.PermissionsBoundaryAttachmentPermissionsBoundaryArgs
        reference = (
            aws.ssoadmin.PermissionsBoundaryAttachmentPermissionsBoundaryCustomerManagedPolicyReferenceArgs
        )
        aws.ssoadmin.PermissionSetInlinePolicy(
            name,
            instance_arn=args["instance_arn"],
            region=args["region"],
            permission_set_arn=made.arn,
            inline_policy=args["policy"],
            opts=child(self, after=assignments),
        )
        aws.ssoadmin.PermissionsBoundaryAttachment(
            name,
            instance_arn=args["instance_arn"],
            region=args["region"],
            permission_set_arn=made.arn,
            permissions_boundary=bound(
                customer_managed_policy_reference=reference(name=args["boundary"], path="/")
            ),
            opts=child(self, after=assignments, replace_first=True),
        )
        aws.ssoadmin.ManagedPolicyAttachmentsExclusive(
            name,
            instance_arn=args["instance_arn"],
            region=args["region"],
            permission_set_arn=made.arn,
            managed_policy_arns=[],
            opts=child(self, after=assignments),
        )
        self.arn = made.arn
        self.register_outputs({"arn": self.arn, "catalogue_id": args["tags"]["CatalogueId"]})

    @staticmethod
    def check(name: str, args: PermissionSetArgs) -> None:
        """Raises ComponentInputError with every fault of the arguments; registers nothing."""
        checks.arguments(name, args, PermissionSetArgs)
        found = [
            *checks.tags(args["tags"]),
            *(fault for account in args["accounts"] for fault in checks.account(account, "accounts")),
            *given_documents.duty_faults(args["policy"], "policy", args["boundary"]),
        ]
        if not _BOUNDARY.fullmatch(args["boundary"]):
            found.append(f"boundary {args['boundary']!r}: write the name of a customer managed policy")
        if not 1 <= len(args["permission_set"]) <= 32:
            found.append(f"permission set {args['permission_set']!r}: 1 to 32 characters")
        if not 60 <= args["session_minutes"] <= 240:
            found.append(f"session_minutes {args['session_minutes']}: write 60 to 240")
        if not args["accounts"]:
            found.append("accounts: empty; name those in which the set works")
        checks.require(f"permission set {name}", found)
