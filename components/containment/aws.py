"""Containment in AWS: a service control policy that denies old sessions and quarantined principals."""

from collections.abc import Iterable, Sequence
from typing import TypedDict

import pulumi
import pulumi_aws as aws

from billing_identity.components.aws.policies.document import Statement, deny, document
from billing_identity.components.errors import ComponentInputError

LIMIT = 5120
"""Characters. AWS takes 10,240 since May 2026; older tooling still checks for this."""
PEOPLE = "arn:*:iam::*:role/aws-reserved/sso.amazonaws.com/*"
"""Roles that IAM Identity Center makes from permission sets: every person's way into an account."""


class AwsContainmentArgs(TypedDict):
    """Arguments of AwsContainment."""

    accounts: Sequence[str]
    """Account ids that the policy is attached to; never the management account, which no policy limits."""
    sessions_before: str
    """Time of the latest incident (`2026-11-20T09:00:00Z`): people's sessions issued before it are denied;
    empty for none."""
    users: Sequence[str]
    """User ids in the identity store of IAM Identity Center, denied everything."""
    roles: Sequence[str]
    """Role ARNs, denied everything."""
    tags: dict[str, str]


class AwsContainment(pulumi.ComponentResource):
    """One service control policy, attached to every account. Raises ComponentInputError when it denies
    nothing, for a list of accounts that is empty, and for a policy that grew too long.
    """

    def __init__(
        self, name: str, args: AwsContainmentArgs, opts: pulumi.ResourceOptions | None = None
    ) -> None:
        content = denial(args)
        if not args["accounts"]:
            raise ComponentInputError(f"{name}: accounts: name those to protect")
        super().__init__("billing-identity:containment:AwsContainment", name, None, opts)
        policy = aws.organizations.Policy(
            name,
            name="incident-containment",
            description="Denies sessions and principals of an open incident",
            type="SERVICE_CONTROL_POLICY",
            content=content,
            tags=args["tags"],
            opts=pulumi.ResourceOptions(parent=self),
        )
        for account in sorted(set(args["accounts"])):
            aws.organizations.PolicyAttachment(
                f"{name}-{account}",
                policy_id=policy.id,
                target_id=account,
                opts=pulumi.ResourceOptions(parent=self),
            )
        self.register_outputs({"policyId": policy.id})


def denial(args: AwsContainmentArgs) -> str:
    """The policy document. `identitystore:userId` and the token's issue time are what AWS revokes by (IAM
    Identity Center user guide, "Revoke active IAM role sessions created by permission sets").
    """
    return document("incident-containment", _statements(args), LIMIT)


def _statements(args: AwsContainmentArgs) -> Iterable[Statement]:
    if args["sessions_before"]:
        yield _everything(
            "EarlierSessions",
            {
                "ArnLike": {"aws:PrincipalArn": PEOPLE},
                "DateLessThan": {"aws:TokenIssueTime": args["sessions_before"]},
            },
        )
    if args["users"]:
        yield _everything(
            "QuarantinedPeople", {"StringEquals": {"identitystore:userId": sorted(args["users"])}}
        )
    if args["roles"]:
        yield _everything("QuarantinedRoles", {"ArnEquals": {"aws:PrincipalArn": sorted(args["roles"])}})


def _everything(sid: str, conditions: dict[str, dict[str, str | Sequence[str]]]) -> Statement:
    return deny(sid, ["*"], resources=["*"], principals=None, conditions=conditions)
