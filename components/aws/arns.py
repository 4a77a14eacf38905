"""ARNs by construction: documents name what account, Region and name give, never what was looked up."""

_SUFFIX = "?" * 16
"""IAM Identity Center ends the role of a permission set with 16 characters that nothing can derive."""


def partition(region: str) -> str:
    """The AWS partition of a Region: `aws`, `aws-us-gov` or `aws-cn`."""
    if region.startswith("us-gov-"):
        return "aws-us-gov"
    return "aws-cn" if region.startswith("cn-") else "aws"


def account_root(account: str, partition: str = "aws") -> str:
    """The account as a principal, which is also the ARN of its root user."""
    return f"arn:{partition}:iam::{account}:root"


def role(account: str, name: str, path: str = "/", partition: str = "aws") -> str:
    """ARN of an IAM role. `path` starts and ends with a slash."""
    return f"arn:{partition}:iam::{account}:role{path}{name}"


def managed_policy(account: str, name: str, partition: str = "aws") -> str:
    """ARN of a customer managed policy without a path."""
    return f"arn:{partition}:iam::{account}:policy/{name}"


def permission_set_roles(
    account: str, permission_set: str, home_region: str, partition: str = "aws"
) -> list[str]:
    """`ArnLike` patterns of the role that IAM Identity Center makes for a permission set in an account.

    `aws:PrincipalArn` of a federated session is this role's ARN. The path carries the Region of the Identity
    Center instance, except where that is us-east-1, and the role's name ends in 16 characters. A pattern that
    counts them can't match a permission set whose name merely begins alike.
    """
    path = "/aws-reserved/sso.amazonaws.com/"
    if home_region != "us-east-1":
        path += f"{home_region}/"
    return [role(account, f"AWSReservedSSO_{permission_set}_{_SUFFIX}", path, partition)]


def bucket(name: str, partition: str = "aws") -> str:
    """ARN of an S3 bucket."""
    return f"arn:{partition}:s3:::{name}"


def keys_of(account: str, region: str) -> str:
    """Pattern of every KMS key of an account in a Region; a key's own id is known only once it exists."""
    return f"arn:{partition(region)}:kms:{region}:{account}:key/*"


def log_group(account: str, region: str, name: str) -> str:
    """ARN of a CloudWatch log group, without the `:*` that some services want at its end."""
    return f"arn:{partition(region)}:logs:{region}:{account}:log-group:{name}"


def trail(account: str, region: str, name: str) -> str:
    """ARN of a CloudTrail trail in its home Region."""
    return f"arn:{partition(region)}:cloudtrail:{region}:{account}:trail/{name}"


def topic(account: str, region: str, name: str) -> str:
    """ARN of an SNS topic."""
    return f"arn:{partition(region)}:sns:{region}:{account}:{name}"


def account_of(arn: str) -> str:
    """The account field of an ARN; empty where it has none or is no ARN."""
    parts = arn.split(":", 5)
    return parts[4] if len(parts) == 6 else ""


def event_bus(account: str, region: str, name: str) -> str:
    """ARN of an event bus."""
    return f"arn:{partition(region)}:events:{region}:{account}:event-bus/{name}"


def queue(account: str, region: str, name: str) -> str:
    """ARN of an SQS queue."""
    return f"arn:{partition(region)}:sqs:{region}:{account}:{name}"


def stream(account: str, region: str, name: str) -> str:
    """ARN of a Firehose delivery stream."""
    return f"arn:{partition(region)}:firehose:{region}:{account}:deliverystream/{name}"
