"""What holds for a whole account, whatever else is in it."""

from typing import NotRequired, TypedDict

import pulumi
import pulumi_aws as aws

from billing_identity.components.aws import arns, checks
from billing_identity.components.aws.options import child, protected
from billing_identity.components.aws.policies.service_role import BOUNDARY_NAME, boundary


class AccountGuardsArgs(TypedDict):
    """Arguments of AccountGuards."""

    account_id: str
    regions: list[str]
    """Regions in use; some guards are set for each."""
    ebs_keys: NotRequired[dict[str, pulumi.Input[str]]]
    """Key ARN by Region for new volumes; the AWS managed key where none is named."""
    tags: dict[str, str]


class AccountGuards(pulumi.ComponentResource):
    """No public buckets, snapshots or images; encrypted volumes; version 2 of the metadata service; no old
    passwords.

    It also holds the boundary of all service roles and an analyzer that reports access from outside the
    account. Raises ComponentInputError for an account or Region that is none and for missing tags.
    """

    boundary_arn: pulumi.Output[str]

    def __init__(
        self, name: str, args: AccountGuardsArgs, opts: pulumi.ResourceOptions | None = None
    ) -> None:
        self.check(name, args)
        keys = args.get("ebs_keys", {})

        super().__init__("billing-identity:aws:AccountGuards", name, {}, protected(opts))
        aws.s3.AccountPublicAccessBlock(
            name,
            account_id=args["account_id"],
            block_public_acls=True,
            block_public_policy=True,
            ignore_public_acls=True,
            restrict_public_buckets=True,
            opts=child(self, keep=True),
        )
        # There are no IAM users; the policy is for the one that somebody makes by hand. NIST SP 800-63B-4:
        # length, no composition rules, no expiry.
        aws.iam.AccountPasswordPolicy(
            name,
            minimum_password_length=15,
            password_reuse_prevention=24,
            max_password_age=0,
            require_lowercase_characters=False,
            require_numbers=False,
            require_symbols=False,
            require_uppercase_characters=False,
            allow_users_to_change_password=True,
            opts=child(self, keep=True),
        )
        limit = aws.iam.Policy(
            name,
            name=BOUNDARY_NAME,
            description="The most that any service role of billing-identity can do",
            policy=boundary(),
            tags=args["tags"],
            opts=child(self, keep=True),
        )
        self.ready: list[pulumi.Resource] = [limit]
        """What the account's service roles must wait for."""
        for region in sorted(set(args["regions"])):
            _guard_region(self, f"{name}-{region}", region, keys.get(region), args["tags"])
        self.boundary_arn = limit.arn
        self.register_outputs(
            {"boundary_arn": self.boundary_arn, "catalogue_id": args["tags"]["CatalogueId"]}
        )

    @staticmethod
    def check(name: str, args: AccountGuardsArgs) -> None:
        """Raises ComponentInputError with every fault of the arguments; registers nothing."""
        checks.arguments(name, args, AccountGuardsArgs)
        found = [
            *checks.account(args["account_id"]),
            *checks.tags(args["tags"]),
            *(fault for region in args["regions"] for fault in checks.region(region)),
        ]
        if not args["regions"]:
            found.append("regions: empty; name the Regions in use")
        keys = args.get("ebs_keys", {})
        found += [
            f"ebs_keys: {region!r} is not among the regions"
            for region in keys
            if region not in args["regions"]
        ]
        checks.require(f"guards {name}", found)


def boundary_arn(account: str, region: str) -> str:
    """ARN of the service boundary of an account, by construction."""
    return arns.managed_policy(account, BOUNDARY_NAME, arns.partition(region))


def _guard_region(
    parent: pulumi.ComponentResource,
    name: str,
    region: str,
    key_arn: pulumi.Input[str] | None,
    tags: dict[str, str],
) -> None:
    encrypted = aws.ebs.EncryptionByDefault(name, enabled=True, region=region, opts=child(parent, keep=True))
    if key_arn is not None:
        aws.ebs.DefaultKmsKey(
            name, key_arn=key_arn, region=region, opts=child(parent, after=[encrypted], keep=True)
        )
    aws.ebs.SnapshotBlockPublicAccess(
        name, state="block-all-sharing", region=region, opts=child(parent, keep=True)
    )
    aws.ec2.ImageBlockPublicAccess(
        name, state="block-new-sharing", region=region, opts=child(parent, keep=True)
    )
    aws.ec2.InstanceMetadataDefaults(
        name,
        http_tokens="required",
        http_put_response_hop_limit=1,
        http_endpoint="enabled",
        region=region,
        opts=child(parent, keep=True),
    )
    aws.accessanalyzer.Analyzer(
        name,
        analyzer_name="external-access",
        type="ACCOUNT",
        region=region,
        tags=tags,
        opts=child(parent, replace_first=True),
    )
