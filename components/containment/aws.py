"""Containment in AWS: a service control policy that denies old sessions and quarantined principals."""

import re
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from typing import NotRequired, TypedDict

import pulumi
import pulumi_aws as aws

from billing_identity.components.aws.policies.document import Statement, deny, document
from billing_identity.components.errors import ComponentInputError

LIMIT = 5120
"""Characters. AWS takes 10,240 since May 2026; older tooling still checks for this."""
TIME = "%Y-%m-%dT%H:%M:%SZ"
_USER = re.compile(r"(?:[0-9a-f]{10}-)?[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}").fullmatch
"""Identity Store API reference, UserId."""
_ROLE = re.compile(r"arn:aws[\w-]*:iam::\d{12}:role/[\w+=,.@/-]{1,576}").fullmatch
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
    """Role ARNs, denied everything; whole, for a wildcard would deny those who end the incident too."""
    tags: dict[str, str]
    as_of: NotRequired[str]
    """Day (`2026-11-20`) after which no session can have been issued; today by default."""


class AwsContainment(pulumi.ComponentResource):
    """One service control policy, attached to every account. Raises ComponentInputError when it denies
    nothing, for a list of accounts that is empty, for a policy that grew too long, for a user or role that is
    none or has a wildcard, and for a time to come: every session until then would be denied, also new ones.
    """

    def __init__(
        self, name: str, args: AwsContainmentArgs, opts: pulumi.ResourceOptions | None = None
    ) -> None:
        _refuse(name, args)
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


def _refuse(name: str, args: AwsContainmentArgs) -> None:
    faults = [
        f"users {user!r}: write the id of the identity store" for user in args["users"] if not _USER(user)
    ]
    faults += [f"roles {role!r}: write the whole ARN of a role" for role in args["roles"] if not _ROLE(role)]
    if before := args["sessions_before"]:
        last = date.fromisoformat(args["as_of"]) if "as_of" in args else datetime.now(UTC).date()
        try:
            moment = datetime.strptime(before, TIME).replace(tzinfo=UTC)
        except ValueError:
            faults.append(f"sessions_before {before!r}: write a time such as 2026-11-20T09:00:00Z")
        else:
            if moment.date() > last:
                faults.append(f"sessions_before {before!r}: to come; it would deny every session until then")
    if faults:
        raise ComponentInputError("\n".join(f"{name}: {fault}" for fault in faults))


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
