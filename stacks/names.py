"""Names and ARNs by construction: whatever a rule must read is known before anything is deployed."""

from __future__ import annotations

from billing_identity.stacks.aws_faults import BREAK_GLASS as BREAK_GLASS
from billing_identity.stacks.settings import AwsSettings, Place, Settings


def partition(region: str) -> str:
    """AWS partition of a Region: `aws`, `aws-us-gov` or `aws-cn`."""
    if region.startswith("us-gov-"):
        return "aws-us-gov"
    return "aws-cn" if region.startswith("cn-") else "aws"


def arn(aws: AwsSettings, service: str, purpose: Place, resource: str, region: str | None = None) -> str:
    """`arn:aws:<service>:<region>:<account>:<resource>`.

    `region` is the primary one by default; pass `""` for global services.
    """
    place = aws.region if region is None else region
    return f"arn:{partition(aws.region)}:{service}:{place}:{aws.places[purpose]}:{resource}"


def role_arn(aws: AwsSettings, purpose: Place, role: str) -> str:
    """ARN of an IAM role in the account of a purpose."""
    return arn(aws, "iam", purpose, f"role/{role}", "")


def account_root(aws: AwsSettings, purpose: Place) -> str:
    """The account itself as a principal."""
    return arn(aws, "iam", purpose, "root", "")


def bucket_name(short_name: str, settings: Settings, purpose: str) -> str:
    """A bucket's name, globally unique through the company's prefix: `meridian-prod-edi-835`."""
    return f"{short_name}-{settings.environment}-{purpose}"


def log_group_arn(aws: AwsSettings, purpose: Place, name: str) -> str:
    """ARN of a log group, without the `:*` that some arguments want."""
    return arn(aws, "logs", purpose, f"log-group:{name}")


def okta_event_source(short_name: str, settings: Settings) -> str:
    """Name of Okta's log stream as an event source: `okta_meridian_prod`: its provider refuses hyphens."""
    return f"okta-{short_name}-{settings.environment}".replace("-", "_")


def okta_event_bus(org_name: str, source: str) -> str:
    """Name that the event bus of Okta's log stream must have (Amazon EventBridge, partner event sources)."""
    return f"aws.partner/okta.com/{org_name}/{source}"
