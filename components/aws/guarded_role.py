"""A role with a trust of its own (federation, another account), one in-line policy, and a boundary."""

from typing import NotRequired, TypedDict

import pulumi
import pulumi_aws as aws

from billing_identity.components.aws import checks, given_documents
from billing_identity.components.aws.options import child, protected


class GuardedRoleArgs(TypedDict):
    """Arguments of GuardedRole."""

    role: str
    """Name in IAM, at most 64 characters."""
    trust: str
    """JSON of the trust policy, built without any Output."""
    policy: str
    """JSON of its only in-line policy, built without any Output."""
    boundary_arn: NotRequired[str]
    """ARN of a permissions boundary; none for a role whose policy is its own limit."""
    session_seconds: NotRequired[int]
    """3,600 (by default) to 14,400."""
    description: str
    tags: dict[str, str]


class GuardedRole(pulumi.ComponentResource):
    """Role, its one in-line policy, and exclusive lists that remove whatever somebody attaches by hand.

    Raises ComponentInputError for a name above 64 characters, a session outside an hour to four, missing
    tags, a trust in everybody or in a federation without its subject, a policy that grants everything, and
    one that grants whole services everywhere without a boundary.
    """

    arn: pulumi.Output[str]
    role_name: pulumi.Output[str]

    def __init__(self, name: str, args: GuardedRoleArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        self.check(name, args)
        super().__init__("billing-identity:aws:GuardedRole", name, {}, protected(opts))
        role = aws.iam.Role(
            name,
            name=args["role"],
            description=args["description"],
            assume_role_policy=args["trust"],
            permissions_boundary=args.get("boundary_arn"),
            max_session_duration=args.get("session_seconds", 3600),
            tags=args["tags"],
            opts=child(self),
        )
        policy = aws.iam.RolePolicy(
            name, name="duty", role=role.name, policy=args["policy"], opts=child(self)
        )
        aws.iam.RolePoliciesExclusive(name, role_name=role.name, policy_names=[policy.name], opts=child(self))
        aws.iam.RolePolicyAttachmentsExclusive(name, role_name=role.name, policy_arns=[], opts=child(self))
        self.arn = role.arn
        self.role_name = role.name
        self.register_outputs(
            {"arn": self.arn, "role_name": self.role_name, "catalogue_id": args["tags"]["CatalogueId"]}
        )

    @staticmethod
    def check(name: str, args: GuardedRoleArgs) -> None:
        """Raises ComponentInputError with every fault of the arguments; registers nothing."""
        checks.arguments(name, args, GuardedRoleArgs)
        boundary = args.get("boundary_arn")
        found = [
            *checks.tags(args["tags"]),
            *given_documents.trust_faults(args["trust"]),
            *given_documents.duty_faults(args["policy"], "policy", boundary),
            *(checks.policy_arn(boundary, "boundary_arn") if boundary is not None else ()),
        ]
        if not 1 <= len(args["role"]) <= 64:
            found.append(f"role {args['role']!r}: 1 to 64 characters")
        if not 3600 <= args.get("session_seconds", 3600) <= 14400:
            found.append(f"session_seconds {args.get('session_seconds')}: write 3600 to 14400")
        checks.require(f"role {name}", found)
