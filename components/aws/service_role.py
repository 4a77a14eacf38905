"""A role that one AWS service takes on, inside the account's boundary, with nothing attached by hand."""

from typing import NotRequired, TypedDict

import pulumi
import pulumi_aws as aws

from billing_identity.components.aws import checks, given_documents
from billing_identity.components.aws.options import child, protected
from billing_identity.components.aws.policies.service_role import service_trust


class ServiceRoleArgs(TypedDict):
    """Arguments of ServiceRole."""

    role: str
    """Name in IAM, at most 64 characters."""
    service: str
    """Service principal, for example `s3.amazonaws.com`."""
    source_arns: list[str]
    """ARNs or patterns of the resources for which the service acts; at least one."""
    source_account: NotRequired[str]
    """Account of the resources, where their ARN has none (S3)."""
    policy: str
    """JSON of its only in-line policy, built without any Output."""
    boundary_arn: str
    """ARN of the account's service boundary."""
    description: str
    tags: dict[str, str]


class ServiceRole(pulumi.ComponentResource):
    """Role, its one in-line policy, and exclusive lists that remove whatever somebody attaches by hand.

    Raises ComponentInputError for a name above 64 characters, no source, a service that is none, no
    boundary, and a policy that grants everything.
    """

    arn: pulumi.Output[str]
    role_name: pulumi.Output[str]

    def __init__(self, name: str, args: ServiceRoleArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        self.check(name, args)
        trust = service_trust(args["service"], args["source_arns"], args.get("source_account"))

        super().__init__("billing-identity:aws:ServiceRole", name, {}, protected(opts))
        role = aws.iam.Role(
            name,
            name=args["role"],
            description=args["description"],
            assume_role_policy=trust,
            permissions_boundary=args["boundary_arn"],
            max_session_duration=3600,
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
        self.ready = (role, policy)
        """What must exist before a service takes the role on."""
        self.register_outputs(
            {
                "arn": self.arn,
                "role_name": self.role_name,
                "catalogue_id": args["tags"]["CatalogueId"],
            }
        )

    @staticmethod
    def check(name: str, args: ServiceRoleArgs) -> None:
        """Raises ComponentInputError with every fault of the arguments; registers nothing."""
        checks.arguments(name, args, ServiceRoleArgs)
        found = [
            *checks.tags(args["tags"]),
            *given_documents.duty_faults(args["policy"], "policy", args["boundary_arn"]),
            *checks.policy_arn(args["boundary_arn"], "boundary_arn"),
        ]
        if not 1 <= len(args["role"]) <= 64:
            found.append(f"role {args['role']!r}: 1 to 64 characters")
        if not args["service"].endswith((".amazonaws.com", ".amazonaws.com.cn")):
            found.append(f"service {args['service']!r}: write a service principal such as s3.amazonaws.com")
        if not args["source_arns"]:
            found.append("source_arns: empty; name the resources for which the service acts")
        checks.require(f"role {name}", found)
